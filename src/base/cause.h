/* Why a server, or the way to it, has refused something: set once, where its answer is read, and
 * asked ever after. Nobody recovers it from a message. */
#ifndef BASE_CAUSE_H
#define BASE_CAUSE_H

#include "base/str.h"

typedef enum Cause {
	CAUSE_NONE, /* nothing special is known */
#define CAUSE(name, traits, hint) CAUSE_##name,
#include "base/cause.def"
#undef CAUSE
} Cause;

/* What follows from a cause. */
typedef enum CauseTrait {
	CAUSE_PASSES = 1, /* the same run may end well: nothing is wrong with the file */
	CAUSE_STAYS = 2, /* the same run would be refused again */
	CAUSE_IS_LOCK = 4, /* a lock that was not granted, or a deadlock */
	CAUSE_IS_LIMIT = 8, /* a limit of ours was reached */
	CAUSE_IS_PASSWORD = 16, /* trying it again leads to a ban */
	CAUSE_IS_LOGIN = 32, /* this user is not let in from here, whatever else is tried */
	CAUSE_IS_OURS =
		64, /* we refused the server: its certificate, or how it wants to be spoken to */
	CAUSE_IS_PRIVILEGE = 256, /* the role lacks one */
	CAUSE_IS_SILENCE = 128, /* nothing answered, so no password has left */
} CauseTrait;

bool cause_has(Cause cause, CauseTrait trait);
/* What helps; may be empty. */
Str cause_hint(Cause cause);

#endif
