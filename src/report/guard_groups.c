#include "report/guard_groups.h"

#include "check/finding.h"

static void count(const Err *err, GuardGroupResult result, GuardGroup out[RULE_GROUPS])
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		if (!fault->rule)
			continue;
		GuardGroup *group = &out[fault->rule->group];
		group->count++;
		group->result = result > group->result ? result : group->result;
	}
}

static bool is_asked(const ReportGuards *asked, RuleGroup group)
{
	switch (group) {
	case GROUP_CONTENT:
		return asked->edited;
	case GROUP_STAGING:
		return asked->staging;
	case GROUP_SIZE:
		return asked->max_pending;
	case GROUP_PLAN:
		return asked->expect_plan;
	case GROUP_HISTORY:
	case GROUP_ORDER:
	case RULE_GROUPS:
		break;
	}
	return true;
}

bool guard_groups_read(const Report *report, const Err *err, GuardGroup out[RULE_GROUPS])
{
	static const Str names[] = {
#define GROUP(name, words) [GROUP_##name] = STR_INIT(words),
#include "check/guard_group.def"
#undef GROUP
	};
	const ReportGuards *asked = &report->guards;
	for (RuleGroup group = 0; group < RULE_GROUPS; group++)
		out[group] = (GuardGroup){
			names[group], is_asked(asked, group) ? GUARDS_PASSED : GUARDS_OFF, 0};
	count(err, GUARDS_REFUSED, out);
	count(&report->warnings, GUARDS_WARNED, out);
	return asked->checked;
}

Str guard_groups_word(GuardGroupResult result)
{
	static const Str words[] = {[GUARDS_OFF] = STR_INIT("off"),
		[GUARDS_PASSED] = STR_INIT("passed"),
		[GUARDS_WARNED] = STR_INIT("warned"),
		[GUARDS_REFUSED] = STR_INIT("refused")};
	return words[result];
}

Str guard_groups_line(Arena *arena, const Report *report, const Err *err)
{
	static const char *const marks[] = {[GUARDS_OFF] = "➖",
		[GUARDS_PASSED] = "✅",
		[GUARDS_WARNED] = "⚠️",
		[GUARDS_REFUSED] = "❌"};
	GuardGroup groups[RULE_GROUPS];
	Buf buf = buf_new(arena, 1024);
	if (!guard_groups_read(report, err, groups))
		return (Str){0};
	for (size_t i = 0; i < RULE_GROUPS; i++) {
		buf_format(&buf, "%s%s %.*s", i ? " · " : "", marks[groups[i].result],
			STR_ARG(groups[i].name));
		if (groups[i].count)
			buf_format(&buf, " (%zu)", groups[i].count);
		else if (groups[i].result == GUARDS_OFF)
			buf_add(&buf, STR(" (off)"));
	}
	return buf_str(&buf);
}
