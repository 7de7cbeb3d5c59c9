#include "sql/sql.h"

#include "sql/actions.h"
#include "sql/body.h"
#include "sql/classify.h"
#include "sql/lex.h"
#include "sql/rows.h"

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
};

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

typedef struct Examination {
	Arena *arena;
	const char *text;
	const Facts *previous; /* NULL: facts are not kept */
	SqlFinding *finding;
	SqlOutcome outcome;
} Examination;

static void refuse(Examination *e, Str message, size_t position)
{
	e->outcome = SQL_INVALID;
	e->finding->message = message;
	e->finding->position = position;
}

static void check_refusal(Examination *e, TreeRefusal refusal)
{
	if (refusal.is_too_deep)
		e->outcome = SQL_NOT_EXAMINED;
	else
		refuse(e, refusal.message, refusal.position);
	e->finding->is_by_rule = refusal.is_by_rule;
}

static void check_count(Examination *e, size_t statements)
{
	e->outcome = SQL_VALID;
	if (statements > 1)
		refuse(e, STR("this is more than one statement"), 0);
	else if (!statements)
		e->finding->class = SQL_EMPTY;
}

/* Is it SQL, and one statement? A tenth of the time that a tree takes. */
static void check_syntax(Examination *e)
{
	PgQuerySplitResult result = pg_query_split_with_parser(e->text);
	if (result.error)
		check_refusal(e, pg_tree_refusal(e->arena, result.error));
	else
		check_count(e, (size_t)result.n_stmts);
	pg_query_free_split_result(result);
}

/* Facts that are the same as the statement's before are shared: data comes in many statements. */
static void keep_facts(Examination *e, const Facts *facts)
{
	if (!e->previous)
		return;
	e->finding->facts =
		facts_equal(e->previous, facts) ? e->previous : facts_copy(e->arena, facts);
}

static void read_tree(Examination *e, const Node *root, unsigned gaps)
{
	ARENA_SCRATCH(scratch);
	FactsBuilder builder = {
		.arena = &scratch, .text = str_from(e->text), .facts = {.gaps = gaps}};
	actions_read(&builder, root);
	body_read(&builder, root);
	SqlTraits traits = classify_statement(root, &builder.facts);
	e->finding->class = traits.class;
	e->finding->kind = traits.kind;
	e->finding->is_concurrent = traits.is_concurrent;
	e->finding->drops_role = traits.drops_role;
	keep_facts(e, &builder.facts);
	for (size_t i = 0; i < builder.bodies.count; i++)
		pg_tree_free(&builder.bodies.items[i]);
}

/* A body is one literal to the parser, and never deep. */
static bool has_small_tree(Str statement)
{
	return statement.len <= PG_TREE_MAX ||
	       statement.len - lex_longest_string(statement).len <= PG_TREE_MAX;
}

static void check_tree(Examination *e)
{
	Tree tree;
	TreeRefusal refusal;
	if (!pg_tree_parse(e->arena, e->text, PG_QUERY_PARSE_DEFAULT, &tree, &refusal)) {
		check_refusal(e, refusal);
		return;
	}
	check_count(e, tree.result->n_stmts);
	if (e->outcome == SQL_VALID && tree.root)
		read_tree(e, tree.root, 0);
	pg_tree_free(&tree);
}

/* Of a statement that is valid: what its cut text says, if that is one, too. */
static void read_cut(Examination *e, Str cut)
{
	Tree tree;
	TreeRefusal ignored;
	if (has_small_tree(cut) &&
		pg_tree_parse(e->arena, cut.ptr, PG_QUERY_PARSE_DEFAULT, &tree, &ignored)) {
		read_tree(e, tree.root, GAP_ROWS);
		pg_tree_free(&tree);
	}
}

static void *examine(void *examination)
{
	ARENA_SCRATCH(scratch);
	Examination *e = examination;
	Str text = str_from(e->text), cut = {0};
	bool is_known_by_tree = is_candidate(text);
	if (e->previous)
		cut = rows_cut(&scratch, text);
	bool wants_tree = is_known_by_tree || (e->previous && !cut.len);
	if (wants_tree && has_small_tree(text)) {
		check_tree(e);
		return NULL;
	}
	check_syntax(e);
	if (e->outcome != SQL_VALID || e->finding->class == SQL_EMPTY)
		return NULL;
	if (is_known_by_tree)
		e->outcome = SQL_NOT_EXAMINED;
	else if (cut.len)
		read_cut(e, cut);
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

static SqlOutcome examine_parsed(
	Arena *arena, Str statement, const Facts *previous, SqlFinding *finding)
{
	Examination e = {.arena = arena,
		.previous = previous,
		.finding = finding,
		.outcome = SQL_NOT_EXAMINED};
	*finding = (SqlFinding){0};
	examine_text(&e, statement);
	if (e.outcome != SQL_VALID)
		classify_by_word(statement, finding);
	return e.outcome;
}

SqlOutcome sql_examine(Arena *arena, Str statement, SqlFinding *finding)
{
	return examine_parsed(arena, statement, NULL, finding);
}

SqlOutcome sql_examine_facts(
	Arena *arena, Str statement, const Facts *previous, SqlFinding *finding)
{
	static const Facts none = {0}, unread = {.gaps = GAP_NOT_PARSED};
	SqlOutcome outcome = examine_parsed(arena, statement, previous ? previous : &none, finding);
	if (!finding->facts)
		finding->facts = finding->class == SQL_EMPTY ? &none : &unread;
	return outcome;
}

const char *sql_library_version(void)
{
	return PG_VERSION;
}

int sql_library_version_num(void)
{
	return PG_VERSION_NUM;
}
