/* Lint: pending files judged by what the target has, before anything runs.
 *
 * Pure: the files' facts and the catalogue in, predictions and findings out. A finding is an error
 * only if the server is certain to refuse the statement; what keeps people waiting is reported with
 * its size, and not at all where it is over at once. */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "lint/effect.h"
#include "lint/lint_input.h"

/* What a statement was predicted to do. */
typedef struct Prediction {
	const Script *script;
	const Statement *statement;
	Effect effect;
} Prediction;

typedef struct Lint {
	bool has_catalog;
	VEC(Prediction) predictions; /* in the order of the plan */
	Judgements judgements;
} Lint;

/* Findings are ERR_BLOCKED. `out` lives in `arena`. */
void lint_run(Arena *arena, const LintInput *input, Lint *out, const LintFindings *findings);
/* Has it predicted that the server refuses the statement? */
bool lint_refuses(const Lint *lint, const Statement *statement);

#endif
