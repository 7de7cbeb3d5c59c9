#include "sql/value.h"

#include "sql/query_reader.h"

static ValueKind constant_of(const PgQuery__AConst *constant)
{
	if (constant->isnull)
		return VALUE_NULL;
	switch ((int)constant->val_case) {
	case PG_QUERY__A__CONST__VAL_IVAL:
		return VALUE_INTEGER;
	case PG_QUERY__A__CONST__VAL_SVAL:
		return VALUE_TEXT;
	case PG_QUERY__A__CONST__VAL_BOOLVAL:
		return VALUE_BOOLEAN;
	default:
		return VALUE_OTHER;
	}
}

static bool is_bare_call(const PgQuery__FuncCall *call)
{
	return !call->n_args && !call->agg_star && !call->over && !call->agg_filter;
}

static ValueKind value_of(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
		return VALUE_DEFAULT;
	case PG_QUERY__NODE__NODE_A_CONST:
		return constant_of(node->a_const);
	case PG_QUERY__NODE__NODE_FUNC_CALL:
		return is_bare_call(node->func_call) ? VALUE_CALL : VALUE_OTHER;
	default:
		return VALUE_OTHER;
	}
}

static bool merge_row(Arena *arena, const Node *row, bool is_first, ValueKinds *values)
{
	if (row->node_case != PG_QUERY__NODE__NODE_LIST ||
		(!is_first && row->list->n_items != values->count))
		return false;
	for (size_t i = 0; i < row->list->n_items; i++) {
		if (query_has_star(row->list->items[i]))
			return false;
		ValueKind value = value_of(row->list->items[i]);
		if (is_first)
			*vec_add(arena, values) = value;
		else if (value != values->items[i])
			values->items[i] = VALUE_OTHER;
	}
	return true;
}

ValueKinds value_read_rows(Arena *arena, const PgQuery__SelectStmt *values)
{
	ValueKinds none = {0}, merged = {0};
	bool is_more = values->with_clause || values->n_sort_clause || values->limit_count ||
		       values->limit_offset;
	for (size_t i = 0; i < values->n_values_lists; i++)
		if (is_more || !merge_row(arena, values->values_lists[i], i == 0, &merged))
			return none;
	return merged;
}

static bool is_plain_row(const PgQuery__List *row)
{
	for (size_t i = 0; i < row->n_items; i++)
		if (row->items[i]->node_case != PG_QUERY__NODE__NODE_A_CONST &&
			row->items[i]->node_case != PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
			return false;
	return true;
}

bool value_are_uneven(const PgQuery__SelectStmt *values)
{
	for (size_t i = 0; i < values->n_values_lists; i++) {
		const Node *row = values->values_lists[i];
		if (row->node_case != PG_QUERY__NODE__NODE_LIST || !is_plain_row(row->list))
			return false;
		if (row->list->n_items != values->values_lists[0]->list->n_items)
			return !values->with_clause;
	}
	return false;
}

/* Up to the first *, which may be none. */
ValueKinds value_read_results(Arena *arena, const PgQuery__SelectStmt *select)
{
	ValueKinds values = {0};
	while (select->larg)
		select = select->larg;
	for (size_t i = 0; i < select->n_target_list; i++) {
		const Node *target = select->target_list[i];
		if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
			!target->res_target->val || query_has_star(target->res_target->val))
			break;
		*vec_add(arena, &values) = VALUE_OTHER;
	}
	return values;
}

bool value_takes_all(const PgQuery__SelectStmt *select)
{
	const Node *target = select->n_target_list == 1 ? select->target_list[0] : NULL;
	const Node *value = target && target->node_case == PG_QUERY__NODE__NODE_RES_TARGET
				    ? target->res_target->val
				    : NULL;
	return value && value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
	       value->column_ref->n_fields == 1 && query_has_star(value) &&
	       select->n_from_clause == 1 && !select->with_clause &&
	       select->from_clause[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR;
}

ValueKinds value_read_targets(Arena *arena, Node **targets, size_t count)
{
	ValueKinds values = {0};
	for (size_t i = 0; i < count; i++) {
		bool is_target = targets[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET &&
				 targets[i]->res_target->val &&
				 !targets[i]->res_target->n_indirection;
		*vec_add(arena, &values) =
			is_target ? value_of(targets[i]->res_target->val) : VALUE_OTHER;
	}
	return values;
}
