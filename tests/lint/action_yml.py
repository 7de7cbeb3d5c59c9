"""action.yml against src/action/inputs.def, src/stage/outputs.def, and the tables of README and docs.

The C tables are the truth. With --write action.yml's inputs and the tables are renewed."""
import re
import sys

MARK = "<!-- {} -->"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def groups_of_inputs():
    """[(group, text)] of inputs.def: `INPUT_GROUP("Name")` begins one."""
    parts = re.split(r"^INPUT_GROUP\(\"(.*?)\"\)", read("src/action/inputs.def"), flags=re.M)
    return list(zip(parts[1::2], parts[2::2]))


def declared_inputs(text=None):
    """(id, default, description) of inputs.def, or of a part of it, in order; each choice is named."""
    text = re.sub(r"^/\*.*?\*/", "", text or read("src/action/inputs.def"), flags=re.S | re.M)
    rows = re.findall(r"INPUT_(\w+)\(\w+,\s*((?:\"[^\"]*\",?\s*)+)\)", text)
    result = []
    for kind, arguments in rows:
        values = re.findall(r"\"([^\"]*)\"", arguments)
        choices = values[2].split("|") if kind in ("CHOICE", "WORD") else []
        if any(f"`{choice}`" not in values[-1] for choice in choices):
            values[-1] += " One of " + ", ".join(f"`{choice}`" for choice in choices) + "."
        result.append((values[0], values[1], values[-1]))
    return result


def section(text, name):
    return re.search(rf"^{name}:\n((?:[ ].*\n)*)", text, flags=re.M).group(1)


def yaml_entries(block):
    """[(id, {key: value})] of a two-level block in the plain form that action.yml keeps to."""
    entries = []
    for line in block.splitlines():
        outer = re.match(r"  ([\w-]+):$", line)
        inner = re.match(r"    (\w+): (.*)$", line)
        if outer:
            entries.append((outer.group(1), {}))
        elif inner:
            entries[-1][1][inner.group(1)] = inner.group(2).strip('"')
    return entries


def input_block():
    return "inputs:\n" + "".join(
        f'  {name}:\n    description: "{text}"\n    required: false\n    default: "{default}"\n'
        for name, default, text in declared_inputs()
    )


def check_inputs(action, faults, write):
    """Returns action.yml with the inputs of the table."""
    renewed = re.sub(r"^inputs:\n(?:[ ].*\n)*", lambda _: input_block(), action, flags=re.M)
    if renewed != action:
        if write:
            with open("action.yml", "w", encoding="utf-8") as file:
                file.write(renewed)
        else:
            faults.append("action.yml's inputs are not those of inputs.def: python3 tests/lint/action_yml.py --write")
    return renewed


def check_outputs(action, faults):
    yaml = [i for i, _ in yaml_entries(section(action, "outputs"))]
    code = re.findall(r"^OUTPUT\(\"([\w-]+)\", ", read("src/stage/outputs.def"), flags=re.M)
    if yaml != code:
        faults.append(f"the outputs of action.yml and outputs.def differ: {yaml} / {code}")


def check_runs(action, faults):
    runs = section(action, "runs")
    image = re.search(r"image: (\S+)", runs).group(1)
    if image != "Dockerfile" and not re.fullmatch(r"docker://\S+@sha256:[0-9a-f]{64}", image):
        faults.append(f"image: {image} is neither Dockerfile nor a docker:// digest")
    if "args:" in runs or "entrypoint:" not in runs:
        faults.append("runs: needs an entrypoint and must have no args")


def input_table():
    rows = ["| input | default | meaning |", "|---|---|---|"]
    for group, part in groups_of_inputs():
        rows.append(f"| **{group}** | | |")
        for name, default, text in declared_inputs(part):
            rows.append(f"| `{name}` | {f'`{default}`' if default else ''} | {text} |")
    return "\n".join(rows)


def output_table(action):
    rows = ["| output | meaning |", "|---|---|"]
    for name, entry in yaml_entries(section(action, "outputs")):
        rows.append(f"| `{name}` | {entry['description']} |")
    return "\n".join(rows)


def exit_code_table():
    rows = ["| exit code | kind | when |", "|--:|---|---|", "| 0 | | done, or nothing to do |"]
    for code, title, meaning in re.findall(
        r"^ERROR_KIND\(\w+, (\d+), \w+, \"([^\"]*)\", \"([^\"]*)\"\)", read("src/base/err.def"), flags=re.M
    ):
        rows.append(f"| {code} | {title} | {meaning} |")
    return "\n".join(rows)


def guard_table():
    levels = {"error": "error", "warn": "warning", "note": "a note", "staging": "`staging-guard`",
              "edited": "`edited-migrations`", "missing": "`missing-files`", "deleted": "`missing-files`", "same": "`same-content`", "copy": "warning, or `same-content`"}
    rows = ["| what is found | what it is |", "|---|---|"]
    for level, condition in re.findall(r"^GUARD\(\w+, \w+, \w+, (\w+), \"([^\"]*)\"", read("src/check/guard.def"), flags=re.M):
        rows.append(f"| {condition} | {levels[level]} |")
    return "\n".join(rows)


def check_tables(action, faults, write):
    """Each table is in one page, between two marks."""
    tables = {"inputs": ("README.md", input_table()), "outputs": ("docs/reports.md", output_table(action)),
              "exit codes": ("docs/troubleshooting.md", exit_code_table()), "guards": ("docs/guards.md", guard_table())}
    for name, (page, table) in tables.items():
        text, begin, end = read(page), MARK.format(name), MARK.format("end of " + name)
        pattern = re.escape(begin) + r"\n.*?" + re.escape(end)
        renewed = re.sub(pattern, lambda _: f"{begin}\n{table}\n{end}", text, flags=re.S)
        if not re.search(pattern, text, flags=re.S):
            faults.append(f"{page} has no table between {begin} and {end}")
        elif renewed != text and write:
            with open(page, "w", encoding="utf-8") as file:
                file.write(renewed)
        elif renewed != text:
            faults.append(f"a table of {page} is stale: python3 tests/lint/action_yml.py --write")


def main():
    faults = []
    action = read("action.yml")
    action = check_inputs(action, faults, "--write" in sys.argv)
    check_outputs(action, faults)
    check_runs(action, faults)
    check_tables(action, faults, "--write" in sys.argv)
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
