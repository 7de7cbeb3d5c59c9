#include "sql/uses.h"

#include "sql/value.h"

#include <string.h>

typedef struct UseReader {
	FactsBuilder *builder;
	size_t query_depth; /* only a query's relations are read */
	size_t first; /* use of this tree */
	VEC(const PgQuery__RangeVar *) targets; /* they are written */
	Names ctes;
	bool is_conditional; /* what is read from here on may not be run */
} UseReader;

static void add_use(UseReader *reader, UseKind kind, ObjectName name, int32_t location)
{
	FactsBuilder *b = reader->builder;
	Use use = {.kind = kind, .in_function = b->in_function, .name = name};
	if (location > 0 && !b->in_body)
		use.offset = (size_t)location;
	*vec_add(b->arena, &b->facts.uses) = use;
}

static bool is_query(const ProtobufCMessage *message)
{
	return PG_TREE_IS(message, select_stmt) || PG_TREE_IS(message, insert_stmt) ||
	       PG_TREE_IS(message, update_stmt) || PG_TREE_IS(message, delete_stmt) ||
	       PG_TREE_IS(message, merge_stmt);
}

static Action *add_write(UseReader *reader, ActionKind kind, const PgQuery__RangeVar *target)
{
	*vec_add(reader->builder->arena, &reader->targets) = target;
	Action *action = builder_add(reader->builder, kind, OBJECT_TABLE, pg_tree_range(target));
	action->options.only = target && !target->inh;
	builder_place(reader->builder, target ? target->location : 0);
	return action;
}

/* Of a[1] and a[2] the second has no name. */
static Names target_columns(Arena *arena, Node **targets, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++) {
		if (targets[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
			continue;
		Str name = str_from(targets[i]->res_target->name);
		bool is_part = targets[i]->res_target->n_indirection > 0;
		*vec_add(arena, &names) = !is_part || !names_have(&names, name) ? name : (Str){0};
	}
	return names;
}

/* a.b, a[1]: a column may then be named twice. */
static bool has_indirection(Node **targets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (targets[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET &&
			targets[i]->res_target->n_indirection)
			return true;
	return false;
}

static Names conflict_keys(Arena *arena, const PgQuery__InferClause *infer)
{
	Names keys = {0};
	for (size_t i = 0; i < infer->n_index_elems; i++)
		if (infer->index_elems[i]->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
			*vec_add(arena, &keys) = str_from(infer->index_elems[i]->index_elem->name);
	return keys;
}

/* a = EXCLUDED.a */
static bool is_copy(const Node *node, const Names *columns)
{
	if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET || !node->res_target->val ||
		node->res_target->val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return false;
	const PgQuery__ColumnRef *from = node->res_target->val->column_ref;
	Str name = str_from(node->res_target->name);
	bool is_same = from->n_fields == 2 &&
		       str_equal(pg_tree_text(from->fields[0]), STR("excluded")) &&
		       str_equal(pg_tree_text(from->fields[1]), name);
	for (size_t i = 0; is_same && i < columns->count; i++)
		if (str_equal(columns->items[i], name))
			return !node->res_target->n_indirection;
	return false;
}

static bool copies_excluded(const PgQuery__OnConflictClause *clause, const Names *columns)
{
	bool all = clause->n_target_list && !clause->where_clause;
	for (size_t i = 0; all && i < clause->n_target_list; i++)
		all = is_copy(clause->target_list[i], columns);
	return all;
}

static void take_conflict(Arena *arena, const PgQuery__OnConflictClause *clause, Action *action)
{
	if (!clause)
		return;
	action->options.updates_some = clause->where_clause != NULL;
	action->options.on_conflict = true;
	action->options.on_conflict_nothing =
		clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING;
	action->options.copies_excluded = copies_excluded(clause, &action->columns);
	if (!clause->infer)
		return;
	action->keys = conflict_keys(arena, clause->infer);
	action->name = str_from(clause->infer->conname);
	action->options.has_where = clause->infer->where_clause != NULL;
}

static void enter_insert(UseReader *reader, const PgQuery__InsertStmt *stmt)
{
	Arena *arena = reader->builder->arena;
	Action *action = add_write(reader, ACTION_INSERT, stmt->relation);
	action->columns = target_columns(arena, stmt->cols, stmt->n_cols);
	const Node *source = stmt->select_stmt;
	bool is_query = source && source->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
	bool is_values = is_query && source->select_stmt->n_values_lists;
	bool is_plain = !has_indirection(stmt->cols, stmt->n_cols);
	action->options.as_query = is_query && !is_values;
	if (is_plain && is_values)
		action->values = value_read_rows(arena, source->select_stmt);
	else if (is_plain && is_query)
		action->values = value_read_results(arena, source->select_stmt);
	action->options.takes_all =
		is_plain && is_query && !stmt->with_clause && value_takes_all(source->select_stmt);
	action->options.uneven_rows = is_values && value_are_uneven(source->select_stmt);
	action->options.overriding =
		stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE;
	action->options.overriding_system =
		stmt->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
	action->options.returning = stmt->n_returning_list > 0;
	take_conflict(arena, stmt->on_conflict_clause, action);
}

static void enter_update(UseReader *reader, const PgQuery__UpdateStmt *stmt)
{
	Action *action = add_write(reader, ACTION_UPDATE, stmt->relation);
	action->columns =
		target_columns(reader->builder->arena, stmt->target_list, stmt->n_target_list);
	action->options.has_where = stmt->where_clause != NULL;
	action->options.returning = stmt->n_returning_list > 0;
	action->values =
		value_read_targets(reader->builder->arena, stmt->target_list, stmt->n_target_list);
}

static void enter_delete(UseReader *reader, const PgQuery__DeleteStmt *stmt)
{
	Action *action = add_write(reader, ACTION_DELETE, stmt->relation);
	action->options.has_where = stmt->where_clause != NULL;
}

static void enter_range(UseReader *reader, const PgQuery__RangeVar *range)
{
	if (!reader->query_depth)
		return;
	for (size_t i = 0; i < reader->targets.count; i++)
		if (reader->targets.items[i] == range)
			return;
	add_use(reader, USE_TABLE, pg_tree_range(range), range->location);
}

static bool is_text(const Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
	       node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
}

/* What is in it may be evaluated for no row, or not at all. */
static bool is_condition(const ProtobufCMessage *message)
{
	if (PG_TREE_IS(message, case_expr) || PG_TREE_IS(message, bool_expr) ||
		PG_TREE_IS(message, coalesce_expr))
		return true;
	if (!PG_TREE_IS(message, select_stmt))
		return false;
	const PgQuery__SelectStmt *select = (const PgQuery__SelectStmt *)message;
	return select->where_clause || select->n_from_clause || select->having_clause ||
	       select->limit_count || select->limit_offset;
}

/* set_config() is SET by another name. */
static void add_set_config(UseReader *reader, const PgQuery__FuncCall *call)
{
	Action *action = builder_add(reader->builder, ACTION_SET, OBJECT_NONE, (ObjectName){0});
	action->name = pg_tree_constant(call->args[0]);
	action->expression = pg_tree_constant(call->args[1]);
	action->options.local = !pg_tree_is_boolean(call->args[2], false);
	action->options.unknown_value =
		reader->is_conditional || !action->name.len || !is_text(call->args[1]);
	builder_place(reader->builder, call->location);
}

/* "f(t.*)" is a column's name, too. */
static bool may_be_column(const PgQuery__FuncCall *call)
{
	if (call->n_args != 1 || call->args[0]->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return false;
	const PgQuery__ColumnRef *column = call->args[0]->column_ref;
	return column->n_fields > 1 &&
	       column->fields[column->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

static void enter_call(UseReader *reader, const PgQuery__FuncCall *call)
{
	ObjectName name = pg_tree_name(call->funcname, call->n_funcname);
	if (!may_be_column(call))
		add_use(reader, USE_FUNCTION, name, call->location);
	if (str_equal(name.name, STR("set_config")) && call->n_args == 3)
		add_set_config(reader, call);
}

/* OF names what FROM has. */
static void enter_locking(UseReader *reader, const PgQuery__LockingClause *clause)
{
	for (size_t i = 0; i < clause->n_locked_rels; i++)
		if (clause->locked_rels[i]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
			*vec_add(reader->builder->arena, &reader->targets) =
				clause->locked_rels[i]->range_var;
}

static void enter_type(UseReader *reader, const PgQuery__TypeName *type)
{
	ObjectName name = pg_tree_name(type->names, type->n_names);
	if (name.name.len && !str_equal(name.schema, STR("pg_catalog")))
		add_use(reader, USE_TYPE, name, type->location);
}

static void enter(void *context, const ProtobufCMessage *message)
{
	UseReader *reader = context;
	reader->query_depth += is_query(message);
	reader->is_conditional |= is_condition(message);
	if (PG_TREE_IS(message, range_var))
		enter_range(reader, (const PgQuery__RangeVar *)message);
	else if (PG_TREE_IS(message, func_call))
		enter_call(reader, (const PgQuery__FuncCall *)message);
	else if (PG_TREE_IS(message, type_name))
		enter_type(reader, (const PgQuery__TypeName *)message);
	else if (PG_TREE_IS(message, insert_stmt))
		enter_insert(reader, (const PgQuery__InsertStmt *)message);
	else if (PG_TREE_IS(message, update_stmt))
		enter_update(reader, (const PgQuery__UpdateStmt *)message);
	else if (PG_TREE_IS(message, delete_stmt))
		enter_delete(reader, (const PgQuery__DeleteStmt *)message);
	else if (PG_TREE_IS(message, merge_stmt))
		add_write(reader, ACTION_MERGE, ((const PgQuery__MergeStmt *)message)->relation);
	else if (PG_TREE_IS(message, into_clause))
		*vec_add(reader->builder->arena, &reader->targets) =
			((const PgQuery__IntoClause *)message)->rel;
	else if (PG_TREE_IS(message, locking_clause))
		enter_locking(reader, (const PgQuery__LockingClause *)message);
	else if (PG_TREE_IS(message, common_table_expr))
		*vec_add(reader->builder->arena, &reader->ctes) =
			str_from(((const PgQuery__CommonTableExpr *)message)->ctename);
}

static void leave(void *context, const ProtobufCMessage *message)
{
	UseReader *reader = context;
	reader->query_depth -= is_query(message);
}

static bool is_cte(const UseReader *reader, const Use *use)
{
	if (use->kind != USE_TABLE || use->name.schema.len)
		return false;
	for (size_t i = 0; i < reader->ctes.count; i++)
		if (str_equal(reader->ctes.items[i], use->name.name))
			return true;
	return false;
}

/* WITH comes after FROM in the tree: its names are taken out at the end. */
static void remove_ctes(UseReader *reader)
{
	Facts *facts = &reader->builder->facts;
	size_t kept = reader->first;
	for (size_t i = reader->first; i < facts->uses.count; i++)
		if (!is_cte(reader, &facts->uses.items[i]))
			facts->uses.items[kept++] = facts->uses.items[i];
	facts->uses.count = kept;
}

void uses_read(FactsBuilder *builder, const ProtobufCMessage *message)
{
	UseReader reader = {.builder = builder, .first = builder->facts.uses.count};
	pg_tree_walk(message, &(TreeVisitor){.enter = enter, .leave = leave, .context = &reader});
	remove_ctes(&reader);
}
