/* What lint is given, and where its findings go. */
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

#endif
