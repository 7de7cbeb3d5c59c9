/* Where is what: each version here, on staging and on the target. Read-only, and no guard: whatever
 * is found is shown, and fails nothing. A database that cannot be read does, after the rest has
 * been shown: a table with holes must not pass for an answer. */
#include "report/overview_text.h"
#include "server/content_compare.h"
#include "stage/connect.h"
#include "stage/files.h"

static bool read_target(Run *run)
{
	RunDatabase *database = &run->database;
	return connect_target(run, run->err) && connect_read_history(database, run->err) &&
	       content_compare(&database->session, &run->contents, &database->history, run->err);
}

static bool is_settled(const Overview *overview)
{
	return !overview->attention && !overview->pending[SIDE_STAGING] &&
	       !overview->pending[SIDE_TARGET];
}

bool stage_overview(Run *run)
{
	const Inputs *inputs = run->inputs;
	Report *report = run->report;
	bool has_staging = inputs->staging.db_url.len || inputs->staging.project_ref.len;
	files_read_contents(run);
	if (has_staging)
		connect_begin_staging(run);
	bool knows_target = read_target(run);
	if (has_staging)
		connect_staging(run, run->err);
	OverviewFacts facts = {.contents = &run->contents,
		.is_asked = {[SIDE_STAGING] = has_staging, [SIDE_TARGET] = true},
		.histories = {run->knows_staging ? &run->staging.history : NULL,
			knows_target ? &run->database.history : NULL},
		.include_all = inputs->include_all};
	overview_build(run->arena, &facts, &report->overview);
	if (knows_target)
		plan_build(run->arena, &run->source, &run->database.history, inputs->include_all,
			&report->plan);
	overview_text_log(&run->workflow->log, report);
	report->status = is_settled(&report->overview) ? STATUS_UP_TO_DATE : STATUS_SHOWN;
	return run->err->count == 0;
}
