/* What one statement of a verify script has said: by what it gives, it may be an assertion that
 * does not hold. See verify/verify.h for the rules. */
#ifndef VERIFY_ASSERTION_H
#define VERIFY_ASSERTION_H

#include "verify/verify.h"
#include "wrap/pipeline.h"

enum {
	ASSERTION_ROWS_MAX = 1000 /* that are looked at */
};

/* `done` has been run, and is a statement of the row's script. Adds to row->assertions if it is an
 * assertion; to `err` ERR_VERIFY if it does not hold. */
void assertion_judge(VerifyRow *row, const Command *done, Err *err);

/* The server has refused `failed`, a statement of the script or a command of ours around it. */
void assertion_fail(const VerifyRow *row, const Command *failed, Err *err);

/* May what it has found come of rows that are only in the real database? */
bool assertion_needs_data(const Fault *fault);

#endif
