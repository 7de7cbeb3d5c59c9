/* What the checks of a run share: facts in, findings out, and the words of both. Pure. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/facts.h"

typedef struct Check {
	Arena *arena; /* working memory */
	const GuardFacts *facts;
	const GuardOptions *options;
	Err *errors, *warnings, *notes;
	bool *explained; /* versions of the history whose file is found */
	bool *renamed; /* rows of the plan's pending files that are found in the history */
	size_t moves; /* fresh versions given out */
} Check;

/* Adds a finding where its level says, or nowhere. */
void check_add(Check *check, GuardId id, const Values *values);

/* "3 versions", "1 version" */
Str check_count_of(Arena *arena, size_t count, const char *thing);
/* "3 files are", "1 file is" */
Str check_count_are(Arena *arena, size_t count, const char *thing);
/* "and 3 more" as the last item of a list of the first `shown`; nothing if it has all. */
void check_add_more(Buf *list, size_t count, size_t shown);
/* Where a migration with this version and title would be. */
Str check_path(const Check *check, Str version, Str title);

/* Content of a file, and of a version of the target's history; empty if it is unknown, or of
 * comments only. */
Str check_identity(const Check *check, const Migration *migration);
Str check_recorded(const Check *check, size_t record);
/* Is the row a file that is not in the history? */
bool check_is_local_only(const PlanRow *row);

#endif
