#include "migrate/attempt.h"

#include "base/interrupt.h"
#include "migrate/again.h"
#include "migrate/failure.h"
#include "migrate/lock.h"
#include "migrate/lookout.h"
#include "migrate/progress.h"

enum {
	ROLLBACK_LIMIT_MS = 1000,
};

/* One that drops the role which the session has taken on is followed by taking it on again. */
void attempt_add_statement(const Session *session, Flight *flight, const Statement *statement)
{
	Command *command = flight_add(flight, statement->text);
	command->subject = statement;
	if (!statement->drops_role || !session->options.role.len)
		return;
	command->sync = statement->class == SQL_ALONE;
	session_assert_role(session, flight);
}

void attempt_add_statements(
	const Session *session, Flight *flight, const Script *script, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!script->has_begin || (i != script->own_begin && i != script->own_commit))
			attempt_add_statement(session, flight, &script->statements[i]);
}

/* SET TRANSACTION must come before everything that looks at a row. */
static bool sets_transaction(const Script *script, size_t index)
{
	ARENA_SCRATCH(scratch);
	Str rest = index < script->count ? script->statements[index].text : (Str){0};
	return str_equal(sql_word(&scratch, &rest), STR("set")) &&
	       str_equal(sql_word(&scratch, &rest), STR("transaction"));
}

/* As the session's own role: the file may have taken on another in its first parts. */
static void add_lock(const Session *session, Flight *flight, const PushRow *row)
{
	bool foreign = row->is_begun && row->kept && !sets_transaction(row->script, row->kept);
	if (foreign) {
		session_keep_role(flight);
		session_own_role(session, flight);
	}
	history_lock(flight, row->history);
	if (foreign)
		session_return_role(flight);
}

void attempt_add_begin(const Session *session, Flight *flight, const PushRow *row)
{
	const Script *script = row->script;
	if (script->has_begin &&
		script->statements[script->own_begin].class == SQL_BEGIN_WITH_OPTIONS)
		attempt_add_statement(session, flight, &script->statements[script->own_begin]);
	else
		flight_add_literal(flight, "BEGIN");
	add_lock(session, flight, row);
}

/* In the file's own transaction: by the session's role, and in its encoding, whatever the file has
 * left; its other settings may matter for what is checked at COMMIT. */
void attempt_add_record(const Session *session, Flight *flight, const Script *script)
{
	session_reset_role(session, flight);
	flight_add_literal(flight, "RESET client_encoding");
	history_add(flight, script);
}

bool attempt_is_gentle(const Statement *statement)
{
	return statement->class == SQL_ALONE && statement->is_concurrent;
}

/* Whatever is open is undone; the server does the same when the connection ends. */
void attempt_roll_back(Session *session)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	flight_add_literal(&flight, "ROLLBACK");
	if (!lock_run(session, &flight, deadline_in(ROLLBACK_LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

int64_t attempt_us(const Flight *flight)
{
	int64_t us = 0;
	for (size_t i = 0; i < flight->commands.count; i++)
		us += flight->commands.items[i].us;
	return us;
}

/* A COMMIT of a transaction that had failed is answered with ROLLBACK; and nothing before it may
 * have failed. */
static bool is_committed(const Flight *flight)
{
	const Command *last = &flight->commands.items[flight->commands.count - 1];
	return last->state == COMMAND_DONE && !str_equal(last->tag, STR("ROLLBACK")) &&
	       !flight_failed(flight);
}

static bool has_gentle(const Flight *flight)
{
	for (size_t i = 0; i < flight->commands.count; i++) {
		const Statement *statement = flight->commands.items[i].subject;
		if (statement && attempt_is_gentle(statement))
			return true;
	}
	return false;
}

Outcome attempt_fly(Session *session, PushRow *row, Flight *flight, bool heed, Err *lost)
{
	lookout_flight(session->lookout, flight, has_gentle(flight));
	bool answered = lock_run(session, flight, DEADLINE_NONE, heed, lost);
	bool committed = is_committed(flight);
	row->us += attempt_us(flight);
	progress_noted(row, committed);
	if (committed)
		return OUTCOME_DONE;
	if (!answered)
		return OUTCOME_LOST;
	if (db_in_transaction(session->db))
		attempt_roll_back(session);
	return interrupt_pending() ? OUTCOME_CANCELLED : OUTCOME_FAILED;
}

void attempt_mark_undone(PushRow *row)
{
	row->state = row->kept ? PUSH_PARTLY : PUSH_FAILED;
}

void attempt_end(Session *session, PushRow *row, const Flight *flight)
{
	attempt_mark_undone(row);
	if (flight && progress_may_have_run(row, flight_failed(flight)))
		row->state = PUSH_UNKNOWN;
	else
		progress_settle(session, row);
}

static void tell_doubt(const PushRow *row, Err *err)
{
	if (row->state == PUSH_UNKNOWN && progress_may_have_run(row, NULL))
		failure_tell_doubt(row->script, row->kept, row->is_tracked, err);
}

bool attempt_cancelled(const PushRow *row, Err *err)
{
	Fault *fault = err_add(err, ERR_CANCELLED, "cancelled while %.*s was running",
		STR_ARG(row->script->migration->file));
	fault->file = row->script->migration->path;
	fault->hint = STR("run the job again: it goes on where this one has stopped");
	tell_doubt(row, err);
	return false;
}

void attempt_mark_applied(const Session *session, Push *push, PushRow *row)
{
	row->state = PUSH_APPLIED;
	row->kept = row->script->count;
	push->applied++;
	log_line(session->log, "applied %.*s: %zu statement%s, %.1f ms",
		STR_ARG(row->script->migration->file), row->script->count,
		row->script->count == 1 ? "" : "s", (double)row->us / 1000);
}

bool attempt_stop_before(const PushRow *row, Err *err)
{
	if (!interrupt_pending())
		return false;
	err_add(err, ERR_CANCELLED, "cancelled before %.*s", STR_ARG(row->script->migration->file))
		->hint = STR("run the job again: it goes on where this one has stopped");
	return true;
}

/* Who was in the way, and how often it was tried; or why this program has stopped itself. */
static void tell_lock(const Session *session, const PushRow *row, Fault *fault, Arena *arena)
{
	Str blockers = lookout_blockers(arena, session->lookout);
	if (lookout_has_braked(session->lookout)) {
		fault->message = str_format(arena, "stopped for the sake of others: %.*s",
			STR_ARG(lookout_reason(arena, session->lookout)));
		fault->hint = STR("do it in smaller steps, or when nobody is waiting; "
				  "lock-timeout: 0 lets others wait");
	}
	if (blockers.len)
		fault->context = str_format(arena, "%.*s%sin the way: %.*s",
			STR_ARG(fault->context), fault->context.len ? "\n" : "", STR_ARG(blockers));
	again_tell(arena, fault, row->tries);
}

bool attempt_fail(const Session *session, const PushRow *row, const Flight *flight, Err *err)
{
	const Command *failed = flight_failed(flight);
	if (!failed) {
		err_add(err, ERR_BUG, "%.*s was not committed, and no command has failed",
			STR_ARG(row->script->migration->file));
		return false;
	}
	failure_add(row->script, failed->subject, failed->failure, session->role, err);
	if (row->state == PUSH_FAILED && err->last->cause == CAUSE_RECORDED)
		err->last->hint = str_format(
			err->arena, "%.*s; this one has left nothing", STR_ARG(err->last->hint));
	if (lookout_has_braked(session->lookout) ||
		cause_has(failed->failure->cause, CAUSE_IS_LOCK))
		tell_lock(session, row, err->last, err->arena);
	tell_doubt(row, err);
	return false;
}

/* Behind a brake the next try would make others wait again, unless it was for a lock that we had to
 * wait ourselves. */
static bool may_try_again(const Session *session, const PushRow *row, const Command *failed)
{
	if (!session->db || !failed || row->tries >= session->options.lock_retries ||
		progress_may_have_run(row, failed))
		return false;
	if (lookout_has_braked(session->lookout))
		return lookout_was_blocked(session->lookout);
	return cause_has(failed->failure->cause, CAUSE_IS_LOCK);
}

bool attempt_again(Session *session, PushRow *row, const Flight *flight)
{
	ARENA_SCRATCH(scratch);
	const Command *failed = flight_failed(flight);
	if (!may_try_again(session, row, failed))
		return false;
	int64_t ms = again_pause_ms(row->tries);
	Str blockers = lookout_blockers(&scratch, session->lookout);
	row->tries++;
	log_line(session->log, "%.*s: %.*s (%.*s)%s%.*s; rolled back, try %zu of %zu in %.1f s",
		STR_ARG(row->script->migration->file), STR_ARG(failed->failure->message),
		STR_ARG(failed->failure->sqlstate), blockers.len ? "; in the way: " : "",
		STR_ARG(blockers), row->tries + 1, session->options.lock_retries + 1,
		(double)ms / 1000);
	interrupt_wait(-1, 0, deadline_in(ms), true);
	return true;
}

/* What the history says of a file whose connection was lost. */
static bool read_outcome(
	Session *session, PushRow *row, Str pid, Str start, bool *recorded, Err *reasons)
{
	History history = {0};
	if (!session_reconnect(session, reasons) || !session_settle(session, pid, start, reasons) ||
		!history_read(session, &history, reasons))
		return false;
	lookout_renew(session->lookout);
	const Str version = row->script->migration->version;
	*recorded = history_holds(&history, version);
	for (size_t i = 0; i < history.halves.count; i++)
		if (str_equal(history.halves.items[i].version, version))
			row->kept = history.halves.items[i].done;
	return true;
}

bool attempt_resolve(Session *session, PushRow *row, Err *lost, Err *err)
{
	const Migration *migration = row->script->migration;
	Str pid = session->backend_pid, start = session->backend_start;
	Err reasons = {.arena = err->arena};
	bool recorded = false;

	log_line(session->log, "%.*s: outcome unknown: %.*s", STR_ARG(migration->file),
		STR_ARG(lost->first->message));
	row->state = PUSH_UNKNOWN;
	if (interrupt_pending())
		return attempt_cancelled(row, err);
	log_line(session->log, "connecting again, to read the outcome from the history");
	if (!read_outcome(session, row, pid, start, &recorded, &reasons)) {
		failure_add_unknown(row->script, lost->first->message, err);
		err_append(err, &reasons);
		return false;
	}
	row->resumed = true;
	if (!recorded) {
		bool atomic = row->script->mode == SCRIPT_ATOMIC && !row->kept;
		if (atomic || (row->is_tracked && !progress_may_have_run(row, NULL)))
			attempt_mark_undone(row);
		failure_add_lost(
			row->script, lost->first->message, row->kept, row->is_tracked, err);
		tell_doubt(row, err);
		return false;
	}
	log_line(session->log, "%.*s is in the history: it was applied", STR_ARG(migration->file));
	return true;
}
