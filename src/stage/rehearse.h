/* The rehearsal on the target, in a dry run by itself and in a push right before it. */
#ifndef STAGE_REHEARSE_H
#define STAGE_REHEARSE_H

#include "server/lock.h"
#include "stage/run.h"

/* In a push, under its lock. True if nothing fails, or none was asked for. The session has its
 * connection and its lock again afterwards. */
bool rehearse_before_push(Run *run, const History *history, const ApiWait *patience);
/* What the data have answered, beside a rehearsal on the target: called by whichever is later. */
void rehearse_check_answers(Run *run);

#endif
