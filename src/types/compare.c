#include "types/compare.h"

#include "types/compare_part.h"
#include "types/print.h"

#include <stdlib.h>

/* ---- relations, enums, composite types ---- */

static void compare_parts(TypesComparison *c, const TypesObject *file, const TypesObject *wanted)
{
	for (size_t i = 0; i < wanted->parts.count; i++) {
		const TypesPart *part = &wanted->parts.items[i];
		const TypesPart *found = types_part(file, part->kind);
		if (found)
			compare_part(c, found, part);
		else if (!(part->whole.allows & TYPES_ALLOW_ABSENT) &&
			 (part->kind != TYPES_RELATIONSHIPS || part->members.count))
			compare_add_part(c, TYPES_MISSING, part);
	}
	for (size_t i = 0; i < file->parts.count; i++)
		if (!types_part(wanted, file->parts.items[i].kind))
			compare_add_part(c, TYPES_SUPERFLUOUS, &file->parts.items[i]);
}

/* ---- functions ---- */

/* The signatures of one side, and which of them have found their like. */
typedef struct Side {
	const TypesPart *parts; /* Args, Returns, Args, Returns … */
	size_t count;
	bool *matched;
} Side;

static Side side_of(Arena *arena, const TypesObject *object)
{
	size_t count = object->parts.count / 2;
	return (Side){object->parts.items, count, arena_array(arena, bool, count + 1)};
}

static void compare_signature(TypesComparison *c, const TypesPart *file, const TypesPart *wanted)
{
	compare_part(c, &file[0], &wanted[0]);
	compare_part(c, &file[1], &wanted[1]);
}

static size_t count_differences(
	const TypesComparison *c, const TypesPart *file, const TypesPart *wanted)
{
	ARENA_SCRATCH(scratch);
	TypesDifferences differences = {0};
	TypesComparison trial = {.arena = &scratch, .out = &differences, .at = c->at};
	compare_signature(&trial, file, wanted);
	return differences.count;
}

/* The free signature of the file that is most like it; SIZE_MAX: none is free. */
static size_t nearest(
	const TypesComparison *c, const Side *file, const TypesPart *wanted, size_t most)
{
	size_t best = SIZE_MAX, least = most;
	for (size_t i = 0; i < file->count; i++) {
		if (file->matched[i])
			continue;
		size_t count = count_differences(c, &file->parts[i * 2], wanted);
		if (count > least || (best != SIZE_MAX && count == least))
			continue;
		least = count;
		best = i;
	}
	return best;
}

/* Those that are alike first, so that what is left is compared with what is left. */
static void match_signatures(TypesComparison *c, Side *file, Side *wanted, size_t most)
{
	for (size_t i = 0; i < wanted->count; i++) {
		size_t best = wanted->matched[i] ? SIZE_MAX
						 : nearest(c, file, &wanted->parts[i * 2], most);
		if (best == SIZE_MAX)
			continue;
		file->matched[best] = wanted->matched[i] = true;
		compare_signature(c, &file->parts[best * 2], &wanted->parts[i * 2]);
	}
}

static void add_signatures(TypesComparison *c, const Side *side, TypesDifferenceKind kind)
{
	for (size_t i = 0; i < side->count; i++)
		if (!side->matched[i])
			compare_add_part(c, kind, &side->parts[i * 2]);
}

static void compare_functions(
	TypesComparison *c, const TypesObject *file, const TypesObject *wanted)
{
	ARENA_SCRATCH(scratch);
	Side theirs = side_of(&scratch, file), ours = side_of(&scratch, wanted);
	match_signatures(c, &theirs, &ours, 0);
	match_signatures(c, &theirs, &ours, SIZE_MAX);
	add_signatures(c, &ours, TYPES_MISSING);
	add_signatures(c, &theirs, TYPES_SUPERFLUOUS);
}

/* ---- objects and schemas ---- */

typedef struct Index {
	StrMap objects; /* of the file, by section, schema and name */
	bool *matched;
} Index;

/* A byte that no name of PostgreSQL can have is between schema and name. */
static Str object_key(Arena *arena, const TypesObject *object)
{
	const Str pieces[] = {
		types_section_key(object->section), object->schema, (Str){"\0", 1}, object->name};
	return str_concat(arena, pieces, 4);
}

static const TypesSchema *find_schema(const TypesModel *model, Str name)
{
	for (size_t i = 0; i < model->schemas.count; i++)
		if (str_equal(model->schemas.items[i].name, name))
			return &model->schemas.items[i];
	return NULL;
}

static TypesDifference about(const TypesObject *object, unsigned line, unsigned col)
{
	return (TypesDifference){.section = object->section,
		.schema = object->schema,
		.object = object->name,
		.line = line,
		.col = col};
}

static void add_missing(TypesComparison *c, const TypesModel *file, const TypesObject *wanted)
{
	const TypesSchema *schema = find_schema(file, wanted->schema);
	if (!schema || (wanted->allows & TYPES_ALLOW_ABSENT))
		return;
	unsigned line = schema->sections[wanted->section];
	c->at = about(wanted, line ? line : schema->line, 0);
	c->at.kind = TYPES_MISSING;
	c->at.depth = TYPES_OF_OBJECT;
	c->at.expected = types_print_object(c->arena, wanted);
	*vec_add(c->arena, c->out) = c->at;
}

static void compare_object(TypesComparison *c, const TypesObject *file, const TypesObject *wanted)
{
	c->at = about(wanted, file->line, file->col);
	if (wanted->section == TYPES_FUNCTIONS)
		compare_functions(c, file, wanted);
	else
		compare_parts(c, file, wanted);
}

static void compare_objects(
	TypesComparison *c, const TypesModel *file, const TypesModel *wanted, Index *index)
{
	for (size_t i = 0; i < wanted->objects.count; i++) {
		ARENA_SCRATCH(scratch);
		const TypesObject *object = &wanted->objects.items[i];
		const size_t *at = str_map_find(&index->objects, object_key(&scratch, object));
		if (!at) {
			add_missing(c, file, object);
			continue;
		}
		index->matched[*at] = true;
		compare_object(c, &file->objects.items[*at], object);
	}
}

static void add_superfluous(
	TypesComparison *c, const TypesModel *file, const TypesModel *wanted, const Index *index)
{
	for (size_t i = 0; i < file->objects.count; i++) {
		const TypesObject *object = &file->objects.items[i];
		if (index->matched[i] || !find_schema(wanted, object->schema))
			continue;
		c->at = about(object, object->line, object->col);
		c->at.kind = TYPES_SUPERFLUOUS;
		c->at.depth = TYPES_OF_OBJECT;
		c->at.found = types_print_object(c->arena, object);
		*vec_add(c->arena, c->out) = c->at;
	}
}

/* Schemas that one of the models has and the other has not. */
static void add_schemas(TypesComparison *c, const TypesModel *in, const TypesModel *not_in,
	TypesDifferenceKind kind)
{
	for (size_t i = 0; i < in->schemas.count; i++) {
		const TypesSchema *schema = &in->schemas.items[i];
		if (find_schema(not_in, schema->name))
			continue;
		*vec_add(c->arena, c->out) = (TypesDifference){.kind = kind,
			.depth = TYPES_OF_SCHEMA,
			.schema = schema->name,
			.line = schema->line ? schema->line : not_in->line,
			.col = schema->col};
	}
}

static int in_file_order(const void *a, const void *b)
{
	const TypesDifference *x = a, *y = b;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->col != y->col)
		return x->col < y->col ? -1 : 1;
	int order = str_compare(x->object, y->object);
	return order ? order : str_compare(x->member, y->member);
}

void types_compare(
	Arena *arena, const TypesModel *file, const TypesModel *catalogue, TypesDifferences *out)
{
	ARENA_SCRATCH(scratch);
	Index index = {.matched = arena_array(&scratch, bool, file->objects.count + 1)};
	TypesComparison comparison = {.arena = arena, .out = out};
	for (size_t i = 0; i < file->objects.count; i++)
		*str_map_at(&scratch, &index.objects,
			object_key(&scratch, &file->objects.items[i])) = i;
	add_schemas(&comparison, catalogue, file, TYPES_MISSING);
	add_schemas(&comparison, file, catalogue, TYPES_SUPERFLUOUS);
	compare_objects(&comparison, file, catalogue, &index);
	add_superfluous(&comparison, file, catalogue, &index);
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, in_file_order);
}
