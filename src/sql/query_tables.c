#include "sql/query_tables.h"

#include "sql/pg_tree.h"

/* How the queries in the place of tables are named. */
#define OURS "promote_"

typedef struct Range {
	PgQuery__RangeVar *range;
	PgQuery__RangeVar before; /* as the parser made it, to whom its parts belong */
} Range;

typedef struct Replacing {
	Arena *arena;
	const QueryTables *tables;
	VEC(Range) ranges; /* those that are replaced */
	VEC(ObjectName) plain; /* all that have no alias */
	Names rows; /* by which the columns of a query in FROM are named */
	Names queries; /* of WITH */
	const PgQuery__ColumnRef *listed; /* the last one that is an item of a list by itself */
	size_t number;
	Buf with;
	bool is_impossible;
} Replacing;

/* ---- what is there ---- */

static void find_queries(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	if (PG_TREE_IS(message, common_table_expr))
		*vec_add(replacing->arena, &replacing->queries) =
			str_from(((const PgQuery__CommonTableExpr *)message)->ctename);
}

static void replace(Replacing *replacing, PgQuery__RangeVar *range, Str columns)
{
	Arena *arena = replacing->arena;
	char none[] = "";
	Str name = str_format(arena, OURS "%zu", ++replacing->number);
	PgQuery__Alias *alias = arena_new(arena, PgQuery__Alias);
	pg_query__alias__init(alias);
	alias->aliasname = range->relname;
	*vec_add(arena, &replacing->ranges) = (Range){.range = range, .before = *range};
	*vec_add(arena, &replacing->rows) =
		str_from(range->alias ? range->alias->aliasname : range->relname);
	buf_format(&replacing->with, "%s%.*s AS (%.*s)", replacing->number > 1 ? ", " : "",
		STR_ARG(name), STR_ARG(columns));
	range->relname = str_z(arena, name);
	range->schemaname = range->catalogname = str_z(arena, str_from(none));
	range->alias = range->alias ? range->alias : alias;
	range->inh = true;
}

/* What is not a table has rows of no type of its own. */
static void enter_subquery(Replacing *replacing, const PgQuery__RangeSubselect *query)
{
	if (query->alias)
		*vec_add(replacing->arena, &replacing->rows) = str_from(query->alias->aliasname);
}

/* Two tables of one name may stand beside each other as long as neither has an alias. */
static void note_range(Replacing *replacing, const PgQuery__RangeVar *range)
{
	Str name = str_from(range->relname), schema = str_from(range->schemaname);
	for (size_t i = 0; !range->alias && i < replacing->plain.count; i++)
		replacing->is_impossible |= str_equal(replacing->plain.items[i].name, name) &&
					    !str_equal(replacing->plain.items[i].schema, schema);
	if (!range->alias)
		*vec_add(replacing->arena, &replacing->plain) = (ObjectName){schema, name};
}

static void enter_range(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	if (PG_TREE_IS(message, range_subselect))
		enter_subquery(replacing, (const PgQuery__RangeSubselect *)message);
	if (!PG_TREE_IS(message, range_var))
		return;
	PgQuery__RangeVar *range = (PgQuery__RangeVar *)(uintptr_t)message; /* our own tree's */
	ObjectName name = pg_tree_range(range);
	note_range(replacing, range);
	bool may_be_query = !name.schema.len && names_have(&replacing->queries, name.name);
	Str columns = replacing->tables->write(replacing->tables->context, name);
	replacing->is_impossible |= may_be_query && columns.len;
	if (columns.len)
		replace(replacing, range, columns);
}

/* ---- what a query of WITH cannot do ---- */

static bool is_whole_row(const Replacing *replacing, const PgQuery__ColumnRef *column)
{
	Str first = column->n_fields ? pg_tree_text(column->fields[0]) : (Str){0};
	return column->n_fields == 1 && names_have(&replacing->rows, first);
}

static bool has_star(const PgQuery__ColumnRef *column)
{
	return column->n_fields &&
	       column->fields[column->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

/* "t.*" in a list is its columns, and anywhere else a row. */
static void enter_target(Replacing *replacing, const PgQuery__ResTarget *target)
{
	if (target->val && target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
		replacing->listed = target->val->column_ref;
}

static void look_for_limits(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	replacing->is_impossible |= PG_TREE_IS(message, range_table_sample);
	if (PG_TREE_IS(message, res_target))
		enter_target(replacing, (const PgQuery__ResTarget *)message);
	if (!PG_TREE_IS(message, column_ref))
		return;
	const PgQuery__ColumnRef *column = (const PgQuery__ColumnRef *)message;
	bool is_row =
		has_star(column) ? column != replacing->listed : is_whole_row(replacing, column);
	replacing->is_impossible |= column->n_fields > 2 || is_row;
}

/* ---- all ---- */

/* Behind the WITH that the query has, if it has one. */
static Str with_before(Arena *arena, Str with, Str sql)
{
	static const Str recursive = STR_INIT("WITH RECURSIVE "), plain = STR_INIT("WITH ");
	if (str_starts(sql, recursive))
		return str_format(arena, "WITH RECURSIVE %.*s, %.*s", STR_ARG(with),
			STR_ARG(str_skip(sql, recursive.len)));
	if (str_starts(sql, plain))
		return str_format(
			arena, "WITH %.*s, %.*s", STR_ARG(with), STR_ARG(str_skip(sql, plain.len)));
	return str_format(arena, "WITH %.*s %.*s", STR_ARG(with), STR_ARG(sql));
}

static Str write(Replacing *replacing, const Tree *tree)
{
	const ProtobufCMessage *root = &tree->root->base;
	pg_tree_walk(root, &(TreeVisitor){.enter = find_queries, .context = replacing});
	pg_tree_walk(root, &(TreeVisitor){.enter = enter_range, .context = replacing});
	pg_tree_walk(root, &(TreeVisitor){.enter = look_for_limits, .context = replacing});
	Str sql = {0};
	if (!replacing->is_impossible)
		sql = pg_tree_select(replacing->arena, tree->root->select_stmt);
	for (size_t i = 0; i < replacing->ranges.count; i++)
		*replacing->ranges.items[i].range = replacing->ranges.items[i].before;
	return sql.len && replacing->number
		       ? with_before(replacing->arena, buf_str(&replacing->with), sql)
		       : sql;
}

Str query_replace_tables(Arena *arena, Str sql, const QueryTables *tables)
{
	Tree tree;
	TreeRefusal refusal;
	Replacing replacing = {.arena = arena, .tables = tables, .with = buf_new(arena, SIZE_MAX)};
	if (sql.len > PG_TREE_MAX || str_contains(sql, STR(OURS)) ||
		!pg_tree_parse(arena, str_z(arena, sql), PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return (Str){0};
	bool is_query = tree.root && tree.root->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
	Str written = is_query ? write(&replacing, &tree) : (Str){0};
	pg_tree_free(&tree);
	return written;
}
