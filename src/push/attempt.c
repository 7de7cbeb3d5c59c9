#include "push/attempt.h"

#include "base/interrupt.h"
#include "server/failure.h"
#include "server/history_table.h"
#include "server/lock_monitor.h"
#include "server/owners.h"
#include "push/progress.h"

/* SET TRANSACTION must come before everything that looks at a row. */
static bool sets_transaction(const Script *script, size_t index)
{
	ARENA_SCRATCH(scratch);
	Str rest = index < script->count ? script->statements[index].text : (Str){0};
	return str_equal(sql_word(&scratch, &rest), STR("set")) &&
	       str_equal(sql_word(&scratch, &rest), STR("transaction"));
}

/* As the session's own role: the file may have taken on another in its first parts. */
static void add_lock(const Session *session, Batch *batch, const PushRow *row)
{
	bool foreign = row->is_begun && row->kept && !sets_transaction(row->script, row->kept);
	if (foreign) {
		session_keep_role(batch);
		session_own_role(session, batch);
	}
	history_lock(batch, row->history);
	if (foreign)
		session_return_role(batch);
}

void attempt_add_begin(const Session *session, Batch *batch, const PushRow *row)
{
	const Script *script = row->script;
	if (script->has_begin &&
		script->statements[script->own_begin].class == SQL_BEGIN_WITH_OPTIONS)
		transaction_add_statement(session, batch, &script->statements[script->own_begin]);
	else
		batch_add_literal(batch, "BEGIN");
	add_lock(session, batch, row);
}

TransactionEnd attempt_run(
	Session *session, PushRow *row, Batch *batch, bool interruptible, Err *lost)
{
	const TransactionOptions options = {.interruptible = interruptible};
	TransactionEnd end = transaction_run(session, batch, &options, &row->us, lost);
	progress_noted(row, end == TRANSACTION_DONE);
	return end;
}

void attempt_mark_undone(PushRow *row)
{
	row->state = row->kept ? PUSH_PARTLY : PUSH_FAILED;
}

void attempt_end(Session *session, PushRow *row, const Batch *batch)
{
	attempt_mark_undone(row);
	if (batch && progress_may_have_run(row, batch_failed(batch)))
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
	fault->hint = STR("run the job again: it resumes where this one stopped");
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
		->hint = STR("run the job again: it resumes where this one stopped");
	return true;
}

/* Who was in the way, and how often it was tried; or why this program has stopped itself. */
static void tell_lock(const Session *session, const PushRow *row, Fault *fault, Arena *arena)
{
	Str blockers = lock_monitor_blockers(arena, session->monitor);
	if (lock_monitor_has_cancelled(session->monitor)) {
		fault->message = str_format(arena, "cancelled to unblock other sessions: %.*s",
			STR_ARG(lock_monitor_reason(arena, session->monitor)));
		fault->hint = STR("do it in smaller steps, or when nobody is waiting; "
				  "lock-timeout: 0 lets others wait");
	}
	if (blockers.len)
		fault->context = str_format(arena, "%.*s%sin the way: %.*s",
			STR_ARG(fault->context), fault->context.len ? "\n" : "", STR_ARG(blockers));
	transaction_tell_tries(arena, fault, row->tries);
}

bool attempt_fail(Session *session, const PushRow *row, const Batch *batch, Err *err)
{
	const Command *failed = batch_failed(batch);
	const Statement *statement = failed->subject;
	failure_add(row->script, failed, session->role, err);
	if (failure_is_ours(failed))
		failure_tell_ours(row->script, failed, err);
	else if (statement && cause_has(err->last->cause, CAUSE_IS_PRIVILEGE))
		owners_add(session, statement->facts, err->last, err->arena);
	if (row->state == PUSH_FAILED && err->last->cause == CAUSE_RECORDED)
		err->last->hint = str_format(
			err->arena, "%.*s; this one has left nothing", STR_ARG(err->last->hint));
	if (lock_monitor_has_cancelled(session->monitor) ||
		cause_has(failed->failure->cause, CAUSE_IS_LOCK))
		tell_lock(session, row, err->last, err->arena);
	tell_doubt(row, err);
	return false;
}

bool attempt_again(Session *session, PushRow *row, const Batch *batch)
{
	const Command *failed = batch_failed(batch);
	return !progress_may_have_run(row, failed) &&
	       transaction_retry(session, row->script->migration->file, failed, &row->tries);
}

/* What the history says of a file whose connection was lost. */
static bool read_outcome(Session *session, PushRow *row, History *history, Err *reasons)
{
	if (!session_recover(session, reasons) || !history_read(session, history, reasons))
		return false;
	lock_monitor_renew(session->monitor);
	const Partial *partial = history_partial(history, row->script->migration->version);
	row->kept = partial ? partial->done : row->kept;
	return true;
}

static bool is_recorded(const Session *session, const PushRow *row, const History *history)
{
	const Migration *migration = row->script->migration;
	if (!history_holds(history, migration->version))
		return false;
	log_line(session->log, "%.*s is in the history: it was applied", STR_ARG(migration->file));
	return true;
}

bool attempt_resolve(Session *session, PushRow *row, Err *lost, Err *err)
{
	return attempt_resolve_rows(session, row, 1, lost, err);
}

bool attempt_resolve_rows(Session *session, PushRow *rows, size_t count, Err *lost, Err *err)
{
	PushRow *row = &rows[0];
	const Migration *migration = row->script->migration;
	Err reasons = {.arena = err->arena};
	History history = {0};

	log_line(session->log, "%.*s: outcome unknown: %.*s", STR_ARG(migration->file),
		STR_ARG(lost->first->message));
	row->state = PUSH_UNKNOWN;
	if (interrupt_pending())
		return attempt_cancelled(row, err);
	if (!read_outcome(session, row, &history, &reasons)) {
		failure_add_unknown(row->script, lost->first->message, err);
		err_append(err, &reasons);
		return false;
	}
	row->resumed = true;
	if (!is_recorded(session, row, &history)) {
		bool atomic = row->script->mode == SCRIPT_ATOMIC && !row->kept;
		if (atomic || (row->is_tracked && !progress_may_have_run(row, NULL)))
			attempt_mark_undone(row);
		failure_add_lost(
			row->script, lost->first->message, row->kept, row->is_tracked, err);
		tell_doubt(row, err);
		return false;
	}
	for (size_t i = 1; i < count && is_recorded(session, &rows[i], &history); i++)
		rows[i].resumed = true;
	return true;
}
