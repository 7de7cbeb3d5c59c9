/* The caller's checks at the end of a rehearsal. For rehearse/rehearse alone. */
#ifndef REHEARSE_CHECKS_H
#define REHEARSE_CHECKS_H

#include "rehearse/trial.h"
#include "server/transaction.h"

/* The files' scripts and those of the checks, for what is asked of them all. */
const Script *checks_with_files(const Trial *trial, size_t *count);
/* Marks what must not run. */
void checks_decide(const Trial *trial, const DenyOptions *deny);
/* Runs the others, and rolls back: one turn. All files have passed, and their transaction is open.
 */
void checks_run(Trial *trial, Str limits, const TransactionOptions *how);

#endif
