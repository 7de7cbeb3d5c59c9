/* Queries of a function's body in SQL, and of a DO block. For sql/queries alone. */
#ifndef SQL_QUERIES_BODY_H
#define SQL_QUERIES_BODY_H

#include "sql/query_reader.h"

/* Names that are arguments are columns of a row that is written beside the query. */
void queries_read_function(QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt);
/* What the block surely runs: its first statements, as far as none of them decides what is run
 * next, or may change what the next ones mean. */
void queries_read_block(QueryReader *reader, const PgQuery__DoStmt *stmt, Str statement);

#endif
