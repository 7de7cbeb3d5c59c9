"""What README and docs show is run: workflow steps with their inputs, and commands exist."""
import re
import subprocess

import yaml

from action import REPOSITORY, declared_inputs
from examples import text_of
from workspace import migration

README = (REPOSITORY / "README.md").read_text()
PAGES = README + "".join((REPOSITORY / "docs" / name).read_text() for name in ("change-detection.md", "roles-seeds-vault.md"))


def fences(language, text=PAGES):
    return re.findall(r"```%s\n(.*?)```" % language, text, flags=re.S)


def steps():
    """The `with:` block of each step that uses this action on a database, as {input: value}."""
    for block in fences("yaml"):
        for text in re.findall(r"- uses: org/supabase-promote@\S+\n\s+with:\n((?:\s+[\w-]+: .*\n)+)", block):
            yield {name: text_of(value) for name, value in yaml.safe_load(text).items()}


def test_what_is_there_to_paste_is_a_workflow(tmp_path):
    """As complete as the examples, but for the commit, which nobody knows before there is a release."""
    block = fences("yaml")[0]
    assert yaml.safe_load(block)["name"] == "staging" and block.count("@v1\n") == 1
    file = tmp_path / "staging.yml"
    file.write_text(block.replace("@v1\n", "@%s # v1.0.0\n" % ("0" * 40)))
    done = subprocess.run(["/usr/bin/python3", "-B", "tests/lint/workflows.py", str(file)], cwd=REPOSITORY, text=True,
                          capture_output=True)
    assert done.returncode == 0, done.stdout
    named = set(re.findall(r"secrets\.(\w+)", block))
    assert named <= set(re.findall(r"secrets\.(\w+)", (REPOSITORY / "examples" / "staging.yml").read_text()))


def test_every_example_uses_declared_inputs_only():
    examples = list(steps())
    assert len(examples) >= 2
    for example in examples:
        assert set(example) <= set(declared_inputs()), example


def test_every_example_runs(db, project, workspace, action):
    project.open_direct()
    for number, example in enumerate(steps()):
        folder = example.get("working-directory", "supabase")
        workspace.write("%s/migrations/%s" % (folder, migration(number)), "create table t%d (a int);" % number)
        inputs = {name.replace("-", "_"): value for name, value in example.items() if not value.startswith("${{")}
        result = project.run(action, **inputs) if "project-ref" in example else action(db_url=db.url, **inputs)
        assert result.code == 0, result
        assert result.status == ("planned" if example.get("mode") == "dry-run" else "pushed"), result
        for target in (db, project.db):
            target.query("drop schema if exists supabase_migrations cascade")


def test_the_readme_is_read_in_ten_minutes():
    assert len(README.splitlines()) <= 200


def test_every_page_is_in_the_index():
    index = (REPOSITORY / "docs" / "index.md").read_text()
    pages = {path.name for path in (REPOSITORY / "docs").glob("*.md")} - {"index.md"}
    assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([\w-]+):(?!=)", (REPOSITORY / "Makefile").read_text(), flags=re.M))
    assert set(re.findall(r"make (\w+)\b(?!=)", " ".join(fences("sh") + re.findall(r"`(.*?)`", PAGES)))) <= targets
