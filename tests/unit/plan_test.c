/* plan/plan and check/guard: what the remedies promise. The verdicts are golden tests. */
#include "check.h"

#include "check/guard.h"

/* Files and versions, each list ended by NULL. */
typedef struct Case {
	const char *label, *files[6], *versions[4];
	int64_t now;
} Case;

static const int64_t new_year_2025 = 1735689600;

static const Case cases[] = {
	{"one", {"20240101000000_a.sql", "20240103000000_b.sql"}, {"20240103000000"},
		new_year_2025},
	{"several", {"20240101000000_a.sql", "20240101000001_b.sql", "20240102000000_c.sql"},
		{"20240102000000"}, new_year_2025},
	{"at the end of a minute",
		{"20240101000000_a.sql", "20240101000001_b.sql", "20240102000000_c.sql"},
		{"20240102000000"}, new_year_2025 - 1},
	{"a head that is now", {"20240101000000_a.sql", "20250101000000_b.sql"}, {"20250101000000"},
		new_year_2025},
	{"a head in the future", {"20240101000000_a.sql", "20990101000000_b.sql"},
		{"20990101000000"}, new_year_2025},
	{"a head at the end of a year", {"20240101000000_a.sql", "20991231235959_b.sql"},
		{"20991231235959"}, new_year_2025},
	{"a pending file has the stamp",
		{"20240101000000_a.sql", "20240102000000_b.sql", "20250101000000_c.sql"},
		{"20240102000000"}, new_year_2025},
	{"pending files have the next stamps",
		{"20240101000000_a.sql", "20240101000001_b.sql", "20240102000000_c.sql",
			"20250101000000_d.sql", "20250101000001_e.sql"},
		{"20240102000000"}, new_year_2025},
	{"a short head", {"1_a.sql", "2_b.sql"}, {"2"}, new_year_2025},
	{"a head that no stamp sorts behind", {"20240101000000_a.sql", "9_b.sql"}, {"9"},
		new_year_2025},
	{"a wide head", {"20240101000000_a.sql", "202401020000000000_b.sql"},
		{"202401020000000000"}, new_year_2025},
	{"a head that is no number", {"20240101000000_a.sql", "1_b.sql"}, {"abc"}, new_year_2025},
	{"a head that begins as a number", {"20240101000000_a.sql", "1_b.sql"}, {"9x"},
		new_year_2025},
};

/* The guards of versions alone: nothing has a content. */
static bool check(Arena *arena, const Source *source, History *history, const Plan *plan,
	int64_t now, Err *err)
{
	Contents contents = content_read(arena, source);
	Err ignored = {.arena = arena};
	history->records = arena_array(arena, Record, history->versions.count + 1);
	for (size_t i = 0; i < history->versions.count; i++)
		history->records[i].file = SIZE_MAX;
	GuardFacts facts = {.plan = plan, .input = {.contents = &contents, .history = history}};
	GuardOptions options = {.now = now};
	return guard_check(&facts, &options, err, &ignored, &ignored);
}

static int by_version(const void *a, const void *b)
{
	return str_compare(((const Migration *)a)->version, ((const Migration *)b)->version);
}

static void add_file(Arena *arena, Source *source, Str name)
{
	Migration *migration = vec_add(arena, &source->migrations);
	check_that(name.ptr, source_name(name, &migration->version, &migration->title));
	migration->file = name;
	migration->path = str_format(arena, "m/%.*s", STR_ARG(name));
	qsort(source->migrations.items, source->migrations.count, sizeof(Migration), by_version);
}

/* The new name of a remedy's `git mv`, or an empty Str if there is none. */
static Str renamed(const Fault *fault)
{
	Str rest = fault->hint, line, word;
	while (str_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("git mv ")))
			continue;
		for (int i = 0; i < 4; i++)
			assert_true(str_next(&line, ' ', &word));
		assert_true(str_starts(word, STR("m/")));
		return str_skip(word, 2);
	}
	return (Str){0};
}

TEST(a_git_mv_that_is_proposed_cures_the_push)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA_SCRATCH(scratch);
		const Case *c = &cases[i];
		Source before = {.folder = STR("m")}, after = {.folder = STR("m")};
		History history = {0};
		Plan plan, cured;
		Err err = {.arena = &scratch}, none = {.arena = &scratch};
		bool all_renamed = true;
		for (size_t k = 0; k < COUNT(c->files) && c->files[k]; k++)
			add_file(&scratch, &before, str_from(c->files[k]));
		for (size_t k = 0; k < COUNT(c->versions) && c->versions[k]; k++)
			*vec_add(&scratch, &history.versions) = str_from(c->versions[k]);
		plan_build(&scratch, &before, &history, false, &plan);
		check_that(c->label, !check(&scratch, &before, &history, &plan, c->now, &err));

		for (size_t k = 0; k < plan.rows.count; k++)
			if (plan.rows.items[k].verdict == VERDICT_PENDING ||
				plan.rows.items[k].verdict == VERDICT_APPLIED)
				add_file(&scratch, &after, plan.rows.items[k].migration->file);
		for (const Fault *fault = err.first; fault; fault = fault->next) {
			Str name = renamed(fault);
			all_renamed = all_renamed && name.len;
			if (!name.len)
				continue;
			add_file(&scratch, &after, name);
		}
		if (!all_renamed)
			continue;
		for (size_t k = 1; k < after.migrations.count; k++)
			check_that(c->label, !str_equal(after.migrations.items[k].version,
						     after.migrations.items[k - 1].version));
		plan_build(&scratch, &after, &history, false, &cured);
		check_that(c->label, check(&scratch, &after, &history, &cured, c->now, &none));
	}
}

TEST(of_many_missing_versions_the_first_are_named)
{
	ARENA_SCRATCH(scratch);
	Source source = {0};
	History history = {0};
	Plan plan;
	Err err = {.arena = &scratch};
	for (int i = 0; i < 2000; i++)
		*vec_add(&scratch, &history.versions) = str_format(&scratch, "%014d", i);
	plan_build(&scratch, &source, &history, true, &plan);
	assert_false(check(&scratch, &source, &history, &plan, 0, &err));
	assert_int_equal(err.count, 1);
	check_contains(err.first->message, "00000000000019, and 1980 more");
	assert_true(err.first->hint.len < 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_git_mv_that_is_proposed_cures_the_push),
		cmocka_unit_test(of_many_missing_versions_the_first_are_named),
	};
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
