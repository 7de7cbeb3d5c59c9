/* The bodies of DO blocks and of functions that a statement creates: SQL, and PL/pgSQL by the
 * library's own parser. Anything else is a gap. */
#ifndef SQL_BODY_H
#define SQL_BODY_H

#include "sql/builder.h"

/* Adds what the statement's body holds, if it has one. */
void body_read(FactsBuilder *builder, const Node *statement);

#endif
