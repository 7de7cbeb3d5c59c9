#include "push/attempt.h"
#include "server/history_table.h"
#include "server/lock.h"
#include "push/progress.h"
#include "push/push.h"
#include "server/session.h"

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

/* The row that a command of the batch for all belongs to: the batch's marks tell where each
 * begins. */
static PushRow *row_of(Push *push, const Batch *batch, const size_t *first, const Command *command)
{
	size_t index = (size_t)(command - batch->commands.items), row = 0;
	while (row + 1 < push->count && first[row + 1] <= index)
		row++;
	return &push->rows[row];
}

static void share_time(Push *push, const Batch *batch, const size_t *first)
{
	for (size_t i = 0; i < batch->commands.count; i++)
		row_of(push, batch, first, &batch->commands.items[i])->us +=
			batch->commands.items[i].us;
}

/* Nothing of any file stays. */
static bool fail_all(Session *session, const Push *push, PushRow *row, const Batch *batch, Err *err)
{
	attempt_fail(session, row, batch, err);
	const Command *last = &batch->commands.items[batch->commands.count - 1];
	if (last->state == COMMAND_FAILED) /* what is checked at COMMIT may be any file's */
		err->last->file = (Str){0};
	if (push->count > 1 && !err->last->hint.len)
		err->last->hint = STR("transaction: all has rolled back every file of this push");
	return false;
}

/* One BEGIN, one lock on the history, one COMMIT. first[i] is where file i begins. */
static void add_all(const Session *session, Batch *batch, const Push *push, size_t *first)
{
	batch_add_literal(batch, "BEGIN");
	history_lock(batch, push->rows[0].history);
	for (size_t i = 0; i < push->count; i++) {
		const Script *script = push->rows[i].script;
		first[i] = batch->commands.count;
		session_reset(session, batch);
		transaction_add_script(session, batch, script);
		history_record(session, batch, script);
	}
	transaction_add_commit(batch);
}

/* The connection was lost: it is all of them, or none. */
static bool resolve_all(Session *session, Push *push, Err *lost, Err *err)
{
	PushRow *last = &push->rows[push->count - 1];
	if (attempt_resolve(session, last, lost, err))
		return true;
	for (size_t i = 0; i < push->count; i++)
		push->rows[i].state = last->state;
	return false;
}

/* True also if it is to be tried again: *done tells. */
static bool try_all(Session *session, Push *push, PushRow *whole, bool *done, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	PushRow *row = &push->rows[push->count - 1];
	size_t *first = arena_array(&scratch, size_t, push->count);
	add_all(session, &batch, push, first);
	TransactionEnd outcome = attempt_run(session, whole, &batch, true, &lost);
	share_time(push, &batch, first);
	*done = outcome == TRANSACTION_DONE || outcome == TRANSACTION_LOST;
	if (outcome == TRANSACTION_LOST)
		return resolve_all(session, push, &lost, err);
	if (outcome == TRANSACTION_DONE)
		return true;
	if (batch_failed(&batch))
		row = row_of(push, &batch, first, batch_failed(&batch));
	whole->script = row->script;
	if (outcome == TRANSACTION_REFUSED && attempt_again(session, whole, &batch))
		return true;
	row->tries = whole->tries;
	attempt_mark_undone(row);
	if (outcome == TRANSACTION_CANCELLED)
		return attempt_cancelled(row, err);
	return fail_all(session, push, row, &batch, err);
}

bool push_all(Session *session, Push *push, Err *err)
{
	PushRow whole = {.script = push->rows[0].script};
	for (size_t i = 0; i < push->count; i++)
		*vec_add(session->arena, &session->begun) =
			push->rows[i].script->migration->version;
	session->speaker = push->count == 1
				   ? push->rows[0].script->migration->file
				   : str_format(session->arena, "all %zu migrations", push->count);
	for (bool done = false; !done;)
		if (attempt_stop_before(&push->rows[0], err) || !lock_keep(session, err) ||
			!try_all(session, push, &whole, &done, err))
			return false;
	session->speaker = (Str){0};
	for (size_t i = 0; i < push->count; i++)
		attempt_mark_applied(session, push, &push->rows[i]);
	progress_clear(session, push);
	return true;
}
