"""Lint where there is no database: the new migrations of a fork's pull request are judged from their text, one level lower."""
import pytest

from repository import FOLDER, Repository
from workspace import migration


@pytest.fixture
def fork(workspace, action):
    """Runs a fork's pull request that adds these files to the team's."""
    repository = Repository(workspace)

    def run(*files, lint="warn", **options):
        for number, sql in enumerate(files, 2):
            repository.add(number, sql)
        event, payload, ref = repository.pull_request("main", head="mallory/shop")
        return action(mode="dry-run", working_directory=FOLDER, event=event, payload=payload, db_url="", lint=lint,
                      extra={"GITHUB_SHA": repository.head(), "GITHUB_REF": ref}, **options)
    return run


def rules(result, level):
    return sorted(f["rule"] for f in result.report["findings"] if f["level"] == level)


SLOW = [("index-build", "create index a_a on a (a);"),
        ("key-scan", "alter table public.a add constraint k foreign key (a) references public.b (id);"),
        ("check-scan", "alter table a add constraint c check (a > 0);"),
        ("not-null-scan", "alter table a alter column a set not null;"),
        ("unique-build", "alter table a add unique (a);")]


@pytest.mark.parametrize("rule,sql", SLOW, ids=[row[0] for row in SLOW])
def test_what_may_take_long_is_a_note(fork, rule, sql):
    result = fork(sql + "\n")
    assert result.code == 0 and result.status == "skipped" and rules(result, "note") == [rule], result
    (finding,) = result.report["findings"]
    assert finding["certainty"] == "unknown" and "its size was not looked at" in finding["reason"], result
    assert "predicted" not in result.report and result.says("1 new migration was judged by the text alone"), result
    assert "were not looked at" in result.summary, result


QUIET = ["create table t (id int primary key, a int references a); create index t_a on t (a); alter table t enable row level security;"
         "create policy p on t for select using (true);",
         "create table public.t (id int); alter table t add check (id > 0); alter table public.t enable row level security;"
         "create policy p on t for select using (true);",
         "alter table a add constraint c check (a > 0) not valid;", "create index concurrently a_a on a (a);",
         "alter table a add column b int references b (id) check (b > 0);", "create temp table x (a int); create index on x (a);",
         "do $$ begin execute 'create table b (a int)'; end $$; create index on b (a);",
         "-- promote: allow index-build: small\ncreate index a_a on a (a);", "-- promote: allow key-scan: small\nselect 1;",
         "drop table gone; alter table nowhere.b drop column a; create function f() returns int language sql as 'select 1';"]


@pytest.mark.parametrize("sql", QUIET, ids=[sql[:40] for sql in QUIET])
def test_what_is_harmless_or_not_known_is_nothing(fork, sql):
    result = fork(sql + "\n")
    assert result.code == 0 and not result.report["findings"], result


def test_what_is_left_unprotected_is_a_note(fork):
    result = fork("create table t (id int);\ncreate view v as select 1;\n"
                  "create function f() returns int language sql security definer as 'select 1';\n")
    assert result.code == 0 and rules(result, "note") == ["definer-function", "definer-view", "rls-missing"], result


def test_what_contradicts_itself_is_a_warning_and_not_an_error(fork):
    result = fork("create table t (id int);", "alter table t enable row level security; create table t (id int);")
    assert result.code == 0 and rules(result, "warning") == ["name-taken"], result


def test_a_level_that_was_chosen_counts(fork):
    result = fork("create index a_a on a (a);", lint_rules="index-build=error")
    assert result.code == 7 and rules(result, "error") == ["index-build"], result


def test_files_that_were_there_are_not_judged(fork, workspace):
    workspace.write(FOLDER + "/migrations/" + migration(1), "create index a_a on a (a);\n")
    result = fork("select 1;\n")
    assert result.code == 0 and not result.report["findings"], result


def test_off_is_off(fork):
    result = fork("create index a_a on a (a);", lint="off")
    assert result.code == 0 and not result.report["findings"] and not result.says("judged by"), result
