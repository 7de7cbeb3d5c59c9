#include "types/functions.h"

#include "types/mapping.h"
#include "types/relations.h"

static bool is_input(const CatalogueArgument *argument)
{
	char mode = argument->mode;
	return mode == 'i' || mode == 'b' || mode == 'v'; /* in, inout, variadic */
}

static size_t count_inputs(const CatalogueFunction *function)
{
	size_t count = 0;
	for (size_t i = 0; i < function->arguments.count; i++)
		count += is_input(&function->arguments.items[i]);
	return count;
}

/* The first input; there must be one. */
static const CatalogueArgument *first_input(const CatalogueFunction *function)
{
	size_t i = 0;
	while (!is_input(&function->arguments.items[i]))
		i++;
	return &function->arguments.items[i];
}

static bool is_document(Str type)
{
	return str_equal(type, STR("json")) || str_equal(type, STR("jsonb")) ||
	       str_equal(type, STR("text"));
}

/* Can it be called by the names of its arguments? Those without a name have to have a default, or
 * there is one alone, which takes the body of the request or a row. */
static bool is_callable(const CatalogueFunction *function)
{
	size_t inputs = count_inputs(function), input = 0;
	bool all = true;
	for (size_t i = 0; i < function->arguments.count; i++) {
		const CatalogueArgument *argument = &function->arguments.items[i];
		if (!is_input(argument))
			continue;
		bool defaulted = ++input > inputs - function->defaults;
		bool document = is_document(argument->type.name);
		if (!argument->name.len && inputs == 1 && (document || argument->relkind))
			return true;
		all = all && (argument->name.len || (defaulted && document));
	}
	return all;
}

/* ---- arguments ---- */

static void add_arguments(const Catalogue *c, const CatalogueFunction *function, TypesPart *part)
{
	size_t inputs = count_inputs(function), input = 0;
	for (size_t i = 0; i < function->arguments.count; i++) {
		const CatalogueArgument *argument = &function->arguments.items[i];
		if (!is_input(argument))
			continue;
		TypesMember member = {
			.name = argument->name, .optional = ++input > inputs - function->defaults};
		*vec_add(c->arena, &part->members) = mapping_member(c, argument->type, member);
	}
}

/* ---- results ---- */

static bool returns_table(const CatalogueFunction *function)
{
	for (size_t i = 0; i < function->arguments.count; i++)
		if (function->arguments.items[i].mode == 't')
			return true;
	return false;
}

static void add_table(const Catalogue *c, const CatalogueFunction *function, TypesPart *part)
{
	part->has_members = true;
	for (size_t i = 0; i < function->arguments.count; i++) {
		const CatalogueArgument *argument = &function->arguments.items[i];
		if (argument->mode == 't')
			*vec_add(c->arena, &part->members) = mapping_member(
				c, argument->type, (TypesMember){.name = argument->name});
	}
}

/* The relation of the function's own schema whose rows it returns. */
static const CatalogueRelation *result_relation(
	const Catalogue *c, const CatalogueFunction *function)
{
	const size_t *at = str_map_find(&c->by_name, function->result.name);
	if (!function->relkind || !str_equal(function->result.schema, function->schema))
		return NULL;
	for (size_t i = at ? *at : SIZE_MAX; i != SIZE_MAX; i = c->named.items[i].namesake) {
		const CatalogueNamed *named = &c->named.items[i];
		if (named->kind == CATALOGUE_RELATION &&
			str_equal(catalogue_named_schema(c, named), function->schema))
			return &c->relations.items[named->index];
	}
	return NULL;
}

static bool is_list(const CatalogueFunction *function)
{
	bool one = catalogue_has(function->flags, FUNCTION_ONE_ROW) && function->relkind;
	return catalogue_has(function->flags, FUNCTION_SET) && !one;
}

static Str marked(Arena *arena, Str type, bool list)
{
	if (!list || !type.len)
		return type;
	return str_format(
		arena, str_contains(type, STR(" | ")) ? "(%.*s)[]" : "%.*s[]", STR_ARG(type));
}

static const TypesOther *marked_others(Arena *arena, const TypesOther *others, bool list)
{
	const TypesOther *out = NULL;
	for (; others; others = others->next)
		out = types_other_add(arena, marked(arena, others->text, list), out);
	return out;
}

static void add_result(const Catalogue *c, const CatalogueFunction *function, TypesPart *part)
{
	const CatalogueRelation *relation = result_relation(c, function);
	bool list = is_list(function);
	TypesMember *whole = &part->whole;
	if (returns_table(function)) {
		add_table(c, function, part);
	} else if (relation) {
		part->has_members = true;
		relations_add_row(c, relation, part);
		whole->others = types_other_add(
			c->arena, marked(c->arena, mapping_row(c->arena, relation), list), NULL);
	} else {
		*whole = mapping_member(c, function->result, *whole);
		whole->type = marked(c->arena, whole->type, list);
		whole->others = marked_others(c->arena, whole->others, list);
		return;
	}
	whole->type = list ? STR("[]") : (Str){0};
}

/* ---- errors ---- */

/* All of one name, of one schema. */
typedef struct Signatures {
	const CatalogueFunction *items;
	size_t count;
} Signatures;

static bool has_same_argument(const CatalogueFunction *function, Str name)
{
	return count_inputs(function) == 1 && str_equal(first_input(function)->name, name);
}

/* PostgREST cannot tell it from another of its name, or cannot call it: generators say so, or not.
 */
static bool may_be_error(const Signatures *all, const CatalogueFunction *function)
{
	size_t inputs = count_inputs(function), same = 0, unnamed = 0;
	if (inputs == 1 && first_input(function)->relkind)
		return true;
	for (size_t i = 0; i < all->count; i++) {
		const CatalogueFunction *other = &all->items[i];
		if (inputs == 1)
			same += has_same_argument(other, first_input(function)->name);
		unnamed += has_same_argument(other, (Str){0});
	}
	return same > 1 || (inputs == 0 && unnamed > 0);
}

/* ---- the objects ---- */

static TypesPart *add_part(const Catalogue *c, TypesObject *object, TypesPartKind kind)
{
	TypesPart *part = vec_add(c->arena, &object->parts);
	part->kind = kind;
	return part;
}

static void add_signatures(const Catalogue *c, const Signatures *all, TypesObject *object)
{
	for (size_t i = 0; i < all->count; i++) {
		const CatalogueFunction *function = &all->items[i];
		if (!is_callable(function))
			continue;
		TypesPart *arguments = add_part(c, object, TYPES_ARGS);
		arguments->has_members = true;
		add_arguments(c, function, arguments);
		TypesPart *result = add_part(c, object, TYPES_RETURNS);
		if (may_be_error(all, function))
			result->whole.allows |= TYPES_ALLOW_ERROR;
		add_result(c, function, result);
	}
}

/* A function of one row of a relation of its schema is a field of it. */
static void add_field(const Catalogue *c, const CatalogueFunction *function, TypesModel *model)
{
	if (count_inputs(function) != 1)
		return;
	const CatalogueArgument *argument = first_input(function);
	const size_t *at = str_map_find(&c->by_name, argument->type.name);
	TypesMember member = {.name = function->name,
		.nullable = true,
		.allows = TYPES_ALLOW_ABSENT | TYPES_ALLOW_NULL | TYPES_ALLOW_UNKNOWN};
	for (size_t i = at ? *at : SIZE_MAX; i != SIZE_MAX; i = c->named.items[i].namesake) {
		const CatalogueNamed *named = &c->named.items[i];
		if (named->kind != CATALOGUE_RELATION ||
			!str_equal(catalogue_named_schema(c, named), function->schema))
			continue;
		TypesPart *row = &model->objects.items[named->index].parts.items[0];
		if (function->relkind || catalogue_has(function->flags, FUNCTION_SET))
			member.allows |= TYPES_ALLOW_ANY; /* columns, a row's name, one of a set */
		member = mapping_member(c, function->result, member);
		member.type = marked(c->arena, member.type, is_list(function));
		*vec_add(c->arena, &row->members) = member;
	}
}

static bool is_same_name(const CatalogueFunction *a, const CatalogueFunction *b)
{
	return str_equal(a->schema, b->schema) && str_equal(a->name, b->name);
}

void functions_add(const Catalogue *catalogue, TypesModel *model)
{
	const CatalogueFunction *items = catalogue->functions.items;
	size_t count = catalogue->functions.count;
	for (size_t i = 0; i < count; i++)
		add_field(catalogue, &items[i], model);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && is_same_name(&items[first], &items[end]);)
			end++;
		TypesObject object = {.section = TYPES_FUNCTIONS,
			.schema = items[first].schema,
			.name = items[first].name};
		const Signatures all = {items + first, end - first};
		add_signatures(catalogue, &all, &object);
		if (object.parts.count)
			*vec_add(catalogue->arena, &model->objects) = object;
	}
}
