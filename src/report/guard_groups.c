#include "report/guard_groups.h"

#include "check/finding.h"

/* To which group a row of guard.def belongs. */
static const struct {
	Str rule;
	size_t group;
} rows[] = {
#define ROW(rule, group) [GUARD_##rule] = {STR_INIT(#rule), GATE_##group}
	ROW(MISSING, HISTORY),
	ROW(OUT_OF_ORDER, ORDER),
	ROW(OUT_OF_ORDER_LAST, ORDER),
	ROW(OUT_OF_ORDER_HALF, ORDER),
	ROW(ALREADY_AS, HISTORY),
	ROW(ALREADY_FILED, HISTORY),
	ROW(RECORDED_TWICE, HISTORY),
	ROW(SAME_CONTENT, HISTORY),
	ROW(PARTIAL_CHANGED, HISTORY),
	ROW(PARTIAL_ALONE, HISTORY),
	ROW(PARTIAL_IN_DOUBT, HISTORY),
	ROW(PARTIAL_IN_ALL, HISTORY),
	ROW(PARTIAL_DONE, HISTORY),
	ROW(NOT_ON_STAGING, STAGING),
	ROW(CHANGED_SINCE_STAGING, STAGING),
	ROW(UNKNOWN_ON_STAGING, STAGING),
	ROW(STAGING_AHEAD, STAGING),
	ROW(EDITED, CONTENT),
	ROW(NOT_COMPARED, CONTENT),
	ROW(TOO_OLD, ORDER),
	ROW(TOO_MANY, SIZE),
	ROW(OTHER_PLAN, PLAN),
	ROW(PLAN_DONE, PLAN),
#undef ROW
};

static void count(const Err *err, GuardGroupResult result, GuardGroup out[GUARD_GROUPS])
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		for (size_t i = 0; fault->rule.len && i < sizeof rows / sizeof *rows; i++) {
			GuardGroup *group = &out[rows[i].group];
			if (!str_equal(fault->rule, rows[i].rule))
				continue;
			group->count++;
			group->result = result > group->result ? result : group->result;
		}
}

bool guard_groups_read(const Report *report, const Err *err, GuardGroup out[GUARD_GROUPS])
{
	const ReportGuards *asked = &report->guards;
	const GuardGroup all[] = {
#define GROUP(name, words, asked) {STR_INIT(words), (asked) ? GROUP_PASSED : GROUP_OFF, 0},
#include "report/guard_groups.def"
#undef GROUP
	};
	for (size_t i = 0; i < GUARD_GROUPS; i++)
		out[i] = all[i];
	count(err, GROUP_REFUSED, out);
	count(&report->warnings, GROUP_WARNED, out);
	return asked->checked;
}

Str guard_groups_word(GuardGroupResult result)
{
	static const Str words[] = {[GROUP_OFF] = STR_INIT("off"),
		[GROUP_PASSED] = STR_INIT("passed"),
		[GROUP_WARNED] = STR_INIT("warned"),
		[GROUP_REFUSED] = STR_INIT("refused")};
	return words[result];
}

Str guard_groups_line(Arena *arena, const Report *report, const Err *err)
{
	static const char *const marks[] = {[GROUP_OFF] = "➖",
		[GROUP_PASSED] = "✅",
		[GROUP_WARNED] = "⚠️",
		[GROUP_REFUSED] = "❌"};
	GuardGroup groups[GUARD_GROUPS];
	Buf buf = buf_new(arena, 1024);
	if (!guard_groups_read(report, err, groups))
		return (Str){0};
	for (size_t i = 0; i < GUARD_GROUPS; i++) {
		buf_format(&buf, "%s%s %.*s", i ? " · " : "", marks[groups[i].result],
			STR_ARG(groups[i].name));
		if (groups[i].count)
			buf_format(&buf, " (%zu)", groups[i].count);
		else if (groups[i].result == GROUP_OFF)
			buf_add(&buf, STR(" (off)"));
	}
	return buf_str(&buf);
}
