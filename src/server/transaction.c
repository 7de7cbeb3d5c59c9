#include "server/transaction.h"

#include "base/interrupt.h"
#include "server/lock.h"
#include "server/lock_monitor.h"
#include "server/purpose.h"

enum {
	ROLLBACK_LIMIT_MS = 1000,
	PAUSE_FIRST_MS = 500,
	PAUSE_MAX_MS = 30 * 1000,
	DOUBLINGS_MAX = 6,
};

/* ---- putting it together ---- */

void transaction_add_commit(Batch *batch)
{
	batch_add_literal(batch, "COMMIT")->purpose = PURPOSE_COMMIT;
}

void transaction_add_statement(const Session *session, Batch *batch, const Statement *statement)
{
	Command *command = batch_add(batch, statement->text);
	command->subject = statement;
	if (!statement->drops_role || !session->options.role.len)
		return;
	command->sync = statement->class == SQL_NO_BLOCK;
	session_assert_role(session, batch);
}

void transaction_add_part(
	const Session *session, Batch *batch, TransactionPart part, const TransactionHook *hook)
{
	const Script *script = part.script;
	for (size_t i = part.from; i < part.to; i++) {
		const Statement *statement = &script->statements[i];
		if (script->has_begin && (i == script->own_begin || i == script->own_commit))
			continue;
		const Statement *chosen = hook ? hook->choose(hook->context, statement) : statement;
		if (chosen)
			transaction_add_statement(session, batch, chosen);
		if (hook)
			hook->after(hook->context, batch, statement);
	}
}

void transaction_add_script(const Session *session, Batch *batch, const Script *script)
{
	const TransactionPart whole = {script, 0, script->count};
	transaction_add_part(session, batch, whole, NULL);
}

/* ---- running ---- */

bool transaction_blocks_nobody(const Statement *statement)
{
	return statement->class == SQL_NO_BLOCK && statement->is_concurrent;
}

static bool has_nonblocking(const Batch *batch)
{
	for (size_t i = 0; i < batch->commands.count; i++) {
		const Statement *statement = batch->commands.items[i].subject;
		if (statement && transaction_blocks_nobody(statement))
			return true;
	}
	return false;
}

int64_t transaction_us(const Batch *batch)
{
	int64_t us = 0;
	for (size_t i = 0; i < batch->commands.count; i++)
		us += batch->commands.items[i].us;
	return us;
}

/* A COMMIT of a transaction that had failed is answered with ROLLBACK. */
static bool has_ended(const Batch *batch, const TransactionOptions *options)
{
	const Command *last = &batch->commands.items[batch->commands.count - 1];
	return last->state == COMMAND_DONE &&
	       (options->rolls_back || !str_equal(last->tag, STR("ROLLBACK"))) &&
	       (options->has_savepoints || !batch_failed(batch));
}

/* A limit on the whole batch, beside what looks on already. */
typedef struct Limit {
	Deadline until;
	BatchTickFn *tick;
	void *context;
} Limit;

static bool tick_limit(void *context)
{
	const Limit *limit = context;
	return deadline_left(limit->until) == 0 || (limit->tick && limit->tick(limit->context));
}

static void add_limit(Batch *batch, int64_t ms, Limit *out)
{
	if (!ms)
		return;
	*out = (Limit){deadline_in(ms), batch->tick, batch->tick_context};
	batch->tick = tick_limit;
	batch->tick_context = out;
}

void transaction_roll_back(Session *session)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	if (!session->db || !db_in_transaction(session->db))
		return;
	batch_add_literal(&batch, "ROLLBACK");
	if (!lock_run(session, &batch, deadline_in(ROLLBACK_LIMIT_MS), false, &ignored))
		db_close(&session->db);
}

static bool run_unlocked(
	Session *session, Batch *batch, Deadline deadline, bool interruptible, Err *err)
{
	return batch_run(session->db, batch, deadline, interruptible, err);
}

TransactionEnd transaction_run(
	Session *session, Batch *batch, const TransactionOptions *options, int64_t *us, Err *lost)
{
	lock_monitor_watch(session->monitor, batch, has_nonblocking(batch));
	Limit limit;
	add_limit(batch, options->limit_ms, &limit);
	bool answered = (options->is_unlocked ? run_unlocked : lock_run)(
		session, batch, DEADLINE_NONE, options->interruptible, lost);
	batch->tick = NULL;
	*us += transaction_us(batch);
	if (has_ended(batch, options))
		return TRANSACTION_DONE;
	if (!answered)
		return TRANSACTION_LOST;
	if (interrupt_pending() || !options->has_savepoints)
		transaction_roll_back(session);
	if (interrupt_pending())
		return TRANSACTION_CANCELLED;
	if (batch_failed(batch))
		return TRANSACTION_REFUSED;
	err_add(lost, ERR_BUG, "a transaction was not committed, and no command has failed");
	return TRANSACTION_LOST;
}

/* ---- once more ---- */

static int64_t transaction_pause_ms(size_t tries)
{
	int64_t most = PAUSE_MAX_MS;
	if (tries < DOUBLINGS_MAX)
		most = PAUSE_FIRST_MS << tries;
	return (int64_t)((double)most * (0.5 + clock_jitter() / 2)) + 1;
}

/* After cancelling for others the next try would make them wait again, unless this one
 * waited for a lock itself. */
static bool may_retry(const Session *session, const Command *failed, size_t tries)
{
	if (!session->db || !failed || tries >= session->options.lock_retries)
		return false;
	if (lock_monitor_has_cancelled(session->monitor))
		return lock_monitor_was_blocked(session->monitor);
	return cause_has(failed->failure->cause, CAUSE_IS_LOCK);
}

bool transaction_retry(Session *session, Str what, const Command *failed, size_t *tries)
{
	ARENA_SCRATCH(scratch);
	if (!may_retry(session, failed, *tries))
		return false;
	transaction_roll_back(session);
	if (!session->db)
		return false;
	int64_t ms = transaction_pause_ms((*tries)++);
	Str blockers = lock_monitor_blockers(&scratch, session->monitor);
	log_line(session->log, "%.*s: %.*s (%.*s)%s%.*s; rolled back, try %zu of %zu in %.1f s",
		STR_ARG(what), STR_ARG(failed->failure->message),
		STR_ARG(failed->failure->sqlstate), blockers.len ? "; in the way: " : "",
		STR_ARG(blockers), *tries + 1, session->options.lock_retries + 1,
		(double)ms / 1000);
	interrupt_wait(-1, 0, deadline_in(ms), true);
	return true;
}

void transaction_tell_tries(Arena *arena, Fault *fault, size_t tries)
{
	if (tries)
		fault->message = str_format(
			arena, "%.*s (tried %zu times)", STR_ARG(fault->message), tries + 1);
}
