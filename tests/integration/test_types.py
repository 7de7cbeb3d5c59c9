"""Committed TypeScript types against the database: what a generator has made of it fits, whatever the generator; what a change of
the schema makes stale is named at its line."""
import json
import os
import re
import shlex
from pathlib import Path

import pytest

from workspace import migration

CASES = Path(__file__).resolve().parents[1] / "golden" / "types"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
FILE = "src/database.types.ts"
SHOP = (CASES / "141-shop" / "schema.sql").read_text()
SHOP_TYPES = (CASES / "141-shop" / "expected.ts").read_text()


@pytest.fixture
def bare(db):
    """The test's database without what somebody hostile has put into public, which generators would show."""
    db.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")
    return db


@pytest.fixture
def shop(bare, workspace):
    bare.as_owner(SHOP)
    workspace.write(FILE, SHOP_TYPES)
    return bare


def check(action, db, **options):
    return action(mode="types", db_url=db.url, types_file=FILE, **options)


def findings(result):
    return json.loads(result.outputs["types-report"])


def line(text, number):
    return text.splitlines()[number - 1].strip()


def texts_of(case, version):
    """What the generators have made; a text of the server's own version in the place of the one for all."""
    mark = ".postgres%d.ts" % version
    for text in sorted((CASES / case).glob("expected*.ts")):
        own = text.with_name(text.name.replace(".ts", mark))
        if ".postgres" not in text.name:
            yield own if own.exists() else text


def make(case, database):
    if (CASES / case / "superuser.sql").exists():
        database.query((CASES / case / "superuser.sql").read_text())
    database.as_owner((CASES / case / "schema.sql").read_text())


def change(case, changes, database):
    for sql in (CASES / case / changes).read_text().splitlines():
        database.as_owner(sql)


def check_all(texts, database, workspace, action):
    """The run with all these texts as files of types."""
    for number, text in enumerate(texts):
        workspace.write("types%d.ts" % number, text)
    return action(mode="types", db_url=database.url, types_file="\n".join("types%d.ts" % number for number in range(len(texts))))


@pytest.mark.postgres(15, 17)
@pytest.mark.parametrize("case", NAMES)
def test_what_a_generator_makes_is_current(case, bare, workspace, action):
    make(case, bare)
    result = check_all([text.read_text() for text in texts_of(case, bare.cluster.version)], bare, workspace, action)
    assert result.outputs["types-status"] == "current" and result.code == 0, result


@pytest.mark.postgres(15, 17)
def test_changes_of_all_kinds_are_stale_each_at_its_line(bare, workspace, action):
    case, golden = CASES / "201-kinds", CASES / "201-kinds" / "changes.txt"
    make(case.name, bare)
    change(case.name, "changes.sql", bare)
    text = (case / "expected.ts").read_text()
    result = check_all([text], bare, workspace, action)
    found = ["%s.%s.%s%s: %s%s | %s" % (
        item["schema"], item["section"], item["object"], " " + item["part"] if item["part"] else "", item["kind"],
        " " + item["member"] if item["member"] else "", line(text, item["line"])) for item in findings(result)]
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("\n".join(found) + "\n")
    assert found == golden.read_text().splitlines() and result.outputs["types-differences"] == str(len(found)), result


@pytest.mark.postgres(15, 17)
def test_changes_that_no_type_shows_are_none(bare, workspace, action):
    make("201-kinds", bare)
    change("201-kinds", "nothing.sql", bare)
    result = check_all([text.read_text() for text in texts_of("201-kinds", bare.cluster.version)], bare, workspace, action)
    assert result.outputs["types-status"] == "current", result


FORMS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "BOM": lambda text: "\ufeff" + text,
    "tabs": lambda text: text.replace("  ", "\t"),
    "single quotes": lambda text: text.replace('"', "'"),
    "comments": lambda text: re.sub(r"(?m)$", " // } ' /*", text.replace(": {", ": {\n/* \" { \n */")),
    "interface": lambda text: text.replace("export type Database =", "export interface Database"),
    "declare": lambda text: text.replace("export type Database =", "export declare type Database ="),
    "readonly": lambda text: re.sub(r"(?m)^( {10})(\w+\??: \w)", r"\1readonly \2", text),
    "null first": lambda text: re.sub(r"(\w+) \| null", r"null | \1", text),
    "parentheses": lambda text: re.sub(r"(string|number)\b(?!\[)", r"(\1)", text),
    "Array": lambda text: re.sub(r"\b(string|number)\[\]", r"Array<\1>", text),
    "quoted names": lambda text: re.sub(r"(?m)^( {10})(\w+)(\??: )", r'\1"\2"\3', text),
    "escaped names": lambda text: re.sub(r"(?m)^( {10})i(d\??: )", r'\1"\\u0069"\2', text).replace('\\u0069"d', '\\u0069d"'),
    "own types": lambda text: "type DatabaseX = {}\nconst Database = 1\n" + text +
    "export type Customer = Database['public']['Tables']['customers']['Row'] & { x?: (a: number) => void }\n"
    "export function f<T extends keyof Database>(a: T): a is T { return `${a}` as never }\n",
    "warnings of the CLI": lambda text: "│\n▲ Connected to 127.0.0.1 without TLS, it's \"insecure\n" + text,
}


def test_whatever_the_form_the_same_types_are_current(shop, workspace, action):
    texts = {name: form(SHOP_TYPES) for name, form in FORMS.items()}
    assert all(text != SHOP_TYPES for text in texts.values()), [name for name, text in texts.items() if text == SHOP_TYPES]
    result = check_all(list(texts.values()), shop, workspace, action)
    assert result.outputs["types-status"] == "current", (list(texts), result)


# (change, section.object, part, member, kind, a word of the line that is named)
CHANGES = [
    ("alter table customers add bio text", "Tables.customers", "Row", "bio", "missing", "Row: {"),
    ("alter table customers drop profile", "Tables.customers", "Insert", "profile", "superfluous", "profile?:"),
    ("alter table customers rename profile to about", "Tables.customers", "Row", "about", "missing", "Row: {"),
    ("alter table items alter n drop not null", "Tables.items", "Row", "n", "changed", "n: number"),
    ("alter table orders alter total set not null", "Tables.orders", "Row", "total", "changed", "total: number | null"),
    ("alter table bills alter due type int using 1", "Tables.bills", "Update", "due", "changed", "due?: string"),
    ("alter table products alter name set default 'x'", "Tables.products", "Insert", "name", "changed", "name: string"),
    ("alter table items alter n drop default", "Tables.items", "Insert", "n", "changed", "n?: number"),
    ("alter table customers alter profile set not null", "Tables.customers", "Row", "profile", "changed", "profile: Json | null"),
    ("alter table orders alter id set generated always", "Tables.orders", "Insert", "id", "changed", "id?: number"),
    ("alter table products alter tags drop default, alter tags type int[] using '{}'", "Tables.products", "Row", "tags", "changed", "tags: string[]"),
    ("create table fresh (id int)", "Tables.fresh", "", "", "missing", "Tables: {"),
    ("drop table bills", "Tables.bills", "", "", "superfluous", "bills: {"),
    ("alter table bills rename to invoices", "Tables.invoices", "", "", "missing", "Tables: {"),
    ("alter table bills drop constraint bills_order_id_fkey", "Tables.bills", "Relationships",
     "bills_order_id_fkey (order_id) -> orders (id)", "superfluous", "{"),
    ("alter table orders add unique (customer_id)", "Tables.orders", "Relationships",
     "orders_customer_id_fkey (customer_id) -> customers (id)", "changed", "{"),
    ("alter table bills add customer uuid references customers", "Tables.bills", "Relationships",
     "bills_customer_fkey (customer) -> customers (id)", "missing", "Relationships: ["),
    ("alter type status add value 'lost'", "Enums.status", "labels", "lost", "missing", "status:"),
    ("alter type status rename value 'paid' to 'payed'", "Enums.status", "labels", "paid", "superfluous", "paid"),
    ("create type colour as enum ('red')", "Enums.colour", "", "", "missing", "Enums: {"),
    ("create type spot as (x int)", "CompositeTypes.spot", "", "", "missing", "CompositeTypes: {"),
    ("drop function total_of(bigint)", "Functions.total_of", "", "", "superfluous", "total_of: {"),
    ("create function added() returns int language sql as 'select 1'", "Functions.added", "", "", "missing", "Functions: {"),
    ("drop function search; create function search(q text, most int default 10) returns setof products language sql as "
     "'select * from products'", "Functions.search", "Args", "most", "missing", "Args:"),
    ("drop function search; create function search(q text, max int) returns setof products language sql as "
     "'select * from products'", "Functions.search", "Args", "max", "changed", "max?: number"),
    ("drop function total_of; create function total_of(order_id bigint) returns text language sql as $$select ''$$",
     "Functions.total_of", "Returns", "", "changed", "Returns: number"),
    ("drop function summary; create function summary() returns table (state status, n text) language sql as "
     "$$select state, '' from orders$$", "Functions.summary", "Returns", "n", "changed", "n: number"),
    ("create function total_of(bill text) returns numeric language sql as 'select 1::numeric'", "Functions.total_of", "Args", "",
     "missing", "total_of: {"),
    ("create or replace view open_orders as select o.id, o.customer_id, o.total, c.email, o.state from orders o "
     "join customers c on c.id = o.customer_id", "Views.open_orders", "Row", "state", "missing", "Row: {"),
    ("drop view open_orders; create view open_orders as select id, customer_id, total, ''::text as email from orders",
     "Views.open_orders", "Insert", "", "missing", "open_orders: {"),
    ("drop materialized view sales", "Views.sales", "", "", "superfluous", "sales: {"),
]


@pytest.mark.parametrize("change, thing, part, member, kind, word", CHANGES, ids=[change[0][:40] for change in CHANGES])
def test_a_change_is_stale_at_its_line(change, thing, part, member, kind, word, shop, action):
    shop.as_owner(change)
    result = check(action, shop)
    assert result.code != 0 and result.outputs["types-status"] == "stale", result
    found = [(item["section"] + "." + item["object"], item["part"], item["member"], item["kind"]) for item in findings(result)]
    assert (thing, part, member, kind) in found, (found, result)
    item = findings(result)[found.index((thing, part, member, kind))]
    assert word in line(SHOP_TYPES, item["line"]), (item, line(SHOP_TYPES, item["line"]))
    assert {name for name, *_ in found} <= {thing, "Tables." + re.sub(r".*rename to (\w+)", "bills", change) if "rename to" in change
                                            else thing} | {"Functions.search"} | {"Views.open_orders"}, (found, result)
    assert result.errors and result.errors[0].properties["file"] == FILE, result


@pytest.mark.parametrize("change", [
    "comment on table orders is 'x'", "create index on orders (total)", "alter table orders enable row level security",
    "alter table products alter price type float8", "create sequence s", "alter table orders add check (total > 0)",
    "create unique index on orders (customer_id) where total > 0", "create schema other; create table other.t (id int)",
    "create function trg() returns trigger language plpgsql as 'begin return new; end'", "grant select on orders to public"])
def test_what_changes_no_type_is_current(change, shop, action):
    shop.as_owner(change)
    assert check(action, shop).outputs["types-status"] == "current"


@pytest.mark.parametrize("text, says", [
    ("", "declares no type called Database"), (SHOP_TYPES[:3000], "the file ends here"),
    (SHOP_TYPES.replace("          email: string\n", "<<<<<<< HEAD\n          email: string\n=======\n>>>>>>> x\n", 1), "merge with conflicts"),
    ("export type Database = MergeDeep<Generated, { public: {} }>\n", "is not understood"),
    ("export type Database = " + "{ a: " * 100 + "x" + " }" * 100, "nested too deep"),
    (SHOP_TYPES.replace("Row: {", "Row: Pick<X, 'a'> & {", 1), "is not compared"),
    (SHOP_TYPES.replace("Relationships: [", "Relationships: X[", 1), "is not understood"),
    (SHOP_TYPES.replace("Relationships: []", "Relationships: Some", 1), "is not compared"),
    (re.sub(r'status: "new".*', "status: Status", SHOP_TYPES), "is not compared"),
    (re.sub(r"Views: \{", "Views: Others; Rest: {", SHOP_TYPES), "is not compared"),
    ("export type Database = {" + "".join("s%d: {};" % number for number in range(2001)) + "}", "more schemas than are read"),
    ("\0\x01\x02\xff" * 100, "declares no type"), ("export type Database = { public: { Tables: { t: { Row: (a: number) => void", "line 1"),
], ids=["empty", "truncated", "conflict", "other form", "deep", "intersection", "list", "name", "enum", "section", "schemas", "binary",
        "function"])
def test_a_file_that_is_not_understood_is_unknown_and_never_red(text, says, shop, workspace, action):
    workspace.write(FILE, text)
    result = check(action, shop)
    assert result.code == 0 and result.outputs["types-status"] == "unknown", result
    assert result.says(says) and any(says in notice.data for notice in result.notices), result


BIG = 20 * 1000 * 1000


@pytest.mark.parametrize("text", ["`" + "\\`" * (BIG // 2), '"' + '\\"' * (BIG // 2), "export type Database = { a: " + "{ a: " * (BIG // 5),
                                  "export type Database = { a: { Enums: { b: " + "|".join("'%d'" % number for number in range(BIG // 20)),
                                  "readonly " * (BIG // 9), "<<<<<<< a\n" * (BIG // 10), "\0" * BIG],
                         ids=["escaped backticks", "escaped quotes", "deep", "union", "words", "conflicts", "NUL"])
def test_a_file_of_20_megabytes_takes_seconds(text, shop, workspace, action):
    workspace.write(FILE, text)
    result = check(action, shop)
    assert result.code == 0 and result.outputs["types-status"] == "unknown", result


def test_a_great_many_differences_are_told_in_time_and_in_the_outputs_limit(shop, workspace, action):
    names = "\n".join("column_%d: string" % number for number in range(40000))
    workspace.write(FILE, SHOP_TYPES.replace("          email: string\n", "          email: string\n" + names, 1).replace(
        "      bills: {\n", "      bills: { Row: {} }\n" * 5000 + '"' + "x" * 2000000 + '": {} bills: {\n', 1))
    shop.query("do $$ begin for t in 1..200 loop execute (select format('create table extra%s (%s)', t, string_agg('\"c \"\"\"\"' || n || "
               "'\" jsonb', ', ')) from generate_series(1, 60) n); end loop; end $$")
    result = check(action, shop)
    assert result.outputs["types-status"] == "stale" and int(result.outputs["types-differences"]) > 45000, result
    assert 100 < len(findings(result)) <= 500 and len(result.output_text) * 2 < 1000 * 1000, len(result.output_text)


def test_hostile_names_are_shown_as_they_are(shop, workspace, action):
    workspace.write(FILE, SHOP_TYPES.replace("email: string", '"::error::x\\u001b[31m`|<img>": string', 1))
    result = check(action, shop)
    assert result.outputs["types-status"] == "stale", result
    assert "<img>" not in re.sub(r"```diff.*?```", "", result.summary, flags=re.S), result  # a fence shows it as it is


def test_a_file_that_is_not_there_is_an_error(shop, workspace, action):
    (workspace.root / FILE).unlink()
    result = check(action, shop)
    assert result.outputs["types-status"] == "missing" and result.code != 0, result


@pytest.mark.parametrize("path", ["../outside.ts", ".git/types.ts", "link.ts"])
def test_nothing_outside_of_the_workspace_is_read(path, shop, workspace, tmp_path, action):
    (workspace.root / ".git").mkdir()
    (workspace.root / ".git" / "types.ts").write_text(SHOP_TYPES)
    (workspace.root.parent / "outside.ts").write_text(SHOP_TYPES)
    os.symlink("../outside.ts", workspace.root / "link.ts")
    result = action(mode="types", db_url=shop.url, types_file=path)
    assert result.outputs["types-status"] == "missing", result


def test_the_type_may_have_another_name(shop, workspace, action):
    workspace.write(FILE, SHOP_TYPES.replace("type Database =", "type Schema =").replace("Database[", "Schema["))
    assert check(action, shop, types_name="Schema").outputs["types-status"] == "current"
    assert check(action, shop).outputs["types-status"] == "unknown"


def test_schemas_that_are_not_asked_for_are_not_compared(shop, workspace, action):
    workspace.write(FILE, re.sub(r"(?m)^  public: \{", "  gone: { Tables: { t: { Row: {} } } }\n  public: {", SHOP_TYPES))
    assert check(action, shop, types_schemas="public").outputs["types-status"] == "current"
    assert check(action, shop).outputs["types-differences"] == "1"
    result = check(action, shop, types_schemas="public, api")
    assert result.outputs["types-status"] == "current", result  # a schema that is not there has no types
    shop.as_owner("create schema api")
    result = check(action, shop, types_schemas="public, api")
    assert [item["schema"] for item in findings(result)] == ["api"], result


def test_off_is_off(shop, workspace, migrations, action):
    workspace.write(FILE, "")
    migrations({migration(1): "insert into customers (email) values ('a');"})
    result = dry_run(action, shop, types="off")
    assert result.code == 0 and result.outputs["types-status"] == "off" and result.outputs["types-differences"] == "", result


def test_the_report_has_it_too(shop, action):
    shop.as_owner("alter table customers add bio text")
    result = check(action, shop)
    types = result.report["types"]
    assert (types["status"], types["rehearsed"], types["differences"]) == ("stale", False, 3), types
    assert types["files"] == [{"file": FILE, "status": "stale", "reason": "", "differences": 3}], types
    assert types["findings"] == findings(result)
    assert "| type | line | in the file | in the database | changed by |" in result.summary and "+bio: string | null" in result.summary, result


def test_warn_is_green(shop, action):
    shop.as_owner("alter table customers add bio text")
    result = check(action, shop, types="warn")
    assert result.code == 0 and result.outputs["types-status"] == "stale" and result.warnings, result
    assert result.outputs["types-differences"] == "3"


def test_hundreds_of_differences_are_ten_findings_and_one_table(shop, action):
    for number in range(300):
        shop.as_owner("create table extra%d (id int)" % number)
    result = check(action, shop)
    assert len(result.errors) == 10 and result.says("290 more tables, views, functions or types differ"), result
    assert len(findings(result)) >= 300
    assert "extra199" in result.summary and result.summary.count("What to do") <= 12


# -- with pending migrations ----------------------------------------------------------------------------

def dry_run(action, db, **options):
    return action.dry_run(db.url, types_file=FILE, **options)


def test_without_a_rehearsal_what_is_pending_is_not_counted(shop, migrations, action):
    migrations({migration(1): "alter table customers add bio text;"})
    result = dry_run(action, shop)
    assert result.code == 0 and result.outputs["types-status"] == "unknown", result
    assert result.says("is not counted"), result


def test_rows_change_no_types(shop, migrations, action):
    migrations({migration(1): "insert into customers (email) values ('a');"})
    assert dry_run(action, shop).outputs["types-status"] == "current"


def test_the_targets_own_change_is_drift_and_green(shop, migrations, action):
    migrations({migration(1): "insert into customers (email) values ('a');"})
    shop.as_owner("alter table orders add note text")
    result = dry_run(action, shop)
    assert result.code == 0 and result.outputs["types-status"] == "drift" and result.warnings, result


@pytest.mark.postgres(15, 17)
def test_a_rehearsal_tells_what_is_stale_by_this_change(shop, migrations, action):
    name = migration(1)
    migrations({name: "select 1;\nalter table customers\n  add bio text;"})
    shop.as_owner("alter table orders add note text")
    result = dry_run(action, shop, rehearse="target")
    assert result.code != 0 and result.outputs["types-status"] == "stale", result
    verdicts = {(item["object"], item["member"], item["verdict"], item["migration"].split("/")[-1]) for item in findings(result)}
    assert ("customers", "bio", "stale", name) in verdicts and ("orders", "note", "drift", "") in verdicts, result
    error = next(error for error in result.errors if "bio" in error.data)
    assert line(SHOP_TYPES, int(error.properties["line"])) == "Row: {" and name + ":2" in error.data, result
    assert not shop.query("select 1 from pg_attribute where attname = 'bio'")


def test_what_the_target_has_of_its_own_is_never_this_changes_doing(shop, migrations, action):
    migrations({migration(1): "comment on table items is 'x';"})
    shop.as_owner("create function total_of(a text) returns int language sql as 'select 1'; create function total_of(b text, c int) "
                  "returns int language sql as 'select 1'; create function total_of(d int[]) returns int language sql as 'select 1'")
    result = dry_run(action, shop, rehearse="target")
    assert result.code == 0 and result.outputs["types-status"] == "drift" and result.outputs["types-differences"] == "3", result


@pytest.mark.parametrize("sql, schema, thing, at", [
    ("alter table public.items add x int;\nalter table other.items add x int;", "public", "items", ":1"),
    ("alter table items add x int;\nalter table other.items add y int;", "public", "items", ":1"),
    ("select 1;\nalter table bills rename to invoices;", "public", "invoices", ":2"),
    ("create table other.b (a int);\nalter table other.b set schema public;", "public", "b", ":2"),
    ("alter table customers drop email cascade;", "public", "open_orders", ""),
    ("do $$ begin execute 'create table ' || 'hidden (a int)'; end $$;", "public", "hidden", ""),
])
def test_the_statement_that_makes_it_is_named(sql, schema, thing, at, shop, migrations, action):
    shop.as_owner("create schema other; create table other.items (id int)")
    name = migration(1)
    migrations({name: sql})
    result = dry_run(action, shop, rehearse="target", rehearse_unanalysed="true")
    assert any(error.data.startswith("%s.%s: " % (schema, thing)) and "%s%s changes it" % (name, at) in error.data
               for error in result.errors), result


@pytest.mark.postgres(15, 17)
def test_new_types_with_their_migration_are_current(shop, workspace, migrations, action):
    migrations({migration(1): "alter type status add value 'lost';"})
    workspace.write(FILE, SHOP_TYPES.replace('status: "new" | "paid" | "sent"', 'status: "new" | "paid" | "sent" | "lost"'))
    result = dry_run(action, shop, rehearse="target")
    assert result.code == 0 and result.outputs["types-status"] == "current", result


def test_a_rehearsal_that_fails_says_nothing_of_types(shop, migrations, action):
    migrations({migration(1): "alter table customers add bio text;", migration(2): "select 1 / 0;"})
    result = dry_run(action, shop, rehearse="target")
    assert result.outputs["types-status"] == "unknown" and not any("bio" in error.data for error in result.errors), result


# -- writing --------------------------------------------------------------------------------------------

@pytest.fixture
def written(pooler, workspace, migrations):
    """A project with the shop's schema, whose file of types does not fit any more after the pending migration."""
    pooler.db.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")
    pooler.db.as_owner(SHOP)
    migrations({migration(1): "alter table customers add bio text;"})
    workspace.write(FILE, SHOP_TYPES)
    pooler.stub.types = SHOP_TYPES.replace("          email: string\n", "          bio: string | null\n          email: string\n", 1)
    return pooler


def push(project, action, **options):
    return project.run(action, types_file=FILE, types="write", **options)


def test_a_push_writes_what_does_not_fit(written, workspace, action):
    result = push(written, action)
    assert result.code == 0 and result.outputs["types-status"] == "written", result
    assert (workspace.root / FILE).read_text() == written.stub.types


def test_without_a_push_it_is_written_too(written, workspace, migrations, action):
    (workspace.root / FILE).chmod(0o640)
    migrations({})
    written.db.as_owner("alter table customers add bio text")
    result = written.run(action, mode="types", types_file=FILE, types="write")
    assert result.code == 0 and result.outputs["types-status"] == "written", result
    assert (workspace.root / FILE).read_text() == written.stub.types
    assert (workspace.root / FILE).stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (workspace.root / FILE).parent.iterdir()] == [Path(FILE).name]


@pytest.mark.parametrize("text", ["", "export type Database = { public: {", SHOP_TYPES.replace("bills: {", "gone: {", 1)],
                         ids=["empty", "halved", "without a table"])
def test_a_text_that_is_not_whole_replaces_nothing(text, written, workspace, action):
    written.stub.types = text
    result = push(written, action)
    assert result.code == 0 and result.status == "pushed" and result.warnings, result
    assert (workspace.root / FILE).read_text() == SHOP_TYPES


def test_a_file_that_fits_is_not_touched(written, workspace, migrations, action):
    migrations({migration(1): "insert into customers (email) values ('a');"})
    before = (workspace.root / FILE).stat()
    result = push(written, action)
    assert result.outputs["types-status"] == "current", result
    assert (workspace.root / FILE).stat().st_ino == before.st_ino and not written.stub.count("types")


def test_a_link_is_not_written_through(written, workspace, tmp_path, action):
    outside = tmp_path / "outside.ts"
    outside.write_text(SHOP_TYPES)
    (workspace.root / FILE).unlink()
    os.symlink(outside, workspace.root / FILE)
    push(written, action)
    assert outside.read_text() == SHOP_TYPES


def test_a_url_has_no_text_and_says_which_command_makes_it(shop, workspace, migrations, action):
    migrations({migration(1): "alter table customers add bio text;"})
    result = action.push(shop.url, types_file=FILE, types="write")
    assert result.code == 0 and result.says("supabase gen types --remote"), result
    assert (workspace.root / FILE).read_text() == SHOP_TYPES


def test_a_first_file_is_written_for_the_schemas_that_the_api_serves(written, workspace, action):
    (workspace.root / FILE).unlink()
    workspace.write("supabase/config.toml", '[api]\nschemas = ["public", "env(OTHER)", "graphql_public"]\n')
    result = push(written, action)
    assert result.outputs["types-status"] == "written" and (workspace.root / FILE).read_text() == written.stub.types, result
    asked = next(request for request in written.stub.requests if request["what"] == "types")
    assert asked["path"].endswith("included_schemas=public%2Cgraphql_public") or asked["path"].endswith("=public,graphql_public"), asked


@pytest.fixture
def scratch(cluster):
    database = cluster.create_database()
    database.query("drop schema public cascade; create schema public authorization postgres; grant all on schema public to public")
    yield database
    database.drop()


@pytest.mark.parametrize("sql", ["alter table items add bio text;", "alter type status add value 'lost';\nvacuum items;\n"],
                         ids=["rolled back", "committed"])
def test_a_rehearsal_on_a_throw_away_server_tells_it_too(sql, bare, scratch, workspace, migrations, action):
    migrations({migration(1): SHOP})
    assert action.push(bare.url).code == 0
    workspace.write(FILE, SHOP_TYPES)
    migrations({migration(2): "comment on table items is 'x';"})
    result = dry_run(action, bare, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code == 0 and result.outputs["types-status"] == "current", result
    bare.as_owner("alter table orders add by_hand text")
    migrations({migration(2): sql})
    result = dry_run(action, bare, rehearse="scratch", rehearsal_db_url=scratch.url)
    assert result.code != 0 and {(item["member"], item["verdict"]) for item in findings(result)} <= {
        ("bio", "stale"), ("lost", "stale")} and findings(result), result
