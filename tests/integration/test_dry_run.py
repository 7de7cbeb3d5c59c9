"""The dry run: the plan, file by file, and all that can be known without executing anything."""
import pytest

from proxy import CLIENT, Proxy
from workspace import migration, version


def places(result):
    return [tuple(error.properties.get(key) for key in ("file", "line", "col")) for error in result.errors]


def test_the_plan_lists_every_file_with_its_statement_count(db, migrations, action):
    migrations({migration(1, "one"): "select 1;", migration(2, "three"): "select 1; select 2; select 3;",
                migration(3, "none"): "-- only a comment\n"})
    result = action.dry_run(db.url)
    assert result.code == 0, result
    lines = {name: [line for line in result.log.split("\n") if name in line] for name in result.pending}
    assert len(lines) == 3, result
    assert any("1 statement" in line for line in lines[migration(1, "one")]), result
    assert any("3 statements" in line for line in lines[migration(2, "three")]), result


def test_nothing_changes_on_the_server(db, migrations, action):
    migrations({migration(1): "create table a (a int); drop table if exists b; vacuum; create database never_made;"})
    db.as_owner("create table b (a int)")
    before = db.snapshot()
    assert action.dry_run(db.url).code == 0
    assert db.snapshot() == before
    assert db.value("select count(*) from pg_database where datname = 'never_made'") == 0


@pytest.mark.postgres(17, 18)
def test_the_server_is_asked_for_nothing_but_the_history(cluster, db, migrations, action):
    """An older one is shown the statements, since it may not know them: see below."""
    migrations({migration(1): "create table a (a int);"})
    with Proxy(cluster.port) as proxy:
        assert action.dry_run(db.url_with(port=proxy.port, sslmode="disable")).code == 0
        sent = proxy.bytes_of(CLIENT)
        assert proxy.connections == 1
    assert b"create table a" not in sent
    assert b"schema_migrations" in sent


def test_statements_that_refuse_a_transaction_are_named(db, migrations, action):
    migrations({migration(1, "mixed"): "create table a (a int);\n\ncreate index concurrently i on a (a);\n"})
    result = action.dry_run(db.url)
    assert result.code == 0, result
    assert result.says("create index concurrently") and result.says("not atomic"), result


def test_a_syntax_error_is_reported_at_its_place(db, migrations, action):
    migrations({migration(1, "good"): "select 1;", migration(2, "bad"): "select 1;\n\nselect 2;\n  selec 3;\n"})
    result = action.dry_run(db.url)
    assert result.code == 4 and result.status == "failed", result
    assert places(result) == [("supabase/migrations/" + migration(2, "bad"), "4", "3")], result
    assert result.says('syntax error at or near "selec"'), result
    assert result.says(migration(2, "bad") + ":4:3"), result


@pytest.mark.parametrize("text, line, column", [
    ("select 'ü日本🎉', from;", 1, 16),
    ("-- é\r\nselect 1;\r\nselect\r\n  where from;\r\n", 4, 9),
    ("\ufeffselec 1;", 1, 1),
    ("select 1;\n\tselect (1;\n", 2, 11),
    ("select 'open\n;", 1, 8),
    ("select 1 /* open", 1, 10),
    ("create table a (b int,);", 1, 23),
    ("do $$ begin end;", 1, 4),
], ids=["columns are characters", "crlf", "bom", "tab", "open string", "open comment", "comma", "open dollar"])
def test_lines_and_columns_are_those_of_an_editor(db, migrations, action, text, line, column):
    migrations({migration(1, "bad"): text})
    result = action.dry_run(db.url)
    assert result.code == 4, result
    assert places(result) == [("supabase/migrations/" + migration(1, "bad"), str(line), str(column))], result


def test_syntax_errors_of_all_files_come_in_one_report(db, migrations, action):
    migrations({migration(1): "selec 1;", migration(2): "select 1;", migration(3): "select 1;\nselect 2 2 2;"})
    result = action.dry_run(db.url)
    assert result.code == 4, result
    assert {place[0] for place in places(result)} == {"supabase/migrations/" + migration(n) for n in (1, 3)}, result


def test_a_syntax_error_stops_a_push_before_it_starts(db, migrations, action):
    migrations({migration(1): "create table a (a int);", migration(2): "create tabel b (a int);"})
    result = action.push(db.url)
    assert result.code == 4, result
    assert not db.has_table("a") and not db.has_history()


def test_a_syntax_error_in_an_applied_file_is_history(db, migrations, action):
    migrations({migration(1): "selec 1;", migration(2): "select 1;"})
    db.create_history(version(1))
    result = action.push(db.url)
    assert result.code == 0 and result.applied == [migration(2)], result


def test_a_psql_command_is_a_syntax_error(db, migrations, action):
    migrations({migration(1): "\\restrict abc\nselect 1;\n"})
    result = action.dry_run(db.url)
    assert result.code == 4, result
    assert places(result)[0][1] == "1", result


NEWER = {  # the first version that knows it: statement, column of the place
    "a subquery without an alias": (16, "select * from (select 1 as x);", 15),
    "IS JSON": (16, "select '{}' is json;", 16),
    "underscores in numbers": (16, "select 1_000_000;", 8),
    "MERGE … RETURNING": (17, "merge into a using a b on a.a = b.a when matched then do nothing returning a.a;", 66),
    "JSON_TABLE": (17, "select * from json_table('[1]', '$[*]' columns (x int path '$'));", 40),
    "in a view": (16, "create view v as select * from (select 1 as x);", 32),
    "in a table": (16, "create table t2 as select * from (select 1 as x);", 34),
    "in an EXPLAIN": (16, "explain select * from (select 1 as x);", 23),
    "behind a parenthesis": (16, "(select * from (select 1 as x));", 16),
    "in a WITH": (16, "with w as (select 1) insert into a select * from (select 1 as x);", 50),
}


@pytest.mark.postgres(15, 17)
@pytest.mark.parametrize("name", NEWER)
def test_grammar_newer_than_the_server_is_refused_by_the_dry_run(db, migrations, action, name):
    since, statement, column = NEWER[name]
    migrations({migration(1): "create table a (a int);\n%s\n" % statement})
    result = action.dry_run(db.url)
    if db.value("select current_setting('server_version_num')::int") >= since * 10000:
        assert result.code == 0, result
        return
    assert result.code == 4 and result.says("newer servers accept it"), result
    assert places(result)[0][1:] == ("2", str(column)), places(result)
    assert action.push(db.url).code == 4 and not db.has_table("a")


UNKNOWN_YET = "create table t (a int, b int);\ninsert into t values (1, 2, 3);\ninsert into t (a) select * from nowhere;\n" \
              "update t set (a, b) = (select 1, 2, 3);\ncreate table u (x) as select 1, 2 from nowhere;\n" \
              "create table v (x, y, z) as select 1;\nexplain select * from nowhere;\n"


@pytest.mark.postgres(15, 17)
def test_the_servers_grammar_is_asked_and_nothing_else(cluster, db, migrations, action):
    """What is wrong with a statement but its grammar depends on what runs before it; and no table is waited for."""
    db.as_owner("create table t (a int)")
    migrations({migration(1): UNKNOWN_YET.replace("create table t (a int, b int);", "alter table t add b int;")})
    other = db.connect()
    other.autocommit = False
    with other.cursor() as cursor:
        cursor.execute("lock table t in access exclusive mode")
        start = cluster.log_size()
        result = action.dry_run(db.url, connect_timeout="5s")
    other.close()
    assert result.code == 0 and result.status == "planned", result
    assert "nowhere\" does not exist" not in cluster.log_since(start)


def test_a_plan_of_all_in_one_transaction_refuses_what_cannot_be_in_one(db, migrations, action):
    migrations({migration(1): "create table a (a int);", migration(2): "vacuum a;"})
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url, transaction="all")
        assert result.code == 7 and result.status == "blocked", result
        assert result.says(migration(2)) and result.says("vacuum"), result
        assert not db.has_table("a") and not db.has_history()


def test_a_syntax_error_in_a_body_is_a_warning_at_its_line(db, migrations, action):
    migrations(
        {
            migration(1): "create function f() returns int language plpgsql as $$\nbegin\n  retrun 1;\nend $$;",
            migration(2): "do $$ begin\n  select 1 form t;\nend $$;",
            migration(3): "create function g(r pg_class) returns int language plpgsql as $$\n"
            "begin\n  r.relname := 'x';\n  return 1;\nend $$;",
        }
    )
    result = action.dry_run(db.url)
    assert result.code == 0, result
    warned = [(warning.properties["file"].rsplit("/", 1)[-1], warning.properties["line"])
              for warning in result.warnings if "in the body" in warning.data]
    assert warned == [(migration(1), "3"), (migration(2), "2")], result
    assert action.push(db.url).code == 8
