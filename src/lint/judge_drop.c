/* DROP … of everything that is no part of a table. */
#include "lint/judge.h"

/* ---- what keeps it ---- */

static void judge_blockers(Judge *judge, const Action *action, CatalogClass class, int64_t oid)
{
	Keeps how;
	const CatalogBlocker *blocker =
		judge_blocker(judge, &(CatalogBlocker){.class = class, .oid = oid}, &how);
	if (how == KEEPS_NOT && !world_is_used(judge->world, action->object.name) &&
		!(action->options.cascade && judge->world->has_made))
		return;
	if (action->options.cascade)
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS | UNKNOWN_OUTCOME);
	else if (how == KEEPS && (blocker->relation || judge->facts->actions.count == 1))
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
			STR_ARG(blocker->description));
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

/* ---- relations ---- */

bool judge_is_kind(char kind, ObjectKind wanted)
{
	switch ((int)wanted) {
	case OBJECT_TABLE:
		return kind == RELATION_TABLE || kind == RELATION_PARTITIONED;
	case OBJECT_VIEW:
		return kind == RELATION_VIEW;
	case OBJECT_MATVIEW:
		return kind == RELATION_MATVIEW;
	case OBJECT_SEQUENCE:
		return kind == RELATION_SEQUENCE;
	case OBJECT_INDEX:
		return kind == RELATION_INDEX || kind == RELATION_PARTITIONED_INDEX;
	case OBJECT_FOREIGN_TABLE:
		return kind == RELATION_FOREIGN;
	default:
		return true;
	}
}

static void lock_referenced(Judge *judge, const WorldRelation *table)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
			table->constraints.items[i].other)
			effect_lock(judge->arena, judge->effect, table->constraints.items[i].other,
				LOCK_ACCESS_EXCLUSIVE, true);
}

static void drop_index(Judge *judge, WorldRelation *index, const Action *action)
{
	WorldRelation *table = index->table;
	if (!table) {
		judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	if (!judge_owner(judge, table, action))
		return;
	effect_lock(judge->arena, judge->effect, table,
		action->options.concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE,
		table->kind == RELATION_PARTITIONED);
	for (size_t i = 0; index->there && i < table->constraints.count; i++) {
		const WorldConstraint *constraint = &table->constraints.items[i];
		if (constraint->index == index->there->oid && constraint->index &&
			constraint->kind != CONSTRAINT_FOREIGN_KEY) {
			judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"},
				"constraint %.*s of %.*s", STR_ARG(constraint->name),
				STR_ARG(world_name(judge->arena, table)));
			return;
		}
	}
	bool is_part = index->there && index->there->parents.count;
	if (is_part && table->parents.count && judge_knows(judge, table) &&
		judge->facts->actions.count == 1) {
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"},
			"the index of the parent table");
		return;
	}
	if (is_part || index->parents.count)
		judge_unknown(judge, UNKNOWN_OUTCOME); /* the parent's index keeps it */
	if (index->there)
		judge_blockers(judge, action, CLASS_RELATION, index->there->oid);
}

/* The table that it is a partition of, and the default partition, whose bound changes. */
static void lock_above(Judge *judge, const WorldRelation *partition)
{
	for (size_t i = 0; i < partition->parents.count; i++) {
		WorldRelation *parent = partition->parents.items[i];
		if (parent->kind != RELATION_PARTITIONED)
			continue;
		effect_lock_one(judge->arena, judge->effect, parent, LOCK_ACCESS_EXCLUSIVE);
		WorldRelation *other =
			parent->there && parent->there->default_partition
				? world_by_oid(judge->world, parent->there->default_partition)
				: NULL;
		if (other && other != partition && !other->is_dropped)
			effect_lock_one(judge->arena, judge->effect, other, LOCK_ACCESS_EXCLUSIVE);
	}
}

/* Whoever owns the schema may drop what is in it; such a one may create there, too. */
static bool may_drop(Judge *judge, const WorldRelation *relation, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	const CatalogSchema *schema = catalog ? catalog_schema(catalog, relation->schema) : NULL;
	if (schema && schema->can_create && relation->there && !relation->there->is_owned) {
		judge_unknown(judge, UNKNOWN_OUTCOME);
		return true;
	}
	return judge_owner(judge, relation, action);
}

/* A foreign key that the plan has made. */
static bool is_referenced_by_plan(const World *world, const WorldRelation *table)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		for (size_t j = 0; child != table && j < child->constraints.count; j++)
			if (child->constraints.items[j].other == table &&
				!child->constraints.items[j].oid && !child->is_dropped)
				return true;
	}
	return false;
}

static bool reads(const WorldRelation *view, const WorldRelation *table)
{
	for (size_t i = 0; i < view->reads.count; i++)
		if (view->reads.items[i] == table)
			return true;
	return false;
}

static bool has_new_key_to(const WorldRelation *child, const WorldRelation *table)
{
	for (size_t i = 0; !child->is_vague && i < child->constraints.count; i++)
		if (child->constraints.items[i].other == table && !child->constraints.items[i].oid)
			return true;
	return false;
}

/* What the plan has made, surely still has, and does not drop along with it. */
static const WorldRelation *find_user(Judge *judge, const WorldRelation *table)
{
	const World *world = judge->world;
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *user = world->relations.items[i];
		if (user == table || user->is_dropped || user->is_loose ||
			world_may_be_gone(world, user->name) || judge_goes_along(judge, user))
			continue;
		if (reads(user, table) || has_new_key_to(user, table))
			return user;
	}
	return NULL;
}

static void drop_relation(Judge *judge, const Action *action)
{
	WorldRelation *relation =
		judge_relation(judge, action, action->object, action->options.if_exists);
	if (!relation)
		return;
	if (!judge_is_kind(relation->kind, action->object_kind)) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is no %.*s",
			STR_ARG(world_name(judge->arena, relation)),
			STR_ARG(facts_object_name(action->object_kind)));
		return;
	}
	if (action->object_kind == OBJECT_INDEX) {
		drop_index(judge, relation, action);
		return;
	}
	if (!may_drop(judge, relation, action))
		return;
	effect_lock(judge->arena, judge->effect, relation, LOCK_ACCESS_EXCLUSIVE,
		relation->kind == RELATION_PARTITIONED);
	lock_above(judge, relation);
	lock_referenced(judge, relation);
	if (relation->there)
		judge_blockers(judge, action, CLASS_RELATION, relation->there->oid);
	const WorldRelation *user = find_user(judge, relation);
	if (user && !action->options.cascade && !judge->effect->refusals.count)
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
			STR_ARG(world_name(judge->arena, user)));
	else if (!relation->there || is_referenced_by_plan(judge->world, relation))
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

/* ---- on tables ---- */

static void drop_on_table(Judge *judge, const Action *action)
{
	WorldRelation *table =
		judge_relation(judge, action, action->object, action->options.if_exists);
	if (!table)
		return;
	const Names *names = world_parts(table, action->object_kind);
	bool is_there = names_have(names, action->name);
	bool is_known = !table->is_vague && !judge->world->is_opaque;
	if (!is_there && is_known && action->options.if_exists)
		return; /* nobody asks whose table it is */
	if (!judge_owner(judge, table, action))
		return;
	if (!is_there && is_known)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "%.*s %.*s of %.*s",
			STR_ARG(facts_object_name(action->object_kind)), STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
	else if (!is_known)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	effect_lock(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE,
		action->object_kind == OBJECT_TRIGGER && is_there);
}

/* ---- the rest ---- */

/* A composite type is a relation, too. */
static ObjectName full_type_name(World *world, ObjectName name)
{
	WorldRelation *relation;
	ObjectName full = world_type_name(world, name);
	bool is_composite = !full.name.len &&
			    world_find(world, name, &relation) == PRESENCE_THERE &&
			    relation->kind == RELATION_COMPOSITE;
	return is_composite ? (ObjectName){relation->schema, relation->name} : full;
}

/* A column of the plan has the type. */
static const WorldRelation *find_column_of(Judge *judge, ObjectName type, Str *column)
{
	const World *world = judge->world;
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *table = world->relations.items[i];
		bool is_sure = !table->is_dropped && !table->is_loose &&
			       !world_may_be_gone(world, table->name);
		for (size_t j = 0; is_sure && j < table->columns.count; j++) {
			const WorldColumn *one = &table->columns.items[j];
			ObjectName name = full_type_name(judge->world, judge_type_name(one->type));
			*column = one->name;
			if (!one->number && one->name.len && str_equal(name.name, type.name) &&
				str_equal(name.schema, type.schema))
				return table;
		}
	}
	return NULL;
}

static bool refuse_used_type(Judge *judge, const Action *action)
{
	Str column;
	ObjectName type = full_type_name(judge->world, action->object);
	bool is_sure = type.name.len && judge->facts->actions.count == 1;
	const WorldRelation *table = is_sure ? find_column_of(judge, type, &column) : NULL;
	if (!table)
		return false;
	judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
		STR_ARG(judge_object(judge, table, column)));
	return true;
}

static void drop_type(Judge *judge, const Action *action)
{
	const CatalogType *type;
	switch (world_find_type(judge->world, action->object, &type)) {
	case PRESENCE_THERE:
		if (type && action->object_kind == OBJECT_DOMAIN && type->kind != 'd') {
			judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
				"%.*s is not a domain",
				STR_ARG(facts_qualified(judge->arena, action->object)));
			return;
		}
		if (!action->options.cascade && refuse_used_type(judge, action))
			return;
		if (!type)
			type = world_renamed_type(judge->world, action->object);
		if (type && type->is_owned)
			judge_blockers(judge, action, CLASS_TYPE, type->oid);
		else
			judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	case PRESENCE_ABSENT:
		if (action->options.if_exists)
			judge->effect->is_skipped = true;
		else
			judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
				STR_ARG(facts_qualified(judge->arena, action->object)));
		break;
	case PRESENCE_UNKNOWN:
		judge_unknown(judge, UNKNOWN_ALL);
		break;
	}
}

/* The one of a name; which of several is meant, its arguments say. */
static const CatalogFunction *the_function(const Judge *judge, const Action *action, size_t *count)
{
	const Catalog *catalog = judge->world->catalog;
	const CatalogFunction *found = NULL;
	*count = 0;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!str_equal(function->name, action->object.name) ||
			(action->object.schema.len &&
				!str_equal(function->schema, action->object.schema)))
			continue;
		(*count)++;
		found = function;
	}
	return found;
}

/* Is the only function of the name the one that is dropped, and not another overload's name? */
static bool is_the_one(Judge *judge, const Action *action, const CatalogFunction *function)
{
	if (!action->options.if_exists && action->options.any_arguments)
		return true;
	return judge_same_function(judge, action, function->schema) != NULL;
}

static bool is_of_kind(const CatalogFunction *function, ObjectKind kind)
{
	switch ((int)kind) {
	case OBJECT_PROCEDURE:
		return function->kind == 'p';
	case OBJECT_AGGREGATE:
		return function->kind == 'a';
	case OBJECT_FUNCTION:
		return function->kind == 'f' || function->kind == 'w';
	default:
		return true;
	}
}

static void drop_function(Judge *judge, const Action *action)
{
	size_t count = 0;
	ObjectName name = {.name = action->object.name};
	if (!judge_routine(judge, action))
		return;
	const World *world = judge->world;
	const CatalogFunction *function =
		world->catalog ? the_function(judge, action, &count) : NULL;
	bool is_known = world->catalog && world->catalog->is_complete && !world->is_opaque &&
			!world_is_touched(world, OBJECT_FUNCTION, name) &&
			!str_map_find(&world->vague_names, name.name);
	if (is_known && !count && !action->options.if_exists)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42883"}, "function %.*s",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else if (is_known && count == 1 && function->is_owned &&
		 is_the_one(judge, action, function) && is_of_kind(function, action->object_kind))
		judge_blockers(judge, action, CLASS_FUNCTION, function->oid);
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->options.cascade)
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
}

static bool holds_relation(const World *world, Str schema)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *relation = world->relations.items[i];
		if (!relation->is_dropped && !relation->is_loose &&
			str_equal(relation->schema, schema) &&
			!world_may_be_gone(world, relation->name))
			return true;
	}
	return false;
}

/* What was in it before the plan and still is; or what is not of the extension, and uses it. */
static bool refuse_kept(Judge *judge, const Action *action, CatalogClass class, int64_t oid)
{
	Keeps how;
	const CatalogBlocker *blocker =
		judge_blocker(judge, &(CatalogBlocker){.class = class, .oid = oid}, &how);
	if (how != KEEPS || action->options.cascade || judge->facts->actions.count > 1)
		return false;
	judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
		STR_ARG(blocker->description));
	return judge->effect->refusals.count > 0;
}

static bool refuse_full_schema(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	const CatalogSchema *schema =
		world->catalog ? catalog_schema(world->catalog, action->object.name) : NULL;
	return schema && schema->is_owned &&
	       !world_is_touched(world, OBJECT_SCHEMA, action->object) &&
	       refuse_kept(judge, action, CLASS_SCHEMA, schema->oid);
}

static bool refuse_used_extension(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	ObjectName name = {.name = action->object.name};
	bool is_known = action->object_kind == OBJECT_EXTENSION && catalog &&
			!world_is_touched(world, OBJECT_EXTENSION, name);
	for (size_t i = 0; is_known && i < catalog->extensions.count; i++) {
		const CatalogExtension *extension = &catalog->extensions.items[i];
		if (str_equal(extension->name, name.name))
			return extension->is_owned &&
			       refuse_kept(judge, action, CLASS_EXTENSION, extension->oid);
	}
	return false;
}

static void drop_schema(Judge *judge, const Action *action)
{
	if (refuse_full_schema(judge, action))
		return;
	Presence presence = world_find_schema(judge->world, action->object.name);
	if (presence == PRESENCE_ABSENT && action->options.if_exists)
		judge->effect->is_skipped = true;
	else if (presence == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
			STR_ARG(action->object.name));
	else if (!action->options.cascade && judge->facts->actions.count == 1 &&
		 world_has_made(judge->world, OBJECT_SCHEMA, action->object) &&
		 holds_relation(judge->world, action->object.name))
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"},
			"what the files have made in it");
	else
		judge_unknown(judge,
			UNKNOWN_OUTCOME |
				(action->options.cascade ? UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS : 0));
}

/* An extension, a publication, a role: is it surely not there? */
static bool is_missing(const Judge *judge, const Action *action)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	Str name = action->object.name;
	if (!catalog || !catalog->is_complete || world->is_opaque ||
		world_is_touched(world, action->object_kind, action->object) ||
		str_map_find(&world->vague_names, name))
		return false;
	for (size_t i = 0; action->object_kind == OBJECT_EXTENSION && i < catalog->extensions.count;
		i++)
		if (str_equal(catalog->extensions.items[i].name, name))
			return !catalog->extensions.items[i].is_installed;
	for (size_t i = 0;
		action->object_kind == OBJECT_PUBLICATION && i < catalog->publications.count; i++)
		if (str_equal(catalog->publications.items[i].name, name))
			return false;
	return action->object_kind == OBJECT_PUBLICATION;
}

static void drop_named(Judge *judge, const Action *action)
{
	if (refuse_used_extension(judge, action))
		return;
	if (!is_missing(judge, action))
		judge_unknown(judge,
			UNKNOWN_OUTCOME |
				(action->options.cascade ? UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS : 0));
	else if (action->options.if_exists)
		judge->effect->is_skipped = true;
	else
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "%.*s %.*s",
			STR_ARG(facts_object_name(action->object_kind)),
			STR_ARG(action->object.name));
}

static void drop_role(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!action->options.if_exists)
		judge_role(judge, action, action->object.name);
}

void judge_drop(Judge *judge, const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_TABLE:
	case OBJECT_VIEW:
	case OBJECT_MATVIEW:
	case OBJECT_SEQUENCE:
	case OBJECT_INDEX:
	case OBJECT_FOREIGN_TABLE:
		drop_relation(judge, action);
		break;
	case OBJECT_POLICY:
	case OBJECT_TRIGGER:
	case OBJECT_RULE:
		drop_on_table(judge, action);
		break;
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		drop_type(judge, action);
		break;
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
	case OBJECT_ROUTINE:
		drop_function(judge, action);
		break;
	case OBJECT_SCHEMA:
		drop_schema(judge, action);
		break;
	case OBJECT_ROLE:
		drop_role(judge, action);
		break;
	case OBJECT_STATISTIC_EXT: /* of which table, the name does not say */
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
		drop_named(judge, action);
		break;
	default:
		drop_named(judge, action);
		break;
	}
}
