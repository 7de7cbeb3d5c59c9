"""What migrations of Supabase projects do, on a database that looks like theirs, on each version."""
import pytest

import vault
from workspace import migration, version

pytestmark = pytest.mark.supabase

PROFILES = """
create table profiles (id uuid primary key references auth.users on delete cascade, name text, avatar text);
alter table profiles enable row level security;
create policy "own profile" on profiles for select to authenticated using ((select auth.uid()) = id);
create function public.welcome() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, name) values (new.id, new.raw_user_meta_data ->> 'name');
  return new;
end $$;
create trigger on_user after insert on auth.users for each row execute function public.welcome();
alter publication supabase_realtime add table profiles;
insert into storage.buckets (id, name) values ('avatars', 'avatars');
alter table profiles add column id_of_team uuid default uuid_generate_v4();
"""
ALICE = "00000000-0000-0000-0000-00000000a11c"


def as_user(database, role, sql, subject=None):
    """Rows of a query as PostgREST would ask it."""
    connection = database.connect(database.url)
    with connection.cursor() as cursor:
        cursor.execute("set role %s" % role)
        cursor.execute("select set_config('request.jwt.claim.sub', %s, false)", (subject or "",))
        cursor.execute(sql)
        rows = cursor.fetchall()
    connection.close()
    return rows


@pytest.mark.postgres()
def test_profiles_with_policies_triggers_and_a_bucket(db, migrations, action):
    migrations({migration(1): PROFILES})
    for result in (action.dry_run(db.url), action.push(db.url)):
        assert result.code == 0 and not result.warnings, result
    assert db.versions() == [version(1)]
    db.query("insert into auth.users (id, raw_user_meta_data) values (%s, '{\"name\": \"Alice\"}')", (ALICE,))
    assert as_user(db, "authenticated", "select name from profiles", ALICE) == [("Alice",)]
    assert as_user(db, "authenticated", "select name from profiles") == []
    assert as_user(db, "anon", "select count(*) from profiles") == [(0,)], "default privileges give the right, no policy a row"


@pytest.mark.postgres()
@pytest.mark.parametrize("statement, says", [
    ("create policy p on storage.objects for select using (true);", "must be owner of table objects"),
    ("alter table auth.users add column nickname text;", "must be owner of table users"),
    ("create function auth.tenant() returns text language sql as 'select 1::text';", "permission denied for schema auth"),
    ("create event trigger e on ddl_command_end execute function extensions.pgrst_ddl_watch();",
     "permission denied to create event trigger"),
])
def test_what_the_owner_may_not_do_leaves_nothing(db, migrations, action, statement, says):
    migrations({migration(1): "create table before_it (a int);\n" + statement})
    result = action.push(db.url)
    assert result.code == 8 and result.says(says, "42501"), result
    assert not db.has_table("before_it") and db.versions() == []


@pytest.mark.postgres()
def test_the_api_hears_of_a_change_and_of_a_drop(db, migrations, action):
    listener = db.connect()
    with listener.cursor() as cursor:
        cursor.execute("listen pgrst")
    migrations({migration(1): "create table heard (a int);", migration(2): "drop table heard;"})
    assert action.push(db.url).code == 0
    with listener.cursor() as cursor:
        cursor.execute("select 1")
    assert [notice.payload for notice in listener.notifies].count("reload schema") >= 2
    listener.close()


@pytest.mark.postgres()
def test_secrets_go_into_its_vault(db, workspace, migrations, action):
    migrations({migration(1): "create table t (a int);"})
    workspace.write("supabase/config.toml", '[db.vault]\nkey = "env(KEY)"\n')
    result = action.push(db.url, extra={"KEY": "a secret of tests"})
    assert result.code == 0 and vault.secrets(db) == {"key": "a secret of tests"}, result
