#!/usr/bin/python3
"""The program against the real Supabase CLI: same server, same files, same run. For `make bench`.

    python3 tests/bench/bench.py [--runs N] [--only WORD]

Wall time is the median of the runs, from fork to exit. Peak memory is the process's own, from wait4.
A turn is a wait for the network: client data that follows server data, the goodbye included. All
traffic goes through one proxy in plaintext, so that turns can be counted; at 0 ms it adds no delay.
Nothing is asserted: targets are marked `ok` or `over`. The table goes to stdout and build/bench/.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "tests" / "integration"))

import npm  # noqa: E402
import supabase_cli  # noqa: E402
from action import BINARY, Action  # noqa: E402
from cluster import Cluster  # noqa: E402
from database import HISTORY  # noqa: E402
from proxy import Proxy  # noqa: E402
from workspace import Workspace, migration, version  # noqa: E402

FILES = 51
STATEMENTS = 5000
LARGE = 5 * 1000 * 1000


# -- what is pushed -----------------------------------------------------------------------------------

def three_statements(number):
    return ("create table t{0} (id bigint primary key, name text not null, made timestamptz default now());\n"
            "create index t{0}_name on t{0} (name);\nalter table t{0} enable row level security;\n").format(number)


def many_files():
    return {migration(number, "table"): three_statements(number) for number in range(FILES)}


def many_statements():
    lines = ["insert into log (n, t) values (%d, 'statement %d');" % (number, number) for number in range(STATEMENTS - 1)]
    return {migration(1, "log"): "create table log (n int, t text);\n" + "\n".join(lines) + "\n"}


def large_statement():
    rows, size, number = [], 0, 0
    while size < LARGE:
        rows.append("(%d,'row number %d of a large insert')" % (number, number))
        size += len(rows[-1]) + 2
        number += 1
    return {migration(1, "seed"): "create table seed (n int, t text);\n",
            migration(2, "rows"): "insert into seed values\n" + ",\n".join(rows) + ";\n"}


def schema_history():
    """As a project's history is: tables with data, indexes and constraints on them, functions, policies, changes of types."""
    files = {}
    for number in range(60):
        files[migration(number, "schema")] = """
create table s{0} (id bigint generated always as identity primary key, owner uuid not null default gen_random_uuid(),
  name text not null, amount numeric(12, 2), made timestamptz not null default now(), data jsonb not null default '{{}}');
insert into s{0} (name, amount, data) select 'row ' || n::text, n, jsonb_build_object('n', n) from generate_series(1, 500) n;
create index s{0}_owner on s{0} (owner);
create index s{0}_data on s{0} using gin (data);
create unique index s{0}_name on s{0} (name, id);
alter table s{0} add constraint s{0}_amount check (amount >= 0::numeric), add column note text;
update s{0} set note = name where mod(id, 2::bigint) = 0::bigint;
alter table s{0} alter column amount type numeric(14, 4);
create function s{0}_touch() returns trigger language plpgsql as $$ begin new.made := now(); return new; end $$;
create trigger s{0}_touch before update on s{0} for each row execute function s{0}_touch();
alter table s{0} enable row level security;
create policy s{0}_all on s{0} using (owner = gen_random_uuid());
""".format(number)
    return files


# label, files, versions already in the history, inputs, {quantity: target}
SCENARIOS = [
    ("nothing pending", many_files, True, {}, {"turns": 8, "MiB": 20, "ratio": 10}),
    ("51 files × 3", many_files, False, {}, {"turns": 14, "MiB": 20, "ratio": 5}),
    ("51 files × 3, `all`", many_files, False, {"transaction": "all"}, {"turns": 15, "MiB": 20, "ratio": 5}),
    ("60 files of a schema with data", schema_history, False, {}, {"MiB": 20}),
    ("1 file × 5,000", many_statements, False, {}, {"MiB": 20}),
    ("1 statement of 5 MB", large_statement, False, {}, {"MiB": 20}),
]


# -- measuring ----------------------------------------------------------------------------------------

class Sample:
    def __init__(self, seconds, mebibytes, turns=0):
        self.seconds, self.mebibytes, self.turns = seconds, mebibytes, turns


def build_measure():
    """The small program that runs and weighs a command; compiled at every start, it takes a moment."""
    program = REPOSITORY / "build" / "bench" / "measure"
    program.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-Wall", "-static", "-o", str(program),
                    str(Path(__file__).with_name("measure.c"))], check=True)
    return program


def measure(argv, environment, cwd):
    """One process: wall time and its own peak memory. Anything but success ends the bench."""
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("r") as cost:
        subprocess.run([str(REPOSITORY / "build" / "bench" / "measure"), cost.name, *argv], env=environment, cwd=str(cwd),
                       stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, check=True)
        code, microseconds, kibibytes, _ = map(int, cost.read().split())
        if code != 0:
            said.seek(0)
            sys.exit("%s ended with %d:\n%s" % (argv[0], code, said.read().decode("utf-8", "replace")[-3000:]))
    return Sample(microseconds / 1e6, kibibytes / 1024)


class Peer:
    """The real CLI."""
    name = "CLI " + supabase_cli.VERSION

    def __init__(self, executable, scratch):
        self.executable, self.home = executable, scratch / "home"
        self.home.mkdir()

    def push(self, url, workspace, inputs):
        return measure(supabase_cli.push_command(self.executable, url, workspace.root),
                       supabase_cli.environment(self.home), workspace.root)

    def show_version(self):
        return measure([str(self.executable), "--version"], supabase_cli.environment(self.home), self.home)


class Ours:
    name = "supabase-promote"

    def __init__(self, scratch):
        self.scratch = scratch
        self.count = 0

    def push(self, url, workspace, inputs):
        self.count += 1
        action = Action(workspace.root, self.scratch / ("run%d" % self.count))
        action.prepare()
        environment = action.environment({"mode": "push", "db_url": url, **inputs})
        return measure([str(BINARY)], environment, workspace.root)

    def show_version(self):
        return measure([str(BINARY), "--version"], {}, self.scratch)


def fresh_target(cluster, is_applied, files):
    database = cluster.create_database()
    if is_applied:
        database.create_history()
        for name in files:
            number, title = name[:-4].split("_", 1)
            database.query("insert into %s (version, name, statements) values (%%s, %%s, '{}')" % HISTORY, (number, title))
    return database


def one_run(cluster, who, scenario, workspace, files, rtt_ms):
    _, _, is_applied, inputs, _ = scenario
    database = fresh_target(cluster, is_applied, files)
    with Proxy(cluster.port, rtt_ms=rtt_ms, record=False) as proxy:
        sample = who.push(database.url_with(port=proxy.port, sslmode="disable"), workspace, inputs)
        sample.turns = proxy.turns
    recorded = len(database.versions())
    database.drop()
    if recorded != len(files):
        sys.exit("%s recorded %d of %d files" % (who.name, recorded, len(files)))
    return sample


def through_proxy(cluster, who, workspace, rtt_ms, inputs):
    """One push to a new database, and its turns."""
    database = cluster.create_database()
    with Proxy(cluster.port, rtt_ms=rtt_ms, record=False) as proxy:
        sample = who.push(database.url_with(port=proxy.port, sslmode="disable"), workspace, inputs)
        sample.turns = proxy.turns
    database.drop()
    return sample


def median(samples, quantity):
    return statistics.median(getattr(sample, quantity) for sample in samples)


class Row:
    def __init__(self, scenario, rtt_ms, peer, ours):
        self.label, self.targets, self.rtt_ms = scenario[0], scenario[4], rtt_ms
        self.peer_ms, self.ms = median(peer, "seconds") * 1000, median(ours, "seconds") * 1000
        self.peer_mib, self.mib = median(peer, "mebibytes"), max(sample.mebibytes for sample in ours)
        self.peer_turns, self.turns = median(peer, "turns"), max(sample.turns for sample in ours)
        self.low, self.high = (pick(sample.seconds for sample in ours) * 1000 for pick in (min, max))
        self.ratio = self.peer_ms / self.ms

    def marked(self, text, quantity, value, below=True):
        target = self.targets.get(quantity)
        if target is None or (quantity == "ratio" and self.rtt_ms):
            return text
        is_met = value <= target if below else value >= target
        return "%s (%s %s: %s)" % (text, "≤" if below else "≥", target, "ok" if is_met else "**over**" if below else "**under**")

    def cells(self):
        return [self.label, "%d ms" % self.rtt_ms, "%.0f" % self.peer_ms,
                "%.1f (%.1f–%.1f)" % (self.ms, self.low, self.high),
                self.marked("%.1f×" % self.ratio, "ratio", self.ratio, below=False),
                "%.0f" % self.peer_mib, self.marked("%.1f" % self.mib, "MiB", self.mib),
                "%d" % self.peer_turns, self.marked("%d" % self.turns, "turns", self.turns)]

    def as_json(self):
        return {key: value for key, value in vars(self).items() if key != "targets"}


HEADS = ["push", "added RTT", "CLI ms", "ours ms (min–max)", "faster", "CLI MiB", "our MiB", "CLI turns", "our turns"]


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def run_scenario(cluster, peers, scenario, rtt_ms, runs, scratch):
    files = scenario[1]()
    workspace = Workspace(scratch / ("workspace-%s" % abs(hash((scenario[0], rtt_ms))))).migrations(files)
    samples = {who.name: [] for who in peers}
    for number in range(runs + 1):
        for who in peers:  # in turn, so that a busy moment of the machine meets both
            sample = one_run(cluster, who, scenario, workspace, files, rtt_ms)
            if number:  # the first one warms the caches
                samples[who.name].append(sample)
    shutil.rmtree(workspace.root)
    return Row(scenario, rtt_ms, *[samples[who.name] for who in peers])


def start_up(peers, runs):
    """The program's own start to exit, with nothing to do."""
    rows = []
    for who in peers:
        samples = [who.show_version() for _ in range(max(runs, 11))]
        rows.append([who.name, "%.1f" % (median(samples, "seconds") * 1000), "%.1f" % median(samples, "mebibytes")])
    return table(["`--version`, start to exit", "ms", "MiB"], rows)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "5")))
    parser.add_argument("--only", default="", help="scenarios whose label contains this")
    return parser.parse_args()


def measure_all(options, peers, cluster, scratch):
    rows = []
    for rtt_ms in (0, 50):
        for scenario in SCENARIOS:
            if options.only in scenario[0]:
                rows.append(run_scenario(cluster, peers, scenario, rtt_ms, options.runs, scratch))
                sys.stderr.write("%s at %d ms: %.0f ms and %.1f ms\n" % (scenario[0], rtt_ms, rows[-1].peer_ms, rows[-1].ms))
    return rows


def report(options, cluster, rows, start):
    head = "Medians of %d runs; PostgreSQL %s on this machine, %d processors; memory and turns of ours are the worst run's." % (
        options.runs, cluster.version, os.cpu_count())
    text = "\n\n".join([head, table(HEADS, [row.cells() for row in rows]), start]) + "\n"
    folder = REPOSITORY / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(text)
    (folder / "bench.json").write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n")
    return text


def main():
    options = arguments()
    if not BINARY.exists():
        sys.exit("%s is not there: build it first (make)" % BINARY)
    try:
        executable = supabase_cli.install()
    except npm.Unavailable as reason:
        sys.exit("the CLI to compare with cannot be had: %s" % reason)
    build_measure()
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder, Cluster(log_statement="none") as cluster:
        scratch = Path(folder)
        peers = [Peer(executable, scratch), Ours(scratch)]
        rows = measure_all(options, peers, cluster, scratch)
        print(report(options, cluster, rows, start_up(peers, options.runs)))


if __name__ == "__main__":
    main()
