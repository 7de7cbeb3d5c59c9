"""Changed files where the clone does not tell: from GitHub's REST API, which is a stub over the real repository."""
import json
import signal
import time

import pytest

import events
from github_stub import (BAD_TOKEN, CUT_OFF, EMPTY, HALF_JSON, NO_PERMISSION, NOT_FOUND, NOT_JSON, RESET,
                         SECONDARY_LIMIT, SILENCE, TOKEN, Answer, rate_limited, retry_after)
from origin import ZERO, Origin, git
from test_detect import FILTERS, agrees, everything, files


@pytest.fixture
def detect(action, github):
    def start(event, **inputs):
        extra = dict(event["extra"], GITHUB_API_URL=github.url)
        return action.start(mode="detect", filters=FILTERS, list_files="json", token=TOKEN, event=event["event"],
                            payload=event["payload"], extra=extra, **inputs)

    def run(event, **inputs):
        result = start(event, **inputs).wait(60, True)
        assert TOKEN not in result.log + result.output_text + result.summary
        return result
    run.start = start
    return run


def sorted_diff(pairs):
    return sorted(pairs, key=lambda pair: pair[0].encode("utf-8", "surrogateescape"))


# -- the three uses that a staging-first flow has -------------------------------------------------------

def test_a_pull_request_is_listed_by_the_api(origin, detect, workspace, github):
    """ci.yml, depth 1. A rename is a new file and a deleted one."""
    origin.clone_pull(workspace.root, 7, "m", depth=1)
    before = workspace.snapshot()
    result = detect(events.pull(origin))
    expected = origin.diff("main", "f2", "...")
    assert result.code == 0, repr(result)
    assert sorted(files(result)) == sorted(path for path, _ in expected)
    assert sorted(files(result, "deleted")) == [path for path, letter in expected if letter == "D"]
    assert result.outputs["migrations"] == "true" and result.says("pull request #7")
    assert [path.split("?")[0] for path in github.paths()] == ["/repos/acme/shop/pulls/7/files"]
    assert workspace.snapshot() == before


def test_a_push_at_depth_2_asks_nobody(origin, detect, workspace, github):
    """cd.yml."""
    origin.clone_branch(workspace.root, "main", depth=2)
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))
    assert github.paths() == []


def test_a_push_without_any_clone(origin, detect, github):
    result = detect(events.push(origin, "refs/heads/main", "c6", "c3"))
    assert agrees(result, sorted_diff(origin.diff("c3", "c6")))
    assert result.says("GitHub's API")


@pytest.mark.parametrize("directory", [".", "", "supabase", "./", "./supabase/"])
def test_without_a_clone_the_migrations_folder_is_where_it_usually_is(origin, action, github, directory):
    event = events.push(origin, "refs/heads/feature", "f2", ZERO)
    event["extra"]["GITHUB_API_URL"] = github.url
    result = action(mode="detect", token=TOKEN, working_directory=directory, **event)
    assert result.outputs["migrations"] == "true" and result.outputs["migrations_count"] == "1", repr(result)


# -- every event, at depth 1 and without a clone ----------------------------------------------------------

CLONES = {"depth 1": lambda origin, folder, branch: origin.clone_branch(folder, branch),
          "none": lambda origin, folder, branch: None}


@pytest.fixture(params=sorted(CLONES))
def clone(request, origin, workspace):
    return lambda branch: CLONES[request.param](origin, workspace.root, branch)


def test_push(origin, detect, clone):
    clone("main")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))


def test_a_new_branch(origin, detect, clone):
    clone("feature")
    result = detect(events.push(origin, "refs/heads/feature", "f2", ZERO))
    assert agrees(result, sorted_diff(origin.diff("main", "f2", "...")))
    assert result.says("where it left main")


def test_a_branch_that_parted_long_ago_is_not_compared_with_the_default_branch_itself(origin, detect, clone, github):
    clone("feature")
    assert agrees(detect(events.push(origin, "refs/heads/feature", "f2", "f1")),
                  sorted_diff(origin.diff("c3", "f2")))
    assert any("/compare/" in path for path in github.paths())


def test_first_push(origin, detect, clone):
    clone("main")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", ZERO)), everything(origin, "c6"))


def test_tag(origin, detect, clone):
    clone("main")
    event = events.push(origin, "refs/tags/v1.1", "c6", ZERO)
    assert agrees(detect(event), [])
    assert agrees(detect(event, base="v1.0"), origin.diff("c4", "c6"))


def test_dispatch(origin, detect, clone):
    clone("main")
    result = detect(events.other(origin, "workflow_dispatch", "refs/heads/main", "c6"))
    assert agrees(result, origin.diff("c4", "c6"))


def test_dispatch_on_a_merge(origin, detect, workspace):
    origin.clone_pull(workspace.root, 7, "m", depth=1)
    result = detect(events.other(origin, "workflow_dispatch", "refs/heads/main", "m"))
    assert agrees(result, sorted_diff(origin.diff("c6", "m")))
    assert result.says("first parent")


def test_merge_group(origin, detect, clone):
    clone("main")
    assert agrees(detect(events.merge_group(origin, "c6", "m")), sorted_diff(origin.diff("c6", "m")))


def test_histories_without_a_common_commit(origin, detect, clone):
    clone("island")
    result = detect(events.push(origin, "refs/heads/island", "i1", ZERO))
    assert agrees(result, sorted_diff(origin.diff("c6", "i1"))) and result.says("no common ancestor")


def test_base_on_a_pull_request(origin, detect, clone):
    clone("feature")
    result = detect(events.pull(origin), base="v1.0")
    assert agrees(result, sorted_diff(origin.diff("c4", "f2", "...")))


# -- no more is asked for than is needed ------------------------------------------------------------------

def asked(github):
    return sorted(path.split("/acme/shop/")[1].split("?")[0].rsplit("/", 1)[0] for path in github.paths())


def test_commits_that_are_known_by_their_sha_are_not_looked_up(origin, detect, github):
    detect(events.push(origin, "refs/heads/main", "c6", "c3"))
    assert asked(github) == ["git/trees", "git/trees"]


def test_a_clone_with_all_history_knows_that_there_is_no_common_commit(origin, detect, workspace, github):
    origin.clone_branch(workspace.root, "island", depth=0)
    result = detect(events.push(origin, "refs/heads/island", "i1", ZERO))
    assert agrees(result, origin.diff("c6", "i1")) and result.says("no common ancestor")
    assert github.paths() == []


def test_a_head_that_nobody_has_is_no_root_commit(origin, detect, github):
    github.forget(origin.shas["c6"])
    result = detect(events.other(origin, "workflow_dispatch", "refs/heads/main", "c6"))
    assert result.code == 11 and result.says(origin.shas["c6"]), repr(result)


def test_a_pull_request_of_an_unknown_repository(origin, detect):
    result = detect(events.pull(origin), without=["GITHUB_REPOSITORY"])
    assert result.code == 11 and result.says("GITHUB_REPOSITORY"), repr(result)


# -- clones that cannot be read -------------------------------------------------------------------------

def test_a_clone_without_trees_is_helped_out(origin, detect, workspace):
    git(workspace.root, "clone", "-q", "--filter=tree:0", "--no-checkout", origin.url, ".")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c3")), sorted_diff(origin.diff("c3", "c6")))


def test_a_repository_of_another_format_is_helped_out(origin, detect, workspace):
    git(workspace.root, "init", "-q", "--object-format=sha256")
    assert agrees(detect(events.push(origin, "refs/heads/main", "c6", "c4")), origin.diff("c4", "c6"))


# -- what GitHub cuts ------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A pull request of 3,005 files, one of them a migration, which the list of 3,000 does not reach."""
    large = Origin(tmp_path_factory.mktemp("large") / "repository")
    large.commit("c6", {"README.md": "r"})
    large.switch("feature", "c6")
    changes = {"src/file%04d.txt" % n: "x" for n in range(3004)}
    changes["supabase/migrations/20240101000002_b.sql"] = "select 1;\n"
    large.commit("f2", changes)
    large.shas["m"] = large.shas["f2"]
    return large


def test_a_pull_request_above_the_lists_limit(large, detect, github):
    github.serve(large.folder)
    github.pull(7, "main", "feature")
    result = detect(events.pull(large))
    assert agrees(result, large.diff("c6", "f2"))
    assert result.outputs["migrations"] == "true"


def test_a_tree_that_is_cut_is_read_folder_by_folder(large, detect, github):
    github.serve(large.folder)
    event = events.push(large, "refs/heads/feature", "f2", "c6")
    github.tree_limit = 3006  # the whole has 3,009 entries
    assert agrees(detect(event, base="feature"), large.diff("c6", "f2"))
    github.tree_limit = 1000  # one folder has more
    result = detect(event, base="feature")
    assert result.code == 12 and result.says("src/ has more entries than GitHub lists"), repr(result)


# -- faults ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("faults", [(500,), (502, 503), (RESET,), (EMPTY,), (CUT_OFF,), (retry_after(1),),
                                    (retry_after(1, 403),), (rate_limited(1),)], ids=str)
def test_a_fault_that_passes_is_retried(origin, detect, github, faults):
    github.order("/pulls/7/files", *faults)
    result = detect(events.pull(origin))
    assert result.code == 0 and len(files(result)) == 6, repr(result)
    assert len(github.paths()) == 1 + len(faults)
    assert result.says("again") or result.says("retry") or result.says("retrying"), repr(result)


@pytest.mark.parametrize("fault, code, words", [
    (NO_PERMISSION, 12, ("pull-requests: read", "permissions")),
    (NOT_FOUND, 12, ("pull-requests: read",)),
    (BAD_TOKEN, 12, ("token",)),
    (rate_limited(3000), 12, ("rate limit is used up until", "1,000 requests an hour")),
    (SECONDARY_LIMIT, 12, ("secondary rate limit is exceeded until", "run the job again later")),
    (NOT_JSON, 12, ("JSON",)),
    (HALF_JSON, 12, ("JSON",)),
    (409, 12, ("409",)),
], ids=str)
def test_a_fault_that_stays_is_named(origin, detect, github, fault, code, words):
    github.order("/pulls/7/files", fault, forever=True)
    result = detect(events.pull(origin))
    assert result.code == code, repr(result)
    for word in words:
        assert result.says(word), repr(result)
    assert result.outputs["changed"] == "" and "any" not in result.outputs


def entry(**fields):
    return {"filename": "src/a.js", "status": "modified", "sha": "0" * 40, "changes": 1, **fields}


@pytest.mark.parametrize("body", [
    b"[" * 200_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b"\xff\xfe[]", b"null", b"7", b'"x"', b"{}",
    json.dumps([entry(filename=7)]).encode(), json.dumps([{}]).encode(),
    json.dumps(["src/a.js", None]).encode(),
], ids=["nested", "objects", "not UTF-8", "null", "number", "text", "object", "no name", "empty entry", "no entries"])
def test_an_answer_of_another_form_is_an_error(origin, detect, github, body):
    github.order("/pulls/7/files", Answer(200, body=body), forever=True)
    result = detect(events.pull(origin))
    assert result.code == 12, repr(result)[:2000]
    assert result.outputs["changed"] == "" and "any" not in result.outputs


def test_names_from_the_api_are_no_commands(origin, detect, github):
    plain = ["::error::x", "b\x1b[31m", "</td><script>"]
    names = plain + ["a\n::add-mask::x", "../../etc/passwd", "c\r\nany=false"]  # ** takes neither dots nor line ends
    github.order("/pulls/7/files", Answer(200, body=json.dumps([entry(filename=name) for name in names]).encode()), forever=True)
    result = detect(events.pull(origin))
    assert result.code == 0 and files(result) == plain, repr(result)
    assert not [line for line in result.stdout.splitlines() if line.lstrip().startswith(("::add-mask::x", "::error::x"))], repr(result)
    assert "\x1b" not in result.stdout and "<script>" not in result.summary


@pytest.mark.parametrize("link", ["http://127.0.0.1:9/elsewhere?page=2", "file:///etc/passwd", "https://api.github.com.example/x", "\x00"])
def test_the_next_page_is_never_another_servers(origin, detect, github, link):
    github.order("/pulls/7/files", Answer(200, body=json.dumps([entry()] * 100).encode(), headers={"Link": '<%s>; rel="next"' % link}))
    result = detect(events.pull(origin))
    assert result.code in (0, 12), repr(result)
    assert all(path.startswith("/repos/") for path in github.paths())


def test_a_secondary_limit_without_headers_is_given_its_minute(origin, detect, github):
    """A minute is more than this program waits: it does not ask again at once, which GitHub punishes."""
    github.order("/pulls/7/files", SECONDARY_LIMIT, forever=True)
    result = detect(events.pull(origin))
    assert result.code == 12 and len(github.paths()) == 1, repr(result)
    assert not result.says("permissions"), repr(result)


def test_a_later_page_that_fails_is_no_end_of_the_list(large, detect, github):
    github.serve(large.folder)
    github.pull(7, "main", "feature")
    github.order("page=2", 409, forever=True)
    result = detect(events.pull(large))
    assert result.code == 12 and result.says("409"), repr(result)


def test_contents_permission_is_named(origin, detect, github):
    github.permissions.discard("contents")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"))
    assert result.code == 12 and result.says("contents: read"), repr(result)


def test_a_commit_that_a_forced_push_took_away(origin, detect, workspace, github):
    origin.clone_branch(workspace.root, "main")
    github.forget(origin.shas["f1"])
    result = detect(events.push(origin, "refs/heads/main", "c6", "f1", forced=True))
    assert result.code == 11 and result.says(origin.shas["f1"], "forced push", "base"), repr(result)


def test_an_unknown_base(origin, detect, workspace):
    origin.clone_branch(workspace.root, "main")
    result = detect(events.push(origin, "refs/heads/main", "c6", "c4"), base="no-such-branch")
    assert result.code == 11 and result.says("no-such-branch"), repr(result)


def test_cancelling_ends_a_request(origin, detect, github):
    github.order("/pulls/7/files", SILENCE, forever=True)
    run = detect.start(events.pull(origin))
    for _ in range(100):
        if github.paths():
            break
        time.sleep(0.05)
    started = time.monotonic()
    run.process.send_signal(signal.SIGTERM)
    result = run.wait(20, True)
    assert result.code == 130 and time.monotonic() - started < 4, repr(result)


def test_a_push_goes_on_when_the_api_is_down(origin, action, workspace, db, github):
    """Nobody asked for the answer: the histories decide."""
    origin.clone_branch(workspace.root, "main")
    github.order(".", 500, forever=True)
    event = events.push(origin, "refs/heads/main", "c6", "c4")
    event["extra"]["GITHUB_API_URL"] = github.url
    result = action.push(db.url, token=TOKEN, **event)
    assert result.code == 0 and result.status == "pushed", repr(result)
    assert result.outputs["changed"] == "true"


def test_a_dry_run_of_a_pull_request_is_skipped(origin, action, workspace, github):
    """ci.yml on a pull request that touches no migration."""
    origin.clone_pull(workspace.root, 7, "m", depth=1)
    github.pull(7, "main~1", "main")
    event = events.pull(origin)
    event["extra"]["GITHUB_API_URL"] = github.url
    result = action.dry_run("postgresql://app:secret99@127.0.0.1:1/nowhere", token=TOKEN, **event)
    assert result.code == 0 and result.status == "skipped", repr(result)
    assert "pull request #7" in result.notices[0].data
    assert json.loads(result.outputs["changes"]) == []
