#include "stage/connect.h"

#include "base/task.h"
#include "server/content_compare.h"
#include "server/history_table.h"
#include "stage/files.h"

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

static TargetOptions options_for(const Run *run, const Credentials *credentials, bool read_only)
{
	const Inputs *inputs = run->inputs;
	return (TargetOptions){
		.credentials = *credentials,
		.application_name = application_name(run->arena, inputs->runner),
		.connect_timeout_ms = inputs->connect_timeout,
		.statement_timeout_ms = inputs->statement_timeout,
		.lock_timeout_ms = inputs->lock_timeout,
		.lock_retries = inputs->lock_retries,
		.read_only = read_only,
		.wants_role = inputs->mode == MODE_VERIFY || inputs->mode == MODE_REPAIR,
	};
}

static bool open_database(
	Run *run, const Credentials *credentials, bool read_only, RunDatabase *out, Err *err)
{
	TargetOptions options = options_for(run, credentials, read_only);
	options.workflow = out->workflow ? out->workflow : run->workflow;
	bool runs = run->inputs->mode == MODE_PUSH || run->inputs->mode == MODE_DRY_RUN;
	options.rehearses = runs && credentials == &run->inputs->credentials &&
			    run->inputs->rehearse == REHEARSAL_ON_TARGET;
	return target_open(run->arena, &options, &out->target, &out->session, err);
}

static void warn_of_plain_text(const Run *run)
{
	Err warnings = {.arena = run->arena};
	if (db_is_private(run->database.session.db))
		return;
	err_add(&warnings, ERR_CONNECT, "the connection is not encrypted")->hint =
		STR("turn TLS on at the server, and give db-ca-cert to verify it");
	run_warn(run, &warnings);
}

bool connect_target(Run *run, Err *err)
{
	Report *report = run->report;
	const Target *target = &run->database.target;
	const Session *session = &run->database.session;
	bool opened = open_database(
		run, &run->inputs->credentials, !inputs_writes(run->inputs), &run->database, err);
	run_warn(run, &run->database.target.warnings);
	report->project = (ReportProject){target->ref, target->name, target->region};
	report->server_version = target->version; /* if nobody can ask the server */
	if (!opened)
		return false;
	report->target = db_describe(run->arena, session->db);
	report->server_version = db_server_version_text(run->arena, session->db);
	log_line(&run->workflow->log, "%.*s, PostgreSQL %.*s", STR_ARG(report->target),
		STR_ARG(report->server_version));
	warn_of_plain_text(run);
	return true;
}

/* A login that can only read may have to be exchanged for it. */
bool connect_read_history(RunDatabase *database, Err *err)
{
	Err refused = {.arena = err->arena};
	if (history_read(&database->session, &database->history, &refused))
		return true;
	if (!target_reopen_writable(&database->target, &database->session, &refused)) {
		err_append(err, &refused);
		return false;
	}
	database->history = (History){0};
	return history_read(&database->session, &database->history, err);
}

/* ---- staging ---- */

typedef struct StagingTask {
	Run *run;
	Task *task;
	Workflow workflow; /* the run's, but its lines are held */
	Buf lines;
	Err failure;
	bool opened;
} StagingTask;

static bool open_staging(Run *run, const Workflow *workflow, Err *err)
{
	RunDatabase *staging = &run->staging;
	staging->workflow = workflow;
	if (!open_database(run, &run->inputs->staging, true, staging, err))
		return false;
	log_line(&workflow->log, "staging: %.*s",
		STR_ARG(db_describe(run->arena, staging->session.db)));
	return connect_read_history(staging, err) &&
	       content_compare(&staging->session, &run->contents, &staging->history, err);
}

static void run_opening(void *context)
{
	StagingTask *opening = context;
	opening->opened = open_staging(opening->run, &opening->workflow, &opening->failure);
}

void connect_begin_staging(Run *run)
{
	StagingTask *opening = arena_new(run->arena, StagingTask);
	files_read_contents(run);
	*opening = (StagingTask){.run = run,
		.workflow = *run->workflow,
		.lines = buf_new(run->arena, SIZE_MAX),
		.failure = {.arena = run->arena}};
	opening->workflow.log.held = &opening->lines;
	opening->task = task_start(run->arena, run_opening, opening);
	run->opening = opening;
}

void connect_drop_staging(Run *run)
{
	if (!run->opening)
		return;
	task_cancel(run->opening->task);
	task_end(run->opening->task);
	run->opening = NULL;
}

static StagingTask *end_opening(Run *run)
{
	if (!run->opening)
		connect_begin_staging(run);
	StagingTask *opening = run->opening;
	task_end(opening->task);
	log_release(&opening->workflow.log);
	run->opening = NULL;
	return opening;
}

bool connect_staging(Run *run, Err *err)
{
	StagingTask *opening = end_opening(run);
	run_warn(run, &run->staging.target.warnings);
	run->knows_staging = opening->opened;
	for (Fault *fault = opening->failure.first; fault; fault = fault->next) {
		fault->on_staging = true;
		fault->message = str_format(run->arena, "staging: %.*s", STR_ARG(fault->message));
	}
	err_append(err, &opening->failure);
	return run->knows_staging;
}

bool connect_scratch(Run *run, Err *err)
{
	RunDatabase *out = &run->scratch;
	bool opened = open_database(run, &run->inputs->scratch, false, out, err);
	run_warn(run, &out->target.warnings);
	if (!opened)
		return false;
	log_line(&run->workflow->log, "throw-away server: %.*s, PostgreSQL %.*s",
		STR_ARG(db_describe(run->arena, out->session.db)),
		STR_ARG(db_server_version_text(run->arena, out->session.db)));
	return true;
}

/* Before the plan is known: with nothing pending, no check asks it. */
static bool may_want_staging(const Inputs *inputs)
{
	if (!credentials_suffice(&inputs->staging))
		return false;
	if (inputs->mode == MODE_COMPARE)
		return !inputs->scratch.db_url.len;
	return (inputs->mode == MODE_PUSH || inputs->mode == MODE_DRY_RUN) &&
	       (inputs->staging_guard != LEVEL_OF_OFF || inputs_ask_drift(inputs));
}

bool stage_connect(Run *run)
{
	Err warnings = {.arena = run->arena};
	if (may_want_staging(run->inputs))
		connect_begin_staging(run);
	if (connect_target(run, run->err))
		return true;
	files_check_syntax(run, &warnings);
	run_warn(run, &warnings);
	return false;
}
