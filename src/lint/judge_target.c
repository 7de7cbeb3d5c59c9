/* May rows be written, or read, there at all? A view that nothing makes writable, a materialized
 * view, a table whose changes are published and whose rows nothing identifies. */
#include "lint/judge.h"

#include "sql/lex.h"

/* Of pg_relation_is_updatable(): 1 << CmdType. */
static int writing_of(const Action *action)
{
	return action->kind == ACTION_UPDATE   ? CATALOG_UPDATES
	       : action->kind == ACTION_INSERT ? CATALOG_INSERTS
					       : CATALOG_DELETES;
}

/* No view is another one, and has no other triggers and rules, than when it was read. */
static bool are_views_as_read(const World *world)
{
	bool is_same = !world->is_opaque;
	for (size_t i = 0; i < world->relations.count && is_same; i++) {
		const WorldRelation *view = world->relations.items[i];
		bool is_view = view->kind == RELATION_VIEW && view->there;
		is_same =
			!is_view || (!view->is_changed && !view->is_dropped && !view->rules.count &&
					    view->triggers.count == view->there->triggers.count);
	}
	return is_same;
}

static bool has_columns(const WorldRelation *view, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++)
		if (!world_column(view, action->columns.items[i]))
			return false;
	return true;
}

static void refuse_view(Judge *judge, const WorldRelation *view, const Action *action)
{
	bool is_known = view->there && judge_knows(judge, view) && are_views_as_read(judge->world);
	if (is_known && !(view->there->writable & writing_of(action)))
		judge_refuse(judge, action,
			(Code){LINT_NOT_VALID, has_columns(view, action) ? "55000" : ""},
			"view %.*s cannot be written to by %.*s",
			STR_ARG(world_name(judge->arena, view)),
			STR_ARG(facts_action_name(action->kind)));
}

/* ---- publications ---- */

static bool is_published_for(const CatalogPublication *publication, ActionKind kind)
{
	return kind == ACTION_UPDATE ? publication->has_updates : publication->has_deletes;
}

static Str find_publication(const World *world, const WorldRelation *table, ActionKind kind)
{
	const Catalog *catalog = world->catalog;
	for (size_t i = 0; i < catalog->publications.count; i++) {
		const CatalogPublication *one = &catalog->publications.items[i];
		if (names_have(&table->publications, one->name) && is_published_for(one, kind) &&
			!world_is_touched(
				world, OBJECT_PUBLICATION, (ObjectName){.name = one->name}))
			return one->name;
	}
	return (Str){0};
}

static bool has_primary_key(const WorldRelation *table)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_primary)
			return true;
	return false;
}

static bool has_identity(const WorldRelation *table)
{
	return table->replica_identity == 'd' ? has_primary_key(table)
					      : table->replica_identity != 'n';
}

/* Is a value in it that a column may refuse, before the table is looked at? */
static bool has_constant(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\'' || (text.ptr[i] >= '0' && text.ptr[i] <= '9'))
			return true;
	return false;
}

static void refuse_published(Judge *judge, const WorldRelation *table, const Action *action)
{
	const World *world = judge->world;
	bool is_known = table->there && table->there->is_owned && judge_knows(judge, table) &&
			!table->children.count && !table->rules.count && !table->is_changed &&
			!world->has_set_publication && !world->is_other_role &&
			!has_identity(table) && !world->catalog->is_assumed;
	Str name = is_known ? find_publication(world, table, action->kind) : (Str){0};
	if (name.len)
		judge_refuse(judge, action,
			(Code){LINT_NOT_VALID, has_constant(judge->text) ? "" : "55000"},
			"%.*s is published by %.*s and has no replica identity",
			STR_ARG(world_name(judge->arena, table)), STR_ARG(name));
}

/* ---- materialized views without rows ---- */

static bool has_rules(Judge *judge, const Action *action)
{
	WorldRelation *table;
	return world_find(judge->world, action->object, &table) != PRESENCE_THERE ||
	       table->kind != RELATION_TABLE || table->rules.count || table->is_loose;
}

/* One query without conditions, which may be known to be false: it scans what it names. */
static bool is_surely_run(Judge *judge, const Action *action)
{
	static const char *const doubtful[] = {
		"WITH", "WHERE", "HAVING", "FOR", "CONFLICT", "JOIN"};
	bool is_query =
		action->kind == ACTION_SELECT ||
		(action->kind == ACTION_CREATE && (action->object_kind == OBJECT_TABLE ||
							  action->object_kind == OBJECT_MATVIEW)) ||
		(action->kind == ACTION_INSERT && !has_rules(judge, action));
	for (size_t i = 0; is_query && i < sizeof doubtful / sizeof *doubtful; i++)
		is_query = !lex_count(judge->text, doubtful[i]);
	return is_query && judge->facts->actions.count == 1 &&
	       lex_count(judge->text, "SELECT") == 1;
}

void judge_unfilled(Judge *judge, const WorldRelation *view, const Action *action)
{
	bool is_empty = view->kind == RELATION_MATVIEW && !view->there && !view->is_filled &&
			!view->is_loose && !world_may_be_gone(judge->world, view->name);
	if (is_empty && is_surely_run(judge, action))
		judge_refuse(judge, action,
			(Code){LINT_NOT_VALID, has_constant(judge->text) ? "" : "55000"},
			"%.*s was made WITH NO DATA and is read before a REFRESH",
			STR_ARG(world_name(judge->arena, view)));
}

/* ---- all ---- */

void judge_target(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_insert = action->kind == ACTION_INSERT;
	bool is_read = is_insert || action->kind == ACTION_UPDATE || action->kind == ACTION_DELETE;
	if (!is_read || judge->facts->actions.count != 1)
		return;
	if (table->kind == RELATION_VIEW)
		refuse_view(judge, table, action);
	else if (table->kind == RELATION_MATVIEW && !table->is_loose)
		judge_refuse(judge, action,
			(Code){LINT_NOT_VALID, has_constant(judge->text) ? "" : "42809"},
			"%.*s is a materialized view: nothing is written to it",
			STR_ARG(world_name(judge->arena, table)));
	else if (table->kind == RELATION_TABLE && !is_insert)
		refuse_published(judge, table, action);
}
