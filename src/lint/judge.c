#include "lint/judge.h"

#include "sql/lex.h"

#include <stdarg.h>

void judge_unknown(Judge *judge, unsigned unknown)
{
	judge->effect->unknown |= unknown;
}

/* Nothing that it is about has been touched in a way that is not known. */
static bool is_sure(const Judge *judge, const Action *action, LintId rule)
{
	WorldRelation *table;
	World *world = judge->world;
	const Str names[] = {
		action->object.name, action->name, action->new_name, action->other.name};
	if (rule == LINT_NEW_LABEL)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (world_may_be_gone(world, names[i]))
			return false;
	bool is_found = world_find(world, action->object, &table) == PRESENCE_THERE;
	return !world->is_opaque && !(is_found && table->is_loose);
}

void judge_refuse(Judge *judge, const Action *action, Code code, const char *format, ...)
{
	va_list args;
	if (!is_sure(judge, action, code.rule)) {
		judge_unknown(judge, UNKNOWN_ALL); /* what follows from it is not looked at */
		return;
	}
	va_start(args, format);
	*vec_add(judge->arena, &judge->effect->refusals) = (EffectRefusal){.rule = code.rule,
		.sqlstate = str_from(code.sqlstate),
		.what = str_vformat(judge->arena, format, args),
		.object = facts_qualified(judge->arena, action->object),
		.action = action};
	va_end(args);
}

void judge_doubt(Judge *judge, const Action *action, Code code)
{
	*vec_add(judge->arena, &judge->effect->doubts) = (EffectRefusal){.rule = code.rule,
		.sqlstate = str_from(code.sqlstate),
		.object = facts_qualified(judge->arena, (ObjectName){.name = action->object.name}),
		.action = action};
}

Str judge_object(Judge *judge, const WorldRelation *table, Str column)
{
	Str name = world_name(judge->arena, table);
	return column.len ? str_format(judge->arena, "column %.*s of %.*s", STR_ARG(column),
				    STR_ARG(name))
			  : name;
}

static bool names_unknown_schema(const Judge *judge, ObjectName name)
{
	return name.schema.len && world_find_schema(judge->world, name.schema) == PRESENCE_ABSENT;
}

static void refuse_missing(Judge *judge, const Action *action, ObjectName name)
{
	Str text = facts_qualified(judge->arena, name);
	if (names_unknown_schema(judge, name) && action->kind != ACTION_DROP)
		judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s",
			STR_ARG(name.schema));
	else if (action->object_kind == OBJECT_INDEX && action->kind == ACTION_DROP)
		judge_refuse(
			judge, action, (Code){LINT_MISSING, "42704"}, "index %.*s", STR_ARG(text));
	else
		judge_refuse(judge, action, (Code){LINT_MISSING, "42P01"}, "relation %.*s",
			STR_ARG(text));
}

WorldRelation *judge_relation(Judge *judge, const Action *action, ObjectName name, bool if_exists)
{
	WorldRelation *relation;
	switch (world_find(judge->world, name, &relation)) {
	case PRESENCE_THERE:
		return relation;
	case PRESENCE_ABSENT:
		if (if_exists)
			judge->effect->is_skipped = true;
		else
			refuse_missing(judge, action, name);
		return NULL;
	case PRESENCE_UNKNOWN:
		break;
	}
	judge_unknown(judge, UNKNOWN_ALL);
	return NULL;
}

bool judge_no_schema(Judge *judge, const Action *action, Str schema)
{
	if (!schema.len || world_find_schema(judge->world, schema) != PRESENCE_ABSENT)
		return false;
	judge_refuse(judge, action, (Code){LINT_MISSING, "3F000"}, "schema %.*s", STR_ARG(schema));
	return true;
}

WorldColumn *judge_column(Judge *judge, WorldRelation *table, const Action *action, Str name)
{
	WorldColumn *column = world_column(table, name);
	if (column)
		return column;
	if (table->hides_columns || judge->world->is_opaque)
		judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_REWRITES | UNKNOWN_SCANS);
	else
		judge_refuse(judge, action, (Code){LINT_MISSING, "42703"}, "column %.*s of %.*s",
			STR_ARG(name), STR_ARG(world_name(judge->arena, table)));
	return NULL;
}

bool judge_knows(const Judge *judge, const WorldRelation *table)
{
	return !table->is_vague && !judge->world->is_opaque;
}

bool judge_owner(Judge *judge, const WorldRelation *table, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	if (!table->there || table->there->is_owned || !catalog || catalog->is_superuser)
		return true;
	if (catalog->has_supautils || judge->world->is_other_role || judge->world->has_new_roles ||
		table->has_new_owner)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	else
		judge_refuse(judge, action, (Code){LINT_NOT_OWNER, "42501"}, "%.*s",
			STR_ARG(table->there->owner));
	return false;
}

bool judge_is_before_18(const Judge *judge)
{
	enum {
		EIGHTEEN = 180000
	};
	const Catalog *catalog = judge->world->catalog;
	return catalog && catalog->version < EIGHTEEN;
}

/* Indexes are for partitions; all else for what inherits in any way. */
static bool is_for_below(const WorldRelation *table, const Action *action, bool is_index)
{
	return !action->options.only && (!is_index || table->kind == RELATION_PARTITIONED);
}

void judge_lock(Judge *judge, WorldRelation *table, const Action *action, LockMode mode)
{
	bool is_index = action->object_kind == OBJECT_INDEX;
	effect_lock(
		judge->arena, judge->effect, table, mode, is_for_below(table, action, is_index));
}

void judge_work(
	Judge *judge, WorldRelation *table, const Action *action, WorkKind kind, LintId rule)
{
	const EffectWork work = {.kind = kind, .rule = rule, .relation = table, .action = action};
	effect_work(judge->arena, judge->effect, &work,
		is_for_below(table, action, kind == WORK_BUILD));
}

void judge_work_here(
	Judge *judge, WorldRelation *table, const Action *action, WorkKind kind, LintId rule)
{
	const EffectWork work = {.kind = kind, .rule = rule, .relation = table, .action = action};
	effect_work(judge->arena, judge->effect, &work, false);
}

/* ---- volatility ---- */

bool judge_reaches(const Judge *judge, const CatalogFunction *function, ObjectName name)
{
	if (!str_equal(function->name, name.name))
		return false;
	if (name.schema.len)
		return str_equal(function->schema, name.schema);
	return str_equal(function->schema, STR("pg_catalog")) ||
	       names_have(&judge->world->path, function->schema);
}

/* All functions of a name together: which one it is, the arguments' types decide. */
static char volatility_of(const Judge *judge, ObjectName name)
{
	const Catalog *catalog = judge->world->catalog;
	char found = '\0';
	for (size_t i = 0; catalog && i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!judge_reaches(judge, function, name))
			continue;
		bool is_volatile = function->volatility == 'v';
		if (found && (found == 'v') != is_volatile)
			return '\0';
		found = is_volatile ? 'v' : 's';
	}
	return judge->world->knows_path || name.schema.len ? found : '\0';
}

bool judge_calls_in(Str expression, const Use *use)
{
	return use->kind == USE_FUNCTION && !use->in_function &&
	       str_contains(expression, use->name.name);
}

/* Whose function may be anybody's: "1 + 2", not "-1" and "'1'::text". */
static bool has_operator(Str expression)
{
	static const Str harmless[] = {STR_INIT("("), STR_INIT(")"), STR_INIT(","), STR_INIT("."),
		STR_INIT(":"), STR_INIT("::"), STR_INIT("["), STR_INIT("]")};
	Lexer lexer = {.text = expression};
	Str token;
	bool is_first = true;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		if (kind == LEX_OTHER && !is_first && !STR_IS_AMONG(token, harmless))
			return true;
		is_first = kind == LEX_OTHER;
	}
	return false;
}

char judge_volatility(const Judge *judge, Str expression)
{
	bool is_known = !has_operator(expression);
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (!judge_calls_in(expression, use))
			continue;
		char one = volatility_of(judge, use->name);
		if (one == 'v')
			return 'v';
		is_known = is_known && one;
	}
	return is_known ? 's' : '\0';
}
