#include "sql/queries_data.h"

static PgQuery__SelectStmt select_new(void)
{
	PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
	select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
	select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
	return select;
}

static const PgQuery__ResTarget *target_of(const Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_RES_TARGET ? node->res_target : NULL;
}

/* A part of a column (a field, an element) has another type. */
static Str name_of(const PgQuery__ResTarget *target)
{
	return target && !target->n_indirection ? str_from(target->name) : (Str){0};
}

/* ---- INSERT ---- */

enum {
	ROWS_MAX = 64 /* of constants: data that the program does not read for what is in them */
};

/* "(pair).*" is more than one value. */
static bool has_star(const PgQuery__List *row)
{
	for (size_t i = 0; i < row->n_items; i++)
		if (row->items[i]->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION ||
			row->items[i]->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
			return true;
	return false;
}

static void read_row(QueryReader *reader, const PgQuery__InsertStmt *stmt, Query *query,
	const PgQuery__List *row)
{
	for (size_t i = 0; i < row->n_items && !has_star(row); i++) {
		Str column = i < stmt->n_cols ? name_of(target_of(stmt->cols[i])) : (Str){0};
		if (!query_is_constant(row->items[i]) || (stmt->n_cols && !column.len))
			continue;
		query_store(reader, query,
			&(QueryStored){.column = column,
				.index = i,
				.value = pg_tree_expression(reader->arena, row->items[i])});
	}
}

static void read_rows(
	QueryReader *reader, const PgQuery__InsertStmt *stmt, const PgQuery__SelectStmt *values)
{
	Query *query = query_add_stored(reader, stmt->relation);
	for (size_t i = 0; i < values->n_values_lists; i++)
		if (values->values_lists[i]->node_case == PG_QUERY__NODE__NODE_LIST)
			read_row(reader, stmt, query, values->values_lists[i]->list);
}

/* A list of values without its constants is a query of its own. */
static void read_other_values(QueryReader *reader, const PgQuery__SelectStmt *values)
{
	PgQuery__SelectStmt select = select_new();
	for (size_t i = 0; i < values->n_values_lists; i++) {
		if (values->values_lists[i]->node_case != PG_QUERY__NODE__NODE_LIST)
			continue;
		const PgQuery__List *row = values->values_lists[i]->list;
		for (size_t j = 0; j < row->n_items; j++) {
			PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
			PgQuery__Node node = PG_QUERY__NODE__INIT;
			if (query_is_constant(row->items[j]))
				continue;
			target.val = row->items[j];
			node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
			node.res_target = &target;
			select.n_target_list = 1;
			select.target_list = &(Node *){&node};
			query_add_select(reader, &select);
		}
	}
}

void queries_read_insert(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	Node *source = stmt->select_stmt;
	if (!stmt->relation || !source || source->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		return;
	PgQuery__SelectStmt select = *source->select_stmt;
	if (select.n_values_lists) {
		if (select.n_values_lists <= ROWS_MAX && !stmt->with_clause) {
			read_rows(reader, stmt, &select);
			read_other_values(reader, &select);
		}
		return;
	}
	if (stmt->with_clause && select.with_clause)
		return;
	if (stmt->with_clause)
		select.with_clause = stmt->with_clause;
	Query *query = query_add_select(reader, &select);
	if (query) {
		query->is_source = true;
		query->columns = stmt->n_cols;
	}
}

/* ---- UPDATE, DELETE ---- */

/* What is written is the table, even if a query of WITH has its name. */
static bool is_hidden(const PgQuery__RangeVar *table, const PgQuery__WithClause *with)
{
	for (size_t i = 0; with && i < with->n_ctes; i++) {
		const Node *query = with->ctes[i];
		if (query->node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR &&
			str_equal(str_from(query->common_table_expr->ctename),
				str_from(table->relname)))
			return true;
	}
	return false;
}

static Node range_node(PgQuery__RangeVar *range)
{
	PgQuery__Node node = PG_QUERY__NODE__INIT;
	node.node_case = PG_QUERY__NODE__NODE_RANGE_VAR;
	node.range_var = range;
	return node;
}

/* The table that is written comes first. */
static void take_from(
	QueryReader *reader, PgQuery__SelectStmt *select, Node *table, Node **others, size_t count)
{
	select->n_from_clause = count + 1;
	select->from_clause = arena_array(reader->arena, Node *, count + 1);
	select->from_clause[0] = table;
	for (size_t i = 0; i < count; i++)
		select->from_clause[i + 1] = others[i];
}

static void read_assigned(QueryReader *reader, const PgQuery__UpdateStmt *stmt)
{
	Query *query = NULL;
	for (size_t i = 0; i < stmt->n_target_list; i++) {
		const PgQuery__ResTarget *target = target_of(stmt->target_list[i]);
		Str column = name_of(target);
		if (!column.len || !query_is_constant(target->val))
			continue;
		query = query ? query : query_add_stored(reader, stmt->relation);
		query_store(reader, query,
			&(QueryStored){.column = column,
				.value = pg_tree_expression(reader->arena, target->val)});
	}
}

static bool is_expression(const PgQuery__ResTarget *target)
{
	return target && target->val &&
	       target->val->node_case != PG_QUERY__NODE__NODE_SET_TO_DEFAULT &&
	       target->val->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF;
}

void queries_read_update(QueryReader *reader, const PgQuery__UpdateStmt *stmt)
{
	PgQuery__SelectStmt select = select_new();
	if (!stmt->relation || is_hidden(stmt->relation, stmt->with_clause))
		return;
	PgQuery__Node table = range_node(stmt->relation);
	select.target_list = arena_array(reader->arena, Node *, stmt->n_target_list + 1);
	for (size_t i = 0; i < stmt->n_target_list; i++) {
		if (!is_expression(target_of(stmt->target_list[i])))
			continue;
		PgQuery__Node *node = arena_new(reader->arena, PgQuery__Node);
		PgQuery__ResTarget *target = arena_new(reader->arena, PgQuery__ResTarget);
		pg_query__node__init(node);
		pg_query__res_target__init(target);
		target->val = stmt->target_list[i]->res_target->val;
		node->node_case = PG_QUERY__NODE__NODE_RES_TARGET;
		node->res_target = target;
		select.target_list[select.n_target_list++] = node;
	}
	take_from(reader, &select, &table, stmt->from_clause, stmt->n_from_clause);
	select.where_clause = stmt->where_clause;
	select.with_clause = stmt->with_clause;
	query_add_select(reader, &select);
	read_assigned(reader, stmt);
}

void queries_read_delete(QueryReader *reader, const PgQuery__DeleteStmt *stmt)
{
	PgQuery__SelectStmt select = select_new();
	if (!stmt->relation || is_hidden(stmt->relation, stmt->with_clause))
		return;
	PgQuery__Node table = range_node(stmt->relation);
	take_from(reader, &select, &table, stmt->using_clause, stmt->n_using_clause);
	select.where_clause = stmt->where_clause;
	select.with_clause = stmt->with_clause;
	query_add_select(reader, &select);
}
