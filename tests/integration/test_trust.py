"""What must never happen: success told for work that is not there, or work done twice."""
import pytest

from database import HISTORY
from test_history import limited  # noqa: F401 (a fixture)
from workspace import migration, version

LONG_COMMENT = "/* %s */ " % ("x" * 140000)
MANY_COMMENTS = "/**/ " * 2100


@pytest.mark.parametrize("comment", [LONG_COMMENT, MANY_COMMENTS], ids=["long", "many"])
def test_a_rollback_that_is_not_analysed_is_not_taken_for_a_plain_statement(db, migrations, action, comment):
    migrations({migration(1): "create table a (a int);\n%srollback;\ncreate table b (a int);\n" % comment})
    result = action.push(db.url)
    assert "not atomic" in result.log and result.says("rollback"), result
    assert db.tables() == ["a", "b"], "without a BEGIN of its own, each statement commits"


def test_a_hidden_commit_is_refused_in_one_transaction(db, migrations, action):
    migrations({migration(1): "create table a (a int);\n%scommit;\n" % MANY_COMMENTS, migration(2): "select 1/0;"})
    result = action.push(db.url, transaction="all")
    assert result.code == 7 and not db.has_table("a") and not db.has_history(), result


def test_a_block_that_tries_what_it_cannot_leaves_nothing(db, migrations, action):
    migrations({migration(1): "create table a (a int);\ninsert into a values (1);\n"
                              "do $$ begin execute 'create index concurrently i on a (a)'; end $$;\n"})
    result = action.push(db.url)
    assert result.code == 8 and result.says("25001"), result
    assert not db.has_table("a") and db.versions() == []


def test_rows_hidden_by_a_policy_are_an_error_not_an_empty_history(db, limited, migrations, action):  # noqa: F811
    migrations({migration(1): "-- pg-delta: transaction=false\ncreate table if not exists a (a int);"})
    db.create_history(version(1))
    db.query("grant usage on schema supabase_migrations to limited; grant select, insert on %s to limited;"
             "alter table %s enable row level security" % (HISTORY, HISTORY))
    result = action.push(limited)
    assert result.code == 6 and result.says("row-level security"), result
    assert not db.has_table("a")


def test_settings_of_a_file_do_not_keep_its_row_out(db, migrations, action):
    migrations({migration(1): "-- pg-delta: transaction=false\ncreate table a (a int);\n"
                              "set default_transaction_read_only = on;\n"})
    result = action.push(db.url)
    assert result.code == 0 and db.versions() == [version(1)], result


def test_a_prepared_transaction_that_is_left_is_refused(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table a (a int);\nprepare transaction 'x';\n"})
    result = action.push(db.url)
    assert result.code == 4 and result.says("PREPARE TRANSACTION"), result
    assert not db.has_history()


def test_a_doubled_version_without_a_primary_key_is_one_version(db, migrations, action):
    migrations({migration(1): "create table a (a int);"})
    db.as_owner("create schema supabase_migrations; create table %s (version text, name text, statements text[]);"
                "insert into %s values ('%s'), ('%s'), (null)" % (HISTORY, HISTORY, version(1), version(1)))
    result = action.push(db.url)
    assert result.code == 0 and result.status == "up-to-date", result


@pytest.mark.postgres(15)
def test_the_servers_dialect_decides(db, migrations, action):
    """`system_user` is reserved since PostgreSQL 16, and in our grammar."""
    migrations({migration(1): "create table audit (id int, system_user text);"})
    result = action.push(db.url)
    assert result.code == 0 and db.has_table("audit") and result.says("the server accepts it"), result
    assert not any(warning.properties.get("title") == "SQL syntax" for warning in result.warnings), result


def test_what_the_grammar_knows_and_does_not_allow_is_refused(db, migrations, action):
    """The server says 0A000 to it, in the words of its grammar: that is no other dialect."""
    migrations({migration(1): "create type mood as enum ('a', 'b');\nalter type mood drop value 'a';"})
    result = action.push(db.url)
    assert result.code == 4 and result.says("dropping an enum value is not implemented"), result


def test_a_message_of_megabytes_loses_no_output(db, migrations, action):
    migrations({migration(1): "create table a (a int);",
                migration(2): "do $$ begin raise exception '%', repeat('x', 1200000); end $$;"})
    result = action.push(db.url)
    assert result.code == 8 and result.applied == [migration(1)], result.code
    assert "xxxx" in result.log and "P0001" in result.log
