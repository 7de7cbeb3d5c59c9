"""Secrets are what the environment and the inputs hold: a pull request chooses neither what is shown of them nor what
is masked."""
import base64
import json

import pytest

import vault
from cluster import OWNER_PASSWORD
from workspace import migration

KEY = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
FORK = {"repository": {"full_name": "acme/shop"},
        "pull_request": {"number": 7, "base": {"sha": "a" * 40}, "head": {"sha": "b" * 40, "repo": {"full_name": "mallory/shop"}}}}


def shown(result):
    return (result.log, result.stderr, result.output_text, result.summary)


@pytest.mark.parametrize("value", [KEY, "sk_live_one//and/./two", "sk_live_one,sk_live_two", "[sk_live_one", "../sk_live_one/../sk_live_two"])
@pytest.mark.parametrize("paths", ['["env(STRIPE_KEY)"]', '"env(STRIPE_KEY)"', '"a.sql,env(STRIPE_KEY)"'])
def test_configuration_is_shown_as_it_is_written(db, migrations, workspace, action, value, paths):
    """A pull request that names any variable of the step as a path of seeds had it printed."""
    migrations({migration(1): "select 1;"})
    workspace.write("supabase/config.toml", "[db.seed]\nsql_paths = %s\n" % paths)
    result = action.dry_run(db.url, include_seed="true", extra={"STRIPE_KEY": value})
    assert result.code == 0 and result.says("seed pattern 'env(STRIPE_KEY)'"), result
    assert value in result.masks, result
    for text in shown(result):
        assert "sk_live" not in text, result


def event(name, **payload):
    return {"event": name, "payload": {"repository": {"full_name": "acme/shop"}, **payload}}


STRANGERS = [
    {"event": "pull_request", "payload": FORK},
    {"event": "pull_request_target", "payload": FORK},
    event("pull_request_target", pull_request={"head": {"repo": {"full_name": "acme/shop"}}}),
    event("workflow_run", workflow_run={"head_repository": {"full_name": "mallory/shop"}}),
    event("workflow_run", workflow_run={"head_repository": None}),
    event("issue_comment", issue={"number": 7, "pull_request": {"url": "https://api.github.com/repos/acme/shop/pulls/7"}}),
]


@pytest.mark.parametrize("given", STRANGERS, ids=lambda given: given["event"])
def test_a_strangers_configuration_is_given_no_environment(db, migrations, workspace, action, given):
    """Not even to choose which of the checkout's files are seeds."""
    migrations({migration(1): "select 1;"})
    workspace.write("supabase/%s" % KEY, "select 1;")
    workspace.write("supabase/config.toml", '[db.migrations]\nenabled = "env(OFF)"\n[db.seed]\nsql_paths = ["env(STRIPE_KEY)"]\n'
                    '[db.vault]\nstripe = "env(STRIPE_KEY)"\n')
    result = action.dry_run(db.url, include_seed="true", skip_vault=None, extra={"STRIPE_KEY": KEY, "OFF": "false"},
                            skip_unchanged="false")
    assert KEY in result.masks and "1 to do" in result.log, "elsewhere it is"
    vault.install(db)
    result = action(mode="dry-run", db_url=db.url, include_seed="true", extra={"STRIPE_KEY": KEY, "OFF": "false"},
                    skip_unchanged="false", **given)
    assert result.code == 0 and result.says("env() is not replaced there"), result
    assert KEY not in result.masks and "seeds:" not in result.log, result
    assert result.names("seed-files") == [] and result.names("vault-secrets") == [], result


def test_our_own_repository_is_no_stranger(db, migrations, workspace, action):
    migrations({migration(1): "select 1;"})
    workspace.write("supabase/config.toml", '[db.seed]\nsql_paths = ["env(STRIPE_KEY)"]\n')
    own = {**FORK, "pull_request": {**FORK["pull_request"], "head": {"sha": "b" * 40, "repo": {"full_name": "acme/shop"}}}}
    for given in ({"event": "pull_request", "payload": own}, event("workflow_run", workflow_run={"head_repository": {"full_name": "acme/shop"}}),
                  event("issue_comment", issue={"number": 7})):
        result = action(mode="dry-run", db_url=db.url, include_seed="true", extra={"STRIPE_KEY": KEY}, skip_unchanged="false", **given)
        assert KEY in result.masks and "env() is not replaced" not in result.log, result


@pytest.mark.parametrize("name", ["GITHUB_HEAD_REF", "INPUT_DB-URL", "ACTIONS_RUNTIME_TOKEN", "RUNNER_TEMP"])
def test_what_the_runner_sets_is_not_to_be_had(db, migrations, workspace, action, name):
    """A branch may be called as a statement, and would mask it."""
    migrations({migration(1): "truncate t;"})
    workspace.write("supabase/config.toml", '[db.seed]\nsql_paths = ["env(%s)"]\n' % name)
    extra = {} if name == "INPUT_DB-URL" else {"ACTIONS_RUNTIME_TOKEN": "truncate", "GITHUB_HEAD_REF": "truncate"}
    result = action.dry_run(db.url, include_seed="true", extra=extra)
    assert result.code == 13 and result.says("the variable %s is the runner's, not yours" % name), result
    assert "truncate" not in result.masks, result


# -- what is masked ----------------------------------------------------------------------------------

HIDDEN = ["drop table customers", "planned", "20240101000001", "select", "true"]


def test_a_literal_of_the_configuration_masks_nothing(db, migrations, workspace, action):
    """A pull request could take a statement out of the plan that a reviewer reads, and the status away from the workflow."""
    vault.install(db)
    migrations({migration(1): "drop table customers;\nselect 1;\n"})
    lines = ["v%d = \"%s\"" % (number, text) for number, text in enumerate(HIDDEN)]
    workspace.write("supabase/config.toml", "[db.vault]\n%s\n[remotes.x.db.vault]\n%s\n" % ("\n".join(lines), "\n".join(lines)))
    result = action.dry_run(db.url)
    assert result.code == 0 and result.status == "planned" and result.report["plan"] == result.outputs["plan-digest"], result
    assert "drop table customers" in result.summary_text and "***" not in result.summary + result.output_text, result
    assert not [mask for mask in result.masks if mask in HIDDEN] and result.report["masked"] is False, result


def test_words_and_numbers_of_the_program_are_never_masked(db, migrations, workspace, action):
    vault.install(db)
    migrations({migration(1): "select 1;", migration(2): "select 'a masked value';"})
    workspace.write("supabase/config.toml", "[db.vault]\n" + "".join("v%d = \"env(V%d)\"\n" % (n, n) for n in range(6)))
    plain = action.push(db.url, skip_vault="true", expect_plan="0" * 64)
    assert plain.code == 7, plain
    words = ["blocked", "20240101000001", plain.outputs["plan-digest"], "a masked value", '"status"', "errors"]
    result = action.push(db.url, expect_plan="0" * 64, extra={"V%d" % n: word for n, word in enumerate(words)})
    words[2] = result.outputs["plan-digest"]
    result = action.push(db.url, expect_plan="0" * 64, extra={"V%d" % n: word for n, word in enumerate(words)})
    assert result.status == "blocked" and result.outputs["plan-digest"] == words[2] and "blocked" in result.masks, result
    assert result.outputs["pending-count"] == "2" and result.report["status"] == "blocked", result
    assert result.report["plan"] == words[2] and "errors" in result.report, result
    assert "a masked value" not in result.log + result.summary + result.output_text, result


def test_a_report_that_is_masked_says_so(db, migrations, workspace, action):
    says = "replaces text that equals a secret of this run"
    vault.install(db)
    migrations({migration(1): "select 'hunter22';"})
    workspace.write("supabase/config.toml", '[db.vault]\npin = "env(PIN)"\n')
    result = action.dry_run(db.url, extra={"PIN": "hunter23"}, report_file="report.json")
    assert says not in result.summary and json.loads((workspace.root / "report.json").read_text())["masked"] is False, result
    result = action.dry_run(db.url, extra={"PIN": "hunter22"}, report_file="report.json")
    assert says in result.summary_text and "select '***'" in result.summary_text and result.report["masked"] is True, result
    assert json.loads((workspace.root / "report.json").read_text())["masked"] is True


# -- what git and checkout have left -----------------------------------------------------------------

TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a"
BASIC = base64.b64encode(b"x-access-token:" + TOKEN.encode()).decode()
GIT_CONFIG = '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic %s\n' % BASIC
LINKS = {
    "a migration": ("supabase/migrations/%s" % migration(1), "../../.git/config", {}),
    "a link to a link": ("supabase/migrations/%s" % migration(1), "../../hop", {}),
    "the migrations": ("supabase/migrations", "../.git", {}),
    "roles": ("supabase/roles.sql", "../.git/config", {"include_roles": "true"}),
    "a seed": ("supabase/seed.sql", "../.git/config", {"include_seed": "true"}),
    "a folder of seeds": ("supabase/seeds", "../.git", {"include_seed": "true"}),
    "the configuration": ("supabase/config.toml", "../.git/config", {}),
    "filters": ("filters", ".git/config", {"filters": "filters"}),
}


@pytest.mark.parametrize("what", LINKS)
def test_a_link_into_git_is_refused(db, migrations, workspace, action, what):
    path, target, inputs = LINKS[what]
    workspace.write(".git/config", GIT_CONFIG)
    workspace.write(".git/%s" % migration(1), "select 'from git';")
    (workspace.root / "hop").symlink_to(".git/config")
    if what == "the migrations":
        (workspace.root / "supabase").mkdir()
    else:
        migrations({migration(2): "select 1;"})
    if what == "a folder of seeds":
        workspace.write("supabase/config.toml", '[db.seed]\nsql_paths = ["seeds/*"]\n')
    (workspace.root / path).symlink_to(target)
    result = action.dry_run(db.url, **inputs)
    assert result.code in (2, 3, 13) and result.says("leads into .git, which is not read"), result
    for text in shown(result):
        assert BASIC[20:] not in text and "from git" not in text, result


def test_what_encodes_a_secret_is_one(db, migrations, action):
    """However it has come into a file: as checkout's header, and as a part of some other text."""
    parts = [base64.b64encode(b"." * before + secret.encode() + b"...").decode() for before in range(3) for secret in (TOKEN, OWNER_PASSWORD)]
    migrations({migration(1): "select '%s';\n" % BASIC + "".join("select '%s';\n" % part for part in parts)})
    result = action.dry_run(db.url, token=TOKEN)
    assert result.code == 0 and "'***'" in result.summary_text, result
    for text in shown(result):
        for part in [BASIC] + parts:
            assert part[6:-6] not in text, result
