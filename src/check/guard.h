/* What a careful engineer looks for before a push: every row of guard.def, judged.
 *
 * Pure: plan, histories and files in, faults out. What is an error, what a warning and what is only
 * said is the table's decision, or an input's where the table names one. */
#ifndef CHECK_GUARD_H
#define CHECK_GUARD_H

#include "check/facts.h"

/* Each finding goes to one of the three, as an ERR_BLOCKED, or an ERR_HISTORY where it blocks
 * nothing. False if there is an error. */
bool guard_check(const GuardFacts *facts, const GuardOptions *options, Err *errors, Err *warnings,
	Err *notes);

/* Should staging be asked? Only if its answer can change anything. */
bool guard_wants_staging(const Plan *plan, const GuardOptions *options);

#endif
