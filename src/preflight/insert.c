#include "preflight/insert.h"

#include "preflight/evaluable.h"

enum {
	ADDED_MAX = 256 /* rows of a table that later statements are compared with */
};

/* ---- what a row has in a column ---- */

const InsertedValue *insert_value(const Insert *insert, size_t row, const CatalogColumn *column)
{
	const Names *names = &insert->rows.columns;
	size_t index = 0;
	if (names->count)
		while (index < names->count && !str_equal(names->items[index], column->name))
			index++;
	else
		index = (size_t)(column - insert->table->columns.items);
	const InsertedRow *values = &insert->rows.rows.items[row];
	return index < values->values.count ? &values->values.items[index] : NULL;
}

/* Types whose constants are read in the same way wherever they stand; a bit string would be cut. */
static bool is_plain_type(Str type)
{
	return evaluable_is_builtin(type) && !str_starts(type, STR("reg")) &&
	       !str_starts(type, STR("bit"));
}

/* Values that the server takes for the statement's. */
static bool is_taken(const Insert *insert, const CatalogColumn *column)
{
	bool is_always = column->identity == 'a' && !insert->rows.overrides_system;
	return !column->generated && !is_always &&
	       !(column->identity && insert->rows.overrides_user);
}

Known insert_know(const Insert *insert, size_t row, const CatalogColumn *column)
{
	const InsertedValue *value = insert_value(insert, row, column);
	bool is_default = !value || value->kind == INSERTED_DEFAULT;
	if (!is_taken(insert, column) || (value && value->kind == INSERTED_EXPRESSION))
		return KNOWN_NOT;
	if (is_default)
		return column->has_default || column->identity || !is_plain_type(column->type)
			       ? KNOWN_NOT
			       : KNOWN_NULL;
	if (value->kind == INSERTED_NULL)
		return KNOWN_NULL;
	/* only an explicit cast makes a boolean of a number */
	bool is_other = (value->is_cast && insert->finder->changes.has_path) ||
			(value->is_integer && str_equal(column->type, STR("boolean")));
	return is_other ? KNOWN_NOT : KNOWN_VALUE;
}

/* As SQL, of its column's type. */
static Str cast(const Insert *insert, size_t row, const CatalogColumn *column)
{
	const InsertedValue *value = insert_value(insert, row, column);
	bool is_null = !value || value->kind != INSERTED_CONSTANT;
	return str_format(insert->finder->arena, "CAST(%.*s AS %.*s)",
		STR_ARG(is_null ? STR("NULL") : value->sql), STR_ARG(column->type));
}

/* ---- rows ---- */

static const CatalogColumn *column_of(const CatalogRelation *table, int64_t number)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].number == number)
			return &table->columns.items[i];
	return NULL;
}

bool insert_columns(const Finder *finder, const CatalogRelation *table, const Numbers *numbers,
	size_t count, Columns *out)
{
	for (size_t i = 0; i < count && i < numbers->count; i++) {
		const CatalogColumn *column = column_of(table, numbers->items[i]);
		if (!column)
			return false;
		*vec_add(finder->arena, out) = column;
	}
	return out->count > 0;
}

Names insert_names(Arena *arena, const Columns *columns, bool are_quoted)
{
	Names names = {0};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &names) = are_quoted ? query_column(arena, columns->items[i]->name)
						     : columns->items[i]->name;
	return names;
}

Str insert_list(Arena *arena, const Columns *columns)
{
	Names names = insert_names(arena, columns, false);
	return finder_list(arena, &names);
}

static Known know_row(const Insert *insert, size_t row, const Columns *columns)
{
	Known all = KNOWN_VALUE;
	for (size_t i = 0; i < columns->count; i++) {
		Known known = insert_know(insert, row, columns->items[i]);
		all = known < all ? known : all;
	}
	return all;
}

Rows insert_gather(const Insert *insert, const Columns *columns, bool with_nulls)
{
	Arena *arena = insert->finder->arena;
	Rows rows = {.query = {.table = query_table(arena, insert->table, true),
			     .columns = insert_names(arena, columns, true)}};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &rows.query.names) = str_format(arena, "c%zu", i);
	for (size_t row = 0; row < insert->rows.rows.count; row++) {
		Known known = know_row(insert, row, columns);
		rows.unknown += known == KNOWN_NOT;
		rows.nulls += known == KNOWN_NULL;
		if (known == KNOWN_NOT || (known == KNOWN_NULL && !with_nulls))
			continue;
		Names *values = vec_add(arena, &rows.query.rows);
		for (size_t i = 0; i < columns->count; i++)
			*vec_add(arena, values) = cast(insert, row, columns->items[i]);
	}
	return rows;
}

Question *insert_add(const Insert *insert, QuestionKind kind, Str columns)
{
	Finder *finder = insert->finder;
	Question *question = finder_add(finder, kind, columns);
	question->position = 0; /* equal statements share their facts, and offsets with them */
	question->place =
		script_place(finder->script, script_point(finder->statement, question->position));
	question->bytes = 0; /* what is looked up has an index */
	question->is_precise = question->is_one_of_many = true;
	return question;
}

Doubt insert_check_types(const Columns *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		Str type = columns->items[i]->type;
		if (!is_plain_type(type) || str_ends(type, STR("range")))
			return DOUBT_COLUMN_TYPE;
	}
	return DOUBT_NONE;
}

/* ---- what the plan has added ---- */

/* NULL: nothing yet. */
static Added *find_added(const Finder *finder, const CatalogRelation *table)
{
	for (size_t i = 0; i < finder->added.count; i++)
		if (finder->added.items[i].table == table)
			return &finder->added.items[i];
	return NULL;
}

static Added *added_of(Finder *finder, const CatalogRelation *table)
{
	Added *added = find_added(finder, table);
	if (!added) {
		added = vec_add(finder->arena, &finder->added);
		added->table = table;
	}
	return added;
}

void insert_keep(const Insert *insert)
{
	Added *added = added_of(insert->finder, insert->table);
	*vec_add(insert->finder->arena, &added->inserts) = insert->rows;
	added->rows += insert->rows.rows.count;
	added->is_open = added->is_open || added->rows > ADDED_MAX;
	added->may_skip = added->may_skip || insert->action->options.on_conflict;
	insert->finder->kept = insert->finder->statement;
}

Doubt insert_take_added(Finder *finder, const CatalogRelation *table, const Columns *columns,
	RowsQuery *out, bool *may_skip)
{
	*may_skip = false;
	const Changes *changes = &finder->changes;
	const Added *added = find_added(finder, table);
	bool is_changed = changes_take_away(changes, table, (Str){0});
	for (size_t i = 0; i < columns->count; i++)
		is_changed =
			is_changed || changes_take_away(changes, table, columns->items[i]->name);
	if (!is_changed && !changes_touch(changes, table, (Str){0}))
		return DOUBT_NONE;
	if (is_changed || !added || added->is_open || table->kind != RELATION_TABLE)
		return DOUBT_CHANGED;
	for (size_t i = 0; i < added->inserts.count; i++) {
		const Insert before = {
			.finder = finder, .table = table, .rows = added->inserts.items[i]};
		Rows rows = insert_gather(&before, columns, false);
		if (rows.unknown)
			return DOUBT_CHANGED;
		for (size_t j = 0; j < rows.query.rows.count; j++)
			*vec_add(finder->arena, &out->rows) = rows.query.rows.items[j];
		out->table = rows.query.table;
		out->columns = rows.query.columns;
		out->names = rows.query.names;
	}
	*may_skip = added->may_skip;
	return DOUBT_NONE;
}

/* ROLLBACK, also to a savepoint. */
static bool may_roll_back(const Statement *statement, const Action *action)
{
	return action->kind == ACTION_TRANSACTION && statement->class != SQL_BEGIN &&
	       statement->class != SQL_BEGIN_WITH_OPTIONS && statement->class != SQL_COMMIT;
}

void finder_close_inserts(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++)
		for (size_t j = 0; j < finder->added.count; j++)
			if (may_roll_back(finder->statement, &facts->actions.items[i]))
				finder->added.items[j].is_open = true;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		bool is_insert = action->kind == ACTION_INSERT && !action->in_function;
		const CatalogRelation *table =
			is_insert ? changes_table(&finder->changes, action->object) : NULL;
		if (table && finder->kept != finder->statement)
			added_of(finder, table)->is_open = true;
	}
}
