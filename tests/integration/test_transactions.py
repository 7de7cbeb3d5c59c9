"""Files that cannot, or do not want to, be one transaction of ours."""
import pytest

from workspace import migration, version

# What PostgreSQL refuses in a transaction block: (label, what must exist before, statement, proof afterwards)
LONERS = [
    ("create index concurrently", "create table a (a int)", "create index concurrently i on a (a)",
     "select to_regclass('i') is not null"),
    ("create unique index concurrently", "create table a (a int)", "create unique index concurrently if not exists i on a (a)",
     "select to_regclass('i') is not null"),
    ("drop index concurrently", "create table a (a int); create index i on a (a)", "drop index concurrently i",
     "select to_regclass('i') is null"),
    ("reindex index concurrently", "create table a (a int); create index i on a (a)", "reindex index concurrently i",
     "select to_regclass('i') is not null"),
    ("reindex table concurrently", "create table a (a int primary key)", "reindex (verbose) table concurrently a",
     "select true"),
    ("reindex with an option", "create table a (a int primary key)", "reindex (concurrently) table a", "select true"),
    ("reindex schema", "create schema s; create table s.a (a int primary key)", "reindex schema s", "select true"),
    ("reindex partitioned", "create table a (a int primary key) partition by range (a);"
     "create table a1 partition of a for values from (1) to (9)", "reindex table a", "select true"),
    ("vacuum", "create table a (a int)", "vacuum a", "select true"),
    ("vacuum with options", "create table a (a int)", "vacuum (analyze, freeze) a", "select true"),
    ("cluster all", "create table a (a int primary key)", "cluster", "select true"),
    ("detach concurrently", "create table a (a int) partition by range (a);"
     "create table a1 partition of a for values from (1) to (9)", "alter table a detach partition a1 concurrently",
     "select not relispartition from pg_class where relname = 'a1'"),
    ("discard all", "select 1", "discard all", "select true"),
]


def by_label(case):
    return case[0]


@pytest.mark.parametrize("case", LONERS, ids=by_label)
def test_it_runs_alone_between_other_statements(db, migrations, action, case):
    label, before, statement, proof = case
    db.as_owner(before)
    migrations({migration(1): "create table x (a int);\n%s;\ninsert into x values (1);\n" % statement,
                migration(2): "create table after_it (a int);"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 2, result
    assert db.value("select count(*) from x") == 1 and db.has_table("after_it")
    assert db.value(proof), result
    assert db.history()[0][2] == ["create table x (a int)", statement, "insert into x values (1)"]
    assert "not atomic" in result.log + result.summary_text, result


# Whether a table is partitioned is known to the server alone; the push finds out, and rolls back.
FORESEEN = [case for case in LONERS if case[0] != "reindex partitioned"]


@pytest.mark.parametrize("case", FORESEEN, ids=by_label)
def test_it_is_refused_in_one_transaction_before_anything_starts(db, migrations, action, case):
    label, before, statement, _ = case
    db.as_owner(before)
    migrations({migration(1): "create table x (a int);", migration(2): statement + ";"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7 and result.status == "blocked", result
    assert result.says(migration(2)), result
    assert not db.has_table("x") and not db.has_history()


def test_what_only_the_server_knows_fails_one_transaction_as_a_whole(db, migrations, action):
    db.as_owner("create table a (a int primary key) partition by range (a);")
    migrations({migration(1): "create table x (a int);", migration(2): "reindex table a;"})
    result = action.push(db.url, transaction="all")
    assert result.code == 8 and result.says("25001"), result
    assert not db.has_table("x") and db.versions() == []


def test_databases_are_made_and_dropped(cluster, db, migrations, action):
    migrations({migration(1): "create database %s_made;\nalter database %s_made set work_mem = '8MB';\n" % (db.name, db.name),
                migration(2): "drop database %s_made;\n" % db.name})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 2, result
    assert db.value("select count(*) from pg_database where datname = %s", (db.name + "_made",)) == 0


def test_server_settings_are_changed(db, migrations, action):
    migrations({migration(1): "alter system set log_min_duration_statement = '77s';\n"
                              "alter system reset log_min_duration_statement;\n"})
    result = action.push(db.admin_url)
    assert result.code == 0, result
    assert db.versions() == [version(1)]


def test_a_tablespace_is_refused_by_the_server_and_not_by_a_block(db, migrations, action):
    migrations({migration(1): "create tablespace nowhere location '/no/such/folder';"})
    result = action.push(db.admin_url)
    assert result.code == 8 and result.says("58P01"), result


def test_a_subscription_that_makes_a_slot_is_run_alone(db, migrations, action):
    """It cannot connect here; what counts is that PostgreSQL's objection is not the transaction block."""
    migrations({migration(1): "create subscription s connection 'host=127.0.0.1 port=1' publication p;"})
    result = action.push(db.admin_url)
    assert result.code == 8 and not result.says("25001"), result


def test_a_file_of_one_lone_statement_is_recorded(db, migrations, action):
    db.as_owner("create table a (a int)")
    migrations({migration(1, "index"): "create index concurrently i on a (a);"})
    assert action.push(db.url).code == 0
    assert db.history() == [(version(1), "index", ["create index concurrently i on a (a)"])]


def test_after_a_failure_in_such_a_file_the_report_says_what_stayed(db, migrations, action):
    db.as_owner("create table a (a int); insert into a values (1), (1)")
    migrations({migration(1): "create table stays (a int);\ncreate unique index concurrently u on a (a);\n"
                              "create table never (a int);\n"})
    result = action.push(db.url, preflight="false")
    assert result.code == 8 and result.status == "failed", result
    assert result.says("23505") and result.says("not atomic"), result
    assert db.has_table("stays") and not db.has_table("never")
    assert db.versions() == []
    assert any((e.properties.get("file"), e.properties.get("line")) == ("supabase/migrations/" + migration(1), "2")
               for e in result.errors), result


@pytest.mark.postgres()
def test_lock_timeouts_hold_for_lone_statements_too(db, migrations, action):
    db.as_owner("create table a (a int)")
    holder = db.connect()
    holder.autocommit = False
    holder.cursor().execute("lock table a in access exclusive mode")
    try:
        migrations({migration(1): "vacuum a;\nreindex table concurrently a;"})
        result = action.push(db.url, lock_timeout="300ms", lock_retries="0")
    finally:
        holder.rollback()
        holder.close()
    assert result.code == 8 and result.seconds < 8, result


# -- a file with its own transaction -----------------------------------------------------------------

@pytest.mark.parametrize("text", [
    "begin;\ncreate table a (a int);\ninsert into a values (1);\ncommit;\n",
    "BEGIN TRANSACTION;\ncreate table a (a int);\nEND;\n",
    "-- head\nstart transaction;\ncreate table a (a int);\ncommit work;\n-- tail\n",
    "begin isolation level serializable;\ncreate table a (a int);\ncommit;\n",
    "begin;\ncreate table a (a int);\nsavepoint s;\nselect 1;\nrelease s;\ncommit;\n",
], ids=["begin commit", "begin end", "start transaction", "isolation level", "savepoint"])
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_a_file_that_wraps_itself_runs_inside_our_transaction(db, migrations, action, text, transaction):
    if transaction == "all" and "isolation" in text:
        pytest.skip("one transaction cannot have the level of each file: refused, see below")
    migrations({migration(1): text})
    result = action.push(db.url, transaction=transaction)
    assert result.code == 0, result
    assert db.has_table("a") and db.versions() == [version(1)]
    # One transaction for the file and its row.
    assert db.value("select c.xmin::text = h.xmin::text from pg_class c, supabase_migrations.schema_migrations h "
                    "where relname = 'a'"), result


def test_a_file_that_wraps_itself_leaves_nothing_when_it_fails(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\nselect nothing_here;\ncommit;\n"})
    result = action.push(db.url)
    assert result.code == 8, result
    assert not db.has_table("a") and db.versions() == []


def test_a_serializable_file_is_serializable(db, migrations, action):
    migrations({migration(1): "begin isolation level serializable;\ndo $$ begin raise notice 'level %', "
                              "current_setting('transaction_isolation'); end $$;\ncommit;\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("level serializable"), result


def test_a_level_of_its_own_is_refused_in_one_transaction(db, migrations, action):
    migrations({migration(1): "begin isolation level serializable;\ncreate table a (a int);\ncommit;\n"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7 and not db.has_history(), result


@pytest.mark.postgres()
def test_a_commit_in_the_middle_runs_as_its_author_wrote_it(db, migrations, action):
    migrations({migration(1): "create table a (a int);\nbegin;\ninsert into a values (1);\ncommit;\n"
                              "insert into a values (2);\nbegin;\ninsert into a values (3);\nrollback;\n",
                migration(2): "create table after_it (a int);"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 2, result
    assert db.query("select a from a order by 1") == [(1,), (2,)]
    assert result.says("not atomic"), result
    assert db.versions() == [version(1), version(2)]


def test_commit_then_begin_loses_nothing(db, migrations, action):
    """The case that the CLI calls a success and forgets."""
    migrations({migration(1): "begin;\ncreate table a (a int);\ncommit;\nbegin;\ninsert into a values (1);\ncommit;\n",
                migration(2): "create table after_it (a int);"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 1 and db.has_table("after_it")
    assert db.versions() == [version(1), version(2)]


@pytest.mark.parametrize("text", ["begin;\ncreate table a (a int);\n",
                                  "create table b (a int);\ncommit;\nbegin;\ncreate table a (a int);\n",
                                  "begin;\ncreate table b (a int);\ncommit;\nstart transaction;\ncreate table a (a int);\n"],
                         ids=["begin", "commit begin", "second begin"])
def test_a_transaction_left_open_is_an_error(db, migrations, action, text):
    migrations({migration(1): text, migration(2): "create table after_it (a int);"})
    result = action.push(db.url)
    assert result.code in (7, 8) and result.status in ("failed", "blocked"), result
    assert result.says("transaction") and result.says("open"), result
    assert not db.has_table("a") and not db.has_table("after_it")
    assert db.versions() == []


def test_control_in_the_middle_is_refused_in_one_transaction(db, migrations, action):
    migrations({migration(1): "create table x (a int);",
                migration(2): "create table a (a int);\ncommit;\nbegin;\nselect 1;\ncommit;\n"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7 and result.status == "blocked", result
    assert not db.has_table("x") and not db.has_history()


def test_a_rollback_at_the_end_is_the_authors_will(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\nrollback;\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert not db.has_table("a") and db.versions() == [version(1)]


def test_an_error_after_the_authors_commit_leaves_the_committed_part(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\ncommit;\nselect nothing_here;\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("not atomic"), result
    assert db.has_table("a") and db.versions() == []


def test_an_error_inside_the_authors_second_transaction_ends_it(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ncommit;\nbegin;\ninsert into a values (1);\nselect nothing_here;\n"
                              "commit;\n"})
    result = action.push(db.url)
    assert result.code == 8, result
    assert db.value("select count(*) from a") == 0 and db.versions() == []


@pytest.mark.postgres()
def test_chained_transactions_end(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\ncommit and chain;\ninsert into a values (1);\ncommit;\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 1 and db.versions() == [version(1)]


@pytest.mark.postgres()
def test_two_phase_commit_is_run_as_written(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\nprepare transaction '%s';\ncommit prepared '%s';\n"
                              % (db.name, db.name)})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.has_table("a") and db.versions() == [version(1)]


# -- routines that commit ----------------------------------------------------------------------------

PROCEDURE = ("create table a (a int);\ncreate procedure fill() language plpgsql as $$ begin for i in 1..3 loop "
             "insert into a values (i); commit; end loop; end $$;\n")


@pytest.mark.postgres()
def test_a_do_block_that_commits_works(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ndo $$ begin for i in 1..3 loop insert into a values (i); "
                              "commit; end loop; end $$;\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 3 and db.versions() == [version(1)]
    assert result.says("not atomic"), result


@pytest.mark.postgres()
def test_a_procedure_of_the_same_file_that_commits_works(db, migrations, action):
    migrations({migration(1): PROCEDURE + "call fill();\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 3 and db.versions() == [version(1)]


def test_a_procedure_of_an_earlier_file_that_commits_works(db, migrations, action):
    migrations({migration(1): PROCEDURE, migration(2): "call fill();\ninsert into a values (9);\n"})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select count(*) from a") == 4 and db.versions() == [version(1), version(2)]


def test_a_do_block_without_commit_stays_atomic(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ndo $$ begin insert into a values (1); end $$;\n"
                              "select nothing_here;\n"})
    assert action.push(db.url).code == 8
    assert not db.has_table("a")


def test_the_word_commit_in_a_do_block_is_no_commit(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ndo $$ begin raise notice 'commit; rollback;'; -- commit;\n "
                              "end $$;\nselect nothing_here;\n"})
    assert action.push(db.url).code == 8
    assert not db.has_table("a")


@pytest.mark.postgres()
def test_a_function_that_tries_to_commit_leaves_nothing_of_its_file(db, migrations, action):
    """The server's word for it is the same as for a procedure, but here no second try can help."""
    migrations({migration(1): "create function f() returns void language plpgsql as $$ begin commit; end $$;",
                migration(2): "create table a (a int);\nselect f();\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("2D000"), result
    assert not db.has_table("a") and db.versions() == [version(1)]


def test_a_transaction_level_that_comes_too_late_is_an_error(db, migrations, action):
    """Its state is that of VACUUM in a block; run by itself it would be ignored with a warning."""
    migrations({migration(1): "create table a (a int);\nset transaction isolation level serializable;\n"
                              "insert into a values (1);\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("25001"), result
    assert not db.has_table("a") and db.versions() == []


# -- the directive -----------------------------------------------------------------------------------

@pytest.mark.postgres()
@pytest.mark.parametrize("head", ["-- pg-delta: transaction=false\n", "\ufeff-- pg-delta: transaction=false\r\n"],
                         ids=["plain", "bom and crlf"])
def test_the_directive_runs_each_statement_by_itself(db, migrations, action, head):
    migrations({migration(1): head + "create table a (a int);\nselect nothing_here;\ncreate table b (a int);\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("not atomic"), result
    assert db.has_table("a") and not db.has_table("b") and db.versions() == []


def test_the_directive_counts_on_the_first_line_only(db, migrations, action):
    migrations({migration(1): "\n-- pg-delta: transaction=false\ncreate table a (a int);\nselect nothing_here;\n"})
    assert action.push(db.url).code == 8
    assert not db.has_table("a")


def test_a_file_with_the_directive_is_recorded(db, migrations, action):
    text = "-- pg-delta: transaction=false\ncreate type mood as enum ('ok');\nalter type mood add value 'great';\n" \
           "create table a (m mood default 'great');\n"
    migrations({migration(1): text})
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.history()[0][2][0] == "-- pg-delta: transaction=false\ncreate type mood as enum ('ok')"


def test_the_directive_is_refused_in_one_transaction(db, migrations, action):
    migrations({migration(1): "-- pg-delta: transaction=false\ncreate table a (a int);\n"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7, result
    assert not db.has_table("a")
