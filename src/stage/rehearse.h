/* The rehearsal on the target, in a dry run by itself and in a push right before it. */
#ifndef STAGE_REHEARSE_H
#define STAGE_REHEARSE_H

#include "server/lock.h"
#include "stage/run.h"

/* In a push, under its lock. True if nothing fails, or none was asked for. The session has its
 * connection and its lock again afterwards. */
bool rehearse_before_push(Run *run, const History *history, const ApiWait *patience);

#endif
