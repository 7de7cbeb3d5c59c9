/* Versions of a history without a file here, whose work a file here does under another version:
 * renamed after it has run, or run twice. Told by content alone. Pure, and linear. */
#ifndef PLAN_TWINS_H
#define PLAN_TWINS_H

#include "plan/content.h"
#include "plan/plan.h"

typedef enum TwinKind {
	TWIN_NONE, /* the version has a file, or none does the same, or its content is not known */
	TWIN_WAITING, /* that file is not in the history: it has run under this version */
	TWIN_DONE, /* it is in the history, too, and twice is not the same as once */
} TwinKind;

typedef struct Twin {
	TwinKind kind;
	size_t row; /* the file's, of the plan; of TWIN_NONE 0 */
} Twin;

/* One for each version of the history, which content_compare has been through and the plan is made
 * of. A file that waits is the twin of one version only. */
Twin *twins_find(Arena *arena, const Plan *plan, const Contents *contents, const History *history);

/* Would it change nothing to run the file a second time? Then its content proves nothing. */
bool twins_is_idempotent(const Migration *migration);

#endif
