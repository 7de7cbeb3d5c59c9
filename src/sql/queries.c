#include "sql/queries.h"

#include "sql/queries_body.h"
#include "sql/queries_data.h"

typedef struct Parts {
	bool has_column, has_cast;
} Parts;

static void look_for_parts(void *context, const ProtobufCMessage *message)
{
	Parts *parts = context;
	parts->has_column |= message->descriptor == &pg_query__column_ref__descriptor;
	parts->has_cast |= message->descriptor == &pg_query__type_cast__descriptor;
}

/* A string and NULL have the one of where they go. */
static bool has_own_type(const Node *value)
{
	return value->node_case != PG_QUERY__NODE__NODE_A_CONST ||
	       (!value->a_const->isnull &&
		       value->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL);
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
	Str value = pg_tree_expression(reader->arena, expression);
	Query *query = query_add_stored(reader, table);
	query->has_cast = parts.has_cast;
	query_store(reader, query, &(QueryTarget){.column = column, .type = type, .value = value});
	query->has_own_type = has_own_type(expression);
}

/* The statement leaves the table as it is. */
static void add_beside(
	QueryReader *reader, QueryScope scope, const PgQuery__RangeVar *table, Node *expression)
{
	Query *query = query_add_expression(reader, scope, table, expression);
	if (query)
		query->is_before = true;
}

/* ---- tables ---- */

/* Of a row, for a column. */
static void read_cast(QueryReader *reader, const PgQuery__RangeVar *table, Node *expression,
	const PgQuery__ColumnDef *column, bool is_before)
{
	Query *query = query_add_expression(reader, QUERY_VALUE, table, expression);
	if (!query)
		return;
	query->is_before = is_before;
	query_add_result(reader, query,
		&(QueryTarget){.type = pg_tree_type(reader->arena, column->type_name),
			.is_unknown = expression->node_case == PG_QUERY__NODE__NODE_A_CONST});
}

static void read_constraint(QueryReader *reader, const PgQuery__RangeVar *table,
	const PgQuery__ColumnDef *column, const PgQuery__Constraint *constraint)
{
	if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
		query_add_expression(reader, QUERY_CONDITION, table, constraint->raw_expr);
	else if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED && column)
		read_cast(reader, table, constraint->raw_expr, column, false);
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
			read_cast(reader, table, command->def->column_def->raw_default,
				command->def->column_def, true);
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

static void read_view(QueryReader *reader, const PgQuery__ViewStmt *stmt)
{
	PgQuery__SelectStmt *select = queries_select(stmt->query);
	Query *query = select ? query_add_select(reader, select) : NULL;
	if (query)
		query->is_view = stmt->n_aliases == 0;
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
		if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT)
			return; /* whose faults come first */
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

/* ---- statements ---- */

static void read_definition(QueryReader *reader, const Node *node, Str statement)
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
		queries_read_data(reader, node->create_table_as_stmt->query);
		break;
	case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
		queries_read_function(reader, node->create_function_stmt);
		break;
	case PG_QUERY__NODE__NODE_DO_STMT:
		queries_read_block(reader, node->do_stmt, statement);
		break;
	default:
		queries_read_data(reader, node);
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
		read_definition(&reader, tree.root, statement);
	pg_tree_free(&tree);
}
