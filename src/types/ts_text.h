/* Types as text of one form, whatever the formatter and the generator of the file: members and the
 * parts of a union sorted, no parentheses that are not needed, double quotes. */
#ifndef TYPES_TS_TEXT_H
#define TYPES_TS_TEXT_H

#include "types/ts_parse.h"

/* A type in two: `null` as one part of a union at the top is separated. */
typedef struct TsText {
	Str type;
	bool nullable;
} TsText;

/* `own` is what the file calls its type of databases: it comes out as Database. Omit<X["Row"],
 * X["ComputedFields"]> is X["Row"]. */
TsText ts_text(Arena *arena, const TsType *type, Str own);

/* The parts, sorted and each once, with | between them; they are sorted in place. */
Str ts_union(Arena *arena, Str *parts, size_t count);

#endif
