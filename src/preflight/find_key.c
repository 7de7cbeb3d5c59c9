/* Questions about constraints: UNIQUE and primary keys, foreign keys, CHECK. */
#include "preflight/evaluable.h"
#include "preflight/finder.h"
#include "preflight/query.h"

static const CatalogConstraint *constraint_of(const CatalogRelation *table, Str name)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (str_equal(table->constraints.items[i].name, name))
			return &table->constraints.items[i];
	return NULL;
}

/* Of a name that is there already nothing is made: IF NOT EXISTS, or another refusal. */
bool finder_has_constraint(const Finder *finder, Str name)
{
	bool found = name.len && constraint_of(finder->table, name);
	for (size_t i = 0; name.len && i < finder->table->indexes.count; i++)
		found = found || str_equal(finder->table->indexes.items[i].name, name);
	return found;
}

/* A constraint of ADD COLUMN: its column is not there yet. */
static bool is_of_new_column(const Finder *finder)
{
	const Action *action = finder->action;
	return action->options.nested && action->columns.count == 1 &&
	       !catalog_column(finder->table, action->columns.items[0]);
}

/* NULL is let through by all of them; a default is a value that nobody has looked at. */
static void find_of_new_column(Finder *finder, QuestionKind kind)
{
	const Facts *facts = finder->statement->facts;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *column = &facts->actions.items[i];
		bool has_value = column->options.has_default || column->options.generated;
		if (column->kind == ACTION_ADD_COLUMN && has_value &&
			str_equal(column->name, finder->action->columns.items[0]))
			finder_add(finder, kind, column->name)->doubt = DOUBT_NOT_ASKED;
	}
}

/* ---- UNIQUE ---- */

/* A key is a column's name, or an expression; both are written as they are in SQL. */
static Doubt take_key(Finder *finder, Str key, Names *keys)
{
	Arena *arena = finder->arena;
	Names columns = {0};
	*vec_add(arena, &columns) = key;
	bool is_column = catalog_column(finder->table, key) != NULL;
	if (is_column || !finder->action->options.has_expressions) {
		*vec_add(arena, keys) = query_column(arena, key);
		return finder_check_columns(finder, finder->table, &columns);
	}
	*vec_add(arena, keys) = key;
	return evaluable_check_index(finder, key);
}

static Doubt take_keys(Finder *finder, Names *keys)
{
	const Action *action = finder->action;
	Doubt doubt = finder_check_columns(finder, finder->table, &(Names){0});
	if (action->options.collated || action->options.operator_class)
		doubt = DOUBT_COLUMN_TYPE; /* what is equal is another thing there */
	for (size_t i = 0; i < action->columns.count && doubt == DOUBT_NONE; i++)
		doubt = take_key(finder, action->columns.items[i], keys);
	if (doubt == DOUBT_NONE && action->options.has_where)
		doubt = evaluable_check_index(finder, action->expression);
	return doubt;
}

/* The columns of a primary key are NOT NULL, too. */
static void find_nulls_of_key(Finder *finder)
{
	const Action *action = finder->action;
	for (size_t i = 0; i < action->columns.count; i++) {
		const CatalogColumn *column =
			catalog_column(finder->table, action->columns.items[i]);
		if (column && !column->is_not_null)
			find_nulls(finder, column->name);
	}
}

void find_unique(Finder *finder)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	bool is_empty_index = action->kind == ACTION_CREATE && action->options.only &&
			      finder->table->kind == RELATION_PARTITIONED;
	if (action->options.has_using || is_empty_index ||
		finder_has_constraint(finder, action->name))
		return;
	if (is_of_new_column(finder)) {
		find_of_new_column(finder, QUESTION_UNIQUE);
		return;
	}
	UniqueQuery unique = {.from = finder_own(finder, true),
		.predicate = action->kind == ACTION_CREATE ? action->expression : (Str){0},
		.nulls_not_distinct = action->options.nulls_not_distinct};
	Question *question =
		finder_add(finder, QUESTION_UNIQUE, finder_list(arena, &action->columns));
	Doubt doubt = take_keys(finder, &unique.keys);
	finder_finish(question, doubt, query_unique(arena, &unique));
	if (action->kind == ACTION_ADD_PRIMARY_KEY)
		find_nulls_of_key(finder); /* the server builds the index first */
}

/* ---- foreign keys ---- */

static Str column_name(const CatalogRelation *table, int64_t number)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].number == number)
			return table->columns.items[i].name;
	return (Str){0};
}

static Names primary_key(const Finder *finder, const CatalogRelation *table)
{
	Names names = {0};
	for (size_t i = 0; i < table->constraints.count; i++) {
		const CatalogConstraint *key = &table->constraints.items[i];
		for (size_t j = 0; key->kind == CONSTRAINT_PRIMARY_KEY && j < key->columns.count;
			j++)
			*vec_add(finder->arena, &names) = column_name(table, key->columns.items[j]);
	}
	return names;
}

/* Without what is in parentheses. */
static Str base_of(Str type)
{
	Str base = type;
	str_next(&type, '(', &base);
	return base;
}

/* Types whose values pg_catalog's own operator compares as a foreign key does. */
bool finder_are_comparable(Str a, Str b)
{
	static const Str groups[][3] = {
		{STR_INIT("smallint"), STR_INIT("integer"), STR_INIT("bigint")},
		{STR_INIT("text"), STR_INIT("character varying"), STR_INIT("text")},
	};
	a = base_of(a);
	b = base_of(b);
	bool comparable = evaluable_is_builtin(a) && str_equal(a, b);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		bool has_a = false, has_b = false;
		for (size_t j = 0; j < 3; j++) {
			has_a = has_a || str_equal(groups[i][j], a);
			has_b = has_b || str_equal(groups[i][j], b);
		}
		comparable = comparable || (has_a && has_b);
	}
	return comparable;
}

/* How the columns can be compared. */
static Doubt compare_columns(const Finder *finder, const CatalogRelation *other, KeyQuery *key)
{
	bool are_same = true;
	if (!key->columns.count || key->columns.count != key->other_columns.count)
		return DOUBT_NOT_ASKED;
	key->by_name = true;
	for (size_t i = 0; i < key->columns.count; i++) {
		const CatalogColumn *a = catalog_column(finder->table, key->columns.items[i]);
		const CatalogColumn *b = catalog_column(other, key->other_columns.items[i]);
		are_same = are_same && str_equal(a->type, b->type);
		key->by_name = key->by_name && finder_are_comparable(a->type, b->type);
	}
	bool can_compare = key->by_name || (are_same && !key->match_full);
	return can_compare ? DOUBT_NONE : DOUBT_COLUMN_TYPE;
}

static void finish_foreign_key(
	Finder *finder, Question *question, const CatalogRelation *other, const Action *action)
{
	Arena *arena = finder->arena;
	KeyQuery key = {.from = finder_rows(finder, finder->table, true),
		.to = question_whole(arena, finder_rows(finder, other, true)),
		.columns = action->columns,
		.other_columns = action->other_columns,
		.match_full = action->options.match_full};
	if (!key.other_columns.count)
		key.other_columns = primary_key(finder, other);
	question->bytes += other != finder->table ? finder_bytes(finder, other) : 0;
	Doubt doubt = finder_check_columns(finder, finder->table, &key.columns);
	if (doubt == DOUBT_NONE)
		doubt = finder_check_target(
			finder, other, &key.other_columns, &question->otherwise);
	if (doubt == DOUBT_NONE)
		doubt = compare_columns(finder, other, &key);
	finder_finish(question, doubt, query_foreign_key(arena, &key));
}

/* `action`: the key itself, which may have been added before. */
static void ask_foreign_key(Finder *finder, const Action *action)
{
	Arena *arena = finder->arena;
	const CatalogRelation *other = finder_table(finder, action->other);
	Question *question =
		finder_add(finder, QUESTION_FOREIGN_KEY, finder_list(arena, &action->columns));
	question->other = action->other.name;
	if (other)
		question->other = str_format(
			arena, "%.*s.%.*s", STR_ARG(other->schema), STR_ARG(other->name));
	if (other)
		finish_foreign_key(finder, question, other, action);
	else
		question->doubt = changes_makes(&finder->changes, action->other)
					  ? DOUBT_NEW_TABLE
					  : DOUBT_UNKNOWN_TABLE;
}

static void remember(Finder *finder)
{
	*vec_add(finder->arena, &finder->pending) =
		(Pending){.action = finder->action, .table = finder->table};
}

void find_foreign_key(Finder *finder)
{
	if (finder_has_constraint(finder, finder->action->name))
		return;
	if (is_of_new_column(finder))
		find_of_new_column(finder, QUESTION_FOREIGN_KEY);
	else if (finder->action->options.not_valid)
		remember(finder);
	else
		ask_foreign_key(finder, finder->action);
}

/* ---- CHECK ---- */

static void ask_check(Finder *finder, const Action *action)
{
	Arena *arena = finder->arena;
	bool only = action->options.only || action->options.no_inherit;
	Question *question = finder_add(finder, QUESTION_CHECK, action->expression);
	Doubt doubt = finder_check_columns(finder, finder->table, &(Names){0});
	if (doubt == DOUBT_NONE)
		doubt = evaluable_check(finder, action->expression);
	finder_finish(question, doubt,
		query_any(arena, finder_own(finder, only),
			str_format(arena, "NOT (%.*s)", STR_ARG(action->expression))));
}

void find_check(Finder *finder)
{
	bool is_refused =
		finder->action->options.no_inherit && finder->table->kind == RELATION_PARTITIONED;
	if (is_refused || finder_has_constraint(finder, finder->action->name))
		return;
	if (is_of_new_column(finder) &&
		evaluable_check(finder, finder->action->expression) == DOUBT_CHANGED)
		find_of_new_column(finder, QUESTION_CHECK);
	else if (finder->action->options.not_valid)
		remember(finder);
	else
		ask_check(finder, finder->action);
}

/* ---- VALIDATE CONSTRAINT ---- */

const Action *finder_read_constraint(const Finder *finder, const CatalogConstraint *constraint)
{
	Arena *arena = finder->arena;
	SqlFinding finding;
	Str sql = str_format(
		arena, "ALTER TABLE t ADD CONSTRAINT c %.*s", STR_ARG(constraint->definition));
	if (sql_examine_facts(arena, sql, NULL, &finding) != SQL_VALID)
		return NULL;
	for (size_t i = 0; i < finding.facts->actions.count; i++) {
		const Action *action = &finding.facts->actions.items[i];
		if (action->kind == ACTION_ADD_FOREIGN_KEY || action->kind == ACTION_ADD_CHECK)
			return action;
	}
	return NULL;
}

static const Action *find_pending(const Finder *finder, Str name)
{
	for (size_t i = finder->pending.count; i-- > 0;) {
		const Pending *pending = &finder->pending.items[i];
		if (pending->table->oid == finder->table->oid &&
			str_equal(pending->action->name, name))
			return pending->action;
	}
	return NULL;
}

/* Of a constraint that the plan adds as NOT VALID, or that the target has as such. */
void find_validation(Finder *finder)
{
	Str name = finder->action->name;
	const CatalogConstraint *there = constraint_of(finder->table, name);
	const Action *constraint = find_pending(finder, name);
	if (!constraint && there && !there->is_valid)
		constraint = finder_read_constraint(finder, there);
	if (!constraint)
		return;
	if (constraint->kind == ACTION_ADD_FOREIGN_KEY)
		ask_foreign_key(finder, constraint);
	else
		ask_check(finder, constraint);
}
