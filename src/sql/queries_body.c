#include "sql/queries_body.h"

#include "sql/builtin_type.h"
#include "sql/queries_data.h"
#include "wrap/json.h"

#include <string.h>
#include <strings.h>

enum {
	ROW_MAX = 8 * 1024 /* of the row of arguments */
};

/* What a function's body sees beside the tables that it names. */
typedef struct Body {
	Names arguments, types, path;
	bool has_path, is_block;
	Str row; /* the arguments as the columns of a row */
	Str function;
	Names results; /* the types of its columns, if they are written out */
	ObjectName returns;
} Body;

static bool is_plain_type(Str type)
{
	return type.len && !str_starts(type, STR("any")) && !str_equal(type, STR("record")) &&
	       !str_contains(type, STR("%"));
}

static bool is_given(const PgQuery__FunctionParameter *parameter)
{
	return parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
	       parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

static bool is_returned(const PgQuery__FunctionParameter *parameter)
{
	return !is_given(parameter) ||
	       parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT;
}

/* The function's arguments as a row that the body can see; false if the server would not take their
 * types for values. */
static bool write_arguments(
	QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt, Body *body, Buf *out)
{
	for (size_t i = 0; i < stmt->n_parameters; i++) {
		if (stmt->parameters[i]->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER)
			return false;
		const PgQuery__FunctionParameter *parameter =
			stmt->parameters[i]->function_parameter;
		Str name = str_copy(reader->arena, str_from(parameter->name));
		Str type = pg_tree_type(reader->arena, parameter->arg_type);
		if (!is_plain_type(type))
			return false;
		if (is_returned(parameter))
			*vec_add(reader->arena, &body->results) = type;
		if (!name.len || !is_given(parameter))
			continue;
		buf_format(out, "%sNULL::%.*s AS %.*s", body->arguments.count ? ", " : "",
			STR_ARG(type), STR_ARG(str_sql_name(reader->arena, name)));
		*vec_add(reader->arena, &body->arguments) = name;
		*vec_add(reader->arena, &body->types) = type;
	}
	return true;
}

/* The function's own search_path; false if it has other settings, or one that is not written out.
 */
static bool read_path(QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt, Body *body)
{
	for (size_t i = 0; i < stmt->n_options; i++) {
		const Node *option = stmt->options[i];
		if (option->node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
			strcmp(option->def_elem->defname, "set") != 0)
			continue;
		const Node *value = option->def_elem->arg;
		if (!value || value->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT ||
			strcmp(value->variable_set_stmt->name, "search_path") != 0 ||
			!value->variable_set_stmt->n_args)
			return false;
		body->has_path = true;
		for (size_t j = 0; j < value->variable_set_stmt->n_args; j++) {
			Str name = pg_tree_constant(value->variable_set_stmt->args[j]);
			if (name.len)
				*vec_add(reader->arena, &body->path) =
					str_copy(reader->arena, name);
		}
	}
	return true;
}

/* As it is within the body. */
static void set_within(QueryReader *reader, Query *query, const Body *body)
{
	query->in_body = !body->is_block;
	query->has_path = body->has_path;
	query->path = body->path;
	if (query->scope != QUERY_ALONE)
		return;
	if (!query->is_result)
		query->results.count = 0; /* what it writes to is looked up elsewhere */
	if (!body->row.len)
		return;
	query->arguments = body->arguments;
	query->argument_types = body->types;
	query->is_source = false;
	Str function = str_sql_name(reader->arena, body->function);
	query->sql = query->is_result
			     ? str_format(reader->arena,
				       "SELECT r.* FROM (SELECT %.*s) AS %.*s, LATERAL (%.*s) AS r",
				       STR_ARG(body->row), STR_ARG(function), STR_ARG(query->sql))
			     : str_format(reader->arena,
				       "SELECT EXISTS (%.*s) FROM (SELECT %.*s) AS %.*s",
				       STR_ARG(query->sql), STR_ARG(body->row), STR_ARG(function));
	query_add_words(reader->arena, &query->names, body->row);
}

/* A name without its schema may be one of pg_catalog's. */
static void read_return_type(QueryReader *reader, PgQuery__TypeName *name, Body *body)
{
	static const Str set = STR_INIT("SETOF ");
	Str type = pg_tree_type(reader->arena, name);
	if (name->setof && str_starts(type, set))
		type = str_skip(type, set.len);
	if (builtin_type_is(type))
		*vec_add(reader->arena, &body->results) = str_copy(reader->arena, type);
	else if (!name->n_array_bounds && name->n_names > 1)
		body->returns = query_copy(reader, pg_tree_name(name->names, name->n_names));
}

/* What the function returns, if the type is one that has values of its own. */
static void read_result_types(
	QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt, Body *body)
{
	if (body->results.count == 1 && !builtin_type_is(body->results.items[0]))
		body->results.count = 0; /* it may be a row's */
	else if (!body->results.count && stmt->return_type && !stmt->is_procedure)
		read_return_type(reader, stmt->return_type, body);
}

static void take_result(QueryReader *reader, Query *query, const Body *body)
{
	query->is_result = true;
	query->is_source = false;
	query->returns = body->returns;
	query->results.count = 0;
	for (size_t i = 0; i < body->results.count; i++)
		query_add_result(reader, query, &(QueryTarget){.type = body->results.items[i]});
}

typedef VEC(const Node *) Statements;

/* What the body makes for itself is not there yet: nothing is read from there on. */
static void read_body(QueryReader *reader, const Statements *statements, const Body *body)
{
	size_t first = reader->out->count;
	for (size_t i = 0; i < statements->count; i++) {
		const Node *statement = statements->items[i];
		size_t before = reader->out->count;
		queries_read_data(reader, statement);
		if (before == reader->out->count)
			break;
		queries_read_target(reader, statement);
		bool is_last = i + 1 == statements->count;
		if (is_last && statement->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
			take_result(reader, &reader->out->items[before], body);
	}
	for (size_t i = first; i < reader->out->count; i++)
		set_within(reader, &reader->out->items[i], body);
}

/* BEGIN ATOMIC … END is a list within a list. */
static void read_atomic(QueryReader *reader, const PgQuery__List *list, const Body *body)
{
	Statements statements = {0};
	const PgQuery__List *within =
		list->n_items == 1 && list->items[0]->node_case == PG_QUERY__NODE__NODE_LIST
			? list->items[0]->list
			: NULL;
	for (size_t i = 0; within && i < within->n_items; i++)
		*vec_add(reader->arena, &statements) = within->items[i];
	read_body(reader, &statements, body);
}

static void read_text(QueryReader *reader, Str text, const Body *body)
{
	Statements statements = {0};
	Tree tree;
	TreeRefusal refusal;
	if (!text.len || text.len > PG_TREE_MAX ||
		!pg_tree_parse(reader->arena, str_z(reader->arena, text), PG_QUERY_PARSE_DEFAULT,
			&tree, &refusal))
		return;
	for (size_t i = 0; i < tree.result->n_stmts; i++)
		*vec_add(reader->arena, &statements) = tree.result->stmts[i]->stmt;
	read_body(reader, &statements, body);
	pg_tree_free(&tree);
}

static void read_code(
	QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt, const Body *body)
{
	const Node *own = stmt->sql_body;
	if (!own)
		read_text(reader, pg_tree_option_text(stmt->options, stmt->n_options, "as"), body);
	else if (own->node_case == PG_QUERY__NODE__NODE_LIST)
		read_atomic(reader, own->list, body);
	else if (own->node_case == PG_QUERY__NODE__NODE_RETURN_STMT)
		read_text(reader,
			str_format(reader->arena, "SELECT %.*s",
				STR_ARG(pg_tree_expression(
					reader->arena, own->return_stmt->returnval))),
			body);
}

static void read_defaults(QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_parameters; i++) {
		if (stmt->parameters[i]->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER)
			continue;
		const PgQuery__FunctionParameter *parameter =
			stmt->parameters[i]->function_parameter;
		Str type = pg_tree_type(reader->arena, parameter->arg_type);
		if (!query_is_constant(parameter->defexpr) || !is_plain_type(type))
			continue;
		query_store(reader, query_add_stored(reader, NULL),
			&(QueryTarget){.type = type,
				.value = pg_tree_expression(reader->arena, parameter->defexpr)});
	}
}

void queries_read_function(QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt)
{
	read_defaults(reader, stmt);
	Str language = pg_tree_option_text(stmt->options, stmt->n_options, "language");
	Buf row = buf_new(reader->arena, ROW_MAX);
	Body body = {.function = pg_tree_name(stmt->funcname, stmt->n_funcname).name};
	bool is_sql =
		stmt->sql_body || (language.len == 3 && strncasecmp(language.ptr, "sql", 3) == 0);
	if (!is_sql || !write_arguments(reader, stmt, &body, &row) ||
		!read_path(reader, stmt, &body))
		return;
	body.row = buf_str(&row);
	read_result_types(reader, stmt, &body);
	read_code(reader, stmt, &body);
}

/* ---- DO ---- */

enum {
	LEVEL_ERROR = 21 /* elog.h, from 15 on: of RAISE, from here on it ends the block */
};

typedef struct Block {
	QueryReader *reader;
	Body body;
	Buf row;
	Names unknown; /* variables of types that are not written out */
} Block;

/* The library has its own spelling for those that are there without being declared. */
static Str undeclared_type(Str type)
{
	static const Str prefix = STR_INIT("pg_catalog.\"");
	bool is_own = str_starts(type, prefix) && str_ends(type, STR("\""));
	return is_own ? str_head(str_skip(type, prefix.len), type.len - prefix.len - 1) : type;
}

static void add_variable(Block *block, Str name, Str type)
{
	Arena *arena = block->reader->arena;
	name = str_copy(arena, name);
	type = str_copy(arena, undeclared_type(str_trim(type)));
	bool is_handlers = str_equal(name, STR("sqlstate")) || str_equal(name, STR("sqlerrm"));
	bool is_twice = names_have(&block->body.arguments, name);
	if (!is_plain_type(type) || is_twice || is_handlers) {
		*vec_add(arena, &block->unknown) = name;
		return;
	}
	buf_format(&block->row, "%sNULL::%.*s AS %.*s", block->body.arguments.count ? ", " : "",
		STR_ARG(type), STR_ARG(str_sql_name(arena, name)));
	*vec_add(arena, &block->body.arguments) = name;
}

/* False: a default may do anything. */
static bool read_variables(Block *block, const Json *datums)
{
	for (const Json *item = json_first(datums); item; item = json_next(item)) {
		const Json *variable = json_at(item, "PLpgSQL_var");
		if (str_contains(json_str(variable, "default_val.PLpgSQL_expr.query"), STR("(")))
			return false;
		if (variable)
			add_variable(block, json_str(variable, "refname"),
				json_str(variable, "datatype.PLpgSQL_type.typname"));
		else if (json_at(item, "PLpgSQL_rec"))
			*vec_add(block->reader->arena, &block->unknown) = str_copy(
				block->reader->arena, json_str(item, "PLpgSQL_rec.refname"));
	}
	return true;
}

static bool uses_unknown(const Block *block, const Query *query)
{
	for (size_t i = 0; i < block->unknown.count; i++)
		if (names_have(&query->names, block->unknown.items[i]))
			return true;
	return false;
}

static void look_for_calls(void *context, const ProtobufCMessage *message)
{
	bool *found = context;
	*found |= message->descriptor == &pg_query__func_call__descriptor;
}

/* False: what comes after it may be another world. */
static bool read_statement(Block *block, Str sql)
{
	QueryReader *reader = block->reader;
	Tree tree;
	TreeRefusal refusal;
	bool calls = false;
	size_t first = reader->out->count;
	if (sql.len > PG_TREE_MAX || !pg_tree_parse(reader->arena, str_z(reader->arena, sql),
					     PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return false;
	if (tree.root) {
		queries_read_data(reader, tree.root);
		queries_read_target(reader, tree.root);
		pg_tree_walk(&tree.root->base,
			&(TreeVisitor){.enter = look_for_calls, .context = &calls});
	}
	pg_tree_free(&tree);
	bool is_read = reader->out->count > first;
	for (size_t i = first; i < reader->out->count; i++)
		set_within(reader, &reader->out->items[i], &block->body);
	for (size_t i = reader->out->count; i > first; i--)
		if (uses_unknown(block, &reader->out->items[i - 1]))
			reader->out->items[i - 1] = reader->out->items[--reader->out->count];
	return is_read && !calls;
}

/* False: what comes after it is not sure to be run. */
static bool read_step(Block *block, const Json *step)
{
	static const char query[] = "query.PLpgSQL_expr.query";
	Arena *arena = block->reader->arena;
	const Json *inner = json_first(step);
	Str kind = json_name(inner);
	int64_t level = LEVEL_ERROR;
	Str reason;
	if (str_equal(kind, STR("PLpgSQL_stmt_execsql")))
		return read_statement(block, json_str(inner, "sqlstmt.PLpgSQL_expr.query"));
	if (str_equal(kind, STR("PLpgSQL_stmt_perform")))
		return read_statement(block, json_str(inner, "expr.PLpgSQL_expr.query"));
	if (str_equal(kind, STR("PLpgSQL_stmt_if")))
		read_statement(block, str_format(arena, "SELECT %.*s",
					      STR_ARG(json_str(inner, "cond.PLpgSQL_expr.query"))));
	else if (str_equal(kind, STR("PLpgSQL_stmt_fors")))
		read_statement(block, json_str(inner, query));
	else if (str_equal(kind, STR("PLpgSQL_stmt_raise")))
		return json_read_int(arena, inner, "elog_level", &level, &reason) &&
		       level < LEVEL_ERROR && !json_at(inner, "params");
	return false;
}

void queries_read_block(QueryReader *reader, const PgQuery__DoStmt *stmt, Str statement)
{
	Str language = pg_tree_option_text(stmt->args, stmt->n_args, "language");
	if (language.len && strncasecmp(language.ptr, "plpgsql", language.len) != 0)
		return;
	PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(str_z(reader->arena, statement));
	AUTO_JSON json = result.error ? NULL : json_parse(str_from(result.plpgsql_funcs), NULL);
	pg_query_free_plpgsql_parse_result(result);
	const Json *function = json_at(json_first(json), "PLpgSQL_function");
	const Json *body = json_at(function, "action.PLpgSQL_stmt_block");
	Block block = {.reader = reader,
		.body = {.is_block = true, .function = STR("our_block")},
		.row = buf_new(reader->arena, ROW_MAX)};
	if (!body || json_at(body, "exceptions") ||
		!read_variables(&block, json_at(function, "datums")))
		return;
	block.body.row = buf_str(&block.row);
	for (const Json *step = json_first(json_at(body, "body")); step; step = json_next(step))
		if (!read_step(&block, step))
			return;
}
