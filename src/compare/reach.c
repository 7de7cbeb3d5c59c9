#include "compare/reach.h"

#include "compare/object_name.h"

enum {
	NONE = 0,
	ALL = (1 << INVENTORY_KINDS) - 1
};
#define ONE(kind) (1 << INVENTORY_##kind)

/* ---- what an action may change ---- */

typedef struct Reach {
	int named, any; /* sets of kinds */
} Reach;

/* Objects that are a part of another one, and what the inventory calls them. */
static int part_kind(ObjectKind kind)
{
	static const struct {
		ObjectKind object;
		int kind;
	} parts[] = {{OBJECT_COLUMN, ONE(COLUMN)}, {OBJECT_TABCONSTRAINT, ONE(CONSTRAINT)},
		{OBJECT_INDEX, ONE(INDEX)}, {OBJECT_TRIGGER, ONE(TRIGGER)},
		{OBJECT_POLICY, ONE(POLICY)}, {OBJECT_RULE, ONE(RULE)},
		{OBJECT_STATISTIC_EXT, ONE(STATISTICS)}, {OBJECT_PUBLICATION, ONE(PUBLICATION)},
		{OBJECT_EXTENSION, ONE(EXTENSION)}, {OBJECT_EVENT_TRIGGER, ONE(EVENT_TRIGGER)}};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].object == kind)
			return parts[i].kind;
	return NONE;
}

static bool is_of_whole(ActionKind kind)
{
	return kind == ACTION_CREATE || kind == ACTION_ALTER || kind == ACTION_DROP ||
	       kind == ACTION_RENAME || kind == ACTION_SET_SCHEMA;
}

/* A column that is renamed has another name in all that is said of its table. */
static Reach reach_of(const Action *action)
{
	static const struct {
		ActionKind action;
		Reach reach;
	} table[] = {
#define REACH(action, named, any) {ACTION_##action, {named, any}},
#include "compare/reach.def"
#undef REACH
	};
	if (is_of_whole(action->kind)) {
		int part = part_kind(action->object_kind);
		bool spreads = !part || (action->kind == ACTION_RENAME && part == ONE(COLUMN));
		return (Reach){part, spreads ? ALL : NONE};
	}
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].action == action->kind)
			return table[i].reach;
	return (Reach){0};
}

/* ---- does it change this object? ---- */

static bool is_in_schema(Str wanted, Str schema)
{
	return !wanted.len || !schema.len || str_equal(wanted, schema);
}

/* Of the object itself, or of the table that it is part of. */
static bool is_object_of(const Action *action, const PartName *name)
{
	if (!name->object.len)
		return false;
	bool same = str_equal(action->object.name, name->object) ||
		    (action->kind == ACTION_RENAME && str_equal(action->new_name, name->object)) ||
		    str_equal(action->other.name, name->object);
	return same && is_in_schema(action->object.schema, name->schema);
}

/* GRANT … ON ALL TABLES IN SCHEMA: the schema is the action's object. */
static bool is_all_in_schema(const Action *action, const PartName *name)
{
	return action->options.all && str_equal(action->object.name, name->schema);
}

/* The server names what has no name after its table, of which it may cut off the end. */
static bool is_chosen_name(Str part, const PartName *table)
{
	enum {
		KEPT_BYTES = 24
	};
	return str_starts(part, str_head(table->object, KEPT_BYTES));
}

/* A part of an object by its own name (DROP INDEX i, CREATE PUBLICATION p), or by that of the
 * object and its own, which a constraint or an index may lack. */
static bool is_part(const Action *action, const PartName names[2])
{
	const PartName *own = &names[0], *whole = own->part.len ? own : &names[1];
	Str part = own->part.len ? own->part : own->object;
	bool is_new = action->new_name.len && str_equal(part, action->new_name);
	if (!action->name.len && (is_new || str_equal(part, action->object.name)))
		return true;
	if (action->name.len && !is_new && !str_equal(part, action->name))
		return false;
	if (!whole->object.len)
		return true;
	return is_object_of(action, whole) && (action->name.len || is_chosen_name(part, whole));
}

/* `names`: of the object that differs, and of what it is part of. */
static bool touches(const Action *action, const Difference *difference, const PartName names[2])
{
	Reach reach = reach_of(action);
	int kind = 1 << difference->kind;
	if (action->kind == ACTION_DEFAULT_PRIVILEGES)
		return difference->kind == INVENTORY_DEFAULT_PRIVILEGES;
	if ((reach.named & kind) && is_part(action, names))
		return true;
	return (reach.any & kind) &&
	       (is_object_of(action, &names[0]) || is_object_of(action, &names[1]) ||
		       is_all_in_schema(action, &names[0]));
}

static bool script_touches(const Script *script, const Difference *difference)
{
	ARENA_SCRATCH(scratch);
	const PartName names[] = {object_name_read(&scratch, difference->kind, difference->name),
		object_name_read_title(&scratch, difference->part_of)};
	for (size_t i = 0; i < script->count; i++) {
		const Facts *facts = script->statements[i].facts;
		for (size_t k = 0; facts && k < facts->actions.count; k++)
			if (!facts->actions.items[k].in_function &&
				touches(&facts->actions.items[k], difference, names))
				return true;
	}
	return false;
}

void reach_explain(const Script *script, Comparison *comparison)
{
	for (size_t i = 0; i < comparison->differences.count; i++) {
		Difference *difference = &comparison->differences.items[i];
		if (!difference->migration.len && script_touches(script, difference))
			difference->migration = script->migration->file;
	}
}

bool reach_has_gap(const Script *script)
{
	for (size_t i = 0; i < script->count; i++)
		if (script->statements[i].facts && script->statements[i].facts->gaps)
			return true;
	return false;
}
