/* ALTER TABLE's commands that are about neither columns nor constraints. */
#include "lint/judge.h"

#include "schema/setting.h"

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
	bool is_same = table->there && str_equal(table->there->owner, action->new_name);
	bool is_one = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED ||
		      table->kind == RELATION_VIEW || table->kind == RELATION_MATVIEW;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge_role(judge, action, action->new_name) && is_one && !is_same &&
		!table->has_new_owner)
		judge_may_become(judge, action, action->new_name);
}

void judge_switch_rule(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge_knows(judge, table) && table->kind == RELATION_TABLE &&
		!names_have(&table->rules, action->name))
		refuse_missing(judge, table, action, "rule");
}

/* A foreign key's, on either side: those of one that is not enforced are not there. */
static bool has_system_trigger(const World *world, const WorldRelation *table)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		bool is_sure = !child->is_dropped && !child->is_loose &&
			       !world_may_be_gone(world, child->name);
		for (size_t j = 0; is_sure && j < child->constraints.count; j++) {
			const WorldConstraint *key = &child->constraints.items[j];
			if (key->kind == CONSTRAINT_FOREIGN_KEY && key->is_valid && key->oid &&
				(child == table || key->other == table))
				return true;
		}
	}
	return false;
}

void judge_switch_trigger(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_known = !table->is_vague && !judge->world->is_opaque && action->name.len;
	bool is_all = action->options.all && !action->options.of_users;
	if (is_all && judge_knows_rights(judge) && table->kind == RELATION_TABLE &&
		has_system_trigger(judge->world, table))
		judge_refuse_right(
			judge, action, "is no superuser, and ALL has the triggers of foreign keys");
	else if (is_known && !names_have(&table->triggers, action->name) && table->there)
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

/* Some of extensions are let pass. */
static bool is_option_of(const WorldRelation *table, Str name)
{
	static const Str of_views[] = {STR_INIT("security_barrier"), STR_INIT("security_invoker"),
		STR_INIT("check_option")};
	if (table->kind == RELATION_VIEW)
		return STR_IS_AMONG(name, of_views);
	return setting_is_storage(name) || str_contains(name, STR("compress"));
}

/* What comes with a later version, that one knows. */
static bool is_unknown_option(Judge *judge, const WorldRelation *table, Str name)
{
	enum {
		NINETEEN = 190000
	};
	const Catalog *catalog = judge->world->catalog;
	return !is_option_of(table, name) && catalog && catalog->version < NINETEEN;
}

static void judge_option_values(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_view = table->kind == RELATION_VIEW;
	for (size_t i = 0; i < action->columns.count && i < action->other_columns.count; i++) {
		Str name = action->columns.items[i], value = action->other_columns.items[i];
		bool is_bad = is_view ? !str_equal(name, STR("check_option")) && value.len &&
						!setting_is_boolean(value)
				      : setting_refuses_storage(name, value);
		if (is_unknown_option(judge, table, name))
			judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
				"%.*s has no option %.*s", STR_ARG(world_name(judge->arena, table)),
				STR_ARG(name));
		else if (is_bad)
			judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
				"option %.*s cannot be %.*s", STR_ARG(name), STR_ARG(value));
		if (judge->effect->refusals.count)
			return;
	}
}

static bool is_light(const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++) {
		Str name = action->columns.items[i];
		if (str_equal(name, STR("user_catalog_table")) ||
			str_contains(name, STR("compress")))
			return false;
	}
	return action->object_kind != OBJECT_VIEW && table->kind != RELATION_VIEW;
}

/* Parameters of storage, which nobody has to wait for; all others lock out everybody. An index has
 * those of its access method. */
void judge_options(Judge *judge, WorldRelation *table, const Action *action)
{
	if (!is_light(table, action))
		effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	bool has_options = table->kind == RELATION_TABLE || table->kind == RELATION_VIEW ||
			   table->kind == RELATION_MATVIEW;
	if (action->kind == ACTION_SET_OPTIONS && has_options)
		judge_option_values(judge, table, action);
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
