/* What the readers of parse trees share while the facts of one statement are collected. */
#ifndef SQL_BUILDER_H
#define SQL_BUILDER_H

#include "sql/pg_tree.h"

typedef struct FactsBuilder {
	Arena *arena; /* texts may be views into trees: a copy is made at the end */
	Str text; /* the statement */
	bool in_function; /* what is read does not run now */
	bool in_body; /* where it is in the statement is not known */
	Facts facts;
	VEC(Tree) bodies; /* parsed beside the statement's own */
} FactsBuilder;

/* A new action at the end of the list; the list moves when it grows. */
Action *builder_add(
	FactsBuilder *builder, ActionKind kind, ObjectKind object_kind, ObjectName object);
/* The place of the last action, from a location of the parser (bytes; below 0: unknown). */
void builder_place(FactsBuilder *builder, int32_t location);
/* Notes what cannot be looked into. */
void builder_gap(FactsBuilder *builder, FactsGap gap);

#endif
