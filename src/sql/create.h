/* CREATE of every kind as actions. */
#ifndef SQL_CREATE_H
#define SQL_CREATE_H

#include "sql/builder.h"

void create_read(FactsBuilder *builder, const Node *statement);
/* The table that SELECT INTO or CREATE TABLE AS makes. */
Action *create_read_into(FactsBuilder *builder, const PgQuery__IntoClause *into);
/* The names in a function's head; its body is read apart. */
void create_read_function_uses(FactsBuilder *builder, const PgQuery__CreateFunctionStmt *stmt);
/* name(type, type) as DROP FUNCTION and others have it. */
void create_take_signature(Arena *arena, const PgQuery__ObjectWithArgs *signature, Action *action);

#endif
