/* Which versions and files are the same work, by their content: a version that was run under
 * another, a copy, a file that is issued once more. */
#ifndef CHECK_SAME_WORK_H
#define CHECK_SAME_WORK_H

#include "check/check.h"

/* Versions of the history without a file here: fills check->explained and check->renamed. */
void same_work_check_missing(Check *check);
/* Files that are all here, applied or pending, with one content: what their authors have committed,
 * so that nothing is wrong with it as such. */
void same_work_check_files(Check *check);

#endif
