/* The pending files as a push would run them, in one transaction that is rolled back: what each
 * statement does is asked right after it, in the same flight.
 *
 * Nothing of it stays. What a rollback does not undo is not run (effects/deny), nor what may hold a
 * large table too long (effects/weight); each command is limited, each probe makes sure that the
 * transaction is still ours. Those who wait for it are seen by the lock monitor, and let in. */
#ifndef REHEARSE_REHEARSE_H
#define REHEARSE_REHEARSE_H

#include "effects/rehearsal.h"
#include "rehearse/options.h"
#include "server/session.h"

/* The limits for a live target. */
WeightLimits rehearse_limits(void);

/* What fails as the push would is added to `err`; what may fail for the rehearsal's own reasons to
 * `warnings`. False with a fault only if the run was cancelled: what could not be rehearsed is
 * in `out`. The session is outside of any transaction afterwards, or has no connection. */
bool rehearse_run(
	Session *session, const RehearseOptions *options, Rehearsal *out, Err *warnings, Err *err);

#endif
