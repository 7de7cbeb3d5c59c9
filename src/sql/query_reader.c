#include "sql/query_reader.h"

#include "sql/lex.h"

/* ---- may it be shown to the server? ---- */

static void look_for_writes(void *context, const ProtobufCMessage *message)
{
	bool *found = context;
	if (PG_TREE_IS(message, insert_stmt) || PG_TREE_IS(message, update_stmt) ||
		PG_TREE_IS(message, delete_stmt) || PG_TREE_IS(message, merge_stmt) ||
		PG_TREE_IS(message, into_clause) || PG_TREE_IS(message, locking_clause) ||
		PG_TREE_IS(message, param_ref) || PG_TREE_IS(message, set_to_default) ||
		PG_TREE_IS(message, current_of_expr))
		*found = true;
}

bool query_only_reads(const ProtobufCMessage *message)
{
	bool found = false;
	pg_tree_walk(message, &(TreeVisitor){.enter = look_for_writes, .context = &found});
	return !found;
}

static void look_for_star(void *context, const ProtobufCMessage *message)
{
	bool *found = context;
	*found |= PG_TREE_IS(message, a__star);
}

/* ---- names ---- */

static void add_name(Arena *arena, Names *names, Str name)
{
	if (!names_have(names, name))
		*vec_add(arena, names) = name;
}

/* A string may be the name of something: nextval('numbers'). */
void query_add_words(Arena *arena, Names *names, Str text)
{
	Lexer lexer = {.text = text};
	Str token;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		Str name = str_sql_unquoted(arena, token);
		if (kind == LEX_WORD || kind == LEX_QUOTED || kind == LEX_STRING)
			add_name(arena, names, name);
		if (kind == LEX_STRING && name.len < token.len)
			query_add_words(arena, names, name);
	}
}

static void add_parts(QueryReader *reader, Names *names, Node **nodes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_name(reader->arena, names, str_copy(reader->arena, pg_tree_text(nodes[i])));
}

typedef struct ObjectReader {
	QueryReader *reader;
	Names *names, *tables;
	bool has_all_columns, has_row_values;
} ObjectReader;

static bool means_all_columns(const ProtobufCMessage *message)
{
	return PG_TREE_IS(message, a__star) ||
	       (PG_TREE_IS(message, join_expr) && ((const PgQuery__JoinExpr *)message)->is_natural);
}

static void enter_object(void *context, const ProtobufCMessage *message)
{
	ObjectReader *objects = context;
	Arena *arena = objects->reader->arena;
	objects->has_all_columns |= means_all_columns(message);
	objects->has_row_values |=
		PG_TREE_IS(message, range_function) || PG_TREE_IS(message, a__indirection);
	if (PG_TREE_IS(message, type_name)) {
		const PgQuery__TypeName *type = (const PgQuery__TypeName *)message;
		add_parts(objects->reader, objects->names, type->names, type->n_names);
	} else if (PG_TREE_IS(message, func_call)) {
		const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
		add_parts(objects->reader, objects->names, call->funcname, call->n_funcname);
	} else if (PG_TREE_IS(message, range_var)) {
		Str name = str_from(((const PgQuery__RangeVar *)message)->relname);
		add_name(arena, objects->tables, str_copy(arena, name));
	} else if (PG_TREE_IS(message, a__const)) {
		const PgQuery__AConst *constant = (const PgQuery__AConst *)message;
		if (constant->val_case == PG_QUERY__A__CONST__VAL_SVAL)
			query_add_words(arena, objects->names,
				str_copy(arena, str_from(constant->sval->sval)));
	}
}

static void add_objects(QueryReader *reader, Query *query, const ProtobufCMessage *message)
{
	ObjectReader objects = {reader, &query->objects, &query->tables, false, false};
	pg_tree_walk(message, &(TreeVisitor){.enter = enter_object, .context = &objects});
	query->has_all_columns |= objects.has_all_columns;
	query->has_row_values |= objects.has_row_values;
}

/* ---- what is read ---- */

Query *query_add(QueryReader *reader, QueryScope scope, Str sql)
{
	Query *query = vec_add(reader->arena, reader->out);
	*query = (Query){.scope = scope, .sql = sql};
	query_add_words(reader->arena, &query->names, sql);
	return query;
}

PgQuery__SelectStmt query_select(void)
{
	PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
	select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
	select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
	return select;
}

ObjectName query_copy(QueryReader *reader, ObjectName name)
{
	return (ObjectName){
		str_copy(reader->arena, name.schema), str_copy(reader->arena, name.name)};
}

ObjectName query_name(QueryReader *reader, const PgQuery__RangeVar *table)
{
	return query_copy(reader, pg_tree_range(table));
}

bool query_has_star(const Node *expression)
{
	bool found = false;
	pg_tree_walk(&expression->base, &(TreeVisitor){.enter = look_for_star, .context = &found});
	return found;
}

void query_add_result(QueryReader *reader, Query *query, const QueryTarget *target)
{
	QueryTarget *copy = vec_add(reader->arena, &query->results);
	*copy = *target;
	copy->column = str_copy(reader->arena, target->column);
	copy->type = str_copy(reader->arena, target->type);
}

Query *query_add_select(QueryReader *reader, PgQuery__SelectStmt *select)
{
	Str sql =
		query_only_reads(&select->base) ? pg_tree_select(reader->arena, select) : (Str){0};
	if (!sql.len)
		return NULL;
	Query *query = query_add(reader, QUERY_ALONE, sql);
	add_objects(reader, query, &select->base);
	return query;
}

Query *query_add_expression(
	QueryReader *reader, QueryScope scope, const PgQuery__RangeVar *table, Node *expression)
{
	if (!expression || !table || !query_only_reads(&expression->base))
		return NULL;
	Str sql = pg_tree_expression(reader->arena, expression);
	if (!sql.len)
		return NULL;
	Query *query = query_add(reader, scope, sql);
	query->table = query_name(reader, table);
	add_objects(reader, query, &expression->base);
	return query;
}

Query *query_add_stored(QueryReader *reader, const PgQuery__RangeVar *table)
{
	Query *query = query_add(reader, QUERY_STORED, (Str){0});
	query->table = query_name(reader, table);
	return query;
}

/* A constant, or one that is cast. */
bool query_is_constant(const Node *value)
{
	return value && value->node_case == PG_QUERY__NODE__NODE_A_CONST && !value->a_const->isnull;
}

void query_store(QueryReader *reader, Query *query, const QueryTarget *stored)
{
	QueryTarget *copy = vec_add(reader->arena, &query->stored);
	*copy = *stored;
	copy->column = str_copy(reader->arena, stored->column);
	query_add_words(reader->arena, &query->names, stored->value);
	query_add_words(reader->arena, &query->names, stored->type);
	query_add_words(reader->arena, &query->objects, stored->value);
	query_add_words(reader->arena, &query->objects, stored->type);
	if (copy->column.len)
		add_name(reader->arena, &query->names, copy->column);
}
