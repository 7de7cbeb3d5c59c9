"""What pending files do to the target, told before anything runs: refusals that are certain, locks, and how long they are held."""
import re

import psycopg2
import pytest

from workspace import migration

FILE = migration(1, "one")

SHOP = """
create table public.customers (id bigint primary key, name text not null);
create table public.orders (id bigint generated always as identity primary key, customer bigint references public.customers,
  total numeric(8,2), state text default 'new');
insert into public.customers select g, 'c' || g from generate_series(1, 20) g;
insert into public.orders (customer, total) select 1 + g % 20, g from generate_series(1, 200) g;
create view public.totals as select id, total from public.orders;
analyze public.orders; analyze public.customers;
"""


@pytest.fixture
def lint(db, migrations, action):
    """Judges one file on a database with a shop in it."""
    db.as_owner(SHOP)

    def run(sql, mode="dry-run", **options):
        migrations({FILE: sql})
        return action(mode=mode, db_url=db.url, lint=options.pop("lint", "warn"), **options)
    return run


def findings(result, level=None):
    return [f["rule"] for f in result.report["findings"] if level in (None, f["level"])]


REFUSED = [
    ("missing-object", "42P01", "alter table public.gone add column a int;"),
    ("missing-object", "42703", "alter table public.orders alter column gone set not null;"),
    ("missing-object", "3F000", "create table nowhere.t (id int);"),
    ("missing-object", "42704", "alter table public.orders add column mood public.mood;"),
    ("missing-object", "42883", "alter table public.orders add column a int default public.gone();"),
    ("name-taken", "42P07", "create table public.orders (id int);"),
    ("name-taken", "42701", "alter table public.orders add column total int;"),
    ("drop-refused", "2BP01", "alter table public.orders drop column total;"),
    ("drop-refused", "2BP01", "drop table public.customers;"),
    ("type-refused", "0A000", "alter table public.orders alter column total type numeric(12,4);"),
    ("type-cast", "42804", "alter table public.orders alter column state type integer;"),
    ("key-target", "42830", "alter table public.orders add foreign key (state) references public.customers (name);"),
    ("key-type", "42804", "alter table public.orders add foreign key (state) references public.customers (id);"),
]


@pytest.mark.parametrize("rule,sqlstate,sql", REFUSED, ids=[row[2][:40] for row in REFUSED])
def test_what_the_server_will_refuse_is_an_error_before_it_does(lint, db, rule, sqlstate, sql):
    result = lint("\n" + sql)
    assert result.code == 7 and result.status == "blocked", result
    assert findings(result, "error") == [rule], result
    found = result.report["predicted"][0]
    assert found["fails"] and found["sqlstate"] == sqlstate and found["line"] == 2, result
    assert result.report["errors"][0]["sqlstate"] == sqlstate, result
    with pytest.raises(psycopg2.Error) as refusal:
        db.as_owner(sql)
    assert refusal.value.pgcode == sqlstate


ALLOWED = ["alter table if exists public.gone add column a int;", "drop table if exists public.gone;",
           "create table if not exists public.orders (id int);", "alter table public.orders add column if not exists total int;",
           "drop view public.totals; alter table public.orders drop column total;",
           "create type public.mood as enum ('ok'); alter table public.orders add column mood public.mood;",
           "do $$ begin execute 'create table gone (id int)'; end $$; alter table gone add column a int;",
           "create table t (id bigint primary key, o bigint references public.orders); drop table t;",
           "alter table public.orders rename to purchases; alter table public.purchases add column a int;",
           "set search_path = ''; alter table public.orders add column a int;",
           "create temp table x (id int); alter table x add column b int; drop table x;",
           "create function public.f() returns int language sql as 'select 1'; create view public.v as select public.f();",
           "alter table public.orders drop constraint orders_customer_fkey; drop table public.customers;"]


@pytest.mark.parametrize("sql", ALLOWED, ids=[sql[:40] for sql in ALLOWED])
def test_what_the_server_takes_is_no_error(lint, sql):
    result = lint(sql, mode="push")
    assert result.code == 0 and not findings(result, "error"), result


def test_what_the_data_refuse_comes_before_what_is_refused_later(lint):
    result = lint("insert into public.customers (id, name) values (1, 'x');\nalter table public.gone add column a int;")
    first, second = result.report["predicted"]
    assert first["fails"] and first["sqlstate"] == "23505" and first["certainty"] == "proven", result
    assert second["fails"] and second["sqlstate"] == "42P01", result


def test_locks_rewrites_and_scans_are_predicted(lint):
    result = lint("alter table public.orders add column a uuid default gen_random_uuid();\n"
                  "alter table public.orders add constraint positive check (total > 0);\n"
                  "create index on public.customers (name);\n")
    first, second, third = result.report["predicted"]
    orders = [{"relation": "public.orders", "mode": "AccessExclusiveLock"}]
    assert first["locks"] == second["locks"] == orders, result
    assert first["rewritten"] == ["public.orders"] and first["reindexed"] == ["public.orders_pkey"], result
    assert second["rewritten"] == [] and second["scanned"] == ["public.orders"], result
    assert "fails" not in second, result  # that, the rows decide
    assert third["locks"] == [{"relation": "public.customers", "mode": "ShareLock"}], result
    assert third["blocks"] == [{"relation": "public.customers", "reads": False, "writes": True}], result
    assert result.code == 0 and not findings(result, "warning"), result  # small tables raise nothing


def test_what_is_not_known_is_not_claimed(lint):
    result = lint("do $$ begin execute 'select 1'; end $$;\nupdate public.orders set total = 1 where id = 1;\n")
    block, update = result.report["predicted"]
    assert block["certainty"] == "unknown" and update["certainty"] == "likely", result
    assert not {"fails", "locks", "rewritten", "scanned", "blocks"} & set(block), result
    assert "scanned" not in update and update["blocks"] == [], result


def test_a_finding_can_be_allowed_with_a_reason(lint):
    sql = "-- promote: allow missing-object: made by hand\nalter table public.gone add column a int;\n"
    assert lint(sql).code == 0
    result = lint("-- promote: allow missing-object\nalter table public.gone add column a int;\n")
    assert result.code == 7 and "allow-unknown" in findings(result), result
    result = lint("-- promote: allow key-scan: small\nselect 1;\n")
    assert findings(result) == ["allow-unused"], result


def test_the_summary_has_a_table_by_file_and_folded_advice(db, migrations, action):
    migrations({migration(1, "first"): "select 1;\n-- promote: allow key-scan: small\nselect 2;\nalter table public.gone add column a int;\n",
                migration(2, "second"): "alter table public.lost add column a int;\n"})
    result = action.dry_run(db.url, lint="warn", lint_rules="missing-object=warn")
    table = result.summary[result.summary.index("<summary>Lint: 3 findings"):]
    rows = [line for line in table.split("\n") if line.startswith("| ") and "`" in line]
    assert ["allow-unused" in rows[0], "public&#46;gone" in rows[1] or "public.gone" in rows[1], "20240101000002" in rows[2]] == [True] * 3, table
    assert "note" in rows[0] and "warning" in rows[1], table
    advice = table[table.index("<details><summary>What to do about them"):]
    assert advice.index("remove the comment") < advice.index("correct the name") < advice.index("</details>"), table
    assert not re.search(r"<summary>\d+ warning", result.summary), result.summary  # they are in the table


def test_annotations_are_errors_before_warnings_before_notes(db, migrations, action):
    migrations({migration(1, "first"): "-- promote: allow key-scan: small\nselect 1;\nalter table public.gone add column a int;\n"
                                       "-- promote: allow no-such-rule: x\nselect 2;\n"})
    result = action.dry_run(db.url, lint="warn")
    shown = [(c.name, c.properties.get("title"), c.properties["line"]) for c in result.commands
             if c.name in ("error", "warning", "notice") and "line" in c.properties]
    assert shown == [("error", "Push blocked", "3"), ("warning", "allow-unknown", "4"), ("notice", "allow-unused", "1")], result


def test_at_most_ten_notes_are_annotated(db, migrations, action):
    migrations({migration(n): "-- promote: allow key-scan: small\nselect 1;\n" for n in range(1, 31)})
    result = action.dry_run(db.url, lint="warn")
    assert len(result.notices) == 10 and "21 more" in result.notices[-1].data and result.code == 0, result
    assert result.summary.count("`allow-unused` |") == 30, result


def test_levels_are_set_by_inputs(lint):
    sql = "alter table public.gone add column a int;"
    assert lint(sql, lint="off").code == 0
    result = lint(sql, lint_rules="missing-object=warn\n\nkey-scan=off")
    assert result.code == 0 and findings(result, "warning") == ["missing-object"], result
    result = lint(sql, lint_rules="no-such-rule=off\nkey-scan=loud")
    assert result.code == 2 and result.says("there is no rule no-such-rule") and result.says("the level of key-scan"), result


# -- protection that is lost without a word -----------------------------------------------------------------------

PROTECTED = """
create table public.notes (id int primary key, body text, at date);
alter table public.notes enable row level security;
create policy own on public.notes using (true);
create view public.bodies with (security_invoker = on) as select id, body from public.notes;
create table public.days (id int, at date) partition by range (at);
alter table public.days enable row level security;
create function public.secret() returns int language sql security definer set search_path = '' as 'select 1';
create function public.closed() returns int language sql as 'select 1';
revoke execute on function public.closed() from public, anon, authenticated;
"""

LOST = [
    ("view-loses-invoker", "create or replace view public.bodies as select id, body from public.notes;",
     "create or replace view public.bodies with (security_invoker = on) as select id, body from public.notes;"),
    ("function-loses-search-path", "create or replace function public.secret() returns int language sql security definer as 'select 2';",
     "create or replace function public.secret() returns int language sql security definer set search_path = '' as 'select 2';"),
    ("function-loses-definer", "create or replace function public.secret() returns int language sql set search_path = '' as 'select 2';",
     "create or replace function public.closed() returns int language sql as 'select 2';"),
    ("partition-without-rls", "create table public.january partition of public.days for values from ('2026-01-01') to ('2026-02-01');",
     "create table public.january partition of public.days for values from ('2026-01-01') to ('2026-02-01');"
     "alter table public.january enable row level security;"),
    ("table-loses-rls", "drop view public.bodies; drop table public.notes; create table public.notes (id int);",
     "drop view public.bodies; drop table public.notes; create table public.notes (id int); alter table public.notes enable row level security;"),
    ("rls-missing", "create table public.fresh (id int);", "create schema hidden; create table hidden.fresh (id int);"),
    ("rls-off", "alter table public.notes disable row level security;", "alter table public.notes force row level security;"),
    ("grants-come-back", "drop function public.closed(); create function public.closed() returns int language sql as 'select 3';",
     "drop function public.secret(); create function public.secret() returns int language sql as 'select 3';"),
]


@pytest.mark.supabase
@pytest.mark.parametrize("rule,loses,keeps", LOST, ids=[row[0] for row in LOST])
def test_protection_that_is_lost_is_said_and_what_keeps_it_is_not(db, migrations, action, rule, loses, keeps):
    db.as_owner(PROTECTED)
    migrations({FILE: loses})
    assert rule in findings(action.dry_run(db.url, lint="warn", preflight="false"), "warning")
    migrations({FILE: "-- promote: allow %s: known\n%s" % (rule, loses)} if loses.count(";") == 1 else {FILE: keeps})
    assert rule not in findings(action.dry_run(db.url, lint="warn", preflight="false"))
    migrations({FILE: keeps})
    assert rule not in findings(action.dry_run(db.url, lint="warn", preflight="false"))
