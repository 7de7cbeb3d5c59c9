/* supabase/roles.sql: the roles that migrations and seeds refer to, run before them.
 *
 * It is recorded nowhere and run by every push that asks for it, so that its second run is the
 * normal case: each statement has a savepoint, and one whose role (or whatever it makes) exists
 * already, SQLSTATE 42710, is skipped; with a warning, unless it is a plain CREATE ROLE. All of
 * it is one transaction. */
#ifndef EXTRAS_ROLES_H
#define EXTRAS_ROLES_H

#include "sql/script.h"

typedef struct Session Session;

typedef enum RoleState {
	ROLE_WAITING, /* it will be run; or a push did not come to it */
	ROLE_NEUTRAL, /* a comment, SET, RESET: nothing that stays */
	/* CREATE ROLE of one that the target has, and that nothing before it in the file can have
	 * taken away: it need not be run */
	ROLE_THERE,
	ROLE_RUN,
	ROLE_EXISTED, /* it was run, and the server said so */
} RoleState;

typedef struct Roles {
	bool is_found;
	Migration file; /* its path and text; no version */
	Script script;
	RoleState *states; /* of its statements */
	bool is_done; /* committed */
	bool has_failed;
	int64_t us; /* time on the server and the way there */
} Roles;

/* Reads `supabase/roles.sql` in `base` (absolute, below the resolved workspace `root`), if it is
 * there. Adds ERR_SOURCE, and ERR_BLOCKED for what cannot run in one transaction. */
bool roles_read(Arena *arena, Str root, Str base, Roles *out, Err *err);

/* Asks which of the roles exist; one turn. Adds ERR_DATA. */
bool roles_compare(Session *session, Roles *roles, Err *err);

/* How many statements are in a state. */
size_t roles_count(const Roles *roles, RoleState state);

/* Runs what is waiting; nothing if nothing is. Adds ERR_DATA, ERR_CANCELLED, ERR_OUTCOME; and to
 * `warnings` what was undone because something exists. */
bool roles_run(Session *session, Roles *roles, Err *warnings, Err *err);

#endif
