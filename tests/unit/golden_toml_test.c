/* toml/toml by golden tests: @TOML is a document; the expectation is the tree in the tagged JSON of
 * the public toml-test suite (below toml/valid), or the error (below toml/invalid). With --print it
 * prints what the documents on stdin come to, a byte FE behind each: tests/integration compares
 * that with Python's reader. */
#include "golden.h"

#include "toml/toml.h"

#include <math.h>

static void print_quoted(Buf *out, Str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"' || c == '\\')
			buf_format(out, "\\%c", c);
		else if ((unsigned char)c < ' ')
			buf_format(out, "\\u%04x", (unsigned char)c);
		else
			buf_add_char(out, c);
	}
	buf_add_char(out, '"');
}

static Str float_text(Arena *arena, double number)
{
	Str text = {0};
	if (isnan(number))
		return STR("nan");
	if (isinf(number))
		return number > 0 ? STR("inf") : STR("-inf");
	for (int digits = 15; digits <= 17; digits++) {
		text = str_format(arena, "%.*g", digits, number);
		if (strtod(text.ptr, NULL) == number)
			break;
	}
	return text;
}

static void print_leaf(Buf *out, const Toml *value)
{
	ARENA_SCRATCH(scratch);
	static const char *const types[] = {
		[TOML_STRING] = "string",
		[TOML_INTEGER] = "integer",
		[TOML_FLOAT] = "float",
		[TOML_BOOL] = "bool",
		[TOML_DATETIME] = "datetime",
		[TOML_LOCAL_DATETIME] = "datetime-local",
		[TOML_LOCAL_DATE] = "date-local",
		[TOML_LOCAL_TIME] = "time-local",
	};
	Str text = value->text;
	if (value->kind == TOML_INTEGER)
		text = str_format(&scratch, "%lld", (long long)value->integer);
	else if (value->kind == TOML_FLOAT)
		text = float_text(&scratch, value->number);
	else if (value->kind == TOML_BOOL)
		text = value->truth ? STR("true") : STR("false");
	buf_format(out, "{\"type\": \"%s\", \"value\": ", types[value->kind]);
	print_quoted(out, text);
	buf_add_char(out, '}');
}

static void print_value(Buf *out, const Toml *value, int indent)
{
	bool table = value->kind == TOML_TABLE;
	if (!table && value->kind != TOML_ARRAY) {
		print_leaf(out, value);
		return;
	}
	buf_add_char(out, table ? '{' : '[');
	for (const Toml *item = value->first; item; item = item->next) {
		buf_format(out, "%s\n%*s", item == value->first ? "" : ",", indent + 2, "");
		if (table) {
			print_quoted(out, item->key);
			buf_add(out, STR(": "));
		}
		print_value(out, item, indent + 2);
	}
	if (value->first)
		buf_format(out, "\n%*s", indent, "");
	buf_add_char(out, table ? '}' : ']');
}

static void print_document(Arena *arena, Str text, Buf *out)
{
	TomlError error = {0};
	const Toml *root = toml_parse(arena, text, &error);
	if (root)
		print_value(out, root, 0);
	else
		buf_format(out, "%zu:%zu: %.*s%s%.*s", error.line, error.col,
			STR_ARG(error.message), error.hint.len ? "\nhelp: " : "",
			STR_ARG(error.hint));
	buf_add_char(out, '\n');
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	assert_int_equal(blocks->count, 1);
	print_document(arena, check_exact(arena, blocks->items[0].text), out);
}

TEST(valid_documents_are_read_as_expected)
{
	golden_run("toml/valid", run);
}

TEST(invalid_documents_are_refused_at_their_place)
{
	golden_run("toml/invalid", run);
}

static int print_stdin(void)
{
	ARENA_SCRATCH(scratch);
	Buf text = buf_new(&scratch, SIZE_MAX), out = buf_new(&scratch, SIZE_MAX);
	for (int c; (c = getchar()) != EOF;)
		buf_add_char(&text, (char)c);
	Str rest = buf_str(&text), document;
	while (rest.len && str_next(&rest, '\xFE', &document)) {
		print_document(&scratch, check_exact(&scratch, document), &out);
		buf_add_char(&out, '\xFE');
	}
	fwrite(out.ptr, 1, out.len, stdout);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_documents_are_read_as_expected),
		cmocka_unit_test(invalid_documents_are_refused_at_their_place),
	};
	if (argc == 2 && strcmp(argv[1], "--print") == 0)
		return print_stdin();
	return cmocka_run_group_tests_name("golden_toml", tests, NULL, NULL);
}
