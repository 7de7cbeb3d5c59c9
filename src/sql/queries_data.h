/* Statements on rows, as queries that read what they would. For sql/queries and sql/queries_body
 * alone. */
#ifndef SQL_QUERIES_DATA_H
#define SQL_QUERIES_DATA_H

#include "sql/query_reader.h"

/* Nothing of any other statement. */
void queries_read_data(QueryReader *reader, const Node *node);
/* The columns that INSERT and UPDATE write, whose names a statement's facts have otherwise. */
void queries_read_target(QueryReader *reader, const Node *node);
/* NULL: it is no SELECT. */
PgQuery__SelectStmt *queries_select(const Node *node);

#endif
