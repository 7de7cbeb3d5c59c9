/* Which statement of a plan has a finding come from? By the names that the statements' facts hold:
 * where they do not say for sure, there is none. Pure. */
#ifndef EFFECTS_ORIGIN_H
#define EFFECTS_ORIGIN_H

#include "effects/rehearsal.h"

typedef struct Origin {
	const Script *script; /* NULL: it is not known */
	const Statement *statement;
	const Action *action;
} Origin;

/* The last statement that makes the thing: it names it, or does `by` to what it is on; or else the
 * last that names what it is on. */
Origin origin_find(const Rehearsal *rehearsal, const Thing *thing, ActionKind by);

#endif
