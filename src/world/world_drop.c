/* DROP, and what goes along with what is dropped. */
#include "world/world_part.h"

void world_forget(Names *names, Str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->items[i], name))
			names->items[i] = (Str){0};
}

/* ---- relations ---- */

static bool is_divided(const WorldRelation *relation)
{
	return relation->kind == RELATION_PARTITIONED ||
	       relation->kind == RELATION_PARTITIONED_INDEX;
}

void world_drop_relation(World *world, WorldRelation *relation)
{
	if (relation->is_dropped)
		return;
	relation->is_dropped = true;
	WorldIndex *index = relation->table ? world_index(relation->table, relation->name) : NULL;
	if (index)
		*index = (WorldIndex){0};
	for (size_t i = 0; i < world->relations.count; i++)
		if (world->relations.items[i]->table == relation)
			world_drop_relation(world, world->relations.items[i]);
	for (size_t i = 0; is_divided(relation) && i < relation->children.count; i++)
		world_drop_relation(world, relation->children.items[i]);
}

static void drop_index(World *world, WorldRelation *table, WorldIndex *index)
{
	WorldRelation *relation = world_index_relation(world, table, index->name);
	if (relation)
		world_drop_relation(world, relation);
	*index = (WorldIndex){0};
}

void world_drop_constraint(World *world, WorldRelation *table, WorldConstraint *constraint)
{
	WorldIndex *index = constraint->kind == CONSTRAINT_FOREIGN_KEY
				    ? NULL
				    : world_index(table, constraint->name);
	if (index)
		drop_index(world, table, index);
	*constraint = (WorldConstraint){.name = STR("(dropped)")};
}

/* ---- columns ---- */

void world_drop_sequence(World *world, const WorldRelation *table, const WorldColumn *column)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		WorldRelation *sequence = world->relations.items[i];
		if (sequence->table == table && sequence->kind == RELATION_SEQUENCE &&
			sequence->there && sequence->there->table_column == column->number)
			world_drop_relation(world, sequence);
	}
}

static bool is_in_any(const Names *texts, Str name)
{
	for (size_t i = 0; i < texts->count; i++)
		if (str_contains(texts->items[i], name))
			return true;
	return false;
}

/* Expressions that the plan has written are not looked into. */
static void drop_indexes_over(World *world, WorldRelation *table, Str name)
{
	for (size_t i = 0; i < table->indexes.count; i++) {
		WorldIndex *index = &table->indexes.items[i];
		bool is_unread = !index->oid && (index->is_partial || index->has_expressions);
		if (names_have(&index->uses, name) || names_have(&index->keys, name))
			drop_index(world, table, index);
		else if (is_unread && (index->is_partial || is_in_any(&index->uses, name))) {
			world_blur(world, index->name, BLUR_MAY_BE_GONE);
			table->is_loose = true;
		}
	}
}

static void drop_constraints_over(World *world, WorldRelation *table, Str name)
{
	for (size_t i = 0; i < table->constraints.count; i++) {
		WorldConstraint *constraint = &table->constraints.items[i];
		if (names_have(&constraint->columns, name))
			world_drop_constraint(world, table, constraint);
		else if (!constraint->oid && constraint->kind == CONSTRAINT_CHECK)
			table->is_loose = true;
	}
}

/* A child's column stays if it was declared there, too. */
void world_drop_column(World *world, WorldRelation *table, Str name, bool with_children)
{
	WorldColumn *column = world_column(table, name);
	if (!column)
		return;
	drop_indexes_over(world, table, name);
	drop_constraints_over(world, table, name);
	world_drop_sequence(world, table, column);
	column->name = (Str){0};
	for (size_t i = 0; with_children && i < table->children.count; i++) {
		WorldRelation *child = table->children.items[i];
		child->is_loose |= table->kind != RELATION_PARTITIONED;
		child->is_vague |= table->kind != RELATION_PARTITIONED;
		child->hides_columns |= table->kind != RELATION_PARTITIONED;
		world_drop_column(world, child, name, true);
	}
}

/* ---- CASCADE ---- */

static WorldColumn *column_of_number(WorldRelation *table, int64_t number)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (number && table->columns.items[i].number == number)
			return &table->columns.items[i];
	return NULL;
}

static void fall_constraint(World *world, WorldRelation *table, int64_t oid)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].oid == oid)
			world_drop_constraint(world, table, &table->constraints.items[i]);
}

static void fall_index(World *world, WorldRelation *table, int64_t oid)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].oid == oid)
			drop_index(world, table, &table->indexes.items[i]);
}

static void fall_on(World *world, WorldRelation *table, const CatalogBlocker *fall)
{
	WorldColumn *column = column_of_number(table, fall->by_column);
	switch (fall->by_class) {
	case CLASS_RELATION:
		if (column)
			world_drop_column(world, table, column->name, false);
		else if (!fall->by_column && fall->by != fall->relation)
			fall_index(world, table, fall->by);
		else if (!fall->by_column)
			world_drop_relation(world, table);
		break;
	case CLASS_CONSTRAINT:
		fall_constraint(world, table, fall->by);
		break;
	case CLASS_POLICY:
		world_forget(&table->policies, fall->name);
		break;
	case CLASS_TRIGGER:
		world_forget(&table->triggers, fall->name);
		break;
	case CLASS_RULE:
		world_forget(&table->rules, fall->name);
		break;
	case CLASS_DEFAULT:
		if (column) {
			column->has_default = false;
			column->has_new_default = true;
		}
		break;
	case CLASS_OTHER:
	case CLASS_TYPE:
	case CLASS_FUNCTION:
	case CLASS_SCHEMA:
	case CLASS_EXTENSION:
		break;
	}
}

static void drop_type(World *world, const CatalogType *type)
{
	world_drops(world, OBJECT_TYPE, (ObjectName){type->schema, type->name});
}

static void drop_function(World *world, const CatalogFunction *function)
{
	world_drops(world, OBJECT_FUNCTION, (ObjectName){.name = function->name});
}

static void fall_alone(World *world, const CatalogBlocker *fall)
{
	const Catalog *catalog = world->catalog;
	for (size_t i = 0; fall->by_class == CLASS_TYPE && i < catalog->types.count; i++)
		if (catalog->types.items[i].oid == fall->by)
			drop_type(world, &catalog->types.items[i]);
	for (size_t i = 0; fall->by_class == CLASS_FUNCTION && i < catalog->functions.count; i++)
		if (catalog->functions.items[i].oid == fall->by)
			drop_function(world, &catalog->functions.items[i]);
}

void world_fall(World *world, CatalogClass class, int64_t oid, int64_t column)
{
	const Catalog *catalog = world->catalog;
	world->is_opaque |= !catalog || !catalog->is_complete || world->has_made || !oid;
	for (size_t i = 0; catalog && oid && i < catalog->falls.count; i++) {
		const CatalogBlocker *fall = &catalog->falls.items[i];
		if (fall->class != class || fall->oid != oid || fall->column != column)
			continue;
		WorldRelation *table = fall->relation ? world_by_oid(world, fall->relation) : NULL;
		*vec_add(world->arena, &world->fallen) = fall;
		if (table)
			fall_on(world, table, fall);
		else
			fall_alone(world, fall);
	}
}

/* ---- DROP ---- */

static void forget_part(WorldRelation *table, const Action *action)
{
	Names *names = world_parts(table, action->object_kind);
	bool is_cloned =
		action->object_kind == OBJECT_TRIGGER && table->kind == RELATION_PARTITIONED;
	world_forget(names, action->name);
	for (size_t i = 0; is_cloned && i < table->children.count; i++)
		forget_part(table->children.items[i], action);
}

static void drop_named_type(World *world, const Action *action)
{
	const CatalogType *type;
	ObjectName full = world_type_name(world, action->object);
	world_find_type(world, action->object, &type);
	WorldRelation *composite;
	if (action->options.cascade)
		world_fall(world, CLASS_TYPE, type ? type->oid : 0, 0);
	if (full.name.len)
		world_drops(world, OBJECT_TYPE, full);
	else
		world_blur(world, action->object.name, BLUR_MAY_BE_GONE);
	if (world_find(world, action->object, &composite) == PRESENCE_THERE &&
		composite->kind == RELATION_COMPOSITE)
		world_drop_relation(world, composite);
}

/* Which one of a name it is, is not asked: what any of them takes may be gone. */
static void drop_named_function(World *world, const Action *action)
{
	const Catalog *catalog = world->catalog;
	const CatalogFunction *found = NULL;
	size_t count = 0;
	for (size_t i = 0; catalog && i < catalog->functions.count; i++)
		if (str_equal(catalog->functions.items[i].name, action->object.name)) {
			found = &catalog->functions.items[i];
			count++;
		}
	world_drops(world, OBJECT_FUNCTION, (ObjectName){.name = action->object.name});
	*vec_add(world->arena, &world->functions) =
		(WorldFunction){.name = action->object, .is_gone = true};
	if (action->options.cascade)
		world_fall(world, CLASS_FUNCTION, count == 1 ? found->oid : 0, 0);
}

/* Its oid is not read: what goes along is what has it as its schema. */
static void drop_all_in(World *world, Str schema)
{
	const Catalog *catalog = world->catalog;
	for (size_t i = 0; i < world->relations.count; i++)
		if (str_equal(world->relations.items[i]->schema, schema))
			world_drop_relation(world, world->relations.items[i]);
	for (size_t i = 0; catalog && i < catalog->types.count; i++)
		if (str_equal(catalog->types.items[i].schema, schema))
			drop_type(world, &catalog->types.items[i]);
	for (size_t i = 0; catalog && i < catalog->functions.count; i++)
		if (str_equal(catalog->functions.items[i].schema, schema))
			drop_function(world, &catalog->functions.items[i]);
}

static void drop_schema(World *world, const Action *action)
{
	const Catalog *catalog = world->catalog;
	Str name = action->object.name;
	for (size_t i = 0; catalog && i < catalog->schemas.count; i++)
		if (action->options.cascade && str_equal(catalog->schemas.items[i].name, name))
			world_fall(world, CLASS_SCHEMA, catalog->schemas.items[i].oid, 0);
	drop_all_in(world, name);
	world_drops(world, OBJECT_SCHEMA, action->object);
}

static void drop_extension(World *world, const Action *action)
{
	const Catalog *catalog = world->catalog;
	int64_t oid = 0;
	for (size_t i = 0; catalog && i < catalog->extensions.count; i++)
		if (str_equal(catalog->extensions.items[i].name, action->object.name))
			oid = catalog->extensions.items[i].oid;
	world_fall(world, CLASS_EXTENSION, oid, 0);
	world_drops(world, OBJECT_EXTENSION, action->object);
}

static void drop_named_relation(World *world, const Action *action)
{
	WorldRelation *relation;
	if (world_find(world, action->object, &relation) != PRESENCE_THERE) {
		world->is_opaque |= action->options.cascade;
		return;
	}
	if (action->options.cascade)
		world_fall(world, CLASS_RELATION, relation->there ? relation->there->oid : 0, 0);
	world_drop_relation(world, relation);
}

void world_drop(World *world, const Action *action)
{
	WorldRelation *table;
	world->has_taken = true;
	switch ((int)action->object_kind) {
	case OBJECT_POLICY:
	case OBJECT_TRIGGER:
	case OBJECT_RULE:
		if (world_find(world, action->object, &table) == PRESENCE_THERE)
			forget_part(table, action);
		break;
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		drop_named_type(world, action);
		break;
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
	case OBJECT_ROUTINE:
		drop_named_function(world, action);
		break;
	case OBJECT_SCHEMA:
		drop_schema(world, action);
		break;
	case OBJECT_EXTENSION:
		drop_extension(world, action);
		break;
	case OBJECT_TABLE:
	case OBJECT_VIEW:
	case OBJECT_MATVIEW:
	case OBJECT_SEQUENCE:
	case OBJECT_INDEX:
	case OBJECT_FOREIGN_TABLE:
		drop_named_relation(world, action);
		break;
	default:
		world_drops(world, action->object_kind, (ObjectName){.name = action->object.name});
		world->is_opaque |= action->options.cascade;
		break;
	}
}
