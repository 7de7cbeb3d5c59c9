"""The real Supabase CLI, version 3.1.0 of the npm package, as the peer to agree with."""
import os
import subprocess
from pathlib import Path

import npm
from hosts import Hosts

VERSION = "3.1.0"
CACHE = npm.CACHES / ("supabase-cli-" + VERSION)


def install():
    """The path of the CLI's executable; installed on first use, below build/."""
    with npm.locked(CACHE):
        return _executable() or _install()


def _install():
    said = npm.run(CACHE, "install", "--prefix", str(CACHE), "supabase@" + VERSION)
    found = _executable()
    if not found:
        raise npm.Unavailable("npm install failed: " + said[-400:])
    return found


def _executable():
    # The package proper is a launcher; the program is in a package per platform beside it.
    for path in sorted(CACHE.glob("node_modules/@supabase/cli-linux-*/bin/supabase")):
        if "musl" not in str(path):
            return path
    return None


def environment(home):
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1",
            "SUPABASE_NO_UPDATE_NOTIFIER": "1", "SUPABASE_NO_KEYRING": "1", "LANG": "C.UTF-8"}


def push_command(executable, url, folder, *flags):
    return [str(executable), "db", "push", "--remote=" + url, "--yes", "--workdir", str(folder), *flags]


def push_project(executable, project, api, folder, *flags, password, variables=None):
    """(exit code, all it said) of a push to a Project by its reference; `api` is a ManagementStub without TLS."""
    home = Path(folder) / ".home"
    home.mkdir(exist_ok=True)
    profile = home / "profile.yaml"
    # Its own names, so that nothing but the API's address differs from the built-in profile.
    profile.write_text("name: stub\napi_url: %s\ndashboard_url: %s\nproject_host: supabase.co\npooler_host: supabase.com\n" % (
        api.url, api.url))
    done = subprocess.run(
        [str(executable), "db", "push", "--remote=" + api.ref, "--yes", "--workdir", str(folder), "--profile", str(profile), *flags],
        env={**environment(home), "SUPABASE_ACCESS_TOKEN": api.token, "SUPABASE_DB_PASSWORD": password, **(variables or {})},
        cwd=str(folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
        preexec_fn=Hosts(project.names, home).enter)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def push(executable, url, folder, *flags):
    """(exit code, all it said); `folder` holds supabase/migrations."""
    home = Path(folder) / ".home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(push_command(executable, url, folder, *flags), env=environment(home), cwd=str(folder),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, done.stdout.decode("utf-8", "replace")
