"""The rehearsal: what a push would do, found out on the target, and rolled back."""
import hostile
import pytest

from workspace import migration, version


def statements(result):
    return [(item["line"], {lock["relation"]: lock["mode"] for lock in item["locks"]}, item["rewritten"], item["scanned"])
            for item in result.report["rehearsed"]]


def security(result):
    return [(item["kind"], item["object"]) for item in result.report["security"]]


@pytest.fixture
def shop(db):
    db.as_owner("create table public.orders (id bigint primary key, state text, note text);"
                "insert into public.orders select g, 'paid', 'n' from generate_series(1, 500) g;"
                "alter table public.orders enable row level security;")
    return db


@pytest.mark.postgres
def test_a_rehearsal_tells_what_each_statement_does_and_leaves_nothing(shop, migrations, action):
    migrations({migration(1): "alter table public.orders alter column state set not null;\n\n"
                              "alter table public.orders alter column id type int;\n",
                migration(2): "create table public.open (a int);\nupdate public.orders set note = 'x' where id < 4;\n"})
    before = shop.snapshot()
    result = action.dry_run(shop.url, rehearse="target")
    assert result.code == 0 and result.status == "planned", result
    assert shop.snapshot() == before
    held = {"public.orders": "AccessExclusiveLock"}
    assert statements(result)[:2] == [(1, held, [], ["public.orders"]), (3, {"public.orders": "ShareLock"}, ["public.orders"], ["public.orders"])]
    assert result.report["rehearsed"][1]["reindexed"] == ["public.orders_pkey"]
    assert result.report["rehearsed"][3]["rows"] == 3
    assert ("rls-missing", "public.open") in security(result)
    assert result.report["rehearsal"]["complete"] and result.report["rehearsal"]["on"] == "target"
    assert shop.value("select count(*) from pg_locks where locktype = 'relation' and relation >= 16384") == 0


def test_a_failure_is_the_pushes_with_its_place_and_later_files_are_tried_too(shop, migrations, action):
    shop.as_owner("update public.orders set state = null where id = 7")
    migrations({migration(1): "create table public.a (a int);\n\nalter table public.orders\n  add column b int,\n"
                              "  alter column state set not null;\n",
                migration(2): "select 1;\nselect no_such_column from public.orders;\n"})
    result = action.dry_run(shop.url, rehearse="target")
    assert result.code == 8 and result.status == "failed", result
    fault = result.report["errors"][0]
    assert (fault["sqlstate"], fault["line"], fault["column"]) == ("23502", 5, 3), fault
    later = [item for item in result.report["warnings"] if item["sqlstate"]][0]
    assert (later["sqlstate"], later["line"], later["column"]) == ("42703", 2, 8), later
    assert not shop.has_history()


def test_a_push_is_rehearsed_first_and_goes_on_only_if_nothing_fails(shop, migrations, action):
    migrations({migration(1): "create table public.a (a int);", migration(2): "select nothing_here;"})
    result = action.push(shop.url, rehearse="target")
    assert result.code == 8 and result.applied == [] and not shop.has_history(), result
    migrations({migration(2): "prepare p as select 1;\ncreate table public.b (a int);"})
    result = action.push(shop.url, rehearse="target")
    assert result.code == 0 and shop.versions() == [version(1), version(2)], result


def test_what_is_deferred_to_the_commit_fails_in_the_rehearsal_too(shop, migrations, action):
    shop.as_owner("create table public.items (o bigint references public.orders deferrable initially deferred)")
    migrations({migration(1): "insert into public.items values (1);",
                migration(2): "alter table public.items add column a int;\ninsert into public.items values (99999);\n"})
    result = action.dry_run(shop.url, rehearse="target")
    assert result.code == 8, result
    assert [item["sqlstate"] for item in result.report["errors"]] == ["23503"]
    assert result.report["errors"][0]["file"].endswith(migration(2))


def test_a_table_that_somebody_holds_is_busy_and_not_failed(shop, migrations, action):
    migrations({migration(1): "alter table public.orders add column a int;"})
    holder = shop.connect()
    holder.autocommit = False
    holder.cursor().execute("lock table public.orders in access exclusive mode")
    result = action.dry_run(shop.url, rehearse="target")
    holder.close()
    assert result.code == 0 and result.report["rehearsed"][0]["not_rehearsed"] == "busy", result
    assert not result.report["rehearsal"]["complete"]


def test_another_push_is_not_disturbed(shop, migrations, action):
    migrations({migration(1): "alter table public.orders add column a int;"})
    holder = shop.connect()
    holder.cursor().execute("select pg_advisory_lock(2427652768262669867)")
    result = action.dry_run(shop.url, rehearse="target")
    holder.close()
    assert result.code == 0 and "another push" in result.report["rehearsal"]["stopped"], result


def test_the_digest_of_a_rehearsed_plan_demands_a_rehearsal(shop, migrations, action):
    migrations({migration(1): "alter table public.orders add column a int;"})
    plain = action.dry_run(shop.url).outputs["plan-digest"]
    rehearsed = action.dry_run(shop.url, rehearse="target").outputs["plan-digest"]
    assert plain != rehearsed
    refused = action.push(shop.url, expect_plan=rehearsed)
    assert refused.code == 20 and not shop.has_history(), refused
    assert action.push(shop.url, expect_plan=rehearsed, rehearse="target").status == "pushed"


def test_what_the_lint_foresees_is_rehearsed_all_the_same(shop, migrations, action):
    migrations({migration(1): "select 1;\nalter table public.nothing add column a int;\n"})
    result = action.dry_run(shop.url, rehearse="target")
    assert result.code != 0 and result.report["rehearsed"][1]["error"]["sqlstate"] == "42P01", result


def test_what_an_old_table_grants_is_told_and_what_a_new_one_starts_with_is_not(shop, migrations, action):
    shop.as_owner("alter default privileges in schema public grant select on tables to public;"
                  'create table public."x on y" (a int); revoke all on public."x on y" from public')
    migrations({migration(1): 'drop table public."x on y";\ncreate table public."x on y" (a int);\ncreate table public.fresh (a int);\n',
                migration(2): "grant insert on public.orders to public;\n"})
    told = {item for kind, item in security(action.dry_run(shop.url, rehearse="target")) if kind == "privilege"}
    assert told == {"everybody: SELECT on public.x on y", "everybody: INSERT on public.orders"}


@pytest.mark.supabase
def test_who_waits_for_a_table_and_how_long_is_a_note_where_it_is_brief(shop, migrations, action):
    migrations({migration(1): "select 1;\nalter table public.orders add column a int;\n"})
    shop.query("alter role anon in database \"%s\" set statement_timeout = '3s'" % shop.name)
    shop.query("alter role authenticated in database \"%s\" set statement_timeout = '8s'" % shop.name)
    shop.query("analyze public.orders")
    result = action.dry_run(shop.url, rehearse="target")
    note = [item for item in result.report["findings"] if item["rule"] == "blocks-others-briefly"][0]
    assert (note["line"], note["object"]) == (2, "public.orders"), note
    assert note["reason"].startswith("public.orders (500 rows): reads and writes wait from line 2 of " + migration(1)), note
    assert note["reason"].endswith("; anonymous requests give up after 3 s, those of signed-in users after 8 s"), note
    assert "anonymous requests give up" in result.summary, result


def test_what_is_new_among_what_is_wrong_is_placed_at_the_statement_that_makes_it(shop, migrations, action):
    migrations({migration(1): "select 1;\n  create table public.open (a int);\ncreate index on public.open (a);\n",
                migration(2): "create table public.b (a int primary key); alter table public.b enable row level security;\n"
                              "create policy p on public.b using (true);\ncreate policy q on public.b using (a > 0);\n"
                              "create function public.f(a int) returns int language sql security definer as 'select 1';\n"
                              "alter table public.orders disable row level security;\n"
                              "create table public.k (a int primary key, b int references public.b);\nalter table public.k enable row level security;\n"})
    result = action.dry_run(shop.url, rehearse="target", lint="off")
    places = {(item["object"], item["file"][-11:], item["line"], item["column"])
              for item in result.report["findings"] if item["rule"] == "security"}
    assert places >= {("public.open", "01_step.sql", 2, 3), ("p on public.b", "02_step.sql", 2, 1),
                      ("public.f(integer)", "02_step.sql", 4, 1), ("public.orders", "02_step.sql", 5, 1),
                      ("k_b_fkey on public.k", "02_step.sql", 6, 1), ("public.k", "02_step.sql", 7, 1)}, places


OPEN = {"rls-missing": ("public.open", "create table public.open (a int primary key);\n"),
        "rls-no-policy": ("public.closed", "create table public.closed (a int primary key);\nalter table public.closed enable row level security;\n"),
        "definer-view": ("public.v", "create view public.v as select 1 as a;\n"),
        "matview-api": ("public.m", "create materialized view public.m as select 1 as a;\n"),
        "definer-function": ("public.f", "create function f(a int) returns int language sql security definer as 'select 1';\n"),
        "policy-always-true": ("public.p", "create table public.p (a int primary key);\nalter table public.p enable row level security;\n"
                               "create policy p on public.p for insert with check (true);\n"),
        "extension-in-public": ("citext", "create extension citext;\n")}


@pytest.mark.supabase
@pytest.mark.parametrize("rule", OPEN)
def test_what_lint_and_the_rehearsal_say_is_said_once_and_by_lint(shop, migrations, action, rule):
    about, sql = OPEN[rule]
    hostile.remove(shop)  # the platform's own event triggers trust it
    first, _, last = sql.strip().rpartition("\n")

    def told(comment="", **inputs):
        migrations({migration(1): "%s\n%s\n%s\n" % (first, comment, last)})
        result = action.dry_run(shop.url, rehearse="target", lint="warn", **inputs)
        return [(item["rule"], item["level"]) for item in result.report["findings"] if item["object"].startswith(about)]

    also = [("security", "warning")] if rule == "definer-function" else []  # that everybody may call it is the rehearsal's to say
    assert sorted(told()) == sorted([(rule, "warning"), *also])
    assert sorted(told(lint_rules=rule + "=note")) == sorted([(rule, "note"), *also])
    assert told(lint_rules=rule + "=off") == told("-- promote: allow %s: it is meant to be so" % rule) == also


def test_where_the_text_does_not_say_which_it_is_a_finding_has_no_place(shop, migrations, action):
    migrations({migration(1): 'create function public."getUser"(a int) returns int language sql security definer as \'select 1\';\n'
                              "create function public.f(a int) returns int language sql security definer as 'select 1';\n"
                              "create function public.f(a text) returns int language sql security definer set search_path = '' as 'select 1';\n"
                              'create table "on" (a int);\ncreate policy "p on q" on "on" for insert with check (true);\n'})
    places = {(item["object"], item["line"]) for item in action.dry_run(shop.url, rehearse="target").report["findings"]
              if item["rule"] == "security"}
    assert {('public."getUser"(integer)', 1), ("public.f(integer)", 0), ("public.on", 4), ("p on q on public.on", 5)} <= places, places


def test_each_file_has_its_own_locks_though_the_rehearsal_holds_them_all(shop, migrations, action):
    migrations({migration(1): "alter table public.orders add column a int;", migration(2): "alter table public.orders add column b int;\n"
                              "alter table public.orders add column c int;", migration(3): "create index on public.orders (b);"})
    result = action.dry_run(shop.url, rehearse="target", lint="warn")
    locks = [(item["line"], [lock["mode"] for lock in item["locks"]]) for item in result.report["rehearsed"]]
    assert locks == [(1, ["AccessExclusiveLock"]), (1, ["AccessExclusiveLock"]), (2, []), (1, ["ShareLock"])], result
    assert result.says("confirmed what lint predicted of 4 of 4 statements"), result
    assert result.says("wait from line 1 of " + migration(2)), result


@pytest.mark.parametrize("mode, status", [("dry-run", "planned"), ("push", "pushed")])
def test_what_the_rehearsal_has_run_is_no_error_of_lint(shop, migrations, action, mode, status):
    """An event trigger makes the table that the file seems to lack."""
    shop.query("create function public.make() returns event_trigger language plpgsql as $$ begin "
               "if to_regclass('public.made') is null then create table public.made (a int); grant all on public.made to postgres; "
               "alter table public.made owner to postgres; end if; end $$;"
               "create event trigger make on ddl_command_end when tag in ('CREATE TABLE') execute function public.make()")
    migrations({migration(1): "create table public.first (a int primary key);\nalter table public.made add column b int;\n"})
    without = action(mode=mode, db_url=shop.url, lint="warn")
    assert without.code != 0 and without.report["errors"][0]["sqlstate"] == "42P01", without
    result = action(mode=mode, db_url=shop.url, lint="warn", rehearse="target")
    assert result.code == 0 and result.status == status and not result.report["errors"], result
    assert result.says("1 error of lint withdrawn: the rehearsal has run what lint had refused"), result
    assert [finding["rule"] for finding in result.report["findings"]].count("prediction-contradicted") == 1, result


def test_what_fails_in_the_rehearsal_too_stays_an_error_of_lint_and_nothing_is_pushed(shop, migrations, action):
    migrations({migration(1): "create table public.first (a int primary key);\n", migration(2): "alter table public.missing add b int;\n"})
    result = action.push(shop.url, lint="warn", rehearse="target")
    assert result.code != 0 and not shop.has_history() and shop.tables() == ["orders"], result
    assert {fault["rule"] for fault in result.report["errors"]} >= {"missing-object"}, result


@pytest.mark.postgres(15, 17, 18)
def test_a_value_of_a_type_of_the_same_file_is_no_failure_of_the_rehearsals_own(shop, migrations, action):
    migrations({migration(1): "create type public.level as enum ('a');\nalter type public.level add value 'b';\n"
                              "alter table public.orders add column l public.level default 'b';\n"})
    result = action.dry_run(shop.url, rehearse="target")
    pushed = action.push(shop.url)
    assert not (pushed.code == 0 and result.report["errors"]), (result, pushed)


@pytest.mark.postgres
def test_who_reads_a_partitioned_table_waits_for_its_partitions(shop, migrations, action):
    shop.as_owner("create table public.events (at int) partition by range (at); create table public.events_1 partition of public.events "
                  "for values from (0) to (10); create sequence public.numbers")
    migrations({migration(1): "alter table public.events_1 add constraint c check (at >= 0);\nalter sequence public.numbers restart;\n"})
    result = action.dry_run(shop.url, rehearse="target")
    blocks = {block["relation"]: block["reads"] for block in result.report["rehearsed"][0]["blocks"]}
    assert blocks == {"public.events_1": True, "public.events": True}, result
    assert not result.report["rehearsed"][1]["locks"] and not result.report["rehearsed"][1]["rewritten"], result
