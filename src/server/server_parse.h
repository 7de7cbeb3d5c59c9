/* What our grammar refuses and the server may take: its own dialect.
 *
 * libpg_query's grammar is that of one PostgreSQL version; an older server knows fewer reserved
 * words, a newer one more statements. The server only parses what it is asked about; nothing is
 * run. */
#ifndef SERVER_SERVER_PARSE_H
#define SERVER_SERVER_PARSE_H

#include "sql/script.h"
#include "server/session.h"

/* Asks the server about every refused statement, in one turn. A refusal that the server does not
 * share is dropped and told as a warning. False if the server could not be asked. */
bool server_parse(Session *session, Script *scripts, size_t count, Err *warnings, Err *err);

#endif
