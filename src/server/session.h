/* A session on the target: how it is opened, and what it is reset to before each migration.
 *
 * Settings travel in front of the batch that needs them, so they cost no turn of their own. They
 * are not given as start-up options, since poolers refuse those. The same goes for the role: a
 * login that is only a way in (`options.role`) takes it on in the first batch, and again wherever
 * something has dropped it. */
#ifndef SERVER_SESSION_H
#define SERVER_SESSION_H

#include "base/log.h"
#include "wrap/pipeline.h"

/* Is asked for another user and password when the server has refused those in `db`. False: there
 * are no others; a reason that is worth telling is in `err`. */
typedef bool SessionRenewFn(void *context, DbOptions *db, Err *err);

typedef struct SessionOptions {
	DbOptions db; /* its notice handler is set by session_open */
	Str role; /* taken on after the login; empty: the login's own */
	int64_t statement_timeout_ms, lock_timeout_ms; /* 0: no limit */
	size_t lock_retries; /* of what could not get a lock */
	bool read_only; /* nothing is written: every transaction is read-only */
	SessionRenewFn *renew; /* NULL: never */
	void *renew_context;
} SessionOptions;

/* Does the server take writes of this login? */
typedef enum SessionWrites {
	WRITES_ALLOWED,
	WRITES_NOT_ON_STANDBY,
	WRITES_OFF, /* default_transaction_read_only, of the database or the whole server */
	WRITES_OFF_FOR_ROLE, /* the same, of the role */
} SessionWrites;

typedef struct Session {
	Arena *arena;
	const Log *log;
	SessionOptions options;
	Db *db;
	Str role; /* current_user */
	/* known after session_begun */
	Str backend_pid, backend_start;
	SessionWrites writes;
	int64_t answer_limit_ms; /* for our own short commands: a silent server is an error */
	Str settings; /* the command that makes our limits the session's, instead of the login's */
	/* see server/lock: is the push's lock ours; the history as it was when it was taken; the
	 * versions that this session has begun to push since */
	bool has_lock;
	Str speaker; /* whose messages the next ones are: a file's name; empty once it was said */
	const struct History *held;
	VEC(Str) begun;
	struct LockMonitor *
		monitor; /* looks on while a migration runs: see server/lock_monitor; may be NULL */
} Session;

/* Connects. A login that is refused is tried again only with what `renew` gives. Server messages go
 * to the log as they come. Close with session_close. */
bool session_open(
	Arena *arena, const Log *log, const SessionOptions *options, Session *out, Err *err);
void session_close(Session *session);
#define AUTO_SESSION __attribute__((cleanup(session_close))) Session

/* Adds, as the first commands of a new connection's first batch, the question who we are, what
 * takes the role on, what lifts the login's settings that would end a session or a transaction, and
 * what makes a session that is read only so by default. */
void session_begin(const Session *session, Batch *batch);
/* Takes the answers. False if there is none, or the login may not take the role (ERR_CONNECT). */
bool session_begun(Session *session, const Batch *batch, Err *err);

/* Adds what brings role and settings back to the session's own, with our limits. */
void session_reset(const Session *session, Batch *batch);
/* Adds what drops a leaked SET ROLE or SET SESSION AUTHORIZATION, and nothing else. */
void session_reset_role(const Session *session, Batch *batch);
/* Adds what takes the role on again; nothing if the login's own is wanted. */
void session_assert_role(const Session *session, Batch *batch);
/* Adds what makes the role the session's own until the transaction ends; then, or after
 * session_return_role, it is again what the file has made of it. For the latter, the one must come
 * after session_keep_role. */
void session_own_role(const Session *session, Batch *batch);
void session_keep_role(Batch *batch);
void session_return_role(Batch *batch);
/* Each of these is for the transaction that the batch is in, and leaves nothing, so that a
 * connection that turns out to be shared is given back as it was.
 *
 * Whoever may create in a schema of the search path can define an operator, a function or a type
 * that fits better than pg_catalog's, and that would run with our rights. So questions of our own
 * begin with session_ask, or session_ask_rows; what runs among a file's statements, whose search
 * path is theirs, and DDL, which may fire event triggers, names pg_catalog in every operator, cast
 * and type. */

/* Adds what lets names mean pg_catalog's alone, refuses writes, and lifts a statement_timeout or
 * transaction_timeout that a file or the login may have: the client's own limit applies. */
void session_ask(Batch *batch);
/* The same with our limits, for rows of a table: what a policy would hide, and a view in the
 * table's place, are errors. */
void session_ask_rows(const Session *session, Batch *batch);
/* Adds our limits. */
void session_limit(const Session *session, Batch *batch);
/* Adds what lets the statement between the two take its time; what the file has set comes back
 * after it. Each is a separate transaction. */
void session_suspend_limits(Batch *batch);
void session_resume_limits(Batch *batch);
/* Runs a batch of our own commands, within the answer limit. False with an error also if one of
 * them failed (`kind`). */
bool session_run(Session *session, Batch *batch, ErrKind kind, Err *err);

/* Opens a new connection after the old one was lost, also while a server restarts; waits until the
 * lost session has ended, or ends it: afterwards what it has left is final. */
bool session_recover(Session *session, Err *err);

#endif
