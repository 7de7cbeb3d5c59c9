/* One push at a time: a session advisory lock on the target, and the others' patience.
 *
 * The lock is polled with pg_try_advisory_lock, never waited for in the server: a session that
 * waits there holds a snapshot, CREATE INDEX CONCURRENTLY waits for that snapshot, and the two
 * deadlock. Advisory locks belong to a database, so one key does for all. The server gives the lock
 * back when the session ends, however it ends. */
#ifndef SERVER_LOCK_H
#define SERVER_LOCK_H

#include "plan/history.h"
#include "server/api_limits.h"
#include "server/session.h"

/* Takes the lock, and reads patience and, under the lock, the history: one turn if the lock is
 * free. Otherwise names the holder and tries again for `wait_ms`; then adds ERR_BLOCKED. The
 * session keeps `history` to compare with. */
bool lock_take(Session *session, int64_t wait_ms, History *history, ApiWait *patience, Err *err);

/* Runs a batch that may hold statements of others, and that ends outside of any transaction. Those
 * may have given the lock back (pg_advisory_unlock_all, DISCARD ALL): after them, in the same
 * turn, it is taken once more, which does no harm where it is still ours. lock_keep knows the
 * answer. As batch_run otherwise. */
bool lock_run(Session *session, Batch *batch, Deadline deadline, bool interruptible, Err *err);

/* Adds what takes it again between two files of one batch, and fails where somebody else has it:
 * then the rest of the batch must not run (PURPOSE_LOCK). */
void lock_add_again(Batch *batch);

/* Between two parts of a push, outside of any transaction: takes the lock again if it was lost, on
 * a new connection or after something has given it back. Adds ERR_OUTCOME if another push has been
 * quicker, or if the history is not what this session has made of it. */
bool lock_keep(Session *session, Err *err);

/* Adds what gives it back, however often it was taken, and other advisory locks that were left. */
void lock_release(Batch *batch);

#endif
