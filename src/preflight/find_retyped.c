/* ALTER COLUMN TYPE of a column with a unique key: are its values still different afterwards? */
#include "preflight/evaluable.h"
#include "preflight/writing.h"
#include "sql/builtin_type.h"

/* Converts each value as it is: no USING, or "a::type". */
static bool is_own_cast(const Finder *finder)
{
	const Action *action = finder->action;
	Str rest = action->expression,
	    end = str_format(finder->arena, "::%.*s", STR_ARG(action->type));
	if (!action->options.has_using)
		return true;
	if (!str_ends(rest, end))
		return false;
	Str head = str_head(rest, rest.len - end.len);
	return str_equal(head, action->name) ||
	       str_equal(head, str_sql_name(finder->arena, action->name));
}

/* The extension's: nobody but a superuser makes a type that is made of no other. */
static bool is_citext(const Finder *finder)
{
	const CatalogType *type = finder_type(finder, finder_type_name(finder->action->type));
	return type && type->kind == 'b' && str_equal(type->name, STR("citext"));
}

static bool is_plain_text(Str type)
{
	return str_equal(type, STR("text")) || str_starts(type, STR("character varying"));
}

/* Each of its values is another value of the new type, too. */
static bool stays_different(const Finder *finder, const CatalogColumn *column)
{
	static const Str whole[] = {
		STR_INIT("smallint"), STR_INIT("integer"), STR_INIT("bigint"), STR_INIT("numeric")};
	BuiltinType to = builtin_type_read(finder->arena, finder->action->type);
	bool is_whole = STR_IS_AMONG(column->type, whole) && STR_IS_AMONG(to.name, whole) &&
			!str_equal(column->type, STR("numeric")) && to.mods[0] == TYPE_NO_LIMIT;
	bool is_text = is_plain_text(column->type) && to.family == TYPE_FAMILY_TEXT;
	return is_own_cast(finder) && (is_whole || is_text);
}

/* A foreign key may be refused because of the type first, unless nothing is rewritten. */
static bool is_in_foreign_key(const Finder *finder, int64_t number)
{
	const CatalogRelation *table = finder->table;
	const Catalog *catalog = finder->changes.catalog;
	bool found = changes_add_reference(&finder->changes, table);
	for (size_t i = 0; i < table->constraints.count; i++)
		found = found ||
			(table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
				catalog_has_number(&table->constraints.items[i].columns, number));
	for (size_t i = 0; i < catalog->relations.count; i++)
		for (size_t j = 0; j < catalog->relations.items[i].constraints.count; j++) {
			const CatalogConstraint *key =
				&catalog->relations.items[i].constraints.items[j];
			found = found || (key->other == table->oid &&
						 catalog_has_number(&key->other_columns, number));
		}
	return found;
}

/* What the key will compare, as SQL; empty: nothing that can be asked about. */
static Str value_of(const Finder *finder, const CatalogColumn *column)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	Str name = query_column(arena, column->name);
	if (is_citext(finder))
		return is_own_cast(finder) && is_plain_text(column->type)
			       ? str_format(arena,
					 "pg_catalog.lower(%.*s COLLATE pg_catalog.\"default\")",
					 STR_ARG(name))
			       : (Str){0};
	Str cast = str_format(arena, "CAST((%.*s) AS %.*s)",
		STR_ARG(action->options.has_using ? action->expression : name),
		STR_ARG(action->type));
	/* a NULL where there may be none is another refusal */
	bool is_known = builtin_type_is(action->type) &&
			(is_own_cast(finder) || !column->is_not_null) &&
			!is_in_foreign_key(finder, column->number) &&
			evaluable_check(finder, cast) == DOUBT_NONE;
	return is_known ? cast : (Str){0};
}

static void ask(Finder *finder, const CatalogIndex *index, Str value)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	Columns columns = {0};
	if (!writing_columns(finder, finder->table, &index->columns, (size_t)index->keys, &columns))
		return;
	Names names = writing_names(arena, &columns, false);
	UniqueQuery unique = {.from = finder_own(finder, action->options.only),
		.keys = writing_names(arena, &columns, true)};
	for (size_t i = 0; i < columns.count; i++)
		if (str_equal(columns.items[i]->name, action->name))
			unique.keys.items[i] = value;
	Question *question = finder_add(finder, QUESTION_RETYPED_KEY, finder_list(arena, &names));
	question->type = action->type;
	question->is_precise = true;
	finder_finish(question, finder_check_columns(finder, finder->table, &names),
		query_unique(arena, &unique));
}

/* Nothing else of the statement, of the plan or of other tables has a say in it. */
static bool is_alone(const Finder *finder, const CatalogColumn *column)
{
	const CatalogRelation *table = finder->table;
	bool has_generated = false;
	for (size_t i = 0; i < table->columns.count; i++)
		has_generated = has_generated || table->columns.items[i].generated;
	return !has_generated && !finder->changes.leans &&
	       finder->statement->facts->actions.count == 1 && table->kind == RELATION_TABLE &&
	       !table->is_partition && !table->parents.count &&
	       !catalog_has_children(finder->changes.catalog, table) && !column->is_collated &&
	       !finder->action->options.collated && !changes_alter(&finder->changes, table);
}

bool find_type_of_key(Finder *finder, const CatalogColumn *column)
{
	const CatalogRelation *table = finder->table;
	Str value = is_alone(finder, column) && !stays_different(finder, column)
			    ? value_of(finder, column)
			    : (Str){0};
	for (size_t i = 0; i < table->indexes.count && value.len; i++) {
		const CatalogIndex *index = &table->indexes.items[i];
		if (index->is_unique && writing_is_plain_index(index) &&
			catalog_has_number(&index->columns, column->number))
			ask(finder, index, value);
	}
	return is_citext(finder) && is_own_cast(finder) && is_plain_text(column->type);
}
