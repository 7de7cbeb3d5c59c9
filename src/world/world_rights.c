/* Who may do what, and savepoints: what of the session the plan changes. */
#include "world/world_apply.h"

/* ---- rights ---- */

static bool is_relation(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_SEQUENCE || kind == OBJECT_FOREIGN_TABLE;
}

/* Without a name, or of one that is not found: of any. */
static void take_grant(World *world, const Action *action)
{
	bool is_one = !action->options.all && action->object.name.len;
	WorldRelation *relation = NULL;
	bool is_found = is_one && world_find(world, action->object, &relation) == PRESENCE_THERE;
	for (size_t i = 0; i < world->relations.count; i++)
		if (!is_found || world->relations.items[i] == relation)
			world->relations.items[i]->has_new_rights = true;
}

/* Who is in which role, and what a role may do with the server; REASSIGN OWNED is one of those that
 * are not read. */
static bool changes_roles(const Action *action)
{
	bool is_grant = action->kind == ACTION_GRANT || action->kind == ACTION_REVOKE;
	bool is_role = action->object_kind == OBJECT_ROLE ||
		       (is_grant && action->object_kind == OBJECT_NONE); /* a parameter */
	bool is_owner = action->kind == ACTION_SET_OWNER && !is_relation(action->object_kind);
	return (is_role && action->kind != ACTION_COMMENT) || is_owner ||
	       action->kind == ACTION_OTHER;
}

void world_take_rights(World *world, const Action *action)
{
	WorldRelation *relation;
	bool grants = action->kind == ACTION_GRANT || action->kind == ACTION_REVOKE;
	if (changes_roles(action))
		world->has_new_roles = true;
	else if (grants && is_relation(action->object_kind))
		take_grant(world, action);
	else if (action->kind == ACTION_SET_OWNER) {
		take_grant(world, action);
		if (world_find(world, action->object, &relation) == PRESENCE_THERE)
			relation->has_new_owner = true;
		else
			world->has_new_roles = true;
	}
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
