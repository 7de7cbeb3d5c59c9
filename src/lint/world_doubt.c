#include "lint/world_doubt.h"

enum {
	FREED = 1 << 0, /* names: by CASCADE, or with what they were part of */
	MADE = 1 << 1, /* names that no statement says */
	RELEASED = 1 << 2, /* what depends on what */
	ALL = FREED | MADE | RELEASED,
};

/* By what an action does, to whatever it does it. */
static const unsigned char by_kind[] = {
	[ACTION_DROP_COLUMN] = FREED | RELEASED,
	[ACTION_DROP_CONSTRAINT] = RELEASED,
	[ACTION_SET_TYPE] = RELEASED,
	[ACTION_SET_DEFAULT] = RELEASED,
	[ACTION_DROP_DEFAULT] = RELEASED,
	[ACTION_SET_EXPRESSION] = RELEASED,
	[ACTION_DROP_EXPRESSION] = RELEASED,
	[ACTION_ADD_IDENTITY] = MADE,
	[ACTION_DROP_IDENTITY] = FREED | RELEASED,
	[ACTION_SET_SCHEMA] = ALL,
	[ACTION_ALTER] = RELEASED,
	[ACTION_ATTACH_PARTITION] = MADE | RELEASED,
	[ACTION_DETACH_PARTITION] = MADE | RELEASED,
	[ACTION_ADD_INHERIT] = MADE,
	[ACTION_DROP_INHERIT] = MADE | RELEASED,
	[ACTION_LIKE] = MADE,
	[ACTION_PUBLICATION_SET] = RELEASED,
	[ACTION_PUBLICATION_DROP] = RELEASED,
	[ACTION_CALL] = ALL,
	[ACTION_DO] = ALL,
	[ACTION_EXECUTE] = ALL,
};

static bool is_whole(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_FOREIGN_TABLE || kind == OBJECT_INDEX || kind == OBJECT_FUNCTION ||
	       kind == OBJECT_SEQUENCE;
}

/* A relation or a function as a whole is followed; what goes with it by CASCADE is not. */
static unsigned of_drop(const Action *action)
{
	unsigned doubts = action->options.cascade ? ALL : 0;
	bool takes_more =
		action->object_kind == OBJECT_SCHEMA || action->object_kind == OBJECT_EXTENSION;
	if (takes_more || action->object_kind == OBJECT_TABLE)
		doubts |= FREED; /* a sequence, too, that a column owns */
	return is_whole(action->object_kind) ? doubts : doubts | RELEASED;
}

/* A table's own name and a column's are followed. */
static unsigned of_rename(const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_TABLE:
	case OBJECT_VIEW:
	case OBJECT_COLUMN:
		return 0;
	case OBJECT_SCHEMA:
		return ALL;
	default:
		return FREED | MADE;
	}
}

/* The server names what has no name, and makes parts on each partition. */
static unsigned of_create(const Action *action)
{
	bool is_unnamed = action->object_kind == OBJECT_INDEX && !action->name.len;
	bool may_recurse =
		action->object_kind == OBJECT_INDEX || action->object_kind == OBJECT_TRIGGER;
	unsigned doubts = action->options.or_replace ? RELEASED : 0;
	if (action->object_kind == OBJECT_EXTENSION)
		return ALL;
	return is_unnamed || may_recurse ? doubts | MADE : doubts;
}

void world_doubt(World *world, const Action *action)
{
	size_t kind = (size_t)action->kind;
	unsigned doubts = kind < sizeof by_kind ? by_kind[kind] : 0;
	if (action->kind == ACTION_DROP)
		doubts = of_drop(action);
	else if (action->kind == ACTION_RENAME)
		doubts = of_rename(action);
	else if (action->kind == ACTION_CREATE)
		doubts = of_create(action);
	if (action->options.cascade)
		doubts |= ALL;
	if (action->options.has_using && action->other.name.len)
		doubts |= FREED; /* the index takes the constraint's name */
	world->doubts |= doubts;
}

void world_doubt_all(World *world)
{
	world->doubts = ALL;
}

bool world_is_doubtful(const World *world, LintId rule)
{
	switch ((int)rule) {
	case LINT_TAKEN:
	case LINT_REPLACE_REFUSED:
		return (world->doubts & FREED) != 0;
	case LINT_MISSING:
	case LINT_KEY_TARGET:
	case LINT_NOT_OWNER:
		return (world->doubts & MADE) != 0;
	case LINT_DROP_REFUSED:
	case LINT_TYPE_REFUSED:
	case LINT_DEFAULT_CAST:
		return (world->doubts & RELEASED) != 0;
	case LINT_WRONG_KIND:
		return (world->doubts & (MADE | RELEASED)) != 0;
	default:
		return false;
	}
}
