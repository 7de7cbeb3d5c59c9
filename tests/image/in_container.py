#!/usr/bin/python3
r"""The image in the place of the program, for tests of tests/integration:

    PROMOTE_BINARY=tests/image/in_container.py PROMOTE_WRAPPER='/usr/bin/env IMAGE=localhost/supabase-promote' \
      /usr/bin/python3 -m pytest tests/integration/test_examples.py

Started with the variables that the program would have got, it runs the image as tests/image/run.sh does, with the
same inputs and the same event, on the same workspace; what the container writes for the runner comes back. Other
folders, and names that only a test knows, are not seen in there."""
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = {"GITHUB_OUTPUT": "set_output", "GITHUB_STEP_SUMMARY": "step_summary"}
# In the container the runner mounts these at places of its own, which run.sh names.
PLACES = {"GITHUB_WORKSPACE", "GITHUB_EVENT_PATH", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_PATH", "RUNNER_TEMP", *FILES}


def settings():
    return ["%s=%s" % (name, value) for name, value in os.environ.items()
            if name.startswith(("INPUT_", "GITHUB_", "RUNNER_")) and name not in PLACES]


def main():
    with tempfile.TemporaryDirectory() as folder:
        mounts = Path(folder)
        (mounts / "workflow").mkdir()
        shutil.copy(os.environ["GITHUB_EVENT_PATH"], mounts / "workflow" / "event.json")
        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                       "HOME": pwd.getpwuid(os.geteuid()).pw_dir, "IMAGE": os.environ["IMAGE"],
                       "WORKSPACE": os.environ["GITHUB_WORKSPACE"], "RUNNER_DIR": folder}
        done = subprocess.run([str(Path(__file__).with_name("run.sh")), *settings()], env=environment, check=False)
        for variable, name in FILES.items():
            shutil.copy(mounts / "files" / name, os.environ[variable])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
