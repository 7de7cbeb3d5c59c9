#include "sql/query_tables.h"

#include "sql/pg_tree.h"

#define IS(message, type) ((message)->descriptor == &pg_query__##type##__descriptor)

typedef struct Range {
	PgQuery__RangeVar *range;
	PgQuery__RangeVar before; /* as the parser made it, to whom its parts belong */
} Range;

typedef struct Replacing {
	Arena *arena;
	const QueryTables *tables;
	VEC(Range) ranges; /* those that are replaced */
	Names rows; /* by which the columns of a query in FROM are named */
	Names queries; /* of WITH */
	size_t number;
	Buf with;
	bool is_impossible;
} Replacing;

/* ---- what is there ---- */

static void find_queries(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	if (IS(message, common_table_expr))
		*vec_add(replacing->arena, &replacing->queries) =
			str_from(((const PgQuery__CommonTableExpr *)message)->ctename);
}

static bool has(const Names *names, Str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->items[i], name))
			return true;
	return false;
}

static void replace(Replacing *replacing, PgQuery__RangeVar *range, Str columns)
{
	Arena *arena = replacing->arena;
	char none[] = "";
	Str name = str_format(arena, "promote_%zu", ++replacing->number);
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

static void enter_range(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	if (IS(message, range_subselect))
		enter_subquery(replacing, (const PgQuery__RangeSubselect *)message);
	if (!IS(message, range_var))
		return;
	PgQuery__RangeVar *range = (PgQuery__RangeVar *)(uintptr_t)message; /* our own tree's */
	ObjectName name = pg_tree_range(range);
	if (!name.schema.len && has(&replacing->queries, name.name))
		return;
	Str columns = replacing->tables->write(replacing->tables->context, name);
	if (columns.len)
		replace(replacing, range, columns);
}

/* ---- what a query of WITH cannot do ---- */

static bool is_whole_row(const Replacing *replacing, const PgQuery__ColumnRef *column)
{
	Str first = column->n_fields ? pg_tree_text(column->fields[0]) : (Str){0};
	return column->n_fields == 1 && has(&replacing->rows, first);
}

static void look_for_limits(void *context, const ProtobufCMessage *message)
{
	Replacing *replacing = context;
	replacing->is_impossible |= IS(message, range_table_sample);
	if (!IS(message, column_ref))
		return;
	const PgQuery__ColumnRef *column = (const PgQuery__ColumnRef *)message;
	replacing->is_impossible |= column->n_fields > 2 || is_whole_row(replacing, column);
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
	Str sql = replacing->is_impossible
			  ? (Str){0}
			  : pg_tree_select(replacing->arena, tree->root->select_stmt);
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
	if (sql.len > PG_TREE_MAX ||
		!pg_tree_parse(arena, str_z(arena, sql), PG_QUERY_PARSE_DEFAULT, &tree, &refusal))
		return (Str){0};
	bool is_query = tree.root && tree.root->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
	Str written = is_query ? write(&replacing, &tree) : (Str){0};
	pg_tree_free(&tree);
	return written;
}
