/* What of a statement is written as a query that only reads. */
#include "check.h"

#include "sql/queries.h"
#include "sql/query_tables.h"

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
	expect("update t set a = b + 1 where c", "SELECT b + 1 FROM t | SELECT FROM t WHERE c");
	expect("delete from t using u where t.a = u.a", "SELECT FROM t, u WHERE t.a = u.a");
	expect("insert into t (a) select b from u", "SELECT b FROM u");
	expect("insert into t (a, b) values (1, f())", "a=1; | SELECT f()");
	expect("update t set a = 'x'", "SELECT 'x' FROM t | a='x';");
}

TEST(what_comes_after_the_rows_is_read_from_the_table)
{
	expect("insert into t (a) values (1) on conflict (a) do update set b = excluded.b where t.c",
		"a=1; | SELECT excluded.b, t.b FROM t, t excluded WHERE t.c");
	expect("insert into t as x (a) values (1) returning x.a", "a=1; | SELECT x.a FROM t x");
	expect("update t set a = b returning c", "SELECT b, c FROM t");
	expect("delete from t where a returning *", "SELECT * FROM t | SELECT FROM t WHERE a");
}

/* `sql` is what is read beside the variables. */
static void expect_block(const char *body, const char *first, const char *second)
{
	static const char beside[] =
		"FROM (SELECT NULL::boolean AS \"found\", NULL::int AS \"n\") AS \"our_block\"";
	ARENA_SCRATCH(arena);
	Queries queries = {0};
	Str statement = str_format(&arena, "do $$ declare n int; r record; begin %s end $$", body);
	queries_read(&arena, statement, &queries);
	const char *expected[] = {first, second};
	assert_int_equal(queries.count, (first != NULL) + (second != NULL));
	for (size_t i = 0; i < queries.count; i++) {
		Str sql = str_format(&arena, "SELECT EXISTS (%s) %s", expected[i], beside);
		assert_string_equal(str_z(&arena, queries.items[i].sql), str_z(&arena, sql));
	}
}

TEST(of_a_block_what_is_surely_run)
{
	expect_block("perform 1;", "SELECT 1", NULL);
	expect_block("update t set a = n;", "SELECT n FROM t", "SELECT t.a FROM t");
	expect_block("insert into t (a) select b from u;", "SELECT b FROM u", "SELECT t.a FROM t");
	expect_block("if n > 1 then delete from t; end if; delete from u;", "SELECT n > 1", NULL);
	expect_block(
		"for r in select a from t loop delete from u; end loop;", "SELECT a FROM t", NULL);
	expect_block("raise notice 'x'; delete from t; delete from u;", "SELECT FROM t",
		"SELECT FROM u");
}

TEST(of_a_block_what_may_not_be_run)
{
	expect_block("perform f(); delete from t;", "SELECT f()", NULL);
	expect_block("raise exception 'x'; delete from t;", NULL, NULL);
	expect_block("create table t (a int); delete from t;", NULL, NULL);
	expect_block("execute 'x'; delete from t;", NULL, NULL);
	expect_block("delete from t; exception when others then null;", NULL, NULL);
	expect_block("begin delete from t; exception when others then null; end;", NULL, NULL);
	expect_block("delete from t where a = r.a; delete from u;", "SELECT FROM u", NULL);
}

/* "column:type", or "?" for what has no type yet. */
static void expect_results(const char *statement, const char *results)
{
	ARENA_SCRATCH(arena);
	Queries queries = {0};
	queries_read(&arena, str_from(statement), &queries);
	Buf buf = buf_new(&arena, 4096);
	for (size_t i = 0; i < queries.count; i++)
		for (size_t j = 0; j < queries.items[i].results.count; j++) {
			const QueryTarget *target = &queries.items[i].results.items[j];
			buf_format(&buf, "%s%.*s:%.*s;", target->is_unknown ? "?" : "",
				STR_ARG(target->column), STR_ARG(target->type));
		}
	assert_string_equal(str_z(&arena, buf_str(&buf)), results);
}

TEST(where_results_go)
{
	expect_results("insert into t (a, b) select c, 'x' from u", "a:;?b:;");
	expect_results("insert into t (a) select * from u", "");
	expect_results("insert into t (a, b) values (1, f())", "b:;");
	expect_results("update t set a = b, c = 'x', d[1] = e", "a:;?c:;?:;");
	expect_results(
		"create function f() returns setof int language sql as 'select a from t'", ":int;");
	expect_results(
		"create function f(out a int, b text, inout c uuid) language sql as 'select 1, c'",
		":int;:uuid;");
	expect_results(
		"create function f() returns table (a int) language sql as 'select 1; delete from t'",
		"");
}

TEST(a_row_is_one_query)
{
	expect("insert into t (a, b, c, d) values (1, f(), default, null), (2, f(), 'x', g())",
		"a=1;a=2;c='x'; | SELECT f() | SELECT f(), g()");
	expect("insert into t (a, b) values (1, f()), (2, f())", "a=1;a=2; | SELECT f()");
}

TEST(what_would_write_or_lock_is_left_out)
{
	expect("select a from t for update", "");
	expect("with g as (delete from t returning a) select a from g", "");
	expect("select a into n from t", "");
	expect("delete from t where current of c", "");
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
		"SELECT r.* FROM (SELECT NULL::int AS \"a\") AS \"f\", LATERAL (SELECT a FROM t) AS r");
	expect("create function f(a int) returns void language sql as 'select 1; delete from t where b = a'",
		"SELECT EXISTS (SELECT 1) FROM (SELECT NULL::int AS \"a\") AS \"f\" | "
		"SELECT EXISTS (SELECT FROM t WHERE b = a) FROM (SELECT NULL::int AS \"a\") AS \"f\"");
	expect("create function f() returns int language sql as 'select a from t'",
		"SELECT a FROM t");
	expect("create function f(a anyelement) returns int language sql as 'select 1'", "");
	expect("create function f() returns int language plpgsql as 'begin return 1; end'", "");
}

static Str write_made(void *context, ObjectName table)
{
	(void)context;
	return str_equal(table.name, STR("made")) ? STR("SELECT NULL::int AS a") : (Str){0};
}

static void expect_replaced(const char *sql, const char *expected)
{
	ARENA_SCRATCH(arena);
	Str written =
		query_replace_tables(&arena, str_from(sql), &(QueryTables){.write = write_made});
	assert_string_equal(str_z(&arena, written), expected);
}

TEST(tables_of_the_plan_are_replaced)
{
	expect_replaced("select m.a from s.made m join t on t.a = m.a",
		"WITH promote_1 AS (SELECT NULL::int AS a) "
		"SELECT m.a FROM promote_1 m JOIN t ON t.a = m.a");
	expect_replaced("select made.a from only made",
		"WITH promote_1 AS (SELECT NULL::int AS a) SELECT made.a FROM promote_1 made");
	expect_replaced("with x as (select 1) select from x where exists (select from made)",
		"WITH promote_1 AS (SELECT NULL::int AS a), x AS (SELECT 1) SELECT FROM x "
		"WHERE EXISTS (SELECT FROM promote_1 made)");
	expect_replaced("select a from t", "SELECT a FROM t");
}

TEST(what_only_a_table_can_do_is_not_written)
{
	expect_replaced("select f(m) from made m", "");
	expect_replaced("select s.made.a from s.made", "");
	expect_replaced("select a from made tablesample system (1)", "");
	expect_replaced("select f(x) from (select 1) x, made", "");
	expect_replaced("with recursive made as (select 1) select from made", "");
	expect_replaced("with promote_1 as (select 1) select from made", "");
	expect_replaced("select f(made.*) from made", "");
	expect_replaced("delete from made", "");
	expect_replaced("select from", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_reads_is_taken_as_it_is),
		cmocka_unit_test(what_writes_is_written_as_what_it_reads),
		cmocka_unit_test(what_comes_after_the_rows_is_read_from_the_table),
		cmocka_unit_test(where_results_go),
		cmocka_unit_test(a_row_is_one_query),
		cmocka_unit_test(what_would_write_or_lock_is_left_out),
		cmocka_unit_test(expressions_of_clauses),
		cmocka_unit_test(a_body_sees_its_arguments),
		cmocka_unit_test(of_a_block_what_is_surely_run),
		cmocka_unit_test(of_a_block_what_may_not_be_run),
		cmocka_unit_test(tables_of_the_plan_are_replaced),
		cmocka_unit_test(what_only_a_table_can_do_is_not_written),
	};
	return cmocka_run_group_tests_name("queries", tests, NULL, NULL);
}
