/* Keeps the pull request's comment up to date: whose comment it is, whether there is something new
 * to say, and the requests for it. The text is report/comment's. */
#ifndef STAGE_PULL_COMMENT_H
#define STAGE_PULL_COMMENT_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "report/report.h"

/* Takes 20 s at most, and ends as soon as a signal comes. What goes wrong is added to `warnings`;
 * it changes nothing else. */
void notify_pull(Arena *arena, const Inputs *inputs, const Workflow *workflow, const Report *report,
	const Err *failure, Err *warnings);

#endif
