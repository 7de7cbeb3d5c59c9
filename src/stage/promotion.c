/* A promotion check: what a pull request would have promoted, compared with staging; the target is
 * contacted by nobody, and its secrets need not be here. The pull request's base branch is taken
 * for it. */
#include "plan/promotion.h"
#include "push/push.h"
#include "stage/connect.h"
#include "stage/files.h"

/* What is unknown is no promotion that could be called proven. */
static bool check_known(const Run *run)
{
	const DetectResult *detected = &run->detected;
	if (detected->known && !detected->is_guess)
		return true;
	err_add(run->err, ERR_DETECT, "which migrations the pull request promotes is unknown: %s",
		detected->is_guess ? "another commit is checked out"
				   : "its changes are not those of the migrations folder")
		->hint = STR("check the pull request itself out, in the workspace");
	return false;
}

static History expect_history(const Run *run)
{
	VEC(PromotionChange) changes = {0};
	FilesChange change;
	for (size_t at = 0; files_next_change(run, &at, &change);)
		if (change.status == CHANGE_ADDED || change.status == CHANGE_DELETED)
			*vec_add(run->arena, &changes) =
				(PromotionChange){change.version, change.status == CHANGE_ADDED};
	return promotion_expect(
		run->arena, &run->source, &run->staging.history, changes.items, changes.count);
}

/* Staging's server has had these files: their syntax alone is looked at. */
static Script *read_pending(Run *run)
{
	const Plan *plan = &run->report->plan;
	Script *scripts = arena_array(run->arena, Script, plan->pending.count + 1);
	for (size_t i = 0; i < plan->pending.count; i++) {
		script_read(run->arena, plan->pending.items[i], &scripts[i], &run->refusals);
		script_add_refusals(&scripts[i], &run->refusals);
	}
	return scripts;
}

static void print_promotion(const Run *run)
{
	enum {
		SHOWN_MAX = 2000
	};
	const Log *log = &run->workflow->log;
	const Plan *plan = &run->report->plan;
	size_t count = plan->pending.count;
	log_line(log, "%zu migrations of the base branch, %zu new ones",
		run->database.history.versions.count, count);
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
		log_line(log, "  %.*s", STR_ARG(plan->pending.items[i]->file));
	if (count > SHOWN_MAX)
		log_line(log, "  … and %zu more", count - SHOWN_MAX);
}

static void leave_out_extras(Run *run)
{
	Extras *extras = &run->report->extras;
	bool given = run->inputs->include_roles || run->inputs->include_seed;
	static const Str why =
		STR_INIT("roles and seeds are not looked at: only the target knows what it has");
	extras->roles = (Roles){0};
	extras->seeds = (Seeds){0};
	if (!given)
		return;
	log_line(&run->workflow->log, "%.*s", STR_ARG(why));
	run_note(run, (Str){0}, why);
}

bool stage_promotion(Run *run)
{
	Report *report = run->report;
	const Plan *plan = &report->plan;
	if (!check_known(run))
		return false;
	files_read_contents(run);
	if (!connect_staging(run, run->err))
		return false;
	leave_out_extras(run);
	run->database.history = expect_history(run);
	if (report->extras.config.migrations_enabled)
		plan_build(run->arena, &run->source, &run->database.history, true, &report->plan);
	run->scripts = read_pending(run);
	push_prepare(run->arena, run->scripts, plan->pending.count, &report->push);
	print_promotion(run);
	return true;
}
