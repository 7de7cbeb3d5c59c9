/* Repairs the history, as a person has asked for: a dry run that prints the digest, or, with that
 * digest as expect-plan, the same once more under the lock and then the writing. */
#include "push/repair_run.h"
#include "report/repair_text.h"
#include "server/content_compare.h"
#include "server/history_table.h"
#include "server/lock.h"
#include "stage/connect.h"
#include "stage/files.h"

static bool plan(Run *run, const History *history)
{
	Repair *repair = &run->report->repair;
	const RepairFacts facts = {
		.target = history->system.len ? history->system : run->report->target,
		.contents = &run->contents,
		.history = history};
	run->report->plan.head = history_head(history);
	if (!repair_plan(run->arena, &facts, repair, run->err))
		return false;
	run->report->plan_digest = repair->digest;
	return true;
}

/* Texts are fetched of those alone that are to be shown. */
static bool fetch(Run *run, History *history)
{
	Repair *repair = &run->report->repair;
	bool *wanted = arena_array(run->arena, bool, history->versions.count + 1), any = false;
	for (size_t i = 0; i < repair->rows.count; i++)
		if (repair->rows.items[i].action == REPAIR_SHOW) {
			wanted[history_find(history, repair->rows.items[i].version)] = true;
			any = true;
		}
	if (any && !history_load(&run->database.session, history, wanted, run->err))
		return false;
	for (size_t i = 0; i < repair->rows.count; i++) {
		RepairRow *row = &repair->rows.items[i];
		if (row->action != REPAIR_SHOW)
			continue;
		const Record *record = &history->records[history_find(history, row->version)];
		row->name = record->name;
		row->text = record->text;
	}
	return true;
}

static void print_repair(const Run *run)
{
	const Log *log = &run->workflow->log;
	const Repair *repair = &run->report->repair;
	for (size_t i = 0; i < repair->rows.count; i++) {
		ARENA_SCRATCH(scratch);
		const RepairRow *row = &repair->rows.items[i];
		log_line(log, "%.*s", STR_ARG(repair_text_line(&scratch, row)));
		if (row->text.ptr)
			log_foreign(log, row->text);
	}
	if (repair_count_changes(repair) && !run->inputs->expect_plan.len)
		log_line(log, "to have it done, run this again with expect-plan: %.*s",
			STR_ARG(repair->digest));
}

static bool is_approved(Run *run)
{
	Str expected = run->inputs->expect_plan;
	if (str_equal(run->report->repair.digest, expected))
		return true;
	err_add(run->err, ERR_BLOCKED,
		"this is not the repair that was approved (%.*s), but %.*s: lines, files or the "
		"history have changed since, or it was approved for another database",
		STR_ARG(expected), STR_ARG(run->report->repair.digest))
		->hint = STR("run it without expect-plan, and look at what it says now");
	return false;
}

/* What was planned may have changed while this run waited. */
static bool repair_under_lock(Run *run)
{
	Session *session = &run->database.session;
	History *history = arena_new(run->arena, History);
	ApiWait patience;
	if (!lock_take(session, run->inputs->lock_wait, history, &patience, run->err) ||
		!content_compare(session, &run->contents, history, run->err) ||
		!plan(run, history) || !is_approved(run))
		return false;
	return repair_run(session, &run->report->repair, history, run->err);
}

bool stage_repair(Run *run)
{
	Report *report = run->report;
	RunDatabase *database = &run->database;
	Repair *repair = &report->repair;
	bool writes = run->inputs->expect_plan.len > 0;
	report->dry = !writes;
	files_read_contents(run);
	if (!repair_parse(run->arena, run->inputs->repair, repair, run->err) ||
		!connect_read_history(database, run->err) ||
		!content_compare(
			&database->session, &run->contents, &database->history, run->err) ||
		!plan(run, &database->history) || !fetch(run, &database->history))
		return false;
	print_repair(run);
	bool is_work = repair_count_changes(repair) > 0;
	if (is_work && writes && (!is_approved(run) || !repair_under_lock(run)))
		return false;
	report->status = !is_work ? STATUS_UP_TO_DATE : writes ? STATUS_REPAIRED : STATUS_PLANNED;
	return true;
}
