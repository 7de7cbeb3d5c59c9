/* glob/wildcard: the table of Go's path.Match as its documentation has it, and paths on disk. */
#include "check.h"

#include "glob/wildcard.h"

static const struct {
	const char *pattern, *name;
	bool matches, valid;
} rows[] = {
	{"abc", "abc", true, true},
	{"*", "abc", true, true},
	{"*c", "abc", true, true},
	{"a*", "a", true, true},
	{"a*", "abc", true, true},
	{"a*b*c*d*e*", "axbxcxdxe", true, true},
	{"a*b*c*d*e*", "axbxcxdxexxx", true, true},
	{"a*b?c*x", "abxbbxdbxebxczzx", true, true},
	{"a*b?c*x", "abxbbxdbxebxczzy", false, true},
	{"ab[c]", "abc", true, true},
	{"ab[b-d]", "abc", true, true},
	{"ab[e-g]", "abc", false, true},
	{"ab[^c]", "abc", false, true},
	{"ab[^b-d]", "abc", false, true},
	{"ab[^e-g]", "abc", true, true},
	{"a\\*b", "a*b", true, true},
	{"a\\*b", "ab", false, true},
	{"a?b",
		"a\xE2\x98\xBA"
		"b",
		true, true},
	{"a[^a]b",
		"a\xE2\x98\xBA"
		"b",
		true, true},
	{"a???b",
		"a\xE2\x98\xBA"
		"b",
		false, true},
	{"[a-\xCE\xB6]*", "\xCE\xB1", true, true},
	{"*[a-\xCE\xB6]", "A", false, true},
	{"[\\]a]", "]", true, true},
	{"[\\-]", "-", true, true},
	{"[x\\-]", "x", true, true},
	{"[x\\-]", "z", false, true},
	{"[\\-x]", "a", false, true},
	{"[]a]", "]", false, false},
	{"[-]", "-", false, false},
	{"[x-]", "x", false, false},
	{"[-x]", "x", false, false},
	{"\\", "a", false, false},
	{"[a-b-c]", "a", false, false},
	{"[", "a", false, false},
	{"[^", "a", false, false},
	{"[^bc", "a", false, false},
	{"a[", "a", false, false},
	{"a[", "ab", false, false},
	{"*x", "xxx", true, true},
	{"", "", true, true},
	{"", "a", false, true},
	{"*", "", true, true},
	{"?", "", false, true},
	{"?", "\xFF", true, true},
	{"[!a]", "!", true, true},
	{"[!a]", "b", false, true},
	{"*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false,
		true},
};

TEST(names_match_as_in_go)
{
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str pattern = check_exact(&scratch, str_from(rows[i].pattern));
		Str name = check_exact(&scratch, str_from(rows[i].name));
		check_that(rows[i].pattern, wildcard_match(pattern, name) == rows[i].matches);
		check_that(rows[i].pattern, wildcard_is_valid(pattern) == rows[i].valid);
	}
}

TEST(paths_are_covered_name_by_name)
{
	static const struct {
		const char *pattern, *path;
		bool covers, below;
	} paths[] = {
		{"a/*.sql", "a/x.sql", true, true},
		{"a/*.sql", "a/x/y.sql", false, false},
		{"a/*.sql", "a/x.sql/y", false, true},
		{"a/*.sql", "b/x.sql", false, false},
		{"a/*/b", "a", true, true},
		{"a/*/b", "a/x", true, true},
		{"a/*/b", "ab", false, false},
		{"dev (eu)/*.sql", "dev (eu)/x.sql", true, true},
		{"[", "[", false, false},
		{"", "x", false, true},
		{"", "", true, true},
		{"a", "", true, true},
	};
	for (size_t i = 0; i < COUNT(paths); i++) {
		Str pattern = str_from(paths[i].pattern), path = str_from(paths[i].path);
		check_that(paths[i].path, wildcard_covers(pattern, path, false) == paths[i].covers);
		check_that(paths[i].path, wildcard_covers(pattern, path, true) == paths[i].below);
	}
}

static Str joined(Arena *arena, const Paths *paths)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < paths->count; i++)
		buf_format(&buf, "%.*s ", STR_ARG(paths->items[i]));
	return buf_str(&buf);
}

static Str found(Arena *arena, Str base, const char *pattern)
{
	Paths paths = {0};
	WildcardSearch search = {.arena = arena, .base = base, .looks = WILDCARD_LOOKS_MAX};
	assert_true(wildcard_find(&search, str_from(pattern), &paths));
	return joined(arena, &paths);
}

TEST(paths_are_found_in_the_order_of_their_bytes)
{
	ARENA_SCRATCH(scratch);
	Str base = check_folder(&scratch), nothing = STR("");
	static const char *const files[] = {
		"s/b.sql", "s/B.sql", "s/.h.sql", "s/t/c.sql", "s/t/u/d.sql", "s/n.txt", "top.sql"};
	check_mkdir(&scratch, base, "s/t/u");
	for (size_t i = 0; i < COUNT(files); i++)
		check_write(&scratch, base, files[i], nothing);
	assert_int_equal(symlink("nowhere", check_path(&scratch, base, "s/gone.sql")), 0);

	check_str(found(&scratch, base, "s/*.sql"), STR("s/.h.sql s/B.sql s/b.sql s/gone.sql "));
	check_str(found(&scratch, base, "*.sql"), STR("top.sql "));
	check_str(found(&scratch, base, "*/*/*.sql"), STR("s/t/c.sql "));
	check_str(found(&scratch, base, "s/gone.sql"), STR("s/gone.sql "));
	check_str(found(&scratch, base, "s/t"), STR("s/t "));
	check_str(found(&scratch, base, "s/none"), nothing);
	check_str(found(&scratch, base, ""), nothing);
	check_str(found(&scratch, base, "none/*"), nothing);
	Str absolute = str_format(&scratch, "%.*s/t*.sql", STR_ARG(base));
	check_str(found(&scratch, STR("/none"), absolute.ptr),
		str_format(&scratch, "%.*s/top.sql ", STR_ARG(base)));

	Paths below = {0};
	WildcardSearch search = {.arena = &scratch, .base = base, .looks = WILDCARD_LOOKS_MAX};
	assert_true(wildcard_walk(&search, STR("s"), &below));
	check_str(joined(&scratch, &below), STR("s/.h.sql s/B.sql s/b.sql s/t/c.sql s/t/u/d.sql "));
	assert_false(wildcard_walk(&search, STR("none"), &below));
	check_remove(&scratch, base);
}

/* Names are counted, and every folder that is listed, be it empty. */
TEST(what_is_looked_at_is_counted)
{
	ARENA_SCRATCH(scratch);
	Str base = check_folder(&scratch);
	check_mkdir(&scratch, base, "a/b");
	check_write(&scratch, base, "a/b/c.sql", STR(""));
	check_write(&scratch, base, "a/d.sql", STR(""));
	/* a and its list; b, d.sql and their lists, of which the second has none; c.sql */
	for (size_t looks = 0; looks <= 8; looks++) {
		Paths paths = {0};
		WildcardSearch search = {.arena = &scratch, .base = base, .looks = looks};
		bool enough = looks >= 8;
		check_that("find", wildcard_find(&search, STR("*/*/*"), &paths) == enough);
		check_str(joined(&scratch, &paths), looks >= 7 ? STR("a/b/c.sql ") : STR(""));
		if (!enough)
			assert_true(str_contains(search.reason, STR("more than 200000 files")));
		paths = (Paths){0};
		search.looks = looks;
		check_that("walk", wildcard_walk(&search, STR("a"), &paths) == (looks >= 5));
	}
	check_remove(&scratch, base);
}

TEST(links_that_lead_round_in_circles_come_to_an_end)
{
	ARENA_SCRATCH(scratch);
	Str base = check_folder(&scratch);
	Paths paths = {0};
	WildcardSearch search = {.arena = &scratch, .base = base, .looks = WILDCARD_LOOKS_MAX};
	for (int i = 0; i < 12; i++) {
		Str name = str_format(&scratch, "link%d", i);
		assert_int_equal(symlink(".", check_path(&scratch, base, name.ptr)), 0);
	}
	assert_false(wildcard_find(&search, STR("*/*/*/*/*/*/*/*/*/*/*/*.sql"), &paths));
	check_remove(&scratch, base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_match_as_in_go),
		cmocka_unit_test(paths_are_covered_name_by_name),
		cmocka_unit_test(paths_are_found_in_the_order_of_their_bytes),
		cmocka_unit_test(what_is_looked_at_is_counted),
		cmocka_unit_test(links_that_lead_round_in_circles_come_to_an_end),
	};
	return cmocka_run_group_tests_name("wildcard", tests, NULL, NULL);
}
