/* What a finding is a finding of: one row of a table of rules. Two findings of one rule have the
 * same pointer. */
#ifndef CHECK_RULE_H
#define CHECK_RULE_H

#include "base/err.h"

typedef enum RuleGroup {
#define GROUP(name, words) GROUP_##name,
#include "check/guard_group.def"
#undef GROUP
	RULE_GROUPS /* how many */
} RuleGroup;

typedef struct Rule {
	Str name; /* as reports call it; part of their contract */
	RuleGroup group;
	ErrNext next; /* once its remedy is done */
} Rule;

#endif
