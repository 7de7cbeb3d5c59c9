/* detect/matches: what a push reads, against changed paths. */
#include "check.h"

#include "detect/matches.h"

static bool covers(MatchPath at, const char *path)
{
	ARENA_SCRATCH(scratch);
	MatchPush push = {0};
	Changes changes = {0};
	Matches matches;
	MatchRow *row = vec_add(&scratch, &push);
	row->name = STR("migrations");
	*vec_add(&scratch, &row->paths) = at;
	vec_add(&scratch, &changes)->path = str_from(path);
	matches_find(&scratch, &(Watched){.push = &push}, &changes, &matches);
	assert_int_equal(matches.count, 1);
	assert_int_equal(matches.migrations, matches.any);
	return matches.any;
}

TEST(a_folder_counts_with_what_stands_in_its_place)
{
	static const struct {
		const char *path;
		bool sql, below;
	} rows[] = {
		{"db/supabase/migrations/1_a.sql", true, true},
		{"db/supabase/migrations/1_a.txt", false, true},
		{"db/supabase/migrations/old/1_a.sql", false, true},
		{"db/supabase/migrations", true, true},
		{"db/supabase", true, true},
		{"db", true, true},
		{"d", false, false},
		{"db/supabase/migration", false, false},
		{"db/supabase/migrations2/1_a.sql", false, false},
		{"supabase/migrations/1_a.sql", false, false},
	};
	const MatchPath sql = {STR("db/supabase/migrations"), STR("*.sql"), false},
			below = {STR("db/supabase/migrations"), {0}, true};
	for (size_t i = 0; i < COUNT(rows); i++) {
		check_that(rows[i].path, covers(sql, rows[i].path) == rows[i].sql);
		check_that(rows[i].path, covers(below, rows[i].path) == rows[i].below);
	}
}

TEST(the_root_is_a_folder_without_a_name)
{
	const MatchPath sql = {{0}, STR("*.sql"), false}, root = {0};
	assert_true(covers(sql, "a.sql"));
	assert_false(covers(sql, "a/b.sql"));
	assert_false(covers(root, "a.sql"));
}

TEST(the_first_row_is_that_of_the_migrations)
{
	ARENA_SCRATCH(scratch);
	MatchPush push = {0};
	Changes changes = {0};
	Matches matches;
	vec_add(&scratch, &push)->name = STR("migrations");
	MatchRow *roles = vec_add(&scratch, &push);
	roles->name = STR("roles");
	*vec_add(&scratch, &roles->paths) = (MatchPath){STR("roles.sql"), {0}, false};
	vec_add(&scratch, &changes)->path = STR("roles.sql");
	matches_find(&scratch, &(Watched){.push = &push}, &changes, &matches);
	assert_true(matches.any && !matches.migrations);
	check_str(matches_names(&scratch, &matches, true), STR("[\"roles\"]"));
	check_str(matches_names(&scratch, &matches, false), STR("[\"migrations\",\"roles\"]"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_counts_with_what_stands_in_its_place),
		cmocka_unit_test(the_root_is_a_folder_without_a_name),
		cmocka_unit_test(the_first_row_is_that_of_the_migrations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
