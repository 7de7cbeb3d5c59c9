#include "effects/origin.h"

/* The thing, and what makes one whose name is not in the text. */
typedef struct Wanted {
	const Thing *thing;
	ActionKind by;
} Wanted;

/* A name without a schema is that of `public`: a file's own search_path is not followed. */
static bool is_on(const Thing *thing, ObjectName name)
{
	Str schema = name.schema.len ? name.schema : STR("public");
	return name.name.len && str_equal(name.name, thing->on.name) &&
	       (!thing->on.schema.len || str_equal(schema, thing->on.schema));
}

static bool makes(const Action *action, const Wanted *wanted, bool by_name)
{
	const Thing *thing = wanted->thing;
	if (by_name)
		return thing->part.len && str_equal(action->name, thing->part);
	if (wanted->by == ACTION_CREATE)
		return action->kind == ACTION_CREATE && action->object_kind != OBJECT_INDEX &&
		       action->object_kind != OBJECT_POLICY;
	return action->kind == wanted->by;
}

/* True if the statement makes it; what only names it is kept if nothing later does. */
static bool look_at(const Effects *effects, const Wanted *wanted, bool by_name, Origin *out)
{
	const Facts *facts = effects->statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function || !is_on(wanted->thing, action->object))
			continue;
		bool is_maker = makes(action, wanted, by_name);
		if (is_maker || !out->script)
			*out = (Origin){effects->script, effects->statement, action};
		if (is_maker)
			return true;
	}
	return false;
}

static bool look_through(
	const Rehearsal *rehearsal, const Wanted *wanted, bool by_name, Origin *out)
{
	for (size_t i = rehearsal->count; i-- > 0;)
		for (size_t k = rehearsal->files[i].script->count; k-- > 0;)
			if (look_at(&rehearsal->files[i].effects[k], wanted, by_name, out))
				return true;
	return false;
}

/* Two functions of one name differ in their arguments, which the text and the catalogue spell
 * differently: which of them it is remains unknown. */
static bool is_another(const Effects *effects, const Thing *thing, const Action *made)
{
	const Facts *facts = effects->statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->kind == ACTION_CREATE && action->object_kind == made->object_kind &&
			is_on(thing, action->object) &&
			!str_equal(action->arguments, made->arguments))
			return true;
	}
	return false;
}

static bool is_ambiguous(const Rehearsal *rehearsal, const Thing *thing, const Action *made)
{
	for (size_t i = 0; made && made->arguments.len && i < rehearsal->count; i++)
		for (size_t k = 0; k < rehearsal->files[i].script->count; k++)
			if (is_another(&rehearsal->files[i].effects[k], thing, made))
				return true;
	return false;
}

Origin origin_find(const Rehearsal *rehearsal, const Thing *thing, ActionKind by)
{
	const Wanted wanted = {thing, by};
	Origin origin = {0};
	if (!look_through(rehearsal, &wanted, true, &origin))
		look_through(rehearsal, &wanted, false, &origin);
	return !is_ambiguous(rehearsal, thing, origin.action) ? origin : (Origin){0};
}
