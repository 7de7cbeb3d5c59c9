#include "rehearse/rehearse.h"

#include "base/interrupt.h"
#include "rehearse/checks.h"
#include "server/api_limits.h"
#include "server/history_table.h"
#include "server/lock_monitor.h"
#include "server/transaction.h"
#include "wrap/json.h"

enum {
	TURNS_MAX = 5, /* the roll-back after a failed flight is one more */
	LIMIT_MS = 15 * 1000, /* of one flight; the server's own is: */
	VERSION_WITH_TRANSACTION_TIMEOUT = 170000,
	VERSION_MIN = 140000,
	ESTIMATES_MAX = 200,
};
#define LIMIT_SECONDS STR("10")
#define SCRATCH_SECONDS STR("600")
#define SCRATCH_LIMITS                                                                             \
	", pg_catalog.set_config('lock_timeout', '10s', true), "                                   \
	"pg_catalog.set_config('statement_timeout', '0', true)"
#define LIMITS                                                                                     \
	", pg_catalog.set_config('lock_timeout', '300ms', true), "                                 \
	"pg_catalog.set_config('statement_timeout', '2s', true), "                                 \
	"pg_catalog.set_config('idle_in_transaction_session_timeout', '5s', true)"
#define LIMITS_17 LIMITS ", pg_catalog.set_config('transaction_timeout', '10s', true)"

WeightLimits rehearse_limits(void)
{
	const int64_t mb = 128; /* blocks */
	return (WeightLimits){.scan = 64 * mb, .rewrite = 16 * mb, .rows = 10000};
}

/* ---- the questions before it ---- */

typedef struct Asking {
	Batch batch;
	size_t lock, transaction, limits, relations, objects, findings, suspects;
	size_t **estimates; /* commands; SIZE_MAX: none */
} Asking;

static Str join_names(Arena *arena, Names names)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < names.count; i++) {
		if (i)
			buf_add(&buf, STR("\x1f"));
		buf_add(&buf, names.items[i]);
	}
	return buf_str(&buf);
}

/* Of relations that the files name: their sizes are looked at. */
static Names named_by(Arena *arena, const RehearseOptions *options)
{
	Names names = {0};
	for (size_t i = 0; i < options->count; i++)
		for (size_t j = 0; j < options->scripts[i].count; j++) {
			const Facts *facts = options->scripts[i].statements[j].facts;
			for (size_t k = 0; facts && k < facts->actions.count; k++) {
				*vec_add(arena, &names) = facts->actions.items[k].object.name;
				*vec_add(arena, &names) = facts->actions.items[k].other.name;
			}
			for (size_t k = 0; facts && k < facts->uses.count; k++)
				if (facts->uses.items[k].kind == USE_TABLE)
					*vec_add(arena, &names) = facts->uses.items[k].name.name;
		}
	return names;
}

/* As the file would be run, under its own search path; a refusal costs nothing. */
static void add_estimates(const Trial *trial, Asking *asking)
{
	Batch *batch = &asking->batch;
	Arena *arena = batch->arena;
	size_t count = 0;
	asking->estimates = arena_array(arena, size_t *, trial->out->count + 1);
	for (size_t i = 0; i < trial->out->count; i++) {
		const Script *script = trial->out->files[i].script;
		asking->estimates[i] = arena_array(arena, size_t, script->count + 1);
		for (size_t j = 0; j < script->count; j++) {
			const Statement *statement = &script->statements[j];
			asking->estimates[i][j] = SIZE_MAX;
			if (count == ESTIMATES_MAX || !weight_wants_estimate(statement))
				continue;
			Str sql = str_format(
				arena, "EXPLAIN (FORMAT JSON) %.*s", STR_ARG(statement->text));
			batch_add_literal(batch, "ROLLBACK TO SAVEPOINT " FLIGHT_SAVEPOINT);
			asking->estimates[i][j] = batch->commands.count;
			Command *command = batch_add(batch, str_from(str_z(arena, sql)));
			command->want_rows = command->sync = true;
			count++;
		}
	}
}

/* Other pushes are kept away for the transaction, if this session does not do that already. */
static void add_lock(const Trial *trial, Asking *asking)
{
	Batch *batch = &asking->batch;
	asking->lock = batch->commands.count;
	if (trial->options->has_lock)
		batch_add_literal(batch, "SELECT 1");
	else
		batch_add_literal(batch,
			"SELECT 1 OPERATOR(pg_catalog./) "
			"pg_catalog.pg_try_advisory_xact_lock(" HISTORY_KEY ")::pg_catalog.int4");
}

static void add_questions(const Trial *trial, Str limits, Asking *asking)
{
	Batch *batch = &asking->batch;
	const RehearseOptions *options = trial->options;
	Arena *arena = batch->arena;
	Str sql = str_format(arena, "SELECT 1%.*s", STR_ARG(limits));
	batch_add_literal(batch, "BEGIN READ WRITE");
	session_reset(trial->session, batch);
	batch_add(batch, str_from(str_z(arena, sql)));
	add_lock(trial, asking);
	history_add_ddl(batch, options->history);
	batch_add_literal(batch, "SAVEPOINT " FLIGHT_SAVEPOINT);
	batch_add_literal(batch,
		"SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), "
		"pg_catalog.set_config('jit', 'off', true)");
	asking->transaction = batch->commands.count;
	question_transaction(batch);
	asking->limits = batch->commands.count;
	question_limits(batch);
	asking->relations = batch->commands.count;
	question_relations(batch, join_names(arena, named_by(arena, options)));
	asking->objects = batch->commands.count;
	question_objects(batch);
	asking->findings = batch->commands.count;
	question_findings(batch);
	asking->suspects = batch->commands.count;
	size_t count;
	const Script *all = checks_with_files(trial, &count);
	question_suspects(batch, join_names(arena, deny_called(arena, all, count)),
		join_names(arena, deny_written(arena, all, count)), deny_pattern(arena));
	batch->commands.items[asking->suspects].sync = true;
	add_estimates(trial, asking);
}

static int64_t estimate_of(const Command *command)
{
	static const char *const paths[] = {"Plan Rows", "Plans"};
	ARENA_SCRATCH(scratch);
	Str reason;
	int64_t rows = -1, plan_rows;
	if (command->state != COMMAND_DONE || command->rows.count != 1)
		return -1;
	AUTO_JSON json = json_parse(command->rows.cells[0], NULL);
	const Json *plan = json_at(json_first(json), "Plan");
	/* what changes rows is at the top, and tells no rows: its child does */
	for (const Json *child = json_first(json_at(plan, paths[1])); child;
		child = json_next(child))
		if (json_read_int(&scratch, child, paths[0], &plan_rows, &reason) &&
			plan_rows > rows)
			rows = plan_rows;
	return rows;
}

static void take_suspects(Trial *trial, const Rows *rows)
{
	Arena *arena = trial->arena;
	Suspect *suspects = arena_array(arena, Suspect, rows->count + 1);
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[4 * i];
		suspects[i] = (Suspect){.root = str_copy(arena, cells[1]),
			.is_table = str_equal(cells[0], STR("t")),
			.is_lasting = str_equal(cells[2], STR("t")),
			.what = str_copy(arena, cells[3])};
	}
	trial->suspects = (Suspects){suspects, rows->count};
}

static void take_answers(Trial *trial, const Asking *asking)
{
	const Command *commands = asking->batch.commands.items;
	Arena *arena = trial->arena;
	const Rows *relations = &commands[asking->relations].rows;
	trial->transaction = str_copy(arena, commands[asking->transaction].rows.cells[0]);
	trial->highest = str_copy(arena, commands[asking->transaction].rows.cells[1]);
	trial->out->relations = relations_read(arena, relations->cells, relations->count);
	const Rows *limits = &commands[asking->limits].rows;
	if (trial->options->is_live) {
		trial->out->anon_ms = api_limits_statement(limits, STR("anon"));
		trial->out->users_ms = api_limits_statement(limits, STR("authenticated"));
	}
	const Rows *objects = &commands[asking->objects].rows;
	things_add(arena, objects->cells, objects->count, objects->columns, &trial->objects);
	for (size_t i = 0; i < QUESTION_FINDINGS; i++) {
		const Rows *rows = &commands[asking->findings + i].rows;
		things_add(arena, rows->cells, rows->count, rows->columns, &trial->findings);
	}
	take_suspects(trial, &commands[asking->suspects].rows);
	trial->probe = probe_new(arena, &trial->out->relations);
	trial->estimates = arena_array(arena, int64_t *, trial->out->count + 1);
	for (size_t i = 0; i < trial->out->count; i++) {
		size_t count = trial->out->files[i].script->count;
		trial->estimates[i] = arena_array(arena, int64_t, count + 1);
		for (size_t j = 0; j < count; j++) {
			size_t at = asking->estimates[i][j];
			trial->estimates[i][j] = at == SIZE_MAX ? -1 : estimate_of(&commands[at]);
		}
	}
}

static TransactionOptions options_of(const Trial *trial)
{
	return (TransactionOptions){.interruptible = true,
		.has_savepoints = true,
		.rolls_back = true,
		.is_unlocked = !trial->options->has_lock,
		.limit_ms = trial->options->is_live ? LIMIT_MS : 0};
}

static Str lost_words(const Err *lost)
{
	return lost->first ? lost->first->message : STR("the server did not answer");
}

/* False if it cannot begin: the reason is in `out`. */
static bool ask_target(Trial *trial, Str limits)
{
	ARENA_SCRATCH(scratch);
	Asking asking = {.batch = {.arena = &scratch}};
	Err lost = {.arena = &scratch};
	int64_t us = 0;
	add_questions(trial, limits, &asking);
	const TransactionOptions how = options_of(trial);
	transaction_run(trial->session, &asking.batch, &how, &us, &lost);
	trial->turns++;
	const Command *commands = asking.batch.commands.items;
	for (size_t i = 0; i <= asking.suspects; i++) {
		if (commands[i].state == COMMAND_DONE)
			continue;
		trial_stop(trial,
			lost.first ? lost_words(&lost)
			: i == asking.lock
				? STR("another push or rehearsal is under way on this database")
			: commands[i].failure ? commands[i].failure->message
					      : STR("it was cancelled"));
		return false;
	}
	take_answers(trial, &asking);
	return true;
}

/* ---- what is run ---- */

static bool can_run_in_block(const Statement *statement)
{
	return statement->class == SQL_PLAIN || statement->class == SQL_EMPTY ||
	       statement->class == SQL_BEGIN || statement->class == SQL_COMMIT;
}

static bool can_be_substituted(const Statement *statement)
{
	return statement->is_concurrent && statement->class == SQL_NO_BLOCK &&
	       (statement->kind == STATEMENT_CREATE_INDEX_CONCURRENTLY ||
		       statement->kind == STATEMENT_DROP_INDEX_CONCURRENTLY ||
		       statement->kind == STATEMENT_REINDEX);
}

static bool is_own_block(const Script *script, size_t index)
{
	return script->has_begin && (index == script->own_begin || index == script->own_commit);
}

static void decide_statement(
	Trial *trial, const DenyOptions *deny, Effects *effects, int64_t estimate)
{
	const Statement *statement = effects->statement;
	Arena *arena = trial->arena;
	effects->not_run = deny_judge(arena, deny, statement, &effects->not_run_what);
	const Weighing weighing = {&trial->out->relations, trial->options->limits, estimate};
	if (!effects->not_run)
		effects->not_run =
			weight_judge(arena, &weighing, statement, &effects->not_run_what);
	if (effects->not_run || can_run_in_block(statement))
		return;
	effects->substituted = can_be_substituted(statement);
	if (effects->substituted)
		return;
	effects->not_run = NOT_RUN_OUTSIDE;
	effects->not_run_what = script_statement_name(statement);
}

static void decide(Trial *trial)
{
	const RehearseOptions *options = trial->options;
	const DenyOptions deny = {
		.created = deny_created(trial->arena, options->scripts, options->count),
		.there = trial->suspects,
		.relations = &trial->out->relations,
		.with_unanalysed = options->with_unanalysed};
	for (size_t i = 0; i < trial->out->count; i++) {
		RehearsedFile *file = &trial->out->files[i];
		const Script *script = file->script;
		bool has_options =
			script->has_begin &&
			script->statements[script->own_begin].class == SQL_BEGIN_WITH_OPTIONS;
		bool is_partial =
			history_partial(options->history, script->migration->version) != NULL;
		bool controls = script->mode == SCRIPT_AS_WRITTEN ||
				script->mode == SCRIPT_AUTOCOMMIT || has_options;
		if (controls || is_partial)
			file->not_run = is_partial ? NOT_RUN_PARTIAL : NOT_RUN_CONTROL;
		for (size_t j = 0; j < script->count; j++) {
			if (file->not_run)
				file->effects[j].not_run = file->not_run;
			else if (!is_own_block(script, j))
				decide_statement(
					trial, &deny, &file->effects[j], trial->estimates[i][j]);
		}
	}
	checks_decide(trial, &deny);
}

static ProbeQuestion probe_of(const Trial *trial, Str limits)
{
	return (ProbeQuestion){
		.params = {{.value = trial->transaction},
			{.value = trial->options->is_live ? LIMIT_SECONDS : SCRATCH_SECONDS},
			{.value = trial->highest}},
		.limits = limits,
		.is_prepared = trial->probe_state != PROBE_UNPREPARED};
}

/* False if a pooler's connection has a statement of that name already: nothing was run. */
static bool take_preparing(Trial *trial, const Command *preparing)
{
	if (trial->probe_state != PROBE_TO_PREPARE)
		return true;
	trial->probe_state = preparing->state == COMMAND_FAILED ? PROBE_UNPREPARED : PROBE_PREPARED;
	return trial->probe_state == PROBE_PREPARED;
}

/* One flight from the next file on. True: another one may follow. */
static bool fly(Trial *trial, Str limits)
{
	ARENA_SCRATCH(scratch);
	Rehearsal *out = trial->out;
	Err lost = {.arena = &scratch};
	int64_t us = 0;
	Flight flight = {.session = trial->session,
		.history = trial->options->history,
		.batch = {.arena = &scratch},
		.probe = probe_of(trial, limits),
		.files = arena_array(&scratch, FileMark, out->count + 1)};
	batch_add_literal(&flight.batch, "ROLLBACK TO SAVEPOINT " FLIGHT_SAVEPOINT);
	size_t preparing = flight.batch.commands.count;
	if (trial->probe_state == PROBE_TO_PREPARE)
		question_prepare_probe(&flight.batch, &flight.probe);
	for (size_t i = trial->next; i < out->count; i++)
		if (!out->files[i].not_run)
			flight_add_file(&flight, &flight.files[i], &out->files[i]);
	flight_add_end(&flight, trial->options->question, trial->highest);
	if (!trial->options->checks)
		flight_add_rollback(&flight.batch);
	const TransactionOptions how = options_of(trial);
	TransactionEnd end = transaction_run(trial->session, &flight.batch, &how, &us, &lost);
	trial->turns++;
	if (!take_preparing(trial, &flight.batch.commands.items[preparing]))
		return true;
	trial_read(trial, &flight, out->count);
	trial_read_end(trial, &flight);
	if (end == TRANSACTION_LOST && !out->stopped.len)
		trial_stop(trial, lost_words(&lost));
	return end == TRANSACTION_REFUSED && !out->stopped.len && !out->has_delta;
}

/* ---- all of it ---- */

static void prepare(Trial *trial)
{
	const RehearseOptions *options = trial->options;
	Rehearsal *out = trial->out;
	Arena *arena = trial->arena;
	out->files = arena_array(arena, RehearsedFile, options->count + 1);
	out->count = options->count;
	trial->tries = arena_array(arena, size_t, options->count + 1);
	for (size_t i = 0; i < options->count; i++) {
		const Script *script = &options->scripts[i];
		RehearsedFile *file = &out->files[i];
		*file = (RehearsedFile){.script = script,
			.effects = arena_array(arena, Effects, script->count + 1)};
		for (size_t j = 0; j < script->count; j++)
			file->effects[j] =
				(Effects){.script = script, .statement = &script->statements[j]};
	}
}

/* A connection that does not answer is closed: the server rolls back then. */
static void end(Trial *trial)
{
	ARENA_SCRATCH(scratch);
	Session *session = trial->session;
	Batch batch = {.arena = &scratch};
	Err ignored = {.arena = &scratch};
	int64_t us = 0;
	if (!session->db || !db_in_transaction(session->db))
		return;
	flight_add_rollback(&batch);
	TransactionOptions options = options_of(trial);
	options.interruptible = false;
	if (transaction_run(session, &batch, &options, &us, &ignored) != TRANSACTION_DONE)
		db_close(&session->db);
}

static void run_trial(Trial *trial)
{
	int version = db_server_version(trial->session->db);
	Str limits = version >= VERSION_WITH_TRANSACTION_TIMEOUT ? STR(LIMITS_17) : STR(LIMITS);
	if (!trial->options->is_live)
		limits = STR(SCRATCH_LIMITS);
	if (version < VERSION_MIN) {
		trial_stop(trial, STR("it needs PostgreSQL 14 or later"));
		return;
	}
	if (!ask_target(trial, limits))
		return;
	decide(trial);
	while (fly(trial, limits))
		if (trial->turns == TURNS_MAX) {
			trial_stop(trial, STR("too many files have failed"));
			return;
		}
	const TransactionOptions how = options_of(trial);
	bool passed = trial->out->has_delta && !trial->out->stopped.len &&
		      rehearsal_files_complete(trial->out) == trial->out->count;
	if (trial->options->checks && passed)
		checks_run(trial, limits, &how);
}

bool rehearse_run(
	Session *session, const RehearseOptions *options, Rehearsal *out, Err *warnings, Err *err)
{
	Trial trial = {.session = session,
		.options = options,
		.out = out,
		.arena = session->arena,
		.warnings = warnings,
		.err = err};
	const LockMonitorOptions monitor = {
		.patience = {options->patience_ms, STR("what a rehearsal makes others wait")},
		.show_queries = options->show_queries,
		.scripts = options->scripts,
		.script_count = options->count};
	int64_t start = clock_us();
	prepare(&trial);
	lock_monitor_open(session, &monitor);
	run_trial(&trial);
	end(&trial);
	lock_monitor_close(session);
	out->us = clock_us() - start;
	out->done = !out->stopped.len;
	if (!interrupt_pending())
		return true;
	err_add(err, ERR_CANCELLED, "cancelled during the rehearsal");
	return false;
}
