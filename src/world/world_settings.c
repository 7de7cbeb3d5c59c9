/* What the session says that names and texts mean. */
#include "world/world.h"

#include "sql/sql.h"

void world_begin_file(World *world)
{
	world->skips_bodies = false;
	world->knows_path = world->catalog != NULL;
	world->path = world->catalog ? world->catalog->search_path : (Names){0};
	world->time_zone = world->catalog ? world->catalog->time_zone : (Str){0};
}

void world_begin_transaction(World *world, bool is_atomic)
{
	world->labels.count = 0;
	world->new_types.count = 0;
	world_may_fill(world);
	world->savepoints.count = 0;
	world->has_control = false;
	world->is_atomic = is_atomic;
	world_begin_file(world);
}

void world_forget_settings(World *world)
{
	world->knows_path = false;
	world->skips_bodies = true;
	world->time_zone = (Str){0};
}

void world_set_path(World *world, Str path, bool is_known)
{
	Str user = world->catalog ? world->catalog->user : (Str){0};
	world->path = catalog_split_path(world->arena, path, user);
	world->knows_path = is_known && world->catalog;
}

bool world_has_our_grammar(const World *world)
{
	enum {
		NUMBERS_A_MAJOR = 10000 /* of server_version_num */
	};
	return world->catalog && world->catalog->version / NUMBERS_A_MAJOR ==
					 sql_library_version_num() / NUMBERS_A_MAJOR;
}
