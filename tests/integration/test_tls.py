"""Who is at the other end: TLS with and without a certificate authority of one's own."""
import pytest

import bouncer
from bouncer import Bouncer
from cluster import OWNER, OWNER_PASSWORD, free_port
from proxy import CLIENT, Proxy
from workspace import migration

FILES = {migration(1): "do $$ begin raise notice 'tls: %', (select ssl from pg_stat_ssl where pid = pg_backend_pid()); "
                       "end $$;\n"}


def test_a_ca_as_text_verifies_the_server(cluster, db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, db_ca_cert=cluster.ca.read_text())
    assert result.code == 0 and (result.says("tls: t")), result


def test_a_ca_as_a_path_verifies_the_server(cluster, workspace, db, migrations, action):
    migrations(FILES)
    workspace.write("certs/ca.pem", cluster.ca.read_text())
    for path in ("certs/ca.pem", str(workspace.root / "certs/ca.pem")):
        assert action.dry_run(db.url, db_ca_cert=path).code == 0


def test_a_foreign_ca_refuses_the_server(cluster, db, migrations, action):
    migrations(FILES)
    result = action.push(db.url, db_ca_cert=cluster.foreign_ca.read_text())
    assert result.code == 5 and result.says("certificate"), result
    assert not db.has_history()


def test_several_certificates_in_one_text_are_all_trusted(cluster, db, migrations, action):
    migrations(FILES)
    both = cluster.foreign_ca.read_text() + "\n# and ours\n" + cluster.ca.read_text()
    assert action.dry_run(db.url, db_ca_cert=both).code == 0


def test_the_hosts_name_is_verified(cluster, db, migrations, action):
    """127.0.0.2 leads to the same server, whose certificate does not know that name."""
    migrations(FILES)
    with Proxy(cluster.port, listen="127.0.0.2") as proxy:
        url = db.url_with(host="127.0.0.2", port=proxy.port)
        result = action.push(url, db_ca_cert=cluster.ca.read_text())
        assert result.code == 5 and result.says("certificate") or result.says("127.0.0.2"), result
        assert not db.has_history()


def test_a_name_in_the_certificate_is_fine(cluster, db, migrations, action):
    migrations(FILES)
    result = action.dry_run(db.url_with(host="localhost"), db_ca_cert=cluster.ca.read_text())
    assert result.code == 0, result


@pytest.mark.parametrize("sslmode", ["prefer", "require", "verify-ca", "disable"])
def test_a_weaker_mode_in_the_url_does_not_weaken_the_ca(cluster, db, migrations, action, sslmode):
    """Either the stronger wish wins, or the contradiction is a fault; never an unverified session."""
    migrations(FILES)
    with Proxy(cluster.port, listen="127.0.0.2") as proxy:
        url = db.url_with(host="127.0.0.2", port=proxy.port, sslmode=sslmode)
        result = action.push(url, db_ca_cert=cluster.ca.read_text())
    assert result.code in (2, 5), result
    assert not db.has_history()


@pytest.mark.parametrize("text", ["-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n",
                                  "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no/such/file.pem"],
                         ids=["nonsense", "a key", "no file"])
def test_something_else_than_a_certificate_is_a_fault(db, migrations, action, text):
    migrations(FILES)
    result = action.dry_run(db.url, db_ca_cert=text)
    assert result.code == 2 and result.says("db-ca-cert"), result


def test_without_a_ca_the_session_is_encrypted_where_the_server_can(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url)
    assert result.code == 0 and result.says("tls: t"), result


@pytest.mark.parametrize("query", [{}, {"sslmode": "prefer"}, {"sslmode": "allow"}])
def test_a_refused_password_is_tried_once_and_never_in_plain_text(cluster, db, migrations, action, query):
    """libpq's `prefer` would log in a second time, without TLS."""
    migrations(FILES)
    with Proxy(cluster.port) as proxy:
        result = action.push(cluster.url(db.name, password="wrong", port=proxy.port, **query))
        assert result.code == 5 and result.says("password authentication failed"), result
        assert proxy.connections == 1 and b"user" not in proxy.bytes_of(CLIENT)


@pytest.mark.skipif(not bouncer.PROGRAM, reason="no pgbouncer on this machine (Debian package: pgbouncer)")
@pytest.mark.parametrize("query", [{}, {"sslmode": "prefer"}])
def test_a_server_without_tls_is_spoken_to_in_plain_text(cluster, db, migrations, action, query):
    migrations({migration(1): "create table a (x int);"})
    port = free_port()
    with Bouncer(cluster, "session", port=port, database=db.name, tls="disable") as server:
        server.admit(OWNER, OWNER_PASSWORD, OWNER, OWNER_PASSWORD)
        with Proxy(port) as proxy:
            result = action.push(db.url_with(port=proxy.port, **query))
            assert result.code == 0 and result.applied == [migration(1)], result
            assert b"create table a" in proxy.bytes_of(CLIENT)
            result = action.push(db.url_with(port=proxy.port, sslmode="require"))
            assert result.code == 5 and result.says("does not support SSL"), result


def test_sslmode_disable_is_obeyed(db, migrations, action):
    migrations(FILES)
    result = action.push(db.url_with(sslmode="disable"))
    assert result.code == 0 and result.says("tls: f"), result


def test_the_password_does_not_travel_in_the_clear(cluster, db, migrations, action):
    migrations(FILES)
    with Proxy(cluster.port) as proxy:
        assert action.push(db.url_with(port=proxy.port, sslmode="disable")).code == 0
        assert b"Pr0mote" not in proxy.bytes_of(CLIENT)


def test_verify_full_in_the_url_without_a_ca_fails_closed(db, migrations, action):
    """The shipped authorities do not know our server's."""
    migrations(FILES)
    result = action.push(db.url_with(sslmode="verify-full"))
    assert result.code in (2, 5), result
    assert not db.has_history()


LIBPQ_VARIABLES = {"PGHOST": "192.0.2.1", "PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "PGDATABASE": "nowhere", "PGUSER": "nobody",
                   "PGPASSWORD": "x", "PGSERVICE": "nothing", "PGSSLMODE": "disable", "PGOPTIONS": "-c search_path=nowhere",
                   "PGREQUIREAUTH": "none", "PGTARGETSESSIONATTRS": "standby", "PGCLIENTENCODING": "LATIN1",
                   "PGSSLROOTCERT": "/no/such/file", "PGCHANNELBINDING": "disable", "PGAPPNAME": "forged"}


@pytest.mark.parametrize("name", LIBPQ_VARIABLES)
def test_a_jobs_environment_does_not_change_the_connection(cluster, db, migrations, action, name):
    """A job's `env:` reaches the container; what libpq would read from it is not what db-url says."""
    migrations({migration(1): "do $$ begin raise notice 'tls: %, path: %, name: %', (select ssl from pg_stat_ssl where pid = "
                              "pg_backend_pid()), current_setting('search_path'), current_setting('application_name'); end $$;"})
    result = action.push(db.url, extra={name: LIBPQ_VARIABLES[name]})
    assert result.code == 0 and result.says('tls: t, path: "$user", public, name: supabase-promote'), result
