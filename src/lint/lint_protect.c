/* The protection of data: what a plan takes away without a word, and what it leaves open. */
#include "lint/judge.h"
#include "lint/lint_run.h"

/* Do default privileges give the API's roles what is made there? Without them it is nobody's. */
static bool is_open(const LintRun *run, Str schema, char kind)
{
	const Catalog *catalog = run->world.catalog;
	if (!catalog || !names_have(&catalog->exposed, schema))
		return false;
	for (size_t i = 0; i < catalog->defaults.count; i++) {
		const CatalogDefault *one = &catalog->defaults.items[i];
		if (one->kind == kind && one->is_exposed &&
			(!one->schema.len || str_equal(one->schema, schema)))
			return true;
	}
	return false;
}

static WorldRelation *relation_of(LintRun *run, const Action *action)
{
	WorldRelation *relation;
	world_find(&run->world, action->object, &relation);
	return relation;
}

static void wait_for_end(LintRun *run, const Action *action)
{
	WorldRelation *relation = relation_of(run, action);
	if (relation && !action->options.temporary)
		*vec_add(run->arena, &run->pending) = (Pending){
			relation, action->kind, run->script, run->statement, action, run->allows};
}

static bool sets_path(const CatalogFunction *function)
{
	for (size_t i = 0; i < function->config.count; i++)
		if (str_starts(function->config.items[i], STR("search_path=")))
			return true;
	return false;
}

static void look_at_function(LintRun *run, const Action *action)
{
	Judge judge = {.arena = run->arena, .world = &run->world};
	Str schema = action->object.schema.len ? action->object.schema
					       : world_creation_schema(&run->world);
	const CatalogFunction *old = judge_same_function(&judge, action, schema);
	Str name = facts_qualified(run->arena, (ObjectName){schema, action->object.name});
	bool is_open_definer = action->options.security_definer &&
			       !action->options.sets_search_path &&
			       !action->options.returns_trigger;
	bool replaces = old && action->options.or_replace;
	if (replaces && old->is_definer && !action->options.security_definer)
		lint_add_about(run, LINT_FUNCTION_LOSES_DEFINER, action, name, (Str){0});
	else if (replaces && old->is_definer && sets_path(old) && !action->options.sets_search_path)
		lint_add_about(run, LINT_FUNCTION_LOSES_PATH, action, name, (Str){0});
	else if (is_open_definer && is_open(run, schema, 'f'))
		lint_add_about(run, LINT_DEFINER_FUNCTION, action, name, (Str){0});
	bool was_dropped = world_has_made(&run->world, OBJECT_FUNCTION,
				   (ObjectName){.name = action->object.name}) &&
			   old && !action->options.or_replace;
	if (was_dropped && !old->is_exposed && is_open(run, schema, 'f'))
		lint_add_about(run, LINT_GRANTS_COME_BACK, action, name, STR("FUNCTION"));
}

static void look_at_create(LintRun *run, const Action *action)
{
	const WorldRelation *relation;
	switch ((int)action->object_kind) {
	case OBJECT_VIEW:
		relation = relation_of(run, action);
		if (relation && relation->there && relation->was_invoker &&
			action->options.or_replace && !action->options.security_invoker)
			lint_add_about(run, LINT_VIEW_LOSES_INVOKER, action,
				world_name(run->arena, relation), (Str){0});
		else if (relation && !relation->there)
			wait_for_end(run, action);
		break;
	case OBJECT_TABLE:
	case OBJECT_MATVIEW:
		wait_for_end(run, action);
		break;
	case OBJECT_FUNCTION:
		look_at_function(run, action);
		break;
	case OBJECT_POLICY:
		relation = relation_of(run, action);
		if (relation && action->options.always_true && action->options.permissive &&
			!str_equal(action->type, STR("select")))
			lint_add_about(run, LINT_POLICY_TRUE, action,
				world_name(run->arena, relation), (Str){0});
		break;
	default:
		break;
	}
}

void lint_protect(LintRun *run)
{
	const Facts *facts = run->statement->facts;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		const WorldRelation *relation;
		if (action->in_function)
			continue;
		if (action->kind == ACTION_CREATE)
			look_at_create(run, action);
		else if (action->kind == ACTION_ENABLE_RLS)
			wait_for_end(run, action);
		else if (action->kind == ACTION_DISABLE_RLS &&
			 (relation = relation_of(run, action)) && relation->there &&
			 relation->there->has_rls && relation->there->is_exposed)
			lint_add_about(run, LINT_RLS_OFF, action, world_name(run->arena, relation),
				(Str){0});
	}
}

/* ---- at the end ---- */

/* The table that had the name before the plan. */
static const CatalogRelation *before(const LintRun *run, const WorldRelation *relation)
{
	const Catalog *catalog = run->world.catalog;
	return catalog ? catalog_relation(catalog, relation->schema, relation->name) : NULL;
}

static const WorldRelation *protected_parent(const WorldRelation *relation)
{
	for (size_t i = 0; i < relation->parents.count; i++)
		if (relation->parents.items[i]->has_rls)
			return relation->parents.items[i];
	return NULL;
}

static void end_of_table(LintRun *run, const Pending *pending, Str name)
{
	const WorldRelation *relation = pending->relation;
	const CatalogRelation *old = before(run, relation);
	const WorldRelation *parent = protected_parent(relation);
	if (relation->has_rls)
		return;
	if (parent)
		lint_add_about(run, LINT_PARTITION_WITHOUT_RLS, pending->action, name,
			world_name(run->arena, parent));
	else if (old && old->has_rls)
		lint_add_about(run, LINT_TABLE_LOSES_RLS, pending->action, name, (Str){0});
	else
		lint_add_about(run, LINT_RLS_MISSING, pending->action, name, (Str){0});
	if (old && !old->is_exposed)
		lint_add_about(run, LINT_GRANTS_COME_BACK, pending->action, name, STR("TABLE"));
}

static bool has_policy(const WorldRelation *relation)
{
	for (size_t i = 0; i < relation->policies.count; i++)
		if (relation->policies.items[i].len)
			return true;
	return false;
}

static void end_of(LintRun *run, const Pending *pending)
{
	const WorldRelation *relation = pending->relation;
	Str name = world_name(run->arena, relation);
	if (pending->kind == ACTION_ENABLE_RLS) {
		if (relation->has_rls && !has_policy(relation) && !relation->is_vague)
			lint_add_about(run, LINT_RLS_NO_POLICY, pending->action, name, (Str){0});
	} else if (relation->there || !is_open(run, relation->schema, 'r')) {
		return;
	} else if (relation->kind == RELATION_VIEW && !relation->is_invoker) {
		lint_add_about(run, LINT_DEFINER_VIEW, pending->action, name, (Str){0});
	} else if (relation->kind == RELATION_MATVIEW) {
		lint_add_about(run, LINT_MATVIEW_API, pending->action, name, (Str){0});
	} else if (relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED) {
		end_of_table(run, pending, name);
	}
}

void lint_protect_end(LintRun *run)
{
	for (size_t i = 0; i < run->pending.count; i++) {
		const Pending *pending = &run->pending.items[i];
		if (pending->relation->is_dropped)
			continue;
		run->script = pending->script;
		run->statement = pending->statement;
		run->allows = pending->allows;
		end_of(run, pending);
	}
}
