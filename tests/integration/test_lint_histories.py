"""Histories as projects have them, pushed in order: lint and the preflight have no error on what the server takes without trouble."""
import re
from pathlib import Path

import hostile
import pytest

HISTORIES = sorted((Path(__file__).resolve().parents[1] / "foresight" / "histories").glob("*.sql"))


def files_of(path):
    parts = re.split(r"^-- file: (\S+)\n", path.read_text(), flags=re.M)
    return list(zip(parts[1::2], parts[2::2]))


def errors(result):
    return [(finding["rule"], finding["reason"]) for finding in result.report["findings"] if finding["level"] == "error"]


@pytest.mark.supabase
@pytest.mark.postgres
@pytest.mark.parametrize("history", HISTORIES, ids=lambda path: path.stem)
@pytest.mark.parametrize("together", [1, 7, 1000], ids=["each by itself", "in sevens", "all at once"])
def test_what_is_pushed_without_trouble_was_no_error(db, migrations, action, history, together):
    files = files_of(history)
    hostile.remove(db)
    for begin in range(0, len(files), together):
        migrations(dict(files[:begin + together]))
        planned = action.dry_run(db.url, lint="warn")
        assert not errors(planned) and planned.code == 0, (files[begin][0], errors(planned), planned)
        pushed = action.push(db.url, lint="warn")
        assert pushed.status == "pushed", pushed
