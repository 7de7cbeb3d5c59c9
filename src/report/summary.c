#include "report/summary.h"

#include "report/drift_text.h"
#include "report/extras_text.h"
#include "report/guard_groups.h"
#include "report/lint_table.h"
#include "report/markdown.h"
#include "report/plain_text.h"
#include "report/repair_text.h"
#include "report/preflight_text.h"
#include "report/overview_text.h"
#include "report/types_text.h"
#include "report/rehearsal_markdown.h"
#include "report/verdict.h"
#include "report/verify_text.h"
#include "report/sections.h"

enum {
	SUMMARY_MAX = 900 * 1000,
	/* up to where each section may fill it, so that the following ones have room */
	FAULTS_UPTO = 250 * 1000,
	ROWS_UPTO = 550 * 1000,
	ALONG_UPTO = 600 * 1000,
	VERIFY_UPTO = 620 * 1000,
	TYPES_UPTO = 660 * 1000,
	LINT_UPTO = 690 * 1000,
	WARNINGS_UPTO = 720 * 1000,
	SQL_UPTO = 890 * 1000,
	ROWS_MAX = 500,
	FAULTS_MAX = 50,
	FAULT_BYTES = 20 * 1000,
	SQL_BYTES = 60 * 1000, /* of one file */
	PREFLIGHT_BYTES = 40 * 1000,
	VALUE_MAX = 300, /* characters */
	MESSAGE_MAX = 1000,
	NOTICES_MAX = 20,
};

/* ---- parameters ---- */

static void add_value(Buf *buf, const char *name, Str markdown)
{
	if (markdown.len)
		buf_format(buf, "| %s | %.*s |\n", name, STR_ARG(markdown));
}

static Str text_or_none(Arena *arena, Str text)
{
	return text.len ? markdown_text(arena, text, VALUE_MAX) : text;
}

static Str code_or_none(Arena *arena, Str text)
{
	return text.len ? markdown_code(arena, text, VALUE_MAX) : text;
}

static Str project_value(Arena *arena, const ReportProject *project)
{
	if (!project->ref.len)
		return (Str){0};
	return str_format(arena, "%.*s (%.*s), %.*s",
		STR_ARG(markdown_text(arena, project->name, VALUE_MAX)),
		STR_ARG(markdown_code(arena, project->ref, VALUE_MAX)),
		STR_ARG(markdown_text(arena, project->region, VALUE_MAX)));
}

static Str version_value(Arena *arena, const Report *report)
{
	Str from = report->plan.head.len ? markdown_code(arena, report->plan.head, VALUE_MAX)
					 : STR("none");
	Str to = report_version(report);
	if (!report->target.len)
		return (Str){0};
	if (str_equal(to, report->plan.head))
		return from;
	return str_format(
		arena, "%.*s → %.*s", STR_ARG(from), STR_ARG(markdown_code(arena, to, VALUE_MAX)));
}

static Str files_value(Arena *arena, const Report *report)
{
	const Push *push = &report->push;
	if (!push->count)
		return (Str){0};
	if (report->dry || report->status == STATUS_BLOCKED)
		return str_format(arena, "%zu pending", push->count);
	return str_format(arena, "%zu of %zu applied", push->applied, push->count);
}

static Str statements_value(Arena *arena, const Report *report)
{
	size_t count = report_statements(report);
	if (!count)
		return (Str){0};
	if (report->dry || report->status == STATUS_BLOCKED)
		return str_format(arena, "%zu pending", count);
	return str_format(arena, "%zu of %zu applied", report_statements_applied(report), count);
}

static Str count_value(Arena *arena, const Report *report, size_t count)
{
	return report->push.count && count ? str_format(arena, "%zu", count) : (Str){0};
}

static Str changes_value(Arena *arena, const Report *report)
{
	if (!report->compared.len)
		return (Str){0};
	return str_format(arena, "%zu: %.*s", report->changes,
		STR_ARG(markdown_text(arena, report->compared, VALUE_MAX)));
}

static void add_facts(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	buf_add(buf, STR("<details><summary>Parameters of the run</summary>\n\n"
			 "| parameter | value |\n|---|---|\n"));
	add_value(buf, "environment", text_or_none(&scratch, report->environment));
	add_value(buf, "project", project_value(&scratch, &report->project));
	add_value(buf, "database", code_or_none(&scratch, report->target));
	add_value(buf, "PostgreSQL", text_or_none(&scratch, report->server_version));
	add_value(buf, "version", version_value(&scratch, report));
	add_value(buf, "files", files_value(&scratch, report));
	add_value(buf, "statements", statements_value(&scratch, report));
	add_value(buf, "attempts", count_value(&scratch, report, report_attempts(report)));
	add_value(buf, "changed files", changes_value(&scratch, report));
	add_value(buf, "time", str_format(&scratch, "%.2f s", (double)report->us / 1e6));
	add_value(buf, "plan digest", code_or_none(&scratch, report->plan_digest));
	buf_add(buf, STR("\n</details>\n\n"));
}

/* ---- lists ---- */

static void add_more(Buf *buf, size_t count, const char *thing, const char *where)
{
	if (count)
		buf_format(buf, "… and %zu more %s%s%s.\n\n", count, thing, count == 1 ? "" : "s",
			where);
}

static void add_rows(Buf *buf, const Report *report, const Err *err)
{
	const Push *push = &report->push;
	const SectionRows limits = {.max = ROWS_MAX, .upto = ROWS_UPTO};
	if (push->count)
		add_more(buf, push->count - sections_rows(buf, report, err, &limits), "migration",
			"");
}

/* Roles, secrets of the vault, seeds. */
static void add_along(Buf *buf, const Report *report)
{
	ExtrasRow row;
	size_t count = 0, shown = 0;
	ARENA_SCRATCH(all);
	while (extras_row(&all, &report->extras, count, &row))
		count++;
	if (!count)
		return;
	buf_add(buf, STR(PARTS_ALONG));
	for (bool fits = true; fits && shown < count && shown < ROWS_MAX; shown += fits) {
		ARENA_SCRATCH(scratch);
		extras_row(&scratch, &report->extras, shown, &row);
		fits = markdown_add(buf, sections_extras(&scratch, &row), ALONG_UPTO);
	}
	buf_add(buf, STR("\n"));
	add_more(buf, count - shown, "row", "");
}

/* `errors`: what they are of, as sections_fault has it. */
static void add_faults(
	Buf *buf, const Report *report, const Err *err, const Err *errors, size_t limit)
{
	size_t shown = 0;
	for (const Fault *fault = err->first; fault && shown < FAULTS_MAX; fault = fault->next) {
		ARENA_SCRATCH(scratch);
		Str unit = sections_fault(&scratch, report, errors, fault, FAULT_BYTES);
		if (!markdown_add(buf, unit, limit))
			break;
		shown++;
	}
	add_more(buf, err->count - shown, "finding", ", in the log");
}

static void add_drift(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	markdown_add(buf, drift_text_counts(&scratch, &report->drift), ALONG_UPTO);
	add_more(buf, drift_text_explained(buf, &report->drift, ALONG_UPTO), "difference", "");
}

static void add_notices(Buf *buf, const Report *report)
{
	size_t shown = 0, count = report->notices.count;
	if (count)
		buf_format(buf, "<details open><summary>%zu note%s</summary>\n\n", count,
			count == 1 ? "" : "s");
	for (; shown < count && shown < NOTICES_MAX; shown++) {
		ARENA_SCRATCH(scratch);
		buf_format(buf, "- %.*s\n",
			STR_ARG(markdown_text(
				&scratch, report->notices.items[shown].text, MESSAGE_MAX)));
	}
	if (shown)
		buf_add(buf, STR("\n"));
	add_more(buf, count - shown, "note", ", in the log");
	if (count)
		buf_add(buf, STR("</details>\n\n"));
	if (report->masked)
		buf_add(buf, STR(REPORT_MASKED "\n\n"));
}

/* Lint's have a table. */
static void add_warnings(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	Err others = {.arena = &scratch};
	for (const Fault *fault = report->warnings.first; fault; fault = fault->next)
		if (!lint_table_has(fault))
			err_add_copy(&others, fault);
	if (!others.first)
		return;
	buf_format(buf, "<details open><summary>%zu warning%s</summary>\n\n", others.count,
		others.count == 1 ? "" : "s");
	add_faults(buf, report, &others, NULL, WARNINGS_UPTO);
	buf_add(buf, STR("</details>\n\n"));
}

static void add_sql(Buf *buf, const Report *report)
{
	const Push *push = &report->push;
	size_t shown = 0;
	if (!push->count)
		return;
	buf_format(buf, "<details><summary>SQL of %zu migration%s</summary>\n\n", push->count,
		push->count == 1 ? "" : "s");
	for (; shown < push->count; shown++) {
		ARENA_SCRATCH(scratch);
		const Migration *migration = push->rows[shown].script->migration;
		if (!markdown_add(buf, sections_sql(&scratch, migration, SQL_BYTES), SQL_UPTO))
			break;
	}
	add_more(buf, push->count - shown, "file", ", in the repository");
	buf_add(buf, STR("</details>\n\n"));
}

/* All but the text of the files. */
static Buf add_all(Arena *arena, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(arena, SUMMARY_MAX);
	buf_add(&buf, sections_verdict(&scratch, report, verdict_line(&scratch, report, err)));
	add_faults(&buf, report, err, err, FAULTS_UPTO);
	buf_add(&buf, sections_after(&scratch, report, err));
	way_back_section(&buf, &report->way_back);
	repair_text_section(&buf, &report->repair, ROWS_UPTO);
	overview_text_table(&buf, report, ROWS_MAX, ROWS_UPTO);
	add_rows(&buf, report, err);
	add_along(&buf, report);
	add_drift(&buf, report);
	verify_text_table(&buf, &report->verify, ROWS_MAX, VERIFY_UPTO);
	types_text_markdown(&buf, report, TYPES_UPTO);
	add_warnings(&buf, report);
	lint_table_add(&buf, report, err, LINT_UPTO);
	rehearsal_markdown(&buf, &report->rehearsal, WARNINGS_UPTO);
	buf_add(&buf, preflight_text_table(&scratch, &report->preflight, PREFLIGHT_BYTES));
	buf_add(&buf, guard_groups_section(&scratch, report, err, (Str){0}));
	add_notices(&buf, report);
	add_facts(&buf, report);
	return buf;
}

Str summary_markdown(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = add_all(arena, report, err);
	add_sql(&buf, report);
	return buf_str(&buf);
}

Str summary_text(Arena *arena, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf buf = add_all(&scratch, report, err);
	return plain_text(arena, buf_str(&buf));
}
