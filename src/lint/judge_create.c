/* CREATE …, of everything that is no part of a table. */
#include "lint/judge.h"

#include "lint/type_change.h"

/* None of the search path is there. */
static bool has_no_place(const World *world)
{
	for (size_t i = 0; i < world->path.count; i++)
		if (world_find_schema(world, world->path.items[i]) != PRESENCE_ABSENT)
			return false;
	return world->knows_path && world->catalog->is_complete && !world->is_opaque;
}

/* Where it is made, and whether it may be. Empty: refused, or not known. */
static Str schema_for(Judge *judge, const Action *action)
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

/* What has the name already. */
static WorldRelation *taken_by(Judge *judge, Str schema, Str name)
{
	WorldRelation *other = NULL;
	if (!schema.len ||
		world_find(judge->world, (ObjectName){schema, name}, &other) == PRESENCE_UNKNOWN)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (other && world_may_be_gone(judge->world, name))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	return other;
}

static void refuse_taken(Judge *judge, const Action *action, const WorldRelation *other)
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
	if (parent->children.count) /* a default partition is locked and searched */
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS | UNKNOWN_SCANS);
	for (size_t i = 0; i < parent->constraints.count; i++)
		if (parent->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
			parent->constraints.items[i].other)
			effect_lock(judge->arena, judge->effect, parent->constraints.items[i].other,
				LOCK_SHARE_ROW_EXCLUSIVE, true);
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
	Str schema = schema_for(judge, action);
	WorldRelation *other = taken_by(judge, schema, action->object.name);
	if (other && action->options.if_not_exists)
		judge->effect->is_skipped = true;
	else if (other)
		refuse_taken(judge, action, other);
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
	Str schema = schema_for(judge, action);
	WorldRelation *other = taken_by(judge, schema, action->object.name);
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
		refuse_taken(judge, action, other);
	else if (other->kind != RELATION_VIEW)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a view",
			STR_ARG(world_name(judge->arena, other)));
	else if (judge_owner(judge, other, action))
		effect_lock_one(judge->arena, judge->effect, other, LOCK_ACCESS_EXCLUSIVE);
}

/* Said before a column is looked for. */
static bool refuse_method(Judge *judge, const WorldRelation *table, const Action *action)
{
	static const struct {
		Str name;
		bool has_more; /* columns */
	} methods[] = {{STR_INIT("hash"), false}, {STR_INIT("spgist"), false},
		{STR_INIT("gin"), true}, {STR_INIT("gist"), true}, {STR_INIT("brin"), true}};
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		bool is_more = action->columns.count > 1 && !methods[i].has_more;
		if (!str_equal(methods[i].name, action->type) ||
			!(is_more || action->options.unique) || action->options.has_expressions ||
			action->options.has_where)
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"an index of %.*s by %.*s cannot be %s",
			STR_ARG(world_name(judge->arena, table)), STR_ARG(action->type),
			is_more ? "over several columns" : "unique");
		return true;
	}
	return false;
}

static void judge_create_index(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	bool concurrently = action->options.concurrently;
	if (!table || !judge_owner(judge, table, action))
		return;
	if (table->kind == RELATION_VIEW || table->kind == RELATION_FOREIGN) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s cannot be indexed", STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (concurrently && table->kind == RELATION_PARTITIONED) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"%.*s is partitioned: CONCURRENTLY is for its partitions",
			STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (refuse_method(judge, table, action))
		return;
	judge_lock(judge, table, action, concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
	WorldRelation *other =
		action->name.len ? taken_by(judge, table->schema, action->name) : NULL;
	if (other && action->options.if_not_exists)
		judge->effect->is_skipped = true;
	else if (other)
		refuse_taken(judge, action, other);
	if (other)
		return;
	for (size_t i = 0; !action->options.has_expressions && i < action->columns.count; i++)
		if (!judge_index_column(judge, table, action, action->columns.items[i]))
			return;
	judge_immutable(judge, action, action->expression);
	for (size_t i = 0; action->options.has_expressions && i < action->columns.count; i++)
		judge_immutable(judge, action, action->columns.items[i]);
	bool is_btree = !action->type.len || str_equal(action->type, STR("btree"));
	if (action->options.unique || action->options.has_expressions ||
		action->options.has_where || action->options.operator_class || !is_btree)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (concurrently)
		judge_unknown(judge, UNKNOWN_SCANS | UNKNOWN_OUTCOME);
	else if (!action->options.only || table->kind != RELATION_PARTITIONED)
		judge_work(judge, table, action, WORK_BUILD, LINT_INDEX_BUILD);
}

/* ---- on tables ---- */

bool judge_role(Judge *judge, const Action *action, Str role)
{
	const Catalog *catalog = judge->world->catalog;
	bool is_word = str_equal(role, STR("public")) || str_starts(role, STR("current_")) ||
		       str_starts(role, STR("session_"));
	if (!catalog || !role.len || is_word || world_has(&catalog->roles, role) ||
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
	if (action->kind == ACTION_CREATE && world_has(&table->policies, action->name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "policy %.*s of %.*s",
			STR_ARG(action->name), STR_ARG(world_name(judge->arena, table)));
	else if (action->kind == ACTION_ALTER && !table->is_vague && !judge->world->is_opaque &&
		 !world_has(&table->policies, action->name))
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
	effect_lock_one(judge->arena, judge->effect, table,
		action->object_kind == OBJECT_RULE ? LOCK_ACCESS_EXCLUSIVE
						   : LOCK_SHARE_UPDATE_EXCLUSIVE);
}

/* ---- the rest ---- */

enum {
	EIGHTEEN = 180000 /* may say it in another way */
};

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
	Str schema = schema_for(judge, action);
	ObjectName name = {schema, action->object.name};
	Presence presence =
		schema.len ? world_find_type(judge->world, name, &other) : PRESENCE_UNKNOWN;
	bool may_be_array = str_starts(name.name, STR("_")); /* whose name makes room */
	if (presence == PRESENCE_THERE && !may_be_array)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "type %.*s",
			STR_ARG(facts_qualified(judge->arena, name)));
	else if (schema.len && presence == PRESENCE_ABSENT && has_label_twice(action) &&
		 judge->world->catalog->version < EIGHTEEN)
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

/* "integer, text" in one spelling, without limits. */
static Str signature(Arena *arena, Str arguments)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str one;
	while (arguments.len && str_next(&arguments, ',', &one)) {
		one = type_canonical(arena, str_trim(one));
		size_t end = 0;
		while (end < one.len && one.ptr[end] != '(')
			end++;
		buf_add(&buf, str_trim(str_head(one, end)));
		buf_add(&buf, STR(","));
	}
	return buf_str(&buf);
}

static bool has_limits(Str arguments)
{
	return str_contains(arguments, STR("("));
}

const CatalogFunction *judge_same_function(Judge *judge, const Action *action, Str schema)
{
	const Catalog *catalog = judge->world->catalog;
	for (size_t i = 0; catalog && schema.len && i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (str_equal(function->name, action->object.name) &&
			str_equal(function->schema, schema) && !has_limits(action->arguments) &&
			str_equal(signature(judge->arena, function->arguments),
				signature(judge->arena, action->arguments)))
			return function;
	}
	return NULL;
}

/* A name cannot be changed or taken away, nor can a default; empty if none is. */
static Str kept_argument(Judge *judge, const CatalogFunction *old, const Action *action)
{
	for (size_t i = 0; i < old->names.count; i++) {
		Str name = old->names.items[i];
		bool is_kept = !name.len || (i < action->columns.count &&
						    str_equal(name, action->columns.items[i]));
		if (!is_kept)
			return str_format(
				judge->arena, "the name of its argument %.*s", STR_ARG(name));
	}
	return (int64_t)action->other_columns.count < old->defaults
		       ? STR("that it has arguments with a default")
		       : (Str){0};
}

static bool is_other_kind(const CatalogFunction *old, const Action *action)
{
	bool is_procedure = action->object_kind == OBJECT_PROCEDURE;
	return old->is_owned &&
	       ((old->kind == 'f' && is_procedure) || (old->kind == 'p' && !is_procedure));
}

/* A type that is equal to nothing but itself. */
static bool is_pseudo(Str type)
{
	return str_equal(type, STR("trigger")) || str_equal(type, STR("void")) ||
	       str_equal(type, STR("event_trigger"));
}

static void judge_create_function(Judge *judge, const Action *action)
{
	Str schema = schema_for(judge, action);
	const CatalogFunction *old = judge_same_function(judge, action, schema);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	ObjectName name = {.name = action->object.name};
	bool is_touched =
		world_is_touched(judge->world, OBJECT_FUNCTION, name) || judge->world->is_opaque;
	if (!old || is_touched || str_map_find(&judge->world->vague_names, name.name))
		return;
	Str kept = kept_argument(judge, old, action);
	Str result = type_canonical(judge->arena, action->type);
	TypeChange change = type_change(judge->arena, old->result, result, (Str){0});
	bool is_simple = !old->returns_set && !str_starts(action->type, STR("SETOF "));
	if (!action->options.or_replace)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42723"}, "function %.*s(%.*s)",
			STR_ARG(facts_qualified(judge->arena, action->object)),
			STR_ARG(old->arguments));
	else if (is_other_kind(old, action))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is a %s",
			STR_ARG(facts_qualified(judge->arena, action->object)),
			old->kind == 'p' ? "procedure" : "function");
	else if (is_simple &&
		 (change != TYPE_CHANGE_UNKNOWN || is_pseudo(result) || is_pseudo(old->result)) &&
		 result.len && !str_equal(old->result, result) && !has_limits(result))
		judge_refuse(judge, action, (Code){LINT_REPLACE_REFUSED, "42P13"},
			"that it returns %.*s", STR_ARG(old->result));
	else if (kept.len && old->kind == 'f' && action->object_kind == OBJECT_FUNCTION)
		judge_refuse(judge, action, (Code){LINT_REPLACE_REFUSED, "42P13"}, "%.*s",
			STR_ARG(kept));
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
	default:
		judge_unknown(judge, UNKNOWN_OUTCOME);
		break;
	}
}
