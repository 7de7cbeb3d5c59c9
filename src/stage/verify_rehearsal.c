#include "stage/verify_rehearsal.h"

#include "verify/assertion.h"
#include "verify/verify_run.h"

/* Rows are as many as scripts, in their order. */
static void leave_out(VerifyRehearsal *rehearsal)
{
	for (size_t i = 0; i < rehearsal->checks.count; i++)
		if (rehearsal->checks.not_run[i])
			rehearsal->verify.rows.items[i].state = VERIFY_NOT_APPLIED;
}

static void add(const Session *session, Batch *batch, Str limits, void *context)
{
	VerifyRehearsal *rehearsal = context;
	leave_out(rehearsal);
	verify_add(session, batch, &rehearsal->verify, limits);
}

static void read(const Batch *batch, void *context)
{
	VerifyRehearsal *rehearsal = context;
	verify_judge(&rehearsal->verify, batch, &rehearsal->found);
}

void verify_rehearsal_begin(Run *run, VerifyRehearsal *out)
{
	const Verify *verify = &run->report->verify;
	Arena *arena = run->arena;
	size_t rows = verify->rows.count, count = 0;
	Script *scripts = arena_array(arena, Script, rows + 1);
	*out = (VerifyRehearsal){.verify = {.folder = verify->folder}, .found = {.arena = arena}};
	for (size_t i = 0; i < rows; i++) {
		const VerifyRow *row = &verify->rows.items[i];
		if (row->state == VERIFY_NOT_APPLIED)
			continue;
		*vec_add(arena, &out->verify.rows) = *row;
		scripts[count++] = *row->script;
	}
	out->checks = (RehearseChecks){.scripts = scripts,
		.count = count,
		.not_run = arena_array(arena, NotRun, count + 1),
		.not_run_what = arena_array(arena, Str, count + 1),
		.add = add,
		.read = read,
		.context = out};
}

void verify_rehearsal_committed(Session *session, RehearseChecks *checks)
{
	VerifyRehearsal *rehearsal = checks->context;
	leave_out(rehearsal);
	verify_run(session, &rehearsal->verify, &rehearsal->found);
	checks->has_run = true;
}

/* ---- what has come of them ---- */

/* It was stopped for others' sake, or by a limit that is the rehearsal's own. */
static bool was_stopped(const Fault *fault)
{
	return fault->kind != ERR_VERIFY || cause_has(fault->cause, CAUSE_IS_LOCK) ||
	       cause_has(fault->cause, CAUSE_IS_LIMIT) || fault->cause == CAUSE_CANCELED;
}

/* Empty: it is proven. */
static Str doubt_of(const Run *run, const Fault *fault)
{
	if (was_stopped(fault))
		return STR("that proves nothing: a rehearsal has short limits, so as to keep "
			   "nobody waiting. The script runs again after the push");
	if (run->inputs->rehearse == REHEARSAL_ON_SCRATCH && assertion_needs_data(fault))
		return STR("that proves nothing: the throw-away server has no data but what "
			   "migrations put there. The script runs again after the push");
	return (Str){0};
}

static VerifyRow *row_of(const Verify *verify, Str path)
{
	for (size_t i = 0; i < verify->rows.count; i++)
		if (str_equal(verify->rows.items[i].file.path, path))
			return &verify->rows.items[i];
	return NULL;
}

/* What has failed and proves nothing stays "not run". */
static void take_rows(const Run *run, const VerifyRehearsal *rehearsal)
{
	for (size_t i = 0; i < rehearsal->verify.rows.count; i++) {
		const VerifyRow *from = &rehearsal->verify.rows.items[i];
		VerifyRow *row = row_of(&run->report->verify, from->file.path);
		if (!row || from->state != VERIFY_PASSED)
			continue;
		row->state = VERIFY_REHEARSED;
		row->assertions = from->assertions;
		row->us = from->us;
	}
}

static void tell_found(const Run *run, const Fault *fault, Err *warnings)
{
	Str doubt = doubt_of(run, fault);
	VerifyRow *row = row_of(&run->report->verify, fault->file);
	if (row && !doubt.len)
		row->state = VERIFY_FAILED_REHEARSED;
	Err *to = doubt.len ? warnings : run->err;
	err_add_copy(to, fault);
	to->last->message =
		str_format(run->arena, "in the rehearsal: %.*s", STR_ARG(fault->message));
	if (doubt.len) {
		to->last->certainty = CERTAINTY_UNKNOWN;
		to->last->hint = doubt;
	}
}

static void note_not_run(const VerifyRehearsal *rehearsal, Err *notes)
{
	const RehearseChecks *checks = &rehearsal->checks;
	for (size_t i = 0; i < checks->count; i++) {
		const Migration *file = checks->scripts[i].migration;
		if (checks->not_run[i])
			err_add(notes, ERR_REHEARSAL,
				"%.*s was not run in the rehearsal: %.*s%s%.*s",
				STR_ARG(file->path), STR_ARG(not_run_sentence(checks->not_run[i])),
				checks->not_run_what[i].len ? ": " : "",
				STR_ARG(checks->not_run_what[i]));
	}
	if (!checks->has_run)
		err_add(notes, ERR_REHEARSAL,
			"verify scripts were not run in the rehearsal, which has not come to its "
			"end");
}

void verify_rehearsal_end(Run *run, VerifyRehearsal *rehearsal, Err *warnings, Err *notes)
{
	const RehearseChecks *checks = &rehearsal->checks;
	size_t passed = verify_count(&rehearsal->verify, VERIFY_PASSED);
	if (!checks->count)
		return;
	note_not_run(rehearsal, notes);
	take_rows(run, rehearsal);
	for (const Fault *fault = rehearsal->found.first; fault; fault = fault->next)
		tell_found(run, fault, warnings);
	if (checks->has_run)
		log_line(&run->workflow->log, "%zu of %zu verify scripts passed in the rehearsal",
			passed, checks->count);
}
