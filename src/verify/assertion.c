#include "verify/assertion.h"

#include "sql/lex.h"

enum {
	SHOWN_ROWS = 3,
	CELL_SHOWN = 80, /* characters */
	WHY_MAX = 200,
};

typedef enum VerifyRule {
#define VERIFY(name, certainty, needs_data, sentence) RULE_##name,
#include "verify/rule.def"
#undef VERIFY
} VerifyRule;

static const struct {
	Rule rule;
	Certainty certainty;
	bool needs_data;
	Str sentence;
} rules[] = {
#define VERIFY(name, certainty, needs_data, sentence)                                              \
	{{STR_INIT("VERIFY_" #name), GROUP_VERIFY, ERR_NEXT_NONE}, CERTAINTY_##certainty,          \
		needs_data, STR_INIT(sentence)},
#include "verify/rule.def"
#undef VERIFY
};

/* -- the comment --------------------------------------------------------------------------------
 */

/* What it says, without its marks. */
static Str words_of(Str comment)
{
	bool is_block = str_starts(comment, STR("/*"));
	comment = str_skip(comment, 2);
	if (is_block && str_ends(comment, STR("*/")))
		comment = str_head(comment, comment.len - 2);
	return str_trim(comment);
}

static bool names_violations(Str text, Str *why)
{
	static const Str name = STR_INIT("violations");
	Str rest = str_skip(text, name.len);
	if (!lex_is(str_head(text, name.len), "VIOLATIONS"))
		return false;
	*why = str_trim(str_skip(rest, 1));
	return !rest.len || rest.ptr[0] == ':';
}

/* Is the statement called violations by a comment before it? `why` is what follows there after a
 * colon, or empty. */
static bool assertion_is_violations(Str statement, Str *why)
{
	Lexer lexer = {.text = statement};
	Str token;
	for (LexKind kind; (kind = lex_next(&lexer, &token)) != LEX_END;) {
		if (kind == LEX_COMMENT && names_violations(words_of(token), why))
			return true;
		if (kind != LEX_COMMENT && kind != LEX_BLANK)
			break;
	}
	return false;
}

/* -- what does not hold -------------------------------------------------------------------------
 */

static Str shown(Arena *arena, Str text, size_t max)
{
	Str head = str_head(text, str_utf8_offset(text, max));
	return str_format(
		arena, "%.*s%s", STR_ARG(str_visible(arena, head)), head.len < text.len ? "…" : "");
}

/* "table: a, column: b; table: c, column: NULL; …" */
static Str rows_text(Arena *arena, const Rows *rows)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t r = 0; r < rows->count && r < SHOWN_ROWS; r++)
		for (size_t c = 0; c < rows->columns; c++) {
			Str cell = rows->cells[r * rows->columns + c];
			buf_format(&buf, "%s%.*s: %.*s",
				c   ? ", "
				: r ? "; "
				    : "",
				STR_ARG(shown(arena, rows->names[c], CELL_SHOWN)),
				STR_ARG(cell.ptr ? shown(arena, cell, CELL_SHOWN) : STR("NULL")));
		}
	if (rows->total > SHOWN_ROWS)
		buf_add(&buf, STR("; …"));
	return buf_str(&buf);
}

static void add_value(Buf *buf, Str word, const Rows *rows, Str why)
{
	if (str_equal(word, STR("count")))
		buf_format(buf, "%zu", rows->total);
	else if (str_equal(word, STR("s")))
		buf_add(buf, rows->total == 1 ? STR("") : STR("s"));
	else if (str_equal(word, STR("rows")))
		buf_add(buf, rows_text(buf->arena, rows));
	else if (str_equal(word, STR("why")) && why.len)
		buf_format(buf, "%.*s: ", STR_ARG(shown(buf->arena, why, WHY_MAX)));
}

static Str sentence_of(Arena *arena, VerifyRule id, const Rows *rows, Str why)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str rest = rules[id].sentence, part;
	for (bool inside = false; str_next(&rest, inside ? '}' : '{', &part); inside = !inside) {
		if (inside)
			add_value(&buf, part, rows, why);
		else
			buf_add(&buf, part);
	}
	return buf_str(&buf);
}

static void mark(Fault *fault, VerifyRule id)
{
	fault->rule = &rules[id].rule;
	fault->certainty = rules[id].certainty;
}

static void add_finding(const VerifyRow *row, const Command *done, VerifyRule id, Str why, Err *err)
{
	Str sentence = sentence_of(err->arena, id, &done->rows, why);
	Fault *fault = err_add(err, ERR_VERIFY, "%.*s", STR_ARG(sentence));
	mark(fault, id);
	script_locate(err->arena, row->script, done->subject, 0, fault);
}

/* One column of type boolean. */
static bool find_untrue(const Rows *rows, VerifyRule *id)
{
	*id = !rows->total ? RULE_EMPTY : RULE_LONG;
	if (!rows->total)
		return true;
	for (size_t r = 0; r < rows->count; r++) {
		*id = rows->cells[r].ptr ? RULE_FALSE : RULE_NULL;
		if (!str_equal(rows->cells[r], STR("t")))
			return true;
	}
	*id = RULE_LONG;
	return rows->total > rows->count;
}

void assertion_judge(VerifyRow *row, const Command *done, Err *err)
{
	const Statement *statement = done->subject;
	const Rows *rows = &done->rows;
	Str why = {0};
	VerifyRule id = RULE_VIOLATIONS;
	bool is_violations = assertion_is_violations(statement->text, &why);
	if (!rows->names || (!is_violations && !rows->is_truth))
		return;
	row->assertions++;
	if (is_violations ? rows->total > 0 : find_untrue(rows, &id))
		add_finding(row, done, id, why, err);
}

void assertion_fail(const VerifyRow *row, const Command *failed, Err *err)
{
	const Statement *statement = failed->subject;
	Fault *fault = db_add_fault(err, ERR_VERIFY, failed->failure);
	mark(fault, RULE_RAISED);
	fault->file = row->file.path;
	if (statement)
		script_locate(err->arena, row->script, statement, failed->failure->position, fault);
	fault->hint = fault->cause == CAUSE_READ_ONLY
			      ? STR("a verify script may only read: what it writes belongs into a "
				    "migration")
			      : cause_hint(fault->cause);
}

bool assertion_needs_data(const Fault *fault)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (fault->rule == &rules[i].rule)
			return rules[i].needs_data;
	return false;
}
