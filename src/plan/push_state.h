/* A push as data: one row a migration, and what has become of it. */
#ifndef PLAN_PUSH_STATE_H
#define PLAN_PUSH_STATE_H

#include "plan/history.h"
#include "sql/script.h"

typedef enum PushState {
	PUSH_NOT_RUN,
	PUSH_APPLIED,
	PUSH_FAILED, /* nothing of it is in the database */
	PUSH_PARTLY, /* its first `kept` statements are, and no history row */
	PUSH_UNKNOWN, /* the server could not be asked, or a statement that commits has failed */
} PushState;

typedef struct PushRow {
	Script *script;
	PushState state;
	size_t kept; /* statements whose effects stay */
	int64_t us; /* time on the server and the way there */
	size_t tries; /* that could not get a lock */
	bool resumed; /* the outcome was read from the history after the connection was lost */
	const History *history; /* of the target, as it was under the lock */
	bool is_reset; /* role and settings are the session's own, or what the file made of them */
	bool is_begun, is_tracked; /* see push/progress: begun, and with a row of its own */
	bool is_noted; /* that row is there, and says: */
	size_t noted, noting; /* so many statements are done; or once a batch is through */
	Str noted_chain, noting_chain; /* their content_chain */
	size_t chained; /* `chain` is the content_chain of so many statements */
	Str chain;
} PushRow;

typedef struct Push {
	PushRow *rows;
	size_t count, applied;
} Push;

#endif
