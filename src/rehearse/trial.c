#include "rehearse/trial.h"

#include "base/sqlstate.h"
#include "rehearse/rules.h"
#include "server/failure.h"
#include "server/lock_monitor.h"
#include "server/purpose.h"

enum {
	TRIES_MAX = 2
};

/* Where a file's batch has failed. */
typedef struct Stop {
	const Command *command;
	const Statement *statement; /* NULL: a command of ours */
	Effects *effects; /* of that statement */
} Stop;

static const Command *command_at(const Flight *flight, size_t index)
{
	return &flight->batch.commands.items[index];
}

static Effects *effects_at(const RehearsedFile *file, const FileMark *mark, size_t index)
{
	for (size_t i = 0; i < file->script->count; i++)
		if (mark->statements[i].first <= index && index < mark->statements[i].probe)
			return &file->effects[i];
	return NULL;
}

static Stop find_stop(const Flight *flight, const FileMark *mark, const RehearsedFile *file)
{
	for (size_t i = mark->first; i < mark->end; i++) {
		const Command *command = command_at(flight, i);
		if (command->state != COMMAND_FAILED)
			continue;
		Effects *effects = effects_at(file, mark, i);
		return (Stop){command, effects ? effects->statement : NULL, effects};
	}
	return (Stop){0};
}

static bool answer_at(const Flight *flight, size_t index, ProbeAnswer *out)
{
	const Command *command = index == SIZE_MAX ? NULL : command_at(flight, index);
	if (!command || command->state != COMMAND_DONE || command->rows.count != 1)
		return false;
	*out = probe_answer(command->rows.cells);
	return true;
}

/* CONCURRENTLY would have kept nobody from reading and writing. */
static void soften(Effects *effects)
{
	for (size_t i = 0; i < effects->locks.count; i++)
		effects->locks.items[i].mode = LOCK_SHARE_UPDATE_EXCLUSIVE;
	effects->blocks.count = effects->scanned.count = effects->rewritten.count = 0;
}

static void read_statement(
	Trial *trial, const Flight *flight, const StatementMark *mark, Effects *effects)
{
	ProbeAnswer answer;
	Effects nobodys = {0};
	if (!answer_at(flight, mark->probe, &answer))
		return;
	probe_read(trial->probe, trial->arena, &answer, effects->not_run ? &nobodys : effects);
	if (effects->not_run)
		return;
	int64_t rows = effects_rows_of(command_at(flight, mark->first)->tag);
	if (rows > effects->rows)
		effects->rows = rows;
	if (effects->substituted)
		soften(effects);
}

static bool is_complete(const RehearsedFile *file)
{
	for (size_t i = 0; i < file->script->count; i++)
		if (file->effects[i].not_run)
			return false;
	return !file->not_run;
}

/* ---- why it has failed ---- */

static bool has_on_type(const Script *script, ActionKind kind)
{
	for (size_t i = 0; i < script->count; i++) {
		const Facts *facts = script->statements[i].facts;
		for (size_t j = 0; facts && j < facts->actions.count; j++)
			if (facts->actions.items[j].kind == kind &&
				facts->actions.items[j].object_kind == OBJECT_TYPE)
				return true;
	}
	return false;
}

/* From 17 on, a value may be used at once if its type was made by the same transaction; but not
 * after a savepoint, which a rehearsal has and a push has not. */
static bool makes_type_with_value(const Trial *trial, const Script *script)
{
	enum {
		VERSION_OF_NEW_TYPES = 170000
	};
	return db_server_version(trial->session->db) >= VERSION_OF_NEW_TYPES &&
	       has_on_type(script, ACTION_CREATE);
}

/* Does an earlier file, or an earlier part of this one, add a value to an enum? Only its commit
 * makes the value usable. */
static bool adds_value_before(const Trial *trial, const RehearsedFile *file)
{
	for (const RehearsedFile *other = trial->out->files; other <= file; other++) {
		if (other == file && file->script->mode == SCRIPT_ATOMIC &&
			!makes_type_with_value(trial, file->script))
			break;
		if (has_on_type(other->script, ACTION_ADD_VALUE))
			return true;
	}
	return false;
}

/* Was something before it, in its own file, not run? */
static bool has_skipped(const RehearsedFile *file, const Stop *stop)
{
	for (size_t i = 0; i < file->script->count; i++) {
		if (stop->statement && &file->script->statements[i] >= stop->statement)
			break;
		if (file->effects[i].not_run)
			return true;
	}
	return false;
}

/* NOT_RUN_NONE: it would fail in a push, too. */
static NotRun excuse_of(const Trial *trial, const RehearsedFile *file, const Stop *stop)
{
	Cause cause = stop->command->failure->cause;
	if (cause_has(cause, CAUSE_IS_LOCK))
		return NOT_RUN_BUSY;
	if (cause_has(cause, CAUSE_IS_LIMIT) || cause == CAUSE_CANCELED)
		return NOT_RUN_LIMIT;
	if (cause == CAUSE_NEW_ENUM_VALUE && adds_value_before(trial, file))
		return NOT_RUN_ARTEFACT;
	return trial->is_doubtful || has_skipped(file, stop) ? NOT_RUN_AFTER_SKIPPED : NOT_RUN_NONE;
}

static void mark_rest(RehearsedFile *file, const Statement *from, NotRun why)
{
	for (size_t i = 0; i < file->script->count; i++)
		if ((!from || &file->script->statements[i] > from) && !file->effects[i].not_run)
			file->effects[i].not_run = why;
}

static void give_up(Trial *trial, RehearsedFile *file, const Stop *stop, NotRun why)
{
	file->not_run = why;
	if (stop->effects) {
		stop->effects->not_run = why;
		stop->effects->ran = false;
	}
	mark_rest(file, stop->statement, why);
	trial->is_doubtful = true;
}

/* As the push would tell it. */
static Fault *tell_failure(Trial *trial, const RehearsedFile *file, const Stop *stop, Err *to)
{
	Command failed = *stop->command;
	failed.subject = stop->statement;
	failure_add(file->script, &failed, trial->session->role, to);
	if (failure_is_ours(&failed))
		failure_tell_ours(file->script, &failed, to);
	return to->last;
}

static void fail_file(Trial *trial, RehearsedFile *file, const Stop *stop)
{
	bool proven = !trial->after_failed;
	Fault *fault = tell_failure(trial, file, stop, proven ? trial->err : trial->warnings);
	rehearsal_mark(fault, proven ? REHEARSAL_FAILS : REHEARSAL_FAILS_AFTER);
	file->failed = true;
	file->after_failed = trial->after_failed;
	if (stop->effects)
		stop->effects->error = fault;
	else
		file->error = fault;
	mark_rest(file, stop->statement, NOT_RUN_AFTER_FAILED);
	trial->after_failed = true;
}

static void doubt(Trial *trial, RehearsedFile *file, const Stop *stop)
{
	Fault *fault = tell_failure(trial, file, stop, trial->warnings);
	rehearsal_mark(fault, REHEARSAL_FAILS_IN_DOUBT);
	if (stop->effects)
		stop->effects->error = fault;
	give_up(trial, file, stop, NOT_RUN_AFTER_SKIPPED);
}

static bool has_failed_as(const Stop *stop, int purpose, SqlState sqlstate)
{
	return stop->command->purpose == purpose &&
	       sqlstate_is(stop->command->failure->sqlstate, sqlstate);
}

/* Is what a probe checks no longer so? Then nothing more is run. */
static bool check_ours(Trial *trial, RehearsedFile *file, const Stop *stop)
{
	if (!has_failed_as(stop, PURPOSE_PROBE, SQLSTATE_DIVISION_BY_ZERO))
		return true;
	give_up(trial, file, stop, NOT_RUN_STOPPED);
	trial_stop(trial, STR("its time was over, or its transaction was ended by a statement"));
	return false;
}

static void judge_stop(Trial *trial, RehearsedFile *file, const Stop *stop)
{
	size_t index = (size_t)(file - trial->out->files);
	NotRun excuse = excuse_of(trial, file, stop);
	probe_undo_file(trial->probe);
	if (lock_monitor_has_cancelled(trial->session->monitor)) {
		give_up(trial, file, stop, NOT_RUN_STOPPED);
		trial_stop(trial, lock_monitor_reason(trial->arena, trial->session->monitor));
		return;
	}
	if (!check_ours(trial, file, stop))
		return;
	if (has_failed_as(stop, PURPOSE_PROBE, SQLSTATE_UNKNOWN_PREPARED_STATEMENT)) {
		trial->probe_state = PROBE_UNPREPARED; /* the file has deallocated it */
		trial->next = index;
		return;
	}
	if (excuse == NOT_RUN_BUSY && ++trial->tries[index] < TRIES_MAX) {
		trial->next = index;
		return;
	}
	if (excuse == NOT_RUN_NONE)
		fail_file(trial, file, stop);
	else if (excuse == NOT_RUN_AFTER_SKIPPED)
		doubt(trial, file, stop);
	else
		give_up(trial, file, stop, excuse);
}

/* What a try before this one has found is forgotten. */
static void forget(RehearsedFile *file)
{
	for (size_t i = 0; i < file->script->count; i++) {
		Effects *effects = &file->effects[i];
		*effects = (Effects){.script = effects->script,
			.statement = effects->statement,
			.not_run = effects->not_run,
			.not_run_what = effects->not_run_what,
			.substituted = effects->substituted};
	}
}

static void read_file(Trial *trial, const Flight *flight, RehearsedFile *file)
{
	const FileMark *mark = &flight->files[file - trial->out->files];
	ProbeAnswer begun;
	Stop stop = find_stop(flight, mark, file);
	forget(file);
	if (answer_at(flight, mark->begun, &begun))
		probe_begin_file(trial->probe, &begun);
	file->us = 0;
	for (size_t i = 0; i < file->script->count; i++) {
		read_statement(trial, flight, &mark->statements[i], &file->effects[i]);
		file->us += file->effects[i].us;
	}
	if (stop.command)
		judge_stop(trial, file, &stop);
	file->complete = !stop.command && is_complete(file);
	bool is_tried_again = trial->next == (size_t)(file - trial->out->files);
	trial->is_doubtful |= !file->complete && !file->failed && !is_tried_again;
}

/* Up to the first that has failed: the server has skipped what comes after it. */
void trial_read(Trial *trial, const Flight *flight, size_t until)
{
	for (size_t i = trial->next; i < until && !trial->out->stopped.len; i++) {
		RehearsedFile *file = &trial->out->files[i];
		const FileMark *mark = &flight->files[i];
		if (!mark->end) {
			trial->is_doubtful = true;
			trial->next = i + 1;
			continue;
		}
		trial->next = i + 1;
		bool has_failed = find_stop(flight, mark, file).command != NULL;
		read_file(trial, flight, file);
		if (has_failed)
			return;
	}
}

static void read_rebuilt(Trial *trial, const Rows *rows)
{
	for (size_t i = 0; i < trial->out->count; i++)
		for (size_t j = 0; j < trial->out->files[i].script->count; j++)
			probe_add_rebuilt(trial->arena, &trial->out->files[i].effects[j],
				rows->cells, rows->count);
}

static void read_question(const Trial *trial, const Command *command)
{
	RehearseQuestion *question = trial->options->question;
	size_t cells = command->rows.count * command->rows.columns;
	if (command->state != COMMAND_DONE)
		return;
	question->rows = command->rows;
	question->rows.cells = arena_array(trial->arena, Str, cells + 1);
	for (size_t i = 0; i < cells; i++)
		question->rows.cells[i] = str_copy(trial->arena, command->rows.cells[i]);
	question->is_answered = true;
}

void trial_read_end(Trial *trial, const Flight *flight)
{
	const Command *objects = command_at(flight, flight->objects);
	const Command *indexes = command_at(flight, flight->indexes);
	Rehearsal *out = trial->out;
	Arena *arena = trial->arena;
	if (indexes->state != COMMAND_DONE)
		return;
	Things now = {0}, wrong = {0};
	things_add(arena, objects->rows.cells, objects->rows.count, objects->rows.columns, &now);
	for (size_t i = 0; i < QUESTION_FINDINGS; i++) {
		const Rows *rows = &command_at(flight, flight->findings + i)->rows;
		things_add(arena, rows->cells, rows->count, rows->columns, &wrong);
	}
	out->appeared = things_except(arena, now, trial->objects);
	out->disappeared = things_except(arena, trial->objects, now);
	Things fresh = things_except(arena, wrong, trial->findings);
	/* what the plan itself makes gets what default privileges give */
	out->security = things_held_by(arena, fresh, trial->objects);
	out->has_delta = true;
	read_rebuilt(trial, &indexes->rows);
	if (flight->question != SIZE_MAX)
		read_question(trial, command_at(flight, flight->question));
}

void trial_stop(Trial *trial, Str why)
{
	trial->out->stopped = str_copy(trial->arena, why);
	for (size_t i = trial->next; i < trial->out->count; i++) {
		RehearsedFile *file = &trial->out->files[i];
		if (!file->not_run)
			file->not_run = NOT_RUN_STOPPED;
		mark_rest(file, NULL, NOT_RUN_STOPPED);
	}
}
