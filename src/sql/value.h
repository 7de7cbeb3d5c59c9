/* The values of INSERT and UPDATE, as far as they are known without their types: what each is like.
 *
 * "DEFAULT", "NULL", "true" for both, "1" for a whole number, "'" for a text, "()" for a call
 * without arguments; "?" for all others. */
#ifndef SQL_VALUE_H
#define SQL_VALUE_H

#include "sql/pg_tree.h"

/* Of the first row of VALUES; "?" where another row has something else. None if it is no VALUES, or
 * rows are of different lengths. */
Names value_read_rows(Arena *arena, const PgQuery__SelectStmt *values);
/* Of UPDATE's SET. */
Names value_read_targets(Arena *arena, Node **targets, size_t count);

#endif
