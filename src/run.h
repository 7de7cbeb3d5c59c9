/* The order of the stages: inputs in, report out. */
#ifndef RUN_H
#define RUN_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "report/report.h"
#include "stage/detect.h"

/* What a report says before anything was done. */
void run_begin(const Inputs *inputs, Report *report);

/* Runs what the inputs ask for; with faults in them (in `err`), only looks for faults in the files,
 * too. Report and changes are filled as far as the run came, also on failure. */
bool run(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	Watched *watched, Err *err);

#endif
