#include "verify/verify_run.h"

#include "base/interrupt.h"
#include "server/transaction.h"
#include "verify/assertion.h"

#define POINT "promote_verify"

static Command *last_of(const Batch *batch)
{
	return &batch->commands.items[batch->commands.count - 1];
}

/* RESET ALL leaves a transaction's own settings as they are. What a savepoint has made READ ONLY is
 * not made anything else before its end (manual, "SET TRANSACTION"). */
static void add_script(const Session *session, Batch *batch, VerifyRow *row, Str limits)
{
	batch_add_literal(batch, "SAVEPOINT " POINT);
	row->first = batch->commands.count;
	session_reset(session, batch);
	if (limits.len)
		batch_add(batch, limits);
	batch_add_literal(batch, "SET TRANSACTION READ ONLY");
	transaction_add_script(session, batch, row->script);
	row->end = batch->commands.count;
	for (size_t i = row->first; i < row->end; i++) {
		Command *command = &batch->commands.items[i];
		command->want_rows = command->subject != NULL;
		command->rows_max = ASSERTION_ROWS_MAX;
	}
	last_of(batch)->sync = true;
	batch_add_literal(batch, "ROLLBACK TO SAVEPOINT " POINT);
	batch_add_literal(batch, "RELEASE SAVEPOINT " POINT)->sync = true;
}

void verify_add(const Session *session, Batch *batch, Verify *verify, Str limits)
{
	for (size_t i = 0; i < verify->rows.count; i++)
		if (verify->rows.items[i].state != VERIFY_NOT_APPLIED)
			add_script(session, batch, &verify->rows.items[i], limits);
}

/* It was running when a signal came: that is no finding. */
static bool is_cancelled(const Command *command)
{
	return command->failure->cause == CAUSE_CANCELED && interrupt_pending();
}

/* The script, and what takes it back. */
static void judge_row(VerifyRow *row, const Batch *batch, Err *err)
{
	enum {
		BEHIND = 2 /* commands */
	};
	size_t before = err->count;
	bool is_through = true;
	for (size_t i = row->first; i < row->end + BEHIND; i++) {
		const Command *command = &batch->commands.items[i];
		row->us += command->us;
		is_through = is_through && command->state == COMMAND_DONE;
		if (command->state == COMMAND_FAILED && !is_cancelled(command))
			assertion_fail(row, command, err);
		else if (command->state == COMMAND_DONE && command->subject)
			assertion_judge(row, command, err);
	}
	if (err->count > before)
		row->state = VERIFY_FAILED;
	else if (is_through)
		row->state = VERIFY_PASSED;
}

bool verify_judge(Verify *verify, const Batch *batch, Err *err)
{
	size_t before = err->count;
	for (size_t i = 0; i < verify->rows.count; i++)
		if (verify->rows.items[i].state != VERIFY_NOT_APPLIED)
			judge_row(&verify->rows.items[i], batch, err);
	return err->count == before;
}

static void tell_lost(Err *lost, Err *err)
{
	for (Fault *fault = lost->first; fault; fault = fault->next) {
		if (fault->kind == ERR_OUTCOME)
			fault->kind = ERR_CONNECT;
		fault->message = str_format(lost->arena, "while verify scripts were running: %.*s",
			STR_ARG(fault->message));
	}
	err_append(err, lost);
}

bool verify_run(Session *session, Verify *verify, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	int64_t us = 0;
	session_reset(session, &batch);
	last_of(&batch)->sync = true;
	batch_add_literal(&batch, "BEGIN READ ONLY");
	/* from the first snapshot on it stays so */
	batch_add_literal(&batch, "SELECT pg_catalog.txid_current_snapshot()")->sync = true;
	verify_add(session, &batch, verify, (Str){0});
	batch_add_literal(&batch, "ROLLBACK");
	const TransactionOptions how = {.interruptible = true,
		.has_savepoints = true,
		.rolls_back = true,
		.is_unlocked = true};
	TransactionEnd end = transaction_run(session, &batch, &how, &us, &lost);
	/* with savepoints it ends as it was to, all the same */
	bool is_cut = interrupt_pending();
	if (is_cut)
		err_add(err, ERR_CANCELLED, "cancelled while verify scripts were running");
	else if (end == TRANSACTION_LOST)
		tell_lost(&lost, err);
	bool holds = verify_judge(verify, &batch, err);
	if (end == TRANSACTION_REFUSED && holds)
		db_add_fault(err, ERR_VERIFY, batch_failed(&batch)->failure);
	return end == TRANSACTION_DONE && holds && !is_cut;
}
