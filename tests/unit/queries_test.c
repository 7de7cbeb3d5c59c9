/* What of a statement is written as a query that only reads. */
#include "check.h"

#include "sql/queries.h"

static void expect(const char *statement, const char *sql)
{
	ARENA_SCRATCH(arena);
	Queries queries = {0};
	queries_read(&arena, str_from(statement), &queries);
	Buf buf = buf_new(&arena, 4096);
	for (size_t i = 0; i < queries.count; i++) {
		const Query *query = &queries.items[i];
		buf_format(&buf, "%s%.*s", i ? " | " : "", STR_ARG(query->sql));
		for (size_t j = 0; j < query->stored.count; j++)
			buf_format(&buf, "%.*s=%.*s;", STR_ARG(query->stored.items[j].column),
				STR_ARG(query->stored.items[j].value));
	}
	assert_string_equal(str_z(&arena, buf_str(&buf)), sql);
}

TEST(what_reads_is_taken_as_it_is)
{
	expect("create view v as select a from t", "SELECT a FROM t");
	expect("select 1", "SELECT 1");
	expect("create table n as select a from t", "SELECT a FROM t");
}

TEST(what_writes_is_written_as_what_it_reads)
{
	expect("update t set a = b + 1 where c", "SELECT b + 1 FROM t WHERE c");
	expect("delete from t using u where t.a = u.a", "SELECT FROM t, u WHERE t.a = u.a");
	expect("insert into t (a) select b from u", "SELECT b FROM u");
	expect("insert into t (a, b) values (1, f())", "a=1; | SELECT f()");
	expect("update t set a = 'x'", "SELECT 'x' FROM t | a='x';");
}

TEST(what_would_write_or_lock_is_left_out)
{
	expect("select a from t for update", "");
	expect("with g as (delete from t returning a) select a from g", "");
	expect("select a into n from t", "");
	expect("delete from t where current of c", "");
	expect("do $$ begin perform 1; end $$", "");
}

TEST(expressions_of_clauses)
{
	expect("create policy p on t using (a > 1) with check (b)", "a > 1 | b");
	expect("create index on t (lower(a)) where b", "lower(a) | b");
	expect("alter table t add column a int default 'x', add check (a > 0)", "a='x'; | a > 0");
	expect("alter table t alter column a type int using b", "b");
	expect("create table t (a int default b, c int default f())", "c=f();");
}

TEST(a_body_sees_its_arguments)
{
	expect("create function f(a int) returns int language sql as 'select a from t'",
		"SELECT EXISTS (SELECT a FROM t) FROM (SELECT NULL::int AS \"a\") AS \"f\"");
	expect("create function f() returns int language sql as 'select a from t'",
		"SELECT a FROM t");
	expect("create function f(a anyelement) returns int language sql as 'select 1'", "");
	expect("create function f() returns int language plpgsql as 'begin return 1; end'", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_reads_is_taken_as_it_is),
		cmocka_unit_test(what_writes_is_written_as_what_it_reads),
		cmocka_unit_test(what_would_write_or_lock_is_left_out),
		cmocka_unit_test(expressions_of_clauses),
		cmocka_unit_test(a_body_sees_its_arguments),
	};
	return cmocka_run_group_tests_name("queries", tests, NULL, NULL);
}
