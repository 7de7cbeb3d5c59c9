/* Names that a statement uses wherever they are in its tree, and the tables that its queries write:
 * those of INSERT, UPDATE, DELETE and MERGE are actions, also within WITH. */
#ifndef SQL_USES_H
#define SQL_USES_H

#include "sql/builder.h"

void uses_read(FactsBuilder *builder, const ProtobufCMessage *message);

#endif
