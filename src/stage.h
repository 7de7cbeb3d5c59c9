/* What the stages of a run share: where the workspace is, and how a warning is told. */
#ifndef STAGE_H
#define STAGE_H

#include "action/workflow.h"

/* GITHUB_WORKSPACE, or where we are. */
Str stage_workspace(Arena *arena);

enum {
	STAGE_ANNOTATIONS_MAX = 9
}; /* the runner shows ten of a kind; the tenth says how many there are */

/* Each in the log and, the first ones of a run, as an annotation. */
void stage_warn(const Workflow *workflow, const Err *warnings);

#endif
