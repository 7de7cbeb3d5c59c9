"""A database that looks like a project of Supabase before its first migration: supabase_roles.sql for the server, supabase.sql
and a vault for a template that databases are copied from.

The real one's event trigger hooks of C (supautils) are not here: what `postgres` may do beyond SQL's own rights, it may not."""
from pathlib import Path

import vault

FOLDER = Path(__file__).resolve().parent
TEMPLATE = "like_supabase"
SEARCH_PATH = '"$user", public, extensions'


def make_roles(database):
    database.query((FOLDER / "supabase_roles.sql").read_text())


def fill_template(database):
    database.query((FOLDER / "supabase.sql").read_text())
    vault.install(database, pgcrypto="extensions")
