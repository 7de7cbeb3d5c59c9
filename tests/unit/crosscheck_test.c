/* crosscheck: lint's predictions beside what a rehearsal has seen. */
#include "check.h"

#include "lint/crosscheck.h"

static const Str table_cells[RELATION_COLUMNS] = {STR_INIT("20000"), STR_INIT("20000"),
	STR_INIT("r"), STR_INIT("public"), STR_INIT("t"), STR_INIT("4"), STR_INIT("10"),
	STR_INIT("0"), STR_INIT("1"), STR_INIT("2"), STR_INIT("3"), STR_INIT("30"), STR_INIT("0"),
	STR_INIT("0"), STR_INIT("0")};

static const CatalogRelation there = {.oid = 20000};
static WorldRelation table = {.there = &there, .kind = RELATION_TABLE};

/* Files of one statement each, that have run and taken no lock that the server shows. */
typedef struct Plan {
	Migration migrations[2];
	Script scripts[2];
	Effects effects[2];
	RehearsedFile files[2];
	Rehearsal rehearsal;
	Lint lint;
	Effect *predicted[2];
} Plan;

static void plan_make(Arena *arena, Plan *plan)
{
	Err err = {.arena = arena};
	*plan = (Plan){.lint.has_catalog = true};
	for (size_t i = 0; i < 2; i++) {
		plan->migrations[i] = (Migration){.file = STR("f.sql"), .text = STR("select 1;")};
		script_read(arena, &plan->migrations[i], &plan->scripts[i], &err);
		plan->effects[i] = (Effects){.script = &plan->scripts[i],
			.statement = plan->scripts[i].statements,
			.ran = true};
		plan->files[i] = (RehearsedFile){.script = &plan->scripts[i],
			.effects = &plan->effects[i],
			.complete = true};
		*vec_add(arena, &plan->lint.predictions) = (Prediction){
			.script = &plan->scripts[i], .statement = plan->scripts[i].statements};
	}
	for (size_t i = 0; i < 2; i++)
		plan->predicted[i] = &plan->lint.predictions.items[i].effect;
	plan->rehearsal = (Rehearsal){.files = plan->files,
		.count = 2,
		.relations = relations_read(arena, table_cells, 1)};
}

static void predict_lock(Arena *arena, Effect *effect, LockMode mode)
{
	*vec_add(arena, &effect->locks) = (EffectLock){.relation = &table,
		.name = STR("public.t"),
		.mode = mode,
		.blocks_reads = lock_mode_blocks_reads(mode),
		.blocks_writes = lock_mode_blocks_writes(mode)};
}

static void see_lock(Arena *arena, Plan *plan, size_t file, LockMode mode)
{
	*vec_add(arena, &plan->effects[file].locks) =
		(LockTaken){&plan->rehearsal.relations.items[0], mode};
}

static Str first_note(Arena *arena, const Plan *plan)
{
	Err notes = {.arena = arena};
	Crosscheck counts = crosscheck_run(&plan->lint, &plan->rehearsal, &notes);
	assert_int_equal(counts.contradicted, notes.count);
	assert_int_equal(counts.compared, 2);
	return notes.first ? notes.first->message : (Str){0};
}

TEST(what_is_seen_as_predicted_is_confirmed)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	predict_lock(&arena, plan.predicted[0], LOCK_ACCESS_EXCLUSIVE);
	predict_lock(&arena, plan.predicted[1], LOCK_ACCESS_EXCLUSIVE);
	see_lock(&arena, &plan, 0, LOCK_ACCESS_EXCLUSIVE); /* the second file's is held */
	check_str(first_note(&arena, &plan), (Str){0});
}

TEST(a_later_file_takes_what_the_transaction_holds)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	predict_lock(&arena, plan.predicted[1], LOCK_ACCESS_EXCLUSIVE);
	see_lock(&arena, &plan, 0, LOCK_ACCESS_EXCLUSIVE);
	crosscheck_add_held(&arena, &plan.lint, &plan.rehearsal);
	assert_int_equal(plan.effects[0].locks.count, 1);
	assert_int_equal(plan.effects[1].locks.count, 1);
	assert_int_equal(plan.effects[1].locks.items[0].mode, LOCK_ACCESS_EXCLUSIVE);
	assert_true(plan.effects[1].blocks.count == 1 && plan.effects[1].blocks.items[0].reads);
}

TEST(a_file_that_was_rolled_back_has_left_no_lock)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	predict_lock(&arena, plan.predicted[1], LOCK_ACCESS_EXCLUSIVE);
	see_lock(&arena, &plan, 0, LOCK_ACCESS_EXCLUSIVE);
	plan.files[0].complete = false;
	crosscheck_add_held(&arena, &plan.lint, &plan.rehearsal);
	assert_int_equal(plan.effects[1].locks.count, 0);
}

TEST(what_lint_does_not_know_is_not_added)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	predict_lock(&arena, plan.predicted[1], LOCK_ACCESS_EXCLUSIVE);
	plan.predicted[1]->unknown = UNKNOWN_LOCKS;
	see_lock(&arena, &plan, 0, LOCK_ACCESS_EXCLUSIVE);
	crosscheck_add_held(&arena, &plan.lint, &plan.rehearsal);
	assert_int_equal(plan.effects[1].locks.count, 0);
}

TEST(another_lock_is_a_contradiction)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	predict_lock(&arena, plan.predicted[0], LOCK_SHARE);
	see_lock(&arena, &plan, 0, LOCK_ACCESS_EXCLUSIVE);
	check_contains(first_note(&arena, &plan),
		"ShareLock was expected on public.t, and it takes AccessExclusiveLock");
	plan.predicted[0]->unknown = UNKNOWN_WEAK_LOCKS;
	check_str(first_note(&arena, &plan), (Str){0});
}

TEST(another_rewrite_is_a_contradiction)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	*vec_add(&arena, &plan.effects[0].rewritten) = &plan.rehearsal.relations.items[0];
	check_contains(first_note(&arena, &plan), "public.t is rewritten, which was not expected");
}

TEST(another_outcome_is_a_contradiction)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	plan_make(&arena, &plan);
	*vec_add(&arena, &plan.predicted[1]->refusals) =
		(EffectRefusal){.rule = LINT_MISSING, .sqlstate = STR("42P01")};
	check_contains(first_note(&arena, &plan), "to fail with SQLSTATE 42P01, and has run");
	plan.predicted[1]->refusals.count = 0;
	const Fault fault = {.sqlstate = STR("23505")};
	plan.effects[1].ran = false;
	plan.effects[1].error = &fault;
	check_contains(first_note(&arena, &plan), "has failed with SQLSTATE 23505");
	plan.predicted[1]->unknown = UNKNOWN_OUTCOME;
	check_str(first_note(&arena, &plan), (Str){0});
}

static Str first_answer_note(Arena *arena, const Plan *plan, const Questions *questions)
{
	Err notes = {.arena = arena};
	crosscheck_answers(questions, &plan->rehearsal, &notes);
	return notes.first ? notes.first->message : (Str){0};
}

static Question *ask(Arena *arena, const Plan *plan, Questions *questions, Outlook outlook)
{
	Question *question = vec_add(arena, questions);
	*question = (Question){.kind = QUESTION_UNIQUE,
		.script = &plan->scripts[0],
		.statement = plan->scripts[0].statements,
		.object = STR("public.t"),
		.sqlstate = outlook == OUTLOOK_WILL_FAIL ? STR("23505") : (Str){0},
		.outlook = outlook};
	return question;
}

TEST(an_answer_of_the_data_is_confirmed_or_contradicted)
{
	ARENA_SCRATCH(arena);
	static const struct {
		Outlook outlook;
		bool ran;
		Str sqlstate;
		const char *words;
	} cases[] = {
		{OUTLOOK_WILL_FAIL, true, {NULL, 0}, "fail with SQLSTATE 23505, and it has run"},
		{OUTLOOK_WILL_FAIL, false, STR_INIT("23505"), NULL},
		{OUTLOOK_NO_COUNTER_EXAMPLE, true, {NULL, 0}, NULL},
		{OUTLOOK_NO_COUNTER_EXAMPLE, false, STR_INIT("23505"),
			"had no counter-example (no duplicates), and it has failed with SQLSTATE 23505"},
		{OUTLOOK_NO_COUNTER_EXAMPLE, false, STR_INIT("42P07"), NULL},
		{OUTLOOK_NOT_PROVEN, false, STR_INIT("23505"), NULL},
		{OUTLOOK_NOT_PROVEN, true, {NULL, 0}, NULL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		Plan plan;
		Questions questions = {0};
		const Fault fault = {.sqlstate = cases[i].sqlstate};
		plan_make(&arena, &plan);
		ask(&arena, &plan, &questions, cases[i].outlook);
		plan.effects[0].ran = cases[i].ran;
		plan.effects[0].error = cases[i].ran ? NULL : &fault;
		Str note = first_answer_note(&arena, &plan, &questions);
		bool is_right =
			cases[i].words ? str_contains(note, str_from(cases[i].words)) : !note.len;
		if (!is_right)
			fail_msg("%zu: %.*s", i, STR_ARG(note));
	}
}

TEST(an_answer_about_other_rows_is_not_compared)
{
	ARENA_SCRATCH(arena);
	Plan plan;
	Questions questions = {0};
	const Fault fault = {.sqlstate = STR("23505")};
	plan_make(&arena, &plan);
	ask(&arena, &plan, &questions, OUTLOOK_NO_COUNTER_EXAMPLE);
	plan.effects[0].ran = false;
	plan.effects[0].error = &fault;
	plan.files[0].after_failed = true;
	check_str(first_answer_note(&arena, &plan, &questions), (Str){0});
	plan.files[0].after_failed = false;
	questions.items[0].is_one_of_many = true;
	check_str(first_answer_note(&arena, &plan, &questions), (Str){0});
	questions.items[0].is_one_of_many = false;
	ask(&arena, &plan, &questions, OUTLOOK_NOT_PROVEN); /* about the same statement */
	check_str(first_answer_note(&arena, &plan, &questions), (Str){0});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_seen_as_predicted_is_confirmed),
		cmocka_unit_test(a_later_file_takes_what_the_transaction_holds),
		cmocka_unit_test(a_file_that_was_rolled_back_has_left_no_lock),
		cmocka_unit_test(what_lint_does_not_know_is_not_added),
		cmocka_unit_test(another_lock_is_a_contradiction),
		cmocka_unit_test(another_rewrite_is_a_contradiction),
		cmocka_unit_test(another_outcome_is_a_contradiction),
		cmocka_unit_test(an_answer_of_the_data_is_confirmed_or_contradicted),
		cmocka_unit_test(an_answer_about_other_rows_is_not_compared),
	};
	return cmocka_run_group_tests_name("crosscheck", tests, NULL, NULL);
}
