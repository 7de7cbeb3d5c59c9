#include "stage/rehearse.h"

#include "lint/crosscheck.h"
#include "plan/digest.h"
#include "rehearse/rehearse.h"
#include "rehearse/rules.h"
#include "report/rehearsal_markdown.h"
#include "report/rehearsal_text.h"
#include "stage/scratch.h"
#include "stage/types.h"
#include "stage/verify_rehearsal.h"

enum {
	PATIENCE_MS = 500,
	BRIEF_MAX = 20 /* notes; the summary has all */
};

static void tell(const Run *run, Err *notes)
{
	ARENA_SCRATCH(scratch);
	Str verdict = rehearsal_text_verdict(&scratch, &run->report->rehearsal);
	log_line(&run->workflow->log, "%.*s", STR_ARG(verdict));
	run_note_findings(run, notes);
}

/* What is new among what is wrong: judged at the end of the plan. What lint has said of it counts
 * as seen now. */
static void warn_of_security(const Run *run, Err *warnings)
{
	const Rehearsal *rehearsal = &run->report->rehearsal;
	for (size_t i = 0; i < rehearsal->security.count; i++) {
		const Thing *thing = &rehearsal->security.items[i];
		const Judgement *said = crosscheck_security(&run->report->lint, thing);
		if (!said)
			rehearsal_add_security(rehearsal, thing, warnings);
		else if (said->finding && !run->lint.is_set[said->rule])
			err_move(warnings, &run->report->notes, said->finding);
	}
}

/* What somebody would notice; and, as a note, what keeps readers out too briefly for that. */
static void warn_of_holds(const Rehearsal *rehearsal, Err *warnings, Err *brief)
{
	Arena *arena = warnings->arena;
	Holds holds = holds_read(arena, rehearsal);
	for (size_t i = 0; i < holds.count; i++) {
		const Hold *hold = &holds.items[i];
		Str words = rehearsal_hold_words(arena, rehearsal, hold);
		if (hold_is_felt(hold))
			rehearsal_add_hold(hold, words, warnings);
		else if (hold->reads && brief->count < BRIEF_MAX)
			rehearsal_add_brief_hold(hold, words, brief);
	}
}

/* The summary has a list of them, beside the picture. */
static void note_brief_holds(const Run *run, Err *brief)
{
	for (const Fault *note = brief->first; note; note = note->next)
		log_line(&run->workflow->log, "%.*s", STR_ARG(note->message));
	err_append(&run->report->notes, brief);
}

static void note_not_run(const Rehearsal *rehearsal, Err *notes)
{
	for (size_t i = 0; i < rehearsal->count; i++) {
		const RehearsedFile *file = &rehearsal->files[i];
		if (!file->complete && !file->failed)
			rehearsal_add_not_run(file, notes);
	}
}

/* Where a contradiction goes, by the level that the inputs give it. */
typedef struct Contradictions {
	Err notes, warnings, dropped;
} Contradictions;

static Err *contradictions_list(Run *run, Contradictions *found)
{
	Err *const by_level[] = {[LINT_LEVEL_error] = run->err,
		[LINT_LEVEL_warn] = &found->warnings,
		[LINT_LEVEL_off] = &found->dropped,
		[LINT_LEVEL_note] = &found->notes};
	return by_level[run->lint.is_set[LINT_CONTRADICTED] ? run->lint.rules[LINT_CONTRADICTED]
							    : lint_rule_level(LINT_CONTRADICTED)];
}

static Contradictions contradictions_new(const Run *run)
{
	Err none = {.arena = run->arena};
	return (Contradictions){none, none, none};
}

/* The summary has a table of the notes. */
static void tell_contradictions(Run *run, Contradictions *found)
{
	run_warn(run, &found->warnings);
	run_log_faults(&run->workflow->log, "note", &found->notes);
	err_append(&run->report->notes, &found->notes);
}

/* What was predicted of the target, beside what has been seen there. */
static void check_predictions(Run *run)
{
	Contradictions found = contradictions_new(run);
	Crosscheck counts = crosscheck_run(
		&run->report->lint, &run->report->rehearsal, contradictions_list(run, &found));
	if (counts.compared)
		log_line(&run->workflow->log,
			"the rehearsal has confirmed what lint predicted of %zu of %zu statements",
			counts.compared - counts.contradicted, counts.compared);
	tell_contradictions(run, &found);
}

void rehearse_check_answers(Run *run)
{
	const Report *report = run->report;
	if (report->rehearsal.place != REHEARSAL_ON_TARGET)
		return;
	Contradictions found = contradictions_new(run);
	Crosscheck counts = crosscheck_answers(
		&report->preflight, &report->rehearsal, contradictions_list(run, &found));
	if (counts.compared)
		log_line(&run->workflow->log,
			"the rehearsal has confirmed %zu of %zu answers of the data",
			counts.compared - counts.contradicted, counts.compared);
	tell_contradictions(run, &found);
}

static void take_rehearsed_digest(Run *run)
{
	Report *report = run->report;
	report->plan_digest = digest_rehearsed(run->arena, report->plan_digest);
	log_line(&run->workflow->log, "plan digest, now that it is rehearsed: %.*s",
		STR_ARG(report->plan_digest));
}

/* What has run there does not fail. The rest is an error, before the rehearsal's own. */
static bool settle_foreseen(Run *run)
{
	size_t withdrawn = 0;
	if (run->inputs->rehearse == REHEARSAL_ON_TARGET)
		withdrawn = crosscheck_withdraw(
			&run->report->lint, &run->report->rehearsal, &run->foreseen);
	if (withdrawn)
		log_line(&run->workflow->log,
			"%zu error%s of lint withdrawn: the rehearsal has run what lint had refused",
			withdrawn, withdrawn == 1 ? "" : "s");
	bool is_clear = !run->foreseen.count;
	err_prepend(run->err, &run->foreseen);
	return is_clear;
}

/* Where: on the target's session, or on the scratch server. */
static bool rehearse(Run *run, RehearseOptions *options)
{
	Err warnings = {.arena = run->arena}, notes = {.arena = run->arena},
	    brief = {.arena = run->arena};
	Rehearsal *rehearsal = &run->report->rehearsal;
	VerifyRehearsal verify;
	size_t before = run->err->count;
	rehearsal->place = (RehearsalPlace)run->inputs->rehearse;
	run->report->guards.asked[GROUP_REHEARSAL] = true;
	options->scripts = run->scripts;
	options->count = run->report->plan.pending.count;
	options->show_queries = run->inputs->runner->debugs;
	options->is_live = rehearsal->place == REHEARSAL_ON_TARGET;
	options->with_unanalysed = run->inputs->rehearse_unanalysed || !options->is_live;
	if (options->is_live)
		options->limits = rehearse_limits();
	verify_rehearsal_begin(run, &verify);
	options->checks = verify.checks.count ? &verify.checks : NULL;
	bool done = options->is_live ? rehearse_run(&run->database.session, options, rehearsal,
					       &warnings, run->err)
				     : scratch_rehearse(run, options, &warnings, &notes);
	if (options->is_live && rehearsal_has_passed(rehearsal))
		take_rehearsed_digest(run);
	options->checks = NULL; /* they end here */
	verify_rehearsal_end(run, &verify, &warnings, &notes);
	note_not_run(rehearsal, &notes);
	warn_of_security(run, &warnings);
	if (options->is_live)
		check_predictions(run);
	rehearse_check_answers(run);
	crosscheck_add_held(run->arena, &run->report->lint, rehearsal);
	warn_of_holds(rehearsal, &warnings, &brief);
	tell(run, &notes);
	note_brief_holds(run, &brief);
	run_warn(run, &warnings);
	return done && run->err->count == before;
}

/* The plan was approved as a rehearsed one. */
static bool check_demand(Run *run)
{
	const Report *report = run->report;
	if (!run->demands_rehearsal || !report->plan.pending.count ||
		rehearsal_has_passed(&report->rehearsal))
		return true;
	err_add(run->err, ERR_REHEARSAL,
		"expect-plan is the digest of a plan that has passed a rehearsal, and this run's %s",
		run->inputs->rehearse == REHEARSAL_ON_TARGET ? "has not passed one"
							     : "is not rehearsed on the target")
		->hint = STR("set rehearse: target, as in the run that was approved");
	return false;
}

static bool is_wanted(const Run *run, RehearsalPlace place)
{
	return run->inputs->rehearse == place && run->report->plan.pending.count;
}

bool stage_rehearse(Run *run)
{
	RehearseQuestion types = types_question(run);
	RehearseOptions options = {.history = &run->database.history,
		.patience_ms = PATIENCE_MS,
		.question = types.add ? &types : NULL};
	if (!is_wanted(run, REHEARSAL_ON_TARGET) && !is_wanted(run, REHEARSAL_ON_SCRATCH))
		return check_demand(run);
	bool went_on = rehearse(run, &options);
	settle_foreseen(run); /* the data have their say, too */
	return types_rehearsed(run, &types) && went_on && check_demand(run);
}

bool rehearse_before_push(Run *run, const History *history, const ApiWait *patience)
{
	enum {
		SHARE = 4 /* of what the API's roles wait at most */
	};
	Session *session = &run->database.session;
	RehearseOptions options = {
		.history = history, .has_lock = true, .patience_ms = PATIENCE_MS};
	if (!is_wanted(run, REHEARSAL_ON_TARGET) || !run->report->push.count)
		return settle_foreseen(run) && check_demand(run);
	if (patience->ms / SHARE < options.patience_ms)
		options.patience_ms = patience->ms / SHARE;
	bool passed = rehearse(run, &options);
	return settle_foreseen(run) && passed &&
	       (session->db || session_recover(session, run->err)) && lock_keep(session, run->err);
}
