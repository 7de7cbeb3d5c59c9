"""Histories like those of real projects: the shapes that their files have, and that no file of a test has by itself."""

REISSUED = [
    "notify pgrst, 'reload schema';\n",
    "refresh materialized view totals;\n",
    "grant select on all tables in schema public to public;\n",
    "drop table if exists leftover;\n",
    "create or replace function answer() returns int language sql as 'select 42';\n",
    "insert into log (what) values ('again');\n",
    "drop policy if exists mine on log;\ncreate policy mine on log using (true);\n",
]

PLACEHOLDERS = ["", "\n", "-- This migration is intentionally empty.\n", "select 1;\n", "/* applied by hand */\n", "do $$ begin null; end $$;\n"]

NOTICES = "".join("drop table if exists gone_%d;\ncreate table if not exists log (id int);\n" % n for n in range(30))

BASE = ("create table log (id int generated always as identity, what text);\nalter table log enable row level security;\n"
        "create materialized view totals as select count(*) from log;\n")


def own_work(number):
    """A file as most are: DDL, a function with a body, now and then its own BEGIN … COMMIT, CRLF or a DO block."""
    text = ("create table t%d (id int primary key, \"Name\" text default 'ä; -- no comment');\n" % number
            + "create function f%d() returns trigger language plpgsql as $fn$\nbegin\n  new.id := %d; return new;\nend $fn$;\n" % (number, number))
    if number % 7 == 0:
        text = "begin;\n" + text + "commit;\n"
    if number % 11 == 0:
        text = text.replace("\n", "\r\n")
    if number % 13 == 0:
        text += "do $$ begin raise notice 'step %%', %d; end $$;\n" % number
    return text


def stamp(day, second=0):
    """A version of 14 digits: day 0 is 2024-01-01, and each month has 28 days."""
    return "%04d%02d%02d%06d" % (2024 + day // 336, 1 + day // 28 % 12, 1 + day % 28, second)


def long_history(count):
    """{name: text} of so many files, one for each day: own work, with what is issued again, and what does nothing, between."""
    files = {stamp(0) + "_base.sql": BASE}
    for day in range(1, count):
        name, text = "step_%d" % day, own_work(day)
        if day % 5 == 0:
            name, text = "again", REISSUED[day // 5 % len(REISSUED)]
        elif day % 9 == 0:
            name, text = "placeholder", PLACEHOLDERS[day // 9 % len(PLACEHOLDERS)]
        elif day % 101 == 0:
            name, text = "cleanup", NOTICES
        files["%s_%s.sql" % (stamp(day), name)] = text
    return files


def a_file_for_each_day(count):
    """The same with versions of 8 digits."""
    return {name[:8] + name[14:]: text for name, text in long_history(count).items()}
