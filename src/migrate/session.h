/* A session on the target: how it is opened, and what it is reset to before each migration.
 *
 * Settings travel in front of the flight that needs them, so they cost no turn of their own. They
 * are not given as start-up options, since poolers refuse those. */
#ifndef MIGRATE_SESSION_H
#define MIGRATE_SESSION_H

#include "base/log.h"
#include "wrap/pipeline.h"

typedef struct SessionOptions {
	DbOptions db; /* its notice handler is set by session_open */
	int64_t statement_timeout_ms, lock_timeout_ms; /* 0: no limit */
} SessionOptions;

typedef struct Session {
	Arena *arena;
	const Log *log;
	SessionOptions options;
	Db *db;
	Str role; /* current_user */
	Str backend_pid, backend_start; /* known after the first session_identify */
	int64_t answer_limit_ms; /* for our own short commands: a silent server is an error */
} Session;

/* Connects. Server messages go to the log as they come. Close with session_close. */
bool session_open(
	Arena *arena, const Log *log, const SessionOptions *options, Session *out, Err *err);
void session_close(Session *session);
#define AUTO_SESSION __attribute__((cleanup(session_close))) Session

/* Adds what brings role and settings back to the session's own, with our limits. */
void session_reset(const Session *session, Flight *flight);
/* Adds what drops a leaked SET ROLE or SET SESSION AUTHORIZATION, and nothing else. */
void session_reset_role(Flight *flight);
/* Adds the question who we are; index of the command for session_identified. */
size_t session_identify(Flight *flight);
void session_identified(Session *session, const Command *command);

/* Runs a flight of our own commands, within the answer limit. False with an error also if one of
 * them failed (`kind`). */
bool session_run(Session *session, Flight *flight, ErrKind kind, Err *err);

/* Opens a new connection after the old one was lost; tries again while a server restarts. */
bool session_reconnect(Session *session, Err *err);
/* Waits until the lost backend has ended, then ends it: afterwards nothing of it can commit. */
bool session_settle(Session *session, Str pid, Str start, Err *err);

#endif
