/* What only the server can say of a statement's grammar: its own version's.
 *
 * libpg_query's grammar is that of one PostgreSQL version; an older server knows fewer statements
 * and reserved words, a newer one more. The server only parses what it is shown; nothing is run,
 * and nothing is looked up. */
#ifndef SERVER_SERVER_PARSE_H
#define SERVER_SERVER_PARSE_H

#include "sql/script.h"
#include "server/session.h"

/* Asks the server about every statement that our grammar refuses, and where the server is older
 * than that grammar about all that were examined: one turn, and more for more than some thousands.
 * The server's word counts: a refusal that it does not share is dropped, with a line in the log;
 * one of its own becomes the statement's. False if the server could not be asked. */
bool server_parse(Session *session, Script *scripts, size_t count, Err *err);

#endif
