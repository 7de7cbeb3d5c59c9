/* SQL cut into tokens, of any length and without allocation.
 *
 * It knows what PostgreSQL's scanner knows of quotes, comments, numbers and operators (manual,
 * "Lexical Structure"), not the grammar. libpg_query's own scanner has the same rules, but not for
 * texts of any size. What is not closed ends with the text. */
#ifndef SQL_LEX_H
#define SQL_LEX_H

#include "base/str.h"

typedef enum LexKind {
	LEX_END,
	LEX_BLANK,
	LEX_COMMENT,
	LEX_WORD, /* a keyword, or a name without quotes */
	LEX_QUOTED, /* a name in double quotes, U& included */
	LEX_STRING, /* a constant in single quotes, with its prefix and its continuations if it is
		       E'…' */
	LEX_DOLLAR, /* $tag$…$tag$ */
	LEX_NUMBER,
	LEX_SEMICOLON,
	LEX_OTHER, /* an operator, or one character */
} LexKind;

typedef struct Lexer {
	Str text;
	size_t at;
} Lexer;

/* The next token, LEX_END at the end. */
LexKind lex_next(Lexer *lexer, Str *token);
/* The same without blanks and comments. */
LexKind lex_next_word(Lexer *lexer, Str *token);
/* The longest LEX_STRING or LEX_DOLLAR of a statement, with its delimiters: the body of a function
 * or of a DO block, if it has one. Empty if there is no string. */
Str lex_longest_string(Str statement);
/* Is a LEX_WORD this one, which is given in upper case? */
bool lex_is(Str word, const char *upper);
/* How often such a word is in a text. */
size_t lex_count(Str text, const char *upper);

#endif
