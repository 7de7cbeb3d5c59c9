"""The harness itself: a lenient reader would let everything else pass."""
import psycopg2
import pytest

from proxy import CLIENT, Cut, Proxy
from runner import Malformed, parse_commands, parse_file_command
from workspace import migration


@pytest.mark.parametrize("text, pairs", [
    ("a=1\n", [("a", "1")]), ("a=1", [("a", "1")]), ("a=b=c\n", [("a", "b=c")]), ("a=1<<2\n", [("a", "1<<2")]),
    ("a<<E\n1\n\n2\nE\nb=\n", [("a", "1\n\n2"), ("b", "")]), ("a<<E\nE\n", [("a", "")]), ("a<<E=x\n1\nE=x", [("a", "1")]),
    ("\n\na= 1 \n", [("a", " 1 ")]),
])
def test_outputs_are_read_as_the_runner_reads_them(text, pairs):
    assert parse_file_command(text) == pairs


@pytest.mark.parametrize("text", ["nonsense\n", "=1\n", "a<<\n1\n", "a<<E\n1\n", "a<<E\n1", "a<<E", "a<<E\n1\n E\n"])
def test_what_fails_the_step_is_malformed(text):
    with pytest.raises(Malformed):
        parse_file_command(text)


@pytest.mark.parametrize("text, commands", [
    ("::error::x", [("error", "x")]), (" \t\u2003::ERROR file=a,line=1::x%0Ay", [("error", "x\ny")]),
    ("x\r::error::y", [("error", "y")]), ("x ##[warning]y", [("warning", "y")]), ("::nothing::x", []),
    (":: error::x", []), ("x ::error::y", []), ("::error::", [("error", "")]), ("##[nothing]x", []),
])
def test_commands_are_found_as_the_runner_finds_them(text, commands):
    assert [(command.name, command.data) for command in parse_commands(text)] == commands


def test_properties_are_unescaped():
    command, = parse_commands("::error file=a%2Cb%3Ac%25.sql,line=3,title=::x")
    assert command.properties == {"file": "a,b:c%.sql", "line": "3"}


def test_the_proxy_counts_and_cuts(cluster, db):
    with Proxy(cluster.port, cuts=[Cut(b"needle", when="after")]) as proxy:
        connection = psycopg2.connect(db.url_with(port=proxy.port, sslmode="disable"))
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("select 1")
        before = proxy.turns
        cursor.execute("select 2")
        assert proxy.turns == before + 1
        with pytest.raises(psycopg2.OperationalError):
            cursor.execute("create table needle (a int)")
        assert proxy.connections == 1 and b"needle" in proxy.bytes_of(CLIENT)
    assert db.has_table("needle"), "the server got it, only its answer was lost"


def test_the_snapshot_sees_any_change(db):
    before = db.snapshot()
    assert db.snapshot() == before
    db.as_owner("comment on schema public is 'x'; create view v as select 1")
    assert db.snapshot() != before


@pytest.mark.postgres()
def test_each_version_is_what_it_says_and_speaks_tls(cluster, db, migrations, action):
    assert db.value("select current_setting('server_version_num')::int / 10000") == cluster.version
    assert db.value("select count(*) from pg_available_extensions where name in ('pgcrypto', 'uuid-ossp', 'pg_trgm', 'citext')") == 4
    migrations({migration(1): "create extension pgcrypto;\ncreate table t (a text collate \"und-x-icu\", b bytea default digest('x', 'sha1'));\n"})
    result = action.push(db.url_with(user="supabase_admin", sslmode="verify-full", sslrootcert=cluster.ca))
    assert result.code == 0 and db.has_table("t"), result
