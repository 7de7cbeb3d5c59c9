/* The rehearsal on a throw-away server: the target's history is replayed there, then the pending
 * files are rehearsed; what only a commit can prove is committed there. */
#ifndef STAGE_SCRATCH_H
#define STAGE_SCRATCH_H

#include "rehearse/options.h"
#include "stage/run.h"

/* False with a fault: the server cannot be used, or a pending file fails there. What keeps it from
 * being a proof is among `notes`. */
bool scratch_rehearse(Run *run, RehearseOptions *options, Err *warnings, Err *notes);

#endif
