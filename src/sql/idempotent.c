#include "sql/idempotent.h"

typedef enum Twice {
	TWICE_OTHER,
	TWICE_GUARDED,
	TWICE_SAME,
} Twice;

static const Twice twice[] = {
#define ACTION(kind, name, twice) [ACTION_##kind] = TWICE_##twice,
#include "sql/action.def"
#undef ACTION
};

static bool is_guarded(ActionOptions options)
{
	return options.if_exists || options.if_not_exists || options.or_replace ||
	       options.on_conflict_nothing || options.is_constant;
}

/* A part of CREATE TABLE or ADD COLUMN goes with the whole; what a function's body holds does not
 * run. */
static bool is_idempotent(const Action *action)
{
	if (action->options.nested || action->in_function)
		return true;
	return twice[action->kind] == TWICE_SAME ||
	       (twice[action->kind] == TWICE_GUARDED && is_guarded(action->options));
}

bool idempotent_facts(const Facts *facts)
{
	if (facts->gaps & ~(unsigned)GAP_ROWS)
		return false;
	for (size_t i = 0; i < facts->actions.count; i++)
		if (!is_idempotent(&facts->actions.items[i]))
			return false;
	return true;
}
