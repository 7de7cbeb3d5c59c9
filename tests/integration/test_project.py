"""Supabase projects as targets: from a reference and a token to a push, by either route."""
import pytest

from management_stub import POOLER_HOST, REF
from project import DIRECT_HOST
from workspace import migration, version

FILES = {migration(1): "create table one (a int);\n", migration(2): "create table two (a int);\n"}
WHO = "do $$ begin raise notice 'who: % as % via %', session_user, current_user, current_setting('application_name'); end $$;\n"


def test_reference_and_token_are_enough_by_the_direct_route(project, migrations, action):
    migrations({**FILES, migration(3): WHO})
    project.open_direct()
    result = project.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert project.db.versions() == [version(n) for n in (1, 2, 3)]
    assert result.says("route: direct, " + DIRECT_HOST, "who: cli_login_postgres as postgres via supabase-promote"), result
    assert result.says("project shop-staging (%s) in eu-central-1, PostgreSQL 17.6.1.111" % REF), result
    assert "shop-staging" in result.summary and "eu-central-1" in result.summary, result
    assert project.db.value("select tableowner from pg_tables where tablename = 'one'") == "postgres"


def test_and_by_the_pooler_where_the_direct_host_is_out_of_reach(pooler, migrations, action):
    migrations({**FILES, migration(3): WHO})
    result = pooler.run(action)
    assert result.code == 0 and result.status == "pushed", result
    assert pooler.db.versions() == [version(n) for n in (1, 2, 3)]
    assert result.says("route: the shared pooler in session mode, %s:5432" % POOLER_HOST, DIRECT_HOST), result
    assert result.says("who: cli_login_postgres as postgres"), result
