"""Poolers that change the backend from one transaction to the next: nothing of a session is ours there."""
import pytest

import bouncer
from bouncer import Bouncer
from cluster import OWNER, OWNER_PASSWORD, free_port
from management_stub import POOLER_HOST, REF
from project import DIRECT_HOST, empty
from workspace import migration

FILES = {migration(1): "create table one (a int);\n"}
pytestmark = pytest.mark.skipif(not bouncer.PROGRAM, reason="no pgbouncer on this machine (Debian package: pgbouncer)")


@pytest.fixture
def behind(cluster, db):
    """behind(mode): a URL that leads to the database through a pooler that has no telling name."""
    opened = []

    def open_pooler(mode, **options):
        running = Bouncer(cluster, mode, port=free_port(), database=db.name, tls="prefer", **options).__enter__()
        opened.append(running)
        running.admit(OWNER, OWNER_PASSWORD, OWNER, OWNER_PASSWORD)
        return db.url_with(port=running.port)
    yield open_pooler
    for running in opened:
        running.__exit__()


@pytest.mark.parametrize("mode", ["transaction", "statement"])
@pytest.mark.parametrize("pool_size", [1, 5])
def test_a_push_through_a_pool_without_sessions_is_refused(db, behind, migrations, action, mode, pool_size):
    migrations(FILES)
    result = action.push(behind(mode, pool_size=pool_size))
    assert result.code == 7 and result.status == "blocked", result
    assert result.says("connection pooler in %s mode" % mode, "session mode"), result
    assert not db.query("select from pg_locks where locktype = 'advisory' and database = "
                        "(select oid from pg_database where datname = current_database())")
    assert not db.has_history()


def test_so_is_a_rehearsal(db, behind, migrations, action):
    migrations(FILES)
    result = action.dry_run(behind("transaction", pool_size=1), rehearse="target")
    assert result.code == 7 and result.status == "blocked" and not db.has_history(), result


def test_and_leaves_nothing_behind_in_the_pools_connections(db, behind, migrations, action):
    """They are other people's: a lock timeout of ours would be theirs."""
    migrations(FILES)
    url = behind("transaction", pool_size=1)
    settings = "select current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('row_security')"
    before = look(db, url, settings)
    for mode in ("dry-run", "push"):
        action(mode=mode, db_url=url, lock_timeout="7s", statement_timeout="8s")
    assert look(db, url, settings) == before


def test_a_rehearsal_gets_on_where_a_connection_has_a_statement_of_its_name_already(db, behind, migrations, action):
    migrations(FILES)
    url = behind("session", pool_size=1, reset="")
    connection = db.connect(url)
    connection.cursor().execute("prepare promote_probe as select 1")
    connection.close()
    result = action.dry_run(url, rehearse="target")
    assert result.code == 0 and result.report["rehearsal"]["complete"], result


def look(db, url, sql):
    connection = db.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


def test_a_dry_run_through_transaction_mode_works(db, behind, migrations, action):
    migrations(FILES)
    result = action.dry_run(behind("transaction"))
    assert result.code == 0 and result.status == "planned", result


@pytest.mark.parametrize("pool_size", [1, 5])
def test_session_mode_is_fine(db, behind, migrations, action, pool_size):
    migrations(FILES)
    result = action.push(behind("session", pool_size=pool_size))
    assert result.code == 0 and db.has_table("one"), result


URLS = [
    ("postgresql://postgres.%s:hidden-w0rd@%s:6543/postgres" % (REF, POOLER_HOST),
     "postgresql://postgres.%s:<password>@%s:5432/postgres" % (REF, POOLER_HOST)),
    ("postgresql://postgres:hidden-w0rd@db.%s.supabase.co:6543/postgres" % REF,
     "postgresql://postgres:<password>@db.%s.supabase.co:5432/postgres" % REF),
    ("postgresql://postgres.%s:hidden-w0rd@%s:6543,%s:6543/postgres" % (REF, POOLER_HOST, POOLER_HOST),
     "postgresql://postgres.%s:<password>@%s:5432/postgres" % (REF, POOLER_HOST)),
    ("postgresql://postgres.%s:hidden-w0rd@db.example.org,%s:06543/postgres" % (REF, POOLER_HOST),
     "postgresql://postgres.%s:<password>@%s:5432/postgres" % (REF, POOLER_HOST)),
    ("postgresql://postgres.%s:hidden-w0rd@%s.:6543/postgres" % (REF, POOLER_HOST),
     "postgresql://postgres.%s:<password>@%s.:5432/postgres" % (REF, POOLER_HOST)),
]


@pytest.mark.alone
@pytest.mark.parametrize("url, instead", URLS, ids=["shared", "dedicated", "twice", "in a list", "with a dot"])
def test_supabases_transaction_port_is_known(migrations, action, url, instead):
    """Before anything is contacted; the URL to use instead holds no password."""
    migrations(FILES)
    result = action.push(url)
    assert result.code == 7 and result.says("6543", instead), result
    assert result.seconds < 1, result


@pytest.mark.parametrize("url, instead", URLS, ids=["shared", "dedicated", "twice", "in a list", "with a dot"])
def test_a_dry_run_is_told(migrations, action, url, instead):
    migrations(FILES)
    result = action.dry_run(url, connect_timeout="1s")
    assert any("a push refuses" in warning.data and "5432" in warning.data for warning in result.warnings), result


def test_transaction_mode_is_found_out_at_supabases_hosts_too(project, migrations, action):
    """The name says session mode; what it does says otherwise."""
    migrations(FILES)
    project.open_pooler(mode="transaction")
    url = "postgresql://postgres.%s:%s@%s/postgres" % (REF, "Pr0mote%2Fte%24t%40p%3Ass%3F", POOLER_HOST)
    result = project.run(action, project_ref=None, access_token=None, api_url=None, db_url=url)
    assert result.code == 7 and result.says("connection pooler in transaction mode", "session mode"), result
    assert not project.db.has_history()


@pytest.mark.alone
def test_that_costs_no_turn_and_no_connection_without_a_pooler(project, migrations, action):
    migrations(FILES)
    proxy = project.open_direct(rtt_ms=40)

    def turns(**inputs):
        empty(project.db)
        proxy.reset_counters()
        proxy.links.clear()
        assert project.run(action, **inputs).code == 0
        return proxy.turns
    given = turns(db_password=OWNER_PASSWORD)
    url = "postgresql://postgres:%s@%s/postgres" % ("Pr0mote%2Fte%24t%40p%3Ass%3F", DIRECT_HOST)
    assert turns(project_ref=None, access_token=None, api_url=None, db_url=url) <= given
    assert proxy.connections == 1
