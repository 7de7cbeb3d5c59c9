/* Is the target what staging is? */
#include "compare/finding.h"
#include "report/drift_text.h"
#include "server/inventory.h"
#include "stage/connect.h"

/* ---- what lies between the two ---- */

static bool has_version(const History *history, Str version)
{
	size_t low = 0, high = history->versions.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(history->versions.items[middle], version);
		if (order == 0)
			return true;
		low = order < 0 ? middle + 1 : low;
		high = order < 0 ? high : middle;
	}
	return false;
}

/* Versions of the one that the other has not had. */
static size_t count_beyond(const History *of, const History *other)
{
	size_t count = 0;
	for (size_t i = 0; i < of->versions.count; i++)
		count += !has_version(other, of->versions.items[i]);
	return count;
}

/* ---- comparing ---- */

static int older_version(const Session *a, const Session *b)
{
	int left = db_server_version(a->db), right = db_server_version(b->db);
	return left < right ? left : right;
}

/* One turn to each of the two. */
static bool compare_databases(Run *run, Err *err)
{
	Session *staging = &run->staging.session, *target = &run->database.session;
	ReportDrift *drift = &run->report->drift;
	Comparison *comparison = arena_new(run->arena, Comparison);
	Ignore ignore = ignore_read(run->arena, run->inputs->drift_ignore);
	Inventory reference, actual;
	int common = older_version(staging, target);
	if (!inventory_read(staging, common, &reference, err)) {
		err->last->on_staging = true;
		return false;
	}
	if (!inventory_read(target, common, &actual, err))
		return false;
	compare_inventories(run->arena, &reference, &actual, &ignore, comparison);
	*drift = (ReportDrift){.comparison = comparison,
		.reference = STR("staging"),
		.address = db_describe(run->arena, staging->db),
		.pending = count_beyond(&run->staging.history, &run->database.history),
		.ahead = count_beyond(&run->database.history, &run->staging.history)};
	return true;
}

/* ---- the stage ---- */

static void tell(Run *run)
{
	const ReportDrift *drift = &run->report->drift;
	Str pending = drift_text_pending(run->arena, drift);
	Err findings = {.arena = run->arena};
	compare_find(drift->comparison, STR("on staging"), ERR_DRIFT, &findings);
	run->report->status = findings.count ? STATUS_DRIFT : STATUS_SAME;
	if (pending.len) {
		log_line(&run->workflow->log, "%.*s", STR_ARG(pending));
		run_note(run, (Str){0}, pending);
	}
	switch (run->inputs->drift) {
	case LEVEL_OF_WARN:
		run_warn(run, &findings);
		break;
	case LEVEL_OF_OFF:
		run_log_faults(&run->workflow->log, "note", &findings);
		err_append(&run->report->notes, &findings);
		break;
	default:
		err_append(run->err, &findings);
	}
}

bool stage_compare(Run *run)
{
	RunDatabase *database = &run->database;
	run->contents = content_read(run->arena, &run->source);
	if (!connect_read_history(database, run->err) || !connect_staging(run, run->err) ||
		!compare_databases(run, run->err))
		return false;
	run->report->plan.head = history_head(&database->history);
	session_close(&run->staging.session);
	tell(run);
	return run->err->count == 0;
}
