"""A rehearsal does no harm: what a rollback does not undo is not run, and nothing is left, however it ends."""
import re
import signal
import time

import pytest

from action import REPOSITORY
from api_clients import Readers
from proxy import SERVER, Cut, Proxy
from workspace import migration

DENIED = re.findall(r'^DENY_FUNCTION\("([^"]+)"', (REPOSITORY / "src/effects/deny.def").read_text(), re.M)


def not_rehearsed(result):
    return [item.get("not_rehearsed") for item in result.report["rehearsed"]]


def test_no_function_of_the_deny_list_is_run_wherever_it_is_called(db, migrations, action):
    """Each in the four ways that a statement can come to call it: by itself, in a DO block, in a function of the plan,
    in a function that is there. A function of that name writes a row that stays if it is run: it says so by NOTICE."""
    names = sorted(name.replace("*", "_x") for name in DENIED)
    db.as_owner("create schema theirs")
    for name in names:
        db.as_owner("create function theirs.\"%s\"() returns int language plpgsql as $$ begin raise notice 'RAN %%', 1; "
                    "return 1; end $$" % name)
        db.as_owner("create function theirs.\"calls_%s\"() returns int language sql as $$ select theirs.\"%s\"() $$"
                    % (name, name))
    files = {}
    for number, name in enumerate(names):
        files[migration(number + 1, "f")] = (
            "select theirs.\"{0}\"();\n"
            "do $$ begin perform theirs.\"{0}\"(); end $$;\n"
            "create function public.new_{1}() returns int language plpgsql as $$ begin return theirs.\"{0}\"(); end $$;\n"
            "select public.new_{1}();\n"
            "select theirs.\"calls_{0}\"();\n").format(name, number)
    migrations(files)
    result = action.dry_run(db.url, rehearse="target", rehearse_unanalysed="true")
    assert result.code == 0 and "RAN 1" not in result.stdout, result
    words = not_rehearsed(result)[:500]
    for start in range(0, len(words) - len(words) % 5, 5):
        assert words[start:start + 5] == ["lasting", "lasting", None, "lasting", "lasting"], names[start // 5]


def test_what_cannot_be_read_beforehand_is_run_only_with_consent(db, migrations, action):
    db.as_owner("create procedure public.p() language sql as $$ select 1 $$")
    migrations({migration(1): "do $$ begin execute format('select %s', 1); end $$;\ncall public.p();\nselect 1;\n"})
    assert not_rehearsed(action.dry_run(db.url, rehearse="target")) == ["unanalysed", "unanalysed", None]
    assert not_rehearsed(action.dry_run(db.url, rehearse="target", rehearse_unanalysed="true")) == [None, None, None]


def test_a_trigger_that_does_what_lasts_keeps_the_statement_from_being_run(db, migrations, action):
    db.as_owner("create table public.t (a int); create sequence public.s;"
                "create function public.f() returns trigger language plpgsql as $$ begin perform setval('public.s', 99); "
                "return new; end $$; create trigger g before insert on public.t for each row execute function public.f()")
    migrations({migration(1): "insert into public.t values (1);"})
    result = action.dry_run(db.url, rehearse="target")
    assert not_rehearsed(result) == ["lasting"] and db.value("select last_value from public.s") == 1, result


def test_transaction_control_in_the_middle_is_not_rehearsed(db, migrations, action):
    migrations({migration(1): "create table public.a (a int);\ncommit;\ncreate table public.b (a int);\n"})
    result = action.dry_run(db.url, rehearse="target")
    assert set(not_rehearsed(result)) == {"transaction-control"} and db.tables() == [], result


def test_the_own_begin_and_commit_of_a_file_are_left_out(db, migrations, action):
    migrations({migration(1): "begin;\ncreate table public.a (a int);\ncommit;\n"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.report["rehearsal"]["complete"] and db.tables() == [], result


def test_limits_that_a_file_lifts_are_set_again(db, migrations, action):
    db.as_owner("create table public.t (a int)")
    migrations({migration(1): "set lock_timeout = 0;\nset statement_timeout = 0;\nselect pg_sleep(60);\n"})
    result = action.dry_run(db.url, rehearse="target")
    assert not_rehearsed(result)[2] == "limit" and result.seconds < 40, result


def test_what_fails_after_a_block_that_was_not_run_proves_nothing(db, migrations, action):
    db.as_owner("create table public.t (a int, b int)")
    migrations({migration(1): "do $$begin execute format('alter table public.t rename %I to c', 'b'); end$$;\nalter table public.t add column b int;\n"})
    result = action.dry_run(db.url, rehearse="target")
    assert result.code == 0 and not result.report["rehearsal"]["complete"], result
    assert [item["rule"] for item in result.report["warnings"] if item["sqlstate"]] == ["rehearsal-fails-in-doubt"], result
    assert action.push(db.url).code == 0


def test_a_file_may_deallocate_every_prepared_statement(db, migrations, action):
    migrations({migration(1): "create table public.a (a int);\n", migration(2): "deallocate all;\ncreate table public.b (a int);\n",
                migration(3): "do $$begin execute 'deallocate all'; end$$;\nselect no_such_column from public.b;\n"})
    result = action.dry_run(db.url, rehearse="target", rehearse_unanalysed="true")
    assert result.code == 8 and [(fault["sqlstate"], fault["line"]) for fault in result.report["errors"]] == [("42703", 2)], result
    ran = [(item["file"], item["line"]) for item in result.report["rehearsed"] if item["ms"]]
    assert ran == [(migration(1), 1), (migration(2), 1), (migration(2), 2), (migration(3), 1)], result


def test_what_is_large_is_not_run(db, migrations, action):
    db.as_owner("create table public.t (a int, b text); insert into public.t select g, repeat('x', 200) "
                "from generate_series(1, 200000) g")
    migrations({migration(1): "alter table public.t alter column a type bigint;\ncreate index on public.t (a);\n"
                              "update public.t set a = 1;\nalter table public.t add column c int default 1;\n"})
    result = action.dry_run(db.url, rehearse="target")
    assert not_rehearsed(result) == ["large", "large", "rows", None], result


def test_an_index_is_rehearsed_without_concurrently(db, migrations, action):
    db.as_owner("create table public.t (a int)")
    migrations({migration(1): "create index concurrently i on public.t (a);\n"})
    result = action.dry_run(db.url, rehearse="target")
    item = result.report["rehearsed"][0]
    assert item["substituted"] and item["blocks"] == [], result
    assert item["locks"] == [{"relation": "public.t", "mode": "ShareUpdateExclusiveLock"}]


def nothing_is_left(db, before):
    deadline = time.monotonic() + 30
    while db.value("select count(*) from pg_stat_activity where application_name like 'supabase-promote%'"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert db.snapshot() == before
    assert db.value("select count(*) from pg_locks where locktype in ('relation', 'advisory') and "
                    "coalesce(relation, 99999) >= 16384 and pid <> pg_backend_pid()") == 0


def test_nothing_is_left_after_a_kill_at_any_time(db, migrations, action):
    db.as_owner("create table public.t (a int)")
    migrations({migration(n): "alter table public.t add column c%d int;\nselect pg_sleep(0.05);\n" % n for n in range(1, 9)})
    before = db.snapshot()
    for number in range(6):
        running = action.start(mode="dry-run", db_url=db.url, rehearse="target")
        time.sleep(0.3 + number * 0.15)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        nothing_is_left(db, before)


ANSWER = b"C\x00\x00\x00"  # CommandComplete


def killed_at(action, db, nth):
    """A rehearsal that is killed when the server's nth answer is on its way. False: it has ended before."""
    with Proxy(db.cluster.port, cuts=[Cut(ANSWER, sender=SERVER, nth=nth, how="blackhole")], record=False) as proxy:
        running = action.start(mode="dry-run", db_url=db.url_with(port=proxy.port, sslmode="disable"), rehearse="target")
        while running.process.poll() is None and not proxy.cuts[0].done.wait(0.05):
            pass
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        for link in list(proxy.links):
            link.close()
        return proxy.cuts[0].done.is_set()


def test_nothing_is_left_after_a_kill_at_any_answer(db, migrations, action):
    db.as_owner("create table public.t (a int); insert into public.t values (1)")
    migrations({migration(n): "alter table public.t add column c%d int default 1;\nupdate public.t set c%d = 2;\n" % (n, n)
                for n in range(1, 4)})
    before, nth, points = db.snapshot(), 1, 0
    while killed_at(action, db, nth):
        nothing_is_left(db, before)
        nth, points = nth + 7, points + 1
    assert points > 5 and action.push(db.url).code == 0


def test_readers_with_the_limits_of_the_api_lose_no_request(db, migrations, action):
    db.as_owner("create table public.t (a int, b text); insert into public.t select g, 'x' from generate_series(1, 50000) g;"
                "create view public.v as select b from public.t")
    migrations({migration(number): sql + ";\n" for number, sql in enumerate((
        "alter table public.t add column c int default 1", "create index on public.t (b)", "alter table public.t alter a set not null",
        "alter table public.t alter a type bigint", "update public.t set b = 'y' where a < 100", "alter table public.t add check (a > 5)",
        "drop view public.v", "alter table public.t drop column b", "lock table public.t; select pg_sleep(30)", "truncate public.t",
        "drop table public.t"), 1)})
    before = db.snapshot()
    with Readers(db, 1, sql="select b from public.v limit 1", limit="3s") as some, \
            Readers(db, 1, sql="select a from public.t limit 1", limit="8s", setting="lock_timeout") as others:
        action.dry_run(db.url, rehearse="target")
    assert (some.failed, others.failed) == (0, 0) and all(reader.count for reader in some.all + others.all)
    nothing_is_left(db, before)
