"""Which versions of PostgreSQL the tests run on, and where their servers come from.

VERSIONS is the one table: what Supabase runs, and what comes next. The distribution's own server is taken where it has the
version. The others are from npm, as tests/integration/servers pins them; those have the contrib modules, but no client programs."""
import glob
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import npm

# version: the package in tests/integration/servers; None: only a distribution has it
VERSIONS = {15: None, 17: "postgresql17", 18: "postgresql18"}
DEFAULT = 17

PINS = Path(__file__).resolve().parent / "servers"
CACHE = npm.CACHES / "postgresql"


class Unavailable(Exception):
    """No server of this version can be had here; the text says why."""


class Programs:
    """A folder with initdb and postgres, and the version that they are."""

    def __init__(self, version, bin_folder):
        self.version = version
        self.bin = Path(bin_folder)


def of_distribution():
    """{version: Programs}: Debian keeps each major version apart."""
    found = [path for path in glob.glob("/usr/lib/postgresql/*/bin") if os.path.exists(path + "/initdb")]
    versions = {int(re.search(r"/(\d+)/bin$", path).group(1)): path for path in found}
    return {version: Programs(version, path) for version, path in versions.items()}


def with_clients():
    """The version for what wants pg_dump, which cannot dump a newer server than itself."""
    return max(of_distribution(), default=DEFAULT)


def newest_of_distribution():
    """For whoever does without npm: the demo, the bench, the image's tests."""
    found = of_distribution()
    if not found:
        raise RuntimeError("no PostgreSQL server below /usr/lib/postgresql (Debian package: postgresql)")
    return found[max(found)]


def find(version, user):
    """The Programs of a version, which `user` (a passwd entry; None: ourselves) can run; or Unavailable."""
    found = of_distribution().get(version)
    if found:
        return found
    package = VERSIONS.get(version)
    if not package:
        raise Unavailable("it is not below /usr/lib/postgresql")
    if platform.machine() != "x86_64":
        raise Unavailable("npm has it for x86-64 alone")
    try:
        folder = npm.install_locked(PINS, CACHE, link_libraries) / package / "native"
    except npm.Unavailable as reason:
        raise Unavailable(str(reason))
    return Programs(version, within_reach(folder, user) / "bin")


def link_libraries(cache):
    """What the packages' own script would do: a package of npm has no links, so a file lists them."""
    for package in filter(None, VERSIONS.values()):
        root = cache / "node_modules" / package
        for link in json.loads((root / "native" / "pg-symlinks.json").read_text()):
            target = root / link["target"]
            if not target.is_symlink():
                target.symlink_to(os.path.relpath(root / link["source"], target.parent))


COPIES = {}


def within_reach(folder, user):
    """The folder itself, or a copy for as long as we run: a checkout below /root is nothing that another user can enter."""
    if not user:
        return folder
    reached = subprocess.run(["setpriv", "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups",
                              "test", "-x", str(folder / "bin" / "postgres")], stderr=subprocess.DEVNULL)
    if reached.returncode == 0:
        return folder
    if folder not in COPIES:
        holder = tempfile.TemporaryDirectory(prefix="promote-postgresql-")
        os.chmod(holder.name, 0o755)
        shutil.copytree(folder, holder.name + "/native", symlinks=True, ignore=shutil.ignore_patterns("*.a", "pgxs"))
        subprocess.run(["chmod", "-R", "a+rX", holder.name], check=True)
        COPIES[folder] = holder  # removed when the process ends
    return Path(COPIES[folder].name) / "native"
