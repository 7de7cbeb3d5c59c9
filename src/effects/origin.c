#include "effects/origin.h"

/* "p on public.t": p and public.t; "public.f(integer)": nothing and public.f. */
typedef struct Wanted {
	Str part, whole;
} Wanted;

static Wanted wanted_of(Str object)
{
	const Str on = STR(" on ");
	Wanted wanted = {.whole = object};
	for (size_t i = object.len; !wanted.part.len && i-- > 0;)
		if (str_starts(str_skip(object, i), on))
			wanted = (Wanted){str_head(object, i), str_skip(object, i + on.len)};
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

/* True if it makes the thing itself; what only names it is kept if nothing later does. */
static bool look_at(
	const Script *script, const Statement *statement, const Wanted *wanted, Origin *out)
{
	const Facts *facts = statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function || !is_named(wanted->whole, action->object))
			continue;
		bool makes = str_equal(action->name, wanted->part) &&
			     (wanted->part.len || (action->kind == ACTION_CREATE &&
							  action->object_kind != OBJECT_INDEX));
		if (makes || !out->script)
			*out = (Origin){script, statement};
		if (makes)
			return true;
	}
	return false;
}

Origin origin_find(const Rehearsal *rehearsal, const Thing *thing)
{
	const Wanted wanted = wanted_of(thing->object);
	Origin named = {0};
	for (size_t i = rehearsal->count; i-- > 0;) {
		const Script *script = rehearsal->files[i].script;
		for (size_t k = script->count; k-- > 0;)
			if (look_at(script, &script->statements[k], &wanted, &named))
				return named;
	}
	return named;
}
