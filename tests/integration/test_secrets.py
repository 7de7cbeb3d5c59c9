"""Secrets are what the environment and the inputs hold: a pull request chooses neither what is shown of them nor what
is masked."""
import pytest

import vault
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
