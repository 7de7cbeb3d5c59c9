/* The values of INSERT and UPDATE, as far as they are known without their types: what each is like.
 */
#ifndef SQL_VALUE_H
#define SQL_VALUE_H

#include "sql/facts.h"
#include "sql/pg_tree.h"

/* Of the first row of VALUES; OTHER where another row has something else. None if it is no VALUES,
 * or rows are of different lengths. */
ValueKinds value_read_rows(Arena *arena, const PgQuery__SelectStmt *values);
/* Has it rows of different lengths, after such as are constants and DEFAULT alone? */
bool value_are_uneven(const PgQuery__SelectStmt *values);
/* Of a query: OTHER for each column that it surely has. */
ValueKinds value_read_results(Arena *arena, const PgQuery__SelectStmt *select);
/* SELECT * FROM one table. */
bool value_takes_all(const PgQuery__SelectStmt *select);
/* Of UPDATE's SET. */
ValueKinds value_read_targets(Arena *arena, Node **targets, size_t count);

#endif
