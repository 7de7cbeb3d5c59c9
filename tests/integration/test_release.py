"""The steps of a release, in a copy of this repository: nothing is published, nobody is asked."""
import hashlib
import json
import os
import subprocess

import pytest

from action import BINARY, REPOSITORY

DIGEST = "sha256:" + "ab" * 32
IMAGE = "ghcr.io/acme/supabase-promote"


def run(command, cwd, **variables):
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(command, cwd=cwd, env=environment, text=True, capture_output=True)


@pytest.fixture
def clone(tmp_path):
    """All files that are or would be committed, as one commit of a repository with an origin."""
    folder = tmp_path / "clone"
    folder.mkdir()
    listing = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=REPOSITORY,
                             check=True, text=True, capture_output=True).stdout
    for name in listing.splitlines():
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((REPOSITORY / name).read_bytes())
            (folder / name).chmod((REPOSITORY / name).stat().st_mode)
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "all")
    git(folder, "push", "--quiet", "origin", "main")
    return folder


def git(folder, *words):
    done = run(["git", *words], folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def version_of(folder):
    return next(line.split()[2] for line in (folder / "Makefile").read_text().splitlines()
                if line.startswith("VERSION :="))


def step(folder, name, **variables):
    return run(["make", "--no-print-directory", "-s", name], folder, **variables)


@pytest.fixture
def stub_gh(tmp_path):
    """A GitHub CLI that writes down what it is asked to do."""
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text('#!/bin/sh\nprintf "%%s\\n" "$*" >>%s/asked\n' % tmp_path)
    gh.chmod(0o755)
    return {"PATH": "%s:%s" % (gh.parent, os.environ["PATH"])}, tmp_path / "asked"


# -- the commit that is released ------------------------------------------------------------------------

def test_the_tag_must_be_that_of_the_version(clone):
    version = version_of(clone)
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## %s - 2026-01-01\n\n- First.\n\n## 0.0.1\n" % version)
    assert step(clone, "release-check", TAG="release-" + version).returncode == 0
    for tag in ("v" + version, "release-0.0.1", ""):
        done = step(clone, "release-check", TAG=tag)
        assert done.returncode != 0 and "VERSION := " + version in done.stderr, done.stderr
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- Something.\n")
    assert "CHANGELOG.md has no section" in step(clone, "release-check", TAG="release-" + version).stderr


def test_from_the_commit_to_the_published_release(clone, tmp_path, stub_gh):
    variables, asked = stub_gh
    version = version_of(clone)
    source = git(clone, "rev-parse", "HEAD")
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## %s\n\n- First.\n\n## 0.0.1\n\n- Old.\n" % version)

    done = step(clone, "release-commit", REGISTRY_IMAGE=IMAGE, DIGEST=DIGEST, **variables)
    assert done.returncode == 0, done.stderr
    commit = done.stdout.strip().split("=")[1]
    assert git(clone, "rev-parse", commit + "^") == source, "a child of the source's commit"
    assert git(clone, "diff", "--name-only", source, commit) == "action.yml"
    assert "image: docker://%s@%s\n" % (IMAGE, DIGEST) in git(clone, "show", commit + ":action.yml") + "\n"
    assert git(tmp_path / "origin", "rev-parse", "releases/v" + version) == commit
    assert git(tmp_path / "origin", "rev-parse", "main") == source, "main keeps image: Dockerfile"
    assert run(["/usr/bin/python3", "tests/lint/action_yml.py"], clone).returncode == 0

    (clone / "build/dist/SHA256SUMS").write_text("")
    (clone / "build/dist/supabase-promote-x").write_text("")
    assert step(clone, "release-draft", COMMIT=commit, **variables).returncode == 0
    assert (clone / "build/notes.md").read_text().strip() == "- First."
    done = step(clone, "release-publish", COMMIT=commit, **variables)
    assert done.returncode == 0, done.stderr
    drafted, published = [line for line in asked.read_text().splitlines() if line.startswith("release")]
    assert drafted.startswith("release create v%s --draft --target %s " % (version, commit))
    assert drafted.endswith("build/dist/supabase-promote-x build/dist/SHA256SUMS")
    assert published == "release edit v%s --draft=false" % version
    assert git(tmp_path / "origin", "rev-parse", "v" + version.split(".")[0]) == commit
    assert git(tmp_path / "origin", "branch", "--list", "releases/*") == ""


def test_the_image_has_small_letters_only(clone, stub_gh):
    step(clone, "release-commit", REGISTRY_IMAGE=IMAGE.replace("acme", "ACME-Inc"), DIGEST=DIGEST, **stub_gh[0])
    assert "image: docker://ghcr.io/acme-inc/supabase-promote@%s\n" % DIGEST in (clone / "action.yml").read_text()


def test_other_forms_of_the_image_are_refused(clone):
    action = clone / "action.yml"
    text = action.read_text()
    for image in ("ghcr.io/acme/supabase-promote@" + DIGEST, "docker://ghcr.io/acme/supabase-promote:v1",
                  "docker://ghcr.io/acme/supabase-promote@sha256:abc", "docker://@" + DIGEST, "Containerfile",
                  "docker://ghcr.io/acme/supabase-promote@" + DIGEST.upper()):
        action.write_text(text.replace("image: Dockerfile", "image: " + image))
        done = run(["/usr/bin/python3", "tests/lint/action_yml.py"], clone)
        assert done.returncode == 1 and image in done.stdout, image


def test_a_digest_that_is_none_is_not_released(clone, stub_gh):
    for digest in ("latest", "sha256:abc", DIGEST + "\nimage: evil"):
        done = step(clone, "release-commit", REGISTRY_IMAGE=IMAGE, DIGEST=digest, **stub_gh[0])
        assert done.returncode != 0 and "no digest" in done.stderr
    assert "image: Dockerfile" in (clone / "action.yml").read_text()


# -- what is in the binary ------------------------------------------------------------------------------

def bill(**variables):
    done = run(["/usr/bin/python3", "-B", "release/sbom.py", str(BINARY), "1.2.3"], REPOSITORY,
               SOURCE_DATE_EPOCH="1700000000", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_bill_of_materials_names_every_library_and_its_sources():
    document = json.loads(bill())
    ours = subprocess.run(["dpkg", "--print-architecture"], text=True, capture_output=True, check=True).stdout.strip()
    lines = [line.split() for line in (REPOSITORY / "deps/sources.lock").read_text().splitlines()
             if not line.startswith("#") and (not line.endswith(".deb") or line.endswith("_%s.deb" % ours))]
    packages = {package["name"]: package for package in document["packages"]}
    assert set(packages) == {line[0] for line in lines} | {"supabase-promote"}
    for name, version, digest, file in lines:
        assert packages[name]["versionInfo"] == version
        assert "%s (SHA-256 %s)" % (file, digest) in packages[name]["comment"]
        assert packages[name]["licenseDeclared"] and packages[name]["checksums"][0]["checksumValue"]
    assert packages["supabase-promote"]["checksums"][0]["checksumValue"] == \
        hashlib.sha256(BINARY.read_bytes()).hexdigest()
    known = {package["SPDXID"] for package in document["packages"]} | {"SPDXRef-DOCUMENT"}
    assert all({r["spdxElementId"], r["relatedSpdxElement"]} <= known for r in document["relationships"])
    assert sum(r["relationshipType"] == "STATIC_LINK" for r in document["relationships"]) == len(packages) - 1


def test_the_bill_of_materials_is_the_same_each_time():
    assert bill() == bill(TZ="Pacific/Apia", PYTHONHASHSEED="7")
    assert '"created": "2023-11-14T22:13:20Z"' in bill()


# -- Supabase's roots -----------------------------------------------------------------------------------

@pytest.fixture
def roots(tmp_path):
    """Two authorities of our own, and the file that pins them."""
    pins, files = "# pins\n", []
    for number in (1, 2):
        file = tmp_path / ("root%d.crt" % number)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=root %d" % number, "-keyout", str(tmp_path / "key"), "-out", str(file)],
                       check=True, capture_output=True)
        der = subprocess.run(["openssl", "x509", "-in", str(file), "-outform", "DER"], check=True,
                             capture_output=True).stdout
        pins += hashlib.sha256(der).hexdigest() + "  root\n"
        files.append(str(file))
    (tmp_path / "pins").write_text(pins)
    return files, str(tmp_path / "pins")


def test_roots_are_taken_when_all_are_pinned_and_there(clone, roots):
    files, pins = roots
    done = step(clone, "supabase-ca", CA_FILES=" ".join(files), CA_PINS=pins)
    assert done.returncode == 0 and "2 certificates" in done.stdout, done.stderr
    assert (clone / "supabase-ca.pem").read_text().count("BEGIN CERTIFICATE") == 2


def test_other_roots_are_refused(clone, roots, tmp_path):
    files, pins = roots
    done = step(clone, "supabase-ca", CA_FILES=files[0], CA_PINS=pins)
    assert "1 certificates were fetched, 2 are pinned" in done.stderr
    (tmp_path / "pins").write_text((tmp_path / "pins").read_text().splitlines()[1] + "\n")
    done = step(clone, "supabase-ca", CA_FILES=" ".join(files), CA_PINS=pins)
    assert done.returncode != 0 and "not pinned" in done.stderr
    assert not (clone / "supabase-ca.pem").exists()
    (tmp_path / "empty").write_text("<html>502</html>\n")
    assert step(clone, "supabase-ca", CA_FILES=str(tmp_path / "empty"), CA_PINS=pins).returncode != 0


def test_expect_compares(clone):
    assert step(clone, "expect", EXPECTED="pushed 1", ACTUAL="pushed 1").returncode == 0
    done = step(clone, "expect", EXPECTED="pushed 1", ACTUAL="failed 0")
    assert done.returncode != 0 and "expected 'pushed 1', got 'failed 0'" in done.stderr


def packages_of_lock():
    lines = (REPOSITORY / "deps/sources.lock").read_text().splitlines()
    return {line.split()[0] for line in lines if not line.startswith("#")}


def test_every_library_that_is_linked_in_has_a_licence_file():
    script = (REPOSITORY / "release/licences.sh").read_text()
    table = {line.split()[0] for line in script.split("table='")[1].split("'")[0].splitlines() if line}
    assert {name.split("/")[0] for name in table} == packages_of_lock()
    assert {"libpg-query/protobuf-c", "libpg-query/xxhash"} <= table  # what it has inside


def test_a_library_without_its_source_is_no_licence_text(tmp_path):
    done = run([str(REPOSITORY / "release/licences.sh"), str(tmp_path)], tmp_path)
    assert done.returncode == 1 and "there is no source of" in done.stderr, done


def test_a_forks_bill_of_materials_names_the_fork():
    text = (REPOSITORY / "release/sbom.py").read_text()
    assert 'os.environ.get("SOURCE_URL"' in text
    assert "REGISTRY_IMAGE: ghcr.io/${{ github.repository }}" in (REPOSITORY / ".github/workflows/release.yml").read_text()
