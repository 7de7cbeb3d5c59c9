"""Memory runs out: the run ends with one line, and the database has whole files with their rows, or nothing of them."""
import resource

import pytest

from action import BINARY, WRAPPER
from workspace import migration

SIZE = 2 * 1000 * 1000  # bytes of one file
FILES = {migration(n): "create table t%d (a text);\ninsert into t%d values ('%s');\n" % (n, n, "x" * SIZE) for n in range(1, 5)}


@pytest.mark.skipif(bool(WRAPPER) or b"__asan_init" in BINARY.read_bytes(), reason="sanitizers and valgrind want all addresses there are")
@pytest.mark.parametrize("mebibytes", [8, 12, 13, 14, 15, 16])
def test_out_of_memory_leaves_whole_files(db, migrations, action, monkeypatch, mebibytes):
    migrations(FILES)

    class Limit:
        @staticmethod
        def enter():
            resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
    result = action.push(db.url, hosts=Limit, check=False)
    assert result.code in (0, 70) or (result.code > 0 and result.errors), result
    assert result.code != 70 or "out of memory" in result.stderr, result
    tables = [name for name in db.tables() if name.startswith("t")]
    assert len(tables) == len(db.versions()), (tables, db.versions())
    assert action.push(db.url).code == 0 and len(db.versions()) == 4
