/* From what a team knows of its database to a safe session: one function for both kinds of target.
 *
 * A URL is connected to as it is. A project is looked up first, in two turns with the Management
 * API: what it is (while its direct host is tried), then the login role and, if the direct host
 * does not answer, the shared pooler, side by side. Then there is one login. */
#ifndef TARGET_TARGET_H
#define TARGET_TARGET_H

#include "action/credentials.h"
#include "action/workflow.h"
#include "server/session.h"

typedef struct TargetOptions {
	const Workflow *workflow; /* whose log reports the way in */
	Credentials credentials; /* db_url, or project_ref and access_token */
	Str application_name;
	int64_t connect_timeout_ms; /* for the login, and for each of our short questions */
	int64_t statement_timeout_ms, lock_timeout_ms;
	size_t lock_retries;
	bool read_only; /* nothing will be written: a login role that cannot, if there is one */
	bool wants_role; /* the role that a push has, all the same */
	bool rehearses; /* what is written is rolled back: a login role that can, and a session of
			   its own */
} TargetOptions;

/* What is known of the target besides the session. */
typedef struct Target {
	Str ref, name, region; /* of a project, for people; empty for a URL */
	Str version; /* of its database, as the API knows it before a login; may be empty */
	bool maybe_pooled; /* what is in front of the server must be found out: pooler_check */
	Err warnings; /* what should be reported, and stops nothing */
	struct ProjectLogin *entry; /* the way in, for target_reopen_writable; NULL for a URL */
} Target;

/* Opens a session. Passwords that are made on the way are masked in the runner's log before they
 * are used. `arena` must outlive the session. Errors: ERR_SERVICE (the Management API),
 * ERR_CONNECT, ERR_BLOCKED (a pooler in transaction mode, unless read_only), ERR_CANCELLED. */
bool target_open(
	Arena *arena, const TargetOptions *options, Target *out, Session *session, Err *err);

/* When the history could not be read, which is what `err` says, by a login role that can only read:
 * reopens the session with one that can write, as postgres, in transactions that cannot. True:
 * done, and `err` is empty. False: there is no better login, or it was refused. */
bool target_reopen_writable(const Target *target, Session *session, Err *err);

/* The text of TypeScript types that the Management API gives for a project, of these schemas.
 * ERR_SERVICE; not for a URL. */
bool target_types(const Target *target, const Names *schemas, Str *out, Err *err);

#endif
