#include "plan/plan.h"

#include "base/timestamp.h"

#include <stdlib.h>

enum {
	STAMP_DIGITS = 14
}; /* YYYYMMDDhhmmss */

Str plan_word(Verdict verdict)
{
	static const Str words[] = {
#define VERDICT(name, word, sentence) STR_INIT(word),
#include "plan/verdict.def"
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

static int by_version(const void *version, const void *row)
{
	return str_compare(*(const Str *)version, ((const PlanRow *)row)->version);
}

const PlanRow *plan_row(const Plan *plan, Str version)
{
	const PlanRow *rows = plan->rows.items;
	return rows ? bsearch(&version, rows, plan->rows.count, sizeof *rows, by_version) : NULL;
}

Str plan_fresh_version(Arena *arena, const Plan *plan, int64_t now, size_t nth)
{
	Str last = plan->rows.items[plan->rows.count - 1].version;
	unsigned long long stamp = strtoull(timestamp_version(arena, now).ptr, NULL, 10), after = 0;
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
