/* A file of types as a model: places, values, what is refused; and two models side by side. */
#include "check.h"

#include "types/compare.h"
#include "types/file.h"
#include "types/finding.h"
#include "types/lineage.h"
#include "types/ts_text.h"

static TypesModel read_model(Arena *arena, const char *text)
{
	TypesModel model;
	TsFailure failure;
	assert_true(types_file_read(arena, str_from(text), STR("Database"), &model, &failure));
	return model;
}

#define FILE_OF(members) "interface Database { public: { Tables: { t: { Row: {" members "} } } } }"

static void test_members_have_their_place(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	TypesModel model = read_model(&arena,
		"\xEF\xBB\xBF// type Database = no\r\nexport type Database = {\r\n  public: {\r\n"
		"    Tables: {\r\n      \"é\": {\r\n        Row: { \"\\u00e9t\\u00e9\": string; b?: "
		"(null | 'x')[] }\r\n      }\r\n    }\r\n  }\r\n}\r\n");
	assert_int_equal(model.objects.count, 1);
	const TypesPart *row = &model.objects.items[0].parts.items[0];
	assert_int_equal(row->members.count, 2);
	assert_true(str_equal(row->members.items[0].name, STR("été")));
	assert_int_equal(row->members.items[0].line, 6);
	assert_int_equal(row->members.items[0].col, 16);
	assert_true(row->members.items[1].optional);
	assert_true(str_equal(row->members.items[1].type, STR("(\"x\" | null)[]")));
}

static void test_order_and_layout_count_for_nothing(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	TypesDifferences out = {0};
	TypesModel a = read_model(&arena, FILE_OF("a: string | null, b: 'x' | \"y\""));
	TypesModel b = read_model(&arena, FILE_OF("\"b\": | 'y' | 'x'\n\"a\": null | string"));
	types_compare(&arena, &a, &b, &out);
	assert_int_equal(out.count, 0);
}

static void test_differences_are_told_once_and_with_the_lines_to_paste(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	TypesDifferences out = {0};
	TypesModel file = read_model(&arena, FILE_OF("a: string\n c: boolean"));
	TypesModel wanted = read_model(&arena, FILE_OF("a: number | null; b?: string"));
	types_compare(&arena, &file, &wanted, &out);
	assert_int_equal(out.count, 3);
	TypesResult result = {.file = STR("types.ts")};
	size_t count;
	types_judge(&arena, &out, TYPES_AS_IT_IS, &result);
	assert_int_equal(result.status, TYPES_STATUS_STALE);
	Str text = types_finding_text(&arena, &result, 0, &count);
	assert_int_equal(count, 3);
	assert_true(str_contains(text, STR("public.t: ")));
	Str patch = types_finding_patch(&arena, &result, 0, count);
	assert_true(str_contains(patch, STR("-a: string\n+a: number | null\n")));
	assert_true(str_contains(patch, STR("+b?: string\n")));
	assert_true(str_contains(patch, STR("-c: boolean\n")));
}

static void test_what_was_there_before_is_drift(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	TypesDifferences then = {0}, now = {0};
	TypesResult result = {0};
	TypesModel file = read_model(&arena, FILE_OF("a: string"));
	TypesModel before = read_model(&arena, FILE_OF("a: number"));
	TypesModel after = read_model(&arena, FILE_OF("a: number; b: string"));
	types_compare(&arena, &file, &before, &then);
	types_compare(&arena, &file, &after, &now);
	types_judge_rehearsed(&arena, &now, &then, &result);
	assert_int_equal(result.findings.count, 2);
	assert_int_equal(result.status, TYPES_STATUS_STALE);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(result.findings.items[i].is_stale,
			str_equal(result.findings.items[i].difference.member, STR("b")));
}

static void test_many_members_take_no_time_of_their_own(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	enum {
		COUNT = 20000
	};
	Buf text = buf_new(&arena, SIZE_MAX);
	buf_add(&text, STR("type Database = { public: { Tables: { t: { Row: {"));
	for (size_t i = 0; i < COUNT; i++)
		buf_format(&text, "same: string\n c%zu: number;", i);
	buf_add(&text, STR("} } } } }"));
	TypesDifferences out = {0};
	TypesModel file = read_model(&arena, str_z(&arena, buf_str(&text)));
	TypesModel wanted = read_model(&arena, FILE_OF("c1: number"));
	types_compare(&arena, &file, &wanted, &out);
	assert_int_equal(out.count, 2 * COUNT - 1);
}

static void test_a_refusal_has_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t line;
	} cases[] = {{"", 0}, {"type Database = {\n a: {", 2},
		{"type Database = {\n<<<<<<< HEAD\n", 2}, {"type Database = Other<X>", 1},
		{"type Database = { a: { Tables: { t: { Row: { a: b.", 1},
		{"type Database = {\n a: { Tables: {\n t: Other } } }", 3},
		{"type Database = { a: { Functions: { f:\n { Args: {} } } } }", 2},
		{"type Database = { a: { Enums: { e: 'a' |\n b } } }", 2},
		{"type Database = { a: {\n Views: Other } }", 2}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ARENA_SCRATCH(arena);
		TypesModel model;
		TsFailure failure;
		assert_false(types_file_read(
			&arena, str_from(cases[i].text), STR("Database"), &model, &failure));
		assert_true(failure.message.len);
		assert_int_equal(failure.line, cases[i].line);
	}
}

static void test_a_rule_tells_where_columns_come_from(void **state)
{
	(void)state;
	ARENA_SCRATCH(arena);
	LineageEntries entries = {0};
	lineage_read(&arena,
		STR("({QUERY :rtable ({RTE :subquery {QUERY :targetList ({TARGETENTRY :resno 9 "
		    ":resorigtbl 9 :resorigcol 9})}}) :targetList ({TARGETENTRY :expr {VAR :x 1} "
		    ":resno 1 :resname a\\}b :resorigtbl 16400 :resorigcol 2 :resjunk false})})"),
		&entries);
	assert_int_equal(entries.count, 1);
	assert_true(str_equal(entries.items[0].table, STR("16400")));
	assert_true(str_equal(entries.items[0].column, STR("2")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members_have_their_place),
		cmocka_unit_test(test_order_and_layout_count_for_nothing),
		cmocka_unit_test(test_differences_are_told_once_and_with_the_lines_to_paste),
		cmocka_unit_test(test_what_was_there_before_is_drift),
		cmocka_unit_test(test_many_members_take_no_time_of_their_own),
		cmocka_unit_test(test_a_refusal_has_its_place),
		cmocka_unit_test(test_a_rule_tells_where_columns_come_from),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
