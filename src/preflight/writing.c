#include "preflight/writing.h"

#include "preflight/evaluable.h"

/* ---- what a row has in a column ---- */

const NewValue *writing_value(const Writing *writing, size_t row, const CatalogColumn *column)
{
	const Names *names = &writing->rows.columns;
	size_t index = 0;
	if (names->count)
		while (index < names->count && !str_equal(names->items[index], column->name))
			index++;
	else
		index = (size_t)(column - writing->table->columns.items);
	const NewRow *values = &writing->rows.rows.items[row];
	return index < values->values.count ? &values->values.items[index] : NULL;
}

/* As it is written, or quoted. */
static bool is_name(Arena *arena, Str sql, Str name)
{
	return str_equal(sql, name) || str_equal(sql, str_sql_name(arena, name));
}

const CatalogColumn *writing_copied(const Writing *writing, Str expression)
{
	Arena *arena = writing->finder->arena;
	const CatalogRelation *from = writing->from;
	Str rest = expression, table = {0};
	bool is_qualified = str_contains(expression, STR(".")) && str_next(&rest, '.', &table) &&
			    is_name(arena, table, writing->rows.source.table.alias);
	for (size_t i = 0; from && i < from->columns.count; i++)
		if (is_name(arena, is_qualified ? rest : expression, from->columns.items[i].name))
			return &from->columns.items[i];
	return NULL;
}

bool writing_sets(const Writing *writing, const Numbers *numbers)
{
	for (size_t i = 0; i < numbers->count; i++)
		for (size_t j = 0; j < writing->table->columns.count; j++) {
			const CatalogColumn *column = &writing->table->columns.items[j];
			bool is_it = column->number == numbers->items[i];
			if (is_it && (column->generated || writing_value(writing, 0, column)))
				return true;
		}
	return false;
}

/* Types whose constants are read in the same way wherever they stand; a bit string would be cut. */
static bool is_plain_type(Str type)
{
	return evaluable_is_builtin(type) && !str_starts(type, STR("reg")) &&
	       !str_starts(type, STR("bit"));
}

/* Values that the server takes for the statement's. */
static bool is_taken(const Writing *writing, const CatalogColumn *column)
{
	bool is_always = column->identity == 'a' && !writing->rows.overrides_system;
	return !column->generated && !is_always &&
	       !(column->identity && writing->rows.overrides_user);
}

/* UPDATE leaves it as it is. */
static bool is_kept(const Writing *writing, const NewValue *value)
{
	return writing->event == TRIGGER_UPDATE && !value;
}

Known writing_know(const Writing *writing, size_t row, const CatalogColumn *column)
{
	const NewValue *value = writing_value(writing, row, column);
	bool is_default = !value || value->kind == NEW_VALUE_DEFAULT;
	if (names_have(&writing->table->stamps, column->name))
		return KNOWN_NOT;
	if (is_kept(writing, value))
		return column->generated ? KNOWN_NOT : KNOWN_VALUE;
	if (!is_taken(writing, column) || (value && value->kind == NEW_VALUE_EXPRESSION))
		return KNOWN_NOT;
	if (is_default)
		return column->has_default || column->identity || !is_plain_type(column->type)
			       ? KNOWN_NOT
			       : KNOWN_NULL;
	if (value->kind == NEW_VALUE_NULL)
		return KNOWN_NULL;
	if (value->kind == NEW_VALUE_COMPUTED)
		return KNOWN_VALUE;
	/* only an explicit cast makes a boolean of a number */
	bool is_other = (value->is_cast && writing->finder->changes.has_path) ||
			(value->is_integer && str_equal(column->type, STR("boolean")));
	return is_other ? KNOWN_NOT : KNOWN_VALUE;
}

Str writing_cast(const Writing *writing, size_t row, const CatalogColumn *column)
{
	const NewValue *value = writing_value(writing, row, column);
	bool is_null = !value || !value->sql.len;
	Arena *arena = writing->finder->arena;
	if (is_kept(writing, value))
		return str_format(arena, "%.*s.%.*s",
			STR_ARG(str_sql_name(arena, writing->rows.source.table.alias)),
			STR_ARG(query_column(arena, column->name)));
	return str_format(arena, "CAST(%.*s AS %.*s)", STR_ARG(is_null ? STR("NULL") : value->sql),
		STR_ARG(column->type));
}

/* ---- rows ---- */

static const CatalogColumn *column_of(const CatalogRelation *table, int64_t number)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].number == number)
			return &table->columns.items[i];
	return NULL;
}

bool writing_columns(const Finder *finder, const CatalogRelation *table, const Numbers *numbers,
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

bool writing_is_plain_index(const CatalogIndex *index)
{
	return index->is_valid && index->is_immediate && !index->is_partial &&
	       !index->has_expressions && index->is_plain && index->keys > 0 &&
	       str_equal(index->method, STR("btree"));
}

bool writing_index(const Writing *writing, const CatalogIndex *index, Columns *out)
{
	return writing_columns(writing->finder, writing->table, &index->columns,
		       (size_t)index->keys, out) &&
	       writing_is_plain_index(index);
}

Names writing_names(Arena *arena, const Columns *columns, bool are_quoted)
{
	Names names = {0};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &names) = are_quoted ? query_column(arena, columns->items[i]->name)
						     : columns->items[i]->name;
	return names;
}

Str writing_list(Arena *arena, const Columns *columns)
{
	Names names = writing_names(arena, columns, false);
	return finder_list(arena, &names);
}

static Known know_row(const Writing *writing, size_t row, const Columns *columns)
{
	Known all = KNOWN_VALUE;
	for (size_t i = 0; i < columns->count; i++) {
		Known known = writing_know(writing, row, columns->items[i]);
		all = known < all ? known : all;
	}
	return all;
}

Rows writing_gather(const Writing *writing, const Columns *columns, bool with_nulls)
{
	Arena *arena = writing->finder->arena;
	Rows rows = {.query = {.table = finder_rows(writing->finder, writing->table, true),
			     .columns = writing_names(arena, columns, true),
			     .source = writing->source,
			     .condition = writing->rows.source.condition}};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &rows.query.names) = str_format(arena, "c%zu", i);
	for (size_t row = 0; row < writing->rows.rows.count; row++) {
		Known known = know_row(writing, row, columns);
		rows.unknown += known == KNOWN_NOT;
		rows.nulls += known == KNOWN_NULL;
		if (known == KNOWN_NOT || (known == KNOWN_NULL && !with_nulls))
			continue;
		Names *values = vec_add(arena, &rows.query.rows);
		for (size_t i = 0; i < columns->count; i++)
			*vec_add(arena, values) = writing_cast(writing, row, columns->items[i]);
	}
	return rows;
}

/* Rows are changed one after the other: one may meet the key of another before that is changed. */
static bool sets_key(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	for (size_t i = 0; i < table->indexes.count && writing->rows.rows.count; i++)
		if (table->indexes.items[i].is_unique &&
			writing_sets(writing, &table->indexes.items[i].columns))
			return true;
	return false;
}

/* Nobody asks whether two of the rows have the same key, which may be refused first. */
static bool has_unasked_key(const Writing *writing)
{
	bool found = false;
	for (size_t i = 0; i < writing->table->indexes.count && writing->rows.is_distinct; i++)
		found = found || writing->table->indexes.items[i].is_unique;
	return found;
}

Question *writing_add(const Writing *writing, QuestionKind kind, Str columns)
{
	Finder *finder = writing->finder;
	Question *question = finder_add(finder, kind, columns);
	question->position = 0; /* equal statements share their facts, and offsets with them */
	question->place =
		script_place(finder->script, script_point(finder->statement, question->position));
	question->bytes = writing->bytes; /* what is looked up has an index */
	question->is_behind = has_unasked_key(writing) ||
			      (writing->event == TRIGGER_UPDATE && kind != QUESTION_CHANGED_KEY &&
				      sets_key(writing));
	question->is_precise = question->is_one_of_many = true;
	return question;
}

Doubt writing_check_types(const Columns *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		Str type = columns->items[i]->type;
		if (!is_plain_type(type) || str_ends(type, STR("range")))
			return DOUBT_COLUMN_TYPE;
	}
	return DOUBT_NONE;
}

/* ---- the statement ---- */

bool writing_begin(const Writing *writing)
{
	Finder *finder = writing->finder;
	bool is_enough =
		finder->writings >= WRITINGS_MAX || finder->row_questions >= ROW_QUESTIONS_MAX;
	if (is_enough && !finder->has_more_rows)
		writing_add(writing, QUESTION_ROW_KEY, (Str){0})->doubt = DOUBT_TOO_MANY;
	finder->has_more_rows = finder->has_more_rows || is_enough;
	finder->writings += !is_enough;
	return !is_enough;
}

/* What is left out behind the last one gets its default. */
static void take_all(Writing *writing, const CatalogRelation *source)
{
	const Finder *finder = writing->finder;
	NewRow *row = &writing->rows.rows.items[0];
	for (size_t i = 0; i < source->columns.count; i++)
		*vec_add(finder->arena, &row->values) = (NewValue){.kind = NEW_VALUE_COMPUTED,
			.sql = query_column(finder->arena, source->columns.items[i].name)};
}

/* What expressions are over. */
typedef struct RowSource {
	Finder finder; /* of the source's table */
	const CatalogRelation *other; /* NULL: it is the only one */
	Str join; /* "FROM other WHERE condition" */
} RowSource;

static bool is_table(const CatalogRelation *table)
{
	return table && (table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED);
}

/* `read`: what it is with the rows of its sub-selects, which has to be evaluated in its place. */
static Doubt check_expression(
	Writing *writing, const RowSource *source, Str sql, EvaluableQuery *read)
{
	Doubt doubt = source->other ? evaluable_check_both(&source->finder, source->other, sql)
				    : evaluable_check(&source->finder, sql);
	*read = (EvaluableQuery){.sql = sql};
	if (doubt != DOUBT_EXPRESSION)
		return doubt;
	doubt = evaluable_check_query(&source->finder, source->other, sql, read);
	writing->bytes += read->bytes;
	return doubt;
}

/* A second row of the other table would make it an error, and prove nothing. */
static void take_other(Writing *writing, RowSource *source)
{
	NewSource *rows = &writing->rows.source;
	Arena *arena = source->finder.arena;
	source->join = question_whole(
		arena, str_format(arena, "FROM %.*s WHERE %.*s",
			       STR_ARG(finder_item(&source->finder, source->other,
				       rows->other.is_only, rows->other.alias)),
			       STR_ARG(rows->condition.len ? rows->condition : STR("true"))));
	rows->condition = str_format(arena, "EXISTS (SELECT %.*s)", STR_ARG(source->join));
	writing->bytes += finder_bytes(&source->finder, source->other);
}

/* A value that is more than one makes the statement fail, as it does the question. */
static void take_picked(Writing *writing, size_t index, Str sql)
{
	Arena *arena = writing->finder->arena;
	const Names *columns = &writing->rows.columns;
	if (index >= columns->count)
		return;
	*vec_add(arena, &writing->picked) = sql;
	*vec_add(arena, &writing->picked_for) = columns->items[index];
}

static void check_value(Writing *writing, const RowSource *source, NewRow *row, size_t index)
{
	NewValue *value = &row->values.items[index];
	EvaluableQuery read;
	if (value->kind != NEW_VALUE_COMPUTED)
		return;
	if (check_expression(writing, source, value->sql, &read) != DOUBT_NONE) {
		*value = (NewValue){.kind = NEW_VALUE_EXPRESSION};
		return;
	}
	value->sql = read.sql;
	if (source->other)
		value->sql = str_format(source->finder.arena, "(SELECT %.*s %.*s)",
			STR_ARG(value->sql), STR_ARG(source->join));
	else if (read.has_value)
		take_picked(writing, index, read.sql);
}

static void check_values(Writing *writing, const RowSource *source)
{
	for (size_t i = 0; i < writing->rows.rows.count; i++)
		for (size_t j = 0; j < writing->rows.rows.items[i].values.count; j++)
			check_value(writing, source, &writing->rows.rows.items[i], j);
}

static Doubt find_source(const Writing *writing, RowSource *source)
{
	const NewSource *rows = &writing->rows.source;
	const Finder *finder = writing->finder;
	source->finder = *finder;
	source->finder.table = writing->event == TRIGGER_INSERT
				       ? finder_table(finder, rows->table.name)
				       : writing->table;
	if (!is_table(source->finder.table))
		return DOUBT_NOT_ASKED;
	Doubt doubt = finder_check_columns(finder, source->finder.table, &(Names){0});
	if (!rows->other.name.name.len || doubt != DOUBT_NONE)
		return doubt;
	source->other = finder_table(finder, rows->other.name);
	return is_table(source->other) ? finder_check_columns(finder, source->other, &(Names){0})
				       : DOUBT_NOT_ASKED;
}

/* The expressions are those of a row of the source. */
static Doubt read_source(Writing *writing)
{
	NewSource *rows = &writing->rows.source;
	RowSource source = {0};
	Doubt doubt = find_source(writing, &source);
	EvaluableQuery read = {0};
	if (doubt == DOUBT_NONE && rows->condition.len)
		doubt = check_expression(writing, &source, rows->condition, &read);
	if (doubt != DOUBT_NONE)
		return doubt;
	rows->condition = read.sql;
	const Finder *finder = &source.finder;
	if (writing->rows.is_all)
		take_all(writing, finder->table);
	writing->from = finder->table;
	writing->bytes += finder_bytes(finder, finder->table);
	writing->source =
		finder_item(finder, finder->table, rows->table.is_only, rows->table.alias);
	if (source.other)
		take_other(writing, &source);
	check_values(writing, &source);
	return DOUBT_NONE;
}

Doubt writing_read(Writing *writing)
{
	const Finder *finder = writing->finder;
	const CatalogRelation *table = writing->table;
	NewRowsOutcome outcome =
		new_rows_read(finder->arena, finder->statement->text, &writing->rows);
	bool has_others = writing->event != TRIGGER_INSERT &&
			  catalog_has_children(finder->changes.catalog, table);
	if (outcome == NEW_ROWS_TOO_LONG)
		return DOUBT_ROWS;
	if (outcome != NEW_ROWS_READ || has_others)
		return DOUBT_NOT_ASKED;
	if (finder->changes.has_settings)
		return DOUBT_SETTINGS;
	if (changes_call(&finder->changes, finder->statement->facts))
		return DOUBT_CHANGED;
	return writing->rows.source.table.name.name.len ? read_source(writing) : DOUBT_NONE;
}

Doubt writing_check(const Writing *writing)
{
	const CatalogRelation *table = writing->table;
	if (changes_alter(&writing->finder->changes, table))
		return DOUBT_CHANGED;
	bool is_firing = (table->before & writing->event) ||
			 changes_may_fire(&writing->finder->changes, table, 0);
	return is_firing || table->rules.count ? DOUBT_TRIGGER : DOUBT_NONE;
}
