#include "types/difference.h"

bool types_difference_is_same(const TypesDifference *a, const TypesDifference *b)
{
	return a->kind == b->kind && a->depth == b->depth && a->section == b->section &&
	       a->part == b->part && str_equal(a->schema, b->schema) &&
	       str_equal(a->object, b->object) && str_equal(a->member, b->member) &&
	       str_equal(a->expected, b->expected);
}
