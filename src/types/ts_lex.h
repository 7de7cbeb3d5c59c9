/* TypeScript as tokens, as far as declarations of types need them: names, literals, signs. Comments
 * and white space are skipped. Nothing is refused here: a byte that begins no token is a sign
 * of its own. Linear; a token is a view into the text. */
#ifndef TYPES_TS_LEX_H
#define TYPES_TS_LEX_H

#include "base/str.h"

typedef enum TsTokenKind {
	TS_END,
	TS_WORD, /* a name or a keyword; letters of any script */
	TS_STRING, /* with its quotes: '…', "…" or `…` */
	TS_NUMBER,
	TS_SIGN, /* one character, or => */
	TS_CONFLICT, /* a line that git leaves where a merge failed: <<<<<<<, =======, >>>>>>> */
} TsTokenKind;

typedef struct TsToken {
	TsTokenKind kind;
	Str text;
	size_t line, col; /* from 1, columns in characters */
	bool begins_line; /* there is a line end between it and the token before */
} TsToken;

typedef struct TsLexer {
	Str text;
	size_t at;
	size_t line, line_at; /* the line's number from 1, and where it begins */
	size_t counted, chars; /* up to which byte the line's characters are counted */
	size_t unclosed[3]; /* of each kind of quote: none before here ends anything */
} TsLexer;

TsLexer ts_lexer(Str text);
TsToken ts_lex(TsLexer *lexer);

bool ts_token_is(const TsToken *token, char sign);
/* The value of a token of kind TS_STRING: without quotes and escapes. */
Str ts_token_value(Arena *arena, const TsToken *token);

/* A value as a string of JSON. */
Str ts_quoted(Arena *arena, Str value);
/* A name as a key: bare if it is an identifier, else a string. */
Str ts_key(Arena *arena, Str name);

#endif
