/* The push: from here on the target is written to. */
#include "stage/run.h"

#include "push/post_push.h"
#include "server/history_table.h"
#include "server/lock.h"
#include "server/lock_monitor.h"
#include "report/verdict.h"
#include "stage/extras.h"
#include "stage/rehearse.h"

static bool is_recorded(const History *history, const Script *script, Str digest)
{
	for (size_t i = 0; i < history->versions.count; i++)
		if (str_equal(history->versions.items[i], script->migration->version) &&
			str_equal(history->records[i].digest, digest))
			return true;
	return false;
}

/* Somebody was quicker: what was to be pushed is in the history now, as it is here. */
static bool is_done_by_another(Arena *arena, const Push *push, const History *history)
{
	for (size_t i = 0; i < push->count; i++) {
		const Script *script = push->rows[i].script;
		if (!is_recorded(history, script, content_digest(arena, script)))
			return false;
	}
	return true;
}

/* The plan is of another history than the one under the lock. */
static bool handle_changed_history(Run *run, const History *now)
{
	Report *report = run->report;
	if (!report->push.count)
		return true; /* no migration was to be pushed: nothing depends on them */
	if (is_done_by_another(run->arena, &report->push, now)) {
		log_line(&run->workflow->log,
			"another run has pushed all %zu of them meanwhile: nothing is left to do",
			report->push.count);
		plan_build(run->arena, &run->source, now, false, &report->plan);
		report->push = (Push){0};
		report->extras.with_vault = false;
		return true;
	}
	Fault *fault = err_add(run->err, ERR_BLOCKED,
		"the history has changed since the plan was made: %.*s",
		STR_ARG(history_difference(run->arena, &run->database.history, now)));
	fault->hint = STR("somebody else has pushed, or repaired the history; "
			  "run the job again: it makes a new plan");
	return false;
}

/* Under the lock, and watched. */
static bool run_files(Run *run, const ApiWait *patience, const History *history)
{
	Session *session = &run->database.session;
	Push *push = &run->report->push;
	if (!push->count)
		return true;
	LockMonitorOptions options = {.patience = *patience,
		.show_queries = run->inputs->runner->debugs,
		.scripts = run->scripts,
		.script_count = push->count};
	if (!run->inputs->lock_timeout)
		options.patience.ms = 0;
	lock_monitor_open(session, &options);
	push_start(push, history);
	bool in_one = run->inputs->transaction == TRANSACTION_ALL;
	bool pushed = history_prepare(session, history, run->err) &&
		      (in_one ? push_all : push_files)(session, push, run->err);
	lock_monitor_close(session);
	return pushed;
}

/* In the stage's group, as what was applied is. */
static void tell_stop(const Run *run)
{
	ARENA_SCRATCH(scratch);
	Str line = verdict_stop(&scratch, run->report, run->err);
	if (line.len)
		log_line(&run->workflow->log, "%.*s", STR_ARG(line));
}

static bool look_after(Run *run, bool pushed)
{
	Session *session = &run->database.session;
	Err warnings = {.arena = run->arena};
	if (!run->report->push.count)
		return pushed;
	if (pushed)
		pushed = post_push(session, &run->report->push, &warnings, run->err);
	else
		post_push_failure(session, &run->report->push);
	run_warn(run, &warnings);
	return pushed;
}

bool stage_push(Run *run)
{
	Report *report = run->report;
	if (report->status == STATUS_UP_TO_DATE)
		return true;
	Session *session = &run->database.session;
	History *history = arena_new(run->arena, History);
	ApiWait patience;
	if (!lock_take(session, run->inputs->lock_wait, history, &patience, run->err))
		return false;
	if (!history_is_same(&run->database.history, history) &&
		!handle_changed_history(run, history))
		return false;
	if (!history->can_lock && history->table_exists)
		log_line(&run->workflow->log, "the role may not lock the history table: "
					      "only this program's own runs are kept apart");
	bool pushed = rehearse_before_push(run, history, &patience) && extras_before(run) &&
		      run_files(run, &patience, history) && extras_after(run);
	if (!pushed)
		tell_stop(run);
	if (!look_after(run, pushed))
		return false;
	report->status = report->push.count || extras_has_done(&report->extras) ? STATUS_PUSHED
										: STATUS_UP_TO_DATE;
	return true;
}
