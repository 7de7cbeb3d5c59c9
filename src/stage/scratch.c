#include "stage/scratch.h"

#include "rehearse/rehearse.h"
#include "rehearse/rules.h"
#include "rehearse/scratch.h"
#include "server/history_table.h"
#include "stage/scratch_server.h"
#include "stage/types.h"
#include "stage/verify_rehearsal.h"

/* What has run under this version: the target's own record, or else the file here. */
static bool migration_of(const Run *run, const History *target, size_t index, Migration *out)
{
	Str version = target->versions.items[index], text = target->records[index].text;
	size_t file = target->records[index].file;
	Arena *arena = run->arena;
	*out = (Migration){.file = str_format(arena, "%.*s.sql", STR_ARG(version)),
		.version = version,
		.text = text};
	if (file != SIZE_MAX) {
		*out = run->source.migrations.items[file];
		out->text = text.len ? text : out->text;
	}
	out->text = (Str){str_z(arena, out->text), out->text.len};
	return text.len || file != SIZE_MAX;
}

static void note_gap(Str version, Err *notes)
{
	err_add(notes, ERR_REHEARSAL,
		"version %.*s of the target's history has no statements and no file here: it was "
		"not replayed",
		STR_ARG(version));
}

/* Scripts of what the target has had and the scratch server has not. */
static size_t read_history(
	const Run *run, const History *target, const History *there, Script *scripts, Err *notes)
{
	size_t count = 0;
	for (size_t i = 0; i < target->versions.count; i++) {
		Migration *migration = arena_new(run->arena, Migration);
		Err ignored = {.arena = run->arena};
		if (history_holds(there, target->versions.items[i]))
			continue;
		if (!migration_of(run, target, i, migration)) {
			note_gap(target->versions.items[i], notes);
			continue;
		}
		script_read(run->arena, migration, &scripts[count++], &ignored);
	}
	return count;
}

static bool load_history(Run *run, History *target, Err *err)
{
	bool *wanted = arena_array(run->arena, bool, target->versions.count + 1);
	for (size_t i = 0; i < target->versions.count; i++)
		wanted[i] = true;
	return !target->versions.count || history_load(&run->database.session, target, wanted, err);
}

/* A replay that fails says nothing about the pending files. */
static bool replay(Run *run, Err *notes)
{
	Push push;
	History *target = &run->database.history;
	Script *scripts = arena_array(run->arena, Script, target->versions.count + 1);
	Err failed = {.arena = run->arena};
	if (!load_history(run, target, &failed)) {
		err_append(notes, &failed);
		return false;
	}
	size_t count = read_history(run, target, &run->scratch.history, scripts, notes);
	if (!count || scratch_server_push(run, scripts, count, &push, &failed))
		return true;
	err_add(notes, ERR_REHEARSAL,
		"the target's history cannot be replayed on the rehearsal's server: %.*s: %.*s",
		STR_ARG(failed.first->file), STR_ARG(failed.first->message));
	return false;
}

/* After it the server has a transaction for each file, as the target will have. */
static bool commit(Run *run, Rehearsal *rehearsal)
{
	size_t before = run->err->count;
	Push push;
	bool pushed = scratch_server_push(run, run->scripts, rehearsal->count, &push, run->err);
	for (size_t i = 0; i < rehearsal->count; i++) {
		RehearsedFile *file = &rehearsal->files[i];
		file->complete = push.rows[i].state == PUSH_APPLIED;
		file->failed =
			push.rows[i].state != PUSH_APPLIED && push.rows[i].state != PUSH_NOT_RUN;
		if (file->complete)
			file->not_run = NOT_RUN_NONE;
	}
	if (!pushed && run->err->count > before)
		rehearsal_mark(run->err->last, REHEARSAL_FAILS);
	return pushed;
}

/* What has been committed is not what the question was answered about. */
static void ask_again(Session *session, RehearseQuestion *question)
{
	Err ignored = {.arena = session->arena};
	Batch batch = {.arena = session->arena};
	session_ask(&batch);
	size_t index = batch.commands.count;
	question->add(&batch, question->context);
	question->is_answered = session_run(session, &batch, ERR_REHEARSAL, &ignored);
	question->rows = batch.commands.items[index].rows;
}

static bool commit_and_ask(Run *run, const RehearseOptions *options)
{
	Session *session = &run->scratch.session;
	if (!commit(run, &run->report->rehearsal))
		return false;
	if (options->question)
		ask_again(session, options->question);
	if (options->checks)
		verify_rehearsal_committed(session, options->checks);
	return true;
}

static bool rehearse(Run *run, RehearseOptions *options, Err *warnings)
{
	Rehearsal *out = &run->report->rehearsal;
	size_t before = run->err->count;
	if (!scratch_server_read(run, run->err))
		return false;
	options->history = &run->scratch.history;
	options->has_lock = true;
	if (options->question && !types_read_before(run, &run->scratch.session, warnings))
		options->question = NULL;
	if (!rehearse_run(&run->scratch.session, options, out, warnings, run->err) ||
		run->err->count > before)
		return false;
	return rehearsal_is_complete(out) || commit_and_ask(run, options);
}

bool scratch_rehearse(Run *run, RehearseOptions *options, Err *warnings, Err *notes)
{
	Rehearsal *out = &run->report->rehearsal;
	bool opened = scratch_server_open(run, scratch_check, run->err), passed = opened;
	if (opened && replay(run, notes)) {
		scratch_compare(&run->database.session, &run->scratch.session, notes);
		passed = rehearse(run, options, warnings);
	} else {
		out->stopped = STR("its server could not be brought to where the target is");
	}
	session_close(&run->scratch.session);
	return passed;
}
