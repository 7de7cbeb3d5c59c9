"""What the server says of expressions and queries that it analyses and does not run."""
import psycopg2
import pytest

from proxy import Cut, Proxy
from workspace import migration

SETUP = """create table orders (id bigint primary key, customer bigint, total numeric, ref text, state text default 'new');
create sequence calls;
create function counted(n bigint) returns boolean language plpgsql as $$ begin perform nextval('calls'); return true; end $$;
create domain small as bigint check (counted(value));
create view totals as select id, total from orders;"""


def places(result):
    return [(found["line"], found["column"]) for found in result.report["findings"] if found["level"] == "error"]


def codes(result):
    return [row["sqlstate"] for row in result.report["predicted"] if row.get("fails")]


@pytest.mark.postgres
@pytest.mark.parametrize("sql, line, column, code", [
    ("create policy p on orders\n  using (owner = 1);", 2, 10, "42703"),
    ("create view v as\n  select o.id,\n    lower(o.total) from orders o;", 3, 5, "42883"),
    ("alter table orders add column size int\n  default 'big';", 2, 11, "22P02"),
    ("create function f() returns bigint language sql set search_path = '' as $$\n  select id from orders $$;", 2, 18, "42P01"),
    ("create or replace view totals as\n  select total, id from orders;", 1, 24, "42P16"),
    ("update orders set total = 1 where\n  cancelled;", 2, 3, "42703"),
    ("drop function\n  counted(text);", 1, 1, "42883"),
    ("create table lines (id int, amount int);\ncreate policy p on lines using (price > 0);", 2, 33, "42703"),
    ("insert into orders (id, ref)\n  select id from orders;", 1, 13, "42601"),
])
def test_what_it_refuses_is_red_where_it_is(db, migrations, action, sql, line, column, code):
    db.as_owner(SETUP)
    migrations({migration(1): sql + "\n"})
    result = action.dry_run(db.url, lint="warn", preflight="false")
    assert codes(result) == [code] and places(result) == [(line, column)], result
    assert db.refusal(sql) == code


@pytest.mark.postgres
def test_it_runs_nothing(db, migrations, action):
    db.as_owner(SETUP)
    migrations({migration(1): """create policy p on orders using (counted(id));
create view v as select counted(id) from orders;
alter table orders add column few small default '3';
insert into orders (id) select 1 where counted(1);
update orders set total = 2 where counted(id);
create index on orders (ref) where nextval('calls') > 0;
"""})
    action.dry_run(db.url, lint="warn", preflight="false")
    assert db.query("select is_called from calls") == [(False,)]


@pytest.mark.postgres(17)
def test_a_table_that_somebody_has_locked_is_no_finding(db, migrations, action):
    db.as_owner(SETUP)
    migrations({migration(n): "create view v%d as select nothing from orders;\n" % n for n in range(1, 9)})
    holder = psycopg2.connect(db.url)
    holder.cursor().execute("lock table orders")
    try:
        result = action.dry_run(db.url, lint="warn", preflight="false")
    finally:
        holder.close()
    assert result.code == 0 and not places(result), result


@pytest.mark.postgres(17)
def test_it_locks_nobody_out(db, migrations, action):
    """A writer's lock is held the whole time: nothing above ACCESS SHARE would get past it."""
    db.as_owner(SETUP)
    migrations({migration(1): "update orders set total = owner;\n"})
    holder = psycopg2.connect(db.url)
    holder.cursor().execute("lock table orders in exclusive mode")
    try:
        result = action.dry_run(db.url, lint="warn", preflight="false")
    finally:
        holder.close()
    assert codes(result) == ["42703"], result


@pytest.mark.postgres(17)
@pytest.mark.parametrize("name", ["we\"ird", "x) from orders; drop table orders; --", "select", "Ä'$promote$"])
def test_names_stay_names(db, migrations, action, name):
    quoted = '"%s"' % name.replace('"', '""')
    db.as_owner(SETUP)
    migrations({migration(1): "create table {0} ({0} int check ({0} > 0));\ncreate policy {0} on {0} using ({0} > 1);\n"
                              "create view v as select {0} from {0};\ncreate function {0}({0} int) returns int language sql as $$ select {0} $$;\n"
                              "drop function {0}(int);\n".format(quoted)})
    assert not places(action.dry_run(db.url, lint="warn", preflight="false"))
    migrations({migration(1): "create policy p on orders using (%s > 1);\n" % quoted})
    assert codes(action.dry_run(db.url, lint="warn", preflight="false")) == ["42703"]
    assert db.query("select count(*) from orders") == [(0,)]


@pytest.mark.postgres(17)
def test_a_role_with_a_schema_on_the_path_changes_nothing(db, migrations, action):
    """What it has put there is what the push would find, too; and it is not called."""
    db.as_owner(SETUP)
    db.as_owner("create schema traps; create function traps.lower(numeric) returns text language plpgsql as "
                "$$ begin perform nextval('public.calls'); return ''; end $$; alter database %s set search_path = traps, public" % db.name)
    migrations({migration(1): "create view v as select lower(total) from orders;\n"})
    assert not places(action.dry_run(db.url, lint="warn", preflight="false"))
    assert db.query("select is_called from public.calls") == [(False,)]


@pytest.mark.postgres(17)
def test_what_was_not_analysed_is_said(db, cluster, migrations, action):
    db.as_owner(SETUP)
    migrations({migration(1): "create view v as select nothing from orders;\n"})
    with Proxy(cluster.port, cuts=[Cut(b"promote.analysis")]) as proxy:
        result = action.dry_run(db.url_with(port=proxy.port, sslmode="disable"), lint="warn", preflight="false")
    assert result.code == 0 and not places(result), result
    assert "has not analysed the expressions and queries" in result.summary, result
