/* glob/glob: picomatch's answers, the two ways to them, and their bounds. */
#include "check.h"

#include "base/file.h"
#include "glob/glob.h"
#include "glob/glob_source.h"
#include "base/vec.h"

/* ---- the tables of tests/golden/glob -------------------------------------------------------- */

static void add_utf8(Buf *buf, unsigned long c)
{
	if (c < 0x80) {
		buf_add_char(buf, (char)c);
		return;
	}
	if (c >= 0x800)
		buf_add_char(buf, (char)(0xE0 | c >> 12));
	buf_add_char(buf, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6));
	buf_add_char(buf, (char)(0x80 | (c & 0x3F)));
}

/* Takes a string as JSON writes it off a line; without surrogates, which the tables do not need. */
static Str take_string(Arena *arena, Str *line)
{
	static const char letters[] = "ntrbf", meanings[] = "\n\t\r\b\f";
	Buf buf = buf_new(arena, SIZE_MAX);
	size_t i = 1;
	assert_true(line->len > 1 && line->ptr[0] == '"');
	for (; i < line->len && line->ptr[i] != '"'; i++) {
		if (line->ptr[i] != '\\') {
			buf_add_char(&buf, line->ptr[i]);
			continue;
		}
		char c = line->ptr[++i];
		const char *letter = strchr(letters, c);
		if (c == 'u') {
			char *digits = str_z(arena, str_head(str_skip(*line, i + 1), 4));
			add_utf8(&buf, strtoul(digits, NULL, 16));
			i += 4;
		} else {
			buf_add_char(&buf, letter ? meanings[letter - letters] : c);
		}
	}
	*line = str_trim(str_skip(*line, i + 1));
	return check_exact(arena, buf_str(&buf));
}

static bool matches(Arena *arena, Str pattern, Str path)
{
	size_t steps = 0;
	Glob *glob = glob_compile(arena, pattern);
	GlobPath ready = glob_path(arena, path);
	bool yes = glob_match(glob, &ready);
	check_that(str_z(arena, pattern), yes == glob_match_slowly(glob, &ready, &steps));
	return yes;
}

/* `^(?:…)$` is the expression's text. */
static void check_source(Arena *arena, Str label, Str pattern, Str expression)
{
	Units should = units_decode(arena, str_head(str_skip(expression, 1), expression.len - 2));
	Units is = glob_source(arena, units_decode(arena, pattern)).text;
	bool never = str_equal(expression, STR("/$^/"));
	check_that(str_z(arena, label), never || units_equal(is, should));
}

/* Returns the number of answers that were compared. */
static size_t check_line(Arena *arena, Str line)
{
	Str rest = line, pattern = take_string(arena, &rest);
	size_t count = 0;
	for (; rest.len && (rest.ptr[0] == '+' || rest.ptr[0] == '-'); count++) {
		bool should = rest.ptr[0] == '+';
		rest = str_skip(rest, 1);
		Str path = take_string(arena, &rest);
		if (matches(arena, pattern, path) != should)
			fail_msg("%.*s: wrong for '%.*s'", STR_ARG(line), STR_ARG(path));
	}
	if (rest.len)
		check_source(arena, line, pattern, rest);
	return count;
}

static size_t check_table(const char *path, bool supported)
{
	ARENA_SCRATCH(scratch);
	Str file, reason, line;
	size_t count = 0;
	if (!file_read(&scratch, str_from(path), SIZE_MAX, &file, &reason))
		fail_msg("%s: %.*s: run this from the repository's root", path, STR_ARG(reason));
	while (str_next(&file, '\n', &line)) {
		if (!line.len || line.ptr[0] == '#')
			continue;
		count += check_line(&scratch, line);
		Glob *glob = glob_compile(&scratch, take_string(&scratch, &line));
		assert_true(supported == !glob_unsupported(glob).len);
	}
	return count;
}

TEST(the_answers_are_those_of_picomatch)
{
	assert_true(check_table("tests/golden/glob/tricky.txt", true) > 600);
	assert_true(check_table("tests/golden/glob/expressions.txt", true) > 300);
}

TEST(differences_are_few_and_have_a_reason)
{
	assert_true(check_table("tests/golden/glob/differences.txt", false) > 0);
}

/* ---- the direct comparison and the regular expression --------------------------------------- */

static void add_part(Buf *buf, size_t number, const char *const *parts, size_t count)
{
	buf_add(buf, str_from(parts[number % count]));
}

/* The number's digits to the base `count`, each a part. */
static Str compose(
	Arena *arena, size_t number, size_t length, const char *const *parts, size_t count)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < length; i++, number /= count)
		add_part(&buf, number, parts, count);
	return check_exact(arena, buf_str(&buf));
}

TEST(shapes_and_expressions_agree_on_all_short_patterns_and_paths)
{
	static const char *const signs[] = {
		"", "a", "b/", "/", "*", "**", "**/", ".", "ab", "{a,.b}", "!"};
	static const char *const parts[] = {"", "a", "b", "/", ".", "{a,.b}"};
	enum {
		SIGNS = 11 * 11 * 11 * 11,
		PATHS = 6 * 6 * 6 * 6
	};
	ARENA_SCRATCH(scratch);
	VEC(GlobPath) paths = {0};
	for (size_t i = 0; i < PATHS; i++) {
		GlobPath path = glob_path(&scratch, compose(&scratch, i, 4, parts, COUNT(parts)));
		if (path.plain)
			*vec_add(&scratch, &paths) = path;
	}
	for (size_t i = 0; i < SIGNS; i++) {
		ARENA_SCRATCH(one);
		size_t steps = 0;
		Str pattern = compose(&one, i, 4, signs, COUNT(signs));
		Glob *glob = glob_compile(&one, pattern);
		for (size_t k = 0; k < paths.count; k++)
			check_that(str_z(&one, pattern),
				glob_match(glob, &paths.items[k]) ==
					glob_match_slowly(glob, &paths.items[k], &steps));
	}
}

TEST(long_prefixes_and_suffixes_are_compared_in_full)
{
	static const struct {
		const char *pattern, *path;
		bool matches;
	} rows[] = {
		{"packages/app/src/index.js", "packages/app/src/index.js", true},
		{"packages/app/src/index.js", "pack_ges/app/src/index.js", false},
		{"packages/app/src/index.js", "packages/app/src/index.js2", false},
		{"packages/application/**", "packages/application/a", true},
		{"packages/application/**", "packages/application", true},
		{"packages/application/**", "packages/applications", false},
		{"packages/application/**", "packbges/application/a", false},
		{"**/*.generated.types.ts", "a/b.generated.types.ts", true},
		{"**/*.generated.types.ts", "a/b.Generated.types.ts", false},
		{"a/**/*.generated.types.ts", "a/.generated.types.ts", true},
		{"abcdefghij*hij.ts", "abcdefghij.ts", false},
		{"abcdefghij*hij.ts", "abcdefghijhij.ts", true},
		{"a/**/a", "a", false},
		{"a/**/a", "a/a", true},
		{"*.{js,jsx}", "*.{js,jsx}", true},
		{"!*.md", "!*.md", true},
		{"!*.md", "x.md", false},
		{"*.{ts,d.ts}", ".ts", true},
		{"a.*.{ts,a.ts}", "a.ts", false},
		{"a.*.{ts,a.ts}", "a.a.ts", true},
		{"a.*.{ts,a.ts}", "a..ts", true},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str path = check_exact(&scratch, str_from(rows[i].path));
		check_that(rows[i].pattern,
			matches(&scratch, str_from(rows[i].pattern), path) == rows[i].matches);
	}
}

/* ---- text ----------------------------------------------------------------------------------- */

TEST(texts_are_compared_by_utf16_units)
{
	static const struct {
		Str pattern, path;
		bool matches;
	} rows[] = {
		{STR_INIT("?"), STR_INIT("\xC3\xBC"), true},
		{STR_INIT("?"), STR_INIT("\xF0\x9F\x98\x80"), false},
		{STR_INIT("??"), STR_INIT("\xF0\x9F\x98\x80"), true},
		{STR_INIT("\xF0\x9F\x98\x80*"), STR_INIT("\xF0\x9F\x98\x81"), false},
		/* one U+FFFD for each maximal part of an ill-formed sequence */
		{STR_INIT("?"), STR_INIT("\xFF"), true},
		{STR_INIT("?"), STR_INIT("\xE2\x82"), true},
		{STR_INIT("?"), STR_INIT("\xF0\x9F\x98"), true},
		{STR_INIT("??"), STR_INIT("\xF0\x9F\x98\xFF"), true},
		{STR_INIT("??"), STR_INIT("\xC0\x80"), true},
		{STR_INIT("???"), STR_INIT("\xED\xA0\x80"), true},
		{STR_INIT("\xEF\xBF\xBD.js"), STR_INIT("\xFF.js"), true},
		{STR_INIT("*.js"), STR_INIT("\xFF.js"), true},
		{STR_INIT("src/**"), STR_INIT("src/\xC3\xBC"), true},
		/* `.` and the ends of lines of JavaScript */
		{STR_INIT("src/**"), STR_INIT("src/a\xE2\x80\xA8"), false},
		{STR_INIT("src/**"), STR_INIT("src/a\r"), false},
		{STR_INIT("src/**"), STR_INIT("src/a\xC2\x85"), true},
		{STR_INIT("src/**/*"), STR_INIT("src/a\xE2\x80\xA9"), true},
		{STR_INIT("!a"), STR_INIT("b\xE2\x80\xA9"), false},
		{STR_INIT("a\0b"), STR_INIT("a\0b"), true},
		{STR_INIT("a\0*"), STR_INIT("a\0b"), true},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_that(rows[i].pattern.ptr,
			matches(&scratch, rows[i].pattern, check_exact(&scratch, rows[i].path)) ==
				rows[i].matches);
}

/* ---- bounds --------------------------------------------------------------------------------- */

/* `steps` for a path of `part`, repeated, that does not match. */
static size_t steps_of(const char *pattern, const char *part, size_t count)
{
	ARENA_SCRATCH(scratch);
	size_t steps = 0;
	Glob *glob = glob_compile(&scratch, str_from(pattern));
	Str text = str_format(&scratch, "%.*s!", STR_ARG(check_repeat(&scratch, part, count)));
	GlobPath path = glob_path(&scratch, text);
	check_that(pattern, !glob_match(glob, &path));
	check_that(pattern, !glob_match_slowly(glob, &path, &steps));
	return steps;
}

TEST(work_grows_as_the_path_does)
{
	static const struct {
		const char *pattern, *part;
	} rows[] = {
		{"*(*(a))", "a"},
		{"**/*a*a*a*a*a*[b]", "a"},
		{"*a*a*a*a*a*a*[b]", "a"},
		{"+(a|aa)", "a"},
		{"+(a|+(a|+(a|aa)))", "a"},
		{"*(*(*(*(*(a)))))", "a"},
		{"**/**/*/**/*/**/*/**/[b]", "a/"},
		{"!(!(!(*a*a*a*a)))*a*[b]", "a"},
		{"(?=(?:(?=a*a*a*c)|a)*b)+(a)", "a"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t once = steps_of(rows[i].pattern, rows[i].part, 1000);
		size_t twice = steps_of(rows[i].pattern, rows[i].part, 2000);
		check_that(rows[i].pattern, once < 200 * 2000 && twice < 2 * once + 1000);
	}
}

TEST(patterns_that_stop_picomatch_have_an_answer)
{
	ARENA_SCRATCH(scratch);
	Str text = STR("[[:alpha:][:digit:");
	assert_true(matches(&scratch, text, text));
	assert_false(matches(&scratch, text, STR("a")));
	assert_false(matches(&scratch, STR(""), STR("a")));
	assert_false(matches(&scratch, STR("**"), STR("")));
	check_contains(glob_unsupported(glob_compile(&scratch, STR(""))), "empty");
}

TEST(long_patterns_never_match)
{
	ARENA_SCRATCH(scratch);
	Str text = check_repeat(&scratch, "a", 65536), longer = check_repeat(&scratch, "a", 65537);
	assert_true(matches(&scratch, text, text));
	assert_false(matches(&scratch, longer, longer));
	check_contains(glob_unsupported(glob_compile(&scratch, longer)), "65,536");
}

TEST(deep_and_large_patterns_are_refused_not_followed)
{
	static const char *const parts[] = {"(", "!(", "@(", "{a,", "[", "(?=", "\\\\(",
		"[[:alpha:]", "{a..", "**/", "*?", "{}", "\"("};
	for (size_t i = 0; i < COUNT(parts); i++) {
		ARENA_SCRATCH(scratch);
		size_t count = 20000 / strlen(parts[i]);
		Str open = check_repeat(&scratch, parts[i], count);
		Str closed = str_format(&scratch, "%.*sa%.*s", STR_ARG(open),
			STR_ARG(check_repeat(&scratch, i == 3 ? "}" : ")", count)));
		assert_true(matches(&scratch, open, open));
		assert_true(matches(&scratch, closed, closed));
		matches(&scratch, closed, STR("a/a"));
	}
	ARENA_SCRATCH(scratch);
	Str deep = str_format(&scratch, "%.*sa%.*s", STR_ARG(check_repeat(&scratch, "(", 600)),
		STR_ARG(check_repeat(&scratch, ")", 600)));
	check_contains(glob_unsupported(glob_compile(&scratch, deep)), "deep");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_answers_are_those_of_picomatch),
		cmocka_unit_test(differences_are_few_and_have_a_reason),
		cmocka_unit_test(shapes_and_expressions_agree_on_all_short_patterns_and_paths),
		cmocka_unit_test(long_prefixes_and_suffixes_are_compared_in_full),
		cmocka_unit_test(texts_are_compared_by_utf16_units),
		cmocka_unit_test(work_grows_as_the_path_does),
		cmocka_unit_test(patterns_that_stop_picomatch_have_an_answer),
		cmocka_unit_test(long_patterns_never_match),
		cmocka_unit_test(deep_and_large_patterns_are_refused_not_followed),
	};
	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
