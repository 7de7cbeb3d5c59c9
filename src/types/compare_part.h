/* One part of an object, as a file and as a catalogue have it: for types/compare alone. Pure. */
#ifndef TYPES_COMPARE_PART_H
#define TYPES_COMPARE_PART_H

#include "types/difference.h"

typedef struct TypesComparison {
	Arena *arena; /* of the differences */
	TypesDifferences *out;
	TypesDifference at; /* what is compared now: section, schema, object, its place */
} TypesComparison;

void compare_part(TypesComparison *comparison, const TypesPart *file, const TypesPart *wanted);
/* A part that one of them lacks altogether; of a function's Args, a signature. */
void compare_add_part(TypesComparison *comparison, TypesDifferenceKind kind, const TypesPart *part);

#endif
