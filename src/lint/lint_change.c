#include "lint/lint_change.h"

#include "lint/judge.h"

enum {
	THOUSAND = 1000,
	MILLION = 1000 * 1000,
	READ_MIN = 100, /* times: fewer are somebody's look at it */
};

static void add_change_finding(
	LintRun *run, LintId rule, const Action *action, Str object, Str what)
{
	Fault *fault = lint_add_about(run, rule, action, object, what);
	if (fault && fault->certainty == CERTAINTY_PROVEN)
		fault->certainty = CERTAINTY_LIKELY; /* statistics, or words of a text */
}

/* ---- one statement ---- */

static bool takes_relation(const Action *action)
{
	bool is_relation = action->object_kind == OBJECT_TABLE ||
			   action->object_kind == OBJECT_VIEW ||
			   action->object_kind == OBJECT_MATVIEW;
	return is_relation && (action->kind == ACTION_DROP || action->kind == ACTION_RENAME ||
				      action->kind == ACTION_SET_SCHEMA);
}

static bool takes_column(const Action *action)
{
	return action->kind == ACTION_DROP_COLUMN ||
	       (action->kind == ACTION_RENAME && action->object_kind == OBJECT_COLUMN);
}

static bool takes_function(const Action *action)
{
	return action->object_kind == OBJECT_FUNCTION &&
	       (action->kind == ACTION_DROP || action->kind == ACTION_RENAME ||
		       action->kind == ACTION_SET_SCHEMA);
}

static bool makes_beside(const Action *action)
{
	return action->kind == ACTION_CREATE &&
	       (action->object_kind == OBJECT_FUNCTION || action->object_kind == OBJECT_EXTENSION);
}

static bool publishes(const Action *action)
{
	return action->kind == ACTION_PUBLICATION_ADD || action->kind == ACTION_PUBLICATION_SET ||
	       action->kind == ACTION_REPLICA_IDENTITY || action->kind == ACTION_DROP_CONSTRAINT;
}

static LintChange *add_change(LintRun *run, const Action *action)
{
	LintChange *change = vec_add(run->arena, &run->changes);
	*change = (LintChange){.script = run->script,
		.statement = run->statement,
		.action = action,
		.allows = run->allows};
	return change;
}

static void take_down(LintRun *run, const Action *action)
{
	WorldRelation *relation = NULL;
	if (takes_function(action) || makes_beside(action)) {
		add_change(run, action)->name = action->object;
		return;
	}
	bool is_taken = takes_relation(action) || takes_column(action);
	if (!is_taken && !publishes(action) && action->kind != ACTION_TRUNCATE)
		return;
	if (world_find(&run->world, action->object, &relation) != PRESENCE_THERE ||
		(is_taken && !relation->there) ||
		(takes_column(action) && !world_column(relation, action->name)))
		return;
	LintChange *change = add_change(run, action);
	change->relation = relation;
	change->name = (ObjectName){relation->schema, relation->name};
}

void lint_change_before(LintRun *run)
{
	const Facts *facts = run->statement->facts;
	bool is_block = facts && facts->actions.count && facts->actions.items[0].kind == ACTION_DO;
	run->change = run->changes.count;
	for (size_t i = 0; facts && !is_block && i < facts->actions.count; i++)
		if (!facts->actions.items[i].in_function)
			take_down(run, &facts->actions.items[i]);
}

/* ---- rows that are lost ---- */

static int64_t rows_of(const WorldRelation *relation)
{
	int64_t rows = 0;
	for (size_t i = 0; i < relation->children.count; i++)
		rows += rows_of(relation->children.items[i]);
	if (!relation->there || relation->kind != RELATION_TABLE)
		return rows;
	return rows + (relation->there->rows > 0 ? relation->there->rows : relation->there->live);
}

/* By the statistics, of what was there before the plan. */
static int64_t lost(const LintChange *change)
{
	const Action *action = change->action;
	const WorldRelation *relation = change->relation;
	bool is_data = action->kind == ACTION_TRUNCATE || action->kind == ACTION_DROP_COLUMN ||
		       (action->kind == ACTION_DROP && action->object_kind == OBJECT_TABLE);
	if (!is_data || !relation || !relation->there)
		return 0;
	int64_t rows = rows_of(relation);
	if (action->kind != ACTION_DROP_COLUMN)
		return rows;
	const CatalogColumn *column = catalog_column(relation->there, action->name);
	if (!column || column->nulls < 0)
		return 0;
	int64_t filled = THOUSAND - column->nulls;
	return rows / THOUSAND * filled + rows % THOUSAND * filled / THOUSAND;
}

static void tell_lost(LintRun *run, const LintChange *change)
{
	int64_t rows = lost(change);
	bool is_column = change->action->kind == ACTION_DROP_COLUMN;
	const char *what = is_column ? "value" : "row";
	if (!rows)
		return;
	Str number = rows >= MILLION ? str_format(run->arena, "about %.1f million %ss",
					       (double)rows / MILLION, what)
				     : str_format(run->arena, "about %lld %s%s", (long long)rows,
					       what, rows == 1 ? "" : "s");
	ObjectName name = change->name;
	Str object = facts_qualified(run->arena, name);
	if (is_column)
		object = str_format(run->arena, "column %.*s of %.*s",
			STR_ARG(change->action->name), STR_ARG(object));
	add_change_finding(run, LINT_DROPS_DATA, change->action, object, number);
}

void lint_change_after(LintRun *run, const Effect *effect)
{
	if (effect->refusals.count || effect->is_skipped)
		run->changes.count = run->change;
	for (size_t i = run->change; i < run->changes.count; i++)
		tell_lost(run, &run->changes.items[i]);
}

/* ---- names that are gone ---- */

/* Nothing has the name at the end of the plan. */
static bool is_gone(LintRun *run, const LintChange *change)
{
	WorldRelation *relation;
	if (!change->relation)
		return !world_has_made(
			&run->world, OBJECT_FUNCTION, (ObjectName){.name = change->name.name});
	if (world_find(&run->world, change->name, &relation) != PRESENCE_THERE)
		return !takes_column(change->action);
	if (takes_relation(change->action))
		return false;
	return !relation->is_vague ? !world_column(relation, change->action->name)
				   : change->action->kind == ACTION_RENAME;
}

static bool has_number(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->items[i] == number)
			return true;
	return false;
}

/* A column's name says nothing without its table's, but in a trigger's function. */
static bool mentions(const CatalogMention *mention, const LintChange *change)
{
	if (!takes_column(change->action))
		return names_have(&mention->words, change->name.name);
	const CatalogRelation *table = change->relation->there;
	return names_have(&mention->words, change->action->name) &&
	       (names_have(&mention->words, change->name.name) ||
		       (table && has_number(&mention->tables, table->oid)));
}

static Str object_of(LintRun *run, const LintChange *change)
{
	Str name = facts_qualified(run->arena, change->name);
	return takes_column(change->action) ? str_format(run->arena, "column %.*s of %.*s",
						      STR_ARG(change->action->name), STR_ARG(name))
					    : name;
}

static void tell_mentions(LintRun *run, const LintChange *change)
{
	const Catalog *catalog = run->world.catalog;
	for (size_t i = 0; catalog && i < catalog->mentions.count; i++) {
		const CatalogMention *mention = &catalog->mentions.items[i];
		ObjectName function = {.name = mention->name};
		bool is_changed =
			world_is_touched(&run->world, OBJECT_FUNCTION, function) ||
			(!change->relation && str_equal(mention->name, change->name.name));
		if (is_changed || !mentions(mention, change))
			continue;
		add_change_finding(run, LINT_USED_BY_BODY, change->action, object_of(run, change),
			facts_qualified(run->arena, (ObjectName){mention->schema, mention->name}));
		return;
	}
}

static void tell_reads(LintRun *run, const LintChange *change)
{
	const CatalogRelation *there = change->relation ? change->relation->there : NULL;
	if (!there || !takes_relation(change->action) || !there->is_exposed ||
		there->reads < READ_MIN)
		return;
	add_change_finding(run, LINT_USED_BY_API, change->action, object_of(run, change),
		str_format(run->arena, "%lld", (long long)there->reads));
}

/* ---- publications ---- */

/* Does the plan publish the table again? */
static bool is_added(const LintRun *run, const WorldRelation *relation)
{
	for (size_t i = 0; i < run->changes.count; i++) {
		const LintChange *other = &run->changes.items[i];
		if (other->relation == relation &&
			(other->action->kind == ACTION_PUBLICATION_ADD ||
				other->action->kind == ACTION_PUBLICATION_SET))
			return true;
	}
	return false;
}

static void tell_left(LintRun *run, const LintChange *change)
{
	WorldRelation *relation;
	const CatalogRelation *there = change->relation ? change->relation->there : NULL;
	bool is_dropped =
		change->action->kind == ACTION_DROP && there && there->publications.count > 0;
	if (!is_dropped || world_find(&run->world, change->name, &relation) != PRESENCE_THERE ||
		relation == change->relation || run->world.is_opaque || is_added(run, relation))
		return;
	add_change_finding(run, LINT_LEAVES_PUBLICATION, change->action, object_of(run, change),
		there->publications.items[0]);
}

static const CatalogPublication *publication_of(const Catalog *catalog, Str name)
{
	for (size_t i = 0; catalog && i < catalog->publications.count; i++)
		if (str_equal(catalog->publications.items[i].name, name))
			return &catalog->publications.items[i];
	return NULL;
}

/* One that has its changes of rows; by the plan, or by the catalogue. */
static const CatalogPublication *published_by(const LintRun *run, const LintChange *change)
{
	const Catalog *catalog = run->world.catalog;
	const CatalogPublication *found = NULL;
	const WorldRelation *relation = change->relation;
	bool adds = change->action->kind == ACTION_PUBLICATION_ADD ||
		    change->action->kind == ACTION_PUBLICATION_SET;
	if (adds)
		found = publication_of(catalog, change->action->name);
	for (size_t i = 0; !adds && relation->there && i < relation->there->publications.count; i++)
		found = publication_of(catalog, relation->there->publications.items[i]);
	return found && (found->has_updates || found->has_deletes) ? found : NULL;
}

static bool has_identity(const WorldRelation *relation)
{
	if (relation->replica_identity != 'd')
		return relation->replica_identity != 'n';
	for (size_t i = 0; i < relation->indexes.count; i++)
		if (relation->indexes.items[i].is_primary)
			return true;
	return relation->is_vague;
}

static void tell_identity(LintRun *run, const LintChange *change)
{
	const WorldRelation *relation = change->relation;
	if (!relation || relation->is_dropped || relation->kind != RELATION_TABLE ||
		!publishes(change->action) || run->world.is_opaque || has_identity(relation))
		return;
	const CatalogPublication *publication = published_by(run, change);
	if (publication)
		add_change_finding(run, LINT_NO_IDENTITY, change->action,
			world_name(run->arena, relation), publication->name);
}

void lint_change_end(LintRun *run)
{
	for (size_t i = 0; i < run->changes.count; i++) {
		const LintChange *change = &run->changes.items[i];
		run->script = change->script;
		run->statement = change->statement;
		run->allows = change->allows;
		bool takes = takes_relation(change->action) || takes_column(change->action) ||
			     takes_function(change->action);
		if (takes && is_gone(run, change)) {
			tell_mentions(run, change);
			tell_reads(run, change);
		}
		if (makes_beside(change->action))
			lint_beside_end(run, change->action);
		tell_left(run, change);
		tell_identity(run, change);
	}
}
