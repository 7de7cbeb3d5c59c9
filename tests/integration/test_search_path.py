"""Our own SQL trusts nobody: whoever may create in a schema of the search path gets nothing of our rights by it.

Every database of these tests has some such definitions in `public`, and what they do in our sessions is looked for
after each test (conftest.py). Here are those that the usual search path does not reach."""
import pytest

import hostile
import vault
from database import HISTORY
from workspace import migration, version

PARTS = ("create table public.t (a pg_catalog.int4, b pg_catalog.int4);\n"
         "create index concurrently t_a on public.t (a);\ncreate index concurrently on public.t (b);\n"
         "vacuum public.t;\ninsert into public.t values (1, 2);\n")
AS_WRITTEN = "begin;\ninsert into public.t values (3, 4);\ncommit;\nselect pg_catalog.pg_sleep(0.5);\n"
ATOMIC = "insert into public.t values (5, 6);\n"
EXTRAS = {"supabase/roles.sql": "create role promote_guest;\nalter role promote_guest nologin;\n",
          "supabase/seed.sql": "insert into public.t values (7, 8);\n",
          "supabase/config.toml": '[db.vault]\nstripe = "env(STRIPE)"\n'}
WITH = {"include_roles": "true", "include_seed": "true", "extra": {"STRIPE": "sk_live_4eC39HqLyjWDarjtT1zdp7dc"}}


@pytest.fixture
def everything(workspace, migrations, cluster):
    """A workspace in which every statement of our own has something to do."""
    migrations({migration(1): PARTS, migration(2): AS_WRITTEN, migration(3): ATOMIC})
    for path, text in EXTRAS.items():
        workspace.write(path, text)
    yield workspace
    cluster.maintenance.query("drop role if exists promote_guest")


@pytest.fixture
def mallory(cluster):
    """A role of few rights."""
    cluster.maintenance.query("do $$ begin if not exists (select from pg_roles where rolname = 'mallory') "
                              "then create role mallory; end if; end $$")
    return "mallory"


def own_a_schema_called_as_the_login(db, mallory):
    """The first one of the usual search path."""
    db.query("create schema postgres authorization %s" % mallory)
    hostile.install(db, schema="postgres", owner=mallory)


def come_first(db, mallory):
    db.query("drop schema public cascade; create schema public authorization %s; grant all on schema public to public" % mallory)
    db.query("alter role postgres in database %s set search_path = public, pg_catalog" % db.name)
    hostile.install(db, owner=mallory, everything=True)


@pytest.fixture(params=[own_a_schema_called_as_the_login, come_first])
def trap(request, mallory):
    def make(database):
        vault.install(database)
        database.query("alter extension pgcrypto set schema vault; create or replace view vault.decrypted_secrets as "
                       "select id, name, description, secret, vault.pgp_sym_decrypt(decode(secret, 'base64'), "
                       "'key of the tests') as decrypted_secret, key_id, nonce, created_at, updated_at from vault.secrets")
        for function in ("create_secret", "update_secret"):
            database.query("do $$ begin execute replace(pg_get_functiondef('vault.%s'::regproc), 'public.', 'vault.'); end $$"
                           % function)
        request.param(database, mallory)
        return database
    return make


def test_nothing_of_a_stranger_runs_with_our_rights(cluster, db, trap, everything, action):
    start = cluster.log_size()
    trap(db)
    result = action.dry_run(db.url, **WITH)
    assert result.code == 0 and result.status == "planned", result
    assert not hostile.found(cluster.log_since(start)), "in the dry run"
    result = action.push(db.url, **WITH)
    assert result.code == 0 and result.status == "pushed" and not result.warnings, result
    assert db.query("select a from public.t order by a") == [(1,), (3,), (5,), (7,)]
    assert not hostile.found(cluster.log_since(start)), "in the push"
    everything.write("supabase/seed.sql", "insert into public.t values (9, 10);\n")
    everything.write("supabase/config.toml", '[db.vault]\nstripe = "env(STRIPE)"\nsecond = "another secret"\n')
    everything.migrations({migration(4): ATOMIC.replace("5, 6", "11, 12"), migration(2): AS_WRITTEN + "-- edited\n"})
    result = action.push(db.url, reseed="true", **WITH)
    assert result.code == 0 and result.applied == [migration(4)], result
    assert vault.secrets(db) == {"stripe": WITH["extra"]["STRIPE"], "second": "another secret"}


def test_nor_does_it_on_staging(cluster, db, trap, everything, action):
    start = cluster.log_size()
    staging = cluster.create_database()
    try:
        assert action.push(staging.url, skip_vault="true", **WITH).code == 0
        trap(staging)
        vault.install(db)
        everything.migrations({migration(3): "-- the same, otherwise written\n" + ATOMIC})
        result = action.dry_run(db.url, staging_db_url=staging.url, **WITH)
        assert result.code == 0 and result.status == "planned", result
        assert not hostile.found(cluster.log_since(start))
    finally:
        staging.drop()


def test_a_file_that_stops_and_goes_on_does_so_among_strangers(cluster, db, mallory, migrations, action):
    come_first(db, mallory)
    text = "create table public.t (a pg_catalog.int4);\nvacuum public.t;\ninsert into public.t values (1);\n%s;\ncreate table public.u (a pg_catalog.int4);\n"
    migrations({migration(1): text % "do $$ begin raise 'not yet'; end $$"})
    assert action.push(db.url).code == 8
    migrations({migration(1): text % "select pg_catalog.pg_sleep(0.4)"})
    result = action.push(db.url)
    assert result.code == 0 and result.says("resuming after them") and db.versions() == [version(1)], result


def test_migrations_have_the_search_path_that_is_theirs(db, migrations, action):
    db.as_owner("create schema theirs")
    db.query("alter role postgres in database %s set search_path = theirs, public" % db.name)
    show = "do $$ begin raise notice 'path: %', current_setting('search_path'); end $$;\n"
    migrations({migration(1): show + "create table a (n int);\n" + show, migration(2): show + "vacuum;\n" + show + "vacuum;\n" + show,
                migration(3): "begin;\n" + show + "commit;\n" + show + "begin;\n" + show + "commit;\n"})
    result = action.push(db.url)
    assert result.code == 0 and result.log.count("path: theirs, public") == 8, result
    assert db.has_table("theirs.a")


@pytest.mark.parametrize("text", [
    "create temp table text (n int); create temp table int4 (n int);",
    "create schema other; create domain other.text as varchar(3); create domain other.int4 as int2; "
    "create domain other.bytea as text; set search_path = other, pg_catalog;",
])
@pytest.mark.parametrize("tail", ["", "\nvacuum;\nselect 1;\n"])
def test_types_that_a_file_has_named_like_ours(db, migrations, action, text, tail):
    migrations({migration(1): text + tail})
    result = action.push(db.url)
    assert result.code == 0 and db.versions() == [version(1)], result


# -- read-only by the server's word ------------------------------------------------------------------

def spying_vault(db):
    """A vault whose view writes, and tells what it may."""
    db.query("create table seen (what text); grant all on seen to postgres; create schema vault;"
             "create function vault.spy() returns text language plpgsql as $$ begin raise notice 'by default: %', "
             "current_setting('default_transaction_read_only'); insert into public.seen values ('written'); return 'x'; end $$;"
             "create view vault.decrypted_secrets as select gen_random_uuid() as id, 'stripe' as name, vault.spy() as decrypted_secret;"
             "grant usage on schema vault to postgres; grant select on vault.decrypted_secrets to postgres")


def test_a_dry_run_cannot_write(db, migrations, workspace, action):
    spying_vault(db)
    migrations({migration(1): "select 1;"})
    workspace.write("supabase/config.toml", '[db.vault]\nstripe = "a secret of ours"\n')
    result = action.dry_run(db.url)
    assert result.says("by default: on", "cannot execute INSERT in a read-only transaction"), result
    assert db.query("select * from seen") == []


def test_a_view_in_the_place_of_the_history_is_not_looked_into(cluster, db, mallory, migrations, action):
    """Its functions would run with our rights."""
    start = cluster.log_size()
    db.query("create schema supabase_migrations; grant all on schema supabase_migrations to public; set role mallory; "
             "create function supabase_migrations.trap() returns text language plpgsql as $$ begin raise '%s'; end $$;"
             "create view %s as select supabase_migrations.trap() as version, '{}'::text[] as statements; reset role;"
             "grant select on %s to public" % (hostile.MARK, HISTORY, HISTORY))
    migrations({migration(1): "select 1;"})
    result = action.dry_run(db.url)
    assert result.code == 6 and result.says("is not a table"), result
    assert not hostile.found(cluster.log_since(start))
