/* `-- promote: allow <rule>: <reason>` directly before a statement: the finding is allowed there.
 */
#ifndef LINT_LINT_ALLOW_H
#define LINT_LINT_ALLOW_H

#include "lint/lint_rule.h"
#include "sql/script.h"

typedef struct LintAllow {
	LintId rule; /* LINT_RULES: none of that name */
	Str words; /* after "allow" */
	const char *at; /* in the file's text */
	bool has_reason, is_used;
} LintAllow;

typedef VEC(LintAllow) LintAllows;

/* The comments before statement `index`. */
LintAllows lint_allow_read(Arena *arena, const Script *script, size_t index);
/* Is the rule allowed? It then counts as used. */
bool lint_allow_use(LintAllows *allows, LintId rule);

#endif
