#include "report/sections.h"

#include "report/next_steps.h"
#include "report/fault.h"
#include "report/guard_groups.h"
#include "report/markdown.h"
#include "report/verdict.h"

enum {
	VERDICT_MAX = 400, /* characters */
	NAME_MAX = 255,
	NOTE_MAX = 300,
	STATE_MAX = 1000,
	PATH_SHOWN_MAX = 500,
	PIECE_MAX = 16 * 1024, /* bytes */
	AFTER_MAX = 64 * 1024,
	NOT_RUN_SHOWN = 5,
};

static const char *mark(Status status)
{
	static const char *const marks[] = {
		[STATUS_FAILED] = "❌",
		[STATUS_BLOCKED] = "⛔",
		[STATUS_PLANNED] = "📋",
		[STATUS_PUSHED] = "✅",
		[STATUS_SKIPPED] = "⏭️",
		[STATUS_UP_TO_DATE] = "✅",
		[STATUS_VERIFIED] = "✅",
		[STATUS_REPAIRED] = "✅",
		[STATUS_SHOWN] = "🔎",
		[STATUS_SAME] = "✅",
		[STATUS_DRIFT] = "⚠️",
	};
	return marks[status];
}

Str sections_verdict(Arena *arena, const Report *report, Str says)
{
	Str verdict = markdown_text(arena, says, VERDICT_MAX);
	return str_format(arena, "### %s %.*s\n\n", mark(report->status), STR_ARG(verdict));
}

/* Nothing has been run: there are no times and no attempts to show. */
static bool is_plan(const Report *report)
{
	return report->status == STATUS_PLANNED || report->status == STATUS_BLOCKED ||
	       (report->dry && report->status == STATUS_FAILED);
}

static Str table_head(Arena *arena, const Report *report)
{
	Buf buf = buf_new(arena, 1024);
	bool times = !is_plan(report);
	buf_add(&buf, STR("| | migration | status | statements |"));
	if (times)
		buf_add(&buf, STR(" ms | attempts |"));
	if (report->guards.asked[GROUP_STAGING])
		buf_add(&buf, STR(" on staging |"));
	buf_add(&buf, STR(" notes |\n|---|---|---|--:|"));
	if (times)
		buf_add(&buf, STR("--:|--:|"));
	if (report->guards.asked[GROUP_STAGING])
		buf_add(&buf, STR("---|"));
	buf_add(&buf, STR("---|\n"));
	return buf_str(&buf);
}

static bool is_found(const Err *err, const PushRow *row)
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (str_equal(fault->file, row->script->migration->path))
			return true;
	return false;
}

/* Of a plan. */
static const char *planned_mark(const Report *report, const Err *err, const PushRow *row)
{
	if (is_found(err, row))
		return report->status == STATUS_BLOCKED ? "⛔" : "❌";
	return is_found(&report->warnings, row) ? "⚠️" : "🔹";
}

static Str planned_word(const Report *report, const Err *err, const PushRow *row)
{
	if (!is_found(err, row))
		return STR("pending");
	return report->status == STATUS_BLOCKED ? STR("blocks the push") : STR("has an error");
}

static const char *row_mark(const PushRow *row)
{
	switch (row->state) {
	case PUSH_APPLIED:
		return "✅";
	case PUSH_NOT_RUN:
		return "⏭️";
	case PUSH_PARTLY:
	case PUSH_UNKNOWN:
		return "⚠️";
	case PUSH_FAILED:
		break;
	}
	return "❌";
}

static void add_times(Buf *buf, const Report *report, const PushRow *row)
{
	if (row->us)
		buf_format(buf, " %.1f |", (double)row->us / 1000);
	else
		buf_add(buf, STR(" |"));
	if (!report_was_run(report, row))
		buf_add(buf, STR(" |"));
	else
		buf_format(buf, " %zu |", row->tries + 1);
}

static Str row_of(Arena *arena, const Report *report, const Err *err, const PushRow *row)
{
	ARENA_SCRATCH(scratch);
	const Migration *migration = row->script->migration;
	Buf buf = buf_new(arena, PIECE_MAX);
	bool plans = is_plan(report);
	Str word = plans ? planned_word(report, err, row) : report_row_word(report, row);
	Str note = report_row_note(&scratch, report, row);
	buf_format(&buf, "| %s | %.*s | %.*s | %zu |",
		plans ? planned_mark(report, err, row) : row_mark(row),
		STR_ARG(markdown_code(&scratch, migration->file, NAME_MAX)), STR_ARG(word),
		row->script->count);
	if (!plans)
		add_times(&buf, report, row);
	if (report->guards.asked[GROUP_STAGING])
		buf_format(&buf, " %.*s |",
			STR_ARG(report_staging_word(report_staging(report, err, migration))));
	buf_format(&buf, " %.*s |\n", STR_ARG(markdown_text(&scratch, note, NOTE_MAX)));
	return buf_str(&buf);
}

/* The first of the rows that were not run and come last, if they are many; else the end. */
static size_t folded_from(const Report *report)
{
	const Push *push = &report->push;
	size_t from = push->count;
	while (!is_plan(report) && from && !report_was_run(report, &push->rows[from - 1]))
		from--;
	return push->count - from > NOT_RUN_SHOWN ? from : push->count;
}

/* Rows [from, to) as far as they fit; how many. */
static size_t add_table(Buf *buf, const Report *report, const Err *err, const SectionRows *limits,
	const size_t range[2])
{
	ARENA_SCRATCH(head);
	size_t shown = 0;
	buf_add(buf, table_head(&head, report));
	for (size_t i = range[0]; i < range[1] && shown < limits->max; i++, shown++) {
		ARENA_SCRATCH(scratch);
		Str row = row_of(&scratch, report, err, &report->push.rows[i]);
		if (!markdown_add(buf, row, limits->upto))
			break;
	}
	buf_add(buf, STR("\n"));
	return shown;
}

size_t sections_rows(Buf *buf, const Report *report, const Err *err, const SectionRows *limits)
{
	const Push *push = &report->push;
	size_t fold = folded_from(report), left = push->count - fold;
	bool stopped = fold < push->count && fold > limits->max;
	size_t from = stopped ? fold - limits->max : 0, shown = 0;
	if (fold)
		shown = add_table(buf, report, err, limits, (const size_t[]){from, fold});
	if (!left)
		return shown;
	const SectionRows rest = {.max = limits->max - shown, .upto = limits->upto};
	buf_format(buf, "<details><summary>%zu not run</summary>\n\n", left);
	shown += add_table(buf, report, err, &rest, (const size_t[]){fold, push->count});
	buf_add(buf, STR("</details>\n\n"));
	return shown;
}

Str sections_extras(Arena *arena, const ExtrasRow *row)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(arena, PIECE_MAX);
	buf_format(&buf, "| %.*s | %.*s | ", STR_ARG(markdown_code(&scratch, row->what, NAME_MAX)),
		STR_ARG(markdown_text(&scratch, row->state, NOTE_MAX)));
	if (row->statements != SIZE_MAX)
		buf_format(&buf, "%zu", row->statements);
	buf_add(&buf, STR(" | "));
	if (row->us)
		buf_format(&buf, "%.1f", (double)row->us / 1000);
	buf_add(&buf, STR(" |\n"));
	return buf_str(&buf);
}

/* A path in a URL (RFC 3986, 3.3), with its slashes. */
static void add_url_path(Buf *buf, Str path)
{
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			     (c >= 'a' && c <= 'z') || c == '/' || c == '-' || c == '.';
		buf_format(buf, plain ? "%c" : "%%%02X", c);
	}
}

Str sections_place(Arena *arena, const Report *report, const Fault *fault)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(arena, PIECE_MAX);
	const ReportRun *run = &report->run;
	Str path = report_path(report, fault->file);
	bool linked = run->server_url.len && run->repository.len && run->sha.len && fault->line;
	if (!path.len)
		return path;
	Str shown = fault->line ? str_format(&scratch, "%.*s:%zu:%zu", STR_ARG(path), fault->line,
					  fault->col ? fault->col : 1)
				: path;
	buf_add(&buf, linked ? STR("[") : STR(""));
	buf_add(&buf, markdown_code(&scratch, shown, PATH_SHOWN_MAX));
	if (!linked)
		return buf_str(&buf);
	buf_format(&buf, "](%.*s/%.*s/blob/%.*s/", STR_ARG(run->server_url),
		STR_ARG(run->repository), STR_ARG(run->sha));
	add_url_path(&buf, path);
	buf_format(&buf, "#L%zu)", fault->line);
	return buf_str(&buf);
}

static void add_block(Buf *buf, const char *language, Str text, size_t max)
{
	ARENA_SCRATCH(scratch);
	if (text.len)
		buf_add(buf,
			markdown_fence(&scratch, language, markdown_head(&scratch, text, max)));
}

/* Once for several in a row that ask for the same; the only one of all errors is among the next
 * steps. */
static bool has_remedy(const Err *errors, const Fault *fault)
{
	bool is_next_same = fault->next && fault_asks_the_same(fault->next, fault);
	bool is_below = errors && next_steps_has_one_remedy(errors);
	return fault->hint.len && !is_next_same && !is_below;
}

/* What a remedy has to be copied: SQL for a migration, or commands. */
static const char *language_of(const Fault *fault)
{
	const Rule *rule = fault->rule;
	return rule && (rule->group == GROUP_LINT || rule->group == GROUP_DATA) ? "sql" : "sh";
}

Str sections_fault(
	Arena *arena, const Report *report, const Err *errors, const Fault *fault, size_t max)
{
	ARENA_SCRATCH(scratch);
	const size_t most = max / 4;
	Str place = sections_place(&scratch, report, fault);
	Buf buf = buf_new(arena, max * 16 + PIECE_MAX);
	buf_format(&buf, "**%.*s**",
		STR_ARG(errors ? err_title(fault->kind) : guard_groups_title(fault)));
	if (place.len)
		buf_format(&buf, " in %.*s", STR_ARG(place));
	buf_add(&buf, STR("\n\n"));
	buf_add(&buf, markdown_prose(&scratch, fault_what(&scratch, fault), most));
	add_block(&buf, "text", fault->excerpt, most);
	add_block(&buf, "diff", fault->difference, most);
	buf_add(&buf, markdown_prose(&scratch, fault_server(&scratch, fault), most));
	if (has_remedy(errors, fault)) {
		buf_add(&buf, STR("**What to do:** "));
		buf_add(&buf, markdown_advice(&scratch, fault->hint, language_of(fault), most));
	}
	return buf_str(&buf);
}

Str sections_after(Arena *arena, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Str state = verdict_state(&scratch, report, err);
	Str steps = next_steps_advice(&scratch, report, err);
	Buf buf = buf_new(arena, AFTER_MAX);
	if (!err->first)
		return (Str){0};
	if (state.len)
		buf_format(&buf, "**What is in the database:** %.*s\n\n",
			STR_ARG(markdown_text(&scratch, state, STATE_MAX)));
	buf_add(&buf, STR("**Next:** "));
	buf_add(&buf, markdown_advice(&scratch, steps, "sh", AFTER_MAX));
	return buf_str(&buf);
}

Str sections_sql(Arena *arena, const Migration *migration, size_t max)
{
	ARENA_SCRATCH(scratch);
	Str text = markdown_head(&scratch, migration->text, max);
	Str name = markdown_code(&scratch, migration->file, NAME_MAX);
	Str fence = markdown_fence(&scratch, "sql", text);
	return str_format(arena, "<details><summary>%.*s</summary>\n\n%.*s</details>\n\n",
		STR_ARG(name), STR_ARG(fence));
}
