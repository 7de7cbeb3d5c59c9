/* CREATE …, of everything that is no part of a table. */
#include "lint/judge.h"

/* None of the search path is there. */
static bool has_no_place(const World *world)
{
	for (size_t i = 0; i < world->path.count; i++)
		if (world_find_schema(world, world->path.items[i]) != PRESENCE_ABSENT)
			return false;
	return world->knows_path && world->catalog->is_complete && !world->is_opaque;
}

Str judge_schema_for(Judge *judge, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	Str name = action->object.schema.len ? action->object.schema
					     : world_creation_schema(judge->world);
	if (!name.len && has_no_place(judge->world)) {
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"},
			"a schema of the search path");
		return (Str){0};
	}
	Presence presence = name.len ? world_find_schema(judge->world, name) : PRESENCE_UNKNOWN;
	if (presence == PRESENCE_ABSENT) {
		judge_refuse(
			judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s", STR_ARG(name));
		return (Str){0};
	}
	const CatalogSchema *schema = catalog ? catalog_schema(catalog, name) : NULL;
	if (presence == PRESENCE_UNKNOWN) {
		judge_unknown(judge, UNKNOWN_OUTCOME);
		return (Str){0};
	}
	bool is_ours = world_has_made(judge->world, OBJECT_SCHEMA, (ObjectName){.name = name});
	if (!schema || is_ours || schema->can_create)
		return name;
	if (catalog->has_supautils)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else
		judge_refuse(
			judge, action, (Code){LINT_MAY_NOT_CREATE, "42501"}, "%.*s", STR_ARG(name));
	return (Str){0};
}

WorldRelation *judge_taken(Judge *judge, Str schema, Str name)
{
	WorldRelation *other = NULL;
	if (!schema.len ||
		world_find(judge->world, (ObjectName){schema, name}, &other) == PRESENCE_UNKNOWN)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (other && world_may_be_gone(judge->world, name))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	return other;
}

void judge_refuse_taken(Judge *judge, const Action *action, const WorldRelation *other)
{
	judge_refuse(judge, action, (Code){LINT_TAKEN, "42P07"}, "relation %.*s",
		STR_ARG(world_name(judge->arena, other)));
}

/* ---- tables ---- */

static void judge_partition(Judge *judge, const Action *action)
{
	WorldRelation *parent = judge_relation(judge, action, action->other, false);
	if (!parent)
		return;
	if (!action->options.partition) {
		effect_lock_one(judge->arena, judge->effect, parent, LOCK_SHARE_UPDATE_EXCLUSIVE);
		return;
	}
	if (parent->kind != RELATION_PARTITIONED) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
			"%.*s is not partitioned", STR_ARG(world_name(judge->arena, parent)));
		return;
	}
	judge_unknown(judge, UNKNOWN_OUTCOME); /* bounds may overlap */
	if (!judge_bound(judge, parent, action))
		return;
	effect_lock_one(judge->arena, judge->effect, parent, LOCK_ACCESS_EXCLUSIVE);
	if (parent->children.count && !judge_is_plain_parent(judge, parent))
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS | UNKNOWN_SCANS);
	for (size_t i = 0; i < parent->constraints.count; i++)
		if (parent->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
			parent->constraints.items[i].other)
			effect_lock(judge->arena, judge->effect, parent->constraints.items[i].other,
				LOCK_SHARE_ROW_EXCLUSIVE, true);
}

static const Action *column_before(const Judge *judge, const Action *column)
{
	for (const Action *part = judge->facts->actions.items; part < column; part++)
		if (part->kind == ACTION_ADD_COLUMN && !part->in_function &&
			str_equal(part->name, column->name))
			return part;
	return NULL;
}

/* The server comes to its columns before it looks whether the table is there: to all types first.
 * What LIKE names, it comes to in between. */
static bool judge_new_types(Judge *judge, const Action *action)
{
	if (action != judge->facts->actions.items)
		return true; /* one of CREATE SCHEMA: others come before it */
	for (size_t i = 0; i < judge->facts->actions.count; i++)
		if (judge->facts->actions.items[i].kind == ACTION_LIKE)
			return true;
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *part = &judge->facts->actions.items[i];
		if (part->kind == ACTION_ADD_COLUMN && !part->in_function &&
			!judge_column_type(judge, part))
			return false;
	}
	return true;
}

static void judge_taken_table(Judge *judge, const Action *action, const WorldRelation *other)
{
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *part = &judge->facts->actions.items[i];
		if (part->kind == ACTION_LIKE && !judge_relation(judge, part, part->other, false))
			return;
		if (part->kind != ACTION_ADD_COLUMN || part->in_function ||
			!column_before(judge, part))
			continue;
		judge_refuse(judge, part, (Code){LINT_TAKEN, "42701"}, "column %.*s",
			STR_ARG(part->name));
		return;
	}
	judge_refuse_taken(judge, action, other);
}

static void judge_create_table(Judge *judge, const Action *action)
{
	if (action->options.as_query)
		judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_SCANS | UNKNOWN_WEAK_LOCKS);
	if (action->object_kind == OBJECT_SEQUENCE || action->object_kind == OBJECT_FOREIGN_TABLE)
		judge_unknown(judge, UNKNOWN_OUTCOME); /* its options, its server */
	if (action->options.temporary) {
		judge_new_table(judge, action);
		return;
	}
	Str schema = judge_schema_for(judge, action);
	WorldRelation *other = judge_taken(judge, schema, action->object.name);
	const CatalogType *type; /* that the rows' type may have to make room for */
	if (other && action->options.if_not_exists)
		judge->effect->is_skipped = true;
	else if (judge->effect->refusals.count || !judge_new_types(judge, action))
		return;
	else if (other)
		judge_taken_table(judge, action, other);
	else if (schema.len &&
		 world_find_type(judge->world, (ObjectName){schema, action->object.name}, &type) ==
			 PRESENCE_THERE)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else if (action->other.name.len)
		judge_partition(judge, action);
	if (!judge->effect->refusals.count && !judge->effect->is_skipped)
		judge_new_table(judge, action);
}

static bool has_other_option(const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++)
		if (!str_equal(action->columns.items[i], STR("security_barrier")) &&
			!str_equal(action->columns.items[i], STR("security_invoker")) &&
			!str_equal(action->columns.items[i], STR("check_option")))
			return true;
	return false;
}

static void judge_create_view(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME); /* the query's own faults */
	if (action->options.temporary)
		return;
	Str schema = judge_schema_for(judge, action);
	WorldRelation *other = judge_taken(judge, schema, action->object.name);
	bool is_alone = action == &judge->facts->actions.items[0];
	if (!judge->effect->refusals.count && is_alone)
		judge_uses(judge); /* the server looks into the query first */
	if (judge->effect->refusals.count)
		return;
	if ((!other || !action->options.or_replace) && has_other_option(action))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s has an option that views do not have",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else if (!other)
		return;
	else if (!action->options.or_replace)
		judge_refuse_taken(judge, action, other);
	else if (other->kind != RELATION_VIEW)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a view",
			STR_ARG(world_name(judge->arena, other)));
	else if (judge_owner(judge, other, action))
		effect_lock_one(judge->arena, judge->effect, other, LOCK_ACCESS_EXCLUSIVE);
}

/* ---- on tables ---- */

bool judge_role(Judge *judge, const Action *action, Str role)
{
	const Catalog *catalog = judge->world->catalog;
	bool is_word = str_equal(role, STR("public")) || str_starts(role, STR("current_")) ||
		       str_starts(role, STR("session_"));
	if (!catalog || !role.len || is_word || catalog_role(catalog, role) ||
		!catalog->is_complete || catalog->has_more_roles || judge->world->is_opaque ||
		world_has_made(judge->world, OBJECT_ROLE, (ObjectName){.name = role}))
		return true;
	judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "role %.*s", STR_ARG(role));
	return false;
}

void judge_roles(Judge *judge, const Action *action)
{
	for (size_t i = 0; i < action->other_columns.count; i++)
		if (!judge_role(judge, action, action->other_columns.items[i]))
			return;
}

static void judge_create_policy(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME); /* the expressions' own faults */
	effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	if (action->kind == ACTION_CREATE && names_have(&table->policies, action->name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "policy %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
	else if (action->kind == ACTION_ALTER && !table->is_vague && !judge->world->is_opaque &&
		 !names_have(&table->policies, action->name))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "policy %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
	else
		judge_roles(judge, action);
}

/* The command does not have the expression: said before anything is looked up. */
static bool refuse_expression(Judge *judge, const Action *action)
{
	if (action->object_kind != OBJECT_POLICY || action->kind != ACTION_CREATE)
		return false;
	bool is_insert = str_equal(action->type, STR("insert"));
	bool only_using =
		str_equal(action->type, STR("select")) || str_equal(action->type, STR("delete"));
	bool is_refused = (is_insert && action->options.has_using) ||
			  (only_using && action->options.has_check);
	if (is_refused)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
			"a policy for %.*s has no %s", STR_ARG(action->type),
			is_insert ? "USING" : "WITH CHECK");
	return is_refused;
}

/* Of one column the table has them by itself. Whether there are any of that name is not known. */
static void judge_statistics(Judge *judge, WorldRelation *table, const Action *action)
{
	Str column = action->columns.count == 1 ? action->columns.items[0] : (Str){0};
	if (column.len && !action->options.if_not_exists &&
		judge_column(judge, table, action, column))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, action->name.len ? "" : "42P17"},
			"statistics on %.*s alone: they are on two columns or more",
			STR_ARG(judge_object(judge, table, column)));
}

static void judge_on_table(Judge *judge, const Action *action)
{
	if (refuse_expression(judge, action))
		return;
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (!table)
		return;
	if (action->object_kind == OBJECT_TRIGGER) {
		judge_create_trigger(judge, table, action);
		return;
	}
	if (!judge_owner(judge, table, action))
		return;
	if (action->object_kind == OBJECT_POLICY) {
		judge_create_policy(judge, table, action);
		return;
	}
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->object_kind == OBJECT_STATISTIC_EXT)
		judge_statistics(judge, table, action);
	effect_lock_one(judge->arena, judge->effect, table,
		action->object_kind == OBJECT_RULE ? LOCK_ACCESS_EXCLUSIVE
						   : LOCK_SHARE_UPDATE_EXCLUSIVE);
}

/* ---- the rest ---- */

static bool has_label_twice(const Action *action)
{
	for (size_t i = 0; action->object_kind == OBJECT_TYPE && i < action->columns.count; i++)
		for (size_t j = 0; j < i; j++)
			if (str_equal(action->columns.items[i], action->columns.items[j]))
				return true;
	return false;
}

static void judge_create_type(Judge *judge, const Action *action)
{
	const CatalogType *other;
	Str schema = judge_schema_for(judge, action);
	ObjectName name = {schema, action->object.name};
	Presence presence =
		schema.len ? world_find_type(judge->world, name, &other) : PRESENCE_UNKNOWN;
	bool may_be_array = str_starts(name.name, STR("_")); /* whose name makes room */
	if (presence == PRESENCE_THERE && !may_be_array)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
	else if (schema.len && presence == PRESENCE_ABSENT && has_label_twice(action) &&
		 judge_is_before_18(judge)) /* which may say it in another way */
		judge_refuse(judge, action, (Code){LINT_TAKEN, "23505"}, "a label of type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
	else
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

static void judge_create_schema(Judge *judge, const Action *action)
{
	switch (world_find_schema(judge->world, action->object.name)) {
	case PRESENCE_THERE:
		if (action->options.if_not_exists)
			judge->effect->is_skipped = true;
		else
			judge_refuse(judge, action, (Code){LINT_TAKEN, "42P06"}, "schema %.*s",
				STR_ARG(action->object.name));
		break;
	case PRESENCE_ABSENT:
	case PRESENCE_UNKNOWN:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	}
}

/* Where it goes, and who may put it there. */
static void judge_new_extension(
	Judge *judge, const CatalogExtension *extension, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	Str schema = action->object.schema;
	if (extension->needs_superuser && !catalog->is_superuser && !catalog->has_supautils)
		judge_doubt(judge, action, (Code){LINT_EXTENSION_REFUSED, "42501"});
	else if (schema.len && !extension->schema.len && !judge->world->is_opaque &&
		 world_find_schema(judge->world, schema) == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
			STR_ARG(schema));
}

static void judge_create_extension(Judge *judge, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	ObjectName name = {.name = action->object.name};
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (world_is_touched(judge->world, OBJECT_EXTENSION, name))
		return;
	for (size_t i = 0; catalog && i < catalog->extensions.count; i++) {
		const CatalogExtension *extension = &catalog->extensions.items[i];
		if (!str_equal(extension->name, action->object.name))
			continue;
		if (extension->is_installed && action->options.if_not_exists)
			judge->effect->is_skipped = true;
		else if (extension->is_installed && !judge->world->is_opaque)
			judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "extension %.*s",
				STR_ARG(extension->name));
		else if (!extension->is_available)
			judge_refuse(judge, action, (Code){LINT_NO_EXTENSION, "0A000"}, "%.*s",
				STR_ARG(extension->name));
		else if (!extension->is_installed)
			judge_new_extension(judge, extension, action);
	}
}

/* The server asks first whether the role may make any. */
static void judge_create_role(Judge *judge, const Action *action)
{
	static const Str options[] = {STR_INIT("canlogin"), STR_INIT("inherit"),
		STR_INIT("password"), STR_INIT("connectionlimit"), STR_INIT("validUntil")};
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	ObjectName name = {.name = action->object.name};
	bool is_sure = catalog && catalog->makes_roles && !catalog->has_supautils &&
		       !world->is_other_role && !world_is_touched(world, OBJECT_ROLE, name) &&
		       !str_starts(name.name, STR("pg_"));
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (catalog && judge_knows_rights(judge) && !catalog->has_supautils &&
		(action->options.superuser || !catalog->makes_roles))
		judge_refuse_right(judge, action, "may not make such a role");
	for (size_t i = 0; is_sure && !catalog->is_superuser && i < action->columns.count; i++)
		is_sure = STR_IS_AMONG(action->columns.items[i], options);
	if (is_sure && catalog_role(catalog, name.name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "role %.*s",
			STR_ARG(name.name));
}

void judge_create(Judge *judge, const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_TABLE:
	case OBJECT_FOREIGN_TABLE:
	case OBJECT_SEQUENCE:
	case OBJECT_MATVIEW:
		judge_create_table(judge, action);
		break;
	case OBJECT_VIEW:
		judge_create_view(judge, action);
		break;
	case OBJECT_INDEX:
		judge_create_index(judge, action);
		break;
	case OBJECT_TRIGGER:
	case OBJECT_POLICY:
	case OBJECT_RULE:
	case OBJECT_STATISTIC_EXT:
		judge_on_table(judge, action);
		break;
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		judge_create_type(judge, action);
		break;
	case OBJECT_SCHEMA:
		judge_create_schema(judge, action);
		break;
	case OBJECT_EXTENSION:
		judge_create_extension(judge, action);
		break;
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
		judge_create_function(judge, action);
		break;
	case OBJECT_PUBLICATION:
		judge_create_publication(judge, action);
		break;
	case OBJECT_ROLE:
		judge_create_role(judge, action);
		break;
	case OBJECT_EVENT_TRIGGER:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		if (judge_knows_rights(judge) && !judge->world->catalog->has_supautils)
			judge_refuse_right(judge, action, "may not make event triggers");
		break;
	default:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	}
}
