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
