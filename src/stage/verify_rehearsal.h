/* Verify scripts in a rehearsal, after the pending files and before all is rolled back: what does
 * not hold there stops the plan before it is pushed. */
#ifndef STAGE_VERIFY_REHEARSAL_H
#define STAGE_VERIFY_REHEARSAL_H

#include "rehearse/options.h"
#include "stage/run.h"

typedef struct VerifyRehearsal {
	Verify verify; /* the run's own as it is before the push: rows have a state of their own */
	RehearseChecks checks; /* count 0: there is no script to run */
	Err found;
} VerifyRehearsal;

/* The scripts that a push would run. Has to stay where it is. */
void verify_rehearsal_begin(Run *run, VerifyRehearsal *out);

/* After a rehearsal whose rest was committed on the throw-away server: runs them there, if they
 * have not run. */
void verify_rehearsal_committed(Session *session, RehearseChecks *checks);

/* What does not hold, to `err`; what proves nothing, to `warnings`; what was not run, to `notes`.
 */
void verify_rehearsal_end(Run *run, VerifyRehearsal *rehearsal, Err *warnings, Err *notes);

#endif
