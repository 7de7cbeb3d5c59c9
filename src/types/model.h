/* What the types of a database say, as data: of a file of TypeScript (types/file), or of a
 * catalogue (types/catalogue). types/compare has the rules by which two of them are the same. Pure.
 *
 * Texts are views into the file or the catalogue's answer, or live in the model's arena. */
#ifndef TYPES_MODEL_H
#define TYPES_MODEL_H

#include "base/str_map.h"
#include "base/vec.h"

typedef enum TypesSection {
#define SECTION(name, key, word) TYPES_##name,
#include "types/section.def"
#undef SECTION
	TYPES_SECTIONS /* how many */
} TypesSection;

typedef enum TypesPartKind {
#define PART(name, key) TYPES_##name,
#include "types/part.def"
#undef PART
	TYPES_PARTS /* how many */
} TypesPartKind;

/* What a function returns that PostgREST cannot call, in the place of its type. */
#define TYPES_ERROR "{ error: true }"

/* What a file may say instead, for a reason that is in the catalogue: generators differ. */
typedef enum TypesAllow {
	TYPES_ALLOW_ABSENT = 1 << 0, /* nothing at all */
	TYPES_ALLOW_NULL = 1 << 1, /* null or not: a view's column, a computed field */
	TYPES_ALLOW_NEVER = 1 << 2, /* never: a view's column that a trigger makes writable */
	TYPES_ALLOW_NON_NULLABLE = 1 << 3, /* NonNullable<Json>: json NOT NULL */
	TYPES_ALLOW_UNKNOWN =
		1 << 4, /* unknown: the name is that of two types, or of a view's row */
	TYPES_ALLOW_ERROR =
		1 << 5, /* an error: a function that cannot be distinguished from others */
	TYPES_ALLOW_OPTIONAL =
		1 << 6, /* with ? or without: a generated column, an unnamed argument */
	TYPES_ALLOW_ANY =
		1 << 7, /* whatever type: a relationship's true or false that is unknown */
	TYPES_ALLOW_LABELS =
		1 << 8, /* the labels of an enum with an array's mark at one of them only */
} TypesAllow;

/* What counts as a member's type, too; of a relationship, as its name. */
typedef struct TypesOther TypesOther;
struct TypesOther {
	Str text;
	const TypesOther *next;
};

typedef struct TypesMember {
	Str name; /* of a relationship: all that makes it known */
	Str type; /* without null; of a relationship: isOneToOne, or empty; of a label: empty */
	const TypesOther *others;
	unsigned allows; /* of TypesAllow */
	bool optional, nullable;
	unsigned line, col; /* in the file; of a catalogue 0 */
} TypesMember;

typedef struct TypesPart {
	TypesPartKind kind;
	TypesMember whole; /* of what is no object: its type. Of one, type "" or "[]" */
	bool has_members; /* it is an object, perhaps an empty one */
	VEC(TypesMember) members;
} TypesPart;

typedef struct TypesObject {
	TypesSection section;
	Str schema, name;
	unsigned allows; /* of TypesAllow */
	unsigned line, col;
	VEC(TypesPart) parts; /* of a function: Args, Returns of each signature */
} TypesObject;

typedef struct TypesSchema {
	Str name;
	unsigned line, col;
	unsigned sections[TYPES_SECTIONS]; /* lines */
} TypesSchema;

typedef struct TypesModel {
	VEC(TypesSchema) schemas;
	VEC(TypesObject) objects;
	unsigned line; /* of the type's declaration */
} TypesModel;

/* One in front of others. */
const TypesOther *types_other_add(Arena *arena, Str text, const TypesOther *others);
bool types_other_has(const TypesOther *others, Str text);

Str types_section_key(TypesSection section);
Str types_section_word(TypesSection section);
Str types_part_key(TypesPartKind part);

/* Leaves out what is of other schemas. */
void types_model_keep(TypesModel *model, const Names *schemas);

/* What a relationship is known by: the key's name, its columns, and what they refer to. */
typedef struct TypesRelationship {
	Str key, target;
	const Str *columns, *target_columns;
	size_t count, target_count;
} TypesRelationship;
Str types_relationship_name(Arena *arena, const TypesRelationship *relationship);

/* The first part of a kind; NULL: there is none. */
const TypesPart *types_part(const TypesObject *object, TypesPartKind kind);

/* "name?: type | null", as a file has it; a relationship and a label as it is named. */
Str types_member_text(Arena *arena, TypesPartKind part, const TypesMember *member);
/* The type alone. */
Str types_type_text(Arena *arena, const TypesMember *member);

#endif
