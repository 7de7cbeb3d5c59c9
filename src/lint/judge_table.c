/* ALTER TABLE's commands that are about neither columns nor constraints. */
#include "lint/judge.h"

static void refuse_missing(
	Judge *judge, const WorldRelation *table, const Action *action, const char *kind)
{
	judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "%s %.*s of %.*s", kind,
		STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
}

static void judge_replica_index(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldIndex *index = world_index(table, action->name);
	WorldRelation *other;
	ObjectName name = {table->schema, action->name};
	if (!index) {
		if (judge_knows(judge, table) &&
			world_find(judge->world, name, &other) == PRESENCE_ABSENT)
			refuse_missing(judge, table, action, "index");
		return;
	}
	if (!index->is_unique || !index->is_immediate || index->is_partial ||
		index->has_expressions || world_has_nullable(table, &index->keys))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"index %.*s is not unique over columns that are NOT NULL",
			STR_ARG(index->name));
}

void judge_replica_identity(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->name.len)
		judge_replica_index(judge, table, action);
}

void judge_set_cluster(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldRelation *index;
	ObjectName name = {table->schema, action->name};
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->name.len && judge_knows(judge, table) &&
		world_find(judge->world, name, &index) == PRESENCE_ABSENT)
		refuse_missing(judge, table, action, "index");
}

void judge_set_owner(Judge *judge, WorldRelation *table, const Action *action)
{
	(void)table;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_role(judge, action, action->new_name);
}

void judge_switch_rule(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge_knows(judge, table) && table->kind == RELATION_TABLE &&
		!names_have(&table->rules, action->name))
		refuse_missing(judge, table, action, "rule");
}

void judge_switch_trigger(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_known = !table->is_vague && !judge->world->is_opaque && action->name.len;
	if (is_known && !names_have(&table->triggers, action->name) && table->there)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "trigger %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

void judge_switch_rls(Judge *judge, WorldRelation *table, const Action *action)
{
	if (table->kind != RELATION_TABLE && table->kind != RELATION_PARTITIONED)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a table",
			STR_ARG(world_name(judge->arena, table)));
}

void judge_storage(Judge *judge, WorldRelation *table, const Action *action)
{
	bool writes = action->kind == ACTION_SET_LOGGED || action->kind == ACTION_SET_UNLOGGED;
	judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_REWRITES | UNKNOWN_SCANS);
	if (writes && table->kind == RELATION_TABLE)
		judge_work(judge, table, action, WORK_REWRITE, LINT_LONG_WORK);
}

/* Not those of a table's storage that is not PostgreSQL's own. */
static bool is_option_of(const WorldRelation *table, Str name)
{
	static const Str of_views[] = {STR_INIT("security_barrier"), STR_INIT("security_invoker"),
		STR_INIT("check_option")};
	static const Str of_tables[] = {STR_INIT("fillfactor"), STR_INIT("toast_tuple_target"),
		STR_INIT("parallel_workers"), STR_INIT("user_catalog_table"), STR_INIT("oids")};
	bool is_view = table->kind == RELATION_VIEW;
	const Str *names = is_view ? of_views : of_tables;
	size_t count =
		is_view ? sizeof of_views / sizeof *of_views : sizeof of_tables / sizeof *of_tables;
	for (size_t i = 0; i < count; i++)
		if (str_equal(names[i], name))
			return true;
	return !is_view &&
	       (str_contains(name, STR("vacuum")) || str_contains(name, STR("compress")));
}

static void judge_option_names(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool has_options = table->kind == RELATION_TABLE || table->kind == RELATION_VIEW;
	for (size_t i = 0; has_options && i < action->columns.count; i++) {
		if (is_option_of(table, action->columns.items[i]))
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s has no option %.*s", STR_ARG(world_name(judge->arena, table)),
			STR_ARG(action->columns.items[i]));
		return;
	}
}

/* Parameters of storage, which nobody has to wait for; all others lock out everybody. */
void judge_options(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_light = action->object_kind != OBJECT_VIEW && table->kind != RELATION_VIEW;
	for (size_t i = 0; i < action->columns.count; i++)
		is_light = is_light &&
			   (str_starts(action->columns.items[i], STR("autovacuum_")) ||
				   str_equal(action->columns.items[i], STR("fillfactor")) ||
				   !is_option_of(table, action->columns.items[i]));
	if (!is_light)
		effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->kind == ACTION_SET_OPTIONS)
		judge_option_names(judge, table, action);
}

void judge_drop_not_null(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (!column)
		return;
	if (column->identity) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
			"%.*s is an identity column",
			STR_ARG(judge_object(judge, table, action->name)));
		return;
	}
	for (size_t i = 0; world_is_partition(table) && i < table->parents.count; i++) {
		const WorldColumn *above = world_column(table->parents.items[i], action->name);
		if (!above || !above->is_not_null)
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is NOT NULL in the parent",
			STR_ARG(judge_object(judge, table, action->name)));
		return;
	}
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_primary &&
			names_have(&table->indexes.items[i].keys, action->name))
			judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
				"%.*s is in the primary key",
				STR_ARG(judge_object(judge, table, action->name)));
}
