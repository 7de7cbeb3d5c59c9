/* Verify scripts: read with the plan, so that one that cannot be run stops a push before it writes;
 * run after it, and by mode verify alone. */
#include "report/verify_text.h"
#include "server/server_parse.h"
#include "stage/connect.h"
#include "verify/verify_run.h"

/* The server has the last word on what is valid SQL, of those that are to be run. */
static void check_syntax(Run *run, size_t chosen, Err *err)
{
	const Verify *verify = &run->report->verify;
	Script *scripts = arena_array(run->arena, Script, chosen + 1);
	size_t count = 0;
	for (size_t i = 0; i < verify->rows.count; i++)
		if (verify->rows.items[i].state != VERIFY_NOT_APPLIED)
			scripts[count++] = *verify->rows.items[i].script;
	if (!server_parse(&run->database.session, scripts, count, err))
		return;
	for (size_t i = 0; i < count; i++)
		script_add_refusals(&scripts[i], err);
}

static bool read_scripts(Run *run, Err *err)
{
	const Inputs *inputs = run->inputs;
	Err warnings = {.arena = run->arena};
	VerifyPlace place;
	bool found = source_supabase(run->arena, inputs->runner->workspace,
		inputs->working_directory, &place.root, &place.supabase);
	bool read = !found || verify_read(run->arena, place, &run->report->verify, &warnings, err);
	run_warn(run, &warnings);
	return read;
}

/* Versions of the migrations that are to be pushed, or, `applied`, that have been. */
static size_t pushed_versions(const Run *run, bool applied, Str **versions)
{
	const Push *push = &run->report->push;
	size_t count = 0;
	*versions = arena_array(run->arena, Str, push->count + 1);
	for (size_t i = 0; i < push->count; i++)
		if (!applied || push->rows[i].state == PUSH_APPLIED)
			(*versions)[count++] = push->rows[i].script->migration->version;
	return count;
}

bool stage_verify_files(Run *run)
{
	Str *versions;
	size_t count = pushed_versions(run, false, &versions);
	if (!read_scripts(run, &run->refusals))
		return true; /* the guards have their say, too */
	size_t chosen = verify_choose(&run->report->verify, versions, count);
	if (chosen)
		check_syntax(run, chosen, &run->refusals);
	if (chosen)
		log_line(&run->workflow->log, "%zu verify script%s %s run after the push", chosen,
			chosen == 1 ? "" : "s", chosen == 1 ? "is" : "are");
	return true;
}

static bool run_scripts(Run *run)
{
	Verify *verify = &run->report->verify;
	bool holds = verify_run(&run->database.session, verify, run->err);
	run->report->guards.asked[GROUP_VERIFY] = true;
	for (size_t i = 0; i < verify->rows.count; i++) {
		ARENA_SCRATCH(scratch);
		const VerifyRow *row = &verify->rows.items[i];
		if (row->state != VERIFY_NOT_APPLIED)
			log_line(&run->workflow->log, "%.*s",
				STR_ARG(verify_text_line(&scratch, row)));
	}
	return holds;
}

/* Nothing takes back what was pushed. */
static void tell_pushed(const Run *run)
{
	if (!run->report->push.applied)
		return;
	for (Fault *fault = run->err->first; fault; fault = fault->next)
		if (fault->kind == ERR_VERIFY && !fault->hint.len)
			fault->hint = STR("what was pushed stays: correct it with a new "
					  "migration, and check again with mode: verify");
}

bool stage_verify(Run *run)
{
	Str *versions;
	size_t count = pushed_versions(run, true, &versions);
	if (!verify_choose(&run->report->verify, versions, count))
		return true;
	bool holds = run_scripts(run);
	tell_pushed(run);
	return holds;
}

static bool lacks_scripts(const Run *run)
{
	const Verify *verify = &run->report->verify;
	if (verify->rows.count)
		return false;
	err_add(run->err, ERR_SOURCE, "there is no verify script%s%.*s",
		verify->folder.len ? " in " : "", STR_ARG(verify->folder))
		->hint = STR("add supabase/verify/always_name.sql, or <version>_name.sql for one "
			     "migration, next to the migrations folder");
	return true;
}

bool stage_verify_applied(Run *run)
{
	const History *history = &run->database.history;
	Report *report = run->report;
	if (!read_scripts(run, run->err) || lacks_scripts(run) ||
		!connect_read_history(&run->database, run->err))
		return false;
	report->plan.head = history_head(history);
	size_t chosen =
		verify_choose(&report->verify, history->versions.items, history->versions.count);
	report->status = STATUS_VERIFIED;
	return !chosen || run_scripts(run);
}
