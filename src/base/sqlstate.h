/* SQLSTATEs by name, and what each means. */
#ifndef BASE_SQLSTATE_H
#define BASE_SQLSTATE_H

#include "base/cause.h"

/* Raised by statements of ours: a version is in the history already; what is kept of a file's
 * progress is not what this run has written. */
#define SQLSTATE_TEXT_RECORDED "SP001"
#define SQLSTATE_TEXT_PROGRESS "SP002"

typedef enum SqlState {
	SQLSTATE_OTHER,
#define SQLSTATE(name, code, cause) SQLSTATE_##name,
#include "base/sqlstate.def"
#undef SQLSTATE
} SqlState;

/* SQLSTATE_OTHER for one that has no row in sqlstate.def, or none at all. */
SqlState sqlstate_read(Str code);
/* CAUSE_NONE where the code alone does not tell. */
Cause sqlstate_cause(Str code);
bool sqlstate_is(Str code, SqlState state);
/* A class is the first two characters. */
bool sqlstate_in_class(Str code, const char *class);

#endif
