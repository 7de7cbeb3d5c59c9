#define _GNU_SOURCE /* strncasecmp */
#include "sql/sql.h"

#include "sql/idempotent.h"

#include <pg_query.h>
#include <pg_query.pb-c.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Below this length a statement cannot nest deeply enough to exhaust a common stack: the
	 * worst case, `1+1+…`, takes two bytes and about 700 bytes of stack a level. */
	SHORT_ENOUGH = 4096,
	LARGE_STACK = 256 * 1024 * 1024, /* committed only as far as it is touched */
	/* PostgreSQL's lexer takes time that grows with the square of nested comments. */
	COMMENTS_MAX = 2000,
	/* Packing a tree takes time that grows with the square of its depth. */
	TREE_MAX = 16 * 1024,
};

typedef PgQuery__Node Node;

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static Str skip_comment(Str s)
{
	size_t depth = 0, i = 0;
	if (s.ptr[0] == '-') {
		while (i < s.len && s.ptr[i] != '\n' && s.ptr[i] != '\r')
			i++;
		return str_skip(s, i);
	}
	do {
		Str here = str_skip(s, i);
		bool opens = str_starts(here, STR("/*")), closes = str_starts(here, STR("*/"));
		depth += opens;
		depth -= closes;
		i += opens || closes ? 2 : 1;
	} while (depth && i < s.len);
	return str_skip(s, i);
}

Str sql_word(Arena *arena, Str *rest)
{
	Str s = str_trim(*rest);
	while (str_starts(s, STR("--")) || str_starts(s, STR("/*")))
		s = str_trim(skip_comment(s));
	size_t end = 0;
	while (end < s.len && is_word_char(s.ptr[end]))
		end++;
	*rest = str_skip(s, end);
	char *word = str_z(arena, str_head(s, end));
	for (size_t i = 0; i < end; i++)
		if (word[i] >= 'A' && word[i] <= 'Z')
			word[i] = (char)(word[i] - 'A' + 'a');
	return (Str){word, end};
}

/* Statements whose tree has to be looked at; all others run in a transaction block. A superset is
 * enough: the tree decides. */
static bool is_candidate(Str statement)
{
	static const struct {
		Str first, second; /* second empty: any */
	} table[] = {
		{STR_INIT("create"), STR_INIT("index")},
		{STR_INIT("create"), STR_INIT("unique")},
		{STR_INIT("create"), STR_INIT("database")},
		{STR_INIT("create"), STR_INIT("tablespace")},
		{STR_INIT("create"), STR_INIT("subscription")},
		{STR_INIT("drop"), STR_INIT("index")},
		{STR_INIT("drop"), STR_INIT("database")},
		{STR_INIT("drop"), STR_INIT("tablespace")},
		{STR_INIT("drop"), STR_INIT("subscription")},
		{STR_INIT("alter"), STR_INIT("table")},
		{STR_INIT("alter"), STR_INIT("system")},
		{STR_INIT("alter"), STR_INIT("database")},
		{STR_INIT("alter"), STR_INIT("subscription")},
		{STR_INIT("reindex"), STR_INIT("")},
		{STR_INIT("vacuum"), STR_INIT("")},
		{STR_INIT("cluster"), STR_INIT("")},
		{STR_INIT("discard"), STR_INIT("")},
		{STR_INIT("do"), STR_INIT("")},
		{STR_INIT("begin"), STR_INIT("")},
		{STR_INIT("start"), STR_INIT("")},
		{STR_INIT("commit"), STR_INIT("")},
		{STR_INIT("end"), STR_INIT("")},
		{STR_INIT("abort"), STR_INIT("")},
		{STR_INIT("rollback"), STR_INIT("")},
		{STR_INIT("prepare"), STR_INIT("")},
		{STR_INIT("copy"), STR_INIT("")},
		{STR_INIT("set"), STR_INIT("")},
		{STR_INIT("reset"), STR_INIT("")},
	};
	ARENA_SCRATCH(scratch);
	Str first = sql_word(&scratch, &statement), second = sql_word(&scratch, &statement);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(first, table[i].first) &&
			(!table[i].second.len || str_equal(second, table[i].second)))
			return true;
	return false;
}

static bool is_off(const char *word)
{
	return strcasecmp(word, "false") == 0 || strcasecmp(word, "off") == 0;
}

/* A word that is no keyword is a type's name to the grammar. */
static bool is_true(const Node *value)
{
	switch ((int)value->node_case) {
	case PG_QUERY__NODE__NODE_BOOLEAN:
		return value->boolean->boolval != 0;
	case PG_QUERY__NODE__NODE_INTEGER:
		return value->integer->ival != 0;
	case PG_QUERY__NODE__NODE_STRING:
		return !is_off(value->string->sval);
	case PG_QUERY__NODE__NODE_TYPE_NAME:
		return value->type_name->n_names != 1 ||
		       value->type_name->names[0]->node_case != PG_QUERY__NODE__NODE_STRING ||
		       !is_off(value->type_name->names[0]->string->sval);
	default:
		return true;
	}
}

/* An option of a list: -1 if it is not there, else its boolean value (no value means true). The
 * last one of a name counts. */
static int option_value(Node **options, size_t count, const char *name)
{
	for (size_t i = count; i-- > 0;)
		if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
			strcmp(options[i]->def_elem->defname, name) == 0)
			return !options[i]->def_elem->arg || is_true(options[i]->def_elem->arg);
	return -1;
}

static bool has_option(Node **options, size_t count, const char *name)
{
	return option_value(options, count, name) > 0;
}

static SqlClass transaction_class(const PgQuery__TransactionStmt *stmt, StatementKind *kind)
{
	switch ((int)stmt->kind) {
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
		return stmt->n_options ? SQL_BEGIN_WITH_OPTIONS : SQL_BEGIN;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
		*kind = stmt->chain ? STATEMENT_COMMIT_AND_CHAIN : STATEMENT_OTHER;
		return stmt->chain ? SQL_CONTROL : SQL_COMMIT;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
		*kind = STATEMENT_ROLLBACK;
		return SQL_CONTROL;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
		*kind = STATEMENT_PREPARE_TRANSACTION;
		return SQL_CONTROL;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
		*kind = STATEMENT_COMMIT_PREPARED;
		return SQL_NO_BLOCK;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
		*kind = STATEMENT_ROLLBACK_PREPARED;
		return SQL_NO_BLOCK;
	default: /* savepoints */
		return SQL_PLAIN;
	}
}

static bool detaches_concurrently(const PgQuery__AlterTableStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_cmds; i++) {
		if (stmt->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
			continue;
		const PgQuery__AlterTableCmd *cmd = stmt->cmds[i]->alter_table_cmd;
		if (cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition && cmd->def &&
			cmd->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
			cmd->def->partition_cmd->concurrent)
			return true;
	}
	return false;
}

/* CONCURRENTLY in front of the name is an option like those in parentheses. */
static bool is_concurrent(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		return node->index_stmt->concurrent;
	case PG_QUERY__NODE__NODE_DROP_STMT:
		return node->drop_stmt->concurrent;
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
		return has_option(
			node->reindex_stmt->params, node->reindex_stmt->n_params, "concurrently");
	default:
		return false;
	}
}

static bool is_reindex_alone(const PgQuery__ReindexStmt *stmt)
{
	return has_option(stmt->params, stmt->n_params, "concurrently") ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE;
}

/* A slot is made unless `connect` or `create_slot` says no (manual, CREATE SUBSCRIPTION). */
static bool creates_slot(const PgQuery__CreateSubscriptionStmt *stmt)
{
	return option_value(stmt->options, stmt->n_options, "create_slot") != 0 &&
	       option_value(stmt->options, stmt->n_options, "connect") != 0;
}

static bool is_subscription_refresh(const PgQuery__AlterSubscriptionStmt *stmt)
{
	switch ((int)stmt->kind) {
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
		return true;
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
		return option_value(stmt->options, stmt->n_options, "refresh") != 0;
	default:
		return false;
	}
}

/* plpgsql's own parser tells whether a DO block ends the transaction. A quote inside a JSON string
 * is escaped, so these names stand unescaped for a node only. */
static bool commits(const char *statement)
{
	PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(statement);
	bool found = result.plpgsql_funcs &&
		     (strstr(result.plpgsql_funcs, "{\"PLpgSQL_stmt_commit\":") ||
			     strstr(result.plpgsql_funcs, "{\"PLpgSQL_stmt_rollback\":"));
	pg_query_free_plpgsql_parse_result(result);
	return found;
}

static bool mentions(const char *text, const char *word)
{
	size_t length = strlen(word);
	for (; *text; text++)
		if (strncasecmp(text, word, length) == 0)
			return true;
	return false;
}

static SqlClass copy_class(const PgQuery__CopyStmt *stmt, StatementKind *kind)
{
	if (stmt->filename[0] || stmt->is_program)
		return SQL_PLAIN;
	*kind = stmt->is_from ? STATEMENT_COPY_FROM_STDIN : STATEMENT_COPY_TO_STDOUT;
	return SQL_COPY;
}

/* One that has a form which runs in a transaction block, too, is of the same kind there, but where
 * the kind's name says CONCURRENTLY or the like. */
static SqlClass no_block_if(bool alone, StatementKind name, StatementKind *kind)
{
	static const bool is_named_for_all[] = {
		[STATEMENT_REINDEX] = true, [STATEMENT_VACUUM] = true, [STATEMENT_CLUSTER] = true};
	bool named = alone || (name < sizeof is_named_for_all && is_named_for_all[name]);
	*kind = named ? name : STATEMENT_OTHER;
	return alone ? SQL_NO_BLOCK : SQL_PLAIN;
}

/* The statements that call PreventInTransactionBlock in PostgreSQL's source, by node. What depends
 * on the object (a partitioned table) is found out when the server answers 25001. */
static SqlClass classify(const Node *node, const char *text, StatementKind *kind)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
		return transaction_class(node->transaction_stmt, kind);
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		return no_block_if(
			node->index_stmt->concurrent, STATEMENT_CREATE_INDEX_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_DROP_STMT:
		return no_block_if(
			node->drop_stmt->concurrent, STATEMENT_DROP_INDEX_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
		return no_block_if(is_reindex_alone(node->reindex_stmt), STATEMENT_REINDEX, kind);
	case PG_QUERY__NODE__NODE_VACUUM_STMT:
		return no_block_if(node->vacuum_stmt->is_vacuumcmd, STATEMENT_VACUUM, kind);
	case PG_QUERY__NODE__NODE_CLUSTER_STMT:
		return no_block_if(!node->cluster_stmt->relation, STATEMENT_CLUSTER, kind);
	case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
		return no_block_if(true, STATEMENT_ALTER_SYSTEM, kind);
	case PG_QUERY__NODE__NODE_CREATEDB_STMT:
		return no_block_if(true, STATEMENT_CREATE_DATABASE, kind);
	case PG_QUERY__NODE__NODE_DROPDB_STMT:
		return no_block_if(true, STATEMENT_DROP_DATABASE, kind);
	case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
		return no_block_if(has_option(node->alter_database_stmt->options,
					   node->alter_database_stmt->n_options, "tablespace"),
			STATEMENT_ALTER_DATABASE_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
		return no_block_if(true, STATEMENT_CREATE_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
		return no_block_if(true, STATEMENT_DROP_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
		return no_block_if(creates_slot(node->create_subscription_stmt),
			STATEMENT_CREATE_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
		return no_block_if(true, STATEMENT_DROP_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
		return no_block_if(is_subscription_refresh(node->alter_subscription_stmt),
			STATEMENT_REFRESH_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
		return no_block_if(detaches_concurrently(node->alter_table_stmt),
			STATEMENT_DETACH_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_DISCARD_STMT:
		return no_block_if(
			node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL,
			STATEMENT_DISCARD_ALL, kind);
	case PG_QUERY__NODE__NODE_DO_STMT:
		return no_block_if(
			(mentions(text, "commit") || mentions(text, "rollback")) && commits(text),
			STATEMENT_DO_COMMITS, kind);
	case PG_QUERY__NODE__NODE_COPY_STMT:
		return copy_class(node->copy_stmt, kind);
	default:
		return SQL_PLAIN;
	}
}

static bool is_none(const PgQuery__VariableSetStmt *stmt)
{
	const Node *value = stmt->n_args == 1 ? stmt->args[0] : NULL;
	return value && value->node_case == PG_QUERY__NODE__NODE_A_CONST &&
	       value->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL &&
	       strcmp(value->a_const->sval->sval, "none") == 0;
}

/* RESET ROLE, SET ROLE NONE, RESET SESSION AUTHORIZATION, DISCARD ALL, and other spellings. */
static bool drops_role(const Node *node)
{
	if (node->node_case == PG_QUERY__NODE__NODE_DISCARD_STMT)
		return node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL;
	if (node->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT)
		return false;
	const PgQuery__VariableSetStmt *stmt = node->variable_set_stmt;
	bool role = strcmp(stmt->name, "role") == 0;
	bool is_default = stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
			  stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT;
	return (role || strcmp(stmt->name, "session_authorization") == 0) &&
	       (is_default || (role && is_none(stmt)));
}

typedef struct Examination {
	Arena *arena;
	const char *text;
	bool candidate;
	SqlFinding *finding;
	SqlOutcome outcome;
	bool is_idempotent; /* of one whose tree was looked at */
} Examination;

/* Bison's limit (a message may go on with text of the statement), hit by nested parentheses and
 * sub-selects; the server has the same. */
static bool is_too_deep(const char *message)
{
	return str_starts(str_from(message), STR("memory exhausted")) ||
	       str_starts(str_from(message), STR("stack depth limit exceeded"));
}

static void parse(Examination *e)
{
	PgQuerySplitResult result = pg_query_split_with_parser(e->text);
	e->outcome = SQL_VALID;
	if (result.error && is_too_deep(result.error->message)) {
		e->outcome = SQL_NOT_EXAMINED;
	} else if (result.error) {
		e->outcome = SQL_INVALID;
		e->finding->message = str_copy(e->arena, str_from(result.error->message));
		if (result.error->cursorpos > 0)
			e->finding->position = (size_t)result.error->cursorpos;
	} else if (result.n_stmts > 1) {
		e->outcome = SQL_INVALID;
		e->finding->message = STR("this is more than one statement");
	} else if (result.n_stmts == 0) {
		e->finding->class = SQL_EMPTY;
	}
	pg_query_free_split_result(result);
}

static void look_at_tree(Examination *e)
{
	PgQueryProtobufParseResult result = pg_query_parse_protobuf(e->text);
	PgQuery__ParseResult *tree = NULL;
	if (!result.error)
		tree = pg_query__parse_result__unpack(
			NULL, result.parse_tree.len, (const uint8_t *)result.parse_tree.data);
	if (tree && tree->n_stmts && tree->stmts[0]->stmt) {
		const Node *node = tree->stmts[0]->stmt;
		e->finding->class = classify(node, e->text, &e->finding->kind);
		e->finding->is_concurrent = is_concurrent(node);
		e->finding->drops_role = drops_role(node);
		e->is_idempotent = idempotent_node(node);
	}
	if (tree)
		pg_query__parse_result__free_unpacked(tree, NULL);
	pg_query_free_protobuf_parse_result(result);
}

/* A DO block is one literal to the parser, and never deep. */
static bool has_small_tree(const char *text)
{
	ARENA_SCRATCH(scratch);
	Str rest = str_from(text);
	return rest.len <= TREE_MAX || str_equal(sql_word(&scratch, &rest), STR("do"));
}

static void *examine(void *examination)
{
	Examination *e = examination;
	parse(e);
	if (e->outcome != SQL_VALID || e->finding->class == SQL_EMPTY || !e->candidate)
		return NULL;
	if (has_small_tree(e->text))
		look_at_tree(e);
	else
		e->outcome = SQL_NOT_EXAMINED;
	return NULL;
}

static void examine_on_large_stack(Examination *e)
{
	pthread_t thread;
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	bool started = pthread_attr_setstacksize(&attributes, LARGE_STACK) == 0 &&
		       pthread_create(&thread, &attributes, examine, e) == 0;
	pthread_attr_destroy(&attributes);
	if (started)
		pthread_join(thread, NULL);
}

/* Of a statement that the parser has not judged, the first word tells what must be known: whether
 * it controls the transaction, and whether it would exchange data with a client. */
static void classify_by_word(Str statement, SqlFinding *finding)
{
	static const struct {
		Str word;
		SqlClass class;
		StatementKind kind;
	} table[] = {
		{STR_INIT("begin"), SQL_CONTROL, STATEMENT_BEGIN_UNREAD},
		{STR_INIT("start"), SQL_CONTROL, STATEMENT_START_UNREAD},
		{STR_INIT("commit"), SQL_CONTROL, STATEMENT_COMMIT_UNREAD},
		{STR_INIT("end"), SQL_CONTROL, STATEMENT_END_UNREAD},
		{STR_INIT("abort"), SQL_CONTROL, STATEMENT_ABORT_UNREAD},
		{STR_INIT("rollback"), SQL_CONTROL, STATEMENT_ROLLBACK},
		{STR_INIT("prepare"), SQL_CONTROL, STATEMENT_PREPARE_UNREAD},
		{STR_INIT("copy"), SQL_COPY, STATEMENT_COPY_UNREAD},
	};
	ARENA_SCRATCH(scratch);
	Str word = sql_word(&scratch, &statement);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(word, table[i].word)) {
			finding->class = table[i].class;
			finding->kind = table[i].kind;
		}
}

static bool has_too_many_comments(Str statement)
{
	size_t count = 0;
	for (size_t i = 0; i + 1 < statement.len; i++)
		count += statement.ptr[i] == '/' && statement.ptr[i + 1] == '*';
	return count > COMMENTS_MAX;
}

static void examine_text(Examination *e, Str statement)
{
	ARENA_SCRATCH(scratch);
	if (statement.len > SQL_EXAMINED_MAX || has_too_many_comments(statement))
		return;
	e->text = str_z(&scratch, statement);
	if (statement.len <= SHORT_ENOUGH)
		examine(e);
	else
		examine_on_large_stack(e);
	e->text = NULL;
}

SqlOutcome sql_examine(Arena *arena, Str statement, SqlFinding *finding)
{
	Examination e = {.arena = arena,
		.candidate = is_candidate(statement),
		.finding = finding,
		.outcome = SQL_NOT_EXAMINED};
	*finding = (SqlFinding){0};
	examine_text(&e, statement);
	if (e.outcome != SQL_VALID)
		classify_by_word(statement, finding);
	return e.outcome;
}

bool sql_is_idempotent(Str statement)
{
	ARENA_SCRATCH(scratch);
	SqlFinding finding = {0};
	Examination e = {.arena = &scratch,
		.candidate = true,
		.finding = &finding,
		.outcome = SQL_NOT_EXAMINED};
	examine_text(&e, statement);
	return e.outcome == SQL_VALID && (e.is_idempotent || finding.class == SQL_EMPTY);
}

static const struct {
	Str name;
	bool repeatable;
} kinds[] = {
	[STATEMENT_OTHER] = {{"", 0}, false},
#define STATEMENT(kind, name, repeatable) [STATEMENT_##kind] = {STR_INIT(name), repeatable},
#include "sql/statement.def"
#undef STATEMENT
};

Str sql_kind_name(StatementKind kind)
{
	return kinds[kind].name;
}

bool sql_kind_is_repeatable(StatementKind kind)
{
	return kinds[kind].repeatable;
}

const char *sql_library_version(void)
{
	return PG_VERSION;
}
