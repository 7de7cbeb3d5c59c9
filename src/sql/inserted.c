#include "sql/inserted.h"

#include "sql/pg_tree.h"

/* What reg… reads depends on the search path. */
static bool is_plain_type(const PgQuery__TypeName *type)
{
	ObjectName name = pg_tree_name(type->names, type->n_names);
	bool is_own = !name.schema.len || str_equal(name.schema, STR("pg_catalog"));
	return name.name.len && type->n_names <= 2 && is_own && !type->setof && !type->pct_type &&
	       !str_starts(name.name, STR("reg"));
}

static InsertedKind kind_of(const Node *node)
{
	enum {
		CASTS_MAX = 4
	};
	for (size_t i = 0; node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST; i++) {
		if (i == CASTS_MAX || !node->type_cast->type_name ||
			!is_plain_type(node->type_cast->type_name))
			return INSERTED_EXPRESSION;
		node = node->type_cast->arg;
	}
	if (node && node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
		return INSERTED_DEFAULT;
	if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST)
		return INSERTED_EXPRESSION;
	if (node->a_const->isnull)
		return INSERTED_NULL;
	return node->a_const->val_case == PG_QUERY__A__CONST__VAL_BSVAL ? INSERTED_EXPRESSION
									: INSERTED_CONSTANT;
}

static void read_value(Arena *arena, Node *node, InsertedRow *row)
{
	InsertedValue value = {.kind = kind_of(node)};
	value.is_cast = node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST;
	value.is_integer = node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
			   node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL;
	if (value.kind == INSERTED_CONSTANT)
		value.sql = pg_tree_expression(arena, node);
	if (value.kind == INSERTED_CONSTANT && !value.sql.len)
		value.kind = INSERTED_EXPRESSION;
	*vec_add(arena, &row->values) = value;
}

/* "(pair).*" is more than one value. */
static bool is_one(const Node *node)
{
	return node->node_case != PG_QUERY__NODE__NODE_A_INDIRECTION &&
	       node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF;
}

static bool read_row(Arena *arena, const Node *node, Inserted *out)
{
	if (node->node_case != PG_QUERY__NODE__NODE_LIST)
		return false;
	const PgQuery__List *list = node->list;
	InsertedRow *row = vec_add(arena, &out->rows);
	for (size_t i = 0; i < list->n_items; i++) {
		if (!is_one(list->items[i]))
			return false;
		read_value(arena, list->items[i], row);
	}
	return (!out->columns.count || row->values.count == out->columns.count) &&
	       row->values.count == out->rows.items[0].values.count;
}

static bool read_columns(Arena *arena, const PgQuery__InsertStmt *stmt, Inserted *out)
{
	for (size_t i = 0; i < stmt->n_cols; i++) {
		const Node *node = stmt->cols[i];
		if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
			node->res_target->n_indirection)
			return false;
		*vec_add(arena, &out->columns) = str_copy(arena, str_from(node->res_target->name));
	}
	return true;
}

static InsertedOutcome read_statement(Arena *arena, const PgQuery__InsertStmt *stmt, Inserted *out)
{
	const Node *source = stmt->select_stmt;
	if (stmt->with_clause || !source || source->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		return INSERTED_OTHER;
	const PgQuery__SelectStmt *values = source->select_stmt;
	bool is_more = values->with_clause || values->n_sort_clause || values->limit_count ||
		       values->limit_offset || values->n_locking_clause;
	if (!values->n_values_lists || is_more || !read_columns(arena, stmt, out))
		return INSERTED_OTHER;
	if (values->n_values_lists > INSERTED_ROWS_MAX)
		return INSERTED_TOO_LONG;
	for (size_t i = 0; i < values->n_values_lists; i++)
		if (!read_row(arena, values->values_lists[i], out))
			return INSERTED_OTHER;
	out->overrides_system =
		stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
	out->overrides_user = stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE;
	return INSERTED_READ;
}

InsertedOutcome inserted_read(Arena *arena, Str statement, Inserted *out)
{
	ARENA_SCRATCH(scratch);
	Tree tree;
	TreeRefusal refusal;
	InsertedOutcome outcome = INSERTED_OTHER;
	*out = (Inserted){0};
	if (statement.len > PG_TREE_MAX)
		return INSERTED_TOO_LONG;
	if (!pg_tree_parse(
		    &scratch, str_z(&scratch, statement), PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return INSERTED_OTHER;
	if (tree.root && tree.root->node_case == PG_QUERY__NODE__NODE_INSERT_STMT)
		outcome = read_statement(arena, tree.root->insert_stmt, out);
	pg_tree_free(&tree);
	return outcome;
}
