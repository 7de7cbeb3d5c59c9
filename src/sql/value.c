#include "sql/value.h"

static Str constant_of(const PgQuery__AConst *constant)
{
	if (constant->isnull)
		return STR("NULL");
	switch ((int)constant->val_case) {
	case PG_QUERY__A__CONST__VAL_IVAL:
		return STR("1");
	case PG_QUERY__A__CONST__VAL_SVAL:
		return STR("'");
	case PG_QUERY__A__CONST__VAL_BOOLVAL:
		return STR("true");
	default:
		return STR("?");
	}
}

static bool is_bare_call(const PgQuery__FuncCall *call)
{
	return !call->n_args && !call->agg_star && !call->over && !call->agg_filter;
}

static Str value_of(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
		return STR("DEFAULT");
	case PG_QUERY__NODE__NODE_A_CONST:
		return constant_of(node->a_const);
	case PG_QUERY__NODE__NODE_FUNC_CALL:
		return is_bare_call(node->func_call) ? STR("()") : STR("?");
	default:
		return STR("?");
	}
}

static bool merge_row(Arena *arena, const Node *row, bool is_first, Names *values)
{
	if (row->node_case != PG_QUERY__NODE__NODE_LIST ||
		(!is_first && row->list->n_items != values->count))
		return false;
	for (size_t i = 0; i < row->list->n_items; i++) {
		Str value = value_of(row->list->items[i]);
		if (is_first)
			*vec_add(arena, values) = value;
		else if (!str_equal(value, values->items[i]))
			values->items[i] = STR("?");
	}
	return true;
}

Names value_read_rows(Arena *arena, const PgQuery__SelectStmt *values)
{
	Names none = {0}, merged = {0};
	bool is_more = values->with_clause || values->n_sort_clause || values->limit_count ||
		       values->limit_offset;
	for (size_t i = 0; i < values->n_values_lists; i++)
		if (is_more || !merge_row(arena, values->values_lists[i], i == 0, &merged))
			return none;
	return merged;
}

Names value_read_targets(Arena *arena, Node **targets, size_t count)
{
	Names values = {0};
	for (size_t i = 0; i < count; i++) {
		bool is_target = targets[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET &&
				 targets[i]->res_target->val &&
				 !targets[i]->res_target->n_indirection;
		*vec_add(arena, &values) =
			is_target ? value_of(targets[i]->res_target->val) : STR("?");
	}
	return values;
}
