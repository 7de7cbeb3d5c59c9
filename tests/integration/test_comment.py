"""comment: true — one comment for each pull request and environment, through its whole life."""
import json
import re
import shutil
import signal
import subprocess
import time

import pytest

import events
from github_stub import BAD_TOKEN, BOT, NO_PERMISSION, NOT_FOUND, NOT_JSON, RESET, SILENCE, TOKEN, Answer
from workspace import migration

SHA = "0123456789abcdef0123456789abcdef01234567"
FILES = {migration(1, "first"): "create table first (a int);", migration(2, "second"): "create table second (a int);"}


@pytest.fixture
def comment(action, github, db, origin):
    """Runs with comment: true on pull request 7, or as the push of its merge commit."""
    def start(mode="dry-run", event=None, run_id="4711", environment="staging", url=None, extra=None, **inputs):
        if event is None and mode == "dry-run":
            event = events.pull(origin)
        elif event is None:
            event = {"event": "push", "payload": {"repository": events.REPOSITORY}, "extra": {"GITHUB_SHA": SHA}}
        more = dict(event["extra"], GITHUB_API_URL=github.url, GITHUB_RUN_ID=run_id, **(extra or {}))
        inputs = {"comment": "true", "token": TOKEN, "skip_unchanged": "false", **inputs}
        return action.start(mode=mode, db_url=url or db.url, environment_name=environment, event=event["event"],
                            payload=event["payload"], extra=more, **inputs)

    def run(mode="dry-run", **more):
        result = start(mode, **more).wait(60, True)
        assert TOKEN not in result.log + result.summary
        for request in github.writes():
            assert TOKEN not in request.body.decode()
        return result
    run.start = start
    return run


def ours(github, number=7):
    return [row for row in github.comments[number] if row["user"]["login"] == BOT]


def mark(row):
    line = row["body"].split("\n")[0]
    return json.loads(re.fullmatch("<!-- supabase-promote (.*) -->", line).group(1))


def test_a_plan_becomes_a_comment(comment, github, migrations):
    migrations(FILES)
    result = comment()
    assert result.status == "planned", result
    (row,) = ours(github)
    assert mark(row)["state"] == "planned" and mark(row)["environment"] == "staging"
    assert mark(row)["plan"] == result.outputs["plan-digest"] and mark(row)["run"] == "4711"
    assert "staging" in row["body"].split("\n")[1] and "2 migrations would be pushed" in row["body"]
    assert "create table first" in row["body"] and len(row["body"].encode()) < 60000
    assert result.says("comment on pull request #7: created"), result


def test_the_same_again_is_not_written(comment, github, migrations):
    migrations(FILES)
    comment()
    count = len(github.writes())
    result = comment()
    assert len(github.writes()) == count == 1 and result.says("says the same already"), result


def test_without_the_input_nobody_is_asked(comment, github, migrations):
    migrations(FILES)
    comment(comment="false")
    assert not github.comments[7] and not any("comments" in path for path in github.paths())


def test_its_life_from_plan_to_push(comment, github, migrations, db):
    migrations(FILES)
    comment()
    github.merged(7, SHA)
    result = comment("push", run_id="4712")
    (row,) = ours(github)
    assert result.status == "pushed" and mark(row)["state"] == "pushed", result
    assert "2 migrations pushed" in row["body"] and "would be" not in row["body"]
    assert [request.method for request in github.writes()] == ["POST", "PATCH"]
    again = comment("push", run_id="4713")
    assert again.status == "up-to-date" and mark(ours(github)[0])["state"] == "pushed", again
    assert len(github.writes()) == 2


def test_a_failed_push_is_told_with_its_place(comment, github, migrations):
    migrations({migration(1, "first"): "create table first (a int);", migration(2, "bad"): "select nothing_here;"})
    comment()
    github.merged(7, SHA)
    result = comment("push", run_id="4712")
    (row,) = ours(github)
    assert result.code == 8 and mark(row)["state"] == "failed", result
    for words in ("42703", "nothing_here", "1 of 2 applied", "git add"):
        assert words in row["body"], row["body"]


def test_a_blocked_plan_is_told(comment, github, migrations):
    migrations(FILES)
    result = comment(expect_plan="0" * 64)
    assert result.status == "blocked" and mark(ours(github)[0])["state"] == "blocked", result
    assert "expect-plan" in ours(github)[0]["body"]


def test_a_plan_whose_migrations_are_gone_is_outdated(comment, github, migrations):
    migrations(FILES)
    comment()
    github.synthetic_pull(7, files=3)
    result = comment(run_id="4712", skip_unchanged="auto")
    assert result.status == "skipped" and mark(ours(github)[0])["state"] == "outdated", result


def test_an_up_to_date_target_makes_a_plan_outdated_and_makes_no_comment(comment, github, migrations, action, db):
    migrations(FILES)
    comment()
    action.push(db.url)
    result = comment(run_id="4712")
    (row,) = ours(github)
    assert result.status == "up-to-date" and mark(row)["state"] == "outdated", result
    assert "nothing is pending any more" in row["body"] and "create table" not in row["body"]
    github.comments[7].clear()
    comment(run_id="4713")
    assert not github.comments[7]


def test_a_late_plan_does_not_hide_the_push(comment, github, migrations, db):
    migrations(FILES)
    comment(run_id="9")
    github.merged(7, SHA)
    comment("push", run_id="10")
    migrations({migration(3, "third"): "select 3;"})
    result = comment(run_id="9")
    assert result.status == "planned" and mark(ours(github)[0])["state"] == "pushed", result
    comment(run_id="11")
    assert mark(ours(github)[0])["state"] == "planned"


def test_each_environment_has_its_own(comment, github, migrations):
    migrations(FILES)
    comment(environment="staging")
    comment(environment="production")
    comment(environment="staging")
    assert sorted(mark(row)["environment"] for row in ours(github)) == ["production", "staging"]


# -- finding it ---------------------------------------------------------------------------------------

def test_it_is_found_behind_150_comments(comment, github, migrations):
    migrations(FILES)
    for number in range(120):
        github.comment(7, "octocat", "comment %d" % number)
    comment()
    for number in range(150):
        github.comment(7, "octocat", "comment %d" % number)
    result = comment(expect_plan="0" * 64, run_id="4712")
    assert len(ours(github)) == 1 and mark(ours(github)[0])["state"] == "blocked", result
    assert sum("/comments" in path for path in github.paths()) >= 3


def test_copies_of_others_are_left_alone(comment, github, migrations):
    migrations(FILES)
    comment()
    body = ours(github)[0]["body"]
    copies = [github.comment(7, "mallory", body), github.comment(7, "github-actions", body),
              github.comment(7, "another-app[bot]", body), github.comment(7, "octocat", "> " + body)]
    comment(expect_plan="0" * 64, run_id="4712")
    assert all(copy["body"].endswith(body) for copy in copies)
    assert len(ours(github)) == 1 and mark(ours(github)[0])["state"] == "blocked"


def test_only_others_have_copies(comment, github, migrations):
    """The real one was deleted."""
    migrations(FILES)
    comment()
    github.comment(7, "mallory", ours(github)[0]["body"])
    github.comments[7].remove(ours(github)[0])
    comment(run_id="4712")
    assert len(ours(github)) == 1


@pytest.mark.parametrize("viewer, author", [("octocat", "octocat"), ("our-app", "our-app[bot]"),
                                             ("our-app[bot]", "our-app[bot]")])
def test_other_tokens_know_their_own(comment, github, migrations, viewer, author):
    migrations(FILES)
    comment()
    row = github.comments[7][0]
    row["user"] = {"login": author, "type": "Bot" if author.endswith("[bot]") else "User"}
    github.viewer = viewer
    comment(expect_plan="0" * 64, run_id="4712")
    assert len(github.comments[7]) == 1 and mark(row)["state"] == "blocked"


@pytest.mark.parametrize("body", ["<!-- supabase-promote -->\nx", "<!-- supabase-promote {} -->", "<!-- supabase-promote {\"v\":2} -->",
                                   "<!-- supabase-promote [1] -->", "<!-- supabase-promote {\"v\":1,\"environment\":7} -->",
                                   "<!-- supabase-promote {\"v\":1,", "<!-- supabase-promote " + "[" * 5000])
def test_marks_that_cannot_be_read_are_passed_over(comment, github, migrations, body):
    migrations(FILES)
    row = github.comment(7, BOT, body)
    comment()
    assert row["body"] == body and len(ours(github)) == 2


def test_a_commit_of_another_branch_or_of_nobody_gets_no_comment(comment, github, migrations):
    migrations(FILES)
    github.merged(8, SHA, base="other")
    github.merged(9, SHA, base="main", state="closed", merged=False)
    result = comment("push")
    assert result.status == "pushed" and not github.writes(), result
    assert result.says("no pull request has brought commit"), result


def test_the_pull_request_that_was_merged_as_this_commit_is_taken(comment, github, migrations):
    migrations(FILES)
    github.merged(9, SHA, merge_sha="1" * 40)
    github.merged(7, SHA)
    github.merged(10, SHA, state="open", merged=False)
    comment("push")
    assert len(github.comments[7]) == 1 and not github.comments[9] and not github.comments[10]


# -- what goes wrong ----------------------------------------------------------------------------------

def is_warned(result, *words):
    return (result.code == 0 and not result.errors and
            any("cannot be" in warning.data or all(word in warning.data for word in words) for warning in result.warnings)
            and result.says("warning: comment:", *words))


@pytest.mark.parametrize("answer, words", [
    (NO_PERMISSION, "pull-requests: write"), (NOT_FOUND, "404"), (Answer(422, "Validation Failed"), "422"),
    (Answer(410, "Issues are disabled for this repo"), "410"), (BAD_TOKEN, "401"), (NOT_JSON, "cannot be"),
])
def test_a_comment_that_cannot_be_written_is_a_warning(comment, github, migrations, answer, words):
    migrations(FILES)
    github.merged(7, SHA)
    github.order(r"/issues/7/comments$", answer, forever=True)
    result = comment("push")
    assert result.status == "pushed" and is_warned(result, words), result


@pytest.mark.parametrize("fault", [NO_PERMISSION, NOT_FOUND, NOT_JSON, Answer(502, "Server Error")])
def test_comments_that_cannot_be_listed_are_a_warning(comment, github, migrations, fault):
    migrations(FILES)
    github.order(r"/issues/7/comments\?", fault, forever=True)
    result = comment()
    assert result.status == "planned" and is_warned(result), result
    assert not github.writes()


@pytest.mark.parametrize("answer", [NOT_FOUND, NO_PERMISSION])
def test_one_that_cannot_be_edited_is_written_anew(comment, github, migrations, answer):
    migrations(FILES)
    comment()
    github.order(r"/issues/comments/", answer)
    result = comment(expect_plan="0" * 64, run_id="4712")
    assert len(ours(github)) == 2 and mark(ours(github)[1])["state"] == "blocked", result
    assert not [warning for warning in result.warnings if "comment" in warning.data], result


def test_without_a_token_there_is_a_warning(comment, github, migrations):
    migrations(FILES)
    result = comment("push", token="")
    assert result.status == "pushed" and is_warned(result, "no token"), result


def test_whose_the_token_is_may_be_unknown(comment, github, migrations):
    migrations(FILES)
    comment()
    github.order("graphql", 403, forever=True)
    comment(expect_plan="0" * 64, run_id="4712")
    assert len(ours(github)) == 1 and mark(ours(github)[0])["state"] == "blocked"


def test_a_reset_is_survived(comment, github, migrations):
    migrations(FILES)
    github.order(r"/issues/7/comments\?", RESET)
    comment()
    assert len(ours(github)) == 1


def test_a_silent_api_holds_nobody_up_for_long(comment, github, migrations):
    migrations(FILES)
    github.order(r"/issues/7/comments", SILENCE, forever=True)
    result = comment()
    assert is_warned(result) and result.seconds < 30, result


def test_a_signal_ends_the_wait(comment, github, migrations):
    migrations(FILES)
    github.order(r"/issues/7/comments", SILENCE, forever=True)
    running = comment.start()
    while not any("/issues/7/comments" in path for path in github.paths()):
        time.sleep(0.05)
    running.signal(signal.SIGTERM)
    at = time.monotonic()
    result = running.wait(30)
    assert time.monotonic() - at < 5, result
    assert result.status == "planned"


# -- what it says -------------------------------------------------------------------------------------

def test_nothing_that_a_log_masks_is_public(comment, github, migrations):
    """The host and, of a project, its reference: they are often secrets of the repository."""
    migrations(FILES)
    result = comment(url="postgresql://app:secret99@127.0.0.1:1/nowhere")
    (row,) = ours(github)
    assert mark(row)["state"] == "failed", result
    assert "127.0.0.1" not in row["body"] and "secret99" not in row["body"], row["body"]


def test_many_files_stay_below_the_limit(comment, github, migrations):
    migrations({migration(n, "m" * 150): "-- %s\nselect %d;" % ("x" * 500, n) for n in range(1, 400)})
    result = comment()
    (row,) = ours(github)
    assert result.status == "planned" and len(row["body"].encode()) < 60000, result
    assert mark(row)["truncated"] and "Left out for its length" in row["body"]
    assert "399 migrations would be pushed" in row["body"]


def test_hostile_sql_stays_text(comment, github, migrations):
    migrations({migration(1, "a"): "-- ```` </details> <!-- supabase-promote {} --> @octocat #1\n"
                                   "select '\r\n<!-- -->\n```\n# heading\n<script>';"})
    comment(environment="a--><b> `c` @team")
    (row,) = ours(github)
    assert row["body"].count("<!--") == 1 and mark(row)["environment"] == "a--><b> `c` @team"
    assert row["body"].split("\n")[0].count("-->") == 1
    if not shutil.which("cmark-gfm"):
        pytest.skip("no cmark-gfm on this machine (Debian package: cmark-gfm)")
    html = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table"], input=row["body"], capture_output=True, text=True,
                          check=True).stdout
    text = re.sub(r"<pre><code.*?</code></pre>", "", html, flags=re.S)
    assert "<script>" not in text and "heading" not in text and "octocat" not in text
    assert text.count("<details>") == text.count("</details>") == 3  # guards, SQL, and its file
    assert html.count("&lt;/details&gt;") == 1 and html.count("<table>") == 1
