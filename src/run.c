#include "run.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "migrate/dialect.h"
#include "migrate/dryrun.h"
#include "report/fault.h"
#include "report/result.h"
#include "report/summary.h"
#include "watched.h"

#include <stdlib.h>
#include <unistd.h>

enum {
	ANNOTATIONS_MAX = 9
}; /* the runner shows ten of a kind; the tenth says how many there are */

static Str workspace(Arena *arena)
{
	Str named = str_from(getenv("GITHUB_WORKSPACE"));
	char here[4096];
	return named.len ? named : str_copy(arena, str_from(getcwd(here, sizeof here)));
}

/* Shown by the server's views, for whoever looks who holds a lock: program, repository, run. */
static Str application_name(Arena *arena)
{
	enum {
		NAME_MAX_BYTES = 63
	};
	const char *repository = getenv("GITHUB_REPOSITORY"), *id = getenv("GITHUB_RUN_ID");
	Str name = str_format(
		arena, "supabase-promote %s %s", repository ? repository : "", id ? id : "");
	return str_head(str_trim(name), NAME_MAX_BYTES);
}

static SessionOptions session_options(Arena *arena, const Inputs *inputs)
{
	return (SessionOptions){
		.db = {.url = inputs->db_url,
			.ca_cert = inputs->db_ca_cert,
			.application_name = application_name(arena),
			.connect_timeout_ms = inputs->connect_timeout},
		.statement_timeout_ms = inputs->statement_timeout,
		.lock_timeout_ms = inputs->lock_timeout,
	};
}

static void warn(const Workflow *workflow, const Fault *fault)
{
	ARENA_SCRATCH(scratch);
	Str text = fault_text(&scratch, fault);
	log_line(&workflow->log, "warning: %.*s", STR_ARG(text));
	workflow_annotate(workflow, LEVEL_WARNING, err_title(fault->kind), fault->file, fault->line,
		fault->col, fault_annotation(&scratch, fault));
}

static void warn_all(const Workflow *workflow, const Err *warnings)
{
	for (const Fault *fault = warnings->first; fault; fault = fault->next)
		warn(workflow, fault);
}

static bool find_migrations(
	Arena *arena, const Inputs *inputs, const Workflow *workflow, Source *source, Err *err)
{
	bool found = source_read(arena, workspace(arena), inputs->working_directory, source, err);
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
	static const char why[] =
		"no database is given to this event, so histories are not compared";
	workflow_group(workflow, "Checks without a database");
	check_syntax(arena, source, err);
	log_line(&workflow->log, "%zu migrations read and parsed; %s", source->migrations.count,
		why);
	workflow_group_end(workflow);
	workflow_annotate(workflow, LEVEL_NOTICE, STR("Checked without a database"), (Str){0}, 0, 0,
		str_from(why));
	if (err->count)
		return false;
	report->status = STATUS_SKIPPED;
	report->skipped = STR("checked without a database: none is given to this event");
	return true;
}

static bool connect(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Source *source, Session *session, Report *report, Err *err)
{
	SessionOptions options = session_options(arena, inputs);
	if (!session_open(arena, &workflow->log, &options, session, err)) {
		Err warnings = {.arena = arena};
		check_syntax(arena, source, &warnings);
		warn_all(workflow, &warnings);
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
		warn_all(workflow, &warnings);
	}
	return true;
}

/* Where our grammar refuses a statement, the server has the last word. */
static Script *examine_pending(
	Arena *arena, const Workflow *workflow, Session *session, const Plan *plan, Err *err)
{
	size_t count = plan->pending.count;
	Script *scripts = read_scripts(arena, plan->pending.items, count, err);
	Err warnings = {.arena = arena};
	dialect_ask(session, scripts, count, &warnings, err);
	warn_all(workflow, &warnings);
	for (size_t i = 0; i < count; i++)
		script_add_refusals(&scripts[i], err);
	if (interrupt_pending())
		err_add(err, ERR_CANCELLED, "cancelled during the dry run");
	return scripts;
}

/* The dry run: what is pending, whether it may run, and whether it can be parsed. */
static bool make_plan(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Source *source, Session *session, const History *history, Report *report, Err *err)
{
	size_t before = err->count;
	PlanOptions options = {
		.include_all = inputs->include_all, .now = clock_wall(), .folder = source->folder};
	plan_build(arena, source, history, inputs->include_all, &report->plan);
	plan_check(&report->plan, &options, err);
	Script *scripts = examine_pending(arena, workflow, session, &report->plan, err);
	push_prepare(arena, scripts, report->plan.pending.count, &report->push);
	if (inputs->transaction == TRANSACTION_ALL)
		push_check_all(&report->push, err);
	dryrun_print(&workflow->log, &report->plan, scripts);
	return err->count == before;
}

static bool push(const Inputs *inputs, const Workflow *workflow, Session *session,
	const History *history, Report *report, Err *err)
{
	workflow_group(workflow, "Push");
	bool pushed = history_prepare(session, history, err) &&
		      (inputs->transaction == TRANSACTION_ALL ? push_all : push_files)(
			      session, &report->push, err);
	workflow_group_end(workflow);
	return pushed;
}

/* Whatever is pending although nothing changed has been pending since an earlier run. */
static void explain_pending(const Workflow *workflow)
{
	static const char why[] = "no migration changed in this push: what is pending is left from "
				  "an earlier one, whose "
				  "run did not apply it";
	log_line(&workflow->log, "%s", why);
	workflow_annotate(workflow, LEVEL_NOTICE, STR("Left from an earlier push"), (Str){0}, 0, 0,
		str_from(why));
}

static bool promote(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Source *source, const Watched *watched, Report *report, Err *err)
{
	AUTO_SESSION session = {0};
	History history = {0};

	workflow_group(workflow, "Dry run");
	bool planned = connect(arena, inputs, workflow, source, &session, report, err) &&
		       history_read(&session, &history, err) &&
		       make_plan(arena, inputs, workflow, source, &session, &history, report, err);
	workflow_group_end(workflow);
	if (!planned)
		return false;
	if (!report->plan.pending.count) {
		report->status = STATUS_UP_TO_DATE;
		return true;
	}
	if (!watched->matches.migrations && watched->known)
		explain_pending(workflow);
	report->status = STATUS_PLANNED;
	if (inputs->mode == MODE_DRY_RUN)
		return true;
	if (!push(inputs, workflow, &session, &history, report, err))
		return false;
	report->status = STATUS_PUSHED;
	return true;
}

/* Where the migrations are or, in a clone that is not there, would be. */
static Str migrations_folder(Arena *arena, Str directory)
{
	Err ignored = {.arena = arena};
	Str folder, plain = directory;
	if (source_find(arena, workspace(arena), directory, &folder, &ignored))
		return folder;
	while (str_starts(plain, STR("./")))
		plain = str_skip(plain, 2);
	while (str_ends(plain, STR("/")))
		plain = str_head(plain, plain.len - 1);
	if (!plain.len || str_equal(plain, STR(".")))
		return STR("supabase/migrations");
	bool is_supabase = str_equal(file_base(plain), STR("supabase"));
	return file_join(
		arena, plain, is_supabase ? STR("migrations") : STR("supabase/migrations"));
}

static bool find_changes(Arena *arena, const Inputs *inputs, const Workflow *workflow, Str folder,
	Report *report, Watched *out, Err *err)
{
	Event event = {0};
	workflow_group(workflow, "Changed files");
	bool done = event_read(arena, &event, err) && watched_find(arena, inputs, &event, workflow,
							      workspace(arena), folder, out, err);
	workflow_group_end(workflow);
	report->compared = out->compared;
	report->changes = out->changes.count;
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

static void skip(Arena *arena, const Workflow *workflow, const Watched *watched, Report *report)
{
	report->status = STATUS_SKIPPED;
	report->skipped = STR("skipped: no watched file changed; no database was contacted");
	workflow_annotate(workflow, LEVEL_NOTICE, STR("Skipped"), (Str){0}, 0, 0,
		str_format(arena, "No watched file changed: %.*s. No database was contacted.",
			STR_ARG(watched->compared)));
}

static void finish_detection(Arena *arena, const Watched *watched, Report *report)
{
	size_t matched = 0;
	for (size_t i = 0; i < watched->matches.count; i++)
		matched += watched->matches.items[i].files.count > 0;
	report->status = STATUS_SKIPPED;
	report->skipped =
		str_format(arena, "%zu of %zu filters %s changed files; no database was contacted",
			matched, watched->matches.count, matched == 1 ? "has" : "have");
}

bool run(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	Watched *watched, Err *err)
{
	bool ready = err->count == 0;
	Source source = {0};
	report->environment = inputs->environment_name;
	if (inputs->mode == MODE_DETECT) {
		if (!ready || !find_changes(arena, inputs, workflow,
				      migrations_folder(arena, inputs->working_directory), report,
				      watched, err))
			return false;
		finish_detection(arena, watched, report);
		return true;
	}
	if (!find_migrations(arena, inputs, workflow, &source, err) || !ready ||
		!find_changes(arena, inputs, workflow, source.folder, report, watched, err))
		return false;
	if (is_skipped(inputs, watched)) {
		skip(arena, workflow, watched, report);
		return true;
	}
	if (!inputs->database_wanted)
		return check_without_database(arena, workflow, &source, report, err);
	return promote(arena, inputs, workflow, &source, watched, report, err);
}

static void annotate(const Workflow *workflow, const Err *err)
{
	ARENA_SCRATCH(scratch);
	size_t shown = 0;
	for (const Fault *fault = err->first; fault && shown < ANNOTATIONS_MAX;
		fault = fault->next, shown++)
		workflow_annotate(workflow, LEVEL_ERROR, err_title(fault->kind), fault->file,
			fault->line, fault->col, fault_annotation(&scratch, fault));
	if (err->count > shown)
		workflow_annotate(workflow, LEVEL_ERROR, STR("More errors"), (Str){0}, 0, 0,
			str_format(&scratch, "%zu more, in the log and the summary",
				err->count - shown));
}

/* Before the texts are encoded for JSON or Markdown, where a secret would not be found any more. */
static void redact(const Workflow *workflow, Err *err)
{
	const Secrets *secrets = workflow->log.secrets;
	for (Fault *fault = err->first; fault; fault = fault->next) {
		Str *const texts[] = {&fault->message, &fault->hint, &fault->detail,
			&fault->server_hint, &fault->context, &fault->excerpt};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			*texts[i] = secret_redact(secrets, err->arena, *texts[i]);
	}
}

static void print_errors(const Workflow *workflow, const Err *err)
{
	ARENA_SCRATCH(scratch);
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		Str text = fault_text(&scratch, fault);
		log_line(&workflow->log, "error: %.*s", STR_ARG(text));
	}
	annotate(workflow, err);
}

/* After a failed push: which files are applied, and which are not. */
static void print_rows(const Workflow *workflow, const Report *report)
{
	for (size_t i = 0; i < report->push.count; i++) {
		const PushRow *row = &report->push.rows[i];
		log_line(&workflow->log, "  %.*s: %.*s", STR_ARG(row->script->migration->file),
			STR_ARG(report_row_word(row)));
	}
}

/* Empty in a run that ended before it was told. */
static Str changed_word(const Watched *watched)
{
	if (!watched->names.len)
		return watched->names;
	return watched->changed ? STR("true") : STR("false");
}

/* Ours behind those of the filters, as paths-filter writes them. */
static bool write_outputs(Arena *arena, const Workflow *workflow, const Report *report,
	const Watched *watched, const Err *failure, Err *err)
{
	const Output declared[] = {
#define OUTPUT(id, value) {id, value},
#include "outputs.def"
#undef OUTPUT
	};
	size_t count = sizeof declared / sizeof *declared, filters = watched->outputs.count;
	Output *outputs = arena_array(arena, Output, filters + count);
	for (size_t i = 0; i < filters; i++)
		outputs[i] = watched->outputs.items[i];
	for (size_t i = 0; i < count; i++)
		outputs[filters + i] = declared[i];
	return workflow_outputs(workflow, outputs, filters + count, err);
}

bool run_announce(Arena *arena, const Workflow *workflow, Err *err)
{
	const Report nothing = {0};
	const Watched unwatched = {0};
	const Err none = {.arena = arena};
	return write_outputs(arena, workflow, &nothing, &unwatched, &none, err);
}

bool run_publish(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	const Watched *watched, Err *err)
{
	Err late = {.arena = arena};
	if (err->count)
		report->status = err_kind(err) == ERR_BLOCKED ? STATUS_BLOCKED : STATUS_FAILED;
	redact(workflow, err);
	print_errors(workflow, err);
	if (report->status == STATUS_FAILED)
		print_rows(workflow, report);
	Str verdict = report_verdict(arena, report);
	log_line(&workflow->log, "%.*s", STR_ARG(verdict));
	write_outputs(arena, workflow, report, watched, err, &late);
	if (inputs->summary)
		workflow_summary(workflow, summary_markdown(arena, report, err), &late);
	print_errors(workflow, &late);
	err_append(err, &late);
	return err->count == 0;
}
