#include "server/lock_monitor.h"

#include "base/interrupt.h"

#include <stdlib.h>

enum {
	FIRST_LOOK_MS = 150, /* of a flight */
	LOOK_EVERY_MS = 150,
	LOOK_AGAIN_MS = 20, /* at least, when it is nearly time to brake */
	EMPTY_LOOKS_MAX = 1, /* between one who waits and the next, for it to count as one wait */
	/* From the look that comes too late by one to the end of the roll-back: a cancel request
	 * travels on a connection of its own. */
	BRAKING_MS = 2 * LOOK_EVERY_MS + 50,
	TELL_EVERY_MS = 10 * 1000,
	BEAT_EVERY_MS = 10 * 1000,
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

struct Lookout {
	const Session *session;
	LookoutOptions options;
	Db *db; /* NULL: not connected yet */
	bool ready, lost;
	Arena asking; /* of the question under way */
	Flight flight;
	FlightRun *run; /* NULL: no question is under way */
	bool is_stale; /* it was asked of an earlier transaction of ours */
	Param pid;
	int64_t next_look; /* of clock_us */
	/* of the flight that is watched */
	const Flight *watched;
	const Command *running; /* the one that the server works on, since `running_since` */
	int64_t running_since, next_beat;
	bool is_blocked; /* when last looked at */
	bool gentle, braked;
	int64_t told;
	Other blockers[OTHERS_MAX], waiting; /* the one that has waited longest */
	size_t blocked_by, waiting_count;
	Arena seen, seen_waiting; /* their texts */
	Queue queue;
};

int64_t lookout_brake_ms(int64_t limit_ms)
{
	int64_t ahead = limit_ms / 4 > BRAKING_MS ? limit_ms / 4 : BRAKING_MS;
	return limit_ms - ahead > LOOK_EVERY_MS ? limit_ms - ahead : LOOK_EVERY_MS;
}

void lookout_open(Session *session, const LookoutOptions *options)
{
	session->lookout = arena_new(session->arena, Lookout);
	session->lookout->session = session;
	session->lookout->options = *options;
}

static void disconnect(Lookout *lookout)
{
	db_close(&lookout->db);
	arena_release(&lookout->asking);
	lookout->run = NULL;
	lookout->ready = false;
}

void lookout_close(Session *session)
{
	if (!session->lookout)
		return;
	disconnect(session->lookout);
	arena_release(&session->lookout->seen);
	arena_release(&session->lookout->seen_waiting);
	session->lookout = NULL;
}

void lookout_renew(Lookout *lookout)
{
	if (!lookout)
		return;
	disconnect(lookout);
	lookout->lost = false;
}

/* Rows: 'by' who blocks us, 'us' who waits for us; the last column is the number of our own
 * transaction. pg_locks is open to everybody; what pg_stat_activity hides from our role is NULL. A
 * prepared transaction has no process. */
static void ask(Lookout *lookout)
{
	arena_release(&lookout->asking);
	lookout->flight = (Flight){.arena = &lookout->asking};
	lookout->pid = (Param){.value = lookout->session->backend_pid};
	session_assert_role(lookout->session, &lookout->flight);
	session_ask(&lookout->flight);
	Command *command = flight_add_literal(&lookout->flight,
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
	command->params = &lookout->pid;
	command->param_count = 1;
	command->want_rows = true;
	lookout->is_stale = false;
	lookout->run = flight_begin(lookout->db, &lookout->flight);
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
static void update_queue(Lookout *lookout, int64_t transaction)
{
	Queue *queue = &lookout->queue;
	if (!lookout->waiting_count) {
		if (++queue->empty_looks > EMPTY_LOOKS_MAX)
			*queue = (Queue){0};
		return;
	}
	int64_t now = clock_us(), since = now - lookout->waiting.ms * 1000;
	if (!queue->ms || queue->transaction != transaction || since < queue->since)
		queue->since = since;
	queue->transaction = transaction;
	queue->ms = (now - queue->since) / 1000 + 1;
	queue->empty_looks = 0;
}

/* The blockers of the last look that has seen any are kept: at the end of a wait there are none. */
static void take_rows(Lookout *lookout, const Rows *rows)
{
	int64_t transaction = 0;
	bool blocked = rows->count && str_equal(rows->cells[0], STR("by"));
	lookout->is_blocked = blocked;
	if (blocked) {
		arena_release(&lookout->seen);
		lookout->blocked_by = 0;
	}
	arena_release(&lookout->seen_waiting);
	lookout->waiting_count = 0;
	lookout->waiting = (Other){0};
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * rows->columns];
		if (str_equal(cells[0], STR("us"))) {
			if (!lookout->waiting_count++)
				lookout->waiting = other_of(&lookout->seen_waiting, cells);
		} else if (lookout->blocked_by < OTHERS_MAX) {
			lookout->blockers[lookout->blocked_by++] = other_of(&lookout->seen, cells);
		}
	}
	if (rows->count)
		transaction = number_of(&lookout->seen_waiting, rows->cells[7]);
	update_queue(lookout, transaction);
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

static void tell(Lookout *lookout)
{
	ARENA_SCRATCH(scratch);
	if (!lookout->blocked_by || clock_us() < lookout->told)
		return;
	lookout->told = deadline_in(TELL_EVERY_MS);
	log_line(lookout->session->log, "waiting for a lock; in the way: %.*s",
		STR_ARG(lookout_blockers(&scratch, lookout)));
}

/* ---- the sign of life ---- */

/* The first one that has no answer yet. */
static const Command *find_running(const Flight *flight)
{
	for (size_t i = 0; i < flight->commands.count; i++)
		if (flight->commands.items[i].state == COMMAND_NOT_RUN)
			return &flight->commands.items[i];
	return NULL;
}

/* Whose statement it is; NULL if it is a command of our own. */
static const Script *find_script(const LookoutOptions *options, const Statement *statement)
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
static Str describe_running(Arena *arena, const Lookout *lookout)
{
	enum {
		SHOWN_MAX = 80
	};
	const Command *command = lookout->running;
	const Statement *statement = command->subject;
	const Script *script = find_script(&lookout->options, statement);
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

static Str describe_waits(Arena *arena, const Lookout *lookout)
{
	enum {
		WAITS_MAX = 32 * 1024
	};
	Buf buf = buf_new(arena, WAITS_MAX);
	if (lookout->is_blocked)
		buf_format(&buf, "; it waits for %.*s", STR_ARG(lookout_blockers(arena, lookout)));
	if (lookout->waiting_count)
		buf_format(&buf, "; %zu session%s for it, the first (process %.*s) for %.1f s",
			lookout->waiting_count, lookout->waiting_count == 1 ? " waits" : "s wait",
			STR_ARG(lookout->waiting.pid), (double)lookout->waiting.ms / 1000);
	return buf_str(&buf);
}

static void beat(Lookout *lookout)
{
	ARENA_SCRATCH(scratch);
	int64_t now = clock_us();
	const Command *running = find_running(lookout->watched);
	if (running != lookout->running) {
		lookout->running = running;
		lookout->running_since = now;
		lookout->next_beat = deadline_in(BEAT_EVERY_MS);
	}
	if (!running || now < lookout->next_beat)
		return;
	lookout->next_beat = deadline_in(BEAT_EVERY_MS);
	if (lookout->is_blocked)
		lookout->told = deadline_in(TELL_EVERY_MS);
	log_line(lookout->session->log, "still running, %.0f s: %.*s%.*s",
		(double)(now - lookout->running_since) / 1e6,
		STR_ARG(describe_running(&scratch, lookout)),
		STR_ARG(describe_waits(&scratch, lookout)));
}

static bool may_brake(const Lookout *lookout)
{
	return !lookout->gentle && lookout->options.patience.ms && lookout->waiting_count;
}

static bool is_enough(const Lookout *lookout)
{
	return may_brake(lookout) &&
	       lookout->queue.ms >= lookout_brake_ms(lookout->options.patience.ms);
}

/* Until the next look. */
static int64_t pause_ms(const Lookout *lookout)
{
	int64_t left = lookout_brake_ms(lookout->options.patience.ms) - lookout->queue.ms;
	if (!may_brake(lookout) || left > LOOK_EVERY_MS)
		return LOOK_EVERY_MS;
	return left > LOOK_AGAIN_MS ? left : LOOK_AGAIN_MS;
}

/* What can be done without waiting: connect, ask, take the answer. */
static void proceed(Lookout *lookout)
{
	if (!lookout->db)
		lookout->db = db_begin_beside(lookout->session->db);
	if (!lookout->ready) {
		DbProgress progress = db_progress(lookout->db);
		lookout->ready = progress == DB_READY;
		lookout->lost = progress == DB_REFUSED;
	} else if (!lookout->run) {
		ask(lookout);
	} else {
		FlightState state = flight_step(lookout->run);
		if (state == FLIGHT_UNDER_WAY)
			return;
		lookout->run = NULL;
		lookout->lost = state == FLIGHT_LOST || flight_failed(&lookout->flight) != NULL;
		if (!lookout->lost && !lookout->is_stale)
			take_rows(lookout,
				&lookout->flight.commands.items[lookout->flight.commands.count - 1]
					 .rows);
		if (!lookout->is_stale)
			lookout->next_look = deadline_in(pause_ms(lookout));
	}
}

static bool tick(void *context)
{
	Lookout *lookout = context;
	beat(lookout);
	if (lookout->lost || lookout->braked || clock_us() < lookout->next_look)
		return false;
	proceed(lookout);
	if (lookout->lost) {
		log_line(lookout->session->log,
			"no second connection can be had: who is in the way is not known");
		disconnect(lookout);
		return false;
	}
	tell(lookout);
	lookout->braked = is_enough(lookout);
	return lookout->braked;
}

void lookout_flight(Lookout *lookout, Flight *flight, bool gentle)
{
	if (!lookout)
		return;
	int64_t limit = lookout->session->options.lock_timeout_ms;
	int64_t first = limit && limit / 4 < FIRST_LOOK_MS ? limit / 4 + 1 : FIRST_LOOK_MS;
	lookout->gentle = gentle;
	lookout->braked = false;
	lookout->blocked_by = lookout->waiting_count = 0;
	lookout->told = 0;
	lookout->watched = flight;
	lookout->running = NULL;
	lookout->is_blocked = false;
	/* a transaction that the author has left open goes on, and so does the wait for it */
	if (!db_in_transaction(lookout->session->db)) {
		lookout->queue = (Queue){0};
		lookout->next_look = deadline_in(first);
		lookout->is_stale = lookout->run != NULL;
	}
	flight->tick = tick;
	flight->tick_context = lookout;
}

bool lookout_has_braked(const Lookout *lookout)
{
	return lookout && lookout->braked;
}

bool lookout_was_blocked(const Lookout *lookout)
{
	return lookout && lookout->is_blocked;
}

Str lookout_blockers(Arena *arena, const Lookout *lookout)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	for (size_t i = 0; lookout && i < lookout->blocked_by; i++) {
		if (i)
			buf_add(&buf, STR("\n"));
		buf_add(&buf,
			describe(arena, &lookout->blockers[i], lookout->options.show_queries));
	}
	return buf_str(&buf);
}

Str lookout_reason(Arena *arena, const Lookout *lookout)
{
	const Other *first = &lookout->waiting;
	const Patience *patience = &lookout->options.patience;
	Str before = {0};
	if (lookout->queue.ms > first->ms + LOOK_EVERY_MS)
		before = str_format(arena,
			"one after the other, sessions waited for this migration for %.1f s; ",
			(double)lookout->queue.ms / 1000);
	return str_format(arena,
		"%.*s%zu session%s waited for %s, the first (process %.*s) for %.1f s; "
		"their limit is %.1f s, %.*s",
		STR_ARG(before), lookout->waiting_count, lookout->waiting_count == 1 ? "" : "s",
		before.len ? "it at last" : "this migration", STR_ARG(first->pid),
		(double)first->ms / 1000, (double)patience->ms / 1000, STR_ARG(patience->of));
}
