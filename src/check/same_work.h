/* Which versions and files are the same work, told by their content: a version that was run under
 * another, a copy, a file that is issued once more. */
#ifndef CHECK_SAME_WORK_H
#define CHECK_SAME_WORK_H

#include "check/check.h"

/* Versions of the history without a file here, and pending files that are in the history: fills
 * check->explained and check->renamed. */
void same_work_check_missing(Check *check);
/* Pending files among each other. */
void same_work_check_pending(Check *check);

#endif
