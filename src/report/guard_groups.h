/* The guards in one line: what was looked at before the push, and what came of it. */
#ifndef REPORT_GUARD_GROUPS_H
#define REPORT_GUARD_GROUPS_H

#include "base/rule.h"
#include "report/report.h"

typedef enum GuardGroupResult {
	GUARDS_OFF, /* not asked for */
	GUARDS_PASSED,
	GUARDS_WARNED,
	GUARDS_REFUSED,
} GuardGroupResult;

typedef struct GuardGroup {
	Str name;
	GuardGroupResult result;
	size_t count; /* findings */
} GuardGroup;

/* Fills in all of them; false if the run did not come to the guards. */
bool guard_groups_read(const Report *report, const Err *err, GuardGroup out[RULE_GROUPS]);
/* Some groups are named only in a run that has asked for them. */
bool guard_groups_is_shown(RuleGroup group, GuardGroupResult result);
/* "✅ history · ⚠️ staging (1) · ➖ size"; empty if they were not checked. */
Str guard_groups_line(Arena *arena, const Report *report, const Err *err);
/* "passed", "warned", "refused", "off". */
Str guard_groups_word(GuardGroupResult result);

#endif
