#!/usr/bin/python3
"""What grows, at one size and at ten times that: ten times the work may take ten times as long, not a hundred. For `make bench`.

    python3 tests/bench/bench_growth.py [--only WORD]

Measured are the program's own processor time, so that the server's does not hide it, its peak memory, and the bytes that it
says: log, outputs, summary, report. What is said has limits, whatever the size; `over` marks a growth above LINEAR and
more than SAID_MAX bytes. The table goes to stdout and build/bench/.
"""
import argparse
import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench import REPOSITORY, build_measure, table  # noqa: E402
import vault  # noqa: E402
from action import BINARY, Action  # noqa: E402
from cluster import Cluster  # noqa: E402
from database import HISTORY  # noqa: E402
from fake_server import LET_IN, FakeServer, parameter  # noqa: E402
from workspace import Workspace, migration, version  # noqa: E402

TIMES = 10
LINEAR = 13  # times as long for ten times as much: a sort's logarithm, and noise
SAID_MAX = 2 * 1000 * 1000  # bytes; a summary alone may have 900,000
BLOCKED = 7
FAILED_CONNECT = 5
DRIFT = 15


class Place:
    """A database and a workspace of one measurement."""

    def __init__(self, cluster, folder):
        self.database = cluster.create_database()
        self.workspace = Workspace(folder / "w").migrations({})
        self.url = self.database.url_with(sslmode="disable")
        self.stack = contextlib.ExitStack()

    def files(self, names, text):
        return self.workspace.migrations({name: text(name) for name in names})

    def record(self, first, count, text="null"):
        """Rows of the history, in one statement; `text` is SQL over n."""
        if not self.database.has_history():
            self.database.create_history()
        self.database.query("insert into %s (version, name, statements) select (20240101000000 + n)::text, 'step',"
                            " %s from generate_series(%d, %d) n" % (HISTORY, text, first, first + count - 1))


def numbers(count, first=0):
    return [migration(n) for n in range(first, first + count)]


def distinct(name):
    return "select '%s';\n" % name


AS_DISTINCT = "array['select ''' || (20240101000000 + n)::text || '_step.sql''']"


# -- what is measured: prepares a place for `size`, and gives the mode and the exit code ----------------------------------

def unknown_rows(place, size):
    place.record(0, size, AS_DISTINCT)
    place.files(numbers(1, size), distinct)
    return "dry-run", BLOCKED


def unknown_rows_beside_files(place, size):
    place.record(0, size, AS_DISTINCT)
    place.files(numbers(size // 10, size), lambda name: "select '%s', 2;\n" % name)
    return "dry-run", BLOCKED


def renamed(place, size):
    """Every file is recorded, and under another version."""
    place.record(0, size, "array['select ' || n]")
    place.workspace.migrations({migration(size + n): "select %d;\n" % n for n in range(size)})
    return "dry-run", BLOCKED


def nothing_pending(place, size):
    place.files(numbers(size), distinct)
    place.record(0, size, AS_DISTINCT)
    return "dry-run", 0


def edited(place, size):
    place.files(numbers(size), lambda name: "select '%s', 'edited';\n" % name)
    place.record(0, size, AS_DISTINCT)
    return "dry-run", 0


def all_pending(place, size):
    place.files(numbers(size), distinct)
    return "dry-run", 0


def pushed(place, size):
    place.files(numbers(size), distinct)
    return "push", 0


def all_the_same(place, size):
    place.files(numbers(size), lambda name: "select 1;\n")
    return "dry-run", 0


def same_as_applied(place, size):
    place.files(numbers(2 * size), lambda name: "select %d;\n" % (int(name[:14]) % size))
    place.record(0, size, "array['select ' || ((20240101000000 + n) %% %d)]" % size)
    return "dry-run", None


def out_of_order(place, size):
    place.files(numbers(size), distinct)
    place.record(size, 1)
    return "dry-run", BLOCKED


def left_half_done(place, size):
    place.files(numbers(size), distinct)
    place.record(size, 1)
    place.database.query("create table supabase_migrations.promote_progress (version text primary key, done int not null,"
                         " in_doubt bool not null, chain text not null);"
                         "grant all on supabase_migrations.promote_progress to postgres;"
                         "insert into supabase_migrations.promote_progress"
                         " select (20240101000000 + n)::text, 1, false, 'x' from generate_series(0, %d) n" % (size - 1))
    return "dry-run", BLOCKED


def behind_staging(place, size):
    staging = place.database.cluster.create_database()
    place.stack.callback(staging.drop)
    own, place.database = place.database, staging
    place.record(0, 2 * size, AS_DISTINCT)
    place.database = own
    place.staging = staging.url_with(sslmode="disable")
    place.files(numbers(size), lambda name: "select '%s', 'edited';\n" % name)
    return "dry-run", BLOCKED


def compared_schemas(place, size):
    """Tables with what tables have, on both sides; every tenth differs."""
    staging = place.database.cluster.create_database()
    place.stack.callback(staging.drop)
    for database, level in ((staging, 1), (place.database, 2)):
        database.query("do $$ begin for n in 1 .. %d loop execute format('create table t%%1$s (id bigint generated always as identity primary key,"
                       " a text not null default %%2$L, b int check (b > 0), c timestamptz default now()); create index on t%%1$s (a, b);"
                       " alter table t%%1$s enable row level security; create policy p on t%%1$s using (id > %%3$s);"
                       " grant select on t%%1$s to pg_monitor', n, 'x', case n %% 10 when 0 then %d else 0 end); commit; end loop; end $$" % (size, level))
    place.staging = staging.url_with(sslmode="disable")
    place.files(numbers(1), distinct)
    return "compare", DRIFT


def one_file(place, size):
    place.workspace.migrations({migration(1): "".join("insert into t values (%d);\n" % n for n in range(size))})
    return "dry-run", 0


def vault_entries(place, size):
    """Half of them from the environment, and so secrets of the log, too."""
    vault.install(place.database)
    place.environment = {"KEY_%d" % n: "the value %d" % n for n in range(0, size, 2)}
    lines = ["[db.vault]"] + ['key_%d = "%s"' % (n, "literal %d" % n if n % 2 else "env(KEY_%d)" % n) for n in range(size)]
    place.workspace.write("supabase/config.toml", "\n".join(lines) + "\n")
    place.files(numbers(1), distinct)
    return "dry-run", 0


def seeds(place, size):
    place.workspace.write("supabase/config.toml", "[db.seed]\nsql_paths = ['seeds/*.sql']\n")
    for n in range(size):
        place.workspace.write("supabase/seeds/%06d.sql" % n, "select %d;\n" % n)
    place.files(numbers(1), distinct)
    place.seeds = "true"
    return "dry-run", 0


def server_parameters(place, size):
    """A server that has much to say at login, and then nothing more."""
    said = LET_IN + b"".join(parameter(b"parameter_%d" % n, b"value") for n in range(size))

    def serve(client):
        client.sendall(said)
        client.recv(1)
    place.url = place.stack.enter_context(FakeServer(serve)).url
    place.files(numbers(1), distinct)
    place.timeout = "2s"
    return "dry-run", FAILED_CONNECT


SCENARIOS = [
    ("versions without a file", unknown_rows, 10000),
    ("versions without a file, beside pending files", unknown_rows_beside_files, 10000),
    ("files that are recorded under other versions", renamed, 1000),
    ("applied files", nothing_pending, 1000),
    ("applied files that were edited", edited, 1000),
    ("pending files", all_pending, 1000),
    ("files pushed", pushed, 300),
    ("pending files of one content", all_the_same, 1000),
    ("pending files with the content of applied ones", same_as_applied, 1000),
    ("files out of order", out_of_order, 1000),
    ("files left half done", left_half_done, 1000),
    ("files that staging has with another content", behind_staging, 1000),
    ("tables compared with staging's", compared_schemas, 200),
    ("statements of one file", one_file, 60000),
    ("secrets of the vault", vault_entries, 2000),
    ("seeds", seeds, 1000),
    ("parameters that the server tells at login", server_parameters, 30000),
]


# -- measuring ----------------------------------------------------------------------------------------------------------

class Cost:
    def __init__(self, milliseconds, cpu, mebibytes, said):
        self.milliseconds, self.cpu, self.mebibytes, self.said = milliseconds, cpu, mebibytes, said


def run(place, mode, expected, folder):
    action = Action(place.workspace.root, folder / "runner")
    action.prepare()
    inputs = {"mode": mode, "db_url": place.url, "staging_db_url": getattr(place, "staging", None),
              "include_seed": getattr(place, "seeds", None), "connect_timeout": getattr(place, "timeout", None)}
    environment = dict(action.environment(inputs), **getattr(place, "environment", {}))
    log = folder / "log"
    with open(log, "wb") as said:
        subprocess.run([str(REPOSITORY / "build" / "bench" / "measure"), str(folder / "cost"), str(BINARY)], env=environment,
                       cwd=str(place.workspace.root), stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=True)
    code, microseconds, kibibytes, cpu = map(int, (folder / "cost").read_text().split())
    if expected is not None and code != expected:
        sys.exit("exit %d instead of %d:\n%s" % (code, expected, log.read_bytes()[-3000:].decode("utf-8", "replace")))
    said = log.stat().st_size + sum(len(action.read(name)) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"))
    return Cost(microseconds / 1000, cpu / 1000, kibibytes / 1024, said)


def measure_at(cluster, prepare, size):
    with tempfile.TemporaryDirectory(prefix="promote-growth-") as folder:
        place = Place(cluster, Path(folder))
        with place.stack:
            mode, expected = prepare(place, size)
            cost = run(place, mode, expected, Path(folder))
        place.database.drop()
    return cost


def marked(text, is_ok):
    return "%s (%s)" % (text, "ok" if is_ok else "**over**")


def row_of(scenario, small, large):
    label, _, size = scenario
    growth = large.cpu / small.cpu
    return [label, "%d and %d" % (size, size * TIMES), "%.0f → %.0f" % (small.cpu, large.cpu),
            marked("%.1f×" % growth, growth <= LINEAR), "%.0f" % large.milliseconds,
            "%.0f → %.0f" % (small.mebibytes, large.mebibytes), marked("%d" % (large.said / 1000), large.said <= SAID_MAX)]


HEADS = ["what grows", "how many", "processor ms", "growth", "ms in all", "MiB", "kB said"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="scenarios whose label contains this")
    options = parser.parse_args()
    if not BINARY.exists():
        sys.exit("%s is not there: build it first (make)" % BINARY)
    build_measure()
    rows = []
    with Cluster(log_statement="none") as cluster:
        for scenario in SCENARIOS:
            if options.only not in scenario[0]:
                continue
            small, large = (measure_at(cluster, scenario[1], scenario[2] * times) for times in (1, TIMES))
            rows.append(row_of(scenario, small, large))
            sys.stderr.write(" | ".join(rows[-1]) + "\n")
    text = "Growth: %d times as much of one thing, with everything else the same.\n\n%s\n" % (TIMES, table(HEADS, rows))
    (REPOSITORY / "build" / "bench" / "bench_growth.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
