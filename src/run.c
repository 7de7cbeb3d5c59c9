#include "run.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "migrate/after.h"
#include "migrate/dialect.h"
#include "migrate/dryrun.h"
#include "migrate/guard.h"
#include "migrate/lookout.h"
#include "migrate/pooler.h"
#include "report/outcome.h"
#include "stage/extras.h"
#include "stage/warn.h"
#include "target/target.h"
#include "stage/detect.h"

#include <stdlib.h>
#include <unistd.h>

/* Shown by the server's views, for whoever looks who holds a lock: program, repository, run. The
 * run is what leads to the log: a long repository is cut. */
static Str application_name(Arena *arena, const Runner *runner)
{
	enum {
		NAME_MAX_BYTES = 63
	};
	static const Str program = STR_INIT("supabase-promote ");
	Str id = str_head(runner->run_id, NAME_MAX_BYTES - program.len - 1);
	Str repository = str_head(runner->repository, NAME_MAX_BYTES - program.len - 1 - id.len);
	return str_trim(str_format(
		arena, "%.*s%.*s %.*s", STR_ARG(program), STR_ARG(repository), STR_ARG(id)));
}

static TargetOptions target_options(Arena *arena, const Inputs *inputs)
{
	return (TargetOptions){
		.credentials = inputs->credentials,
		.application_name = application_name(arena, inputs->runner),
		.connect_timeout_ms = inputs->connect_timeout,
		.statement_timeout_ms = inputs->statement_timeout,
		.lock_timeout_ms = inputs->lock_timeout,
		.lock_retries = inputs->lock_retries,
		.read_only = inputs->mode == MODE_DRY_RUN,
	};
}

/* `title`: of its annotation; empty: there is none. */
static void say(Arena *arena, Report *report, Str title, Str text)
{
	*vec_add(arena, &report->notices) = (ReportNotice){title, text};
}

static bool find_migrations(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Extras *extras, Source *source, Err *err)
{
	if (run_extras_lacks_migrations(arena, inputs, extras, &source->folder))
		return true;
	bool found = source_read(
		arena, inputs->runner->workspace, inputs->working_directory, source, err);
	for (size_t i = 0; i < source->skipped.count; i++) {
		const Skipped *skipped = &source->skipped.items[i];
		Str name = str_visible(arena, skipped->file);
		log_line(&workflow->log, "skipped %.*s: %.*s", STR_ARG(name),
			STR_ARG(skipped->reason));
	}
	return found;
}

static Script *read_scripts(
	Arena *arena, const Migration *const *migrations, size_t count, Err *err)
{
	Script *scripts = arena_array(arena, Script, count + 1);
	for (size_t i = 0; i < count; i++)
		script_read(arena, migrations[i], &scripts[i], err);
	return scripts;
}

/* Every local file, for a run that cannot know which of them are pending. */
static void check_syntax(Arena *arena, const Source *source, Err *err)
{
	for (size_t i = 0; i < source->migrations.count; i++) {
		Script script;
		script_read(arena, &source->migrations.items[i], &script, err);
		script_add_refusals(&script, err);
	}
}

static bool check_without_database(
	Arena *arena, const Workflow *workflow, const Source *source, Report *report, Err *err)
{
	static const char why[] = "pull requests of forks and of Dependabot get no secrets, and "
				  "pull_request_target no "
				  "database, so histories are not compared";
	workflow_group(workflow, "Checks without a database");
	check_syntax(arena, source, err);
	log_line(&workflow->log, "%zu migrations read and parsed; %s", source->migrations.count,
		why);
	workflow_group_end(workflow);
	say(arena, report, STR("Checked without a database"), str_from(why));
	if (err->count)
		return false;
	report->status = STATUS_SKIPPED;
	report->skipped = STR("checked without a database, which this event does not get");
	return true;
}

static bool connect(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Source *source, Target *target, Session *session, Report *report, Err *err)
{
	TargetOptions options = target_options(arena, inputs);
	bool opened = target_open(arena, workflow, &options, target, session, err);
	report->project = (ReportProject){target->ref, target->name, target->region};
	report->server_version = target->version; /* if nobody can ask the server */
	stage_warn(workflow, &report->warnings, &target->warnings);
	if (!opened) {
		Err warnings = {.arena = arena};
		check_syntax(arena, source, &warnings);
		stage_warn(workflow, &report->warnings, &warnings);
		return false;
	}
	report->target = db_describe(arena, session->db);
	report->server_version = db_server_version_text(arena, session->db);
	log_line(&workflow->log, "%.*s, PostgreSQL %.*s", STR_ARG(report->target),
		STR_ARG(report->server_version));
	if (!db_is_private(session->db)) {
		Err warnings = {.arena = arena};
		err_add(&warnings, ERR_CONNECT, "the connection is not encrypted")->hint =
			STR("turn TLS on at the server, and give db-ca-cert to verify it");
		stage_warn(workflow, &report->warnings, &warnings);
	}
	return true;
}

/* Where our grammar refuses a statement, the server has the last word. */
static Script *examine_pending(
	Arena *arena, const Workflow *workflow, Session *session, Report *report, Err *err)
{
	size_t count = report->plan.pending.count;
	Script *scripts = read_scripts(arena, report->plan.pending.items, count, err);
	Err warnings = {.arena = arena};
	dialect_ask(session, scripts, count, &warnings, err);
	stage_warn(workflow, &report->warnings, &warnings);
	for (size_t i = 0; i < count; i++)
		script_add_refusals(&scripts[i], err);
	if (interrupt_pending())
		err_add(err, ERR_CANCELLED, "cancelled during the dry run");
	return scripts;
}

static GuardLevel staging_level(const Inputs *inputs)
{
	if (!credentials_suffice(&inputs->staging))
		return GUARD_OFF;
	return inputs->staging_guard == LEVEL_OF_AUTO ? GUARD_ERROR
						      : (GuardLevel)inputs->staging_guard;
}

static GuardOptions guard_options(const Inputs *inputs)
{
	return (GuardOptions){
		.now = clock_wall(),
		.staging = staging_level(inputs),
		.edited = (GuardLevel)inputs->edited_migrations,
		.max_pending = inputs->max_pending,
		.expect_plan = inputs->expect_plan,
	};
}

/* A login that can only read may have to be exchanged for it. */
static bool read_history(const Target *target, Session *session, History *history, Err *err)
{
	Err refused = {.arena = err->arena};
	if (history_read(session, history, &refused))
		return true;
	if (!target_widen(target, session, &refused)) {
		err_append(err, &refused);
		return false;
	}
	*history = (History){0};
	return history_read(session, history, err);
}

/* What staging has had; only read. */
static bool read_staging(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Contents *contents, History *staging, Report *report, Err *err)
{
	AUTO_SESSION session = {0};
	Target target = {0};
	TargetOptions options = target_options(arena, inputs);
	options.credentials = inputs->staging;
	options.read_only = true;
	bool opened = target_open(arena, workflow, &options, &target, &session, err);
	stage_warn(workflow, &report->warnings, &target.warnings);
	if (!opened)
		return false;
	log_line(&workflow->log, "staging: %.*s", STR_ARG(db_describe(arena, session.db)));
	return read_history(&target, &session, staging, err) &&
	       content_compare(&session, contents, staging, err);
}

/* A staging database that does not answer is as bad as one that has not had the migrations. */
static bool ask_staging(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Contents *contents, const GuardOptions *options, History *staging, Report *report,
	Err *err)
{
	Err failure = {.arena = arena};
	if (read_staging(arena, inputs, workflow, contents, staging, report, &failure))
		return true;
	for (Fault *fault = failure.first; fault; fault = fault->next) {
		fault->on_staging = true;
		fault->message = str_format(arena, "staging: %.*s", STR_ARG(fault->message));
	}
	if (options->staging == GUARD_ERROR)
		err_append(err, &failure);
	else
		stage_warn(workflow, &report->warnings, &failure);
	return false;
}

static void take_notes(Arena *arena, const Workflow *workflow, const Err *notes, Report *report)
{
	for (const Fault *note = notes->first; note; note = note->next) {
		log_line(&workflow->log, "%.*s", STR_ARG(note->message));
		say(arena, report, (Str){0}, note->message);
	}
}

/* Every row of guard.def. */
static void check_guards(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const GuardFacts *known, Report *report, Err *err)
{
	GuardFacts facts = *known;
	GuardOptions options = guard_options(inputs);
	Err warnings = {.arena = arena}, notes = {.arena = arena};
	History staging = {0};
	if (guard_wants_staging(facts.plan, &options) &&
		ask_staging(arena, inputs, workflow, facts.input.contents, &options, &staging,
			report, err))
		facts.staging = &staging;
	guard_check(&facts, &options, err, &warnings, &notes);
	report->guards = (ReportGuards){.checked = true,
		.staging = facts.staging != NULL,
		.edited = options.edited != GUARD_OFF,
		.max_pending = options.max_pending > 0,
		.expect_plan = options.expect_plan.len > 0};
	take_notes(arena, workflow, &notes, report);
	stage_warn(workflow, &report->warnings, &warnings);
}

/* The dry run: what is pending, whether it may run, and whether it can be parsed. */
static bool make_plan(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Contents *contents, Session *session, const History *history, Report *report,
	Err *err)
{
	size_t before = err->count;
	Err syntax = {.arena = arena};
	GuardFacts facts = {.plan = &report->plan,
		.input = {.target = history->system.len ? history->system : report->target,
			.contents = contents,
			.history = history,
			.include_all = inputs->include_all,
			.one_transaction = inputs->transaction == TRANSACTION_ALL}};
	report->plan.head = history_head(history);
	if (report->extras.config.migrations_enabled)
		plan_build(arena, contents->source, history, inputs->include_all, &report->plan);
	Script *scripts = examine_pending(arena, workflow, session, report, &syntax);
	run_extras_plan(arena, inputs, workflow, session, report->plan.pending.count > 0,
		&report->extras, &report->warnings, &syntax);
	facts.input.extras = extras_canonical(arena, &report->extras);
	facts.scripts = scripts;
	facts.digest = report->plan_digest = digest_plan(arena, &facts.input);
	push_prepare(arena, scripts, report->plan.pending.count, &report->push);
	dryrun_print(&workflow->log, &report->plan, scripts);
	extras_print(&workflow->log, &report->extras);
	log_line(&workflow->log, "plan digest: %.*s", STR_ARG(report->plan_digest));
	check_guards(arena, inputs, workflow, &facts, report, err);
	err_append(err, &syntax);
	if (inputs->transaction == TRANSACTION_ALL)
		push_check_all(&report->push, err);
	return err->count == before;
}

/* Somebody was quicker: what was to be pushed is in the history now, as it is here. */
static bool is_done_by_another(Arena *arena, const Push *push, const History *history)
{
	for (size_t i = 0; i < push->count; i++) {
		const Script *script = push->rows[i].script;
		Str digest = content_digest(arena, script);
		bool found = false;
		for (size_t r = 0; r < history->versions.count; r++)
			found = found || (str_equal(history->versions.items[r],
						  script->migration->version) &&
						 str_equal(history->records[r].digest, digest));
		if (!found)
			return false;
	}
	return true;
}

/* The plan is of another history than the one under the lock. */
static bool take_moved(Arena *arena, const Workflow *workflow, const Contents *contents,
	const History *before, const History *now, Report *report, Err *err)
{
	if (!report->push.count)
		return true; /* no migration was to be pushed: nothing depends on them */
	if (is_done_by_another(arena, &report->push, now)) {
		log_line(&workflow->log,
			"another run has pushed all %zu of them meanwhile: nothing is left to do",
			report->push.count);
		plan_build(arena, contents->source, now, false, &report->plan);
		report->push = (Push){0};
		report->extras.with_vault = false;
		return true;
	}
	Fault *fault =
		err_add(err, ERR_BLOCKED, "the history has changed since the plan was made: %.*s",
			STR_ARG(history_difference(arena, before, now)));
	fault->hint = STR("somebody else has pushed, or repaired the history; run the job again: "
			  "it plans anew");
	return false;
}

/* Under the lock, and watched. */
static bool run_push(const Inputs *inputs, Session *session, const Patience *patience,
	const History *history, Report *report, Err *err)
{
	if (!report->push.count)
		return true;
	LookoutOptions options = {.patience = *patience,
		.show_queries = inputs->runner->debugs,
		.push = &report->push};
	if (!inputs->lock_timeout)
		options.patience.ms = 0;
	lookout_open(session, &options);
	push_start(&report->push, history);
	bool pushed = history_prepare(session, history, err) &&
		      (inputs->transaction == TRANSACTION_ALL ? push_all : push_files)(
			      session, &report->push, err);
	lookout_close(session);
	return pushed;
}

/* In the stage's group, as what was applied is. */
static void tell_stop(const Workflow *workflow, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Str line = outcome_line(&scratch, report, err);
	if (line.len)
		log_line(&workflow->log, "%.*s", STR_ARG(line));
}

/* From here on the target is written to. */
static bool push(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Contents *contents, Session *session, const History *planned, Report *report,
	Err *err)
{
	History *history = arena_new(arena, History);
	Patience patience;
	Err warnings = {.arena = arena};
	if (!lock_take(session, inputs->lock_wait, history, &patience, err))
		return false;
	if (!history_is_same(planned, history) &&
		!take_moved(arena, workflow, contents, planned, history, report, err))
		return false;
	if (!history->can_lock && history->table_exists)
		log_line(&workflow->log,
			"the role may not lock the history table: only this program's own runs are "
			"kept apart");
	bool pushed =
		run_extras_before(workflow, session, &report->extras, &report->warnings, err) &&
		run_push(inputs, session, &patience, history, report, err) &&
		run_extras_after(session, inputs->reseed, &report->extras, err);
	if (!pushed)
		tell_stop(workflow, report, err);
	if (!report->push.count)
		return pushed;
	if (pushed)
		pushed = after_push(session, &report->push, &warnings, err);
	else
		after_failure(session, &report->push);
	stage_warn(workflow, &report->warnings, &warnings);
	return pushed;
}

/* Whatever is pending although nothing changed has been pending since an earlier run. */
static void explain_pending(Arena *arena, const Workflow *workflow, Report *report)
{
	static const char why[] = "no migration changed in this push: what is pending is left from "
				  "an earlier one, whose "
				  "run did not apply it";
	log_line(&workflow->log, "%s", why);
	say(arena, report, STR("Left from an earlier push"), str_from(why));
}

static bool promote(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Source *source, const Watched *watched, Report *report, Err *err)
{
	AUTO_SESSION session = {0};
	Target target = {0};
	History history = {0};
	Contents contents = content_read(arena, source);

	workflow_group(workflow, "Dry run");
	bool planned =
		connect(arena, inputs, workflow, source, &target, &session, report, err) &&
		read_history(&target, &session, &history, err) &&
		(inputs->mode != MODE_PUSH || !target.maybe_pooled ||
			pooler_check(&session, err)) &&
		content_compare(&session, &contents, &history, err) &&
		make_plan(arena, inputs, workflow, &contents, &session, &history, report, err);
	workflow_group_end(workflow);
	if (!planned)
		return false;
	bool is_work = report->plan.pending.count || extras_is_work(&report->extras);
	report->status = is_work ? STATUS_PLANNED : STATUS_UP_TO_DATE;
	if (!is_work)
		return true;
	if (!watched->matches.migrations && watched->known && report->plan.pending.count)
		explain_pending(arena, workflow, report);
	if (inputs->mode == MODE_DRY_RUN)
		return true;
	workflow_group(workflow, "Push");
	bool pushed = push(arena, inputs, workflow, &contents, &session, &history, report, err);
	workflow_group_end(workflow);
	if (pushed)
		report->status = report->push.count || extras_has_done(&report->extras)
					 ? STATUS_PUSHED
					 : STATUS_UP_TO_DATE;
	return pushed;
}

static bool find_changes(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	Report *report, Watched *out, Err *err)
{
	const Config *config = &report->extras.config;
	workflow_group(workflow, "Changed files");
	bool done =
		watched_find(arena, inputs, workflow, inputs->runner->workspace, config, out, err);
	workflow_group_end(workflow);
	report->compared = out->compared;
	report->changes = out->changes.count;
	report->run.prefix = out->prefix;
	report->run.sha =
		inputs->event->pull_head.len ? inputs->event->pull_head : inputs->event->sha;
	err_append(&report->warnings, &out->warnings);
	return done;
}

/* May the run end here? A push under `auto` may not: an earlier one, whose run failed, may have
 * left migrations behind that no later change would bring up again. */
static bool is_skipped(const Inputs *inputs, const Watched *watched)
{
	return !watched->changed &&
	       (inputs->skip_unchanged == SKIP_TRUE ||
		       (inputs->skip_unchanged == SKIP_AUTO && inputs->mode == MODE_DRY_RUN));
}

static void skip(Arena *arena, const Watched *watched, Report *report)
{
	report->status = STATUS_SKIPPED;
	report->skipped = STR("skipped: no watched file changed; no database was contacted");
	say(arena, report, STR("Skipped"),
		str_format(arena, "No watched file changed: %.*s. No database was contacted.",
			STR_ARG(watched->compared)));
}

static void finish_detection(Arena *arena, const Watched *watched, Report *report)
{
	size_t matched = 0;
	for (size_t i = 0; i < watched->matches.count; i++)
		matched += watched->matches.items[i].files.count > 0;
	report->status = STATUS_SKIPPED;
	report->skipped = str_format(arena,
		"changed files in %zu of %zu filters%s; no database was contacted", matched,
		watched->matches.count,
		watched->known ? "" : ", and what a push would run is taken as changed");
}

static bool detect(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	Watched *watched, Err *err)
{
	if (!run_extras_watch(arena, inputs, &report->extras, err) ||
		!find_changes(arena, inputs, workflow, report, watched, err))
		return false;
	finish_detection(arena, watched, report);
	return true;
}

void run_begin(const Inputs *inputs, Report *report)
{
	static const Str modes[] = {[MODE_PUSH] = STR_INIT("push"),
		[MODE_DRY_RUN] = STR_INIT("dry-run"),
		[MODE_DETECT] = STR_INIT("detect")};
	const Runner *runner = inputs->runner;
	Str ref = runner->ref, heads = STR("refs/heads/");
	report->environment = inputs->environment_name;
	report->program = STR(PROMOTE_VERSION);
	report->mode = modes[inputs->mode];
	report->dry = inputs->mode != MODE_PUSH;
	report->detects = inputs->mode == MODE_DETECT;
	report->run = (ReportRun){.server_url = runner->server_url,
		.repository = runner->repository,
		.id = runner->run_id,
		.commit = runner->sha,
		.branch = str_starts(ref, heads) ? str_skip(ref, heads.len) : (Str){0}};
}

bool run(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	Watched *watched, Err *err)
{
	bool ready = err->count == 0;
	Source source = {0};
	report->warnings.arena = arena;
	if (inputs->mode == MODE_DETECT)
		return ready && detect(arena, inputs, workflow, report, watched, err);
	if (!find_migrations(arena, inputs, workflow, &report->extras, &source, err) || !ready ||
		!run_extras_find(
			arena, inputs, workflow, &report->extras, &report->warnings, err) ||
		!find_changes(arena, inputs, workflow, report, watched, err))
		return false;
	if (is_skipped(inputs, watched)) {
		skip(arena, watched, report);
		return true;
	}
	if (!inputs->database_wanted)
		return check_without_database(arena, workflow, &source, report, err);
	return promote(arena, inputs, workflow, &source, watched, report, err);
}
