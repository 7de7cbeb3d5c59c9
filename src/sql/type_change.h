/* What ALTER COLUMN TYPE does to a table's rows, known from the two types alone. */
#ifndef SQL_TYPE_CHANGE_H
#define SQL_TYPE_CHANGE_H

#include "sql/builtin_type.h"

#include <stdint.h>

typedef enum TypeChange {
	TYPE_CHANGE_UNKNOWN,
	TYPE_CHANGE_NONE, /* the rows stay as they are */
	TYPE_CHANGE_REWRITE, /* each row is rewritten */
	TYPE_CHANGE_REFUSED, /* there is no cast that is used without being asked for: 42804 without
				USING, and of a default even with it */
} TypeChange;

/* Types as format_type or a statement has them. `time_zone` is the session's; empty: not known. */
TypeChange type_change(Arena *arena, Str from, Str to, Str time_zone);

/* The name of one of the built-in types that it knows; empty: another one. */
Str type_of_oid(int64_t oid);

/* The SQLSTATE with which the server refuses the length or the precision; NULL: it does not, or
 * that is not known. */
const char *type_limit_fault(Arena *arena, Str type);

/* text, varchar and char, which have collations, and arrays of them. */
bool type_is_text(Arena *arena, Str type);
/* Surely a type whose values have no collation. */
bool type_has_no_collation(Arena *arena, Str type);

#endif
