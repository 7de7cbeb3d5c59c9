/* What a plan puts where something is already: a second function of a name, an extension in a
 * schema of the API. */
#include "lint/judge.h"
#include "lint/lint_change.h"
#include "sql/type_change.h"

static bool is_served(const LintRun *run, Str schema)
{
	const Catalog *catalog = run->world.catalog;
	bool has_roles = false;
	for (size_t i = 0; catalog && i < catalog->defaults.count; i++)
		has_roles |= catalog->defaults.items[i].is_exposed;
	return has_roles && names_have(&catalog->exposed, schema);
}

/* ---- extensions ---- */

static Str fixed_schema(const LintRun *run, Str name)
{
	const Catalog *catalog = run->world.catalog;
	for (size_t i = 0; catalog && i < catalog->extensions.count; i++)
		if (str_equal(catalog->extensions.items[i].name, name))
			return catalog->extensions.items[i].schema;
	return (Str){0};
}

static void look_at_extension(LintRun *run, const Action *action)
{
	Str schema = fixed_schema(run, action->object.name);
	if (!schema.len)
		schema = action->object.schema.len ? action->object.schema
						   : world_creation_schema(&run->world);
	if (is_served(run, schema))
		lint_add_about(run, LINT_EXTENSION_PLACE, action, action->object.name, schema);
}

/* ---- functions ---- */

static Names types_of(Arena *arena, Str arguments)
{
	Names types = {0};
	Str one;
	while (arguments.len && str_next(&arguments, ',', &one))
		*vec_add(arena, &types) = type_canonical(arena, str_trim(one));
	return types;
}

/* Dropped, or renamed, by the plan; by name alone. */
static bool is_taken_down(const LintRun *run, Str name)
{
	for (size_t i = 0; i < run->changes.count; i++)
		if (!run->changes.items[i].relation &&
			run->changes.items[i].action->kind != ACTION_CREATE &&
			str_equal(run->changes.items[i].name.name, name))
			return true;
	return run->world.is_opaque || str_map_find(&run->world.vague_names, name);
}

/* Two of the server's own types that are not one. */
static bool are_other(LintRun *run, const Names *a, const Names *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (!str_equal(a->items[i], b->items[i]) &&
			type_change(run->arena, a->items[i], b->items[i], (Str){0}) !=
				TYPE_CHANGE_UNKNOWN)
			return true;
	return false;
}

/* The first `count` names are required; all of them have to be in the other list. */
static bool are_among(const Names *names, size_t count, const Names *others)
{
	for (size_t i = 0; i < count; i++)
		if (!names->items[i].len || !names_have(others, names->items[i]))
			return false;
	return true;
}

/* Is there a set of names with which a call may mean both? What one needs, the other has to know.
 */
static bool is_ambiguous(const CatalogFunction *old, size_t old_count, const Action *action)
{
	size_t required = action->columns.count - action->other_columns.count;
	bool are_named = old->names.count == old_count;
	return (are_named || !old_count) &&
	       are_among(&old->names, old_count - (size_t)old->defaults, &action->columns) &&
	       are_among(&action->columns, required, &old->names);
}

static void compare(LintRun *run, const CatalogFunction *old, const Action *action, Str schema)
{
	Names there = types_of(run->arena, old->arguments);
	Names wanted = types_of(run->arena, action->arguments);
	bool is_counted = !str_contains(old->arguments, STR("(")) &&
			  !str_contains(action->arguments, STR("("));
	bool is_second = is_counted && there.count == wanted.count ? are_other(run, &there, &wanted)
								   : is_counted;
	if (!is_second || old->kind != 'f')
		return;
	ObjectName name = {schema, action->object.name};
	Str object = str_format(run->arena, "%.*s(%.*s)",
		STR_ARG(facts_qualified(run->arena, name)), STR_ARG(action->arguments));
	Str what = str_format(run->arena, "%.*s(%.*s)", STR_ARG(facts_qualified(run->arena, name)),
		STR_ARG(old->arguments));
	if (is_served(run, schema) && old->is_exposed && !action->options.returns_trigger &&
		is_ambiguous(old, there.count, action))
		lint_add_about(run, LINT_AMBIGUOUS, action, object, what);
	else if (action->options.or_replace && there.count != wanted.count)
		lint_add_about(run, LINT_OVERLOAD, action, object, what);
}

static void look_at_function(LintRun *run, const Action *action)
{
	const Catalog *catalog = run->world.catalog;
	Str schema = action->object.schema.len ? action->object.schema
					       : world_creation_schema(&run->world);
	Judge judge = {.arena = run->arena, .world = &run->world};
	if (!catalog || is_taken_down(run, action->object.name) ||
		judge_same_function(&judge, action, schema))
		return;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *old = &catalog->functions.items[i];
		if (str_equal(old->name, action->object.name) && str_equal(old->schema, schema))
			compare(run, old, action, schema);
	}
}

void lint_beside_end(LintRun *run, const Action *action)
{
	if (action->object_kind == OBJECT_FUNCTION)
		look_at_function(run, action);
	else
		look_at_extension(run, action);
}
