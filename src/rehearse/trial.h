/* The state of one rehearsal, and how what came of a flight is read. For this folder alone. */
#ifndef REHEARSE_TRIAL_H
#define REHEARSE_TRIAL_H

#include "effects/deny.h"
#include "effects/probe.h"
#include "rehearse/flight.h"
#include "effects/rehearsal.h"
#include "rehearse/options.h"

/* Of the probe's prepared statement. */
typedef enum ProbeState {
	PROBE_TO_PREPARE, /* by the next flight */
	PROBE_PREPARED,
	PROBE_UNPREPARED, /* a file deallocates it, or a pooler's connection has one of that name */
} ProbeState;

typedef struct Trial {
	Session *session;
	const RehearseOptions *options;
	Rehearsal *out;
	Arena *arena; /* of what stays */
	Err *warnings, *err;
	/* of the server's answers */
	Str transaction, highest;
	Things objects, findings;
	Suspects suspects;
	int64_t **estimates; /* of each file's statements; -1 */
	Probe *probe;
	ProbeState probe_state;
	/* how far it has come */
	size_t next; /* file */
	size_t *tries; /* of each file, that could not get a lock */
	size_t turns;
	bool is_doubtful; /* something was left out: what fails now proves nothing */
	bool after_failed; /* a file has failed */
} Trial;

/* What came of the files of a flight: effects, failures; and which file is next. */
void trial_read(Trial *trial, const Flight *flight, size_t until);
/* What came of the questions at its end, if it has come so far. */
void trial_read_end(Trial *trial, const Flight *flight);
/* The rehearsal ends here; what has not run is marked. */
void trial_stop(Trial *trial, Str why);

#endif
