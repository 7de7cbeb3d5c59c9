/* A rehearsal as data: what each file and statement has done before it was rolled back, what was
 * not run and why, and what the plan as a whole adds and takes away. For reports. */
#ifndef EFFECTS_REHEARSAL_H
#define EFFECTS_REHEARSAL_H

#include "effects/delta.h"
#include "effects/effects.h"

/* In the order of the input's choices. */
typedef enum RehearsalPlace {
	REHEARSAL_OFF,
	REHEARSAL_ON_TARGET,
	REHEARSAL_ON_SCRATCH,
} RehearsalPlace;

typedef struct RehearsedFile {
	const Script *script;
	Effects *effects; /* one for each statement */
	NotRun not_run; /* the whole file; or from which statement on its failures prove nothing */
	Str not_run_what;
	bool complete; /* all of it has run, and nothing has failed */
	bool failed; /* as a push would fail */
	bool after_failed; /* a file before it has failed, so what it says may come from that */
	const Fault *error; /* of the file as a whole: at its commit, or of its history row */
	int64_t us; /* of its statements */
} RehearsedFile;

typedef struct Rehearsal {
	RehearsalPlace place; /* REHEARSAL_OFF: none was asked for */
	bool done; /* it has come to its end; files may not have been run all the same */
	Str stopped; /* why not; empty if it is done */
	RehearsedFile *files;
	size_t count;
	Relations relations;
	bool has_delta; /* what is there at the end is known */
	Things appeared, disappeared, security;
	int64_t anon_ms, users_ms; /* statement_timeout of anon and authenticated there; 0: none */
	Str advanced; /* sequences whose numbers a rollback does not give back, with commas */
	int64_t us;
} Rehearsal;

/* Have all files been run to their end, or to the failure of one? */
bool rehearsal_is_complete(const Rehearsal *rehearsal);
/* Have all of them passed? */
bool rehearsal_has_passed(const Rehearsal *rehearsal);
size_t rehearsal_files_complete(const Rehearsal *rehearsal);

#endif
