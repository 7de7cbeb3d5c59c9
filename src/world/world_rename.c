/* RENAME and SET SCHEMA. */
#include "world/world_part.h"

/* The list may be an action's: it is copied. */
static void replace_name(World *world, Names *names, Str from, Str to)
{
	Names copy = {0};
	if (!names_have(names, from))
		return;
	for (size_t i = 0; i < names->count; i++)
		*vec_add(world->arena, &copy) =
			str_equal(names->items[i], from) ? to : names->items[i];
	*names = copy;
}

/* ---- columns and constraints ---- */

static void rename_referenced(World *world, const WorldRelation *table, Str from, Str to)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		WorldRelation *child = world->relations.items[i];
		for (size_t j = 0; j < child->constraints.count; j++)
			if (child->constraints.items[j].other == table)
				replace_name(world, &child->constraints.items[j].other_columns,
					from, to);
	}
}

static void rename_column(World *world, WorldRelation *table, Str from, Str to)
{
	WorldColumn *column = world_column(table, from);
	table->is_vague = true;
	if (!column)
		return;
	column->name = to;
	for (size_t i = 0; i < table->indexes.count; i++) {
		replace_name(world, &table->indexes.items[i].keys, from, to);
		replace_name(world, &table->indexes.items[i].uses, from, to);
	}
	for (size_t i = 0; i < table->constraints.count; i++) {
		WorldConstraint *constraint = &table->constraints.items[i];
		replace_name(world, &constraint->columns, from, to);
		if (str_equal(constraint->proves, from))
			constraint->proves = to;
	}
	rename_referenced(world, table, from, to);
	for (size_t i = 0; i < table->children.count; i++)
		rename_column(world, table->children.items[i], from, to);
}

/* An index and the constraint that is made of it have one name. */
static void rename_key(World *world, WorldRelation *table, Str from, Str to)
{
	WorldConstraint *constraint = world_constraint(table, from);
	WorldIndex *index = world_index(table, from);
	WorldRelation *relation = index ? world_index_relation(world, table, from) : NULL;
	table->is_changed = true;
	if (index && (!constraint || constraint->kind != CONSTRAINT_CHECK))
		index->name = to;
	if (relation && (!constraint || constraint->kind != CONSTRAINT_CHECK))
		world_rename(world, relation, relation->schema, to);
	if (constraint)
		constraint->name = to;
}

static void rename_constraint(World *world, WorldRelation *table, Str from, Str to)
{
	WorldConstraint *constraint = world_constraint(table, from);
	bool is_key = constraint && (constraint->kind == CONSTRAINT_PRIMARY_KEY ||
					    constraint->kind == CONSTRAINT_UNIQUE ||
					    constraint->kind == CONSTRAINT_EXCLUDE);
	if (is_key) {
		rename_key(world, table, from, to);
	} else if (constraint) {
		constraint->name = to;
		table->is_changed = true;
	} else {
		table->is_vague = table->is_loose = true;
	}
	for (size_t i = 0; i < table->children.count; i++)
		if (world_constraint(table->children.items[i], from))
			rename_constraint(world, table->children.items[i], from, to);
}

/* ---- policies, triggers, rules ---- */

static void rename_part(World *world, WorldRelation *table, const Action *action)
{
	Names *names = world_parts(table, action->object_kind);
	replace_name(world, names, action->name, action->new_name);
	table->is_changed = true;
	bool is_cloned =
		action->object_kind == OBJECT_TRIGGER && table->kind == RELATION_PARTITIONED;
	for (size_t i = 0; is_cloned && i < table->children.count; i++)
		rename_part(world, table->children.items[i], action);
}

/* ---- types ---- */

static bool is_of_type(Str text, ObjectName type, Str *rest)
{
	if (!str_starts(text, type.schema) ||
		!str_starts(str_skip(text, type.schema.len), STR(".")))
		return false;
	text = str_skip(text, type.schema.len + 1);
	if (!str_starts(text, type.name))
		return false;
	*rest = str_skip(text, type.name.len);
	return !rest->len || *rest->ptr == '(' || *rest->ptr == '[';
}

static void retype_columns(World *world, ObjectName from, ObjectName to)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		WorldRelation *table = world->relations.items[i];
		for (size_t j = 0; j < table->columns.count; j++) {
			WorldColumn *column = &table->columns.items[j];
			Str rest;
			if (is_of_type(column->type, from, &rest))
				column->type = str_format(world->arena, "%.*s.%.*s%.*s",
					STR_ARG(to.schema), STR_ARG(to.name), STR_ARG(rest));
			column->is_changed |= str_equal(column->type, from.name);
		}
	}
}

const CatalogType *world_renamed_type(const World *world, ObjectName name)
{
	const CatalogType *found = NULL;
	ObjectName full = world_type_name(world, name);
	bool is_sure = full.name.len && world_has_made(world, OBJECT_TYPE, full);
	for (size_t i = 0; is_sure && i < world->renamed_types.count; i++)
		if (facts_same_object(world->renamed_types.items[i].now, full))
			found = world->renamed_types.items[i].type;
	return found;
}

void world_note_type(World *world, ObjectName now, const CatalogType *type)
{
	*vec_add(world->arena, &world->renamed_types) = (WorldRenamed){now, type};
}

static void retype_labels(World *world, ObjectName from, ObjectName to)
{
	for (size_t i = 0; i < world->labels.count; i++)
		if (str_equal(world->labels.items[i].type.name, from.name) &&
			str_equal(world->labels.items[i].type.schema, from.schema))
			world->labels.items[i].type = to;
	for (size_t i = 0; i < world->new_types.count; i++)
		if (str_equal(world->new_types.items[i].name, from.name) &&
			str_equal(world->new_types.items[i].schema, from.schema))
			world->new_types.items[i] = to;
}

static void rename_type(World *world, const Action *action)
{
	const CatalogType *type;
	WorldRelation *composite;
	bool moves = action->kind == ACTION_SET_SCHEMA;
	ObjectName from = world_type_name(world, action->object);
	ObjectName to = {
		moves ? action->new_name : from.schema, moves ? from.name : action->new_name};
	world_find_type(world, action->object, &type);
	if (!type)
		type = world_renamed_type(world, action->object);
	if (!from.name.len) {
		world_blur(world, action->object.name, BLUR_MAY_BE_GONE);
		world_blur(world, to.name, BLUR_MAY_BE_GONE);
		return;
	}
	bool is_domain = (type && type->kind == 'd') || world_has_made(world, OBJECT_DOMAIN, from);
	if (world_find(world, from, &composite) == PRESENCE_THERE &&
		composite->kind == RELATION_COMPOSITE)
		world_rename(world, composite, to.schema, to.name);
	world_drops(world, OBJECT_TYPE, from);
	world_makes(world, OBJECT_TYPE, to);
	world_note_type(world, to, type);
	world_rename_enum(world, from, to);
	if (is_domain)
		world_makes(world, OBJECT_DOMAIN, to);
	retype_columns(world, from, to);
	retype_labels(world, from, to);
}

/* ---- schemas ---- */

static void rename_schema(World *world, Str from, Str to)
{
	const Catalog *catalog = world->catalog;
	world->is_opaque |= world->has_made;
	for (size_t i = 0, count = world->relations.count; i < count; i++) {
		WorldRelation *relation = world->relations.items[i];
		if (str_equal(relation->schema, from) && !relation->is_dropped)
			world_rename(world, relation, to, relation->name);
	}
	for (size_t i = 0; catalog && i < catalog->types.count; i++) {
		const CatalogType *type = &catalog->types.items[i];
		if (!str_equal(type->schema, from))
			continue;
		world_drops(world, OBJECT_TYPE, (ObjectName){from, type->name});
		world_makes(world, OBJECT_TYPE, (ObjectName){to, type->name});
		retype_columns(world, (ObjectName){from, type->name}, (ObjectName){to, type->name});
	}
	for (size_t i = 0; catalog && i < catalog->functions.count; i++)
		if (str_equal(catalog->functions.items[i].schema, from))
			world_makes(world, OBJECT_FUNCTION,
				(ObjectName){.name = catalog->functions.items[i].name});
	world_drops(world, OBJECT_SCHEMA, (ObjectName){.name = from});
	world_makes(world, OBJECT_SCHEMA, (ObjectName){.name = to});
}

/* ---- the rest ---- */

static bool is_index(const WorldRelation *relation)
{
	return relation->kind == RELATION_INDEX || relation->kind == RELATION_PARTITIONED_INDEX;
}

static void rename_relation(World *world, WorldRelation *relation, const Action *action)
{
	if (action->kind == ACTION_SET_SCHEMA)
		world_move(world, relation, action->new_name);
	else if (is_index(relation) && relation->table)
		rename_key(world, relation->table, relation->name, action->new_name);
	else
		world_rename(world, relation, relation->schema, action->new_name);
}

static void rename_on(World *world, const Action *action)
{
	WorldRelation *table;
	if (world_find(world, action->object, &table) != PRESENCE_THERE) {
		world_blur(world, action->object.name, BLUR_MAY_BE_GONE);
		world_blur(world, action->new_name, BLUR_MAY_BE_GONE);
		return;
	}
	switch ((int)action->object_kind) {
	case OBJECT_COLUMN:
		rename_column(world, table, action->name, action->new_name);
		break;
	case OBJECT_TABCONSTRAINT:
		rename_constraint(world, table, action->name, action->new_name);
		break;
	case OBJECT_POLICY:
	case OBJECT_TRIGGER:
	case OBJECT_RULE:
		rename_part(world, table, action);
		break;
	default:
		if (action->name.len)
			table->is_vague = table->is_loose = true;
		else
			rename_relation(world, table, action);
		break;
	}
}

void world_rename_object(World *world, const Action *action)
{
	world->has_taken = true;
	world->is_opaque |= action->options.cascade; /* an attribute, and tables of its type */
	switch ((int)action->object_kind) {
	case OBJECT_SCHEMA:
		rename_schema(world, action->name, action->new_name);
		break;
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		rename_type(world, action);
		break;
	case OBJECT_ROLE:
		world_drops(world, OBJECT_ROLE, (ObjectName){.name = action->name});
		world_makes(world, OBJECT_ROLE, (ObjectName){.name = action->new_name});
		break;
	case OBJECT_EXTENSION:
		world->is_opaque = true;
		break;
	default:
		rename_on(world, action);
		break;
	}
}
