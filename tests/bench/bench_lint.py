#!/usr/bin/python3
"""Lint beside squawk: what each flags of the files that fail, and of those that pass. For `make bench`.

    python3 tests/bench/bench_lint.py [--every N]

The files are the cases of tests/foresight, each on the schema and the rows that go with them; whether one fails is found by
running it and rolling it back. squawk looks at the text alone; its rules that want a timeout or IF EXISTS in each file are left out
of the second line.
"""
import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "tests" / "integration"))

import psycopg2  # noqa: E402

import npm  # noqa: E402
import postgresql  # noqa: E402
from action import Action  # noqa: E402
from cluster import Cluster, unprivileged_user  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

SQUAWK = "2.66.0"
EVERYWHERE = {"require-lock-timeout", "require-statement-timeout", "require-timeout-settings", "prefer-robust-stmts"}
CASES = REPOSITORY / "tests" / "foresight"


def squawk():
    cache = npm.CACHES / "squawk"
    with npm.locked(cache):
        program = cache / "node_modules" / ".bin" / "squawk"
        if not program.exists():
            said = npm.run(cache, "install", "--ignore-scripts", "--prefix", str(cache), "squawk-cli@" + SQUAWK)
            if not program.exists():
                raise npm.Unavailable("squawk cannot be installed: " + said[-300:])
    return program


def squawk_rules(program, cases, scratch):
    """Rules by case, in one run."""
    names = [scratch / ("%04d.sql" % number) for number in range(len(cases))]
    for name, sql in zip(names, cases):
        name.write_text(sql + "\n")
    out = subprocess.run([str(program), "--reporter", "json", *map(str, names)], stdout=subprocess.PIPE, check=False).stdout
    rules = [set() for _ in cases]
    for finding in json.loads(out):
        rules[int(Path(finding["file"]).stem)].add(finding["rule_name"])
    return rules


def fails(database, sql):
    with psycopg2.connect(database.url) as connection, connection.cursor() as cursor:
        try:
            cursor.execute(sql)
            cursor.execute("set constraints all immediate")
            return False
        except psycopg2.Error:
            return True
        finally:
            connection.rollback()


def our_levels(database, sql, scratch):
    """With the questions about the data: a run as users have it."""
    workspace = Workspace(scratch / "workspace")
    workspace.migrations({migration(1, "case"): sql + "\n"})
    with contextlib.redirect_stdout(io.StringIO()):  # it shows its reports
        result = Action(workspace.root, scratch / "run")(mode="dry-run", db_url=database.url, lint="warn")
    return {finding["level"] for finding in result.report["findings"]}


def programs():
    try:
        return postgresql.find(postgresql.DEFAULT, unprivileged_user())
    except postgresql.Unavailable:
        return postgresql.newest_of_distribution()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="each Nth case only")
    options = parser.parse_args()
    cases = [line.strip() for line in (CASES / "cases.sql").read_text().split("\n") if line.strip()][::options.every]
    with tempfile.TemporaryDirectory() as folder, Cluster(programs=programs(), like_supabase=True) as cluster:
        scratch = Path(folder)
        rules = squawk_rules(squawk(), cases, scratch)
        database = cluster.create_database()
        database.as_owner((CASES / "setup.sql").read_text())
        database.as_owner("vacuum analyze")
        truth, ours = [], []
        for number, sql in enumerate(cases):
            here = scratch / str(number)
            here.mkdir()
            truth.append(fails(database, sql))
            ours.append(our_levels(database, sql, here))
    rows = [("squawk " + SQUAWK, [bool(found) for found in rules]),
            ("the same, without rules that want something of every file", [bool(found - EVERYWHERE) for found in rules]),
            ("this, any finding", [bool(found) for found in ours]),
            ("this, an error", ["error" in found for found in ours])]
    bad, good = sum(truth), len(truth) - sum(truth)
    print("| | flags, of %d that fail | flags, of %d that pass |\n|---|--:|--:|" % (bad, good))
    for name, flags in rows:
        print("| %s | %d | %d |" % (name, sum(f and t for f, t in zip(flags, truth)), sum(f and not t for f, t in zip(flags, truth))))


if __name__ == "__main__":
    try:
        main()
    except npm.Unavailable as reason:
        sys.exit("skipped: %s" % reason)
