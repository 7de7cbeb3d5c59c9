"""`make demo` on days on which the archive has moved on, with the real parser's source: what is compiled already lies in
build/, and is compiled again only where the source is another one."""
import shutil
import subprocess
from pathlib import Path

import pytest

from archive import Archive, Package, environment, source_package

REPOSITORY = Path(__file__).resolve().parents[2]
SNAPSHOT = "/snapshot/debian/20261122T000000Z"
VERSION, FILE = next((line.split()[1], line.split()[3]) for line in (REPOSITORY / "deps/sources.lock").read_text().split("\n")
                     if line.startswith("libpg-query "))
NEWER = VERSION.rsplit(".", 1)[0] + ".999-1"  # of the same series


@pytest.fixture
def parser():
    content = (REPOSITORY / "build/deps/src" / FILE).read_bytes()
    return Package("libpg-query", VERSION, {FILE: content}, source_package("libpg-query", VERSION, content).stanzas)


@pytest.fixture
def newer(parser):
    return source_package("libpg-query", NEWER, parser.files[FILE])


@pytest.fixture
def archive(keys, parser, newer):
    """It has the parser, and announces a newer one."""
    with Archive(keys[0]) as running:
        running.put(parser)
        running.announce(newer)
        running.sign()
        yield running


@pytest.fixture
def demo(tmp_path, archive, keys):
    tracked = subprocess.run(["git", "-C", str(REPOSITORY), "ls-files", "-z"], check=True, capture_output=True).stdout
    for name in tracked.decode().split("\0")[:-1]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / name, tmp_path / name, follow_symlinks=False)
    for folder in ("plain", "deps/stamp", "deps/glibc"):
        (tmp_path / "build" / folder).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", REPOSITORY / "build" / folder, tmp_path / "build" / folder], check=True)
    given = environment(tmp_path, archive, keys[2])

    def run(**variables):
        return subprocess.run(["make", "demo"], cwd=tmp_path, env={**given, **variables}, text=True, capture_output=True)
    return run


def seen(done):
    return done.returncode == 0 and "The server is stopped and its files are removed." in done.stdout


def test_the_index_has_moved_on(demo):
    done = demo()
    assert seen(done) and "  fetch   libpg-query %s\n" % VERSION in done.stdout + done.stderr, done
    again = demo(DEBIAN_MIRROR="http://127.0.0.1:9/debian")  # all that is needed is there
    assert seen(again) and "fetch" not in again.stdout + again.stderr, again


def test_a_snapshot_has_what_the_pool_has_lost(demo, archive, parser):
    archive.lose(parser)
    archive.put(parser, SNAPSHOT + "/pool/main")
    done = demo(DEBIAN_SNAPSHOT=archive.url + SNAPSHOT)
    assert seen(done) and "WARNING" not in done.stderr, done


def test_what_all_have_lost_is_replaced_loudly(demo, archive, parser, newer):
    archive.lose(parser)
    archive.put(newer)
    done = demo()
    assert seen(done) and done.stderr.count("WARNING: no archive has libpg-query %s, which is locked; BUILDING %s INSTEAD"
                                            % (VERSION, NEWER)) == 1, done


def test_what_nobody_has_or_somebody_has_changed_says_what_to_do(demo, archive, parser):
    archive.tamper(parser)
    done = demo()  # what the index announces is not there either
    assert done.returncode != 0 and "is not the file that is locked (its SHA-256 differs): not used" in done.stderr, done
    assert "libpg-query %s cannot be fetched" % VERSION in done.stderr and "DEBIAN_SNAPSHOT=" in done.stderr, done
    assert "======== 1." not in done.stdout, done
