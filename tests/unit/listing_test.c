/* detect/listing: the text of each format, and that shells and parsers get the very names back. */
#include "golden.h"

#include "detect/listing.h"

/* Names are the lines; a \n in a name is written {{0A}}. */
static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	static const char *const formats[] = {"none", "csv", "json", "shell", "escape"};
	VEC(Str) names = {0};
	for (size_t i = 0; i < blocks->count; i++)
		*vec_add(arena, &names) = check_exact(arena, blocks->items[i].text);
	for (size_t i = 0; i < COUNT(formats); i++) {
		Str text;
		const Listing listing = {(ListFormat)i, names.items, names.count};
		assert_true(listing_format(arena, &listing, SIZE_MAX, &text));
		golden_add_lines(out, str_format(arena, "%-6s ", formats[i]), text);
	}
}

TEST(every_list_is_written_as_expected)
{
	golden_run("listing", run);
}

static uint32_t seed = 20240101;

static size_t any(size_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* What names are made of; the first ones are harmless. */
static Str random_name(Arena *arena)
{
	static const char *const pieces[] = {"a", "B", "9", ".", "_", "/", "-", "+", ":", "@", "%",
		",", " ", "\t", "\n", "\r", "'", "\"", "\\", "$", "`", "$(id)", "!", "*", "?",
		"[a]", "{a,b}", "~", "#", "&", "|", ";", "<", ">", "(", ")", "=", "^", "\001",
		"\033", "\177", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE2\x80\xA8",
		"\xC2\xA0", "if", "\\n", "--", "''", "'\n'", "\n#"};
	Buf buf = buf_new(arena, 64);
	size_t length = 1 + any(8), kinds = any(2) ? COUNT(pieces) : 20;
	for (size_t i = 0; i < length; i++)
		buf_add(&buf, str_from(pieces[any(kinds)]));
	return buf_str(&buf);
}

static Str *random_names(Arena *arena, size_t count)
{
	Str *names = arena_array(arena, Str, count);
	for (size_t i = 0; i < count; i++)
		names[i] = random_name(arena);
	return names;
}

static Str listed(Arena *arena, ListFormat format, const Str *names, size_t count)
{
	const Listing listing = {format, names, count};
	Str text;
	assert_true(listing_format(arena, &listing, SIZE_MAX, &text));
	assert_int_equal(str_utf8_invalid(text), text.len);
	return text;
}

static Str output_of(Arena *arena, const char *command)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	char block[4096];
	size_t got;
	FILE *pipe = popen(command, "re");
	assert_non_null(pipe);
	while ((got = fread(block, 1, sizeof block, pipe)) > 0)
		buf_add(&buf, (Str){block, got});
	assert_int_equal(pclose(pipe), 0);
	return buf_str(&buf);
}

static bool is_there(const char *program)
{
	ARENA_SCRATCH(scratch);
	Str command = str_format(&scratch, "command -v %s >/dev/null 2>&1", program);
	return system(command.ptr) == 0;
}

/* `text` holds the names, each with a NUL behind it. */
static void check_names(Str text, const Str *names, size_t count, bool dash)
{
	for (size_t i = 0; i < count; i++) {
		ARENA_SCRATCH(scratch);
		Str name, should = names[i];
		assert_true(str_next(&text, '\0', &name));
		if (dash && str_starts(should, STR("-")))
			should = str_format(&scratch, "./%.*s", STR_ARG(should));
		check_str(name, should);
	}
	assert_int_equal(text.len, 0);
}

enum {
	ROUNDS = 60,
	NAMES = 200
};

/* The list as it is pasted into a script, after `run:`. */
static void check_shell(const char *shell, ListFormat format)
{
	ARENA_SCRATCH(outer);
	Str folder = check_folder(&outer);
	for (int round = 0; round < ROUNDS; round++) {
		ARENA_SCRATCH(scratch);
		Str *names = random_names(&scratch, NAMES);
		Str list = listed(&scratch, format, names, NAMES);
		check_write(&scratch, folder, "script",
			str_format(&scratch, "printf '%%s\\0' %.*s\n", STR_ARG(list)));
		Str command = str_format(&scratch, "cd %s && %s ./script", folder.ptr, shell);
		check_names(output_of(&scratch, command.ptr), names, NAMES, true);
	}
	check_remove(&outer, folder);
}

TEST(shells_split_a_list_into_the_names)
{
	static const char *const shells[] = {"sh", "bash", "dash", "busybox sh"};
	for (size_t i = 0; i < COUNT(shells); i++) {
		if (!is_there(shells[i])) {
			print_message("%s is not installed: not checked\n", shells[i]);
			continue;
		}
		check_shell(shells[i], LIST_SHELL);
		check_shell(shells[i], LIST_ESCAPE);
		print_message("%s: %d names in each format\n", shells[i], ROUNDS * NAMES);
	}
}

/* Runs a line of Python that reads `list` and writes names with a NUL behind each. */
static void check_python(ListFormat format, const char *script)
{
	if (!is_there("python3")) {
		print_message("python3 is not installed: not checked\n");
		skip();
	}
	ARENA_SCRATCH(scratch);
	Str folder = check_folder(&scratch);
	Str *names = random_names(&scratch, 10000);
	check_write(&scratch, folder, "list", listed(&scratch, format, names, 10000));
	Str command = str_format(&scratch,
		"cd %s && python3 -c 'import csv, json, sys\n"
		"f = open(\"list\", newline=\"\", encoding=\"utf-8\")\n"
		"%s\n"
		"sys.stdout.buffer.write(b\"\".join(n.encode() + b\"\\0\" for n in names))'",
		folder.ptr, script);
	check_names(output_of(&scratch, command.ptr), names, 10000, false);
	check_remove(&scratch, folder);
}

TEST(python_reads_csv)
{
	check_python(LIST_CSV, "names = next(csv.reader(f))");
}

TEST(python_reads_json)
{
	check_python(LIST_JSON, "names = json.load(f)");
}

/* A line of a name cannot pass for the whole of it. */
TEST(a_line_break_is_always_quoted)
{
	ARENA_SCRATCH(scratch);
	Str name = STR("safe.txt\ntouch owned #.md");
	check_str(listed(&scratch, LIST_SHELL, &name, 1), STR("'safe.txt\ntouch owned #.md'"));
	check_str(listed(&scratch, LIST_CSV, &name, 1), STR("\"safe.txt\ntouch owned #.md\""));
	check_str(
		listed(&scratch, LIST_ESCAPE, &name, 1), STR("safe.txt'\n'touch\\ owned\\ \\#.md"));
}

TEST(bytes_that_are_no_utf8_are_replaced)
{
	ARENA_SCRATCH(scratch);
	Str name = EXACT(&scratch, "a\xFF\xC3");
	static const char *const expected[] = {"", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"",
		"[\"a\xEF\xBF\xBD\xEF\xBF\xBD\"]", "'a\xEF\xBF\xBD\xEF\xBF\xBD'",
		"a\\\xEF\xBF\xBD\\\xEF\xBF\xBD"};
	for (size_t i = 0; i < COUNT(expected); i++)
		check_str(listed(&scratch, (ListFormat)i, &name, 1), str_from(expected[i]));
}

TEST(sizes_are_counted_as_the_runner_does)
{
	assert_int_equal(listing_size(STR("")), 0);
	assert_int_equal(listing_size(STR("a")), 2);
	assert_int_equal(listing_size(STR("\xC3\xA9\xE2\x82\xAC")), 4);
	assert_int_equal(listing_size(STR("\xF0\x9F\x98\x80")), 4);
}

TEST(nothing_is_cut)
{
	static const Str names[] = {STR_INIT("a"), STR_INIT("\xE2\x82\xAC\xE2\x82\xAC b")};
	for (ListFormat format = LIST_CSV; format <= LIST_ESCAPE; format++) {
		ARENA_SCRATCH(scratch);
		Str whole = listed(&scratch, format, names, 2), text;
		size_t size = listing_size(whole);
		const Listing listing = {format, names, 2};
		assert_true(listing_format(&scratch, &listing, size, &text));
		check_str(text, whole);
		for (size_t max = 0; max < size; max++) {
			assert_false(listing_format(&scratch, &listing, max, &text));
			assert_int_equal(text.len, 0);
		}
	}
}

TEST(no_names_are_an_empty_text)
{
	ARENA_SCRATCH(scratch);
	check_str(listed(&scratch, LIST_NONE, NULL, 0), STR(""));
	check_str(listed(&scratch, LIST_CSV, NULL, 0), STR(""));
	check_str(listed(&scratch, LIST_JSON, NULL, 0), STR("[]"));
	check_str(listed(&scratch, LIST_SHELL, NULL, 0), STR(""));
	check_str(listed(&scratch, LIST_ESCAPE, NULL, 0), STR(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_list_is_written_as_expected),
		cmocka_unit_test(shells_split_a_list_into_the_names),
		cmocka_unit_test(python_reads_csv),
		cmocka_unit_test(python_reads_json),
		cmocka_unit_test(a_line_break_is_always_quoted),
		cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
		cmocka_unit_test(sizes_are_counted_as_the_runner_does),
		cmocka_unit_test(nothing_is_cut),
		cmocka_unit_test(no_names_are_an_empty_text),
	};
	return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
