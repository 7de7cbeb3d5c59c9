/* The rules of lint.def, and one finding in words. */
#ifndef LINT_LINT_RULE_H
#define LINT_LINT_RULE_H

#include "base/rule.h"

typedef enum LintLevel {
	LINT_LEVEL_error, /* in the order of the inputs' choices */
	LINT_LEVEL_warn,
	LINT_LEVEL_off,
	LINT_LEVEL_note,
} LintLevel;

typedef enum LintId {
#define LINT(id, name, level, condition, sentence, remedy) LINT_##id,
#include "lint/lint.def"
#undef LINT
	LINT_RULES
} LintId;

/* What a row's {words} stand for; empty ones stay out. */
typedef struct LintValues {
	Str object, table, column, what, size, time, lock, name, type, expression, columns, other;
} LintValues;

const Rule *lint_rule(LintId id);
/* The table's. */
LintLevel lint_rule_level(LintId id);
/* What is looked for, as the table has it. */
Str lint_rule_condition(LintId id);
/* LINT_RULES if there is none of this name. */
LintId lint_rule_find(Str name);

Str lint_sentence(Arena *arena, LintId id, const LintValues *values);
Str lint_remedy(Arena *arena, LintId id, const LintValues *values);

#endif
