/* A new column, and what a column gets by default. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/builtin_type.h"

/* "public.mood", "d(3)[]": the name alone, as it is looked up. */
ObjectName judge_type_name(Str type)
{
	type = builtin_type_bare(type);
	Str schema = str_before(type, '.');
	if (schema.len == type.len)
		return (ObjectName){.name = type};
	return (ObjectName){schema, str_skip(type, schema.len + 1)};
}

/* Does it have values of its own that the rows have to be given? Unknown for a type that is not
 * known: a domain's constraints are checked for each row. */
static WorkKind added_work(Judge *judge, const Action *action)
{
	const CatalogType *type;
	if (action->options.identity || action->options.generated ||
		builtin_type_is_serial(action->type))
		return WORK_REWRITE;
	char volatility =
		action->options.has_default ? judge_volatility(judge, action->expression) : 's';
	if (str_contains(action->expression, STR("nextval"))) /* locks its sequence */
		judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
	if (volatility == 'v')
		return WORK_REWRITE;
	if (!volatility)
		judge_unknown(judge, UNKNOWN_REWRITES | UNKNOWN_SCANS);
	world_find_type(judge->world, judge_type_name(action->type), &type);
	bool may_be_domain =
		world_has_made(judge->world, OBJECT_DOMAIN, judge_type_name(action->type));
	if (may_be_domain || (type && type->kind == 'd' && type->has_default))
		judge_unknown(judge, UNKNOWN_REWRITES | UNKNOWN_SCANS);
	else if (type && type->kind == 'd' && type->is_checked)
		return WORK_REWRITE;
	return WORK_SCAN;
}

/* Is there one of that name, in its schema or on the search path? */
static Presence find_collation(const Judge *judge, ObjectName name)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	bool is_known = catalog && catalog->is_complete && !catalog->is_assumed &&
			!world->is_opaque && (world->knows_path || name.schema.len) &&
			!world_is_touched(world, OBJECT_COLLATION, (ObjectName){.name = name.name});
	if (!is_known || str_map_find(&world->vague_names, name.name) ||
		(name.schema.len && world_find_schema(world, name.schema) != PRESENCE_THERE))
		return PRESENCE_UNKNOWN;
	for (size_t i = 0; i < catalog->collations.count; i++) {
		const CatalogCollation *found = &catalog->collations.items[i];
		bool is_reached = name.schema.len ? str_equal(found->schema, name.schema)
						  : str_equal(found->schema, STR("pg_catalog")) ||
							    names_have(&world->path, found->schema);
		if (str_equal(found->name, name.name) && is_reached)
			return PRESENCE_THERE;
	}
	return PRESENCE_ABSENT;
}

static void judge_collation(Judge *judge, const Action *action)
{
	Presence presence = find_collation(judge, action->other);
	bool is_there = presence == PRESENCE_THERE;
	if (judge_no_schema(judge, action, action->other.schema))
		return;
	if (presence == PRESENCE_ABSENT)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "collation %.*s",
			STR_ARG(facts_qualified(judge->arena, action->other)));
	else if (is_there && type_has_no_collation(judge->arena, action->type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s has no collations", STR_ARG(action->type));
	else if (!is_there || !type_is_text(judge->arena, action->type))
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

bool judge_column_type(Judge *judge, const Action *action)
{
	const CatalogType *type;
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind != USE_TYPE || use->in_function ||
			builtin_type_is_serial(use->name.name) ||
			!str_equal(use->name.name, judge_type_name(action->type).name))
			continue;
		if (world_find_type(judge->world, use->name, &type) == PRESENCE_ABSENT &&
			!judge->effect->refusals.count)
			judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
				STR_ARG(facts_qualified(judge->arena, use->name)));
	}
	const char *fault = type_limit_fault(judge->arena, action->type);
	if (fault && !judge->effect->refusals.count)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, fault}, "there is no type %.*s",
			STR_ARG(action->type));
	if (action->options.collated && !judge->effect->refusals.count)
		judge_collation(judge, action);
	return !judge->effect->refusals.count;
}

/* A default's text: 'label' or 'label'::type. Its bare words; empty if it is something else. */
static Str label_of(Judge *judge, Str expression, ObjectName type)
{
	Str rest = expression, begin, label;
	if (!str_next(&rest, '\'', &begin) || begin.len || !str_next(&rest, '\'', &label))
		return (Str){0};
	if (!rest.len && str_ends(expression, STR("'")))
		return label;
	if (!str_starts(rest, STR("::")) || str_contains(rest, STR("[")))
		return (Str){0};
	ObjectName cast = world_type_name(judge->world, judge_type_name(str_skip(rest, 2)));
	bool is_same = str_equal(cast.name, type.name) && str_equal(cast.schema, type.schema);
	return is_same ? label : (Str){0};
}

/* The parser itself turns the default into a value of the type: refused, whatever the rows are. */
static void judge_new_label(Judge *judge, const Action *action, Str type_text)
{
	ObjectName type = world_type_name(judge->world, judge_type_name(type_text));
	if (!type.name.len || str_contains(type_text, STR("[")) || judge->world->is_opaque)
		return;
	Str label = label_of(judge, action->expression, type);
	if (label.len && world_lacks_label(judge->world, type, label))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22P02"},
			"%.*s is not a label of %.*s.%.*s", STR_ARG(label), STR_ARG(type.schema),
			STR_ARG(type.name));
	else if (label.len && world_is_new_label(judge->world, type, label))
		judge_refuse(judge, action, (Code){LINT_NEW_LABEL, "55P04"}, "%.*s of %.*s.%.*s",
			STR_ARG(label), STR_ARG(type.schema), STR_ARG(type.name));
}

static bool is_time(Str type)
{
	static const Str names[] = {STR_INIT("timestamptz"), STR_INIT("timestamp"),
		STR_INIT("timestamp with time zone"), STR_INIT("timestamp without time zone"),
		STR_INIT("date")};
	return STR_IS_AMONG(type, names);
}

bool judge_is_plain_default(Str type, Str value)
{
	bool is_text = str_equal(type, STR("text")) || str_equal(type, STR("varchar"));
	bool is_whole = str_equal(type, STR("int")) || str_equal(type, STR("integer")) ||
			str_equal(type, STR("bigint")) || str_equal(type, STR("numeric"));
	bool is_number = value.len > 0 && value.len < 10;
	for (size_t i = 0; i < value.len; i++)
		is_number = is_number && value.ptr[i] >= '0' && value.ptr[i] <= '9';
	if (is_text)
		return str_starts(value, STR("'")) && str_ends(value, STR("'"));
	if (str_equal(type, STR("boolean")) || str_equal(type, STR("bool")))
		return str_equal(value, STR("true")) || str_equal(value, STR("false"));
	return (is_whole && is_number) || (is_time(type) && str_equal(value, STR("now()"))) ||
	       (str_equal(type, STR("uuid")) && str_equal(value, STR("gen_random_uuid()")));
}

/* A child that has a column of that name already keeps it, if it is of the same type. */
static const WorldRelation *find_other_child(
	Judge *judge, const WorldRelation *table, const Action *action)
{
	Str type = type_canonical(judge->arena, action->type);
	bool is_bare = builtin_type_is(action->type) && !action->options.has_default &&
		       !action->options.generated && !action->options.identity &&
		       !action->options.only && !builtin_type_is_serial(action->type) &&
		       judge->facts->actions.count == 1 && table->kind == RELATION_TABLE;
	for (size_t i = 0; is_bare && i < table->children.count; i++) {
		const WorldRelation *child = table->children.items[i];
		const WorldColumn *column = world_column(child, action->name);
		bool is_known = column && column->number && !column->has_new_type &&
				!column->is_changed && !child->is_dropped && !child->is_loose &&
				builtin_type_is(column->type);
		if (is_known && !str_equal(type_canonical(judge->arena, column->type), type))
			return child;
	}
	return NULL;
}

/* Does a table that inherits have it already? */
static bool is_merged(const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < table->children.count; i++)
		if (world_column(table->children.items[i], action->name))
			return true;
	return false;
}

void judge_add_column(Judge *judge, WorldRelation *table, const Action *action)
{
	bool exists = world_column(table, action->name) != NULL;
	if (exists && action->options.if_not_exists) {
		judge->skipped = action->name;
		return;
	}
	bool is_first = action->options.nested && !table->there; /* of a new table */
	if ((!is_first || judge_column_type(judge, action)) &&
		judge_new_column(judge, table, action))
		judge_column_type(judge, action);
	const WorldRelation *other = find_other_child(judge, table, action);
	if (!judge->effect->refusals.count && other)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s is of another type",
			STR_ARG(judge_object(judge, other, action->name)));
	if (!judge->effect->refusals.count && action->options.has_default &&
		judge_default_text(judge, table, action))
		judge_new_label(judge, action, action->type);
	if (!judge->effect->refusals.count && action->options.generated &&
		judge_generated(judge, table, action))
		judge_immutable(judge, table, action, action->expression);
	if (action->options.generated ||
		(action->options.has_default &&
			!judge_is_plain_default(action->type, action->expression)))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if ((table->is_vague || table->children.count) && !exists)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (is_merged(table, action)) /* what inherits from the child is left as it is */
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_REWRITES);
	if (action->options.nested || !table->there)
		return;
	bool is_required = action->options.not_null && !facts_has_value(action) &&
			   !action->options.identity && !action->options.generated &&
			   !builtin_type_is_serial(action->type);
	if (is_required && !world_is_empty(table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	WorkKind work = added_work(judge, action);
	table->may_be_rewritten |=
		work == WORK_REWRITE || (judge->effect->unknown & UNKNOWN_REWRITES);
	if (work == WORK_REWRITE)
		judge_work(judge, table, action, WORK_REWRITE,
			action->options.has_default ? LINT_REWRITE_DEFAULT : LINT_REWRITE_COLUMN);
}

void judge_set_default(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (column && (column->identity || column->generated))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42601"},
			"column %.*s of %.*s is %s", STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)),
			column->identity ? "an identity column" : "generated");
	else if (column && judge_default_text(judge, table, action))
		judge_new_label(judge, action, column->type);
	if (column && action->kind == ACTION_SET_DEFAULT &&
		!judge_is_plain_default(column->type, action->expression))
		judge_unknown(judge, UNKNOWN_OUTCOME);
}
