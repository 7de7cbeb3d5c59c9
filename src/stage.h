/* What the stages of a run share: where the workspace is, and how a warning is told. */
#ifndef STAGE_H
#define STAGE_H

#include "action/workflow.h"

/* GITHUB_WORKSPACE, or where we are. */
Str stage_workspace(Arena *arena);

/* Each in the log, now; and all of them behind `all`, for the reports at the end. */
void stage_warn(const Workflow *workflow, Err *all, Err *warnings);

#endif
