/* Is the target what staging is, but for what is pending? In mode compare, before a push, and after
 * it. */
#include "base/task.h"
#include "compare/finding.h"
#include "compare/reach.h"
#include "report/drift_text.h"
#include "server/inventory.h"
#include "stage/connect.h"
#include "stage/files.h"
#include "stage/replay.h"

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

/* What the plan has read of it, or read now. `next`: the first pending file that may be it. */
static const Script *script_of(const Run *run, const Migration *migration, size_t *next)
{
	const Plan *plan = &run->report->plan;
	while (run->scripts && *next < plan->pending.count &&
		str_compare(plan->pending.items[*next]->version, migration->version) < 0)
		(*next)++;
	if (run->scripts && *next < plan->pending.count && plan->pending.items[*next] == migration)
		return &run->scripts[*next];
	Script *script = arena_new(run->arena, Script);
	Err ignored = {.arena = run->arena};
	script_read(run->arena, migration, script, &ignored);
	return script;
}

/* A file that only one of the two has had may be why they differ. */
static void explain(const Run *run, ReportDrift *drift, Comparison *comparison)
{
	size_t next = 0;
	for (size_t i = 0; i < run->source.migrations.count; i++) {
		const Migration *migration = &run->source.migrations.items[i];
		if (has_version(&run->reference->history, migration->version) ==
			has_version(&run->database.history, migration->version))
			continue;
		const Script *script = script_of(run, migration, &next);
		reach_explain(script, comparison);
		drift->gaps += reach_has_gap(script);
	}
}

/* ---- comparing ---- */

static int older_version(const Run *run)
{
	int left = run->reference_version, right = db_server_version(run->database.session.db);
	return left < right ? left : right;
}

/* One turn to one of the two. */
typedef struct Reading {
	Session *session;
	int common; /* the older one of the two servers */
	Inventory *out;
	Err failure;
	bool done;
} Reading;

static void read_side(void *context)
{
	Reading *reading = context;
	reading->done =
		inventory_read(reading->session, reading->common, reading->out, &reading->failure);
}

static Reading reading_of(Run *run, RunDatabase *database)
{
	return (Reading){.session = &database->session,
		.common = older_version(run),
		.out = arena_new(run->arena, Inventory),
		.failure = {.arena = run->arena}};
}

/* The target and its reference, side by side. */
static bool read_both(Run *run, const Inventory **target, Err *err)
{
	run->reference_version = db_server_version(run->reference->session.db);
	Reading theirs = reading_of(run, run->reference), own = reading_of(run, &run->database);
	Task *task = task_start(run->arena, read_side, &theirs);
	read_side(&own);
	task_end(task);
	for (Fault *fault = theirs.failure.first; fault; fault = fault->next)
		fault->on_staging = run->reference == &run->staging;
	err_append(err, &theirs.failure);
	err_append(err, &own.failure);
	run->reference_inventory = theirs.out;
	run->report->drift.address = db_describe(run->arena, run->reference->session.db);
	*target = own.out;
	return theirs.done && own.done;
}

/* Once more, after a push. */
static bool compare_target(Run *run, Ignore *ignore, Comparison *out, Err *err)
{
	Reading own = reading_of(run, &run->database);
	read_side(&own);
	err_append(err, &own.failure);
	if (own.done)
		compare_inventories(run->arena, run->reference_inventory, own.out, ignore, out);
	return own.done;
}

static bool compare_both(Run *run, Err *err)
{
	ReportDrift *drift = &run->report->drift;
	Comparison *comparison = arena_new(run->arena, Comparison);
	Ignore ignore = ignore_read(run->arena, run->inputs->drift_ignore);
	Err notes = {.arena = run->arena};
	const Inventory *target;
	if (!read_both(run, &target, err))
		return false;
	compare_inventories(run->arena, run->reference_inventory, target, &ignore, comparison);
	ignore_find_unused(&ignore, &notes);
	run_note_findings(run, &notes);
	drift->comparison = comparison;
	drift->pending = count_beyond(&run->reference->history, &run->database.history);
	drift->ahead = count_beyond(&run->database.history, &run->reference->history);
	explain(run, drift, comparison);
	return true;
}

/* ---- reporting ---- */

static void say(const Run *run, Str text)
{
	if (!text.len)
		return;
	log_line(&run->workflow->log, "%.*s", STR_ARG(text));
	run_note(run, (Str){0}, text);
}

static void report_findings(const Run *run, size_t level, Err *findings)
{
	switch (level) {
	case LEVEL_OF_ERROR:
		err_append(run->err, findings);
		break;
	case LEVEL_OF_WARN:
		run_warn(run, findings);
		break;
	default:
		run_log_faults(&run->workflow->log, "note", findings);
		err_append(&run->report->notes, findings);
	}
}

/* ---- the stages ---- */

static bool open_reference(Run *run, Err *err)
{
	if (run->inputs->scratch.db_url.len) {
		run->report->drift.reference = REFERENCE_REPOSITORY;
		run->reference = &run->scratch;
		return replay_files(run, err);
	}
	files_read_contents(run);
	run->reference = &run->staging;
	return connect_staging(run, err);
}

bool stage_compare(Run *run)
{
	RunDatabase *database = &run->database;
	size_t level = run->inputs->drift;
	Err findings = {.arena = run->arena};
	if (!connect_read_history(database, run->err) || !open_reference(run, run->err) ||
		!compare_both(run, run->err))
		return false;
	const ReportDrift *drift = &run->report->drift;
	run->report->plan.head = history_head(&database->history);
	compare_find(drift->comparison, drift->reference, ERR_DRIFT, &findings);
	run->report->status = findings.count ? STATUS_DRIFT : STATUS_SAME;
	say(run, drift_text_pending(run->arena, drift));
	report_findings(run, level == LEVEL_OF_AUTO ? LEVEL_OF_ERROR : level, &findings);
	return run->err->count == 0;
}

/* Staging may have failed to answer, which the stage before has reported. */
bool stage_drift(Run *run)
{
	Err failure = {.arena = run->arena}, findings = {.arena = run->arena};
	if (!inputs_ask_drift(run->inputs) || !run->knows_staging)
		return true;
	run->reference = &run->staging;
	if (!compare_both(run, &failure)) {
		report_findings(run, run->inputs->drift, &failure);
		return true;
	}
	compare_find(run->report->drift.comparison, REFERENCE_STAGING, ERR_BLOCKED, &findings);
	log_line(&run->workflow->log, "%.*s",
		STR_ARG(drift_text_sentence(run->arena, &run->report->drift)));
	say(run, drift_text_pending(run->arena, &run->report->drift));
	report_findings(run, run->inputs->drift, &findings);
	return true;
}

/* What is pushed is pushed: whatever differs now is a warning. */
bool stage_drift_after(Run *run)
{
	ReportDrift *drift = &run->report->drift;
	Comparison *after = arena_new(run->arena, Comparison);
	Err warnings = {.arena = run->arena};
	if (!drift->comparison)
		return true;
	Ignore ignore = ignore_read(run->arena, run->inputs->drift_ignore);
	if (compare_target(run, &ignore, after, &warnings)) {
		size_t known = compare_mark_known(after, drift->comparison);
		drift->comparison = after;
		compare_find(after, drift->reference, ERR_DRIFT, &warnings);
		say(run, drift_text_after(run->arena, drift, known));
	}
	run_warn(run, &warnings);
	return true;
}
