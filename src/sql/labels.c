#include "sql/labels.h"

#include "sql/lex.h"
#include "sql/pg_tree.h"

#include <string.h>
#include <strings.h>

enum {
	LABELS_MAX = 4096 /* bytes of a text: what is longer may nest deeper than the stack */
};

typedef struct Reader {
	Arena *arena;
	LabelUses *out;
	size_t first; /* use of this tree */
	bool in_body; /* of a function, as text */
	VEC(const PgQuery__RangeVar *) own; /* what is made, not read */
	ObjectName table; /* the one of the statement */
	size_t tables; /* different ones */
} Reader;

static const PgQuery__AConst *text_of(const Node *node)
{
	bool is_text = node && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
		       node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
	return is_text ? node->a_const : NULL;
}

static LabelUse *add_text(Reader *reader, const PgQuery__AConst *text)
{
	LabelUse *use = vec_add(reader->arena, reader->out);
	*use = (LabelUse){.label = str_copy(reader->arena, str_from(text->sval->sval)),
		.is_sure = !reader->in_body};
	if (text->location > 0 && !reader->in_body)
		use->offset = (size_t)text->location;
	return use;
}

static ObjectName copy_name(Arena *arena, ObjectName name)
{
	return (ObjectName){str_copy(arena, name.schema), str_copy(arena, name.name)};
}

/* ---- casts ---- */

static void enter_cast(Reader *reader, const PgQuery__TypeCast *cast)
{
	const PgQuery__AConst *text = text_of(cast->arg);
	const PgQuery__TypeName *type = cast->type_name;
	if (text && type && !type->n_array_bounds && !type->n_typmods)
		add_text(reader, text)->type =
			copy_name(reader->arena, pg_tree_name(type->names, type->n_names));
}

/* ---- comparisons ---- */

static Str column_of(const Node *node)
{
	if (!node || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
		return (Str){0};
	const PgQuery__ColumnRef *column = node->column_ref;
	return column->n_fields ? pg_tree_text(column->fields[column->n_fields - 1]) : (Str){0};
}

static void add_compared(Reader *reader, Str column, const Node *value)
{
	const PgQuery__AConst *text = text_of(value);
	if (text)
		add_text(reader, text)->column = str_copy(reader->arena, column);
}

static bool compares(const PgQuery__AExpr *expression)
{
	static const Str operators[] = {STR_INIT("="), STR_INIT("<>"), STR_INIT("<"), STR_INIT(">"),
		STR_INIT("<="), STR_INIT(">=")};
	bool is_kind = expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
		       expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN ||
		       expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT ||
		       expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
	if (!is_kind || expression->n_name != 1)
		return false;
	return STR_IS_AMONG(pg_tree_text(expression->name[0]), operators);
}

static void enter_expression(Reader *reader, const PgQuery__AExpr *expression)
{
	Str left = column_of(expression->lexpr), right = column_of(expression->rexpr);
	if (!compares(expression))
		return;
	if (right.len)
		add_compared(reader, right, expression->lexpr);
	if (!left.len || !expression->rexpr)
		return;
	if (expression->rexpr->node_case != PG_QUERY__NODE__NODE_LIST) {
		add_compared(reader, left, expression->rexpr);
		return;
	}
	for (size_t i = 0; i < expression->rexpr->list->n_items; i++)
		add_compared(reader, left, expression->rexpr->list->items[i]);
}

/* ---- what is stored ---- */

static void add_stored(
	Reader *reader, const PgQuery__RangeVar *table, const Node *value, Str column, size_t index)
{
	const PgQuery__AConst *text = text_of(value);
	if (!text)
		return;
	LabelUse *use = add_text(reader, text);
	use->table = copy_name(reader->arena, pg_tree_range(table));
	use->column = str_copy(reader->arena, column);
	use->index = index;
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

static void add_row(Reader *reader, const PgQuery__InsertStmt *stmt, Node **values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const PgQuery__ResTarget *target = target_of(values[i]);
		Str column = i < stmt->n_cols ? name_of(target_of(stmt->cols[i])) : (Str){0};
		if (!stmt->n_cols || column.len)
			add_stored(reader, stmt->relation, target ? target->val : values[i], column,
				i);
	}
}

static void enter_insert(Reader *reader, const PgQuery__InsertStmt *stmt)
{
	const Node *source = stmt->select_stmt;
	if (!source || source->node_case != PG_QUERY__NODE__NODE_SELECT_STMT || !stmt->relation)
		return;
	const PgQuery__SelectStmt *select = source->select_stmt;
	for (size_t i = 0; i < select->n_values_lists; i++)
		if (select->values_lists[i]->node_case == PG_QUERY__NODE__NODE_LIST)
			add_row(reader, stmt, select->values_lists[i]->list->items,
				select->values_lists[i]->list->n_items);
	if (!select->larg && !select->n_values_lists)
		add_row(reader, stmt, select->target_list, select->n_target_list);
}

static void enter_update(Reader *reader, const PgQuery__UpdateStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_target_list; i++) {
		const PgQuery__ResTarget *target = target_of(stmt->target_list[i]);
		Str column = name_of(target);
		if (column.len && stmt->relation)
			add_stored(reader, stmt->relation, target->val, column, 0);
	}
}

/* ---- tables ---- */

static void enter_range(Reader *reader, const PgQuery__RangeVar *range)
{
	ObjectName name = pg_tree_range(range);
	for (size_t i = 0; i < reader->own.count; i++)
		if (reader->own.items[i] == range)
			return;
	bool is_same = reader->tables && str_equal(name.name, reader->table.name) &&
		       str_equal(name.schema, reader->table.schema);
	reader->tables += !is_same;
	reader->table = name;
}

static void enter_message(void *context, const ProtobufCMessage *message)
{
	Reader *reader = context;
	if (PG_TREE_IS(message, type_cast))
		enter_cast(reader, (const PgQuery__TypeCast *)message);
	else if (PG_TREE_IS(message, a__expr))
		enter_expression(reader, (const PgQuery__AExpr *)message);
	else if (PG_TREE_IS(message, insert_stmt))
		enter_insert(reader, (const PgQuery__InsertStmt *)message);
	else if (PG_TREE_IS(message, update_stmt))
		enter_update(reader, (const PgQuery__UpdateStmt *)message);
	else if (PG_TREE_IS(message, view_stmt))
		*vec_add(reader->arena, &reader->own) = ((const PgQuery__ViewStmt *)message)->view;
	else if (PG_TREE_IS(message, into_clause))
		*vec_add(reader->arena, &reader->own) = ((const PgQuery__IntoClause *)message)->rel;
	else if (PG_TREE_IS(message, range_subselect) || PG_TREE_IS(message, common_table_expr) ||
		 PG_TREE_IS(message, range_function))
		reader->tables++; /* its columns are not looked into */
	else if (PG_TREE_IS(message, range_var))
		enter_range(reader, (const PgQuery__RangeVar *)message);
}

/* Which table a column is of is known where there is but one. */
static void place_columns(Reader *reader)
{
	for (size_t i = reader->first; i < reader->out->count; i++) {
		LabelUse *use = &reader->out->items[i];
		if (use->type.name.len || use->table.name.len)
			continue;
		if (reader->tables == 1)
			use->table = copy_name(reader->arena, reader->table);
		else
			use->is_sure = false;
	}
}

static void read_tree(Arena *arena, const ProtobufCMessage *message, bool in_body, LabelUses *out)
{
	Reader reader = {.arena = arena, .out = out, .first = out->count, .in_body = in_body};
	pg_tree_walk(message, &(TreeVisitor){.enter = enter_message, .context = &reader});
	place_columns(&reader);
}

/* ---- bodies ---- */

/* A body in SQL is parsed with the function, unless check_function_bodies is off. PL/pgSQL's is
 * not. */
static void read_body(Arena *arena, const PgQuery__CreateFunctionStmt *stmt, LabelUses *out)
{
	Str language = pg_tree_option_text(stmt->options, stmt->n_options, "language");
	Str body = pg_tree_option_text(stmt->options, stmt->n_options, "as");
	Tree tree;
	TreeRefusal refusal;
	bool is_sql = language.len == 3 && strncasecmp(language.ptr, "sql", 3) == 0;
	if (!is_sql || !body.len || body.len > LABELS_MAX ||
		!pg_tree_parse(arena, str_z(arena, body), PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return;
	read_tree(arena, &tree.result->base, true, out);
	pg_tree_free(&tree);
}

/* Of a block: which branch is taken is not known. */
static void read_block(Arena *arena, Str statement, LabelUses *out)
{
	Str body = lex_longest_string(statement), tag, token;
	if (!str_starts(body, STR("$")))
		return;
	body = str_skip(body, 1);
	str_next(&body, '$', &tag);
	Lexer lexer = {.text = body};
	while (lex_next(&lexer, &token) != LEX_END)
		if (token.len > 2 && str_starts(token, STR("'")) && str_ends(token, STR("'")))
			*vec_add(arena, out) =
				(LabelUse){.label = str_copy(arena,
						   str_head(str_skip(token, 1), token.len - 2))};
}

void labels_read(Arena *arena, Str statement, LabelUses *out)
{
	Tree tree;
	TreeRefusal refusal;
	if (statement.len > LABELS_MAX || !pg_tree_parse(arena, str_z(arena, statement),
						  PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return;
	if (tree.root && tree.root->node_case == PG_QUERY__NODE__NODE_DO_STMT)
		read_block(arena, statement, out);
	else
		read_tree(arena, &tree.result->base, false, out);
	if (tree.root && tree.root->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT)
		read_body(arena, tree.root->create_function_stmt, out);
	pg_tree_free(&tree);
}
