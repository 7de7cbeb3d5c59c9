#include "sql/queries.h"

#include "sql/builtin_type.h"
#include "sql/queries_data.h"

#include <string.h>
#include <strings.h>

typedef struct Parts {
	bool has_column, has_cast;
} Parts;

static void look_for_parts(void *context, const ProtobufCMessage *message)
{
	Parts *parts = context;
	parts->has_column |= message->descriptor == &pg_query__column_ref__descriptor;
	parts->has_cast |= message->descriptor == &pg_query__type_cast__descriptor;
}

/* Of a DEFAULT: it has no row. */
static void read_default(
	QueryReader *reader, const PgQuery__RangeVar *table, Str column, Str type, Node *expression)
{
	Parts parts = {0};
	if (!expression || !query_only_reads(&expression->base))
		return;
	pg_tree_walk(&expression->base, &(TreeVisitor){.enter = look_for_parts, .context = &parts});
	if (parts.has_column)
		return;
	Query *query = query_add_stored(reader, table);
	query->has_cast = parts.has_cast;
	query_store(reader, query,
		&(QueryTarget){.column = column,
			.type = type,
			.value = pg_tree_expression(reader->arena, expression)});
}

/* ---- tables ---- */

/* The statement leaves the table as it is. */
static void add_beside(
	QueryReader *reader, QueryScope scope, const PgQuery__RangeVar *table, Node *expression)
{
	Query *query = query_add_expression(reader, scope, table, expression);
	if (query)
		query->is_before = true;
}

/* ---- tables ---- */

static void read_constraint(QueryReader *reader, const PgQuery__RangeVar *table,
	const PgQuery__ColumnDef *column, const PgQuery__Constraint *constraint)
{
	if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
		query_add_expression(reader, QUERY_CONDITION, table, constraint->raw_expr);
	else if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED)
		query_add_expression(reader, QUERY_VALUE, table, constraint->raw_expr);
	else if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT && column)
		read_default(reader, table, str_from(column->colname),
			pg_tree_type(reader->arena, column->type_name), constraint->raw_expr);
}

static void read_column(
	QueryReader *reader, const PgQuery__RangeVar *table, const PgQuery__ColumnDef *column)
{
	for (size_t i = 0; i < column->n_constraints; i++)
		if (column->constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
			read_constraint(reader, table, column, column->constraints[i]->constraint);
}

static void read_element(QueryReader *reader, const PgQuery__RangeVar *table, const Node *element)
{
	if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
		read_column(reader, table, element->column_def);
	else if (element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
		read_constraint(reader, table, NULL, element->constraint);
}

static void read_command(
	QueryReader *reader, const PgQuery__RangeVar *table, const PgQuery__AlterTableCmd *command)
{
	PgQuery__AlterTableType kind = command->subtype;
	if (kind == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault) {
		read_default(reader, table, str_from(command->name), (Str){0}, command->def);
	} else if (kind == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType) {
		if (command->def && command->def->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
			add_beside(
				reader, QUERY_VALUE, table, command->def->column_def->raw_default);
	} else if (command->def) {
		read_element(reader, table, command->def);
	}
}

static void read_alter_table(QueryReader *reader, const PgQuery__AlterTableStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_cmds; i++)
		if (stmt->cmds[i]->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
			read_command(reader, stmt->relation, stmt->cmds[i]->alter_table_cmd);
}

static void read_create_table(QueryReader *reader, const PgQuery__CreateStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_table_elts; i++)
		read_element(reader, stmt->relation, stmt->table_elts[i]);
}

static void read_index(QueryReader *reader, const PgQuery__IndexStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_index_params; i++)
		if (stmt->index_params[i]->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
			add_beside(reader, QUERY_VALUE, stmt->relation,
				stmt->index_params[i]->index_elem->expr);
	add_beside(reader, QUERY_CONDITION, stmt->relation, stmt->where_clause);
}

static void read_policy(
	QueryReader *reader, const PgQuery__RangeVar *table, Node *using, Node *check)
{
	add_beside(reader, QUERY_CONDITION, table, using);
	add_beside(reader, QUERY_CONDITION, table, check);
}

/* ---- queries ---- */

static PgQuery__SelectStmt *select_of(const Node *node)
{
	return node && node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? node->select_stmt
									   : NULL;
}

static void read_query(QueryReader *reader, const Node *node)
{
	PgQuery__SelectStmt *select = select_of(node);
	if (select)
		query_add_select(reader, select);
}

static void read_view(QueryReader *reader, const PgQuery__ViewStmt *stmt)
{
	PgQuery__SelectStmt *select = select_of(stmt->query);
	Query *query = select ? query_add_select(reader, select) : NULL;
	if (query)
		query->is_view = stmt->n_aliases == 0;
}

static void read_data(QueryReader *reader, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_SELECT_STMT:
		read_query(reader, node);
		break;
	case PG_QUERY__NODE__NODE_INSERT_STMT:
		queries_read_insert(reader, node->insert_stmt);
		break;
	case PG_QUERY__NODE__NODE_UPDATE_STMT:
		queries_read_update(reader, node->update_stmt);
		break;
	case PG_QUERY__NODE__NODE_DELETE_STMT:
		queries_read_delete(reader, node->delete_stmt);
		break;
	default:
		break;
	}
}

/* ---- domains ---- */

/* VALUE is read from a column of the domain's base type. */
static void read_domain(QueryReader *reader, const PgQuery__CreateDomainStmt *stmt)
{
	Str base = pg_tree_type(reader->arena, stmt->type_name);
	for (size_t i = 0; i < stmt->n_constraints && base.len; i++) {
		if (stmt->constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT)
			continue;
		const PgQuery__Constraint *constraint = stmt->constraints[i]->constraint;
		Node *check = constraint->raw_expr;
		if (constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK || !check ||
			!query_only_reads(&check->base))
			continue;
		Str condition = pg_tree_expression(reader->arena, check);
		query_add(reader, QUERY_ALONE,
			str_format(reader->arena,
				"SELECT FROM (SELECT NULL::%.*s AS value) AS value WHERE %.*s",
				STR_ARG(base), STR_ARG(condition)));
	}
}

/* ---- functions ---- */

/* What a function's body sees beside the tables that it names. */
typedef struct Body {
	Names arguments, types, path;
	bool has_path;
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
	query->in_body = true;
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

/* What the function returns, if the type is one that has values of its own. */
static void read_result_types(
	QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt, Body *body)
{
	static const Str set = STR_INIT("SETOF ");
	Str type = pg_tree_type(reader->arena, stmt->return_type);
	if (body->results.count || !stmt->return_type || stmt->is_procedure)
		return;
	if (stmt->return_type->setof && str_starts(type, set))
		type = str_skip(type, set.len);
	if (builtin_type_is(type))
		*vec_add(reader->arena, &body->results) = str_copy(reader->arena, type);
	else if (!stmt->return_type->n_array_bounds)
		body->returns = query_copy(
			reader, pg_tree_name(stmt->return_type->names, stmt->return_type->n_names));
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

/* What the body makes for itself is not there yet: nothing is read from there on. */
static void read_body(QueryReader *reader, const Tree *tree, const Body *body)
{
	for (size_t i = 0; i < tree->result->n_stmts; i++) {
		const Node *statement = tree->result->stmts[i]->stmt;
		size_t before = reader->out->count;
		read_data(reader, statement);
		if (before == reader->out->count)
			return;
		bool is_last = i + 1 == tree->result->n_stmts;
		if (is_last && statement->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
			take_result(reader, &reader->out->items[before], body);
	}
}

static void read_function(QueryReader *reader, const PgQuery__CreateFunctionStmt *stmt)
{
	enum {
		ROW_MAX = 8 * 1024
	};
	Str language = pg_tree_option_text(stmt->options, stmt->n_options, "language");
	Str text = pg_tree_option_text(stmt->options, stmt->n_options, "as");
	Buf row = buf_new(reader->arena, ROW_MAX);
	Body body = {.function = pg_tree_name(stmt->funcname, stmt->n_funcname).name};
	Tree tree;
	TreeRefusal refusal;
	bool is_sql = language.len == 3 && strncasecmp(language.ptr, "sql", 3) == 0;
	if (!is_sql || !text.len || text.len > PG_TREE_MAX ||
		!write_arguments(reader, stmt, &body, &row) || !read_path(reader, stmt, &body) ||
		!pg_tree_parse(reader->arena, str_z(reader->arena, text), PG_QUERY_PARSE_DEFAULT,
			&tree, &refusal))
		return;
	body.row = buf_str(&row);
	read_result_types(reader, stmt, &body);
	size_t first = reader->out->count;
	read_body(reader, &tree, &body);
	for (size_t i = first; i < reader->out->count; i++)
		set_within(reader, &reader->out->items[i], &body);
	pg_tree_free(&tree);
}

/* ---- statements ---- */

static void read_definition(QueryReader *reader, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_STMT:
		read_create_table(reader, node->create_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
		read_alter_table(reader, node->alter_table_stmt);
		break;
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		read_index(reader, node->index_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
		read_policy(reader, node->create_policy_stmt->table, node->create_policy_stmt->qual,
			node->create_policy_stmt->with_check);
		break;
	case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
		read_policy(reader, node->alter_policy_stmt->table, node->alter_policy_stmt->qual,
			node->alter_policy_stmt->with_check);
		break;
	case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
		add_beside(reader, QUERY_WHEN, node->create_trig_stmt->relation,
			node->create_trig_stmt->when_clause);
		break;
	case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
		read_domain(reader, node->create_domain_stmt);
		break;
	case PG_QUERY__NODE__NODE_VIEW_STMT:
		read_view(reader, node->view_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
		read_query(reader, node->create_table_as_stmt->query);
		break;
	case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
		read_function(reader, node->create_function_stmt);
		break;
	default:
		read_data(reader, node);
		break;
	}
}

void queries_read(Arena *arena, Str statement, Queries *out)
{
	QueryReader reader = {.arena = arena, .out = out};
	Tree tree;
	TreeRefusal refusal;
	if (statement.len > PG_TREE_MAX || !pg_tree_parse(arena, str_z(arena, statement),
						   PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return;
	if (tree.result->n_stmts == 1 && tree.root)
		read_definition(&reader, tree.root);
	pg_tree_free(&tree);
}
