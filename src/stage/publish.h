/* The last stage: the result goes to the log, the annotations, the outputs, the step summary, the
 * report's file and the pull request's comment. */
#ifndef STAGE_PUBLISH_H
#define STAGE_PUBLISH_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "report/report.h"
#include "stage/detect.h"

/* False if a file cannot be written that was asked for (ERR_RUNNER). A comment that cannot be
 * written is a warning. */
bool publish_result(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	const Watched *watched, Err *err);

/* The outputs of a run that has come to nothing, as `nothing` tells it, written before anything is
 * done: if the process is killed, they are what a later step reads. It also finds out early that
 * they can be written. */
bool publish_announce(Arena *arena, const Inputs *inputs, const Workflow *workflow,
	const Report *nothing, Err *err);

#endif
