/* Who owns what a refused statement is about: the server says which privilege is missing, and not
 * who could give it. */
#ifndef SERVER_OWNERS_H
#define SERVER_OWNERS_H

#include "server/session.h"
#include "sql/facts.h"

/* Adds to a fault for lack of a privilege (CAUSE_PRIVILEGE): tables that the statement names, or
 * else schemas, that belong to a role that ours is no member of, and what that means. After the
 * rollback; one turn. Nothing is added if there are none, or no facts (NULL). */
void owners_add(Session *session, const Facts *facts, Fault *fault, Arena *arena);

#endif
