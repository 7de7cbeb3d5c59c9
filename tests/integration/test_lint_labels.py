"""A label of an enum in the transaction that adds it: what lint says of it, beside what the server does."""
import pytest

from workspace import migration

SETUP = """create type mood as enum ('ok', 'sad'); create type other as enum ('new');
create table people (id int primary key, mood mood default 'ok', name text, moods mood[]); insert into people values (1, 'ok', 'new');
create table pets (id int, mood text, feels mood);
create function takes(m mood) returns int language sql as 'select 1';"""
ADD = "alter type mood add value 'new';\n"

ERRORS = [
    "insert into people (id, mood) values (2, 'new')", "insert into people values (2, 'new')", "insert into people (id, mood) values (2, 'ok'), (3, 'new')",
    "insert into people (mood, id) select 'new', 2", "update people set mood = 'new' where id = 1", "select 'new'::mood", "select 'new'::public.mood",
    "select cast('new' as mood)", "select count(*) from people where mood = 'new'", "delete from people where mood in ('ok', 'new')",
    "select 1 from people where 'new' <> mood", "alter table people add constraint c check (mood <> 'new')", "create index on people (id) where mood = 'new'",
    "create view news as select id from people where mood = 'new'", "create view news as select p.id from people p where p.mood = 'new'",
    "alter table people alter mood set default 'new'", "alter table people add m mood default 'new'", "create table t (m mood default 'new'::mood)",
    "create table t (m mood check (m <> 'new'))", "create policy p on people using (mood = 'new')", "create table t as select 'new'::mood as m",
    "create function f() returns mood language sql begin atomic select 'new'::mood; end", "update people set name = 'x' where mood is distinct from 'new'",
    "create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger t before update on people for each row "
    "when (new.mood = 'new') execute function f()", "create materialized view news as select id from people where mood = 'new'",
]
WARNINGS = [
    "create function f() returns mood language sql as $$ select 'new'::mood $$",
    "do $$ begin update people set mood = 'new'; end $$",
    "select p.id from people p join pets q on q.id = p.id where p.mood = 'new'",
]
NOTHING = [
    "insert into people (id, name) values (2, 'new')", "update people set name = 'new'", "select 'new'::text, 'new'::other", "select 'ok'::mood", "comment on type mood is 'new'",
    "select 1 from pets where mood = 'new'", "insert into pets values (1, 'new', 'ok')", "create view v as select id from people where name = 'new'",
    "create function f() returns void language plpgsql as $$ begin update people set mood = 'new'; end $$", "select 1 from people where mood::text = 'new'",
    "do $$ begin update people set mood = 'ok'; end $$", "create table t (m mood default 'ok', n text default 'new')", "create table if not exists people (m mood default 'new')",
    "alter table people add column if not exists mood mood default 'new'::mood", "create table people2 (mood text check (mood <> 'new'))",
]


def levels(result):
    return [finding["level"] for finding in result.report["findings"] if finding["rule"] == "new-label-used"]


@pytest.mark.postgres
@pytest.mark.parametrize("cases, level, code", [(ERRORS, ["error"], "55P04"), (WARNINGS, ["warning"], "55P04"), (NOTHING, [], None)], ids=["error", "warning", "nothing"])
def test_a_label_is_used_in_the_file_that_adds_it(db, migrations, action, cases, level, code):
    db.as_owner(SETUP)
    wrong = []
    for sql in cases:
        migrations({migration(1): ADD + sql + ";\n"})
        result = action.dry_run(db.url, lint="warn", preflight="false")
        if levels(result) != level or db.refusal(ADD + sql) != code:
            wrong.append((sql, levels(result), db.refusal(ADD + sql)))
        elif level:
            finding = next(finding for finding in result.report["findings"] if finding["rule"] == "new-label-used")
            assert finding["line"] == 2, result
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.postgres
@pytest.mark.parametrize("files, fails", [
    ([ADD, "insert into people values (2, 'new');"], None),  # the transaction is over
    ([ADD + "alter type mood add value if not exists 'new';", "select 'new'::mood;"], None),
    (["alter type mood add value if not exists 'ok';\nselect 'ok'::mood;"], None),
    (["create type fresh as enum ('a', 'new');\nselect 'new'::fresh;"], None),
    (["create type fresh as enum ('a');\nalter type fresh add value 'new';\nselect 'new'::fresh;"], 17),  # since 17 it can
    (["create type fresh as enum ('a');", "alter type fresh add value 'new';\nselect 'new'::fresh;"], 99),
    (["alter type mood rename value 'sad' to 'new';\nselect 'new'::mood;"], None),
    (["do $$ begin alter type mood add value 'new'; end $$;\nselect 'ok'::mood;"], None),
])
def test_the_transaction_and_the_servers_version_decide(db, migrations, action, files, fails):
    db.as_owner(SETUP)
    will_fail = fails is not None and db.connect().server_version // 10000 < fails
    migrations({migration(number): sql for number, sql in enumerate(files, 1)})
    result = action.dry_run(db.url, lint="warn", preflight="false")
    assert levels(result) == (["error"] if will_fail else []), result
    pushed = action.push(db.url, lint="off", preflight="false")
    assert (pushed.code != 0) == will_fail, pushed
