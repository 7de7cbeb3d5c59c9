/* A strict TOML 1.0 reader (https://toml.io/en/v1.0.0): text in, a tree out. It writes nothing.
 *
 * No packaged C library reads TOML, so this one is ours. It takes what the specification takes and
 * refuses everything else, with line and column: a document that two readers understand differently
 * is not one to deploy from. Time is linear in the size; nesting is limited to TOML_DEPTH_MAX. */
#ifndef WRAP_TOML_H
#define WRAP_TOML_H

#include "base/str.h"

enum {
	TOML_DEPTH_MAX = 64, /* tables and arrays within each other, the root not counted */
	TOML_SIZE_MAX = 1 << 20 /* bytes */
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

/* Where and why a text is not TOML; the column in characters, from 1. */
typedef struct TomlError TomlError;
struct TomlError {
	size_t line, col;
	Str message;
};

/* Reads a whole document: the root table, in the arena, whose strings may be views into `text`.
 * NULL, and an error, if it is not TOML 1.0, not UTF-8, nested too deeply or above TOML_SIZE_MAX. A
 * byte order mark at the beginning is passed over. */
Toml *toml_parse(Arena *arena, Str text, TomlError *error);

/* A table's member, or NULL; NULL also if `table` is none, or NULL. */
Toml *toml_get(const Toml *table, Str key);
/* What a path of bare keys leads to ("db.seed.enabled"), or NULL. */
const Toml *toml_at(const Toml *table, const char *path);
/* "a string", "a table" … */
const char *toml_kind_name(TomlKind kind);

/* ---- for trees that are made in another way ---- */

Toml *toml_new_table(Arena *arena);
/* A new member or item of `parent`, of the kind given and otherwise empty. A member with the same
 * key is replaced in its place. NULL if it would be too deep. */
Toml *toml_add(Arena *arena, Toml *parent, Str key, TomlKind kind);
/* Every member of `over` set in `base`; tables that both have are merged, all others replaced. */
void toml_merge(Arena *arena, Toml *base, const Toml *over);

#endif
