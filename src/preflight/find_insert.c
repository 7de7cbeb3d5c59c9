/* Questions about the rows of INSERT … VALUES: is the key of one there already, is what one refers
 * to not there, does a value not fit? A row is asked about as far as it is known: its values are
 * constants, and nothing of the table's does something else with it. */
#include "preflight/evaluable.h"
#include "preflight/insert.h"

enum {
	ROW_QUESTIONS_MAX = 200
};

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
	bool has_columns = insert_columns(
		insert->finder, insert->table, &index->columns, (size_t)index->keys, &columns);
	if (!has_columns || !is_plain_index(index)) {
		insert_add(insert, QUESTION_ROW_KEY, insert_list(arena, &columns));
		return;
	}
	Rows rows = insert_gather(insert, &columns, false);
	if (!rows.query.rows.count)
		return;
	RowsQuery added = {0};
	bool only_own = takes_away(insert, &columns), may_skip;
	Question *question = insert_add(insert, QUESTION_ROW_KEY, insert_list(arena, &columns));
	Doubt before =
		insert_take_added(insert->finder, insert->table, &columns, &added, &may_skip);
	Doubt doubt = insert_check_types(&columns);
	if (doubt == DOUBT_NONE && only_own && rows.query.rows.count < 2)
		doubt = DOUBT_CHANGED;
	if (before != DOUBT_NONE || may_skip) {
		question->otherwise = DOUBT_CHANGED;
		added = (RowsQuery){0};
	} else if (rows.unknown) {
		question->otherwise = DOUBT_NOT_CONSTANT;
	}
	finder_finish(question, doubt, query_row_key(arena, &rows.query, &added, only_own));
}

/* ---- ON CONFLICT ---- */

static bool has_keys(const Insert *insert, const CatalogIndex *index)
{
	const Names *keys = &insert->action->keys;
	Columns columns = {0};
	if (index->keys != (int64_t)keys->count || !insert_columns(insert->finder, insert->table,
							   &index->columns, keys->count, &columns))
		return false;
	size_t found = 0;
	for (size_t i = 0; i < keys->count; i++)
		for (size_t j = 0; j < columns.count; j++)
			found += str_equal(columns.items[j]->name, keys->items[i]);
	return found == keys->count;
}

static bool is_arbiter(const Insert *insert, const CatalogIndex *index)
{
	Str name = insert->action->name;
	return name.len ? str_equal(index->name, name) : has_keys(insert, index);
}

static const CatalogIndex *arbiter_of(const Insert *insert)
{
	const CatalogRelation *table = insert->table;
	for (size_t i = 0; i < table->indexes.count; i++)
		if (table->indexes.items[i].is_unique && is_plain_index(&table->indexes.items[i]) &&
			is_arbiter(insert, &table->indexes.items[i]))
			return &table->indexes.items[i];
	return NULL;
}

/* Of another key than the one that ON CONFLICT is about: a row that has nothing in conflict with
 * that one is inserted. What DO UPDATE makes of the rows before it is not known. */
static void ask_other_key(
	const Insert *insert, const CatalogIndex *index, const CatalogIndex *arbiter)
{
	const Finder *finder = insert->finder;
	Columns columns = {0}, all = {0};
	bool is_single =
		insert->rows.rows.count == 1 || insert->action->options.on_conflict_nothing;
	if (!is_plain_index(index) || !is_single ||
		!insert_columns(
			finder, insert->table, &index->columns, (size_t)index->keys, &columns) ||
		!insert_columns(
			finder, insert->table, &index->columns, (size_t)index->keys, &all) ||
		!insert_columns(
			finder, insert->table, &arbiter->columns, (size_t)arbiter->keys, &all))
		return;
	Rows rows = insert_gather(insert, &all, false);
	if (!rows.query.rows.count || rows.unknown || rows.nulls)
		return;
	Question *question =
		insert_add(insert, QUESTION_ROW_KEY, insert_list(finder->arena, &columns));
	Names names = insert_names(finder->arena, &all, false);
	Doubt doubt = insert_check_types(&all);
	if (doubt == DOUBT_NONE)
		doubt = finder_check_columns(finder, insert->table, &names);
	rows.query.arbiter = columns.count;
	if (!insert->action->options.on_conflict_nothing)
		question->otherwise = DOUBT_CONFLICT;
	finder_finish(
		question, doubt, query_row_key(finder->arena, &rows.query, &(RowsQuery){0}, false));
}

static void ask_other_keys(const Insert *insert)
{
	const CatalogRelation *table = insert->table;
	const CatalogIndex *arbiter = insert->action->options.has_where ? NULL : arbiter_of(insert);
	for (size_t i = 0; arbiter && i < table->indexes.count; i++)
		if (table->indexes.items[i].is_unique &&
			!is_arbiter(insert, &table->indexes.items[i]))
			ask_other_key(insert, &table->indexes.items[i], arbiter);
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
	Rows rows = insert_gather(insert, &columns, true);
	if (doubt == DOUBT_NONE && !rows.query.rows.count)
		return;
	if (doubt == DOUBT_NONE)
		doubt = insert_check_types(&columns);
	Question *question =
		insert_add(insert, QUESTION_ROW_CHECK, check ? check->expression : (Str){0});
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
		if (insert_know(insert, row, column) != KNOWN_VALUE)
			continue;
		Str value = insert_value(insert, row, column)->sql;
		if (is_doubtful(value, column->type, limit))
			*vec_add(arena, &values) = str_format(arena, "CAST(%.*s AS %.*s)",
				STR_ARG(value), STR_ARG(limit ? STR("text") : column->type));
	}
	if (!values.count)
		return;
	Question *question = insert_add(insert, QUESTION_ROW_VALUE, column->name);
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

/* With ON CONFLICT it is seldom known which rows are inserted; values and checks come before that.
 */
static void ask_all(const Insert *insert)
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
	if (!is_sure)
		ask_other_keys(insert);
	for (size_t i = 0; i < table->constraints.count && is_sure; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
			find_reference(insert, &table->constraints.items[i]);
}

void find_insert(Finder *finder)
{
	Insert insert = {.finder = finder, .table = finder->table, .action = finder->action};
	if (finder->table->kind != RELATION_TABLE || finder->table->is_partition ||
		finder->action->options.as_query || !has_demands(finder->table))
		return;
	if (finder->inserts >= INSERTS_MAX || finder->row_questions >= ROW_QUESTIONS_MAX) {
		if (!finder->has_more_rows)
			insert_add(&insert, QUESTION_ROW_KEY, (Str){0})->doubt = DOUBT_TOO_MANY;
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
	if (doubt == DOUBT_NONE) {
		ask_all(&insert);
		insert_keep(&insert);
	} else {
		insert_add(&insert, QUESTION_ROW_KEY, (Str){0})->doubt = doubt;
	}
	finder->row_questions += finder->out->count - before;
}
