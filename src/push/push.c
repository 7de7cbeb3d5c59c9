#include "push/push.h"

#include "base/interrupt.h"
#include "push/attempt.h"
#include "server/failure.h"
#include "server/history_table.h"
#include "push/group.h"
#include "push/index.h"
#include "server/lock.h"
#include "push/progress.h"
#include "server/lock_monitor.h"
#include "server/session.h"

void push_prepare(Arena *arena, Script *scripts, size_t count, Push *out)
{
	*out = (Push){.rows = arena_array(arena, PushRow, count + 1), .count = count};
	for (size_t i = 0; i < count; i++)
		out->rows[i].script = &scripts[i];
}

void push_start(Push *push, const History *history)
{
	for (size_t i = 0; i < push->count; i++) {
		PushRow *row = &push->rows[i];
		row->history = history;
		const Partial *partial = history_partial(history, row->script->migration->version);
		if (!partial)
			continue;
		row->kept = row->noted = partial->done;
		row->is_tracked = row->is_noted = true;
	}
}

/* `batch`: with `statement`, that was running; or NULL. */
static bool cancel_file(
	Session *session, PushRow *row, const Batch *batch, const Statement *statement, Err *err)
{
	transaction_roll_back(session);
	attempt_end(session, row, batch);
	attempt_cancelled(row, err);
	failure_tell_remains(statement, err);
	return false;
}

/* The server has refused something that cannot be tried again. */
static bool fail_file(Session *session, PushRow *row, const Batch *batch, Err *err)
{
	attempt_end(session, row, batch);
	return attempt_fail(session, row, batch, err);
}

/* Can this refusal depend on what only the server knows? A partitioned table makes REINDEX and the
 * like impossible in a transaction block; a procedure may commit. For all others a second try would
 * be refused again, and leave the statements before it committed. */
static bool may_run_alone(const Statement *statement, Cause cause)
{
	static const struct {
		Cause cause;
		Str word;
	} table[] = {
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("reindex")},
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("cluster")},
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("vacuum")},
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("alter")},
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("create")},
		{CAUSE_TRANSACTION_BLOCK, STR_INIT("drop")},
		{CAUSE_TRANSACTION_END, STR_INIT("call")},
	};
	ARENA_SCRATCH(scratch);
	Str text = statement->text, word = sql_word(&scratch, &text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (statement->class != SQL_NO_BLOCK && cause == table[i].cause &&
			str_equal(word, table[i].word))
			return true;
	return false;
}

/* A statement that turns out to be refused in a transaction block gets its own turn: the part that
 * it was in has been rolled back. */
static bool mark_nontransactional(Session *session, PushRow *row, const Batch *batch)
{
	ARENA_SCRATCH(scratch);
	const Command *failed = batch_failed(batch);
	if (!session->db || !failed || !failed->subject || row->script->has_begin)
		return false;
	Statement *statement = (Statement *)(uintptr_t)failed->subject;
	if (!may_run_alone(statement, failed->failure->cause))
		return false;
	statement->class = SQL_NO_BLOCK;
	statement->is_learned = true;
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
	while (to < script->count && script->statements[to].class != SQL_NO_BLOCK)
		to++;
	return to;
}

/* A statement outside of any transaction, and the note that it is done. The note is in the same
 * implicit transaction, but where the statement has ended that. */
static void add_nontransactional(const Session *session, Batch *batch, PushRow *row, size_t index)
{
	const Statement *statement = &row->script->statements[index];
	bool blocks_nobody = transaction_blocks_nobody(statement);
	if (blocks_nobody)
		session_suspend_limits(batch);
	transaction_add_statement(session, batch, statement);
	progress_add(session, batch, row, index + 1);
	if (blocks_nobody)
		session_resume_limits(batch);
	if (statement->kind == STATEMENT_DISCARD_ALL) {
		batch->commands.items[batch->commands.count - 1].sync = true;
		batch_add(batch, session->settings); /* our limits are among what it discards */
	}
}

/* One part of a file: the statements from `from` up to the next that runs alone, or that one. `to`
 * is where the next part begins. The last part records the file. */
static void add_part(const Session *session, Batch *batch, PushRow *row, size_t from, size_t *to)
{
	const Script *script = row->script;
	*to = end_of_segment(script, from);
	bool last = *to == script->count;
	if (!row->is_reset) {
		session_reset(session, batch);
		/* a statement that runs alone must be the first after a sync */
		batch->commands.items[batch->commands.count - 1].sync = true;
	}
	if (*to == from && !last) {
		add_nontransactional(session, batch, row, (*to)++);
		return;
	}
	attempt_add_begin(session, batch, row);
	transaction_add_part(session, batch, (TransactionPart){script, from, *to}, NULL);
	if (last) {
		history_record(session, batch, script);
		progress_end(batch, row);
	} else {
		progress_add(session, batch, row, *to);
	}
	transaction_add_commit(batch);
}

/* `briefly`: for the report must be written soon. */
static void add_record(const Session *session, Batch *batch, PushRow *row, bool briefly)
{
	session_reset(session, batch);
	batch->commands.items[batch->commands.count - 1].sync = true;
	batch_add_literal(batch, "BEGIN");
	if (briefly)
		batch_add_literal(batch, "SET LOCAL lock_timeout = '1s'");
	history_add(batch, row->script);
	history_see(batch, row->script);
	progress_end(batch, row);
	batch_add_literal(batch, "COMMIT");
}

/* The history row of a file that is not atomic: its work is in, so this is not given up lightly. A
 * signal that comes while somebody holds the history ends the wait, and one that has come is
 * followed by one more try. */
static bool run_record(Session *session, PushRow *row, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	bool is_last = interrupt_pending();
	add_record(session, &batch, row, is_last);
	switch (attempt_run(session, row, &batch, !is_last, &lost)) {
	case TRANSACTION_DONE:
		return true;
	case TRANSACTION_LOST:
		return attempt_resolve(session, row, &lost, err);
	case TRANSACTION_CANCELLED:
		return is_last ? cancel_file(session, row, &batch, NULL, err)
			       : run_record(session, row, err);
	case TRANSACTION_REFUSED:
		break;
	}
	if (attempt_again(session, row, &batch))
		return run_record(session, row, err);
	return fail_file(session, row, &batch, err);
}

/* One part: *recorded tells whether the file's row was in it. */
static bool run_part(Session *session, PushRow *row, bool *recorded, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	const Script *script = row->script;
	size_t from = row->kept, to;
	const Statement *alone =
		from < script->count && script->statements[from].class == SQL_NO_BLOCK
			? &script->statements[from]
			: NULL;

	add_part(session, &batch, row, from, &to);
	switch (attempt_run(session, row, &batch, true, &lost)) {
	case TRANSACTION_DONE:
		row->kept = to;
		row->is_reset = true;
		*recorded = !alone && to == script->count;
		return true;
	case TRANSACTION_LOST:
		*recorded = true;
		return attempt_resolve(session, row, &lost, err);
	case TRANSACTION_CANCELLED:
		return cancel_file(session, row, &batch, alone, err);
	case TRANSACTION_REFUSED:
		break;
	}
	if (mark_nontransactional(session, row, &batch))
		return progress_renew(session, row, err);
	if (attempt_again(session, row, &batch))
		return true;
	return fail_file(session, row, &batch, err);
}

/* Before an index is built concurrently: is it there? *skip if so. */
static bool prepare_index(Session *session, PushRow *row, size_t index, bool *skip, Err *err)
{
	const Statement *statement = &row->script->statements[index];
	*skip = false;
	if (statement->class != SQL_NO_BLOCK ||
		statement->kind != STATEMENT_CREATE_INDEX_CONCURRENTLY)
		return true;
	if (index_prepare(session, row->script, statement, skip, err))
		return true;
	attempt_mark_undone(row);
	return false;
}

/* A file that is not atomic, or of which a part is done. */
static bool begin_file(Session *session, PushRow *row, Err *err)
{
	while (!row->is_begun) {
		ARENA_SCRATCH(scratch);
		Batch batch = {.arena = &scratch};
		if (interrupt_pending())
			return cancel_file(session, row, NULL, NULL, err);
		if (!progress_begin(session, row, &batch, err))
			return false;
		transaction_roll_back(session);
		if (!row->is_begun && !interrupt_pending() && !attempt_again(session, row, &batch))
			return fail_file(session, row, &batch, err);
	}
	return true;
}

static bool run_in_parts(Session *session, PushRow *row, Err *err)
{
	for (bool recorded = false, skip; !recorded;) {
		bool whole = row->script->mode == SCRIPT_ATOMIC && !row->kept;
		if (!whole && !begin_file(session, row, err))
			return false;
		if (row->kept && row->kept == row->script->count)
			return run_record(session, row, err);
		if (interrupt_pending())
			return cancel_file(session, row, NULL, NULL, err);
		if (!lock_keep(session, err))
			return false;
		if (row->kept < row->script->count &&
			!prepare_index(session, row, row->kept, &skip, err))
			return false;
		if (row->kept < row->script->count && skip)
			row->kept++;
		else if (!run_part(session, row, &recorded, err))
			return false;
	}
	return true;
}

/* A transaction that only reads is not recorded: it may run again. After COMMIT AND CHAIN a resumed
 * run first reopens the chained transaction. Progress is recorded so that it commits exactly when
 * the statement does: before the author's COMMIT, after a statement outside a transaction, and
 * never inside one. */
static void add_written(const Session *session, Batch *batch, PushRow *row, size_t index)
{
	const Statement *statement = &row->script->statements[index];
	bool inside = db_in_transaction(session->db);
	const Statement *chained = inside ? NULL : script_chained(row->script, index);
	if (chained) {
		transaction_add_statement(session, batch, chained);
		inside = true;
	}
	bool commits =
		statement->class == SQL_COMMIT || statement->kind == STATEMENT_COMMIT_AND_CHAIN;
	bool opens = statement->class == SQL_BEGIN || statement->class == SQL_BEGIN_WITH_OPTIONS;
	bool rolls_back = statement->kind == STATEMENT_ROLLBACK;
	if (!inside && !opens && !commits) {
		add_nontransactional(session, batch, row, index);
		return;
	}
	if (inside && commits && !script_is_read_only(row->script, index))
		progress_add(session, batch, row, index + 1);
	transaction_add_statement(session, batch, statement);
	if (inside && rolls_back)
		progress_add(session, batch, row, index + 1);
}

/* Is no transaction open after it? Inside one, a question of ours would come before what has to
 * be its first statement. */
static bool ends_outside(const Session *session, const PushRow *row, size_t index)
{
	const Statement *statement = &row->script->statements[index];
	bool opens = statement->class == SQL_BEGIN || statement->class == SQL_BEGIN_WITH_OPTIONS ||
		     statement->kind == STATEMENT_COMMIT_AND_CHAIN;
	bool ends = statement->class == SQL_COMMIT || statement->kind == STATEMENT_ROLLBACK;
	bool inside = db_in_transaction(session->db) || script_chained(row->script, index);
	return !opens && (ends || !inside);
}

/* A batch of its own; a transaction that the author has opened stays open. *again: what was open
 * has been rolled back, and is to be run again from row->kept. */
static bool run_one(Session *session, PushRow *row, size_t index, bool *again, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	const Statement *statement = &row->script->statements[index];
	add_written(session, &batch, row, index);
	lock_monitor_watch(session->monitor, &batch, transaction_blocks_nobody(statement));
	bool answered = ends_outside(session, row, index)
				? lock_run(session, &batch, DEADLINE_NONE, true, &lost)
				: batch_run(session->db, &batch, DEADLINE_NONE, true, &lost);
	bool done = answered && !batch_failed(&batch) &&
		    batch.commands.items[batch.commands.count - 1].state == COMMAND_DONE;
	row->us += transaction_us(&batch);
	progress_noted(row, done);
	*again = false;
	if (!answered)
		return attempt_resolve(session, row, &lost, err);
	if (done)
		return true;
	if (interrupt_pending())
		return cancel_file(session, row, &batch, statement, err);
	transaction_roll_back(session);
	*again = attempt_again(session, row, &batch);
	return *again || fail_file(session, row, &batch, err);
}

static bool end_as_written(Session *session, PushRow *row, Err *err)
{
	if (!db_in_transaction(session->db))
		return true;
	transaction_roll_back(session);
	attempt_mark_undone(row);
	failure_add_open(row->script, err);
	return false;
}

/* The author controls the transactions: statement by statement, as psql would. */
static bool run_as_written(Session *session, PushRow *row, Err *err)
{
	if (!begin_file(session, row, err))
		return false;
	for (size_t i = row->kept; i < row->script->count;) {
		bool skip = false, again = false;
		if (interrupt_pending())
			return cancel_file(session, row, NULL, NULL, err);
		if (!db_in_transaction(session->db) && !lock_keep(session, err))
			return false;
		if (!prepare_index(session, row, i, &skip, err) ||
			(!skip && !run_one(session, row, i, &again, err)))
			return false;
		if (row->resumed) /* the connection was lost, and the history has the file */
			return true;
		i = again ? row->kept : i + 1;
		if (!again && (!db_in_transaction(session->db) || script_chained(row->script, i)))
			row->kept = i;
	}
	return end_as_written(session, row, err) && lock_keep(session, err) &&
	       run_record(session, row, err);
}

static bool run_file(Session *session, PushRow *row, Err *err)
{
	if (row->kept)
		log_line(session->log,
			"%.*s: the first %zu of its %zu statements are done; resuming after them",
			STR_ARG(row->script->migration->file), row->kept, row->script->count);
	if (row->script->mode == SCRIPT_AS_WRITTEN || row->script->mode == SCRIPT_AUTOCOMMIT)
		return run_as_written(session, row, err);
	return run_in_parts(session, row, err);
}

/* One file by itself. */
static bool run_single(Session *session, Push *push, PushRow *row, Err *err)
{
	session->speaker = row->script->migration->file;
	bool done = run_file(session, row, err);
	session->speaker = (Str){0};
	if (done) {
		attempt_mark_applied(session, push, row);
		return true;
	}
	if (row->state == PUSH_NOT_RUN && row->kept)
		attempt_mark_undone(row);
	if (row->state == PUSH_PARTLY)
		failure_tell_kept(row->script, row->kept, row->is_tracked, err);
	return false;
}

/* The connection was lost: the row that was running, and those that may have followed it. */
static bool resolve_group(Group *group, Err *lost, Err *err)
{
	Push *push = group->push;
	PushRow *rows = &push->rows[group->next];
	if (!attempt_resolve_rows(group->session, rows, group->to - group->next, lost, err))
		return false;
	for (; group->next < group->to && push->rows[group->next].resumed; group->next++)
		attempt_mark_applied(group->session, push, &push->rows[group->next]);
	return true;
}

/* What has stopped the group at group->next: true if the push continues there. */
static bool settle_group(Group *group, TransactionEnd end, Err *lost, Err *err)
{
	Session *session = group->session;
	PushRow *row = &group->push->rows[group->next];
	if (end != TRANSACTION_CANCELLED && group_may_continue(group))
		return true;
	if (end == TRANSACTION_LOST)
		return resolve_group(group, lost, err);
	if (end == TRANSACTION_CANCELLED)
		return group_has_begun(group) ? cancel_file(session, row, group->batch, NULL, err)
					      : !attempt_stop_before(row, err);
	if (group_refuse_unseen(group, err))
		return false;
	return mark_nontransactional(session, row, group->batch) ||
	       attempt_again(session, row, group->batch) ||
	       fail_file(session, row, group->batch, err);
}

/* Rows [*next, to) in one batch; *next becomes the first that is not applied. */
static bool run_group(Session *session, Push *push, size_t *next, size_t to, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err lost = {.arena = err->arena};
	Group group = group_new(session, push, *next, to, &batch);
	TransactionEnd end = group_run(&group, &lost);
	bool proceeds = end == TRANSACTION_DONE || settle_group(&group, end, &lost, err);
	*next = group.next;
	return proceeds;
}

static void note_begun(Session *session, const Push *push, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		*vec_add(session->arena, &session->begun) =
			push->rows[i].script->migration->version;
}

static bool run_files(Session *session, Push *push, Err *err)
{
	for (size_t i = 0; i < push->count;) {
		PushRow *row = &push->rows[i];
		size_t to = i + group_size(push, i);
		if (attempt_stop_before(row, err) || !lock_keep(session, err))
			return false;
		if (to > i + 1) {
			note_begun(session, push, i, to);
			if (!run_group(session, push, &i, to, err))
				return false;
			session->begun.count -= to - i; /* those have left nothing */
		} else {
			note_begun(session, push, i, i + 1);
			if (!run_single(session, push, row, err))
				return false;
			i++;
		}
	}
	return true;
}

bool push_files(Session *session, Push *push, Err *err)
{
	bool pushed = run_files(session, push, err);
	progress_clear(session, push);
	return pushed;
}
