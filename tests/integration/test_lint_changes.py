"""What a plan takes away, or leaves as it is although it means something else; and what it puts beside something."""
import pytest

from workspace import migration

SETUP = """
create table public.orders (id int primary key, total numeric(8,2), state text default 'new', note varchar(30));
insert into public.orders (id, total, state) select g, g, case when g < 50 then 'x' end from generate_series(1, 200) g;
create index orders_state on public.orders (state);
create unique index orders_note on public.orders (note);
create table public.lines (id int primary key, o int);
create table public.empty (id int primary key, kind text);
create view public.sums as select sum(total) as total from public.orders;
create function public.total_of(a int) returns numeric language plpgsql as $$ begin return (select total from public.orders where id = a); end $$;
create function public.touch() returns trigger language plpgsql as $$ begin new.kind := 'x'; return new; end $$;
create trigger touch before update on public.empty for each row execute function public.touch();
create function public.calls() returns numeric language sql as 'select public.total_of(1)';
create function public.named(a int, b text default 'x') returns int language sql as 'select 1';
create function public.plain(int) returns int language sql as 'select 1';
create table public.heard (id int primary key, body text); create table public.bare (id int, body text);
alter publication supabase_realtime add table public.heard;
create publication listed for table public.lines (id, o);
analyze public.orders; analyze public.empty;
"""

# (rule, level, what says so, what of the same kind does not)
CASES = [
    ("drops-data", "note", "drop view public.sums; drop table public.orders;", "drop table public.empty;"),
    ("drops-data", "note", "alter table public.orders drop column state;", "alter table public.orders drop column note;"),
    ("drops-data", "note", "truncate public.orders;", "truncate public.empty;"),
    ("collision", "warning", "create table if not exists public.orders (id int, customer int);", "create table if not exists public.orders (id int, state text);"),
    ("collision", "warning", "create table if not exists public.orders (id int, total text);", "create table if not exists public.orders (id integer, total decimal(8,2));"),
    ("collision", "warning", "create table if not exists public.sums (id int);", "create table if not exists public.fresh (id int);"),
    ("collision", "warning", "alter table public.orders add column if not exists note int;", "alter table public.orders add column if not exists note varchar(30);"),
    ("collision", "warning", "create index if not exists orders_state on public.orders (total);", "create index if not exists orders_state on public.orders (state);"),
    ("collision", "warning", "create index if not exists orders_state on public.lines (o);", "create index if not exists lines_o on public.lines (o);"),
    ("collision", "warning", "create unique index if not exists orders_state on public.orders (state);", "create unique index if not exists orders_note on public.orders (note);"),
    ("used-by-function", "warning", "drop view public.sums; drop table public.orders;", "drop table public.bare;"),
    ("used-by-function", "warning", "alter table public.orders rename to purchases;", "alter table public.lines rename to items;"),
    ("used-by-function", "warning", "alter table public.orders rename column total to amount;", "alter table public.orders rename column note to remark;"),
    ("used-by-function", "warning", "alter table public.empty drop column kind;", "alter table public.bare drop column body;"),
    ("used-by-function", "warning", "drop function public.total_of(int);",
     "drop function public.total_of(int); create function public.total_of(a int) returns numeric language sql as 'select 1.0';"),
    ("used-by-function", "warning", "alter table public.orders rename to purchases;",
     "alter table public.orders rename to purchases; create or replace function public.total_of(a int) returns numeric language plpgsql as "
     "$$ begin return (select total from public.purchases where id = a); end $$;"),
    ("used-by-function", "warning", "alter table public.orders rename to purchases;",
     "alter table public.orders rename to purchases; create view public.orders as select * from public.purchases;"),
    ("leaves-publication", "warning", "drop table public.heard; create table public.heard (id int primary key);",
     "drop table public.heard; create table public.heard (id int primary key); alter publication supabase_realtime add table public.heard;"),
    ("leaves-publication", "warning", "drop table public.heard; create table public.heard (id int primary key);", "alter table public.heard rename to listened;"),
    ("no-replica-identity", "warning", "alter publication supabase_realtime add table public.bare;", "alter publication supabase_realtime add table public.empty;"),
    ("no-replica-identity", "warning", "alter publication supabase_realtime add table public.bare;",
     "alter table public.bare replica identity full; alter publication supabase_realtime add table public.bare;"),
    ("no-replica-identity", "warning", "alter table public.heard replica identity nothing;", "alter table public.heard replica identity full;"),
    ("no-replica-identity", "warning", "alter table public.heard drop constraint heard_pkey;",
     "alter table public.heard drop constraint heard_pkey; alter table public.heard add primary key (id);"),
    ("no-replica-identity", "warning", "create table public.t (id int); alter publication supabase_realtime add table public.t;",
     "create table public.t (id int primary key); alter publication supabase_realtime add table public.t;"),
    ("overload", "note", "create or replace function public.total_of(a int, b int, c int) returns numeric language sql as 'select 1.0';",
     "create or replace function public.total_of(a int) returns numeric language sql as 'select 1.0';"),
    ("overload", "note", "create or replace function public.total_of(a int, b int, c int) returns numeric language sql as 'select 1.0';",
     "drop function public.total_of(int); create or replace function public.total_of(a int, b int, c int) returns numeric language sql as 'select 1.0';"),
    ("ambiguous-overload", "warning", "create function public.named(a int) returns int language sql as 'select 1';",
     "create function public.named(z int) returns int language sql as 'select 1';"),
    ("ambiguous-overload", "warning", "create function public.named(a int, b int) returns int language sql as 'select 1';",
     "create function public.named(c int, b int) returns int language sql as 'select 1';"),
    ("extension-in-public", "note", "create extension citext;", "create extension citext schema extensions;"),
]


def judged(db, migrations, action, sql):
    migrations({migration(1): sql + "\n"})
    result = action.dry_run(db.url, lint="warn", preflight="false")
    return result, {finding["rule"]: finding["level"] for finding in result.report["findings"]}


@pytest.mark.supabase
@pytest.mark.postgres
def test_each_is_said_where_it_is_so_and_nowhere_else(db, migrations, action):
    db.as_owner(SETUP)
    wrong = []
    for rule, level, sql, other in CASES:
        said, silent = judged(db, migrations, action, sql)[1], judged(db, migrations, action, other)[1]
        if said.get(rule) != level or rule in silent or "error" in (*said.values(), *silent.values()):
            wrong.append((rule, sql, said, other, silent))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.supabase
def test_what_the_api_reads_and_is_gone_is_a_note_with_the_number(db, migrations, action):
    db.as_owner(SETUP + "grant select on public.orders to anon;")
    db.query("do $$ begin for i in 1..120 loop perform * from public.orders; end loop; perform pg_stat_force_next_flush(); end $$")
    result, said = judged(db, migrations, action, "alter table public.orders rename to purchases;")
    assert said["used-by-api"] == "note" and "times since its statistics began" in result.summary, result
    result, said = judged(db, migrations, action, "alter table public.orders rename to purchases;\n"
                          "create view public.orders with (security_invoker = on) as select * from public.purchases;")
    assert "used-by-api" not in said, result


REFUSED = [
    ("drop-refused", "2BP01", "alter table public.lines drop column o;"),  # in a publication's list of columns
    ("replace-refused", "42P13", "create or replace function public.named(z int, b text default 'x') returns int language sql as 'select 1';"),
    ("replace-refused", "42P13", "create or replace function public.named(a int, b text) returns int language sql as 'select 1';"),
    ("replace-refused", "42P13", "create or replace function public.named(int, b text default 'x') returns int language sql as 'select 1';"),
    ("replace-refused", "42P13", "create or replace function public.named(a int, b text default 'x') returns text language sql as 'select 1';"),
    ("missing-object", "3F000", "create extension citext schema nowhere;"),
]
TAKEN = ["create or replace function public.named(a int, b text default 'y') returns int language sql as 'select 1';",
         "create or replace function public.plain(a int) returns int language sql as 'select 1';", "create extension if not exists citext;"]


@pytest.mark.supabase
@pytest.mark.postgres
def test_what_is_refused_is_so(db, migrations, action):
    db.as_owner(SETUP)
    for rule, code, sql in REFUSED:
        result, said = judged(db, migrations, action, sql)
        assert said.get(rule) == "error" and db.refusal(sql) == code == result.report["errors"][0]["sqlstate"], (sql, result)
    for sql in TAKEN:
        result, said = judged(db, migrations, action, sql)
        assert "error" not in said.values() and db.refusal(sql) is None, (sql, result)


@pytest.mark.postgres
def test_an_extension_that_only_a_superuser_may_install(db, migrations, action):
    """Where no supautils lets more through; one that is trusted needs CREATE on the database."""
    for name in ("pg_buffercache", "citext"):
        sql = "create extension %s;" % name
        said = judged(db, migrations, action, sql)[1]
        assert ("extension-refused" in said) == (db.refusal(sql) == "42501"), (name, said, db.refusal(sql))
