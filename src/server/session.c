#include "server/session.h"

#include "base/interrupt.h"
#include "wrap/db_refusal.h"

static void on_notice(void *context, const ServerMessage *message)
{
	Session *session = context;
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, 1 << 20);
	if (session->speaker.len)
		log_line(session->log, "%.*s: the server says", STR_ARG(session->speaker));
	session->speaker = (Str){0};
	buf_format(&buf, "%.*s (%.*s): %.*s", STR_ARG(message->severity),
		STR_ARG(message->sqlstate), STR_ARG(message->message));
	if (message->detail.len)
		buf_format(&buf, "\nDETAIL: %.*s", STR_ARG(message->detail));
	if (message->hint.len)
		buf_format(&buf, "\nHINT: %.*s", STR_ARG(message->hint));
	log_foreign(session->log, buf_str(&buf));
}

/* A wrong password is never tried twice: that is what gets a runner banned. */
static bool log_in(Session *session, Err *err)
{
	SessionOptions *options = &session->options;
	Err refused = {.arena = err->arena};
	if (db_open(&options->db, &session->db, &refused))
		return true;
	if (!db_is_login_refused(&refused) || !options->renew ||
		!options->renew(options->renew_context, &options->db, err)) {
		err_append(err, &refused);
		return false;
	}
	return db_open(&options->db, &session->db, err);
}

/* As an SQL constant. */
static Str literal(Arena *arena, Str value)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	buf_add_char(&buf, '\'');
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '\'')
			buf_add_char(&buf, '\'');
		buf_add_char(&buf, value.ptr[i]);
	}
	buf_add_char(&buf, '\'');
	return buf_str(&buf);
}

/* Those that are given a value of our own, or that end nothing of ours. */
#define NOT_LIFTED                                                                                 \
	"'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', "             \
	"'wal_sender_timeout'"
/* Those of pg_settings s that are set for this login and end a session or a transaction after some
 * time; 0 means never. Told by name and shape: a later version has more of them. */
#define IS_LIFTED                                                                                  \
	"pg_catalog.right(s.name, 8) = '_timeout' AND s.context = 'user' "                         \
	"AND s.vartype = 'integer' AND s.min_val = '0' AND s.reset_val <> '0' "                    \
	"AND s.name NOT IN (" NOT_LIFTED ")"

/* Our limits, in one short command, for it is sent once a file. Should this program be gone without
 * a word, the server notices: between two statements by idle_in_transaction_session_timeout, in the
 * middle of one by client_connection_check_interval (PostgreSQL 14 and later), and where nothing
 * comes through any more by the keepalives. The application's name is a pooler's to give, and RESET
 * ALL takes it. `lifted`: settings of the login that would end what takes its time, with commas. */
static Str settings_of(Arena *arena, const SessionOptions *options, Str lifted)
{
	ARENA_SCRATCH(scratch);
	Str name = options->db.application_name, setting;
	Buf more = buf_new(&scratch, SIZE_MAX);
	name = literal(&scratch, name.len ? name : STR("supabase-promote"));
	while (str_next(&lifted, ',', &setting))
		buf_format(&more, ",(%.*s,'0')", STR_ARG(literal(&scratch, setting)));
	Str sql = str_format(&scratch,
		"SELECT pg_catalog.count(pg_catalog.set_config(n,v,false))FROM(VALUES"
		"('statement_timeout','%lld'),('lock_timeout','%lld'),('application_name',%.*s),"
		"('idle_in_transaction_session_timeout','60s'),('transaction_timeout','0'),"
		"('idle_session_timeout','0'),('tcp_keepalives_idle','30'),"
		"('tcp_keepalives_interval','10'),('tcp_keepalives_count','6'),"
		"('client_connection_check_interval','5s')%.*s)AS s(n,v)"
		"WHERE pg_catalog.current_setting(n,true)IS NOT NULL",
		(long long)options->statement_timeout_ms, (long long)options->lock_timeout_ms,
		STR_ARG(name), STR_ARG(buf_str(&more)));
	return str_from(str_z(arena, sql));
}

bool session_open(
	Arena *arena, const Log *log, const SessionOptions *options, Session *out, Err *err)
{
	*out = (Session){.arena = arena, .log = log, .options = *options};
	out->options.db.notice = on_notice;
	out->options.db.notice_context = out;
	out->answer_limit_ms = options->db.connect_timeout_ms;
	out->settings = settings_of(arena, options, (Str){0});
	return log_in(out, err);
}

void session_close(Session *session)
{
	db_close(&session->db);
}

static void add_limit(Batch *batch, Str name, int64_t ms)
{
	Param *params = arena_array(batch->arena, Param, 2);
	params[0].value = name;
	params[1].value = str_format(batch->arena, "%lld", (long long)ms);
	Command *command = batch_add_literal(batch, "SELECT pg_catalog.set_config($1, $2, true)");
	command->params = params;
	command->param_count = 2;
}

void session_limit(const Session *session, Batch *batch)
{
	add_limit(batch, STR("statement_timeout"), session->options.statement_timeout_ms);
	add_limit(batch, STR("lock_timeout"), session->options.lock_timeout_ms);
}

void session_ask(Batch *batch)
{
	batch_add_literal(batch,
		"SELECT pg_catalog.count(pg_catalog.set_config(n, v, true)) FROM (VALUES "
		"('search_path', 'pg_catalog, pg_temp'), ('transaction_read_only', 'on'), "
		"('statement_timeout', '0'), ('transaction_timeout', '0')) AS s(n, v) "
		"WHERE pg_catalog.current_setting(n, true) IS NOT NULL");
}

/* The second setting is of 2024's minor releases. */
void session_ask_rows(const Session *session, Batch *batch)
{
	session_ask(batch);
	session_limit(session, batch);
	batch_add_literal(batch,
		"SELECT pg_catalog.set_config(n, v, true) FROM (VALUES ('row_security', 'off'), "
		"('restrict_nonsystem_relation_kind', 'view, foreign-table')) AS s(n, v) "
		"WHERE pg_catalog.current_setting(n, true) IS NOT NULL");
}

void session_assert_role(const Session *session, Batch *batch)
{
	Str role = session->options.role;
	if (!role.len)
		return;
	Str sql = str_format(
		batch->arena, "SET SESSION ROLE %.*s", STR_ARG(str_sql_name(batch->arena, role)));
	batch_add(batch, str_from(str_z(batch->arena, sql)));
}

enum {
	COMMAND_FACTS = 1, /* after session_ask's */
	COMMAND_NO_ROLE,
	COMMAND_IDENTITY,
	COMMAND_ROLE, /* or what comes instead of it */
};

/* Before the role is taken on, and as the login itself, which may act as another role (ALTER ROLE …
 * SET role): the server tells a role about its own sessions only. */
static void add_identity(Batch *batch)
{
	session_ask(batch);
	batch_add_literal(batch,
		"SELECT current_user, pg_catalog.pg_is_in_recovery(), pg_catalog.max(s.source) "
		"FILTER (WHERE s.name = 'default_transaction_read_only' AND s.setting = 'on'), "
		"pg_catalog.string_agg(s.name, ',') FILTER (WHERE " IS_LIFTED ") "
		"FROM pg_catalog.pg_settings s")
		->want_rows = true;
	batch_add_literal(batch, "SELECT pg_catalog.set_config('role', 'none', true)");
	Command *command = batch_add_literal(batch,
		"SELECT pid, backend_start FROM pg_catalog.pg_stat_activity "
		"WHERE pid = pg_catalog.pg_backend_pid()");
	command->want_rows = true;
	command->sync = true;
}

static SessionWrites writes_of(const Str *facts)
{
	static const struct {
		Str source;
		SessionWrites writes;
	} table[] = {
		{STR_INIT(""), WRITES_ALLOWED},
		{STR_INIT("session"), WRITES_ALLOWED}, /* it was us, or a file */
		{STR_INIT("user"), WRITES_OFF_FOR_ROLE},
		{STR_INIT("database user"), WRITES_OFF_FOR_ROLE},
	};
	if (str_equal(facts[0], STR("t")))
		return WRITES_NOT_ON_STANDBY;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(facts[1], table[i].source))
			return table[i].writes;
	return WRITES_OFF;
}

static void take_identity(Session *session, const Batch *batch)
{
	Arena *arena = session->arena;
	const Rows *facts = &batch->commands.items[COMMAND_FACTS].rows;
	const Rows *identity = &batch->commands.items[COMMAND_IDENTITY].rows;
	if (facts->count != 1 || identity->count != 1)
		return;
	const SessionOptions *options = &session->options;
	session->role = options->role.len ? options->role : str_copy(arena, facts->cells[0]);
	session->writes = writes_of(&facts->cells[1]);
	session->settings = settings_of(arena, options, facts->cells[3]);
	session->backend_pid = str_copy(arena, identity->cells[0]);
	session->backend_start = str_copy(arena, identity->cells[1]);
}

/* For all that the session does, not for what it asks alone; but not where a pooler may give the
 * connection to somebody else, who would have to live with it: its process is not the announced
 * one. */
static void add_own(const Session *session, Batch *batch, Str sql)
{
	Param *announced = arena_new(batch->arena, Param);
	announced->value = str_format(batch->arena, "%d", db_announced_pid(session->db));
	Command *command = batch_add(batch, sql);
	command->params = announced;
	command->param_count = 1;
	command->sync = true;
}

void session_begin(const Session *session, Batch *batch)
{
	add_identity(batch);
	session_assert_role(session, batch);
	batch->commands.items[batch->commands.count - 1].sync = true;
	session_ask(batch);
	add_own(session, batch,
		STR("SELECT pg_catalog.count(pg_catalog.set_config(s.name, '0', false)) "
		    "FROM pg_catalog.pg_settings s WHERE " IS_LIFTED
		    " AND pg_catalog.pg_backend_pid() = $1::int4"));
	if (session->options.read_only)
		add_own(session, batch,
			STR("SELECT pg_catalog.set_config('default_transaction_read_only', 'on', "
			    "false) WHERE pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) "
			    "$1::pg_catalog.int4"));
}

bool session_begun(Session *session, const Batch *batch, Err *err)
{
	const Command *taken = &batch->commands.items[COMMAND_ROLE];
	Str role = session->options.role;
	for (size_t i = 0; i <= COMMAND_IDENTITY; i++)
		if (batch->commands.items[i].state == COMMAND_FAILED) {
			db_add_fault(err, ERR_CONNECT, batch->commands.items[i].failure);
			return false;
		}
	take_identity(session, batch);
	if (!role.len || taken->state != COMMAND_FAILED)
		return true;
	Fault *fault = db_add_fault(err, ERR_CONNECT, taken->failure);
	fault->message = str_format(err->arena, "the login cannot become %.*s: %.*s", STR_ARG(role),
		STR_ARG(fault->message));
	fault->hint =
		str_format(err->arena, "give db-password: then %.*s itself logs in", STR_ARG(role));
	return false;
}

void session_reset_role(const Session *session, Batch *batch)
{
	batch_add_literal(batch, "RESET SESSION AUTHORIZATION");
	batch_add_literal(batch, "RESET ROLE");
	session_assert_role(session, batch);
}

void session_reset(const Session *session, Batch *batch)
{
	session_reset_role(session, batch);
	batch_add_literal(batch, "RESET ALL");
	batch_add(batch, session->settings);
}

void session_own_role(const Session *session, Batch *batch)
{
	Param *role = arena_new(batch->arena, Param);
	role->value = session->options.role.len ? session->options.role : STR("none");
	Command *command =
		batch_add_literal(batch, "SELECT pg_catalog.set_config('role', $1, true)");
	command->params = role;
	command->param_count = 1;
}

void session_keep_role(Batch *batch)
{
	batch_add_literal(batch, "SELECT pg_catalog.set_config('promote.role', "
				 "pg_catalog.current_setting('role'), true)");
}

void session_return_role(Batch *batch)
{
	batch_add_literal(batch, "SELECT pg_catalog.set_config('role', "
				 "pg_catalog.current_setting('promote.role'), true)");
}

void session_suspend_limits(Batch *batch)
{
	Command *command = batch_add_literal(batch,
		"SELECT pg_catalog.set_config('promote.statement_timeout', "
		"pg_catalog.current_setting('statement_timeout'), false), "
		"pg_catalog.set_config('promote.lock_timeout', "
		"pg_catalog.current_setting('lock_timeout'), false), "
		"pg_catalog.set_config('statement_timeout', '0', false), "
		"pg_catalog.set_config('lock_timeout', '0', false)");
	command->sync = true;
}

void session_resume_limits(Batch *batch)
{
	batch->commands.items[batch->commands.count - 1].sync = true;
	Command *command = batch_add_literal(batch,
		"SELECT pg_catalog.set_config('statement_timeout', "
		"pg_catalog.current_setting('promote.statement_timeout'), false), "
		"pg_catalog.set_config('lock_timeout', "
		"pg_catalog.current_setting('promote.lock_timeout'), false)");
	command->sync = true;
}

bool session_run(Session *session, Batch *batch, ErrKind kind, Err *err)
{
	if (!batch_run(session->db, batch, deadline_in(session->answer_limit_ms), true, err))
		return false;
	const Command *failed = batch_failed(batch);
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled");
		return false;
	}
	if (!failed)
		return true;
	db_add_fault(err, kind, failed->failure);
	return false;
}

static bool identify(Session *session, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	add_identity(&batch);
	if (!session_run(session, &batch, ERR_CONNECT, err))
		return false;
	take_identity(session, &batch);
	return true;
}

static bool reconnect(Session *session, Err *err)
{
	enum {
		TRIES = 10,
		PAUSE_MS = 1000
	};
	db_close(&session->db);
	session->has_lock = false;
	for (int i = 1;; i++) {
		Err attempt = {.arena = err->arena};
		if (log_in(session, &attempt))
			return identify(session, err);
		bool again =
			err_kind(&attempt) == ERR_CONNECT && !db_is_kept_out(&attempt) && i < TRIES;
		if (!again ||
			interrupt_wait(-1, 0, deadline_in(PAUSE_MS), true) == WAIT_INTERRUPTED) {
			err_append(err, &attempt);
			return false;
		}
	}
}

/* One question about the lost backend: a pooler may have kept it, idle, which is the same as gone.
 */
static bool ask_boolean(Session *session, Str question, const Param *params, bool *yes, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	session_ask(&batch);
	batch_add_literal(&batch, "SELECT pg_catalog.set_config('role', 'none', true)");
	size_t index = batch.commands.count;
	Command *command = batch_add(&batch, question);
	command->params = params;
	command->param_count = 2;
	command->want_rows = true;
	if (!session_run(session, &batch, ERR_OUTCOME, err))
		return false;
	*yes = batch.commands.items[index].rows.count > 0;
	return true;
}

/* What of it may not be seen does not make it another one, or one that has ended: locks are seen by
 * everybody, and whatever runs has one on its own transaction. */
#define IS_RUNNING                                                                                 \
	"FROM pg_catalog.pg_stat_activity a WHERE pid = $1::int4 "                                 \
	"AND (backend_start = $2::timestamptz) IS NOT FALSE "                                      \
	"AND CASE WHEN state <> 'disabled' THEN state <> 'idle' ELSE EXISTS (SELECT FROM "         \
	"pg_catalog.pg_locks l WHERE l.pid = a.pid AND l.locktype = 'virtualxid') END"

static bool settle(Session *session, Str pid, Str start, Err *err)
{
	enum {
		POLLS = 25,
		PAUSE_MS = 200
	};
	static const Str alive = STR_INIT("SELECT pid " IS_RUNNING);
	static const Str end = STR_INIT("SELECT pg_catalog.pg_terminate_backend(pid) " IS_RUNNING);
	const Param params[] = {{.value = pid}, {.value = start.len ? start : (Str){0}}};
	bool running = true, ignored;

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < POLLS; i++) {
			if (!ask_boolean(session, alive, params, &running, err))
				return false;
			if (!running)
				return true;
			if (interrupt_wait(-1, 0, deadline_in(PAUSE_MS), true) == WAIT_INTERRUPTED)
				break;
		}
		if (!ask_boolean(session, end, params, &ignored, err))
			return false;
	}
	err_add(err, ERR_OUTCOME, "the lost session (process %.*s of the server) is still running",
		STR_ARG(pid));
	return false;
}

bool session_recover(Session *session, Err *err)
{
	Str pid = session->backend_pid, start = session->backend_start;
	log_line(session->log, "connecting again, to see what has become of it");
	return reconnect(session, err) && settle(session, pid, start, err);
}
