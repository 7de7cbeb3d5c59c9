#include "sql/expression.h"

#include "sql/pg_tree.h"

/* Of names that stand for tables. */
#define MARK "table_of_plan_"

/* Of an expression that may have sub-selects. */
typedef struct QueryParts {
	VEC(PgQuery__RangeVar *) tables;
	size_t stars, exists; /* "*" as a column; sub-selects in which it means nothing */
	bool has_query, has_value;
} QueryParts;

typedef struct Reader {
	Arena *arena;
	Expression *out;
	QueryParts *parts; /* NULL: a sub-select is not plain */
	bool is_plain;
} Reader;

/* Messages that hold nothing but others, or a value. */
static const ProtobufCMessageDescriptor *const plain[] = {
	&pg_query__node__descriptor,
	&pg_query__list__descriptor,
	&pg_query__string__descriptor,
	&pg_query__integer__descriptor,
	&pg_query__float__descriptor,
	&pg_query__boolean__descriptor,
	&pg_query__bit_string__descriptor,
	&pg_query__a__const__descriptor,
	&pg_query__bool_expr__descriptor,
	&pg_query__boolean_test__descriptor,
	&pg_query__case_expr__descriptor,
	&pg_query__case_when__descriptor,
	&pg_query__coalesce_expr__descriptor,
	&pg_query__min_max_expr__descriptor,
	&pg_query__a__array_expr__descriptor,
	&pg_query__a__indirection__descriptor,
	&pg_query__a__indices__descriptor,
	&pg_query__type_cast__descriptor,
};

/* The same within a sub-select. */
static const ProtobufCMessageDescriptor *const plain_in_query[] = {
	&pg_query__res_target__descriptor,
	&pg_query__sort_by__descriptor,
	&pg_query__a__star__descriptor,
};

static bool is_among_plain(const ProtobufCMessage *message, bool in_query)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (message->descriptor == plain[i])
			return true;
	for (size_t i = 0; in_query && i < sizeof plain_in_query / sizeof *plain_in_query; i++)
		if (message->descriptor == plain_in_query[i])
			return true;
	return false;
}

/* One or two names, of which the first is pg_catalog. */
static void add_name(Reader *reader, Names *names, Node **nodes, size_t count)
{
	ObjectName name = pg_tree_name(nodes, count);
	bool is_own = !name.schema.len || str_equal(name.schema, STR("pg_catalog"));
	if (!name.name.len || count > 2 || !is_own)
		reader->is_plain = false;
	*vec_add(reader->arena, names) = str_copy(reader->arena, name.name);
}

/* table.column counts as the column: there is but one table. */
static void add_column(Reader *reader, const PgQuery__ColumnRef *column)
{
	const Node *last = column->n_fields ? column->fields[column->n_fields - 1] : NULL;
	Str name = last ? pg_tree_text(last) : (Str){0};
	if (reader->parts && last && last->node_case == PG_QUERY__NODE__NODE_A_STAR) {
		reader->parts->stars++;
		return;
	}
	if (!name.len || column->n_fields > 2)
		reader->is_plain = false;
	*vec_add(reader->arena, &reader->out->columns) = str_copy(reader->arena, name);
}

static void add_call(Reader *reader, const PgQuery__FuncCall *call)
{
	bool is_simple =
		!call->over && !call->n_agg_order && !call->agg_within_group &&
		(reader->parts || (!call->agg_filter && !call->agg_star && !call->agg_distinct));
	if (!is_simple)
		reader->is_plain = false;
	add_name(reader, &reader->out->functions, call->funcname, call->n_funcname);
}

static bool is_string(const Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_A_CONST && !node->a_const->isnull &&
	       node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
}

/* Or a list of them. */
static bool are_strings(const Node *node)
{
	bool is_list = node->node_case == PG_QUERY__NODE__NODE_LIST;
	for (size_t i = 0; is_list && i < node->list->n_items; i++)
		if (!is_string(node->list->items[i]))
			return false;
	return is_list || is_string(node);
}

static void add_compared(Reader *reader, const Node *node)
{
	if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || !node->column_ref->n_fields)
		return;
	const PgQuery__ColumnRef *column = node->column_ref;
	*vec_add(reader->arena, &reader->out->compared) =
		str_copy(reader->arena, pg_tree_text(column->fields[column->n_fields - 1]));
}

static void add_operation(Reader *reader, const PgQuery__AExpr *expression)
{
	static const Str comparisons[] = {STR_INIT("="), STR_INIT("<>"), STR_INIT("<"),
		STR_INIT(">"), STR_INIT("<="), STR_INIT(">=")};
	const Node *left = expression->lexpr, *right = expression->rexpr;
	bool is_plain = expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
			expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN ||
			expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT ||
			expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
	add_name(reader, &reader->out->operators, expression->name, expression->n_name);
	Str name = pg_tree_name(expression->name, expression->n_name).name;
	if (!is_plain || !left || !right || !STR_IS_AMONG(name, comparisons))
		return;
	if (are_strings(right))
		add_compared(reader, left);
	else if (is_string(left))
		add_compared(reader, right);
}

/* ---- sub-selects ---- */

/* Where only some rows are taken, all of its values are among what decides which ones. */
static bool is_decided(Reader *reader, const PgQuery__SelectStmt *select)
{
	for (size_t i = 0; i < select->n_target_list; i++) {
		Node *value = select->target_list[i]->res_target->val;
		bool found = value->node_case == PG_QUERY__NODE__NODE_A_CONST;
		Str sql = pg_tree_expression(reader->arena, value);
		for (size_t j = 0; j < select->n_sort_clause && !found; j++)
			found = sql.len &&
				str_equal(sql, pg_tree_expression(reader->arena,
						       select->sort_clause[j]->sort_by->node));
		if (!found)
			return false;
	}
	return true;
}

static void add_select(Reader *reader, const PgQuery__SelectStmt *select)
{
	bool has_more = select->into_clause || select->n_window_clause || select->n_values_lists ||
			select->n_locking_clause || select->with_clause || select->larg ||
			select->rarg || select->limit_offset || !select->n_from_clause;
	bool is_part = select->limit_count ||
		       (select->n_distinct_clause && select->distinct_clause[0]->node_case !=
							     PG_QUERY__NODE__NODE__NOT_SET);
	if (has_more || (is_part && !is_decided(reader, select)))
		reader->is_plain = false;
}

static void add_sub_link(Reader *reader, const PgQuery__SubLink *link)
{
	const Node *query = link->subselect;
	bool is_value = link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK;
	bool is_exists = link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK;
	bool is_in =
		link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK && !link->n_oper_name;
	bool is_read = query && query->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
	if (!is_read || (!is_value && !is_exists && !is_in))
		reader->is_plain = false;
	reader->parts->has_query = true;
	reader->parts->has_value = reader->parts->has_value || is_value;
	reader->parts->exists += is_exists && is_read && query->select_stmt->n_target_list == 1;
}

static bool add_query_part(Reader *reader, const ProtobufCMessage *message)
{
	if (PG_TREE_IS(message, sub_link)) {
		add_sub_link(reader, (const PgQuery__SubLink *)message);
		return true;
	}
	if (PG_TREE_IS(message, select_stmt)) {
		add_select(reader, (const PgQuery__SelectStmt *)message);
		return true;
	}
	if (PG_TREE_IS(message, range_var)) {
		*vec_add(reader->arena, &reader->parts->tables) =
			(PgQuery__RangeVar *)(uintptr_t)message;
		return true;
	}
	if (PG_TREE_IS(message, join_expr)) {
		const PgQuery__JoinExpr *join = (const PgQuery__JoinExpr *)message;
		return !join->is_natural && !join->n_using_clause && !join->alias;
	}
	return PG_TREE_IS(message, alias) && !((const PgQuery__Alias *)message)->n_colnames;
}

static void enter(void *context, const ProtobufCMessage *message)
{
	Reader *reader = context;
	if (PG_TREE_IS(message, column_ref)) {
		add_column(reader, (const PgQuery__ColumnRef *)message);
	} else if (PG_TREE_IS(message, func_call)) {
		add_call(reader, (const PgQuery__FuncCall *)message);
	} else if (PG_TREE_IS(message, a__expr)) {
		add_operation(reader, (const PgQuery__AExpr *)message);
	} else if (PG_TREE_IS(message, null_test)) {
		add_compared(reader, ((const PgQuery__NullTest *)message)->arg);
	} else if (PG_TREE_IS(message, type_name)) {
		const PgQuery__TypeName *type = (const PgQuery__TypeName *)message;
		add_name(reader, &reader->out->types, type->names, type->n_names);
	} else if (PG_TREE_IS(message, sqlvalue_function)) {
		reader->out->has_session_value = true;
	} else if (!is_among_plain(message, reader->parts) &&
		   !(reader->parts && add_query_part(reader, message))) {
		reader->is_plain = false;
	}
}

/* SELECT of one thing, from nowhere: anything else would not be what is put in parentheses. */
static Node *only_target(const Tree *tree)
{
	if (tree->result->n_stmts != 1 || !tree->root ||
		tree->root->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		return NULL;
	const PgQuery__SelectStmt *select = tree->root->select_stmt;
	bool has_more = select->n_target_list != 1 || select->n_from_clause ||
			select->n_distinct_clause || select->into_clause || select->where_clause ||
			select->n_group_clause || select->having_clause ||
			select->n_window_clause || select->n_sort_clause || select->limit_count ||
			select->limit_offset || select->n_locking_clause || select->with_clause ||
			select->larg || select->rarg;
	if (has_more || select->target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
		return NULL;
	const PgQuery__ResTarget *target = select->target_list[0]->res_target;
	return target->name && *target->name ? NULL : target->val;
}

static bool parse_expression(Arena *scratch, Str sql, Tree *tree)
{
	TreeRefusal refusal;
	if (!sql.len || sql.len > PG_TREE_MAX)
		return false;
	Str text = str_format(scratch, "SELECT (%.*s)", STR_ARG(sql));
	return pg_tree_parse(scratch, str_z(scratch, text), PG_QUERY_PARSE_DEFAULT, tree, &refusal);
}

bool expression_read(Arena *arena, Str sql, Expression *out)
{
	ARENA_SCRATCH(scratch);
	Reader reader = {.arena = arena, .out = out};
	Tree tree;
	*out = (Expression){0};
	if (!parse_expression(&scratch, sql, &tree))
		return false;
	const Node *target = only_target(&tree);
	reader.is_plain = target != NULL;
	if (target)
		pg_tree_walk(&target->base, &(TreeVisitor){.enter = enter, .context = &reader});
	pg_tree_free(&tree);
	return reader.is_plain;
}

/* With marks in place of the tables' names, which it gets back. */
static Str write_marked(Arena *arena, Node *target, const QueryParts *parts, ExpressionQuery *out)
{
	PgQuery__RangeVar *before = arena_array(arena, PgQuery__RangeVar, parts->tables.count);
	static char none[] = "";
	for (size_t i = 0; i < parts->tables.count; i++) {
		PgQuery__RangeVar *table = parts->tables.items[i];
		ObjectName name = pg_tree_range(table);
		ExpressionTable *read = vec_add(arena, &out->tables);
		*read = (ExpressionTable){
			.name = {str_copy(arena, name.schema), str_copy(arena, name.name)},
			.is_only = !table->inh,
			.mark = str_format(arena, MARK "%zu_", i)};
		before[i] = *table;
		PgQuery__Alias *alias = arena_array(arena, PgQuery__Alias, 1);
		*alias = (PgQuery__Alias)PG_QUERY__ALIAS__INIT;
		alias->aliasname = table->relname;
		table->alias = table->alias ? table->alias : alias;
		table->relname = str_z(arena, read->mark);
		table->schemaname = none;
		table->inh = true;
	}
	Str sql = pg_tree_expression(arena, target);
	for (size_t i = 0; i < parts->tables.count; i++)
		*parts->tables.items[i] = before[i];
	return sql;
}

bool expression_read_query(Arena *arena, Str sql, ExpressionQuery *out)
{
	ARENA_SCRATCH(scratch);
	QueryParts parts = {0};
	Reader reader = {.arena = arena, .out = &out->expression, .parts = &parts};
	Tree tree;
	*out = (ExpressionQuery){0};
	if (str_contains(sql, STR(MARK)) || !parse_expression(&scratch, sql, &tree))
		return false;
	Node *target = only_target(&tree);
	reader.is_plain = target != NULL;
	if (target)
		pg_tree_walk(&target->base, &(TreeVisitor){.enter = enter, .context = &reader});
	for (size_t i = 0; i < parts.tables.count; i++)
		reader.is_plain = reader.is_plain && !*parts.tables.items[i]->catalogname;
	if (reader.is_plain)
		out->sql = write_marked(arena, target, &parts, out);
	pg_tree_free(&tree);
	out->has_value = parts.has_value;
	return parts.has_query && parts.stars <= parts.exists && out->sql.len > 0;
}

/* ---- calls ---- */

typedef struct CallReader {
	Arena *arena;
	ExpressionCalls *out;
} CallReader;

/* What decides its type: itself, or of COALESCE(column, 'string') the column. */
static const Node *typed_part(const Node *node)
{
	if (node->node_case != PG_QUERY__NODE__NODE_COALESCE_EXPR)
		return node;
	const PgQuery__CoalesceExpr *coalesce = node->coalesce_expr;
	return coalesce->n_args == 2 && is_string(coalesce->args[1]) ? coalesce->args[0] : node;
}

static void add_arguments(CallReader *reader, ExpressionCall *call, Node **nodes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const Node *node = typed_part(nodes[i]);
		bool is_column = node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
				 node->column_ref->n_fields == 1;
		if (!is_column && !is_string(node)) {
			call->arguments.count = 0;
			break;
		}
		*vec_add(reader->arena, &call->arguments) =
			is_column
				? str_copy(reader->arena, pg_tree_text(node->column_ref->fields[0]))
				: (Str){0};
	}
	call->given = count;
	if (count)
		*vec_add(reader->arena, reader->out) = *call;
}

static void enter_any_call(void *context, const ProtobufCMessage *message)
{
	CallReader *reader = context;
	ExpressionCall call = {0};
	if (PG_TREE_IS(message, func_call)) {
		const PgQuery__FuncCall *function = (const PgQuery__FuncCall *)message;
		Str name = pg_tree_name(function->funcname, function->n_funcname).name;
		call.function = str_copy(reader->arena, name);
		if (!function->func_variadic)
			add_arguments(reader, &call, function->args, function->n_args);
	} else if (PG_TREE_IS(message, type_cast)) {
		const PgQuery__TypeCast *cast = (const PgQuery__TypeCast *)message;
		call.type = pg_tree_type(reader->arena, cast->type_name);
		add_arguments(reader, &call, (Node *[]){cast->arg}, 1);
	}
}

ExpressionCalls expression_calls(Arena *arena, Str sql)
{
	ARENA_SCRATCH(scratch);
	ExpressionCalls calls = {0};
	CallReader reader = {.arena = arena, .out = &calls};
	Expression read;
	Tree tree;
	if (!expression_read(arena, sql, &read) || !parse_expression(&scratch, sql, &tree))
		return calls;
	const Node *target = only_target(&tree);
	if (target)
		pg_tree_walk(
			&target->base, &(TreeVisitor){.enter = enter_any_call, .context = &reader});
	pg_tree_free(&tree);
	return calls;
}

/* ---- what the server comes to first ---- */

static const Node *first_of(Node **nodes, size_t count)
{
	return count ? nodes[0] : NULL;
}

/* The first operand; a constant is skipped, as nothing is looked up for it. */
static const Node *first_operand(const PgQuery__AExpr *expression)
{
	const Node *left = expression->lexpr;
	bool is_passed = !left || left->node_case == PG_QUERY__NODE__NODE_A_CONST;
	if (expression->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP)
		return NULL;
	return is_passed ? expression->rexpr : left;
}

/* One step down to what is read first; NULL: there is none, or it is not known. */
static const Node *go_down(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_A_EXPR:
		return first_operand(node->a_expr);
	case PG_QUERY__NODE__NODE_BOOL_EXPR:
		return first_of(node->bool_expr->args, node->bool_expr->n_args);
	case PG_QUERY__NODE__NODE_COALESCE_EXPR:
		return first_of(node->coalesce_expr->args, node->coalesce_expr->n_args);
	case PG_QUERY__NODE__NODE_FUNC_CALL:
		return first_of(node->func_call->args, node->func_call->n_args);
	case PG_QUERY__NODE__NODE_NULL_TEST:
		return node->null_test->arg;
	default:
		return NULL;
	}
}

/* "column < (SELECT …)": the right side, once the column has been found. */
static const Node *past_column(const Node *node)
{
	if (node->node_case != PG_QUERY__NODE__NODE_A_EXPR || !node->a_expr->lexpr ||
		node->a_expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP)
		return NULL;
	const Node *left = node->a_expr->lexpr, *right = node->a_expr->rexpr;
	bool is_column = left->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
			 left->column_ref->n_fields == 1;
	return is_column && right && right->node_case == PG_QUERY__NODE__NODE_SUB_LINK ? left
										       : NULL;
}

bool expression_begins_with_query(Arena *arena, Str sql, Names *columns)
{
	ARENA_SCRATCH(scratch);
	Tree tree;
	bool is_query = false;
	if (!parse_expression(&scratch, sql, &tree))
		return false;
	for (const Node *node = only_target(&tree); node && !is_query; node = go_down(node)) {
		const Node *column = past_column(node);
		if (column)
			*vec_add(arena, columns) =
				str_copy(arena, pg_tree_text(column->column_ref->fields[0]));
		is_query = column || node->node_case == PG_QUERY__NODE__NODE_SUB_LINK;
	}
	pg_tree_free(&tree);
	return is_query;
}

bool expression_begins_with_column(Str sql)
{
	ARENA_SCRATCH(scratch);
	Tree tree;
	bool is_column = false;
	if (!parse_expression(&scratch, sql, &tree))
		return false;
	for (const Node *node = only_target(&tree); node && !is_column; node = go_down(node))
		is_column = node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
	pg_tree_free(&tree);
	return is_column;
}
