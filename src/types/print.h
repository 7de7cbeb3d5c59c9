/* Pieces of a model as a file of types has them, ready to be pasted. Pure. */
#ifndef TYPES_PRINT_H
#define TYPES_PRINT_H

#include "types/model.h"

/* Several lines; the members two blanks deeper. */
Str types_print_object(Arena *arena, const TypesObject *object);
/* One line: `Row: { id: number; name: string }`. */
Str types_print_part(Arena *arena, const TypesPart *part);

#endif
