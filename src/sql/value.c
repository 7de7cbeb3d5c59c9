#include "sql/value.h"

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
