#include "glob/glob_token.h"

#include <string.h>

/* ---- reading -------------------------------------------------------------------------------- */

/* job_peek(job, 1) is the next unit; -1 past the end. */
int job_peek(const Job *job, size_t ahead)
{
	size_t at = job->next + ahead - 1;
	return at < job->in.len ? job->in.ptr[at] : -1;
}

bool job_at_end(const Job *job)
{
	return job->next == job->in.len;
}

Units job_rest(const Job *job)
{
	return units_skip(job->in, job->next);
}

bool unit_is_one_of(int unit, const char *ascii)
{
	return unit > 0 && unit < 128 && strchr(ascii, unit);
}

bool unit_is_special(int unit)
{
	return unit_is_one_of(unit, "-*+?.^${}(|)[]");
}

/* ---- tokens --------------------------------------------------------------------------------- */

Units token_output(const Token *token)
{
	return units_of(token->has_output ? &token->output : &token->value);
}

Token *token_new(Job *job, TokenKind kind, const char *value)
{
	Token *token = arena_new(job->arena, Token);
	token->kind = kind;
	units_add_ascii(job->arena, &token->value, value);
	return token;
}

void token_set_output(Job *job, Token *token, const char *output)
{
	token->has_output = true;
	token->output.count = 0;
	units_add_ascii(job->arena, &token->output, output);
}

void job_add_output(Job *job, Token *token, const char *output)
{
	units_add_ascii(job->arena, &token->output, output);
	units_add_ascii(job->arena, &job->out, output);
}

/* In the output, `token` is last; it becomes `output`. */
void job_replace_output(Job *job, Token *token, const char *output)
{
	units_cut(&job->out, token->output.count);
	token_set_output(job, token, output);
	units_add_ascii(job->arena, &job->out, output);
}

/* A globstar is one only if a slash follows, or the end of what holds it; if not, it was a star. */
static void settle_globstar(Job *job, const Token *next)
{
	Token *last = job->last;
	bool ends = next->kind == TOKEN_SLASH || next->kind == TOKEN_PAREN || next->extglob;
	bool ends_choice =
		job->braces_open > 0 && (next->kind == TOKEN_COMMA || next->kind == TOKEN_BRACE);
	if (last->kind != TOKEN_GLOBSTAR || ends || ends_choice)
		return;
	job_replace_output(job, last, STAR);
	last->kind = TOKEN_STAR;
	last->value.count = 0;
	units_add_ascii(job->arena, &last->value, "*");
}

/* What an extglob holds decides how its negation is written. */
static void note_inner(Job *job, const Token *token)
{
	if (!job->extglobs.count || token->kind == TOKEN_PAREN)
		return;
	Extglob *extglob = &job->extglobs.items[job->extglobs.count - 1];
	Units value = units_of(&token->value);
	extglob->length += value.len;
	extglob->has_star = extglob->has_star || units_hold(value, '*');
	extglob->has_slash = extglob->has_slash || units_hold(value, '/');
}

void job_push(Job *job, Token *token)
{
	Token *last = job->last;
	settle_globstar(job, token);
	note_inner(job, token);
	units_add(job->arena, &job->out, token_output(token));
	if (last->kind == TOKEN_TEXT && token->kind == TOKEN_TEXT) {
		/* Not the new text's output, and not the old one's value: that is how picomatch
		 * loses the beginning and an escape if the output is rebuilt from the tokens. */
		last->has_output = true;
		units_add(job->arena, &last->value, units_of(&token->value));
		units_add(job->arena, &last->output, units_of(&token->value));
		return;
	}
	token->before = last;
	*vec_add(job->arena, &job->tokens) = token;
	job->last = token;
}

void job_push_as(Job *job, TokenKind kind, const char *value, const char *output)
{
	Token *token = token_new(job, kind, value);
	token_set_output(job, token, output);
	job_push(job, token);
}

void job_push_plain(Job *job, TokenKind kind, const char *value)
{
	job_push(job, token_new(job, kind, value));
}

void job_push_text(Job *job, const UnitBuf *text)
{
	Token *token = token_new(job, TOKEN_TEXT, "");
	token->value = *text;
	job_push(job, token);
}

void job_nest(Job *job, char kind)
{
	*vec_add(job->arena, &job->nest) = kind;
}

/* Whatever was opened last, even if it is of another kind. */
void job_unnest(Job *job)
{
	if (job->nest.count)
		job->nest.count--;
}

/* Adds to the last token and to the output, without a token of its own. */
void job_extend(Job *job, Units text)
{
	units_add(job->arena, &job->last->value, text);
	units_add(job->arena, &job->out, text);
}

void job_add_escaped(Job *job, UnitBuf *buf, Units text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (unit_is_special(text.ptr[i]))
			units_add_unit(job->arena, buf, '\\');
		units_add_unit(job->arena, buf, text.ptr[i]);
	}
}

bool token_is(const Token *token, const char *ascii)
{
	return token->value.count == strlen(ascii) && units_start(units_of(&token->value), ascii);
}

/* What would otherwise be looked for again and again: the position after the last `]`, where the
 * run of `)` at the pattern's end begins, and the last `<name>`, `<=` or `<!`. */
static void survey(Job *job)
{
	Units in = job->in;
	job->parens_start = in.len;
	while (job->parens_start && in.ptr[job->parens_start - 1] == ')')
		job->parens_start--;
	for (size_t i = 0; i < in.len; i++) {
		size_t end = i + 1;
		if (in.ptr[i] == ']')
			job->brackets_end = end;
		if (in.ptr[i] != '<')
			continue;
		while (end < in.len && unit_is_word(in.ptr[end]))
			end++;
		bool is_name = end > i + 1 && end < in.len && in.ptr[end] == '>';
		if (is_name || (i + 1 < in.len && unit_is_one_of(in.ptr[i + 1], "=!")))
			job->name_at = i + 1;
	}
}

void job_start(Job *job)
{
	job->first = job->last = token_new(job, TOKEN_START, "");
	job->first->has_output = true;
	*vec_add(job->arena, &job->tokens) = job->first;
	survey(job);
}
