"""Those who use the tables while a migration runs."""
import threading
import time

import psycopg2

from action import SLOWNESS


def wait_until(condition, run=None, seconds=20):
    deadline = time.monotonic() + seconds * SLOWNESS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        assert run is None or run.process.poll() is None, run.wait()
        time.sleep(0.01)


def wait_until_asleep(db, run):
    """Until the migration has come to its pg_sleep."""
    wait_until(lambda: db.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and "
                                "datname = current_database()"), run)


def waits_for_a_lock(db):
    return db.value("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")


def session(db, url=None, autocommit=False):
    connection = db.connect(url or db.url)
    connection.autocommit = autocommit
    return connection


def hold(db, seconds, *statements):
    """A transaction of somebody's that ends by itself."""
    connection = session(db)
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    threading.Timer(seconds * SLOWNESS, let_go, (connection,)).start()
    return connection


def let_go_after(seconds, holder, db, run):
    """Ends the transaction so long after the run has begun to wait for it, whenever that is."""
    wait_until(lambda: waits_for_a_lock(db), run)
    threading.Timer(seconds, let_go, (holder,)).start()


def let_go(connection):
    try:
        connection.rollback()
    except psycopg2.Error:
        pass  # the test is over, and so is its database


class Reader(threading.Thread):
    """Reads the table again and again, as an API does; knows its longest wait, and how often it has failed.

    With a limit, each request sets it for its transaction, as PostgREST does with the settings of its role."""

    def __init__(self, db, sql="select count(*) from t", limit=None, setting="statement_timeout", pause=0.005):
        super().__init__(daemon=True)
        self.connection, self.sql, self.pause = session(db, autocommit=True), sql, pause
        self.first = "set local %s = '%s'" % (setting, limit) if limit else "select 1"
        self.longest, self.count, self.failed, self.going = 0, 0, 0, True

    def run(self):
        cursor = self.connection.cursor()
        while self.going:
            start = time.monotonic()
            try:
                cursor.execute("begin")
                cursor.execute(self.first)
                cursor.execute(self.sql)
                cursor.execute("commit")
                self.count += 1
            except (psycopg2.errors.QueryCanceled, psycopg2.errors.LockNotAvailable):
                cursor.execute("rollback")
                self.failed += 1
            self.longest = max(self.longest, time.monotonic() - start)
            time.sleep(self.pause)

    def stop(self):
        self.going = False
        self.join(20)
        self.connection.close()
        return self.longest


class Clock(threading.Thread):
    """Knows how long the machine itself has stood still: that is nobody's wait for a migration."""

    TICK = 0.01

    def __init__(self):
        super().__init__(daemon=True)
        self.going, self.stall = True, 0

    def __enter__(self):
        self.start()
        return self

    def run(self):
        while self.going:
            start = time.monotonic()
            time.sleep(self.TICK)
            self.stall = max(self.stall, time.monotonic() - start - self.TICK)

    def __exit__(self, *_):
        self.going = False
        self.join(20)


class Readers:
    """Some of them, from here on until the end of the block."""

    def __init__(self, db, count, **options):
        self.all = [Reader(db, **options) for _ in range(count)]

    def __enter__(self):
        for reader in self.all:
            reader.start()
        return self

    def __exit__(self, *_):
        for reader in self.all:
            reader.stop()

    @property
    def failed(self):
        return sum(reader.failed for reader in self.all)

    @property
    def longest(self):
        return max(reader.longest for reader in self.all)
