"""A workflow of examples/ as the runner sees it: its jobs in order, the steps that use this action, and their
inputs with every expression replaced.

Expressions are looked up in a table; what is not in it is an error, so a test has to say what each one means."""
import re
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "examples"
OURS = "org/supabase-promote@"


class Step:
    def __init__(self, job, content):
        self.job, self.id = job, content.get("id")
        self.condition = content.get("if")
        self.given = {name: text_of(value) for name, value in (content.get("with") or {}).items()}


class Job:
    def __init__(self, name, content):
        self.name, self.condition = name, content.get("if")
        needs = content.get("needs", [])
        self.needs = [needs] if isinstance(needs, str) else needs
        self.outputs = content.get("outputs", {})
        self.matrix = content.get("strategy", {}).get("matrix", {})
        self.steps = [Step(name, step) for step in content["steps"] if step.get("uses", "").startswith(OURS)]


def text_of(value):
    """As the runner makes text of a YAML scalar."""
    return {True: "true", False: "false", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def jobs(name):
    """The jobs that use this action, in an order in which `needs` is kept (the files are written so)."""
    content = yaml.safe_load((FOLDER / name).read_text())
    return [job for job in (Job(key, value) for key, value in content["jobs"].items()) if job.steps]


def names():
    return sorted(path.name for path in FOLDER.glob("*.yml"))


def resolve(text, table):
    def value(match):
        expression = match.group(1).strip()
        if expression not in table:
            raise KeyError("no value for the expression ${{ %s }}" % expression)
        return text_of(table[expression])
    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


def holds(condition, table):
    """An `if:`: equalities with a quoted text and startsWith(), joined by && or ||."""
    if condition is None:
        return True
    if "||" in condition:
        return any(holds(part, table) for part in condition.split("||"))
    for part in condition.split("&&"):
        start = re.fullmatch(r"\s*startsWith\(([\w.-]+), '([^']*)'\)\s*", part)
        if start:
            if not resolve("${{ %s }}" % start.group(1), table).startswith(start.group(2)):
                return False
            continue
        match = re.fullmatch(r"\s*([\w.-]+) (==|!=) '([^']*)'\s*", part)
        if not match:
            raise ValueError("a condition that is not understood: " + condition)
        if (resolve("${{ %s }}" % match.group(1), table) == match.group(3)) != (match.group(2) == "=="):
            return False
    return True


def inputs(step, table):
    return {name: resolve(value, table) for name, value in step.given.items()}
