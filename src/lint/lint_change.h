/* What a plan takes away, or leaves as it is although it means something else: rows that are lost,
 * functions and clients that use a name that is gone, tables that leave a publication, and IF NOT
 * EXISTS over another definition. */
#ifndef LINT_LINT_CHANGE_H
#define LINT_LINT_CHANGE_H

#include "lint/lint_run.h"

/* Before a statement changes the world, and after: what it has only if it is not refused. */
void lint_change_before(LintRun *run);
void lint_change_after(LintRun *run, const Effect *effect);
/* What is known at the plan's end. */
void lint_change_end(LintRun *run);

/* A function or an extension that the plan makes, at its end: what is there beside it. */
void lint_beside_end(LintRun *run, const Action *action);

/* IF NOT EXISTS where something is there that is defined otherwise; before the statement. */
void lint_collide(LintRun *run);

#endif
