/* Statements that write, as queries that read what they would. For sql/queries alone. */
#ifndef SQL_QUERIES_DATA_H
#define SQL_QUERIES_DATA_H

#include "sql/query_reader.h"

void queries_read_insert(QueryReader *reader, const PgQuery__InsertStmt *stmt);
void queries_read_update(QueryReader *reader, const PgQuery__UpdateStmt *stmt);
void queries_read_delete(QueryReader *reader, const PgQuery__DeleteStmt *stmt);

#endif
