/* sql/sql: what each statement is, near misses included, and that no nesting ends the process. */
#include "check.h"
#include "leaks.h"

#include "sql/idempotent.h"
#include "sql/sql.h"

static SqlOutcome examine(Arena *arena, const char *statement, SqlFinding *finding)
{
	return sql_examine(arena, check_exact(arena, str_from(statement)), finding);
}

static void check_class(const char *statement, SqlClass class, const char *what)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	SqlOutcome outcome = examine(&scratch, statement, &finding);
	if (outcome != SQL_VALID)
		print_error("%s: %.*s\n", statement, STR_ARG(finding.message));
	check_that(statement, outcome == SQL_VALID);
	check_that(statement, finding.class == class);
	if (class != SQL_PLAIN)
		check_row(statement, sql_kind_name(finding.kind), str_from(what));
}

TEST(statements_that_a_transaction_block_refuses_run_alone)
{
	static const struct {
		const char *statement, *what;
	} rows[] = {
		{"CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY"},
		{"create index concurrently on t (a)", "CREATE INDEX CONCURRENTLY"},
		{"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t USING btree (lower(a))",
			"CREATE INDEX CONCURRENTLY"},
		{"cReAtE /* a */ iNdEx -- b\n CoNcUrReNtLy i ON t (a)",
			"CREATE INDEX CONCURRENTLY"},
		{"-- why\n/* and /* nested */ why */\n\tCREATE INDEX CONCURRENTLY i ON t (a)",
			"CREATE INDEX CONCURRENTLY"},
		{"CREATE/**/UNIQUE--\nINDEX/**/CONCURRENTLY i ON t (a)",
			"CREATE INDEX CONCURRENTLY"},
		{"DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY"},
		{"drop index concurrently if exists a, b", "DROP INDEX CONCURRENTLY"},
		{"REINDEX INDEX CONCURRENTLY i", "REINDEX"},
		{"REINDEX TABLE CONCURRENTLY t", "REINDEX"},
		{"REINDEX (CONCURRENTLY) TABLE t", "REINDEX"},
		{"REINDEX (VERBOSE, CONCURRENTLY true) TABLE t", "REINDEX"},
		{"REINDEX (CONCURRENTLY 1) TABLE t", "REINDEX"},
		{"REINDEX (CONCURRENTLY on) TABLE t", "REINDEX"},
		{"REINDEX (CONCURRENTLY off) TABLE CONCURRENTLY t", "REINDEX"},
		{"REINDEX SCHEMA s", "REINDEX"},
		{"REINDEX DATABASE d", "REINDEX"},
		{"REINDEX SYSTEM d", "REINDEX"},
		{"VACUUM", "VACUUM"},
		{"vacuum full analyze t", "VACUUM"},
		{"VACUUM (ANALYZE, VERBOSE) t (a)", "VACUUM"},
		{"CLUSTER", "CLUSTER"},
		{"CLUSTER VERBOSE", "CLUSTER"},
		{"CLUSTER (VERBOSE)", "CLUSTER"},
		{"ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM"},
		{"alter system reset all", "ALTER SYSTEM"},
		{"CREATE DATABASE d", "CREATE DATABASE"},
		{"CREATE DATABASE d TEMPLATE template0 ENCODING 'UTF8'", "CREATE DATABASE"},
		{"DROP DATABASE d", "DROP DATABASE"},
		{"DROP DATABASE IF EXISTS d WITH (FORCE)", "DROP DATABASE"},
		{"ALTER DATABASE d SET TABLESPACE ts", "ALTER DATABASE SET TABLESPACE"},
		{"CREATE TABLESPACE ts LOCATION '/x'", "CREATE TABLESPACE"},
		{"DROP TABLESPACE ts", "DROP TABLESPACE"},
		{"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "CREATE SUBSCRIPTION"},
		{"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = true)",
			"CREATE SUBSCRIPTION"},
		{"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (enabled = false)",
			"CREATE SUBSCRIPTION"},
		{"DROP SUBSCRIPTION s", "DROP SUBSCRIPTION"},
		{"ALTER SUBSCRIPTION s REFRESH PUBLICATION", "ALTER SUBSCRIPTION with refresh"},
		{"ALTER SUBSCRIPTION s SET PUBLICATION p", "ALTER SUBSCRIPTION with refresh"},
		{"ALTER SUBSCRIPTION s ADD PUBLICATION p", "ALTER SUBSCRIPTION with refresh"},
		{"ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (refresh = true)",
			"ALTER SUBSCRIPTION with refresh"},
		{"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY"},
		{"ALTER TABLE IF EXISTS s.t DETACH PARTITION s.p CONCURRENTLY",
			"DETACH PARTITION CONCURRENTLY"},
		{"DISCARD ALL", "DISCARD ALL"},
		{"COMMIT PREPARED 'x'", "COMMIT PREPARED"},
		{"ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED"},
		{"DO $$ BEGIN PERFORM 1; COMMIT; END $$", "DO with COMMIT or ROLLBACK"},
		{"do language plpgsql 'begin if true then rollback; end if; end'",
			"DO with COMMIT or ROLLBACK"},
		{"DO $$ BEGIN LOOP COMMIT AND CHAIN; END LOOP; END $$ LANGUAGE plpgsql",
			"DO with COMMIT or ROLLBACK"},
		{"DO $$ BEGIN BEGIN NULL; EXCEPTION WHEN OTHERS THEN ROLLBACK; END; END $$",
			"DO with COMMIT or ROLLBACK"},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_class(rows[i].statement, SQL_NO_BLOCK, rows[i].what);
}

TEST(what_keeps_nobody_from_writing_is_known)
{
	static const struct {
		const char *statement;
		bool is_concurrent;
	} rows[] = {
		{"CREATE INDEX CONCURRENTLY i ON t (a)", true},
		{"DROP INDEX CONCURRENTLY i", true},
		{"REINDEX INDEX CONCURRENTLY i", true},
		{"REINDEX SCHEMA CONCURRENTLY s", true},
		{"REINDEX (CONCURRENTLY) SCHEMA s", true},
		{"REINDEX (CONCURRENTLY on) DATABASE d", true},
		{"REINDEX (VERBOSE, CONCURRENTLY true, TABLESPACE x) TABLE t", true},
		{"REINDEX (CONCURRENTLY off) TABLE CONCURRENTLY t", true},
		{"REINDEX SCHEMA s", false},
		{"REINDEX (VERBOSE) SCHEMA s", false},
		{"REINDEX (CONCURRENTLY off) SCHEMA s", false},
		{"REINDEX (CONCURRENTLY false) DATABASE d", false},
		{"REINDEX (CONCURRENTLY, CONCURRENTLY 0) SYSTEM d", false},
		{"REINDEX TABLE t", false},
		{"CREATE INDEX i ON t (a)", false},
		{"VACUUM", false},
		{"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		ARENA_SCRATCH(scratch);
		SqlFinding finding;
		check_that(rows[i].statement,
			examine(&scratch, rows[i].statement, &finding) == SQL_VALID);
		check_that(rows[i].statement, finding.is_concurrent == rows[i].is_concurrent);
	}
}

TEST(near_misses_run_in_a_transaction_block)
{
	static const char *const rows[] = {
		"CREATE INDEX i ON t (a)",
		"CREATE UNIQUE INDEX concurrently_made ON t (a)",
		"CREATE INDEX \"concurrently\" ON t (a)",
		"CREATE INDEX i ON t (a) /* CONCURRENTLY */",
		"CREATE INDEX i ON t ((a || 'CONCURRENTLY'))",
		"DROP INDEX i",
		"DROP INDEX IF EXISTS \"concurrently\" CASCADE",
		"REINDEX INDEX i",
		"REINDEX TABLE t",
		"REINDEX (VERBOSE) TABLE t",
		"REINDEX (CONCURRENTLY false) TABLE t",
		"REINDEX (CONCURRENTLY off) TABLE t",
		"REINDEX (CONCURRENTLY 0) TABLE t",
		"REINDEX (CONCURRENTLY 'OFF') TABLE t",
		"REINDEX (CONCURRENTLY, CONCURRENTLY off) TABLE t",
		"ANALYZE",
		"ANALYZE VERBOSE t (a)",
		"CLUSTER t",
		"CLUSTER t USING i",
		"ALTER DATABASE d SET work_mem = '1MB'",
		"ALTER DATABASE d WITH CONNECTION LIMIT 5",
		"ALTER DATABASE d OWNER TO r",
		"ALTER TABLESPACE ts RENAME TO u",
		"ALTER TABLE t SET TABLESPACE ts",
		"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
		"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
		"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (slot_name = NONE, "
		"enabled = off, create_slot = off)",
		"ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
		"ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh = off)",
		"ALTER SUBSCRIPTION s DISABLE",
		"ALTER SUBSCRIPTION s SET (synchronous_commit = off)",
		"ALTER TABLE t DETACH PARTITION p",
		"ALTER TABLE t DETACH PARTITION p FINALIZE",
		"ALTER TABLE t ATTACH PARTITION p DEFAULT",
		"ALTER TABLE t ADD COLUMN \"concurrently\" int",
		"DISCARD PLANS",
		"DISCARD TEMP",
		"DISCARD SEQUENCES",
		"DO $$ BEGIN PERFORM 1; END $$",
		"DO $$ BEGIN RAISE NOTICE 'COMMIT;'; -- ROLLBACK;\nEND $$",
		"DO $$ BEGIN EXECUTE 'commit'; END $$",
		"DO $$ DECLARE commit_count int := 0; BEGIN commit_count := 1; END $$",
		"DO $$ BEGIN PERFORM '{\"PLpgSQL_stmt_commit\":'; END $$",
		"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
		"CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
		"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
		"CALL p()",
		"SAVEPOINT a",
		"RELEASE SAVEPOINT a",
		"ROLLBACK TO SAVEPOINT a",
		"ROLLBACK TO a",
		"PREPARE plan AS SELECT 1",
		"SELECT 'VACUUM'",
		"SELECT 1 AS vacuum",
		"INSERT INTO commit VALUES (1)",
		"CREATE TABLE \"vacuum\" (a int)",
		"ALTER TYPE e ADD VALUE 'x'",
		"REFRESH MATERIALIZED VIEW CONCURRENTLY v",
		"LOCK TABLE t",
		"CHECKPOINT",
		"SET LOCAL search_path = s",
		"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
		"COPY t FROM '/file'",
		"COPY t TO PROGRAM 'cat'",
		"(SELECT 1)",
		"EXPLAIN ANALYZE SELECT 1",
		"CREATE TABLE \xC3\xA4 (\xC3\xB6 int)",
		"COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_class(rows[i], SQL_PLAIN, "");
}

TEST(transaction_control_is_told_apart)
{
	static const struct {
		const char *statement;
		SqlClass class;
		const char *what;
	} rows[] = {
		{"BEGIN", SQL_BEGIN, ""},
		{"begin work", SQL_BEGIN, ""},
		{"BEGIN TRANSACTION", SQL_BEGIN, ""},
		{"/* c */ START TRANSACTION", SQL_BEGIN, ""},
		{"BEGIN ISOLATION LEVEL SERIALIZABLE", SQL_BEGIN_WITH_OPTIONS, ""},
		{"START TRANSACTION READ ONLY", SQL_BEGIN_WITH_OPTIONS, "BEGIN READ ONLY"},
		{"BEGIN READ WRITE, NOT DEFERRABLE", SQL_BEGIN_WITH_OPTIONS, ""},
		{"COMMIT", SQL_COMMIT, ""},
		{"commit work", SQL_COMMIT, ""},
		{"-- done\nEND", SQL_COMMIT, ""},
		{"END TRANSACTION", SQL_COMMIT, ""},
		{"COMMIT AND NO CHAIN", SQL_COMMIT, ""},
		{"COMMIT AND CHAIN", SQL_CONTROL, "COMMIT AND CHAIN"},
		{"ROLLBACK", SQL_CONTROL, "ROLLBACK"},
		{"ABORT", SQL_CONTROL, "ROLLBACK"},
		{"ROLLBACK AND CHAIN", SQL_CONTROL, "ROLLBACK"},
		{"PREPARE TRANSACTION 'x'", SQL_CONTROL, "PREPARE TRANSACTION"},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_class(rows[i].statement, rows[i].class, rows[i].what);
}

TEST(copy_with_the_client_is_known)
{
	check_class("COPY t FROM STDIN", SQL_COPY, "COPY FROM STDIN");
	check_class("copy t (a, b) from stdin with (format csv)", SQL_COPY, "COPY FROM STDIN");
	check_class("/* c */ COPY t TO STDOUT", SQL_COPY, "COPY TO STDOUT");
	check_class("COPY (SELECT 1) TO STDOUT", SQL_COPY, "COPY TO STDOUT");
}

TEST(comments_alone_are_empty)
{
	static const char *const rows[] = {
		"", " \n", "-- c", "/* c */", "/* a /* b */ c */ -- d\n", "--\n--\n"};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_class(rows[i], SQL_EMPTY, "");
}

TEST(errors_tell_the_place_in_characters)
{
	static const struct {
		const char *statement, *message;
		size_t position;
	} rows[] = {
		{"SELEC 1", "syntax error at or near \"SELEC\"", 1},
		{"SELECT FROM WHERE", "syntax error at or near \"WHERE\"", 13},
		{"SELECT 'a', FROM t", "syntax error at or near \"FROM\"", 13},
		{"SELECT '\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80', FROM t",
			"syntax error at or near \"FROM\"", 15},
		{"SELECT\n\t'\xC3\xA4'\n, FROM t", "syntax error at or near \"FROM\"", 15},
		{"SELECT (1", "syntax error at end of input", 10},
		{"SELECT 'open", "unterminated quoted string at or near \"'open\"", 8},
		{"SELECT '\xC3\xA4' || 'open", "unterminated quoted string at or near \"'open\"",
			15},
		{"SELECT $a$ open", "unterminated dollar-quoted string at or near \"$a$ open\"", 8},
		{"/* open", "unterminated /* comment at or near \"/* open\"", 1},
		{"SELECT 1 'stack depth'", "syntax error at or near \"'stack depth'\"", 10},
		{"SELECT 1 'memory exhausted'", "syntax error at or near \"'memory exhausted'\"",
			10},
		{"SELECT \"open", "unterminated quoted identifier at or near \"\"open\"", 8},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		SqlFinding finding;
		check_that(rows[i].statement,
			examine(&scratch, rows[i].statement, &finding) == SQL_INVALID);
		check_row(rows[i].statement, finding.message, str_from(rows[i].message));
		check_that(rows[i].statement, finding.position == rows[i].position);
	}
}

TEST(several_statements_are_not_proven_to_be_one)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	assert_int_not_equal(examine(&scratch, "SELECT 1; SELECT 2", &finding), SQL_VALID);
}

TEST(words_are_found_behind_comments)
{
	ARENA_SCRATCH(scratch);
	Str rest = EXACT(&scratch, " -- a\n/* b /* c */ */CrEaTe--d\r\t_Index2 x/*");
	check_str(sql_word(&scratch, &rest), STR("create"));
	check_str(sql_word(&scratch, &rest), STR("_index"));
	check_str(rest, STR("2 x/*"));
	Str numbers = STR(" 12 a");
	check_str(sql_word(&scratch, &numbers), STR(""));
	check_str(numbers, STR("12 a"));
	Str open = EXACT(&scratch, "/* /* open */");
	check_str(sql_word(&scratch, &open), STR(""));
	check_str(open, STR(""));
	Str nothing = {0};
	check_str(sql_word(&scratch, &nothing), STR(""));
}

/* A nested statement: `before`, then `open` many times, `middle`, `close` as often, `after`. */
typedef struct Nest {
	const char *label, *before, *open, *middle, *close, *after;
} Nest;

static const Nest nests[] = {
	{"terms", "SELECT 1", "+1", "", "", ""},
	{"parentheses", "SELECT ", "(", "1", ")", ""},
	{"sub-selects", "", "SELECT (", "SELECT 1", ")", ""},
	{"NOT", "SELECT ", "NOT ", "true", "", ""},
	{"arrays", "SELECT ARRAY", "[", "1", "]", ""},
	{"functions", "SELECT ", "f(", "1", ")", ""},
	{"CASE", "SELECT ", "CASE WHEN 1 THEN ", "1", " END", ""},
	{"joins", "SELECT 1 FROM a", " JOIN a ON b", "", "", ""},
	{"UNION", "SELECT 1", " UNION SELECT 1", "", "", ""},
	{"casts", "SELECT 1", "::a", "", "", ""},
	{"minus", "SELECT ", "- ", "1", "", ""},
	{"an index's terms", "CREATE INDEX CONCURRENTLY ON t ((1", "+1", "", "", "))"},
	{"an index's parentheses", "CREATE INDEX CONCURRENTLY ON t (", "(", "1", ")", ")"},
	{"an index's sub-selects", "CREATE INDEX CONCURRENTLY ON t ((", "(SELECT ", "1", ")", "))"},
	{"an index's NOT", "CREATE INDEX CONCURRENTLY ON t ((", "NOT ", "true", "", "))"},
	{"an index's arrays", "CREATE INDEX CONCURRENTLY ON t ((ARRAY", "[", "1", "]", "))"},
	{"an index's functions", "CREATE INDEX CONCURRENTLY ON t ((", "f(", "1", ")", "))"},
	{"an index's casts", "CREATE INDEX CONCURRENTLY ON t ((1", "::a", "", "", "))"},
	{"an index's minus", "CREATE INDEX CONCURRENTLY ON t ((", "- ", "1", "", "))"},
	{"DO with terms", "DO $$ BEGIN PERFORM 1", "+1", "", "", "; COMMIT; END $$"},
	{"DO with parentheses", "DO $$ BEGIN PERFORM ", "(", "1", ")", "; COMMIT; END $$"},
	{"DO with blocks", "DO $$ ", "BEGIN ", "COMMIT;", "END;", " $$"},
	{"DO with IF", "DO $$ BEGIN ", "IF a THEN ", "COMMIT;", "END IF;", "END $$"},
	{"unfinished parentheses", "SELECT ", "(", "", "", ""},
	{"unfinished comments", "", "/*", "", "", ""},
	{"comments", "", "/*", "", "*/", "SELECT 1"},
};

static Str nest_to(Arena *arena, const Nest *n, size_t levels)
{
	Str open = check_repeat(arena, n->open, levels),
	    close = check_repeat(arena, n->close, levels);
	return str_format(arena, "%s%.*s%s%.*s%s", n->before, STR_ARG(open), n->middle,
		STR_ARG(close), n->after);
}

/* As deep as it gets in `size` bytes. */
static Str nest(Arena *arena, const Nest *n, size_t size)
{
	size_t level = strlen(n->open) + strlen(n->close);
	return nest_to(arena, n, (size - nest_to(arena, n, 0).len) / level);
}

static void check_survives(const Nest *n, Arena *arena, Str statement)
{
	SqlFinding finding;
	SqlOutcome outcome = sql_examine(arena, statement, &finding);
	check_that(n->label, outcome <= SQL_NOT_EXAMINED);
	check_that(n->label, outcome != SQL_INVALID || finding.message.len);
}

TEST(the_deepest_nesting_that_is_examined_ends_no_process)
{
	for (size_t i = 0; i < COUNT(nests); i++) {
		ARENA_SCRATCH(scratch);
		check_survives(&nests[i], &scratch, nest(&scratch, &nests[i], SQL_EXAMINED_MAX));
	}
}

TEST(nesting_on_the_common_stack_ends_no_process)
{
	for (size_t i = 0; i < COUNT(nests); i++)
		for (size_t size = 3896; size <= 4296; size += 200) {
			ARENA_SCRATCH(scratch);
			check_survives(&nests[i], &scratch, nest(&scratch, &nests[i], size));
		}
}

TEST(nesting_as_hostile_as_promised_ends_no_process)
{
	static const size_t levels[] = {100000, 100000, 50000, 100000};
	for (size_t i = 0; i < COUNT(levels); i++) {
		ARENA_SCRATCH(scratch);
		SqlFinding finding;
		Str statement = nest_to(&scratch, &nests[i], levels[i]);
		check_that(nests[i].label,
			sql_examine(&scratch, statement, &finding) == SQL_NOT_EXAMINED);
		check_that(nests[i].label, finding.class == SQL_PLAIN);
	}
}

TEST(nesting_that_the_grammar_takes_is_still_classified)
{
	for (size_t i = 0; i < COUNT(nests); i++) {
		ARENA_SCRATCH(scratch);
		SqlFinding finding;
		bool is_index = str_starts(str_from(nests[i].label), STR("an index's"));
		bool is_do = str_starts(str_from(nests[i].label), STR("DO"));
		if (!is_index && !is_do)
			continue;
		Str statement = nest_to(&scratch, &nests[i], 300);
		check_that(nests[i].label, sql_examine(&scratch, statement, &finding) == SQL_VALID);
		check_row(nests[i].label, sql_kind_name(finding.kind),
			is_do ? STR("DO with COMMIT or ROLLBACK")
			      : STR("CREATE INDEX CONCURRENTLY"));
	}
}

TEST(what_is_too_deep_for_the_grammar_is_left_to_the_server)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	Str statement = nest_to(&scratch, &nests[1], 20000);
	assert_true(statement.len < SQL_EXAMINED_MAX);
	assert_int_equal(sql_examine(&scratch, statement, &finding), SQL_NOT_EXAMINED);
	assert_int_equal(finding.class, SQL_PLAIN);
}

TEST(what_is_not_examined_is_told_by_its_first_word)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	Str filler = check_repeat(&scratch, " ", SQL_EXAMINED_MAX);
	static const struct {
		const char *head;
		SqlClass class;
	} rows[] = {
		{"VACUUM", SQL_PLAIN},
		{"not even SQL", SQL_PLAIN},
		{"COPY t FROM STDIN", SQL_COPY},
		{"/* c */ copy t from stdin", SQL_COPY},
		{"BEGIN", SQL_CONTROL},
		{"-- c\ncommit", SQL_CONTROL},
		{"END", SQL_CONTROL},
		{"rollback", SQL_CONTROL},
		{"START TRANSACTION", SQL_CONTROL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		Str statement = str_format(&scratch, "%s%.*s", rows[i].head, STR_ARG(filler));
		check_that(rows[i].head,
			sql_examine(&scratch, statement, &finding) == SQL_NOT_EXAMINED);
		check_that(rows[i].head, finding.class == rows[i].class);
		check_that(rows[i].head,
			(finding.kind != STATEMENT_OTHER) == (finding.class != SQL_PLAIN));
	}
	Str most = str_format(&scratch, "SELECT 1%.*s", STR_ARG(str_skip(filler, 8)));
	assert_int_equal(most.len, SQL_EXAMINED_MAX);
	assert_int_equal(sql_examine(&scratch, most, &finding), SQL_VALID);
}

TEST(thousands_of_comments_are_not_examined)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	Str comments = check_repeat(&scratch, "/**/", 10000);
	Str statement = str_format(&scratch, "%.*sCOPY t FROM STDIN", STR_ARG(comments));
	assert_int_equal(sql_examine(&scratch, statement, &finding), SQL_NOT_EXAMINED);
	assert_int_equal(finding.class, SQL_COPY);
}

TEST(what_drops_the_role_is_known)
{
	static const struct {
		const char *sql;
		bool drops;
	} rows[] = {
		{"reset role", true},
		{"/* x */ RESET ROLE", true},
		{"set role none", true},
		{"set role 'none'", true},
		{"set role to default", true},
		{"set session role none", true},
		{"set local role none", true},
		{"set \"role\" = none", true},
		{"reset session authorization", true},
		{"set session authorization default", true},
		{"discard all", true},
		{"set role 'None'", false},
		{"set role worker", false},
		{"set role \"none \"", false},
		{"set session authorization worker", false},
		{"reset all", false},
		{"reset search_path", false},
		{"set search_path = none", false},
		{"discard temp", false},
		{"alter role worker reset role", false},
		{"select 'reset role'", false},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		SqlFinding finding;
		sql_examine(&scratch, str_from(rows[i].sql), &finding);
		check_that(rows[i].sql, finding.drops_role == rows[i].drops);
	}
}

static bool is_idempotent(const char *statement)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding;
	return sql_examine_facts(&scratch, str_from(statement), NULL, &finding) == SQL_VALID &&
	       idempotent_facts(finding.facts);
}

TEST(what_may_run_again_is_known)
{
	static const char *const yes[] = {"notify pgrst, 'reload schema'",
		"refresh materialized view concurrently v",
		"grant all on all tables in schema a to b", "revoke all on t from public",
		"drop table if exists a cascade", "drop policy if exists p on t",
		"create or replace view v as select 1", "create table if not exists t (a int)",
		"comment on table t is 'x'",
		"alter table t enable row level security, alter column a set not null",
		"alter table t drop constraint if exists c",
		"alter type e add value if not exists 'x'",
		"insert into t values (1) on conflict do nothing", "select 1, 'x'", "-- nothing",
		"", "alter default privileges in schema a grant select on tables to b",
		"set search_path = a", "create extension if not exists x", "begin",
		"drop role if exists a, b", "grant a to b", "alter role a set work_mem = '1MB'",
		"show work_mem", "create table if not exists t (like s, b int references u)"};
	static const char *const no[] = {"insert into t values (1)",
		"insert into t values (1) on conflict (a) do update set b = t.b + 1",
		"update t set a = 1", "delete from t", "select f()", "select a from t", "select",
		"select 1 into t", "create table t (a int)", "drop table a",
		"create index on t (a)", "alter table t add column a int",
		"alter table t add column if not exists a int, drop b",
		"alter type e add value 'x'", "do $$ begin end $$", "call p()", "this is nothing",
		"create policy p on t", "drop role a", "alter table if exists t drop column b",
		"with a as (delete from t) insert into u values (1) on conflict do nothing",
		"with a as (delete from t) select 1"};
	for (size_t i = 0; i < COUNT(yes); i++)
		check_that(yes[i], is_idempotent(yes[i]));
	for (size_t i = 0; i < COUNT(no); i++)
		check_that(no[i], !is_idempotent(no[i]));
}

TEST(versions_are_told)
{
	assert_true(strtol(sql_library_version(), NULL, 10) >= 17);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_that_a_transaction_block_refuses_run_alone),
		cmocka_unit_test(what_keeps_nobody_from_writing_is_known),
		cmocka_unit_test(near_misses_run_in_a_transaction_block),
		cmocka_unit_test(transaction_control_is_told_apart),
		cmocka_unit_test(copy_with_the_client_is_known),
		cmocka_unit_test(comments_alone_are_empty),
		cmocka_unit_test(errors_tell_the_place_in_characters),
		cmocka_unit_test(several_statements_are_not_proven_to_be_one),
		cmocka_unit_test(words_are_found_behind_comments),
		cmocka_unit_test(the_deepest_nesting_that_is_examined_ends_no_process),
		cmocka_unit_test(nesting_on_the_common_stack_ends_no_process),
		cmocka_unit_test(nesting_as_hostile_as_promised_ends_no_process),
		cmocka_unit_test(nesting_that_the_grammar_takes_is_still_classified),
		cmocka_unit_test(what_is_too_deep_for_the_grammar_is_left_to_the_server),
		cmocka_unit_test(what_is_not_examined_is_told_by_its_first_word),
		cmocka_unit_test(thousands_of_comments_are_not_examined),
		cmocka_unit_test(what_drops_the_role_is_known),
		cmocka_unit_test(what_may_run_again_is_known),
		cmocka_unit_test(versions_are_told),
	};
	return cmocka_run_group_tests_name("sql", tests, NULL, NULL);
}
