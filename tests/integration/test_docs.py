"""README and docs/ are held to what is there: links, commands, inputs, names of jobs and secrets, messages."""
import json
import re
import subprocess

import pytest
import yaml

import examples
from action import REPOSITORY, declared_inputs

PAGES = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")] + \
    sorted((REPOSITORY / "docs").glob("*.md"))
GUIDE = (REPOSITORY / "docs" / "staging-environment.md").read_text()


def fences(text, language):
    return re.findall(r"^ *```%s\n(.*?)^ *```" % language, text, flags=re.S | re.M)


def anchors(text):
    """GitHub's: lower case, punctuation gone, blanks to hyphens."""
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
            for head in re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.S), flags=re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text()):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), "%s: %s" % (page.name, target)
        assert not anchor or anchor in anchors(file.read_text()), "%s: %s" % (page.name, target)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page):
    rules = re.findall(r"^([\w -]+):(?!=)", (REPOSITORY / "Makefile").read_text(), flags=re.M)
    targets = {target for rule in rules for target in rule.split()} | {"deps-update", "debug-unit"}  # made by templates
    text = page.read_text()
    code = "\n".join(fences(text, "sh")) + "\n" + "\n".join(re.findall(r"`(make [^`\n]*)`", text))
    for words in re.findall(r"^ *make((?: +[\w=.-]+)*)", code, flags=re.M):
        for word in words.split():
            assert "=" in word or word in targets, "%s: make %s" % (page.name, word)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_step_uses_declared_inputs(page):
    for block in fences(page.read_text(), "yaml"):
        for step in steps_of(yaml.safe_load(block)):
            if re.match(r"(docker://ghcr\.io/)?org/supabase-promote\b", str(step.get("uses"))):
                given = set(step.get("with") or {}) - ({"entrypoint"} if "docker:" in step["uses"] else set())
                assert given <= set(declared_inputs()), "%s: %s" % (page.name, given - set(declared_inputs()))


def steps_of(node):
    if isinstance(node, dict):
        if "uses" in node:
            yield node
        for value in node.values():
            yield from steps_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from steps_of(value)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_shell_block_is_one(page):
    for block in fences(page.read_text(), "sh"):
        done = subprocess.run(["sh", "-n"], input=block, text=True, capture_output=True)
        assert done.returncode == 0, "%s: %s" % (page.name, done.stderr)


# -- the guide and the examples -------------------------------------------------------------------------

def test_the_guide_sets_the_secrets_that_the_examples_use():
    def used(*names):
        return {secret for name in names
                for secret in re.findall(r"secrets\.(\w+)", (REPOSITORY / "examples" / name).read_text())}
    # SUPABASE_ACCESS_TOKEN is set twice: for the repository and for the environment
    repository = set(re.findall(r"gh secret set (\w+)$", GUIDE, flags=re.M))
    environment = set(re.findall(r"gh secret set (\w+) --env production$", GUIDE, flags=re.M))
    assert used("ci.yml", "staging.yml") == repository
    assert used("cd.yml", "approve.yml") <= repository | environment
    assert {secret for secret in used("cd.yml") if "PRODUCTION" in secret} <= environment


def test_the_branch_protection_names_the_jobs_of_the_check():
    settings = [json.loads(block) for block in re.findall(r"<<'JSON'\n(.*?)^JSON$", GUIDE, flags=re.S | re.M)]
    contexts = [s["required_status_checks"]["contexts"] for s in settings if "required_status_checks" in s]
    workflow = yaml.safe_load((REPOSITORY / "examples" / "ci.yml").read_text())
    assert contexts == [list(workflow["jobs"])]


def test_the_guide_uses_the_folder_of_the_examples():
    folders = {step.given["working-directory"] for name in examples.names() for job in examples.jobs(name)
               for step in job.steps}
    assert folders == {"packages/infrastructure/supabase"} and "packages/infrastructure" in GUIDE


def scripts():
    return json.loads(fences(GUIDE, "json")[0])["scripts"]


def test_the_guide_has_the_scripts_it_speaks_of():
    assert set(re.findall(r"npm run ([\w:]+)", GUIDE)) <= set(scripts())
    assert {"db:link", "db:pull", "db:diff", "db:reset", "gencode"} <= set(scripts())


@pytest.mark.parametrize("name", sorted(scripts()))
def test_the_cli_knows_what_the_scripts_say(cli, name):
    words = scripts()[name].split(" > ")[0].split()
    command = [word for word in words[1:3] if re.fullmatch(r"[a-z]+", word)]
    told = subprocess.run([str(cli), *command, "--help"], text=True, capture_output=True, timeout=60)
    usage = told.stdout + told.stderr
    assert "supabase " + " ".join(command) in usage, usage
    for flag in re.findall(r"(--[\w-]+)", scripts()[name]):
        assert flag in usage, "%s: %s" % (name, flag)


# -- troubleshooting --------------------------------------------------------------------------------------

def test_every_message_is_one_of_the_program():
    page = (REPOSITORY / "docs" / "troubleshooting.md").read_text().split("## The workflow itself")[0]
    source = "".join(file.read_text() for pattern in ("*.c", "*.def") for file in (REPOSITORY / "src").rglob(pattern))
    source = re.sub(r'"\s*\n?\s*"', "", source)
    unknown = [message for message in re.findall(r"^\| `([^`]*)`", page, flags=re.M)
               if not all(part.strip() in source for part in message.split("…"))]
    assert unknown == []
