/* The schema as each pending statement finds it: the catalogue's objects, and what the plan itself
 * has made, changed, renamed or dropped before.
 *
 * What the plan makes is nobody's yet: no lock on it keeps anybody waiting. Whether an object is
 * there has three answers: where a statement could not be looked into, or no catalogue was read,
 * what is not found may be there all the same. */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include "base/str_map.h"
#include "schema/catalog.h"
#include "sql/facts.h"

typedef struct WorldRelation WorldRelation;
typedef VEC(WorldRelation *) WorldRelations;

typedef struct WorldColumn {
	int64_t number; /* 0: made by the plan */
	Str name, type; /* as the catalogue or the statement has it */
	bool is_not_null, has_default;
	char generated, identity;
	bool is_changed; /* its type or its values, by the plan */
	bool has_new_default, has_new_type; /* the same */
} WorldColumn;

typedef struct WorldConstraint {
	int64_t oid; /* 0: made by the plan */
	Str name; /* empty: chosen by the server, later */
	char kind; /* ConstraintKind */
	bool is_valid;
	Names columns;
	WorldRelation *other;
	Names other_columns;
	int64_t index; /* that it is made of, or references; 0: not known */
	Str proves; /* the column that is not null by it */
	bool mentions_null;
} WorldConstraint;

typedef struct WorldIndex {
	int64_t oid; /* 0: made by the plan */
	Str name;
	bool is_unique, is_primary, is_valid, is_immediate, is_partial, has_expressions;
	Names keys; /* columns; an expression is empty */
	Names uses; /* columns that it uses anywhere */
} WorldIndex;

struct WorldRelation {
	const CatalogRelation *there; /* as it was before the plan; NULL: made by the plan */
	WorldRelation *next_of_name;
	Str schema, name;
	char kind; /* RelationKind */
	bool is_dropped;
	bool is_vague; /* its columns and constraints are not all known */
	bool hides_columns; /* its columns are not all known */
	bool is_loose; /* of those that are known some may be gone, or be others */
	bool is_changed; /* what is on it has other names, or is replaced, by the plan */
	bool is_filled; /* the plan has written rows */
	bool may_be_rewritten; /* by a column that the plan has added */
	bool is_emptied; /* the plan has taken all away: whether there are any now, is_filled says
			  */
	bool has_rls, is_forced, is_invoker;
	char replica_identity; /* pg_class.relreplident */
	bool was_invoker; /* before the plan */
	WorldRelation *table; /* of an index */
	Names keys; /* of a partitioned one; an expression is empty */
	WorldRelations parents, children;
	WorldRelations reads; /* a view that the plan has made */
	VEC(WorldColumn) columns;
	VEC(WorldConstraint) constraints;
	VEC(WorldIndex) indexes;
	Names policies, triggers, rules, publications;
	bool has_new_owner, has_new_rights; /* by the plan, or perhaps */
};

typedef struct WorldLabel {
	ObjectName type; /* with its schema */
	Str label;
} WorldLabel;

/* An enum that the plan makes. */
typedef struct WorldEnum {
	ObjectName type; /* with its schema */
	Names labels; /* none: it is another type, or its labels are not known any more */
} WorldEnum;

/* A type of the catalogue that the plan has given another name. */
typedef struct WorldRenamed {
	ObjectName now; /* with its schema */
	const CatalogType *type;
} WorldRenamed;

/* That the plan makes; or, once one is dropped or altered, that: which one is not followed. */
typedef struct WorldFunction {
	ObjectName name; /* with its schema, if that is known */
	Str arguments; /* of the input arguments */
	bool is_procedure, is_immutable, may_be_inlined;
	bool is_gone;
} WorldFunction;

typedef enum Presence {
	PRESENCE_UNKNOWN,
	PRESENCE_ABSENT,
	PRESENCE_THERE,
} Presence;

typedef struct World {
	Arena *arena;
	const Catalog *catalog; /* NULL: none was read */
	WorldRelations relations;
	StrMap by_name; /* index of the newest relation of a name */
	StrMap vague_names; /* what a DO block may have made or dropped; to a Blur */
	Names guessed; /* how names begin that the server has chosen for what the plan has made */
	VEC(const CatalogBlocker *) fallen; /* what has gone along with something else */
	StrMap made; /* schemas, types, functions, roles that the plan has made; see world_makes */
	StrMap dropped;
	Names path; /* search path as of now */
	Str time_zone; /* the same; empty: not known */
	VEC(WorldLabel)
	labels; /* that the transaction at hand adds to enums, and that cannot be used */
	VEC(WorldLabel) all_labels; /* that the plan has added so far */
	VEC(WorldLabel) gone_labels; /* that it has renamed: they are none of the type any more */
	VEC(WorldFunction) functions;
	VEC(ObjectName) new_types; /* that it makes */
	VEC(WorldEnum) new_enums; /* the newest of a name is last */
	VEC(WorldRenamed) renamed_types; /* the newest of a name is last */
	bool has_set_publication; /* which tables are in it is not known any more */
	bool is_atomic; /* the file at hand is one transaction */
	bool knows_path;
	bool skips_bodies; /* check_function_bodies has been set, to whatever value */
	StrMap used; /* names that what the plan has made or changed uses */
	bool is_opaque; /* an earlier statement may have done anything */
	bool is_other_role; /* the session's role is another one */
	bool has_new_roles; /* the plan has changed what roles may do, or who is in which */
	bool has_control; /* the file at hand controls transactions itself */
	Names savepoints; /* of an atomic file; the newest is last */
	bool has_made, has_taken; /* anything, or taken anything away */
	bool has_new_classes; /* operator classes and casts may be others than the catalogue's */
} World;

World world_new(Arena *arena, const Catalog *catalog);
/* The next file; `is_atomic`: it is one transaction. */
void world_begin_transaction(World *world, bool is_atomic);
/* Each file begins with the session's own search path. */
void world_begin_file(World *world);

/* `*out` is set if it is there. An index is a relation, too. */
Presence world_find(World *world, ObjectName name, WorldRelation **out);
/* With another search path than the session's. */
Presence world_find_on(World *world, const Names *path, ObjectName name, WorldRelation **out);
/* The relation of a catalogue's oid; NULL: dropped, or not read. */
WorldRelation *world_by_oid(const World *world, int64_t oid);
/* Has the plan dropped it? What no file names, none has. */
bool world_has_dropped(const World *world, int64_t oid);
WorldColumn *world_column(const WorldRelation *relation, Str name);
/* By its place from 0 on, among those that have not gone; NULL: there are not as many. */
const WorldColumn *world_column_at(const WorldRelation *relation, size_t index);
/* ctid, tableoid and their like: no table declares them. */
bool world_is_system_column(Str name);
WorldConstraint *world_constraint(const WorldRelation *relation, Str name);
WorldIndex *world_index(const WorldRelation *relation, Str name);
/* May one of the columns be NULL? */
bool world_has_nullable(const WorldRelation *table, const Names *columns);
/* Of a partitioned table, not one that inherits. */
bool world_is_partition(const WorldRelation *relation);
bool world_has_children(const WorldRelation *relation);
/* May a trigger of its own run for it? */
bool world_may_fire(
	const World *world, const WorldRelation *relation, int events); /* TriggerEvent */
/* Has it the column from a parent? */
bool world_is_inherited(const WorldRelation *relation, Str column);
/* Its policies, triggers or rules. */
Names *world_parts(WorldRelation *table, ObjectKind kind);

Presence world_find_schema(const World *world, Str name);
/* By name alone, in the schemas of the path if none is given. `*out` may be NULL if the plan has
 * made it. */
Presence world_find_type(const World *world, ObjectName name, const CatalogType **out);
/* The catalogue's type that the plan has renamed to that; NULL: none, or it is not known. */
const CatalogType *world_renamed_type(const World *world, ObjectName name);
/* Surely an enum, of the catalogue or of the plan. */
bool world_is_enum(const World *world, ObjectName type);
/* Has the plan added the label to a type of that name, in whatever schema? */
bool world_has_added_label(const World *world, ObjectName type, Str label);
/* Is it certain that an enum that the plan has made lacks the label? `type` is with its schema. */
bool world_lacks_label(const World *world, ObjectName type, Str label);
/* Has the transaction added the label to the type? It cannot be used yet. */
bool world_is_new_label(const World *world, ObjectName type, Str label);
/* Has the plan given the label another name? It is none any more. */
bool world_is_gone_label(const World *world, ObjectName type, Str label);
/* The type's name with the schema that it is found in; without a name if it is not known. */
ObjectName world_type_name(const World *world, ObjectName name);
/* Is the server's grammar that of our parser's version? */
bool world_has_our_grammar(const World *world);
/* Where an object without a schema is made; empty: not known. */
Str world_creation_schema(const World *world);

/* Is there nothing in it, as far as the statistics tell? False if that is not known. */
bool world_is_empty(const WorldRelation *relation);
/* What has run, or others, may have written to tables that were emptied. */
void world_may_fill(World *world);
/* Is it known to have rows? */
bool world_has_rows(const WorldRelation *relation);
/* Made by the plan: nobody uses it yet. */
bool world_is_new(const WorldRelation *relation);
/* "schema.name" */
Str world_name(Arena *arena, const WorldRelation *relation);

/* ---- for world_apply ---- */

WorldRelation *world_add(World *world, Str schema, Str name, char kind);
void world_rename(World *world, WorldRelation *relation, Str schema, Str name);
/* What is said of a thing that is no relation: "type public.mood". */
void world_makes(World *world, ObjectKind kind, ObjectName name);
void world_drops(World *world, ObjectKind kind, ObjectName name);
bool world_has_made(const World *world, ObjectKind kind, ObjectName name);
/* Made or dropped. */
bool world_is_touched(const World *world, ObjectKind kind, ObjectName name);
/* Settings have been made that are not known. */
void world_forget_settings(World *world);
/* A file's own SET search_path; not `is_known`: to something that is not read here. */
void world_set_path(World *world, Str path, bool is_known);
typedef enum Blur {
	BLUR_MAY_BE_THERE = 1, /* nothing that is there is gone */
	BLUR_MAY_BE_GONE,
} Blur;
/* It may be there, and may be not; what is known of it may be wrong. */
void world_blur(World *world, Str name, Blur blur);
bool world_may_be_gone(const World *world, Str name);
/* The server chooses the name of something that is made for the relation. */
void world_guess(World *world, const WorldRelation *relation);
/* With its indexes and the sequences of its columns. */
void world_move(World *world, WorldRelation *relation, Str schema);
/* The entry of one of the relation's indexes; NULL: not read. */
WorldRelation *world_index_relation(const World *world, const WorldRelation *table, Str name);
void world_use(World *world, Str name);
bool world_is_used(const World *world, Str name);
/* Has it gone along with something else? */
bool world_has_fallen(const World *world, CatalogClass class, int64_t oid);

#endif
