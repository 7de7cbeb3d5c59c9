#include "push/repair_run.h"

#include "server/history_table.h"
#include "server/lock.h"
#include "server/transaction.h"

static bool is_recorded_by(RepairAction action)
{
	return action == REPAIR_RECORD || action == REPAIR_RENEW;
}

static void add_changes(Batch *batch, const Repair *repair)
{
	for (size_t i = 0; i < repair->rows.count; i++) {
		const RepairRow *row = &repair->rows.items[i];
		if (is_recorded_by(row->action)) {
			history_set(batch, row->script);
			history_see(batch, row->script);
		} else if (repair_changes(row->action)) {
			history_strike(batch, row->version);
		}
	}
}

static bool add_repair_fault(const Batch *batch, Err *err)
{
	Fault *fault = db_add_fault(err, ERR_HISTORY, batch_failed(batch)->failure);
	fault->message = str_format(err->arena,
		"the history cannot be repaired: %.*s; nothing of "
		"it was changed",
		STR_ARG(fault->message));
	return false;
}

static bool write_changes(Session *session, const Repair *repair, const History *history, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	const TransactionOptions options = {.interruptible = true};
	int64_t us = 0;
	session_reset(session, &batch);
	batch.commands.items[batch.commands.count - 1].sync = true;
	batch_add_literal(&batch, "BEGIN");
	history_lock(&batch, history);
	add_changes(&batch, repair);
	transaction_add_commit(&batch);
	switch (transaction_run(session, &batch, &options, &us, err)) {
	case TRANSACTION_DONE:
		return true;
	case TRANSACTION_REFUSED:
		return add_repair_fault(&batch, err);
	case TRANSACTION_CANCELLED:
		err_add(err, ERR_CANCELLED, "cancelled; nothing of the history was changed");
		return false;
	case TRANSACTION_LOST:
		break;
	}
	err->last->hint = STR("whether the history was changed is unknown: run it again without "
			      "expect-plan, which shows what is still to be done");
	return false;
}

static bool is_as_wanted(const RepairRow *row, const History *now)
{
	ARENA_SCRATCH(scratch);
	size_t record = history_find(now, row->version);
	if (!is_recorded_by(row->action))
		return !repair_changes(row->action) || record == SIZE_MAX;
	return record != SIZE_MAX &&
	       str_equal(now->records[record].digest, content_digest(&scratch, row->script));
}

static bool compare_histories(
	Arena *arena, const Repair *repair, const History *before, const History *now)
{
	Str *touched = arena_array(arena, Str, repair->rows.count + 1);
	for (size_t i = 0; i < repair->rows.count; i++) {
		touched[i] = repair->rows.items[i].version;
		if (!is_as_wanted(&repair->rows.items[i], now))
			return false;
	}
	History others = history_except(arena, before, touched, repair->rows.count);
	History kept = history_except(arena, now, touched, repair->rows.count);
	return history_is_same(&others, &kept);
}

static bool read_back(Session *session, const Repair *repair, const History *before, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	History now = {0};
	bool read = history_read(session, &now, err);
	lock_release(&batch);
	if (!session_run(session, &batch, ERR_HISTORY, err) || !read)
		return false;
	if (compare_histories(&scratch, repair, before, &now))
		return true;
	err_add(err, ERR_HISTORY, "the history, read back, is not what the repair has made of it")
		->hint = STR("a trigger or another session has changed it: look at "
			     "supabase_migrations.schema_migrations, and run mode: status");
	return false;
}

bool repair_run(Session *session, Repair *repair, const History *history, Err *err)
{
	if (!history_prepare(session, history, err) ||
		!write_changes(session, repair, history, err))
		return false;
	repair->is_done = true;
	return read_back(session, repair, history, err);
}
