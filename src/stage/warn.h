/* What the stages of a run share: how a warning is told. */
#ifndef STAGE_WARN_H
#define STAGE_WARN_H

#include "action/workflow.h"

/* Each in the log, now; and all of them behind `all`, for the reports at the end. */
void stage_warn(const Workflow *workflow, Err *all, Err *warnings);

#endif
