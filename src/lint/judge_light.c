/* What touches a table lightly, or no table at all: comments, types, domains, sequences, settings.
 */
#include "lint/judge.h"

#include "sql/builtin_type.h"

/* ---- COMMENT ---- */

static bool is_relation(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_COLUMN || kind == OBJECT_SEQUENCE || kind == OBJECT_FOREIGN_TABLE ||
	       kind == OBJECT_INDEX;
}

static bool is_part(ObjectKind kind)
{
	return kind == OBJECT_TRIGGER || kind == OBJECT_POLICY || kind == OBJECT_RULE ||
	       kind == OBJECT_TABCONSTRAINT;
}

static bool is_missing(const Judge *judge, WorldRelation *table, const Action *action)
{
	if (action->object_kind == OBJECT_TABCONSTRAINT)
		return !judge_may_have_constraint(judge, table) &&
		       !world_constraint(table, action->name);
	bool is_view = table->kind == RELATION_VIEW; /* whose own rule is not read */
	return !is_view && judge_knows(judge, table) && !table->is_changed &&
	       !names_have(world_parts(table, action->object_kind), action->name);
}

static void comment_on_part(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (table && is_missing(judge, table, action))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "%.*s %.*s of %.*s",
			STR_ARG(facts_object_name(action->object_kind)), STR_ARG(action->name),
			STR_ARG(world_name(judge->arena, table)));
}

void judge_comment(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_routine(judge, action);
	if (is_part(action->object_kind))
		comment_on_part(judge, action);
	if (!is_relation(action->object_kind))
		return;
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (!table)
		return;
	if (action->object_kind != OBJECT_COLUMN &&
		!judge_is_kind(table->kind, action->object_kind)) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is no %.*s",
			STR_ARG(world_name(judge->arena, table)),
			STR_ARG(facts_object_name(action->object_kind)));
		return;
	}
	if (action->object_kind == OBJECT_INDEX) {
		judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	if (!judge_owner(judge, table, action))
		return;
	effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (action->object_kind == OBJECT_COLUMN)
		judge_column(judge, table, action, action->name);
}

/* ---- types ---- */

static void refuse_no_type(Judge *judge, const Action *action)
{
	judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "type %.*s",
		STR_ARG(facts_qualified(judge->arena, action->object)));
}

static void refuse_label(Judge *judge, const Action *action, Code code, Str label)
{
	judge_refuse(judge, action, code, "label %.*s of type %.*s", STR_ARG(label),
		STR_ARG(facts_qualified(judge->arena, action->object)));
}

/* The label that a new one is put beside, or that is renamed. */
static bool lacks_old_label(Judge *judge, const Action *action, const CatalogType *type)
{
	return action->name.len && !names_have(&type->labels, action->name) &&
	       !world_has_added_label(judge->world, action->object, action->name);
}

/* ADD VALUE looks for the new label first, RENAME VALUE for the old one. */
static void judge_enum(Judge *judge, const Action *action, const CatalogType *type)
{
	bool adds = action->kind == ACTION_ADD_VALUE;
	bool is_there = names_have(&type->labels, action->new_name);
	if (adds && is_there && action->options.if_not_exists)
		return;
	if (!(adds && is_there) && lacks_old_label(judge, action, type))
		refuse_label(judge, action, (Code){LINT_MISSING, "22023"}, action->name);
	else if (is_there)
		refuse_label(judge, action, (Code){LINT_TAKEN, "42710"}, action->new_name);
}

static void judge_label(Judge *judge, const Action *action)
{
	const CatalogType *type;
	Presence presence = world_find_type(judge->world, action->object, &type);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (presence == PRESENCE_ABSENT)
		refuse_no_type(judge, action);
	else if (type && type->kind == 'e' && type->is_owned)
		judge_enum(judge, action, type);
}

static bool has_column_of(const WorldRelation *table, int64_t type)
{
	for (size_t i = 0; i < table->columns.count; i++) {
		const WorldColumn *column = &table->columns.items[i];
		const CatalogColumn *there = catalog_column(table->there, column->name);
		if (there && there->number == column->number && !column->has_new_type &&
			there->type_oid == type)
			return true;
	}
	return false;
}

/* Its attributes keep their types while a table has values of it. */
static void refuse_used(Judge *judge, const WorldRelation *type, const Action *action)
{
	const World *world = judge->world;
	const CatalogType *known = NULL;
	bool is_known = type->there && judge->facts->actions.count == 1 &&
			builtin_type_is(action->type) && !action->other.name.len &&
			world_find_type(world, action->object, &known) == PRESENCE_THERE && known;
	for (size_t i = 0; is_known && i < world->relations.count; i++) {
		const WorldRelation *table = world->relations.items[i];
		bool has_rows = table->kind == RELATION_TABLE || table->kind == RELATION_MATVIEW;
		if (!table->there || table->is_dropped || table->is_loose || !has_rows ||
			world_may_be_gone(world, table->name) || !has_column_of(table, known->oid))
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"%.*s has a column of %.*s", STR_ARG(world_name(judge->arena, table)),
			STR_ARG(world_name(judge->arena, type)));
		return;
	}
}

/* ALTER TYPE ADD, DROP and ALTER ATTRIBUTE. */
static void judge_attribute(Judge *judge, const Action *action)
{
	bool adds = action->kind == ACTION_ADD_COLUMN;
	WorldRelation *type;
	const CatalogType *of_plan;
	judge_unknown(judge, UNKNOWN_ALL);
	bool is_made = world_find(judge->world, action->object, &type) != PRESENCE_THERE &&
		       world_find_type(judge->world, action->object, &of_plan) != PRESENCE_ABSENT &&
		       !of_plan;
	if (is_made)
		return;
	type = judge_relation(judge, action, action->object, false);
	if (!type || !judge_owner(judge, type, action))
		return;
	if (type->kind != RELATION_COMPOSITE)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is not a composite type", STR_ARG(world_name(judge->arena, type)));
	else if (adds && world_column(type, action->name))
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42701"}, "%.*s",
			STR_ARG(judge_object(judge, type, action->name)));
	else if (!adds && !action->options.if_exists &&
		 judge_column(judge, type, action, action->name) && action->kind == ACTION_SET_TYPE)
		refuse_used(judge, type, action);
}

/* Of a table that was there before the plan: has it a column that may be of any type now? */
static bool has_new_column(const WorldRelation *table)
{
	for (size_t i = 0; table->there && i < table->columns.count; i++)
		if (!table->columns.items[i].number || table->columns.items[i].has_new_type)
			return true;
	return table->there && table->hides_columns;
}

static int64_t lock_columns_of(Judge *judge, WorldRelation *table, const CatalogType *domain)
{
	int64_t found = 0;
	const CatalogRelation *there = table->there;
	bool has_rows = table->kind == RELATION_TABLE || table->kind == RELATION_MATVIEW;
	for (size_t i = 0; there && has_rows && i < there->columns.count; i++)
		found += there->columns.items[i].type_oid == domain->oid;
	if (found && !table->is_dropped)
		effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE);
	return found;
}

/* What it demands from now on is looked for in each table that has a column of it. */
static void lock_domain(Judge *judge, const CatalogType *domain, const Action *action)
{
	const World *world = judge->world;
	int64_t found = 0;
	bool is_known = !domain->is_within && !world->is_opaque;
	bool demands = (action->kind == ACTION_ADD_CHECK && !action->options.not_valid) ||
		       (action->kind == ACTION_SET_NOT_NULL && !domain->is_not_null);
	bool is_quiet = action->kind == ACTION_DROP_CONSTRAINT ||
			action->kind == ACTION_DROP_NOT_NULL ||
			action->kind == ACTION_SET_DEFAULT || action->options.not_valid;
	for (size_t i = 0; demands && i < world->relations.count; i++) {
		is_known = is_known && !has_new_column(world->relations.items[i]);
		found += lock_columns_of(judge, world->relations.items[i], domain);
	}
	if (is_quiet || (demands && is_known && found == domain->columns))
		judge->effect->unknown &=
			~(unsigned)(UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS | UNKNOWN_REWRITES);
}

static void judge_domain(Judge *judge, const Action *action)
{
	const CatalogType *type;
	Presence presence = world_find_type(judge->world, action->object, &type);
	bool is_part = judge->facts->actions.items[0].kind == ACTION_CREATE;
	judge_unknown(judge, is_part ? UNKNOWN_OUTCOME : UNKNOWN_ALL);
	if (is_part)
		return;
	if (presence == PRESENCE_ABSENT)
		refuse_no_type(judge, action);
	else if (type && type->kind != 'd')
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is not a domain",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	else if (type)
		lock_domain(judge, type, action);
}

/* ---- sequences ---- */

static void judge_sequence_owner(Judge *judge, const WorldRelation *sequence, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->other, false);
	bool is_known = table && table->there && sequence->there && table->there->is_owned &&
			str_equal(table->there->owner, sequence->there->owner);
	if (!is_known || action->columns.count != 1 || table->kind != RELATION_TABLE)
		return;
	if (!str_equal(table->schema, sequence->schema))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"%.*s is in another schema than its table",
			STR_ARG(world_name(judge->arena, sequence)));
	else
		judge_column(judge, table, action, action->name);
}

/* Nothing but the sequence's own options; whether it gets a new file is left open. */
static void lock_sequence(Judge *judge, WorldRelation *sequence)
{
	judge->effect->unknown &= ~(unsigned)(UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
	effect_lock_one(judge->arena, judge->effect, sequence, LOCK_SHARE_ROW_EXCLUSIVE);
}

static void judge_sequence(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_ALL);
	WorldRelation *sequence =
		judge_relation(judge, action, action->object, action->options.if_exists);
	if (!sequence || !judge_owner(judge, sequence, action))
		return;
	if (sequence->kind != RELATION_SEQUENCE)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is not a sequence", STR_ARG(world_name(judge->arena, sequence)));
	else if (action->other.name.len)
		judge_sequence_owner(judge, sequence, action);
	else
		lock_sequence(judge, sequence);
}

/* ---- all ---- */

static void judge_alter(Judge *judge, const Action *action)
{
	if (action->object_kind == OBJECT_POLICY)
		judge_create(judge, action);
	else if (action->object_kind == OBJECT_SEQUENCE)
		judge_sequence(judge, action);
	else if (action->object_kind == OBJECT_ROLE)
		judge_alter_role(judge, action);
	else if (action->object_kind == OBJECT_PUBLICATION)
		judge_publication(judge, action);
	else if (action->object_kind == OBJECT_DOMAIN)
		judge_domain(judge, action);
	else if (judge_routine(judge, action))
		judge_unknown(judge, UNKNOWN_ALL);
}

/* The role is looked for first. */
static void judge_new_owner(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge_role(judge, action, action->new_name))
		judge_routine(judge, action);
}

static void judge_like(Judge *judge, const Action *action)
{
	judge_relation(judge, action, action->other, false);
}

static void judge_nothing(Judge *judge, const Action *action)
{
	(void)action;
	judge_unknown(judge, UNKNOWN_OUTCOME);
}

typedef void LightFn(Judge *judge, const Action *action);

static LightFn *const light[] = {
	[ACTION_COMMENT] = judge_comment,
	[ACTION_PUBLICATION_ADD] = judge_publication,
	[ACTION_PUBLICATION_SET] = judge_publication,
	[ACTION_PUBLICATION_DROP] = judge_publication,
	[ACTION_GRANT] = judge_grant,
	[ACTION_REVOKE] = judge_grant,
	[ACTION_DEFAULT_PRIVILEGES] = judge_grant,
	[ACTION_ADD_VALUE] = judge_label,
	[ACTION_RENAME_VALUE] = judge_label,
	[ACTION_ALTER] = judge_alter,
	[ACTION_SET] = judge_setting,
	[ACTION_RESET] = judge_setting,
	[ACTION_ALTER_SYSTEM] = judge_alter_system,
	[ACTION_SET_CONSTRAINTS] = judge_nothing,
	[ACTION_SHOW] = judge_nothing,
	[ACTION_NOTIFY] = judge_nothing,
	[ACTION_SET_FOR_ROLE] = judge_alter_role,
	[ACTION_TRANSACTION] = judge_transaction,
	[ACTION_SET_OWNER] = judge_new_owner,
	[ACTION_LIKE] = judge_like,
};

void judge_light(Judge *judge, const Action *action)
{
	size_t kind = (size_t)action->kind;
	bool is_attribute =
		action->object_kind == OBJECT_TYPE &&
		(action->kind == ACTION_ADD_COLUMN || action->kind == ACTION_DROP_COLUMN ||
			action->kind == ACTION_SET_TYPE);
	if (is_attribute)
		judge_attribute(judge, action);
	else if (action->object_kind == OBJECT_DOMAIN && action->kind != ACTION_COMMENT &&
		 action->kind != ACTION_SET_OWNER && action->kind != ACTION_GRANT &&
		 action->kind != ACTION_REVOKE)
		judge_domain(judge, action);
	else if (kind < sizeof light / sizeof *light && light[kind])
		light[kind](judge, action);
	else /* whatever has no action of its own */
		judge_unknown(judge, UNKNOWN_ALL);
}
