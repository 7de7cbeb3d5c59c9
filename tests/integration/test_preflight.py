"""The data preflight: would the target's data let the pending statements through?"""
import pytest

from workspace import migration

FILE = "supabase/migrations/" + migration(1)
SETUP = """
create table customers (id bigint primary key, name text not null);
insert into customers values (1, 'a'), (2, 'b');
create table orders (id bigint generated always as identity primary key, customer bigint, ref text, state text,
                     total numeric(8, 2), note varchar(30));
insert into orders (customer, ref, state, total, note) values
  (1, 'r1', 'paid', 10, 'short'), (2, 'r2', 'paid', 0.25, 'a much longer note'), (3, 'r2', null, 12345.67, null);
"""


@pytest.fixture
def orders(db):
    db.as_owner(SETUP)
    return db


def run(db, migrations, action, sql, **options):
    migrations({migration(1): sql})
    return action.dry_run(db.url, **options)


def verdicts(result):
    return [(entry["question"], entry["verdict"]) for entry in result.report["preflight"]]


def reasons(result):
    return [entry["reason"] for entry in result.report["preflight"]]


def places(result):
    return [(int(error.properties["line"]), int(error.properties["col"])) for error in result.errors]


@pytest.mark.postgres
def test_a_pull_request_over_data_that_forbids_it_is_red_at_its_four_lines(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders\n"
                 "  alter column state set not null;\n"
                 "alter table orders add constraint orders_ref_key unique (ref);\n"
                 "alter table orders\n  add foreign key (customer) references customers (id);\n"
                 "alter table orders alter column note type varchar(10);\n")
    assert result.code == 7 and result.status == "blocked", result
    assert places(result) == [(2, 3), (3, 20), (5, 3), (6, 20)], result
    assert [entry["sqlstate"] for entry in result.report["errors"]] == ["23502", "23505", "23503", "22001"], result
    assert [entry["certainty"] for entry in result.report["findings"]] == ["proven"] * 4, result
    assert {entry["object"] for entry in result.report["findings"]} == {"public.orders"}, result
    assert "a much longer note" not in result.log + result.summary + result.output_text, result


def test_data_that_lets_them_through_is_no_finding(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders alter column customer set not null;\n"
                 "alter table orders add constraint orders_ref_key unique (ref, customer);\n"
                 "alter table orders add check (total > 0);\n"
                 "alter table orders alter column note type varchar(18);\n")
    assert result.code == 0, result
    assert {verdict for _, verdict in verdicts(result)} == {"no counter-example"} and len(verdicts(result)) == 4, result
    assert result.says("data: 4 questions: 4 no counter-example at"), result


def test_it_is_turned_off(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders alter column state set not null;", preflight="false")
    assert result.code == 0 and "preflight" not in result.report, result


def test_a_push_is_refused_before_anything_is_written(orders, migrations, action):
    migrations({migration(1): "create table made (a int);", migration(2): "alter table orders alter column state set not null;"})
    result = action.push(orders.url)
    assert result.code == 7 and result.status == "blocked", result
    assert not orders.has_table("made") and not orders.has_history(), result
