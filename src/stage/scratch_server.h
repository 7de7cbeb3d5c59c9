/* The throw-away server of rehearsal-db-url, as run->scratch: opened, checked, pushed to. */
#ifndef STAGE_SCRATCH_SERVER_H
#define STAGE_SCRATCH_SERVER_H

#include "stage/run.h"

/* May it be used? `there` is its history, `target` the target's: see rehearse/scratch. */
typedef bool ScratchCheck(Session *scratch, const History *there, const History *target, Err *err);

/* Opens it, takes its lock, and reads its history. The target's history has been read. False with
 * ERR_INPUT if it may not be used, ERR_CONNECT, ERR_BLOCKED. */
bool scratch_server_open(Run *run, ScratchCheck *check, Err *err);

/* Pushes there, as to any target. False with what a push adds to `err`. */
bool scratch_server_push(Run *run, Script *scripts, size_t count, Push *push, Err *err);

/* Its history as it is now. */
bool scratch_server_read(Run *run, Err *err);

#endif
