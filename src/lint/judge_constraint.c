/* ALTER TABLE's commands on constraints, and those of CREATE TABLE. */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/expression.h"

static Str of_table(Judge *judge, const WorldRelation *table)
{
	return world_name(judge->arena, table);
}

static bool refuse_taken(Judge *judge, WorldRelation *table, const Action *action)
{
	if (!action->name.len || !world_constraint(table, action->name))
		return false;
	judge_refuse(judge, action, (Code){LINT_TAKEN, "42710"}, "constraint %.*s of %.*s",
		STR_ARG(action->name), STR_ARG(of_table(judge, table)));
	return true;
}

/* Names of an index's or a key's columns; what holds no plain column is not looked for. */
static bool has_columns(
	Judge *judge, WorldRelation *table, const Action *action, const Names *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		if (!judge_column(judge, table, action, columns->items[i]))
			return false;
	return true;
}

/* Comparisons of numbers with numbers, or of texts with texts: the rest may be of types that do not
 * go together. */
bool judge_is_plain(Judge *judge, const WorldRelation *table, const Action *action)
{
	static const Str numbers[] = {STR_INIT("integer"), STR_INIT("bigint"), STR_INIT("smallint"),
		STR_INIT("numeric"), STR_INIT("int"), STR_INIT("double precision")};
	static const Str compare[] = {STR_INIT("="), STR_INIT("<"), STR_INIT(">"), STR_INIT("<="),
		STR_INIT(">="), STR_INIT("<>")};
	Expression read;
	bool has_text = str_contains(action->expression, STR("'")), has_digit = false;
	bool has_boolean = str_contains(action->expression, STR("true")) ||
			   str_contains(action->expression, STR("false"));
	if (!expression_read(judge->arena, action->expression, &read) || read.functions.count ||
		read.types.count || read.operators.count != 1 || has_boolean)
		return false;
	for (size_t i = 0; i < action->expression.len && !has_text; i++)
		has_digit |= action->expression.ptr[i] >= '0' && action->expression.ptr[i] <= '9';
	if (!STR_IS_AMONG(read.operators.items[0], compare))
		return false;
	for (size_t i = 0; i < read.columns.count; i++) {
		const WorldColumn *column = world_column(table, read.columns.items[i]);
		if (!column)
			return false;
		bool is_text = str_equal(column->type, STR("text"));
		bool is_number = STR_IS_AMONG(column->type, numbers);
		if (has_text ? !is_text : !is_number)
			return false;
	}
	return read.columns.count == 1 && has_text != has_digit;
}

void judge_add_check(Judge *judge, WorldRelation *table, const Action *action)
{
	if (refuse_taken(judge, table, action) ||
		(judge_types_are_there(judge) &&
			judge_query_in(judge, table, action, action->expression, "a CHECK")))
		return;
	if (judge_expression(judge, table, action) != EXPRESSION_COLUMNS_THERE ||
		!judge_is_plain(judge, table, action))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else if (action->options.only && world_has_children(table) && !action->options.no_inherit)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s has tables that inherit: they must get the CHECK, too",
			STR_ARG(of_table(judge, table)));
	else if (action->options.no_inherit && table->kind == RELATION_PARTITIONED)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is partitioned: a CHECK is for its partitions, too",
			STR_ARG(of_table(judge, table)));
	if (!table->there || judge->effect->refusals.count)
		return;
	if (action->options.no_inherit && table->children.count)
		judge_unknown(judge, UNKNOWN_SCANS);
	bool is_new_column = action->options.nested && action->columns.count;
	if (action->options.not_valid) {
		judge_unknown(judge, UNKNOWN_OUTCOME); /* the expression's own faults */
		return;
	}
	if (!world_is_empty(table) || !is_new_column)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_work(judge, table, action, WORK_SCAN, LINT_CHECK_SCAN);
}

/* ---- UNIQUE, PRIMARY KEY, EXCLUDE ---- */

static bool has_primary_key(const WorldRelation *table)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_primary)
			return true;
	return false;
}

/* The name is that of a relation, too. */
static void refuse_taken_index(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldRelation *other;
	ObjectName name = {table->schema, action->name};
	if (action->name.len && !action->options.has_using &&
		world_find(judge->world, name, &other) == PRESENCE_THERE)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42P07"}, "relation %.*s",
			STR_ARG(of_table(judge, other)));
}

static void judge_using_index(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldIndex *index = world_index(table, action->other.name);
	if (!index) {
		WorldRelation *other;
		judge_unknown(judge, UNKNOWN_ALL & ~UNKNOWN_LOCKS);
		if (judge_knows(judge, table) && table->there &&
			world_find(judge->world, (ObjectName){table->schema, action->other.name},
				&other) == PRESENCE_ABSENT)
			judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "index %.*s",
				STR_ARG(action->other.name));
		return;
	}
	if (index->oid && !index->is_valid)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"index %.*s is not valid", STR_ARG(index->name));
	else if (!index->is_unique || index->is_partial || index->has_expressions)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"index %.*s is not unique over plain columns", STR_ARG(index->name));
	else if (action->kind == ACTION_ADD_PRIMARY_KEY && world_has_nullable(table, &index->keys))
		judge_work(judge, table, action, WORK_SCAN, LINT_NOT_NULL_SCAN);
}

/* Rows of two partitions could be the same. */
static bool refuse_without_keys(Judge *judge, WorldRelation *table, const Action *action)
{
	if (table->kind != RELATION_PARTITIONED || action->options.has_using)
		return false;
	for (size_t i = 0; i < table->keys.count; i++) {
		Str key = table->keys.items[i];
		if (key.len && names_have(&action->columns, key))
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"%.*s is partitioned: a key must have all columns of PARTITION BY",
			STR_ARG(of_table(judge, table)));
		return true;
	}
	return false;
}

static bool are_ordered(Judge *judge, WorldRelation *table, const Action *action)
{
	for (size_t i = 0; i < action->columns.count; i++)
		if (!judge_index_column(judge, table, action, action->columns.items[i]))
			return false;
	return true;
}

void judge_add_key(Judge *judge, WorldRelation *table, const Action *action)
{
	bool is_primary = action->kind == ACTION_ADD_PRIMARY_KEY;
	if (!has_columns(judge, table, action, &action->columns) ||
		!has_columns(judge, table, action, &action->keys))
		return;
	if (is_primary && has_primary_key(table)) {
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42P16"}, "primary key of %.*s",
			STR_ARG(of_table(judge, table)));
		return;
	}
	refuse_taken_index(judge, table, action);
	if (judge->effect->refusals.count || refuse_taken(judge, table, action) ||
		refuse_without_keys(judge, table, action) || !are_ordered(judge, table, action) ||
		!table->there)
		return;
	if (action->options.has_using) {
		judge_using_index(judge, table, action);
		return;
	}
	if (!world_is_empty(table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_work(judge, table, action, WORK_BUILD, LINT_UNIQUE_BUILD);
}

void judge_add_exclude(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge_has_sure_expressions(judge, table, action) && judge_method(judge, table, action))
		judge_elements(judge, table, action);
	if (!judge->effect->refusals.count)
		refuse_taken_index(judge, table, action);
	if (judge->effect->refusals.count || !table->there)
		return;
	judge_work(judge, table, action, WORK_BUILD, LINT_UNIQUE_BUILD);
}

/* ---- FOREIGN KEY ---- */

static const WorldIndex *primary_key(const WorldRelation *table)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_primary)
			return &table->indexes.items[i];
	return NULL;
}

static bool is_key_over(const WorldIndex *index, const Names *columns)
{
	if (!index->is_unique || index->is_partial || index->has_expressions ||
		!index->is_immediate || !index->is_valid || index->keys.count != columns->count)
		return false;
	for (size_t i = 0; i < columns->count; i++)
		if (!names_have(&index->keys, columns->items[i]))
			return false;
	return true;
}

static bool is_unique_over(const WorldRelation *table, const Names *columns)
{
	for (size_t i = 0; i < table->indexes.count; i++)
		if (is_key_over(&table->indexes.items[i], columns))
			return true;
	return false;
}

/* The referenced columns; none, with a refusal or an unknown, if they cannot be referenced. */
static Names referenced(Judge *judge, WorldRelation *parent, const Action *action)
{
	const WorldIndex *key = primary_key(parent);
	Names none = {0};
	if (parent->is_vague) {
		judge_unknown(judge, UNKNOWN_OUTCOME);
		return none;
	}
	if (!action->other_columns.count && !key) {
		judge_refuse(judge, action, (Code){LINT_KEY_TARGET, "42704"},
			"%.*s has no primary key", STR_ARG(of_table(judge, parent)));
		return none;
	}
	Names columns = action->other_columns.count ? action->other_columns : key->keys;
	if (!has_columns(judge, parent, action, &columns))
		return none;
	if (!is_unique_over(parent, &columns) || columns.count != action->columns.count) {
		judge_refuse(judge, action, (Code){LINT_KEY_TARGET, "42830"},
			columns.count == action->columns.count
				? "nothing makes the referenced columns of %.*s unique"
				: "another number of columns of %.*s is referenced",
			STR_ARG(of_table(judge, parent)));
		return none;
	}
	return columns;
}

static void compare_types(Judge *judge, const WorldRelation *table, const WorldRelation *parent,
	const Action *action, const Names *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		const WorldColumn *from = world_column(table, action->columns.items[i]);
		const WorldColumn *to = world_column(parent, columns->items[i]);
		if (!from || !to || !str_equal(from->type, to->type))
			judge_unknown(judge, UNKNOWN_OUTCOME);
		if (!from || !to || from->is_changed || to->is_changed)
			continue;
		/* refused both ways: of two families, and neither is a text */
		Str zone = {0};
		TypeChange there = type_change(judge->arena, from->type, to->type, zone);
		TypeChange back = type_change(judge->arena, to->type, from->type, zone);
		if (there != TYPE_CHANGE_REFUSED && back != TYPE_CHANGE_REFUSED)
			continue;
		judge_refuse(judge, action, (Code){LINT_KEY_TYPE, "42804"},
			"%.*s is %.*s, %.*s is %.*s",
			STR_ARG(judge_object(judge, table, from->name)), STR_ARG(from->type),
			STR_ARG(judge_object(judge, parent, to->name)), STR_ARG(to->type));
		return;
	}
}

/* A new column without a default is NULL everywhere: nothing is looked up. */
static bool is_validated(const Judge *judge, const Action *action)
{
	if (action->options.not_valid)
		return false;
	for (size_t i = 0; action->options.nested && i < judge->facts->actions.count; i++) {
		const Action *column = &judge->facts->actions.items[i];
		if (column->kind == ACTION_ADD_COLUMN && action->columns.count &&
			str_equal(column->name, action->columns.items[0]))
			return column->options.has_default;
	}
	return true;
}

static void check_rows(
	Judge *judge, WorldRelation *table, WorldRelation *parent, const Action *action)
{
	if (!table->there)
		return;
	judge_unknown(judge, UNKNOWN_SCANS); /* of tables or of their indexes: a plan decides */
	if (!world_is_empty(table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	judge_work(judge, table, action, WORK_KEYS, LINT_KEY_SCAN);
	judge_work(judge, parent, action, WORK_SCAN, LINT_KEY_SCAN);
}

void judge_add_foreign_key(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldRelation *parent = judge_relation(judge, action, action->other, false);
	if (!parent || refuse_taken(judge, table, action))
		return;
	if (parent->kind != RELATION_TABLE && parent->kind != RELATION_PARTITIONED) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a table",
			STR_ARG(of_table(judge, parent)));
		return;
	}
	bool is_unchecked = action->options.not_valid && judge_is_before_18(judge);
	if (table->kind == RELATION_PARTITIONED && (action->options.only || is_unchecked)) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			is_unchecked ? "%.*s is partitioned: a foreign key cannot be NOT VALID"
				     : "%.*s is partitioned: a foreign key is for its "
				       "partitions, too",
			STR_ARG(of_table(judge, table)));
		return;
	}
	if (!has_columns(judge, table, action, &action->columns))
		return;
	Names columns = referenced(judge, parent, action);
	if (columns.count && judge_right(judge, parent, action, RIGHT_REFERENCES))
		compare_types(judge, table, parent, action, &columns);
	if (judge->effect->refusals.count)
		return;
	if ((parent->there && !parent->there->is_owned) ||
		str_equal(parent->schema, STR("pg_temp")))
		judge_unknown(judge, UNKNOWN_OUTCOME); /* the privilege REFERENCES */
	effect_lock(judge->arena, judge->effect, parent, LOCK_SHARE_ROW_EXCLUSIVE,
		parent->kind == RELATION_PARTITIONED);
	if (is_validated(judge, action))
		check_rows(judge, table, parent, action);
}

/* ---- what is there ---- */

/* A name that the server has chosen for a constraint of the plan is not known here. */
bool judge_may_have_constraint(const Judge *judge, const WorldRelation *table)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (!table->constraints.items[i].name.len)
			return true;
	return !judge_knows(judge, table) || !table->there;
}

static WorldConstraint *find_constraint(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldConstraint *constraint = world_constraint(table, action->name);
	if (constraint)
		return constraint;
	if (judge_may_have_constraint(judge, table))
		judge_unknown(judge, UNKNOWN_ALL);
	else if (!action->options.if_exists)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"},
			"constraint %.*s of %.*s", STR_ARG(action->name),
			STR_ARG(of_table(judge, table)));
	return NULL;
}

void judge_validate(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldConstraint *constraint = find_constraint(judge, table, action);
	if (!constraint || constraint->is_valid)
		return;
	if (!world_is_empty(table))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (constraint->kind != CONSTRAINT_FOREIGN_KEY) {
		judge_work(judge, table, action, WORK_SCAN, LINT_VALIDATE_LATE);
		return;
	}
	judge_unknown(judge, UNKNOWN_SCANS); /* of tables or of their indexes: a plan decides */
	if (constraint->other) {
		effect_lock(judge->arena, judge->effect, constraint->other, LOCK_ROW_SHARE,
			constraint->other->kind == RELATION_PARTITIONED);
		judge_work(judge, constraint->other, action, WORK_SCAN, LINT_VALIDATE_LATE);
	}
	judge_work(judge, table, action, WORK_KEYS, LINT_VALIDATE_LATE);
}

void judge_drop_constraint(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldConstraint *constraint = find_constraint(judge, table, action);
	if (!constraint)
		return;
	Keeps how; /* foreign keys that reference it are found by its index */
	const CatalogBlocker *blocker = judge_blocker(
		judge, &(CatalogBlocker){.class = CLASS_CONSTRAINT, .oid = constraint->oid}, &how);
	if (how != KEEPS_NOT && action->options.cascade)
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
	else if (how == KEEPS_MAYBE)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else if (how == KEEPS)
		judge_refuse(judge, action, (Code){LINT_DROP_REFUSED, "2BP01"}, "%.*s",
			STR_ARG(blocker->description));
	if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->other)
		effect_lock(judge->arena, judge->effect, constraint->other, LOCK_ACCESS_EXCLUSIVE,
			constraint->other->kind == RELATION_PARTITIONED);
}

void judge_alter_constraint(Judge *judge, WorldRelation *table, const Action *action)
{
	const WorldConstraint *constraint = find_constraint(judge, table, action);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (constraint && constraint->kind != CONSTRAINT_FOREIGN_KEY && constraint->oid)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"constraint %.*s of %.*s is not a foreign key", STR_ARG(action->name),
			STR_ARG(of_table(judge, table)));
}
