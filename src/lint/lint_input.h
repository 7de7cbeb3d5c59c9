/* What lint is given, and what its findings are. */
#ifndef LINT_LINT_INPUT_H
#define LINT_LINT_INPUT_H

#include "lint/lint_rule.h"
#include "preflight/analysis.h"
#include "schema/catalog.h"
#include "sql/script.h"

typedef struct LintOptions {
	LintLevel level; /* WARN: as the table has it; ERROR: a warning is one; OFF: nothing */
	LintLevel rules[LINT_RULES]; /* of one rule; only where is_set */
	bool is_set[LINT_RULES];
} LintOptions;

typedef struct LintInput {
	const Script *scripts;
	size_t count;
	const Catalog *catalog; /* NULL: there is none; catalog_assumed: files without a target */
	const LintOptions *options;
	const Analyses *analyses; /* NULL: nothing was analysed */
} LintInput;

/* Where findings go, by their level. */
typedef struct LintFindings {
	Err *errors, *warnings, *notes;
} LintFindings;

/* A rule that a statement breaks, said or not. */
typedef struct Judgement {
	LintId rule;
	Str object,
		part; /* as the finding has them; `part`: quoted as in SQL, as a policy's name */
	Fault *finding; /* NULL: it is allowed there, or the rule is off */
} Judgement;

typedef VEC(Judgement) Judgements;

#endif
