/* ALTER TABLE's commands on columns. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/builtin_type.h"

/* ---- what keeps a column, or its type ---- */

/* Names are those of the catalogue: what the plan has renamed is shown as it was. */
static const CatalogBlocker *find_blocker(
	Judge *judge, const WorldRelation *table, Str name, bool type_only, Keeps *how)
{
	const WorldColumn *column = world_column(table, name);
	bool is_there = table->there && column && column->number;
	return judge_blocker(judge,
		&(CatalogBlocker){.class = CLASS_RELATION,
			.oid = is_there ? table->there->oid : 0,
			.column = is_there ? column->number : 0,
			.is_type_only = type_only},
		how);
}

/* A policy or a rule may be in the plan only: what is made by it is not looked into. */
static bool may_be_used_by_plan(const Judge *judge, const WorldRelation *table)
{
	return world_is_used(judge->world, table->name) || table->is_vague ||
	       (table->there && world_is_used(judge->world, table->there->name)) ||
	       table->policies.count > (table->there ? table->there->policies.count : 0);
}

static void lock_partners(Judge *judge, WorldRelation *table, Str column)
{
	for (size_t i = 0; i < table->constraints.count; i++) {
		const WorldConstraint *key = &table->constraints.items[i];
		if (key->kind == CONSTRAINT_FOREIGN_KEY && names_have(&key->columns, column) &&
			key->other)
			effect_lock_one(
				judge->arena, judge->effect, key->other, LOCK_ACCESS_EXCLUSIVE);
	}
}

static bool is_referenced(const World *world, const WorldRelation *table, Str column)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		for (size_t j = 0; !child->is_dropped && j < child->constraints.count; j++)
			if (child->constraints.items[j].other == table &&
				names_have(&child->constraints.items[j].other_columns, column))
				return true;
	}
	return false;
}

/* A parent has a say in it, or where the rows go hangs on it. */
static bool refuse_bound_column(Judge *judge, const WorldRelation *table, const Action *action)
{
	Str name = judge_object(judge, table, action->name);
	bool is_partitioned = table->kind == RELATION_PARTITIONED;
	if (world_is_inherited(table, action->name))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"}, "%.*s is inherited",
			STR_ARG(name));
	else if (is_partitioned && names_have(&table->keys, action->name))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is in the partition key", STR_ARG(name));
	else if (action->options.only && world_has_children(table) &&
		 (is_partitioned || action->kind == ACTION_SET_TYPE))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is inherited by other tables", STR_ARG(name));
	return judge->effect->refusals.count > 0;
}

void judge_drop_column(Judge *judge, WorldRelation *table, const Action *action)
{
	if (action->options.if_exists && !world_column(table, action->name)) {
		if (table->is_vague)
			judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	if (!judge_column(judge, table, action, action->name) ||
		refuse_bound_column(judge, table, action) || !table->there)
		return;
	if (action->options.cascade || (action->options.only && world_has_children(table)))
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
	if (action->options.cascade)
		return;
	Keeps how;
	const CatalogBlocker *blocker = find_blocker(judge, table, action->name, false, &how);
	if (how == KEEPS)
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
			STR_ARG(blocker->description));
	else if (blocker || may_be_used_by_plan(judge, table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (table->kind == RELATION_PARTITIONED || table->is_changed)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	for (size_t i = 0; i < table->columns.count; i++) /* made of it, maybe */
		if (table->columns.items[i].generated && !table->columns.items[i].number)
			judge_unknown(judge, UNKNOWN_OUTCOME);
	lock_partners(judge, table, action->name);
}

/* ---- ALTER COLUMN TYPE ---- */

bool judge_is_bare(const Action *action)
{
	return !action->options.has_using || str_equal(action->expression, action->name);
}

static bool is_own_cast(Arena *arena, const Action *action)
{
	Str cast = str_format(arena, "%.*s::", STR_ARG(action->name));
	return str_starts(action->expression, cast);
}

static TypeChange change_of(Judge *judge, const WorldColumn *column, const Action *action)
{
	TypeChange change =
		type_change(judge->arena, column->type, action->type, judge->world->time_zone);
	if (column->is_changed && change != TYPE_CHANGE_REWRITE)
		return TYPE_CHANGE_UNKNOWN;
	if (judge_is_bare(action))
		return change;
	if (is_own_cast(judge->arena, action) && change != TYPE_CHANGE_REWRITE &&
		change != TYPE_CHANGE_REFUSED)
		return TYPE_CHANGE_UNKNOWN;
	return TYPE_CHANGE_REWRITE;
}

/* Have both types the same default operator classes? */
static bool has_same_order(Arena *arena, Str from, Str to)
{
	Str old = str_before(type_canonical(arena, from), '(');
	Str new = str_before(type_canonical(arena, to), '(');
	return str_equal(old, new) || (type_is_text(arena, from) && type_is_text(arena, to));
}

/* An index on the column is rebuilt only if its order changes; expressions and predicates are
 * never compared. */
static void judge_kept_indexes(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = world_column(table, action->name);
	bool is_kept = has_same_order(judge->arena, column->type, action->type);
	for (size_t i = 0; i < table->indexes.count; i++) {
		const WorldIndex *index = &table->indexes.items[i];
		bool uses = names_have(&index->uses, action->name) ||
			    names_have(&index->keys, action->name);
		if (uses && (!is_kept || index->is_partial || index->has_expressions ||
				    action->options.collated))
			judge_unknown(judge, UNKNOWN_SCANS);
	}
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_CHECK &&
			names_have(&table->constraints.items[i].columns, action->name))
			judge_unknown(judge, UNKNOWN_SCANS);
	if (action->options.collated)
		judge_unknown(judge, UNKNOWN_REWRITES | UNKNOWN_SCANS);
}

/* To an enum or the like: a text becomes one only where it is asked to. */
static bool is_castless(Judge *judge, Str from, const Action *action)
{
	const CatalogType *type;
	const World *world = judge->world;
	ObjectName name = world_type_name(world, judge_type_name(action->type));
	Str old = type_canonical(judge->arena, from);
	bool is_text = str_equal(old, STR("text")) || str_starts(old, STR("character varying"));
	bool is_sure = name.name.len && !str_contains(action->type, STR("[")) && is_text &&
		       !str_equal(name.schema, STR("pg_catalog")) && !world->is_opaque &&
		       !world_has_made(world, OBJECT_CAST, (ObjectName){.name = name.name});
	if (!is_sure || world_find_type(judge->world, name, &type) != PRESENCE_THERE)
		return false;
	if (type)
		return type->kind == 'e' && !type->has_cast;
	return world_has_made(world, OBJECT_TYPE, name) &&
	       !world_has_made(world, OBJECT_DOMAIN, name);
}

/* A text becomes anything; of two others that do not go together nothing can be. */
static bool casts_when_asked(Judge *judge, Str from, const Action *action)
{
	Str old = type_canonical(judge->arena, from);
	return str_equal(old, STR("text")) || str_starts(old, STR("character varying")) ||
	       type_change(judge->arena, from, action->type, (Str){0}) != TYPE_CHANGE_REFUSED;
}

static bool refuse_type(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = world_column(table, action->name);
	Keeps how;
	const CatalogBlocker *blocker = find_blocker(judge, table, action->name, true, &how);
	TypeChange change = type_change(judge->arena, column->type, action->type, (Str){0});
	if (judge_enum_cast(judge, table, column, action))
		return true;
	bool is_refused = !column->is_changed && (change == TYPE_CHANGE_REFUSED ||
							 is_castless(judge, column->type, action));
	if (is_own_cast(judge->arena, action) && !casts_when_asked(judge, column->type, action)) {
		judge_unknown(judge, UNKNOWN_OUTCOME); /* the cast may not be there */
		return false;
	}
	if (is_refused && !action->options.has_using)
		judge_refuse(judge, action, (Code){LINT_TYPE_CAST, "42804"}, "%.*s",
			STR_ARG(action->type));
	else if (is_refused && column->has_default && !column->generated &&
		 (is_own_cast(judge->arena, action) ? casts_when_asked(judge, column->type, action)
						    : change == TYPE_CHANGE_REFUSED))
		judge_refuse(judge, action, (Code){LINT_DEFAULT_CAST, "42804"}, "%.*s",
			STR_ARG(action->type));
	else if (how == KEEPS)
		judge_refuse(judge, action, (Code){LINT_TYPE_REFUSED, "0A000"}, "%.*s",
			STR_ARG(blocker->description));
	else if (how == KEEPS_MAYBE)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else
		judge_enum_comparison(judge, table, column, action);
	return judge->effect->refusals.count > 0;
}

/* What it says is surely accepted, and is of the new type. */
static bool is_sure_using(Judge *judge, Str from, const Action *action)
{
	return judge_is_bare(action) ||
	       (is_own_cast(judge->arena, action) && casts_when_asked(judge, from, action)) ||
	       (str_equal(action->type, STR("uuid")) &&
		       str_equal(action->expression, STR("gen_random_uuid()")));
}

/* A foreign key between the new type and the other column's cannot be made again. */
static bool is_torn(Judge *judge, const WorldRelation *partner, Str column, const Action *action)
{
	static const Str types[] = {STR_INIT("text"), STR_INIT("uuid"), STR_INIT("bigint"),
		STR_INIT("integer"), STR_INIT("boolean"), STR_INIT("date"), STR_INIT("numeric")};
	const WorldColumn *other = partner ? world_column(partner, column) : NULL;
	Str type = type_canonical(judge->arena, action->type);
	bool is_plain = false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		is_plain |= str_equal(type, types[i]);
	return is_plain && other && !other->has_new_type && !other->is_changed &&
	       !partner->is_loose &&
	       (type_change(judge->arena, other->type, type, (Str){0}) == TYPE_CHANGE_REFUSED ||
		       type_change(judge->arena, type, other->type, (Str){0}) ==
			       TYPE_CHANGE_REFUSED);
}

static bool refuse_key(Judge *judge, const WorldRelation *child, const WorldConstraint *key,
	const WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < key->columns.count && i < key->other_columns.count; i++) {
		bool is_from = child == table && str_equal(key->columns.items[i], action->name);
		bool is_to =
			key->other == table && str_equal(key->other_columns.items[i], action->name);
		const WorldRelation *partner = is_from ? key->other : child;
		Str column = is_from ? key->other_columns.items[i] : key->columns.items[i];
		if (is_from == is_to || !is_torn(judge, partner, column, action))
			continue;
		judge_refuse(judge, action, (Code){LINT_KEY_TYPE, "42804"},
			"a foreign key ties it to %.*s",
			STR_ARG(judge_object(judge, partner, column)));
		return true;
	}
	return false;
}

static bool refuse_partner(Judge *judge, const WorldRelation *table, const Action *action)
{
	const World *world = judge->world;
	Str from = world_column(table, action->name)->type;
	for (size_t i = 0; is_sure_using(judge, from, action) && i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		bool is_sure = !child->is_dropped && !child->is_loose;
		for (size_t j = 0; is_sure && j < child->constraints.count; j++) {
			const WorldConstraint *key = &child->constraints.items[j];
			if (key->kind == CONSTRAINT_FOREIGN_KEY && (key->oid || !child->is_vague) &&
				(child == table || key->other == table) &&
				refuse_key(judge, child, key, table, action))
				return true;
		}
	}
	return false;
}

/* As the statement finds it: what it drops beside is still there. */
static bool has_identity(const Judge *judge, const WorldColumn *column)
{
	bool has = column->identity != '\0';
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *action = &judge->facts->actions.items[i];
		has |= action->kind == ACTION_DROP_IDENTITY &&
		       str_equal(action->name, column->name);
	}
	return has;
}

/* The sequence follows it before anything else is looked at. */
static bool refuse_identity(Judge *judge, const WorldRelation *table, const Action *action)
{
	const WorldColumn *column = world_column(table, action->name);
	if (has_identity(judge, column) && judge_is_no_number(judge, action->type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s is an identity, and %.*s is not an integer type",
			STR_ARG(judge_object(judge, table, action->name)), STR_ARG(action->type));
	return judge->effect->refusals.count > 0;
}

void judge_set_type(Judge *judge, WorldRelation *table, const Action *action)
{
	if (action->options.has_using &&
		judge_query_in(judge, table, action, action->expression, "USING"))
		return;
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (!column || refuse_identity(judge, table, action) ||
		refuse_bound_column(judge, table, action) || !judge_column_type(judge, action) ||
		refuse_type(judge, table, action))
		return;
	if (!may_be_used_by_plan(judge, table) && refuse_partner(judge, table, action))
		return;
	TypeChange change = change_of(judge, column, action);
	bool has_partner = is_referenced(judge->world, table, action->name);
	for (size_t i = 0; i < table->constraints.count; i++)
		has_partner |= table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
			       names_have(&table->constraints.items[i].columns, action->name);
	if (has_partner)
		judge_unknown(judge, UNKNOWN_ALL);
	if (change == TYPE_CHANGE_REWRITE) {
		judge_unknown(judge, UNKNOWN_OUTCOME);
		judge_work(judge, table, action, WORK_REWRITE, LINT_REWRITE_TYPE);
	} else if (change == TYPE_CHANGE_NONE) {
		judge_kept_indexes(judge, table, action);
	} else {
		judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_REWRITES | UNKNOWN_SCANS);
	}
	if (may_be_used_by_plan(judge, table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
}

/* ---- the rest ---- */

/* Whether a CHECK proves it; of one that mentions NULL in another way, the server alone knows. */
static bool is_proven(Judge *judge, const WorldRelation *table, Str column)
{
	for (size_t i = 0; i < table->constraints.count; i++) {
		const WorldConstraint *check = &table->constraints.items[i];
		if (check->kind != CONSTRAINT_CHECK || !check->is_valid)
			continue;
		if (str_equal(check->proves, column) && column.len)
			return true;
		if (check->mentions_null && !check->proves.len)
			judge_unknown(judge, UNKNOWN_SCANS);
	}
	return false;
}

/* Each table that inherits may have a proof of its own. */
static void scan_for_null(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = world_column(table, action->name);
	if (!column || column->is_not_null || is_proven(judge, table, action->name))
		return;
	if (table->there && !world_is_empty(table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_work_here(judge, table, action, WORK_SCAN, LINT_NOT_NULL_SCAN);
	for (size_t i = 0; !action->options.only && i < table->children.count; i++)
		if (!table->children.items[i]->is_dropped)
			scan_for_null(judge, table->children.items[i], action);
}

void judge_set_not_null(Judge *judge, WorldRelation *table, const Action *action)
{
	if (judge_column(judge, table, action, action->name))
		scan_for_null(judge, table, action);
}

static bool lacks_source(const WorldColumn *column, const Action *action)
{
	bool is_identity =
		action->kind == ACTION_DROP_IDENTITY || action->kind == ACTION_SET_IDENTITY;
	return !action->options.if_exists &&
	       ((is_identity && !column->identity) ||
		       (action->kind == ACTION_DROP_EXPRESSION && !column->generated));
}

void judge_on_column(Judge *judge, WorldRelation *table, const Action *action)
{
	if (!action->name.len) { /* of an index, by its number */
		judge_unknown(judge, UNKNOWN_OUTCOME);
		return;
	}
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (column && lacks_source(column, action) && table->there && !table->children.count &&
		!table->parents.count && table->kind == RELATION_TABLE)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"}, "%.*s is %s",
			STR_ARG(judge_object(judge, table, action->name)),
			action->kind == ACTION_DROP_EXPRESSION ? "not generated"
							       : "not an identity column");
	else if (column && lacks_source(column, action))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (column && action->kind == ACTION_SET_EXPRESSION)
		judge_work(judge, table, action, WORK_REWRITE, LINT_REWRITE_COLUMN);
}

void judge_add_identity(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = judge_column(judge, table, action, action->name);
	if (column && judge_is_no_number(judge, column->type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"%.*s is not of an integer type",
			STR_ARG(judge_object(judge, table, action->name)));
	else if (column && (column->has_default || column->identity))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"column %.*s of %.*s has %s", STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)),
			column->identity ? "an identity" : "a default");
	else if (column && !column->is_not_null)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"column %.*s of %.*s must be NOT NULL first", STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
}
