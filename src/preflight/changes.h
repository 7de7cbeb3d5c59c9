/* What the plan has changed before a statement, as far as it can change what a question finds.
 *
 * When in doubt it has changed: a question that is not asked costs an answer, one that is asked of
 * the wrong state a false alarm. */
#ifndef PREFLIGHT_CHANGES_H
#define PREFLIGHT_CHANGES_H

#include "schema/catalog.h"
#include "sql/script.h"

typedef struct TableChange {
	const CatalogRelation *table;
	bool is_all; /* which rows there are, or any of their columns */
	Names columns;
} TableChange;

/* A type that the plan makes; NULL: it makes, changes or drops one, and what it is is not known. */
typedef struct MadeType {
	ObjectName name;
	const CatalogType *type;
} MadeType;

typedef struct Changes {
	Arena *arena;
	const Catalog *catalog;
	VEC(TableChange) tables;
	VEC(ObjectName) made; /* relations */
	VEC(ObjectName) written; /* those of `made` that rows were written to */
	Names functions; /* made or replaced */
	Names types; /* made */
	Names loosened; /* domains that may demand less than they did */
	VEC(MadeType) made_types; /* the newest of a name is last */
	Names column_types; /* that the plan has given to columns */
	VEC(ObjectName) keyed; /* tables on either side of a foreign key that it adds */
	VEC(ObjectName) parents; /* those that got partitions */
	VEC(ObjectName) altered; /* tables and indexes: what they demand of rows, or do with them */
	bool is_everything; /* something ran that cannot be looked into */
	bool leans; /* it has made or changed what may keep a column's type as it is */
	bool has_triggers; /* the plan has made triggers or rules */
	bool has_operators; /* or operators or casts */
	bool defers; /* SET CONSTRAINTS has been said */
	bool has_path, has_settings; /* the file has a search_path, or settings, of its own */
	const Facts *last; /* what was taken over last: data comes in many equal statements */
} Changes;

Changes changes_new(Arena *arena, const Catalog *catalog);
/* Settings end with their file. */
void changes_begin_file(Changes *changes);
void changes_apply(Changes *changes, const Statement *statement);

/* Types of one statement. */
void changes_take_types(Changes *changes, const Facts *facts);
/* Has the plan anything to do with a type of that name? NULL: it is not known what it is. */
bool changes_made_type(const Changes *changes, ObjectName name, const CatalogType **out);
/* The target's table of that name, or NULL: it is made by the plan, or unknown. */
const CatalogRelation *changes_table(const Changes *changes, ObjectName name);
/* With its schema: what is made without one is made in the first of the search path that is there.
 */
ObjectName changes_full_name(const Changes *changes, ObjectName name);
bool changes_makes(const Changes *changes, ObjectName name);
bool changes_has_written(const Changes *changes, ObjectName name);
/* Has the plan done anything to its columns or rows? */
bool changes_know(const Changes *changes, const CatalogRelation *table);
/* May the column's values, or for an empty name which rows there are, be others now? */
bool changes_touch(const Changes *changes, const CatalogRelation *table, Str column);
/* May it demand less of a row that is inserted, or do something else with it? */
bool changes_alter(const Changes *changes, const CatalogRelation *table);
bool changes_alter_name(const Changes *changes, ObjectName name);
/* What triggers run for where rows are written: TriggerEvent. */
int changes_events(const Action *action);
/* May a trigger of its own do something for it (TriggerEvent) that is not known? */
bool changes_may_fire(const Changes *changes, const CatalogRelation *table, int events);
/* Does the statement call what may write? */
bool changes_call(const Changes *changes, const Facts *facts);
/* Has the plan added a foreign key from it, or to it? */
bool changes_add_reference(const Changes *changes, const CatalogRelation *table);
/* Has the plan given it partitions? */
bool changes_adds_partition(const Changes *changes, const CatalogRelation *parent);

#endif
