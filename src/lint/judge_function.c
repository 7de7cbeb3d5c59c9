/* CREATE FUNCTION and PROCEDURE. */
#include "lint/judge.h"

#include "sql/type_change.h"

/* "integer, text" in one spelling, without limits. */
static Str signature(Arena *arena, Str arguments)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str one;
	while (arguments.len && str_next(&arguments, ',', &one)) {
		buf_add(&buf, str_trim(str_before(type_canonical(arena, str_trim(one)), '(')));
		buf_add(&buf, STR(","));
	}
	return buf_str(&buf);
}

static bool has_limits(Str arguments)
{
	return str_contains(arguments, STR("("));
}

const CatalogFunction *judge_same_function(Judge *judge, const Action *action, Str schema)
{
	const Catalog *catalog = judge->world->catalog;
	for (size_t i = 0; catalog && schema.len && i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (str_equal(function->name, action->object.name) &&
			str_equal(function->schema, schema) && !has_limits(action->arguments) &&
			str_equal(signature(judge->arena, function->arguments),
				signature(judge->arena, action->arguments)))
			return function;
	}
	return NULL;
}

/* ---- what OR REPLACE cannot change ---- */

/* A name cannot be changed or taken away, nor can a default; empty if none is. */
static Str kept_argument(Judge *judge, const CatalogFunction *old, const Action *action)
{
	for (size_t i = 0; i < old->names.count; i++) {
		Str name = old->names.items[i];
		bool is_kept = !name.len || (i < action->columns.count &&
						    str_equal(name, action->columns.items[i]));
		if (!is_kept)
			return str_format(
				judge->arena, "the name of its argument %.*s", STR_ARG(name));
	}
	return (int64_t)action->other_columns.count < old->defaults
		       ? STR("that it has arguments with a default")
		       : (Str){0};
}

static bool is_other_kind(const CatalogFunction *old, const Action *action)
{
	bool is_procedure = action->object_kind == OBJECT_PROCEDURE;
	return old->is_owned &&
	       ((old->kind == 'f' && is_procedure) || (old->kind == 'p' && !is_procedure));
}

/* A type that is equal to nothing but itself. */
static bool is_pseudo(Str type)
{
	return str_equal(type, STR("trigger")) || str_equal(type, STR("void")) ||
	       str_equal(type, STR("event_trigger"));
}

/* ---- what it says that cannot be ---- */

static bool refuse_language(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	ObjectName name = {.name = action->language};
	if (!name.name.len)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P13"}, "%.*s has no LANGUAGE",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	if (!name.name.len || !world->catalog || !world->catalog->languages.count ||
		world->is_opaque || names_have(&world->catalog->languages, name.name) ||
		world_is_touched(world, OBJECT_LANGUAGE, name) ||
		str_map_find(&world->vague_names, name.name))
		return judge->effect->refusals.count > 0;
	judge_refuse(
		judge, action, (Code){LINT_MISSING, "42704"}, "language %.*s", STR_ARG(name.name));
	return true;
}

/* Surely a value of the argument's type. */
static bool is_sure_default(const Action *action, size_t index)
{
	Str rest = action->arguments, type = {0};
	if (str_equal(action->keys.items[index], STR("NULL")))
		return true;
	for (size_t i = 0; i <= index; i++)
		if (!rest.len || !str_next(&rest, ',', &type))
			return false;
	return !has_limits(action->arguments) &&
	       judge_is_plain_default(str_trim(type), action->keys.items[index]);
}

/* The server goes through the arguments in their order, and reads each default as it comes to it.
 */
static bool refuse_head(Judge *judge, const Action *action)
{
	bool has_default = false;
	if (!judge_types_are_there(judge))
		return false;
	for (size_t i = 0; i < action->keys.count; i++) {
		bool is_given = action->keys.items[i].len > 0;
		if (is_given && !is_sure_default(action, i))
			return false;
		has_default |= is_given;
		if (is_given || !has_default)
			continue;
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P13"},
			"an argument of %.*s without a default follows one that has one",
			STR_ARG(facts_qualified(judge->arena, action->object)));
		return true;
	}
	static const Str sql = STR_INIT("sql");
	bool is_trigger = str_equal(action->type, STR("trigger")) ||
			  str_equal(action->type, STR("event_trigger"));
	if (is_trigger && str_equal(action->language, sql))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P13"},
			"a function in SQL cannot return %.*s", STR_ARG(action->type));
	if (action->options.lacks_result)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P13"},
			"%.*s has neither RETURNS nor OUT arguments",
			STR_ARG(facts_qualified(judge->arena, action->object)));
	return judge->effect->refusals.count > 0;
}

static void refuse_owner(Judge *judge, const Action *action)
{
	if (judge_knows_rights(judge) && judge_types_are_there(judge))
		judge_refuse(judge, action, (Code){LINT_NOT_OWNER, "42501"}, "another role");
}

void judge_create_function(Judge *judge, const Action *action)
{
	Str schema = judge_schema_for(judge, action);
	const CatalogFunction *old = judge_same_function(judge, action, schema);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (judge->effect->refusals.count || refuse_language(judge, action) ||
		refuse_head(judge, action))
		return;
	ObjectName name = {.name = action->object.name};
	bool is_touched =
		world_is_touched(judge->world, OBJECT_FUNCTION, name) || judge->world->is_opaque;
	if (!old || is_touched || str_map_find(&judge->world->vague_names, name.name))
		return;
	Str kept = kept_argument(judge, old, action);
	Str result = type_canonical(judge->arena, action->type);
	TypeChange change = type_change(judge->arena, old->result, result, (Str){0});
	bool is_simple = !old->returns_set && !str_starts(action->type, STR("SETOF "));
	if (!action->options.or_replace)
		judge_refuse(judge, action, (Code){LINT_TAKEN, "42723"}, "function %.*s(%.*s)",
			STR_ARG(facts_qualified(judge->arena, action->object)),
			STR_ARG(old->arguments));
	else if (!old->is_owned)
		refuse_owner(judge, action);
	else if (is_other_kind(old, action))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is a %s",
			STR_ARG(facts_qualified(judge->arena, action->object)),
			old->kind == 'p' ? "procedure" : "function");
	else if (is_simple &&
		 (change != TYPE_CHANGE_UNKNOWN || is_pseudo(result) || is_pseudo(old->result)) &&
		 result.len && !str_equal(old->result, result) && !has_limits(result))
		judge_refuse(judge, action, (Code){LINT_REPLACE_REFUSED, "42P13"},
			"that it returns %.*s", STR_ARG(old->result));
	else if (kept.len && old->kind == 'f' && action->object_kind == OBJECT_FUNCTION)
		judge_refuse(judge, action, (Code){LINT_REPLACE_REFUSED, "42P13"}, "%.*s",
			STR_ARG(kept));
}
