"""The workflows of examples/, step by step through the program, as the runner would set it.

The examples name Supabase projects. Here production is a database of one server, and each other project a database of
another, so that nothing needs Supabase's API: project-ref becomes db-url, staging-project-ref becomes staging-db-url."""
import json
import subprocess

import pytest

import examples
from action import declared_inputs
from repository import FOLDER, Repository
from workspace import migration, version

STAGING, PRODUCTION, CANARY = "s" * 20, "p" * 20, "c" * 20
FLEET = ["f" * 20, "g" * 20]
API_ONLY = {"project-ref", "access-token", "db-password", "staging-project-ref", "staging-db-password", "api-url"}
SECRETS = {"secrets.SUPABASE_ACCESS_TOKEN": "sbp_" + "0" * 40,
           "secrets.STAGING_SUPABASE_PROJECT_REF": STAGING, "secrets.STAGING_SUPABASE_DB_PASSWORD": "not used",
           "secrets.PRODUCTION_SUPABASE_PROJECT_REF": PRODUCTION,
           "secrets.PRODUCTION_SUPABASE_DB_PASSWORD": "not used",
           "secrets.CANARY_SUPABASE_DB_PASSWORD": "not used"}
DEFAULTS = {"inputs.include-all || false": False, "inputs.max-pending || '20'": "20"}  # of a push
VARIABLES = {**DEFAULTS, "vars.SUPABASE_CANARY": CANARY, "fromJSON(vars.SUPABASE_FLEET)": FLEET}


def empty(database):
    """Without what somebody hostile has put into public, which would be in the types."""
    database.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")


class Runner:
    """Runs the jobs of an example that its `if:` lets run; results by job, a matrix as 'job (value)'."""

    def __init__(self, action, repository, projects):
        self.action, self.repository, self.projects = action, repository, projects

    def inputs_of(self, step, table, to_servers):
        given = examples.inputs(step, table)
        if not to_servers:
            return given
        inputs = {name: value for name, value in given.items() if name not in API_ONLY}
        if "project-ref" in given:
            inputs["db-url"] = self.projects[given["project-ref"]].url
        if "staging-project-ref" in given:
            inputs["staging-db-url"] = self.projects[given["staging-project-ref"]].url
        if not (self.repository.workspace.root / given.get("types-file", "")).is_file():  # a team that has none
            inputs.pop("types-file", None), inputs.pop("types", None)
        if "rehearsal-db-url" in given:  # a service of the job: a new one for each
            self.projects["service %d" % len(self.projects)] = service = self.projects[STAGING].cluster.create_database()
            empty(service)
            inputs["rehearsal-db-url"] = service.url
        return inputs

    def step(self, step, table, event, to_servers=True):
        name, payload, ref = event
        inputs = self.inputs_of(step, table, to_servers)
        result = self.action(event=name, payload=payload, extra={
            "GITHUB_REF": ref, "GITHUB_REF_NAME": ref.split("/", 2)[2], "GITHUB_SHA": self.repository.head(),
            "GITHUB_BASE_REF": payload.get("pull_request", {}).get("base", {}).get("ref", "")},
            **{key.replace("-", "_"): value for key, value in inputs.items()})
        return result

    def __call__(self, example, event, between=None, dropped=(), **table):
        """between: called before each job that needs another; dropped: job outputs that the runner does not hand on."""
        base = event[1].get("pull_request", {}).get("base", {}).get("ref", "")
        table = {"github.ref": event[2], "github.base_ref": base, **SECRETS, **VARIABLES, **table}
        results = {}
        for job in examples.jobs(example):
            if between and job.needs:
                between()
            done = all(need in results and results[need].code == 0 for need in job.needs)
            if not done or not examples.holds(job.condition, table):
                continue
            for value in self.matrix_of(job, table):
                title = job.name if value is None else "%s (%s)" % (job.name, value)
                results[title] = self.run(job, dict(table, **{"matrix.project": value}), event)
            for output, expression in job.outputs.items():
                step_table = {"steps.%s.outputs.%s" % (job.steps[0].id, key): text
                              for key, text in results[job.name].outputs.items()}
                step_table.setdefault("steps.%s.outputs.%s" % (job.steps[0].id, output), "")
                value = "" if output in dropped else examples.resolve(expression, step_table)
                table["needs.%s.outputs.%s" % (job.name, output)] = value
        return results

    @staticmethod
    def matrix_of(job, table):
        if not job.matrix:
            return [None]
        expression = job.matrix["project"].strip()[3:-2].strip()
        return table[expression]

    def run(self, job, table, event):
        assert len(job.steps) == 1, "an example's job uses the action once"
        return self.step(job.steps[0], table, event)


@pytest.fixture
def repository(workspace):
    return Repository(workspace)


@pytest.fixture
def projects(cluster, postgres15):
    databases = {name: cluster.create_database() for name in (STAGING, CANARY, *FLEET)}
    databases[PRODUCTION] = postgres15.create_database()
    yield databases
    for database in databases.values():
        database.drop()


@pytest.fixture
def run(action, repository, projects):
    return Runner(action, repository, projects)


def needs_input(name):
    return pytest.mark.skipif(name not in declared_inputs(), reason="action.yml declares no %s yet" % name)


def test_there_are_six_examples():
    assert examples.names() == ["approve.yml", "cd.yml", "ci.yml", "compare.yml", "fleet.yml", "staging.yml"]


def test_from_a_feature_branch_to_production(run, repository, projects):
    repository.add(2, "create table b (b int);\n")
    result = run("ci.yml", repository.pull_request("staging"))["validate-migrations"]
    assert result.code == 0 and result.status == "planned", result
    assert result.pending == [migration(1), migration(2)] and not projects[STAGING].has_history()

    repository.merge("staging")
    result = run("staging.yml", repository.push("staging"))["migrate"]
    assert result.code == 0 and result.status == "pushed" and projects[STAGING].tables() == ["a", "b"], result

    result = run("ci.yml", repository.pull_request("main"))["validate-migrations"]
    assert result.code == 0 and result.status in ("up-to-date", "skipped") and result.pending == [], result
    result = promotion(run, repository)
    assert result.code == 0 and result.status == "planned" and result.pending == [migration(2)], result
    assert result.says("production: 1 migration will be promoted: it ran on staging with the same content"), result

    repository.merge("main")
    result = run("cd.yml", repository.push("main"))["migrate"]
    assert result.code == 0 and result.status == "pushed" and projects[PRODUCTION].tables() == ["a", "b"], result
    assert projects[PRODUCTION].history() == projects[STAGING].history()

    result = run("cd.yml", repository.push("main"))["migrate"]
    assert result.code == 0 and result.status == "up-to-date", result


def validate(run, repository, base):
    return run("ci.yml", repository.pull_request(base))["validate-migrations"]


def promotion(run, repository):
    return run("ci.yml", repository.pull_request("main"))["promotion"]


def merge(run, repository, branch):
    repository.merge(branch)
    return run({"staging": "staging.yml", "main": "cd.yml"}[branch], repository.push(branch))["migrate"]


def test_the_life_of_a_project(run, repository, projects):
    """A feature, a second one, a hotfix past staging, the promotion, an edited file and a deleted one."""
    staging, production = projects[STAGING], projects[PRODUCTION]
    repository.add(2, "create table b (b int);\n")
    assert merge(run, repository, "staging").status == "pushed"
    assert merge(run, repository, "main").status == "pushed"
    released = repository.head()

    # a second feature waits on staging
    repository.add(3, "create table c (c int);\n")
    assert validate(run, repository, "staging").pending == [migration(3)]
    assert merge(run, repository, "staging").status == "pushed"
    feature = repository.head()

    # a hotfix from main: that staging is ahead is no fault of it, and no advice makes staging run anything again first
    repository.git("checkout", "--quiet", "--detach", released)
    repository.add(4, "create table d (d int);\n")
    result = validate(run, repository, "main")
    assert result.code == 0 and result.status == "planned" and result.pending == [migration(4)], result
    assert result.says("1 version without a file here: " + version(3)) and " warnings" in result.log, result
    advice = result.log[result.log.index("if another branch has the files, merge it"):]
    assert advice.index("merge it") < advice.index("has been undone") < advice.index("`reverted VERSION`"), result
    assert validate(run, repository, "staging").code == 7, "a push to staging from here would be refused"

    # it goes through staging, too, with what is there, and all is promoted
    repository.git("merge", "--quiet", "--no-edit", feature)
    assert validate(run, repository, "staging").pending == [migration(4)]
    assert merge(run, repository, "staging").status == "pushed"
    result = validate(run, repository, "main")
    assert result.code == 0 and result.pending == [] and not result.report["warnings"], result
    result = merge(run, repository, "main")
    assert result.status == "pushed" and len(result.applied) == 2 and production.history() == staging.history(), result

    # a file that was edited is red before the merge, not after it
    good = repository.head()
    repository.add(2, "create table b (b bigint);\n")
    for base in ("staging", "main"):
        result = validate(run, repository, base)
        assert result.code == 7 and result.says(migration(2) + " has been changed since it was applied"), result

    # so is one that was deleted, by its name, with the way back
    repository.git("reset", "--quiet", "--hard", good)
    path = "%s/migrations/%s" % (FOLDER, migration(2))
    repository.git("rm", "--quiet", path)
    repository.commit("away")
    for base in ("staging", "main"):
        result = validate(run, repository, base)
        assert result.code == 7 and result.says(migration(2) + " is deleted by this change, and has run"), result
        assert not result.says("reverted"), result
    command = next(line for line in result.log.splitlines() if "git checkout" in line).strip()
    subprocess.run(["sh", "-c", command.replace("error: ", "")], cwd=repository.workspace.root, check=True)
    repository.commit("back")
    assert (repository.workspace.root / path).read_text() == "create table b (b int);\n"
    assert validate(run, repository, "main").code == 0


def test_an_exception_is_one_run_by_hand(run, repository, projects):
    repository.add(2, "create table b (b int);\n")
    assert merge(run, repository, "staging").status == "pushed"
    projects[PRODUCTION].create_history(version(2))
    repository.merge("main")
    assert run("cd.yml", repository.push("main"))["migrate"].code == 7
    by_hand = ("workflow_dispatch", {}, "refs/heads/main")
    result = run("cd.yml", by_hand, **{"inputs.include-all || false": True})["migrate"]
    assert result.status == "pushed" and result.applied == [migration(1)], result


def test_a_syntax_error_fails_the_check_of_the_pull_request(run, repository, projects):
    repository.add(2, "create table b (b int;\n")
    result = run("ci.yml", repository.pull_request("staging"))["validate-migrations"]
    assert result.code == 4 and not projects[STAGING].has_history(), result
    assert result.errors[0].properties["file"].endswith(migration(2)), result


@pytest.mark.parametrize("head, code", [("stranger/shop", 0), ("acme/shop", 2)])
def test_a_pull_request_without_secrets_passes_from_a_fork_only(run, repository, head, code):
    repository.add(2, "create table b (b int);\n")
    step = examples.jobs("ci.yml")[0].steps[0]
    result = run.step(step, dict.fromkeys(SECRETS, ""), repository.pull_request("staging", head), to_servers=False)
    assert result.code == code and result.status == ("failed" if code else "skipped"), result


@pytest.mark.parametrize("example", ["staging.yml", "cd.yml", "approve.yml", "fleet.yml"])
def test_a_run_by_hand_on_another_branch_does_nothing(run, repository, example):
    assert run(example, ("workflow_dispatch", {}, "refs/heads/feature")) == {}


@needs_input("staging-db-url")
def test_what_staging_has_not_had_does_not_reach_production(run, repository, projects):
    repository.merge("main")
    for example, job in (("cd.yml", "migrate"), ("approve.yml", "plan")):
        result = run(example, repository.push("main"))[job]
        assert result.code == 7 and result.status == "blocked", result
    assert not projects[PRODUCTION].has_history()


def test_an_approved_plan_is_pushed(run, repository, projects):
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    repository.merge("main")
    results = run("approve.yml", repository.push("main"))
    assert (results["plan"].status, results["push"].status) == ("planned", "pushed"), results
    assert projects[PRODUCTION].tables() == ["a"]
    results = run("approve.yml", repository.push("main"))
    assert list(results) == ["plan"] and results["plan"].status == "up-to-date", "nothing to approve"


def test_a_plan_whose_digest_is_lost_is_not_pushed(run, repository, projects):
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    repository.merge("main")
    results = run("approve.yml", repository.push("main"), dropped=["plan-digest"])
    assert list(results) == ["plan"] and results["plan"].status == "planned", results
    assert not projects[PRODUCTION].has_history()


@needs_input("expect-plan")
def test_another_plan_than_the_approved_one_is_refused(run, repository, projects):
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    repository.merge("main")

    def one_more():
        repository.add(2, "create table b (b int);\n")
        assert run("staging.yml", repository.push("staging"))["migrate"].status == "pushed"

    results = run("approve.yml", repository.push("main"), between=one_more)
    assert results["plan"].status == "planned" and results["push"].code == 7, results
    assert not projects[PRODUCTION].has_history()


def test_a_fleet_follows_its_canary(run, repository, projects):
    repository.merge("main")
    results = run("fleet.yml", repository.push("main"))
    assert list(results) == ["canary"] + ["fleet (%s)" % project for project in FLEET]
    assert all(result.status == "pushed" for result in results.values()), results
    assert all(projects[project].tables() == ["a"] for project in (CANARY, *FLEET))


def test_a_failing_canary_stops_the_fleet(run, repository, projects):
    repository.add(2, "select 1/0;\n")
    repository.merge("main")
    results = run("fleet.yml", repository.push("main"))
    assert list(results) == ["canary"] and results["canary"].code == 8, results
    assert not any(projects[project].has_history() for project in FLEET)


def test_no_example_asks_for_one_login_role_at_the_same_time():
    """A login role has one password for all, and each request changes it."""
    at_once = [(name, job) for name in examples.names() for job in examples.jobs(name)
               if job.matrix or name == "ci.yml"]
    assert len(at_once) == 3
    for name, job in at_once:
        given = job.steps[0].given
        for project, password in (("project-ref", "db-password"), ("staging-project-ref", "staging-db-password")):
            assert "matrix." in given.get(project, "matrix.") or password in given, (name, job.name, project)


def test_an_expression_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        examples.resolve("${{ secrets.OTHER }}", SECRETS)
    assert json.loads(examples.resolve("[${{ a }}]", {"a": True})) == [True]


# -- compare.yml -----------------------------------------------------------------------------------------------------

def test_every_night_the_two_are_compared(run, repository, projects):
    merge(run, repository, "staging")
    merge(run, repository, "main")
    night = "schedule", {"schedule": "17 3 * * *", "repository": repository.described()}, "refs/heads/main"
    result = run("compare.yml", night)["compare"]
    assert result.code == 0 and result.status == "same", result
    projects[PRODUCTION].as_owner("create table hot_fix (a int)")
    result = run("compare.yml", night)["compare"]
    assert result.code == 15 and result.status == "drift" and result.names("drift") == ["table public.hot_fix"], result
    repository.add(2, "create table b (b int);\n")
    merge(run, repository, "staging")
    result = run("compare.yml", night)["compare"]
    assert result.names("drift") == ["table public.hot_fix"] and result.report["drift"]["explained"] == 1, result


# -- what ci.yml finds on a pull request ---------------------------------------------------------------------------------

FAULTS = [
    ("select 1;\nalter table nothing_here add column c int;\n", "error", (2, 1)),
    ("alter table a\n  add column c int,\n  alter column a set not null;\n", "error", (3, 3)),
    ("select 1;\n\nalter table a drop column a;\n", "error", (3, 1)),
    ("select 1;\ncreate table open (id int primary key);\n", "warning", (2, 1)),
]


@pytest.mark.parametrize("sql, level, place", FAULTS, ids=["a missing table", "NULLs", "a view", "no row level security"])
def test_a_pull_request_is_red_before_the_merge_at_the_line_and_column(run, repository, projects, sql, level, place):
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    projects[STAGING].as_owner("insert into a values (null)")
    repository.add(2, "create view shown with (security_invoker = on) as select a from a;\n")
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    repository.add(3, sql)
    result = run("ci.yml", repository.pull_request("staging"))["validate-migrations"]
    assert (result.code != 0) == (level == "error"), result
    places = {(item["line"], item["column"]) for item in result.report["findings"] if item["level"] == level}
    assert place in places, (places, [item for item in result.report["findings"]])


TYPES = """export type Database = {
  public: {
    Tables: {
      a: {
        Row: {
          a: number | null
        }
        Insert: {
          a?: number | null
        }
        Update: {
          a?: number | null
        }
        Relationships: []
      }
    }
    Views: { [_ in never]: never }
    Functions: { [_ in never]: never }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}
"""


def test_a_column_without_new_types_is_red_at_the_line_of_the_table(run, repository, projects):
    path = "src/generated/database.types.ts"
    empty(projects[STAGING])
    repository.workspace.write(path, TYPES)
    repository.commit("types")
    repository.merge("staging")
    assert run("staging.yml", repository.push("staging"))["migrate"].code == 0
    repository.add(2, "alter table a add column b text;\n")
    result = validate(run, repository, "staging")
    assert result.code != 0 and result.outputs["types-status"] == "stale", result
    error = next(error for error in result.errors if error.properties["file"] == path)
    assert error.properties["line"] == "5" and migration(2) + ":1" in error.data, result  # the table's Row
    repository.workspace.write(path, TYPES.replace("Row: {", "Row: {\n          b: string | null")
                               .replace("sert: {", "sert: {\n          b?: string | null")
                               .replace("Update: {", "Update: {\n          b?: string | null"))
    repository.commit("types that fit")
    result = validate(run, repository, "staging")
    assert result.code == 0 and result.outputs["types-status"] == "current", result
