#include "effects/origin.h"

/* "p on public.t": p and public.t; "public.f(integer)": nothing and public.f. */
typedef struct Wanted {
	Str part, whole;
	ActionKind by;
} Wanted;

static Wanted wanted_of(Str object, ActionKind by)
{
	const Str on = STR(" on ");
	Wanted wanted = {.whole = object, .by = by};
	for (size_t i = object.len; !wanted.part.len && i-- > 0;)
		if (str_starts(str_skip(object, i), on))
			wanted = (Wanted){str_head(object, i), str_skip(object, i + on.len), by};
	for (size_t i = 0; i < wanted.whole.len; i++)
		if (wanted.whole.ptr[i] == '(')
			wanted.whole.len = i;
	return wanted;
}

/* A name without a schema is that of any. */
static bool is_named(Str whole, ObjectName name)
{
	if (!name.name.len || !str_ends(whole, name.name))
		return false;
	Str schema = str_head(whole, whole.len - name.name.len);
	if (!schema.len)
		return true;
	if (!str_ends(schema, STR(".")))
		return false;
	return !name.schema.len || str_equal(str_head(schema, schema.len - 1), name.schema);
}

/* Of the thing's own name; or, of one without a name that the text has, by what it does. */
static bool makes(const Action *action, const Wanted *wanted, bool by_name)
{
	if (by_name)
		return wanted->part.len && str_equal(action->name, wanted->part);
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
		if (action->in_function || !is_named(wanted->whole, action->object))
			continue;
		bool is_maker = makes(action, wanted, by_name);
		if (is_maker || !out->script)
			*out = (Origin){effects->script, effects->statement};
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

Origin origin_find(const Rehearsal *rehearsal, const Thing *thing, ActionKind by)
{
	const Wanted wanted = wanted_of(thing->object, by);
	Origin origin = {0};
	if (!look_through(rehearsal, &wanted, true, &origin))
		look_through(rehearsal, &wanted, false, &origin);
	return origin;
}
