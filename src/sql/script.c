#include "sql/script.h"

#include "base/ascii.h"
#include "base/interrupt.h"
#include "sql/split.h"

enum {
	SYNTAX_FAULTS_PER_FILE = 5
};

Place script_place(const Script *script, const char *at)
{
	Str text = script->migration->text;
	size_t offset = (size_t)(at - text.ptr), start = 0, line = 1;
	for (size_t i = 0; i < offset; i++)
		if (text.ptr[i] == '\n') {
			line++;
			start = i + 1;
		}
	Str before = {text.ptr + start, offset - start};
	return (Place){line, str_utf8_count(before) + 1};
}

/* Behind leading comments and white space: where a person would say that the statement begins. */
static const char *first_token(Str text)
{
	ARENA_SCRATCH(scratch);
	Str rest = text, word = sql_word(&scratch, &rest);
	return rest.len || word.len ? rest.ptr - word.len : text.ptr;
}

const char *script_point(const Statement *statement, size_t position)
{
	Str text = statement->text;
	return position ? text.ptr + str_utf8_offset(text, position - 1) : first_token(text);
}

/* One line of the excerpt; tabs become blanks, so that the caret is in its column. */
static void add_line(Buf *buf, size_t number, Str line, size_t caret)
{
	enum {
		WIDTH = 160
	};
	ARENA_SCRATCH(scratch);
	size_t from =
		caret > WIDTH ? caret - WIDTH / 2 : 0; /* a long line is cut around the caret */
	Str shown = str_skip(line, str_utf8_offset(line, from));
	shown = str_copy(&scratch, str_head(shown, str_utf8_offset(shown, WIDTH)));
	for (size_t i = 0; i < shown.len; i++)
		if (shown.ptr[i] == '\t' || shown.ptr[i] == '\r')
			((char *)(uintptr_t)shown.ptr)[i] = ' ';
	buf_format(buf, "%5zu | %.*s\n", number, STR_ARG(shown));
	if (caret)
		buf_format(buf, "      | %*s^\n", (int)(caret - from - 1), "");
}

Str script_excerpt(Arena *arena, const Script *script, const Statement *statement, size_t position)
{
	enum {
		LINES_BEFORE = 4,
		MAX = 16 * 1024
	};
	Buf buf = buf_new(arena, MAX);
	const char *point = script_point(statement, position);
	Place place = script_place(script, point);
	size_t first = script_place(script, first_token(statement->text)).line;
	if (first > place.line)
		first = place.line;
	else if (place.line > first + LINES_BEFORE)
		first = place.line - LINES_BEFORE;
	Str rest = script->migration->text, line;
	for (size_t number = 1; number <= place.line && str_next(&rest, '\n', &line); number++)
		if (number >= first)
			add_line(&buf, number, line, number == place.line ? place.col : 0);
	return buf_str(&buf);
}

/* The last character of the word, name or constant at `at`, or the single one there. */
static const char *last_of_word(const char *at, const char *end)
{
	const char *last = at;
	if (at < end && (*at == '"' || *at == '\'')) {
		while (last + 1 < end && last[1] != *at && last[1] != '\n')
			last++;
		return last + 1 < end && last[1] == *at ? last + 1 : at;
	}
	while (at < end && ascii_is_name(*at) && last + 1 < end && ascii_is_name(last[1]))
		last++;
	return last;
}

void script_locate(Arena *arena, const Script *script, const Statement *statement, size_t position,
	Fault *fault)
{
	const char *point = script_point(statement, position);
	const char *end = statement->text.ptr + statement->text.len;
	const char *last = position ? last_of_word(point, end) : end - 1;
	while (last > point && ((unsigned char)*last & 0xC0) == 0x80)
		last--;
	Place from = script_place(script, point);
	Place to = script_place(script, last > point ? last : point);
	fault->file = script->migration->path;
	fault->line = from.line;
	fault->col = from.col;
	fault->end_line = to.line;
	fault->end_col = to.col;
	fault->excerpt = script_excerpt(arena, script, statement, position);
}

const Statement *script_chained(const Script *script, size_t done)
{
	if (!done || done > script->count ||
		script->statements[done - 1].kind != STATEMENT_COMMIT_AND_CHAIN)
		return NULL;
	for (size_t i = done; i-- > 0;) {
		SqlClass class = script->statements[i].class;
		if (class == SQL_BEGIN || class == SQL_BEGIN_WITH_OPTIONS)
			return &script->statements[i];
	}
	return NULL;
}

Str script_statement_name(const Statement *statement)
{
	if (statement->is_learned)
		return STR("refused in a transaction block");
	switch (statement->class) {
	case SQL_COMMIT:
		return STR("COMMIT");
	case SQL_BEGIN:
	case SQL_BEGIN_WITH_OPTIONS:
		return statement->kind == STATEMENT_OTHER ? STR("BEGIN")
							  : sql_kind_name(statement->kind);
	case SQL_NO_BLOCK:
	case SQL_CONTROL:
	case SQL_COPY:
		return sql_kind_name(statement->kind);
	case SQL_PLAIN:
	case SQL_EMPTY:
		break;
	}
	return (Str){0};
}

Str script_reason(Arena *arena, const Script *script)
{
	if (script->mode == SCRIPT_ATOMIC)
		return (Str){0};
	if (script->mode == SCRIPT_AUTOCOMMIT)
		return STR("its first line says transaction=false");
	const Statement *culprit = &script->statements[script->culprit];
	Place place = script_place(script, first_token(culprit->text));
	return str_format(arena, "statement %zu (line %zu) is %.*s", script->culprit + 1,
		place.line, STR_ARG(script_statement_name(culprit)));
}

bool script_require_atomic(const Script *script, Err *err)
{
	if (script->mode == SCRIPT_ATOMIC)
		return true;
	Str reason = script_reason(err->arena, script);
	Fault *fault = err_add(err, ERR_BLOCKED, "%.*s cannot run in one transaction: %.*s",
		STR_ARG(script->migration->file), STR_ARG(reason));
	fault->file = script->migration->path;
	fault->hint = STR("take that out, or make it a migration");
	return false;
}

static Fault *add_fault(
	const Script *script, const Statement *statement, size_t position, Str message, Err *err)
{
	Fault *fault = err_add(err, ERR_SYNTAX, "%.*s", STR_ARG(message));
	script_locate(err->arena, script, statement, position, fault);
	return fault;
}

static void refuse_copy(const Script *script, const Statement *statement, Err *err)
{
	Fault *fault = add_fault(script, statement, 0,
		str_format(err->arena,
			"%.*s cannot be run from a migration: there is no client to "
			"exchange the data with",
			STR_ARG(script_statement_name(statement))),
		err);
	fault->hint = STR("write the rows as INSERT statements");
}

/* A prepared transaction is neither in nor out: the file that makes one has to end it, too. */
static void check_prepared(const Script *script, Err *err)
{
	const Statement *open = NULL;
	for (size_t i = 0; i < script->count; i++) {
		const Statement *statement = &script->statements[i];
		if (statement->kind == STATEMENT_PREPARE_TRANSACTION)
			open = statement;
		else if (statement->kind == STATEMENT_COMMIT_PREPARED ||
			 statement->kind == STATEMENT_ROLLBACK_PREPARED)
			open = NULL;
	}
	if (open)
		add_fault(script, open, 0,
			STR("PREPARE TRANSACTION leaves the file's work undecided, "
			    "and its locks held"),
			err)
			->hint = STR("end the transaction with COMMIT");
}

static bool mentions(Str text, Str lower)
{
	ARENA_SCRATCH(scratch);
	char *copy = str_z(&scratch, text);
	for (size_t i = 0; i < text.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] = (char)(copy[i] - 'A' + 'a');
	return str_contains((Str){copy, text.len}, lower);
}

/* What a procedure does is known to the server alone; a DO block may end the transaction itself, in
 * whatever language, or call one that does. */
static bool may_commit(Str text)
{
	ARENA_SCRATCH(scratch);
	Str rest = text, word = sql_word(&scratch, &rest);
	if (!str_equal(word, STR("do")))
		return str_equal(word, STR("call"));
	return mentions(rest, STR("call")) || mentions(rest, STR("commit")) ||
	       mentions(rest, STR("rollback"));
}

/* ---- what looks like SQL and is not: why the parser stopped there ---- */

static Str psql_hint(Arena *arena, Str rest)
{
	static const struct {
		Str command, hint;
	} table[] = {
		{STR_INIT("\\."),
			STR_INIT("this ends the data of a COPY FROM STDIN, which only psql "
				 "can send: write the rows as INSERT statements")},
		{STR_INIT("\\restrict"), STR_INIT("pg_dump writes \\restrict and \\unrestrict for "
						  "psql: delete both lines")},
		{STR_INIT("\\unrestrict"),
			STR_INIT("pg_dump writes \\restrict and \\unrestrict for "
				 "psql: delete both lines")},
		{STR_INIT("\\i"),
			STR_INIT("\\i is a command of psql: put the other file's SQL here, "
				 "or make it a migration")},
		{STR_INIT("\\ir"), STR_INIT("\\ir is a command of psql: put the other file's SQL "
					    "here, or make it a migration")},
	};
	size_t length = 1;
	while (length < rest.len && ascii_is_name(rest.ptr[length]))
		length++;
	Str command = str_head(rest, length > 1 ? length : 2);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(command, table[i].command))
			return table[i].hint;
	return str_format(arena,
		"%.*s is a command of psql, and a migration is SQL alone: delete the line",
		STR_ARG(str_visible(arena, command)));
}

/* The parser takes these for letters. */
static Str invisible_hint(Arena *arena, Str word)
{
	static const struct {
		Str bytes, name;
	} table[] = {
		{STR_INIT("\xC2\xA0"), STR_INIT("a no-break space (U+00A0)")},
		{STR_INIT("\xC2\xAD"), STR_INIT("a soft hyphen (U+00AD)")},
		{STR_INIT("\xE2\x80\x8B"), STR_INIT("a zero-width space (U+200B)")},
		{STR_INIT("\xE2\x80\x8C"), STR_INIT("a zero-width non-joiner (U+200C)")},
		{STR_INIT("\xE2\x80\x8D"), STR_INIT("a zero-width joiner (U+200D)")},
		{STR_INIT("\xE2\x80\x8E"), STR_INIT("a left-to-right mark (U+200E)")},
		{STR_INIT("\xE2\x80\x8F"), STR_INIT("a right-to-left mark (U+200F)")},
		{STR_INIT("\xE2\x80\xA8"), STR_INIT("a line separator (U+2028)")},
		{STR_INIT("\xE2\x80\xA9"), STR_INIT("a paragraph separator (U+2029)")},
		{STR_INIT("\xE2\x80\xAF"), STR_INIT("a narrow no-break space (U+202F)")},
		{STR_INIT("\xE2\x81\xA0"), STR_INIT("a word joiner (U+2060)")},
		{STR_INIT("\xE3\x80\x80"), STR_INIT("an ideographic space (U+3000)")},
		{STR_INIT("\xEF\xBB\xBF"), STR_INIT("a byte order mark (U+FEFF)")},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_contains(word, table[i].bytes))
			return str_format(arena,
				"there is %.*s in this word, which an editor does not show: "
				"delete it, or type a space",
				STR_ARG(table[i].name));
	return (Str){0};
}

static Str refusal_hint(Arena *arena, const Statement *statement, size_t position)
{
	const char *point = script_point(statement, position);
	const char *end = statement->text.ptr + statement->text.len;
	if (point >= end)
		return (Str){0};
	Str rest = {point, (size_t)(end - point)};
	if (*point == '\\')
		return psql_hint(arena, rest);
	return invisible_hint(
		arena, str_head(rest, (size_t)(last_of_word(point, end) - point) + 1));
}

Fault *script_refuse(
	Arena *arena, const Script *script, Statement *statement, size_t position, Str message)
{
	Err refusal = {.arena = arena};
	statement->refusal = add_fault(script, statement, position, message, &refusal);
	return statement->refusal;
}

static void examine(Arena *arena, const Script *script, Statement *statement)
{
	SqlFinding finding;
	const Facts *previous = statement > script->statements ? statement[-1].facts : NULL;
	SqlOutcome outcome = script->has_facts
				     ? sql_examine_facts(arena, statement->text, previous, &finding)
				     : sql_examine(arena, statement->text, &finding);
	statement->facts = finding.facts;
	statement->class = finding.class;
	statement->kind = finding.kind;
	statement->is_concurrent = finding.is_concurrent;
	statement->drops_role = finding.drops_role;
	statement->may_commit = may_commit(statement->text);
	statement->examined = outcome != SQL_NOT_EXAMINED;
	statement->is_by_rule = finding.is_by_rule;
	if (outcome == SQL_INVALID)
		script_refuse(arena, script, statement, finding.position, finding.message)->hint =
			refusal_hint(arena, statement, finding.position);
}

void script_add_refusals(const Script *script, Err *err)
{
	size_t shown = 0;
	for (size_t i = 0; i < script->count && shown < SYNTAX_FAULTS_PER_FILE; i++)
		if (script->statements[i].refusal) {
			err_add_copy(err, script->statements[i].refusal);
			shown++;
		}
}

/* The server checks a body when the function is created or the block is run, unless
 * check_function_bodies is off. */
void script_add_body_warnings(const Script *script, Err *warnings)
{
	for (size_t i = 0; i < script->count; i++) {
		const Statement *statement = &script->statements[i];
		if (!statement->facts || !statement->facts->body_refusal.len)
			continue;
		Str before = str_head(statement->text, statement->facts->body_refusal_offset);
		Fault *fault = add_fault(script, statement, str_utf8_count(before) + 1,
			str_format(warnings->arena, "in the body: %.*s",
				STR_ARG(statement->facts->body_refusal)),
			warnings);
		fault->hint = STR("correct the body: the push would stop here");
	}
}

static bool has_directive(Str text)
{
	Str line = {0};
	str_next(&text, '\n', &line);
	if (str_ends(line, STR("\r")))
		line.len--;
	return str_equal(line, STR("-- pg-delta: transaction=false"));
}

static bool is_control(SqlClass class)
{
	return class == SQL_BEGIN || class == SQL_BEGIN_WITH_OPTIONS || class == SQL_COMMIT ||
	       class == SQL_CONTROL;
}

/* Index of the first statement that is not only comments, from either end; `count` if none. */
static size_t first_real(const Script *script)
{
	size_t i = 0;
	while (i < script->count && script->statements[i].class == SQL_EMPTY)
		i++;
	return i;
}

static size_t last_real(const Script *script)
{
	size_t i = script->count;
	while (i > 0 && script->statements[i - 1].class == SQL_EMPTY)
		i--;
	return i ? i - 1 : script->count;
}

static bool only_reads(const Statement *statement)
{
	return statement->kind == STATEMENT_BEGIN_READ_ONLY ||
	       statement->kind == STATEMENT_SET_READ_ONLY;
}

bool script_runs(const Script *script, size_t index)
{
	return script->statements[index].class != SQL_EMPTY &&
	       !(script->has_begin && (index == script->own_begin || index == script->own_commit));
}

bool script_is_read_only(const Script *script, size_t index)
{
	for (size_t i = index; i-- > 0;) {
		SqlClass class = script->statements[i].class;
		if (only_reads(&script->statements[i]))
			return true;
		if (class == SQL_BEGIN || class == SQL_BEGIN_WITH_OPTIONS)
			break;
	}
	return false;
}

/* Does BEGIN … COMMIT wrap the whole file? Then it runs inside our transaction instead; but not
 * where that takes no history row. */
static bool find_wrapper(Script *script)
{
	size_t first = first_real(script), last = last_real(script);
	if (first >= last || last >= script->count)
		return false;
	SqlClass opening = script->statements[first].class;
	script->own_begin = first;
	script->own_commit = last;
	return (opening == SQL_BEGIN || opening == SQL_BEGIN_WITH_OPTIONS) &&
	       script->statements[last].class == SQL_COMMIT && !script_is_read_only(script, last);
}

static void choose_mode(Script *script)
{
	script->has_begin = find_wrapper(script);
	for (size_t i = 0; i < script->count; i++) {
		SqlClass class = script->statements[i].class;
		bool wrapper =
			script->has_begin && (i == script->own_begin || i == script->own_commit);
		ScriptMode mode =
			is_control(class) && !wrapper ? SCRIPT_AS_WRITTEN
			/* inside the author's own transaction the server must refuse it */
			: class == SQL_NO_BLOCK && script->has_begin ? SCRIPT_AS_WRITTEN
			: class == SQL_NO_BLOCK                      ? SCRIPT_SEGMENTS
								     : SCRIPT_ATOMIC;
		if (mode > script->mode) {
			script->mode = mode;
			script->culprit = i;
		}
	}
	if (has_directive(script->migration->text))
		script->mode = SCRIPT_AUTOCOMMIT;
	if (script->mode != SCRIPT_ATOMIC)
		script->has_begin = false;
}

/* The first COPY with the client is refused. psql's data lines after a COPY FROM STDIN are not SQL,
 * so nothing after it can be judged. */
static void examine_all(Arena *arena, Script *script, Err *err)
{
	size_t copies = 0;
	for (size_t i = 0; i < script->count && !interrupt_pending(); i++) {
		const Statement *statement = &script->statements[i];
		examine(arena, script, &script->statements[i]);
		if (statement->class != SQL_COPY)
			continue;
		if (!copies++)
			refuse_copy(script, statement, err);
		if (statement->kind != STATEMENT_COPY_TO_STDOUT)
			script->count = i + 1;
	}
}

static void read_script(Arena *arena, Script *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Pieces pieces = {0};
	split_text(&scratch, out->migration->text, &pieces);
	out->count = pieces.count;
	out->statements = arena_array(arena, Statement, pieces.count + 1);
	for (size_t i = 0; i < pieces.count; i++)
		out->statements[i].text = pieces.items[i];
	examine_all(arena, out, err);
	check_prepared(out, err);
	choose_mode(out);
}

void script_read(Arena *arena, const Migration *migration, Script *out, Err *err)
{
	*out = (Script){.migration = migration, .has_facts = true};
	read_script(arena, out, err);
}

void script_read_statements(Arena *arena, const Migration *migration, Script *out, Err *err)
{
	*out = (Script){.migration = migration};
	read_script(arena, out, err);
}
