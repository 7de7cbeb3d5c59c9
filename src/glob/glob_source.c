#include "glob/glob_source.h"

#include "glob/glob_group.h"
#include "glob/glob_simple.h"

#include <string.h>

/* ---- extglobs and parentheses --------------------------------------------------------------- */

static void open_extglob(Job *job, TokenKind kind, char sign)
{
	char value[] = {sign, '\0'};
	Extglob extglob = {.sign = sign, .parens = job->parens++};
	job_nest(job, '(');
	job_push_as(job, kind, value, job->out.count ? "" : ONE_CHAR);
	Token *paren = token_new(job, TOKEN_PAREN, "(");
	token_set_output(job, paren, sign == '!' ? "(?:(?!(?:" : "(?:");
	paren->extglob = true;
	job->next++;
	job_push(job, paren);
	*vec_add(job->arena, &job->extglobs) = extglob;
}

static UnitBuf rest_source(Job *job);

/* Is the rest a `.` and then no other one, nor a slash? */
static bool rest_is_suffix(const Job *job)
{
	Units rest = job_rest(job);
	if (rest.len < 2 || rest.ptr[0] != '.')
		return false;
	for (size_t i = 1; i < rest.len; i++)
		if (unit_is_one_of(rest.ptr[i], "\\/."))
			return false;
	return true;
}

/* Where the negation is the last of its pattern, what it holds has to reach the end; where `.ext`
 * follows a star, that becomes a part of what is excluded. */
static void close_negation(Job *job, const Extglob *extglob, Token *token)
{
	bool wide = extglob->length > 1 && extglob->has_slash;
	const char *star = wide ? GLOBSTAR : STAR;
	token_set_output(job, token, "))");
	if (wide || job->next >= job->parens_start)
		token_set_output(job, token, ")$))");
	if (extglob->has_star && rest_is_suffix(job)) {
		UnitBuf rest = rest_source(job);
		token_set_output(job, token, ")");
		units_add(job->arena, &token->output, units_of(&rest));
		units_add_ascii(job->arena, &token->output, ")");
		units_add_ascii(job->arena, &token->output, star);
		units_add_ascii(job->arena, &token->output, ")");
		return;
	}
	units_add_ascii(job->arena, &token->output, star);
	if (!wide && job->next < job->parens_start)
		units_add_ascii(job->arena, &token->output, ")");
}

static void close_paren(Job *job)
{
	static const char signs[] = "@?+*";
	static const char *const closings[] = {")", ")?", ")+", ")*"};
	Extglob *extglob =
		job->extglobs.count ? &job->extglobs.items[job->extglobs.count - 1] : NULL;
	Token *token = token_new(job, TOKEN_PAREN, ")");
	if (!extglob || job->parens != extglob->parens + 1) {
		token_set_output(job, token, job->parens ? ")" : "\\)");
	} else {
		const char *sign = strchr(signs, extglob->sign);
		job->extglobs.count--;
		token->extglob = true;
		if (sign)
			token_set_output(job, token, closings[sign - signs]);
		else
			close_negation(job, extglob, token);
	}
	job_push(job, token);
	job->parens--;
	job_unnest(job);
}

static void open_paren(Job *job)
{
	job->parens++;
	job_nest(job, '(');
	job_push_plain(job, TOKEN_PAREN, "(");
}

/* ---- single signs --------------------------------------------------------------------------- */

/* Does `(` follow, and not the `(?` of a regular expression's group? */
static bool extglob_follows(const Job *job)
{
	return job_peek(job, 1) == '(' && job_peek(job, 2) != '?';
}

static void read_slash(Job *job)
{
	if (job->last->kind == TOKEN_DOT && job->next == job->start + 2) {
		job->start = job->next; /* the pattern begins after its `./` */
		job->out.count = 0;
		job->tokens.count--;
		job->last = job->first;
		return;
	}
	job_push_as(job, TOKEN_SLASH, "/", SLASH);
}

static void read_dot(Job *job)
{
	Token *last = job->last;
	if (job->braces_open > 0 && last->kind == TOKEN_DOT) {
		if (token_is(last, "."))
			token_set_output(job, last, DOT);
		last->kind = TOKEN_DOTS;
		units_add_ascii(job->arena, &last->output, ".");
		units_add_ascii(job->arena, &last->value, ".");
		job->braces.items[job->braces.count - 1]->dots = true;
		return;
	}
	bool inside = job->braces_open + job->parens == 0 && last->kind != TOKEN_START &&
		      last->kind != TOKEN_SLASH;
	job_push_as(job, inside ? TOKEN_TEXT : TOKEN_DOT, ".", DOT);
}

/* Behind a parenthesis it is a quantifier, or belongs to `(?:` and the like. */
static void read_question(Job *job)
{
	Token *last = job->last;
	bool opens = token_is(last, "(");
	if (!opens && extglob_follows(job)) {
		open_extglob(job, TOKEN_QUESTION, '?');
		return;
	}
	if (last->kind != TOKEN_PAREN) {
		job_push_as(job, TOKEN_QUESTION, "?", NO_SLASH);
		return;
	}
	int next = job_peek(job, 1);
	bool literal = (opens && !unit_is_one_of(next, "!=<:")) ||
		       (next == '<' && job->name_at <= job->next);
	job_push_as(job, TOKEN_TEXT, "?", literal ? "\\?" : "?");
}

static void read_plus(Job *job)
{
	TokenKind last = job->last->kind;
	if (extglob_follows(job))
		open_extglob(job, TOKEN_PLUS, '+');
	else if (token_is(job->last, "("))
		job_push_as(job, TOKEN_PLUS, "+", "\\+");
	else if (last == TOKEN_BRACKET || last == TOKEN_PAREN || last == TOKEN_BRACE ||
		 job->parens > 0)
		job_push_plain(job, TOKEN_PLUS, "+");
	else
		job_push_plain(job, TOKEN_PLUS, "\\+");
}

/* The unit that was read, and those after it that have no meaning. */
static void read_text(Job *job, uint16_t unit)
{
	UnitBuf text = {0};
	if (unit == '$' || unit == '^')
		units_add_unit(job->arena, &text, '\\');
	units_add_unit(job->arena, &text, unit);
	while (!job_at_end(job) && !unit_is_one_of(job_peek(job, 1), "@![].,$*+?^{}()|\\/"))
		units_add_unit(job->arena, &text, job->in.ptr[job->next++]);
	job_push_text(job, &text);
}

static void read_at(Job *job)
{
	if (!extglob_follows(job)) {
		job_push_plain(job, TOKEN_TEXT, "@");
		return;
	}
	Token *token = token_new(job, TOKEN_AT, "@");
	token_set_output(job, token, "");
	token->extglob = true;
	job_push(job, token);
}

/* The `!` at the beginning, and those that follow it: an odd number negates. */
static void read_negation(Job *job)
{
	bool odd = true;
	while (job_peek(job, 1) == '!' && (job_peek(job, 2) != '(' || job_peek(job, 3) == '?')) {
		job->next++;
		job->start++;
		odd = !odd;
	}
	job->negated = odd;
	job->start += odd;
}

static void read_exclamation(Job *job)
{
	if (job_peek(job, 1) == '(' &&
		(job_peek(job, 2) != '?' || !unit_is_one_of(job_peek(job, 3), "!=<:")))
		open_extglob(job, TOKEN_NEGATION, '!');
	else if (job->next == 1)
		read_negation(job);
	else
		read_text(job, '!');
}

/* A backslash and what it escapes; of a longer run of backslashes one or two are left. False if
 * that is all, true if `text` is to be read as if it stood in the pattern. */
static bool read_escape(Job *job, UnitBuf *text)
{
	size_t run = 0;
	int next = job_peek(job, 1);
	if (unit_is_one_of(next, "/.;"))
		return false;
	units_add_unit(job->arena, text, '\\');
	if (next < 0) {
		units_add_unit(job->arena, text, '\\');
		job_push_text(job, text);
		return false;
	}
	while (job_peek(job, run + 1) == '\\')
		run++;
	if (run > 2) {
		job->next += run;
		if (run % 2)
			units_add_unit(job->arena, text, '\\');
	}
	job->endless = job->endless || job_at_end(job);
	if (!job_at_end(job))
		units_add_unit(job->arena, text, job->in.ptr[job->next++]);
	if (!job->in_bracket)
		job_push_text(job, text);
	return job->in_bracket;
}

/* ---- stars ---------------------------------------------------------------------------------- */

static void become_globstar(Job *job, const char *output)
{
	Token *star = job->last;
	star->kind = TOKEN_GLOBSTAR;
	units_add_ascii(job->arena, &star->value, "*");
	job_replace_output(job, star, output);
}

/* Behind a slash, `**` and the slash are optional together. */
static void become_optional_globstar(Job *job, const char *output)
{
	Token *slash = job->last->before;
	UnitBuf group = {0};
	units_add_ascii(job->arena, &group, "(?:");
	units_add(job->arena, &group, units_of(&slash->output));
	units_cut(&job->out, slash->output.count + job->last->output.count);
	slash->output = group;
	units_add(job->arena, &job->out, units_of(&group));
	units_add(job->arena, &job->out, units_of(&job->last->output));
	become_globstar(job, output);
}

/* The slash after a globstar belongs to it. */
static void swallow_slash(Job *job)
{
	job->next++;
	job_push_as(job, TOKEN_SLASH, "/", "");
}

static void skip_repeated_globstars(Job *job)
{
	while (units_start(job_rest(job), "/**") &&
		(job_peek(job, 4) < 0 || job_peek(job, 4) == '/'))
		job->next += 3;
}

static void read_globstar(Job *job)
{
	const Token *prior = job->last->before, *before = prior->before;
	bool first = prior->kind == TOKEN_START;
	bool after_slash = prior->kind == TOKEN_SLASH && before->kind != TOKEN_START;
	bool after_star = before && (before->kind == TOKEN_STAR || before->kind == TOKEN_GLOBSTAR);
	skip_repeated_globstars(job);
	bool last = job_at_end(job), slash = job_peek(job, 1) == '/';
	if (first && (last || slash))
		job->out.count = 0;
	if (after_slash && last && !after_star) {
		become_optional_globstar(job, GLOBSTAR "|$)");
	} else if (after_slash && slash) {
		bool more = job_peek(job, 2) >= 0;
		become_optional_globstar(
			job, more ? GLOBSTAR SLASH "|" SLASH "|$)" : GLOBSTAR SLASH "|" SLASH ")");
		swallow_slash(job);
	} else if (first && slash) {
		become_globstar(job, "(?:^|" SLASH "|" GLOBSTAR SLASH ")");
		swallow_slash(job);
	} else {
		become_globstar(job, GLOBSTAR);
	}
}

static void read_second_star(Job *job)
{
	TokenKind prior = job->last->before->kind;
	bool in_choice = job->braces_open > 0 && (prior == TOKEN_COMMA || prior == TOKEN_BRACE);
	if (prior == TOKEN_SLASH || prior == TOKEN_START || prior == TOKEN_PAREN || in_choice)
		read_globstar(job);
	else
		job_push_as(job, TOKEN_STAR, "*", "");
}

static void read_first_star(Job *job)
{
	Token *last = job->last;
	bool begins = job->next == job->start + 1 || last->kind == TOKEN_SLASH;
	if (begins || last->kind == TOKEN_DOT) {
		job_add_output(job, last, last->kind == TOKEN_DOT ? NO_DOT_PART : NO_DOTS_PART);
		if (job_peek(job, 1) != '*')
			job_add_output(job, last, ONE_CHAR);
	}
	job_push_as(job, TOKEN_STAR, "*", STAR);
}

static void read_star(Job *job)
{
	Token *last = job->last;
	if (last->kind == TOKEN_GLOBSTAR || last->many_stars) {
		last->kind = TOKEN_STAR;
		last->many_stars = true;
		units_add_ascii(job->arena, &last->value, "*");
		token_set_output(job, last, STAR);
		job->rebuild = true;
	} else if (extglob_follows(job) && job_peek(job, 2) >= 0) {
		open_extglob(job, TOKEN_STAR, '*');
	} else if (last->kind == TOKEN_STAR) {
		read_second_star(job);
	} else {
		read_first_star(job);
	}
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void read_quote(Job *job)
{
	job->quoted = !job->quoted;
}

static void read_bar(Job *job)
{
	job_push_plain(job, TOKEN_TEXT, "|");
}

static void read_unit(Job *job, uint16_t unit)
{
	static const struct {
		char unit;
		void (*read)(Job *job);
	} readers[] = {
		{'"', read_quote},
		{'(', open_paren},
		{')', close_paren},
		{'[', group_open_bracket},
		{'{', group_open_brace},
		{'}', group_close_brace},
		{'|', read_bar},
		{',', group_read_comma},
		{'/', read_slash},
		{'.', read_dot},
		{'?', read_question},
		{'!', read_exclamation},
		{'+', read_plus},
		{'@', read_at},
		{'*', read_star},
	};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (unit == readers[i].unit) {
			readers[i].read(job);
			return;
		}
	}
	if (unit == ']')
		job_push_as(job, TOKEN_TEXT, "]", "\\]");
	else
		read_text(job, unit);
}

static void read_next(Job *job)
{
	UnitBuf text = {0};
	uint16_t unit = job->in.ptr[job->next++];
	if (unit == '\\') {
		if (read_escape(job, &text))
			group_read_in_bracket(job, units_of(&text));
		return;
	}
	bool first = token_is(job->last, "[") || token_is(job->last, "[^");
	if (job->in_bracket && (unit != ']' || first)) {
		group_read_in_bracket(job, (Units){&unit, 1});
	} else if (job->in_bracket) {
		group_close_bracket(job);
	} else if (job->quoted && unit != '"') {
		job_add_escaped(job, &text, (Units){&unit, 1});
		job_extend(job, units_of(&text));
	} else {
		read_unit(job, unit);
	}
}

/* Escapes the last `count` of an opening sign that are not escaped yet. */
static void escape_last(Job *job, uint16_t sign, int count)
{
	UnitBuf reversed = {0};
	Units out = units_of(&job->out);
	if (count <= 0)
		return;
	for (size_t i = out.len; i-- > 0;) {
		units_add_unit(job->arena, &reversed, out.ptr[i]);
		if (out.ptr[i] != sign || count == 0 || (i && out.ptr[i - 1] == '\\'))
			continue;
		units_add_unit(job->arena, &reversed, '\\');
		count--;
	}
	job->out.count = 0;
	for (size_t i = reversed.count; i-- > 0;)
		units_add_unit(job->arena, &job->out, reversed.items[i]);
}

/* What has been left open was text; but if the output is rebuilt, that is forgotten. */
static void finish(Job *job)
{
	escape_last(job, '[', job->in_bracket);
	escape_last(job, '(', job->parens);
	escape_last(job, '{', job->braces_open);
	if (job->last->kind == TOKEN_STAR || job->last->kind == TOKEN_BRACKET)
		job_push_as(job, TOKEN_MAYBE_SLASH, "", SLASH "?");
	if (!job->rebuild)
		return;
	job->out.count = 0;
	for (size_t i = 0; i < job->tokens.count; i++)
		units_add(job->arena, &job->out, token_output(job->tokens.items[i]));
}

static Job translate(Arena *arena, Units pattern)
{
	Job job = {.arena = arena, .in = pattern};
	job_start(&job);
	while (!job_at_end(&job) && !job.endless) {
		if (job.in.ptr[job.next] == 0)
			job.next++;
		else
			read_next(&job);
	}
	finish(&job);
	return job;
}

/* The rest of the pattern on its own. It holds no second `.`, and so nothing that asks for this
 * again. */
static UnitBuf rest_source(Job *job)
{
	Job rest = translate(job->arena, job_rest(job));
	job->endless = job->endless || rest.endless;
	return rest.out;
}

/* ---- the entrance --------------------------------------------------------------------------- */

/* These three mean the same as a shorter one; no other pattern is compared as a whole. */
static Units replace_whole(Units pattern)
{
	static const uint16_t stars[] = {'*', '*'};
	if (pattern.len == 3 && units_start(pattern, "***"))
		return (Units){stars, 1};
	if ((pattern.len == 5 && units_start(pattern, "**/**")) ||
		(pattern.len == 8 && units_start(pattern, "**/**/**")))
		return (Units){stars, 2};
	return pattern;
}

static Units wrap(Arena *arena, const UnitBuf *body)
{
	UnitBuf out = {0};
	units_add_ascii(arena, &out, "^(?:");
	units_add(arena, &out, units_of(body));
	units_add_ascii(arena, &out, ")$");
	return units_of(&out);
}

GlobSource glob_source(Arena *arena, Units pattern)
{
	UnitBuf out = {0};
	bool wild = pattern.len && unit_is_one_of(pattern.ptr[0], ".*");
	pattern = replace_whole(pattern);
	if (units_start(pattern, "./"))
		pattern = units_skip(pattern, 2);
	if (wild && simple_known(arena, pattern, &out))
		return (GlobSource){.text = wrap(arena, &out)};
	if (simple_source(arena, pattern, &out)) {
		UnitBuf whole = {0};
		units_add(arena, &whole, wrap(arena, &out)); /* it is wrapped twice */
		return (GlobSource){.text = wrap(arena, &whole)};
	}
	Job job = translate(arena, pattern);
	return (GlobSource){wrap(arena, &job.out), job.negated, job.endless};
}
