#!/usr/bin/python3
"""What it costs to compare the schemas of two databases, `mode: compare`, as they grow: identical ones, made in another order.

    tests/bench/bench_compare.py      a part of `make bench`; BENCH_RUNS=3 by default

Goals for 2,000 tables: at most 1 s and 60 MiB a side, and a turn for each side's catalogue.
"""
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench  # noqa: E402
from cluster import Cluster  # noqa: E402
from proxy import Proxy  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

SIZES, SIDES = (200, 2000), 2
GOALS = {"seconds": 1.0, "mebibytes": 60}  # a side, of the last size
TABLES = """
do $$ begin
    for n in {numbers} loop
        execute format('create table t%1$s (id bigint generated always as identity primary key, a text not null default %2$L,
            b int check (b > 0), c timestamptz default now()); create index on t%1$s (a, b); alter table t%1$s enable row level security;
            create policy p on t%1$s using (id > 0); grant select on t%1$s to pg_monitor', n, 'x');
        commit;
    end loop;
end $$"""


def databases(cluster, size):
    made = []
    for numbers in ("1 .. %d" % size, "reverse %d .. 1" % size):
        made.append(cluster.create_database())
        made[-1].query(TABLES.format(numbers=numbers))
        made[-1].query("analyze")
    return made


def mark(form, value, goal):
    return (form + " (≤ %s: %s)") % (value, goal, "ok" if value <= goal else "**over**")


def row(ours, workspace, target, staging, size, runs):
    samples, turns = [], 0
    for _ in range(runs):
        with Proxy(target.cluster.port, record=False) as proxy:
            samples.append(ours.push(target.url_with(sslmode="disable"), workspace, {
                "mode": "compare", "staging_db_url": staging.url_with(port=proxy.port, sslmode="disable")}))
            turns = max(turns, proxy.turns)
    seconds = statistics.median(sample.seconds for sample in samples) / SIDES
    mebibytes = max(sample.mebibytes for sample in samples) / SIDES
    if size == SIZES[-1]:
        return ["%d" % size, mark("%.2f", seconds, GOALS["seconds"]), mark("%.0f", mebibytes, GOALS["mebibytes"]), "%d" % turns]
    return ["%d" % size, "%.2f" % seconds, "%.0f" % mebibytes, "%d" % turns]


def main():
    bench.build_measure()
    runs, rows = int(os.environ.get("BENCH_RUNS", "3")), []
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder, Cluster(log_statement="none") as cluster:
        ours = bench.Ours(Path(folder))
        workspace = Workspace(Path(folder) / "workspace").migrations({migration(1, "none"): "select 1;\n"})
        for size in SIZES:
            target, staging = databases(cluster, size)
            rows.append(row(ours, workspace, target, staging, size, runs))
            target.drop()
            staging.drop()
    text = bench.table(["tables", "s a side", "MiB a side", "turns to staging, all of them"], rows)
    (bench.REPOSITORY / "build" / "bench" / "compare.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
