#include "glob/glob_group.h"

#include "glob/glob_tree.h"

#include <stdlib.h>
#include <string.h>

/* ---- brackets ------------------------------------------------------------------------------- */

void group_open_bracket(Job *job)
{
	bool closes = job->brackets_end > job->next;
	if (closes) {
		job->in_bracket = true;
		job_nest(job, '[');
	}
	job_push_plain(job, TOKEN_BRACKET, closes ? "[" : "\\[");
}

/* What `[:name:]` matches, given what follows `[:`. */
static const char *posix_class(Units name)
{
	static const struct {
		const char *name, *source;
	} classes[] = {
		{"alnum", "a-zA-Z0-9"},
		{"alpha", "a-zA-Z"},
		{"ascii", "\\x00-\\x7F"},
		{"blank", " \\t"},
		{"cntrl", "\\x00-\\x1F\\x7F"},
		{"digit", "0-9"},
		{"graph", "\\x21-\\x7E"},
		{"lower", "a-z"},
		{"print", "\\x20-\\x7E "},
		{"punct", "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~"},
		{"space", " \\t\\r\\n\\v\\f"},
		{"upper", "A-Z"},
		{"word", "A-Za-z0-9_"},
		{"xdigit", "A-Fa-f0-9"},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (name.len == strlen(classes[i].name) && units_start(name, classes[i].name))
			return classes[i].source;
	return NULL;
}

/* A `:` inside of brackets may end a class's name; the `]` after it is then read, too. */
static bool end_posix_class(Job *job)
{
	Token *bracket = job->last;
	Units value = units_of(&bracket->value);
	size_t at = value.len;
	if (!units_hold(units_skip(value, 1), '['))
		return false;
	bracket->posix = true;
	if (!units_hold(units_skip(value, 1), ':'))
		return false;
	while (at > 1 && value.ptr[at - 1] != '[' && value.len - at < 8)
		at--;
	const char *source = posix_class(units_skip(value, at + 1));
	if (!source || value.ptr[at - 1] != '[')
		return false;
	bracket->value.count = at - 1;
	units_add_ascii(job->arena, &bracket->value, source);
	job->rebuild = true;
	job->endless = job->endless || job_at_end(job);
	job->next++;
	if (!job->first->output.count && job->tokens.count > 1 && job->tokens.items[1] == bracket)
		token_set_output(job, job->first, ONE_CHAR);
	return true;
}

/* One unit, or an escape, inside of brackets. */
void group_read_in_bracket(Job *job, Units text)
{
	Token *bracket = job->last;
	int unit = text.len == 1 ? text.ptr[0] : -1;
	bool first = token_is(bracket, "[") || token_is(bracket, "[^");
	if (unit == ':' && end_posix_class(job))
		return;
	if ((unit == '[' && job_peek(job, 1) != ':') || (unit == '-' && job_peek(job, 1) == ']') ||
		(unit == ']' && first))
		job_extend(job, (Units){(const uint16_t[]){'\\'}, 1});
	job_extend(job, text);
}

/* A class without anything special matches its own text, too. */
void group_close_bracket(Job *job)
{
	Token *bracket = job->last;
	UnitBuf both = {0}, whole = {0};
	Units inner = units_skip(units_of(&bracket->value), 1);
	bool special = false, inverted = inner.len && inner.ptr[0] == '^';
	for (size_t i = 0; i < inner.len; i++)
		special = special || unit_is_special(inner.ptr[i]);
	job->in_bracket = false;
	job_unnest(job);
	if (!bracket->posix && inverted && !units_hold(inner, '/'))
		job_extend(job, (Units){(const uint16_t[]){'/'}, 1});
	job_extend(job, (Units){(const uint16_t[]){']'}, 1});
	if (special)
		return;
	whole = bracket->value;
	units_add_ascii(job->arena, &both, "(?:");
	job_add_escaped(job, &both, units_of(&whole));
	units_add_ascii(job->arena, &both, "|");
	units_add(job->arena, &both, units_of(&whole));
	units_add_ascii(job->arena, &both, ")");
	units_cut(&job->out, whole.count);
	bracket->value = both;
	units_add(job->arena, &job->out, units_of(&both));
}

/* ---- braces --------------------------------------------------------------------------------- */

void group_open_brace(Job *job)
{
	Token *brace = token_new(job, TOKEN_BRACE, "{");
	token_set_output(job, brace, "(");
	brace->output_at = job->out.count;
	brace->token_at = job->tokens.count;
	job->braces_open++;
	job_nest(job, '{');
	*vec_add(job->arena, &job->braces) = brace;
	job_push(job, brace);
}

static Token *open_brace_of(const Job *job)
{
	return job->braces.count ? job->braces.items[job->braces.count - 1] : NULL;
}

static int compare_units(const void *a, const void *b)
{
	Units left = units_of(&(*(Token *const *)a)->value);
	Units right = units_of(&(*(Token *const *)b)->value);
	for (size_t i = 0; i < left.len && i < right.len; i++)
		if (left.ptr[i] != right.ptr[i])
			return left.ptr[i] < right.ptr[i] ? -1 : 1;
	return (left.len > right.len) - (left.len < right.len);
}

/* The values in order, joined as a class, or, where that is none, as escaped text. */
static UnitBuf join_range(Job *job, Token **items, size_t count)
{
	UnitBuf class = {0}, text = {0};
	const Node *tree;
	const char *why;
	qsort(items, count, sizeof(Token *), compare_units);
	units_add_ascii(job->arena, &class, "[");
	for (size_t i = 0; i < count; i++) {
		units_add_ascii(job->arena, &class, i ? "-" : "");
		units_add_ascii(job->arena, &text, i ? ".." : "");
		units_add(job->arena, &class, units_of(&items[i]->value));
		job_add_escaped(job, &text, units_of(&items[i]->value));
	}
	units_add_ascii(job->arena, &class, "]");
	bool valid = tree_parse(job->arena, units_of(&class), &tree, &why) != TREE_INVALID;
	return valid ? class : text;
}

/* Takes the tokens back to the last brace, which may be that of an inner pair, and makes a class of
 * those between the dots. */
static UnitBuf take_range(Job *job)
{
	Token **items = job->tokens.items;
	size_t end = job->tokens.count, at = end, count = 0;
	while (at && items[at - 1]->kind != TOKEN_BRACE)
		at--;
	Token **range = arena_array(job->arena, Token *, end - at + 1);
	for (size_t i = at; i < end; i++)
		if (items[i]->kind != TOKEN_DOTS)
			range[count++] = items[i];
	job->tokens.count = at ? at - 1 : 0;
	job->rebuild = true;
	return join_range(job, range, count);
}

/* `{a}` holds no choice: its braces are text, and the output since the opening one changes. */
static void undo_brace(Job *job, Token *brace)
{
	token_set_output(job, brace, "\\{");
	brace->value = brace->output;
	if (job->out.count > brace->output_at)
		job->out.count = brace->output_at;
	for (size_t i = brace->token_at; i < job->tokens.count; i++) {
		const Token *token = job->tokens.items[i];
		bool written = token->has_output && token->output.count;
		units_add(
			job->arena, &job->out, units_of(written ? &token->output : &token->value));
	}
}

void group_close_brace(Job *job)
{
	Token *brace = open_brace_of(job);
	if (!brace) {
		job_push_as(job, TOKEN_TEXT, "}", "}");
		return;
	}
	bool is_text = !brace->comma && !brace->dots;
	Token *token = token_new(job, TOKEN_BRACE, is_text ? "\\}" : "}");
	token_set_output(job, token, is_text ? "\\}" : ")");
	if (brace->dots)
		token->output = take_range(job);
	if (is_text)
		undo_brace(job, brace);
	job_push(job, token);
	job->braces_open--;
	job_unnest(job);
	job->braces.count--;
}

void group_read_comma(Job *job)
{
	Token *brace = open_brace_of(job);
	bool chooses = brace && job->nest.count && job->nest.items[job->nest.count - 1] == '{';
	if (chooses)
		brace->comma = true;
	job_push_as(job, TOKEN_COMMA, ",", chooses ? "|" : ",");
}
