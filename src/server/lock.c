#include "server/lock.h"

#include "base/interrupt.h"
#include "server/history_table.h"
#include "server/purpose.h"

enum {
	POLL_FIRST_MS = 250,
	POLL_MAX_MS = 2000,
	RETAKE_MS = 10 * 1000,
};

typedef struct Question {
	size_t lock, holder, limits; /* indexes of commands */
} Question;

static size_t add_lock_question(Batch *batch, Str sql)
{
	session_ask(batch);
	Command *command = batch_add(batch, sql);
	command->want_rows = command->sync = true;
	return batch->commands.count - 1;
}

/* Each in a transaction of its own: the one that tries must not hold a snapshot afterwards. */
static Question add_question(Batch *batch)
{
	Question question;
	question.lock = add_lock_question(
		batch, STR("SELECT pg_catalog.pg_try_advisory_lock(" HISTORY_KEY ")"));
	question.holder = add_lock_question(
		batch, STR("SELECT l.pid, a.application_name, a.usename, pg_catalog.to_char("
			   "a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"'), "
			   "l.pid = pg_catalog.pg_backend_pid() FROM pg_catalog.pg_locks l "
			   "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
			   "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
			   "AND l.classid = '" HISTORY_KEY_HIGH
			   "'::oid AND l.objid = '" HISTORY_KEY_LOW "'::oid "
			   "AND l.database = (SELECT oid FROM pg_catalog.pg_database "
			   "WHERE datname = pg_catalog.current_database())"));
	question.limits = add_lock_question(batch, api_limits_question());
	return question;
}

/* "supabase-promote acme/shop 4711 (process 123 of role postgres, connected since …)". */
static Str holder_of(Arena *arena, const Rows *rows)
{
	if (!rows->count)
		return STR("somebody who has gone meanwhile");
	const Str *cells = rows->cells;
	Str application = cells[1].len ? str_visible(arena, cells[1]) : STR("a session");
	if (!cells[2].len)
		return str_format(
			arena, "%.*s (process %.*s)", STR_ARG(application), STR_ARG(cells[0]));
	return str_format(arena, "%.*s (process %.*s of role %.*s, connected since %.*s)",
		STR_ARG(application), STR_ARG(cells[0]), STR_ARG(str_visible(arena, cells[2])),
		STR_ARG(cells[3].len ? cells[3] : STR("?")));
}

static bool is_true(const Rows *rows, size_t cell)
{
	return rows->count && str_equal(rows->cells[cell], STR("t"));
}

/* A pooler that lends a connection for a transaction only would leave the lock with a stranger. */
static bool check_ours(const Rows *holder, Err *err)
{
	if (is_true(holder, 4))
		return true;
	err_add(err, ERR_BLOCKED,
		"the advisory lock was taken by another server process than this session's")
		->hint = STR("the connection goes through a pooler in transaction mode: use the "
			     "database's own address, or the pooler's port for sessions (5432)");
	return false;
}

static bool run_lock(Session *session, Batch *batch, Err *err)
{
	if (!batch_run(session->db, batch, deadline_in(session->answer_limit_ms), true, err))
		return false;
	if (interrupt_pending())
		err_add(err, ERR_CANCELLED, "cancelled while the lock was taken");
	return !interrupt_pending();
}

static bool add_lock_fault(const Batch *batch, Err *err)
{
	db_add_fault(err, ERR_BLOCKED, batch_failed(batch)->failure)->hint =
		STR("the advisory lock that keeps two pushes apart cannot be taken");
	return false;
}

/* Between two tries: longer and longer, and never in step with another run. */
static bool pause(int64_t *ms, Deadline deadline)
{
	int64_t wait = (int64_t)((double)*ms * (0.5 + clock_jitter() / 2));
	Deadline until = deadline_in(wait);
	*ms = *ms * 2 > POLL_MAX_MS ? POLL_MAX_MS : *ms * 2;
	return interrupt_wait(-1, 0, until < deadline ? until : deadline, true) != WAIT_INTERRUPTED;
}

static void log_holder(const Session *session, Str holder, Str *last)
{
	if (str_equal(holder, *last))
		return;
	log_line(session->log, "waiting for another push: the lock is held by %.*s",
		STR_ARG(holder));
	*last = str_copy(session->arena, holder);
}

static bool give_up(Str holder, int64_t wait_ms, Err *err)
{
	err_add(err, ERR_BLOCKED, "another push is under way: the lock is held by %.*s",
		STR_ARG(holder))
		->hint = str_format(err->arena,
		"run the job again when that one is done; "
		"lock-wait (%g s) is how long to wait for it",
		(double)wait_ms / 1000);
	return false;
}

/* What a try brings. */
typedef struct Try {
	bool again; /* it is not the first, with which the history comes along */
	Str holder; /* who has it */
	History *history;
	ApiWait *patience;
} Try;

/* The session has the lock afterwards, or the holder is known. */
static bool try_once(Session *session, Try *this, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	HistoryQuestion reading = {0};
	session_begin(session, &batch);
	batch_add(&batch, session->settings)->sync = true; /* it may have to wait */
	Question question = add_question(&batch);
	if (!this->again)
		reading = history_ask(session, &batch);
	if (!run_lock(session, &batch, err) || !session_begun(session, &batch, err))
		return false;
	const Command *commands = batch.commands.items;
	if (commands[question.lock].state == COMMAND_FAILED)
		return add_lock_fault(&batch, err);
	session->has_lock = is_true(&commands[question.lock].rows, 0);
	this->holder = holder_of(session->arena, &commands[question.holder].rows);
	*this->patience = api_limits_wait(session->arena, &commands[question.limits].rows);
	if (!session->has_lock)
		return true;
	if (!check_ours(&commands[question.holder].rows, err))
		return false;
	return this->again ? history_read(session, this->history, err)
			   : history_take(session, &batch, reading, this->history, err);
}

static bool take_within(
	Session *session, int64_t wait_ms, History *history, ApiWait *patience, Err *err)
{
	Deadline deadline = wait_ms > 0 ? deadline_in(wait_ms) : DEADLINE_PAST;
	int64_t pause_ms = POLL_FIRST_MS;
	Try this = {.history = history, .patience = patience};
	Str last_holder = {0};
	for (;; this.again = true) {
		if (!try_once(session, &this, err))
			return false;
		if (session->has_lock)
			return true;
		if (deadline_left(deadline) == 0)
			return give_up(this.holder, wait_ms, err);
		log_holder(session, this.holder, &last_holder);
		if (!pause(&pause_ms, deadline)) {
			err_add(err, ERR_CANCELLED, "cancelled while waiting for another push");
			return false;
		}
	}
}

bool lock_take(Session *session, int64_t wait_ms, History *history, ApiWait *patience, Err *err)
{
	session->held = history;
	return take_within(session, wait_ms, history, patience, err);
}

/* While nobody kept them away, somebody may have pushed the files that are still to be run. */
static bool check_held(Session *session, const History *now, Err *err)
{
	ARENA_SCRATCH(scratch);
	const Str *begun = session->begun.items;
	size_t count = session->begun.count;
	History before = history_except(&scratch, session->held, begun, count);
	History rest = history_except(&scratch, now, begun, count);
	if (history_is_same(&before, &rest))
		return true;
	err_add(err, ERR_OUTCOME, "the history has changed while the push had lost its lock: %.*s",
		STR_ARG(history_difference(&scratch, &before, &rest)))
		->hint = STR("somebody else has pushed, or repaired the history; "
			     "run the job again: it makes a new plan");
	return false;
}

bool lock_keep(Session *session, Err *err)
{
	History now = {0};
	ApiWait patience;
	Err reasons = {.arena = err->arena};
	if (session->has_lock)
		return true;
	if (take_within(session, RETAKE_MS, &now, &patience, &reasons))
		return check_held(session, &now, err);
	/* "blocked" would say that nothing was changed */
	for (Fault *fault = reasons.first; fault; fault = fault->next)
		if (fault->kind == ERR_BLOCKED)
			fault->kind = ERR_OUTCOME;
	err_append(err, &reasons);
	return false;
}

/* There is no dividing by false. */
void lock_add_again(Batch *batch)
{
	batch_add_literal(batch, "SELECT 1 OPERATOR(pg_catalog./) pg_catalog.int4("
				 "pg_catalog.pg_try_advisory_lock(" HISTORY_KEY "))")
		->purpose = PURPOSE_LOCK;
}

/* What failed may have left the server in a transaction that is aborted: then nothing is known. A
 * statement_timeout that a file has left must not end the attempt to take the lock. */
bool lock_run(Session *session, Batch *batch, Deadline deadline, bool interruptible, Err *err)
{
	size_t count = batch->commands.count;
	batch->commands.items[count - 1].sync = true;
	batch_add_literal(batch, "SELECT pg_catalog.set_config('statement_timeout', '0', true)");
	batch_add_literal(batch, "SELECT pg_catalog.pg_try_advisory_lock(" HISTORY_KEY ")")
		->want_rows = true;
	bool answered = batch_run(session->db, batch, deadline, interruptible, err);
	const Command *lock = &batch->commands.items[count + 1];
	session->has_lock = lock->state == COMMAND_DONE && is_true(&lock->rows, 0);
	batch->commands.count = count;
	return answered;
}

void lock_release(Batch *batch)
{
	batch_add_literal(batch, "SELECT pg_catalog.pg_advisory_unlock_all()")->sync = true;
}
