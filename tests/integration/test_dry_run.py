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


def test_the_server_is_asked_for_nothing_but_the_history(cluster, db, migrations, action):
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


@pytest.mark.postgres(15)
def test_grammar_newer_than_the_server_is_left_to_the_server(db, migrations, action):
    """A statement of PostgreSQL 17 on an older server: valid for us, refused where it runs."""
    migrations({migration(1): "create table a (a int);\nmerge into a using a b on true when matched then do nothing "
                              "returning a.a;\n"})
    assert action.dry_run(db.url).code == 0
    result = action.push(db.url)
    assert result.code == 8 and result.says("42601"), result
    assert not db.has_table("a")


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
              for warning in result.warnings if "PL/pgSQL body" in warning.data]
    assert warned == [(migration(1), "3"), (migration(2), "2")], result
    assert action.push(db.url).code == 8
