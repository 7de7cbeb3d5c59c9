/* May it be pushed? Every guard, staging's among them. */
#include "check/guard.h"
#include "push/push.h"
#include "stage/connect.h"
#include "stage/files.h"
#include "stage/plan.h"
#include "stage/types.h"

static GuardLevel staging_level(const Inputs *inputs)
{
	if (!credentials_suffice(&inputs->staging))
		return GUARD_OFF;
	return inputs->staging_guard == LEVEL_OF_AUTO ? GUARD_ERROR
						      : (GuardLevel)inputs->staging_guard;
}

/* Is it the branch that the environment is pushed from? One of its name, or the default branch for
 * production; where either is unknown it is taken for it. */
static bool feeds_target(const Inputs *inputs)
{
	Str branch = inputs->event->base_branch, name = inputs->environment_name;
	bool is_production = str_equal(name, STR("production")) || str_equal(name, STR("prod"));
	if (!branch.len || !name.len || str_equal(branch, name))
		return true;
	return is_production && str_equal(branch, inputs->event->default_branch);
}

/* On a pull request into another branch the target may be ahead of it. */
static bool may_be_behind(const Inputs *inputs)
{
	return inputs->mode == MODE_DRY_RUN && !feeds_target(inputs);
}

static GuardLevel missing_level(const Inputs *inputs)
{
	if (inputs->missing_files != LEVEL_OF_AUTO)
		return (GuardLevel)inputs->missing_files;
	return may_be_behind(inputs) ? GUARD_WARN : GUARD_ERROR;
}

static GuardLevel deleted_level(const Inputs *inputs)
{
	return inputs->missing_files == LEVEL_OF_AUTO ? GUARD_ERROR
						      : (GuardLevel)inputs->missing_files;
}

static GuardOptions guard_options(const Inputs *inputs)
{
	return (GuardOptions){
		.now = clock_wall(),
		.levels = {.staging = staging_level(inputs),
			.edited = (GuardLevel)inputs->edited_migrations,
			.same = (GuardLevel)inputs->same_content,
			.missing = missing_level(inputs),
			.deleted = deleted_level(inputs)},
		.max_pending = inputs->max_pending,
		.expect_plan = inputs->expect_plan,
	};
}

/* A staging database that does not answer is as bad as one that has not had the migrations. */
bool stage_staging(Run *run)
{
	GuardOptions options = guard_options(run->inputs);
	Err failure = {.arena = run->arena};
	if (!guard_wants_staging(&run->report->plan, &options) && !inputs_ask_drift(run->inputs))
		return true;
	connect_staging(run, &failure);
	if (options.levels.staging == GUARD_ERROR || run->inputs->drift == LEVEL_OF_ERROR)
		err_append(run->err, &failure);
	else
		run_warn(run, &failure);
	return true; /* the other checks have their say, too */
}

/* The digest of a rehearsed plan is that of the plan, and a demand. */
static void expect_rehearsed(Run *run, GuardOptions *options)
{
	Str digest = run->report->plan_digest;
	run->demands_rehearsal =
		options->expect_plan.len &&
		str_equal(options->expect_plan, digest_rehearsed(run->arena, digest));
	if (run->demands_rehearsal)
		options->expect_plan = digest;
}

static void check_guards(Run *run)
{
	GuardOptions options = guard_options(run->inputs);
	expect_rehearsed(run, &options);
	Err warnings = {.arena = run->arena}, notes = {.arena = run->arena};
	bool asks_staging = run->knows_staging && options.levels.staging != GUARD_OFF;
	VEC(Deleted) deleted = {0};
	FilesChange change;
	for (size_t at = 0; files_next_change(run, &at, &change);)
		if (change.status == CHANGE_DELETED)
			*vec_add(run->arena, &deleted) =
				(Deleted){change.version, change.file, change.path};
	const GuardFacts facts = {.plan = &run->report->plan,
		.scripts = run->scripts,
		.input = plan_digest_input(run),
		.digest = run->report->plan_digest,
		.deleted = deleted.items,
		.deleted_count = deleted.count,
		.promotes = run->inputs->promotes,
		.staging = asks_staging ? &run->staging.history : NULL};
	guard_check(&facts, &options, run->err, &warnings, &notes);
	run->report->guards = (ReportGuards){.checked = true,
		.asked = {
			[GROUP_HISTORY] = true,
			[GROUP_ORDER] = true,
			[GROUP_CONTENT] = options.levels.edited != GUARD_OFF,
			[GROUP_STAGING] = asks_staging,
			[GROUP_SIZE] = options.max_pending > 0,
			[GROUP_PLAN] = options.expect_plan.len > 0,
			[GROUP_DRIFT] = run->report->drift.comparison != NULL,
			[GROUP_LINT] = run->lint.level != LINT_LEVEL_off,
		}};
	run_note_findings(run, &notes);
	run_warn(run, &warnings);
}

/* Whatever is pending although nothing changed has been pending since an earlier run. */
static void explain_pending(const Run *run)
{
	static const char why[] = "no migration changed in this push: what is pending is left from "
				  "an earlier one, whose "
				  "run did not apply it";
	if (run->detected.matches.migrations || !run->detected.known ||
		!run->report->plan.pending.count)
		return;
	if (!run->database.history.versions.count) {
		run_note(run, (Str){0},
			STR("nothing has been pushed to this database yet: every migration is pending"));
		return;
	}
	log_line(&run->workflow->log, "%s", why);
	run_note(run, STR("Left from an earlier push"), str_from(why));
}

/* A push that finds nothing to do verifies all the same: the run before may have failed at that. */
static bool wants_verification(const Run *run)
{
	const Verify *verify = &run->report->verify;
	return run->inputs->mode == MODE_PUSH &&
	       verify_count(verify, VERIFY_NOT_APPLIED) < verify->rows.count;
}

/* Nothing but what lint foresees: a rehearsal and the data have their say, too. */
static bool is_foreseen(const Run *run)
{
	bool continues =
		run->inputs->mode == MODE_DRY_RUN || run->inputs->rehearse == REHEARSAL_ON_TARGET;
	for (const Fault *fault = run->err->first; fault && continues; fault = fault->next)
		continues = fault->rule && fault->rule->group == GROUP_LINT;
	return continues;
}

bool stage_check(Run *run)
{
	Report *report = run->report;
	check_guards(run);
	session_close(&run->staging.session);
	err_append(run->err, &run->refusals);
	if (run->inputs->transaction == TRANSACTION_ALL)
		push_check_all(&report->push, run->err);
	if (run->err->count && is_foreseen(run))
		err_append(&run->foreseen, run->err);
	if (run->err->count)
		return false;
	bool is_work = report->plan.pending.count || extras_is_work(&report->extras);
	report->status = is_work ? STATUS_PLANNED : STATUS_UP_TO_DATE;
	bool writes_types = inputs_writes(run->inputs) && types_is_asked(run->inputs);
	run->ended = !is_work && !wants_verification(run) && !writes_types;
	if (is_work)
		explain_pending(run);
	return true;
}
