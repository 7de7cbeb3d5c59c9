#!/usr/bin/python3
"""All that a push does, in the image: config.toml with two remotes, three seeds, roles and two vault secrets, on an
empty project with 300 migrations; dry run, push with a restore point and a verify script, and a second push that changes
nothing; then where is what, and what differs from another database. API and host of the project
are stand-ins at loopback addresses. Prints a line a case, and ends with the number that failed."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

import runner  # noqa: E402
import vault  # noqa: E402
from cluster import Cluster  # noqa: E402
from management_stub import REF, TOKEN  # noqa: E402
from project import Project  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

CONFIG = """
project_id = "shop"
[db.seed]
sql_paths = ["./never.sql"]
[db.vault]
stripe_key = "env(STRIPE_KEY)"
resend_key = "of the base"
[remotes.staging]
project_id = "%s"
[remotes.staging.db.seed]
enabled = true
sql_paths = ["./first.sql", "./seeds/*.sql"]
[remotes.staging.db.vault]
resend_key = "env(RESEND_KEY)"
[remotes.production]
project_id = "tsrqponmlkjihgfedcba"
""" % REF
SECRETS = {"STRIPE_KEY": "sk_live_0123456789abcdef", "RESEND_KEY": "re_'quoted' $1"}


def checkout(folder, authority):
    workspace = Workspace(folder)
    shutil.copy(authority, workspace.root / "ca.pem")
    workspace.migrations({migration(n): "create table t%d (a text);" % n for n in range(1, 301)})
    workspace.write("supabase/migrations/" + migration(301), "grant select on t1 to image_reader;")
    workspace.write("supabase/config.toml", CONFIG)
    workspace.write("supabase/roles.sql", "create role image_reader nologin;\n")
    for name in ("first", "seeds/a", "seeds/b"):
        workspace.write("supabase/%s.sql" % name, "insert into t1 values ('%s');" % name)
    workspace.write("supabase/verify/always_seeded.sql", "select count(*) = 3 from t1;\n")
    subprocess.run(["chown", "-R", "1001:1001", str(folder)], check=True)


def run(scratch, project, mode, **inputs):
    hosts = " ".join("--add-host %s:%s" % (name, addresses[0]) for name, addresses in project.names.items())
    settings = dict(SECRETS, SSL_CERT_FILE="/github/workspace/ca.pem", INPUT_MODE=mode, **{
        "INPUT_PROJECT-REF": REF, "INPUT_ACCESS-TOKEN": TOKEN, "INPUT_INCLUDE-ROLES": "true", "INPUT_INCLUDE-SEED": "true"})
    settings.update(inputs)
    environment = dict(os.environ, WORKSPACE=str(scratch / "repository"), RUNNER_DIR=str(scratch / "runner"), RUN_OPTIONS=hosts)
    done = subprocess.run([str(HERE / "run.sh"), *("%s=%s" % pair for pair in settings.items())], env=environment,
                          capture_output=True, text=True, timeout=300, check=False)
    outputs = dict(runner.parse_file_command((scratch / "runner" / "files" / "set_output").read_text()))
    seen = "\n".join(line for line in done.stdout.split("\n") if not line.startswith("::add-mask::")) + str(outputs)
    return done, outputs, not any(secret in seen for secret in SECRETS.values())


def state(database):
    return (database.snapshot(), vault.times(database), database.query("select a from t1 order by a"),
            database.query("select path, hash from supabase_migrations.seed_files order by path"))


def tell(name, fits, *seen):
    print(("ok      everything, %s" if fits else "FAILED  everything, %s") % name)
    if not fits:
        print(*seen)
    return not fits


def look(scratch, project, other):
    """Read-only modes, with another database as staging, and as a throw-away server. How many have failed."""
    project.db.query("create table made_by_hand (a int)")
    before, failed = project.db.snapshot(), 0
    for name, mode, beside, code, status, word in (
            ("where is what", "status", "INPUT_STAGING-DB-URL", 0, "shown", "301"),
            ("what differs", "compare", "INPUT_STAGING-DB-URL", 15, "drift", "on staging: extension pgcrypto"),
            ("what no migration made", "compare", "INPUT_REHEARSAL-DB-URL", 15, "drift", "made_by_hand")):
        done, outputs, masked = run(scratch, project, mode, **{beside: other.url})
        fits = done.returncode == code and outputs.get("status") == status and masked and word in done.stdout
        failed += tell(name, fits and project.db.snapshot() == before, outputs, done.stdout, done.stderr)
    return failed


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder, Cluster() as cluster:
        scratch = Path(folder)
        project = Project(cluster, scratch, stub_port=443)
        project.open_direct()
        database = project.db
        vault.install(database)
        checkout(scratch / "repository", cluster.ca)
        before = None
        for name, mode, status in (("dry run", "dry-run", "planned"), ("first set-up", "push", "pushed"),
                                   ("second push", "push", "up-to-date")):
            done, outputs, masked = run(scratch, project, mode, **{"INPUT_RESTORE-POINT": "require"})
            fits = done.returncode == 0 and outputs.get("status") == status and masked
            fits = fits and "with [remotes.staging]" in done.stdout
            if status == "pushed":
                fits = fits and vault.secrets(database) == {name.lower(): value for name, value in SECRETS.items()}
                before = state(database)
                fits = fits and len(before[2]) == 3 and len(before[3]) == 3 and outputs["applied-count"] == "301"
                fits = fits and len(project.stub.points) == 1 and "passed supabase/verify/always_seeded.sql" in done.stdout
            if status == "up-to-date":
                fits = fits and state(database) == before
            failed += tell(name, fits, outputs, done.stdout, done.stderr)
        failed += look(scratch, project, cluster.create_database())
        project.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())
