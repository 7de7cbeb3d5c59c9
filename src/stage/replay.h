/* What the repository's migrations make of an empty database: all of them, replayed on the
 * throw-away server of rehearsal-db-url. */
#ifndef STAGE_REPLAY_H
#define STAGE_REPLAY_H

#include "stage/run.h"

/* Fills run->scratch, whose history is then that of the files. The target's history has been read.
 * False with ERR_INPUT if the server may not be used, ERR_CONNECT, ERR_CANCELLED, and ERR_DRIFT if
 * a file is refused there. */
bool replay_files(Run *run, Err *err);

#endif
