#include "report/comment.h"

#include "report/guard_groups.h"
#include "report/markdown.h"
#include "report/repair_text.h"
#include "report/preflight_text.h"
#include "report/overview_text.h"
#include "report/rehearsal_markdown.h"
#include "report/types_text.h"
#include "report/verdict.h"
#include "report/verify_text.h"
#include "report/sections.h"
#include "wrap/json.h"

enum {
	MARK_VERSION = 1,
	MARK_MAX = 2000, /* bytes that are kept for the mark and the last lines */
	NAME_MAX_CHARS = 100,
	SQL_UPTO = 50 * 1000,
	SQL_BYTES = 20 * 1000, /* of one file */
};

/* What is left out first, and what after it, until the rest fits. */
typedef struct Limits {
	size_t rows, faults, fault_bytes, warnings;
	bool sql;
} Limits;
static const Limits levels[] = {
	{200, 20, 4000, 10, true},
	{50, 10, 2000, 5, false},
	{20, 5, 1000, 2, false},
	{5, 2, 500, 1, false},
};

typedef struct Writer {
	const Report *report;
	const Err *err;
	const Limits *limits;
	Buf buf;
	Buf left_out; /* what is, in words */
} Writer;

/* ---- the mark ---- */

static Str state_word(const Report *report, CommentWish wish)
{
	return wish == COMMENT_OUTDATE ? STR("outdated") : report_status(report->status);
}

/* In an HTML comment there must be no "--", and no ">". All three characters occur in strings only.
 */
static Str hidden(Arena *arena, Str json)
{
	Buf buf = buf_new(arena, json.len * 6);
	for (size_t i = 0; i < json.len; i++) {
		char c = json.ptr[i];
		bool second = c == '-' && i > 0 && json.ptr[i - 1] == '-';
		if (c == '<' || c == '>' || second)
			buf_format(&buf, "\\u%04x", (unsigned)c);
		else
			buf_add_char(&buf, c);
	}
	return buf_str(&buf);
}

static Str environment_of(const Report *report)
{
	Str name = report->environment;
	return str_head(name, str_utf8_offset(name, NAME_MAX_CHARS));
}

static Str mark_line(
	Arena *arena, const Report *report, Str target, CommentWish wish, bool truncated)
{
	AUTO_JSON json = json_object();
	json_add_number(json, "v", MARK_VERSION);
	json_add_str(json, "environment", environment_of(report));
	json_add_str(json, "target", target);
	json_add_str(json, "state", state_word(report, wish));
	json_add_str(json, "plan", report->plan_digest);
	json_add_str(json, "head", report->run.sha);
	json_add_str(json, "run", report->run.id);
	json_add_bool(json, "truncated", truncated);
	Str text = hidden(arena, json_print(arena, json));
	return str_format(arena, COMMENT_MARK "%.*s -->\n", STR_ARG(text));
}

bool comment_read_mark(Arena *arena, Str body, CommentMark *out)
{
	Str line = {0}, ignored;
	int64_t version = 0;
	str_next(&body, '\n', &line);
	line = str_trim(line);
	if (!str_starts(line, STR(COMMENT_MARK)) || !str_ends(line, STR(" -->")))
		return false;
	line = str_skip(line, sizeof COMMENT_MARK - 1);
	AUTO_JSON json = json_parse(str_head(line, line.len - 4), NULL);
	if (!json_is_object(json) || !json_read_int(arena, json, "v", &version, &ignored) ||
		version != MARK_VERSION)
		return false;
	const struct {
		const char *name;
		Str *to;
	} texts[] = {{"environment", &out->environment}, {"target", &out->target},
		{"state", &out->state}, {"plan", &out->plan}, {"head", &out->head},
		{"run", &out->run}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i].to = str_copy(arena, json_str(json, texts[i].name));
	return true;
}

bool comment_is_of(const CommentMark *mark, Str environment, Str target)
{
	return str_equal(mark->environment,
		       str_head(environment, str_utf8_offset(environment, NAME_MAX_CHARS))) &&
	       str_equal(mark->target, target);
}

/* ---- its life ---- */

/* Runs are numbered in their order, across all of GitHub. */
static bool is_later(Str run, Str than)
{
	return run.len != than.len ? run.len > than.len : str_compare(run, than) > 0;
}

static bool is_state(const CommentMark *mark, Str state)
{
	return mark && str_equal(mark->state, state);
}

/* Findings are shown, also where nothing is pending. */
static bool has_finding(const Report *report)
{
	for (const Fault *fault = report->warnings.first; fault; fault = fault->next)
		if (fault->rule)
			return true;
	return false;
}

CommentWish comment_wish(const Report *report, const CommentMark *before)
{
	bool was_pushed = is_state(before, STR("pushed"));
	switch (report->status) {
	case STATUS_UP_TO_DATE:
		if (has_finding(report))
			break;
		return before && !was_pushed ? COMMENT_OUTDATE : COMMENT_LEAVE;
	case STATUS_SKIPPED:
		return before && !was_pushed && report->compared.len ? COMMENT_OUTDATE
								     : COMMENT_LEAVE;
	case STATUS_PLANNED:
	case STATUS_BLOCKED:
	case STATUS_FAILED:
	case STATUS_PUSHED:
	case STATUS_SHOWN:
	case STATUS_REPAIRED:
	case STATUS_SAME:
	case STATUS_DRIFT:
	case STATUS_VERIFIED:
		break;
	}
	/* a plan of an earlier run, that comes late or again, does not hide what came after it */
	bool late = before && report->dry && is_later(before->run, report->run.id);
	return late ? COMMENT_LEAVE : COMMENT_WRITE;
}

/* ---- the text ---- */

static void leave_out(Writer *w, size_t count, const char *thing)
{
	if (count)
		buf_format(&w->left_out, "%s%zu more %s%s", w->left_out.len ? ", " : "", count,
			thing, count == 1 ? "" : "s");
}

static void add_verdict(Writer *w, CommentWish wish)
{
	ARENA_SCRATCH(scratch);
	const Report *report = w->report;
	Str name = report->environment.len    ? environment_of(report)
		   : report->project.name.len ? report->project.name
					      : STR("the database");
	Str says = verdict_sentence(&scratch, report, w->err);
	size_t warnings = report->warnings.count;
	if (wish == COMMENT_OUTDATE) {
		buf_format(&w->buf,
			"### ⚪ %.*s&#58; nothing is pending any more; "
			"what stood here is outdated\n\n",
			STR_ARG(markdown_text(&scratch, name, NAME_MAX_CHARS)));
		return;
	}
	Str more = warnings ? str_format(&scratch, " — %zu warning%s", warnings,
				      warnings == 1 ? "" : "s")
			    : (Str){0};
	buf_add(&w->buf, sections_verdict(&scratch, report,
				 str_format(&scratch, "%.*s: %.*s%.*s", STR_ARG(name),
					 STR_ARG(says), STR_ARG(more))));
}

/* `errors`: what they are of, as sections_fault has it. */
static void add_faults(Writer *w, const Err *err, const Err *errors, size_t max, const char *thing)
{
	size_t shown = 0;
	for (const Fault *fault = err->first; fault && shown < max; fault = fault->next, shown++) {
		ARENA_SCRATCH(scratch);
		buf_add(&w->buf,
			sections_fault(&scratch, w->report, errors, fault, w->limits->fault_bytes));
	}
	leave_out(w, err->count - shown, thing);
}

static void add_rows(Writer *w)
{
	const Push *push = &w->report->push;
	const SectionRows limits = {.max = w->limits->rows, .upto = SIZE_MAX};
	if (push->count)
		leave_out(w, push->count - sections_rows(&w->buf, w->report, w->err, &limits),
			"migration");
}

static void add_along(Writer *w)
{
	ARENA_SCRATCH(scratch);
	ExtrasRow row;
	size_t count = 0;
	for (; extras_row(&scratch, &w->report->extras, count, &row); count++) {
		if (!count)
			buf_add(&w->buf, STR(PARTS_ALONG));
		if (count < w->limits->rows)
			buf_add(&w->buf, sections_extras(&scratch, &row));
	}
	if (count)
		buf_add(&w->buf, STR("\n"));
	leave_out(w, count > w->limits->rows ? count - w->limits->rows : 0, "row");
}

static void add_warnings(Writer *w)
{
	const Err *warnings = &w->report->warnings;
	if (!warnings->count)
		return;
	buf_format(&w->buf, "<details open><summary>%zu warning%s</summary>\n\n", warnings->count,
		warnings->count == 1 ? "" : "s");
	add_faults(w, warnings, NULL, w->limits->warnings, "warning");
	buf_add(&w->buf, STR("</details>\n\n"));
}

/* With what was asked about the data, and what a rehearsal has shown. */
static void add_gates(Writer *w)
{
	ARENA_SCRATCH(scratch);
	Str data = preflight_text_line(&scratch, &w->report->preflight);
	Str rehearsal = rehearsal_markdown_line(&scratch, &w->report->rehearsal);
	Str more = str_format(&scratch, "%.*s%s%.*s%s", STR_ARG(data), data.len ? "\n\n" : "",
		STR_ARG(rehearsal), rehearsal.len ? "\n\n" : "");
	buf_add(&w->buf, guard_groups_section(&scratch, w->report, w->err, more));
}

static void add_sql(Writer *w)
{
	const Push *push = &w->report->push;
	size_t shown = 0;
	if (w->limits->sql && push->count)
		buf_format(&w->buf, "<details><summary>SQL of %zu migration%s</summary>\n\n",
			push->count, push->count == 1 ? "" : "s");
	for (; w->limits->sql && shown < push->count; shown++) {
		ARENA_SCRATCH(scratch);
		const Migration *migration = push->rows[shown].script->migration;
		if (!markdown_add(&w->buf, sections_sql(&scratch, migration, SQL_BYTES), SQL_UPTO))
			break;
	}
	if (w->limits->sql && push->count)
		buf_add(&w->buf, STR("</details>\n\n"));
	leave_out(w, push->count - shown, "SQL text");
}

static void add_foot(Writer *w)
{
	ARENA_SCRATCH(scratch);
	const Report *report = w->report;
	Str url = report_run_url(&scratch, report);
	if (w->left_out.len)
		buf_format(&w->buf,
			"Left out for its length: %.*s; all is in the run's summary.\n\n",
			STR_ARG(buf_str(&w->left_out)));
	buf_add(&w->buf, STR("<sub>"));
	if (report->plan_digest.len)
		buf_format(&w->buf, "plan %.*s · ",
			STR_ARG(markdown_code(&scratch, str_head(report->plan_digest, 12), 12)));
	if (report->run.sha.len)
		buf_format(&w->buf, "commit %.*s · ",
			STR_ARG(markdown_code(&scratch, str_head(report->run.sha, 10), 10)));
	if (!report->dry && report->push.count)
		buf_format(&w->buf, "%.1f s · ", (double)report->us / 1e6);
	if (url.len)
		buf_format(&w->buf, "[run %.*s](%.*s) · ", STR_ARG(report->run.id), STR_ARG(url));
	buf_add(&w->buf, STR("supabase-promote</sub>\n"));
}

static void add_body(Writer *w, CommentWish wish)
{
	ARENA_SCRATCH(scratch);
	add_verdict(w, wish);
	if (wish != COMMENT_OUTDATE) {
		add_faults(w, w->err, w->err, w->limits->faults, "finding");
		buf_add(&w->buf, sections_after(&scratch, w->report, w->err));
		way_back_section(&w->buf, &w->report->way_back);
		repair_text_section(&w->buf, &w->report->repair, SQL_UPTO);
		overview_text_table(&w->buf, w->report, w->limits->rows, SIZE_MAX);
		add_rows(w);
		add_along(w);
		verify_text_table(&w->buf, &w->report->verify, w->limits->rows, SIZE_MAX);
		types_text_lines(&w->buf, w->report);
		if (w->report->masked)
			buf_add(&w->buf, STR(REPORT_MASKED "\n\n"));
		add_warnings(w);
		add_gates(w);
		add_sql(w);
	}
	add_foot(w);
}

Str comment_text(Arena *arena, const Report *report, const Err *err, Str target, CommentWish wish)
{
	enum {
		LEVELS = sizeof levels / sizeof *levels
	};
	Writer w;
	for (size_t i = 0; i < LEVELS; i++) {
		w = (Writer){report, err, &levels[i], buf_new(arena, COMMENT_MAX - MARK_MAX),
			buf_new(arena, 1000)};
		add_body(&w, wish);
		if (!w.buf.full)
			break;
	}
	Str mark = mark_line(arena, report, target, wish, w.left_out.len > 0);
	return str_format(arena, "%.*s%.*s", STR_ARG(mark), STR_ARG(buf_str(&w.buf)));
}

static bool next_visible(Str *rest, char *out)
{
	while (rest->len && rest->ptr[0] == '\r')
		*rest = str_skip(*rest, 1);
	if (!rest->len)
		return false;
	*out = rest->ptr[0];
	*rest = str_skip(*rest, 1);
	return true;
}

bool comment_is_same(Str a, Str b)
{
	a = str_trim(a);
	b = str_trim(b);
	for (;;) {
		char x = 0, y = 0;
		bool more = next_visible(&a, &x), wanted = next_visible(&b, &y);
		if (!more || !wanted)
			return more == wanted;
		if (x != y)
			return false;
	}
}
