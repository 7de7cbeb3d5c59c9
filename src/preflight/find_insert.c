/* Questions about the rows of INSERT … VALUES: is the key of one there already, is what one refers
 * to not there, does a value not fit? A row is asked about as far as it is known: its values are
 * constants, and nothing of the table's does something else with it. */
#include "preflight/evaluable.h"
#include "preflight/finder.h"
#include "preflight/query.h"
#include "sql/inserted.h"

enum {
	INSERTS_MAX = 100, /* statements: other questions come to their turn, too */
	ROW_QUESTIONS_MAX = 200,
};

typedef struct Insert {
	Finder *finder;
	const CatalogRelation *table;
	const Action *action;
	Inserted rows;
} Insert;

typedef VEC(const CatalogColumn *) Columns;

/* ---- what a row has in a column ---- */

typedef enum Known {
	KNOWN_NOT,
	KNOWN_NULL,
	KNOWN_VALUE,
} Known;

static const InsertedValue *value_of(const Insert *insert, size_t row, const CatalogColumn *column)
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

static Known know(const Insert *insert, size_t row, const CatalogColumn *column)
{
	const InsertedValue *value = value_of(insert, row, column);
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
	const InsertedValue *value = value_of(insert, row, column);
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

/* False if one of them is none. */
static bool take_columns(const Finder *finder, const CatalogRelation *table, const Numbers *numbers,
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

static Names names_of(Arena *arena, const Columns *columns, bool are_quoted)
{
	Names names = {0};
	for (size_t i = 0; i < columns->count; i++)
		*vec_add(arena, &names) = are_quoted ? query_column(arena, columns->items[i]->name)
						     : columns->items[i]->name;
	return names;
}

static Str list_of(Arena *arena, const Columns *columns)
{
	Names names = names_of(arena, columns, false);
	return finder_list(arena, &names);
}

typedef struct Rows {
	RowsQuery query;
	size_t unknown, nulls; /* rows with a value that is not known, or else with a NULL */
} Rows;

static Known know_row(const Insert *insert, size_t row, const Columns *columns)
{
	Known all = KNOWN_VALUE;
	for (size_t i = 0; i < columns->count; i++) {
		Known known = know(insert, row, columns->items[i]);
		all = known < all ? known : all;
	}
	return all;
}

/* Those that are known, with a value in each of `columns`, or NULL if these may be. */
static Rows gather(const Insert *insert, const Columns *columns, bool with_nulls)
{
	Arena *arena = insert->finder->arena;
	Rows rows = {.query = {.table = query_table(arena, insert->table, true),
			     .columns = names_of(arena, columns, true)}};
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

static Question *add(const Insert *insert, QuestionKind kind, Str columns)
{
	Finder *finder = insert->finder;
	Question *question = finder_add(finder, kind, columns);
	question->position = 0; /* equal statements share their facts, and offsets with them */
	question->place =
		script_place(finder->script, script_point(finder->statement, question->position));
	question->bytes = 0; /* what is looked up has an index */
	question->is_precise = true;
	return question;
}

static Doubt check_types(const Columns *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		Str type = columns->items[i]->type;
		if (!is_plain_type(type) || str_ends(type, STR("range")))
			return DOUBT_COLUMN_TYPE;
	}
	return DOUBT_NONE;
}

/* ---- UNIQUE ---- */

static bool takes_away(const Insert *insert, const Columns *columns)
{
	const Changes *changes = &insert->finder->changes;
	bool found = changes_take_away(changes, insert->table, (Str){0});
	for (size_t i = 0; i < columns->count && !found; i++)
		found = changes_take_away(changes, insert->table, columns->items[i]->name);
	return found;
}

static bool is_plain_index(const CatalogIndex *index)
{
	return index->is_valid && index->is_immediate && !index->is_partial &&
	       !index->has_expressions && index->is_plain && index->keys > 0 &&
	       str_equal(index->method, STR("btree"));
}

static void ask_key(const Insert *insert, const CatalogIndex *index)
{
	Arena *arena = insert->finder->arena;
	Columns columns = {0};
	bool has_columns = take_columns(
		insert->finder, insert->table, &index->columns, (size_t)index->keys, &columns);
	if (!has_columns || !is_plain_index(index)) {
		add(insert, QUESTION_ROW_KEY, list_of(arena, &columns));
		return;
	}
	Rows rows = gather(insert, &columns, false);
	if (!rows.query.rows.count)
		return;
	bool only_own = takes_away(insert, &columns);
	Question *question = add(insert, QUESTION_ROW_KEY, list_of(arena, &columns));
	Doubt doubt = check_types(&columns);
	if (doubt == DOUBT_NONE && only_own && rows.query.rows.count < 2)
		doubt = DOUBT_CHANGED;
	if (only_own || changes_touch(&insert->finder->changes, insert->table, (Str){0}))
		question->otherwise = DOUBT_CHANGED;
	else if (rows.unknown)
		question->otherwise = DOUBT_NOT_CONSTANT;
	finder_finish(question, doubt, query_row_key(arena, &rows.query, columns.count, only_own));
}

/* ---- foreign keys ---- */

static Doubt check_other(
	const Insert *insert, const CatalogConstraint *key, const CatalogRelation *other)
{
	const Finder *finder = insert->finder;
	Columns from = {0}, to = {0};
	if (!other || key->is_deferrable ||
		(other->kind != RELATION_TABLE && other->kind != RELATION_PARTITIONED))
		return DOUBT_NOT_ASKED;
	if (insert->table->runs_after_insert)
		return DOUBT_TRIGGER;
	take_columns(finder, insert->table, &key->columns, key->columns.count, &from);
	if (!take_columns(finder, other, &key->other_columns, key->other_columns.count, &to) ||
		to.count != from.count)
		return DOUBT_NOT_ASKED;
	Doubt doubt = check_types(&from);
	for (size_t i = 0; i < from.count; i++)
		if (!finder_are_comparable(from.items[i]->type, to.items[i]->type))
			doubt = DOUBT_COLUMN_TYPE;
	Names names = names_of(finder->arena, &to, false);
	if (doubt == DOUBT_NONE && changes_alter(&finder->changes, other))
		doubt = DOUBT_CHANGED;
	return doubt == DOUBT_NONE ? finder_check_columns(finder, other, &names) : doubt;
}

static void finish_reference(const Insert *insert, Question *question, const CatalogConstraint *key,
	const CatalogRelation *other)
{
	Arena *arena = insert->finder->arena;
	Columns columns = {0}, to = {0};
	RowReference reference = {.to = query_table(arena, other, true),
		.has_own = other == insert->table,
		.table = insert->table->oid,
		.constraint = key->oid};
	take_columns(insert->finder, insert->table, &key->columns, key->columns.count, &columns);
	take_columns(insert->finder, other, &key->other_columns, key->other_columns.count, &to);
	reference.keys = names_of(arena, &to, true);
	if (reference.has_own)
		take_columns(insert->finder, other, &key->other_columns, key->other_columns.count,
			&columns);
	Rows rows = gather(insert, &columns, reference.has_own);
	bool is_open = rows.unknown || (rows.nulls && key->columns.count > 1);
	question->otherwise = is_open ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	finder_finish(question, reference.has_own && is_open ? DOUBT_NOT_CONSTANT : DOUBT_NONE,
		query_row_reference(arena, &rows.query, &reference));
}

static void ask_reference(const Insert *insert, const CatalogConstraint *key)
{
	Arena *arena = insert->finder->arena;
	Columns columns = {0};
	const CatalogRelation *other =
		catalog_relation_by_oid(insert->finder->changes.catalog, key->other);
	if (!take_columns(
		    insert->finder, insert->table, &key->columns, key->columns.count, &columns) ||
		!gather(insert, &columns, false).query.rows.count)
		return;
	Question *question = add(insert, QUESTION_ROW_REFERENCE, list_of(arena, &columns));
	if (other)
		question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	question->doubt = check_other(insert, key, other);
	if (question->doubt == DOUBT_NONE)
		finish_reference(insert, question, key, other);
}

/* ---- CHECK ---- */

static Columns columns_of(const Insert *insert, const Names *names)
{
	Columns columns = {0};
	for (size_t i = 0; i < names->count; i++) {
		const CatalogColumn *column = catalog_column(insert->table, names->items[i]);
		bool is_there = !column;
		for (size_t j = 0; j < columns.count && !is_there; j++)
			is_there = columns.items[j] == column;
		if (!is_there)
			*vec_add(insert->finder->arena, &columns) = column;
	}
	return columns;
}

static void ask_check(const Insert *insert, const CatalogConstraint *constraint)
{
	Arena *arena = insert->finder->arena;
	Names names = {0};
	const Action *check = constraint->definition.len
				      ? finder_read_constraint(insert->finder, constraint)
				      : NULL;
	Doubt doubt = check ? evaluable_check_stored(insert->finder, check->expression, &names)
			    : DOUBT_NOT_ASKED;
	Columns columns = columns_of(insert, &names);
	Rows rows = gather(insert, &columns, true);
	if (doubt == DOUBT_NONE && !rows.query.rows.count)
		return;
	if (doubt == DOUBT_NONE)
		doubt = check_types(&columns);
	Question *question = add(insert, QUESTION_ROW_CHECK, check ? check->expression : (Str){0});
	question->other = constraint->name;
	question->otherwise = rows.unknown ? DOUBT_NOT_CONSTANT : DOUBT_NONE;
	rows.query.names = rows.query.columns;
	finder_finish(question, doubt,
		doubt == DOUBT_NONE
			? query_row(arena, &rows.query,
				  str_format(arena, "NOT (%.*s)", STR_ARG(check->expression)))
			: (QuestionSql){0});
}

/* ---- values that do not fit ---- */

/* "character varying(30)": 30; 0 if it is no such type. */
static long limit_of(Str type)
{
	bool is_text =
		str_starts(type, STR("character varying(")) || str_starts(type, STR("character("));
	Str rest = type;
	long limit = 0;
	if (!is_text || !str_ends(type, STR(")")))
		return 0;
	str_next(&rest, '(', &type);
	for (size_t i = 0; i < rest.len && rest.ptr[i] >= '0' && rest.ptr[i] <= '9'; i++)
		limit = limit * 10 + (rest.ptr[i] - '0');
	return limit;
}

static bool is_number(Str type)
{
	static const Str names[] = {STR_INIT("smallint"), STR_INIT("integer"), STR_INIT("bigint")};
	bool found = str_starts(type, STR("numeric(")) && str_ends(type, STR(")"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		found = found || str_equal(type, names[i]);
	return found;
}

static bool is_limited(Str type)
{
	return limit_of(type) || is_number(type);
}

/* May it not fit? Of most nothing has to be asked. */
static bool is_doubtful(Str value, Str type, long limit)
{
	enum {
		DIGITS = 4 /* fit wherever there is no scale */
	};
	bool is_short = value.len <= (limit ? (size_t)limit : DIGITS);
	for (size_t i = 0; !limit && i < value.len; i++)
		is_short = is_short && value.ptr[i] >= '0' && value.ptr[i] <= '9';
	return !is_short || (!limit && str_starts(type, STR("numeric(")));
}

static void ask_value(const Insert *insert, const CatalogColumn *column)
{
	Arena *arena = insert->finder->arena;
	long limit = limit_of(column->type);
	Names values = {0};
	for (size_t row = 0; row < insert->rows.rows.count; row++) {
		if (know(insert, row, column) != KNOWN_VALUE)
			continue;
		Str value = value_of(insert, row, column)->sql;
		if (is_doubtful(value, column->type, limit))
			*vec_add(arena, &values) = str_format(arena, "CAST(%.*s AS %.*s)",
				STR_ARG(value), STR_ARG(limit ? STR("text") : column->type));
	}
	if (!values.count)
		return;
	Question *question = add(insert, QUESTION_ROW_VALUE, column->name);
	question->type = column->type;
	question->is_raised = !limit;
	question->is_precise = false;
	Str condition = limit ? str_format(arena,
					"pg_catalog.length(pg_catalog.rtrim(v.c, ' ')) "
					"OPERATOR(pg_catalog.>) %ld",
					limit)
			      : STR("v.c IS NULL");
	finder_finish(question, DOUBT_NONE, query_list(arena, &values, condition));
}

/* ---- the statement ---- */

/* Of the rows that it has. */
static bool has_demands(const CatalogRelation *table)
{
	bool found = table->constraints.count > 0;
	for (size_t i = 0; i < table->columns.count; i++)
		found = found || is_limited(table->columns.items[i].type);
	for (size_t i = 0; i < table->indexes.count; i++)
		found = found || table->indexes.items[i].is_unique;
	return found;
}

static Doubt check_statement(const Insert *insert)
{
	const Finder *finder = insert->finder;
	const CatalogRelation *table = insert->table;
	if (finder->changes.has_settings)
		return DOUBT_SETTINGS;
	if (changes_alter(&finder->changes, table) ||
		changes_call(&finder->changes, finder->statement->facts))
		return DOUBT_CHANGED;
	return table->runs_before_insert || table->rules.count ? DOUBT_TRIGGER : DOUBT_NONE;
}

/* With ON CONFLICT it is not known which rows are inserted; values and checks come before that. */
static void ask(const Insert *insert)
{
	const CatalogRelation *table = insert->table;
	bool is_sure = !insert->action->options.on_conflict;
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_CHECK)
			ask_check(insert, &table->constraints.items[i]);
	for (size_t i = 0; i < table->columns.count; i++)
		if (is_limited(table->columns.items[i].type))
			ask_value(insert, &table->columns.items[i]);
	for (size_t i = 0; i < table->indexes.count && is_sure; i++)
		if (table->indexes.items[i].is_unique)
			ask_key(insert, &table->indexes.items[i]);
	for (size_t i = 0; i < table->constraints.count && is_sure; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
			ask_reference(insert, &table->constraints.items[i]);
}

void find_insert(Finder *finder)
{
	Insert insert = {.finder = finder, .table = finder->table, .action = finder->action};
	if (finder->table->kind != RELATION_TABLE || finder->table->is_partition ||
		finder->action->options.as_query || !has_demands(finder->table))
		return;
	if (finder->inserts >= INSERTS_MAX || finder->row_questions >= ROW_QUESTIONS_MAX) {
		if (!finder->has_more_rows)
			add(&insert, QUESTION_ROW_KEY, (Str){0})->doubt = DOUBT_TOO_MANY;
		finder->has_more_rows = true;
		return;
	}
	size_t before = finder->out->count;
	InsertedOutcome outcome =
		inserted_read(finder->arena, finder->statement->text, &insert.rows);
	Doubt doubt = outcome == INSERTED_TOO_LONG ? DOUBT_ROWS : check_statement(&insert);
	finder->inserts++;
	if (outcome == INSERTED_OTHER)
		return;
	if (doubt == DOUBT_NONE)
		ask(&insert);
	else
		add(&insert, QUESTION_ROW_KEY, (Str){0})->doubt = doubt;
	finder->row_questions += finder->out->count - before;
}
