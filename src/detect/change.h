/* A path that differs between two states of a repository: the datum that detection hands to
 * filters. */
#ifndef DETECT_CHANGE_H
#define DETECT_CHANGE_H

#include "base/str.h"
#include "base/vec.h"

typedef enum ChangeStatus {
#define CHANGE_STATUS(name, word) CHANGE_##name,
#include "detect/change.def"
#undef CHANGE_STATUS
} ChangeStatus;

typedef struct Change {
	Str path; /* relative to the repository's root; any bytes but NUL */
	ChangeStatus status;
} Change;

typedef VEC(Change) Changes;

#endif
