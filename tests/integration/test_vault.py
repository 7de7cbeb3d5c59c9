"""[db.vault]: secrets are brought to the target, compared, and never seen."""
import threading

import pytest

import vault
from workspace import migration

STRIPE, RESEND = "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "re_Zx9 'quoted' \"and\" \\ ü"


@pytest.fixture
def project(workspace, migrations, db):
    """A workspace with a migration and these vault entries; a target with a vault."""
    vault.install(db)

    def make(entries, number=1):
        migrations({migration(number): "create table t%d (a int);" % number})
        lines = ["%s = %s" % (name, value) for name, value in entries.items()]
        workspace.write("supabase/config.toml", "[db.vault]\n" + "\n".join(lines) + "\n")
        return workspace
    return make


@pytest.fixture
def run(action, db):
    """push(db.url, …) whose whole output is searched for the secrets."""
    def call(mode="push", secrets=(STRIPE, RESEND), variables=None, **inputs):
        result = action(mode=mode, db_url=db.url, extra=variables or {"STRIPE": STRIPE, "RESEND": RESEND}, **inputs)
        for secret in secrets:
            for text in (result.log, result.stderr, result.output_text, result.summary):
                assert secret not in text, result
        return result
    return call


def wait_for(true):
    for _ in range(300):
        if true():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


BOTH = {"stripe": '"env(STRIPE)"', "resend": '"env(RESEND)"'}


def test_secrets_are_created_updated_and_left_alone(db, project, run):
    project(BOTH)
    result = run("dry-run")
    assert result.status == "planned" and result.says("vault: 2 new, 0 changed, 0 equal"), result
    assert result.names("vault-secrets") == ["resend", "stripe"] and vault.secrets(db) == {}
    result = run()
    assert result.status == "pushed" and vault.secrets(db) == {"stripe": STRIPE, "resend": RESEND}, result
    assert STRIPE in result.masks and RESEND in result.masks, result

    before = vault.times(db)
    project(BOTH, 2)
    result = run()
    assert result.status == "pushed" and result.names("vault-secrets") == [] and vault.times(db) == before, result
    assert result.says("vault: 0 new, 0 changed, 2 equal"), result

    project(BOTH, 3)
    result = run(variables={"STRIPE": "another-value", "RESEND": RESEND}, secrets=(STRIPE, "another-value"))
    assert result.names("vault-secrets") == ["stripe"] and vault.secrets(db)["stripe"] == "another-value", result
    assert vault.times(db)["resend"] == before["resend"]
    assert [row["state"] for row in result.report["vault"]] == ["equal", "updated"], result


def test_without_a_pending_migration_the_vault_is_left_alone(db, project, run):
    project(BOTH)
    run()
    before = vault.times(db)
    result = run(variables={"STRIPE": "another-value", "RESEND": RESEND}, secrets=("another-value",))
    assert result.status == "up-to-date" and vault.times(db) == before, result
    assert result.says("not compared: no migration is pending"), result


def test_an_unset_variable_is_named_and_its_secret_left_alone(db, project, run):
    project({"stripe": '"env(STRIPE)"', "gone": '"env(NOT_SET_HERE)"', "blank": '"env(BLANK)"', "empty": '""', "text": '"a literal value"'})
    db.query("select vault.create_secret('kept', 'gone')")
    result = run(variables={"STRIPE": STRIPE, "BLANK": ""}, secrets=(STRIPE, "a literal value"))
    assert result.code == 0, result
    assert vault.secrets(db) == {"stripe": STRIPE, "gone": "kept", "text": "a literal value"}, result
    assert [(w.properties["file"], w.properties["line"]) for w in result.warnings] == [
        ("supabase/config.toml", "4"), ("supabase/config.toml", "3")], result
    assert any("NOT_SET_HERE is not set" in w.data for w in result.warnings), result


def test_a_long_list_of_unset_variables_does_not_flood_the_annotations(db, project, run):
    project({"key%d" % number: '"env(NOT_SET_%d)"' % number for number in range(40)})
    result = run()
    assert result.code == 0 and len(result.warnings) <= 10 and result.says("NOT_SET_39 is not set"), result


def test_skip_vault(db, project, run):
    project({**BOTH, "odd": '"encrypted:BJ8"', "number": "4"})
    result = run(skip_vault="true")
    assert result.status == "pushed" and vault.secrets(db) == {}, result


def test_a_target_without_vault_is_told_before_anything_runs(db, workspace, migrations, action):
    migrations({migration(1): "create table t (a int);"})
    workspace.write("supabase/config.toml", '[db.vault]\nkey = "some literal"\n')
    for mode in ("dry-run", "push"):
        result = action(mode=mode, db_url=db.url, include_roles="true")
        assert result.code == 7 and result.says("the target has no vault", "skip-vault: true"), result
        assert not db.has_table("t")
    assert action.push(db.url, skip_vault="true").status == "pushed"


def test_a_vault_that_may_not_be_read(db, project, run):
    project(BOTH)
    db.query("revoke all on vault.decrypted_secrets from postgres")
    result = run()
    assert result.code == 14 and result.says("the vault cannot be read", "42501"), result
    assert not db.has_table("t1")


def test_a_dry_run_whose_login_may_not_read_the_vault_warns(db, project, run):
    project(BOTH)
    digest = run("dry-run").outputs["plan-digest"]
    db.query("revoke all on vault.decrypted_secrets from postgres")
    result = run("dry-run")
    assert result.status == "planned" and result.says("the vault cannot be read", "not compared"), result
    assert result.outputs["plan-digest"] == digest, result
    db.query("grant select on vault.decrypted_secrets to postgres")
    assert run(expect_plan=digest).status == "pushed"


def lose_key(db, names=("stripe", "resend")):
    """As after a restore under another key: what is stored can be decrypted no more."""
    db.query("update vault.secrets set secret = encode(public.pgp_sym_encrypt('x', 'a key before the restore'), 'base64')"
             " where name = any(%s)", (list(names),))


def test_a_secret_that_cannot_be_decrypted_is_written_again(db, project, run):
    project({**BOTH, "third": '"a literal value"'})
    run()
    lose_key(db)
    project({**BOTH, "third": '"a literal value"', "fourth": '"a fourth value"'}, 2)
    for mode in ("dry-run", "push"):
        result = run(mode)
        assert result.code == 0 and result.says("vault: 1 new, 2 changed, 1 equal"), result
        texts = [warning.data for warning in result.warnings]
        assert len(texts) == 2 and all("cannot decrypt" in text and "39000" in text for text in texts), result
        assert not result.says("connect as a role that may"), result
    assert vault.secrets(db) == {"stripe": STRIPE, "resend": RESEND, "third": "a literal value", "fourth": "a fourth value"}
    project(BOTH, 3)
    result = run()
    assert result.says("vault: 0 new, 0 changed, 2 equal") and not result.warnings, result


def test_a_secret_that_cannot_be_decrypted_in_a_table_that_may_not_be_read(db, project, run):
    project(BOTH)
    run()
    lose_key(db)
    project(BOTH, 2)
    db.query("revoke all on vault.secrets from postgres")
    result = run()
    assert result.code == 14 and result.says("42501", "connect as a role that may"), result
    assert not db.has_table("t2")


def test_a_limit_that_is_reached_says_nothing_of_the_secret(db, project, run):
    project(BOTH)
    db.query("create or replace view vault.decrypted_secrets as select id, name, description, secret,"
             " secret || pg_sleep(20) as decrypted_secret, key_id, nonce, created_at, updated_at from vault.secrets")
    db.query("select vault.create_secret('old', 'stripe')")
    result = run(statement_timeout="300ms")
    assert result.code == 14 and result.says("the vault cannot be read", "57014") and not result.says("a role that may"), result
    assert not db.has_table("t1") and result.seconds < 15


def test_two_pushes_that_set_the_same_secret(db, project, run, action, workspace):
    """The first has set it when its migration fails; the second, which waits, has planned to create it."""
    project(BOTH)
    workspace.write("supabase/migrations/" + migration(1), "select 1/0;")
    workspace.write("supabase/roles.sql", "do $$begin perform pg_sleep(2); end$$;")
    variables = {"STRIPE": STRIPE, "RESEND": RESEND}
    first = action.start(mode="push", db_url=db.url, include_roles="true", extra=variables)
    wait_for(lambda: any("pg_sleep" in row[2] for row in db.backends("active")))
    project(BOTH)
    second = run()
    assert first.wait(30).code == 8, first
    assert second.code == 0 and vault.secrets(db) == {"stripe": STRIPE, "resend": RESEND} and db.has_table("t1"), second
    assert [row["state"] for row in second.report["vault"]] == ["equal", "equal"], second


def test_secrets_that_cannot_get_a_lock_are_tried_again(db, project, run, action):
    project(BOTH)
    blocker = db.connect()
    blocker.autocommit = False
    blocker.cursor().execute("lock table vault.secrets in share mode")
    result = run(lock_timeout="100ms", lock_retries="1")
    assert result.code == 14 and result.says("55P03", "tried 2 times") and not db.has_table("t1"), result
    running = action.start(mode="push", db_url=db.url, lock_timeout="100ms", extra={"STRIPE": STRIPE, "RESEND": RESEND})
    wait_for(lambda: b"the vault's secrets: canceling statement" in running.stdout)
    blocker.close()
    result = running.wait(30)
    assert result.code == 0 and vault.secrets(db) == {"stripe": STRIPE, "resend": RESEND}, result


def test_a_refusal_shows_no_value(db, project, run):
    project(BOTH)
    db.query("alter table vault.secrets add check (name <> 'stripe')")
    result = run()
    assert result.code == 14 and result.says("vault secret stripe", "23514"), result
    assert vault.secrets(db) == {} and not db.has_table("t1"), result
    assert result.says("failed at the vault's secrets; 0 of 1 migration applied"), result


def test_a_value_that_the_server_throws_back_is_masked(db, project, run):
    project(BOTH)
    db.query("create function vault.tell() returns trigger language plpgsql as $$begin raise notice 'got %', new.secret; return new; end$$")
    db.query("create trigger tell after insert on vault.secrets for each row execute function vault.tell()")
    db.query("create or replace function vault.create_secret(new_secret text, new_name text default null, new_description text"
             " default '', new_key_id uuid default null) returns uuid language plpgsql security definer as"
             " $$begin raise exception 'no: %', new_secret; end$$")
    result = run()
    assert result.code == 14 and result.says("no: ***"), result


def test_hostile_names_and_values(db, project, run):
    key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8\n-----END KEY-----\n"
    project({'"a\'b\\"; drop table x"': '"env(K)"', '"with.dots and blanks"': "'''%s'''" % key, '"::error::x"': '"plain value"',
             '"é"': '"env(K)"'})
    result = run(variables={"K": "%s $1 ; -- \\"}, secrets=("%s $1 ; -- \\", "MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8", "plain value"))
    assert result.code == 0, result
    assert vault.secrets(db) == {"a'b\"; drop table x": "%s $1 ; -- \\", "with.dots and blanks": key, "::error::x": "plain value",
                                 "é": "%s $1 ; -- \\"}


def test_values_are_parameters_and_no_part_of_sql(db, project, run, cluster):
    project(BOTH)
    offset = cluster.log_size()
    run()
    statements = [line for line in cluster.log_since(offset).split("\n") if "vault." in line and "create_secret" in line]
    assert statements and all(STRIPE not in line.split("DETAIL")[0] for line in statements)


def test_a_short_value_is_set_and_a_warning_says_that_it_cannot_be_masked(db, project, run):
    project({"pin": '"env(PIN)"'})
    result = run(variables={"PIN": "123"}, secrets=())
    assert result.code == 0 and vault.secrets(db) == {"pin": "123"} and result.says("too short or too common"), result


def test_secrets_of_an_invalid_file_are_not_shown(db, project, run, workspace):
    project({})
    workspace.write("supabase/config.toml", "[db.vault]\nkey = %s\n" % STRIPE)
    result = run()
    assert result.code == 13 and result.errors[0].properties["line"] == "2", result


def test_encrypted_values_are_refused(db, project, run):
    project({"key": '"encrypted:BJ8abcdefgh"'})
    result = run(secrets=("encrypted:BJ8abcdefgh",))
    assert result.code == 13 and result.says("cannot be decrypted here"), result


def test_statement_timeout_holds_for_the_vault(db, project, run):
    project(BOTH)
    db.query("create or replace function vault.create_secret(new_secret text, new_name text default null, new_description text"
             " default '', new_key_id uuid default null) returns uuid language sql as 'select null::uuid from pg_sleep(20)'")
    result = run(statement_timeout="200ms")
    assert result.code == 14 and result.says("57014") and result.seconds < 15, result
