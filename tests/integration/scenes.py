"""One run of each kind, as a team with a small shop sees it: SCENES has a function for each, and Stage what it runs on.

    stage = Stage(cluster, github, origin, folder)   # cluster: like Supabase's
    SCENES["blocked"](stage); stage.summary, stage.comment, stage.results
"""
import re

import events
import supabase
from action import Action
from github_stub import BOT, TOKEN, GitHub
from repository import FOLDER, Repository
from workspace import Workspace

SHA = "0123456789abcdef0123456789abcdef01234567"
BEFORE = {"20260820113000_orders.sql": """create table public.orders (
  id bigint generated always as identity primary key,
  customer bigint not null,
  total numeric(10, 2) not null
);
alter table public.orders enable row level security;
create policy "Customers see theirs" on public.orders for select using (customer = 1);
"""}
STATUS = "20260901101500_order_status.sql"
TOTALS = "20260902090000_order_totals.sql"
INDEX = "20260903080000_orders_customer_idx.sql"
PENDING = {
    STATUS: """create type public.order_status as enum ('new', 'paid', 'sent');
alter table public.orders add column status public.order_status not null default 'new';
""",
    TOTALS: """-- Nothing is free.
alter table public.orders
  add constraint orders_total_positive check (total > 0);
""",
    INDEX: "create index concurrently orders_customer on public.orders (customer);\n",
}
A_FREE_ORDER = "insert into public.orders (customer, total) values (1, 12.50), (2, 0)"
TYPES = """export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      orders: {
        Row: {
          customer: number
          id: number
          total: number
        }
        Insert: {
          customer: number
          id?: never
          total: number
        }
        Update: {
          customer?: number
          id?: never
          total?: number
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      [_ in never]: never
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
"""


# Without what somebody hostile has put there, which types would show.
CLEAN = "drop schema public cascade; create schema public authorization postgres;" + "\n".join(
    line for line in (supabase.FOLDER / "supabase.sql").read_text().splitlines()
    if re.match("(grant|alter default privileges) .*schema public .*;$", line))


class Stage:
    """Staging, production and a throw-away database; a checkout; GitHub with pull request 7."""

    def __init__(self, cluster, github, origin, folder):
        self.cluster, self.github, self.origin = cluster, github, origin
        self.workspace = Workspace(folder / "workspace")
        self.action = Action(self.workspace, folder / "runner")
        self.staging, self.production, self.scratch = (cluster.create_database() for _ in range(3))
        for database in (self.staging, self.production):
            database.query(CLEAN)
        self.result = None
        github.merged(7, SHA)

    def close(self):
        self.action.close()
        for database in (self.staging, self.production, self.scratch):
            database.drop()

    def migrations(self, *groups):
        for files in groups:
            self.workspace.migrations(files)

    def prepare(self, *groups, on=None):
        """These files have run there, on both if nothing is said."""
        self.migrations(*groups)
        for database in on or (self.staging, self.production):
            assert self.action.push(database.url, preflight="false").code == 0

    def run(self, code, mode="dry-run", event=None, **inputs):
        """The run that is shown."""
        if event is None:
            event = events.pull(self.origin) if mode == "dry-run" else \
                {"event": "workflow_dispatch" if mode == "repair" else "push", "payload": {"repository": events.REPOSITORY},
                 "extra": {"GITHUB_SHA": SHA}}
        inputs = {"db_url": self.production.url, "environment_name": "production", "comment": "true", "token": TOKEN,
                  "skip_unchanged": "false", **inputs}
        self.result = self.action(mode=mode, event=event["event"], payload=event["payload"],
                                  extra=dict(event["extra"], GITHUB_API_URL=self.github.url), **inputs)
        assert self.result.code == code, self.result

    @property
    def summary(self):
        return self.settled(self.result.summary)

    @property
    def comment(self):
        """Empty if none was made."""
        rows = [row for row in self.github.comments[7] if row["user"]["login"] == BOT]
        return self.settled(rows[0]["body"]) if rows else ""

    def settled(self, text):
        """Without what is different each time: addresses, times, digests."""
        for database, name in ((self.staging, "staging"), (self.production, "shop"), (self.scratch, "scratch")):
            text = re.sub(r"127\.0\.0\.1(&#58;|:)%d/%s" % (self.cluster.port, database.name.replace("_", "(?:_|&#95;)")),
                          r"db.example.com\g<1>5432/" + name, text)
            text = text.replace(database.name, name).replace(database.name.replace("_", "&#95;"), name)
        for pattern, put in VOLATILE:
            text = re.sub(pattern, put, text)
        return text


VOLATILE = [
    (r"\b[0-9a-f]{64}\b", "d" * 64), (r"(?<=plan <code>)[0-9a-f]{12}", "d" * 12), (r'(?<="plan":")[0-9a-f]+', "d" * 64),
    (r'(?<="target":")[0-9a-f]+', "e" * 16), (r"\b\d+\.\d+(?= m?s\b)", "0.1"), (r"(?<=\| )\d+\.\d(?= \|)", "0.1"),
    (r"\d\d(:|&#58;)\d\d(:|&#58;)\d\d UTC", r"18\g<1>57\g<2>03 UTC"), (r"\|(PostgreSQL) \| [\d.]+", r"| \1 | 17.0"),
    (r"(?<=PostgreSQL \| )[\d.]+", "17.0"), (r":(crit|active), \d+, \d+ms", r":\1, 1, 2ms"), (r"\d{14}(?=_x_)", "x"),
    (r"(?<=commit <code>)[0-9a-f]{10}", "c" * 10), (r'(?<="head":")[0-9a-f]{40}', "c" * 40), (r"blob/[0-9a-f]{40}", "blob/" + "c" * 40),
]


def pushed(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(0, "push", lint="warn")


def push_failed(stage):
    stage.prepare(BEFORE)
    stage.prepare(PENDING, on=[stage.staging])
    stage.production.as_owner(A_FREE_ORDER)
    stage.run(8, "push", preflight="false", staging_db_url=stage.staging.url)


def push_failed_on_staging(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.production.as_owner(A_FREE_ORDER)
    stage.run(8, "push", preflight="false", environment_name="staging")


def planned(stage):
    stage.prepare(BEFORE)
    stage.prepare(PENDING, on=[stage.staging])
    stage.run(0, staging_db_url=stage.staging.url, lint="warn")


def blocked(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(7, "push", staging_db_url=stage.staging.url)


def other_plan(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(7, "push", expect_plan="0" * 64)


def rehearsal(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(0, rehearse="target", lint="warn")


def rehearsal_fails(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.production.as_owner(A_FREE_ORDER)
    stage.run(8, rehearse="target", preflight="false")


def rehearsal_scratch(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(0, rehearse="scratch", rehearsal_db_url=stage.scratch.url)


def lint(stage):
    stage.prepare(BEFORE)
    stage.migrations({
        "20260904090000_audit.sql": "create table public.audit (id bigint primary key, note text);\n"
                                    "create view public.all_orders as select * from public.orders;\n",
        "20260905090000_customer.sql": "alter table public.orders disable row level security;\n"})
    stage.run(0, lint="warn")


def lint_refuses(stage):
    stage.prepare(BEFORE)
    stage.migrations({"20260904090000_discount.sql": "create table public.discounts (\n  id bigint primary key\n);\n"
                                                     "alter table public.discounts enable row level security;\n"
                                                     "alter table public.order add column discount bigint references public.discounts;\n"})
    stage.run(7, lint="warn", preflight="false")


def preflight(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.production.as_owner(A_FREE_ORDER)
    stage.run(7)


def drift(stage):
    stage.prepare(BEFORE)
    stage.prepare({STATUS: PENDING[STATUS]}, on=[stage.staging])
    stage.production.as_owner('drop policy "Customers see theirs" on public.orders; '
                              'create policy "Customers see theirs" on public.orders for select using (true); '
                              "create table public.by_hand (a int)")
    stage.run(15, "compare", staging_db_url=stage.staging.url)


def same(stage):
    stage.prepare(BEFORE)
    stage.run(0, "compare", staging_db_url=stage.staging.url)


VERIFY = {"20260820113000_orders.sql": "select count(*) > 0 from public.orders where total > 0;\n",
          "always_rls.sql": "-- violations: every table has row level security\n"
                            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relrowsecurity;\n"}


def verify_failed(stage):
    for name, text in VERIFY.items():
        stage.workspace.write("supabase/verify/" + name, text)
    stage.migrations(BEFORE, {"20260904090000_audit.sql": "create table public.audit (id bigint primary key);\n"})
    stage.run(16, "push")


def types_stale(stage):
    stage.prepare(BEFORE)
    stage.workspace.write("src/database.types.ts", TYPES)
    stage.migrations({STATUS: PENDING[STATUS]})
    stage.run(17, types_file="src/database.types.ts", rehearse="target", preflight="false")


def status(stage):
    stage.prepare(BEFORE)
    stage.prepare({STATUS: PENDING[STATUS]}, on=[stage.staging])
    stage.migrations({TOTALS: PENDING[TOTALS]})
    stage.production.query("insert into supabase_migrations.schema_migrations (version, name, statements) values "
                           "('20260825100000', 'by_hand', array['create table public.by_hand (a int)'])")
    stage.run(0, "status", staging_db_url=stage.staging.url)


def repair_planned(stage):
    stage.prepare(BEFORE)
    stage.migrations(PENDING)
    stage.run(0, "repair", repair="applied 20260901101500\nreverted 20260820113000")


def up_to_date(stage):
    stage.prepare(BEFORE, PENDING)
    stage.run(0, "push")


def skipped(stage):
    stage.migrations(PENDING)
    stage.run(0, event=events.pull(stage.origin, base="c4", head="c6", merge="c6"), skip_unchanged="true")


def wrong_input(stage):
    stage.migrations(PENDING)
    stage.run(2, "push", lock_timeout="soon", staging_guard="sometimes")


def no_connection(stage):
    stage.migrations(PENDING)
    stage.run(5, "push", db_url="postgresql://shop:secret99@127.0.0.1:1/nowhere")


def _pull_request(stage, repository, code, head="acme/shop", **inputs):
    name, payload, ref = repository.pull_request("main", head)
    with GitHub(stage.workspace.root, token=TOKEN) as stage.github:
        stage.github.pull(7, "main", "feature")
        stage.run(code, event={"event": name, "payload": payload, "extra": {"GITHUB_REF": ref, "GITHUB_SHA": repository.head()}},
                  working_directory=FOLDER, db_url=None, **inputs)


def _promoted(stage, code, not_on_staging):
    repository = Repository(stage.workspace)
    repository.add(2, "create table public.invoices (id bigint primary key);\n")
    assert stage.action.push(stage.staging.url, working_directory=FOLDER).code == 0
    for number in not_on_staging:
        repository.add(number, "create table public.reminders (id bigint primary key);\n")
    _pull_request(stage, repository, code, staging_db_url=stage.staging.url)


def promoted(stage):
    _promoted(stage, 0, [])


def promotion_blocked(stage):
    _promoted(stage, 7, [3])


def fork(stage):
    repository = Repository(stage.workspace)
    repository.add(2, "create index a_a on a (a);\ncreate table public.notes (id bigint primary key);\n")
    _pull_request(stage, repository, 0, head="mallory/shop", lint="warn", comment="false")


SCENES = {function.__name__.replace("_", "-"): function for function in (
    pushed, push_failed, push_failed_on_staging, planned, blocked, other_plan, rehearsal, rehearsal_fails, rehearsal_scratch, lint,
    lint_refuses, preflight, drift, same, verify_failed, types_stale, status, repair_planned, up_to_date, skipped, wrong_input,
    no_connection, promoted, promotion_blocked, fork)}
