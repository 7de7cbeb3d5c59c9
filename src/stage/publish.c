#include "stage/publish.h"

#include "base/file.h"
#include "base/file_inside.h"
#include "report/next_steps.h"
#include "report/drift_text.h"
#include "report/extras_text.h"
#include "report/annotations.h"
#include "report/fault.h"
#include "report/guard_groups.h"
#include "report/lint_table.h"
#include "report/verdict.h"
#include "report/result.h"
#include "report/sarif.h"
#include "report/summary.h"
#include "report/types_text.h"
#include "stage/pull_comment.h"

/* ---- annotations ---- */

static Str more_of(Level level)
{
	return level == LEVEL_ERROR     ? STR("More errors")
	       : level == LEVEL_WARNING ? STR("More warnings")
					: STR("More notes");
}

static void annotate_all(const Run *run, Level level, const Err *faults)
{
	ARENA_SCRATCH(scratch);
	const Fault *chosen[ANNOTATIONS_MAX];
	const Workflow *workflow = run->workflow;
	size_t count = annotations_choose(faults, chosen);
	for (size_t i = 0; i < count; i++) {
		const Fault *fault = chosen[i];
		const Annotation annotation = {.level = level,
			.title = level == LEVEL_ERROR ? err_title(fault->kind)
						      : guard_groups_title(fault),
			.file = report_path(run->report, fault->file),
			.line = fault->line,
			.col = fault->col,
			.end_line = fault->end_line,
			.end_col = fault->end_col,
			.message = fault_annotation(&scratch, fault)};
		workflow_annotate(workflow, &annotation);
	}
	if (faults->count > count)
		workflow_annotate(workflow, &(Annotation){.level = level,
						    .title = more_of(level),
						    .message = str_format(&scratch,
							    "%zu more, in the log and the summary",
							    faults->count - count)});
}

/* Those of lint, which have a line. */
static void annotate_notes(const Run *run)
{
	Err notes = {.arena = run->arena};
	for (const Fault *fault = run->report->notes.first; fault; fault = fault->next)
		if (lint_table_has(fault))
			err_add_copy(&notes, fault);
	annotate_all(run, LEVEL_NOTICE, &notes);
}

static void annotate_notices(const Run *run)
{
	const Report *report = run->report;
	size_t shown = 0;
	for (size_t i = 0; i < report->notices.count && shown < ANNOTATIONS_MAX; i++) {
		const ReportNotice *notice = &report->notices.items[i];
		if (!notice->title.len)
			continue;
		workflow_annotate(run->workflow, &(Annotation){.level = LEVEL_NOTICE,
							 .title = notice->title,
							 .message = notice->text});
		shown++;
	}
}

/* ---- log ---- */

/* Before the texts are encoded for JSON or Markdown, where a secret would not be found any more. */
static bool redact(const Workflow *workflow, Err *err)
{
	bool masked = false;
	const Secrets *secrets = workflow->log.secrets;
	for (Fault *fault = err->first; fault; fault = fault->next) {
		Str *const texts[] = {&fault->message, &fault->hint, &fault->detail,
			&fault->server_hint, &fault->context, &fault->excerpt, &fault->difference};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			Str clean = secret_redact(secrets, err->arena, *texts[i]);
			masked = masked || clean.ptr != texts[i]->ptr;
			*texts[i] = clean;
		}
	}
	return masked;
}

/* Whoever reads a plan has to know that something of it is not shown. */
static bool is_masked(const Run *run)
{
	Arena *arena = run->arena;
	const Report *report = run->report;
	const Err *err = run->err;
	const Secrets *secrets = run->workflow->log.secrets;
	Str summary = summary_markdown(arena, report, err);
	return secret_redact(secrets, arena, summary).ptr != summary.ptr ||
	       !str_equal(result_json(arena, report, err, secrets),
		       result_json(arena, report, err, NULL));
}

/* The first error carries the remedy. */
static void advise(const Run *run)
{
	Fault *first = run->err->first;
	if (!first)
		return;
	first->is_hint_general = !first->hint.len;
	first->hint = next_steps_help(run->arena, run->report, run->err);
}

/* ---- outputs and files ---- */

/* Empty in a run that ended before it. */
static Str changed_word(const DetectResult *detected)
{
	if (!detected->names.len)
		return detected->names;
	return detected->changed ? STR("true") : STR("false");
}

/* JSON in any case: whoever reads it with fromJSON is not stopped by a run that ended early. */
static Str changes_list(const DetectResult *detected)
{
	return detected->names.len ? detected->names : STR("[]");
}

/* Empty in other modes, which do not count it. */
static Str count_of_status(Arena *arena, const Report *report, size_t count)
{
	return report->overview.is_made ? str_format(arena, "%zu", count) : (Str){0};
}

/* Ours after those of the filters, as paths-filter writes them. */
static bool write_outputs(const Run *run, Err *err)
{
	Arena *arena = run->arena;
	const Workflow *workflow = run->workflow;
	const Report *report = run->report;
	const DetectResult *detected = &run->detected;
	const Err *failure = run->err;
	const Output declared[] = {
#define OUTPUT(id, is_own, value) {id, value, is_own},
#include "stage/outputs.def"
#undef OUTPUT
	};
	size_t count = sizeof declared / sizeof *declared, filters = detected->outputs.count;
	Output *outputs = arena_array(arena, Output, filters + count);
	for (size_t i = 0; i < filters; i++)
		outputs[i] = detected->outputs.items[i];
	for (size_t i = 0; i < count; i++)
		outputs[filters + i] = declared[i];
	return workflow_outputs(workflow, outputs, filters + count, err);
}

static bool is_sarif(Str path)
{
	return str_ends(path, STR(".sarif"));
}

/* What a run, the runner or git reads is not ours to replace; a link is, for it is not followed.
 * Empty if it may be written. */
static Str report_file_taken(const Run *run, Str path)
{
	enum {
		REPORT_MAX = 64 << 20
	};
	static const Str configs[] = {
		STR_INIT("config.toml"), STR_INIT("config.json"), STR_INIT("config.jsonc")};
	Arena *arena = run->arena;
	Str root = run->inputs->runner->workspace, content = {0}, ignored, name = file_base(path);
	Str begin = is_sarif(path) ? STR(SARIF_BEGIN) : STR("{\"format\":");
	path = file_normal(arena, file_join(arena, root, path));
	if (!file_is_content(path, root) && file_is_within(path, root))
		return STR("it leads into .git");
	if (str_ends(name, STR(".sql")))
		return STR("it would be taken for a migration or a seed");
	for (size_t i = 0; i < sizeof configs / sizeof *configs; i++)
		if (str_equal(name, configs[i]))
			return STR("it would be taken for Supabase's configuration");
	if (!file_is_symlink(path) && file_read(arena, path, REPORT_MAX, &content, &ignored) &&
		str_trim(content).len && !str_starts(content, begin))
		return STR("it is there already, and is no report");
	return (Str){0};
}

static Str report_file_text(const Run *run)
{
	const Secrets *secrets = run->workflow->log.secrets;
	Str json = is_sarif(run->inputs->report_file)
			   ? sarif_json(run->arena, run->report, run->err, secrets)
			   : result_json(run->arena, run->report, run->err, secrets);
	return str_format(run->arena, "%.*s\n", STR_ARG(json));
}

/* A relative path is the workspace's. What lies in neither folder is refused. */
static bool write_report_file(const Run *run, Err *err)
{
	Arena *arena = run->arena;
	const Inputs *inputs = run->inputs;
	if (!inputs->report_file.len)
		return true;
	Str reason;
	const Str roots[] = {inputs->runner->workspace, inputs->runner->temp};
	FileInside target = {.roots = roots, .root_count = 2, .path = inputs->report_file};
	reason = report_file_taken(run, inputs->report_file);
	if (!reason.len && file_inside_write(&target, report_file_text(run), arena, &reason))
		return true;
	err_add(err, ERR_RUNNER, "report-file: cannot write %.*s: %.*s",
		STR_ARG(str_visible(arena, inputs->report_file)), STR_ARG(reason))
		->hint = STR("name a file in the workspace or in RUNNER_TEMP whose folder is "
			     "there, with no symbolic link on the way");
	return false;
}

/* A fault in the inputs is not yet the result of the run. */
bool publish_announce(const Run *run)
{
	Err none = {.arena = run->arena};
	Run nothing = *run;
	nothing.err = &none;
	return write_outputs(&nothing, run->err) && write_report_file(&nothing, run->err);
}

static void set_status(Report *report, const Err *err)
{
	bool is_drift = err_kind(err) == ERR_DRIFT && report->status == STATUS_DRIFT;
	if (err->count && !is_drift)
		report->status = err_kind(err) == ERR_BLOCKED ? STATUS_BLOCKED : STATUS_FAILED;
}

/* Whatever goes wrong with it is a warning. */
static void comment(const Run *run)
{
	Err warnings = {.arena = run->arena};
	if (!run->inputs->comment || run->report->detects || run->inputs->mode == MODE_COMPARE)
		return;
	pull_comment(run, &warnings);
	redact(run->workflow, &warnings);
	for (const Fault *fault = warnings.first; fault; fault = fault->next)
		log_line(&run->workflow->log, "warning: comment: %.*s",
			STR_ARG(fault_text(run->arena, fault)));
	err_append(&run->report->warnings, &warnings);
}

static void mark_masked(const Run *run)
{
	Report *report = run->report;
	report->masked = redact(run->workflow, run->err);
	report->masked = redact(run->workflow, &report->warnings) || report->masked;
	report->masked = redact(run->workflow, &report->notes) || report->masked;
	report->masked = report->masked || is_masked(run);
}

/* A person without a runner reads the summary where the log is. */
static bool has_reader(const Run *run)
{
	const Workflow *workflow = run->workflow;
	return run->inputs->summary && !workflow->github && !workflow->summary_file.len;
}

/* The verdict and what went wrong, in the log; the summary tells a reader both. */
static void log_result(const Run *run)
{
	const Log *log = &run->workflow->log;
	Arena *arena = run->arena;
	if (has_reader(run)) {
		Str text = str_trim(summary_text(arena, run->report, run->err));
		log_line(log, "\n%.*s", STR_ARG(text));
		return;
	}
	run_log_faults(log, "error", run->err);
	log_line(log, "%.*s", STR_ARG(verdict_line(arena, run->report, run->err)));
}

bool publish_result(Run *run)
{
	const Workflow *workflow = run->workflow;
	Report *report = run->report;
	Err late = {.arena = run->arena};
	set_status(report, run->err);
	advise(run);
	mark_masked(run);
	log_result(run);
	write_outputs(run, &late);
	write_report_file(run, &late);
	if (run->inputs->summary)
		workflow_summary(workflow, summary_markdown(run->arena, report, run->err), &late);
	run_log_faults(&workflow->log, "error", &late);
	err_append(run->err, &late);
	comment(run);
	annotate_all(run, LEVEL_ERROR, run->err);
	annotate_all(run, LEVEL_WARNING, &report->warnings);
	annotate_notices(run);
	annotate_notes(run);
	return run->err->count == 0;
}
