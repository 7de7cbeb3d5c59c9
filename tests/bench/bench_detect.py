#!/usr/bin/python3
"""Change detection: wall time and peak memory of the whole process. For `make bench`.

    python3 tests/bench/bench_detect.py [--runs N] [--only WORD]

The peer in the same run is git itself (`git diff --name-status` of the same commits), which has no
filters: the least that any tool pays that starts git. Targets are marked `ok` or `over`.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench import REPOSITORY, build_measure, measure, table  # noqa: E402
import events  # noqa: E402
from action import BINARY, Action  # noqa: E402
from github_stub import GitHub  # noqa: E402
from origin import ENVIRONMENT, git  # noqa: E402

PATTERNS = ["team%d/**", "packages/p%d/src/**/*.ts", "docs/d%d/*.md", "**/v%d/*.sql", "{app,lib}/m%d/**", "conf%d.json"]


def few_filters():
    return "migrations: supabase/migrations/*.sql\nsrc: dir1/**\ndocs: '**/*.md'\nany: ['**']\n"


def many_filters():
    return "".join("f%d:\n" % n + "".join("  - '%s'\n" % (p % n) for p in PATTERNS) for n in range(200))


# label, files, changed files, filters, {quantity: target}
SCENARIOS = [
    ("10 changed of 1,000", 1000, 10, few_filters, {"ms": 20, "MiB": 30}),
    ("5,000 changed of 50,000", 50000, 5000, few_filters, {"ms": 100, "MiB": 30}),
    ("5,000 of 50,000, 200 filters of 6 patterns", 50000, 5000, many_filters, {"ms": 150, "MiB": 30}),
]
PULL = ("3,000 pull-request files, 30 pages", 3000, {"ms": 250, "MiB": 30})


class History:
    """A repository of two commits, made by git fast-import; no work tree is checked out."""

    def __init__(self, folder, count, changed):
        self.folder, self.shas = folder, {}
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        paths = ["dir%d/sub%d/file%d.txt" % (n % 50, n % 500, n) for n in range(count)]
        step = count // changed
        stream = self._commit("a", [(path, "one") for path in paths])
        stream += self._commit("b", [(path, "two") for path in paths[::step][:changed]])
        git(folder, "fast-import", "--quiet", stdin=stream.encode())
        self.shas = {"a": git(folder, "rev-parse", "main~1"), "b": git(folder, "rev-parse", "main")}

    @staticmethod
    def _commit(name, files):
        blobs = "".join("M 100644 inline %s\ndata %d\n%s\n" % (path, len(text), text) for path, text in files)
        return "commit refs/heads/main\ncommitter t <t@example.com> 1700000000 +0000\ndata 1\n%s\n%s\n" % (name, blobs)


class Runs:
    def __init__(self, scratch, count):
        self.scratch, self.count, self.number = scratch, count, 0

    def ours(self, workspace, event, **inputs):
        self.number += 1
        extra = inputs.pop("extra", {})
        action = Action(workspace, self.scratch / ("run%d" % self.number))
        action.prepare()
        environment = action.environment({"mode": "detect", "list_files": "none", **inputs}, event["event"],
                                         event["payload"])
        environment.update(event["extra"], **extra)
        return measure([str(BINARY)], environment, workspace)

    def medians(self, run):
        samples = [run() for _ in range(self.count + 1)][1:]
        return statistics.median(s.seconds for s in samples) * 1000, max(s.mebibytes for s in samples)


def marked(value, target, form):
    return form % value + " (≤ %d: %s)" % (target, "ok" if value <= target else "**over**")


def clone_row(scenario, histories, runs, scratch):
    label, count, changed, filters, targets = scenario
    if (count, changed) not in histories:
        histories[count, changed] = History(scratch / ("repository%d" % count), count, changed)
    history = histories[count, changed]
    event = events.push(history, "refs/heads/main", "b", "a")
    ms, mib = runs.medians(lambda: runs.ours(history.folder, event, filters=filters()))
    argv = ["/usr/bin/git", "diff", "--no-renames", "--name-status", "-z", history.shas["a"], history.shas["b"]]
    git_ms, git_mib = runs.medians(lambda: measure(argv, ENVIRONMENT, history.folder))
    return [label, "%.1f" % git_ms, marked(ms, targets["ms"], "%.1f"), "%.0f" % git_mib,
            marked(mib, targets["MiB"], "%.1f")]


def pull_row(runs, scratch):
    label, count, targets = PULL
    workspace = scratch / "empty"
    workspace.mkdir()

    class Nothing:
        shas = {name: digit * 40 for name, digit in (("c6", "1"), ("f2", "2"), ("m", "3"))}

    with GitHub() as github:
        github.synthetic_pull(7, files=count - 1)
        event = events.pull(Nothing)
        ms, mib = runs.medians(lambda: runs.ours(workspace, event, filters=few_filters(), token="ghs_bench",
                                                 extra={"GITHUB_API_URL": github.url}))
    return [label, "", marked(ms, targets["ms"], "%.1f"), "", marked(mib, targets["MiB"], "%.1f")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=int(os.environ.get("BENCH_RUNS", "5")))
    parser.add_argument("--only", default="", help="scenarios whose label contains this")
    options = parser.parse_args()
    build_measure()
    with tempfile.TemporaryDirectory(prefix="promote-bench-") as folder:
        scratch, histories = Path(folder), {}
        runs = Runs(scratch, options.runs)
        rows = [clone_row(s, histories, runs, scratch) for s in SCENARIOS if options.only in s[0]]
        if options.only in PULL[0]:
            rows.append(pull_row(runs, scratch))
    version = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    text = "Change detection, whole process; medians of %d runs, memory the worst run's.\n\n%s\n" % (
        options.runs, table(["detection", version + ", ms", "ours ms", "git MiB", "our MiB"], rows))
    (REPOSITORY / "build" / "bench" / "bench_detect.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
