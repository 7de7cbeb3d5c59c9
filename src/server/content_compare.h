/* Local files beside what the server has recorded of them. */
#ifndef SERVER_CONTENT_COMPARE_H
#define SERVER_CONTENT_COMPARE_H

#include "plan/content.h"
#include "server/session.h"

/* Finds out which records are stored as their files have it, and identifies the others by their
 * statements, which are fetched (one turn, if there are any). Adds ERR_HISTORY. */
bool content_compare(Session *session, const Contents *contents, History *history, Err *err);

#endif
