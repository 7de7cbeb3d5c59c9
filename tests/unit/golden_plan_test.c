/* plan/plan and the guards of versions by golden tests: FILES are names in the folder, HISTORY
 * versions, one a line. FILES takes the arguments include-all and now=SECONDS. */
#include "golden.h"

#include "check/guard.h"

static void add_file(Arena *arena, Source *source, Str name)
{
	Migration *migration = vec_add(arena, &source->migrations);
	assert_true(source_name(name, &migration->version, &migration->title));
	migration->file = name;
	migration->path = file_join(arena, source->folder, name);
}

typedef struct Options {
	bool include_all;
	int64_t now;
} Options;

static Options read_options(Arena *arena, Str args)
{
	Options options = {.now = 1735689600};
	Str arg;
	while (str_next(&args, ' ', &arg)) {
		if (str_equal(arg, STR("include-all")))
			options.include_all = true;
		else if (str_starts(arg, STR("now=")))
			options.now = strtoll(str_z(arena, str_skip(arg, 4)), NULL, 10);
		else
			assert_int_equal(arg.len, 0);
	}
	return options;
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	assert_int_equal(blocks->count, 2);
	Options options = read_options(arena, blocks->items[0].args);
	Source source = {.folder = STR("supabase/migrations")};
	History history = {0};
	Plan plan;
	Err err = {.arena = arena};
	Str rest = blocks->items[0].text, line;
	while (str_next(&rest, '\n', &line))
		if (line.len)
			add_file(arena, &source, line);
	rest = blocks->items[1].text;
	while (str_next(&rest, '\n', &line))
		if (line.len)
			*vec_add(arena, &history.versions) = line;

	plan_build(arena, &source, &history, options.include_all, &plan);
	Contents contents = content_read(arena, &source);
	history.records = arena_array(arena, Record, history.versions.count + 1);
	for (size_t i = 0; i < history.versions.count; i++)
		history.records[i].file = SIZE_MAX;
	GuardFacts facts = {.plan = &plan,
		.input = {.contents = &contents,
			.history = &history,
			.include_all = options.include_all}};
	GuardOptions guards = {.now = options.now};
	Err ignored = {.arena = arena};
	bool allowed = guard_check(&facts, &guards, &err, &ignored, &ignored);
	buf_format(out, "head: %.*s\n", STR_ARG(plan.head));
	for (size_t i = 0; i < plan.rows.count; i++) {
		const PlanRow *row = &plan.rows.items[i];
		assert_true(!row->migration || str_equal(row->migration->version, row->version));
		buf_format(out, "%.*s  %.*s\n",
			STR_ARG(row->migration ? row->migration->file : row->version),
			STR_ARG(plan_word(row->verdict)));
	}
	buf_format(out, "%s, to push:", allowed ? "allowed" : "blocked");
	for (size_t i = 0; i < plan.pending.count; i++)
		buf_format(out, " %.*s", STR_ARG(plan.pending.items[i]->version));
	buf_add(out, STR("\n"));
	for (const Fault *fault = err.first; fault; fault = fault->next) {
		assert_int_equal(fault->kind, ERR_BLOCKED);
		buf_format(out, "%.*s: %.*s\nhelp: %.*s\n", STR_ARG(fault->file),
			STR_ARG(fault->message), STR_ARG(fault->hint));
	}
}

TEST(every_plan_is_as_expected)
{
	golden_run("plan", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_plan_is_as_expected)};
	return cmocka_run_group_tests_name("golden_plan", tests, NULL, NULL);
}
