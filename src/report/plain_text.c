#include "report/plain_text.h"

#include "base/vec.h"

enum {
	COLUMNS_MAX = 16,
	FENCE_MIN = 3,
	GROWTH = 8, /* of a text, by the columns of its tables and the indents of its blocks */
	ROOM = 64 * 1024,
};

/* ---- in a line ---- */

/* What report/markdown makes of single characters; the last is invisible. */
static const struct {
	Str entity, text;
} entities[] = {{STR_INIT("&amp;"), STR_INIT("&")}, {STR_INIT("&lt;"), STR_INIT("<")},
	{STR_INIT("&gt;"), STR_INIT(">")}, {STR_INIT("&#124;"), STR_INIT("|")},
	{STR_INIT("&#96;"), STR_INIT("`")}, {STR_INIT("&#42;"), STR_INIT("*")},
	{STR_INIT("&#95;"), STR_INIT("_")}, {STR_INIT("&#91;"), STR_INIT("[")},
	{STR_INIT("&#35;"), STR_INIT("#")}, {STR_INIT("&#64;"), STR_INIT("@")},
	{STR_INIT("&#126;"), STR_INIT("~")}, {STR_INIT("&#92;"), STR_INIT("\\")},
	{STR_INIT("&#58;"), STR_INIT(":")}, {STR_INIT("&#8203;"), STR_INIT("")},
	{STR_INIT("<br>"), STR_INIT("\n")}, {STR_INIT("**"), STR_INIT("")}};

/* The length of what a rule of Markdown or HTML takes away at the beginning of `rest`; 0: none. */
static size_t resolve(Buf *buf, Str rest)
{
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_starts(rest, entities[i].entity)) {
			buf_add(buf, entities[i].text);
			return entities[i].entity.len;
		}
	size_t end = 1;
	while (rest.ptr[0] == '<' && end < rest.len && rest.ptr[end] != '>')
		end++;
	return rest.ptr[0] == '<' && end < rest.len ? end + 1 : 0;
}

/* `code` in backticks is taken as it is. */
static size_t copy_code(Buf *buf, Str rest)
{
	size_t end = 1;
	if (rest.ptr[0] != '`')
		return 0;
	while (end < rest.len && rest.ptr[end] != '`')
		end++;
	if (end == rest.len)
		return 0;
	buf_add(buf, str_head(str_skip(rest, 1), end - 1));
	return end + 1;
}

static void add_inline(Buf *buf, Str line);

/* [text](address): the address is shown where it is no part of the repository's. */
static size_t resolve_link(Buf *buf, Str rest)
{
	size_t middle = 1, end;
	if (rest.ptr[0] != '[')
		return 0;
	while (middle < rest.len && rest.ptr[middle] != ']')
		middle++;
	if (!str_starts(str_skip(rest, middle), STR("](")))
		return 0;
	for (end = middle; end < rest.len && rest.ptr[end] != ')';)
		end++;
	if (end == rest.len)
		return 0;
	Str address = str_skip(str_head(rest, end), middle + 2);
	add_inline(buf, str_skip(str_head(rest, middle), 1));
	if (str_starts(address, STR("http")))
		buf_format(buf, " (%.*s)", STR_ARG(address));
	return end + 1;
}

static void add_inline(Buf *buf, Str line)
{
	while (line.len) {
		size_t taken = copy_code(buf, line);
		if (!taken)
			taken = resolve_link(buf, line);
		if (!taken)
			taken = resolve(buf, line);
		if (!taken) {
			buf_add_char(buf, line.ptr[0]);
			taken = 1;
		}
		line = str_skip(line, taken);
	}
}

static Str inline_text(Arena *arena, Str line)
{
	Buf buf = buf_new(arena, line.len + 16);
	add_inline(&buf, line);
	return buf_str(&buf);
}

/* ---- tables ---- */

typedef struct Table {
	VEC(Str) cells; /* row by row */
	size_t columns;
	size_t width[COLUMNS_MAX];
	bool right[COLUMNS_MAX];
} Table;

/* Columns of a terminal: marks such as ✅ take two, and what follows to choose their look none. */
static size_t width_of(Str text)
{
	size_t width = 0;
	while (text.len) {
		size_t length = str_utf8_length(text);
		length = length ? length : 1;
		bool chooses = str_starts(text, STR("\xEF\xB8\x8F"));
		bool is_mark = length == 4 || str_starts(text, STR("✅")) ||
			       str_starts(text, STR("❌")) || str_starts(text, STR("⛔")) ||
			       str_starts(text, STR("➖")) || str_starts(text, STR("⏭"));
		width += chooses ? 0 : is_mark ? 2 : 1;
		text = str_skip(text, length);
	}
	return width;
}

static bool is_row(Str line)
{
	return str_starts(line, STR("|"));
}

/* The cells between the bars; the last bar ends the line. */
static size_t read_cells(Str line, Str cells[COLUMNS_MAX])
{
	size_t count = 0;
	Str rest = str_skip(str_trim(line), 1), cell;
	while (count < COLUMNS_MAX && rest.len && str_next(&rest, '|', &cell))
		cells[count++] = str_trim(cell);
	return count;
}

static void add_table_row(Arena *arena, Table *table, Str line)
{
	Str cells[COLUMNS_MAX];
	size_t count = read_cells(line, cells);
	if (!table->columns)
		table->columns = count;
	for (size_t i = 0; i < table->columns; i++) {
		Str text = i < count ? inline_text(arena, cells[i]) : (Str){0};
		size_t width = width_of(text);
		*vec_add(arena, &table->cells) = text;
		if (width > table->width[i])
			table->width[i] = width;
	}
}

static void read_alignment(Table *table, Str line)
{
	Str cells[COLUMNS_MAX];
	size_t count = read_cells(line, cells);
	for (size_t i = 0; i < count && i < table->columns; i++)
		table->right[i] = str_ends(cells[i], STR(":"));
}

static void add_blanks(Buf *buf, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_char(buf, ' ');
}

/* Blanks at the end of a line are nobody's. */
static void end_line(Buf *buf)
{
	while (buf->len && buf->ptr[buf->len - 1] == ' ')
		buf->len--;
	buf_add_char(buf, '\n');
}

static void print_table(Buf *buf, const Table *table)
{
	for (size_t i = 0; i < table->cells.count; i++) {
		size_t column = i % table->columns;
		size_t blanks = table->width[column] - width_of(table->cells.items[i]);
		add_blanks(buf, (column ? 2 : 0) + (table->right[column] ? blanks : 0));
		buf_add(buf, table->cells.items[i]);
		add_blanks(buf, table->right[column] ? 0 : blanks);
		if (column + 1 == table->columns)
			end_line(buf);
	}
}

/* From a line on that begins one; `rest` is what follows. */
static void add_table(Buf *buf, Str line, Str *rest)
{
	ARENA_SCRATCH(scratch);
	Table table = {0};
	add_table_row(&scratch, &table, line);
	if (is_row(*rest) && str_next(rest, '\n', &line))
		read_alignment(&table, line);
	while (is_row(*rest) && str_next(rest, '\n', &line))
		add_table_row(&scratch, &table, line);
	print_table(buf, &table);
}

/* ---- blocks ---- */

static size_t fence_of(Str line)
{
	size_t ticks = 0;
	while (ticks < line.len && line.ptr[ticks] == '`')
		ticks++;
	return ticks >= FENCE_MIN ? ticks : 0;
}

/* A picture is nothing to read. */
static void add_block(Buf *buf, Str first, Str *rest)
{
	Str line;
	size_t fence = fence_of(first);
	bool is_picture = str_equal(str_skip(first, fence), STR("mermaid"));
	while (str_next(rest, '\n', &line) && fence_of(line) < fence) {
		if (is_picture)
			continue;
		buf_add(buf, STR("    "));
		buf_add(buf, line);
		end_line(buf);
	}
}

static Str without_heading(Str line)
{
	size_t marks = 0;
	while (marks < line.len && line.ptr[marks] == '#')
		marks++;
	bool is_heading = marks && str_starts(str_skip(line, marks), STR(" "));
	return is_heading ? str_skip(line, marks + 1) : line;
}

static bool ends_with_blank(const Buf *buf)
{
	return !buf->len || str_ends(buf_str(buf), STR("\n\n"));
}

static void add_prose(Buf *buf, Str line)
{
	ARENA_SCRATCH(scratch);
	Str text = inline_text(&scratch, without_heading(line));
	if (!text.len && ends_with_blank(buf))
		return;
	buf_add(buf, text);
	end_line(buf);
}

Str plain_text(Arena *arena, Str markdown)
{
	Buf buf = buf_new(arena, markdown.len * GROWTH + ROOM);
	Str line;
	while (str_next(&markdown, '\n', &line)) {
		if (fence_of(line))
			add_block(&buf, line, &markdown);
		else if (is_row(line))
			add_table(&buf, line, &markdown);
		else
			add_prose(&buf, line);
	}
	return buf_str(&buf);
}
