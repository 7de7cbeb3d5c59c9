#include "server/history_table.h"

#include "base/interrupt.h"
#include "base/sqlstate.h"
#include "server/purpose.h"

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
	"pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'), "             \
	"pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'), "                      \
	"EXISTS (SELECT FROM pg_catalog.pg_class p WHERE p.relnamespace = n.oid "                  \
	"AND p.relname = 'promote_progress') "                                                     \
	"FROM (SELECT 1) AS one "                                                                  \
	"LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'supabase_migrations' "                \
	"LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = "               \
	"'schema_migrations'"
#define TABLE "supabase_migrations.schema_migrations"
#define PROGRESS "supabase_migrations.promote_progress"
/* In bytes of UTF-8, whatever the database's encoding is. */
#define ROW_DIGEST                                                                                 \
	"(SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(" \
	"pg_catalog.octet_length(pg_catalog.convert_to(s, 'UTF8'))::text || ':' || s, '' "         \
	"ORDER BY n), 'UTF8')), 'hex') "                                                           \
	"FROM pg_catalog.unnest(statements) WITH ORDINALITY AS piece(s, n) "                       \
	"HAVING pg_catalog.sum(pg_catalog.octet_length(s)) <= 67108864)"

enum {
	PROBE_SCHEMA,
	PROBE_KIND,
	PROBE_COLUMNS,
	PROBE_USAGE,
	PROBE_SELECT,
	PROBE_INSERT,
	PROBE_CREATE,
	PROBE_LOCK,
	PROBE_PARTIALS
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
	out->can_lock = is_true(cells[PROBE_LOCK]);
	out->has_partials = is_true(cells[PROBE_PARTIALS]);
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

static int by_version(const void *a, const void *b)
{
	const Str *left = *(const Str *const *)a, *right = *(const Str *const *)b;
	return str_compare(*left, *right);
}

/* Rows of version and digest. A table without its primary key may hold a version twice, or NULL. */
static void keep_versions(Arena *arena, const Rows *rows, History *out)
{
	ARENA_SCRATCH(scratch);
	const Str **order = arena_array(&scratch, const Str *, rows->count + 1);
	for (size_t i = 0; i < rows->count; i++)
		order[i] = &rows->cells[i * rows->columns];
	if (rows->count)
		qsort(order, rows->count, sizeof *order, by_version);
	out->records = arena_array(arena, Record, rows->count + 1);
	for (size_t i = 0; i < rows->count; i++) {
		if (!order[i]->ptr ||
			(i && order[i - 1]->ptr && str_equal(*order[i - 1], *order[i])))
			continue;
		if (rows->columns > 1)
			out->records[out->versions.count].digest = str_copy(arena, order[i][1]);
		*vec_add(arena, &out->versions) = str_copy(arena, *order[i]);
	}
}

static bool take_failure(const Command *command, Err *err)
{
	Fault *fault = db_add_fault(err, ERR_HISTORY, command->failure);
	fault->message = str_format(
		err->arena, "the migration history cannot be read: %.*s", STR_ARG(fault->message));
	if (cause_has(fault->cause, CAUSE_IS_LOCK))
		fault->hint = STR("another session holds a lock on the history table: run the job "
				  "again when it is done");
	return false;
}

/* A policy that hides rows would make them pending again: an error instead. */
static size_t ask_rows(const Session *session, Batch *batch, Str sql)
{
	session_ask_rows(session, batch);
	Command *command = batch_add(batch, sql);
	command->want_rows = command->sync = true;
	return batch->commands.count - 1;
}

/* Role, identity, probe and versions in one batch, each in a transaction of its own: if there is
 * no table, only its part fails. */
HistoryQuestion history_ask(Session *session, Batch *batch)
{
	HistoryQuestion question;
	session_ask(batch);
	batch_add_literal(batch, PROBE);
	question.probe = batch->commands.count - 1;
	batch->commands.items[question.probe].want_rows = true;
	batch->commands.items[question.probe].sync = true;
	question.versions =
		ask_rows(session, batch, STR("SELECT version, " ROW_DIGEST " FROM " TABLE));
	session_ask(batch);
	batch_add_literal(batch,
		"SELECT system_identifier::text || '/' || pg_catalog.current_database() "
		"FROM pg_catalog.pg_control_system()");
	question.system = batch->commands.count - 1;
	batch->commands.items[question.system].want_rows = true;
	batch->commands.items[question.system].sync = true;
	return question;
}

/* One batch of our own for rows of the tables here, which live in `arena`; NULL if it fails. */
static const Rows *fetch(Session *session, Arena *arena, Str sql, const Param *params, Err *err)
{
	Batch batch = {.arena = arena};
	session_assert_role(session, &batch);
	size_t index = ask_rows(session, &batch, sql);
	batch.commands.items[index].params = params;
	batch.commands.items[index].param_count = params ? 1 : 0;
	if (!batch_run(session->db, &batch, deadline_in(session->answer_limit_ms), true, err))
		return NULL;
	const Command *command = &batch.commands.items[index];
	if (command->state == COMMAND_FAILED) {
		take_failure(command, err);
		return NULL;
	}
	if (command->state != COMMAND_DONE) {
		err_add(err, ERR_CANCELLED, "cancelled while the history was read");
		return NULL;
	}
	return &command->rows;
}

static bool read_partials(Session *session, History *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Err failure = {.arena = err->arena};
	/* a push under way elsewhere is in no doubt; what it leaves is read under the lock */
	const Rows *rows = fetch(session, &scratch,
		STR("SELECT version, done, in_doubt AND NOT EXISTS (SELECT "
		    "FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted "
		    "AND pid <> pg_catalog.pg_backend_pid() AND objsubid = 1 "
		    "AND classid = '" HISTORY_KEY_HIGH "'::oid AND objid = '" HISTORY_KEY_LOW
		    "'::oid AND database = (SELECT oid FROM pg_catalog.pg_database "
		    "WHERE datname = pg_catalog.current_database())), chain FROM " PROGRESS
		    " ORDER BY version COLLATE \"C\""),
		NULL, &failure);
	if (!rows) {
		bool gone = failure.last &&
			    sqlstate_is(failure.last->sqlstate, SQLSTATE_UNDEFINED_TABLE);
		if (!gone)
			err_append(err, &failure);
		return gone; /* the table has been dropped meanwhile: all is done */
	}
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * rows->columns];
		*vec_add(session->arena, &out->partials) = (Partial){
			.version = str_copy(session->arena, cells[0]),
			.done = (size_t)strtoull(str_z(&scratch, cells[1]), NULL, 10),
			.in_doubt = is_true(cells[2]),
			.chain = str_copy(session->arena, cells[3]),
		};
	}
	return true;
}

/* Early releases of the CLI made the table without the statements' column. Whatever else has failed
 * says nothing of the table. */
static bool lacks_statements(const Command *versions)
{
	return sqlstate_is(versions->failure->sqlstate, SQLSTATE_UNDEFINED_COLUMN);
}

static bool read_versions_only(Session *session, History *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Rows *rows = fetch(session, &scratch, STR("SELECT version FROM " TABLE), NULL, err);
	if (rows)
		keep_versions(session->arena, rows, out);
	return rows != NULL;
}

bool history_take(
	Session *session, const Batch *batch, HistoryQuestion question, History *out, Err *err)
{
	const Command *commands = batch->commands.items;
	const Command *versions = &commands[question.versions];
	const Command *system = &commands[question.system];
	if (commands[question.probe].state == COMMAND_FAILED)
		return take_failure(&commands[question.probe], err);
	if (!check_probe(session, commands[question.probe].rows.cells, out, err))
		return false;
	if (system->state == COMMAND_DONE && system->rows.count)
		out->system = str_copy(session->arena, system->rows.cells[0]);
	keep_versions(session->arena, &versions->rows, out);
	if (out->table_exists && versions->state == COMMAND_FAILED &&
		!(lacks_statements(versions) ? read_versions_only(session, out, err)
					     : take_failure(versions, err)))
		return false;
	return !out->has_partials || read_partials(session, out, err);
}

bool history_read(Session *session, History *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	session_begin(session, &batch);
	HistoryQuestion question = history_ask(session, &batch);
	Deadline deadline = deadline_in(session->answer_limit_ms);
	if (!batch_run(session->db, &batch, deadline, true, err))
		return false;
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled while the history was read");
		return false;
	}
	return session_begun(session, &batch, err) &&
	       history_take(session, &batch, question, out, err);
}

/* `{"a","b"}`: an array of text. */
static Str text_array(Arena *arena, const History *history, const bool *wanted)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < history->versions.count; i++) {
		Str version = history->versions.items[i];
		if (!wanted[i])
			continue;
		buf_add(&buf, buf.len ? STR(",\"") : STR("{\""));
		for (size_t k = 0; k < version.len; k++) {
			if (version.ptr[k] == '"' || version.ptr[k] == '\\')
				buf_add_char(&buf, '\\');
			buf_add_char(&buf, version.ptr[k]);
		}
		buf_add_char(&buf, '"');
	}
	buf_add(&buf, buf.len ? STR("}") : STR("{}"));
	return buf_str(&buf);
}

static void take_record(Arena *arena, const Str *cells, Record *out)
{
	out->text = str_copy(arena, cells[1]);
	out->name = str_copy(arena, cells[2]);
}

bool history_load(Session *session, History *history, const bool *wanted, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Param param = {.value = text_array(&scratch, history, wanted)};
	const Rows *rows = fetch(session, &scratch,
		STR("SELECT version, pg_catalog.array_to_string(ARRAY("
		    "SELECT CASE WHEN s ~ '--[^\\n]*$' THEN s || chr(10) ELSE s END "
		    "FROM pg_catalog.unnest(statements) AS s), E';\n'), "
		    "pg_catalog.to_jsonb(t) ->> 'name' FROM " TABLE " AS t "
		    "WHERE version = ANY ($1::text[]) ORDER BY version COLLATE \"C\""),
		&param, err);
	if (!rows)
		return false;
	for (size_t i = 0, r = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * 3];
		while (r < history->versions.count &&
			str_compare(history->versions.items[r], cells[0]) < 0)
			r++;
		if (r < history->versions.count && str_equal(history->versions.items[r], cells[0]))
			take_record(session->arena, cells, &history->records[r]);
	}
	return true;
}

void history_lock(Batch *batch, const History *history)
{
	if (history->can_lock || !history->table_exists)
		batch_add_literal(batch, "LOCK TABLE " TABLE " IN SHARE ROW EXCLUSIVE MODE");
}

/* A version is digits only. */
void history_refuse_recorded(Batch *batch, const Script *script)
{
	Str version = script->migration->version;
	Str sql = str_format(batch->arena,
		"DO $$BEGIN IF EXISTS (SELECT FROM " TABLE
		" WHERE version OPERATOR(pg_catalog.=) '%.*s') THEN "
		"RAISE SQLSTATE '" SQLSTATE_TEXT_RECORDED "' USING MESSAGE = 'version %.*s has "
		"got into the history meanwhile'; END IF; END$$",
		STR_ARG(version), STR_ARG(version));
	batch_add(batch, str_from(str_z(batch->arena, sql)));
}

/* CREATE SCHEMA only where it is needed, since it wants a privilege on the database even if the
 * schema is there. */
void history_add_ddl(Batch *batch, const History *history)
{
	if (history->is_complete)
		return;
	if (!history->schema_exists)
		batch_add_literal(batch, "CREATE SCHEMA IF NOT EXISTS supabase_migrations");
	if (!history->table_exists)
		batch_add_literal(batch, "CREATE TABLE IF NOT EXISTS " TABLE
					 " (version pg_catalog.text NOT NULL PRIMARY KEY)");
	batch_add_literal(batch,
		"ALTER TABLE " TABLE " ADD COLUMN IF NOT EXISTS statements pg_catalog.text[]");
	batch_add_literal(
		batch, "ALTER TABLE " TABLE " ADD COLUMN IF NOT EXISTS name pg_catalog.text");
}

static void add_preparation(const Session *session, const History *history, Batch *batch)
{
	session_reset(session, batch);
	batch_add_literal(batch, "BEGIN");
	if (session->options.lock_timeout_ms == 0)
		batch_add_literal(batch, "SET LOCAL lock_timeout = '4s'");
	history_add_ddl(batch, history);
	batch_add_literal(batch, "COMMIT");
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
	Batch batch = {.arena = &scratch};
	add_preparation(session, history, &batch);
	if (!session_run(session, &batch, ERR_HISTORY, err)) {
		if (err->last->cause == CAUSE_PRIVILEGE)
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

void history_add(Batch *batch, const Script *script)
{
	const Migration *migration = script->migration;
	Param *params = arena_array(batch->arena, Param, 5);
	params[0].value = migration->version;
	params[1].value = migration->title;
	params[2] = (Param){.value = migration->text, .binary = true};
	params[3].value = int_array(batch->arena, script, false);
	params[4].value = int_array(batch->arena, script, true);
	Command *command = batch_add_literal(batch,
		"INSERT INTO " TABLE "(version, name, statements) SELECT $1::pg_catalog.text, "
		"$2::pg_catalog.text, coalesce(pg_catalog.array_agg(pg_catalog.convert_from("
		"pg_catalog.substr($3::pg_catalog.bytea, start, length), 'UTF8') "
		"ORDER BY ordinal), '{}') FROM ROWS FROM ("
		"pg_catalog.unnest($4::pg_catalog.int4[]), "
		"pg_catalog.unnest($5::pg_catalog.int4[])) "
		"WITH ORDINALITY AS piece(start, length, ordinal)");
	command->params = params;
	command->param_count = 5;
}

void history_set(Batch *batch, const Script *script)
{
	history_add(batch, script);
	Command *command = &batch->commands.items[batch->commands.count - 1];
	Str sql = str_format(batch->arena,
		"%.*s ON CONFLICT (version) DO UPDATE SET name = excluded.name, "
		"statements = excluded.statements",
		STR_ARG(command->sql));
	command->sql = str_from(str_z(batch->arena, sql));
}

void history_strike(Batch *batch, Str version)
{
	Param *params = arena_array(batch->arena, Param, 1);
	params[0].value = version;
	Command *command = batch_add_literal(batch,
		"DELETE FROM " TABLE " WHERE version OPERATOR(pg_catalog.=) $1::pg_catalog.text");
	command->params = params;
	command->param_count = 1;
}

/* There is no dividing by the number of rows. */
static Command *add_see(Batch *batch, const Script *script)
{
	Str version = script->migration->version;
	Str sql = str_format(batch->arena,
		"SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM " TABLE
		" WHERE version OPERATOR(pg_catalog.=) '%.*s'",
		STR_ARG(version));
	return batch_add(batch, str_from(str_z(batch->arena, sql)));
}

void history_see(Batch *batch, const Script *script)
{
	add_see(batch, script)->purpose = PURPOSE_SEEN;
}

void history_see_before(Batch *batch, const Script *script)
{
	add_see(batch, script)->purpose = PURPOSE_SEEN_BEFORE;
}

void history_record(const Session *session, Batch *batch, const Script *script)
{
	session_reset_role(session, batch);
	batch_add_literal(batch, "RESET client_encoding");
	history_add(batch, script);
	history_see(batch, script);
}
