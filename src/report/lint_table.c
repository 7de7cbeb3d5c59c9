#include "report/lint_table.h"

#include "report/fault.h"
#include "report/markdown.h"
#include "report/sections.h"

#include <stdlib.h>

enum {
	ROWS_MAX = 300,
	WHAT_MAX = 600, /* characters */
	ADVICE_MAX = 2000, /* bytes */
	PIECE_MAX = 16 * 1024,
};

typedef enum FindingLevel {
	FINDING_ERROR,
	FINDING_WARNING,
	FINDING_NOTE,
} FindingLevel;

typedef struct Finding {
	const Fault *fault;
	FindingLevel level;
	size_t order; /* in which it was found */
} Finding;

typedef VEC(Finding) Findings;

bool lint_table_has(const Fault *fault)
{
	return fault->rule && fault->rule->group == GROUP_LINT;
}

static void collect(Arena *arena, const Err *err, FindingLevel level, Findings *out)
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (lint_table_has(fault))
			*vec_add(arena, out) = (Finding){fault, level, out->count};
}

static int compare(const void *left, const void *right)
{
	const Finding *a = left, *b = right;
	int files = str_compare(a->fault->file, b->fault->file);
	if (files)
		return files;
	if (a->fault->line != b->fault->line)
		return a->fault->line < b->fault->line ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static Str row_of(Arena *arena, const Report *report, const Finding *finding)
{
	static const char *const words[] = {[FINDING_ERROR] = "⛔ error",
		[FINDING_WARNING] = "⚠️ warning",
		[FINDING_NOTE] = "🔹 note"};
	const Fault *fault = finding->fault;
	Str place = sections_place(arena, report, fault);
	Str what = markdown_text(arena, fault_what(arena, fault), WHAT_MAX);
	return str_format(arena, "| %.*s | %s | `%.*s` | %.*s |\n", STR_ARG(place),
		words[finding->level], STR_ARG(fault->rule->name), STR_ARG(what));
}

static Str advice_of(Arena *arena, const Report *report, const Finding *finding)
{
	const Fault *fault = finding->fault;
	if (finding->level == FINDING_ERROR || !fault->hint.len)
		return (Str){0};
	Str place = sections_place(arena, report, fault);
	Str advice = markdown_advice(arena, fault->hint, "sql", ADVICE_MAX);
	return str_format(arena, "`%.*s` in %.*s: %.*s", STR_ARG(fault->rule->name), STR_ARG(place),
		STR_ARG(advice));
}

static size_t add_rows(Buf *buf, const Report *report, const Findings *findings, size_t upto)
{
	size_t shown = 0;
	buf_add(buf, STR("| place | level | rule | finding |\n|---|---|---|---|\n"));
	for (; shown < findings->count && shown < ROWS_MAX; shown++) {
		ARENA_SCRATCH(scratch);
		if (!markdown_add(buf, row_of(&scratch, report, &findings->items[shown]), upto))
			break;
	}
	buf_add(buf, STR("\n"));
	return shown;
}

static void add_advice(
	Buf *buf, const Report *report, const Findings *findings, size_t shown, size_t upto)
{
	bool is_open = false, fits = true;
	for (size_t i = 0; fits && i < shown; i++) {
		ARENA_SCRATCH(scratch);
		Str advice = advice_of(&scratch, report, &findings->items[i]);
		if (advice.len && !is_open)
			buf_add(buf, STR("<details><summary>What to do about them</summary>\n\n"));
		is_open |= advice.len > 0;
		fits = markdown_add(buf, advice, upto);
	}
	if (is_open)
		buf_add(buf, STR("</details>\n\n"));
}

/* Errors are shown above. */
static bool has_warning(const Findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].level == FINDING_WARNING)
			return true;
	return false;
}

void lint_table_add(Buf *buf, const Report *report, const Err *err, size_t upto)
{
	ARENA_SCRATCH(scratch);
	Findings findings = {0};
	collect(&scratch, err, FINDING_ERROR, &findings);
	collect(&scratch, &report->warnings, FINDING_WARNING, &findings);
	collect(&scratch, &report->notes, FINDING_NOTE, &findings);
	if (!findings.count)
		return;
	qsort(findings.items, findings.count, sizeof *findings.items, compare);
	buf_format(buf, "<details%s><summary>Lint: %zu finding%s</summary>\n\n",
		has_warning(&findings) ? " open" : "", findings.count,
		findings.count == 1 ? "" : "s");
	size_t shown = add_rows(buf, report, &findings, upto - upto / 16);
	if (shown < findings.count)
		buf_format(buf, "… and %zu more, in the log.\n\n", findings.count - shown);
	add_advice(buf, report, &findings, shown, upto);
	buf_add(buf, STR("</details>\n\n"));
}
