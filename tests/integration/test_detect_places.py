"""Where what a push reads lies in the repository: behind links, in submodules, in other clones, or in no clone at all.

A changed migration must never look like no change: where it cannot be told, it counts as changed.
"""
import shutil

import pytest

import events
from github_stub import TOKEN, GitHub
from origin import ZERO, Origin, git

A, B = "20240101000001_a.sql", "20240101000002_b.sql"


@pytest.fixture
def make(tmp_path):
    return lambda name="other": Origin(tmp_path / name)


def push(origin, base, head, ref="refs/heads/main", github=None):
    event = events.push(origin, ref, head, base)
    if github:
        event["extra"]["GITHUB_API_URL"] = github.url
    return event


def is_watched(result, count=1):
    assert result.code == 0 and result.outputs["changed"] == "true", repr(result)
    assert result.outputs["migrations"] == "true" and result.outputs["migrations_count"] == str(count), repr(result)
    return True


def is_unchanged(result):
    assert result.code == 0 and result.outputs["changed"] == "false", repr(result)
    return True


# -- symbolic links ---------------------------------------------------------------------------------------

LINKS = {
    "supabase": {"db/supabase/migrations/" + A: "create table a();\n", "app/supabase": ("link", "../db/supabase")},
    "migrations": {"db/supabase/migrations/" + A: "create table a();\n",
                   "app/supabase/migrations": ("link", "../../db/supabase/migrations")},
    "working-directory": {"db/supabase/migrations/" + A: "create table a();\n", "app": ("link", "db")},
    "two links": {"db/supabase/migrations/" + A: "create table a();\n", "current": ("link", "db"),
                  "app/supabase": ("link", "../current/supabase")},
}


@pytest.mark.parametrize("links", sorted(LINKS))
def test_migrations_behind_a_link_are_watched(make, workspace, action, links):
    other = make()
    other.commit("a", LINKS[links])
    other.commit("b", {"db/supabase/migrations/" + B: "create table b();\n"})
    other.commit("c", {"README": "c"})
    other.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", working_directory="app", **push(other, "a", "b")))
    assert is_unchanged(action(mode="detect", working_directory="app", **push(other, "b", "c")))


def test_a_dry_run_behind_a_link_is_not_skipped_and_a_push_does_not_blame_an_earlier_one(
        make, workspace, action, db):
    other = make()
    other.commit("a", LINKS["supabase"])
    other.commit("b", {"db/supabase/migrations/" + B: "create table b();\n"})
    other.clone_branch(workspace.root, "main", depth=0)
    event = push(other, "a", "b")
    assert action.dry_run(db.url, working_directory="app", **event).status == "planned"
    result = action.push(db.url, working_directory="app", **event)
    assert result.status == "pushed" and not result.says("earlier"), repr(result)
    again = action.push(db.url, working_directory="app", skip_unchanged="true", **event)
    assert again.status == "up-to-date", repr(again)


@pytest.mark.parametrize("link, directory", [("app/supabase", "app"), ("current", "current"), ("via", "app")])
def test_a_link_that_comes_to_lead_elsewhere_counts(make, workspace, action, link, directory):
    other = make()
    other.commit("a", {"one/supabase/migrations/" + A: "select 1;\n", "two/supabase/migrations/" + A: "select 2;\n",
                       "current": ("link", "one"), "via": ("link", "one"), "app/supabase": ("link", "../via/supabase")})
    targets = {"app/supabase": "../two/supabase", "current": "two", "via": "two"}
    other.commit("b", {link: ("link", targets[link])})
    other.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", working_directory=directory, **push(other, "a", "b")))


def test_a_migration_that_is_a_link_is_watched_where_it_leads(make, workspace, action):
    other = make()
    other.commit("a", {"shared/a.sql": "select 1;\n", "supabase/migrations/" + A: ("link", "../../shared/a.sql")})
    other.commit("b", {"shared/a.sql": "select 2;\n"})
    other.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", **push(other, "a", "b")))


# -- submodules ----------------------------------------------------------------------------------------------

def submodule(folder, *words):
    git(folder, "-c", "protocol.file.allow=always", "submodule", *words)


@pytest.fixture
def whole(make):
    """p1 and p2 differ in the commit of the submodule db, which adds a migration; p3 does not touch it."""
    part, whole = make("part"), make("whole")
    part.commit("s1", {"supabase/migrations/" + A: "create table a();\n"})
    part.commit("s2", {"supabase/migrations/" + B: "create table b();\n"})
    whole.commit("p0", {"README": "x"})
    submodule(whole.folder, "add", "-q", part.url, "db")
    git(whole.folder / "db", "checkout", "-q", part.shas["s1"])
    whole.commit("p1", {"README": "y"})
    git(whole.folder / "db", "checkout", "-q", part.shas["s2"])
    whole.commit("p2")
    whole.commit("p3", {"README": "z"})
    whole.part = part
    return whole


def clone_with_submodules(origin, folder):
    origin.clone_branch(folder, "main", depth=0)
    submodule(folder, "update", "-q", "--init")


def test_migrations_in_a_submodule_are_watched_by_its_commit(whole, workspace, action):
    clone_with_submodules(whole, workspace.root)
    assert is_watched(action(mode="detect", working_directory="db", **push(whole, "p1", "p2")))
    assert is_unchanged(action(mode="detect", working_directory="db", **push(whole, "p2", "p3")))


def test_migrations_in_a_submodule_that_was_not_fetched(whole, workspace, action):
    whole.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", working_directory="db", **push(whole, "p1", "p2")))


def test_of_a_submodule_the_api_is_not_asked(whole, workspace, action, db):
    clone_with_submodules(whole, workspace.root)
    with GitHub(whole.folder, token=TOKEN) as github:
        event = push(whole, "p1", "p2", github=github)
        assert is_watched(action(mode="detect", token=TOKEN, working_directory="db", **event))
        assert action.dry_run(db.url, token=TOKEN, working_directory="db", **event).status == "planned"
        new = push(whole, ZERO, "p2", "refs/heads/feature", github)
        assert action(mode="detect", token=TOKEN, working_directory="db", **new).code == 0
        assert not any(sha in path for path in github.paths() for sha in whole.part.shas.values())


def test_by_the_api_a_submodule_is_watched_too(whole, workspace, action):
    whole.clone_branch(workspace.root, "main")
    submodule(workspace.root, "update", "-q", "--init")
    with GitHub(whole.folder, token=TOKEN) as github:
        event = push(whole, "p1", "p2", github=github)
        event["extra"]["GITHUB_SHA"] = whole.shas["p2"]
        assert is_watched(action(mode="detect", token=TOKEN, working_directory="db", **event))


# -- several clones ------------------------------------------------------------------------------------------

@pytest.fixture
def foreign(make):
    other = make("foreign")
    other.commit("x1", {"supabase/migrations/" + A: "select 1;\n"})
    return other


def point(folder, url):
    git(folder, "remote", "set-url", "origin", url)


@pytest.mark.parametrize("url", ["https://github.com/acme/database", "git@github.com:acme/database.git", None])
def test_a_clone_of_another_repository_is_taken_as_changed(origin, foreign, workspace, action, db, url):
    """c4 to c6 changes no migration; what another repository has got meanwhile, nobody can tell."""
    origin.clone_branch(workspace.root, "main", depth=0)
    foreign.clone_branch(workspace.root / "sub", "main")
    if url:
        point(workspace.root / "sub", url)
    event = push(origin, "c4", "c6")
    result = action(mode="detect", working_directory="sub", **event)
    assert is_watched(result, 0) and result.says("another repository"), repr(result)
    assert len(result.warnings) == 1
    planned = action.dry_run(db.url, working_directory="sub", **event)
    assert planned.status == "planned" and planned.says("another repository") and not planned.warnings, repr(planned)
    pushed = action.push(db.url, working_directory="sub", **event)
    assert pushed.status == "pushed" and not pushed.says("earlier"), repr(pushed)
    assert is_unchanged(action(mode="detect", **event))


def test_filters_still_tell_of_the_events_repository(origin, foreign, workspace, action):
    origin.clone_branch(workspace.root, "main", depth=0)
    foreign.clone_branch(workspace.root / "sub", "main")
    result = action(mode="detect", working_directory="sub", filters="lib: lib/**\ndocs: docs/**", **push(origin, "c4", "c6"))
    assert result.code == 0 and result.outputs["changed"] == "true", repr(result)
    assert (result.outputs["lib"], result.outputs["docs"], result.outputs["changes"]) == ("true", "false", '["lib"]')


def test_a_clone_of_another_repository_alone(origin, foreign, workspace, action):
    foreign.clone_branch(workspace.root, "main", depth=0)
    point(workspace.root, "https://x-access-token:secret@github.com/acme/database")
    with GitHub(origin.folder, token=TOKEN) as github:
        result = action(mode="detect", token=TOKEN, **push(origin, "c4", "c6", github=github))
        assert is_watched(result, 0) and result.says("of another repository, acme/database"), repr(result)
        assert not result.says("secret@") and github.paths() == []


@pytest.mark.parametrize("url", ["https://github.com/Acme/Shop", "git@github.com:acme/shop.git", None])
@pytest.mark.parametrize("outer", ["none", "foreign", "own"])
def test_the_repository_itself_in_a_folder(origin, foreign, workspace, action, url, outer):
    """actions/checkout with `path`; without its commit, the URL tells."""
    if outer != "none":
        (origin if outer == "own" else foreign).clone_branch(workspace.root, "main")
    origin.clone_branch(workspace.root / "sub", "main" if url else "feature", depth=1 if url else 0)
    if url:
        point(workspace.root / "sub", url)
    with GitHub(origin.folder, token=TOKEN) as github:
        event = push(origin, ZERO, "f2", "refs/heads/feature", github)
        assert is_watched(action(mode="detect", token=TOKEN, working_directory="sub", **event))
        event = push(origin, "c4", "c6", github=github)
        if not url:
            assert is_unchanged(action(mode="detect", working_directory="sub", **event))


def test_a_pull_requests_branch_in_its_own_repository(origin, workspace, action):
    """Checked out from the fork, after another push to it: neither commit nor name is the event's."""
    origin.clone_branch(workspace.root, "main")
    point(workspace.root, "https://github.com/stranger/shop.git")
    event = events.pull(origin)
    event["payload"]["pull_request"]["head"]["repo"] = {"full_name": "stranger/shop"}
    with GitHub(origin.folder, token=TOKEN) as github:
        github.pull(7, "main~1", "main")
        event["extra"]["GITHUB_API_URL"] = github.url
        assert is_unchanged(action(mode="detect", token=TOKEN, **event))


def test_a_clone_whose_format_cannot_be_read_in_a_folder(origin, workspace, action):
    """Its place counts although it tells nothing: the API does."""
    folder = origin.clone_branch(workspace.root / "sub", "feature")
    (folder / ".git/config").write_text("[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n")
    with GitHub(origin.folder, token=TOKEN) as github:
        event = push(origin, ZERO, "f2", "refs/heads/feature", github)
        assert is_watched(action(mode="detect", token=TOKEN, working_directory="sub", **event))


# -- no clone --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("directory", [
    "supabase/migrations", "supabase/functions", "supabase/functions/hello", "src", "./x/../supabase", "supabase//",
    ".//supabase/.", "{root}", "{root}/supabase", "{link}", "{link}/src"])
def test_without_a_clone_every_place_counts_that_the_search_could_find(origin, workspace, action, github, tmp_path, directory):
    (tmp_path / "link").symlink_to(workspace.root)
    event = push(origin, ZERO, "f2", "refs/heads/feature", github)
    if "{link}" in directory:
        event["extra"]["GITHUB_WORKSPACE"] = str(tmp_path / "link")
    named = directory.format(root=workspace.root, link=tmp_path / "link")
    assert is_watched(action(mode="detect", token=TOKEN, working_directory=named, **event))
    other = push(origin, "c4", "c6", github=github)
    other["extra"]["GITHUB_WORKSPACE"] = event["extra"].get("GITHUB_WORKSPACE", str(workspace.root))
    assert is_unchanged(action(mode="detect", token=TOKEN, working_directory=named, **other))


def test_without_a_clone_other_folders_do_not_count(make, action):
    other = make()
    other.commit("a", {"packages/db/supabase/migrations/" + A: "select 1;\n"})
    other.commit("b", {"packages/api/supabase/migrations/" + A: "select 1;\n"})
    with GitHub(other.folder, token=TOKEN) as github:
        event = push(other, "a", "b", github=github)
        assert is_unchanged(action(mode="detect", token=TOKEN, working_directory="packages/db", **event))
        assert is_watched(action(mode="detect", token=TOKEN, working_directory="packages/api/src", **event))


@pytest.mark.parametrize("directory", ["..", "supabase/../..", "/elsewhere"])
def test_without_a_clone_a_directory_outside_is_refused(origin, action, github, directory):
    result = action(mode="detect", token=TOKEN, working_directory=directory, **push(origin, "c4", "c6", github=github))
    assert result.code != 0 and result.says("outside of the workspace"), repr(result)


def test_a_folder_that_is_no_longer_there(origin, workspace, action):
    origin.clone_branch(workspace.root, "feature", depth=0)
    shutil.rmtree(workspace.root / "supabase")
    result = action(mode="detect", working_directory="supabase/migrations", **push(origin, "f1", "f2", "refs/heads/feature"))
    assert is_watched(result)


# -- seeds, roles, settings ------------------------------------------------------------------------------------

@pytest.fixture
def seeded(make):
    """a, then one change each: shared (b), dev (c), settings (d), linked (e), nothing of it (f)."""
    other = make()
    settings = '[db.seed]\nsql_paths = ["../../shared/seed.sql", "./dev (eu)/*.sql", "./linked/*.sql"]\n'
    other.commit("a", {"packages/db/supabase/migrations/" + A: "create table a();\n",
                       "packages/db/supabase/config.toml": settings, "packages/shared/seed.sql": "select 1;",
                       "packages/db/supabase/dev (eu)/x.sql": "select 1;", "data/real.sql": "select 1;",
                       "packages/db/supabase/linked/l.sql": ("link", "../../../../data/real.sql")})
    other.commit("b", {"packages/shared/seed.sql": "select 2;"})
    other.commit("c", {"packages/db/supabase/dev (eu)/x.sql": "select 2;"})
    other.commit("d", {"packages/db/supabase/config.toml": settings + "# more\n"})
    other.commit("e", {"data/real.sql": "select 2;"})
    other.commit("f", {"packages/db/supabase/dev (eu)/x.txt": "", "packages/db/supabase/dev/y.sql": "",
                       "shared/seed.sql": "select 3;"})
    return other


@pytest.mark.parametrize("base, head, row", [
    ("a", "b", "seeds"), ("b", "c", "seeds"), ("c", "d", "config"), ("d", "e", "seeds"), ("e", "f", None)])
def test_seeds_are_watched_by_the_rules_by_which_they_are_found(seeded, workspace, action, db, base, head, row):
    seeded.clone_branch(workspace.root, "main", sha=seeded.shas[head], depth=0)
    event = push(seeded, base, head)
    result = action.dry_run(db.url, working_directory="packages/db", include_seed="true", **event)
    if not row:
        assert result.status == "skipped" and result.outputs["changes"] == "[]", repr(result)
        return
    assert result.status == "planned" and result.outputs["changes"] == '["%s"]' % row, repr(result)
    assert result.outputs[row + "_count"] == "1"
    assert action.dry_run(db.url, working_directory="packages/db", **event).status == "skipped"


@pytest.mark.parametrize("inputs, settings, watched", [
    ({}, "", False), ({}, "[db.vault]\nkey = 'long-enough-value'\n", True),
    ({"skip_vault": "true"}, "[db.vault]\nkey = 'long-enough-value'\n", False), ({"include_roles": "true"}, "", True)])
def test_the_settings_are_watched_when_a_push_uses_them(make, workspace, action, db, inputs, settings, watched):
    other = make()
    other.commit("a", {"supabase/migrations/" + A: "select 1;\n", "supabase/config.toml": "", "supabase/roles.sql": ""})
    other.commit("b", {"supabase/config.toml": settings + "# b\n"})
    other.clone_branch(workspace.root, "main", depth=0)
    result = action.dry_run(db.url, **inputs, **push(other, "a", "b"))
    assert (result.status != "skipped") == watched, repr(result)
    assert ("config" in result.outputs) == watched


def test_without_a_clone_the_usual_seed_is_watched_and_that_is_said(make, action):
    other = make()
    other.commit("a", {"supabase/migrations/" + A: "select 1;\n", "supabase/seed.sql": "select 1;\n"})
    other.commit("b", {"supabase/seed.sql": "select 2;\n"})
    with GitHub(other.folder, token=TOKEN) as github:
        result = action(mode="detect", token=TOKEN, include_seed="true", **push(other, "a", "b", github=github))
        assert result.outputs["seeds"] == "true" and result.says("supabase/seed.sql alone"), repr(result)


def test_a_misspelled_directory_is_not_the_one_further_up(make, workspace, action):
    other = make()
    other.commit("a", {"supabase/migrations/" + A: "select 1;\n", "apps/shop/supabase/migrations/" + A: "select 1;\n"})
    other.commit("b", {"apps/shop/supabase/migrations/" + B: "select 2;\n"})
    other.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", working_directory="apps/shop", **push(other, "a", "b")))
    result = action(mode="detect", working_directory="apps/shpo", **push(other, "a", "b"))
    assert result.code == 3 and result.says("working-directory: there is no apps/shpo"), repr(result)


def test_a_directory_that_a_change_deletes_is_none_that_is_misspelled(make, workspace, action):
    other = make()
    other.commit("a", {"apps/shop/supabase/migrations/" + A: "select 1;\n", "readme": ""})
    other.commit("b", remove=["apps/shop/supabase/migrations/" + A])
    other.clone_branch(workspace.root, "main", depth=0)
    assert is_watched(action(mode="detect", working_directory="apps/shop", **push(other, "a", "b")))
