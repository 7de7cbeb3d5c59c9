#include "stage/connect.h"

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
		.workflow = run->workflow,
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
	bool runs = run->inputs->mode == MODE_PUSH || run->inputs->mode == MODE_DRY_RUN;
	options.rehearses = runs && credentials == &run->inputs->credentials &&
			    run->inputs->rehearse == REHEARSAL_ON_TARGET;
	bool opened = target_open(run->arena, &options, &out->target, &out->session, err);
	run_warn(run, &out->target.warnings);
	return opened;
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

bool stage_connect(Run *run)
{
	Err warnings = {.arena = run->arena};
	if (connect_target(run, run->err))
		return true;
	files_check_syntax(run, &warnings);
	run_warn(run, &warnings);
	return false;
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

static bool open_staging(Run *run, Err *err)
{
	RunDatabase *staging = &run->staging;
	if (!open_database(run, &run->inputs->staging, true, staging, err))
		return false;
	log_line(&run->workflow->log, "staging: %.*s",
		STR_ARG(db_describe(run->arena, staging->session.db)));
	return connect_read_history(staging, err) &&
	       content_compare(&staging->session, &run->contents, &staging->history, err);
}

bool connect_staging(Run *run, Err *err)
{
	Err failure = {.arena = run->arena};
	run->knows_staging = open_staging(run, &failure);
	for (Fault *fault = failure.first; fault; fault = fault->next) {
		fault->on_staging = true;
		fault->message = str_format(run->arena, "staging: %.*s", STR_ARG(fault->message));
	}
	err_append(err, &failure);
	return run->knows_staging;
}

bool connect_scratch(Run *run, Err *err)
{
	RunDatabase *out = &run->scratch;
	if (!open_database(run, &run->inputs->scratch, false, out, err))
		return false;
	log_line(&run->workflow->log, "throw-away server: %.*s, PostgreSQL %.*s",
		STR_ARG(db_describe(run->arena, out->session.db)),
		STR_ARG(db_server_version_text(run->arena, out->session.db)));
	return true;
}
