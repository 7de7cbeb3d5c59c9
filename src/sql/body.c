#include "sql/body.h"

#include "sql/actions.h"
#include "sql/builtin_type.h"
#include "sql/lex.h"
#include "sql/uses.h"
#include "wrap/json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the library's JSON calls things. */
static const Str EXPRESSION = STR_INIT("PLpgSQL_expr");
static const Str COMMIT = STR_INIT("PLpgSQL_stmt_commit");
static const Str ROLLBACK = STR_INIT("PLpgSQL_stmt_rollback");
static const Str DYNAMIC_EXECUTE = STR_INIT("PLpgSQL_stmt_dynexecute");
static const Str DYNAMIC_FOR = STR_INIT("PLpgSQL_stmt_dynfors");
static const Str DYNAMIC_QUERY = STR_INIT("dynquery");
static const Str QUERY = STR_INIT("query");

/* An empty tree if the text is refused. The trees are freed with the statement's own. */
static Tree parse(FactsBuilder *b, Str text, PgQueryParseMode mode)
{
	Tree tree = {0};
	TreeRefusal refusal;
	if (text.len <= PG_TREE_MAX &&
		pg_tree_parse(b->arena, str_z(b->arena, text), mode, &tree, &refusal))
		*vec_add(b->arena, &b->bodies) = tree;
	else
		builder_gap(b, GAP_BODY);
	return tree;
}

/* A body within a body (only EXECUTE can hold one) is not looked into. */
static void read_statements(FactsBuilder *b, Str text)
{
	Tree tree = parse(b, text, PG_QUERY_PARSE_DEFAULT);
	for (size_t i = 0; tree.result && i < tree.result->n_stmts; i++) {
		const Node *statement = tree.result->stmts[i]->stmt;
		actions_read(b, statement);
		if (statement->node_case == PG_QUERY__NODE__NODE_DO_STMT)
			builder_gap(b, GAP_BODY);
	}
}

static void read_expression(FactsBuilder *b, const Json *expression)
{
	ARENA_SCRATCH(scratch);
	Str reason;
	int64_t mode = PG_QUERY_PARSE_DEFAULT;
	json_read_int(&scratch, expression, "parseMode", &mode, &reason);
	Str text = json_str(expression, "query");
	if (mode == PG_QUERY_PARSE_DEFAULT) {
		read_statements(b, text);
		return;
	}
	Tree tree = parse(b, text, (PgQueryParseMode)mode);
	if (tree.result)
		uses_read(b, &tree.result->base);
}

/* The text of an expression that is one constant string; empty for any other. */
static Str constant_of(const Node *root)
{
	if (!root || root->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
		root->select_stmt->n_target_list != 1)
		return (Str){0};
	const Node *target = root->select_stmt->target_list[0];
	if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
		return (Str){0};
	return pg_tree_constant(target->res_target->val);
}

static void read_dynamic(FactsBuilder *b, const Json *query)
{
	Tree tree = parse(b, json_str(query, "PLpgSQL_expr.query"), PG_QUERY_PARSE_PLPGSQL_EXPR);
	Str text = constant_of(tree.root);
	if (tree.result)
		uses_read(b, &tree.result->base);
	if (text.len)
		read_statements(b, text);
	else
		builder_gap(b, GAP_DYNAMIC);
}

static bool is_dynamic(Str parent, Str name)
{
	return str_equal(name, DYNAMIC_QUERY) ||
	       (str_equal(name, QUERY) &&
		       (str_equal(parent, DYNAMIC_EXECUTE) || str_equal(parent, DYNAMIC_FOR)));
}

/* json_parse bounds the depth. */
static void read_block(FactsBuilder *b, const Json *block)
{
	Str parent = json_name(block);
	for (const Json *item = json_first(block); item; item = json_next(item)) {
		Str name = json_name(item);
		if (is_dynamic(parent, name)) {
			read_dynamic(b, item);
			continue;
		}
		if (str_equal(name, EXPRESSION)) {
			read_expression(b, item);
			continue;
		}
		if (str_equal(name, COMMIT) || str_equal(name, ROLLBACK))
			b->facts.ends_transaction |= !b->in_function;
		read_block(b, item);
	}
}

/* The library does not know the types of a database, so most of what it says against a body is no
 * proof. Syntax is: these functions report it. */
static bool is_syntax_error(const PgQueryError *error)
{
	return strcmp(error->funcname, "scanner_yyerror") == 0 ||
	       strcmp(error->funcname, "plpgsql_yyerror") == 0 ||
	       strcmp(error->funcname, "read_sql_construct") == 0;
}

static bool has_word(Str text, Str word)
{
	for (size_t i = 0; i + word.len <= text.len; i++)
		if (strncasecmp(text.ptr + i, word.ptr, word.len) == 0)
			return true;
	return false;
}

/* A variable that is not declared. Those of event triggers the library does not know. */
static bool lacks_variable(const PgQueryError *error, Str statement)
{
	return strcmp(error->funcname, "word_is_not_variable") == 0 &&
	       !has_word(statement, STR("event_trigger"));
}

/* What is quoted in: syntax error at or near "retrun". */
static Str culprit_of(Str message)
{
	Str rest = message, before, word = {0};
	if (str_next(&rest, '"', &before) && str_ends(before, STR("at or near ")))
		str_next(&rest, '"', &word);
	return word;
}

/* The parser says at which token it stopped, not where that is, and its line is that of the last
 * declaration: where the token occurs once, it is there; else the body's start is all that is
 * known. */
static size_t offset_of(Str statement, Str culprit)
{
	Str body = lex_longest_string(statement), token;
	Lexer lexer = {.text = str_skip(body, 1)};
	const char *found = NULL;
	size_t count = 0;
	if (!body.len)
		return 0;
	while (lexer.text.len && *lexer.text.ptr != '$' && *body.ptr == '$')
		lexer.text = str_skip(lexer.text, 1); /* the rest of the $tag$ */
	lexer.text = str_skip(lexer.text, *body.ptr == '$');
	while (culprit.len && lex_next(&lexer, &token) != LEX_END)
		if (str_equal(token, culprit)) {
			found = token.ptr;
			count++;
		}
	return (size_t)((count == 1 ? found : body.ptr) - statement.ptr);
}

static void take_refusal(FactsBuilder *b, const PgQueryError *error)
{
	b->facts.body_refusal = str_copy(b->arena, str_from(error->message));
	b->facts.body_refusal_offset = offset_of(b->text, culprit_of(b->facts.body_refusal));
}

/* Folded, unless it is quoted. */
static Str name_of(Arena *arena, Str token)
{
	if (str_starts(token, STR("\"")))
		return str_sql_unquoted(arena, token);
	char *name = str_z(arena, token);
	for (size_t i = 0; i < token.len; i++)
		if (name[i] >= 'A' && name[i] <= 'Z')
			name[i] = (char)(name[i] - 'A' + 'a');
	return (Str){name, token.len};
}

static void skip_declaration(Lexer *lexer)
{
	Str token;
	for (LexKind kind; (kind = lex_next(lexer, &token)) != LEX_END && kind != LEX_SEMICOLON;)
		continue;
}

/* "name schema.table%ROWTYPE", which the library does not tell, up to the first declaration whose
 * type may be missing, too. Without a schema, it is a matter of the function's own search_path. */
static void read_row_types(FactsBuilder *b)
{
	enum {
		NAME,
		SCHEMA,
		DOT,
		TABLE,
		PERCENT,
		ROWTYPE,
		PARTS
	};
	Str body = lex_longest_string(b->text), token, parts[PARTS] = {{0}};
	if (!str_starts(body, STR("$")))
		return;
	body = str_skip(body, 1);
	str_next(&body, '$', &token);
	Lexer lexer = {.text = body};
	if (lex_next_word(&lexer, &token) != LEX_WORD || !lex_is(token, "DECLARE"))
		return;
	for (;;) {
		for (size_t i = 0; i <= SCHEMA; i++)
			lex_next_word(&lexer, &parts[i]);
		bool is_plain = builtin_type_is(name_of(b->arena, parts[SCHEMA]));
		for (size_t i = DOT; i < PARTS && !is_plain; i++)
			lex_next_word(&lexer, &parts[i]);
		bool is_row = !is_plain && str_equal(parts[DOT], STR(".")) &&
			      str_equal(parts[PERCENT], STR("%")) &&
			      lex_is(parts[ROWTYPE], "ROWTYPE");
		if (!is_plain && !is_row)
			return;
		if (is_row)
			*vec_add(b->arena, &b->facts.uses) = (Use){.kind = USE_TABLE,
				.in_function = true,
				.is_declared = true,
				.name = {name_of(b->arena, parts[SCHEMA]),
					name_of(b->arena, parts[TABLE])}};
		skip_declaration(&lexer);
	}
}

static void read_plpgsql(FactsBuilder *b)
{
	PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(str_z(b->arena, b->text));
	if (result.error) {
		builder_gap(b, GAP_BODY);
		bool lacks = lacks_variable(result.error, b->text);
		if (lacks || is_syntax_error(result.error))
			take_refusal(b, result.error);
		/* the types of what it declares come first */
		b->facts.body_refusal_is_open = lacks && has_word(b->text, STR("declare"));
	} else {
		AUTO_JSON json = json_parse(str_from(result.plpgsql_funcs), NULL);
		if (b->in_function)
			read_row_types(b);
		if (json)
			read_block(b, json);
		else
			builder_gap(b, GAP_BODY);
	}
	pg_query_free_plpgsql_parse_result(result);
}

static Str option_text(Node **options, size_t count, const char *name)
{
	const PgQuery__DefElem *option = pg_tree_option(options, count, name);
	return option ? pg_tree_text(option->arg) : (Str){0};
}

static bool is_language(Str language, Str name)
{
	return language.len == name.len && strncasecmp(language.ptr, name.ptr, name.len) == 0;
}

static void read_do(FactsBuilder *b, const PgQuery__DoStmt *stmt)
{
	Str language = option_text(stmt->args, stmt->n_args, "language");
	if (!language.len || is_language(language, STR("plpgsql")))
		read_plpgsql(b);
	else
		builder_gap(b, GAP_LANGUAGE);
}

/* AS has one item, or two for a function in C. */
static Str function_text(const PgQuery__CreateFunctionStmt *stmt)
{
	const PgQuery__DefElem *as = pg_tree_option(stmt->options, stmt->n_options, "as");
	if (!as || !as->arg || as->arg->node_case != PG_QUERY__NODE__NODE_LIST ||
		as->arg->list->n_items != 1)
		return (Str){0};
	return pg_tree_text(as->arg->list->items[0]);
}

static void read_sql(FactsBuilder *b, Str text)
{
	ARENA_SCRATCH(scratch);
	Tree tree;
	TreeRefusal refusal;
	if (text.len > PG_TREE_MAX || pg_tree_parse(&scratch, str_z(&scratch, text),
					      PG_QUERY_PARSE_DEFAULT, &tree, &refusal)) {
		if (text.len <= PG_TREE_MAX)
			pg_tree_free(&tree);
		read_statements(b, text);
		return;
	}
	builder_gap(b, GAP_BODY);
	if (!refusal.is_too_deep) {
		b->facts.body_refusal = str_copy(b->arena, refusal.message);
		b->facts.body_refusal_offset = offset_of(b->text, culprit_of(refusal.message));
	}
}

static void read_function(FactsBuilder *b, const PgQuery__CreateFunctionStmt *stmt)
{
	Str language = option_text(stmt->options, stmt->n_options, "language");
	if (stmt->sql_body)
		uses_read(b, &stmt->sql_body->base);
	else if (is_language(language, STR("plpgsql")))
		read_plpgsql(b);
	else if (is_language(language, STR("sql")))
		read_sql(b, function_text(stmt));
	else
		builder_gap(b, GAP_LANGUAGE);
}

void body_read(FactsBuilder *builder, const Node *statement)
{
	builder->in_body = true;
	if (statement->node_case == PG_QUERY__NODE__NODE_DO_STMT)
		read_do(builder, statement->do_stmt);
	builder->in_function = true;
	if (statement->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT)
		read_function(builder, statement->create_function_stmt);
	builder->in_body = builder->in_function = false;
}
