/* Who owns what a refused statement is about: the server says which privilege is missing, and not
 * who could give it. */
#ifndef SERVER_OWNERS_H
#define SERVER_OWNERS_H

#include "server/session.h"

/* Adds to a fault for lack of a privilege (CAUSE_PRIVILEGE): tables that the statement names, or
 * else schemas, that belong to a role that ours is no member of, and what that means. After the
 * rollback; nothing is added where it cannot be told. */
void owners_tell(Session *session, Str statement, Fault *fault, Arena *arena);

#endif
