"""Committed TypeScript types against the database: what a generator has made of it fits, whatever the generator."""
import shlex
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[1] / "golden" / "types"
NAMES = sorted(path.name for path in CASES.iterdir())
TEXTS = ("expected.ts", "expected.pgmeta-0.98.0.ts", "expected.cli-3.1.0.ts")
FILE = "src/database.types.ts"


@pytest.fixture
def bare(db):
    """The test's database without what somebody hostile has put into public, which generators would show."""
    db.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")
    return db


def settings(case):
    text = (CASES / case / "case.env").read_text() if (CASES / case / "case.env").exists() else ""
    return dict(word.split("=", 1) for word in shlex.split(text))


def check(action, db, **options):
    return action(mode="types", db_url=db.url, types_file=FILE, **options)


@pytest.mark.postgres(15, 17)
@pytest.mark.parametrize("case", NAMES)
def test_what_a_generator_makes_is_current(case, bare, workspace, action):
    bare.as_owner((CASES / case / "schema.sql").read_text())
    for name in TEXTS:
        workspace.write(FILE, (CASES / case / name).read_text())
        result = check(action, bare)
        assert result.outputs["types-status"] == "current" and result.code == 0, (name, result)
