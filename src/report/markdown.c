#include "report/markdown.h"

static const struct {
	char from;
	const char *to, *prose;
} entities[] = {{'&', "&amp;", ""}, {'<', "&lt;", ""}, {'>', "&gt;", ""}, {'|', "&#124;", ""},
	{'`', "&#96;", ""}, {'*', "&#42;", ""}, {'_', "&#95;", ""}, {'[', "&#91;", ""},
	{'#', "&#35;", "&#8203;"}, {'@', "&#64;", "&#8203;"}, {'~', "&#126;", ""},
	{'\\', "&#92;", ""}, {':', "&#58;", ""}};

static void add_char(Buf *buf, char c, bool prose)
{
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		if (entities[i].from != c)
			continue;
		buf_add(buf, str_from(entities[i].to));
		if (prose)
			buf_add(buf, str_from(entities[i].prose));
		return;
	}
	buf_add_char(buf, c);
}

static Str escaped(Arena *arena, Str text, size_t max, bool prose)
{
	Str shown = str_visible(arena, text);
	size_t cut = str_utf8_offset(shown, max);
	Buf buf = buf_new(arena, cut * 16 + 8);
	for (size_t i = 0; i < cut; i++)
		add_char(&buf, shown.ptr[i], prose);
	if (cut < shown.len)
		buf_add(&buf, STR(" …"));
	return buf_str(&buf);
}

Str markdown_text(Arena *arena, Str text, size_t max)
{
	return escaped(arena, text, max, true);
}

Str markdown_code(Arena *arena, Str text, size_t max)
{
	Str inner = escaped(arena, text, max, false);
	return str_format(arena, "<code>%.*s</code>", STR_ARG(inner));
}

static void add_prose_line(Buf *buf, Str line)
{
	ARENA_SCRATCH(scratch);
	Buf plain = buf_new(&scratch, line.len);
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] != '\r')
			buf_add_char(&plain, line.ptr[i] == '\t' ? ' ' : line.ptr[i]);
	buf_add(buf, escaped(&scratch, buf_str(&plain), line.len, true));
}

Str markdown_prose(Arena *arena, Str text, size_t max)
{
	ARENA_SCRATCH(scratch);
	Str rest = markdown_head(&scratch, text, max), line;
	Buf buf = buf_new(arena, rest.len * 16 + 8);
	while (str_next(&rest, '\n', &line)) {
		if (buf.len && line.len)
			buf_add(&buf, STR("<br>"));
		add_prose_line(&buf, line);
	}
	buf_add(&buf, buf.len ? STR("\n\n") : STR(""));
	return buf_str(&buf);
}

static bool is_command(Str line)
{
	return str_starts(line, STR("  "));
}

Str markdown_advice(Arena *arena, Str text, const char *language, size_t max)
{
	ARENA_SCRATCH(scratch);
	Str rest = markdown_head(&scratch, text, max);
	Buf buf = buf_new(arena, rest.len * 16 + 1024);
	while (rest.len) {
		bool commands = is_command(rest);
		Buf part = buf_new(&scratch, rest.len + 1);
		Str line;
		while (rest.len && is_command(rest) == commands && str_next(&rest, '\n', &line))
			buf_format(&part, "%.*s\n", STR_ARG(str_skip(line, commands ? 2 : 0)));
		buf_add(&buf, commands ? markdown_fence(&scratch, language, buf_str(&part))
				       : markdown_prose(&scratch, buf_str(&part), part.len));
	}
	return buf_str(&buf);
}

static void add_ticks(Buf *buf, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_char(buf, '`');
}

static size_t longest_ticks(Str text)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* A carriage return ends a line for Markdown, and other control characters are nobody's. */
static Str printable(Arena *arena, Str text)
{
	Buf buf = buf_new(arena, text.len);
	for (size_t i = 0; i < text.len; i++) {
		bool is_white = text.ptr[i] == '\n' || text.ptr[i] == '\t';
		size_t control = is_white ? 0 : str_control(str_skip(text, i));
		if (control)
			i += control - 1;
		else
			buf_add_char(&buf, text.ptr[i]);
	}
	return str_utf8_repair(arena, buf_str(&buf));
}

static Str without_comments(Arena *arena, Str text)
{
	Buf buf = buf_new(arena, text.len * 2);
	for (size_t i = 0; i < text.len; i++) {
		bool opens = str_starts(str_skip(text, i), STR("<!--"));
		buf_add(&buf, opens ? STR("<!\xE2\x80\x8B") : str_head(str_skip(text, i), 1));
		i += opens;
	}
	return buf_str(&buf);
}

/* First what is dropped: it may have stood between two backticks. */
Str markdown_fence(Arena *arena, const char *language, Str text)
{
	ARENA_SCRATCH(scratch);
	Str body = without_comments(&scratch, printable(&scratch, text));
	size_t ticks = longest_ticks(body) < 3 ? 3 : longest_ticks(body) + 1;
	Buf buf = buf_new(arena, body.len + ticks * 2 + 64);
	add_ticks(&buf, ticks);
	buf_format(&buf, "%s\n%.*s", language, STR_ARG(body));
	if (!str_ends(body, STR("\n")))
		buf_add_char(&buf, '\n');
	add_ticks(&buf, ticks);
	buf_add(&buf, STR("\n\n"));
	return buf_str(&buf);
}

Str markdown_head(Arena *arena, Str text, size_t max)
{
	size_t end = max, lines = 0;
	if (text.len <= max)
		return text;
	while (end > 0 && text.ptr[end - 1] != '\n')
		end--;
	if (!end)
		for (end = max; end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80;)
			end--;
	for (size_t i = end; i < text.len; i++)
		lines += text.ptr[i] == '\n' || i + 1 == text.len;
	Str head = str_head(text, end);
	return str_format(arena, "%.*s%s… and %zu more line%s, %zu bytes", STR_ARG(head),
		str_ends(head, STR("\n")) ? "" : "\n", lines, lines == 1 ? "" : "s",
		text.len - end);
}

bool markdown_add(Buf *buf, Str unit, size_t limit)
{
	if (buf->len + unit.len > limit)
		return false;
	buf_add(buf, unit);
	return true;
}
