/* Asks the target what preflight/question wants to know.
 *
 * Each question is a read-only transaction of its own, with pg_catalog alone on the search path,
 * without what row level security would hide, and within limits; all of them travel in one flight,
 * small tables first. Nothing above ACCESS SHARE is taken, and no value of a row comes back. */
#ifndef SERVER_PREFLIGHT_ASK_H
#define SERVER_PREFLIGHT_ASK_H

#include "preflight/questions.h"
#include "server/session.h"

typedef struct PreflightLimits {
	int64_t statement_ms, lock_ms; /* of one question */
	int64_t budget_ms; /* of all of them */
	int64_t sampled_above, whole_upto; /* bytes: of a table between the two a sample is asked
					      first, of one above nothing but a sample */
} PreflightLimits;

extern const PreflightLimits preflight_limits;

/* The definitions of constraints, into the catalogue: one turn, none if there are none. One whose
 * table is locked is left without. */
bool preflight_read_checks(
	Session *session, const PreflightLimits *limits, const Checks *checks, Err *err);

/* One turn, and one more if there are large tables. What could not be answered is in the question
 * itself. False with ERR_CONNECT if the connection is lost, or with ERR_CANCELLED. */
bool preflight_ask(Session *session, const PreflightLimits *limits, Questions *questions, Err *err);

#endif
