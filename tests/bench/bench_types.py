#!/usr/bin/python3
"""Types that are checked, beside types that are generated: `mode: types` on a file that fits, and @supabase/postgres-meta, which makes
that file, on the same databases in the same run.

    tests/bench/bench_types.py [TABLES…]      a part of `make bench`; BENCH_RUNS=3 by default

Goals: 20 times as fast, a tenth of the memory, one turn.
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
from cluster import Cluster  # noqa: E402
from proxy import Proxy  # noqa: E402
from workspace import Workspace  # noqa: E402

PACKAGE, SIZES = "@supabase/postgres-meta@0.99.0", (10, 200, 2000)
GOALS = {"times": 20, "smaller": 10}
ASIDE = 4  # turns: start-up, SCRAM's two, the good-bye
FILE = "database.types.ts"
TABLE = """create table public.t{0} (id bigint generated always as identity primary key, parent bigint references public.t{1},
  name text not null, amount numeric(12, 2), state public.state not null default 'new', made timestamptz not null default now(), data jsonb);
"""


CHUNK = 100  # tables of one transaction: each takes locks


def make_schema(database, count):
    database.as_owner("create type public.state as enum ('new', 'done')")
    for first in range(0, count, CHUNK):
        database.as_owner("".join(TABLE.format(number, number // 2) for number in range(first, min(count, first + CHUNK))))


class Generator:
    name = PACKAGE

    def __init__(self):
        folder = npm.CACHES / "postgres-meta"
        self.program = folder / "node_modules/@supabase/postgres-meta/dist/server/server.js"
        with npm.locked(folder):
            said = "" if self.program.exists() else npm.run(folder, "install", "--ignore-scripts", PACKAGE)
        if not self.program.exists():
            raise npm.Unavailable(said[-400:])

    def environment(self, url):
        return {"PATH": os.environ["PATH"], "PG_META_DB_URL": url, "PG_META_GENERATE_TYPES": "typescript",
                "PG_META_GENERATE_TYPES_INCLUDED_SCHEMAS": "public", "PG_META_GENERATE_TYPES_DETECT_ONE_TO_ONE_RELATIONSHIPS": "true",
                "PG_CONN_TIMEOUT_SECS": "300", "PG_QUERY_TIMEOUT_SECS": "300"}

    def text(self, url):
        return subprocess.run(["node", str(self.program)], env=self.environment(url), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout.decode()

    def run(self, url):
        return bench.measure([shutil.which("node"), str(self.program)], self.environment(url), npm.CACHES)


def samples(database, ours, generator, scratch, runs):
    """The file is the generator's own, so that ours has all of it to compare and nothing to say."""
    plain = database.url_with(sslmode="disable")
    workspace = Workspace(scratch / database.name)
    workspace.write(FILE, generator.text(plain))
    theirs, mine, inputs = [], [], {"mode": "types", "types_file": FILE}
    for _ in range(runs):
        theirs.append(generator.run(plain))
        mine.append(ours.push(plain, workspace, inputs))
    with Proxy(database.cluster.port, record=False) as proxy:  # counts, and takes time of its own
        ours.push(database.url_with(port=proxy.port, sslmode="disable"), workspace, inputs)
        mine[-1].turns = proxy.turns - ASIDE
    return theirs, mine


def row(count, theirs, mine):
    seconds = [statistics.median(sample.seconds for sample in each) for each in (theirs, mine)]
    memory = [max(sample.mebibytes for sample in each) for each in (theirs, mine)]
    times, smaller = seconds[0] / seconds[1], memory[0] / memory[1]
    marked = ["%.1f× (≥ %d: %s)" % (value, goal, "ok" if value >= goal else "**under**")
              for value, goal in ((times, GOALS["times"]), (smaller, GOALS["smaller"]))]
    return ["%d" % count, "%.2f" % seconds[0], "%.3f" % seconds[1], marked[0], "%.0f" % memory[0], "%.1f" % memory[1], marked[1],
            "%d" % mine[-1].turns]


def main():
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    try:
        generator = Generator()
    except npm.Unavailable as reason:
        sys.exit("the generator to compare with cannot be had: %s" % reason)
    bench.build_measure()
    rows, runs = [], int(os.environ.get("BENCH_RUNS", "3"))
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder, Cluster(log_statement="none") as cluster:
        ours = bench.Ours(Path(folder))
        for count in sizes:
            database = cluster.create_database()
            database.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")
            make_schema(database, count)
            rows.append(row(count, *samples(database, ours, generator, Path(folder), runs)))
            sys.stderr.write(" ".join(rows[-1]) + "\n")
            database.drop()
    text = bench.table(["tables", PACKAGE + ", s", "ours, s", "faster", "MiB", "our MiB", "smaller", "our turns"], rows)
    (bench.REPOSITORY / "build" / "bench" / "types.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
