/* Local files beside what the server has recorded of them. */
#ifndef MIGRATE_CONTENT_COMPARE_H
#define MIGRATE_CONTENT_COMPARE_H

#include "migrate/content.h"
#include "migrate/session.h"

/* Finds out which records are stored as their files have it, and identifies the others by their
 * statements, which are fetched (one turn, if there are any). Adds ERR_HISTORY. */
bool content_compare(Session *session, const Contents *contents, History *history, Err *err);

#endif
