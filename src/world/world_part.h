/* What the files that apply an action share: parts of the schema that go, or get another name. */
#ifndef WORLD_WORLD_PART_H
#define WORLD_WORLD_PART_H

#include "world/world.h"

void world_forget(Names *names, Str name);

/* ---- world_drop ---- */

/* DROP …; with what goes along. */
void world_drop(World *world, const Action *action);
/* With its indexes, its sequences and its partitions. */
void world_drop_relation(World *world, WorldRelation *relation);
/* With the indexes, constraints and sequences that go along; `with_children`: theirs, too. */
void world_drop_column(World *world, WorldRelation *table, Str name, bool with_children);
/* With its index. */
void world_drop_constraint(World *world, WorldRelation *table, WorldConstraint *constraint);
void world_drop_sequence(World *world, const WorldRelation *table, const WorldColumn *column);
/* CASCADE of an object of the catalogue: what it takes. */
void world_fall(World *world, CatalogClass class, int64_t oid, int64_t column);

/* ---- world_tree ---- */

/* LIKE of CREATE TABLE. */
void world_copy_columns(World *world, WorldRelation *table, const Action *action);
/* PARTITION OF: constraints are not followed. */
void world_copy_parent(World *world, WorldRelation *table, const WorldRelation *parent);
/* ATTACH PARTITION of a table; INHERIT is not followed. */
void world_attach(World *world, WorldRelation *table, const Action *action);
/* What writes rows, and TRUNCATE. */
void world_write(World *world, WorldRelation *table, const Action *action);
void world_empty(World *world, WorldRelation *table, const Action *action);
/* DETACH PARTITION, NO INHERIT: the two have nothing to do with each other any more. */
void world_detach(World *world, WorldRelation *table, const Action *action);

/* ---- world_label ---- */

/* CREATE TYPE, of whatever kind. */
void world_make_enum(World *world, ObjectName type, Names labels);
/* The newest of that name has another one. */
void world_rename_enum(World *world, ObjectName from, ObjectName to);
/* ADD VALUE. */
void world_add_label(World *world, const Action *action);
/* Those of a type are not the catalogue's any more. */
void world_forget_labels(World *world, ObjectName type);
void world_rename_label(World *world, const Action *action);

/* ---- world_rename ---- */

/* A type has got that name: which one of the catalogue it is; NULL: none. */
void world_note_type(World *world, ObjectName now, const CatalogType *type);
/* RENAME and SET SCHEMA. */
void world_rename_object(World *world, const Action *action);

#endif
