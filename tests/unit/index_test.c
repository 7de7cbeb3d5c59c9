/* What push/index reads out of a statement, server/lock out of a setting, and server/lock_monitor
 * makes of it. */
#include "check.h"

#include "push/index.h"
#include "server/lock.h"
#include "server/lock_monitor.h"

TEST(the_parts_of_an_index_are_found)
{
	static const struct {
		const char *statement, *name, *table, *rest;
		bool unique;
	} table[] = {
		{"create index concurrently i on t (a)", "i", "t", " (a)", false},
		{"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I x\" ON ONLY s.\"T\" USING "
		 "btree (a)",
			"\"I x\"", "s.\"T\"", " USING btree (a)", true},
		{"-- c\ncreate/**/index concurrently on s . t(a) where b > 0", "", "s . t",
			"(a) where b > 0", false},
		{"create index concurrently if_ on t (a)", "if_", "t", " (a)", false},
		{"create index concurrently U&\"\\0061\" on t (a)", "U&\"\\0061\"", "t", " (a)",
			false},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		IndexParts parts;
		check_that(table[i].statement, index_parts(str_from(table[i].statement), &parts));
		check_row(table[i].statement, parts.name, str_from(table[i].name));
		check_row(table[i].statement, parts.table, str_from(table[i].table));
		check_row(table[i].statement, parts.rest, str_from(table[i].rest));
		check_that(table[i].statement, parts.unique == table[i].unique);
	}
}

TEST(other_statements_have_no_such_parts)
{
	static const char *const others[] = {"", "select 1", "create index i on t (a)",
		"create index concurrently", "create index concurrently i",
		"create index concurrently i on", "create index concurrently i on 1",
		"drop index concurrently i"};
	for (size_t i = 0; i < COUNT(others); i++) {
		IndexParts parts;
		check_that(others[i], !index_parts(str_from(others[i]), &parts));
	}
}

TEST(a_limit_is_read_as_the_server_writes_it)
{
	static const struct {
		const char *text;
		int64_t ms;
	} table[] = {{"3s", 3000}, {"500", 500}, {"8000ms", 8000}, {"1min", 60000}, {"2h", 7200000},
		{"1d", 86400000}, {"0", 0}, {"", 0}, {"3 s", 3000}, {"3x", 0}, {"-1", 0},
		{"12345678901234567890", 0}};
	for (size_t i = 0; i < COUNT(table); i++)
		check_that(table[i].text, api_limits_parse(str_from(table[i].text)) == table[i].ms);
}

TEST(whoever_waits_is_let_go_ahead_of_the_limit)
{
	static const struct {
		int64_t limit, brake;
	} table[] = {{1, 150}, {100, 150}, {400, 150}, {700, 350}, {1000, 650}, {1400, 1050},
		{2000, 1500}, {3000, 2250}, {8000, 6000}, {60000, 45000}};
	for (size_t i = 0; i < COUNT(table); i++)
		assert_int_equal(lock_monitor_cancel_after_ms(table[i].limit), table[i].brake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_parts_of_an_index_are_found),
		cmocka_unit_test(other_statements_have_no_such_parts),
		cmocka_unit_test(a_limit_is_read_as_the_server_writes_it),
		cmocka_unit_test(whoever_waits_is_let_go_ahead_of_the_limit),
	};
	return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
