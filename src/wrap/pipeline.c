#include "wrap/pipeline.h"

#include "base/interrupt.h"

#include <libpq-fe.h>
#include <poll.h>

/* The older form sends at once what has gathered, and would cut the batch into pieces. */
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
#define add_sync PQsendPipelineSync
#else
#define add_sync PQpipelineSync
#endif

enum {
	SEND_AHEAD = 64 * 1024, /* bytes queued in libpq before we look whether they get away */
	/* libpq moves all that is unsent for each answer it reads: what is large waits for them. */
	HELD_BACK = 256 * 1024,
	CANCEL_EVERY_MS = 250, /* a request that hits the server between two statements is lost */
	CANCEL_LIMIT_MS = 2500,
	TICK_MS = 10,
};

/* One run of a batch: how far sending and receiving have come. */
typedef struct BatchRun Run;
struct BatchRun {
	Db *db;
	PGconn *conn;
	Batch *batch;
	size_t sent; /* commands handed to libpq */
	size_t received; /* commands whose results are complete, their sync included */
	size_t queued; /* bytes handed to libpq since it was last empty */
	size_t open; /* commands sent since the last sync */
	bool ended; /* the results of command `received` are complete but for the sync */
	bool unflushed;
	bool stopping;
	bool broken; /* a COPY has begun: the protocol has no way on from there */
	int64_t last_us;
	int64_t next_tick; /* of clock_us */
	Str last_words; /* of a server that is going away */
};

Command *batch_add(Batch *batch, Str sql)
{
	Command *command = vec_add(batch->arena, &batch->commands);
	*command = (Command){.sql = sql};
	return command;
}

const Command *batch_failed(const Batch *batch)
{
	for (size_t i = 0; i < batch->commands.count; i++)
		if (batch->commands.items[i].state == COMMAND_FAILED)
			return &batch->commands.items[i];
	return NULL;
}

static bool has_sync(const Batch *batch, size_t index)
{
	return batch->commands.items[index].sync || index + 1 == batch->commands.count;
}

enum {
	PARAMS_MAX = 8
};

static bool send_params(PGconn *conn, const Command *command, const char *sql)
{
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	size_t count = command->param_count;
	ARENA_SCRATCH(scratch);
	if (command->describe)
		return PQsendDescribePrepared(conn, "") == 1;
	if (command->parse_only)
		return PQsendPrepare(
			       conn, command->prepared ? command->prepared : "", sql, 0, NULL) == 1;
	for (size_t i = 0; i < count && i < PARAMS_MAX; i++) {
		const Param *param = &command->params[i];
		/* text parameters need a terminator, binary ones are sent from where they are */
		values[i] = !param->value.ptr || param->binary ? param->value.ptr
							       : str_z(&scratch, param->value);
		lengths[i] = (int)param->value.len;
		formats[i] = param->binary;
	}
	if (count > PARAMS_MAX)
		return false;
	return command->prepared ? PQsendQueryPrepared(conn, command->prepared, (int)count, values,
					   lengths, formats, 0) == 1
				 : PQsendQueryParams(conn, sql, (int)count, NULL, values, lengths,
					   formats, 0) == 1;
}

static bool send_command(PGconn *conn, const Command *command)
{
	if (command->sql.ptr[command->sql.len] == '\0')
		return send_params(conn, command, command->sql.ptr);
	char *end = (char *)(uintptr_t)(command->sql.ptr + command->sql.len);
	char kept = *end;
	*end = '\0';
	bool sent = send_params(conn, command, command->sql.ptr);
	*end = kept;
	return sent;
}

static size_t size_of(const Command *command)
{
	size_t size = command->prepared && !command->parse_only ? 0 : command->sql.len;
	for (size_t i = 0; i < command->param_count; i++)
		size += command->params[i].value.len;
	return size;
}

/* The server answers each command as it ends, not at the next sync only. */
static bool send_next(Run *run)
{
	const Command *command = &run->batch->commands.items[run->sent];
	if (!send_command(run->conn, command) || !PQsendFlushRequest(run->conn))
		return false;
	run->open++;
	run->queued += size_of(command);
	if (has_sync(run->batch, run->sent)) {
		run->open = 0;
		if (!add_sync(run->conn))
			return false;
	}
	run->sent++;
	return true;
}

static bool flush(Run *run)
{
	int left = PQflush(run->conn);
	run->unflushed = left == 1;
	if (left == 0)
		run->queued = 0;
	return left >= 0;
}

/* As much as gets away without waiting. */
static bool send_some(Run *run)
{
	bool ok = true;
	while (ok && !run->stopping && run->sent < run->batch->commands.count) {
		if (run->received < run->sent &&
			size_of(&run->batch->commands.items[run->sent]) > HELD_BACK)
			break;
		ok = run->queued < SEND_AHEAD || flush(run);
		if (!ok || run->queued >= SEND_AHEAD)
			return ok;
		ok = send_next(run);
	}
	return ok && flush(run);
}

static void keep_rows(Arena *arena, const PGresult *result, Rows *rows)
{
	rows->count = (size_t)PQntuples(result);
	rows->columns = (size_t)PQnfields(result);
	rows->cells = arena_array(arena, Str, rows->count * rows->columns + 1);
	for (size_t i = 0; i < rows->count * rows->columns; i++) {
		int row = (int)(i / rows->columns), column = (int)(i % rows->columns);
		if (PQgetisnull(result, row, column))
			continue;
		Str cell = {
			PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column)};
		rows->cells[i] = str_copy(arena, cell);
	}
}

static void begin_rows(Arena *arena, const PGresult *result, Command *command)
{
	enum {
		BOOL_OID = 16 /* pg_type.dat */
	};
	Rows *rows = &command->rows;
	rows->columns = (size_t)PQnfields(result);
	rows->cells = arena_array(arena, Str, command->rows_max * rows->columns + 1);
	rows->names = arena_array(arena, Str, rows->columns + 1);
	for (size_t i = 0; i < rows->columns; i++)
		rows->names[i] = str_copy(arena, str_from(PQfname(result, (int)i)));
	rows->is_truth = rows->columns == 1 && PQftype(result, 0) == BOOL_OID;
}

static void keep_description(Arena *arena, const PGresult *result, Command *command)
{
	begin_rows(arena, result, command);
	command->rows.types = arena_array(arena, int64_t, command->rows.columns + 1);
	for (size_t i = 0; i < command->rows.columns; i++)
		command->rows.types[i] = (int64_t)PQftype(result, (int)i);
}

/* Row by row, or all at once where libpq has not been asked for that in time. */
static void keep_first(Arena *arena, const PGresult *result, Command *command)
{
	enum {
		CELL_MAX = 1024
	};
	Rows *rows = &command->rows;
	int count = PQntuples(result);
	if (!rows->names)
		begin_rows(arena, result, command);
	rows->total += (size_t)count;
	for (int r = 0; r < count && rows->count < command->rows_max; r++, rows->count++)
		for (size_t c = 0; c < rows->columns; c++)
			if (!PQgetisnull(result, r, (int)c))
				rows->cells[rows->count * rows->columns + c] = str_copy(
					arena, str_head(str_from(PQgetvalue(result, r, (int)c)),
						       CELL_MAX));
}

static void take_rows(Arena *arena, const PGresult *result, Command *command)
{
	if (command->want_rows && command->rows_max)
		keep_first(arena, result, command);
	else if (command->want_rows)
		keep_rows(arena, result, &command->rows);
}

static void take_success(Arena *arena, const PGresult *result, Command *command)
{
	command->state = COMMAND_DONE;
	command->tag = str_copy(arena, str_from(PQcmdStatus((PGresult *)(uintptr_t)result)));
}

/* The server's own words come first; what libpq makes of the closed connection comes after. */
static void take_failure(Run *run, const PGresult *result, Command *command)
{
	ServerMessage *failure = arena_new(run->batch->arena, ServerMessage);
	*failure = db_message(run->batch->arena, result);
	command->state = COMMAND_FAILED;
	command->failure = failure;
	if (!run->last_words.len)
		run->last_words = failure->message;
}

static void take_result(Run *run, const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	if (status == PGRES_PIPELINE_SYNC || run->received >= run->batch->commands.count)
		return;
	Command *command = &run->batch->commands.items[run->received];
	switch ((int)status) {
	case PGRES_PIPELINE_ABORTED:
		command->state = COMMAND_SKIPPED;
		break;
	case PGRES_SINGLE_TUPLE:
		if (command->rows_max)
			take_rows(run->batch->arena, result, command);
		break;
	case PGRES_TUPLES_OK:
		take_rows(run->batch->arena, result, command);
		take_success(run->batch->arena, result, command);
		break;
	case PGRES_COMMAND_OK:
	case PGRES_EMPTY_QUERY:
		if (command->describe)
			keep_description(run->batch->arena, result, command);
		take_success(run->batch->arena, result, command);
		break;
	case PGRES_COPY_IN:
	case PGRES_COPY_OUT:
	case PGRES_COPY_BOTH:
		run->broken = true;
		break;
	default:
		take_failure(run, result, command);
	}
}

static void command_ended(Run *run)
{
	const Batch *batch = run->batch;
	int64_t now = clock_us();
	batch->commands.items[run->received].us = now - run->last_us;
	run->last_us = now;
	run->ended = true;
	if (batch->answered)
		batch->answered(batch->answered_context, &batch->commands.items[run->received]);
}

static bool is_complete(const Run *run)
{
	return run->received == (run->stopping ? run->sent : run->batch->commands.count);
}

/* Rows that are not kept, or not all. */
static bool comes_singly(const Run *run)
{
	const Command *command = &run->batch->commands.items[run->received];
	return !command->want_rows || command->rows_max;
}

/* All results that are here. A NULL ends one command's results; a sync has none of its own. */
static void receive_some(Run *run)
{
	while (!is_complete(run) && !run->broken) {
		if (!run->ended && run->received < run->sent && comes_singly(run))
			PQsetSingleRowMode(run->conn); /* refused where it is too late: no harm */
		if (PQisBusy(run->conn))
			return;
		PGresult *result = PQgetResult(run->conn);
		bool sync = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		if (!result && run->received < run->sent && !run->ended)
			command_ended(run);
		else if (!result)
			return;
		else
			take_result(run, result);
		PQclear(result);
		if (run->ended && (sync || !has_sync(run->batch, run->received))) {
			run->ended = false;
			run->received++;
		}
	}
}

/* From now on only what is under way is awaited; without the sync the server would wait for us. */
static bool stop(Run *run)
{
	run->stopping = true;
	if (run->open == 0)
		return true;
	run->batch->commands.items[run->sent - 1].sync = true;
	return PQpipelineSync(run->conn) && flush(run);
}

static bool lost(Run *run, Err *err)
{
	Str words = run->broken           ? STR("a COPY to or from the client was begun")
		    : run->last_words.len ? run->last_words
					  : str_trim(str_from(PQerrorMessage(run->conn)));
	err_add(err, ERR_OUTCOME, "the connection was lost: %.*s", STR_ARG(words));
	return false;
}

static bool timed_out(const Run *run, Err *err)
{
	if (run->stopping)
		err_add(err, ERR_CANCELLED, "cancelled, and the server did not answer in time");
	else
		err_add(err, ERR_OUTCOME, "the server has not answered in time");
	return false;
}

/* Time for the caller's look around? True if it wants the batch cancelled. */
static bool tick(Run *run)
{
	const Batch *batch = run->batch;
	if (!batch->tick || run->stopping || clock_us() < run->next_tick)
		return false;
	bool cancel = batch->tick(batch->tick_context);
	run->next_tick = deadline_in(TICK_MS);
	return cancel;
}

/* Waits for the next event; while stopping, repeats the cancel request. */
static WaitResult await(Run *run, Deadline deadline, bool interruptible)
{
	short events = (short)(POLLIN | (run->unflushed ? POLLOUT : 0));
	Deadline step = run->stopping      ? deadline_in(CANCEL_EVERY_MS)
			: run->batch->tick ? deadline_in(TICK_MS)
					   : deadline;
	if (tick(run))
		return WAIT_INTERRUPTED;
	if (step > deadline)
		step = deadline;
	WaitResult result = interrupt_wait(PQsocket(run->conn), events, step, interruptible);
	if (result != WAIT_TIMEOUT || deadline_left(deadline) == 0)
		return result;
	if (run->stopping)
		db_cancel(run->db, deadline);
	return step < deadline ? WAIT_READY : WAIT_TIMEOUT;
}

static Run run_of(Db *db, Batch *batch)
{
	return (Run){.db = db, .conn = db_handle(db), .batch = batch, .last_us = clock_us()};
}

BatchRun *batch_begin(Db *db, Batch *batch)
{
	BatchRun *run = arena_new(batch->arena, BatchRun);
	*run = run_of(db, batch);
	return run;
}

BatchState batch_step(BatchRun *run)
{
	short events = POLLIN;
	int reads = 0;
	do {
		if (!send_some(run))
			return BATCH_LOST;
		receive_some(run);
		if (is_complete(run))
			return BATCH_ANSWERED;
		if (run->broken || PQstatus(run->conn) == CONNECTION_BAD)
			return BATCH_LOST;
		if (reads++ == DB_READS_MAX || interrupt_wait(PQsocket(run->conn), events,
						       DEADLINE_PAST, false) != WAIT_READY)
			return BATCH_UNDER_WAY;
	} while (PQconsumeInput(run->conn));
	return BATCH_LOST;
}

bool batch_run(Db *db, Batch *batch, Deadline deadline, bool interruptible, Err *err)
{
	Run run = run_of(db, batch);
	bool answered = true;
	int late_reads = 0;

	while (answered) {
		if (!send_some(&run))
			return lost(&run, err);
		receive_some(&run);
		if (is_complete(&run))
			return true;
		if (!run.stopping && run.received == run.sent)
			continue; /* all is answered: what was held back can go */
		if (run.broken || PQstatus(run.conn) == CONNECTION_BAD)
			return lost(&run, err);
		/* what is there by then is still read, but not for ever */
		if (deadline_left(deadline) == 0 && late_reads++ == DB_READS_MAX)
			return timed_out(&run, err);
		switch (await(&run, deadline, interruptible)) {
		case WAIT_TIMEOUT:
			answered = false;
			break;
		case WAIT_INTERRUPTED:
			interruptible = false;
			deadline = deadline_in(CANCEL_LIMIT_MS);
			if (!stop(&run))
				return lost(&run, err);
			db_cancel(db, deadline);
			break;
		case WAIT_READY:
			if (!PQconsumeInput(run.conn)) {
				receive_some(&run);
				return is_complete(&run) || lost(&run, err);
			}
		}
	}
	return timed_out(&run, err);
}
