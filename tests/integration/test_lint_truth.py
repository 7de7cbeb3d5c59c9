"""What lint predicts of a statement beside what PostgreSQL then does: each case of tests/foresight is judged, then run and rolled back."""
import json
import os
import re
from pathlib import Path

import psycopg2
import pytest

from workspace import migration

CASES = Path(__file__).resolve().parents[1] / "foresight"
MODES = ("AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock",
         "AccessExclusiveLock")
PARTS = 4  # of about the same length
# One case in so many, most of them on 17; `make test-deep` has all of them on each version.
SHARES = {15: 1, 17: 1, 18: 1} if os.environ.get("PROMOTE_DEEP") else {15: 12, 17: 2, 18: 12}
ANY = "one of several"  # reasons: which one the server meets first, is not claimed
STRONG = {"ShareLock": {"write"}, "ShareRowExclusiveLock": {"write"}, "ExclusiveLock": {"write"}, "AccessExclusiveLock": {"read", "write"}}

KNOWN = """select c.oid, n.nspname || '.' || c.relname, c.relkind, c.relfilenode from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid >= 16384 and n.nspname !~ '^pg_'
    and (c.relkind in ('r', 'p', 'v', 'm', 'i', 'I') or c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i')))"""
LOCKED = "select relation, mode from pg_locks where pid = pg_backend_pid() and locktype = 'relation' and granted"
SCANNED = """select relid, pg_stat_get_xact_numscans(relid), pg_stat_get_xact_tuples_returned(relid) from pg_stat_all_tables where relid >= 16384"""


def cases():
    lines = [line.strip() for line in (CASES / "cases.sql").read_text().split("\n") if line.strip()]
    lasting = [line for line in lines if re.search(r"(^|;)\s*commit\b", line, re.IGNORECASE)]
    assert not lasting, "what is committed is there for the cases after it: %s" % lasting
    return lines


def measure(db, sql):
    """What the file does, as one transaction that is rolled back."""
    connection = psycopg2.connect(db.url)
    truth = {"fails": None, "locks": {}, "rewritten": set(), "scanned": set()}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        known = {oid: (name, kind, node) for oid, name, kind, node in cursor.fetchall()}
        cursor.execute(SCANNED)
        before = {oid: (scans, tuples) for oid, scans, tuples in cursor.fetchall()}
        try:
            cursor.execute(sql)
            cursor.execute("set constraints all immediate")
        except psycopg2.Error as refusal:
            truth["fails"] = refusal.pgcode
            connection.close()
            return truth
        cursor.execute(LOCKED)
        for oid, mode in cursor.fetchall():
            if oid in known and (known[oid][1] in "rpvm" and mode != "AccessShareLock" or known[oid][1] == "S" and mode not in ("AccessShareLock", "RowExclusiveLock")):
                name = known[oid][0]
                truth["locks"][name] = max(truth["locks"].get(name, mode), mode, key=MODES.index)
        cursor.execute(KNOWN)
        after = {oid: node for oid, _, _, node in cursor.fetchall()}
        truth["rewritten"] = {known[oid][0] for oid in known if known[oid][1] in "rm" and after.get(oid, known[oid][2]) != known[oid][2]}
        cursor.execute(SCANNED)
        for oid, scans, tuples in cursor.fetchall():
            was = before.get(oid, (0, 0))
            if oid in known and known[oid][1] in "rm" and scans > was[0] and tuples > was[1]:
                truth["scanned"].add(known[oid][0])
    connection.rollback()
    connection.close()
    return truth


def predicted(result):
    """All statements of the file together; a key is there if it is claimed for each of them."""
    rows, claim = result.report.get("predicted", []), {}
    failing = next((row for row in rows if row.get("fails")), None)
    if failing:
        claim["fails"] = failing.get("sqlstate", ANY)
    elif rows and all("fails" in row for row in rows):
        claim["fails"] = None
    if all("locks" in row for row in rows):
        claim["locks"] = {}
        for lock in (lock for row in rows for lock in row["locks"]):
            claim["locks"][lock["relation"]] = max(claim["locks"].get(lock["relation"], lock["mode"]), lock["mode"], key=MODES.index)
    for key in ("rewritten", "scanned"):
        if all(key in row for row in rows):
            claim[key] = {name for row in rows for name in row[key]}
    return claim


def with_data(claim, result):
    """An error says that the file fails, whoever has found it."""
    errors = [finding for finding in result.report.get("findings", []) if finding["level"] == "error"]
    if errors and not claim.get("fails"):
        claim["fails"] = ANY
    return claim


def compare(sql, claim, truth):
    """Each claim that is wrong."""
    wrong = []
    if "fails" in claim and claim["fails"] != truth["fails"] and not (claim["fails"] == ANY and truth["fails"]):
        wrong.append(("fails", claim["fails"], truth["fails"]))
    if truth["fails"]:
        return wrong
    for key in ("locks", "rewritten", "scanned"):
        if key in claim and claim[key] != truth[key]:
            wrong.append((key, claim[key], truth[key]))
    return wrong


@pytest.mark.supabase
@pytest.mark.postgres(15, 17, 18)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_claim_is_wrong(cluster, db, migrations, action, part):
    db.as_owner((CASES / "setup.sql").read_text())
    db.as_owner("vacuum analyze")
    wrong, counted = [], {}
    for sql in cases()[part::PARTS * SHARES[cluster.version]]:
        migrations({migration(1, "case"): sql + "\n"})
        result = action(mode="dry-run", db_url=db.url, lint="warn")
        claim, truth = with_data(predicted(result), result), measure(db, sql)
        for key in ("fails", "locks", "rewritten", "scanned"):
            if key == "fails" or not truth["fails"]:
                name = key if key != "fails" else "fails" if truth["fails"] else "passes"
                told, all_of = counted.get(name, (0, 0))
                counted[name] = (told + (key in claim), all_of + 1)
        wrong += [(sql, *fault) for fault in compare(sql, claim, truth)]
        if "empty" in sql:
            db.as_owner("vacuum empty")  # of rows that were rolled back
        if truth["fails"] and "fails" not in claim:
            print("not foreseen:", truth["fails"], sql)
    print("claimed of all:", json.dumps(counted))
    assert not wrong, "\n".join(map(str, wrong))
