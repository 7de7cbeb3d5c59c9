/* Types that the plan makes: enums with their labels, domains with what they demand. */
#include "preflight/changes.h"

#include "sql/builtin_type.h"

static bool is_type(const Action *action)
{
	return !action->in_function &&
	       (action->object_kind == OBJECT_TYPE || action->object_kind == OBJECT_DOMAIN);
}

static void add_type(Changes *changes, ObjectName name, const CatalogType *type)
{
	*vec_add(changes->arena, &changes->made_types) = (MadeType){name, type};
}

static void add_check(Changes *changes, const Action *action, CatalogType *type)
{
	*vec_add(changes->arena, &type->constraints) = (CatalogConstraint){.name = action->name,
		.kind = CONSTRAINT_CHECK,
		.is_valid = true,
		.definition =
			str_format(changes->arena, "CHECK (%.*s)", STR_ARG(action->expression))};
}

static const CatalogType *read_domain(Changes *changes, const Facts *facts)
{
	CatalogType *type = arena_new(changes->arena, CatalogType);
	const Action *first = &facts->actions.items[0];
	*type = (CatalogType){.schema = changes_full_name(changes, first->object).schema,
		.name = first->object.name,
		.kind = 'd',
		.base = type_canonical(changes->arena, first->type)};
	bool is_known = builtin_type_is(first->type);
	for (size_t i = 1; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->kind == ACTION_ADD_CHECK)
			add_check(changes, action, type);
		else if (action->kind == ACTION_SET_NOT_NULL)
			type->is_not_null = true;
		else
			is_known = false;
	}
	return is_known ? type : NULL;
}

static const CatalogType *read_enum(Changes *changes, const Action *action)
{
	CatalogType *type = arena_new(changes->arena, CatalogType);
	*type = (CatalogType){.schema = changes_full_name(changes, action->object).schema,
		.name = action->object.name,
		.kind = 'e',
		.labels = action->columns};
	return action->columns.count ? type : NULL;
}

/* Without a schema: is it on the search path, with no other of its name there? */
static bool is_meant(const Changes *changes, const CatalogType *type, ObjectName name)
{
	const Catalog *catalog = changes->catalog;
	if (name.schema.len)
		return str_equal(name.schema, type->schema);
	bool is_alone = !changes->has_path && names_have(&catalog->search_path, type->schema);
	for (size_t i = 0; i < catalog->types.count && is_alone; i++)
		is_alone = !str_equal(catalog->types.items[i].name, name.name) ||
			   str_equal(catalog->types.items[i].schema, type->schema);
	return is_alone;
}

bool changes_made_type(const Changes *changes, ObjectName name, const CatalogType **out)
{
	*out = NULL;
	for (size_t i = changes->made_types.count; i-- > 0;) {
		const MadeType *made = &changes->made_types.items[i];
		if (!str_equal(made->name.name, name.name))
			continue;
		if (made->type && is_meant(changes, made->type, name))
			*out = made->type;
		return true;
	}
	return false;
}

/* Does the name mean the same type after it, with the same labels? */
static bool leaves_type(const Action *action)
{
	static const ActionKind others[] = {
		ACTION_CREATE, ACTION_DROP, ACTION_RENAME, ACTION_SET_SCHEMA};
	static const ActionKind kinds[] = {
		ACTION_COMMENT, ACTION_GRANT, ACTION_REVOKE, ACTION_SET_OWNER};
	bool leaves = action->object_kind == OBJECT_DOMAIN, found = false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		leaves = leaves && action->kind != others[i];
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		found = found || action->kind == kinds[i];
	return leaves || found;
}

/* A domain that the plan has made is not read any further. */
static void forget_type(Changes *changes, const Action *action)
{
	const CatalogType *made;
	if (leaves_type(action) && !changes_made_type(changes, action->object, &made))
		return;
	add_type(changes, action->object, NULL);
	if (action->kind == ACTION_RENAME)
		add_type(changes, (ObjectName){.name = action->new_name}, NULL);
}

void changes_take_types(Changes *changes, const Facts *facts)
{
	const Action *first = &facts->actions.items[0];
	bool makes = facts->actions.count && first->kind == ACTION_CREATE && is_type(first);
	if (makes && !changes->has_path) {
		add_type(changes, changes_full_name(changes, first->object),
			first->object_kind == OBJECT_DOMAIN ? read_domain(changes, facts)
							    : read_enum(changes, first));
		return;
	}
	for (size_t i = 0; i < facts->actions.count; i++)
		if (is_type(&facts->actions.items[i]))
			forget_type(changes, &facts->actions.items[i]);
}
