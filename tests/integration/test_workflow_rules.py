"""tests/lint/workflows.py finds each mistake that it is there for; and the form `uses: docker://…`, in which
nobody reads action.yml."""
import subprocess

import pytest

import examples
from action import REPOSITORY, declared_inputs, input_name
from workspace import migration

GOOD = (REPOSITORY / "examples" / "staging.yml").read_text()
MISTAKES = [
    ("permissions: {}\n", "", "permissions: {} is missing at the top"),
    ("permissions: {}\n", "permissions: read-all\n", "permissions: {} is missing at the top"),
    ("    timeout-minutes: 30\n", "", "no timeout-minutes"),
    ("ubuntu-24.04", "ubuntu-latest", "another runner tomorrow"),
    ("    environment: staging\n", "", "pushes without an environment"),
    ("cancel-in-progress: false", "cancel-in-progress: true", "needs concurrency"),
    ("group: supabase-staging-${{ github.ref }}", "group: supabase-staging", "a group by ref"),
    ("          persist-credentials: false\n", "          fetch-depth: 1\n", "leaves its token behind"),
    ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "not pinned"),
    ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "not pinned"),
    ("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@" + "0" * 40, "only for it"),
    ("environment-name:", "enviroment-name:", "action.yml declares no input 'enviroment-name'"),
    ("  push:\n", "  pull_request:\n", "mode: push is refused"),
    ("        with:\n          persist", "        id: x\n        with:\n          persist", None),
]


def faults(tmp_path, text):
    file = tmp_path / "workflow.yml"
    file.write_text(text)
    done = subprocess.run(["/usr/bin/python3", "-B", "tests/lint/workflows.py", str(file)], cwd=REPOSITORY, text=True,
                          capture_output=True)
    return done.stdout


@pytest.mark.parametrize("found, replaced, message", MISTAKES)
def test_each_mistake_is_found(tmp_path, found, replaced, message):
    assert found in GOOD
    before, after = faults(tmp_path, GOOD), faults(tmp_path, GOOD.replace(found, replaced))
    if message:
        assert message not in before and message in after
    else:
        assert after == before


def test_an_expression_in_a_script_is_found(tmp_path):
    step = "      - run: echo ${{ github.head_ref }}\n"
    assert "is an injection" in faults(tmp_path, GOOD + step)


def test_an_output_that_nobody_declares_is_found(tmp_path):
    text = (REPOSITORY / "examples" / "cd.yml").read_text().replace("outputs.status", "outputs.state")
    assert "action.yml declares no output 'state'" in faults(tmp_path, text)


@pytest.mark.parametrize("mode, status", [("dry-run", "planned"), ("push", "pushed")])
def test_the_docker_form_has_no_defaults_and_works(db, workspace, action, mode, status):
    """With `uses: docker://ghcr.io/…` the runner passes what `with:` says, and nothing else."""
    workspace.write("supabase/migrations/" + migration(1), "create table a (a int);\n")
    given = {"db_url": db.url, "mode": mode}
    absent = [input_name(name) for name in declared_inputs() if name.replace("-", "_") not in given]
    result = action(without=absent, **given)
    assert result.code == 0 and result.status == status, result


def test_no_example_uses_what_only_the_docker_form_understands():
    for name in examples.names():
        for job in examples.jobs(name):
            assert not {"args", "entrypoint"} & set(job.steps[0].given)
