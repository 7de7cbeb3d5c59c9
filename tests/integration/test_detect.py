"""Which files changed: every event of dorny/paths-filter's matrix, from clones of every depth and from the API.

The expected lists are git's own, told by the full repository on the server's side.
"""
import json
import re

import pytest

import events
from action import BINARY
from origin import ZERO, git

FILTERS = """
any: ['**']
src: src/**
migrations: supabase/migrations/*.sql
added: {added: '**/*'}
deleted: {deleted: '**/*'}
"""


@pytest.fixture
def detect(action):
    """Runs the detection; gives (result, [(path, letter)]) with paths as the list of `any` has them."""
    def run(event, **inputs):
        extra = dict(event["extra"], **inputs.pop("extra", {}))
        result = action(mode="detect", filters=FILTERS, list_files="json", event=event["event"],
                        payload=event["payload"], extra=extra, **inputs)
        return result
    return run


def files(result, name="any"):
    return json.loads(result.outputs[name + "_files"])


def agrees(result, expected):
    """The outputs against git's list."""
    assert result.code == 0, repr(result)
    assert files(result) == [path for path, _ in expected], repr(result)
    for name, letter in (("added", "A"), ("deleted", "D")):
        assert files(result, name) == [path for path, status in expected if status == letter], repr(result)
    assert result.outputs["any"] == ("true" if expected else "false")
    assert result.outputs["any_count"] == str(len(expected))
    assert result.outputs["changed"] == ("true" if expected else "false"), repr(result)
    assert result.status == "skipped"
    return True


def everything(origin, head):
    return [(path, "A") for path in origin.files(head)]


# -- from the clone alone: no token, so no API -----------------------------------------------------------

def test_push_to_the_default_branch(origin, detect, workspace):
    """cd.yml: fetch-depth 2 holds the commit before."""
    origin.clone_branch(workspace.root, "main", depth=2)
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    assert agrees(result, origin.diff("c4", "c6"))
    assert result.says("compared", origin.shas["c4"][:12], origin.shas["c6"][:12])
    assert re.search(r"^supabase-promote: changed files in \d of \d filters; no database was contacted$", result.log,
                     flags=re.M), result
    assert result.report["mode"] == "detect" and "What is in the database" not in result.summary, result


def test_push_to_the_default_branch_with_all_history(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c3")), origin.diff("c3", "c6"))


def test_push_to_another_branch_compares_with_where_it_left_the_default_branch(origin, detect, workspace):
    origin.clone_branch(workspace.root, "feature", depth=0)
    result = detect(events.push(origin, "refs/heads/feature", "f2", "f1"))
    assert agrees(result, origin.diff("main", "f2", "..."))
    assert result.outputs["migrations"] == "true"


def test_push_to_another_branch_with_itself_as_base_compares_with_before(origin, detect, workspace):
    origin.clone_branch(workspace.root, "feature", depth=0)
    for base in ("feature", "refs/heads/feature"):
        assert agrees(detect(events.push(origin, "refs/heads/feature", "f2", "f1"), base=base),
                      origin.diff("f1", "f2"))


def test_a_new_branch_compares_with_the_default_branch(origin, detect, workspace):
    origin.clone_branch(workspace.root, "feature", depth=0)
    for base in ("", "feature"):
        assert agrees(detect(events.push(origin, "refs/heads/feature", "f2", ZERO), base=base),
                      origin.diff("main", "f2", "..."))


def test_the_first_push_of_a_repository_adds_every_file(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", ZERO)), everything(origin, "c6"))


def test_a_tag_on_the_default_branch_changes_nothing(origin, detect, workspace):
    origin.clone_tag(workspace.root, "v1.1", depth=0)
    result = detect(events.push(origin, "refs/tags/v1.1", "c6", ZERO))
    assert agrees(result, [])
    assert agrees(detect(events.push(origin, "refs/tags/v1.1", "c6", ZERO), base="v1.1"), [])
    assert agrees(detect(events.push(origin, "refs/tags/v1.1", "c6", ZERO), base="v1.0"),
                  origin.diff("c4", "c6"))


def test_a_forced_push_compares_with_the_old_tip_where_it_is_known(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    result = detect(events.push(origin, "refs/heads/main", "c6", "f1", forced=True))
    assert agrees(result, origin.diff("f1", "c6"))


def test_a_deleted_branch_has_no_changes(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main")
    result = detect(events.push(origin, "refs/heads/feature", ZERO, "f2", deleted=True))
    assert agrees(result, [])
    assert result.says("deleted")


def test_a_merge_group_compares_its_two_commits(origin, detect, workspace):
    origin.clone_branch(workspace.root, "feature", depth=0)
    result = detect(events.merge_group(origin, "c6", "f2"))
    assert agrees(result, origin.diff("c6", "f2"))


@pytest.mark.parametrize("name", ["workflow_dispatch", "workflow_run", "repository_dispatch", "issue_comment"])
def test_other_events_on_the_default_branch_tell_the_last_commit(origin, detect, workspace, name):
    origin.clone_branch(workspace.root, "main", depth=2)
    assert agrees(detect(events.other(origin, name, "refs/heads/main", "c6")), origin.diff("c4", "c6"))


def test_a_schedule_needs_no_payload(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    assert agrees(detect(events.other(origin, "schedule", "refs/heads/main", "c6", repository=False)),
                  origin.diff("c4", "c6"))


def test_a_merge_commit_is_compared_with_its_first_parent_and_that_is_said(origin, detect, workspace):
    """paths-filter says that nothing changed."""
    origin.clone_pull(workspace.root, 7, "m", depth=2)
    event = events.other(origin, "workflow_dispatch", "refs/heads/main", "m")
    result = detect(event)
    assert agrees(result, origin.diff("c6", "m"))
    assert result.says("merge", "first parent", origin.shas["c6"][:12])


def test_the_root_commit_adds_its_files(origin, detect, workspace):
    origin.clone_branch(workspace.root, "island")
    event = events.other(origin, "workflow_dispatch", "refs/heads/main", "i1")
    assert agrees(detect(event), [("island.txt", "A")])


def test_other_events_on_another_branch_compare_with_the_default_branch(origin, detect, workspace):
    origin.clone_branch(workspace.root, "feature", depth=0)
    event = events.other(origin, "workflow_dispatch", "refs/heads/feature", "f2")
    assert agrees(detect(event), origin.diff("main", "f2", "..."))


@pytest.mark.parametrize("base", ["c3", "v1.0", "origin/main~1", "refs/tags/v1.0", "HEAD~2", "short"])
def test_base_is_whatever_git_can_resolve(origin, detect, workspace, base):
    """paths-filter fails for the last ones."""
    origin.clone_branch(workspace.root, "main", depth=0)
    expected = {"c3": "c3", "HEAD~2": "c3", "short": "c3"}.get(base, "c4")
    name = {"c3": origin.shas["c3"], "short": origin.shas["c3"][:9]}.get(base, base)
    event = events.other(origin, "workflow_dispatch", "refs/heads/main", "c6")
    assert agrees(detect(event, base=name), origin.diff(expected, "c6"))


def test_ref_chooses_the_head(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    event = events.other(origin, "workflow_dispatch", "refs/heads/main", "c6")
    assert agrees(detect(event, ref="feature"), origin.diff("main", "f2", "..."))
    assert agrees(detect(event, ref="feature", base=origin.shas["f1"]), origin.diff("f1", "f2"))


def test_a_pull_request_without_token_compares_its_merge_commit_with_the_base(origin, detect, workspace):
    origin.clone_pull(workspace.root, 7, "m", depth=2)
    assert agrees(detect(events.pull(origin)), origin.diff("c6", "m"))


def test_a_pull_request_behind_its_base_lists_its_own_files_without_token(origin, detect, workspace):
    """The base has moved on since the merge commit was made: c6 is in neither of the pull request's commits."""
    merge = origin_merge(origin, "c4", "f2")
    origin.clone_pull(workspace.root, 7, merge, depth=0)
    assert agrees(detect(events.pull(origin, base="c6", merge=merge)), origin.diff("c4", merge))


def origin_merge(origin, base, head):
    """The merge commit of a pull request, as GitHub makes it, on the server's side."""
    base, head = origin.shas[base], origin.shas[head]
    tree = git(origin.folder, "merge-tree", "--write-tree", base, head)
    return git(origin.folder, "commit-tree", "-p", base, "-p", head, "-m", "merge", tree, date="1700000700 +0000")


def test_a_payload_without_a_pull_request_is_said(origin, detect, workspace):
    origin.clone_pull(workspace.root, 7, "m", depth=0)
    result = detect({"event": "pull_request", "payload": {}, "extra": {"GITHUB_SHA": origin.shas["m"]}})
    assert result.code == 11 and result.says("names no pull request", "base"), repr(result)


def test_pull_request_target_needs_a_token(origin, detect, workspace):
    origin.clone_pull(workspace.root, 7, "m", depth=0)
    result = detect(events.pull(origin, name="pull_request_target"))
    assert result.code == 2 and result.says("token", "pull_request_target"), repr(result)


def test_branches_without_a_common_commit_are_compared_directly(origin, detect, workspace):
    origin.clone_branch(workspace.root, "island", depth=0)
    result = detect(events.push(origin, "refs/heads/island", "i1", ZERO))
    assert agrees(result, origin.diff("c6", "i1"))
    assert result.says("no common ancestor")


# -- base: HEAD ---------------------------------------------------------------------------------------

def test_base_HEAD_tells_what_is_not_committed(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main")
    workspace.write("lib/l.c", "changed")
    workspace.write("src/b.js", "new and staged")
    workspace.write("untracked.txt", "new")
    git(workspace.root, "add", "src/b.js")
    (workspace.root / "src/a.js").unlink()
    before = workspace.snapshot()
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="HEAD", ref="main")
    assert agrees(result, [("lib/l.c", "M"), ("src/a.js", "D"), ("src/b.js", "A")])
    assert result.says("ref")
    assert workspace.snapshot() == before


def local_changes(workspace):
    """As git has it."""
    lines = git(workspace.root, "diff", "--no-renames", "--name-status", "HEAD").splitlines()
    return [(path, letter) for letter, path in (line.split("\t") for line in lines)]


def test_base_HEAD_in_a_sparse_checkout_counts_what_is_checked_out(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main")
    git(workspace.root, "sparse-checkout", "set", "--cone", "lib")
    assert not (workspace.root / "src").exists()
    workspace.write("lib/l.c", "changed")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="HEAD")
    assert local_changes(workspace) == [("lib/l.c", "M")]
    assert agrees(result, [("lib/l.c", "M")])


@pytest.mark.parametrize("settings", ["autocrlf", "eol", "autocrlf, not normalized"])
def test_base_HEAD_overlooks_line_ends_as_git_does(origin, detect, workspace, settings):
    origin.clone_branch(workspace.root, "main")
    content = "one\r\ntwo\r\n" if "not" in settings else "one\ntwo\n"
    workspace.write("lib/l.c", content)
    git(workspace.root, "-c", "user.name=n", "-c", "user.email=e", "commit", "-qam", "lines")
    if settings == "eol":
        workspace.write(".git/info/attributes", "* text eol=crlf\n")
    else:
        git(workspace.root, "config", "core.autocrlf", "true")
    (workspace.root / "lib/l.c").write_bytes(b"one\r\ntwo\r\n")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="HEAD")
    assert local_changes(workspace) == []
    assert agrees(result, [])


@pytest.mark.parametrize("form, command, repair", [
    ("split", ["update-index", "--split-index"], ["update-index", "--no-split-index"]),
    ("sparse", ["sparse-checkout", "set", "--cone", "--sparse-index", "lib"], ["sparse-checkout", "init", "--no-sparse-index"])])
def test_base_HEAD_names_an_index_that_it_cannot_read(origin, detect, workspace, form, command, repair):
    origin.clone_branch(workspace.root, "main")
    git(workspace.root, *command)
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="HEAD")
    assert result.code == 11 and result.says("cannot be compared", "--no-%s-index" % form), result
    assert not result.says("run the job again")
    git(workspace.root, *repair)
    assert detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="HEAD").code == 0


# -- the clone does not hold it, and there is no token --------------------------------------------------

@pytest.mark.parametrize("clone, event", [
    (lambda o, folder: o.clone_branch(folder, "main"),
     lambda o: events.push(o, "refs/heads/main", "c6", "c4")),
    (lambda o, folder: o.clone_branch(folder, "feature"),
     lambda o: events.push(o, "refs/heads/feature", "f2", "f1")),
    (lambda o, folder: o.clone_branch(folder, "main"),
     lambda o: events.other(o, "workflow_dispatch", "refs/heads/main", "c6")),
    (lambda o, folder: None, lambda o: events.push(o, "refs/heads/main", "c6", "c4")),
], ids=["before", "merge base", "parent", "no clone"])
def test_without_token_a_shallow_clone_is_a_clear_error(origin, detect, workspace, clone, event):
    clone(origin, workspace.root)
    result = detect(event(origin))
    assert result.code == 11, repr(result)
    assert result.says("token") and ("fetch-depth" in result.log or "checkout" in result.log), repr(result)
    assert result.outputs["changed"] == ""


# -- what a diff may hold ------------------------------------------------------------------------------

def test_type_changes_modes_and_hostile_names(tmp_path, detect, workspace):
    from origin import Origin
    hostile = ["new\nline.txt", "-rf", "quo\"te", "it's", "::warning file=x::y", "x\n::error::y", "tab\there", "ü", "日本"]
    other = Origin(tmp_path / "other")
    other.commit("a", {"link": "text", "mode.sh": "x", "file": "text", "kept": "k"})
    for name in hostile:
        (other.folder / name).write_text(name)
    (other.folder / "link").unlink()
    (other.folder / "link").symlink_to("kept")
    (other.folder / "mode.sh").chmod(0o755)
    (other.folder / "file").unlink()
    other.commit("b", {"file/inner": "now a folder"})
    other.clone_branch(workspace.root, "main", depth=2)
    result = detect(events.push(other, "refs/heads/main", "b", "a"))
    expected = other.diff("a", "b")
    assert ("link", "T") in expected and ("mode.sh", "M") in expected
    assert result.code == 0, repr(result)
    assert files(result, "deleted") == ["file"]
    # `**` does not cross line ends, as picomatch; `**/*` does.
    assert files(result) == [path for path, _ in expected if "\n" not in path]
    assert files(result, "added") == [path for path, letter in expected if letter == "A"]


def test_names_that_are_not_utf8(tmp_path, detect, workspace):
    from origin import Origin
    other = Origin(tmp_path / "other")
    other.commit("a", {"x": "x"})
    other.commit("b", {b"bad\xffname.txt": "x"})
    other.clone_branch(workspace.root, "main", depth=2)
    result = detect(events.push(other, "refs/heads/main", "b", "a"))
    assert result.code == 0 and files(result) == ["bad\ufffdname.txt"], repr(result)


def test_submodules_are_one_path(tmp_path, detect, workspace):
    from origin import Origin
    other = Origin(tmp_path / "other")
    other.commit("a", {"x": "x"})
    git(other.folder, "update-index", "--add", "--cacheinfo", "160000,%s,vendor/lib" % other.shas["a"])
    git(other.folder, "commit", "-q", "-m", "b")
    other.shas["b"] = git(other.folder, "rev-parse", "HEAD")
    other.clone_branch(workspace.root, "main", depth=2)
    result = detect(events.push(other, "refs/heads/main", "b", "a"))
    assert agrees(result, [("vendor/lib", "A")])
    assert files(result, "any") == ["vendor/lib"]


# -- repositories of other kinds -----------------------------------------------------------------------

def test_a_partial_clone_without_blobs_is_enough(origin, detect, workspace):
    git(workspace.root, "clone", "-q", "--filter=blob:none", origin.url, ".")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c3")), origin.diff("c3", "c6"))


def test_a_partial_clone_without_trees_says_so(origin, detect, workspace):
    git(workspace.root, "clone", "-q", "--filter=tree:0", "--no-checkout", origin.url, ".")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c3"))
    assert result.code == 11 and result.says("token"), repr(result)


def test_a_linked_worktree(origin, detect, workspace, tmp_path):
    main = origin.clone_branch(tmp_path / "main", "main", depth=0)
    workspace.root.rmdir()
    git(main, "worktree", "add", "-q", "--detach", str(workspace.root))
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))


def test_worktree_config_and_partial_clone_extensions(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    git(workspace.root, "config", "core.repositoryformatversion", "1")
    git(workspace.root, "config", "extensions.worktreeConfig", "true")
    git(workspace.root, "config", "extensions.partialClone", "origin")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))


@pytest.mark.parametrize("extension, value", [("objectFormat", "sha256"), ("refStorage", "reftable")])
def test_a_format_that_cannot_be_read_is_named(origin, detect, workspace, extension, value):
    origin.clone_branch(workspace.root, "main", depth=0)
    git(workspace.root, "config", "core.repositoryformatversion", "1")
    (workspace.root / ".git/config").write_text(
        (workspace.root / ".git/config").read_text() + "[extensions]\n\t%s = %s\n" % (extension, value))
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    assert result.code == 11 and result.says("token"), repr(result)
    assert result.says("sha256") or result.says("extensions." + extension), repr(result)


def test_a_repository_of_another_user(origin, detect, workspace):
    import os
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    origin.clone_branch(workspace.root, "main", depth=2)
    for path in [workspace.root, *workspace.root.rglob("*")]:
        os.lchown(path, 12345, 12345)
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))


def test_the_clone_is_not_changed(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main", depth=0)
    before = workspace.snapshot()
    detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    detect(events.push(origin, "refs/heads/feature", "f2", "f1"), ref="feature")
    assert workspace.snapshot() == before


def test_an_empty_repository(workspace, detect, origin):
    git(workspace.root, "init", "-q", "-b", "main")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    assert result.code == 11, repr(result)


def damage(folder, pattern):
    found = [path for path in (folder / ".git/objects").rglob(pattern) if path.is_file()]
    for path in found:
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:20])
    assert found


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "loose"])
def test_a_damaged_repository(workspace, detect, origin, packed):
    origin.clone_branch(workspace.root, "main", depth=0)
    if packed:
        git(workspace.root, "repack", "-q", "-a", "-d")
    elif "debug" in str(BINARY) or "plain" in str(BINARY):
        pytest.skip("Debian's libgit2 never ends on a loose object that is cut off; ours is mended")
    damage(workspace.root, "*.pack" if packed else "*")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    assert result.code == 11, repr(result)
