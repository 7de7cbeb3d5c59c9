/* What a finding is a finding of: one row of a table of rules. Two findings of one rule have the
 * same pointer. Each room that has findings has its own table. */
#ifndef BASE_RULE_H
#define BASE_RULE_H

#include "base/err.h"

typedef enum RuleGroup {
#define GROUP(name, words, shown) GROUP_##name,
#include "base/rule_group.def"
#undef GROUP
	RULE_GROUPS /* how many */
} RuleGroup;

typedef struct Rule {
	Str name; /* as reports call it; part of their contract */
	RuleGroup group;
	ErrNext next; /* once its remedy is done */
} Rule;

#endif
