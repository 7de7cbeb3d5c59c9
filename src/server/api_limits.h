/* How long the roles that serve the API wait: statement_timeout and lock_timeout of anon,
 * authenticated and authenticator, as they are set in the database or for the whole server. */
#ifndef SERVER_API_LIMITS_H
#define SERVER_API_LIMITS_H

#include "wrap/pipeline.h"

/* How long others may wait for us: the smallest of those limits. */
typedef struct ApiWait {
	int64_t ms; /* 3 s if none of them has a limit */
	Str of; /* for people: "anon's statement_timeout" */
} ApiWait;

/* The question: a row for each role and setting. It names pg_catalog throughout. */
Str api_limits_question(void);
ApiWait api_limits_wait(Arena *arena, const Rows *rows);
/* The statement_timeout of this role in milliseconds; 0: none. */
int64_t api_limits_statement(const Rows *rows, Str role);
/* A setting's value as pg_db_role_setting has it ("3s", "500", "1min"), in milliseconds; 0 is no
 * limit, or no duration. Pure. */
int64_t api_limits_parse(Str value);

#endif
