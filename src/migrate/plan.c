#define _POSIX_C_SOURCE 200809L /* gmtime_r */
#include "migrate/plan.h"

#include <stdlib.h>
#include <time.h>

enum {
	STAMP_DIGITS = 14
}; /* YYYYMMDDhhmmss */

Str plan_word(Verdict verdict)
{
	static const Str words[] = {
#define VERDICT(name, word, sentence) STR_INIT(word),
#include "migrate/verdict.def"
#undef VERDICT
	};
	return words[verdict];
}

static void add_row(Arena *arena, Plan *plan, PlanRow row, bool include_all)
{
	*vec_add(arena, &plan->rows) = row;
	if (row.verdict == VERDICT_PENDING || (row.verdict == VERDICT_OUT_OF_ORDER && include_all))
		*vec_add(arena, &plan->pending) = row.migration;
}

void plan_build(
	Arena *arena, const Source *source, const History *history, bool include_all, Plan *out)
{
	size_t l = 0, r = 0;
	*out = (Plan){.head = history_head(history)};
	while (l < source->migrations.count || r < history->versions.count) {
		const Migration *local =
			l < source->migrations.count ? &source->migrations.items[l] : NULL;
		int order = !local ? 1
			    : r == history->versions.count
				    ? -1
				    : str_compare(local->version, history->versions.items[r]);
		PlanRow row = {.migration = order <= 0 ? local : NULL};
		row.version = order <= 0 ? local->version : history->versions.items[r];
		row.verdict = order == 0                                ? VERDICT_APPLIED
			      : order > 0                               ? VERDICT_MISSING
			      : str_compare(row.version, out->head) < 0 ? VERDICT_OUT_OF_ORDER
									: VERDICT_PENDING;
		add_row(arena, out, row, include_all);
		l += order <= 0;
		r += order >= 0;
	}
}

/* A version that sorts, by bytes, behind every other on both sides, and behind the `nth` ones
 * before it: a time stamp of now, the last one's successor if that lies in the future, or a longer
 * one if the last one is no time stamp. Empty if nothing of digits can sort there. */
static Str fresh_version(Arena *arena, const Plan *plan, int64_t now, size_t nth)
{
	struct tm utc;
	char text[STAMP_DIGITS + 1];
	time_t seconds = (time_t)now;
	gmtime_r(&seconds, &utc);
	strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
	Str last = plan->rows.items[plan->rows.count - 1].version;
	unsigned long long stamp = strtoull(text, NULL, 10), after = 0;
	if (last.len == STAMP_DIGITS)
		after = strtoull(str_z(arena, last), NULL, 10);
	Str version = str_format(arena, "%llu", (stamp > after ? stamp : after + 1) + nth);
	if (str_compare(version, last) > 0)
		return version;
	for (size_t i = 0; i < last.len; i++)
		if (last.ptr[i] < '0' || last.ptr[i] > '9')
			return (Str){0};
	return str_format(arena, "%.*s%.*s", STR_ARG(last), STR_ARG(version));
}

static void block_missing(const Plan *plan, Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf list = buf_new(&scratch, 1 << 20);
	size_t count = 0;
	for (size_t i = 0; i < plan->rows.count; i++)
		if (plan->rows.items[i].verdict == VERDICT_MISSING) {
			buf_format(&list, " %.*s",
				STR_ARG(str_shell(&scratch, plan->rows.items[i].version)));
			count++;
		}
	if (!count)
		return;
	Fault *fault =
		err_add(err, ERR_BLOCKED, "the history has %zu version%s without a file here:%.*s",
			count, count == 1 ? "" : "s", STR_ARG(buf_str(&list)));
	fault->hint = str_format(err->arena,
		"if another branch has the files, merge it. To write them from the database:\n"
		"  supabase migration fetch --remote=<db-url>\n"
		"or, if they are to be forgotten, strike them from the history:\n"
		"  supabase migration repair --status reverted%.*s --remote=<db-url>",
		STR_ARG(buf_str(&list)));
}

static Str rename_hint(Arena *arena, Str folder, const Migration *migration, Str version)
{
	if (!version.len)
		return STR("set include-all: true to run it out of order");
	Str renamed = str_format(arena, "%.*s/%.*s_%.*s.sql", STR_ARG(folder), STR_ARG(version),
		STR_ARG(migration->title));
	return str_format(arena,
		"let it run last:\n  git mv %.*s %.*s\nor set include-all: true to run it out of "
		"order",
		STR_ARG(str_shell(arena, migration->path)), STR_ARG(str_shell(arena, renamed)));
}

static void block_out_of_order(const Plan *plan, const PlanOptions *options, Err *err)
{
	ARENA_SCRATCH(scratch);
	size_t nth = 0;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		if (row->verdict != VERDICT_OUT_OF_ORDER)
			continue;
		Str version = fresh_version(&scratch, plan, options->now, nth++);
		Fault *fault = err_add(err, ERR_BLOCKED,
			"%.*s is not in the history, but older than its newest version %.*s",
			STR_ARG(row->migration->file), STR_ARG(plan->head));
		fault->file = row->migration->path;
		fault->hint = rename_hint(err->arena, options->folder, row->migration, version);
	}
}

bool plan_check(const Plan *plan, const PlanOptions *options, Err *err)
{
	size_t before = err->count;
	block_missing(plan, err);
	if (!options->include_all)
		block_out_of_order(plan, options, err);
	return err->count == before;
}
