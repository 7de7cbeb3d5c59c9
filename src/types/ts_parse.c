#include "types/ts_parse.h"

enum {
	DEPTH_MAX = 60,
	BRACKETS_MAX = 8, /* pairs after one type */
	SHOWN_MAX = 40, /* bytes of a token */
};

TsParser ts_parser(Arena *arena, Str text)
{
	TsParser parser = {.lexer = ts_lexer(text), .arena = arena};
	parser.token = ts_lex(&parser.lexer);
	return parser;
}

static TsToken take_token(TsParser *parser)
{
	TsToken token = parser->token;
	parser->token = ts_lex(&parser->lexer);
	return token;
}

static Str token_words(const TsParser *parser)
{
	const TsToken *token = &parser->token;
	if (token->kind == TS_END)
		return STR("the file ends here");
	if (token->kind == TS_CONFLICT)
		return STR("this line is left by a merge with conflicts");
	return str_format(parser->arena, "%.*s is not understood here",
		STR_ARG(str_visible(parser->arena, str_head(token->text, SHOWN_MAX))));
}

static void stop_parsing(TsParser *parser, Str message)
{
	if (parser->failure.message.len)
		return;
	parser->failure = (TsFailure){parser->token.line, parser->token.col, message};
}

static void fail_here(TsParser *parser)
{
	stop_parsing(parser, token_words(parser));
}

static bool has_failed(const TsParser *parser)
{
	return parser->failure.message.len > 0;
}

static bool is_next(const TsParser *parser, char sign)
{
	return ts_token_is(&parser->token, sign);
}

static bool accept(TsParser *parser, char sign)
{
	bool found = is_next(parser, sign);
	if (found)
		take_token(parser);
	return found;
}

static bool expect(TsParser *parser, char sign)
{
	if (accept(parser, sign))
		return true;
	fail_here(parser);
	return false;
}

static bool is_word(const TsParser *parser, Str word)
{
	return parser->token.kind == TS_WORD && str_equal(parser->token.text, word);
}

static bool finds_name(TsParser *parser, Str name)
{
	return parser->token.kind == TS_WORD && str_equal(take_token(parser).text, name);
}

bool ts_find(TsParser *parser, Str name)
{
	while (parser->token.kind != TS_END) {
		bool is_type = is_word(parser, STR("type"));
		bool is_interface = is_word(parser, STR("interface"));
		take_token(parser);
		if (is_type && finds_name(parser, name) && accept(parser, '='))
			return true;
		if (is_interface && finds_name(parser, name) && is_next(parser, '{'))
			return true;
	}
	return false;
}

/* Keeps a hostile file from the stack's end. */
static bool descend(TsParser *parser)
{
	if (parser->depth >= DEPTH_MAX) {
		stop_parsing(parser, STR("this is nested too deep"));
		return false;
	}
	parser->depth++;
	return true;
}

bool ts_enter(TsParser *parser)
{
	return !has_failed(parser) && expect(parser, '{') && descend(parser);
}

/* ---- members ---- */

/* The rest of [_ in never] or [key: string], after the bracket. */
static void skip_index(TsParser *parser)
{
	while (!is_next(parser, ']') && parser->token.kind != TS_END)
		take_token(parser);
	expect(parser, ']');
}

/* `readonly` in front of a name, and not as one. */
static void skip_readonly(TsParser *parser)
{
	if (!is_word(parser, STR("readonly")))
		return;
	TsLexer ahead = parser->lexer;
	TsToken next = ts_lex(&ahead);
	if (next.kind == TS_WORD || next.kind == TS_STRING || ts_token_is(&next, '['))
		take_token(parser);
}

static void take_name(TsParser *parser, TsMember *member)
{
	if (accept(parser, '[')) {
		member->is_index = true;
		skip_index(parser);
		return;
	}
	TsTokenKind kind = parser->token.kind;
	if (kind != TS_WORD && kind != TS_NUMBER && kind != TS_STRING) {
		fail_here(parser);
		return;
	}
	TsToken token = take_token(parser);
	member->name = kind == TS_STRING ? ts_token_value(parser->arena, &token) : token.text;
}

bool ts_member(TsParser *parser, TsMember *member)
{
	if (has_failed(parser))
		return false;
	while (accept(parser, ';') || accept(parser, ','))
		;
	if (accept(parser, '}')) {
		parser->depth--;
		return false;
	}
	skip_readonly(parser);
	*member = (TsMember){.line = parser->token.line, .col = parser->token.col};
	take_name(parser, member);
	member->optional = accept(parser, '?');
	return expect(parser, ':') && !has_failed(parser);
}

/* ---- types ---- */

static TsType *new_type(TsParser *parser, TsKind kind)
{
	TsType *type = arena_new(parser->arena, TsType);
	*type = (TsType){.kind = kind, .line = parser->token.line, .col = parser->token.col};
	return type;
}

static TsType *read_object(TsParser *parser)
{
	TsType *type = new_type(parser, TS_OBJECT);
	TsMember **end = &type->members, head;
	if (!ts_enter(parser))
		return NULL;
	while (ts_member(parser, &head)) {
		*end = arena_new(parser->arena, TsMember);
		**end = head;
		(*end)->type = ts_type(parser);
		end = &(*end)->next;
	}
	return has_failed(parser) ? NULL : type;
}

/* Types with commas between them, up to `close`. */
static bool read_list(TsParser *parser, TsType **end, char close)
{
	while (!has_failed(parser) && !accept(parser, close)) {
		*end = ts_type(parser);
		if (!*end)
			return false;
		end = &(*end)->next;
		if (!accept(parser, ',') && !is_next(parser, close))
			fail_here(parser);
	}
	return !has_failed(parser);
}

static TsType *read_tuple(TsParser *parser)
{
	TsType *type = new_type(parser, TS_TUPLE);
	take_token(parser);
	return read_list(parser, &type->items, ']') ? type : NULL;
}

static TsType *read_group(TsParser *parser)
{
	take_token(parser);
	TsType *type = ts_type(parser);
	return type && expect(parser, ')') ? type : NULL;
}

/* A name with its dots is one piece of the text. */
static TsType *read_named(TsParser *parser)
{
	TsType *type = new_type(parser, TS_NAMED);
	type->text = take_token(parser).text;
	while (is_next(parser, '.')) {
		take_token(parser);
		if (parser->token.kind != TS_WORD) {
			fail_here(parser);
			return NULL;
		}
		type->text = str_format(parser->arena, "%.*s.%.*s", STR_ARG(type->text),
			STR_ARG(take_token(parser).text));
	}
	if (accept(parser, '<') && !read_list(parser, &type->items, '>'))
		return NULL;
	return type;
}

static TsType *read_literal(TsParser *parser)
{
	TsType *type = new_type(parser, TS_LITERAL);
	TsToken token = take_token(parser);
	type->text = type->value = token.text;
	if (token.kind != TS_STRING)
		return type;
	type->value = ts_token_value(parser->arena, &token);
	type->text = ts_quoted(parser->arena, type->value);
	return type;
}

static bool is_operator(const TsParser *parser)
{
	static const Str words[] = {STR_INIT("keyof"), STR_INIT("typeof"), STR_INIT("infer"),
		STR_INIT("unique"), STR_INIT("asserts"), STR_INIT("new")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(parser, words[i]))
			return true;
	return false;
}

static TsType *read_primary(TsParser *parser)
{
	skip_readonly(parser);
	if (is_next(parser, '{'))
		return read_object(parser);
	if (is_next(parser, '['))
		return read_tuple(parser);
	if (is_next(parser, '('))
		return read_group(parser);
	if (parser->token.kind == TS_STRING || parser->token.kind == TS_NUMBER)
		return read_literal(parser);
	if (parser->token.kind == TS_WORD && !is_operator(parser))
		return read_named(parser);
	fail_here(parser);
	return NULL;
}

static TsType *read_brackets(TsParser *parser, TsType *inner)
{
	TsType *type = new_type(parser, TS_ARRAY);
	type->items = inner;
	take_token(parser);
	if (accept(parser, ']'))
		return type;
	type->kind = TS_INDEXED;
	inner->next = ts_type(parser);
	return inner->next && expect(parser, ']') ? type : NULL;
}

/* A bracket on a line of its own belongs to the next member. */
static TsType *read_postfix(TsParser *parser)
{
	TsType *type = read_primary(parser);
	size_t pairs = 0;
	while (type && is_next(parser, '[') && !parser->token.begins_line) {
		if (++pairs > BRACKETS_MAX)
			stop_parsing(parser, STR("this is nested too deep"));
		type = has_failed(parser) ? NULL : read_brackets(parser, type);
	}
	return type;
}

/* Types with `sign` between them, and perhaps in front of the first one. */
static TsType *read_joined(
	TsParser *parser, char sign, TsKind kind, TsType *(*read)(TsParser *parser))
{
	TsType *type = new_type(parser, kind);
	accept(parser, sign);
	TsType *first = type->items = read(parser), *last = first;
	while (last && accept(parser, sign))
		last = last->next = read(parser);
	return !last ? NULL : first->next ? type : first;
}

static TsType *read_intersection(TsParser *parser)
{
	return read_joined(parser, '&', TS_INTERSECTION, read_postfix);
}

TsType *ts_type(TsParser *parser)
{
	if (has_failed(parser) || !descend(parser))
		return NULL;
	TsType *type = read_joined(parser, '|', TS_UNION, read_intersection);
	parser->depth--;
	return has_failed(parser) ? NULL : type;
}
