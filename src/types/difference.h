/* One place where a file's types are not those of a catalogue, as data. Pure. */
#ifndef TYPES_DIFFERENCE_H
#define TYPES_DIFFERENCE_H

#include "types/model.h"

typedef enum TypesDifferenceKind {
	TYPES_MISSING, /* the file lacks it */
	TYPES_SUPERFLUOUS, /* only the file has it */
	TYPES_CHANGED, /* both have it, and not alike */
} TypesDifferenceKind;

/* What it is about: a schema, an object of it, a part of that, a member of the part. */
typedef enum TypesDepth {
	TYPES_OF_SCHEMA,
	TYPES_OF_OBJECT,
	TYPES_OF_PART,
	TYPES_OF_MEMBER,
} TypesDepth;

typedef struct TypesDifference {
	TypesDifferenceKind kind;
	TypesDepth depth;
	TypesSection section;
	TypesPartKind part;
	Str schema, object, member;
	Str found, expected; /* as a file has it: "name?: type"; empty where there is none */
	unsigned line, col; /* in the file: of the member, or of what should hold it */
} TypesDifference;
typedef VEC(TypesDifference) TypesDifferences;

#endif
