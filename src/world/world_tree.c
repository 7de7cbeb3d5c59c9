/* Which table is a part of which, and which column has which place. */
#include "world/world_part.h"
#include "sql/builtin_type.h"

bool world_is_partition(const WorldRelation *relation)
{
	for (size_t i = 0; i < relation->parents.count; i++)
		if (relation->parents.items[i]->kind == RELATION_PARTITIONED ||
			relation->parents.items[i]->kind == RELATION_PARTITIONED_INDEX)
			return true;
	return false;
}

bool world_has_children(const WorldRelation *relation)
{
	for (size_t i = 0; i < relation->children.count; i++)
		if (!relation->children.items[i]->is_dropped)
			return true;
	return false;
}

bool world_is_inherited(const WorldRelation *relation, Str column)
{
	for (size_t i = 0; i < relation->parents.count; i++)
		if (world_column(relation->parents.items[i], column))
			return true;
	return false;
}

/* What has gone has left a column without a name. */
const WorldColumn *world_column_at(const WorldRelation *relation, size_t index)
{
	for (size_t i = 0; i < relation->columns.count; i++)
		if (relation->columns.items[i].name.len && index-- == 0)
			return &relation->columns.items[i];
	return NULL;
}

void world_attach(World *world, WorldRelation *table, const Action *action)
{
	WorldRelation *other;
	if (world_find(world, action->other, &other) != PRESENCE_THERE)
		return;
	*vec_add(world->arena, &table->children) = other;
	*vec_add(world->arena, &other->parents) = table;
}

static void take_out(WorldRelations *relations, const WorldRelation *one)
{
	size_t kept = 0;
	for (size_t i = 0; i < relations->count; i++)
		if (relations->items[i] != one)
			relations->items[kept++] = relations->items[i];
	relations->count = kept;
}

/* ---- copies ---- */

/* Defaults, identity and generated columns are left out unless they are included; NOT NULL never
 * is. */
void world_copy_columns(World *world, WorldRelation *table, const Action *action)
{
	const Names *included = &action->columns;
	WorldRelation *from;
	bool is_known = world_find(world, action->other, &from) == PRESENCE_THERE &&
			!from->hides_columns && !from->is_loose && !table->hides_columns &&
			!action->options.after_columns;
	table->is_vague |= !is_known || names_have(included, STR("indexes")) ||
			   names_have(included, STR("constraints"));
	table->hides_columns |= !is_known;
	for (size_t i = 0; is_known && i < from->columns.count; i++) {
		WorldColumn column = from->columns.items[i];
		bool has_identity = names_have(included, STR("identity"));
		bool keeps = column.generated ? names_have(included, STR("generated"))
					      : names_have(included, STR("defaults"));
		if (!column.name.len)
			continue;
		if (has_identity && column.identity)
			world_guess(world, table);
		*vec_add(world->arena, &table->columns) = (WorldColumn){.name = column.name,
			.type = column.type,
			.is_not_null = column.is_not_null,
			.has_default = column.has_default && keeps,
			.generated = keeps ? column.generated : '\0',
			.identity = has_identity ? column.identity : '\0',
			.is_changed = column.is_changed};
	}
}

/* An identity is the parent's, or none: that is the version's matter. */
void world_copy_parent(World *world, WorldRelation *table, const WorldRelation *parent)
{
	bool is_known = !parent->hides_columns && !parent->is_loose;
	for (size_t i = 0; i < parent->columns.count; i++)
		is_known = is_known && !parent->columns.items[i].identity;
	for (size_t i = 0; is_known && i < parent->columns.count; i++) {
		WorldColumn column = parent->columns.items[i];
		column.number = 0;
		column.has_new_type = column.has_new_default = false;
		if (column.name.len)
			*vec_add(world->arena, &table->columns) = column;
	}
	table->hides_columns = !is_known;
}

/* ---- rows ---- */

static void write_below(WorldRelation *table)
{
	table->is_filled = true;
	for (size_t i = 0; i < table->children.count; i++)
		write_below(table->children.items[i]);
}

void world_may_fill(World *world)
{
	for (size_t i = 0; i < world->relations.count; i++)
		world->relations.items[i]->is_filled |= world->relations.items[i]->is_emptied;
}

/* A trigger, a rule or a view may write to other tables, too. */
void world_write(World *world, WorldRelation *table, const Action *action)
{
	bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED;
	(void)action;
	write_below(table);
	if (!is_table || table->triggers.count || table->rules.count || table->is_vague)
		world_may_fill(world);
}

/* A trigger for it may write rows, and so may others after a COMMIT. */
void world_empty(World *world, WorldRelation *table, const Action *action)
{
	table->is_emptied = true;
	table->is_filled = !world->is_atomic || world_may_fire(world, table, TRIGGER_TRUNCATE);
	for (size_t i = 0; !action->options.only && i < table->children.count; i++)
		world_empty(world, table->children.items[i], action);
}

/* DETACH PARTITION names the child, NO INHERIT the parent. */
void world_detach(World *world, WorldRelation *table, const Action *action)
{
	WorldRelation *other;
	table->is_vague = table->hides_columns = true;
	if (world_find(world, action->other, &other) != PRESENCE_THERE)
		return;
	other->is_vague = other->hides_columns = true;
	bool is_parent = action->kind == ACTION_DETACH_PARTITION;
	WorldRelation *parent = is_parent ? table : other, *child = is_parent ? other : table;
	take_out(&parent->children, child);
	take_out(&child->parents, parent);
}
