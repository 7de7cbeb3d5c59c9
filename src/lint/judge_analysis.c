#include "lint/judge_analysis.h"

#include "base/sqlstate.h"
#include "lint/judge.h"
#include "sql/lex.h"
#include "sql/type_change.h"

#include <ctype.h>
#include <strings.h>

/* No SQLSTATE: it is not refused. */
typedef struct Refused {
	LintId rule;
	Str sqlstate, what;
} Refused;

static Refused refused_for(Code code, Str what)
{
	return (Refused){code.rule, str_from(code.sqlstate), what};
}

/* ---- what the server has refused ---- */

/* The statement fails as the query did: a name, a type or a constant is the reason. What a query
 * alone could be the reason of is left out: its syntax, written again by a library of another
 * version, and collations, which columns that stand for a table do not have. */
static bool is_about_names(Str sqlstate)
{
	switch ((int)sqlstate_read(sqlstate)) {
	case SQLSTATE_FEATURE_NOT_SUPPORTED:
	case SQLSTATE_NUMERIC_OUT_OF_RANGE:
	case SQLSTATE_INVALID_DATETIME:
	case SQLSTATE_DATETIME_OVERFLOW:
	case SQLSTATE_INVALID_TEXT_REPRESENTATION:
	case SQLSTATE_INVALID_SCHEMA_NAME:
	case SQLSTATE_DUPLICATE_COLUMN:
	case SQLSTATE_AMBIGUOUS_COLUMN:
	case SQLSTATE_UNDEFINED_COLUMN:
	case SQLSTATE_UNDEFINED_OBJECT:
	case SQLSTATE_DUPLICATE_ALIAS:
	case SQLSTATE_AMBIGUOUS_FUNCTION:
	case SQLSTATE_GROUPING_ERROR:
	case SQLSTATE_DATATYPE_MISMATCH:
	case SQLSTATE_WRONG_OBJECT_TYPE:
	case SQLSTATE_CANNOT_COERCE:
	case SQLSTATE_UNDEFINED_FUNCTION:
	case SQLSTATE_UNDEFINED_TABLE:
	case SQLSTATE_INVALID_COLUMN_REFERENCE:
	case SQLSTATE_INVALID_RECURSION:
	case SQLSTATE_WINDOWING_ERROR:
		return true;
	default:
		return false;
	}
}

/* With the arguments of a function as a row: an aggregate of nothing else is that row's, and
 * argument.field is written as a table's column is. */
static bool may_be_of_arguments(const World *world, const Analysis *analysis)
{
	const Names *arguments = &analysis->query->arguments;
	bool is_argument = names_have(arguments, str_sql_unquoted(world->arena, analysis->culprit));
	return arguments->count &&
	       (sqlstate_is(analysis->sqlstate, SQLSTATE_GROUPING_ERROR) ||
		       (is_argument && sqlstate_is(analysis->sqlstate, SQLSTATE_UNDEFINED_TABLE)));
}

/* More than its grammar: that is the library's own, which has written it. */
static bool is_about_form(const World *world, const Analysis *analysis)
{
	SqlFinding finding;
	return sqlstate_is(analysis->sqlstate, SQLSTATE_SYNTAX_ERROR) &&
	       world_has_our_grammar(world) &&
	       sql_examine(world->arena, analysis->sql, &finding) == SQL_VALID;
}

/* A query in a table's place has no primary key to group by, and rows that are no function's
 * argument: "row.f" may be a function's call. */
static bool may_be_of_tables(const Analysis *analysis)
{
	const char *after = analysis->culprit.ptr + analysis->culprit.len;
	bool is_field = analysis->culprit.len && after < analysis->sql.ptr + analysis->sql.len &&
			*after == '.';
	bool is_grouped = analysis->has_made_tables && str_contains(analysis->sql, STR("GROUP BY"));
	bool may_call = analysis->has_changed_tables ||
			(analysis->has_made_tables && analysis->query->has_row_values);
	return (is_grouped && sqlstate_is(analysis->sqlstate, SQLSTATE_GROUPING_ERROR)) ||
	       (may_call && (is_field || sqlstate_is(analysis->sqlstate, SQLSTATE_CANNOT_COERCE)));
}

static bool is_proof(const World *world, const Analysis *analysis)
{
	bool is_doubtful = may_be_of_arguments(world, analysis) || may_be_of_tables(analysis);
	return (is_about_names(analysis->sqlstate) && !is_doubtful) ||
	       is_about_form(world, analysis);
}

/* A value is given to a column without a cast being written: then it is another error. */
static Refused refused_as_analysed(const Analysis *analysis)
{
	static const Code mismatch = {LINT_NOT_VALID, "42804"};
	bool is_cast = sqlstate_is(analysis->sqlstate, SQLSTATE_CANNOT_COERCE);
	if (is_cast && analysis->query->has_cast)
		return (Refused){0}; /* which of them it is, is not known */
	return is_cast && analysis->query->scope == QUERY_STORED
		       ? refused_for(mismatch, analysis->message)
		       : (Refused){LINT_NOT_VALID, analysis->sqlstate, analysis->message};
}

/* ---- columns of a result ---- */

static Str find_twice(const Names *names)
{
	for (size_t i = 0; i < names->count; i++)
		for (size_t j = 0; j < i; j++)
			if (str_equal(names->items[i], names->items[j]))
				return names->items[i];
	return (Str){0};
}

enum {
	OWN_OIDS = 10000 /* and above: not of pg_type.dat; a domain is described as what it is of */
};

/* OR REPLACE keeps the columns that the view has, and may add some after them. */
static Str compare_columns(Arena *arena, const CatalogRelation *view, const Analysis *analysis)
{
	for (size_t i = 0; i < view->columns.count; i++) {
		const CatalogColumn *column = &view->columns.items[i];
		if (i >= analysis->columns.count)
			return str_format(arena, "its columns: %.*s is not in the new query",
				STR_ARG(column->name));
		if (!str_equal(column->name, analysis->columns.items[i]))
			return str_format(arena, "its columns: column %zu is %.*s, not %.*s", i + 1,
				STR_ARG(column->name), STR_ARG(analysis->columns.items[i]));
		if (column->type_oid < OWN_OIDS && column->type_oid != analysis->types.items[i])
			return str_format(arena, "the type of its column %.*s, %.*s",
				STR_ARG(column->name), STR_ARG(column->type));
	}
	return (Str){0};
}

static Refused judge_view(const World *world, const Analysis *analysis)
{
	Str twice = find_twice(&analysis->columns), change = {0};
	if (twice.len)
		return refused_for((Code){LINT_NOT_VALID, "42701"},
			str_format(world->arena, "two columns of the view are named %.*s",
				STR_ARG(twice)));
	if (analysis->replaces)
		change = compare_columns(world->arena, analysis->replaces, analysis);
	return change.len ? refused_for((Code){LINT_REPLACE_REFUSED, "42P16"}, change)
			  : (Refused){0};
}

static Refused judge_source(const World *world, const Analysis *analysis)
{
	size_t has = analysis->columns.count, wants = analysis->query->columns;
	if (!wants && analysis->most && has > analysis->most)
		wants = analysis->most;
	if (!wants || has == wants)
		return (Refused){0};
	return refused_for((Code){LINT_NOT_VALID, "42601"},
		str_format(world->arena, "the query has %zu column%s, and %zu are to be filled",
			has, has == 1 ? "" : "s", wants));
}

/* A row may be returned as one. */
static bool has_other_count(const Analysis *analysis)
{
	bool may_be_row =
		analysis->columns.count == 1 && !type_of_oid(analysis->types.items[0]).len;
	return analysis->is_whole && analysis->goes_to.count &&
	       analysis->columns.count != analysis->goes_to.count && !may_be_row;
}

/* What is written to a column, or returned, is cast as it is by ALTER COLUMN TYPE: if there is an
 * assignment cast. */
static Refused judge_results(const World *world, const Analysis *analysis)
{
	Arena *arena = world->arena;
	Code code = {LINT_NOT_VALID, analysis->is_whole ? "42P13" : "42804"};
	if (has_other_count(analysis))
		return refused_for(code,
			str_format(arena,
				"the last query returns %zu column%s, and the function %zu",
				analysis->columns.count, analysis->columns.count == 1 ? "" : "s",
				analysis->goes_to.count));
	for (size_t i = 0; i < analysis->goes_to.count && i < analysis->columns.count; i++) {
		Str from = type_of_oid(analysis->types.items[i]), to = analysis->goes_to.items[i];
		bool is_row =
			analysis->is_whole && analysis->columns.count != analysis->goes_to.count;
		if (from.len && to.len && !is_row &&
			type_change(arena, from, to, (Str){0}) == TYPE_CHANGE_REFUSED)
			return refused_for(code,
				analysis->is_whole
					? str_format(arena,
						  "column %zu of the last query is %.*s, and the "
						  "function returns %.*s",
						  i + 1, STR_ARG(from), STR_ARG(to))
					: str_format(arena,
						  "%.*s cannot be assigned to %.*s without a cast",
						  STR_ARG(from), STR_ARG(to)));
	}
	return (Refused){0};
}

/* ---- of a statement ---- */

static Refused judge_one(const World *world, const Analysis *analysis)
{
	if (!analysis->is_answered)
		return (Refused){0};
	if (analysis->sqlstate.len && is_proof(world, analysis))
		return refused_as_analysed(analysis);
	if (!analysis->columns.count)
		return (Refused){0};
	if (analysis->query->is_view)
		return judge_view(world, analysis);
	Refused refused = judge_source(world, analysis);
	return refused.sqlstate.len ? refused : judge_results(world, analysis);
}

static bool is_in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80);
}

/* Within a body, which is one token, where nothing else is called so; 0: it is. */
static size_t only_offset_of(Str text, Str word)
{
	size_t found = 0;
	for (size_t i = 1; i + word.len < text.len; i++) {
		bool is_it = strncasecmp(text.ptr + i, word.ptr, word.len) == 0 &&
			     !is_in_name(text.ptr[i - 1]) && !is_in_name(text.ptr[i + word.len]);
		if (is_it && found)
			return 0;
		found = is_it ? i : found;
	}
	return found;
}

/* With what comes after its points: "o" of "o.status". */
static Str whole_name(const Analysis *analysis)
{
	Str name = analysis->culprit;
	const char *end = analysis->sql.ptr + analysis->sql.len;
	while (name.len && name.ptr + name.len < end &&
		(is_in_name(name.ptr[name.len]) || name.ptr[name.len] == '.'))
		name.len++;
	return name;
}

/* Where the statement has the word that the server stopped at. */
static size_t offset_of(Str text, const Analysis *analysis)
{
	Str culprit = analysis->culprit, whole = whole_name(analysis), token;
	size_t offset = whole.len ? only_offset_of(text, whole) : 0;
	Lexer lexer = {.text = text};
	while (culprit.len && !offset && lex_next(&lexer, &token) != LEX_END)
		if (token.len == culprit.len && strncasecmp(token.ptr, culprit.ptr, token.len) == 0)
			offset = (size_t)(token.ptr - text.ptr);
	return offset;
}

/* Is it refused for what the server finds once it has looked up names and types? */
static bool is_after_analysis(const Effect *effect)
{
	if (effect->refusals.count != 1)
		return false;
	const EffectRefusal *refusal = &effect->refusals.items[0];
	bool is_write = refusal->action->kind == ACTION_INSERT ||
			refusal->action->kind == ACTION_UPDATE ||
			refusal->action->kind == ACTION_DELETE;
	switch ((int)sqlstate_read(refusal->sqlstate)) {
	case SQLSTATE_WRONG_STATE:
	case SQLSTATE_WRONG_OBJECT_TYPE:
		return is_write;
	case SQLSTATE_INVALID_OBJECT_DEFINITION:
	case SQLSTATE_INVALID_COLUMN_REFERENCE:
	case SQLSTATE_GENERATED_ALWAYS:
		return true;
	default:
		return false;
	}
}

/* Of any other two reasons it is not known which one the server meets first. */
static void take_beside(Effect *effect, const EffectRefusal *refusal)
{
	EffectRefusal *known = &effect->refusals.items[0];
	if (is_after_analysis(effect))
		*known = *refusal;
	else if (!str_equal(known->sqlstate, refusal->sqlstate))
		known->sqlstate = (Str){0};
	else if (!known->offset)
		known->offset = refusal->offset;
}

static void take_refusal(const World *world, const EffectRefusal *refusal, Effect *effect)
{
	if (effect->is_skipped)
		effect->unknown = UNKNOWN_ALL; /* a query is analysed before IF NOT EXISTS */
	else if (effect->refusals.count)
		take_beside(effect, refusal);
	else
		*vec_add(world->arena, &effect->refusals) = *refusal;
}

void judge_analyses(
	const World *world, const Statement *statement, const Analyses *analyses, Effect *effect)
{
	for (size_t i = 0; i < analyses->count; i++) {
		const Analysis *analysis = &analyses->items[i];
		if (analysis->statement != statement)
			continue;
		Refused refused = judge_one(world, analysis);
		const Action *action = &statement->facts->actions.items[0];
		EffectRefusal refusal = {.rule = refused.rule,
			.sqlstate = refused.sqlstate,
			.what = refused.what,
			.object = facts_qualified(world->arena, action->object),
			.action = action,
			.offset = offset_of(statement->text, analysis)};
		if (refused.sqlstate.len)
			take_refusal(world, &refusal, effect);
	}
}
