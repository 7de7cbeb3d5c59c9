/* What of a statement the server can analyse without running it: its queries, and the expressions
 * of its clauses, written again as queries that only read.
 *
 * None of them writes, locks a row, or has a parameter: what does is left out. Names are as the
 * statement has them. Read where somebody asks, and not kept with the facts. */
#ifndef SQL_QUERIES_H
#define SQL_QUERIES_H

#include "sql/query.h"

/* In the order of the statement; nothing of one that cannot be parsed.
 * Everything lives in the arena. */
void queries_read(Arena *arena, Str statement, Queries *out);

#endif
