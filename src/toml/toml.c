#include "toml/toml.h"

#include "toml/toml_number.h"

typedef struct Reader {
	Scan scan;
	Toml *table; /* that the last header has opened */
	size_t line, line_at; /* number of the line that offset line_at is in */
} Reader;

/* Lines are asked for in the order of the text. */
static size_t line_of(Reader *r, size_t at)
{
	for (; r->line_at < at; r->line_at++)
		r->line += r->scan.text.ptr[r->line_at] == '\n';
	return r->line;
}

/* One part of a key; without a text, the place of a value in an array. */
typedef struct Key {
	Str text;
	size_t at;
} Key;

static Toml *add_key(Reader *r, Toml *parent, Key key, TomlKind kind, TomlOrigin origin)
{
	Toml *node = toml_add(r->scan.arena, parent, key.text, kind);
	if (!node) {
		scan_fail(&r->scan, key.at, "nested more than %d levels deep", TOML_DEPTH_MAX);
		return NULL;
	}
	node->origin = origin;
	node->line = line_of(r, key.at);
	return node;
}

static bool is_bare(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

/* One part of a key, and the blanks around it. */
static bool read_key(Scan *scan, Key *key)
{
	scan_blanks(scan);
	int c = scan_peek(scan, 0);
	key->at = scan->at;
	if (c == '"' || c == '\'') {
		if (!scan_string(scan, false, &key->text))
			return false;
	} else {
		while (is_bare(scan_peek(scan, 0)))
			scan->at++;
		key->text = str_head(str_skip(scan->text, key->at), scan->at - key->at);
		if (!key->text.len)
			return scan_expected(scan, "a key");
	}
	scan_blanks(scan);
	return true;
}

static bool fail_defined(Reader *r, Key key, const Toml *before)
{
	Str shown = str_visible(r->scan.arena, str_head(key.text, 80));
	return scan_fail(&r->scan, key.at, "'%.*s' is defined already, on line %zu", STR_ARG(shown),
		before->line);
}

/* The table that a part of a header leads through: in an array of tables its last one. */
static Toml *enter_header(Reader *r, Toml *table, Key key)
{
	Toml *next = toml_get(table, key.text);
	if (!next)
		return add_key(r, table, key, TOML_TABLE, TOML_IMPLIED);
	Toml *into = next->kind == TOML_ARRAY && next->origin == TOML_BY_HEADER ? next->last : next;
	if (into->kind == TOML_TABLE && into->origin != TOML_BY_VALUE)
		return into;
	fail_defined(r, key, next);
	return NULL;
}

static Toml *open_table(Reader *r, Toml *table, Key key)
{
	Toml *old = toml_get(table, key.text);
	if (!old)
		return add_key(r, table, key, TOML_TABLE, TOML_BY_HEADER);
	if (old->kind == TOML_TABLE && old->origin == TOML_IMPLIED) {
		old->origin = TOML_BY_HEADER;
		old->line = line_of(r, key.at);
		return old;
	}
	fail_defined(r, key, old);
	return NULL;
}

static Toml *open_array(Reader *r, Toml *table, Key key)
{
	Toml *array = toml_get(table, key.text);
	if (array && (array->kind != TOML_ARRAY || array->origin != TOML_BY_HEADER)) {
		fail_defined(r, key, array);
		return NULL;
	}
	if (!array)
		array = add_key(r, table, key, TOML_ARRAY, TOML_BY_HEADER);
	return array ? add_key(r, array, (Key){.at = key.at}, TOML_TABLE, TOML_BY_HEADER) : NULL;
}

/* [a.b] or [[a.b]]; the cursor is at the first bracket. */
static bool read_header(Reader *r, Toml *root)
{
	Scan *scan = &r->scan;
	bool array = scan_peek(scan, 1) == '[';
	Toml *table = root;
	Key key;
	scan->at += array ? 2 : 1;
	for (;;) {
		if (!read_key(scan, &key))
			return false;
		bool more = scan_take(scan, ".");
		table = more    ? enter_header(r, table, key)
			: array ? open_array(r, table, key)
				: open_table(r, table, key);
		if (!table)
			return false;
		if (!more)
			break;
	}
	r->table = table;
	if (!scan_take(scan, array ? "]]" : "]"))
		return scan_expected(scan, array ? "]]" : "]");
	return scan_line_end(scan);
}

static bool read_value(Reader *r, Toml *parent, Key key);

/* key = value, in a table or in braces; a key with dots makes tables on its way. */
static bool read_pair(Reader *r, Toml *table)
{
	Scan *scan = &r->scan;
	Key key;
	for (;;) {
		if (!read_key(scan, &key))
			return false;
		Toml *old = toml_get(table, key.text);
		bool more = scan_take(scan, ".");
		if (old && !(more && old->kind == TOML_TABLE && old->origin == TOML_BY_KEY))
			return fail_defined(r, key, old);
		if (!more) {
			if (!scan_take(scan, "="))
				return scan_expected(scan, "=");
			return read_value(r, table, key);
		}
		table = old ? old : add_key(r, table, key, TOML_TABLE, TOML_BY_KEY);
		if (!table)
			return false;
	}
}

/* Items with commas between them; one after the last is fine. */
static bool read_array(Reader *r, Toml *array)
{
	Scan *scan = &r->scan;
	scan->at++;
	for (;;) {
		if (!scan_gap(scan))
			return false;
		if (scan_take(scan, "]"))
			return true;
		if (!read_value(r, array, (Key){0}) || !scan_gap(scan))
			return false;
		if (!scan_take(scan, ",") && scan_peek(scan, 0) != ']')
			return scan_expected(scan, "a comma or ]");
	}
}

/* In braces, where the next pair should be, or the end. */
static void tell_newer(Scan *scan, bool after_comma)
{
	int c = scan_peek(scan, 0);
	bool line_end = c == '\n' || (c == '\r' && scan_peek(scan, 1) == '\n');
	if (line_end || c == '#' || (after_comma && c == '}'))
		scan_newer(scan);
}

/* Pairs on one line, without a comma after the last. */
static bool read_inline(Reader *r, Toml *table)
{
	Scan *scan = &r->scan;
	scan->at++;
	scan_blanks(scan);
	if (scan_take(scan, "}"))
		return true;
	for (bool after_comma = false;; after_comma = true) {
		tell_newer(scan, after_comma);
		if (!read_pair(r, table))
			return false;
		scan_blanks(scan);
		if (scan_take(scan, "}"))
			return true;
		tell_newer(scan, false);
		if (!scan_take(scan, ","))
			return scan_expected(scan, "a comma or }");
		scan_blanks(scan);
	}
}

static bool read_value(Reader *r, Toml *parent, Key key)
{
	Scan *scan = &r->scan;
	scan_blanks(scan);
	int c = scan_peek(scan, 0);
	if (parent->kind != TOML_TABLE)
		key.at = scan->at;
	TomlKind kind = c == '[' ? TOML_ARRAY : c == '{' ? TOML_TABLE : TOML_STRING;
	Toml *node = add_key(r, parent, key, kind, TOML_BY_VALUE);
	if (!node)
		return false;
	if (c == '[')
		return read_array(r, node);
	if (c == '{')
		return read_inline(r, node);
	if (c == '"' || c == '\'')
		return scan_string(scan, true, &node->text);
	return number_read(scan, node);
}

static bool read_document(Reader *r, Toml *root)
{
	Scan *scan = &r->scan;
	r->table = root;
	while (scan_gap(scan) && scan_peek(scan, 0) != SCAN_END) {
		bool read = scan_peek(scan, 0) == '['
				    ? read_header(r, root)
				    : read_pair(r, r->table) && scan_line_end(scan);
		if (!read)
			return false;
	}
	return !scan->message.len;
}

static TomlError error_at(const Scan *scan)
{
	TomlError error = {.line = 1, .message = scan->message};
	if (scan->is_newer)
		error.hint = STR("that is TOML 1.1; supabase-promote reads TOML 1.0");
	size_t start = 0;
	for (size_t i = 0; i < scan->wrong; i++)
		if (scan->text.ptr[i] == '\n') {
			error.line++;
			start = i + 1;
		}
	Str before = str_head(str_skip(scan->text, start), scan->wrong - start);
	error.col = str_utf8_count(before) + 1;
	return error;
}

Toml *toml_parse(Arena *arena, Str text, TomlError *error)
{
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_skip(text, 3);
	Reader reader = {.scan = {.arena = arena, .text = text}, .line = 1};
	Toml *root = toml_new_table(arena);
	size_t invalid = str_utf8_invalid(text);
	if (text.len > TOML_SIZE_MAX)
		scan_fail(&reader.scan, 0, "the file is larger than %d bytes", TOML_SIZE_MAX);
	else if (invalid < text.len)
		scan_fail(&reader.scan, invalid, "byte 0x%02X is not UTF-8",
			(unsigned char)text.ptr[invalid]);
	else if (read_document(&reader, root))
		return root;
	*error = error_at(&reader.scan);
	return NULL;
}
