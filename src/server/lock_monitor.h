/* Looks on, by a second connection, while a migration runs: who keeps it waiting, and whom it does.
 *
 * The connection is opened only when a batch takes its time, and everything is done in the pauses
 * of the batch that is watched, so that a push that is quick pays nothing. It asks
 * pg_blocking_pids a few times a second. Before others have waited for us as long as they can bear
 * (lock_monitor_cancel_after_ms), the batch is cancelled: better a push that has to be run again
 * than an API that answers with errors. Those who give up and make room for the next count as one
 * who waits. Queries of other sessions are shown in debug runs only: they contain data.
 *
 * It also is the push's sign of life: what is running, for how long, and who keeps whom waiting,
 * every ten seconds, with or without that connection. */
#ifndef SERVER_LOCK_MONITOR_H
#define SERVER_LOCK_MONITOR_H

#include "server/lock.h"
#include "sql/script.h"

typedef struct LockMonitor LockMonitor;

typedef struct LockMonitorOptions {
	ApiWait patience; /* ms 0: look on only */
	bool show_queries;
	const Script *scripts; /* whose statements are named; NULL: they are not */
	size_t script_count;
} LockMonitorOptions;

/* For this session, whose `monitor` it becomes. Close it with lock_monitor_close before the
 * session. */
void lock_monitor_open(Session *session, const LockMonitorOptions *options);
void lock_monitor_close(Session *session);

/* The session has a new connection. */
void lock_monitor_renew(LockMonitor *monitor);

/* A batch is about to start. `blocks_nobody`: nobody is kept from reading and writing by it (a
 * concurrent index build), so it is never cancelled for others' sake. NULL is ignored in all of
 * these. */
void lock_monitor_watch(LockMonitor *monitor, Batch *batch, bool blocks_nobody);

/* How long somebody with this limit may wait for us. Less than the limit: his statement's clock
 * started before his wait did, and it takes us time to see him, to cancel and to roll back. At
 * least the time between two looks, so too small a limit does not save anybody. Pure. */
int64_t lock_monitor_cancel_after_ms(int64_t limit_ms);

/* Has the batch been cancelled because others waited? */
bool lock_monitor_has_cancelled(const LockMonitor *monitor);
/* The command that was running when that was decided; NULL if it has not been. */
const Command *lock_monitor_cancelled_at(const LockMonitor *monitor);
/* Was it itself waiting for somebody, when last seen? */
bool lock_monitor_was_blocked(const LockMonitor *monitor);
/* Who was in the way in the last batch, one a line; empty if nobody was seen. */
Str lock_monitor_blockers(Arena *arena, const LockMonitor *monitor);
/* Why it was cancelled: who waited, and how long. */
Str lock_monitor_reason(Arena *arena, const LockMonitor *monitor);

#endif
