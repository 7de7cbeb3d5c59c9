/* The last stage: the result goes to the log, the annotations, the outputs, the step summary, the
 * report's file and the pull request's comment. */
#ifndef STAGE_PUBLISH_H
#define STAGE_PUBLISH_H

#include "stage/run.h"

/* False if a file cannot be written that was asked for (ERR_RUNNER). A comment that cannot be
 * written is a warning. */
bool publish_result(Run *run);

/* The outputs of a run that has come to nothing, written before anything is done: if the process is
 * killed, they are what a later step reads. It also finds out early that they can be written. */
bool publish_announce(const Run *run);

#endif
