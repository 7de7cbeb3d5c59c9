/* What the types of a database are made from: its catalogue, in one question. Nothing is written,
 * and no row of a user's table is read. */
#ifndef SERVER_TYPES_READ_H
#define SERVER_TYPES_READ_H

#include "server/session.h"
#include "types/catalogue.h"

/* Adds the question about these schemas. Names in it mean pg_catalog's only if the search path says
 * so: a transaction of its own begins with session_ask; among a file's statements the path has to
 * be set before, and given back. The command wants rows; `schemas` has to live until they are in.
 */
Command *types_read_add(Batch *batch, const Names *schemas);

/* Asks in a transaction of its own: one turn. ERR_SERVICE if the server refuses. */
bool types_read(Session *session, const Names *schemas, CatalogueAnswer *out, Err *err);

#endif
