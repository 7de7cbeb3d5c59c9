"""README and docs/ are held to what is there: links, commands, inputs, names of jobs and secrets, messages."""
import json
import re
import subprocess

import pytest
import yaml

import examples
import supabase_cli
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
    plan = set(re.findall(r"gh secret set (\w+) --env production-plan$", GUIDE, flags=re.M))
    assert environment == plan and used("cd.yml", "approve.yml") <= repository | environment
    assert {secret for secret in used("cd.yml") if "PRODUCTION" in secret} <= environment


def test_the_branch_protection_names_the_jobs_of_the_check():
    settings = {branch: json.loads(block) for branch, block in re.findall(
        r"branches/(\w+)/protection\" --input - <<'JSON'\n(.*?)^JSON$", GUIDE, flags=re.S | re.M)}
    workflow = yaml.safe_load((REPOSITORY / "examples" / "ci.yml").read_text())
    checks = {branch: setting["required_status_checks"] for branch, setting in settings.items()}
    # strict on main would stop the second promotion: staging has no merge commit of the first
    everywhere = [name for name, job in workflow["jobs"].items() if "if" not in job]
    assert checks == {"staging": {"strict": True, "contexts": everywhere},
                      "main": {"strict": False, "contexts": list(workflow["jobs"])}}


def test_the_guide_makes_the_environments_that_the_examples_name():
    made = set(re.findall(r"--method PUT \"repos/{owner}/{repo}/environments/([\w-]+)\"", GUIDE))
    named = set()
    for name in ("staging.yml", "cd.yml", "approve.yml"):
        for job in yaml.safe_load((REPOSITORY / "examples" / name).read_text())["jobs"].values():
            environment = job["environment"]
            named.add(environment["name"] if isinstance(environment, dict) else environment)
    assert made == named
    reviewers = re.search(r"<<JSON\n(.*?)^JSON$", GUIDE, flags=re.S | re.M).group(1)
    assert json.loads(reviewers.replace("$reviewer", "1"))["reviewers"] == [{"type": "User", "id": 1}]


def test_the_test_migration_begins_with_what_is_merged(cli, tmp_path):
    """The guide's blocks of section 9, with a local `staging` that lacks what GitHub has merged since."""
    def git(folder, *words):
        identity = ("-c", "user.name=test", "-c", "user.email=test@example.com")
        return subprocess.run(["git", *identity, *words], cwd=folder, check=True, text=True, capture_output=True).stdout

    origin, clone, other, tools = (tmp_path / name for name in ("origin", "clone", "other", "bin"))
    origin.mkdir()
    git(origin, "init", "--quiet", "--bare", "--initial-branch=staging")
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    (clone / "packages/infrastructure/supabase").mkdir(parents=True)
    (clone / "packages/infrastructure/supabase/config.toml").write_text('project_id = "shop"\n')
    git(clone, "checkout", "--quiet", "-b", "staging")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "first")
    git(clone, "push", "--quiet", "origin", "staging")
    git(tmp_path, "clone", "--quiet", str(origin), str(other))
    git(other, "commit", "--quiet", "--allow-empty", "--message", "merged on GitHub")
    git(other, "push", "--quiet")
    tools.mkdir()
    (tools / "npx").write_text('#!/bin/sh\nshift\nexec "%s" "$@"\n' % cli)
    (tools / "gh").write_text('#!/bin/sh\nprintf "%%s\\n" "$*" >>"%s/asked"\n' % tmp_path)
    for tool in tools.iterdir():
        tool.chmod(0o755)
    environment = dict(supabase_cli.environment(tmp_path), PATH="%s:/usr/bin:/bin" % tools, GIT_AUTHOR_NAME="t",
                       GIT_AUTHOR_EMAIL="t@example.com", GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@example.com")
    begin, back = fences(GUIDE.split("## 9. ")[1].split("## 10. ")[0], "sh")
    for folder, block in ((clone, begin), (clone / "packages/infrastructure", back)):
        done = subprocess.run(["sh", "-e"], input=block, cwd=folder, env=environment, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
    assert git(clone, "log", "--format=%s", "origin/try-the-flow").split("\n")[:3] == \
        ["Try the flow", "merged on GitHub", "first"]
    made, = [name for name in git(clone, "ls-tree", "-r", "--name-only", "origin/try-the-flow").split()
             if name.endswith("_try_the_flow.sql")]
    assert git(clone, "show", "origin/try-the-flow:" + made).startswith("create table public.try_the_flow (")
    assert git(clone, "log", "-1", "--format=%s", "take-it-back") == "merged on GitHub\n"
    assert (tmp_path / "asked").read_text() == "pr create --base staging --fill\npr checks --watch\n"


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
