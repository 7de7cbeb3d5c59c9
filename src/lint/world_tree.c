/* Which table is a part of which. */
#include "lint/world_part.h"

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
	table->is_filled = !world->is_atomic || world_may_fire(table, TRIGGER_TRUNCATE);
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
