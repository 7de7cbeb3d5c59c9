"""The rules of this project for workflows: the examples, and its own in .github/workflows.

What every one must have, so that nobody copies a mistake from here; and that what they give to the action and
take from it is declared in action.yml. Prints FILE: FAULT for each fault."""
import glob
import re
import sys

import yaml

OURS = "org/supabase-promote"
# A release cannot hold its own commit, so this stands for it until somebody puts the commit there.
PLACEHOLDER = "0" * 40
PINNED = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+\b")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def is_ours(step):
    return step.get("uses", "") == "./" or step.get("uses", "").startswith(OURS + "@")


def triggers(workflow):
    events = workflow.get("on", workflow.get(True))  # YAML 1.1 takes the key `on` for a boolean
    return set(events if isinstance(events, (list, dict)) else [events])


def check_uses(text, pins):
    for line in text.splitlines():
        use = re.search(r"^\s*(?:- )?uses: (.*)", line)
        if not use or use.group(1) == "./":
            continue
        pin = PINNED.search(line)
        if not pin:
            yield "not pinned by a full commit with its version in a comment: " + line.strip()
        elif (pin.group(1) == OURS) != (pin.group(2) == PLACEHOLDER):
            yield "the placeholder is for %s, and only for it: %s" % (OURS, line.strip())
        elif pins.setdefault(pin.group(1), pin.group(2)) != pin.group(2):
            yield "another file pins another commit of " + pin.group(1)


def check_step(step, declared, events):
    given = step.get("with") or {}
    if step.get("uses", "").startswith("actions/checkout@") and given.get("persist-credentials") is not False:
        yield "checkout leaves its token behind: persist-credentials: false is missing"
    if "${{" in step.get("run", ""):
        yield "an expression in a script is an injection: hand it over in env"
    if is_ours(step):
        for name in sorted(set(given) - set(declared["inputs"])):
            yield "action.yml declares no input '%s'" % name
        refused = events & {"pull_request", "pull_request_target", "merge_group"}
        if given.get("mode", "push") == "push" and refused and step.get("if") != "github.event_name == 'push'":
            yield "mode: push is refused on these events: " + ", ".join(sorted(refused))


def pushes(job):
    return any(is_ours(step) and (step.get("with") or {}).get("mode", "push") == "push" for step in job["steps"])


def check_concurrency(name, job, workflow, events):
    concurrency = job.get("concurrency", workflow.get("concurrency", {}))
    if concurrency.get("cancel-in-progress") is not False:
        yield "job %s: a push needs concurrency with cancel-in-progress: false" % name
    if "workflow_dispatch" in events and "${{ github.ref }}" not in str(concurrency.get("group")):
        yield "job %s: a run by hand on another branch would take the place of one that waits: a group by ref" % name


def check_job(name, job, workflow, declared, events):
    if not isinstance(job.get("timeout-minutes"), int):
        yield "job %s: no timeout-minutes" % name
    if "permissions" not in job:
        yield "job %s: no permissions of its own" % name
    if "latest" in str(job.get("runs-on")):
        yield "job %s: 'latest' is another runner tomorrow" % name
    if pushes(job) and not (job.get("environment") or name in ("action", "smoke")):
        yield "job %s: pushes without an environment" % name
    if pushes(job):
        yield from check_concurrency(name, job, workflow, events)
    ours = {step["id"] for step in job["steps"] if "id" in step and is_ours(step)}
    for step, output in re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", str(job)):
        if step in ours and output not in declared["outputs"]:
            yield "job %s: action.yml declares no output '%s'" % (name, output)
    for step in job["steps"]:
        for fault in check_step(step, declared, events):
            yield "job %s: %s" % (name, fault)


def commands(workflow):
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            yield from (line for line in step.get("run", "").splitlines() if line.strip())


def check_commands(workflow, targets):
    """Each command of our own workflows is a make target, so that each can be run anywhere."""
    for line in commands(workflow):
        words = line.split()
        if words[0] != "make" or not {word for word in words[1:] if "=" not in word} <= targets:
            yield "no make target: " + line


def check(path, declared, targets, pins):
    text = read(path)
    workflow = yaml.safe_load(text)
    yield from check_uses(text, pins)
    if workflow.get("permissions") != {}:
        yield "permissions: {} is missing at the top"
    for name, job in workflow["jobs"].items():
        yield from check_job(name, job, workflow, declared, triggers(workflow))
    if path.startswith(".github/"):
        yield from check_commands(workflow, targets)


def main(paths):
    declared = yaml.safe_load(read("action.yml"))
    rules = re.findall(r"^([\w -]+):(?!=)", read("Makefile"), flags=re.M)
    targets = {target for rule in rules for target in rule.split()}
    pins, faults = {}, 0
    for path in paths:
        for fault in check(path, declared, targets, pins):
            print("%s: %s" % (path, fault))
            faults += 1
    print("%d files, %d faults" % (len(paths), faults))
    return 1 if faults else 0


sys.exit(main(sys.argv[1:] or sorted(glob.glob("examples/*.yml") + glob.glob(".github/workflows/*.yml"))))
