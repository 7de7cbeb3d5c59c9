"""mode: compare: staging's schema and the target's, side by side."""
import subprocess
import threading
import time

import pytest

from database import Database
from drift_seeds import SEEDS, build
from workspace import migration, version

FIRST = {migration(1, "one"): "create table one (a int);\n"}


@pytest.fixture
def staging(cluster):
    database = cluster.create_database()
    yield database
    database.drop()


@pytest.fixture
def compare(db, staging, migrations, action):
    migrations(FIRST)

    def run(**inputs):
        return action(mode="compare", **{"db_url": db.url, "staging_db_url": staging.url, **inputs})
    return run


def both(db, staging, sql):
    for database in (db, staging):
        database.as_owner(sql)


def test_two_that_are_the_same(db, staging, compare):
    both(db, staging, "create table t (id int primary key); create view v as select id from t")
    before = db.snapshot(), staging.snapshot()
    result = compare()
    assert result.code == 0 and result.status == "same" and result.names("drift") == [], result
    assert result.says("no drift") and result.report["drift"]["count"] == 0 and result.outputs["drift-count"] == "0", result
    assert (db.snapshot(), staging.snapshot()) == before


def test_what_differs_is_named_and_shown(db, staging, compare):
    both(db, staging, "create table t (id int, name text); create table u (a int)")
    staging.as_owner("alter table t alter name set default 'x'; create policy p on t using (id > 1); create table mine (a int primary key)")
    db.as_owner("create policy p on t using (id > 2); create table theirs (a int)")
    before = db.snapshot(), staging.snapshot()
    result = compare()
    assert result.code == 15 and result.status == "drift", result
    assert set(result.names("drift")) == {"column public.t.name", "policy public.t.p", "table public.mine", "table public.theirs"}, result
    assert result.says("different in the target and on staging: policy public.t.p"), result
    assert "- using (id > 2)\n+ using (id > 1)" in result.log, result
    assert result.says("on staging, but not in the target: table public.mine (with 4 parts)") and result.says("in the target, but not on staging: table public.theirs"), result
    assert "```diff\n" in result.summary and "+ using (id > 1)" in result.summary_text, result
    assert len(result.errors) == 4 and result.errors[0].properties["title"] == "Drift", result
    assert (db.snapshot(), staging.snapshot()) == before


@pytest.mark.parametrize("level, code, warnings", [("error", 15, 0), ("warn", 0, 1), ("off", 0, 0)])
def test_a_level_decides_what_follows(db, staging, compare, level, code, warnings):
    staging.as_owner("create table mine (a int)")
    result = compare(drift=level)
    assert result.code == code and len(result.warnings) == warnings and result.status == "drift", result
    assert result.names("drift") == ["table public.mine"] and result.says("table public.mine"), result


def test_what_may_differ_is_ignored(db, staging, compare):
    both(db, staging, "create table t (id int)")
    staging.as_owner("""create table tmp_1 (a int); create table "tmp/2" (a int); create view v as select 1 as a;
                        create policy "Owners (read)" on t; alter table t add b int""")
    result = compare(drift_ignore='# ours\npublic.tmp_*\n\npublic."tmp/*\nview *\npolicy public.t."Owners (read)"')
    assert result.code == 15 and result.names("drift") == ["column public.t.b"], result
    assert result.report["drift"]["ignored"] >= 4, result


def test_a_staging_database_is_needed(db, migrations, action):
    migrations(FIRST)
    result = action(mode="compare", db_url=db.url)
    assert result.code == 2 and result.says("mode: compare: it needs staging-project-ref or staging-db-url"), result


def test_nothing_can_be_compared_without_secrets(migrations, action):
    migrations(FIRST)
    fork = {"pull_request": {"head": {"repo": {"full_name": "eve/shop", "fork": True}}}, "repository": {"full_name": "acme/shop"}}
    result = action(mode="compare", event="pull_request", payload=fork, staging_db_url="", db_url="")
    assert result.code == 0 and result.status == "skipped", result


def test_migrations_that_lie_between_are_counted(db, staging, migrations, action, tmp_path):
    migrations(FIRST)
    assert action.push(staging.url).code == 0
    result = action(mode="compare", db_url=db.url, staging_db_url=staging.url)
    assert result.report["drift"]["pending"] == 1 and result.report["drift"]["ahead"] == 0, result
    assert result.says("1 migration of staging is not in the target yet"), result


# -- every kind of object ----------------------------------------------------------------------------------------

@pytest.mark.supabase
@pytest.mark.postgres(15, 17, 18)
def test_each_difference_is_found_and_named(db, staging, compare):
    for database in (db, staging):
        build(database, (seed.both for seed in SEEDS))
    assert compare().status == "same"
    build(db, (seed.target for seed in SEEDS))
    build(staging, (seed.staging for seed in SEEDS))
    result = compare(drift="warn")
    found, seeded = set(result.names("drift")), {seed.title for seed in SEEDS}
    assert found == seeded, "not found: %s\nnot seeded: %s" % (sorted(seeded - found), sorted(found - seeded))
    assert len(SEEDS) >= 40 and result.report["drift"]["count"] == len(SEEDS)
    assert "<b>" not in result.summary and "`rows`</b> @all" not in result.summary


ONE_WAY = """
create table t (a int, b text not null, c int check (c > 0));
create index i1 on t (a); create index i2 on t (b);
create view v as select a from t; create function f() returns int language sql as 'select 1';
create policy p1 on t to anon, authenticated; create policy p2 on t;
grant select on t to pg_monitor; grant insert on t to pg_monitor;
create publication p for table t; alter publication p add table u;
"""
ANOTHER = """
create table gone (a int); drop table gone;
create function f() returns int language sql as 'select 2';
create table t (z int, c int); alter table t add b text; alter table t drop z; alter table t add a int;
create policy p2 on t; create policy p1 on t to authenticated; alter policy p1 on t to authenticated, anon;
create index i2 on t (b); create index i1 on t (a); create view v as select 1 as a;
alter table t add constraint t_c_check check (c > 0); alter table t alter b set not null;
create or replace view v as select a from t; create or replace function f() returns int language sql as 'select 1';
grant select, insert, update on t to pg_monitor; revoke update on t from pg_monitor;
create publication p for table u, t;
"""


@pytest.mark.supabase
@pytest.mark.postgres(15, 18)
def test_what_was_built_in_another_order_is_the_same(db, staging, compare):
    for database, sql in ((db, ONE_WAY), (staging, ANOTHER)):
        database.query("create table u (a int); " + sql)
    result = compare()
    assert result.code == 0 and result.status == "same", result.names("drift")


# -- what pending migrations explain ---------------------------------------------------------------------------------

SECOND = {migration(2, "two"): """
alter table one add b int; alter table one enable row level security; create policy mine on one using (a > 1);
create index on one (b); create table two (id serial primary key); grant select on one to pg_monitor;
create function f() returns int language sql as 'select 1'; create publication pub for table two;
drop index gone; alter table renamed rename to fresh; alter table one drop constraint old, alter c type bigint;
"""}
BEFORE = {migration(1, "one"): "create table one (a int, c int, constraint old check (a > 0)); create index gone on one (a); create table renamed (a int);"}


def test_what_a_pending_migration_touches_is_no_drift(db, staging, migrations, action):
    migrations(BEFORE)
    assert action.push(db.url).code == 0
    migrations(SECOND)
    assert action.push(staging.url).code == 0
    result = action(mode="compare", db_url=db.url, staging_db_url=staging.url)
    assert result.code == 0 and result.status == "same" and result.names("drift") == [], result
    drift = result.report["drift"]
    assert drift["pending"] == 1 and drift["explained"] == len(drift["objects"]) >= 10, drift
    assert {row["migration"] for row in drift["objects"]} == {migration(2, "two")}
    assert result.says("1 migration of staging is not in the target yet", "does not count as drift"), result
    assert migration(2, "two") in result.summary_text and "explained by" in result.summary, result


def test_what_is_beside_it_is_drift(db, staging, migrations, action):
    migrations(BEFORE)
    assert action.push(db.url).code == 0
    migrations(SECOND)
    assert action.push(staging.url).code == 0
    db.as_owner("alter table one add hot int; create index hot on one (c); create policy theirs on one; alter table one force row level security;"
                "create table hot_fix (a int); create function f(int) returns int language sql as 'select 1'")
    staging.as_owner("alter table one alter a set default 1; grant select on two to pg_monitor")
    result = action(mode="compare", db_url=db.url, staging_db_url=staging.url)
    assert result.code == 15, result
    assert set(result.names("drift")) == {"column public.one.hot", "column public.one.a", "index public.hot", "policy public.one.theirs",
                                          "table public.hot_fix"}, result


def test_sql_that_is_made_while_it_runs_is_mentioned(db, staging, migrations, action):
    migrations({migration(1, "one"): "do $$ begin execute 'create table ' || 'dynamic (a int)'; end $$;"})
    assert action.push(staging.url).code == 0
    result = action(mode="compare", db_url=db.url, staging_db_url=staging.url)
    assert result.names("drift") == ["table public.dynamic"] and result.says("1 of the files holds SQL that is made while it runs"), result


# -- before a push, and after it ---------------------------------------------------------------------------------------

@pytest.fixture
def drifted(db, staging, migrations, action):
    """Staging has had two migrations, production one and a hot fix."""
    migrations({migration(1, "one"): "create table one (a int);\n"})
    assert action.push(db.url).code == 0
    migrations({migration(2, "two"): "alter table one add b int;\n"})
    assert action.push(staging.url).code == 0
    db.as_owner("create policy hot on one")
    return db


def test_drift_refuses_a_push(drifted, staging, action):
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=drifted.url, staging_db_url=staging.url, drift="error")
        assert result.code == 7 and result.status == "blocked" and result.names("drift") == ["policy public.one.hot"], result
        assert result.says("blocked (drift)") and "❌ drift (1)" in result.summary, result
        assert drifted.versions() == [version(1)]


def test_drift_warns_before_a_push_and_after_it(drifted, staging, action):
    result = action.push(drifted.url, staging_db_url=staging.url, drift="warn")
    assert result.code == 0 and result.status == "pushed" and len(result.warnings) == 1, result
    assert result.says("in the target, but not on staging: policy public.one.hot"), result
    assert result.says("after the push 1 object still differs between staging and the target; 1 of them was reported before it"), result
    assert result.names("drift") == ["policy public.one.hot"] and result.report["drift"]["explained"] == 0, result


def test_what_a_push_has_made_different_is_reported_after_it(db, staging, migrations, action):
    migrations({migration(1, "one"): "create table one (a int); do $$ begin if current_database() = '%s' then create table extra (a int); end if; end $$;" % db.name})
    assert action.push(staging.url).code == 0
    result = action.push(db.url, staging_db_url=staging.url, drift="error")
    assert result.code == 0 and result.names("drift") == ["table public.extra"] and len(result.warnings) == 1, result
    assert result.says("in the target, but not on staging: table public.extra"), result


def test_what_is_the_same_after_a_push_is_said(db, staging, migrations, action):
    migrations(FIRST)
    assert action.push(staging.url).code == 0
    result = action.push(db.url, staging_db_url=staging.url, drift="error", staging_guard="off")
    assert result.code == 0 and result.says("after the push the target is the same as staging"), result
    assert "✅ drift" in result.summary and "➖ staging first" in result.summary, result


def test_nobody_looks_unless_asked(drifted, staging, action):
    result = action(mode="dry-run", db_url=drifted.url, staging_db_url=staging.url)
    assert result.code == 0 and "drift" not in result.report and "drift" not in result.log, result


# -- what is the same, whatever the server and the way there ------------------------------------------------------------

VERSIONED = """
create table t (id int primary key, a text not null, b int default 1, constraint positive check (b > 0));
create view single as select id, a as label, t.b + 1 as more, (select count(*) from t u where u.id = t.id) as n from t where t.a <> 't.a' order by id;
create view pair as select x.id, y.a from t x join t y on x.id = y.id;
create materialized view m as select a, max(b) as b from t group by a having max(t.b) > 1;
create view nested as select s.id from (select id from t) s;
create function f(n int default 1) returns setof t language sql begin atomic select * from t where id = n; end;
create policy p on t to anon using (id in (select id from t x where x.b = t.b));
grant select, insert on t to authenticated; grant all on single to anon;
alter default privileges in schema public grant select on tables to pg_monitor;
"""


def other_server(clusters, version):
    database = clusters.get(version, like_supabase=True).create_database()
    database.query(VERSIONED)
    return database


@pytest.mark.supabase
@pytest.mark.postgres(15)
@pytest.mark.parametrize("version", [17, 18])
def test_two_versions_of_the_server_are_the_same(db, clusters, compare, version):
    other = other_server(clusters, version)
    db.query(VERSIONED)
    try:
        for sides in ({"staging_db_url": other.url}, {"db_url": other.url, "staging_db_url": db.url}):
            result = compare(drift="warn", drift_ignore="extension *", **sides)
            assert result.status == "same", result.report["drift"]["objects"]
        other.query("create or replace view single as select id, a as label, t.b + 2 as more, (select count(*) from t u where u.id = t.id) as n "
                    "from t where t.a <> 't.a' order by id; alter table t alter a drop not null")
        result = compare(drift="warn", drift_ignore="extension *", staging_db_url=other.url)
        assert result.names("drift") == ["column public.t.a", "view public.single"], result
    finally:
        other.drop()


@pytest.mark.supabase
@pytest.mark.postgres(15)
def test_what_was_restored_from_a_dump_is_the_same(cluster, db, compare):
    build(db, (seed.both for seed in SEEDS))
    build(db, (seed.target for seed in SEEDS if "indisvalid" not in seed.target))  # a dump makes every index valid
    dump = subprocess.run([str(cluster.bin / "pg_dump"), db.admin_url], capture_output=True, text=True, check=True).stdout
    cluster.maintenance.query("create database restored owner postgres template template0")
    restored = Database(cluster, "restored")
    try:
        done = subprocess.run(["psql", "-q", restored.admin_url], input=dump, capture_output=True, text=True)
        result = compare(drift="warn", staging_db_url=restored.url)
        assert result.status == "same", (result.report["drift"]["objects"], done.stderr)
    finally:
        restored.drop()


def test_a_role_without_rights_sees_the_same(db, staging, compare):
    staging.as_owner("create schema hidden; create table hidden.t (a int); create policy p on hidden.t; create function hidden.f() returns int language sql as 'select 1'")
    wanted = compare(drift="warn").names("drift")
    db.query("create role reader login password 'rather-l0ng-password'")
    try:
        urls = {name: database.url_with(user="reader", password="rather-l0ng-password")
                for name, database in (("db_url", db), ("staging_db_url", staging))}
        result = compare(drift="warn", **urls)
        assert result.status == "drift" and result.names("drift") == wanted == ["schema hidden"], result
    finally:
        db.query("drop role reader")


def test_a_view_that_somebody_changes_is_waited_for_and_no_longer(db, staging, compare):
    both(db, staging, "create table t (a int); create view v as select a from t")
    holder = db.connect()
    try:
        holder.autocommit = False
        holder.cursor().execute("lock table t in access exclusive mode")
        result = compare(lock_timeout="200ms")
        assert result.code == 15 and result.status == "failed" and result.says("the schema cannot be read"), result
    finally:
        holder.close()
    assert compare().status == "same"


# -- what is dropped while it is read ---------------------------------------------------------------------------------

def dropping(db):
    """A session that has dropped a table, and not committed it."""
    holder = db.connect()
    holder.autocommit = False
    holder.cursor().execute("drop table t cascade")
    return holder


def wait_for_reader(db):
    deadline = time.monotonic() + 60
    while not db.value("select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and not l.granted"):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.postgres(15, 17, 18)
def test_what_is_dropped_while_it_is_read_is_read_once_more(db, staging, compare):
    db.as_owner("create table t (a int); create view v as select a from t")
    holder = dropping(db)

    def finish():
        wait_for_reader(db)
        holder.commit()
    thread = threading.Thread(target=finish)
    thread.start()
    try:
        result = compare(lock_timeout="30s")
    finally:
        thread.join()
        holder.close()
    assert result.code == 0 and result.status == "same", result


def test_once_and_no_more(db, staging, compare):
    both(db, staging, "create table t (a int); create view v as select a from t")
    db.query("set allow_system_table_mods = on; delete from pg_class where oid = 't'::regclass")
    result = compare()
    assert result.code == 15 and result.status == "failed", result
    assert result.says("the schema cannot be read: could not open relation with OID", "somebody drops objects again and again"), result


def test_a_line_that_takes_nothing_is_named(db, staging, compare):
    staging.as_owner("create table mine (a int)")
    result = compare(drift_ignore="table public.mine\nview *\n# a comment\nextension *")
    assert result.code == 0 and result.says("drift-ignore: these lines take nothing that differs: view *, extension *"), result
    assert "these lines take nothing that differs" in result.summary_text, result
