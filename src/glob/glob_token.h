/* The tokens of a glob while its regular expression is being written. For glob_source.c and its
 * parts only.
 *
 * The output is written twice: as one text, from which pieces are cut off again, and with each
 * token, from which the text is rebuilt in the end if `rebuild` is set. The two differ where
 * picomatch's do. */
#ifndef GLOB_GLOB_TOKEN_H
#define GLOB_GLOB_TOKEN_H

#include "glob/glob_units.h"

/* The pieces of regular expression that globs are made of. */
#define NO_SLASH "[^/]"
#define STAR NO_SLASH "*?"
#define SLASH "\\/"
#define DOT "\\."
#define NO_DOT_PART "(?!\\.{0,1}(?:\\/|$))"
#define NO_DOTS_PART "(?!\\.{1,2}(?:\\/|$))"
#define NO_DOTS_PART_ANYWHERE "(?!(?:^|\\/)\\.{1,2}(?:\\/|$))"
#define ONE_CHAR "(?=.)"
#define GLOBSTAR "(?:(?:" NO_DOTS_PART_ANYWHERE ".)*?)"

typedef enum TokenKind {
	TOKEN_START,
	TOKEN_TEXT,
	TOKEN_SLASH,
	TOKEN_DOT,
	TOKEN_DOTS,
	TOKEN_QUESTION,
	TOKEN_PLUS,
	TOKEN_STAR,
	TOKEN_GLOBSTAR,
	TOKEN_AT,
	TOKEN_NEGATION,
	TOKEN_COMMA,
	TOKEN_BRACE,
	TOKEN_BRACKET,
	TOKEN_PAREN,
	TOKEN_MAYBE_SLASH
} TokenKind;

typedef struct Token Token;
struct Token {
	TokenKind kind;
	Token *before;
	UnitBuf value; /* what is in the pattern */
	UnitBuf output; /* what it becomes, if has_output; else the value itself */
	bool has_output;
	bool extglob; /* a parenthesis, or the @ before it */
	bool many_stars, posix;
	bool comma, dots; /* a brace: what it has been found to hold */
	size_t output_at, token_at; /* a brace: where it began */
};

/* An open `!(`, `@(` and so on. */
typedef struct Extglob {
	char sign;
	int parens; /* open outside of it */
	bool has_star, has_slash; /* in what it holds */
	size_t length; /* of that */
} Extglob;

typedef struct Job {
	Arena *arena;
	Units in;
	size_t next; /* the unit that is read next */
	size_t start; /* where the pattern begins, after `!` and `./` */
	bool negated, endless, quoted;
	bool in_bracket;
	bool rebuild; /* the output is to be made of the tokens in the end */
	int parens, braces_open;
	VEC(char) nest; /* what is open: ( [ { */
	VEC(Token *) tokens, braces;
	VEC(Extglob) extglobs;
	Token *first, *last;
	UnitBuf out;
	size_t brackets_end, parens_start, name_at; /* see survey */
} Job;

/* The `ahead`th unit from here (the next is 1), or -1 past the end. */
int job_peek(const Job *job, size_t ahead);
bool job_at_end(const Job *job);
Units job_rest(const Job *job);

/* Prepares a job that has its pattern. */
void job_start(Job *job);

bool unit_is_one_of(int unit, const char *ascii);
bool unit_is_special(int unit); /* in a regular expression */

Token *token_new(Job *job, TokenKind kind, const char *value);
Units token_output(const Token *token);
void token_set_output(Job *job, Token *token, const char *output);
bool token_is(const Token *token, const char *ascii); /* is that its value? */

/* Adds a token and its output. Texts that follow each other become one. */
void job_push(Job *job, Token *token);
void job_push_as(Job *job, TokenKind kind, const char *value, const char *output);
void job_push_plain(Job *job, TokenKind kind, const char *value); /* the output is the value */
void job_push_text(Job *job, const UnitBuf *text);

/* Adds to the last token's value and to the output. */
void job_extend(Job *job, Units text);
/* Adds to a token's output and to that of the job. */
void job_add_output(Job *job, Token *token, const char *output);
/* In the output, `token` is last; it becomes `output`. */
void job_replace_output(Job *job, Token *token, const char *output);
/* Adds a text that is to match itself. */
void job_add_escaped(Job *job, UnitBuf *buf, Units text);

/* What is open: one of ( [ {. What is closed is what was opened last, even if of another kind. */
void job_nest(Job *job, char kind);
void job_unnest(Job *job);

#endif
