#include "stage/publish.h"

#include "base/file_inside.h"
#include "stage/pull_comment.h"
#include "report/advice.h"
#include "report/along.h"
#include "report/annotations.h"
#include "report/fault.h"
#include "report/outcome.h"
#include "report/result.h"
#include "report/summary.h"

#include <stdlib.h>

/* ---- annotations ---- */

static void annotate_all(
	const Workflow *workflow, const Report *report, Level level, const Err *faults)
{
	ARENA_SCRATCH(scratch);
	const Fault *chosen[ANNOTATIONS_MAX];
	size_t count = annotations_choose(faults, chosen);
	for (size_t i = 0; i < count; i++) {
		const Fault *fault = chosen[i];
		const Annotation annotation = {.level = level,
			.title = err_title(fault->kind),
			.file = report_path(report, fault->file),
			.line = fault->line,
			.col = fault->col,
			.end_line = fault->end_line,
			.end_col = fault->end_col,
			.message = fault_annotation(&scratch, fault)};
		workflow_annotate(workflow, &annotation);
	}
	if (faults->count > count)
		workflow_annotate(workflow,
			&(Annotation){.level = level,
				.title = level == LEVEL_ERROR ? STR("More errors")
							      : STR("More warnings"),
				.message =
					str_format(&scratch, "%zu more, in the log and the summary",
						faults->count - count)});
}

static void annotate_notices(const Workflow *workflow, const Report *report)
{
	size_t shown = 0;
	for (size_t i = 0; i < report->notices.count && shown < ANNOTATIONS_MAX; i++) {
		const ReportNotice *notice = &report->notices.items[i];
		if (!notice->title.len)
			continue;
		workflow_annotate(workflow, &(Annotation){.level = LEVEL_NOTICE,
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
			&fault->server_hint, &fault->context, &fault->excerpt};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			Str clean = secret_redact(secrets, err->arena, *texts[i]);
			masked = masked || clean.ptr != texts[i]->ptr;
			*texts[i] = clean;
		}
	}
	return masked;
}

/* Whoever reads a plan has to know that something of it is not shown. */
static bool is_masked(Arena *arena, const Workflow *workflow, const Report *report, const Err *err)
{
	const Secrets *secrets = workflow->log.secrets;
	Str summary = summary_markdown(arena, report, err);
	return secret_redact(secrets, arena, summary).ptr != summary.ptr ||
	       !str_equal(result_json(arena, report, err, secrets),
		       result_json(arena, report, err, NULL));
}

/* What is told first also says what to do. */
static void advise(Arena *arena, const Report *report, Err *err)
{
	if (err->first)
		err->first->hint = advice_help(arena, report, err);
}

static void print_errors(const Workflow *workflow, const Err *err)
{
	ARENA_SCRATCH(scratch);
	for (const Fault *fault = err->first; fault; fault = fault->next)
		log_line(&workflow->log, "error: %.*s", STR_ARG(fault_text(&scratch, fault)));
}

/* ---- outputs and files ---- */

/* Empty in a run that ended before it was told. */
static Str changed_word(const Watched *watched)
{
	if (!watched->names.len)
		return watched->names;
	return watched->changed ? STR("true") : STR("false");
}

/* JSON in any case: whoever reads it with fromJSON is not stopped by a run that ended early. */
static Str changes_list(const Watched *watched)
{
	return watched->names.len ? watched->names : STR("[]");
}

/* Ours behind those of the filters, as paths-filter writes them. */
static bool write_outputs(Arena *arena, const Workflow *workflow, const Report *report,
	const Watched *watched, const Err *failure, Err *err)
{
	const Output declared[] = {
#define OUTPUT(id, is_own, value) {id, value, is_own},
#include "stage/outputs.def"
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

/* A relative path is the workspace's. What lies in neither folder is refused. */
static bool write_report_file(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Report *report, const Err *failure, Err *err)
{
	if (!inputs->report_file.len)
		return true;
	Str reason, text = result_json(arena, report, failure, workflow->log.secrets);
	const Str roots[] = {inputs->runner->workspace, inputs->runner->temp};
	FileInside target = {.roots = roots, .root_count = 2, .path = inputs->report_file};
	text = str_format(arena, "%.*s\n", STR_ARG(text));
	if (file_inside_write(&target, text, arena, &reason))
		return true;
	err_add(err, ERR_RUNNER, "report-file: cannot write %.*s: %.*s",
		STR_ARG(str_visible(arena, inputs->report_file)), STR_ARG(reason))
		->hint = STR("name a file in the workspace or in RUNNER_TEMP whose folder is "
			     "there, with no symbolic link on the way");
	return false;
}

bool publish_announce(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Report *nothing, Err *err)
{
	const Watched unwatched = {0};
	const Err none = {.arena = arena};
	return write_outputs(arena, workflow, nothing, &unwatched, &none, err) &&
	       write_report_file(arena, inputs, workflow, nothing, &none, err);
}

static void set_status(Report *report, const Err *err)
{
	if (err->count)
		report->status = err_kind(err) == ERR_BLOCKED ? STATUS_BLOCKED : STATUS_FAILED;
}

/* Whatever goes wrong with it is a warning. */
static void comment(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	const Err *failure)
{
	Err warnings = {.arena = arena};
	if (!inputs->comment || inputs->mode == MODE_DETECT)
		return;
	notify_pull(arena, inputs, workflow, report, failure, &warnings);
	redact(workflow, &warnings);
	for (const Fault *fault = warnings.first; fault; fault = fault->next)
		log_line(&workflow->log, "warning: comment: %.*s",
			STR_ARG(fault_text(arena, fault)));
	err_append(&report->warnings, &warnings);
}

bool publish_result(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	const Watched *watched, Err *err)
{
	Err late = {.arena = arena};
	report->warnings.arena = arena;
	set_status(report, err);
	advise(arena, report, err);
	report->masked = redact(workflow, err);
	report->masked = redact(workflow, &report->warnings) || report->masked;
	report->masked = report->masked || is_masked(arena, workflow, report, err);
	print_errors(workflow, err);
	Str verdict = outcome_verdict(arena, report, err);
	log_line(&workflow->log, "%.*s", STR_ARG(verdict));
	write_outputs(arena, workflow, report, watched, err, &late);
	write_report_file(arena, inputs, workflow, report, err, &late);
	if (inputs->summary)
		workflow_summary(workflow, summary_markdown(arena, report, err), &late);
	print_errors(workflow, &late);
	err_append(err, &late);
	comment(arena, inputs, workflow, report, err);
	annotate_all(workflow, report, LEVEL_ERROR, err);
	annotate_all(workflow, report, LEVEL_WARNING, &report->warnings);
	annotate_notices(workflow, report);
	return err->count == 0;
}
