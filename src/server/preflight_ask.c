#include "server/preflight_ask.h"

#include "base/interrupt.h"
#include "server/clocked.h"

#include <stdlib.h>

const PreflightLimits preflight_limits = {
	.statement_ms = 5000,
	.lock_ms = 500,
	.budget_ms = 30000,
	.sampled_above = (int64_t)64 * 1024 * 1024,
	.whole_upto = (int64_t)2 * 1024 * 1024 * 1024,
};

#define CLOCK "promote.preflight"

/* One flight: a list of questions, whole or sampled. */
typedef struct Flight {
	Session *session;
	const PreflightLimits *limits;
	Batch batch;
} Flight;

/* A statement that has the rest of the budget, and no more than its share. */
static void add_limits(Flight *flight)
{
	const PreflightLimits *limits = flight->limits;
	Str sql = str_format(flight->batch.arena,
		"SELECT count(set_config(n, v, true)) FROM (VALUES ('row_security', 'off'), "
		"('restrict_nonsystem_relation_kind', 'view, foreign-table'), "
		"('max_parallel_workers_per_gather', '0'), ('jit', 'off'), "
		"('standard_conforming_strings', 'on'), ('lock_timeout', '%lld'), "
		"('statement_timeout', %.*s)) AS s(n, v) "
		"WHERE current_setting(n, true) IS NOT NULL",
		(long long)limits->lock_ms,
		STR_ARG(clocked_rest(
			flight->batch.arena, CLOCK, limits->budget_ms, limits->statement_ms)));
	batch_add(&flight->batch, str_from(str_z(flight->batch.arena, sql)));
}

static void add_question(Flight *flight, Question *question, bool is_sample)
{
	session_ask(&flight->batch);
	add_limits(flight);
	Command *command =
		batch_add(&flight->batch, question_sql(flight->batch.arena, question, is_sample));
	command->subject = question;
	command->purpose = is_sample;
	command->want_rows = true;
	command->sync = true;
}

static int64_t first_number(const Rows *rows)
{
	int64_t number = 0;
	Str text = rows->count ? rows->cells[0] : (Str){0};
	for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
		number = number * 10 + (text.ptr[i] - '0');
	return number;
}

static void take_answers(Arena *arena, const Batch *batch, int64_t now)
{
	for (size_t i = 0; i < batch->commands.count; i++) {
		const Command *command = &batch->commands.items[i];
		/* the questions are the caller's, who has given them to be answered */
		Question *question = (Question *)(uintptr_t)command->subject;
		bool is_sample = command->purpose != 0;
		if (!question)
			continue;
		Answer answer = {.is_sample = is_sample, .at = now};
		if (command->state == COMMAND_DONE) {
			answer.rows = command->rows.count;
			answer.number = question->is_counted ? first_number(&command->rows) : 0;
			question_answer(question, &answer);
		} else if (command->state == COMMAND_FAILED) {
			answer.sqlstate = str_copy(arena, command->failure->sqlstate);
			question_answer(question, &answer);
		}
	}
}

static bool run_batch(Flight *flight, Err *err)
{
	Session *session = flight->session;
	Deadline deadline = deadline_in(session->answer_limit_ms + flight->limits->budget_ms);
	Err failure = {.arena = err->arena};
	bool answered = batch_run(session->db, &flight->batch, deadline, true, &failure);
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled during the data preflight");
		return false;
	}
	if (answered)
		return true;
	failure.first->kind = ERR_CONNECT;
	err_append(err, &failure);
	return false;
}

static bool fly(Flight *flight, Err *err)
{
	if (!flight->batch.commands.count)
		return true;
	if (!run_batch(flight, err))
		return false;
	take_answers(flight->session->arena, &flight->batch, clock_wall());
	return true;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = (*(Question *const *)a)->bytes, y = (*(Question *const *)b)->bytes;
	return (x > y) - (x < y);
}

static Question **in_order(Arena *arena, const Questions *questions, size_t *count)
{
	Question **order = arena_array(arena, Question *, questions->count + 1);
	*count = 0;
	for (size_t i = 0; i < questions->count; i++)
		if (question_is_asked(&questions->items[i]))
			order[(*count)++] = &questions->items[i];
	qsort(order, *count, sizeof *order, by_size);
	return order;
}

static bool is_sampled(const Flight *flight, const Question *question)
{
	return question->bytes > flight->limits->sampled_above;
}

/* Of large tables a sample is asked, and then, unless it has said enough, the whole. */
static bool is_left(const Flight *flight, const Question *question)
{
	return is_sampled(flight, question) && question->bytes <= flight->limits->whole_upto &&
	       question->outlook == OUTLOOK_NOT_PROVEN && question->doubt == DOUBT_TOO_LARGE;
}

bool preflight_ask(Session *session, const PreflightLimits *limits, Questions *questions, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {session, limits, {.arena = &scratch}};
	size_t count;
	Question **order = in_order(&scratch, questions, &count);
	if (!count)
		return true;
	clocked_start(&flight.batch, CLOCK);
	for (size_t i = 0; i < count; i++)
		add_question(&flight, order[i], is_sampled(&flight, order[i]));
	if (!fly(&flight, err))
		return false;
	flight.batch = (Batch){.arena = &scratch};
	for (size_t i = 0; i < count; i++)
		if (is_left(&flight, order[i]))
			add_question(&flight, order[i], false);
	return fly(&flight, err);
}

/* ---- definitions ---- */

/* To write a definition the server opens its table, and waits for whoever has locked it. */
static void add_check(Flight *flight, CatalogConstraint *check)
{
	session_ask(&flight->batch);
	add_limits(flight);
	Str sql = str_format(flight->batch.arena, "SELECT pg_catalog.pg_get_constraintdef(%lld)",
		(long long)check->oid);
	Command *command = batch_add(&flight->batch, str_from(str_z(flight->batch.arena, sql)));
	command->subject = check;
	command->want_rows = true;
	command->sync = true;
}

bool preflight_read_checks(
	Session *session, const PreflightLimits *limits, const Checks *checks, Err *err)
{
	ARENA_SCRATCH(scratch);
	Flight flight = {session, limits, {.arena = &scratch}};
	if (!checks->count)
		return true;
	clocked_start(&flight.batch, CLOCK);
	for (size_t i = 0; i < checks->count; i++)
		add_check(&flight, checks->items[i]);
	if (!run_batch(&flight, err))
		return false;
	for (size_t i = 0; i < flight.batch.commands.count; i++) {
		const Command *command = &flight.batch.commands.items[i];
		/* the constraints are the caller's, who has given them to be filled */
		CatalogConstraint *check = (CatalogConstraint *)(uintptr_t)command->subject;
		if (check && command->state == COMMAND_DONE && command->rows.count)
			check->definition = str_copy(session->arena, command->rows.cells[0]);
	}
	return true;
}
