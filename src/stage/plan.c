#include "stage/plan.h"

#include "base/interrupt.h"
#include "push/push.h"
#include "server/content_compare.h"
#include "server/server_parse.h"
#include "plan/plan_print.h"
#include "server/pooler.h"
#include "server/writable.h"
#include "stage/connect.h"
#include "stage/extras.h"
#include "stage/files.h"

/* Where lint judges, it says of what is in a body, too, if the server will refuse it. */
static bool judges_bodies(const Run *run)
{
	enum {
		NUMBERS_A_MAJOR = 10000 /* of server_version_num */
	};
	return run->lint.level != LINT_LEVEL_off &&
	       db_server_version(run->database.session.db) / NUMBERS_A_MAJOR ==
		       sql_library_version_num() / NUMBERS_A_MAJOR;
}

/* Whether a statement is valid SQL, the server has the last word on. */
static Script *examine_pending(Run *run, Err *err)
{
	const Plan *plan = &run->report->plan;
	size_t count = plan->pending.count;
	Script *scripts = arena_array(run->arena, Script, count + 1);
	Err warnings = {.arena = run->arena};
	for (size_t i = 0; i < count; i++)
		script_read(run->arena, plan->pending.items[i], &scripts[i], err);
	server_parse(&run->database.session, scripts, count, err);
	for (size_t i = 0; i < count && !judges_bodies(run); i++)
		script_add_body_warnings(&scripts[i], &warnings);
	run_warn(run, &warnings);
	for (size_t i = 0; i < count; i++)
		script_add_refusals(&scripts[i], err);
	if (interrupt_pending())
		err_add(err, ERR_CANCELLED, "cancelled during the dry run");
	return scripts;
}

DigestInput plan_digest_input(const Run *run)
{
	const History *history = &run->database.history;
	return (DigestInput){
		.target = history->system.len ? history->system : run->report->target,
		.contents = &run->contents,
		.history = history,
		.include_all = run->inputs->include_all,
		.one_transaction = run->inputs->transaction == TRANSACTION_ALL,
		.extras = extras_canonical(run->arena, &run->report->extras),
	};
}

static void print_plan(const Run *run)
{
	const Log *log = &run->workflow->log;
	dryrun_print(log, &run->report->plan, run->scripts);
	extras_print(log, &run->report->extras);
	log_line(log, "plan digest: %.*s", STR_ARG(run->report->plan_digest));
}

/* With the plan, so that it can be read all the same; and not where nothing would be written. */
static void check_writable(Run *run)
{
	const RunDatabase *database = &run->database;
	const Report *report = run->report;
	if (report->plan.pending.count || extras_is_work(&report->extras))
		writable_check(&database->session, &database->history, report->dry, &run->refusals);
}

bool stage_plan(Run *run)
{
	const Inputs *inputs = run->inputs;
	Report *report = run->report;
	RunDatabase *database = &run->database;
	files_read_contents(run);
	if (!connect_read_history(database, run->err) ||
		((inputs->mode == MODE_PUSH || inputs->rehearse == REHEARSAL_ON_TARGET) &&
			database->target.maybe_pooled &&
			!pooler_check(&database->session, run->err)) ||
		!content_compare(&database->session, &run->contents, &database->history, run->err))
		return false;
	report->plan.head = history_head(&database->history);
	if (report->extras.config.migrations_enabled)
		plan_build(run->arena, &run->source, &database->history, inputs->include_all,
			&report->plan);
	run->scripts = examine_pending(run, &run->refusals);
	extras_plan(run, &run->refusals);
	check_writable(run);
	DigestInput input = plan_digest_input(run);
	report->plan_digest = digest_plan(run->arena, &input);
	push_prepare(run->arena, run->scripts, report->plan.pending.count, &report->push);
	print_plan(run);
	return true;
}
