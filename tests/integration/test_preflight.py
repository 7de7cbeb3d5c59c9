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
    return [(entry["question"], entry["verdict"]) for entry in result.report.get("preflight", [])]


def reasons(result):
    return [entry["reason"] for entry in result.report.get("preflight", [])]


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
    assert result.says("data: 4 questions: 4 without a counter-example at"), result


def test_it_is_turned_off(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders alter column state set not null;", preflight="false")
    assert result.code == 0 and "preflight" not in result.report, result


def test_a_push_is_refused_before_anything_is_written(orders, migrations, action):
    migrations({migration(1): "create table made (a int);", migration(2): "alter table orders alter column state set not null;"})
    result = action.push(orders.url)
    assert result.code == 7 and result.status == "blocked", result
    assert not orders.has_table("made") and not orders.has_history(), result


# -- what was changed before -----------------------------------------------------------------------

@pytest.mark.parametrize("before, verdict", [
    ("update orders set state = 'x' where state is null;", "no counter-example"),
    ("update orders set state = 'x' where id = 3 and ref = 'r1';", "will fail"),
    ("delete from orders;", None),
    ("delete from orders where state = 'paid';", "will fail"),
    ("truncate orders;", None),
    ("insert into orders (state) values ('x');", "will fail"),
    ("alter table orders rename state to other; alter table orders rename ref to state;", "no counter-example"),
    ("alter table orders alter column state type varchar(40);", "will fail"),
    ("alter table orders drop column state; alter table orders add column state text default 'x';", "no counter-example"),
    ("alter table orders drop column state; alter table orders add column state text;", "will fail"),
], ids=lambda before: str(before)[:40])
def test_what_earlier_statements_do_to_rows_is_followed(orders, migrations, action, before, verdict):
    result = run(orders, migrations, action, before + "\nalter table orders alter column state set not null;")
    assert result.code == (7 if verdict == "will fail" else 0), result
    assert {found for question, found in verdicts(result) if question == "no NULL"} == ({verdict} if verdict else set()), result


@pytest.mark.parametrize("before", [
    "update orders set state = repair()::text;",
    "do $$ begin update orders set state = 'x'; end $$;",
    "do $$ begin execute 'update orders set state = ''x'''; end $$;",
    "select repair();",
    "with done as (update orders set state = 'x' returning 1) select count(*) from done;",
    "insert into log values (1);",  # its trigger writes
    "delete from customers;",  # a key cascades
    "alter table orders rename to old; create table orders (state text);",
    "drop table orders; create table orders (state text);",
], ids=lambda before: before[:40])
def test_what_an_earlier_statement_may_have_changed_is_not_asked(orders, migrations, action, before):
    orders.as_owner("create function repair() returns void language sql as 'update orders set state = ''x''';"
                    "create function on_log() returns trigger language plpgsql as 'begin perform repair(); return new; end';"
                    "create table log (a int); create trigger t after insert on log for each row execute function on_log();"
                    "delete from orders where customer = 3;"
                    "alter table orders add foreign key (customer) references customers on delete cascade;"
                    "insert into orders (customer) values (1)")
    result = run(orders, migrations, action, before + "\nalter table orders alter column state set not null;")
    assert result.code == 0, result
    assert all(verdict == "not proven" for question, verdict in verdicts(result) if question == "no NULL"), result


@pytest.mark.parametrize("before", [
    "update orders set note = 'x';",
    "create table made (id int primary key, state text not null); insert into made values (1, 'x');",
    "comment on table orders is 'x'; grant select on orders to public;",
    "create function later() returns void language sql as 'update orders set state = ''x''';",
    "alter table orders alter column state set default 'x';",
    "insert into log values (1);",
    "set lock_timeout = '1s';",
    "create index on orders (state);",
    "select count(*), now() from orders;",
], ids=lambda before: before[:40])
def test_what_changes_nothing_about_it_does_not_keep_it_from_being_asked(orders, migrations, action, before):
    orders.as_owner("create table log (a int)")
    result = run(orders, migrations, action, before + "\nalter table orders alter column state set not null;")
    assert result.code == 7 and places(result) == [(2, 20)], result


def test_a_constraint_that_the_plan_adds_is_asked_about_where_it_is_validated(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders add constraint k foreign key (customer) references customers not valid;\n"
                 "alter table orders add constraint c check (total > 1) not valid;\n\n"
                 "alter table orders validate constraint k;\nalter table orders validate constraint c;\n")
    assert result.code == 7 and places(result) == [(4, 20), (5, 20)], result
    assert [entry["sqlstate"] for entry in result.report["errors"]] == ["23503", "23514"], result


def test_a_table_of_the_plan_has_nothing_to_be_asked(db, migrations, action):
    result = run(db, migrations, action, "create table a (b int, c int not null, unique (b), check (b > 0));\nalter table a add unique (c);\n")
    assert result.code == 0 and "preflight" not in result.report, result
    result = run(db, migrations, action, "create table a (b int);\ninsert into a values (1);\nalter table a alter b set not null;\n")
    assert result.code == 0 and verdicts(result) == [("no NULL", "no counter-example")], result


def test_a_path_of_the_files_own_leaves_names_open(orders, migrations, action):
    result = run(orders, migrations, action, "set search_path = elsewhere;\nalter table orders alter state set not null;\n"
                 "alter table public.orders alter state set not null;\n")
    assert result.code == 7 and places(result) == [(3, 27)], result


# -- who may look ----------------------------------------------------------------------------------

def test_rows_that_a_policy_hides_are_no_proof(orders, migrations, action):
    orders.query("alter table orders enable row level security; alter table orders force row level security")
    orders.query("create policy p on orders using (state is not null)")
    result = run(orders, migrations, action, "alter table orders alter column state set not null;")
    assert result.code == 0, result
    assert reasons(result) == ["row level security hides rows of the table from this role"], result


def test_a_table_that_the_role_may_not_read_is_not_proven(orders, migrations, action):
    orders.query("create table hidden (a int); insert into hidden values (null)")
    result = run(orders, migrations, action, "alter table hidden alter column a set not null;")
    assert result.code == 0 and reasons(result) == ["the role may not read the table"], result


# -- what is not evaluated -------------------------------------------------------------------------

@pytest.mark.parametrize("expression", [
    "evil(1) > 0", "public.evil(1) > 0", "pg_terminate_backend(pg_backend_pid())", "pg_sleep(60) is null", "query_to_xml('select evil(1)', true, true, '') is null",
    "set_config('statement_timeout', '0', false) = ''", "lo_create(0) > 0", "nextval('orders_id_seq') > 0", "pg_read_file('/etc/passwd') = ''",
    "(select evil(1)) > 0", "state operator(public.===) 'x'", "state === 'x'", "state::public.checked = 'x'", "pg_advisory_lock(1) is null",
    "table_to_xml('orders', true, true, '') is null", "exists (select from customers)", "orders is not null and length(state) > evil(2)",
])
def test_an_expression_that_does_anything_but_compute_is_never_evaluated(orders, migrations, action, expression):
    orders.query("create table seen (a int);"
                 "create function evil(a int) returns int immutable language plpgsql as $$ begin raise warning 'evil was here'; perform pg_notify('x', 'y'); "
                 "raise exception 'evil' using errcode = '22000'; end $$;"
                 "create function evil_text(a text) returns boolean immutable language sql as 'select evil(1) > 0';"
                 "create function same(a text, b text) returns boolean immutable language sql as 'select evil(1) > 0';"
                 "create operator === (function = same, leftarg = text, rightarg = text);"
                 "create domain checked as text check (evil_text(value));")
    before = orders.cluster.log_size()  # where a warning is written
    result = run(orders, migrations, action, "alter table orders add check (%s);\n"
                 "create unique index on orders ((%s));\nalter table orders alter note type text using (%s)::text;\n" % ((expression,) * 3))
    assert result.code == 0, result
    assert {verdict for _, verdict in verdicts(result)} == {"not proven"} and len(verdicts(result)) == 3, result
    assert orders.value("select last_value from orders_id_seq") == 3
    assert "evil was here" not in orders.cluster.log_since(before), result


def test_a_function_that_fits_better_than_the_servers_own_is_not_mistaken_for_it(orders, migrations, action):
    orders.query("create function public.lower(a varchar) returns text immutable language sql as 'select ''same''::text'")
    result = run(orders, migrations, action, "create unique index on orders (lower(note));\n")
    assert reasons(result) == ["it calls what is not known to be harmless, so it is not evaluated"], result


# -- limits ----------------------------------------------------------------------------------------

def test_a_table_that_somebody_has_locked_is_not_waited_for(orders, migrations, action):
    other = orders.connect()
    other.autocommit = False
    with other.cursor() as cursor:
        cursor.execute("lock table orders in access exclusive mode")
        result = run(orders, migrations, action, "alter table orders alter column state set not null;")
    other.close()
    assert result.code == 0 and reasons(result) == ["somebody has locked the table"], result


def test_nothing_above_access_share_is_taken(orders, migrations, action):
    """Somebody who holds the strongest lock that lets ACCESS SHARE through is in nobody's way."""
    other = orders.connect()
    other.autocommit = False
    with other.cursor() as cursor:
        cursor.execute("lock table orders, customers in exclusive mode")
        result = run(orders, migrations, action, "alter table orders alter column state set not null;\nalter table orders add unique (ref);\n"
                     "alter table orders add foreign key (customer) references customers;\nalter table orders alter note type varchar(5);\n"
                     "alter table orders add check (total > 1);\nalter table orders alter ref type int using ref::int;\n")
    other.close()
    assert result.code == 7 and len(result.errors) == 6, result


def test_a_question_that_takes_too_long_is_not_proven(orders, migrations, action):
    """And those after it are answered all the same: the small table is asked first."""
    orders.as_owner("create table big (a int); insert into big select generate_series(1, 60000);"
                    "create table keys (a int primary key); insert into keys select generate_series(1, 60000); analyze big, keys")
    for name in ("hashjoin", "mergejoin", "indexscan", "indexonlyscan", "bitmapscan", "hashagg"):
        orders.query("alter database %s set enable_%s = off" % (orders.name, name))
    result = run(orders, migrations, action, "alter table big add foreign key (a) references keys;\n"
                 "alter table orders alter column state set not null;\n")
    assert result.code == 7 and places(result) == [(2, 20)], result
    assert reasons(result)[0] == "it took too long" and result.report["preflight"][0]["at"], result


@pytest.mark.parametrize("definition, state, code", [
    ("foreign key (customer) references customers", "will fail", "23503"), ("check (total > 1)", "will fail", "23514"),
    ("check (total > 0)", "no counter-example", ""), ("check (repaired(total))", "not proven", "")])
def test_a_constraint_that_the_target_has_is_asked_about_when_it_is_validated(orders, migrations, action, definition, state, code):
    orders.as_owner("create function repaired(a numeric) returns boolean immutable language sql as 'select a > 1'")
    orders.as_owner("alter table orders add constraint k %s not valid" % definition)
    result = run(orders, migrations, action, "alter table orders validate constraint k;")
    assert [(entry["verdict"], entry["sqlstate"]) for entry in result.report["preflight"]] == [(state, code)], result
    assert result.code == (7 if code else 0), result


def test_what_is_not_asked_is_said(db, migrations, action):
    db.as_owner("create table p (a int) partition by list ((a + 1)); create table q (a int); insert into q values (1); create table x (a int4range);"
                "create domain d as int; create table y (c d[])")
    result = run(db, migrations, action, "alter table p attach partition q for values in (2);\nalter table x add exclude using gist (a range_ops with &&);\n"
                 "alter domain d add check (value > 0);\n")
    assert result.code == 0 and set(reasons(result)) == {"this is not checked", "it is about values of a type that is not built in"}, result
    assert result.says("data: 3 questions: 3 not proven"), result


def test_names_of_any_kind(db, migrations, action):
    db.as_owner('create schema "My ""Schema"; create table "My ""Schema"."T;--" ("a b" int, "select" int);'
                'insert into "My ""Schema"."T;--" values (null, 1), (1, 1)')
    result = run(db, migrations, action, 'alter table "My ""Schema"."T;--" alter "a b" set not null;\n'
                 'alter table "My ""Schema"."T;--" add unique ("select");\n')
    assert result.code == 7 and places(result) == [(1, 34), (2, 34)], result


def test_a_file_that_staging_has_run_is_right_and_the_data_are_not(cluster, db, migrations, action):
    staging = cluster.create_database()
    for database in (staging, db):
        database.as_owner("create table public.t (a int)")
    db.as_owner("insert into public.t values (null)")
    migrations({migration(1): "alter table public.t alter column a set not null;\n"})
    assert action.push(staging.url).status == "pushed"
    result = action.dry_run(db.url, staging_db_url=staging.url)
    assert result.code == 7 and "put right what is different here" in result.summary, result
    assert "git commit" not in result.summary


def test_the_data_have_their_say_where_lint_refuses_another_statement(orders, migrations, action):
    result = run(orders, migrations, action, "alter table orders alter column state set not null;\ndrop table no_such_table;\n", lint="warn")
    assert result.code == 7 and sorted(fault["sqlstate"] for fault in result.report["errors"]) == ["23502", "42P01"], result


def test_rows_are_followed_without_running_what_a_domain_checks(cluster, db, migrations, action):
    db.as_owner("create function spy(int) returns boolean language plpgsql as $$ begin raise log 'a check has run'; return true; end $$;"
                "create domain watched as int check (spy(value)); create table t (id int primary key, w watched, n int);"
                "insert into t values (1, 1, 1)")
    start = cluster.log_size()
    result = run(db, migrations, action, "insert into t values (2, 5, 1);\nupdate t set w = 6, n = 2 where id = 1;\n"
                 "alter table t add column v watched;\nupdate t set v = n;\nalter table t alter n set not null;\ncreate unique index on t (n);\n"
                 "create table u as select * from t;\nalter table u alter w set not null;\n")
    assert result.code == 0 and ("no duplicates", "no counter-example") in verdicts(result), result
    assert "a check has run" not in cluster.log_since(start), result
