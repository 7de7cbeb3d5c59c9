"""A database in which a push can be held at a chosen point, and let go.

Every `select gate(k)` of a migration waits while the test keeps gate k shut; inserts into `log` wait once
more at their COMMIT, at gate 1000 + file. Each statement of a push writes one row to `log`, so that one can
count how often it has run."""
import threading
import time

from action import SLOWNESS

SETUP = """
create table gates (n int);
create table log (file int, statement int);
create function gate(k int) returns void language plpgsql as $$
begin while exists (select from public.gates where n = k) loop perform pg_sleep(0.01); end loop; end $$;
create function gate_at_commit() returns trigger language plpgsql as $$
begin perform public.gate(1000 + new.file); return null; end $$;
create constraint trigger at_commit after insert on log deferrable initially deferred
    for each row execute function gate_at_commit();
"""
# A role of the file's own, which knows nothing of ours.
ROLE = """
do $$ begin if not exists (select from pg_roles where rolname = 'gatekeeper') then
    create role gatekeeper nologin; end if; end $$;
grant gatekeeper to postgres;
grant select, insert on gates, log to gatekeeper;
"""
_making = threading.Lock()


class Gated:
    def __init__(self, cluster):
        with _making:
            self.db = cluster.create_database()
            self.db.as_owner(SETUP)
            self.db.query(ROLE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with _making:
            self.db.drop()

    def shut(self, number):
        self.db.query("insert into gates values (%s)", (number,))

    def open(self):
        self.db.query("delete from gates")

    def held(self):
        return self.db.value("select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")

    def wait_held(self, run):
        """False if the run has ended without coming to the gate."""
        deadline = time.monotonic() + 30 * SLOWNESS
        while not self.held():
            if run.process.poll() is not None:
                return False
            assert time.monotonic() < deadline, "the gate was not reached"
            time.sleep(0.005)
        return True

    def terminate(self):
        self.db.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
                      "and pid <> pg_backend_pid() and backend_type = 'client backend'")

    def rows(self):
        return self.db.query("select file, statement, count(*) from log group by 1, 2 order by 1, 2")


class Writer:
    """Writes migrations with a gate before and behind every statement, and remembers what must come of them."""

    def __init__(self):
        self.gates, self.expected, self.files = 0, [], {}

    def _gate(self):
        self.gates += 1
        return "select public.gate(%d);\n" % self.gates

    def file(self, number, *statements, before="", after=""):
        """A statement that is None writes its row to the log; others stand as they are, without a gate before."""
        text, count = before, 0
        for statement in statements:
            if statement is not None:
                text += statement + ";\n"
                continue
            count += 1
            text += self._gate() + "insert into public.log values (%d, %d);\n" % (number, count)
            self.expected.append((number, count, 1))
        self.files["20240101%06d_step.sql" % number] = text + self._gate() + after
        return self


    def committing(self, number):
        """PL/pgSQL that writes two rows, and commits behind each."""
        text = ""
        for count in (1, 2):
            text += self._gate().replace("select", "perform") + "insert into public.log values (%d, %d); commit;\n" % (number, count)
            self.expected.append((number, count, 1))
        return "begin\n" + text + self._gate().replace("select", "perform") + "end"


def files_that_commit():
    """DO and CALL that commit by themselves, COMMIT AND CHAIN, a role of the file's own."""
    writer = Writer()
    writer.file(1, "do $$ %s $$" % writer.committing(1))
    writer.file(2, "create procedure public.fill() language plpgsql as $$ %s $$" % writer.committing(2))
    writer.file(3, "call public.fill()")
    writer.file(4, None, "commit and chain", None, None, "commit and chain", None, before="begin;\n", after="commit;\n")
    writer.file(5, None, "vacuum public.gates", None, "vacuum public.gates", None, before="set role gatekeeper;\n")
    writer.file(6, None, None, before="-- pg-delta: transaction=false\nset role gatekeeper;\n")
    writer.file(7, None)
    writer.expected.sort()
    return writer


def ten_atomic_files():
    """What travels as one batch: plain, wrapped, with a role and settings left, and one whose BEGIN has options."""
    writer = Writer()
    for number in range(1, 11):
        wrapped = {3: ("begin;\n", "commit;\n"), 6: ("begin isolation level serializable;\n", "commit;\n"),
                   5: ("", "set search_path = pg_temp;\nset role gatekeeper;\n")}
        before, after = wrapped.get(number, ("", ""))
        writer.file(number, None, None, before=before, after=after)
    return writer


def ten_files():
    """Atomic, wrapped, in parts, with an index built concurrently, as written, without a transaction."""
    writer = Writer()
    writer.file(1, None, "create table t (a int)", None)
    writer.file(2, None)
    writer.file(3, None, None, before="begin;\n", after="commit;\n")
    writer.file(4, None, "vacuum t", None, "set search_path = pg_catalog", None, "vacuum public.t", None)
    writer.file(5, None, "create index concurrently t_a on t (a)", None)
    writer.file(6, None, "commit", None, "begin", None, None, "commit", None, before="begin;\n")
    writer.file(7, None, None, before="-- pg-delta: transaction=false\n")
    writer.file(8, "create index concurrently t_b on t (a) where a > 0", None)
    writer.file(9, None, None)
    writer.file(10, None)
    return writer
