/* One statement's actions and uses, from its parse tree. */
#ifndef SQL_ACTIONS_H
#define SQL_ACTIONS_H

#include "sql/builder.h"

/* Adds what `statement` does; a statement that nobody asks about is ACTION_OTHER. */
void actions_read(FactsBuilder *builder, const Node *statement);

#endif
