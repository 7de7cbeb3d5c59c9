#include "report/summary.h"

#include "report/along.h"
#include "report/fault.h"

enum {
	SUMMARY_MAX = 900 * 1000,
	ROWS_MAX = 500,
	FAULTS_MAX = 50,
};

/* Text inside HTML or a table's cell: nothing in it is markup, mention or reference. */
static Str escaped(Arena *arena, Str s)
{
	static const struct {
		char from;
		const char *to;
	} table[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'|', "&#124;"}, {'`', "&#96;"},
		{'*', "&#42;"}, {'_', "&#95;"}, {'[', "&#91;"}, {'#', "&#35;"}, {'@', "&#64;"},
		{'~', "&#126;"}, {'\\', "&#92;"}, {':', "&#58;"}};
	s = str_visible(arena, s);
	Buf buf = buf_new(arena, s.len * 6);
	for (size_t i = 0; i < s.len; i++) {
		const char *to = NULL;
		for (size_t k = 0; k < sizeof table / sizeof *table; k++)
			if (table[k].from == s.ptr[i])
				to = table[k].to;
		if (to)
			buf_add(&buf, str_from(to));
		else
			buf_add_char(&buf, s.ptr[i]);
	}
	return buf_str(&buf);
}

static Str code(Arena *arena, Str s)
{
	Str inner = escaped(arena, s);
	return str_format(arena, "<code>%.*s</code>", STR_ARG(inner));
}

/* A fence longer than any run of backticks in the text. */
static void add_fenced(Buf *buf, Str text)
{
	size_t longest = 2, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(buf, '`');
	buf_add(buf, STR("text\n"));
	buf_add(buf, text);
	buf_add(buf, STR("\n"));
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(buf, '`');
	buf_add(buf, STR("\n\n"));
}

static const char *mark(Status status)
{
	return status == STATUS_FAILED || status == STATUS_BLOCKED ? "❌" : "✅";
}

static void add_project(Buf *buf, const ReportProject *project)
{
	ARENA_SCRATCH(scratch);
	if (project->ref.len)
		buf_format(buf, "Project %.*s (%.*s) in %.*s. ",
			STR_ARG(escaped(&scratch, project->name)),
			STR_ARG(code(&scratch, project->ref)),
			STR_ARG(escaped(&scratch, project->region)));
}

static void add_facts(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	add_project(buf, &report->project);
	if (!report->target.len && report->project.ref.len)
		buf_add(buf, STR("\n\n"));
	if (!report->target.len)
		return;
	Str from = report->plan.head.len ? report->plan.head : STR("none");
	Str to = report_version(report);
	buf_format(buf, "%.*s, PostgreSQL %.*s. History: %.*s",
		STR_ARG(code(&scratch, report->target)),
		STR_ARG(escaped(&scratch, report->server_version)), STR_ARG(code(&scratch, from)));
	if (!str_equal(to, report->plan.head))
		buf_format(buf, " → %.*s", STR_ARG(code(&scratch, to)));
	buf_format(buf, ". %.2f s.\n\n", (double)report->us / 1e6);
}

static void add_changes(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	if (report->compared.len)
		buf_format(buf, "%zu changed file%s: %.*s.\n\n", report->changes,
			report->changes == 1 ? "" : "s",
			STR_ARG(escaped(&scratch, report->compared)));
}

static Str row_status(const Report *report, const PushRow *row)
{
	return report->status == STATUS_PLANNED || report->status == STATUS_BLOCKED
		       ? STR("pending")
		       : report_row_word(row);
}

static void add_row(Buf *buf, const Report *report, const PushRow *row)
{
	ARENA_SCRATCH(scratch);
	const Script *script = row->script;
	Str reason = script_reason(&scratch, script);
	buf_format(buf, "| %.*s | %.*s | %zu | ", STR_ARG(code(&scratch, script->migration->file)),
		STR_ARG(row_status(report, row)), script->count);
	if (row->us)
		buf_format(buf, "%.1f", (double)row->us / 1000);
	if (reason.len)
		buf_format(buf, " | not atomic: %.*s |\n", STR_ARG(escaped(&scratch, reason)));
	else
		buf_add(buf, STR(" | |\n"));
}

static void add_rows(Buf *buf, const Report *report)
{
	size_t count = report->push.count;
	if (!count)
		return;
	buf_add(buf, STR("| migration | status | statements | ms | |\n|---|---|--:|--:|---|\n"));
	for (size_t i = 0; i < count && i < ROWS_MAX; i++)
		add_row(buf, report, &report->push.rows[i]);
	if (count > ROWS_MAX)
		buf_format(buf, "\n… and %zu more.\n", count - ROWS_MAX);
	buf_add(buf, STR("\n"));
}

static void add_along(Buf *buf, const Report *report)
{
	AlongRow row;
	for (size_t i = 0;; i++) {
		ARENA_SCRATCH(scratch);
		if (!along_row(&scratch, &report->extras, i, &row)) {
			buf_add(buf, i ? STR("\n") : STR(""));
			return;
		}
		if (i == 0)
			buf_add(buf, STR("| beside them | status | statements | ms |\n"
					 "|---|---|--:|--:|\n"));
		if (i >= ROWS_MAX)
			continue;
		buf_format(buf, "| %.*s | %.*s | ", STR_ARG(code(&scratch, row.what)),
			STR_ARG(escaped(&scratch, row.state)));
		if (row.statements != SIZE_MAX)
			buf_format(buf, "%zu", row.statements);
		buf_add(buf, STR(" | "));
		if (row.us)
			buf_format(buf, "%.1f", (double)row.us / 1000);
		buf_add(buf, STR(" |\n"));
	}
}

static void add_fault(Buf *buf, const Fault *fault)
{
	ARENA_SCRATCH(scratch);
	Str title = err_title(fault->kind);
	buf_format(buf, "**%.*s**\n\n", STR_ARG(title));
	add_fenced(buf, fault_text(&scratch, fault));
}

static void add_faults(Buf *buf, const Err *err)
{
	size_t shown = 0;
	for (const Fault *fault = err->first; fault && shown < FAULTS_MAX;
		fault = fault->next, shown++)
		add_fault(buf, fault);
	if (err->count > shown)
		buf_format(buf, "… and %zu more faults, in the log.\n\n", err->count - shown);
}

Str summary_markdown(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, SUMMARY_MAX);
	Str verdict = escaped(arena, report_verdict(arena, report));
	buf_format(&buf, "### %s %.*s\n\n", mark(report->status), STR_ARG(verdict));
	add_facts(&buf, report);
	add_changes(&buf, report);
	add_rows(&buf, report);
	add_along(&buf, report);
	add_faults(&buf, err);
	return buf_str(&buf);
}
