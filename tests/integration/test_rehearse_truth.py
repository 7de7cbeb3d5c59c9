"""A rehearsal says what a push does: for each case the rehearsal's report against the same statements, run and committed.

The truth is measured here, by a second session's eyes and by the catalogue, and the outcome by a real push."""
import contextlib
import re

import psycopg2
import pytest

from workspace import migration

SETUP = """
create table public.orders (id bigint generated always as identity primary key, customer bigint, total numeric(8,2),
  state text default 'new', note varchar(30), placed timestamp, ref text);
insert into public.orders (customer, total, state, note, placed, ref) select 1 + g % 20, g / 10.0, 'paid', 'n' || g,
  timestamp '2026-02-01' + g * interval '1 min', 'r' || g from generate_series(1, 300) g;
create table public.customers (id bigint primary key, name text not null);
insert into public.customers select g, 'c' || g from generate_series(1, 20) g;
create index orders_note on public.orders (note);
create view public.notes with (security_invoker = on) as select id, note from public.orders;
create materialized view public.sums as select customer, sum(total) as total from public.orders group by customer;
create type public.level as enum ('basic');
create table public.items (id int primary key, "order" bigint references public.orders deferrable initially deferred);
create table public.parent (a int, b int) partition by range (a);
create table public.part_1 partition of public.parent for values from (0) to (10);
create table public.loose (a int, b int);
insert into public.loose select g, g from generate_series(11, 15) g;
create function public.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create domain public.short as text check (length(value) < 100);
create table public.shorts (s public.short);
insert into public.shorts values ('x');
alter table public.customers enable row level security;
"""

CASES = """
alter table public.orders add column a int
alter table public.orders add column a int default 1
alter table public.orders add column a uuid default gen_random_uuid()
alter table public.orders add column a int not null
alter table public.orders add column a bigserial
alter table public.orders add column a int generated always as (customer + 1) stored
alter table public.orders drop column note
alter table public.orders drop column ref
alter table public.orders alter column note type text
alter table public.orders alter column note type varchar(10)
alter table public.orders alter column note type varchar(1)
alter table public.orders alter column ref type varchar(200)
alter table public.orders alter column total type numeric(10,4)
alter table public.orders alter column total type numeric(12,2)
alter table public.orders alter column customer type int
alter table public.orders alter column placed type timestamptz
alter table public.orders alter column state type int using 1
alter table public.orders alter column state set not null
update public.orders set state = null where id = 3; alter table public.orders alter column state set not null
alter table public.orders add constraint c check (total > 0)
alter table public.orders add constraint c check (total > 10)
alter table public.orders add constraint c check (total > 10) not valid
alter table public.orders add constraint c check (total > 0) not valid; alter table public.orders validate constraint c
alter table public.orders add constraint f foreign key (customer) references public.customers
alter table public.orders add constraint f foreign key (customer) references public.customers not valid; alter table public.orders validate constraint f
delete from public.customers where id = 5; alter table public.orders add foreign key (customer) references public.customers
alter table public.orders add constraint u unique (ref)
alter table public.orders add constraint u unique (state)
create index on public.orders (placed)
create unique index on public.orders (state)
create unique index i on public.orders (ref); alter table public.orders add constraint u unique using index i
drop index public.orders_note
reindex table public.orders
reindex index public.orders_note
alter index public.orders_note rename to other
comment on table public.orders is 'x'
alter table public.orders rename to purchases
alter table public.orders rename column ref to reference
drop table public.orders
drop table public.orders cascade
drop table public.loose
drop view public.notes
create or replace view public.notes as select id, note from public.orders
create view public.more as select 1 as a
create table public.open (a int)
create table public.closed (a int primary key); alter table public.closed enable row level security; create policy p on public.closed for insert with check (true)
create table public.copy as select * from public.loose
create table public.child (o bigint references public.orders)
create table public.part_2 partition of public.parent for values from (10) to (20)
alter table public.parent attach partition public.loose for values from (10) to (20)
alter table public.parent attach partition public.loose for values from (100) to (200)
alter table public.parent detach partition public.part_1
alter table public.parent add column c int
create index on public.parent (a)
create policy p on public.customers using (true)
alter table public.orders enable row level security
alter table public.customers disable row level security
create trigger t before insert on public.orders for each row execute function public.touch()
alter table public.orders disable trigger user
create function public.f() returns int language sql as 'select 1'
create function public.f() returns int language sql security definer as 'select 1'
create function public.f() returns int language sql security definer set search_path = '' as 'select 1'
alter type public.level add value 'gold'
alter type public.level add value 'gold'; alter table public.customers add column l public.level default 'gold'
create type public.e as enum ('a'); create table public.es (e public.e default 'a')
alter domain public.short add constraint d check (value <> 'y')
alter domain public.short add constraint d check (value <> 'x')
insert into public.items values (1, 1)
insert into public.items values (1, 99999)
update public.orders set note = 'x'
delete from public.orders where id < 10
truncate public.loose
truncate public.orders cascade
refresh materialized view public.sums
lock table public.orders in share mode
alter sequence public.orders_id_seq restart
create extension no_such_extension
grant select on public.customers to nobody_at_all
select no_such_function()
alter table public.nothing add column a int
alter table if exists public.nothing add column a int
alter table public.orders add column if not exists ref text
create table if not exists public.orders (a int)
create table public.orders (a int)
do $$ begin update public.orders set note = 'y' where id < 5; end $$
do $$ begin raise exception 'no'; end $$
alter table public.orders set (fillfactor = 70)
alter table public.orders alter column note set statistics 500
alter table public.orders alter column state set default 'x'
alter table public.orders owner to postgres
analyze public.orders
set local statement_timeout = '5s'; select 1
""".strip().split("\n")

MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
         "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]
RELATIONS = ("select c.oid, n.nspname || '.' || c.relname, c.relkind::text, c.relfilenode::int8 from pg_class c "
             "join pg_namespace n on n.oid = c.relnamespace where c.oid >= 16384 and n.nspname !~ '^pg_toast' "
             "and n.nspname <> 'supabase_migrations' and c.relkind <> 'S'")
SCANS = "select relid, seq_scan, seq_tup_read from pg_stat_xact_all_tables where relid >= 16384"


def observe(db, statements):
    """What the file's transaction has done at its end, before it is committed: locks, rewritten, scanned."""
    connection = psycopg2.connect(db.url)
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        before = {oid: (name, kind, file) for oid, name, kind, file in cursor.fetchall()}
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("select relation, mode from pg_locks where pid = pg_backend_pid() and locktype = 'relation' and granted")
        locks = {}
        for oid, mode in cursor.fetchall():
            if oid in before and before[oid][1] not in "iI" and MODES.index(mode) > MODES.index(locks.get(before[oid][0], MODES[0])):
                locks[before[oid][0]] = mode
        cursor.execute(SCANS)
        scanned = sorted(before[oid][0] for oid, scans, read in cursor.fetchall() if oid in before and scans and read)
        cursor.execute(RELATIONS)
        after = {oid: file for oid, _, _, file in cursor.fetchall()}
        rewritten = sorted(name for oid, (name, kind, file) in before.items()
                           if kind not in "iI" and oid in after and after[oid] != file)
        connection.commit()
    return locks, rewritten, scanned


def said(report):
    locks = {}
    for item in report["rehearsed"]:
        for lock in item["locks"]:
            if MODES.index(lock["mode"]) > MODES.index(locks.get(lock["relation"], MODES[0])):
                locks[lock["relation"]] = lock["mode"]
    return (locks, sorted({name for item in report["rehearsed"] for name in item["rewritten"]}),
            sorted({name for item in report["rehearsed"] for name in item["scanned"]}))


def split(case):
    """At each "; " but the one within a DO block."""
    return re.split("; (?!end)", case)


def outcome(report):
    return [(fault["sqlstate"], fault["line"], fault["column"]) for fault in report["errors"]]


@pytest.mark.postgres
@pytest.mark.parametrize("part", range(6))
def test_the_rehearsal_says_what_the_push_does(cluster, migrations, action, part):
    wrong = []
    for case in CASES[part::6]:
        db = cluster.create_database()
        db.as_owner(SETUP)
        migrations({migration(1, "case"): ";\n".join(split(case)) + ";\n"})
        rehearsed = action.dry_run(db.url, rehearse="target", preflight="false").report
        if any(item.get("not_rehearsed") not in (None, "after-failed") for item in rehearsed["rehearsed"]):
            wrong.append((case, "not rehearsed", rehearsed["rehearsed"]))
        elif rehearsed["errors"]:
            pushed = action.push(db.url, preflight="false").report
            if outcome(pushed) != outcome(rehearsed):
                wrong.append((case, outcome(rehearsed), outcome(pushed)))
        else:
            try:
                truth = observe(db, split(case))
            except psycopg2.Error as error:
                truth = error.pgcode
            if truth != said(rehearsed):
                wrong.append((case, said(rehearsed), truth))
        db.drop()
    assert not wrong, wrong


@pytest.mark.parametrize("half", [0, 1])
def test_the_rehearsal_contradicts_no_prediction(db, migrations, action, half):
    db.as_owner(SETUP)
    contradicted, confirmed = [], 0
    for case in CASES[half::2]:
        migrations({migration(1): case + ";\n"})
        result = action.dry_run(db.url, rehearse="target", lint="warn", preflight="false")
        contradicted += ["%s: %s" % (case, item["message"]) for item in result.report["findings"]
                         if item["rule"] == "prediction-contradicted"]
        confirmed += "has confirmed what lint predicted of 1 of 1 statements" in result.log
    assert contradicted == []
    assert confirmed > len(CASES) / 4, confirmed


def test_the_rehearsal_confirms_what_the_data_have_answered(db, migrations, action):
    db.as_owner("create table t (a int, b int); insert into t values (1, 1), (2, null); create table p (a int primary key); insert into p values (1), (2)")
    migrations({migration(1): "alter table t alter a set not null;\nalter table t add unique (a);\nalter table t add foreign key (a) references p;\n"})
    result = action.dry_run(db.url, rehearse="target", lint="warn")
    assert result.code == 0 and result.says("the rehearsal has confirmed 3 of 3 answers of the data"), result
    assert not [item for item in result.report["findings"] if item["rule"] == "prediction-contradicted"], result


def test_an_answer_of_the_data_that_the_rehearsal_contradicts_is_a_note(db, migrations, action):
    """An event trigger corrects the rows first: nothing that a file says."""
    db.as_owner("create table t (a int); insert into t values (null)")
    db.query("create function correct() returns event_trigger language plpgsql security definer as "
             "$$ begin if tg_tag = 'ALTER TABLE' then update public.t set a = 1; end if; end $$;"
             "create event trigger correct on ddl_command_start execute function correct()")
    migrations({migration(1): "alter table t\n  alter a set not null;\n"})
    result = action.dry_run(db.url, rehearse="target", lint="warn")
    note, = [item for item in result.report["findings"] if item["rule"] == "prediction-contradicted"]
    assert (note["level"], note["line"]) == ("note", 1) and "public.t were expected to make it fail with SQLSTATE 23502, and it has run" in note["reason"], result
    assert result.says("the rehearsal has confirmed 0 of 1 answers of the data"), result
