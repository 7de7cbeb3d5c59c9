/* PostgreSQL's own types, by their names in SQL. */
#ifndef SQL_BUILTIN_TYPE_H
#define SQL_BUILTIN_TYPE_H

#include "base/str.h"

/* Without modifiers and brackets: "varchar(10)[]" is of varchar. */
Str builtin_type_bare(Str type);
/* Is it one of pg_catalog's, whatever the search path is? Modifiers and brackets do not count. */
bool builtin_type_is(Str type);
bool builtin_type_is_serial(Str type);
/* What the values of a serial column are: "integer". Empty: it is no serial. */
Str builtin_type_of_serial(Str type);

#endif
