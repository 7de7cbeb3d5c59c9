"""Tools of the tests that come from npm: installed on first use, below build/cache, and kept."""
import contextlib
import fcntl
import shutil
import subprocess
from pathlib import Path

CACHES = Path(__file__).resolve().parents[2] / "build" / "cache"


class Unavailable(Exception):
    """npm or the package cannot be had here; the text says why."""


@contextlib.contextmanager
def locked(folder):
    """For one of the test runs that are under way, while it installs something there."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(folder, *words):
    """`npm WORDS` in a folder; returns what it said, and leaves it to the caller to look for what should be there."""
    if not shutil.which("npm"):
        raise Unavailable("npm is not installed")
    try:
        return subprocess.run(["npm", *words, "--no-audit", "--no-fund", "--loglevel=error"], cwd=str(folder),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300).stdout.strip()
    except subprocess.TimeoutExpired:
        raise Unavailable("npm took more than five minutes")


def install_locked(lockfile_folder, cache, prepare):
    """What package-lock.json pins, and no other bytes than those whose digests it has. No script of a package is run:
    prepare(cache) does what is to be done afterwards. Returns the folder node_modules."""
    lockfile, complete = lockfile_folder / "package-lock.json", cache / "complete"
    with locked(cache):
        if not complete.exists() or complete.read_bytes() != lockfile.read_bytes():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(lockfile_folder / name, cache / name)
            complete.unlink(missing_ok=True)
            said = run(cache, "ci", "--ignore-scripts")
            try:
                prepare(cache)
            except OSError as error:
                raise Unavailable("npm ci failed: %s" % (said[-400:] or error))
            shutil.copy(lockfile, complete)
    return cache / "node_modules"
