"""Who is at the other end of a project's connection, and what is done when nobody can tell."""
import re
import struct
import subprocess

import pytest

from action import BINARY, REPOSITORY
from cluster import OWNER_PASSWORD
from hosts import loopback
from management_stub import POOLER_HOST
from project import DIRECT_HOST, serving, tls_context
from workspace import migration

TLS = {migration(1): "do $$ begin raise notice 'tls: %', (select ssl from pg_stat_ssl where pid = pg_backend_pid()); end $$;\n"}
ENCODED = "Pr0mote%2Fte%24t%40p%3Ass%3F"  # the owner's password
NOTICE = "nobody has verified the server"


@pytest.fixture
def has_roots(project):
    """Whether this build has Supabase's roots: with them, the test server's certificate is refused."""
    return b"BEGIN CERTIFICATE" in (REPOSITORY / "build" / "supabase-ca.inc").read_bytes()


def test_without_an_authority_it_is_encrypted_and_one_notice_says_the_rest(project, migrations, action, has_roots):
    if has_roots:
        pytest.skip("this build has Supabase's roots")
    migrations(TLS)
    project.open_direct()
    result = project.run(action, ca=False, db_password=OWNER_PASSWORD)
    assert result.code == 0 and result.says("tls: t"), result
    assert len(result.notices) == 1 and NOTICE in result.notices[0].data, result
    assert result.log.count(NOTICE) == 2, "once in the log, once as an annotation"


def test_require_is_a_choice_and_no_notice(project, migrations, action):
    migrations(TLS)
    project.open_direct()
    result = project.run(action, ca=False, db_ssl_mode="require", db_password=OWNER_PASSWORD)
    assert result.code == 0 and result.says("tls: t") and not result.notices, result


def test_a_ca_verifies_the_hosts_name_by_either_route(pooler, migrations, action):
    migrations(TLS)
    result = pooler.run(action)
    assert result.code == 0 and not result.notices, result


def test_the_images_bundle_is_used_where_verification_is_wanted_without_a_ca(project, migrations, action, has_roots):
    if has_roots:
        pytest.skip("this build has Supabase's roots")
    migrations(TLS)
    project.open_direct()
    assert project.run(action, ca=False, db_ssl_mode="verify-full").code == 0  # SSL_CERT_FILE is the test's authority


def refused(result, remedy="db-ca-cert"):
    assert result.code == 5 and result.status == "failed", result
    assert result.says("subject CN = localhost", "issuer CN = test-ca", "valid until", remedy), result


@pytest.mark.parametrize("route", ["direct", "pooler"])
def test_a_certificate_of_somebody_else_is_named(project, request, migrations, action, route):
    """No way round it: not the other route, not plain text; and nothing of a login has been sent."""
    migrations(TLS)
    if route == "direct":
        project.open_direct()
    else:
        request.getfixturevalue("pooler")
    before = project.cluster.log_size()
    result = project.run(action, db_ca_cert=project.cluster.foreign_ca.read_text(), db_password=OWNER_PASSWORD)
    refused(result)
    assert project.stub.count("pooler") == (route == "pooler")
    assert not project.db.has_history() and "authentication failed" not in project.log_since(before)


def test_a_certificate_for_another_name_is_refused(project, migrations, action):
    """The authority is right, the name is not: verify-full notices, verify-ca does not care."""
    migrations(TLS)
    project.open_direct()
    other = "z" * 20
    project.stub.ref, project.stub.project["ref"] = other, other
    project.names["db.%s.supabase.co" % other] = project.names[DIRECT_HOST]
    result = project.run(action, project_ref=other)
    refused(result, "db-ssl-mode: verify-ca")
    assert result.says("does not match host name"), result
    assert project.run(action, project_ref=other, db_ssl_mode="verify-ca").code == 0


@pytest.mark.parametrize("host", [DIRECT_HOST, POOLER_HOST])
def test_a_url_to_supabase_is_never_in_plain_text(project, migrations, action, has_roots, host):
    """As a project: encrypted, and verified if this build can; libpq alone would fall back."""
    if has_roots:
        pytest.skip("this build has Supabase's roots")
    migrations(TLS)
    project.open_direct()
    project.names[host] = project.names[DIRECT_HOST]
    url = "postgresql://postgres:%s@%s:5432/postgres" % (ENCODED, host)
    for mode in ("", "?sslmode=prefer", "?sslmode=require"):
        result = project.run(action, ca=False, project_ref=None, access_token=None, api_url=None, mode="dry-run", db_url=url + mode)
        assert result.code == 0 and NOTICE in result.notices[0].data, result
        assert not result.says("is not encrypted"), result


def plain_server(address, heard):
    """Speaks no TLS, and wants the password in clear text."""
    def answer(session):
        session.recv(8)
        session.sendall(b"N")
        if session.recv(4096):
            session.sendall(b"R" + struct.pack("!ii", 8, 3))
            heard.append(session.recv(4096))

    return serving(address, answer)


def url_run(project, action, url, **inputs):
    """A URL instead of the project, under the project's names."""
    inputs = {"mode": "push", **inputs}
    return project.run(action, ca=False, project_ref=None, access_token=None, api_url=None, db_url=url, **inputs)


@pytest.mark.parametrize("mode", ["", "&sslmode=prefer", "&sslmode=require"])
def test_an_authority_in_the_url_does_not_lead_to_plain_text(project, migrations, action, mode):
    migrations(TLS)
    address, heard = loopback(), []
    project.names[DIRECT_HOST] = [address]
    url = "postgresql://postgres:clear-text-pass@%s:5432/postgres?sslrootcert=%s" % (DIRECT_HOST, project.cluster.ca)
    with plain_server(address, heard):
        result = url_run(project, action, url + mode)
    assert result.code == 5 and result.says("does not support SSL") and not heard, (heard, result)


@pytest.mark.parametrize("mode", ["", "&sslmode=prefer", "&sslmode=require", "&sslmode=verify-ca", "&sslmode=verify-full"])
def test_an_authority_in_the_url_verifies(project, migrations, action, mode):
    migrations(TLS)
    project.open_direct()
    url = "postgresql://postgres:%s@%s:5432/postgres?sslrootcert=" % (ENCODED, DIRECT_HOST)
    result = url_run(project, action, url + str(project.cluster.ca) + mode)
    assert result.code == 0 and result.says("tls: t") and not result.notices, result
    result = url_run(project, action, url + str(project.cluster.foreign_ca) + mode)
    assert result.says("certificate verify failed"), result
    refused(result)


@pytest.mark.parametrize("mode", ["", "&sslmode=require", "&sslmode=verify-ca", "&sslmode=verify-full"])
def test_a_certificate_that_a_urls_authority_refuses_is_named(cluster, db, migrations, action, mode):
    migrations(TLS)
    refused(action.push(db.url + ("&" if "?" in db.url else "?") + "sslrootcert=%s" % cluster.foreign_ca + mode))


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
def test_db_ssl_mode_uses_the_authority_in_the_url(cluster, db, migrations, action, mode):
    migrations(TLS)
    assert action.push(db.url_with(sslmode="require") + "&sslrootcert=%s" % cluster.ca, db_ssl_mode=mode).code == 0
    result = action.push(db.url_with(sslmode="require") + "&sslrootcert=%s" % cluster.foreign_ca, db_ssl_mode=mode)
    assert result.code == 5 and result.says("certificate verify failed"), result


def test_other_urls_are_left_as_they_are(db, migrations, action):
    migrations(TLS)
    result = action.push(db.url)
    assert result.code == 0 and result.says("tls: t") and not result.notices, result


@pytest.mark.parametrize("mode, code", [("verify-full", 0), ("verify-ca", 0), ("require", 0)])
def test_db_ssl_mode_holds_for_urls_too(cluster, db, migrations, action, mode, code):
    migrations(TLS)
    ca = {} if mode == "require" else {"db_ca_cert": cluster.ca.read_text()}
    assert action.push(db.url, db_ssl_mode=mode, **ca).code == code
    if ca:
        result = action.push(db.url, db_ssl_mode=mode, db_ca_cert=cluster.foreign_ca.read_text())
        assert result.code == 5 and result.says("issuer CN = test-ca"), result


def greedy_server(cluster, address, heard):
    """Speaks TLS, and wants the password in clear text."""
    def answer(plain):
        plain.recv(8)
        plain.sendall(b"S")
        with tls_context(cluster).wrap_socket(plain, server_side=True) as session:
            session.recv(4096)
            session.sendall(b"R" + struct.pack("!ii", 8, 3))
            heard.append(session.recv(4096))

    return serving(address, answer)


@pytest.mark.parametrize("verified", [False, True])
def test_nobody_unverified_gets_the_password_itself(project, migrations, action, has_roots, verified):
    """A verified server may ask for it: some poolers do."""
    library = subprocess.run([str(BINARY), "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if has_roots or int(re.search(r"libpq (\d+)", library).group(1)) < 16:
        pytest.skip("this build has Supabase's roots, or a libpq that cannot refuse")
    migrations(TLS)
    address, heard = loopback(), []
    project.names[DIRECT_HOST] = [address]
    with greedy_server(project.cluster, address, heard):
        result = project.run(action, ca=verified, db_password="in-clear-text")
    assert result.code == 5, result
    assert any(b"in-clear-text" in data for data in heard) == verified, heard
    assert verified or result.says("wants the password in clear text", "db-ca-cert"), result


# -- the roots that a build is given --------------------------------------------------------------------

def roots(*arguments):
    return subprocess.run([str(REPOSITORY / "deps" / "supabase-ca.sh"), *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


def fingerprint(certificate):
    text = subprocess.run(["openssl", "x509", "-in", str(certificate), "-noout", "-fingerprint", "-sha256"],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    return text.split("=")[1].strip().replace(":", "").lower()


def test_a_build_takes_no_certificate_that_is_not_pinned(cluster):
    result = roots(cluster.ca)
    assert result.returncode == 1 and "is not pinned: SHA-256 " + fingerprint(cluster.ca) in result.stderr


def test_nor_one_that_stands_behind_a_pinned_one(cluster, tmp_path):
    pins, both = tmp_path / "pins", tmp_path / "both.pem"
    pins.write_text(fingerprint(cluster.ca) + "  the test's\n")
    both.write_text(cluster.ca.read_text() + cluster.foreign_ca.read_text())
    assert roots(both, pins).returncode == 1


def test_pinned_certificates_become_a_c_string(cluster, tmp_path):
    pins = tmp_path / "pins"
    pins.write_text("# a comment\n%s  the test's\n" % fingerprint(cluster.ca))
    result = roots(cluster.ca, pins)
    assert result.returncode == 0, result.stderr
    text = "".join(line[1:-3] + "\n" for line in result.stdout.splitlines())
    assert text == cluster.ca.read_text()


@pytest.mark.parametrize("content", ["", "no certificate here\n"])
def test_a_file_without_a_certificate_is_an_error(tmp_path, content):
    (tmp_path / "empty.pem").write_text(content)
    assert roots(tmp_path / "empty.pem").returncode == 1
    assert roots(tmp_path / "missing.pem").returncode == 1


def test_a_build_without_the_file_has_no_roots():
    assert roots().stdout == '""\n'


def test_both_of_supabases_roots_are_pinned():
    pinned = [line.split()[0] for line in (REPOSITORY / "deps" / "supabase-ca.txt").read_text().splitlines()
              if line and not line.startswith("#")]
    assert len(pinned) == 2 and all(len(pin) == 64 for pin in pinned)
