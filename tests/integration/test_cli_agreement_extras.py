"""Seeds, roles, config and vault: the real CLI and we leave the same behind, in both bookkeeping tables."""
import json
import shutil
import subprocess

import pytest

import supabase_cli
import vault
from cluster import OWNER_PASSWORD
from management_stub import REF, ManagementStub
from project import empty
from workspace import Workspace, migration


def seeds(db):
    if not db.value("select to_regclass('supabase_migrations.seed_files') is not null"):
        return None
    return db.query("select path, hash from supabase_migrations.seed_files order by path collate \"C\"")


def columns(db):
    return db.query("select attname, atttypid::regtype::text, attnotnull from pg_attribute where attnum > 0 and attrelid ="
                    " 'supabase_migrations.seed_files'::regclass order by attnum")


def push(cli, url, folder, *flags, variables=None):
    home = folder / ".home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(supabase_cli.push_command(cli, url, folder, *flags),
                          env={**supabase_cli.environment(home), **(variables or {})}, cwd=str(folder),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, done.stdout.decode("utf-8", "replace")


@pytest.fixture
def both(cli, db, twin, workspace, action):
    """Pushes the same files by both, and compares what is left. Every seed adds its name to t, with a number."""
    def compare(files, *flags, variables=None, codes=(0, 0), **inputs):
        workspace.migrations({migration(1): "create table t (n serial, a text);"})
        for name, text in files.items():
            workspace.write(name, text)
        code, said = push(cli, twin.url_with(sslmode="disable"), workspace.root, *flags, variables=variables)
        result = action.push(db.url, extra=variables, **inputs)
        assert ((result.code == 0), (code == 0)) == tuple(not wanted for wanted in codes), "%s\n%r" % (said, result)
        assert seeds(db) == seeds(twin), "%s\n%r" % (said, result)
        assert db.history() == twin.history(), "%s\n%r" % (said, result)
        if db.has_table("t"):
            order = "select a from t order by n"
            assert db.query(order) == twin.query(order), "%s\n%r" % (said, result)
        return said, result
    return compare


def seed(name):
    return "insert into t (a) values ('%s');" % name


def tree(*names):
    return {name: seed(name) for name in names}


# (patterns, files), each case in a folder of its own: one push of the CLI takes more than a second.
PATTERNS = {
    "plain": (["./a.sql", "b.sql"], ["b.sql", "a.sql"]),
    "bytes": (["*.sql"], ["b.sql", "B.sql", "a.sql", "é.sql", "_.sql", "10.sql", "9.sql", ".hidden.sql"]),
    "once": (["b.sql", "*.sql", "./a.sql"], ["a.sql", "b.sql"]),
    "classes": (["[ab][!x].sql", "[^a-c]?.sql", "[a-", "x[\\]].sql", "[b-a].sql", "[]a].sql"],
                ["a!.sql", "ax.sql", "b1.sql", "d1.sql", "x].sql", "é1.sql", "a.sql"]),
    "question": (["?.sql", "a?c.sql"], ["é.sql", "ab.sql", "a日c.sql"]),
    "folders": (["seeds", "more/*/x"], ["seeds/b/1.sql", "seeds/a.sql", "seeds/b.txt", "seeds/.h/2.sql", "more/1/x/y.sql",
                                        "more/2/x.sql"]),
    "suffix": (["seeds/*"], ["seeds/a.txt", "seeds/b", "seeds/c/d.sql"]),
    "stars": (["*/*/s*.sql", "**/x.sql", "*a*b*.sql"], ["a/b/s1.sql", "a/s2.sql", "a/b/c/s3.sql", "q/x.sql", "q/r/x.sql",
                                                        "1a2a3b.sql", "ba.sql"]),
    "above": (["../above/data/*.sql", "./x/../y.sql", "..//above/./z.sql"], ["data/1.sql", "y.sql", "z.sql"]),
    "literal": (["a\\*.sql", "b[*].sql", "c\\?.sql"], ["a*.sql", "ax.sql", "b*.sql", "c?.sql", "cx.sql"]),
}


def test_the_same_seeds_in_the_same_order(both):
    patterns, names = [], ["data/1.sql", "data/2.sql"]
    for folder, (some, files) in PATTERNS.items():
        patterns += ["%s/%s" % (folder, pattern) for pattern in some]
        names += ["supabase/%s/%s" % (folder, file) for file in files]
    patterns += ["", "none", "../data/*.sql"]
    config = {"supabase/config.toml": "[db.seed]\nsql_paths = %s\n" % json.dumps(patterns, ensure_ascii=False)}
    said, result = both({**tree(*names), **config}, "--include-seed", include_seed="true")
    assert len(result.names("seed-files")) > 30 and "data/1.sql" in result.names("seed-files"), result


@pytest.mark.parametrize("patterns, names", [
    (None, ["supabase/seed.sql"]), (None, ["supabase/other.sql"]), ("[]", ["supabase/seed.sql"]),
    ('"./b.sql,a*.sql"', ["supabase/b.sql", "supabase/a1.sql", "supabase/a2.sql"])],
    ids=["default", "default without a file", "none", "one string"])
def test_the_same_defaults(both, patterns, names):
    config = {} if patterns is None else {"supabase/config.toml": "[db.seed]\nsql_paths = %s\n" % patterns}
    both({**tree(*names), **config}, "--include-seed", include_seed="true")


def test_the_same_seeds_a_second_and_a_third_time(both, db, twin):
    files = {**tree("supabase/a.sql", "supabase/b.sql"), "supabase/config.toml": '[db.seed]\nsql_paths = ["*.sql"]\n'}
    both(files, "--include-seed", include_seed="true")
    both(files, "--include-seed", include_seed="true")
    said, result = both({"supabase/b.sql": seed("changed"), "supabase/c.sql": seed("c")}, "--include-seed", include_seed="true")
    assert "Updating seed hash to supabase/b.sql" in said and result.says("only its hash renewed"), result
    assert columns(db) == columns(twin)


def test_seeds_of_odd_bytes(both):
    both({"supabase/config.toml": '[db.seed]\nsql_paths = ["*.sql"]\n', "supabase/a.sql": "", "supabase/b.sql": "\n-- only\n",
          "supabase/c.sql": "\ufeff" + seed("bom"), "supabase/d.sql": seed("crlf").replace(" ", "\r\n") + "\r\n;;",
          "supabase/e.sql": "insert into t (a) values ('x;y'), ($$a;b$$);"}, "--include-seed", include_seed="true")


def test_a_failing_seed_leaves_the_same(both):
    both({"supabase/config.toml": '[db.seed]\nsql_paths = ["a.sql", "b.sql", "c.sql"]\n', **tree("supabase/a.sql", "supabase/c.sql"),
          "supabase/b.sql": seed("b") + " select 1/0;"}, "--include-seed", codes=(14, 1), include_seed="true")


def test_the_two_can_take_turns_with_seeds(cli, db, workspace, action):
    url = db.url_with(sslmode="disable")
    workspace.migrations({migration(1): "create table t (n serial, a text);"})
    workspace.write("supabase/config.toml", '[db.seed]\nsql_paths = ["*.sql"]\n')
    workspace.write("supabase/a.sql", seed("a"))
    assert action.push(url, include_seed="true").status == "pushed"
    workspace.write("supabase/b.sql", seed("b"))
    code, said = push(cli, url, workspace.root, "--include-seed")
    assert code == 0 and "supabase/a.sql" not in said and "Seeding data from supabase/b.sql" in said, said
    assert action.push(url, include_seed="true").status == "up-to-date"


JSON = '{ /* c */ "db": {"seed": {"sql_paths": ["b.sql", "a.sql",]}}, // c\n }'


@pytest.mark.parametrize("name, text", [
    ("config.toml", "[db.seed]\nenabled = false\n"), ("config.toml", '[db.seed]\nenabled = "env(SEED)"\n'),
    ("config.toml", '[db.seed]\nsql_paths = ["env(PATTERN)"]\n'), ("config.toml", '[db.seed]\nsql_paths = "env(PATTERNS)"\n'),
    ("config.toml", "\ufeffdb.seed.sql_paths = ['b.sql']\n"), ("config.toml", "[db.migrations]\nenabled = false\n"),
    ("config.json", JSON), ("config.jsonc", JSON)])
def test_the_same_config(both, name, text):
    both({"supabase/" + name: text, **tree("supabase/a.sql", "supabase/b.sql"), "supabase/seed.sql": "select 1;"}, "--include-seed",
         include_seed="true", variables={"SEED": "false", "PATTERN": "a.sql", "PATTERNS": "b.sql,a.sql"})


BASE = """
[db.seed]
sql_paths = ["base.sql"]
[db.vault]
shared = "value of the base"
other = "other value"
[remotes.staging]
project_id = "tsrqponmlkjihgfedcba"
db.migrations.enabled = false
[remotes.staging.db.vault]
shared = "value of staging"
[remotes.production]
project_id = "%s"
""" % REF
REMOTES = {
    "nothing in it": "",
    "paths": '[remotes.production.db.seed]\nsql_paths = ["remote.sql"]\n',
    "seed enabled": "[remotes.production.db.seed]\nenabled = true\n",
    "seed disabled": "[remotes.production.db.seed]\nenabled = false\n",
    "no paths": "[remotes.production.db.seed]\nsql_paths = []\n",
    "a path from a variable": '[remotes.production.db]\nseed.sql_paths = ["env(PATTERN)", "base.sql"]\n',
    "secrets": '[remotes.production.db.vault]\nshared = "value of production"\nthird = "env(THIRD)"\n',
    "no migrations": "[remotes.production.db.migrations]\nenabled = false\n",
    "another remote's": '[remotes.staging.db.seed]\nsql_paths = ["remote.sql"]\n',
}


@pytest.fixture
def on_project(cli, project, workspace, action):
    """Pushes to the project by its reference, one after the other; what each has left."""
    project.open_direct()
    project.set_password("postgres", OWNER_PASSWORD)

    def left():
        rows = project.db.query("select a from t order by n") if project.db.has_table("t") else None
        return rows, seeds(project.db), vault.secrets(project.db), project.db.has_history()

    def clean():
        project.db.query("drop schema if exists vault cascade; drop extension if exists pgcrypto cascade")
        empty(project.db)

    def compare(files, variables):
        workspace.migrations({migration(1): "create table t (n serial, a text);"})
        for name, text in files.items():
            workspace.write(name, text)
        vault.install(project.db)
        with ManagementStub() as api:
            code, said = supabase_cli.push_project(cli, project, api, workspace.root, "--include-seed", password=OWNER_PASSWORD,
                                                   variables=variables)
        theirs = left()
        clean()
        vault.install(project.db)
        result = project.run(action, include_seed="true", db_password=OWNER_PASSWORD, extra=variables)
        assert (code == 0) == (result.code == 0) and left() == theirs, "%s\n%r" % (said, result)
        return said, result
    yield compare
    clean()


@pytest.mark.parametrize("block", REMOTES.values(), ids=REMOTES.keys())
def test_the_same_remote_merged_in_the_same_way(on_project, block):
    said, result = on_project({"supabase/config.toml": BASE + block, **tree("supabase/base.sql", "supabase/remote.sql")},
                              {"PATTERN": "remote.sql", "THIRD": "value of the variable"})
    assert "Loading config override: [remotes.production]" in said and result.says("with [remotes.production]"), said


def test_the_same_secrets(both, db, twin):
    vault.install(db)
    vault.install(twin)
    for database in (db, twin):
        database.query("select vault.create_secret('old value', 'old', 'described')")
    both({"supabase/config.toml": '[db.vault]\na = "env(AA)"\nb = "a literal"\nc = "env(NOT_SET)"\nd = ""\nold = "new value"\n'
                                  'f = "x env(AA)"\n"g.h i" = "quoted name"\nempty = "env(EMPTY)"\n'},
         variables={"AA": "value of AA", "EMPTY": ""})
    rows = "select name, decrypted_secret, description from vault.decrypted_secrets order by 1"
    assert db.query(rows) == twin.query(rows)
    assert len(db.query(rows)) == 5


def test_roles_by_both(cli, db, twin, workspace, action):
    workspace.migrations({migration(1): "create table t (a int); grant select on t to agreed;"})
    workspace.write("supabase/roles.sql", "create role agreed nologin connection limit 7;\n")
    what = "select rolname, rolcanlogin, rolconnlimit from pg_roles where rolname = 'agreed'"
    try:
        code, said = push(cli, twin.url_with(sslmode="disable"), workspace.root, "--include-roles")
        assert code == 0, said
        theirs = twin.query(what)
        # A known difference: the CLI's second run fails, ours passes over what exists.
        code, said = push(cli, twin.url_with(sslmode="disable"), workspace.root, "--include-roles")
        assert code == 1 and "42710" in said, said
        assert action.push(db.url, include_roles="true").status == "pushed"
        assert db.query(what) == theirs and db.history() == twin.history()
    finally:
        for database in (db, twin):
            database.query("drop owned by agreed")
        db.query("drop role agreed")


def test_a_copy_of_the_workspace_elsewhere_has_the_same_keys(cli, db, tmp_path, action, workspace):
    """Keys are relative to the folder above supabase/, wherever that is."""
    inner = Workspace(workspace.root / "packages" / "db")
    inner.migrations({migration(1): "create table t (n serial, a text);"})
    inner.write("supabase/seed.sql", seed("one"))
    result = action.push(db.url, include_seed="true", working_directory="packages/db/supabase")
    assert result.code == 0 and seeds(db)[0][0] == "supabase/seed.sql", result
    copy = tmp_path / "copy"
    shutil.copytree(inner.root, copy)
    code, said = push(cli, db.url_with(sslmode="disable"), copy, "--include-seed")
    assert code == 0 and "up to date" in said, said
