"""Much of one thing: what is said has limits, and nothing of it is lost."""
from database import HISTORY
from workspace import migration, version


def record(db, count):
    db.create_history()
    db.query("insert into %s (version, name, statements) select (20240101000000 + n)::text, 'step', array['select ' || n]"
             " from generate_series(0, %d) n" % (HISTORY, count - 1))


def test_thousands_of_versions_without_a_file_are_told_in_few_words(db, migrations, action):
    migrations({migration(9000): "select 'new';\n"})
    record(db, 5000)
    result = action.dry_run(db.url)
    assert result.code == 7 and result.says("the history has 5000 versions without a file here: %s" % version(0)), result
    assert result.says("%s, and 4980 more" % version(19)), result
    assert len(result.log) < 30000 and len(result.summary) < 30000, (len(result.log), len(result.summary))


def test_thousands_of_findings_are_counted(db, migrations, action):
    migrations({migration(n): "select %d;\n" % n for n in range(1500)})
    db.create_history("20250101000000")
    result = action.dry_run(db.url)
    assert result.code == 7 and result.report["cut"]["errors"] == 1501 - 20, result
    assert result.says("error: … and 501 more like these"), result
    assert result.says("… and 1301 more like these"), result


def test_each_of_thousands_of_versions_finds_its_file(db, migrations, action):
    """A version and a file of the same content belong together, in the order of both."""
    count = 600
    migrations({migration(3000 + n): "select %d;\n" % (n // 2) for n in range(count)})
    db.create_history()
    db.query("insert into %s (version, name, statements) select (20240101000000 + n)::text, 'step', array['select ' || n / 2]"
             " from generate_series(0, %d) n" % (HISTORY, count - 1))
    result = action.dry_run(db.url)
    assert result.code == 7 and result.report["cut"]["errors"] == count - 20, result
    for n in (0, 1, 2, 401, count - 1):
        assert result.says("%s is already applied as %s:" % (migration(3000 + n), version(n))), n
