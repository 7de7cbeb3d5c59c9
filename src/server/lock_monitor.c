#include "server/lock_monitor.h"

#include <stdlib.h>

enum {
	FIRST_LOOK_MS = 150, /* of a batch */
	LOOK_EVERY_MS = 150,
	LOOK_AGAIN_MS = 20, /* at least, when it is nearly time to brake */
	EMPTY_LOOKS_MAX = 1, /* between one who waits and the next, for it to count as one wait */
	/* From the look that comes too late by one to the end of the roll-back: a cancel request
	 * travels on a connection of its own. */
	CANCELLING_MS = 2 * LOOK_EVERY_MS + 50,
	TELL_EVERY_MS = 10 * 1000,
	HEARTBEAT_MS = 10 * 1000,
	OTHERS_MAX = 8,
	TEXT_MAX = 16 * 1024,
};

/* A session that is in our way, or in whose way we are. */
typedef struct Other {
	Str pid, role, application, state, query;
	int64_t ms; /* since its transaction began, or since it waits for us */
} Other;

/* Those who wait for one transaction of ours, as a whole: one whose time is up makes room for the
 * next, and it is the same wait. */
typedef struct Queue {
	int64_t transaction; /* ours */
	int64_t since; /* of clock_us */
	int64_t ms; /* at the last look that has seen anybody; 0: nobody waits */
	size_t empty_looks; /* since then */
} Queue;

struct LockMonitor {
	const Session *session;
	LockMonitorOptions options;
	Db *db; /* NULL: not connected yet */
	bool ready, lost;
	Arena asking; /* of the question under way */
	Batch batch;
	BatchRun *run; /* NULL: no question is under way */
	bool is_stale; /* it was asked of an earlier transaction of ours */
	Param pid;
	int64_t next_look; /* of clock_us */
	/* of the batch that is watched */
	const Batch *watched;
	const Command *running; /* the one that the server works on, since `running_since` */
	int64_t running_since, next_heartbeat;
	bool is_blocked; /* when last looked at */
	bool blocks_nobody, cancelled;
	int64_t reported;
	Other blockers[OTHERS_MAX], waiting; /* the one that has waited longest */
	size_t blocked_by, waiting_count;
	Arena seen, seen_waiting; /* their texts */
	Queue queue;
};

int64_t lock_monitor_cancel_after_ms(int64_t limit_ms)
{
	int64_t ahead = limit_ms / 4 > CANCELLING_MS ? limit_ms / 4 : CANCELLING_MS;
	return limit_ms - ahead > LOOK_EVERY_MS ? limit_ms - ahead : LOOK_EVERY_MS;
}

void lock_monitor_open(Session *session, const LockMonitorOptions *options)
{
	session->monitor = arena_new(session->arena, LockMonitor);
	session->monitor->session = session;
	session->monitor->options = *options;
}

static void disconnect(LockMonitor *monitor)
{
	db_close(&monitor->db);
	arena_release(&monitor->asking);
	monitor->run = NULL;
	monitor->ready = false;
}

void lock_monitor_close(Session *session)
{
	if (!session->monitor)
		return;
	disconnect(session->monitor);
	arena_release(&session->monitor->seen);
	arena_release(&session->monitor->seen_waiting);
	session->monitor = NULL;
}

void lock_monitor_renew(LockMonitor *monitor)
{
	if (!monitor)
		return;
	disconnect(monitor);
	monitor->lost = false;
}

/* Rows: 'by' who blocks us, 'us' who waits for us; the last column is the number of our own
 * transaction. pg_locks is open to everybody; what pg_stat_activity hides from our role is NULL. A
 * prepared transaction has no process. */
static void ask_waiting(LockMonitor *monitor)
{
	arena_release(&monitor->asking);
	monitor->batch = (Batch){.arena = &monitor->asking};
	monitor->pid = (Param){.value = monitor->session->backend_pid};
	session_assert_role(monitor->session, &monitor->batch);
	batch_add(&monitor->batch, monitor->session->settings); /* it is idle between two looks */
	session_ask(&monitor->batch);
	Command *command = batch_add_literal(&monitor->batch,
		"WITH locks AS MATERIALIZED (SELECT pid, granted, virtualtransaction, "
		"CASE WHEN NOT granted THEN "
		"(pg_catalog.to_jsonb(l) ->> 'waitstart')::timestamptz END AS since "
		"FROM pg_catalog.pg_locks l WHERE NOT granted "
		"OR pid = $1::int4 AND locktype = 'virtualxid'), "
		"waiting AS MATERIALIZED (SELECT pid, min(since) AS since "
		"FROM locks WHERE NOT granted GROUP BY pid), pairs AS ("
		"SELECT 'by' AS kind, b.pid, NULL::timestamptz AS since FROM waiting w, "
		"pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS b(pid) "
		"WHERE w.pid = $1::int4 UNION SELECT 'us', w.pid, w.since FROM waiting w "
		"WHERE $1::int4 = ANY (pg_catalog.pg_blocking_pids(w.pid))) "
		"SELECT p.kind, p.pid, a.usename, a.application_name, a.state, a.query, "
		"(1000 * EXTRACT(epoch FROM pg_catalog.clock_timestamp() - CASE p.kind "
		"WHEN 'by' THEN coalesce(a.xact_start, a.state_change) "
		"ELSE coalesce(p.since, a.query_start) END))::int8, (SELECT "
		"pg_catalog.split_part(min(virtualtransaction), '/', 2) FROM locks "
		"WHERE pid = $1::int4) FROM pairs p "
		"LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = p.pid "
		"WHERE p.kind = 'by' OR coalesce(a.backend_type, 'client backend') = "
		"'client backend' ORDER BY 1, 7 DESC NULLS LAST");
	command->params = &monitor->pid;
	command->param_count = 1;
	command->want_rows = true;
	monitor->is_stale = false;
	monitor->run = batch_begin(monitor->db, &monitor->batch);
}

static int64_t number_of(Arena *arena, Str cell)
{
	return cell.len ? strtoll(str_z(arena, cell), NULL, 10) : 0;
}

static Other other_of(Arena *arena, const Str *cells)
{
	Other other = {.pid = str_copy(arena, cells[1]), .role = str_visible(arena, cells[2])};
	other.application = str_visible(arena, cells[3]);
	other.state = str_copy(arena, cells[4]);
	other.query = str_copy(arena, str_head(cells[5], 200));
	other.ms = number_of(arena, cells[6]);
	return other;
}

/* While our transaction lives it gives no lock back: who has left the queue has run out of time. */
static void update_queue(LockMonitor *monitor, int64_t transaction)
{
	Queue *queue = &monitor->queue;
	if (!monitor->waiting_count) {
		if (++queue->empty_looks > EMPTY_LOOKS_MAX)
			*queue = (Queue){0};
		return;
	}
	int64_t now = clock_us(), since = now - monitor->waiting.ms * 1000;
	if (!queue->ms || queue->transaction != transaction || since < queue->since)
		queue->since = since;
	queue->transaction = transaction;
	queue->ms = (now - queue->since) / 1000 + 1;
	queue->empty_looks = 0;
}

/* The blockers of the last look that has seen any are kept: at the end of a wait there are none. */
static void take_rows(LockMonitor *monitor, const Rows *rows)
{
	int64_t transaction = 0;
	bool blocked = rows->count && str_equal(rows->cells[0], STR("by"));
	monitor->is_blocked = blocked;
	if (blocked) {
		arena_release(&monitor->seen);
		monitor->blocked_by = 0;
	}
	arena_release(&monitor->seen_waiting);
	monitor->waiting_count = 0;
	monitor->waiting = (Other){0};
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * rows->columns];
		if (str_equal(cells[0], STR("us"))) {
			if (!monitor->waiting_count++)
				monitor->waiting = other_of(&monitor->seen_waiting, cells);
		} else if (monitor->blocked_by < OTHERS_MAX) {
			monitor->blockers[monitor->blocked_by++] = other_of(&monitor->seen, cells);
		}
	}
	if (rows->count)
		transaction = number_of(&monitor->seen_waiting, rows->cells[7]);
	update_queue(monitor, transaction);
}

static Str describe(Arena *arena, const Other *other, bool show_query)
{
	if (str_equal(other->pid, STR("0")))
		return STR("a prepared transaction");
	Buf buf = buf_new(arena, 1024);
	buf_format(&buf, "process %.*s", STR_ARG(other->pid));
	if (other->role.len)
		buf_format(&buf, " of role %.*s", STR_ARG(other->role));
	if (other->application.len)
		buf_format(&buf, ", %.*s", STR_ARG(other->application));
	if (other->state.len)
		buf_format(&buf, ", %.*s", STR_ARG(other->state));
	if (other->ms > 0)
		buf_format(&buf, ", in its transaction for %.1f s", (double)other->ms / 1000);
	if (show_query && other->query.len)
		buf_format(&buf, ": %.*s", STR_ARG(str_visible(arena, other->query)));
	return buf_str(&buf);
}

static void tell(LockMonitor *monitor)
{
	ARENA_SCRATCH(scratch);
	if (!monitor->blocked_by || clock_us() < monitor->reported)
		return;
	monitor->reported = deadline_in(TELL_EVERY_MS);
	log_line(monitor->session->log, "waiting for a lock; in the way: %.*s",
		STR_ARG(lock_monitor_blockers(&scratch, monitor)));
}

/* ---- the sign of life ---- */

/* The first one that has no answer yet. */
static const Command *find_running(const Batch *batch)
{
	for (size_t i = 0; i < batch->commands.count; i++)
		if (batch->commands.items[i].state == COMMAND_NOT_RUN)
			return &batch->commands.items[i];
	return NULL;
}

/* Whose statement it is; NULL if it is a command of our own. */
static const Script *find_script(const LockMonitorOptions *options, const Statement *statement)
{
	for (size_t i = 0; statement && i < options->script_count; i++) {
		const Script *script = &options->scripts[i];
		if (statement >= script->statements &&
			statement < script->statements + script->count)
			return script;
	}
	return NULL;
}

/* "file.sql, statement 2 of 5 (line 7): create index …" */
static Str describe_running(Arena *arena, const LockMonitor *monitor)
{
	enum {
		SHOWN_MAX = 80
	};
	const Command *command = monitor->running;
	const Statement *statement = command->subject;
	const Script *script = find_script(&monitor->options, statement);
	const char *at = script ? script_point(statement, 0) : command->sql.ptr;
	Str text = {at, (size_t)(command->sql.ptr + command->sql.len - at)}, line = {0};
	str_next(&text, '\n', &line);
	line = str_visible(arena, str_head(line, str_utf8_offset(line, SHOWN_MAX)));
	if (!script)
		return line;
	return str_format(arena, "%.*s, statement %zu of %zu (line %zu): %.*s",
		STR_ARG(script->migration->file), (size_t)(statement - script->statements) + 1,
		script->count, script_place(script, at).line, STR_ARG(line));
}

static Str describe_waits(Arena *arena, const LockMonitor *monitor)
{
	enum {
		WAITS_MAX = 32 * 1024
	};
	Buf buf = buf_new(arena, WAITS_MAX);
	if (monitor->is_blocked)
		buf_format(&buf, "; it waits for %.*s",
			STR_ARG(lock_monitor_blockers(arena, monitor)));
	if (monitor->waiting_count)
		buf_format(&buf, "; %zu session%s for it, the first (process %.*s) for %.1f s",
			monitor->waiting_count, monitor->waiting_count == 1 ? " waits" : "s wait",
			STR_ARG(monitor->waiting.pid), (double)monitor->waiting.ms / 1000);
	return buf_str(&buf);
}

static void heartbeat(LockMonitor *monitor)
{
	ARENA_SCRATCH(scratch);
	int64_t now = clock_us();
	const Command *running = find_running(monitor->watched);
	if (running != monitor->running) {
		monitor->running = running;
		monitor->running_since = now;
		monitor->next_heartbeat = deadline_in(HEARTBEAT_MS);
	}
	if (!running || now < monitor->next_heartbeat)
		return;
	monitor->next_heartbeat = deadline_in(HEARTBEAT_MS);
	if (monitor->is_blocked)
		monitor->reported = deadline_in(TELL_EVERY_MS);
	log_line(monitor->session->log, "still running, %.0f s: %.*s%.*s",
		(double)(now - monitor->running_since) / 1e6,
		STR_ARG(describe_running(&scratch, monitor)),
		STR_ARG(describe_waits(&scratch, monitor)));
}

static bool may_brake(const LockMonitor *monitor)
{
	return !monitor->blocks_nobody && monitor->options.patience.ms && monitor->waiting_count;
}

static bool is_enough(const LockMonitor *monitor)
{
	return may_brake(monitor) &&
	       monitor->queue.ms >= lock_monitor_cancel_after_ms(monitor->options.patience.ms);
}

/* Until the next look. */
static int64_t pause_ms(const LockMonitor *monitor)
{
	int64_t left =
		lock_monitor_cancel_after_ms(monitor->options.patience.ms) - monitor->queue.ms;
	if (!may_brake(monitor) || left > LOOK_EVERY_MS)
		return LOOK_EVERY_MS;
	return left > LOOK_AGAIN_MS ? left : LOOK_AGAIN_MS;
}

/* What can be done without waiting: connect, ask, take the answer. */
static void proceed(LockMonitor *monitor)
{
	if (!monitor->db)
		monitor->db = db_begin_beside(monitor->session->db);
	if (!monitor->ready) {
		DbProgress progress = db_progress(monitor->db);
		monitor->ready = progress == DB_READY;
		monitor->lost = progress == DB_REFUSED;
	} else if (!monitor->run) {
		ask_waiting(monitor);
	} else {
		BatchState state = batch_step(monitor->run);
		if (state == BATCH_UNDER_WAY)
			return;
		monitor->run = NULL;
		monitor->lost = state == BATCH_LOST || batch_failed(&monitor->batch) != NULL;
		if (!monitor->lost && !monitor->is_stale)
			take_rows(monitor,
				&monitor->batch.commands.items[monitor->batch.commands.count - 1]
					 .rows);
		if (!monitor->is_stale)
			monitor->next_look = deadline_in(pause_ms(monitor));
	}
}

static bool tick(void *context)
{
	LockMonitor *monitor = context;
	heartbeat(monitor);
	if (monitor->lost || monitor->cancelled || clock_us() < monitor->next_look)
		return false;
	proceed(monitor);
	if (monitor->lost) {
		log_line(monitor->session->log,
			"cannot open a second connection: who is in the way is not known");
		disconnect(monitor);
		return false;
	}
	tell(monitor);
	monitor->cancelled = is_enough(monitor);
	return monitor->cancelled;
}

void lock_monitor_watch(LockMonitor *monitor, Batch *batch, bool blocks_nobody)
{
	if (!monitor)
		return;
	int64_t limit = monitor->session->options.lock_timeout_ms;
	int64_t first = limit && limit / 4 < FIRST_LOOK_MS ? limit / 4 + 1 : FIRST_LOOK_MS;
	monitor->blocks_nobody = blocks_nobody;
	monitor->cancelled = false;
	monitor->blocked_by = monitor->waiting_count = 0;
	monitor->reported = 0;
	monitor->watched = batch;
	monitor->running = NULL;
	monitor->is_blocked = false;
	/* a transaction that the author has left open continues, and so does the wait for it */
	if (!db_in_transaction(monitor->session->db)) {
		monitor->queue = (Queue){0};
		monitor->next_look = deadline_in(first);
		monitor->is_stale = monitor->run != NULL;
	}
	batch->tick = tick;
	batch->tick_context = monitor;
}

bool lock_monitor_has_cancelled(const LockMonitor *monitor)
{
	return monitor && monitor->cancelled;
}

const Command *lock_monitor_cancelled_at(const LockMonitor *monitor)
{
	return lock_monitor_has_cancelled(monitor) ? monitor->running : NULL;
}

bool lock_monitor_was_blocked(const LockMonitor *monitor)
{
	return monitor && monitor->is_blocked;
}

Str lock_monitor_blockers(Arena *arena, const LockMonitor *monitor)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	for (size_t i = 0; monitor && i < monitor->blocked_by; i++) {
		if (i)
			buf_add(&buf, STR("\n"));
		buf_add(&buf,
			describe(arena, &monitor->blockers[i], monitor->options.show_queries));
	}
	return buf_str(&buf);
}

Str lock_monitor_reason(Arena *arena, const LockMonitor *monitor)
{
	const Other *first = &monitor->waiting;
	const ApiWait *patience = &monitor->options.patience;
	Str before = {0};
	if (monitor->queue.ms > first->ms + LOOK_EVERY_MS)
		before = str_format(arena,
			"one after the other, sessions waited for this migration for %.1f s; ",
			(double)monitor->queue.ms / 1000);
	return str_format(arena,
		"%.*s%zu session%s waited for %s, the first (process %.*s) for %.1f s; "
		"their limit is %.1f s, %.*s",
		STR_ARG(before), monitor->waiting_count, monitor->waiting_count == 1 ? "" : "s",
		before.len ? "it at last" : "this migration", STR_ARG(first->pid),
		(double)first->ms / 1000, (double)patience->ms / 1000, STR_ARG(patience->of));
}
