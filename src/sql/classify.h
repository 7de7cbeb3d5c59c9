/* How a statement has to be run, from its parse tree: what PostgreSQL refuses in a transaction
 * block, what controls the transaction, what talks to the client. */
#ifndef SQL_CLASSIFY_H
#define SQL_CLASSIFY_H

#include "sql/kind.h"
#include "sql/pg_tree.h"

/* Of a DO block it is the facts that know whether it ends the transaction. */
SqlTraits classify_statement(const Node *node, const Facts *facts);

#endif
