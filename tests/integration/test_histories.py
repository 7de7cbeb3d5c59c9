"""Histories like real ones run as they run with the CLI: nothing in them is a mistake."""
import pytest

import supabase_cli
from histories import BASE, NOTICES, a_file_for_each_day, long_history, stamp
from workspace import migration

HISTORIES = {"500 files": long_history(500), "a file for each day": a_file_for_each_day(60)}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_real_history_is_recorded_as_the_cli_records_it(cli, db, twin, migrations, workspace, action, name):
    files = HISTORIES[name]
    migrations(files)
    code, said = supabase_cli.push(cli, twin.url_with(sslmode="disable"), workspace.root)
    assert code == 0, said
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == len(files) and not result.errors, result
    assert db.history() == twin.history()
    assert action.push(db.url).status == "up-to-date"


def test_a_real_history_is_pushed_day_by_day(db, migrations, action):
    """What is issued again is applied and pending at the same time, then; of 49 real histories 8 were blocked so."""
    files = list(long_history(120).items())
    for at in range(0, len(files), 12):
        migrations(dict(files[at:at + 12]))
        result = action.push(db.url, edited_migrations="error")
        assert result.code == 0 and not result.warnings and len(result.applied) == 12, result
    assert db.value("select count(*) from log where what = 'again'") == 3


def test_a_push_of_a_real_history_goes_on_where_it_stopped(db, migrations, action):
    files = long_history(120)
    wrong = stamp(70, 1) + "_wrong.sql"
    migrations({**files, wrong: "insert into nowhere values (1);\n"})
    result = action.push(db.url)
    assert result.code == 8 and len(result.applied) == 71, result
    migrations({wrong: "insert into log (what) values ('right');\n"})
    result = action.push(db.url)
    assert result.code == 0 and len(result.applied) == 50 and not result.warnings, result


def test_notices_by_the_dozen_are_lines_of_the_log_and_nothing_else(db, migrations, action):
    migrations({migration(1, "base"): BASE, migration(2, "cleanup"): NOTICES, migration(3, "cleanup_again"): NOTICES})
    result = action.push(db.url)
    assert result.code == 0 and not result.warnings and not result.errors, result
    assert not result.says("the content of another file"), result
    assert 'table "gone_0" does not exist, skipping' in result.log and "gone_0" not in result.summary.split("<summary>SQL of")[0], result


def test_a_history_with_copies_and_names_that_do_not_fit_says_which(db, migrations, action):
    files = long_history(30)
    migrations(files)
    assert action.push(db.url).code == 0
    migrations({stamp(31) + "_step_3 copy.sql": files[stamp(3) + "_step_3.sql"], stamp(32) + "-uuid.sql": "select 32;\n",
                stamp(33) + "_step_33.sql": "select 33;\n"})
    result = action.dry_run(db.url)
    assert result.code == 0 and len(result.warnings) == 2 and len(result.pending) == 2, result
    assert result.says(stamp(31) + "_step_3 copy.sql is a copy of %s_step_3.sql" % stamp(3)), result
    assert result.says("git mv supabase/migrations/%s-uuid.sql supabase/migrations/%s_uuid.sql" % (stamp(32), stamp(32))), result
