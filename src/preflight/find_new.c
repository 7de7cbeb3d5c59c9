/* Rows of a table that the plan itself makes: there is nothing in it to ask about, but what they
 * refer to may be in a table that is there, or not. Its columns and keys are those of the
 * statements before. */
#include "preflight/writing.h"

typedef struct NewTable {
	Finder *finder;
	ObjectName name;
	VEC(const Action *) columns, keys;
	NewRows rows;
	size_t made; /* how often */
	bool is_other; /* than its columns and keys say */
} NewTable;

/* ---- the table ---- */

/* What is made without a schema is made in the first one of the search path that is there. */
static ObjectName with_schema(const Finder *finder, ObjectName name)
{
	const Catalog *catalog = finder->changes.catalog;
	for (size_t i = 0; i < catalog->search_path.count && !name.schema.len; i++)
		if (catalog_schema(catalog, catalog->search_path.items[i]))
			name.schema = catalog->search_path.items[i];
	return name;
}

static bool is_of(const NewTable *table, ObjectName name)
{
	name = with_schema(table->finder, name);
	return str_equal(name.name, table->name.name) && str_equal(name.schema, table->name.schema);
}

static void take_create(NewTable *table, const Action *action)
{
	const ActionOptions *options = &action->options;
	table->made++;
	table->is_other = table->is_other || options->temporary || options->as_query ||
			  options->typed || options->partition || options->partitioned ||
			  options->nested;
}

static void take_action(NewTable *table, const Action *action)
{
	if (action->in_function || !is_of(table, action->object))
		return;
	if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_TABLE)
		take_create(table, action);
	else if (action->kind == ACTION_ADD_COLUMN)
		*vec_add(table->finder->arena, &table->columns) = action;
	else if (action->kind == ACTION_ADD_FOREIGN_KEY)
		*vec_add(table->finder->arena, &table->keys) = action;
	else if (action->kind == ACTION_LIKE || action->kind == ACTION_ADD_INHERIT)
		table->is_other = true;
}

static NewTable read_table(Finder *finder, ObjectName name)
{
	NewTable table = {.finder = finder, .name = with_schema(finder, name)};
	for (size_t i = 0; i < finder->made.count; i++) {
		const Facts *facts = finder->made.items[i];
		for (size_t j = 0; j < facts->actions.count; j++) {
			/* of a block, which may not run all of it */
			bool is_block = facts->actions.items[0].kind == ACTION_DO;
			table.is_other =
				table.is_other ||
				(is_block && is_of(&table, facts->actions.items[j].object));
			take_action(&table, &facts->actions.items[j]);
		}
	}
	return table;
}

/* ---- values ---- */

/* Types of which each other's constants are read in the same way; '\0': any other. */
static char family_of(Str type)
{
	static const struct {
		Str name;
		char family;
	} types[] = {
		{STR_INIT("smallint"), 'i'},
		{STR_INIT("int"), 'i'},
		{STR_INIT("integer"), 'i'},
		{STR_INIT("bigint"), 'i'},
		{STR_INIT("uuid"), 'u'},
		{STR_INIT("text"), 't'},
		{STR_INIT("varchar"), 't'},
		{STR_INIT("character varying"), 't'},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_equal(types[i].name, type))
			return types[i].family;
	return '\0';
}

/* Of the row's values; `count` if it is left out. */
static size_t index_of(const NewTable *table, Str column, size_t count)
{
	const NewRows *rows = &table->rows;
	size_t end = rows->columns.count ? rows->columns.count : table->columns.count;
	for (size_t i = 0; i < end && i < count; i++)
		if (str_equal(rows->columns.count ? rows->columns.items[i]
						  : table->columns.items[i]->name,
			    column))
			return i;
	return count;
}

static bool has_family(const NewTable *table, Str column, Str other)
{
	for (size_t i = 0; i < table->columns.count; i++) {
		const Action *action = table->columns.items[i];
		if (str_equal(action->name, column))
			return family_of(action->type) && !action->options.collated &&
			       family_of(action->type) == family_of(other);
	}
	return false;
}

/* ---- keys ---- */

static bool take_other_columns(
	const Finder *finder, const CatalogRelation *other, const Action *key, Columns *out)
{
	for (size_t i = 0; i < key->other_columns.count; i++) {
		const CatalogColumn *column = catalog_column(other, key->other_columns.items[i]);
		if (!column)
			return false;
		*vec_add(finder->arena, out) = column;
	}
	for (size_t i = 0; i < other->constraints.count && !key->other_columns.count; i++)
		if (other->constraints.items[i].kind == CONSTRAINT_PRIMARY_KEY)
			writing_columns(finder, other, &other->constraints.items[i].columns,
				other->constraints.items[i].columns.count, out);
	return out->count == key->columns.count;
}

/* Adds the row if all of it is known; true if it is, or is not looked at for a NULL. */
static bool take_row(const NewTable *table, const NewRow *row, const Action *key, const Columns *to,
	RowsQuery *out)
{
	Arena *arena = table->finder->arena;
	size_t count = row->values.count;
	Names values = {0};
	bool is_known = true, has_null = false;
	for (size_t i = 0; i < to->count; i++) {
		size_t index = index_of(table, key->columns.items[i], count);
		const NewValue *value = index < count ? &row->values.items[index] : NULL;
		has_null = has_null || (value && value->kind == NEW_VALUE_NULL);
		is_known = is_known && value && value->kind == NEW_VALUE_CONSTANT;
		if (is_known)
			*vec_add(arena, &values) = str_format(arena, "CAST(%.*s AS %.*s)",
				STR_ARG(value->sql), STR_ARG(to->items[i]->type));
	}
	if (is_known)
		*vec_add(arena, &out->rows) = values;
	return is_known || (has_null && to->count == 1);
}

static void ask_key(const NewTable *table, const Action *key, const CatalogRelation *other)
{
	const NewRows *rows = &table->rows;
	Finder *finder = table->finder;
	Arena *arena = finder->arena;
	Columns to = {0};
	bool is_plain = take_other_columns(finder, other, key, &to);
	for (size_t i = 0; i < to.count && is_plain; i++)
		is_plain = has_family(table, key->columns.items[i], to.items[i]->type);
	if (!is_plain)
		return;
	RowsQuery query = {.table = query_table(arena, other, true),
		.columns = writing_names(arena, &to, true)};
	RowReference reference = {.to = query.table, .keys = query.columns};
	for (size_t i = 0; i < to.count; i++)
		*vec_add(arena, &query.names) = str_format(arena, "c%zu", i);
	bool are_known = true, may_skip = false;
	for (size_t i = 0; i < rows->rows.count; i++)
		are_known = take_row(table, &rows->rows.items[i], key, &to, &query) && are_known;
	if (!query.rows.count)
		return;
	const Writing writing = {.finder = finder};
	Question *question =
		writing_add(&writing, QUESTION_ROW_REFERENCE, finder_list(arena, &key->columns));
	question->table = other; /* which is read */
	question->other = facts_qualified(arena, (ObjectName){other->schema, other->name});
	Doubt doubt = changes_alter(&finder->changes, other)
			      ? DOUBT_CHANGED
			      : writing_take_added(finder, other, &to, &reference.added, &may_skip);
	question->otherwise = may_skip     ? DOUBT_CHANGED
			      : !are_known ? DOUBT_NOT_CONSTANT
					   : DOUBT_NONE;
	finder_finish(question, doubt, query_row_reference(arena, &query, &reference));
}

/* ---- the statement ---- */

void finder_keep_made(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		ActionKind kind = facts->actions.items[i].kind;
		bool makes = kind == ACTION_ADD_FOREIGN_KEY || kind == ACTION_ADD_COLUMN ||
			     kind == ACTION_LIKE ||
			     (kind == ACTION_CREATE &&
				     facts->actions.items[i].object_kind == OBJECT_TABLE);
		if (makes) {
			*vec_add(finder->arena, &finder->made) = facts;
			return;
		}
	}
}

static bool is_sure(const NewTable *table)
{
	const Finder *finder = table->finder;
	const Action *action = finder->action;
	return table->made == 1 && !table->is_other && !action->options.on_conflict &&
	       !action->options.as_query && !finder->changes.has_path &&
	       !finder->changes.has_settings &&
	       !changes_alter_name(&finder->changes, table->name) &&
	       !changes_call(&finder->changes, finder->statement->facts);
}

void find_new(Finder *finder)
{
	if (finder->writings >= WRITINGS_MAX)
		return;
	NewTable table = read_table(finder, finder->action->object);
	if (!table.keys.count || !is_sure(&table))
		return;
	finder->writings++;
	if (new_rows_read(finder->arena, finder->statement->text, &table.rows) != NEW_ROWS_READ ||
		table.rows.source.name.name.len)
		return;
	for (size_t i = 0; i < table.keys.count; i++) {
		const Action *key = table.keys.items[i];
		const CatalogRelation *other = changes_table(&finder->changes, key->other);
		bool has_rows = other && (other->kind == RELATION_TABLE ||
						 other->kind == RELATION_PARTITIONED);
		if (has_rows && !key->options.deferrable)
			ask_key(&table, key, other);
	}
}
