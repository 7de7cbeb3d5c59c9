"""Where the libraries' sources come from, on days on which the archive has moved on. The scripts and the makefile of
deps/ are the real ones; packages and recipes are small ones: each library "is" the version that its source holds."""
import shutil
import subprocess
from pathlib import Path

import pytest

from archive import Archive, binary_package, environment, source_package

REPOSITORY = Path(__file__).resolve().parents[2]
LOCKED = {
    "cjson": "1.7.18-3.1+deb13u1", "curl": "8.14.1-2+deb13u5", "http-parser": "2.9.4-6", "libgit2": "1.9.0+ds-2+deb13u1",
    "libpg-query": "17-6.1.0-1", "libyaml": "0.2.5-2", "openssl": "3.5.7-1~deb13u2", "postgresql-17": "17.11-0+deb13u1",
    "zlib": "1:1.3.dfsg+really1.3.1-1",
}
RECIPE = 'mkdir -p "$PREFIX/lib"\ncp marker "$PREFIX/lib/%s.txt"\n'


@pytest.fixture(scope="session")
def locked(tmp_path_factory):
    packages = {name: source_package(name, version) for name, version in LOCKED.items()}
    packages["musl"] = binary_package("musl", "musl-dev", "1.2.5-3.1", tmp_path_factory.mktemp("deb"))
    return packages


@pytest.fixture
def archive(keys, locked):
    """The archive on the day of the lock."""
    with Archive(keys[0]) as running:
        for package in locked.values():
            running.put(package)
        running.announce(*locked.values())
        running.sign()
        yield running


class Tree:
    """A checkout that has nothing but deps/, with a lock over the small packages."""

    def __init__(self, folder, archive, keyring, packages):
        self.folder = folder
        shutil.copytree(REPOSITORY / "deps", folder / "deps")
        for recipe in (folder / "deps/recipes").iterdir():
            recipe.write_text(RECIPE % recipe.stem)
        self.lock = folder / "deps/sources.lock"
        self.lock.write_text("# All of these files could be fetched on 2026-11-22\n" +
                             "".join(packages[name].lines() for name in sorted(packages)))
        self.variables = environment(folder, archive, keyring)

    def make(self, target, **variables):
        return subprocess.run(["make", "-f", "deps/deps.mk", target], cwd=self.folder, text=True, capture_output=True,
                              env={**self.variables, **variables})

    def fetch(self, *packages):
        return subprocess.run(["deps/fetch.sh", *packages], cwd=self.folder, env=self.variables, text=True,
                              capture_output=True)

    def build(self, **variables):
        """The output of a build that ends well."""
        done = self.make("deps", **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def refuse(self, **variables):
        """The output of a build that fails, and has built nothing."""
        done = self.make("deps", **variables)
        assert done.returncode != 0, done.stdout + done.stderr
        return done.stderr

    def built(self, name):
        return (self.folder / "build/deps/musl/lib" / (name + ".txt")).read_text()

    def everything_built(self):
        return {file.stem: file.read_text() for file in (self.folder / "build/deps/musl/lib").glob("*.txt")}


@pytest.fixture
def tree(tmp_path, archive, keys, locked):
    return Tree(tmp_path, archive, keys[2], locked)


def as_locked(tree):
    names = {"postgresql-17": "libpq", "libpg-query": "libpg_query"}
    assert tree.everything_built() == {"musl": "1.2.5-3.1",
                                       **{names.get(name, name): version for name, version in LOCKED.items()}}


# -- what is locked is built ------------------------------------------------------------------------------

def test_the_index_is_not_needed_for_what_is_locked(tree, archive, keys):
    archive.announced["trixie"] = [source_package(name, version + ".1") for name, version in LOCKED.items()]
    archive.sign()
    archive.requests.clear()
    output = tree.build()
    assert "  fetch   openssl 3.5.7-1~deb13u2\n" in output and "WARNING" not in output
    assert not [path for path in archive.requests if "/dists/" in path]
    as_locked(tree)


def test_what_is_in_the_cache_needs_no_network(tree, archive):
    tree.build()
    shutil.rmtree(tree.folder / "build/deps/stamp")
    shutil.rmtree(tree.folder / "build/deps/musl")
    output = tree.build(DEBIAN_MIRROR="http://127.0.0.1:9/debian", DEPS_EXACT="1")
    assert "fetch" not in output and "WARNING" not in output
    as_locked(tree)


def test_nothing_is_built_twice(tree):
    tree.build()
    assert "build" not in tree.build().replace(str(tree.folder), "")


def test_only_what_a_build_needs_is_fetched(tree, archive, locked):
    archive.lose(locked["openssl"])
    done = tree.fetch("libpg-query")
    assert done.returncode == 0 and done.stdout == "  fetch   libpg-query 17-6.1.0-1\n" and not done.stderr, done
    fetched = [file for file in (tree.folder / "build/deps/src").iterdir() if file.name != "lock"]
    assert {file.name for file in fetched} == set(locked["libpg-query"].files)


def test_the_security_archive_has_files_of_its_own(tree, archive, locked):
    archive.lose(locked["openssl"])
    archive.put(locked["openssl"], "/debian-security/pool/updates/main")
    assert "WARNING" not in tree.build()
    as_locked(tree)


def test_a_snapshot_has_what_the_pool_has_lost(tree, archive, locked):
    for name in ("openssl", "libpg-query", "musl"):
        archive.lose(locked[name])
        archive.put(locked[name], "/snapshot/debian/20261122T000000Z/pool/main")
    output = tree.build(DEBIAN_SNAPSHOT=archive.url + "/snapshot/debian/20261122T000000Z/", DEPS_EXACT="1")
    assert "WARNING" not in output
    as_locked(tree)


def test_a_file_in_the_cache_that_is_cut_short_is_fetched_again(tree, archive):
    tree.build()
    tarball = tree.folder / "build/deps/src/openssl_3.5.7.orig.tar.gz"
    tarball.write_bytes(tarball.read_bytes()[:40])
    shutil.rmtree(tree.folder / "build/deps/stamp")
    assert "  fetch   openssl" in tree.build()
    as_locked(tree)


# -- what is locked and lost is replaced, loudly -------------------------------------------------------------

@pytest.fixture
def newer(archive, locked):
    """The pool has lost what is locked; the index has 3.5.9 instead, and a new series."""
    archive.lose(locked["openssl"])
    packages = [source_package("openssl", version) for version in ("3.5.8-1", "3.5.9-1~deb13u1", "3.6.0-1", "3.5.7-1~deb13u1")]
    archive.announced["trixie"] = [package for package in locked.values() if package.name != "openssl"] + packages
    for package in packages:
        archive.put(package)
    archive.sign()
    return {package.version: package for package in packages}


def test_the_newest_of_the_same_series_is_built_instead_and_said(tree, newer):
    output = tree.build()
    warnings = [line for line in output.splitlines() if "WARNING" in line]
    assert warnings == ["deps/fetch.sh: WARNING: no archive has openssl 3.5.7-1~deb13u2, which is locked; BUILDING "
                        "3.5.9-1~deb13u1 INSTEAD"]
    assert tree.built("openssl") == "3.5.9-1~deb13u1" and tree.built("zlib") == LOCKED["zlib"]


def test_a_replacement_stays_while_the_network_is_gone_and_goes_when_the_file_is_back(tree, newer, archive, locked):
    tree.build()
    done = tree.fetch("libpg-query")  # for a build that does not need the replaced one
    assert done.returncode == 0 and not done.stderr, done
    output = tree.build(DEBIAN_MIRROR="http://127.0.0.1:9/debian")
    assert output.count("WARNING") == 1 and tree.built("openssl") == "3.5.9-1~deb13u1"
    archive.put(locked["openssl"])
    assert "WARNING" not in tree.build()
    as_locked(tree)


def test_a_release_is_never_built_from_a_replacement(tree, newer):
    for _ in range(2):
        error = tree.refuse(DEPS_EXACT="1")
        assert "openssl 3.5.7-1~deb13u2 cannot be fetched as deps/sources.lock has it" in error
        assert "404" in error and "/debian/pool/main/o/openssl/openssl_3.5.7.orig.tar.gz" in error
        assert "DEBIAN_SNAPSHOT=https://snapshot.debian.org/archive/debian/20261122T000000Z" in error
        assert "make deps-update" in error
        tree.build()  # what an everyday build has made in the meantime changes nothing


def test_what_is_announced_and_not_there_is_passed_over(tree, newer, archive):
    archive.lose(newer["3.5.9-1~deb13u1"])
    assert "BUILDING 3.5.8-1 INSTEAD" in tree.build()
    assert tree.built("openssl") == "3.5.8-1"


def test_a_library_that_debian_has_built_is_replaced_as_well(tree, archive, locked, tmp_path):
    fixed = binary_package("musl", "musl-dev", "1.2.5-3.2", tmp_path / "deb")
    archive.lose(locked["musl"])
    archive.put(fixed)
    archive.announced["trixie"] = [package for package in locked.values() if package.name != "musl"] + [fixed]
    archive.sign()
    assert "BUILDING 1.2.5-3.2 INSTEAD" in tree.build()
    assert tree.built("musl") == "1.2.5-3.2"


def test_another_series_is_no_replacement(tree, newer, archive):
    for version in ("3.5.8-1", "3.5.9-1~deb13u1", "3.5.7-1~deb13u1"):
        archive.lose(newer[version])
    assert "openssl 3.5.7-1~deb13u2 cannot be fetched" in tree.refuse()


# -- what is not what it claims is never used ------------------------------------------------------------------

def test_a_tampered_file_is_not_used(tree, archive, locked):
    archive.tamper(locked["zlib"])
    archive.announced["trixie"] = []
    archive.sign()
    error = tree.refuse()
    assert "zlib_1.3.dfsg+really1.3.1.orig.tar.gz is not the file that is locked (its SHA-256 differs): not used" in error
    assert not list((tree.folder / "build/deps/src").glob("zlib*"))
    archive.put(locked["zlib"], "/debian-security/pool/updates/main")
    tree.build()
    as_locked(tree)


def test_a_tampered_replacement_is_not_used(tree, newer, archive):
    archive.tamper(newer["3.5.9-1~deb13u1"])
    assert "BUILDING 3.5.8-1 INSTEAD" in tree.build()


def test_an_index_that_a_stranger_has_signed_replaces_nothing(tree, newer, archive, keys):
    archive.sign(keys[1])
    assert "openssl 3.5.7-1~deb13u2 cannot be fetched" in tree.refuse()


# -- without a network ------------------------------------------------------------------------------------------

def test_an_empty_cache_and_no_network_say_what_to_do(tree):
    error = tree.refuse(DEBIAN_MIRROR="http://127.0.0.1:9/debian")
    assert "cannot be fetched" in error and "Could not connect to 127.0.0.1:9" in error
    assert "DEBIAN_MIRROR" in error


# -- the lock is renewed ------------------------------------------------------------------------------------------

def test_update_takes_the_newest_that_can_be_fetched_and_says_what_it_kept(tree, newer, archive, locked):
    announced = source_package("postgresql-17", "17.12-0+deb13u1")
    archive.announced["trixie"] = [package for package in archive.announced["trixie"] if package.name != "postgresql-17"]
    archive.announce(announced, suite="trixie-security")
    archive.lose(newer["3.6.0-1"])
    archive.sign()
    done = tree.make("deps-update")
    assert done.returncode == 0, done.stderr
    assert "openssl: from 3.5.7-1~deb13u2 to 3.5.9-1~deb13u1: the archive announces 3.6.0-1" in done.stderr
    assert "postgresql-17: kept at 17.11-0+deb13u1: the archive announces 17.12-0+deb13u1, but does not have all of " \
        "the files" in done.stderr
    lock = tree.lock.read_text()
    assert newer["3.5.9-1~deb13u1"].lines() in lock and locked["postgresql-17"].lines() in lock
    assert locked["musl"].lines() in lock and lock.startswith("# All of these files could be fetched on 20")
    assert "WARNING" not in tree.build(DEPS_EXACT="1")


def test_an_update_that_fails_changes_nothing(tree, archive, locked):
    before = {path: path.read_bytes() for path in (tree.folder / "deps").rglob("*") if path.is_file()}
    archive.lose(locked["zlib"])
    done = tree.make("deps-update")
    assert done.returncode != 0 and "no version of zlib can be fetched; deps/sources.lock is as it was" in done.stderr
    assert {path: path.read_bytes() for path in (tree.folder / "deps").rglob("*") if path.is_file()} == before
