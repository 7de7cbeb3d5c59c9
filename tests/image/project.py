#!/usr/bin/python3
"""A staging job end to end: the image, as the runner runs it, with `project-ref` and `access-token` alone.

The API, the direct host and the shared pooler are stand-ins at loopback addresses, under their real names;
only what verifies them is not the real one. Needs tests/image/build.sh to have run, and to be root (port 443).
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "integration"))

import bouncer  # noqa: E402
import runner  # noqa: E402
from cluster import Cluster  # noqa: E402
from hosts import loopback  # noqa: E402
from management_stub import REF, TOKEN  # noqa: E402
from project import DIRECT_HOST, Project  # noqa: E402
from workspace import Workspace, migration, version  # noqa: E402


class Job:
    """One checkout; each run is a step."""

    def __init__(self, project, folder):
        self.project, self.folder = project, folder
        self.workspace = Workspace(folder / "repository")
        self.migrations = "packages/infrastructure/supabase/migrations"
        # The runner shows the container its checkout only: the authority of the stand-ins lies in it.
        shutil.copy(project.cluster.ca, self.workspace.root / "ca.pem")

    def run(self, **inputs):
        hosts = " ".join("--add-host %s:%s" % (name, addresses[0]) for name, addresses in self.project.names.items())
        inputs = {"PROJECT-REF": REF, "ACCESS-TOKEN": TOKEN, "WORKING-DIRECTORY": "packages/infrastructure/supabase",
                  "ENVIRONMENT-NAME": "staging", "SUMMARY": "true", **inputs}
        environment = dict(os.environ, WORKSPACE=str(self.workspace.root), RUNNER_DIR=str(self.folder / "runner"),
                           RUN_OPTIONS=hosts)
        done = subprocess.run([str(TOP / "tests" / "image" / "run.sh"), "SSL_CERT_FILE=/github/workspace/ca.pem",
                               *("INPUT_%s=%s" % item for item in inputs.items())], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        outputs = dict(runner.parse_file_command((self.folder / "runner" / "files" / "set_output").read_text()))
        return done.returncode, outputs.get("status"), done.stdout


def steps(project, job):
    """(name, what happened as expected, the log) of each step."""
    job.workspace.migrations({migration(1): "create table one (a int);\n"}, job.migrations)
    project.open_direct()
    code, status, log = job.run(MODE="dry-run")
    yield "dry run, direct", (code, status) == (0, "planned"), log
    code, status, log = job.run()
    yield "push, direct", (code, status) == (0, "pushed") and project.db.versions() == [version(1)], log
    yield "the secrets are not in the log", not any(
        secret in line for line in log.splitlines() if not line.startswith("::add-mask::")
        for secret in [TOKEN] + [password for _, password in project.stub.minted]), log
    project.names[DIRECT_HOST] = [loopback()]
    project.open_pooler()
    job.workspace.migrations({migration(2): "create table two (a int);\n"}, job.migrations)
    code, status, log = job.run()
    yield "push, pooler", (code, status) == (0, "pushed") and "the shared pooler in session mode" in log, log
    code, status, log = job.run()
    yield "second push", (code, status) == (0, "up-to-date"), log
    project.stub.project["status"] = "INACTIVE"
    code, status, log = job.run()
    yield "paused project", (code, status) == (5, "failed") and "is paused" in log, log


def main():
    if os.geteuid() != 0:
        os.execvp("sudo", ["sudo", "IMAGE=" + os.environ.get("IMAGE", "localhost/supabase-promote"), sys.executable, __file__])
    for program in ("podman", bouncer.PROGRAM or "pgbouncer"):
        if not shutil.which(program):
            print("SKIP: there is no " + program)
            return 77
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder, Cluster() as cluster:
        project = Project(cluster, Path(folder), stub_port=443)
        try:
            for name, good, log in steps(project, Job(project, Path(folder))):
                print("%s  %s" % ("ok    " if good else "FAILED", name))
                passed, failed = passed + good, failed + (not good)
                if not good:
                    print("        " + log.replace("\n", "\n        "))
        finally:
            project.close()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
