/* Who may do what, and savepoints: what of the session the plan changes. */
#include "lint/world_apply.h"

/* ---- rights ---- */

static bool is_grant(const Action *action)
{
	return action->kind == ACTION_GRANT || action->kind == ACTION_REVOKE ||
	       action->kind == ACTION_SET_OWNER;
}

static bool is_on_relation(const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_TABLE:
	case OBJECT_VIEW:
	case OBJECT_MATVIEW:
	case OBJECT_SEQUENCE:
	case OBJECT_FOREIGN_TABLE:
		return !action->options.all;
	default:
		return false;
	}
}

/* REASSIGN OWNED is one of those that are not read. */
void world_take_rights(World *world, const Action *action, bool is_sure)
{
	WorldRelation *relation;
	bool changes_roles =
		(action->object_kind == OBJECT_ROLE && action->kind != ACTION_COMMENT) ||
		action->kind == ACTION_OTHER;
	if (!is_grant(action) && !changes_roles)
		return;
	bool is_one = is_grant(action) && is_on_relation(action) && is_sure &&
		      world_find(world, action->object, &relation) == PRESENCE_THERE;
	if (is_one)
		relation->has_new_rights = true;
	else
		world->has_new_rights = true;
}

/* ---- savepoints ---- */

/* How many there are up to the newest of the name; 0: none. */
static size_t count_to(const World *world, Str name)
{
	size_t count = world->savepoints.count;
	while (count && !str_equal(world->savepoints.items[count - 1], name))
		count--;
	return count;
}

bool world_has_savepoint(const World *world, Str name)
{
	return count_to(world, name) > 0;
}

void world_set_savepoint(World *world, const Action *action)
{
	size_t count = count_to(world, action->name);
	if (!action->name.len)
		world->has_control = true;
	else if (str_equal(action->type, STR("SAVEPOINT")))
		*vec_add(world->arena, &world->savepoints) = action->name;
	else if (count)
		world->savepoints.count =
			str_equal(action->type, STR("RELEASE")) ? count - 1 : count;
}
