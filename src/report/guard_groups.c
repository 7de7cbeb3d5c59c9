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

static const Str names[] = {
#define GROUP(name, words, shown) [GROUP_##name] = STR_INIT(words),
#include "base/rule_group.def"
#undef GROUP
};

bool guard_groups_is_shown(RuleGroup group, GuardGroupResult result)
{
	enum {
		ASKED,
		ALWAYS
	};
	static const bool always[] = {
#define GROUP(name, words, shown) [GROUP_##name] = shown,
#include "base/rule_group.def"
#undef GROUP
	};
	return always[group] || result != GUARDS_OFF;
}

bool guard_groups_read(const Report *report, const Err *err, GuardGroup out[RULE_GROUPS])
{
	const ReportGuards *guards = &report->guards;
	for (RuleGroup group = 0; group < RULE_GROUPS; group++)
		out[group] = (GuardGroup){
			names[group], guards->asked[group] ? GUARDS_PASSED : GUARDS_OFF, 0};
	count(err, GUARDS_REFUSED, out);
	count(&report->warnings, GUARDS_WARNED, out);
	return guards->checked;
}

Str guard_groups_title(const Fault *fault)
{
	if (!fault->rule)
		return err_title(fault->kind);
	return fault->rule->group == GROUP_LINT ? fault->rule->name : names[fault->rule->group];
}

Str guard_groups_word(GuardGroupResult result)
{
	static const Str words[] = {[GUARDS_OFF] = STR_INIT("off"),
		[GUARDS_PASSED] = STR_INIT("passed"),
		[GUARDS_WARNED] = STR_INIT("warned"),
		[GUARDS_REFUSED] = STR_INIT("refused")};
	return words[result];
}

/* "✅ history · ⚠️ staging (1) · ➖ size" */
static Str line_of(Arena *arena, const GuardGroup groups[RULE_GROUPS])
{
	static const char *const marks[] = {[GUARDS_OFF] = "➖",
		[GUARDS_PASSED] = "✅",
		[GUARDS_WARNED] = "⚠️",
		[GUARDS_REFUSED] = "❌"};
	Buf buf = buf_new(arena, 1024);
	for (RuleGroup i = 0; i < RULE_GROUPS; i++) {
		if (!guard_groups_is_shown(i, groups[i].result))
			continue;
		buf_format(&buf, "%s%s %.*s", i ? " · " : "", marks[groups[i].result],
			STR_ARG(groups[i].name));
		if (groups[i].count)
			buf_format(&buf, " (%zu)", groups[i].count);
		else if (groups[i].result == GUARDS_OFF)
			buf_add(&buf, STR(" (off)"));
	}
	return buf_str(&buf);
}

/* "Guards: 3 passed, 1 refused, 2 off" */
static Str counts_of(Arena *arena, const GuardGroup groups[RULE_GROUPS])
{
	static const GuardGroupResult worst_first[] = {
		GUARDS_REFUSED, GUARDS_WARNED, GUARDS_PASSED, GUARDS_OFF};
	Buf buf = buf_new(arena, 256);
	for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++) {
		size_t count = 0;
		for (RuleGroup k = 0; k < RULE_GROUPS; k++)
			count += groups[k].result == worst_first[i] &&
				 guard_groups_is_shown(k, groups[k].result);
		if (count)
			buf_format(&buf, "%s%zu %.*s", buf.len ? ", " : "Guards: ", count,
				STR_ARG(guard_groups_word(worst_first[i])));
	}
	return buf_str(&buf);
}

Str guard_groups_section(Arena *arena, const Report *report, const Err *err, Str more)
{
	GuardGroup groups[RULE_GROUPS];
	if (!guard_groups_read(report, err, groups))
		return (Str){0};
	return str_format(arena, "<details><summary>%.*s</summary>\n\n%.*s\n\n%.*s</details>\n\n",
		STR_ARG(counts_of(arena, groups)), STR_ARG(line_of(arena, groups)), STR_ARG(more));
}
