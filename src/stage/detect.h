/* The stage that tells which watched files changed: event → basis → changes → filters → outputs.
 * It knows the inputs and the order; the rules are those of detect/. */
#ifndef STAGE_DETECT_H
#define STAGE_DETECT_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "detect/changes.h"
#include "detect/matches.h"
#include "migrate/config.h"

typedef struct Watched {
	bool known; /* false: whether what a push reads has changed could not be told, and is taken
		       as changed */
	bool changed; /* a watched file changed */
	Str compared; /* what was compared with what, for people */
	Changes changes;
	Matches matches;
	Str names; /* JSON array of the filters that have a changed file */
	Str prefix; /* the clone's folder in the workspace with a slash ("sub/"), or empty */
	Err warnings; /* are in the log already */
	VEC(Output) outputs; /* <filter>, <filter>_count, <filter>_files of each filter */
} Watched;

/* `workspace` is absolute; `config` tells the seeds. False, with faults, if the changes cannot be
 * told and the run needs them: in mode detect, with filters of the user's own, and with
 * `skip-unchanged: true`. */
bool watched_find(Arena *arena, const Inputs *inputs, const Workflow *workflow, Str workspace,
	const Config *config, Watched *out, Err *err);

#endif
