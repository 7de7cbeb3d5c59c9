/* The order of the stages: inputs in, report out. */
#ifndef RUN_H
#define RUN_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "report/report.h"
#include "watched.h"

/* Runs what the inputs ask for; with faults in them (in `err`), only looks for faults in the files,
 * too. Report and changes are filled as far as the run came, also on failure. */
bool run(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	Watched *watched, Err *err);

/* Tells the result everywhere: log, annotations, outputs, step summary. False if a file of the
 * runner's cannot be written (ERR_RUNNER). */
bool run_publish(Arena *arena, const Inputs *inputs, const Workflow *workflow, Report *report,
	const Watched *watched, Err *err);

/* The outputs of a run that has come to nothing, written before anything is done: if the process is
 * killed, they are what a later step reads. It also finds out early that they can be written. */
bool run_announce(Arena *arena, const Workflow *workflow, Err *err);

#endif
