"""What the preflight says of the data, beside what the server says when the statement is run."""
import psycopg2
import pytest

import data_cases
from workspace import migration

SCHEMA = "lib"
DECIDED_MIN = 0.75


def prepare(db):
    """One table for each case, so that one dry run can ask about all of them."""
    statements, setup = [], [data_cases.SETUP.format(s=SCHEMA)]
    for number, (columns, rows, statement) in enumerate(data_cases.CASES):
        name = "t%d" % number
        setup.append("create table %s (%s)" % (name, columns.format(s=SCHEMA)))
        if rows:
            setup.append("insert into %s values %s" % (name, rows.format(s=SCHEMA)))
        statements.append(statement.format(t=name, s=SCHEMA))
    db.as_owner(";\n".join(setup))
    return statements


def outcome(connection, statement):
    """The SQLSTATE of the statement, which leaves nothing; None if it goes through."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("set constraints all immediate")
        return None
    except psycopg2.Error as error:
        return error.pgcode
    finally:
        connection.rollback()


@pytest.mark.postgres
def test_no_verdict_is_wrong(db, migrations, action):
    statements = prepare(db)
    migrations({migration(number): statement + ";\n" for number, statement in enumerate(statements, 1)})
    report = action.dry_run(db.url, timeout=120).report
    asked = {}
    for entry in report["preflight"]:
        asked.setdefault(entry["file"], []).append(entry)
    connection = psycopg2.connect(db.url)
    wrong, decided, silent = [], 0, []
    for number, statement in enumerate(statements, 1):
        entries = asked.get("supabase/migrations/" + migration(number), [])
        code = outcome(connection, statement)
        predicted = {entry["sqlstate"] for entry in entries if entry["verdict"] == "will fail"}
        proven = bool(predicted) or all(entry["verdict"] == "no counter-example" for entry in entries)
        is_about_data = code is None or code[:2] in ("22", "23")
        if (predicted and code not in predicted) or (entries and proven and not predicted and code and is_about_data):
            wrong.append((statement, code, [(entry["question"], entry["verdict"], entry["sqlstate"]) for entry in entries]))
        if not entries and code and is_about_data:
            silent.append((statement, code))
        decided += proven and is_about_data
    connection.close()
    print("%d of %d decided" % (decided, len(statements)))
    assert not wrong and not silent, "wrong: %s\nnot asked: %s" % (wrong, silent)
    assert decided >= DECIDED_MIN * len(statements), (decided, len(statements))
