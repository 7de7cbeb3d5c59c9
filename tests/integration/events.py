"""Event payloads in GitHub's form, cut to what an action can rely on, with the variables that go along."""
from origin import ZERO

REPOSITORY = {"full_name": "acme/shop", "default_branch": "main"}


def push(origin, ref, head, before, **more):
    """ref: refs/heads/… or refs/tags/…; head and before: names of Origin.shas, or SHAs."""
    head, before = origin.shas.get(head, head), origin.shas.get(before, before)
    payload = {"ref": ref, "before": before, "after": head, "deleted": False, "forced": False,
               "created": before == ZERO, "repository": REPOSITORY}
    payload.update(more)
    return {"event": "push", "payload": payload, "extra": {"GITHUB_REF": ref, "GITHUB_SHA": head}}


def pull(origin, base="c6", head="f2", merge="m", number=7, name="pull_request"):
    base, head, merge = (origin.shas.get(sha, sha) for sha in (base, head, merge))
    payload = {"action": "synchronize", "number": number, "repository": REPOSITORY,
               "pull_request": {"number": number, "changed_files": 1, "base": {"ref": "main", "sha": base},
                                "head": {"ref": "feature", "sha": head, "repo": REPOSITORY}}}
    return {"event": name, "payload": payload,
            "extra": {"GITHUB_REF": "refs/pull/%d/merge" % number, "GITHUB_SHA": merge,
                      "GITHUB_HEAD_REF": "feature", "GITHUB_BASE_REF": "main"}}


def merge_group(origin, base, head):
    base, head = origin.shas.get(base, base), origin.shas.get(head, head)
    ref = "refs/heads/gh-readonly-queue/main/pr-7-%s" % base
    payload = {"action": "checks_requested", "repository": REPOSITORY,
               "merge_group": {"head_sha": head, "head_ref": ref, "base_sha": base, "base_ref": "refs/heads/main"}}
    return {"event": "merge_group", "payload": payload, "extra": {"GITHUB_REF": ref, "GITHUB_SHA": head}}


def other(origin, name, ref, head, repository=True):
    """workflow_dispatch, schedule, workflow_run, release, …: no `before`."""
    payload = {"repository": REPOSITORY} if repository else {"schedule": "0 0 * * *"}
    return {"event": name, "payload": payload,
            "extra": {"GITHUB_REF": ref, "GITHUB_SHA": origin.shas.get(head, head)}}
