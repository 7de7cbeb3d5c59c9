/* The guards: what was looked at before the push, and what came of it. */
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
/* "Guards: 2 passed, 1 off" in Markdown, which opens to each of them and to `more`, paragraphs;
 * empty if they were not checked. */
Str guard_groups_section(Arena *arena, const Report *report, const Err *err, Str more);
/* Of what is no error: as a warning or a note it blocks nothing. A finding of lint has its rule's
 * name, another one its group's. */
Str guard_groups_title(const Fault *fault);
/* "passed", "warned", "refused", "off". */
Str guard_groups_word(GuardGroupResult result);

#endif
