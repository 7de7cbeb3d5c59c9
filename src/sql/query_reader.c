#include "sql/query_reader.h"

#include "sql/lex.h"

#define IS(message, type) ((message)->descriptor == &pg_query__##type##__descriptor)

/* ---- may it be shown to the server? ---- */

static void look_for_writes(void *context, const ProtobufCMessage *message)
{
	bool *found = context;
	if (IS(message, insert_stmt) || IS(message, update_stmt) || IS(message, delete_stmt) ||
		IS(message, merge_stmt) || IS(message, into_clause) ||
		IS(message, locking_clause) || IS(message, param_ref) ||
		IS(message, set_to_default) || IS(message, current_of_expr))
		*found = true;
}

bool query_only_reads(const ProtobufCMessage *message)
{
	bool found = false;
	pg_tree_walk(message, &(TreeVisitor){.enter = look_for_writes, .context = &found});
	return !found;
}

/* ---- names ---- */

static void add_name(Arena *arena, Names *names, Str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->items[i], name))
			return;
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

/* ---- what is read ---- */

Query *query_add(QueryReader *reader, QueryScope scope, Str sql)
{
	Query *query = vec_add(reader->arena, reader->out);
	*query = (Query){.scope = scope, .sql = sql};
	query_add_words(reader->arena, &query->names, sql);
	return query;
}

static ObjectName copy_name(Arena *arena, ObjectName name)
{
	return (ObjectName){str_copy(arena, name.schema), str_copy(arena, name.name)};
}

Query *query_add_select(QueryReader *reader, PgQuery__SelectStmt *select)
{
	Str sql =
		query_only_reads(&select->base) ? pg_tree_select(reader->arena, select) : (Str){0};
	return sql.len ? query_add(reader, QUERY_ALONE, sql) : NULL;
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
	query->table = copy_name(reader->arena, pg_tree_range(table));
	return query;
}

Query *query_add_stored(QueryReader *reader, const PgQuery__RangeVar *table)
{
	Query *query = query_add(reader, QUERY_STORED, (Str){0});
	query->table = copy_name(reader->arena, pg_tree_range(table));
	return query;
}

/* A constant, or one that is cast. */
bool query_is_constant(const Node *value)
{
	return value && value->node_case == PG_QUERY__NODE__NODE_A_CONST && !value->a_const->isnull;
}

void query_store(QueryReader *reader, Query *query, const QueryStored *stored)
{
	QueryStored *copy = vec_add(reader->arena, &query->stored);
	*copy = *stored;
	copy->column = str_copy(reader->arena, stored->column);
	query_add_words(reader->arena, &query->names, stored->value);
	query_add_words(reader->arena, &query->names, stored->type);
	if (copy->column.len)
		add_name(reader->arena, &query->names, copy->column);
}
