#include "migrate/history.h"

#include "base/interrupt.h"

#include <stdlib.h>

/* One row: is the schema there; the relation's kind, or NULL; its columns; what our role may do.
 * The catalogs are open to everybody, so this works where reading the table does not. */
#define PROBE                                                                                      \
	"SELECT n.oid IS NOT NULL, c.relkind, "                                                    \
	"(SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid "                \
	"AND NOT a.attisdropped AND a.attname IN ('version', 'name', 'statements')), "             \
	"pg_catalog.has_schema_privilege(n.oid, 'USAGE'), "                                        \
	"pg_catalog.has_table_privilege(c.oid, 'SELECT'), "                                        \
	"pg_catalog.has_table_privilege(c.oid, 'INSERT'), "                                        \
	"pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') "              \
	"FROM (SELECT 1) AS one "                                                                  \
	"LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'supabase_migrations' "                \
	"LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = "               \
	"'schema_migrations'"
#define TABLE "supabase_migrations.schema_migrations"

enum {
	PROBE_SCHEMA,
	PROBE_KIND,
	PROBE_COLUMNS,
	PROBE_USAGE,
	PROBE_SELECT,
	PROBE_INSERT,
	PROBE_CREATE
};

static bool is_true(Str cell)
{
	return str_equal(cell, STR("t"));
}

static bool lacks(const Session *session, const char *privilege, const char *object, Err *err)
{
	Str role = session->role;
	err_add(err, ERR_HISTORY, "role %.*s lacks the privilege %s on %s", STR_ARG(role),
		privilege, object)
		->hint = str_format(err->arena,
		"connect as the role that owns it (on Supabase: postgres), or let its owner run: "
		"GRANT %s ON %s TO %.*s;",
		privilege, object, STR_ARG(role));
	return false;
}

static bool check_probe(const Session *session, const Str *cells, History *out, Err *err)
{
	Str kind = cells[PROBE_KIND];
	out->schema_exists = is_true(cells[PROBE_SCHEMA]);
	out->table_exists = kind.ptr != NULL;
	out->is_complete = str_equal(cells[PROBE_COLUMNS], STR("3"));
	out->can_insert = is_true(cells[PROBE_INSERT]);
	out->can_create = is_true(cells[PROBE_CREATE]);
	if (!out->table_exists)
		return true;
	if (!str_equal(kind, STR("r")) && !str_equal(kind, STR("p"))) {
		err_add(err, ERR_HISTORY, TABLE " is not a table")->hint =
			STR("rename whatever has taken its name");
		return false;
	}
	if (!is_true(cells[PROBE_USAGE]))
		return lacks(session, "USAGE", "SCHEMA supabase_migrations", err);
	if (!is_true(cells[PROBE_SELECT]))
		return lacks(session, "SELECT", TABLE, err);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const Str *)a, *(const Str *)b);
}

static void keep_versions(Arena *arena, const Rows *rows, History *out)
{
	Str last = {0};
	if (rows->count)
		qsort(rows->cells, rows->count, sizeof *rows->cells, by_bytes);
	for (size_t i = 0; i < rows->count; i++) {
		/* a table without its primary key may hold a version twice, or NULL */
		if (rows->cells[i].ptr && !(last.ptr && str_equal(last, rows->cells[i])))
			*vec_add(arena, &out->versions) = str_copy(arena, rows->cells[i]);
		last = rows->cells[i];
	}
}

static bool take_failure(const Command *command, Err *err)
{
	Fault *fault = db_add_fault(err, ERR_HISTORY, command->failure);
	fault->message = str_format(
		err->arena, "the migration history cannot be read: %.*s", STR_ARG(fault->message));
	return false;
}

/* Role, identity, probe and versions in one flight, each in a transaction of its own: if there is
 * no table, only the last one fails. */
bool history_read(Session *session, History *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	session_begin(session, &flight);
	size_t probe = flight.commands.count;
	flight_add_literal(&flight, PROBE);
	session_limit(session, &flight);
	/* a policy that hides rows would make them pending again: an error instead */
	flight_add_literal(&flight, "SELECT pg_catalog.set_config('row_security', 'off', true)");
	flight_add_literal(&flight, "SELECT version FROM " TABLE);
	size_t versions = flight.commands.count - 1;
	const Command *commands = flight.commands.items;
	flight.commands.items[probe].want_rows = flight.commands.items[probe].sync = true;
	flight.commands.items[versions].want_rows = true;

	Deadline deadline = deadline_in(session->answer_limit_ms);
	if (!flight_run(session->db, &flight, deadline, true, err))
		return false;
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled while the history was read");
		return false;
	}
	if (!session_begun(session, &flight, err))
		return false;
	if (commands[probe].state == COMMAND_FAILED)
		return take_failure(&commands[probe], err);
	if (!check_probe(session, commands[probe].rows.cells, out, err))
		return false;
	if (out->table_exists && commands[versions].state == COMMAND_FAILED)
		return take_failure(&commands[versions], err);
	keep_versions(session->arena, &commands[versions].rows, out);
	return true;
}

/* The CLI's statements; CREATE SCHEMA only where it is needed, since it wants a privilege on the
 * database even if the schema is there. */
static void add_ddl(const Session *session, const History *history, Flight *flight)
{
	session_reset(session, flight);
	flight_add_literal(flight, "BEGIN");
	if (session->options.lock_timeout_ms == 0)
		flight_add_literal(flight, "SET LOCAL lock_timeout = '4s'");
	if (!history->schema_exists)
		flight_add_literal(flight, "CREATE SCHEMA IF NOT EXISTS supabase_migrations");
	if (!history->table_exists)
		flight_add_literal(flight,
			"CREATE TABLE IF NOT EXISTS " TABLE " (version text NOT NULL PRIMARY KEY)");
	flight_add_literal(
		flight, "ALTER TABLE " TABLE " ADD COLUMN IF NOT EXISTS statements text[]");
	flight_add_literal(flight, "ALTER TABLE " TABLE " ADD COLUMN IF NOT EXISTS name text");
	flight_add_literal(flight, "COMMIT");
}

bool history_prepare(Session *session, const History *history, Err *err)
{
	if (history->is_complete && history->can_insert)
		return true;
	if (history->is_complete)
		return lacks(session, "INSERT", TABLE, err);
	if (!history->schema_exists && !history->can_create)
		return lacks(
			session, "CREATE", "the database, for the schema supabase_migrations", err);
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	add_ddl(session, history, &flight);
	if (!session_run(session, &flight, ERR_HISTORY, err)) {
		if (str_equal(err->last->sqlstate, STR("42501")))
			err->last->hint = str_format(err->arena,
				"the history table " TABLE " has to be made first, and role "
				"%.*s may not: connect as a role that may (on Supabase: postgres)",
				STR_ARG(session->role));
		return false;
	}
	return true;
}

/* `{1,5,9}`: where each statement begins in the text (from 1), or how long it is. */
static Str int_array(Arena *arena, const Script *script, bool lengths)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	const char *text = script->migration->text.ptr;
	for (size_t i = 0; i < script->count; i++) {
		Str statement = script->statements[i].text;
		size_t value = lengths ? statement.len : (size_t)(statement.ptr - text) + 1;
		buf_format(&buf, "%c%zu", i ? ',' : '{', value);
	}
	buf_add(&buf, script->count ? STR("}") : STR("{}"));
	return buf_str(&buf);
}

void history_add(Flight *flight, const Script *script)
{
	const Migration *migration = script->migration;
	Param *params = arena_array(flight->arena, Param, 5);
	params[0].value = migration->version;
	params[1].value = migration->title;
	params[2] = (Param){.value = migration->text, .binary = true};
	params[3].value = int_array(flight->arena, script, false);
	params[4].value = int_array(flight->arena, script, true);
	Command *command = flight_add_literal(flight,
		"INSERT INTO " TABLE "(version, name, statements) SELECT $1::text, $2::text, "
		"coalesce(pg_catalog.array_agg(pg_catalog.convert_from(pg_catalog.substr($3::bytea,"
		" "
		"start, length), 'UTF8') ORDER BY ordinal), '{}') FROM ROWS FROM "
		"(pg_catalog.unnest($4::int4[]), pg_catalog.unnest($5::int4[])) "
		"WITH ORDINALITY AS piece(start, length, ordinal)");
	command->params = params;
	command->param_count = 5;
}

bool history_has(Session *session, Str version, bool *recorded, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	const Param param = {.value = version};
	session_assert_role(session, &flight);
	Command *command =
		flight_add_literal(&flight, "SELECT 1 FROM " TABLE " WHERE version = $1");
	command->params = &param;
	command->param_count = 1;
	command->want_rows = true;
	if (!session_run(session, &flight, ERR_HISTORY, err))
		return false;
	*recorded = flight.commands.items[flight.commands.count - 1].rows.count > 0;
	return true;
}

Str history_head(const History *history)
{
	return history->versions.count ? history->versions.items[history->versions.count - 1]
				       : (Str){0};
}
