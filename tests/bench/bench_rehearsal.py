#!/usr/bin/python3
"""What a rehearsal costs: 51 files rehearsed, beside the push of the same files and a dry run without; and what two readers with
the API's limits notice of it.

    tests/bench/bench_rehearsal.py      a part of `make bench`; BENCH_RUNS=5 by default

Goals: at most 1.3 times the push's time, at most 6 turns more than the dry run's, and no wait of more than 500 ms above an idle server's.
"""
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench  # noqa: E402
import api_clients  # noqa: E402
from cluster import Cluster  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

FILES, RTTS, READERS, ROWS = 51, (0, 50), 2, 100000
GOALS = {"times": 1.3, "turns": 6, "wait": 0.5}
RUNS = [("dry run", {"mode": "dry-run"}), ("dry run, rehearsed", {"mode": "dry-run", "rehearse": "target"}), ("push", {"mode": "push"})]
HARM = ["alter table t add column c{0} int default {0}", "create index i{0} on t (b)", "alter table t alter column a set not null",
        "alter table t add constraint k{0} check (a > 0)", "update t set b = 'x' where a < 100", "create trigger g{0} before update on t "
        "for each row execute function suppress_redundant_updates_trigger()", "alter table t rename column b to b{0}; alter table t rename "
        "column b{0} to b"]


def mark(value, goal, form):
    return (form + " (≤ %s: %s)") % (value, goal, "ok" if value <= goal else "**over**")


def cost(cluster, ours, workspace, rtt_ms, runs):
    samples = {name: [] for name, _ in RUNS}
    for _ in range(runs):
        for name, inputs in RUNS:  # in turn, so that a busy moment of the machine meets all
            samples[name].append(bench.through_proxy(cluster, ours, workspace, rtt_ms, inputs))
    seconds = {name: statistics.median(sample.seconds for sample in samples[name]) for name in samples}
    turns = {name: max(sample.turns for sample in samples[name]) for name in samples}
    rows = []
    for name, _ in RUNS:
        row = ["%d ms" % rtt_ms, name, "%.3f" % seconds[name], "", "%d" % turns[name]]
        if name == RUNS[1][0]:
            row[3] = mark(seconds[name] / seconds["push"], GOALS["times"], "%.2f×")
            row[4] += mark(turns[name] - turns["dry run"], GOALS["turns"], ", %d more")
        rows.append(row)
    return rows


def harm(cluster, ours, scratch):
    """The longest wait of readers beside rehearsals of statements with strong locks, and beside nothing."""
    database = cluster.create_database()
    database.as_owner("create table t (a int, b text); insert into t select g, 'x' from generate_series(1, %d) g" % ROWS)
    workspace = Workspace(scratch / "harm").migrations(
        {migration(number, "harm"): HARM[number % len(HARM)].format(number) + ";\n" for number in range(3 * len(HARM))})
    waits, failed = [], 0
    for inputs in (None, {"mode": "dry-run", "rehearse": "target"}):
        with api_clients.Readers(database, READERS, sql="select b from t limit 1", limit="3s") as reading:
            if inputs:
                for _ in range(3):
                    ours.push(database.url, workspace, inputs)
            else:
                time.sleep(3)
        waits.append(reading.longest)
        failed += reading.failed
    database.drop()
    return ["%.0f" % (waits[0] * 1000), "%.0f" % (waits[1] * 1000), mark(waits[1] - waits[0], GOALS["wait"], "%.2f s"), "%d" % failed]


def main():
    bench.build_measure()
    runs = int(os.environ.get("BENCH_RUNS", "5"))
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder, Cluster(log_statement="none") as cluster:
        scratch = Path(folder)
        ours = bench.Ours(scratch)
        workspace = Workspace(scratch / "workspace").migrations(
            {migration(number, "table"): bench.three_statements(number) for number in range(FILES)})
        rows = [row for rtt_ms in RTTS for row in cost(cluster, ours, workspace, rtt_ms, runs)]
        waits = harm(cluster, ours, scratch)
    text = "\n\n".join([bench.table(["added RTT", "%d files" % FILES, "s", "of the push", "turns"], rows),
                        bench.table(["idle, longest wait, ms", "beside rehearsals, ms", "more", "failed requests"], [waits])])
    (bench.REPOSITORY / "build" / "bench" / "rehearsal.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
