/* ALTER TABLE's commands that are about neither columns nor constraints, and what touches a table
 * lightly. */
#include "lint/judge.h"

void judge_other_command(Judge *judge, WorldRelation *table, const Action *action)
{
	(void)table;
	(void)action;
	judge_unknown(judge, UNKNOWN_OUTCOME);
}

/* The other table's lock, and its rows that have to be looked at. */
void judge_partitioning(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldRelation *other = judge_relation(judge, action, action->other, false);
	bool is_partition =
		action->kind == ACTION_ATTACH_PARTITION || action->kind == ACTION_DETACH_PARTITION;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!other)
		return;
	if (is_partition && table->kind == RELATION_PARTITIONED_INDEX) {
		judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	if (is_partition && table->kind != RELATION_PARTITIONED) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is not partitioned", STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (action->kind != ACTION_ADD_INHERIT || action->options.concurrently)
		judge_unknown(judge, UNKNOWN_ALL);
	else
		effect_lock_one(judge->arena, judge->effect, other, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (!world_is_empty(other) || table->children.count)
		judge_unknown(judge, UNKNOWN_SCANS | UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
}

void judge_switch_trigger(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_known = !table->is_vague && !judge->world->is_opaque && action->name.len;
	if (is_known && !world_has(&table->triggers, action->name) && table->there)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "trigger %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

void judge_storage(Judge *judge, WorldRelation *table, const Action *action)
{
	bool writes = action->kind == ACTION_SET_LOGGED || action->kind == ACTION_SET_UNLOGGED;
	judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_REWRITES | UNKNOWN_SCANS);
	if (writes && table->kind == RELATION_TABLE)
		judge_work(judge, table, action, WORK_REWRITE, LINT_LONG_WORK);
}

/* Parameters of storage, which nobody has to wait for; all others lock out everybody. */
void judge_options(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_light = action->object_kind != OBJECT_VIEW && table->kind != RELATION_VIEW;
	for (size_t i = 0; i < action->columns.count; i++)
		is_light =
			is_light && (str_starts(action->columns.items[i], STR("autovacuum_")) ||
					    str_equal(action->columns.items[i], STR("fillfactor")));
	if (!is_light)
		effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	judge_unknown(judge, UNKNOWN_OUTCOME);
}

void judge_drop_not_null(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (!column)
		return;
	if (column->identity) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42601"},
			"%.*s is an identity column",
			STR_ARG(judge_object(judge, table, action->name)));
		return;
	}
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_primary &&
			world_has(&table->indexes.items[i].keys, action->name))
			judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42P16"},
				"%.*s is in the primary key",
				STR_ARG(judge_object(judge, table, action->name)));
}

/* ---- light ---- */

static bool is_relation(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_COLUMN || kind == OBJECT_SEQUENCE || kind == OBJECT_FOREIGN_TABLE;
}

static void judge_comment(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!is_relation(action->object_kind)) {
		bool is_on_table = action->object_kind == OBJECT_TRIGGER ||
				   action->object_kind == OBJECT_POLICY ||
				   action->object_kind == OBJECT_RULE ||
				   action->object_kind == OBJECT_TABCONSTRAINT;
		if (is_on_table)
			judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
		return;
	}
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (!table || !judge_owner(judge, table, action))
		return;
	effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (action->object_kind == OBJECT_COLUMN)
		judge_column(judge, table, action, action->name);
}

static void judge_publication(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (table && judge_owner(judge, table, action))
		effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (action->kind == ACTION_PUBLICATION_SET)
		judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
}

static void judge_grant(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	bool is_schema = action->options.all || action->object_kind == OBJECT_SCHEMA;
	if (is_schema && action->object.name.len &&
		world_find_schema(judge->world, action->object.name) == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
			STR_ARG(action->object.name));
	else if (!is_schema && is_relation(action->object_kind))
		judge_relation(judge, action, action->object, false);
	if (!judge->effect->refusals.count)
		judge_roles(judge, action);
}

static bool has_label(const CatalogType *type, Str label)
{
	return type && world_has(&type->labels, label);
}

static void judge_add_value(Judge *judge, const Action *action)
{
	const CatalogType *type;
	Presence presence = world_find_type(judge->world, action->object, &type);
	if (presence == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else if (has_label(type, action->new_name) && !action->options.if_not_exists)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "label %.*s of type %.*s",
			STR_ARG(action->new_name),
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

void judge_light(Judge *judge, const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_COMMENT:
		judge_comment(judge, action);
		break;
	case ACTION_PUBLICATION_ADD:
	case ACTION_PUBLICATION_SET:
	case ACTION_PUBLICATION_DROP:
		if (action->object_kind == OBJECT_TABLE)
			judge_publication(judge, action);
		else
			judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	case ACTION_GRANT:
	case ACTION_REVOKE:
		judge_grant(judge, action);
		break;
	case ACTION_ADD_VALUE:
		judge_add_value(judge, action);
		break;
	case ACTION_ALTER:
		if (action->object_kind == OBJECT_POLICY)
			judge_create(judge, action);
		else
			judge_unknown(judge, UNKNOWN_ALL);
		break;
	case ACTION_SET:
	case ACTION_RESET:
	case ACTION_SET_CONSTRAINTS:
	case ACTION_SHOW:
	case ACTION_NOTIFY:
	case ACTION_DEFAULT_PRIVILEGES:
	case ACTION_SET_FOR_ROLE:
	case ACTION_RENAME_VALUE:
	case ACTION_SET_OWNER:
	case ACTION_TRANSACTION:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	case ACTION_LIKE:
		judge_relation(judge, action, action->other, false);
		break;
	default: /* of domains, and whatever has no action of its own */
		judge_unknown(judge, UNKNOWN_ALL);
		break;
	}
}
