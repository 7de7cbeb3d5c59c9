/* What keeps an object, or a column's type, as of now: the catalogue's dependencies, without those
 * that the plan has taken away. */
#include "lint/judge.h"

/* Another object of the same DROP goes along. */
bool judge_goes_along(Judge *judge, const WorldRelation *relation)
{
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *action = &judge->facts->actions.items[i];
		WorldRelation *other;
		if (action->kind == ACTION_DROP &&
			world_find(judge->world, action->object, &other) == PRESENCE_THERE &&
			other == relation)
			return true;
	}
	return false;
}

static const WorldColumn *column_of(const WorldRelation *table, int64_t number)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].number == number && table->columns.items[i].name.len)
			return &table->columns.items[i];
	return NULL;
}

bool judge_has_constraint(const WorldRelation *table, int64_t oid)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].oid == oid)
			return true;
	return false;
}

bool judge_has_index(const WorldRelation *table, int64_t oid)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].oid == oid)
			return true;
	return false;
}

/* What is made again for another type may not need the old one. */
static bool has_new_types(const WorldRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].has_new_type)
			return true;
	return false;
}

static Keeps keeps_made(const WorldRelation *table, bool is_there)
{
	if (!is_there)
		return KEEPS_NOT;
	return has_new_types(table) || table->is_loose ? KEEPS_MAYBE : KEEPS;
}

static Keeps keeps_part(const WorldRelation *table, const Names *now, const Names *then, Str name)
{
	if (table->is_changed || table->is_loose)
		return KEEPS_MAYBE;
	return names_have(now, name) || !names_have(then, name) ? KEEPS : KEEPS_NOT;
}

/* Of a default and of a column's type: a new one may need it, too. */
static Keeps keeps_column(
	const WorldRelation *table, const CatalogBlocker *blocker, bool is_default)
{
	const WorldColumn *column = column_of(table, blocker->by_column);
	if (!column)
		return KEEPS_NOT;
	if (is_default && column->has_new_default)
		return column->has_default ? KEEPS_MAYBE : KEEPS_NOT;
	if (!is_default && column->has_new_type)
		return KEEPS_MAYBE;
	return table->is_loose ? KEEPS_MAYBE : KEEPS;
}

static Keeps keeps_on(const WorldRelation *table, const CatalogBlocker *blocker)
{
	switch (blocker->by_class) {
	case CLASS_POLICY:
		return keeps_part(table, &table->policies, &table->there->policies, blocker->name);
	case CLASS_TRIGGER:
		return keeps_part(table, &table->triggers, &table->there->triggers, blocker->name);
	case CLASS_RULE:
		return keeps_part(table, &table->rules, &table->there->rules, blocker->name);
	case CLASS_CONSTRAINT:
		return keeps_made(table, judge_has_constraint(table, blocker->by));
	case CLASS_DEFAULT:
		return keeps_column(table, blocker, true);
	case CLASS_RELATION:
		if (blocker->by_column)
			return keeps_column(table, blocker, false);
		if (blocker->by != blocker->relation)
			return keeps_made(table, judge_has_index(table, blocker->by));
		break;
	case CLASS_OTHER:
	case CLASS_TYPE:
	case CLASS_FUNCTION:
	case CLASS_SCHEMA:
	case CLASS_EXTENSION:
		break;
	}
	return table->is_loose ? KEEPS_MAYBE : KEEPS;
}

/* What the files do not name, they have not dropped. */
static Keeps keeps_alone(const World *world, const CatalogBlocker *blocker)
{
	const Catalog *catalog = world->catalog;
	for (size_t i = 0; blocker->by_class == CLASS_FUNCTION && i < catalog->functions.count; i++)
		if (catalog->functions.items[i].oid == blocker->by)
			return world->has_taken || world->has_made ? KEEPS_MAYBE : KEEPS;
	for (size_t i = 0; blocker->by_class == CLASS_TYPE && i < catalog->types.count; i++)
		if (catalog->types.items[i].oid == blocker->by)
			return world->has_taken || world->has_made ? KEEPS_MAYBE : KEEPS;
	if (blocker->by_class == CLASS_FUNCTION || blocker->by_class == CLASS_TYPE)
		return KEEPS;
	return world->has_taken ? KEEPS_MAYBE : KEEPS;
}

static Keeps keeps(Judge *judge, const CatalogBlocker *blocker)
{
	const World *world = judge->world;
	if (world_has_fallen(world, blocker->by_class, blocker->by) ||
		(blocker->relation && world_has_fallen(world, CLASS_RELATION, blocker->relation) &&
			!world_by_oid(world, blocker->relation)))
		return KEEPS_NOT;
	if (world->is_opaque)
		return KEEPS_MAYBE;
	if (!blocker->relation)
		return keeps_alone(world, blocker);
	const WorldRelation *relation = world_by_oid(world, blocker->relation);
	if (!relation)
		return world_has_dropped(world, blocker->relation) ? KEEPS_NOT : KEEPS;
	bool has_left = blocker->class == CLASS_SCHEMA &&
			!str_equal(relation->schema, relation->there->schema);
	return has_left || judge_goes_along(judge, relation) ? KEEPS_NOT
							     : keeps_on(relation, blocker);
}

const CatalogBlocker *judge_blocker(Judge *judge, const CatalogBlocker *of, Keeps *how)
{
	const Catalog *catalog = judge->world->catalog;
	const CatalogBlocker *found = NULL;
	*how = KEEPS_NOT;
	for (size_t i = 0; catalog && of->oid && i < catalog->blockers.count; i++) {
		const CatalogBlocker *blocker = &catalog->blockers.items[i];
		if (blocker->class != of->class || blocker->oid != of->oid ||
			blocker->column != of->column || blocker->is_type_only != of->is_type_only)
			continue;
		Keeps one = keeps(judge, blocker);
		if (one <= *how)
			continue;
		found = blocker;
		*how = one;
	}
	return found;
}
