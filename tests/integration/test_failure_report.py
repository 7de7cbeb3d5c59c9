"""What the reader of a failed push is told, and where the annotation lands."""
import re

import pytest

from database import HISTORY
from workspace import migration


@pytest.fixture
def fail(db, migrations, action):
    """Pushes one file that fails on the server, although the data would say so before; returns the result."""
    def run(text, **inputs):
        migrations({migration(1, "bad"): text})
        result = action.push(db.url, **{"preflight": "false", **inputs})
        assert result.code == 8 and result.status == "failed", result
        return result
    return run


def place(result):
    return [tuple(error.properties.get(key) for key in ("file", "line", "col")) for error in result.errors][0]


FILE = "supabase/migrations/" + migration(1, "bad")


def test_the_place_is_file_line_and_column(fail):
    result = fail("select 1;\n\nselect a,\n       nothing_here\n  from (select 1 as a) x;\n")
    assert place(result) == (FILE, "4", "8"), result
    assert result.says(FILE + ":4:8"), result
    assert result.says("42703") and result.says('column "nothing_here" does not exist'), result


def test_columns_are_characters(fail):
    assert place(fail("select '日本🎉ü', nothing_here;\n")) == (FILE, "1", "16")


def test_lines_are_right_with_crlf(fail):
    assert place(fail("select 1;\r\n\r\nselect\r\n  nothing_here;\r\n")) == (FILE, "4", "3")


def test_columns_are_right_after_a_byte_order_mark(fail):
    assert place(fail("\ufeffselect nothing_here;\n")) == (FILE, "1", "8")


def test_columns_are_right_in_a_later_statement_of_a_line(fail):
    assert place(fail("select 1; select 2; select nothing_here;\n")) == (FILE, "1", "28")


def test_without_a_position_the_statement_is_the_place(fail):
    result = fail("select 1;\n\n-- why\ndrop table nope;\n")
    assert place(result)[:2] == (FILE, "4"), result


def test_a_run_time_error_is_placed_at_its_statement_and_not_at_its_comment(fail):
    result = fail("create table a (a int primary key);\ninsert into a values (1);\n\n-- twice\n/* and\nagain */\n"
                  "insert into a values (1);\n")
    assert place(result)[:2] == (FILE, "7"), result
    assert result.says("23505") and result.says("Key (a)=(1) already exists"), result


def test_detail_hint_and_context_are_shown(fail):
    result = fail("create function f() returns void language plpgsql as $$ begin raise exception 'the message' using "
                  "detail = 'the detail', hint = 'the hint', errcode = 'P9999'; end $$;\nselect f();\n")
    for words in ("the message", "the detail", "the hint", "P9999", "PL/pgSQL function f() line 1"):
        assert result.says(words), "%s is missing\n%r" % (words, result)
    assert place(result)[:2] == (FILE, "2"), result


def test_an_error_inside_a_do_block_shows_its_inner_statement(fail):
    result = fail("do $$\nbegin\n  execute 'select nothing_here';\nend $$;\n")
    assert result.says("nothing_here") and result.says("42703") and result.says("inline_code_block line 3"), result
    assert place(result)[0] == FILE, result


def test_the_statement_is_shown_with_a_caret(fail):
    result = fail("select 1;\nselect a,\n  nothing_here\nfrom (select 1 as a) x;\n")
    lines = result.log.split("\n")
    at = next(number for number, line in enumerate(lines) if "nothing_here" in line and "column" not in line)
    caret = next(line for line in lines[at + 1:] if line.strip(" |") == "^")
    assert caret.index("^") == lines[at].index("nothing_here"), result


def test_the_annotation_carries_the_message_and_the_state(fail):
    error = fail("select nothing_here;").errors[0]
    assert "nothing_here" in error.data and "42703" in error.data, error
    assert error.properties.get("title"), error


def test_the_annotation_is_relative_to_the_workspace(workspace, db, action):
    workspace.migrations({migration(1, "bad"): "select nothing_here;"}, "packages/infrastructure/supabase/migrations")
    for working_directory in ("packages/infrastructure", "packages/infrastructure/supabase/"):
        result = action.push(db.url, working_directory=working_directory)
        assert place(result)[0] == "packages/infrastructure/supabase/migrations/" + migration(1, "bad"), result


def test_applied_and_unapplied_files_are_told_apart(db, migrations, action):
    migrations({migration(1): "select 1;", migration(2): "select nothing_here;", migration(3): "select 3;"})
    result = action.push(db.url)
    assert result.applied == [migration(1)] and result.pending == [migration(2), migration(3)]
    for name in (migration(1), migration(2), migration(3)):
        assert name in result.log and name in result.summary_text, result


def test_a_long_statement_is_cut_in_the_log(fail):
    result = fail("insert into nope values\n%s;\n" % ",\n".join("  (%d, '%s')" % (n, "x" * 100) for n in range(20000)))
    assert len(result.stdout) < 100000 and len(result.summary) < 100000, len(result.stdout)
    assert result.says("42P01"), result


def test_a_long_line_is_cut_around_the_caret(fail):
    result = fail("select '%s', nothing_here, '%s';\n" % ("x" * 300000, "y" * 300000))
    assert len(result.stdout) < 100000, len(result.stdout)
    assert place(result) == (FILE, "1", str(8 + 300002 + 2)), result
    assert "nothing_here" in result.log


def test_a_long_message_is_cut(fail):
    result = fail("do $$ begin raise exception '%', repeat('m', 3000000); end $$;")
    assert len(result.stdout) < 200000 and len(result.summary) < 1000000, (len(result.stdout), len(result.summary))


def test_an_internal_error_class_is_shown_as_it_is(fail):
    assert fail("select 1/0;").says("22012", "division by zero")


def test_an_error_at_the_end_of_a_statement_has_a_place(db, migrations, action):
    migrations({migration(1, "bad"): "select 1;\nselect (1 +"})
    result = action.push(db.url)
    assert result.code == 4, result
    assert place(result)[:2] == (FILE, "2"), result


# -- what to do --------------------------------------------------------------------------------------------

def commands(result):
    """The commands under Next: what comes before the rows and what is folded."""
    part = re.split(r"^(?:\||<details)", result.summary.split("**Next:** ")[1], flags=re.M)[0]
    return "".join(re.findall(r"^```sh\n(.*?)^```", part, flags=re.M | re.S)).splitlines()


@pytest.mark.parametrize("text", ["select * from nope;", "create table a (a int primary key);\ninsert into a values (1), (1);",
                                  "do $$ begin raise exception 'no' using hint = 'a hint'; end $$;"])
def test_every_statement_that_fails_is_told_with_what_to_do(fail, text):
    result = fail(text)
    assert re.search(r"^help: correct the file and push the correction: nothing of the file is in the database$",
                     result.log, flags=re.M), result
    assert result.errors[0].data.split("\n")[-1].startswith("help: correct the file"), result.errors[0]
    assert result.report["errors"][0]["hint"].split("\n")[-1].startswith("correct the file"), result.report


def test_a_push_is_corrected_by_a_pull_request(fail):
    assert commands(fail("select nothing_here;", extra={"GITHUB_REF": "refs/heads/it's main"})) == [
        "git switch --create correct-migration", "git add -- " + FILE, "git commit -m 'Correct a migration'",
        "git push --set-upstream origin correct-migration", "gh pr create --base 'it'\\''s main' --fill"]


@pytest.mark.parametrize("mode,event,ref", [("push", "release", "refs/tags/v1"), ("dry-run", "pull_request", "refs/pull/1/merge")])
def test_without_a_branch_of_its_own_it_is_pushed_to_where_it_is(db, migrations, action, mode, event, ref):
    migrations({migration(1, "bad"): "selec 1;", migration(2, "bad"): "selec 2;"})
    result = action(mode=mode, db_url=db.url, event=event, extra={"GITHUB_REF": ref})
    assert commands(result) == ["git add -- %s %s" % (FILE, FILE.replace("01_bad", "02_bad")),
                                "git commit -m 'Correct a migration'", "git push"], result


def test_a_refused_login_is_not_to_be_tried_again(db, migrations, action):
    migrations({migration(1): "select 1;"})
    result = action.push(db.url_with(password="wrong-password"))
    assert result.code == 5 and commands(result) == [] and "gh run rerun" not in result.summary, result
    assert result.says("failed: login refused by the database; nothing was changed"), result


def test_a_server_that_does_not_answer_may_be_tried_again(db, migrations, action):
    migrations({migration(1): "select 1;"})
    result = action.push("postgresql://u:hidden-w0rd@127.0.0.1:1/x")
    assert commands(result) == ["gh run rerun 4711 --failed --repo acme/shop"], result


@pytest.mark.parametrize("first,command", [("create table done (a int);", "gh run rerun 4711 --repo acme/shop"),
                                           (None, "gh run rerun 4711 --failed --repo acme/shop")])
def test_what_is_left_of_an_approved_plan_needs_another_approval(db, migrations, action, first, command):
    db.as_owner("create table busy (a int)")
    migrations({**({migration(1): first} if first else {}), migration(2): "alter table busy add column b int;"})
    plan = action.dry_run(db.url).outputs["plan-digest"]
    holder = db.connect(db.url)
    holder.autocommit = False
    holder.cursor().execute("lock table busy")
    result = action.push(db.url, expect_plan=plan, lock_timeout="100ms", lock_retries="0")
    holder.close()
    assert commands(result) == [command], result
    assert result.says("the approved plan is done in part") == bool(first), result
    assert action.push(db.url, expect_plan=plan).status == ("blocked" if first else "pushed")


# -- whose fault it is, and what it means --------------------------------------------------------------------

def test_a_limit_that_was_reached_is_not_reached_again(fail):
    result = fail("select pg_sleep(3);", statement_timeout="300ms")
    assert result.says("help: statement-timeout sets the limit"), result
    assert "gh run rerun" not in result.summary and "Give statement-timeout more time" in result.summary, result
    assert commands(result)[1] == "git add -- " + FILE, result


@pytest.mark.parametrize("text", [
    "create table public.schema_migrations (version text primary key);\n"
    "insert into public.schema_migrations values ('1');\ninsert into public.schema_migrations values ('1');",
    "insert into supabase_migrations.schema_migrations (version) values ('1'), ('1');",
    "do $$ begin raise unique_violation using message = 'order 7 has got into the history twice'; end $$;",
    "do $$ begin raise exception using errcode = 'SP001', message = 'mine'; end $$;",
    "do $$ begin raise exception using errcode = 'SP002', message = 'mine'; end $$;",
])
def test_what_a_file_does_to_itself_is_no_other_run(fail, text):
    result = fail(text)
    assert not result.says("another") and commands(result)[1] == "git add -- " + FILE, result


def test_a_version_that_somebody_records_meanwhile_is_another_run(db, migrations, action):
    migrations({migration(1): "insert into supabase_migrations.schema_migrations (version) values ('%s');"
                % migration(1).split("_")[0]})
    result = action.push(db.url)
    assert result.code == 8 and result.says("has run this file and recorded its version"), result
    assert db.versions() == [], result


CI = {"GITHUB_RUN_ID": "4711", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SERVER_URL": "https://github.com"}


@pytest.fixture
def managed(db):
    """A table in a schema that another role keeps for itself, as Supabase's auth."""
    db.query("create role keeper; create schema kept authorization keeper; create table kept.users (id int);"
             "alter table kept.users owner to keeper; grant usage on schema kept to postgres")
    yield
    db.query("drop schema kept cascade; drop role keeper")


@pytest.mark.parametrize("text, owned", [
    ("alter table kept.users add column a int;", "kept.users belongs to keeper"),
    ('select 1;\ninsert into "kept"."users" values (1);', "kept.users belongs to keeper"),
    ("create table kept.other (a int);", "schema kept belongs to keeper"),
])
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_of_a_privilege_that_is_missing_the_owner_is_told(managed, fail, text, owned, transaction):
    result = fail(text, transaction=transaction, extra=CI)
    assert result.says("42501", "the push runs as role postgres, and " + owned, "have the migration leave their objects alone"), result
    assert commands(result)[0].startswith("gh run rerun") and "Once the privilege is granted" in result.summary, result


def test_messages_of_the_server_are_told_with_their_file(db, migrations, action):
    notice = "do $$ begin raise notice 'of %s'; end $$;"
    migrations({migration(1, "a"): notice % "a", migration(2, "b"): "select 1;", migration(3, "c"): notice % "c" + notice % "c2"})
    result = action.push(db.url)
    told = [line for line in result.log.split("\n") if "says" in line or "NOTICE" in line or line.startswith("applied ")]
    names = [line.split(": ")[0] if line.startswith("applied") else line for line in told]
    a, b, c = (migration(i + 1, "abc"[i]) for i in range(3))
    assert names == [a + ": the server says", "| NOTICE (00000): of a", "applied " + a, "applied " + b,
                     c + ": the server says", "| NOTICE (00000): of c", "| NOTICE (00000): of c2", "applied " + c], told


def test_what_blocks_a_push_is_told_with_its_commands(db, migrations, action):
    migrations({migration(2, "new"): "select 1;"})
    action.push(db.url)
    migrations({migration(1, "old"): "select 1;", migration(2, "new"): "select 1;", migration(3, "last"): "select 1;"})
    result = action.push(db.url, extra=CI)
    assert result.code == 7 and commands(result)[0].startswith("git mv "), result
    assert "git commit -m 'Correct a migration'" in commands(result), result
    assert "blocked (order): %s; nothing was changed" % migration(1, "old") in result.summary_text.split("\n")[0], result


# -- what we write beside a file is not the file's ---------------------------------------------------------------

SWALLOW = {
    "trigger": "create function forget() returns trigger language plpgsql as $$ begin return null; end $$;"
               "create trigger forget before insert on {0} for each row execute function forget()",
    "rule": "create rule forget as on insert to {0} do instead nothing",
    "other version": "create function bend() returns trigger language plpgsql as $$ begin new.version = '1'; return new; "
                     "end $$; create trigger bend before insert on {0} for each row execute function bend()",
}


@pytest.mark.parametrize("how", SWALLOW)
@pytest.mark.parametrize("transaction", ["file", "all"])
def test_a_history_row_that_is_swallowed_stops_the_push_at_its_file(db, migrations, action, how, transaction):
    db.create_history()
    db.query(SWALLOW[how].format(HISTORY))
    migrations({migration(n): "create table t%d (a int);\n" % n for n in (1, 2, 3)})
    result = action.push(db.url, transaction=transaction)
    assert result.code == 6 and result.says("is not there", "a trigger or a rule of"), result
    assert db.tables() == [] and db.versions() == [] and result.applied == [], result
    assert not any(error.properties.get("file") for error in result.errors), result


def test_a_history_row_that_is_swallowed_behind_a_file_in_parts(db, migrations, action):
    db.create_history()
    db.query(SWALLOW["trigger"].format(HISTORY))
    migrations({migration(1): "create table t1 (a int);\nvacuum t1;\n", migration(2): "create table t2 (a int);\n"})
    result = action.push(db.url)
    assert result.code == 6 and result.says("is not there", "the first 2 of its 2 statements are in the database"), result
    assert db.tables() == ["t1"], result
    db.query("drop trigger forget on %s" % HISTORY)
    result = action.push(db.url)
    assert result.code == 0 and db.tables() == ["t1", "t2"] and len(db.versions()) == 2, result


TABLE_OF_NUMBERS = "create schema supabase_migrations authorization postgres; " \
                   "create table supabase_migrations.schema_migrations (version bigint primary key, name text, " \
                   "statements text[]); alter table supabase_migrations.schema_migrations owner to postgres"


@pytest.mark.parametrize("transaction", ["file", "all"])
def test_a_history_table_of_another_shape_is_no_fault_of_the_file(db, migrations, action, transaction):
    db.query(TABLE_OF_NUMBERS)
    migrations({migration(1): "create table t1 (a int);\n"})
    result = action.push(db.url, transaction=transaction)
    assert result.code == 6 and result.says("42804", "the history row of %s cannot be written" % migration(1)), result
    assert result.says("the file is not to blame") and not result.says("git add"), result
    assert "git add" not in result.summary and not any(error.properties.get("file") for error in result.errors), result
    assert db.tables() == [], result


def test_what_a_file_defers_to_its_commit_is_its_own(fail):
    result = fail("create table p (a int primary key);\n"
                  "create table c (a int references p deferrable initially deferred);\ninsert into c values (1);")
    assert result.code == 8 and result.says("23503"), result


READ_ONLY = [
    "begin transaction read only;\nselect 1;\ncommit;\n",
    "begin isolation level serializable, read only;\nselect 1;\ncommit;\n",
    "start transaction read only;\nselect 1;\nend;\n",
    "begin;\nset transaction read only;\nselect 1;\ncommit;\n",
    "create table extra (a int);\nbegin read only;\nselect 1;\ncommit and chain;\nselect 2;\ncommit;\n",
]


@pytest.mark.parametrize("text", READ_ONLY)
def test_a_file_that_only_reads_is_pushed(db, migrations, action, text):
    migrations({migration(1): text, migration(2): "create table t2 (a int);\n"})
    result = action.push(db.url)
    assert result.code == 0 and len(db.versions()) == 2 and db.has_table("t2"), result


def test_a_file_that_leaves_its_transaction_read_only_is_told_so(db, migrations, action):
    migrations({migration(1): "create table t1 (a int);\nset transaction read only;\n"})
    result = action.push(db.url)
    assert result.code == 6 and result.says("25006", "the transaction may only read: the file has made it so"), result
    assert db.tables() == [], result
