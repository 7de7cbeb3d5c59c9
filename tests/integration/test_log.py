"""The log: a line for each migration, a sign of life from long statements, colour for those who ask."""
import re
import threading
import time

import pytest

from workspace import migration


def held(db, relation, seconds):
    """Another session holds the relation for so long."""
    connection = db.connect(db.url)
    connection.autocommit = False
    cursor = connection.cursor()
    cursor.execute("lock table %s in access exclusive mode" % relation)
    threading.Timer(seconds, connection.close).start()


@pytest.mark.alone
def test_a_long_statement_shows_that_it_runs_and_whom_it_waits_for(db, migrations, action):
    db.as_owner("create table busy (a int)")
    held(db, "busy", 11)
    migrations({migration(1, "slow"): "select 1;\n-- why\nalter table busy\n  add column b int;"})
    result = action.push(db.url, lock_timeout="0")
    (line,) = [line for line in result.log.split("\n") if "still running" in line]
    assert re.search(r"still running, 1\d s: 20240101000001_slow.sql, statement 2 of 2 \(line 3\): alter table busy; "
                     r"it waits for process \d+", line), result
    assert result.status == "pushed" and result.seconds > 10, result


@pytest.mark.alone
def test_a_long_statement_tells_who_waits_for_it(db, migrations, action):
    db.as_owner("create table busy (a int)")
    migrations({migration(1, "slow"): "lock table busy;\nselect pg_sleep(10.5);"})
    running = action.start(mode="push", db_url=db.url, lock_timeout="0")
    time.sleep(2)
    other = threading.Thread(target=lambda: db.query("select count(*) from busy"))
    other.start()
    result = running.wait()
    other.join()
    (line,) = [line for line in result.log.split("\n") if "still running" in line]
    assert re.search(r"statement 2 of 2 \(line 2\): select pg_sleep.*; 1 session waits for it, the first \(process", line), result


@pytest.mark.alone
def test_each_migration_has_a_line_with_its_time(db, migrations, action):
    migrations({migration(1, "a"): "select 1;", migration(2, "b"): "select pg_sleep(0.1); select 2;"})
    lines = [line for line in action.push(db.url).log.split("\n") if line.startswith("applied ")]
    assert len(lines) == 2 and re.fullmatch(r"applied 20240101000002_b.sql: 2 statements, (9|1\d)\d\.\d ms", lines[1]), lines


def push_group(result):
    log = result.log.split("\n")
    begin = log.index("::group::Push")
    return log[begin + 1:log.index("::endgroup::", begin)]


@pytest.mark.alone
def test_a_migration_that_fails_has_its_line_where_it_fails(db, migrations, action):
    migrations({migration(1, "a"): "select 1;", migration(2, "bad"): "select 1;\nselect pg_sleep(0.1);\nselect nothing_here;",
                migration(3, "c"): "select 3;", migration(4, "d"): "select 4;"})
    result = action.push(db.url)
    group = push_group(result)
    assert group[0].startswith("applied 20240101000001_a.sql: "), group
    assert re.fullmatch(r"failed 20240101000002_bad.sql in line 3, rolled back, 1\d\d\.\d ms", group[1]), group
    assert group[2:] == ["not run: 20240101000003_c.sql and 1 more"], group
    assert len(re.findall("rolled back", result.log)) == 1, "said twice\n%r" % result


def test_a_seed_that_fails_has_its_line_too(db, migrations, action, workspace):
    migrations({migration(1, "a"): "select 1;"})
    workspace.write("supabase/seed.sql", "select 1;\nselect nothing_here;")
    result = action.push(db.url, include_seed="true")
    assert re.fullmatch(r"failed supabase/seed.sql in line 2, rolled back, \d+\.\d ms", push_group(result)[-1]), result
    assert result.says("failed in supabase/seed.sql; 1 of 1 migration applied"), result


def test_colour_is_for_those_who_ask(db, migrations, action):
    migrations({migration(1, "a"): "select 1;"})
    assert b"\x1b" not in action.push(db.url).raw_stdout
    for number, more in enumerate(({"FORCE_COLOR": "0"}, {"FORCE_COLOR": ""}, {"FORCE_COLOR": "1", "NO_COLOR": "1"})):
        migrations({migration(2 + number, "a"): "select 1 + %d;" % number})
        assert b"\x1b" not in action.push(db.url, extra=more).raw_stdout, more
    migrations({migration(9, "a"): "select 9; -- \x1b[31m"})
    running = action.start(mode="push", db_url=db.url, extra={"FORCE_COLOR": "1"})
    result = running.wait(60, False)
    assert re.search(rb"\x1b\[32mapplied [^\x1b]*\x1b\[0m\n", result.raw_stdout), result


def test_outside_of_github_it_reads_as_text(db, migrations, action):
    migrations({migration(1, "a"): "select 1;", migration(2, "bad"): "select nothing_here;"})
    result = action.push(db.url, actions=False)
    assert "::" not in result.stdout.replace("postgresql://", ""), result
    assert [line for line in result.stdout.split("\n") if line in ("Dry run", "Push")] == ["Dry run", "Push"], result
