/* IF NOT EXISTS: what is there already stays as it is, and the server says so in a notice alone. */
#include "lint/judge.h"
#include "lint/lint_change.h"
#include "sql/type_change.h"
#include "sql/builtin_type.h"

/* A table of the target, all of which is known. */
static WorldRelation *find_known(LintRun *run, ObjectName name)
{
	WorldRelation *relation;
	bool is_there = world_find(&run->world, name, &relation) == PRESENCE_THERE;
	return is_there && relation->there && !relation->is_vague && !run->world.is_opaque
		       ? relation
		       : NULL;
}

/* Two types that are known to be different ones: of the server's own, under one spelling each. */
static bool is_other_type(LintRun *run, Str there, Str wanted)
{
	Str zone = {0};
	if (builtin_type_is_serial(wanted) || str_contains(wanted, STR("[")))
		return false;
	return type_change(run->arena, there, wanted, zone) != TYPE_CHANGE_UNKNOWN &&
	       !str_equal(type_canonical(run->arena, there), type_canonical(run->arena, wanted));
}

static bool tell_type(LintRun *run, const WorldColumn *column, const Action *action, Str object)
{
	if (column->is_changed || !is_other_type(run, column->type, action->type))
		return false;
	lint_add_about(run, LINT_COLLISION, action, object,
		str_format(run->arena, "its column %.*s is %.*s, and not %.*s",
			STR_ARG(action->name), STR_ARG(column->type), STR_ARG(action->type)));
	return true;
}

static void look_at_table(LintRun *run, const Action *create)
{
	const Facts *facts = run->statement->facts;
	const WorldRelation *relation = find_known(run, create->object);
	if (!relation || create->options.as_query || create->options.temporary)
		return;
	Str object = world_name(run->arena, relation);
	if (relation->kind != RELATION_TABLE && relation->kind != RELATION_PARTITIONED) {
		lint_add_about(run, LINT_COLLISION, create, object, STR("it is no table"));
		return;
	}
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->kind != ACTION_ADD_COLUMN || !action->options.nested)
			continue;
		const WorldColumn *column = world_column(relation, action->name);
		if (!column)
			lint_add_about(run, LINT_COLLISION, action, object,
				str_format(run->arena, "it has no column %.*s",
					STR_ARG(action->name)));
		if (!column || tell_type(run, column, action, object))
			return;
	}
}

static void look_at_column(LintRun *run, const Action *action)
{
	const WorldRelation *relation = find_known(run, action->object);
	const WorldColumn *column = relation ? world_column(relation, action->name) : NULL;
	if (column && column->number)
		tell_type(run, column, action, world_name(run->arena, relation));
}

static bool has_same_keys(const WorldIndex *index, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++)
		if (i >= index->keys.count ||
			!str_equal(index->keys.items[i], action->columns.items[i]))
			return false;
	return index->keys.count == action->columns.count;
}

/* Expressions and predicates are never compared. */
static Str index_difference(LintRun *run, const WorldRelation *there, const Action *action)
{
	WorldRelation *table;
	if (there->kind != RELATION_INDEX || !there->table)
		return there->kind == RELATION_TABLE ? STR("it is a table") : (Str){0};
	if (world_find(&run->world, action->object, &table) != PRESENCE_THERE)
		return (Str){0};
	const WorldIndex *index = world_index(there->table, there->name);
	if (there->table != table)
		return str_format(run->arena, "it is an index of %.*s",
			STR_ARG(world_name(run->arena, there->table)));
	if (!index || !index->oid)
		return (Str){0};
	if (!index->is_valid)
		return STR("it is not valid: a CREATE INDEX CONCURRENTLY has left it behind");
	if (index->is_unique != action->options.unique)
		return index->is_unique ? STR("it is unique") : STR("it is not unique");
	bool is_plain = !index->has_expressions && !action->options.has_expressions;
	return is_plain && !has_same_keys(index, action) ? STR("it is over other columns")
							 : (Str){0};
}

static void look_at_index(LintRun *run, const Action *action)
{
	WorldRelation *table;
	if (!action->name.len || world_find(&run->world, action->object, &table) != PRESENCE_THERE)
		return;
	const WorldRelation *there = find_known(run, (ObjectName){table->schema, action->name});
	Str what = there ? index_difference(run, there, action) : (Str){0};
	if (what.len)
		lint_add_about(run, LINT_COLLISION, action, world_name(run->arena, there), what);
}

void lint_collide(LintRun *run)
{
	const Facts *facts = run->statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function || !action->options.if_not_exists)
			continue;
		if (action->kind == ACTION_ADD_COLUMN)
			look_at_column(run, action);
		else if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_TABLE)
			look_at_table(run, action);
		else if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_INDEX)
			look_at_index(run, action);
	}
}
