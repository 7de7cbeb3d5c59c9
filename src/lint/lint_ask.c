#include "lint/lint_ask.h"

#include "lint/ask_table.h"
#include "lint/judge.h"
#include "lint/predict.h"
#include "sql/builtin_type.h"
#include "sql/lex.h"

/* ---- queries ---- */

static Str write_on_row(const Asker *asker, const Query *query, const WorldRelation *table)
{
	Str from = ask_write_table(asker, query, table, (Str){0});
	if (!from.len)
		return (Str){0};
	if (query->scope == QUERY_CONDITION)
		return str_format(asker->arena, "SELECT FROM %.*s WHERE %.*s", STR_ARG(from),
			STR_ARG(query->sql));
	return str_format(
		asker->arena, "SELECT (%.*s) FROM %.*s", STR_ARG(query->sql), STR_ARG(from));
}

/* old or new without a column of it, or with all of them. */
static bool has_whole_row(Str sql)
{
	Lexer lexer = {.text = sql};
	Str token;
	bool is_after_row = false, is_after_dot = false;
	while (lex_next_word(&lexer, &token) != LEX_END) {
		bool is_dot = str_equal(token, STR("."));
		if ((is_after_row && !is_dot) || (is_after_dot && str_equal(token, STR("*"))))
			return true;
		is_after_dot = is_after_row && is_dot;
		is_after_row = str_equal(token, STR("old")) || str_equal(token, STR("new"));
	}
	return is_after_row;
}

/* A query in the table's place has rows of no type that a function takes. */
static Str write_when(const Asker *asker, const Query *query, const WorldRelation *table)
{
	if (!ask_is_as_it_was(asker, table) && has_whole_row(query->sql))
		return (Str){0};
	Str before = ask_write_table(asker, query, table, STR("old"));
	Str after = ask_write_table(asker, query, table, STR("new"));
	if (!before.len || !after.len)
		return (Str){0};
	return str_format(asker->arena, "SELECT FROM %.*s, %.*s WHERE %.*s", STR_ARG(before),
		STR_ARG(after), STR_ARG(query->sql));
}

/* ---- constants ---- */

/* Its input function calls nothing of the database's own: a domain's checks are not among what it
 * does, but they are where a domain is within an array, a composite type or a range. */
static bool is_plain_type(const Asker *asker, Str type)
{
	const CatalogType *found = NULL;
	ObjectName name = judge_type_name(type);
	bool is_array = str_contains(type, STR("["));
	if (world_find_type(&asker->world, name, &found) != PRESENCE_THERE || !found)
		return !is_array || !name.schema.len;
	return found->kind == 'b' || found->kind == 'e' || (found->kind == 'd' && !is_array);
}

static Str type_of(const Asker *asker, const Query *query, const QueryTarget *stored,
	const WorldRelation *table)
{
	Str integer = builtin_type_of_serial(stored->type);
	if (stored->type.len || !table)
		return integer.len ? integer : stored->type;
	const WorldColumn *column = stored->column.len ? world_column(table, stored->column)
						       : world_column_at(table, stored->index);
	bool is_known = column && !column->generated && ask_means_the_same(asker, column) &&
			(!query->has_path || builtin_type_is(column->type) ||
				str_contains(column->type, STR(".")));
	return is_known ? column->type : (Str){0};
}

/* What is no constant is written once more as it is: its own type is compared, too. */
static Str write_stored(const Asker *asker, const Query *query, const WorldRelation *table)
{
	Buf buf = buf_new(asker->arena, ASK_SQL_MAX);
	for (size_t i = 0; i < query->stored.count; i++) {
		const QueryTarget *stored = &query->stored.items[i];
		Str type =
			type_of(asker, query, stored, table && table->hides_columns ? NULL : table);
		if (!type.len || ask_is_touched(asker, type) || !is_plain_type(asker, type))
			continue;
		buf_format(&buf, "%s(%.*s)::%.*s", buf_str(&buf).len ? ", " : "SELECT ",
			STR_ARG(stored->value), STR_ARG(type));
		if (query->has_own_type)
			buf_format(&buf, ", (%.*s)", STR_ARG(stored->value));
	}
	return buf_str(&buf);
}

/* ---- where results go ---- */

static Names types_of_row(const Asker *asker, const WorldRelation *table)
{
	Names types = {0};
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].name.len)
			*vec_add(asker->arena, &types) =
				ask_means_the_same(asker, &table->columns.items[i])
					? table->columns.items[i].type
					: (Str){0};
	return types;
}

static Names result_types(Asker *asker, const Query *query)
{
	WorldRelation *table = NULL;
	Names types = {0};
	bool is_row = query->returns.name.len != 0;
	bool is_found = world_find(&asker->world, is_row ? query->returns : query->table, &table) ==
			PRESENCE_THERE;
	if (is_found && table->hides_columns)
		return types;
	if (is_row)
		return is_found ? types_of_row(asker, table) : types;
	if (query->has_own_type) {
		*vec_add(asker->arena, &types) = (Str){0}; /* what it is cast to */
		*vec_add(asker->arena, &types) =
			type_of(asker, query, &query->stored.items[0], is_found ? table : NULL);
	}
	for (size_t i = 0; i < query->results.count; i++) {
		const QueryTarget *target = &query->results.items[i];
		bool is_known = !target->is_unknown && (is_found || target->type.len);
		*vec_add(asker->arena, &types) =
			is_known ? type_of(asker, query, target, table) : (Str){0};
	}
	return types;
}

/* ---- one query ---- */

static bool is_on_row(const Query *query)
{
	return query->scope != QUERY_ALONE && query->scope != QUERY_STORED;
}

/* Empty: it is not asked about. */
static Str write_query(Asker *asker, const Query *query, WorldRelation *table)
{
	bool is_row = is_on_row(query);
	if (is_row &&
		(!table || (!ask_is_as_it_was(asker, table) && ask_names_system_column(query))))
		return (Str){0};
	if (query->scope == QUERY_STORED)
		return write_stored(asker, query, table);
	if (query->scope == QUERY_WHEN)
		return write_when(asker, query, table);
	if (is_row)
		return write_on_row(asker, query, table);
	return query->sql;
}

static Str write_path(const Asker *asker, const Names *path)
{
	enum {
		PATH_MAX_BYTES = 4 * 1024
	};
	Buf buf = buf_new(asker->arena, PATH_MAX_BYTES);
	for (size_t i = 0; i < path->count; i++)
		buf_format(&buf, "%s%.*s", i ? ", " : "",
			STR_ARG(str_sql_name(asker->arena, path->items[i])));
	return buf_str(&buf);
}

/* Names are looked up in schemas that are what they were, and arguments have types that are not
 * looked up there. */
static bool is_path_sure(const Asker *asker, const Query *query)
{
	const Names *path = query->has_path ? &query->path : &asker->world.path;
	for (size_t i = 0; i < path->count; i++)
		if (touched_has(&asker->touched, path->items[i]))
			return false;
	for (size_t i = 0; query->has_path && i < query->argument_types.count; i++) {
		Str type = query->argument_types.items[i];
		if (!builtin_type_is(type) && !str_contains(type, STR(".")))
			return false;
	}
	return !query->has_path || !query->table.name.len || query->table.schema.len;
}

static bool may_ask(const Asker *asker)
{
	const World *world = &asker->world;
	return world->knows_path && !world->is_opaque && !world->is_other_role &&
	       !asker->touched.is_anything && !asker->touched.has_settings &&
	       asker->out->count < LINT_ASKED_MAX;
}

static const CatalogRelation *replaced_view(Asker *asker)
{
	const Action *action = &asker->statement->facts->actions.items[0];
	WorldRelation *view;
	bool is_there = action->options.or_replace && !action->options.temporary &&
			world_find(&asker->world, action->object, &view) == PRESENCE_THERE;
	bool is_meant =
		is_there && (action->object.schema.len ||
				    str_equal(view->schema, world_creation_schema(&asker->world)));
	return is_meant && view->kind == RELATION_VIEW && ask_is_as_it_was(asker, view)
		       ? view->there
		       : NULL;
}

/* 0: they are not known. */
static size_t count_columns(const WorldRelation *table)
{
	size_t count = 0;
	for (size_t i = 0; i < table->columns.count; i++)
		count += table->columns.items[i].name.len > 0;
	return table->hides_columns || table->is_loose ? 0 : count;
}

static void ask(Asker *asker, const Query *query)
{
	const Facts *facts = asker->statement->facts;
	bool is_skipped = query->in_body && asker->world.skips_bodies;
	bool has_action = facts && facts->actions.count;
	if (!may_ask(asker) || !has_action || is_skipped || !is_path_sure(asker, query))
		return;
	WorldRelation *table = NULL;
	if (!query->table.name.len ||
		world_find(&asker->world, query->table, &table) != PRESENCE_THERE)
		table = NULL;
	Analysis analysis = {.statement = asker->statement,
		.query = query,
		.sql = write_query(asker, query, table),
		.path = write_path(asker, query->has_path ? &query->path : &asker->world.path),
		.wants_columns = query->is_view || query->is_source || query->is_result ||
				 query->results.count || query->has_own_type,
		.goes_to = result_types(asker, query),
		.is_whole = query->is_result,
		.most = query->is_source && table ? count_columns(table) : 0,
		.replaces = query->is_view ? replaced_view(asker) : NULL};
	const WorldRelation *row = query->scope == QUERY_ALONE ? NULL : table;
	analysis.has_changed_tables = row && row->there && !ask_is_as_it_was(asker, row);
	bool is_asked = analysis.sql.len && ask_replace_tables(asker, query, row, &analysis) &&
			analysis.sql.len < ASK_SQL_MAX - 1;
	if (is_asked)
		*vec_add(asker->arena, asker->out) = analysis;
}

/* ---- functions by their arguments ---- */

static bool names_function(const Action *action)
{
	bool is_function = action->object_kind == OBJECT_FUNCTION ||
			   action->object_kind == OBJECT_PROCEDURE ||
			   action->object_kind == OBJECT_ROUTINE;
	bool gives_none = action->kind == ACTION_CREATE || action->kind == ACTION_CALL;
	return is_function && !gives_none && !action->options.if_exists &&
	       !action->options.any_arguments && !action->options.all && !action->in_function &&
	       action->object.name.len;
}

/* Is there a function of that name and these arguments? */
static void ask_signature(Asker *asker, const Action *action)
{
	static const Str mark = STR_INIT("$promote$");
	Arena *arena = asker->arena;
	ObjectName name = action->object;
	bool is_known =
		!name.schema.len || world_find_schema(&asker->world, name.schema) == PRESENCE_THERE;
	Str schema = name.schema.len
			     ? str_format(arena, "%.*s.", STR_ARG(str_sql_name(arena, name.schema)))
			     : (Str){0};
	Query *query = arena_new(arena, Query);
	*query = (Query){
		.sql = str_format(arena, "SELECT %.*s%.*s%.*s(%.*s)%.*s::regprocedure",
			STR_ARG(mark), STR_ARG(schema), STR_ARG(str_sql_name(arena, name.name)),
			STR_ARG(action->arguments), STR_ARG(mark))};
	*vec_add(arena, &query->names) = name.name;
	if (is_known && !ask_is_touched(asker, action->arguments) &&
		!str_contains(action->arguments, mark))
		ask(asker, query);
}

/* ---- statements ---- */

static bool writes_rows(const Statement *statement)
{
	ActionKind kind = statement->facts && statement->facts->actions.count
				  ? statement->facts->actions.items[0].kind
				  : ACTION_NONE;
	return kind == ACTION_INSERT || kind == ACTION_UPDATE;
}

/* What is about the table, or within a function that may call itself, is looked at with what the
 * statement makes. */
static bool is_after(const Statement *statement, const Query *query)
{
	bool is_of_column = query->scope == QUERY_STORED && query->stored.count &&
			    !query->stored.items[0].type.len && !writes_rows(statement);
	return query->in_body || is_of_column || (is_on_row(query) && !query->is_before);
}

static void ask_of_statement(Asker *asker, const Statement *statement)
{
	Queries *queries = arena_new(asker->arena, Queries);
	asker->statement = statement;
	if (may_ask(asker))
		queries_read(asker->arena, statement->text, queries);
	for (size_t i = 0; i < queries->count; i++)
		if (!is_after(statement, &queries->items[i]))
			ask(asker, &queries->items[i]);
	for (size_t i = 0; statement->facts && i < statement->facts->actions.count; i++)
		if (names_function(&statement->facts->actions.items[i]))
			ask_signature(asker, &statement->facts->actions.items[i]);
	Effect effect = predict(&asker->world, statement);
	touched_apply(&asker->touched, statement->facts);
	for (size_t i = 0; i < queries->count && !effect.refusals.count && !effect.is_skipped; i++)
		if (is_after(statement, &queries->items[i]))
			ask(asker, &queries->items[i]);
}

void lint_ask(Arena *arena, const LintInput *input, Analyses *out)
{
	Asker asker = {.arena = arena,
		.world = world_new(arena, input->catalog),
		.touched = {.arena = arena, .catalog = input->catalog},
		.out = out};
	if (!input->catalog || input->catalog->is_assumed || !input->catalog->is_complete)
		return;
	for (size_t i = 0; i < input->count; i++) {
		const Script *script = &input->scripts[i];
		world_begin_transaction(&asker.world, script->mode == SCRIPT_ATOMIC);
		touched_begin_file(&asker.touched);
		for (size_t j = 0; j < script->count; j++)
			if (script_runs(script, j))
				ask_of_statement(&asker, &script->statements[j]);
	}
}
