/* What the server has said of a statement's expressions and queries, as refusals. */
#ifndef LINT_JUDGE_ANALYSIS_H
#define LINT_JUDGE_ANALYSIS_H

#include "lint/effect.h"
#include "preflight/analysis.h"

/* Adds the first one to an effect that has none; before or after the statement is applied. */
void judge_analyses(
	const World *world, const Statement *statement, const Analyses *analyses, Effect *effect);

#endif
