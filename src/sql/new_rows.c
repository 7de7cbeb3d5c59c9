#include "sql/new_rows.h"

#include "sql/pg_tree.h"

/* What reg… reads depends on the search path. */
static bool is_plain_type(const PgQuery__TypeName *type)
{
	ObjectName name = pg_tree_name(type->names, type->n_names);
	bool is_own = !name.schema.len || str_equal(name.schema, STR("pg_catalog"));
	return name.name.len && type->n_names <= 2 && is_own && !type->setof && !type->pct_type &&
	       !str_starts(name.name, STR("reg"));
}

static NewValueKind kind_of(const Node *node)
{
	enum {
		CASTS_MAX = 4
	};
	for (size_t i = 0; node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST; i++) {
		if (i == CASTS_MAX || !node->type_cast->type_name ||
			!is_plain_type(node->type_cast->type_name))
			return NEW_VALUE_EXPRESSION;
		node = node->type_cast->arg;
	}
	if (node && node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
		return NEW_VALUE_DEFAULT;
	if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST)
		return NEW_VALUE_EXPRESSION;
	if (node->a_const->isnull)
		return NEW_VALUE_NULL;
	return node->a_const->val_case == PG_QUERY__A__CONST__VAL_BSVAL ? NEW_VALUE_EXPRESSION
									: NEW_VALUE_CONSTANT;
}

/* `has_source`: what is no constant may be computed from its row. */
static void read_value(Arena *arena, Node *node, bool has_source, NewRow *row)
{
	NewValue value = {.kind = kind_of(node)};
	bool is_computed = has_source && value.kind == NEW_VALUE_EXPRESSION &&
			   node->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF;
	value.is_cast = node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST;
	value.is_integer = node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
			   node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL;
	if (value.kind == NEW_VALUE_CONSTANT || is_computed)
		value.sql = pg_tree_expression(arena, node);
	if (is_computed)
		value.kind = NEW_VALUE_COMPUTED;
	if (!value.sql.len && (is_computed || value.kind == NEW_VALUE_CONSTANT))
		value.kind = NEW_VALUE_EXPRESSION;
	*vec_add(arena, &row->values) = value;
}

/* "(pair).*" is more than one value. */
static bool is_one(const Node *node)
{
	return node->node_case != PG_QUERY__NODE__NODE_A_INDIRECTION &&
	       node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF;
}

static bool read_row(Arena *arena, const Node *node, NewRows *out)
{
	if (node->node_case != PG_QUERY__NODE__NODE_LIST)
		return false;
	const PgQuery__List *list = node->list;
	NewRow *row = vec_add(arena, &out->rows);
	for (size_t i = 0; i < list->n_items; i++) {
		if (!is_one(list->items[i]))
			return false;
		read_value(arena, list->items[i], false, row);
	}
	return (!out->columns.count || row->values.count == out->columns.count) &&
	       row->values.count == out->rows.items[0].values.count;
}

static bool read_columns(Arena *arena, Node **columns, size_t count, NewRows *out)
{
	for (size_t i = 0; i < count; i++) {
		const Node *node = columns[i];
		if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
			node->res_target->n_indirection)
			return false;
		*vec_add(arena, &out->columns) = str_copy(arena, str_from(node->res_target->name));
	}
	return true;
}

static NewRowsOutcome read_values(Arena *arena, const PgQuery__SelectStmt *values, NewRows *out)
{
	bool is_more = values->with_clause || values->n_sort_clause || values->limit_count ||
		       values->limit_offset || values->n_locking_clause;
	if (is_more)
		return NEW_ROWS_OTHER;
	if (values->n_values_lists > NEW_ROWS_MAX)
		return NEW_ROWS_TOO_LONG;
	for (size_t i = 0; i < values->n_values_lists; i++)
		if (!read_row(arena, values->values_lists[i], out))
			return NEW_ROWS_OTHER;
	return NEW_ROWS_READ;
}

/* ---- from one table ---- */

static bool read_table(Arena *arena, const PgQuery__RangeVar *table, NewTable *out)
{
	if (!table || (table->alias && table->alias->n_colnames))
		return false;
	ObjectName name = pg_tree_range(table);
	out->name = (ObjectName){str_copy(arena, name.schema), str_copy(arena, name.name)};
	out->alias =
		table->alias ? str_copy(arena, str_from(table->alias->aliasname)) : out->name.name;
	out->is_only = !table->inh;
	return true;
}

static bool read_condition(Arena *arena, Node *condition, NewSource *out)
{
	out->condition = pg_tree_expression(arena, condition);
	return !condition || out->condition.len;
}

/* FROM or USING: one table at most. */
static bool read_other(Arena *arena, Node **items, size_t count, NewSource *out)
{
	if (!count)
		return true;
	return count == 1 && items[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR &&
	       read_table(arena, items[0]->range_var, &out->other);
}

static bool is_star(const Node *value)
{
	return value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
	       value->column_ref->n_fields == 1 &&
	       value->column_ref->fields[0]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

static bool read_targets(Arena *arena, const PgQuery__SelectStmt *select, NewRows *out)
{
	NewRow *row = vec_add(arena, &out->rows);
	for (size_t i = 0; i < select->n_target_list; i++) {
		Node *value = select->target_list[i]->res_target->val;
		if (is_star(value) && select->n_target_list == 1)
			out->is_all = true;
		else if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF || is_one(value))
			read_value(arena, value, true, row);
		else
			return false;
	}
	return out->is_all || !out->columns.count || row->values.count == out->columns.count;
}

static bool is_distinct(const PgQuery__SelectStmt *select)
{
	return select->n_distinct_clause == 1 &&
	       select->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET;
}

/* Each row of the table gives one, and no other does. */
static bool is_plain_select(const PgQuery__SelectStmt *select)
{
	bool is_picked = select->n_distinct_clause && !is_distinct(select);
	bool is_more = is_picked || select->n_group_clause || select->having_clause ||
		       select->n_window_clause || select->n_sort_clause || select->limit_count ||
		       select->limit_offset || select->n_locking_clause || select->with_clause ||
		       select->larg || select->rarg;
	return !is_more && select->n_from_clause == 1 &&
	       select->from_clause[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR;
}

static NewRowsOutcome read_select(Arena *arena, const PgQuery__SelectStmt *select, NewRows *out)
{
	bool is_read = is_plain_select(select) &&
		       read_table(arena, select->from_clause[0]->range_var, &out->source.table) &&
		       read_condition(arena, select->where_clause, &out->source) &&
		       read_targets(arena, select, out);
	out->is_distinct = is_distinct(select);
	return is_read ? NEW_ROWS_READ : NEW_ROWS_OTHER;
}

static NewRowsOutcome read_insert(Arena *arena, const PgQuery__InsertStmt *stmt, NewRows *out)
{
	const Node *source = stmt->select_stmt;
	if (stmt->with_clause || !source || source->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
		!read_columns(arena, stmt->cols, stmt->n_cols, out))
		return NEW_ROWS_OTHER;
	out->overrides_system =
		stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
	out->overrides_user = stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE;
	return source->select_stmt->n_values_lists ? read_values(arena, source->select_stmt, out)
						   : read_select(arena, source->select_stmt, out);
}

static NewRowsOutcome read_update(Arena *arena, const PgQuery__UpdateStmt *stmt, NewRows *out)
{
	if (stmt->with_clause || !read_table(arena, stmt->relation, &out->source.table) ||
		!read_other(arena, stmt->from_clause, stmt->n_from_clause, &out->source) ||
		!read_condition(arena, stmt->where_clause, &out->source) ||
		!read_columns(arena, stmt->target_list, stmt->n_target_list, out))
		return NEW_ROWS_OTHER;
	NewRow *row = vec_add(arena, &out->rows);
	for (size_t i = 0; i < stmt->n_target_list; i++)
		read_value(arena, stmt->target_list[i]->res_target->val, true, row);
	return NEW_ROWS_READ;
}

static NewRowsOutcome read_delete(Arena *arena, const PgQuery__DeleteStmt *stmt, NewRows *out)
{
	bool is_read = !stmt->with_clause &&
		       read_table(arena, stmt->relation, &out->source.table) &&
		       read_other(arena, stmt->using_clause, stmt->n_using_clause, &out->source) &&
		       read_condition(arena, stmt->where_clause, &out->source);
	return is_read ? NEW_ROWS_READ : NEW_ROWS_OTHER;
}

/* What the server calls it; empty: as it likes. */
static Str name_of(const PgQuery__ResTarget *target)
{
	const Node *value = target->val;
	if (target->name && *target->name)
		return str_from(target->name);
	if (value->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return (Str){0};
	return pg_tree_text(value->column_ref->fields[value->column_ref->n_fields - 1]);
}

static NewRowsOutcome read_create(
	Arena *arena, const PgQuery__CreateTableAsStmt *stmt, NewRows *out)
{
	const Node *query = stmt->query;
	if (!query || query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT || !stmt->into ||
		stmt->into->n_col_names || query->select_stmt->n_values_lists ||
		read_select(arena, query->select_stmt, out) != NEW_ROWS_READ || out->is_distinct)
		return NEW_ROWS_OTHER;
	const PgQuery__SelectStmt *select = query->select_stmt;
	for (size_t i = 0; i < select->n_target_list && !out->is_all; i++) {
		Str name = name_of(select->target_list[i]->res_target);
		if (!name.len)
			return NEW_ROWS_OTHER;
		*vec_add(arena, &out->columns) = str_copy(arena, name);
	}
	return NEW_ROWS_READ;
}

static NewRowsOutcome read_statement(Arena *arena, const Node *root, NewRows *out)
{
	switch ((int)root->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
		return read_create(arena, root->create_table_as_stmt, out);
	case PG_QUERY__NODE__NODE_INSERT_STMT:
		return read_insert(arena, root->insert_stmt, out);
	case PG_QUERY__NODE__NODE_UPDATE_STMT:
		return read_update(arena, root->update_stmt, out);
	case PG_QUERY__NODE__NODE_DELETE_STMT:
		return read_delete(arena, root->delete_stmt, out);
	default:
		return NEW_ROWS_OTHER;
	}
}

NewRowsOutcome new_rows_read(Arena *arena, Str statement, NewRows *out)
{
	ARENA_SCRATCH(scratch);
	Tree tree;
	TreeRefusal refusal;
	NewRowsOutcome outcome = NEW_ROWS_OTHER;
	*out = (NewRows){0};
	if (statement.len > PG_TREE_MAX)
		return NEW_ROWS_TOO_LONG;
	if (!pg_tree_parse(
		    &scratch, str_z(&scratch, statement), PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return NEW_ROWS_OTHER;
	if (tree.root)
		outcome = read_statement(arena, tree.root, out);
	pg_tree_free(&tree);
	return outcome;
}
