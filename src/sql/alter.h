/* ALTER TABLE (VIEW, INDEX, SEQUENCE …) and what CREATE TABLE has in its parentheses: columns and
 * constraints as actions. */
#ifndef SQL_ALTER_H
#define SQL_ALTER_H

#include "sql/builder.h"

/* One action for each command. */
void alter_read(FactsBuilder *builder, const PgQuery__AlterTableStmt *stmt);
/* The columns, constraints and LIKE of a CREATE TABLE. */
void alter_read_elements(FactsBuilder *builder, const PgQuery__CreateStmt *stmt);
/* A constraint of CREATE or ALTER DOMAIN. */
void alter_read_domain_constraint(
	FactsBuilder *builder, ObjectName domain, const PgQuery__Constraint *constraint);
/* One of an index, or of EXCLUDE: into `columns` and `elements`. */
void alter_take_element(Arena *arena, const PgQuery__IndexElem *element, Action *action);
/* The bound of a partition: `type` is its strategy (r, l, h); `columns` its lower values, or those
 * of a list, or modulus and remainder; `other_columns` the upper values. MINVALUE is minvalue. */
void alter_take_bound(
	FactsBuilder *builder, const PgQuery__PartitionBoundSpec *bound, Action *action);

#endif
