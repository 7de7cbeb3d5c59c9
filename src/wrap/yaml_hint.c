#include "wrap/yaml_hint.h"

#include <string.h>

enum {
	MAX_SHOWN = 200 /* characters of a pattern */
};

/* What opens something else than a string, so that a pattern that begins with it must be quoted. */
static const char SPECIAL[] = "*!{[@%&`";

Str yaml_hint_line(Str text, size_t number)
{
	size_t i = 0, end;
	for (; i < text.len && number; i++) {
		bool crlf = str_starts(str_skip(text, i), STR("\r\n"));
		number -= text.ptr[i] == '\n' || (text.ptr[i] == '\r' && !crlf);
	}
	for (end = i; end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r';)
		end++;
	return (Str){text.ptr + i, end - i};
}

bool yaml_hint_is_special(Str s)
{
	return s.len && s.ptr[0] && strchr(SPECIAL, s.ptr[0]);
}

static Str without_comment(Str s)
{
	for (size_t i = 1; i < s.len; i++)
		if (s.ptr[i] == '#' && (s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '\t'))
			return str_trim(str_head(s, i));
	return s;
}

/* What is on a line after dashes and keys: `- added: *.js # x` gives `*.js`. */
static Str entry_of(Str line)
{
	line = str_trim(line);
	while (str_starts(line, STR("- ")))
		line = str_trim(str_skip(line, 2));
	if (!line.len || yaml_hint_is_special(line) || strchr("'\"", line.ptr[0]))
		return without_comment(line);
	for (size_t i = 0; i + 1 < line.len; i++)
		if (line.ptr[i] == ':' && line.ptr[i + 1] == ' ')
			return entry_of(str_skip(line, i + 2));
	return without_comment(line);
}

/* Is it a whole list or map in flow style? */
static bool is_flow(Str s)
{
	return (str_starts(s, STR("[")) && str_ends(s, STR("]"))) ||
	       (str_starts(s, STR("{")) && str_ends(s, STR("}")));
}

/* The item of a flow collection that starts at `s`. */
static Str flow_item(Str s)
{
	size_t end = 0;
	while (end < s.len && !strchr(",]}", s.ptr[end]))
		end++;
	return str_trim(str_head(s, end));
}

/* `&a b`: a node with a name, as it should be. */
static bool is_anchored(Str s)
{
	return str_starts(s, STR("&")) && str_contains(s, STR(" "));
}

/* The pattern on the line that wants quotes, or an empty Str. */
static Str unquoted(Str line, size_t col)
{
	Str entry = entry_of(line), at = str_skip(line, str_utf8_offset(line, col));
	while (str_ends(entry, STR(",")))
		entry.len--;
	if (str_starts(line, STR("%")) || str_starts(entry, STR("!!")) ||
		str_contains(entry, STR(": ")))
		return (Str){0};
	if (yaml_hint_is_special(entry) && !is_flow(entry) && !is_anchored(entry))
		return entry;
	return yaml_hint_is_special(at) && at.ptr[0] != '[' && at.ptr[0] != '{' ? flow_item(at)
										: (Str){0};
}

static Str quoted(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, s.len * 2 + 2);
	buf_add_char(&buf, '\'');
	for (size_t i = 0; i < s.len; i++) {
		buf_add_char(&buf, s.ptr[i]);
		if (s.ptr[i] == '\'')
			buf_add_char(&buf, '\'');
	}
	buf_add_char(&buf, '\'');
	return buf_str(&buf);
}

bool yaml_hint_has_tab(Str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == '\t')
			return true;
		else if (line.ptr[i] != ' ' && line.ptr[i] != '-')
			return false;
	return false;
}

Str yaml_hint(Arena *arena, Str line, size_t col)
{
	if (yaml_hint_has_tab(line))
		return STR("indent with blanks: YAML allows no tab there");
	Str pattern = unquoted(line, col);
	if (!pattern.len)
		return (Str){0};
	Str quotes = quoted(arena, str_head(pattern, str_utf8_offset(pattern, MAX_SHOWN)));
	return str_format(arena, "quote the pattern: %.*s", STR_ARG(quotes));
}
