#!/usr/bin/python3
"""Change detection in the image, as a staging-first flow uses it: a push at fetch-depth 2, a pull request at
depth 1, a push without any clone. GitHub's API is the tests' stub over the same repository. Prints a line a
case, and ends with the number that failed."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

import events  # noqa: E402
import runner  # noqa: E402
from github_stub import TOKEN, GitHub  # noqa: E402
from origin import team  # noqa: E402


def run(scratch, name, clone, event, github):
    """The outputs, and what was printed."""
    workspace, mounts = scratch / name / "repository", scratch / name / "runner"
    workspace.mkdir(parents=True)
    clone(workspace)
    (mounts / "workflow").mkdir(parents=True)
    (mounts / "workflow" / "event.json").write_text(json.dumps(event["payload"]))
    # the runner's user owns the checkout, and is not the container's
    subprocess.run(["chown", "-R", "1001:1001", str(workspace)], check=True)
    settings = dict(event["extra"], GITHUB_EVENT_NAME=event["event"], GITHUB_REPOSITORY="acme/shop",
                    GITHUB_API_URL=github.url, INPUT_MODE="detect", INPUT_TOKEN=TOKEN)
    environment = dict(os.environ, WORKSPACE=str(workspace), RUNNER_DIR=str(mounts))
    done = subprocess.run([str(HERE / "run.sh"), *("%s=%s" % pair for pair in settings.items())], env=environment,
                          capture_output=True, text=True, timeout=120, check=False)
    return dict(runner.parse_file_command((mounts / "files" / "set_output").read_text())), done


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        origin = team(scratch / "origin")
        with GitHub(origin.folder, token=TOKEN) as github:
            github.pull(7, "main", "feature")
            cases = [
                ("depth-2", lambda to: origin.clone_branch(to, "main", depth=2),
                 events.push(origin, "refs/heads/main", "c6", "c4"), "false", "by the local clone"),
                ("pull-request", lambda to: origin.clone_pull(to, 7, "m"), events.pull(origin), "true",
                 "pull request #7"),
                ("no-clone", lambda to: None, events.push(origin, "refs/heads/feature", "f2", "0" * 40), "true",
                 "by GitHub's API"),
            ]
            for name, clone, event, migrations, words in cases:
                outputs, done = run(scratch, name, clone, event, github)
                fits = done.returncode == 0 and outputs.get("migrations") == migrations and words in done.stdout
                failed += not fits
                print(("ok      detect, %s" if fits else "FAILED  detect, %s") % name)
                if not fits:
                    print(outputs, done.stdout, done.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
