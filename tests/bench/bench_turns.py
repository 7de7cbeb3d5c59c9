#!/usr/bin/python3
"""How a push grows with its files and with the way to the server: turns and wall time of this program (a transaction for each
file, and one for all), the CLI, and `psql -1`, which does no more than run the statements. And how long the plan of a promotion takes, for
which staging is asked, too. And what lint adds to a dry run.

    tests/bench/bench_turns.py      a part of `make bench`; BENCH_RUNS=3 by default

All go through one proxy, which delays and counts. CLI and psql are left out above 51 files: they need turns for each.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench  # noqa: E402
import npm  # noqa: E402
import supabase_cli  # noqa: E402
from cluster import Cluster  # noqa: E402
from proxy import Proxy  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

COUNTS, RTTS, PEERS_MAX = (1, 10, 51, 500), (0, 20, 50, 150), 51
GOALS = {"turns": 14, "seconds": 0.7}  # of 51 files at 50 ms


class Psql:
    name = "psql -1"

    def push(self, url, workspace, inputs):
        files = sorted(str(path) for path in workspace.folder.iterdir())
        command = ["psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", url]
        for name in files:
            command += ["-f", name]
        return bench.measure([shutil.which("psql"), *command[1:]], {"PATH": os.environ["PATH"], "PGCLIENTENCODING": "UTF8"}, workspace.root)


def row(cluster, who, workspace, count, rtt_ms, inputs, runs):
    samples = [bench.through_proxy(cluster, who, workspace, rtt_ms, inputs) for _ in range(runs)]
    turns = max(sample.turns for sample in samples)
    seconds = statistics.median(sample.seconds for sample in samples)
    marks = ["%d" % turns, "%.2f" % seconds]
    if (who.name, count, rtt_ms, inputs) == (bench.Ours.name, 51, 50, {}):
        for index, (goal, value) in enumerate(((GOALS["turns"], turns), (GOALS["seconds"], seconds))):
            marks[index] += " (≤ %s: %s)" % (goal, "ok" if value <= goal else "**over**")
    return ["%d" % count, "%d ms" % rtt_ms, who.name + (", `all`" if inputs else ""), *marks,
            "%.1f" % max(sample.mebibytes for sample in samples)]


def table(cluster, executable, scratch, runs):
    ours, rows = bench.Ours(scratch), []
    for count in COUNTS:
        files = {migration(number, "table"): bench.three_statements(number) for number in range(count)}
        workspace = Workspace(scratch / ("workspace%d" % count)).migrations(files)
        programs = [(ours, {}), (ours, {"transaction": "all"})]
        if count <= PEERS_MAX:
            programs.append((Psql(), {}))
        if count <= PEERS_MAX and executable:
            programs.append((bench.Peer(executable, scratch / ("home%d" % count)), {}))
        for rtt_ms in RTTS:
            for who, inputs in programs:
                rows.append(row(cluster, who, workspace, count, rtt_ms, inputs, runs))
                sys.stderr.write(" ".join(rows[-1]) + "\n")
    return bench.table(["files", "added RTT", "program", "turns", "s", "MiB"], rows)


def promotion_row(cluster, ours, workspace, staging, rtt_ms, runs):
    """A dry run without and with staging, each behind a proxy of its own."""
    seconds = {}
    for with_staging in (False, True):
        samples = []
        for _ in range(runs):
            database = cluster.create_database()
            with Proxy(cluster.port, rtt_ms=rtt_ms, record=False) as near, Proxy(cluster.port, rtt_ms=rtt_ms, record=False) as other:
                inputs = {"mode": "dry-run"}
                if with_staging:
                    inputs["staging_db_url"] = staging.url_with(port=other.port, sslmode="disable")
                samples.append(ours.push(database.url_with(port=near.port, sslmode="disable"), workspace, inputs).seconds)
            database.drop()
        seconds[with_staging] = statistics.median(samples)
    return ["%d ms" % rtt_ms, "%.3f" % seconds[False], "%.3f" % seconds[True]]


def promotions(cluster, scratch, runs):
    ours, staging = bench.Ours(scratch / "promotion"), cluster.create_database()
    files = {migration(number, "table"): bench.three_statements(number) for number in range(51)}
    workspace = Workspace(scratch / "promotion").migrations(files)
    ours.push(staging.url_with(sslmode="disable"), workspace, {})
    rows = [promotion_row(cluster, ours, workspace, staging, rtt_ms, runs) for rtt_ms in (0, 50)]
    return bench.table(["added RTT", "plan of 51 files, s", "the same, compared with staging, s"], rows)


def lint_row(cluster, ours, workspace, rtt_ms, runs):
    """A dry run that looks at no statement, and one that judges each and has its expressions analysed."""
    marks = []
    for lint in ("off", "warn"):
        inputs = {"mode": "dry-run", "lint": lint, "preflight": "false"}
        samples = [bench.through_proxy(cluster, ours, workspace, rtt_ms, inputs) for _ in range(runs)]
        marks += ["%d" % max(sample.turns for sample in samples), "%.3f" % statistics.median(sample.seconds for sample in samples)]
    return ["%d ms" % rtt_ms, *marks]


def lints(cluster, scratch, runs):
    files = {migration(number, "table"): bench.three_statements(number) for number in range(51)}
    workspace = Workspace(scratch / "lint").migrations(files)
    ours = bench.Ours(scratch / "lint")
    rows = [lint_row(cluster, ours, workspace, rtt_ms, runs) for rtt_ms in (0, 50)]
    return bench.table(["added RTT", "turns without lint", "s", "turns with lint", "s"], rows)


def main():
    bench.build_measure()
    try:
        executable = supabase_cli.install()
    except npm.Unavailable as reason:
        executable = print("the CLI cannot be installed: %s" % reason)
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder, Cluster(log_statement="none") as cluster:
        for count in COUNTS:
            (Path(folder) / ("home%d" % count)).mkdir()
        runs = int(os.environ.get("BENCH_RUNS", "3"))
        text = table(cluster, executable, Path(folder), runs) + "\n\n" + promotions(cluster, Path(folder), runs)
        text += "\n\n" + lints(cluster, Path(folder), runs)
    target = bench.REPOSITORY / "build" / "bench" / "turns.md"
    target.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
