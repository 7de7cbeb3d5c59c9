#include "push/group.h"

#include "push/attempt.h"
#include "server/failure.h"
#include "server/history_table.h"
#include "server/lock.h"
#include "server/lock_monitor.h"
#include "server/purpose.h"

enum {
	FILES_MAX = 100,
	BYTES_MAX = 512 * 1024, /* of the files' text */
};

static bool is_member(const PushRow *row)
{
	return row->script->mode == SCRIPT_ATOMIC && !row->kept && !row->is_begun;
}

size_t group_size(const Push *push, size_t from)
{
	size_t bytes = 0, row = from;
	for (; row < push->count && row - from < FILES_MAX && is_member(&push->rows[row]); row++) {
		bytes += push->rows[row].script->migration->text.len;
		if (bytes > BYTES_MAX)
			break;
	}
	return row - from;
}

/* In a transaction of its own: what is reset stays so when the file is rolled back, and the file's
 * own transaction begins with nothing read. */
static void add_reset(const Session *session, Batch *batch, const PushRow *before)
{
	batch_add_literal(batch, "BEGIN");
	session_reset(session, batch);
	if (before) {
		lock_add_again(batch);
		history_see_before(batch, before->script);
	}
	batch_add_literal(batch, "COMMIT");
}

static size_t add_row(const Session *session, Batch *batch, const PushRow *row)
{
	attempt_add_begin(session, batch, row);
	transaction_add_script(session, batch, row->script);
	history_record(session, batch, row->script);
	transaction_add_commit(batch);
	return batch->commands.count - 1;
}

Group group_new(Session *session, Push *push, size_t from, size_t to, Batch *batch)
{
	Group group = {.session = session,
		.push = push,
		.from = from,
		.to = to,
		.next = from,
		.batch = batch,
		.ends = arena_array(batch->arena, size_t, to - from)};
	for (size_t i = from; i < to; i++) {
		const PushRow *row = &push->rows[i];
		add_reset(session, batch, i > from ? row - 1 : NULL);
		group.ends[i - from] = add_row(session, batch, row);
	}
	return group;
}

static void speak_for(Group *group)
{
	const PushRow *row = &group->push->rows[group->next];
	group->session->speaker = group->next < group->to ? row->script->migration->file : (Str){0};
}

/* A COMMIT of a transaction that had failed is answered with ROLLBACK. */
static void on_answer(void *context, const Command *command)
{
	Group *group = context;
	size_t index = (size_t)(command - group->batch->commands.items);
	if (group->next == group->to || index > group->ends[group->next - group->from])
		return;
	PushRow *row = &group->push->rows[group->next];
	row->us += command->us;
	if (index < group->ends[group->next - group->from] || command->state != COMMAND_DONE ||
		!str_equal(command->tag, STR("COMMIT")))
		return;
	attempt_mark_applied(group->session, group->push, row);
	group->next++;
	speak_for(group);
}

TransactionEnd group_run(Group *group, Err *lost)
{
	const TransactionOptions options = {.interruptible = true};
	int64_t us = 0; /* each row has its own */
	group->batch->answered = on_answer;
	group->batch->answered_context = group;
	speak_for(group);
	TransactionEnd end = transaction_run(group->session, group->batch, &options, &us, lost);
	group->session->speaker = (Str){0};
	return group->next == group->to ? TRANSACTION_DONE : end;
}

static size_t begin_of(const Group *group, size_t row)
{
	return row == group->from ? 0 : group->ends[row - group->from - 1] + 1;
}

bool group_has_begun(const Group *group)
{
	return group->batch->commands.items[begin_of(group, group->next)].state == COMMAND_DONE;
}

/* The command that was running when others had waited long enough belongs to a file that is
 * through, or the cancel has hit nothing. */
static bool is_late_cancel(const Group *group)
{
	const Command *meant = lock_monitor_cancelled_at(group->session->monitor);
	return meant &&
	       (!batch_failed(group->batch) || (size_t)(meant - group->batch->commands.items) <
						       begin_of(group, group->next));
}

bool group_may_continue(Group *group)
{
	const Command *failed = batch_failed(group->batch);
	bool lost_lock = failed && failed->purpose == PURPOSE_LOCK;
	if (!lost_lock && !is_late_cancel(group))
		return false;
	transaction_roll_back(group->session);
	if (lost_lock)
		group->session->has_lock = false; /* somebody has had it: lock_keep compares */
	return group->session->db;
}

/* The question was refused, and not answered: somebody has locked the history, or a limit has ended
 * it. */
static bool is_passing(const Command *failed)
{
	Cause cause = failed->failure->cause;
	return cause_has(cause, CAUSE_IS_LOCK) || cause_has(cause, CAUSE_PASSES) ||
	       cause_has(cause, CAUSE_IS_LIMIT);
}

/* A row that was committed is applied already, and the one after it has failed. */
bool group_refuse_unseen(Group *group, Err *err)
{
	const Command *failed = batch_failed(group->batch);
	if (!failed || failed->purpose != PURPOSE_SEEN_BEFORE || is_passing(failed))
		return false;
	size_t index = (size_t)(failed - group->batch->commands.items);
	bool committed = index < group->ends[group->next - group->from];
	PushRow *row = &group->push->rows[group->next - committed];
	if (!committed)
		attempt_mark_undone(row);
	failure_add_unseen(row->script, committed, err);
	return true;
}
