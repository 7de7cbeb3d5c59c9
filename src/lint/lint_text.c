/* What a statement may do to tables that were not looked at, from its text alone: nobody knows how
 * large they are, or whether they are there. */
#include "lint/lint_run.h"

typedef struct TextRule {
	ActionKind kind;
	LintId rule;
	bool blocks_reads;
} TextRule;

static const TextRule rules[] = {
	{ACTION_CREATE, LINT_INDEX_BUILD, false},
	{ACTION_ADD_UNIQUE, LINT_UNIQUE_BUILD, true},
	{ACTION_ADD_PRIMARY_KEY, LINT_UNIQUE_BUILD, true},
	{ACTION_ADD_EXCLUDE, LINT_UNIQUE_BUILD, true},
	{ACTION_ADD_CHECK, LINT_CHECK_SCAN, true},
	{ACTION_ADD_FOREIGN_KEY, LINT_KEY_SCAN, false},
	{ACTION_SET_NOT_NULL, LINT_NOT_NULL_SCAN, true},
};

/* What its own text makes short work of, and parts of CREATE TABLE and ADD COLUMN. */
static bool is_light(const Action *action)
{
	bool is_other = action->kind == ACTION_CREATE && action->object_kind != OBJECT_INDEX;
	return is_other || action->options.concurrently || action->options.not_valid ||
	       action->options.has_using || action->options.nested || action->in_function;
}

static const TextRule *rule_of(const Action *action)
{
	for (size_t i = 0; !is_light(action) && i < sizeof rules / sizeof *rules; i++)
		if (rules[i].kind == action->kind)
			return &rules[i];
	return NULL;
}

/* Not made by the plan, as far as anybody can tell. */
static bool is_elsewhere(LintRun *run, const Action *action)
{
	WorldRelation *relation;
	return world_find(&run->world, action->object, &relation) == PRESENCE_UNKNOWN &&
	       !str_map_find(&run->world.vague_names, action->object.name) && !run->world.is_opaque;
}

void lint_text(LintRun *run)
{
	const Facts *facts = run->statement->facts;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		const TextRule *rule = rule_of(action);
		if (!rule || !is_elsewhere(run, action))
			continue;
		LintValues values = lint_values(run->arena, action);
		values.object = values.table;
		values.size = STR("its size was not looked at");
		values.time = STR("as long as that takes");
		values.lock = rule->blocks_reads ? STR("nobody reads or writes it")
						 : STR("nobody writes it");
		Fault *fault = lint_add(
			run, rule->rule, lint_rule_level(rule->rule), action->offset, &values);
		if (fault)
			fault->certainty = CERTAINTY_UNKNOWN;
	}
}
