/* The target's catalogue, as far as pending files name it: one question, one turn.
 *
 * Read only, with nothing above ACCESS SHARE. A table that another session has locked for itself
 * alone is waited for only where a file names it and it has a constraint that is not valid, and not
 * for long. */
#ifndef SERVER_CATALOG_READ_H
#define SERVER_CATALOG_READ_H

#include "schema/catalog.h"
#include "server/session.h"
#include "sql/script.h"

/* False with an ERR_CONNECT if there is no answer. `out` lives in the session's arena. */
bool catalog_read(Session *session, const Script *scripts, size_t count, Catalog *out, Err *err);

#endif
