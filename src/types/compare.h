/* Where a file's types are not those that a catalogue makes, member by member. Order, layout and
 * the generator's dialect count for nothing; whatever else may differ, the catalogue's model allows
 * (TypesAllow). Pure, and linear but for overloads of one function. */
#ifndef TYPES_COMPARE_H
#define TYPES_COMPARE_H

#include "types/difference.h"

/* Adds all differences, in the file's order. */
void types_compare(
	Arena *arena, const TypesModel *file, const TypesModel *catalogue, TypesDifferences *out);

#endif
