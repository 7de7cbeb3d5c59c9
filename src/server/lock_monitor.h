/* Looks on, by a second connection, while a migration runs: who keeps it waiting, and whom it does.
 *
 * The connection is opened only when a flight takes its time, and everything is done in the pauses
 * of the flight that is watched, so that a push that is quick pays nothing. It asks
 * pg_blocking_pids a few times a second. Before others have waited for us as long as they can stand
 * (lookout_brake_ms), the flight is cancelled: better a push that has to be run again than an API
 * that answers with errors. Those who give up and make room for the next count as one who waits.
 * What others run is not told unless it is asked for: queries hold data.
 *
 * It also is the push's sign of life: what is running, for how long, and who keeps whom waiting,
 * every ten seconds, with or without that connection.
 */
#ifndef SERVER_LOCK_MONITOR_H
#define SERVER_LOCK_MONITOR_H

#include "server/lock.h"
#include "sql/script.h"

typedef struct Lookout Lookout;

typedef struct LookoutOptions {
	Patience patience; /* ms 0: look on only */
	bool show_queries;
	const Script *scripts; /* whose statements are named; NULL: they are not */
	size_t script_count;
} LookoutOptions;

/* For this session, whose `lookout` it becomes. Close it with lookout_close before the session. */
void lookout_open(Session *session, const LookoutOptions *options);
void lookout_close(Session *session);

/* The session has a new connection. */
void lookout_renew(Lookout *lookout);

/* A flight is about to start. `gentle`: nobody is kept from reading and writing by it (a concurrent
 * index build), so it is never cancelled for others' sake. NULL is ignored in all of these. */
void lookout_flight(Lookout *lookout, Flight *flight, bool gentle);

/* How long somebody with this limit may wait for us. Less than the limit: his statement's clock
 * started before his wait did, and it takes us time to see him, to cancel and to roll back. At
 * least the time between two looks, so too small a limit does not save anybody. Pure. */
int64_t lookout_brake_ms(int64_t limit_ms);

/* Has the flight been cancelled because others waited? */
bool lookout_has_braked(const Lookout *lookout);
/* Was it itself waiting for somebody, when last seen? */
bool lookout_was_blocked(const Lookout *lookout);
/* Who was in the way in the last flight, one a line; empty if nobody was seen. */
Str lookout_blockers(Arena *arena, const Lookout *lookout);
/* Why it was cancelled: who waited, and how long. */
Str lookout_reason(Arena *arena, const Lookout *lookout);

#endif
