"""One database of the throw-away cluster: its URLs, and short ways to look into it."""
import psycopg2

HISTORY = "supabase_migrations.schema_migrations"

# What the CLI executes before its first migration, statement by statement.
HISTORY_DDL = """
CREATE SCHEMA IF NOT EXISTS supabase_migrations;
CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text;
"""

# Every catalogue row with the transaction that wrote it: equal before and after = nothing was done.
SNAPSHOT_CATALOGUES = ("pg_namespace", "pg_class", "pg_attribute", "pg_proc", "pg_type", "pg_constraint",
                       "pg_index", "pg_trigger", "pg_depend", "pg_extension", "pg_default_acl")


class Database:
    def __init__(self, cluster, name):
        self.cluster = cluster
        self.name = name
        self._admin = None

    @property
    def url(self):
        """As the owner, who is no superuser."""
        return self.cluster.url(self.name)

    @property
    def admin_url(self):
        return self.cluster.url(self.name, user="supabase_admin")

    def url_with(self, **parts):
        return self.cluster.url(self.name, **parts)

    def connect(self, url=None):
        connection = psycopg2.connect(url or self.admin_url)
        connection.autocommit = True
        return connection

    def query(self, sql, parameters=None):
        """Rows of one statement as the superuser; an empty list where it has none."""
        if self._admin is None:
            self._admin = self.connect()
        with self._admin.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def value(self, sql, parameters=None):
        rows = self.query(sql, parameters)
        return rows[0][0] if rows else None

    def as_owner(self, sql):
        connection = self.connect(self.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def refusal(self, sql):
        """The SQLSTATE with which the server refuses it, None if it goes through; nothing of it is left."""
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                cursor.execute("set constraints all immediate")  # as COMMIT would look at them
            return None
        except psycopg2.Error as error:
            return error.pgcode
        finally:
            connection.close()

    # -- the history table --------------------------------------------------------------------------

    def create_history(self, *versions):
        """The table as the CLI makes it, owned by the owner, with a row per version."""
        self.as_owner(HISTORY_DDL)
        for version in versions:
            self.query("insert into %s (version, name, statements) values (%%s, 'x', '{}')" % HISTORY, (version,))

    def has_history(self):
        return self.value("select to_regclass(%s) is not null", (HISTORY,))

    def history(self):
        """(version, name, statements) in version order; empty where the table is absent."""
        if not self.has_history():
            return []
        return self.query('select version, name, statements from %s order by version collate "C"' % HISTORY)

    def versions(self):
        return [row[0] for row in self.history()]

    # -- what is in it ------------------------------------------------------------------------------

    def tables(self, schema="public"):
        return [row[0] for row in self.query(
            "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = %s and relkind = 'r' order by 1", (schema,))]

    def has_table(self, name):
        return self.value("select to_regclass(%s) is not null", (name,))

    def snapshot_of_catalogues(self):
        """Equal for two moments only if no catalogue row was written between them."""
        parts = ["select '%s' as cat, ctid::text, xmin::text from pg_catalog.%s" % (name, name)
                 for name in SNAPSHOT_CATALOGUES]
        return self.query(" union all ".join(parts) + " order by 1, 2, 3")

    def snapshot(self):
        return self.snapshot_of_catalogues(), self.history()

    def backends(self, state=None):
        """Sessions of others in this database, optionally only those in one state."""
        return self.query(
            "select pid, state, query from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
            " and backend_type = 'client backend' and (%s is null or state = %s)", (self.name, state, state))

    def close(self):
        if self._admin is not None:
            self._admin.close()
            self._admin = None

    def drop(self):
        self.close()
        self.cluster.drop_database(self.name)
