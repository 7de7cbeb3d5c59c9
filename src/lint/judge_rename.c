/* RENAME and SET SCHEMA. */
#include "lint/judge.h"

static void rename_column(Judge *judge, WorldRelation *table, const Action *action)
{
	if (!judge_column(judge, table, action, action->name))
		return;
	if (world_is_inherited(table, action->name))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"}, "%.*s is inherited",
			STR_ARG(judge_object(judge, table, action->name)));
	else if (action->options.only && world_has_children(table))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is inherited by other tables",
			STR_ARG(judge_object(judge, table, action->name)));
	else if (world_column(table, action->new_name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42701"}, "column %.*s of %.*s",
			STR_ARG(action->new_name), STR_ARG(world_name(judge->arena, table)));
}

/* A type of its own has the name that the type of the rows is to have; an array's makes room. */
static bool is_name_of_type(const Judge *judge, const WorldRelation *relation, ObjectName name)
{
	const CatalogType *type;
	bool has_type = relation->kind == RELATION_TABLE ||
			relation->kind == RELATION_PARTITIONED || relation->kind == RELATION_VIEW ||
			relation->kind == RELATION_MATVIEW;
	return has_type && !str_starts(name.name, STR("_")) &&
	       world_find_type(judge->world, name, &type) == PRESENCE_THERE && type &&
	       !type->is_row;
}

static void rename_relation(Judge *judge, const WorldRelation *relation, const Action *action)
{
	WorldRelation *other;
	bool moves = action->kind == ACTION_SET_SCHEMA;
	ObjectName name = {moves ? action->new_name : relation->schema,
		moves ? relation->name : action->new_name};
	if (world_find(judge->world, name, &other) == PRESENCE_THERE)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42P07"}, "relation %.*s",
			STR_ARG(world_name(judge->arena, other)));
	else if (moves && world_find_schema(judge->world, name.schema) == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
			STR_ARG(name.schema));
	else if (moves)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else if (is_name_of_type(judge, relation, name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
}

static void rename_constraint(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_known = table->there && !table->is_vague && !judge->world->is_opaque;
	const WorldConstraint *constraint = world_constraint(table, action->name);
	WorldRelation *other;
	bool is_index = constraint && constraint->kind != CONSTRAINT_CHECK &&
			constraint->kind != CONSTRAINT_FOREIGN_KEY &&
			world_find(judge->world, (ObjectName){table->schema, action->new_name},
				&other) == PRESENCE_THERE;
	if (!constraint && !judge_may_have_constraint(judge, table))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"},
			"constraint %.*s of %.*s", STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
	else if (!constraint)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else if (is_index)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42P07"}, "relation %.*s",
			STR_ARG(world_name(judge->arena, other)));
	else if (world_constraint(table, action->new_name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "constraint %.*s of %.*s",
			STR_ARG(action->new_name), STR_ARG(world_name(judge->arena, table)));
	if (!is_known)
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

static bool is_relation(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_INDEX || kind == OBJECT_SEQUENCE || kind == OBJECT_FOREIGN_TABLE;
}

/* A policy, trigger or rule. */
static void rename_part(Judge *judge, WorldRelation *table, const Action *action)
{
	const Names *names = world_parts(table, action->object_kind);
	bool is_known = judge_knows(judge, table) && table->kind != RELATION_VIEW;
	Str kind = facts_object_name(action->object_kind);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (is_known && names_have(names, action->new_name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "%.*s %.*s of %.*s",
			STR_ARG(kind), STR_ARG(action->new_name),
			STR_ARG(world_name(judge->arena, table)));
	else if (is_known && !names_have(names, action->name))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "%.*s %.*s of %.*s",
			STR_ARG(kind), STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
}

static void rename_type(Judge *judge, const Action *action)
{
	const CatalogType *type, *other;
	World *world = judge->world;
	Presence presence = world_find_type(world, action->object, &type);
	ObjectName name = {type ? type->schema : (Str){0}, action->new_name};
	if (presence == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else if (action->kind == ACTION_RENAME && type && type->kind == 'e' && type->is_owned &&
		 world_find_type(world, name, &other) == PRESENCE_THERE &&
		 !str_starts(name.name, STR("_")))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
}

static void rename_schema(Judge *judge, const Action *action)
{
	Str name = action->object.name.len ? action->object.name : action->name;
	if (world_find_schema(judge->world, name) == PRESENCE_ABSENT)
		judge_refuse(
			judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s", STR_ARG(name));
	else if (world_find_schema(judge->world, action->new_name) == PRESENCE_THERE)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42P06"}, "schema %.*s",
			STR_ARG(action->new_name));
}

static void rename_other(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->object_kind == OBJECT_TYPE || action->object_kind == OBJECT_DOMAIN)
		rename_type(judge, action);
	else if (action->object_kind == OBJECT_SCHEMA)
		rename_schema(judge, action);
	else
		judge_routine(judge, action);
}

/* ALTER TABLE and ALTER INDEX rename what is another kind, too. */
static bool is_for_another(const WorldRelation *relation, ObjectKind kind)
{
	return kind != OBJECT_TABLE && kind != OBJECT_INDEX && !judge_is_kind(relation->kind, kind);
}

void judge_rename(Judge *judge, const Action *action)
{
	ObjectKind kind = action->object_kind;
	bool is_on_table = kind == OBJECT_COLUMN || kind == OBJECT_TABCONSTRAINT ||
			   kind == OBJECT_POLICY || kind == OBJECT_TRIGGER || kind == OBJECT_RULE;
	if (!is_relation(kind) && !is_on_table) {
		rename_other(judge, action);
		return;
	}
	WorldRelation *relation =
		judge_relation(judge, action, action->object, action->options.if_exists);
	if (!relation || !judge_owner(judge, relation, action))
		return;
	if (kind == OBJECT_COLUMN)
		rename_column(judge, relation, action);
	else if (kind == OBJECT_TABCONSTRAINT)
		rename_constraint(judge, relation, action);
	else if (is_on_table)
		rename_part(judge, relation, action);
	else if (is_for_another(relation, kind))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is no %.*s",
			STR_ARG(world_name(judge->arena, relation)),
			STR_ARG(facts_object_name(kind)));
	else
		rename_relation(judge, relation, action);
	effect_lock(judge->arena, judge->effect, relation, LOCK_ACCESS_EXCLUSIVE,
		kind == OBJECT_COLUMN || kind == OBJECT_TABCONSTRAINT);
}
