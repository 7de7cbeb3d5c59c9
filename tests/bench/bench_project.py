#!/usr/bin/python3
"""From the start to a known plan, for a Supabase project: the API and both routes, with and without a way to go.

    python3 tests/bench/bench_project.py [--runs N]

A dry run of one pending file; the time is the program's own. The API, the direct host and PgBouncer as the shared pooler are
stand-ins on this machine, behind proxies that delay (half the time each way) and count the client's turns, TLS
handshakes included; what a real network adds for opening a TCP connection they cannot add. The table goes to stdout
and build/bench/.
"""
import argparse
import contextlib
import io
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "tests" / "integration"))

import bouncer  # noqa: E402
import hosts  # noqa: E402
from action import BINARY, Action  # noqa: E402
from cluster import OWNER_PASSWORD, Cluster  # noqa: E402
from project import API_HOST, Project  # noqa: E402
from proxy import Proxy  # noqa: E402
from workspace import Workspace, migration  # noqa: E402

HEADS = ["start to plan known", "added RTT", "ms", "API calls", "API turns", "turns at the database"]
CALLS_MAX = 3  # on the way to the login


def prepare(cluster, folder, route, rtt_ms):
    project = Project(cluster, folder)
    address = hosts.loopback()
    project.api = project.stack.enter_context(Proxy((project.api_address, project.stub.port), listen=address,
                                                    listen_port=project.stub.port, rtt_ms=rtt_ms))
    project.names[API_HOST] = [address]
    if route == "direct":
        project.database = project.open_direct(rtt_ms=rtt_ms)
    else:
        project.open_pooler(rtt_ms=rtt_ms or 0.001)
        project.database = project.pooler
    return project


def sample(project, action, inputs):
    for proxy in (project.api, project.database):
        proxy.links.clear()
    before = len(project.stub.requests)
    with contextlib.redirect_stdout(io.StringIO()):  # the harness shows every run
        result = project.run(action, mode="dry-run", **inputs)
    if result.code != 0:
        sys.exit(repr(result))
    milliseconds = json.loads(result.outputs["report"])["ms"]
    return milliseconds, len(project.stub.requests) - before, project.api.turns, project.database.turns


def measure(cluster, route, login, rtt_ms, runs):
    inputs = {"db_password": OWNER_PASSWORD} if login == "password" else {}
    with tempfile.TemporaryDirectory() as folder:
        project = prepare(cluster, Path(folder), route, rtt_ms)
        try:
            action = Action(Workspace(Path(folder) / "w").migrations({migration(1): "select 1;"}).root, Path(folder) / "runner")
            samples = [sample(project, action, inputs) for _ in range(runs + 1)][1:]
        finally:
            project.close()
    milliseconds, calls, api, database = ([row[i] for row in samples] for i in range(4))
    mark = "ok" if max(calls) <= CALLS_MAX else "**over**"
    return ["%s, %s" % (route, login), "%d ms" % rtt_ms, "%.0f" % statistics.median(milliseconds),
            "%d (≤ %d: %s)" % (max(calls), CALLS_MAX, mark), "%d" % statistics.median(api), "%d" % statistics.median(database)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "5")))
    runs = parser.parse_args().runs
    if not BINARY.exists():
        sys.exit("%s is not there: build it first (make)" % BINARY)
    with tempfile.TemporaryDirectory() as folder:
        reason = hosts.reason_unavailable(folder) or (None if bouncer.PROGRAM else "there is no pgbouncer")
    if reason:
        print("no measurement of projects: " + reason)
        return
    with Cluster(log_statement="none") as cluster:
        rows = [measure(cluster, route, login, rtt_ms, runs)
                for rtt_ms in (0, 50) for route in ("direct", "pooler") for login in ("login role", "password")]
    lines = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    text = "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"
    (REPOSITORY / "build" / "bench").mkdir(parents=True, exist_ok=True)
    (REPOSITORY / "build" / "bench" / "project.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
