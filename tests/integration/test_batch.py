"""Atomic files that follow each other share a turn, and stay as safe as in a turn each."""
import signal
import time

import pytest

from action import SLOWNESS, Action
from gates import Gated
from proxy import Proxy
from workspace import migration, version


def files(*texts):
    return {migration(number): text for number, text in enumerate(texts, 1)}


def names(count):
    return [migration(number) for number in range(1, count + 1)]


def turns_of(cluster, db, action, count):
    with Proxy(cluster.port, rtt_ms=100, record=False) as proxy:
        result = action.push(db.url_with(port=proxy.port, sslmode="disable"))
        assert result.code == 0 and len(result.applied) == count, result
        return proxy.turns


def test_ten_files_cost_as_many_turns_as_two(cluster, migrations, action, db, tmp_path, workspace):
    migrations(files(*["create table a%d (id int);" % number for number in range(2)]))
    two = turns_of(cluster, db, action, 2)
    migrations({migration(10 + number): "create table b%d (id int);" % number for number in range(10)})
    assert turns_of(cluster, db, action, 10) <= two


def test_what_is_before_a_failure_stays_and_what_follows_never_began(migrations, action, db):
    migrations(files("create table a (id int);", "create table b (id int);", "create table c (id int); select 1/0;",
                     "create table d (id int);"))
    result = action.push(db.url)
    assert result.code == 8 and result.applied == names(2) and result.says(migration(3) + ":1:"), result
    assert db.versions() == [version(1), version(2)] and not db.has_table("c") and not db.has_table("d")
    assert [row["state"] for row in result.report["migrations"]] == ["applied", "applied", "failed, rolled back", "not run"]


def test_what_is_checked_at_commit_stops_what_follows(migrations, action, db):
    migrations(files("create table a (id int primary key); create table b (a int references a deferrable initially deferred);",
                     "insert into b values (7);", "create table c (id int);"))
    result = action.push(db.url, preflight="false")
    assert result.code == 8 and result.says("23503") and db.versions() == [version(1)] and not db.has_table("c"), result


def test_each_file_begins_with_our_role_and_settings(migrations, action, db):
    db.query("do $$ begin create role other nologin; exception when duplicate_object then null; end $$; grant other to postgres")
    seen = "create table seen%d as select current_user::text as role, current_setting('search_path') as path, " \
           "current_setting('statement_timeout') as limited, current_setting('transaction_isolation') as isolation;"
    migrations(files(seen % 1, "set search_path = pg_temp; set role other; set statement_timeout = '77s'; set client_encoding = 'LATIN1';",
                     seen % 3, "begin isolation level serializable; " + seen % 4 + " commit;", seen % 5))
    result = action.push(db.url)
    assert result.code == 0, result
    first, third, fourth, fifth = (db.query("select role, path, limited, isolation from seen%d" % number) for number in (1, 3, 4, 5))
    assert first == third == fifth and fourth[0][3] == "serializable" and fourth[0][:3] == first[0][:3]


def test_an_isolation_level_of_the_files_own(migrations, action, db):
    """SET TRANSACTION must come before everything that reads: also in the second file of a batch."""
    migrations(files("select 1;", "set transaction isolation level repeatable read; create table a as select current_setting('transaction_isolation') as level;",
                     "create table b as select current_setting('transaction_isolation') as level;"))
    result = action.push(db.url)
    assert result.code == 0, result
    assert db.value("select level from a") == "repeatable read" and db.value("select level from b") == "read committed"


def test_messages_are_those_of_their_file(migrations, action, db):
    note = "do $$ begin raise notice 'from file %d'; end $$;"
    migrations(files(note % 1, "select 1;", note % 3, note % 4))
    log = action.push(db.url).log
    for number in (1, 3, 4):
        head, _, _ = log.partition("from file %d" % number)
        assert head.rstrip().splitlines()[-1].endswith("NOTICE (00000):") and migration(number) in head.rstrip().splitlines()[-2], log


def test_a_file_that_turns_out_to_need_its_own_turn(migrations, action, db):
    """REINDEX of a partitioned table is refused in a transaction block: the file is run again, and the rest follows."""
    migrations(files("create table p (id int) partition by range (id); create index p_id on p (id);", "select 1;",
                     "create table x (id int); reindex table p;", "create table y (id int);"))
    result = action.push(db.url)
    assert result.code == 0 and result.applied == names(4) and db.has_table("y"), result


def test_a_row_that_is_swallowed_after_its_commit(migrations, action, db):
    """A trigger that takes the row away at COMMIT: the next file of the batch must not run."""
    migrations(files("""create function public.swallow() returns trigger language plpgsql as $$
begin delete from supabase_migrations.schema_migrations where version = new.version; return null; end $$;
create constraint trigger swallow after insert on supabase_migrations.schema_migrations deferrable initially deferred
    for each row execute function public.swallow();""", "create table b (id int);", "create table c (id int);"))
    result = action.push(db.url)
    assert result.code != 0 and result.says("is not there"), result
    assert not db.has_table("c"), result


def test_a_lock_that_was_given_back_between_two_files(cluster, migrations, workspace, tmp_path, action):
    """Another push gets the lock in between: then nothing of the batch runs before the histories were compared."""
    with Gated(cluster) as gated:
        migrations(files("insert into public.log values (1, 1); select pg_advisory_unlock_all();"
                         " insert into public.log values (1, 2);",
                         "insert into public.log values (2, 1);", "insert into public.log values (3, 1);"))
        gated.shut(1001)  # at the COMMIT of the first file, with the lock given back
        first = action.start(mode="push", db_url=gated.db.url)
        assert gated.wait_held(first)
        other = Action(workspace, tmp_path / "other")
        second = other.start(mode="push", db_url=gated.db.url, lock_wait="20s")
        time.sleep(1 * SLOWNESS)
        gated.open()
        results = [first.wait(), second.wait()]
        other.close()
        assert gated.rows() == [(1, 1, 1), (1, 2, 1), (2, 1, 1), (3, 1, 1)], results
        assert any(result.code == 0 for result in results), results


def test_a_lock_timeout_is_tried_again_from_its_file(migrations, action, db):
    with db.connect() as holder:
        db.as_owner("create table held (id int); alter table held owner to postgres")
        holder.cursor().execute("lock table held in access exclusive mode")
        migrations(files("create table a (id int);", "alter table held add column b int;", "create table c (id int);"))
        run = action.start(mode="push", db_url=db.url, lock_timeout="300ms", lock_retries="20")
        deadline = time.monotonic() + 30 * SLOWNESS
        while version(1) not in (db.versions() if db.has_table("supabase_migrations.schema_migrations") else []):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)
        assert not db.has_table("c"), "what follows has not begun"
        holder.rollback()
        result = run.wait()
    assert result.code == 0 and result.applied == names(3) and result.says("rolled back, try 2"), result


def test_a_cancelled_job_between_two_files(cluster, migrations, action):
    with Gated(cluster) as gated:
        migrations(files("insert into public.log values (1, 1);", "select public.gate(2);", "insert into public.log values (3, 1);"))
        gated.shut(2)
        run = action.start(mode="push", db_url=gated.db.url)
        assert gated.wait_held(run)
        run.signal(signal.SIGTERM)
        result = run.wait()
        assert result.code == 130 and result.says("cancelled while " + migration(2)) and result.applied == names(1), result
        assert gated.rows() == [(1, 1, 1)] and gated.db.versions() == [version(1)]


def test_five_hundred_files(migrations, action, db):
    migrations({migration(number): "create table t%d (id int);" % number for number in range(1, 501)})
    result = action.push(db.url)
    assert result.code == 0 and len(db.versions()) == 500, result
