/* CREATE and ALTER PUBLICATION. */
#include "lint/judge.h"

static const CatalogPublication *find_publication(const Judge *judge, Str name)
{
	const Catalog *catalog = judge->world->catalog;
	for (size_t i = 0; catalog && i < catalog->publications.count; i++)
		if (str_equal(catalog->publications.items[i].name, name))
			return &catalog->publications.items[i];
	return NULL;
}

/* Is it there or not as the catalogue says? */
static bool is_as_read(const World *world, Str name)
{
	return world->catalog && !world->catalog->is_assumed && !world->is_opaque &&
	       !str_map_find(&world->vague_names, name) &&
	       !world_is_touched(world, OBJECT_PUBLICATION, (ObjectName){.name = name});
}

/* Of all tables it is a superuser's, which is asked first. */
void judge_create_publication(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	Str name = action->object.name;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (is_as_read(world, name) && world->catalog->makes_publications &&
		!world->is_other_role && (!action->options.all || world->catalog->is_superuser) &&
		find_publication(judge, name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "publication %.*s",
			STR_ARG(name));
}

/* False: it is not there, or what is said of it is not known. */
static bool judge_own_publication(Judge *judge, const Action *action, Str name)
{
	const CatalogPublication *publication = find_publication(judge, name);
	bool is_known = is_as_read(judge->world, name);
	if (is_known && !publication) {
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "publication %.*s",
			STR_ARG(name));
		return false;
	}
	if (!is_known || !publication->is_owned)
		return false;
	if (publication->has_all && action->kind != ACTION_ALTER)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"publication %.*s is FOR ALL TABLES", STR_ARG(name));
	return !publication->has_all;
}

/* In the same statement: the server takes no notice. */
static bool is_named_before(const Judge *judge, const Action *action)
{
	for (const Action *other = judge->facts->actions.items; other < action; other++)
		if (str_equal(other->object.name, action->object.name))
			return true;
	return false;
}

static void judge_member(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_in = names_have(&table->publications, action->name);
	bool adds = action->kind == ACTION_PUBLICATION_ADD;
	Str name = world_name(judge->arena, table);
	if (is_named_before(judge, action) || judge->world->has_set_publication ||
		action->kind == ACTION_PUBLICATION_SET || !judge_knows(judge, table))
		return;
	if (adds && is_in)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42710"},
			"%.*s is in publication %.*s already", STR_ARG(name),
			STR_ARG(action->name));
	else if (adds && table->kind != RELATION_TABLE && table->kind != RELATION_PARTITIONED)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s is not a table: it cannot be published", STR_ARG(name));
	else if (!adds && !is_in)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42704"},
			"%.*s is not in publication %.*s", STR_ARG(name), STR_ARG(action->name));
}

void judge_publication(Judge *judge, const Action *action)
{
	Str name = action->kind == ACTION_ALTER ? action->object.name : action->name;
	bool is_ours = judge_own_publication(judge, action, name);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge->effect->refusals.count || action->object_kind != OBJECT_TABLE)
		return;
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (action->kind == ACTION_PUBLICATION_SET)
		judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
	if (!table || !judge_owner(judge, table, action))
		return;
	effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (is_ours)
		judge_member(judge, table, action);
}
