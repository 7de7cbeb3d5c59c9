#!/usr/bin/python3
"""What the questions about the data cost on a large table, and whether they keep to their budget. For `make bench`.

    BENCH_ROWS=5000000 python3 tests/bench/bench_preflight.py

One table of so many rows (default 200,000), which allows all that is pending, so that each question has to read all of it. What is
written is the time of a dry run with the questions and without them, and the verdicts; the program's own budget is 30 s.
"""
import contextlib
import io
import os
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "tests" / "integration"))

import postgresql  # noqa: E402
from action import Action  # noqa: E402
from cluster import Cluster, unprivileged_user  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
BUDGET = 30

SETUP = """
create table keys (id int primary key); insert into keys select generate_series(1, 1000);
create domain short as text;
create table t (id int not null, k int, a int, name text, s short, amount numeric, at timestamptz, filler text);
insert into t select g, 1 + g %% 1000, g, 'name ' || g::text, 'short', g / 100.0, timestamptz '2026-01-01' + g * interval '1 second',
  'some words that a row has, too' from generate_series(1, %(rows)d) g;
create table p (like t) partition by range (at); create table rest partition of p default;
insert into rest select id, k, a, name, s, amount, at + interval '20 years', filler from t where id <= %(rows)d / 10;
"""
PENDING = [
    ("SET NOT NULL", "alter table t alter column k set not null"), ("CHECK", "alter table t add check (a > 0)"),
    ("FOREIGN KEY", "alter table t add foreign key (k) references keys"), ("UNIQUE", "alter table t add unique (a)"),
    ("varchar(n)", "alter table t alter column name type varchar(40)"), ("numeric(p, s)", "alter table t alter column amount type numeric(20, 2)"),
    ("ALTER DOMAIN", "alter domain short add check (length(value) < 9)"), ("EXCLUDE", "alter table t add exclude using btree (id with =)"),
    ("ATTACH PARTITION", "alter table p attach partition t for values from ('2020-01-01') to ('2031-01-01')"),
    ("default partition", "create table old partition of p for values from ('2010-01-01') to ('2011-01-01')"),
    ("DROP COLUMN", "alter table t drop column filler"),
]


def run(url, scratch, statements, preflight):
    scratch.mkdir()
    workspace = Workspace(scratch / "workspace")
    workspace.migrations({migration(number): sql + ";\n" for number, (_, sql) in enumerate(statements, 1)})
    begin = time.monotonic()
    with contextlib.redirect_stdout(io.StringIO()):  # it shows its reports
        result = Action(workspace.root, scratch / "run")(mode="dry-run", db_url=url, lint="off", preflight=preflight, timeout=120)
    return time.monotonic() - begin, result.report.get("preflight", [])


def main():
    programs = postgresql.find(postgresql.DEFAULT, unprivileged_user())
    with tempfile.TemporaryDirectory() as folder, Cluster(programs=programs) as cluster:
        scratch = Path(folder)
        database = cluster.create_database()
        database.query("alter database %s set max_parallel_workers_per_gather = 0" % database.name)
        database.as_owner(SETUP.replace("|| g", "operator(pg_catalog.||) g") % {"rows": ROWS})
        database.query("vacuum analyze")
        size = database.value("select pg_table_size('t')") / 2 ** 20
        print("%d rows, %.0f MB\n\n| question | seconds | verdict |\n|---|--:|---|" % (ROWS, size))
        idle = run(database.url, scratch / "idle", PENDING[:1], "false")[0]
        for number, pending in enumerate(PENDING):
            seconds, asked = run(database.url, scratch / str(number), [pending], "true")
            said = ", ".join(sorted({entry["verdict"] + (": " + entry["reason"] if entry["reason"] else "") for entry in asked}))
            print("| %s | %.2f | %s |" % (pending[0], max(0, seconds - idle), said))
        seconds, asked = run(database.url, scratch / "all", PENDING[:8], "true")
        print("| the first eight together | %.2f | %d of %d answered |" % (
            seconds - idle, sum(entry["verdict"] != "not proven" for entry in asked), len(asked)))
        assert seconds - idle < BUDGET + 2, "the budget of %d s was not kept" % BUDGET


if __name__ == "__main__":
    main()
