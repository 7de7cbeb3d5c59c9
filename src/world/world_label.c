/* Labels of enums that the plan adds or renames. */
#include "world/world_part.h"

/* Since PostgreSQL 17 a label can be used at once if its type is of the same transaction. */
static bool is_usable(const World *world, ObjectName type)
{
	enum {
		SEVENTEEN = 170000
	};
	for (size_t i = 0; i < world->new_types.count; i++)
		if (str_equal(world->new_types.items[i].name, type.name) &&
			str_equal(world->new_types.items[i].schema, type.schema))
			return !world->catalog || world->catalog->version >= SEVENTEEN ||
			       world->catalog->version == 0;
	return false;
}

/* It is a label again, of whatever type. */
static void bring_label_back(World *world, Str label)
{
	for (size_t i = 0; i < world->gone_labels.count; i++)
		if (str_equal(world->gone_labels.items[i].label, label))
			world->gone_labels.items[i] = (WorldLabel){0};
}

void world_rename_label(World *world, const Action *action)
{
	ObjectName full = world_type_name(world, action->object);
	bring_label_back(world, action->new_name);
	if (world_is_enum(world, full))
		*vec_add(world->arena, &world->gone_labels) = (WorldLabel){full, action->name};
}

bool world_is_gone_label(const World *world, ObjectName type, Str label)
{
	ObjectName full = world->gone_labels.count ? world_type_name(world, type) : (ObjectName){0};
	for (size_t i = 0; full.name.len && i < world->gone_labels.count; i++)
		if (facts_same_object(world->gone_labels.items[i].type, full) &&
			str_equal(world->gone_labels.items[i].label, label))
			return !str_map_find(&world->vague_names, full.name);
	return false;
}

void world_add_label(World *world, const Action *action)
{
	const CatalogType *type;
	ObjectName full = world_type_name(world, action->object);
	world_find_type(world, action->object, &type);
	bring_label_back(world, action->new_name);
	*vec_add(world->arena, &world->all_labels) = (WorldLabel){action->object, action->new_name};
	bool is_there = type && names_have(&type->labels, action->new_name);
	if (world->is_atomic && full.name.len && !is_there && !is_usable(world, full))
		*vec_add(world->arena, &world->labels) = (WorldLabel){full, action->new_name};
}

/* Also under another name: what was renamed in a type of that name is not known any more. */
void world_make_enum(World *world, ObjectName type, Names labels)
{
	world->gone_labels.count = 0;
	*vec_add(world->arena, &world->new_enums) = (WorldEnum){type, labels};
}

static WorldEnum *find_enum(const World *world, ObjectName type)
{
	for (size_t i = world->new_enums.count; i-- > 0;)
		if (facts_same_object(world->new_enums.items[i].type, type))
			return &world->new_enums.items[i];
	return NULL;
}

void world_rename_enum(World *world, ObjectName from, ObjectName to)
{
	const WorldEnum *found = find_enum(world, from);
	world_make_enum(world, to, found ? found->labels : (Names){0});
}

bool world_is_enum(const World *world, ObjectName type)
{
	const CatalogType *known;
	ObjectName full = world_type_name(world, type);
	if (!full.name.len || world_find_type(world, full, &known) != PRESENCE_THERE)
		return false;
	if (!known)
		known = world_renamed_type(world, full);
	const WorldEnum *made = find_enum(world, full);
	return known ? known->kind == 'e' : made && made->labels.count;
}

bool world_lacks_label(const World *world, ObjectName type, Str label)
{
	const WorldEnum *found = find_enum(world, type);
	return found && found->labels.count && world_has_made(world, OBJECT_TYPE, type) &&
	       !str_map_find(&world->vague_names, type.name) &&
	       !names_have(&found->labels, label) && !world_has_added_label(world, type, label);
}

/* Its labels are not those that were read, or that it was made with, any more. */
void world_forget_labels(World *world, ObjectName type)
{
	for (size_t i = 0; i < world->new_enums.count; i++)
		if (str_equal(world->new_enums.items[i].type.name, type.name))
			world->new_enums.items[i].labels = (Names){0};
	ObjectName full = world_type_name(world, type);
	if (full.name.len)
		world_makes(world, OBJECT_TYPE, full);
	else
		world_blur(world, type.name, BLUR_MAY_BE_GONE);
}
