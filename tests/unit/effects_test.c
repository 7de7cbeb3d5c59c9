/* effects: what probes say, and what a plan adds and takes away. */
#include "check.h"

#include "effects/delta.h"
#include "effects/probe.h"

static const Str table_cells[RELATION_COLUMNS] = {STR_INIT("20000"), STR_INIT("20000"),
	STR_INIT("r"), STR_INIT("public"), STR_INIT("t"), STR_INIT("4"), STR_INIT("10"),
	STR_INIT("0"), STR_INIT("1"), STR_INIT("2"), STR_INIT("3"), STR_INIT("30"), STR_INIT("0"),
	STR_INIT("0"), STR_INIT("0")};

static ProbeAnswer answer(Str relations)
{
	return (ProbeAnswer){.began_us = 100, .ended_us = 110, .wal = 5, .relations = relations};
}

TEST(only_what_is_new_since_the_probe_before_is_the_statements)
{
	ARENA_SCRATCH(arena);
	Relations relations = relations_read(&arena, table_cells, 1);
	Probe *probe = probe_new(&arena, &relations);
	Effects first = {0}, second = {0};
	const ProbeAnswer begun = answer((Str){0}), read = answer(STR("20000,2,20000,4,40,0,0,0")),
			  written = answer(STR("20000,258,20001,4,40,7,0,0"));
	probe_begin_file(probe, &begun);
	probe_read(probe, &arena, &read, &first);
	assert_int_equal(first.locks.count, 0); /* ACCESS SHARE only */
	assert_int_equal(first.scanned.count, 1);
	probe_read(probe, &arena, &written, &second);
	assert_int_equal(second.locks.count, 1);
	assert_int_equal(second.locks.items[0].mode, LOCK_ACCESS_EXCLUSIVE);
	assert_true(second.blocks.items[0].reads && second.blocks.items[0].writes);
	assert_int_equal(second.rewritten.count, 1);
	assert_int_equal(second.scanned.count, 0);
	assert_int_equal(second.rows, 7);
}

TEST(a_file_that_was_rolled_back_holds_nothing)
{
	ARENA_SCRATCH(arena);
	Relations relations = relations_read(&arena, table_cells, 1);
	Probe *probe = probe_new(&arena, &relations);
	Effects first = {0}, again = {0};
	const ProbeAnswer begun = answer((Str){0}),
			  locked = answer(STR("20000,256,20001,3,30,0,0,0"));
	probe_begin_file(probe, &begun);
	probe_read(probe, &arena, &locked, &first);
	probe_undo_file(probe);
	probe_begin_file(probe, &begun);
	probe_read(probe, &arena, &locked, &again);
	assert_int_equal(again.locks.count, first.locks.count);
	assert_int_equal(again.rewritten.count, 1);
}

TEST(what_is_not_a_probes_answer_does_no_harm)
{
	ARENA_SCRATCH(arena);
	Relations relations = relations_read(&arena, table_cells, 1);
	Probe *probe = probe_new(&arena, &relations);
	static const Str texts[] = {STR_INIT(";;;"), STR_INIT("x"), STR_INIT("20000"),
		STR_INIT("99999,2,3"), STR_INIT("20000,-1,99999999999999999999,,,,,,,")};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		Effects effects = {0};
		const ProbeAnswer odd = answer(texts[i]);
		probe_read(probe, &arena, &odd, &effects);
	}
}

TEST(a_difference_has_each_thing_once_and_in_order)
{
	ARENA_SCRATCH(arena);
	static const Str before[] = {
		STR_INIT("table"), STR_INIT("public.a"), STR_INIT("view"), STR_INIT("public.v")};
	static const Str after[] = {STR_INIT("table"), STR_INIT("public.b"), STR_INIT("table"),
		STR_INIT("public.a"), STR_INIT("index"), STR_INIT("public.i"), STR_INIT("index"),
		STR_INIT("public.i")};
	Things had = {0}, has = {0};
	things_add(&arena, before, 2, THING_COLUMNS, &had);
	things_add(&arena, after, 4, THING_COLUMNS, &has);
	Things appeared = things_except(&arena, has, had), gone = things_except(&arena, had, has);
	assert_int_equal(appeared.count, 2);
	assert_true(str_equal(appeared.items[0].object, STR("public.i")));
	assert_true(str_equal(appeared.items[1].object, STR("public.b")));
	assert_int_equal(gone.count, 1);
	const Str none = {0};
	const Str privileges[3 * FINDING_COLUMNS] = {STR("privilege"),
		STR("anon: SELECT on public.v"), STR("public.v"), STR("public"), STR("v"), none,
		STR("privilege"), STR("anon: SELECT on public.a on b"), STR("public.a on b"),
		STR("public"), STR("a on b"), none, STR("privilege"),
		STR("anon: USAGE on schema s"), none, none, STR("s"), none};
	Things given = {0};
	things_add(&arena, privileges, 3, FINDING_COLUMNS, &given);
	assert_true(str_equal(given.items[1].on.name, STR("a on b")));
	Things kept = things_held_by(&arena, given, had);
	assert_int_equal(kept.count, 2);
	assert_true(str_equal(kept.items[0].holder, STR("public.v")));
	assert_true(str_equal(kept.items[1].holder, STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_new_since_the_probe_before_is_the_statements),
		cmocka_unit_test(a_file_that_was_rolled_back_holds_nothing),
		cmocka_unit_test(what_is_not_a_probes_answer_does_no_harm),
		cmocka_unit_test(a_difference_has_each_thing_once_and_in_order),
	};
	return cmocka_run_group_tests_name("effects", tests, NULL, NULL);
}
