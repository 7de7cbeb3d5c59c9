#include "migrate/push.h"

#include "base/interrupt.h"
#include "migrate/failure.h"

enum {
	ROLLBACK_LIMIT_MS = 1000
};

void push_prepare(Arena *arena, Script *scripts, size_t count, Push *out)
{
	*out = (Push){.rows = arena_array(arena, PushRow, count + 1), .count = count};
	for (size_t i = 0; i < count; i++)
		out->rows[i].script = &scripts[i];
}

/* One that drops the role which the session has taken on is followed by taking it on again. */
static void add_statement(const Session *session, Flight *flight, const Statement *statement)
{
	Command *command = flight_add(flight, statement->text);
	command->subject = statement;
	if (!statement->drops_role || !session->options.role.len)
		return;
	command->sync = statement->class == SQL_ALONE;
	session_assert_role(session, flight);
}

/* Statements [from, to). The author's own BEGIN … COMMIT around them is ours already. */
static void add_statements(
	const Session *session, Flight *flight, const Script *script, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!script->has_begin || (i != script->own_begin && i != script->own_commit))
			add_statement(session, flight, &script->statements[i]);
}

/* The author's BEGIN may carry an isolation level. */
static void add_begin(const Session *session, Flight *flight, const Script *script)
{
	if (script->has_begin &&
		script->statements[script->own_begin].class == SQL_BEGIN_WITH_OPTIONS)
		add_statement(session, flight, &script->statements[script->own_begin]);
	else
		flight_add_literal(flight, "BEGIN");
}

/* In the file's own transaction: by the session's role, and in its encoding, whatever the file has
 * left; its other settings may matter for what is checked at COMMIT. */
static void add_record(const Session *session, Flight *flight, const Script *script)
{
	session_reset_role(session, flight);
	flight_add_literal(flight, "RESET client_encoding");
	history_add(flight, script);
}

/* Whatever is open is undone; the server does the same when the connection ends. */
static void roll_back(Session *session)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	flight_add_literal(&flight, "ROLLBACK");
	if (!flight_run(session->db, &flight, deadline_in(ROLLBACK_LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

static int64_t flight_us(const Flight *flight)
{
	int64_t us = 0;
	for (size_t i = 0; i < flight->commands.count; i++)
		us += flight->commands.items[i].us;
	return us;
}

/* A COMMIT of a transaction that had failed is answered with ROLLBACK. */
static bool is_committed(const Flight *flight)
{
	const Command *last = &flight->commands.items[flight->commands.count - 1];
	return last->state == COMMAND_DONE && !str_equal(last->tag, STR("ROLLBACK"));
}

typedef enum Outcome {
	OUTCOME_DONE,
	OUTCOME_FAILED, /* the server refused a command; rolled back */
	OUTCOME_CANCELLED, /* rolled back */
	OUTCOME_LOST, /* who knows; the reason is in err */
} Outcome;

/* Runs a flight that ends a transaction, and leaves the session outside of any. */
static Outcome fly(Session *session, PushRow *row, Flight *flight, bool heed, Err *lost)
{
	bool answered = flight_run(session->db, flight, DEADLINE_NONE, heed, lost);
	row->us += flight_us(flight);
	if (is_committed(flight))
		return OUTCOME_DONE;
	if (!answered)
		return OUTCOME_LOST;
	if (db_in_transaction(session->db))
		roll_back(session);
	return interrupt_pending() ? OUTCOME_CANCELLED : OUTCOME_FAILED;
}

static bool report_failure(
	const Session *session, const PushRow *row, const Flight *flight, Err *err)
{
	const Command *failed = flight_failed(flight);
	if (failed)
		failure_add(row->script, failed->subject, failed->failure, session->role, err);
	else
		err_add(err, ERR_BUG, "%.*s was not committed, and no command has failed",
			STR_ARG(row->script->migration->file));
	return false;
}

static bool report_cancelled(const PushRow *row, Err *err)
{
	Fault *fault = err_add(err, ERR_CANCELLED, "cancelled while %.*s was running",
		STR_ARG(row->script->migration->file));
	fault->file = row->script->migration->path;
	fault->hint = STR("run the job again: it goes on where this one has stopped");
	return false;
}

static void mark_undone(PushRow *row)
{
	row->state = row->kept ? PUSH_PARTLY : PUSH_FAILED;
}

static bool cancel_file(Session *session, PushRow *row, const Statement *alone, Err *err)
{
	if (session->db && db_in_transaction(session->db))
		roll_back(session);
	mark_undone(row);
	report_cancelled(row, err);
	failure_tell_remains(alone, err);
	return false;
}

/* The connection broke while `row` was running. Only the history can tell what has become of it,
 * and only after the old backend has ended. */
static bool resolve(Session *session, PushRow *row, Err *lost, Err *err)
{
	const Migration *migration = row->script->migration;
	Str pid = session->backend_pid, start = session->backend_start;
	Err reasons = {.arena = err->arena};
	bool recorded = false;

	log_line(session->log, "%.*s: outcome unknown: %.*s", STR_ARG(migration->file),
		STR_ARG(lost->first->message));
	row->state = PUSH_UNKNOWN;
	if (interrupt_pending())
		return report_cancelled(row, err);
	log_line(session->log, "connecting again, to read the outcome from the history");
	if (!session_reconnect(session, &reasons) ||
		!session_settle(session, pid, start, &reasons) ||
		!history_has(session, migration->version, &recorded, &reasons)) {
		failure_add_unknown(row->script, lost->first->message, err);
		err_append(err, &reasons);
		return false;
	}
	row->resumed = true;
	if (recorded) {
		log_line(session->log, "%.*s is in the history: it was applied",
			STR_ARG(migration->file));
		return true;
	}
	if (row->script->mode == SCRIPT_ATOMIC)
		row->state = PUSH_FAILED;
	failure_add_lost(row->script, lost->first->message, row->kept, err);
	return false;
}

/* Can this refusal depend on what only the server knows? A partitioned table makes REINDEX and the
 * like impossible in a transaction block; a procedure may commit. For all others a second try would
 * be refused again, and leave the statements before it committed. */
static bool may_run_alone(const Statement *statement, Str sqlstate)
{
	static const struct {
		Str sqlstate, word;
	} table[] = {
		{STR_INIT("25001"), STR_INIT("reindex")},
		{STR_INIT("25001"), STR_INIT("cluster")},
		{STR_INIT("25001"), STR_INIT("vacuum")},
		{STR_INIT("25001"), STR_INIT("alter")},
		{STR_INIT("25001"), STR_INIT("create")},
		{STR_INIT("25001"), STR_INIT("drop")},
		{STR_INIT("2D000"), STR_INIT("call")},
	};
	ARENA_SCRATCH(scratch);
	Str text = statement->text, word = sql_word(&scratch, &text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (statement->class != SQL_ALONE && str_equal(sqlstate, table[i].sqlstate) &&
			str_equal(word, table[i].word))
			return true;
	return false;
}

/* A statement that turns out to be refused in a transaction block gets its own turn: the part that
 * it was in has been rolled back. */
static bool learns(Session *session, PushRow *row, const Flight *flight)
{
	ARENA_SCRATCH(scratch);
	const Command *failed = flight_failed(flight);
	if (!session->db || !failed || !failed->subject || row->script->has_begin)
		return false;
	Statement *statement = (Statement *)(uintptr_t)failed->subject;
	if (!may_run_alone(statement, failed->failure->sqlstate))
		return false;
	statement->class = SQL_ALONE;
	statement->what = STR("refused in a transaction block");
	row->script->mode = SCRIPT_SEGMENTS;
	row->script->culprit = (size_t)(statement - row->script->statements);
	log_line(session->log, "%.*s: not atomic: %.*s (%.*s); run again with it on its own",
		STR_ARG(row->script->migration->file),
		STR_ARG(script_reason(&scratch, row->script)), STR_ARG(failed->failure->message));
	return true;
}

static size_t end_of_segment(const Script *script, size_t from)
{
	size_t to = from;
	while (to < script->count && script->statements[to].class != SQL_ALONE)
		to++;
	return to;
}

/* One part of a file: the statements from `from` up to the next that runs alone, or that one. `to`
 * is where the next part begins. The last part records the file. */
static void add_part(
	const Session *session, Flight *flight, const Script *script, size_t from, size_t *to)
{
	*to = end_of_segment(script, from);
	bool last = *to == script->count;
	if (from == 0) {
		session_reset(session, flight);
		/* a statement that runs alone must be the first after a sync */
		flight->commands.items[flight->commands.count - 1].sync = true;
	}
	if (*to == from && !last) {
		add_statement(session, flight, &script->statements[(*to)++]);
		return;
	}
	add_begin(session, flight, script);
	add_statements(session, flight, script, from, *to);
	if (last)
		add_record(session, flight, script);
	flight_add_literal(flight, "COMMIT");
}

/* The history row of a file that is not atomic: its work is in, so this is not given up lightly. */
static bool run_record(Session *session, PushRow *row, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	session_reset(session, &flight);
	flight.commands.items[flight.commands.count - 1].sync = true;
	history_add(&flight, row->script);
	switch (fly(session, row, &flight, false, &lost)) {
	case OUTCOME_DONE:
		return true;
	case OUTCOME_LOST:
		return resolve(session, row, &lost, err);
	case OUTCOME_CANCELLED:
	case OUTCOME_FAILED:
		break;
	}
	mark_undone(row);
	return report_failure(session, row, &flight, err);
}

/* One part: *recorded tells whether the file's row was in it. */
static bool run_part(Session *session, PushRow *row, bool *recorded, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	const Script *script = row->script;
	size_t from = row->kept, to;
	bool alone = from < script->count && script->statements[from].class == SQL_ALONE;

	add_part(session, &flight, script, from, &to);
	switch (fly(session, row, &flight, true, &lost)) {
	case OUTCOME_DONE:
		row->kept = to;
		*recorded = !alone && to == script->count;
		return true;
	case OUTCOME_LOST:
		*recorded = true;
		return resolve(session, row, &lost, err);
	case OUTCOME_CANCELLED:
		return cancel_file(session, row, alone ? &script->statements[from] : NULL, err);
	case OUTCOME_FAILED:
		break;
	}
	if (learns(session, row, &flight))
		return true;
	mark_undone(row);
	return report_failure(session, row, &flight, err);
}

static bool run_in_parts(Session *session, PushRow *row, Err *err)
{
	for (bool recorded = false; !recorded;) {
		if (row->kept && row->kept == row->script->count)
			return run_record(session, row, err);
		if (interrupt_pending())
			return cancel_file(session, row, NULL, err);
		if (!run_part(session, row, &recorded, err))
			return false;
	}
	return true;
}

/* A flight of its own; a transaction that the author has opened stays open. */
static bool run_one(Session *session, PushRow *row, const Statement *statement, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	if (statement)
		add_statement(session, &flight, statement);
	else
		session_reset(session, &flight);
	bool answered = flight_run(session->db, &flight, DEADLINE_NONE, true, &lost);
	row->us += flight_us(&flight);
	if (!answered)
		return resolve(session, row, &lost, err);
	if (flight.commands.items[flight.commands.count - 1].state == COMMAND_DONE)
		return true;
	if (interrupt_pending())
		return cancel_file(session, row, statement, err);
	if (db_in_transaction(session->db))
		roll_back(session);
	mark_undone(row);
	return report_failure(session, row, &flight, err);
}

static bool end_as_written(Session *session, PushRow *row, Err *err)
{
	if (!db_in_transaction(session->db))
		return true;
	roll_back(session);
	mark_undone(row);
	failure_add_open(row->script, err);
	return false;
}

/* The author controls the transactions: statement by statement, as psql would. */
static bool run_as_written(Session *session, PushRow *row, Err *err)
{
	if (!run_one(session, row, NULL, err))
		return false;
	for (size_t i = 0; i < row->script->count; i++) {
		if (interrupt_pending())
			return cancel_file(session, row, NULL, err);
		if (!run_one(session, row, &row->script->statements[i], err))
			return false;
		if (row->resumed) /* the connection was lost, and the history has the file */
			return true;
		if (!db_in_transaction(session->db))
			row->kept = i + 1;
	}
	return end_as_written(session, row, err) && run_record(session, row, err);
}

static bool run_file(Session *session, PushRow *row, Err *err)
{
	if (row->script->mode == SCRIPT_AS_WRITTEN || row->script->mode == SCRIPT_AUTOCOMMIT)
		return run_as_written(session, row, err);
	return run_in_parts(session, row, err);
}

static void mark_applied(const Session *session, Push *push, PushRow *row)
{
	row->state = PUSH_APPLIED;
	row->kept = row->script->count;
	push->applied++;
	log_line(session->log, "applied %.*s: %zu statement%s, %.1f ms",
		STR_ARG(row->script->migration->file), row->script->count,
		row->script->count == 1 ? "" : "s", (double)row->us / 1000);
}

static bool stop_before(const PushRow *row, Err *err)
{
	if (!interrupt_pending())
		return false;
	err_add(err, ERR_CANCELLED, "cancelled before %.*s", STR_ARG(row->script->migration->file))
		->hint = STR("run the job again: it goes on where this one has stopped");
	return true;
}

bool push_files(Session *session, Push *push, Err *err)
{
	for (size_t i = 0; i < push->count; i++) {
		PushRow *row = &push->rows[i];
		if (stop_before(row, err))
			return false;
		if (!run_file(session, row, err)) {
			if (row->state == PUSH_PARTLY)
				failure_tell_kept(row->script, row->kept, err);
			return false;
		}
		mark_applied(session, push, row);
	}
	return true;
}

bool push_check_all(const Push *push, Err *err)
{
	size_t before = err->count;
	for (size_t i = 0; i < push->count; i++) {
		const Script *script = push->rows[i].script;
		bool options = script->has_begin && script->statements[script->own_begin].class ==
							    SQL_BEGIN_WITH_OPTIONS;
		if (script->mode == SCRIPT_ATOMIC && !options)
			continue;
		ARENA_SCRATCH(scratch);
		Str reason = options ? STR("its BEGIN has options of its own")
				     : script_reason(&scratch, script);
		Fault *fault = err_add(err, ERR_BLOCKED,
			"%.*s cannot be part of one transaction for all: %.*s",
			STR_ARG(script->migration->file), STR_ARG(reason));
		fault->file = script->migration->path;
		fault->hint = STR("use transaction: file, or push this migration by itself");
	}
	return err->count == before;
}

/* The row that a command of the flight for all belongs to: the flight's marks tell where each
 * begins. */
static PushRow *row_of(
	Push *push, const Flight *flight, const size_t *first, const Command *command)
{
	size_t index = (size_t)(command - flight->commands.items), row = 0;
	while (row + 1 < push->count && first[row + 1] <= index)
		row++;
	return &push->rows[row];
}

static void share_time(Push *push, const Flight *flight, const size_t *first)
{
	for (size_t i = 0; i < flight->commands.count; i++)
		row_of(push, flight, first, &flight->commands.items[i])->us +=
			flight->commands.items[i].us;
}

/* Nothing of any file stays. */
static bool fail_all(
	Session *session, Push *push, PushRow *row, const Flight *flight, Outcome outcome, Err *err)
{
	mark_undone(row);
	if (outcome == OUTCOME_CANCELLED)
		return report_cancelled(row, err);
	report_failure(session, row, flight, err);
	const Command *last = &flight->commands.items[flight->commands.count - 1];
	if (last->state == COMMAND_FAILED) /* what is checked at COMMIT may be any file's */
		err->last->file = (Str){0};
	if (push->count > 1 && !err->last->hint.len)
		err->last->hint = STR("transaction: all has rolled back every file of this push");
	return false;
}

bool push_all(Session *session, Push *push, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	PushRow whole = {0}, *row = &push->rows[push->count - 1];
	size_t *first = arena_array(&scratch, size_t, push->count);

	if (stop_before(&push->rows[0], err))
		return false;
	flight_add_literal(&flight, "BEGIN");
	for (size_t i = 0; i < push->count; i++) {
		const Script *script = push->rows[i].script;
		first[i] = flight.commands.count;
		session_reset(session, &flight);
		add_statements(session, &flight, script, 0, script->count);
		add_record(session, &flight, script);
	}
	flight_add_literal(&flight, "COMMIT");
	Outcome outcome = fly(session, &whole, &flight, true, &lost);
	share_time(push, &flight, first);
	if (outcome == OUTCOME_LOST && !resolve(session, row, &lost, err)) {
		for (size_t i = 0; i < push->count; i++)
			push->rows[i].state = row->state;
		return false;
	}
	const Command *failed = flight_failed(&flight);
	if (outcome == OUTCOME_FAILED || outcome == OUTCOME_CANCELLED) {
		if (failed)
			row = row_of(push, &flight, first, failed);
		return fail_all(session, push, row, &flight, outcome, err);
	}
	for (size_t i = 0; i < push->count; i++)
		mark_applied(session, push, &push->rows[i]);
	return true;
}
