/* The catalogue's answer to server/types_read, row by row, as data. Pure.
 *
 * A row has five cells: kind, schema, name, oid, and details as JSON arrays of texts. The kinds:
 *
 *   n  schema that was asked for: flags, no JSON
 *   r p f v m  relation (pg_class.relkind): [flags, [column…]]
 *   c  composite type: [[name, type, its schema]…]
 *   e  enum, of any schema: [label…]
 *   k  foreign key of the relation with this oid: [target's oid, unique, [number…], [number…]]
 *   w  view, of any schema: the text of its rule (pg_rewrite.ev_action), no JSON
 *   F  function: [defaults, flags, result's type, its schema, its relkind, [argument…]]
 *
 * column: [name, type, its schema, flags, number]; argument: [mode, name, type, its schema, its
 * relkind]. Flags are letters; the enums below name them. */
#ifndef TYPES_CATALOGUE_ROWS_H
#define TYPES_CATALOGUE_ROWS_H

#include "base/str_map.h"
#include "base/vec.h"

enum {
	CATALOGUE_CELLS = 5
};

typedef struct CatalogueAnswer {
	const Str *cells; /* row by row */
	size_t rows;
} CatalogueAnswer;

/* Flags of a schema. */
#define SCHEMA_QUOTED 'q' /* its name is no plain word of SQL */
/* Flags of a relation. */
#define RELATION_INSERTABLE 'i' /* a view that takes INSERT */
#define RELATION_UPDATABLE 'u'
#define RELATION_BY_TRIGGER 't' /* a view with INSTEAD OF triggers, or rules */
#define RELATION_INVISIBLE 'x' /* for the role that asks */
/* Flags of a column. */
#define COLUMN_NOT_NULL 'n' /* of its own or of its domain */
#define COLUMN_IDENTITY 'd'
#define COLUMN_IDENTITY_ALWAYS 'a'
#define COLUMN_GENERATED 'g'
#define COLUMN_HAS_DEFAULT 'v'
#define COLUMN_UPDATABLE 'u' /* of a view */
#define COLUMN_INVISIBLE 'x'
/* Flags of a function. */
#define FUNCTION_SET 's'
#define FUNCTION_ONE_ROW '1' /* ROWS 1 */
/* Whether a foreign key's columns are unique: 't', 'f', or 'o' if a constraint has the same columns
 * in another order. */
#define KEY_UNIQUE 't'
#define KEY_UNIQUE_REORDERED 'o'

typedef struct CatalogueType {
	Str schema, name;
} CatalogueType;

typedef struct CatalogueColumn {
	Str name;
	CatalogueType type;
	Str flags, number;
} CatalogueColumn;
typedef VEC(CatalogueColumn) CatalogueColumns;

typedef struct CatalogueRelation {
	char kind;
	Str schema, name, oid, flags;
	CatalogueColumns columns;
} CatalogueRelation;

typedef struct CatalogueComposite {
	Str schema, name;
	CatalogueColumns columns;
} CatalogueComposite;

typedef struct CatalogueEnum {
	Str schema, name;
	Names labels;
} CatalogueEnum;

typedef struct CatalogueKey {
	Str schema, name, relation, target; /* the latter two are oids */
	char unique;
	Names columns, target_columns; /* numbers */
	bool is_ambiguous; /* and the key that says so for all of its name: lineage finds out */
	size_t namesake;
} CatalogueKey;

typedef struct CatalogueView {
	Str oid, rule;
} CatalogueView;

typedef struct CatalogueArgument {
	char mode; /* pg_proc.proargmodes */
	Str name;
	CatalogueType type;
	char relkind; /* of a row type or a composite one; else 0 */
} CatalogueArgument;

typedef struct CatalogueFunction {
	Str schema, name, flags;
	size_t defaults; /* of the last ones of its input arguments */
	CatalogueType result;
	char relkind; /* of the result */
	VEC(CatalogueArgument) arguments;
} CatalogueFunction;

/* A type that files name: a relation's row, a composite type, an enum. */
typedef enum CatalogueNamedKind {
	CATALOGUE_RELATION,
	CATALOGUE_COMPOSITE,
	CATALOGUE_ENUM,
} CatalogueNamedKind;

typedef struct CatalogueNamed {
	CatalogueNamedKind kind;
	size_t index; /* in its list */
	size_t namesake; /* the one before it with its name, of another schema; SIZE_MAX: none */
} CatalogueNamed;

typedef struct Catalogue {
	Arena *arena;
	const Names *schemas; /* that the model is of */
	StrMap texts; /* each short text once */
	Names known;
	Names found; /* schemas that there are, of those asked for */
	Names quoted; /* of those, whose names are no plain words of SQL */
	VEC(CatalogueRelation) relations;
	VEC(CatalogueComposite) composites;
	VEC(CatalogueEnum) enums;
	VEC(CatalogueKey) keys;
	VEC(CatalogueView) views;
	VEC(CatalogueFunction) functions;
	StrMap by_oid; /* relations */
	VEC(CatalogueNamed) named;
	StrMap by_name; /* the newest one of each name */
	struct Namesakes *namesakes; /* mapping's own */
} Catalogue;

/* False: it is no such answer. Texts live in the catalogue's arena, or are views into the answer.
 */
bool catalogue_rows_read(
	Arena *arena, const CatalogueAnswer *answer, const Names *schemas, Catalogue *out);

bool catalogue_has(Str flags, char flag);
/* Is the schema one that the model is of? */
bool catalogue_covers(const Catalogue *catalogue, Str schema);
/* Is it a schema that the model is of, and its name no plain word of SQL? */
bool catalogue_is_quoted(const Catalogue *catalogue, Str schema);
/* By its oid; NULL: it is none of those asked for. */
const CatalogueRelation *catalogue_relation(const Catalogue *catalogue, Str oid);
Str catalogue_named_schema(const Catalogue *catalogue, const CatalogueNamed *named);
bool catalogue_is_view(const CatalogueRelation *relation);

#endif
