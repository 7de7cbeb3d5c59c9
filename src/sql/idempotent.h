/* Does a statement leave the same behind when it is run twice as when it is run once? Told by its
 * tree, and never of one that might not: IF NOT EXISTS, IF EXISTS, OR REPLACE, grants, comments,
 * settings, notifications. */
#ifndef SQL_IDEMPOTENT_H
#define SQL_IDEMPOTENT_H

#include "sql/pg_tree.h"

bool idempotent_node(const Node *node);

#endif
