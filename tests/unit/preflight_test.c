/* What answers to questions about the data mean, and which expressions are plain. */
#include "check.h"

#include "preflight/questions.h"
#include "sql/expression.h"

TEST(an_answer_has_one_meaning)
{
	static const struct {
		const char *label;
		bool is_raised, is_sample, has_rls;
		size_t rows;
		Str state;
		Outlook outlook;
		Doubt doubt;
		Str sqlstate;
	} table[] = {
		{"a row", false, false, false, 1, {0}, OUTLOOK_WILL_FAIL, DOUBT_NONE,
			STR_INIT("23502")},
		{"a row of a sample", false, true, false, 1, {0}, OUTLOOK_WILL_FAIL, DOUBT_NONE,
			STR_INIT("23502")},
		{"none", false, false, false, 0, {0}, OUTLOOK_NO_COUNTER_EXAMPLE, DOUBT_NONE, {0}},
		{"none in a sample", false, true, false, 0, {0}, OUTLOOK_NOT_PROVEN,
			DOUBT_TOO_LARGE, {0}},
		{"evaluated", true, false, false, 1, {0}, OUTLOOK_NO_COUNTER_EXAMPLE, DOUBT_NONE,
			{0}},
		{"a value", true, false, false, 0, STR_INIT("22P02"), OUTLOOK_WILL_FAIL, DOUBT_NONE,
			STR_INIT("22P02")},
		{"time", false, false, false, 0, STR_INIT("57014"), OUTLOOK_NOT_PROVEN,
			DOUBT_TIMED_OUT, {0}},
		{"a lock", false, false, false, 0, STR_INIT("55P03"), OUTLOOK_NOT_PROVEN,
			DOUBT_LOCKED, {0}},
		{"a privilege", false, false, false, 0, STR_INIT("42501"), OUTLOOK_NOT_PROVEN,
			DOUBT_PRIVILEGE, {0}},
		{"a policy", false, false, true, 0, STR_INIT("42501"), OUTLOOK_NOT_PROVEN,
			DOUBT_ROW_SECURITY, {0}},
		{"no operator", false, false, false, 0, STR_INIT("42883"), OUTLOOK_NOT_PROVEN,
			DOUBT_REFUSED, {0}},
		{"no memory", false, false, false, 0, STR_INIT("53200"), OUTLOOK_NOT_PROVEN,
			DOUBT_REFUSED, {0}},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		const CatalogRelation relation = {.has_rls = table[i].has_rls};
		Question question = {.kind = QUESTION_NOT_NULL,
			.table = &relation,
			.is_raised = table[i].is_raised,
			.doubt = DOUBT_TIMED_OUT};
		question_answer(&question, &(Answer){.is_sample = table[i].is_sample,
						   .rows = table[i].rows,
						   .sqlstate = table[i].state,
						   .at = 1});
		bool same = question.outlook == table[i].outlook &&
			    question.doubt == table[i].doubt &&
			    str_equal(question.sqlstate, table[i].sqlstate);
		if (!same)
			fail_msg("%s", table[i].label);
	}
}

TEST(a_sample_is_asked_of_where_the_rows_come_from)
{
	ARENA_SCRATCH(arena);
	static const struct {
		Str from, whole, sample;
	} table[] = {
		{STR_INIT("t AS x"), STR_INIT("SELECT 1 FROM t AS x LIMIT 1"),
			STR_INIT("SELECT 1 FROM t AS x TABLESAMPLE SYSTEM (1) LIMIT 1")},
		{STR_INIT("(SELECT a FROM t AS x/*sample*/ OFFSET 0) AS v"),
			STR_INIT("SELECT 1 FROM (SELECT a FROM t AS x OFFSET 0) AS v LIMIT 1"),
			STR_INIT(
				"SELECT 1 FROM (SELECT a FROM t AS x TABLESAMPLE SYSTEM (1) OFFSET 0) "
				"AS v LIMIT 1")},
		{STR_INIT("(SELECT a FROM t/*sample*/ UNION ALL SELECT a FROM u/*sample*/) AS v"),
			STR_INIT(
				"SELECT 1 FROM (SELECT a FROM t UNION ALL SELECT a FROM u) AS v LIMIT 1"),
			STR_INIT("SELECT 1 FROM (SELECT a FROM t TABLESAMPLE SYSTEM (1) UNION ALL "
				 "SELECT a FROM u TABLESAMPLE SYSTEM (1)) AS v LIMIT 1")},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		const Question question = {.sql = {STR("SELECT 1"), table[i].from, STR("LIMIT 1")}};
		Str whole = question_whole(&arena, question_sql(&arena, &question, false));
		Str sample = question_sql(&arena, &question, true);
		if (!str_equal(whole, table[i].whole) || !str_equal(sample, table[i].sample))
			fail_msg("%.*s | %.*s", STR_ARG(whole), STR_ARG(sample));
	}
}

TEST(a_question_about_rows_may_prove_one_side_alone)
{
	static const struct {
		const char *label;
		size_t rows;
		Str state;
		Doubt otherwise;
		Outlook outlook;
		Doubt doubt;
	} table[] = {
		{"a row", 1, {0}, DOUBT_NONE, OUTLOOK_WILL_FAIL, DOUBT_NONE},
		{"a row, and others unknown", 1, {0}, DOUBT_CHANGED, OUTLOOK_WILL_FAIL, DOUBT_NONE},
		{"none", 0, {0}, DOUBT_NONE, OUTLOOK_NO_COUNTER_EXAMPLE, DOUBT_NONE},
		{"none, and others unknown", 0, {0}, DOUBT_CHANGED, OUTLOOK_NOT_PROVEN,
			DOUBT_CHANGED},
		{"a value of its own", 0, STR_INIT("22P02"), DOUBT_NONE, OUTLOOK_NOT_PROVEN,
			DOUBT_REFUSED},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		const CatalogRelation relation = {0};
		Question question = {.kind = QUESTION_ROW_KEY,
			.table = &relation,
			.is_precise = true,
			.otherwise = table[i].otherwise,
			.doubt = DOUBT_TIMED_OUT};
		question_answer(&question,
			&(Answer){.rows = table[i].rows, .sqlstate = table[i].state, .at = 1});
		if (question.outlook != table[i].outlook || question.doubt != table[i].doubt)
			fail_msg("%s", table[i].label);
	}
}

TEST(only_what_computes_from_one_row_is_plain)
{
	static const char *const plain[] = {"a > 0", "t.a IS NOT NULL AND b = 'x'",
		"length(btrim(a)) BETWEEN 1 AND 3", "pg_catalog.lower(a)",
		"a::int = ANY (ARRAY[1, 2])", "CASE WHEN a THEN b ELSE c[1] END",
		"COALESCE(a, NULLIF(b, ''))", "a OPERATOR(pg_catalog.=) 1"};
	static const char *const other[] = {"", "a, b", "1) FROM pg_class --", "(SELECT 1)",
		"EXISTS (SELECT FROM t)", "public.f(a)", "a OPERATOR(public.=) 1",
		"a::public.d = 1", "count(*)", "sum(a) OVER ()", "$1", "a AS b", "x.y.z.w(1)",
		"ROW(1, 2) = b", "1; DROP TABLE t", "GROUPING(a)", "xmlparse(content a) IS NULL"};
	ARENA_SCRATCH(arena);
	Expression expression;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (!expression_read(&arena, str_from(plain[i]), &expression))
			fail_msg("not plain: %s", plain[i]);
	for (size_t i = 0; i < COUNT(other); i++)
		if (expression_read(&arena, str_from(other[i]), &expression))
			fail_msg("plain: %s", other[i]);
}

TEST(an_expression_names_what_it_uses)
{
	ARENA_SCRATCH(arena);
	Expression expression;
	assert_true(expression_read(&arena, STR("lower(t.a) LIKE b::text"), &expression));
	assert_int_equal(expression.columns.count, 2);
	assert_int_equal(expression.functions.count, 1);
	assert_int_equal(expression.types.count, 1);
	assert_true(str_equal(expression.functions.items[0], STR("lower")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_has_one_meaning),
		cmocka_unit_test(a_sample_is_asked_of_where_the_rows_come_from),
		cmocka_unit_test(a_question_about_rows_may_prove_one_side_alone),
		cmocka_unit_test(only_what_computes_from_one_row_is_plain),
		cmocka_unit_test(an_expression_names_what_it_uses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
