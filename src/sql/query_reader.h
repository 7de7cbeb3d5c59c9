/* What the readers of queries share. For sql/queries and sql/queries_data alone. */
#ifndef SQL_QUERY_READER_H
#define SQL_QUERY_READER_H

#include "sql/pg_tree.h"
#include "sql/query.h"

typedef struct QueryReader {
	Arena *arena;
	Queries *out;
} QueryReader;

/* The pointers hold until the next one is added. */
Query *query_add(QueryReader *reader, QueryScope scope, Str sql);
/* NULL: it does more than read. */
Query *query_add_select(QueryReader *reader, PgQuery__SelectStmt *select);
/* SELECT without anything. */
PgQuery__SelectStmt query_select(void);
ObjectName query_copy(QueryReader *reader, ObjectName name);
ObjectName query_name(QueryReader *reader, const PgQuery__RangeVar *table);
/* Does it hold a "*", which may be more than one column? */
bool query_has_star(const Node *expression);
void query_add_result(QueryReader *reader, Query *query, const QueryTarget *target);
Query *query_add_stored(QueryReader *reader, const PgQuery__RangeVar *table);
void query_store(QueryReader *reader, Query *query, const QueryTarget *stored);
bool query_is_constant(const Node *value);
/* NULL: there is none, or it does more than read. */
Query *query_add_expression(
	QueryReader *reader, QueryScope scope, const PgQuery__RangeVar *table, Node *expression);
/* Neither writes, nor locks, nor has a parameter. */
bool query_only_reads(const ProtobufCMessage *message);
/* The words of a text, those in its strings included: nextval('numbers'). */
void query_add_words(Arena *arena, Names *names, Str text);

#endif
