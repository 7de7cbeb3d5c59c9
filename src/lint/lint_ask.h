/* What the server shall analyse before anything is judged: the expressions and queries of pending
 * statements, as they will stand when it is their turn.
 *
 * A table that the plan has made or changed is written as a query with its columns. What names
 * anything else that the plan has changed before is not asked about. */
#ifndef LINT_LINT_ASK_H
#define LINT_LINT_ASK_H

#include "lint/lint_input.h"

enum {
	LINT_ASKED_MAX = 500 /* the rest is not asked about: nothing is claimed of it */
};

/* Everything lives in `arena`, or in what was given. None without a catalogue. */
void lint_ask(Arena *arena, const LintInput *input, Analyses *out);

#endif
