/* Part of toml/toml: the tree that a document is read into. It is also made in other ways: JSON of
 * a config becomes the same tree. Nodes live in an arena and are never taken out. */
#ifndef TOML_TOML_TREE_H
#define TOML_TOML_TREE_H

#include "base/str.h"

enum {
	TOML_DEPTH_MAX = 64 /* tables and arrays within each other, the root not counted */
};

typedef enum TomlKind {
	TOML_TABLE,
	TOML_ARRAY,
	TOML_STRING,
	TOML_INTEGER,
	TOML_FLOAT,
	TOML_BOOL,
	/* dates are checked, and kept as they are written */
	TOML_DATETIME,
	TOML_LOCAL_DATETIME,
	TOML_LOCAL_DATE,
	TOML_LOCAL_TIME,
	TOML_NULL, /* of JSON: TOML has none */
} TomlKind;

typedef enum TomlOrigin {
	TOML_IMPLIED, /* a table that a header below it implies: [a.b] implies a */
	TOML_BY_HEADER, /* [a], [[a]] */
	TOML_BY_KEY, /* a.b = 1 makes a */
	TOML_BY_VALUE, /* { … } and [ … ]: closed for what comes later */
} TomlOrigin;

typedef struct Toml Toml;
struct Toml {
	TomlKind kind;
	Str key; /* of a table's member; may hold any character */
	/* TOML_STRING: the content, which may hold NUL; other values: as written */
	Str text;
	int64_t integer; /* TOML_INTEGER */
	double number; /* TOML_FLOAT */
	bool truth; /* TOML_BOOL */
	size_t line; /* where the value, or the table, begins; from 1 */
	size_t depth; /* the root has 0 */
	const Toml *parent; /* NULL: the root */
	Toml *first, *last, *next; /* members and items, in order; the next one of its parent */
	TomlOrigin origin; /* of tables and arrays */
	Toml *members, *child[4]; /* for toml_get: a trie over the keys' hashes */
};

/* A table's member, or NULL; NULL also if `table` is none, or NULL. */
Toml *toml_get(const Toml *table, Str key);
/* What a path of bare keys leads to ("db.seed.enabled"), or NULL. */
const Toml *toml_at(const Toml *table, const char *path);
/* "a string", "a table" … */
const char *toml_kind_name(TomlKind kind);

Toml *toml_new_table(Arena *arena);
/* A new member or item of `parent`, of the kind given and otherwise empty. A member with the same
 * key is replaced in its place. NULL if it would be too deep. */
Toml *toml_add(Arena *arena, Toml *parent, Str key, TomlKind kind);
/* Every member of `over` set in `base`; tables that both have are merged, all others replaced. */
void toml_merge(Arena *arena, Toml *base, const Toml *over);

#endif
