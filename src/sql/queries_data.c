#include "sql/queries_data.h"

/* ---- parts of a query ---- */

static const PgQuery__ResTarget *target_of(const Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_RES_TARGET ? node->res_target : NULL;
}

/* A part of a column (a field, an element) has another type. */
static Str name_of(const PgQuery__ResTarget *target)
{
	return target && !target->n_indirection ? str_from(target->name) : (Str){0};
}

static bool is_expression(const PgQuery__ResTarget *target)
{
	return target && target->val &&
	       target->val->node_case != PG_QUERY__NODE__NODE_SET_TO_DEFAULT &&
	       target->val->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF;
}

static Node *new_node(QueryReader *reader, PgQuery__Node__NodeCase kind)
{
	Node *node = arena_new(reader->arena, Node);
	pg_query__node__init(node);
	node->node_case = kind;
	return node;
}

/* Rows of RETURNING, from 18 on. */
static void look_for_old_and_new(void *context, const ProtobufCMessage *message)
{
	bool *found = context;
	if (message->descriptor != &pg_query__column_ref__descriptor)
		return;
	const PgQuery__ColumnRef *column = (const PgQuery__ColumnRef *)message;
	Str first = column->n_fields ? pg_tree_text(column->fields[0]) : (Str){0};
	*found |= str_equal(first, STR("old")) || str_equal(first, STR("new"));
}

/* How many of the list can be read from the table as it is: all, or none. */
static size_t returned(Node **list, size_t count)
{
	bool found = false;
	for (size_t i = 0; i < count; i++)
		pg_tree_walk(&list[i]->base,
			&(TreeVisitor){.enter = look_for_old_and_new, .context = &found});
	return found ? 0 : count;
}

/* At the end of a list that has room for it. */
static void add_target(QueryReader *reader, PgQuery__SelectStmt *select, Node *expression)
{
	Node *node = new_node(reader, PG_QUERY__NODE__NODE_RES_TARGET);
	node->res_target = arena_new(reader->arena, PgQuery__ResTarget);
	pg_query__res_target__init(node->res_target);
	node->res_target->val = expression;
	select->target_list[select->n_target_list++] = node;
}

static Node *string_node(QueryReader *reader, char *text)
{
	Node *node = new_node(reader, PG_QUERY__NODE__NODE_STRING);
	node->string = arena_new(reader->arena, PgQuery__String);
	pg_query__string__init(node->string);
	node->string->sval = text;
	return node;
}

/* "table.column". */
static Node *column_node(QueryReader *reader, const PgQuery__RangeVar *table, char *column)
{
	Node *node = new_node(reader, PG_QUERY__NODE__NODE_COLUMN_REF);
	node->column_ref = arena_new(reader->arena, PgQuery__ColumnRef);
	pg_query__column_ref__init(node->column_ref);
	node->column_ref->n_fields = 2;
	node->column_ref->fields = arena_array(reader->arena, Node *, 2);
	node->column_ref->fields[0] =
		string_node(reader, table->alias ? table->alias->aliasname : table->relname);
	node->column_ref->fields[1] = string_node(reader, column);
	return node;
}

static Node range_node(PgQuery__RangeVar *range)
{
	PgQuery__Node node = PG_QUERY__NODE__INIT;
	node.node_case = PG_QUERY__NODE__NODE_RANGE_VAR;
	node.range_var = range;
	return node;
}

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

/* A constant has the type of where it goes. */
static bool has_no_type(const Node *value)
{
	return !value || value->node_case == PG_QUERY__NODE__NODE_A_CONST;
}

static bool has_all_columns(const PgQuery__SelectStmt *select)
{
	for (size_t i = 0; i < select->n_target_list; i++) {
		const PgQuery__ResTarget *target = target_of(select->target_list[i]);
		if (!target || !target->val || query_has_star(target->val))
			return true;
	}
	return select->op != PG_QUERY__SET_OPERATION__SETOP_NONE;
}

/* Of SET: the results begin with its expressions. */
static void add_assigned_results(QueryReader *reader, Query *query, Node **targets, size_t count)
{
	for (size_t i = 0; i < count; i++) /* one value there, and many columns here */
		if (is_expression(target_of(targets[i])) &&
			query_has_star(target_of(targets[i])->val))
			return;
	for (size_t i = 0; i < count; i++) {
		const PgQuery__ResTarget *target = target_of(targets[i]);
		if (is_expression(target))
			query_add_result(reader, query,
				&(QueryTarget){.column = name_of(target),
					.is_unknown =
						!name_of(target).len || has_no_type(target->val)});
	}
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

/* Neither a constant nor DEFAULT. */
static bool is_value(const Node *value)
{
	return !has_no_type(value) && value->node_case != PG_QUERY__NODE__NODE_SET_TO_DEFAULT;
}

static void read_constants(QueryReader *reader, const PgQuery__InsertStmt *stmt, Query *query,
	const PgQuery__List *row)
{
	bool are_one_each = !has_star(row);
	for (size_t i = 0; i < row->n_items && are_one_each; i++) {
		Str column = i < stmt->n_cols ? name_of(target_of(stmt->cols[i])) : (Str){0};
		if (!query_is_constant(row->items[i]) || (stmt->n_cols && !column.len))
			continue;
		query_store(reader, query,
			&(QueryTarget){.column = column,
				.index = i,
				.value = pg_tree_expression(reader->arena, row->items[i])});
	}
}

/* The values of a row that are no constants. */
static void read_expressions(
	QueryReader *reader, const PgQuery__InsertStmt *stmt, const PgQuery__List *row)
{
	PgQuery__SelectStmt select = query_select();
	select.target_list = arena_array(reader->arena, Node *, row->n_items + 1);
	for (size_t i = 0; i < row->n_items; i++)
		if (is_value(row->items[i]))
			add_target(reader, &select, row->items[i]);
	Query *query = select.n_target_list ? query_add_select(reader, &select) : NULL;
	if (!query)
		return;
	query->table = query_name(reader, stmt->relation);
	for (size_t i = 0; i < row->n_items && !has_star(row); i++) {
		Str column = i < stmt->n_cols ? name_of(target_of(stmt->cols[i])) : (Str){0};
		if (is_value(row->items[i]))
			query_add_result(reader, query,
				&(QueryTarget){.column = column,
					.index = i,
					.is_unknown = stmt->n_cols && !column.len});
	}
}

/* Columns that are not written out as `*` and the like, one for one. */
static void read_results(
	QueryReader *reader, const PgQuery__InsertStmt *stmt, const PgQuery__SelectStmt *select)
{
	Query *query = &reader->out->items[reader->out->count - 1];
	if (has_all_columns(select))
		return;
	for (size_t i = 0; i < select->n_target_list; i++) {
		const PgQuery__ResTarget *target = target_of(select->target_list[i]);
		const PgQuery__ResTarget *column =
			i < stmt->n_cols ? target_of(stmt->cols[i]) : NULL;
		query_add_result(reader, query,
			&(QueryTarget){.column = name_of(column),
				.index = i,
				.is_unknown = !target || has_no_type(target->val) ||
					      (stmt->n_cols && !name_of(column).len)});
	}
}

static void read_source(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	PgQuery__SelectStmt select = *stmt->select_stmt->select_stmt;
	if (stmt->with_clause && select.with_clause)
		return;
	if (stmt->with_clause)
		select.with_clause = stmt->with_clause;
	Query *query = query_add_select(reader, &select);
	if (!query)
		return;
	query->is_source = true;
	query->columns = stmt->n_cols;
	query->table = query_name(reader, stmt->relation);
	read_results(reader, stmt, &select);
}

/* Rows are often made in one way. */
static void drop_repeated(Queries *queries)
{
	const Query *last = &queries->items[queries->count - 1];
	if (queries->count > 1 && last->sql.len && str_equal(last->sql, last[-1].sql))
		queries->count--;
}

static void read_values(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	const PgQuery__SelectStmt *values = stmt->select_stmt->select_stmt;
	if (values->n_values_lists > ROWS_MAX || stmt->with_clause)
		return;
	size_t stored = reader->out->count;
	query_add_stored(reader, stmt->relation);
	for (size_t i = 0; i < values->n_values_lists; i++) {
		if (values->values_lists[i]->node_case != PG_QUERY__NODE__NODE_LIST)
			continue;
		const PgQuery__List *row = values->values_lists[i]->list;
		read_constants(reader, stmt, &reader->out->items[stored], row);
		read_expressions(reader, stmt, row);
		drop_repeated(reader->out);
	}
}

/* The row that is there, and `excluded`: a name without either is ambiguous, as it is in the
 * statement. A column that is set is read, to know that it is there. */
static void read_conflict(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	const PgQuery__OnConflictClause *clause = stmt->on_conflict_clause;
	PgQuery__SelectStmt select = query_select();
	PgQuery__RangeVar excluded = *stmt->relation;
	PgQuery__Alias alias = PG_QUERY__ALIAS__INIT;
	char name[] = "excluded";
	alias.aliasname = name;
	excluded.alias = &alias;
	PgQuery__Node table = range_node(stmt->relation), new = range_node(&excluded);
	select.target_list = arena_array(reader->arena, Node *, 2 * clause->n_target_list + 1);
	for (size_t i = 0; i < clause->n_target_list; i++) {
		const PgQuery__ResTarget *target = target_of(clause->target_list[i]);
		if (is_expression(target))
			add_target(reader, &select, target->val);
	}
	for (size_t i = 0; i < clause->n_target_list; i++)
		add_target(reader, &select,
			column_node(
				reader, stmt->relation, target_of(clause->target_list[i])->name));
	select.n_from_clause = 2;
	select.from_clause = (Node *[]){&table, &new};
	select.where_clause = clause->where_clause;
	select.with_clause = stmt->with_clause;
	Query *query = query_add_select(reader, &select);
	if (!query)
		return;
	query->table = query_name(reader, stmt->relation);
	add_assigned_results(reader, query, clause->target_list, clause->n_target_list);
}

static void read_returning(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	PgQuery__SelectStmt select = query_select();
	PgQuery__Node table = range_node(stmt->relation);
	select.n_target_list = stmt->n_returning_list;
	select.target_list = stmt->returning_list;
	select.n_from_clause = 1;
	select.from_clause = (Node *[]){&table};
	select.with_clause = stmt->with_clause;
	query_add_select(reader, &select);
}

static void read_insert(QueryReader *reader, const PgQuery__InsertStmt *stmt)
{
	const Node *source = stmt->select_stmt;
	if (!stmt->relation)
		return;
	if (source && source->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
		if (source->select_stmt->n_values_lists)
			read_values(reader, stmt);
		else
			read_source(reader, stmt);
	}
	if (is_hidden(stmt->relation, stmt->with_clause))
		return;
	if (stmt->on_conflict_clause && stmt->on_conflict_clause->n_target_list)
		read_conflict(reader, stmt);
	if (returned(stmt->returning_list, stmt->n_returning_list))
		read_returning(reader, stmt);
}

/* ---- UPDATE, DELETE ---- */

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

/* A query of its own: the server looks at it before what is set and returned, and of two faults it
 * shall not be said which one it finds. */
static void read_condition(QueryReader *reader, const PgQuery__SelectStmt *from, Node *condition)
{
	PgQuery__SelectStmt select = *from;
	if (!condition)
		return;
	select.n_target_list = 0;
	select.where_clause = condition;
	query_add_select(reader, &select);
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
			&(QueryTarget){.column = column,
				.value = pg_tree_expression(reader->arena, target->val)});
	}
}

static void read_update(QueryReader *reader, const PgQuery__UpdateStmt *stmt)
{
	PgQuery__SelectStmt select = query_select();
	if (!stmt->relation || is_hidden(stmt->relation, stmt->with_clause))
		return;
	PgQuery__Node table = range_node(stmt->relation);
	select.target_list = arena_array(
		reader->arena, Node *, stmt->n_target_list + stmt->n_returning_list + 1);
	for (size_t i = 0; i < stmt->n_target_list; i++)
		if (is_expression(target_of(stmt->target_list[i])))
			add_target(reader, &select, stmt->target_list[i]->res_target->val);
	size_t count = returned(stmt->returning_list, stmt->n_returning_list);
	for (size_t i = 0; i < count; i++)
		select.target_list[select.n_target_list++] = stmt->returning_list[i];
	take_from(reader, &select, &table, stmt->from_clause, stmt->n_from_clause);
	select.with_clause = stmt->with_clause;
	Query *query = select.n_target_list ? query_add_select(reader, &select) : NULL;
	if (query) {
		query->table = query_name(reader, stmt->relation);
		add_assigned_results(reader, query, stmt->target_list, stmt->n_target_list);
	}
	read_condition(reader, &select, stmt->where_clause);
	read_assigned(reader, stmt);
}

static void read_delete(QueryReader *reader, const PgQuery__DeleteStmt *stmt)
{
	PgQuery__SelectStmt select = query_select();
	if (!stmt->relation || is_hidden(stmt->relation, stmt->with_clause))
		return;
	PgQuery__Node table = range_node(stmt->relation);
	select.n_target_list = returned(stmt->returning_list, stmt->n_returning_list);
	select.target_list = stmt->returning_list;
	take_from(reader, &select, &table, stmt->using_clause, stmt->n_using_clause);
	select.with_clause = stmt->with_clause;
	if (select.n_target_list || !stmt->where_clause)
		query_add_select(reader, &select);
	read_condition(reader, &select, stmt->where_clause);
}

/* ---- any of them ---- */

PgQuery__SelectStmt *queries_select(const Node *node)
{
	return node && node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? node->select_stmt
									   : NULL;
}

void queries_read_data(QueryReader *reader, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_SELECT_STMT:
		query_add_select(reader, node->select_stmt);
		break;
	case PG_QUERY__NODE__NODE_INSERT_STMT:
		read_insert(reader, node->insert_stmt);
		break;
	case PG_QUERY__NODE__NODE_UPDATE_STMT:
		read_update(reader, node->update_stmt);
		break;
	case PG_QUERY__NODE__NODE_DELETE_STMT:
		read_delete(reader, node->delete_stmt);
		break;
	default:
		break;
	}
}

static void read_columns(
	QueryReader *reader, PgQuery__RangeVar *table, Node **targets, size_t count)
{
	PgQuery__SelectStmt select = query_select();
	PgQuery__Node from = range_node(table);
	select.target_list = arena_array(reader->arena, Node *, count + 1);
	for (size_t i = 0; i < count; i++)
		if (target_of(targets[i]))
			add_target(reader, &select,
				column_node(reader, table, target_of(targets[i])->name));
	select.n_from_clause = 1;
	select.from_clause = &(Node *){&from};
	query_add_select(reader, &select);
}

void queries_read_target(QueryReader *reader, const Node *node)
{
	if (node->node_case == PG_QUERY__NODE__NODE_INSERT_STMT)
		read_columns(reader, node->insert_stmt->relation, node->insert_stmt->cols,
			node->insert_stmt->n_cols);
	else if (node->node_case == PG_QUERY__NODE__NODE_UPDATE_STMT)
		read_columns(reader, node->update_stmt->relation, node->update_stmt->target_list,
			node->update_stmt->n_target_list);
}
