/* PostgreSQL's own types, by their names in SQL. */
#ifndef SQL_BUILTIN_TYPE_H
#define SQL_BUILTIN_TYPE_H

#include "base/str.h"

enum {
	TYPE_MODS_MAX = 2,
	TYPE_NO_LIMIT = -1
};

/* What decides between two of the built-in types. */
typedef enum TypeFamily {
	TYPE_FAMILY_OTHER,
	TYPE_FAMILY_TEXT,
	TYPE_FAMILY_NUMBER,
	TYPE_FAMILY_BOOLEAN,
	TYPE_FAMILY_TIME, /* date and the two time stamps */
	TYPE_FAMILY_UUID,
	TYPE_FAMILY_JSON,
	TYPE_FAMILY_BYTES,
} TypeFamily;

typedef struct BuiltinType {
	Str name; /* as format_type has it */
	TypeFamily family;
	long mods[TYPE_MODS_MAX]; /* TYPE_NO_LIMIT: none */
} BuiltinType;

/* Without modifiers and brackets: "varchar(10)[]" is of varchar. */
Str builtin_type_bare(Str type);
/* Is it one of pg_catalog's, whatever the search path is? Modifiers and brackets do not count. */
bool builtin_type_is(Str type);
bool builtin_type_is_serial(Str type);
/* What the values of a serial column are: "integer". Empty: it is no serial. */
Str builtin_type_of_serial(Str type);

/* Any name is read; of another type it has no family. */
BuiltinType builtin_type_read(Arena *arena, Str text);
/* One spelling for each of the built-in types' names: "varchar(10)" is "character varying(10)". */
Str type_canonical(Arena *arena, Str type);

#endif
