/* sql/expression: what the server comes to first. */
#include "check.h"

#include "sql/expression.h"

static bool begins_with_query(const char *sql, size_t columns)
{
	ARENA_SCRATCH(arena);
	Names before = {0};
	bool begins = expression_begins_with_query(&arena, str_from(sql), &before);
	return begins && before.count == columns;
}

TEST(a_query_that_is_read_first_is_found)
{
	assert_true(begins_with_query("(SELECT 1)", 0));
	assert_true(begins_with_query("EXISTS (SELECT FROM t)", 0));
	assert_true(begins_with_query("a IN (SELECT b FROM t)", 0));
	assert_true(begins_with_query("1 + (SELECT 1)", 0));
	assert_true(begins_with_query("COALESCE((SELECT 1), f(2))", 0));
	assert_true(begins_with_query("(SELECT 1) IS NULL AND f(2)", 0));
	assert_true(begins_with_query("a > (SELECT 1)", 1));
}

TEST(a_query_that_is_read_after_something_else_is_not)
{
	assert_false(begins_with_query("f(1) + (SELECT 1)", 0));
	assert_false(begins_with_query("f(1, (SELECT 1))", 0));
	assert_false(begins_with_query("a > 0 AND b IN (SELECT 1)", 0));
	assert_false(begins_with_query("(SELECT 1)::nothing", 0));
	assert_false(begins_with_query("CASE WHEN a THEN (SELECT 1) END", 0));
	assert_false(begins_with_query("a", 0));
	assert_false(begins_with_query("", 0));
	assert_false(begins_with_query("1) FROM t WHERE (EXISTS (SELECT 1)", 0));
	assert_false(begins_with_query("(", 0));
}

static bool reads_query(const char *sql, size_t tables)
{
	ARENA_SCRATCH(arena);
	ExpressionQuery query;
	return expression_read_query(&arena, str_from(sql), &query) && query.tables.count == tables;
}

TEST(a_sub_select_that_depends_on_rows_alone_is_read)
{
	assert_true(reads_query("(SELECT max(a) FROM t WHERE t.b = c)", 1));
	assert_true(reads_query("EXISTS (SELECT * FROM s.t JOIN u ON u.a = t.b)", 2));
	assert_true(reads_query("a IN (SELECT b FROM ONLY t GROUP BY b)", 1));
	assert_true(reads_query("COALESCE((SELECT a FROM t ORDER BY a LIMIT 1), 0)", 1));
}

TEST(a_sub_select_that_picks_rows_or_may_do_anything_is_not)
{
	assert_false(reads_query("a + 1", 0));
	assert_false(reads_query("(SELECT 1)", 0));
	assert_false(reads_query("(SELECT * FROM t)", 1));
	assert_false(reads_query("(SELECT a FROM t LIMIT 1)", 1));
	assert_false(reads_query("(SELECT DISTINCT ON (a) a FROM t)", 1));
	assert_false(reads_query("(SELECT a FROM t FOR UPDATE)", 1));
	assert_false(reads_query("(WITH t AS (DELETE FROM u RETURNING a) SELECT a FROM t)", 1));
	assert_false(reads_query("(SELECT a FROM f() AS t)", 0));
	assert_false(reads_query("(SELECT a FROM t) FROM (SELECT 1", 1));
	assert_false(reads_query("(SELECT table_of_plan_0_ FROM t)", 1));
}

TEST(a_column_that_is_read_first_is_found)
{
	static const char *const yes[] = {"a", "t.a", "a + f(1)", "1 + a", "upper(a)", "-a"};
	static const char *const no[] = {
		"f(1) + a", "f(1, a)", "CURRENT_USER", "now()", "'a'", "", "a::nothing"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(expression_begins_with_column(str_from(yes[i])));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(expression_begins_with_column(str_from(no[i])));
}

static size_t count_calls(const char *sql, const char *function, const char *argument)
{
	ARENA_SCRATCH(arena);
	ExpressionCalls calls = expression_calls(&arena, str_from(sql));
	size_t count = 0;
	for (size_t i = 0; i < calls.count; i++) {
		const ExpressionCall *call = &calls.items[i];
		count += str_equal(call->function.len ? call->function : call->type,
				 str_from(function)) &&
			 call->arguments.count &&
			 str_equal(call->arguments.items[call->arguments.count - 1],
				 str_from(argument));
	}
	return count;
}

TEST(calls_and_casts_of_columns_are_found)
{
	assert_int_equal(1, count_calls("date(a)", "date", "a"));
	assert_int_equal(1, count_calls("lower(date_trunc('day', a)::text)", "date_trunc", "a"));
	assert_int_equal(1, count_calls("a::date > 'x'", "date", "a"));
	assert_int_equal(1, count_calls("to_tsvector(COALESCE(a, ''))", "to_tsvector", "a"));
	assert_int_equal(0, count_calls("date(b + a)", "date", "a"));
	assert_int_equal(0, count_calls("date((SELECT a))", "date", "a"));
	assert_int_equal(0, count_calls("s.date(a)", "date", "a"));
}

TEST(what_a_call_is_given_is_counted)
{
	ARENA_SCRATCH(arena);
	ExpressionCalls calls = expression_calls(&arena, STR("f(a || b, 1, 'c')"));
	assert_int_equal(calls.count, 1);
	assert_int_equal(calls.items[0].given, 3);
	assert_int_equal(calls.items[0].arguments.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_query_that_is_read_first_is_found),
		cmocka_unit_test(a_query_that_is_read_after_something_else_is_not),
		cmocka_unit_test(a_sub_select_that_depends_on_rows_alone_is_read),
		cmocka_unit_test(a_sub_select_that_picks_rows_or_may_do_anything_is_not),
		cmocka_unit_test(a_column_that_is_read_first_is_found),
		cmocka_unit_test(calls_and_casts_of_columns_are_found),
		cmocka_unit_test(what_a_call_is_given_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
