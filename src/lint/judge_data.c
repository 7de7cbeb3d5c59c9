/* Queries, what writes rows, and what looks after tables. */
#include "lint/judge.h"
#include "preflight/changes.h"

#include <strings.h>

static bool have_common(const Names *names, const Names *others)
{
	for (size_t i = 0; i < names->count; i++)
		if (names_have(others, names->items[i]))
			return true;
	return false;
}

/* Is a key looked up for it: one that others refer to? UPDATE has to change it. */
static bool touches_referenced(const World *world, const WorldRelation *table, const Action *action)
{
	bool is_any = action->kind != ACTION_UPDATE || !action->columns.count;
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		for (size_t j = 0; !child->is_dropped && j < child->constraints.count; j++) {
			const WorldConstraint *key = &child->constraints.items[j];
			if (key->other == table &&
				(is_any || !key->other_columns.count ||
					have_common(&key->other_columns, &action->columns)))
				return true;
		}
	}
	return false;
}

/* Has the plan written its rows, also by rewriting them? A row of the same transaction is looked up
 * whatever UPDATE changes. */
static bool has_new_rows(const WorldRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].has_new_type)
			return true;
	return table->is_filled || table->may_be_rewritten;
}

/* The same of a key of its own. */
static bool touches_reference(const WorldRelation *table, const Action *action)
{
	bool is_any =
		action->kind != ACTION_UPDATE || !action->columns.count || has_new_rows(table);
	for (size_t i = 0; i < table->constraints.count && action->kind != ACTION_DELETE; i++) {
		const WorldConstraint *key = &table->constraints.items[i];
		if (key->kind == CONSTRAINT_FOREIGN_KEY &&
			(is_any || have_common(&key->columns, &action->columns)))
			return true;
	}
	return false;
}

static bool has_generated(const WorldRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].generated)
			return true;
	return false;
}

/* What rows bring along: keys that are looked up, triggers, partitions. */
static void judge_row_work(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_insert = action->kind == ACTION_INSERT || action->kind == ACTION_COPY;
	bool is_plain = table->kind == RELATION_TABLE &&
			!world_may_fire(judge->world, table, changes_events(action)) &&
			!table->rules.count && !table->children.count && !table->is_vague &&
			!has_generated(table);
	bool is_looked_up = (!is_insert && touches_referenced(judge->world, table, action)) ||
			    touches_reference(table, action);
	if (!is_plain || is_looked_up)
		judge_unknown(judge, UNKNOWN_WEAK_LOCKS | UNKNOWN_SCANS);
}

/* A planner comes to constants before it comes to rights: 1 / 0, 'a'::text::int. */
static bool may_be_folded(const Judge *judge, const Action *action)
{
	static const Str signs[] = {
		STR_INIT("/"), STR_INIT("%"), STR_INIT("::"), STR_INIT("cast"), STR_INIT("CAST")};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_contains(judge->text, signs[i]))
			return true;
	for (size_t i = 0; i < action->values.count; i++)
		if (action->values.items[i] == VALUE_OTHER)
			return true;
	return false;
}

static void judge_rights(Judge *judge, const WorldRelation *table, const Action *action)
{
	static const Right rights[] = {[ACTION_INSERT] = RIGHT_INSERT,
		[ACTION_COPY] = RIGHT_INSERT,
		[ACTION_UPDATE] = RIGHT_UPDATE,
		[ACTION_DELETE] = RIGHT_DELETE};
	size_t kind = (size_t)action->kind;
	bool is_known = kind < sizeof rights / sizeof *rights && rights[kind];
	if (is_known && !may_be_folded(judge, action) &&
		judge_right(judge, table, action, rights[kind]))
		judge_reads(judge, action);
}

/* A view is rewritten before anybody's rights are looked at; of a table it is the other way round.
 */
static void judge_writing(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_view = table->kind == RELATION_VIEW;
	if (is_view)
		judge_target(judge, table, action);
	if (!judge->effect->refusals.count)
		judge_rights(judge, table, action);
	if (!judge->effect->refusals.count && !is_view)
		judge_target(judge, table, action);
}

static void judge_write(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!table)
		return;
	for (size_t i = 0; i < action->columns.count && table->kind != RELATION_VIEW; i++)
		if (action->columns.items[i].len && action->kind != ACTION_MERGE)
			judge_column(judge, table, action, action->columns.items[i]);
	effect_lock(judge->arena, judge->effect, table, LOCK_ROW_EXCLUSIVE,
		action->kind != ACTION_INSERT && action->kind != ACTION_COPY &&
			!action->options.only);
	judge_row_work(judge, table, action);
	if (!judge->effect->refusals.count)
		judge_values(judge, table, action);
	if (!judge->effect->refusals.count)
		judge_writing(judge, table, action);
	bool reads_itself = action->kind == ACTION_UPDATE || action->kind == ACTION_DELETE;
	if (action->options.has_where || action->options.on_conflict || action->options.as_query ||
		action->kind == ACTION_MERGE)
		judge_unknown(judge, UNKNOWN_SCANS);
	else if (reads_itself)
		judge_work(judge, table, action, WORK_SCAN, LINT_LONG_WORK);
}

/* FOR UPDATE and its kin lock rows; the facts do not say. */
static bool has_word_for(Str text)
{
	for (size_t i = 0; i + 3 <= text.len; i++)
		if (strncasecmp(text.ptr + i, "for", 3) == 0)
			return true;
	return false;
}

/* What is called may do anything, unless the server says that it only reads. */
static void judge_calls(Judge *judge)
{
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind == USE_TABLE && !use->in_function)
			judge_unknown(judge, UNKNOWN_SCANS);
		if (use->kind != USE_FUNCTION || use->in_function ||
			judge_is_built_in(judge, use->name))
			continue;
		char volatility = judge_volatility(judge, use->name.name);
		judge_unknown(judge, volatility == 's' ? UNKNOWN_SCANS : UNKNOWN_ALL);
		judge->is_opaque |= volatility != 's';
	}
}

static void judge_query(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!may_be_folded(judge, action))
		judge_reads(judge, action);
	for (size_t i = 0; i < judge->facts->uses.count; i++)
		if (judge->facts->uses.items[i].kind == USE_TABLE && has_word_for(judge->text))
			judge_unknown(judge, UNKNOWN_WEAK_LOCKS);
}

static void judge_copy(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->expression.len && judge_knows_rights(judge) &&
		!judge->world->catalog->has_files)
		judge_refuse_right(judge, action,
			"may neither run a program on the server nor use the server's files");
	else if (action->options.as_query)
		judge_unknown(judge, UNKNOWN_SCANS);
	else
		judge_write(judge, action);
}

void judge_data(Judge *judge, const Action *action)
{
	judge_calls(judge);
	if (action->kind == ACTION_SELECT)
		judge_query(judge, action);
	else if (action->kind == ACTION_COPY)
		judge_copy(judge, action);
	else
		judge_write(judge, action);
}

/* ---- what looks after tables ---- */

/* "SHARE ROW EXCLUSIVE"; the weakest for what is none. */
static LockMode lock_of_words(Str words)
{
	static const Str names[] = {
#define LOCK_MODE(name, shown, reads, writes) [LOCK_##name] = STR_INIT(#name),
#include "effects/lock_mode.def"
#undef LOCK_MODE
	};
	for (size_t i = 0; i < LOCK_MODES; i++) {
		bool is_same = names[i].len == words.len;
		for (size_t j = 0; is_same && j < words.len; j++)
			is_same = names[i].ptr[j] == (words.ptr[j] == ' ' ? '_' : words.ptr[j]);
		if (is_same)
			return (LockMode)i;
	}
	return LOCK_ACCESS_SHARE;
}

static void judge_lock_table(Judge *judge, WorldRelation *table, const Action *action)
{
	LockMode mode = lock_of_words(action->type);
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (mode == LOCK_ACCESS_SHARE || table->kind == RELATION_VIEW)
		judge_unknown(judge, UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
	else
		judge_lock(judge, table, action, mode);
}

/* Of the same TRUNCATE, or below one of it. */
static bool is_truncated(Judge *judge, const WorldRelation *table)
{
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		WorldRelation *other;
		world_find(judge->world, judge->facts->actions.items[i].object, &other);
		if (other == table)
			return true;
	}
	for (size_t i = 0; i < table->parents.count; i++)
		if (is_truncated(judge, table->parents.items[i]))
			return true;
	return false;
}

/* A table that references it and keeps its rows; NULL: none that is surely there. */
static const WorldRelation *find_keeper(Judge *judge, const WorldRelation *table)
{
	const World *world = judge->world;
	for (size_t i = 0; i < world->relations.count; i++) {
		const WorldRelation *child = world->relations.items[i];
		bool is_sure = !child->is_dropped && !child->is_loose &&
			       !world_may_be_gone(world, child->name);
		for (size_t j = 0; is_sure && j < child->constraints.count; j++)
			if (child->constraints.items[j].other == table &&
				(child->constraints.items[j].oid || !child->is_vague) &&
				!is_truncated(judge, child))
				return child;
	}
	return NULL;
}

static bool refuse_truncate(Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED;
	bool is_ours = !table->there || table->there->is_owned;
	Str name = world_name(judge->arena, table);
	const WorldRelation *keeper = is_table && is_ours ? find_keeper(judge, table) : NULL;
	if (!is_table && table->kind != RELATION_FOREIGN)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a table",
			STR_ARG(name));
	else if (!judge_right(judge, table, action, RIGHT_TRUNCATE))
		return true;
	else if (keeper && !action->options.cascade)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0A000"},
			"%.*s is referenced by %.*s, which is not truncated", STR_ARG(name),
			STR_ARG(world_name(judge->arena, keeper)));
	return judge->effect->refusals.count > 0;
}

static void judge_truncate(Judge *judge, WorldRelation *table, const Action *action)
{
	/* is its new file a rewrite? The rows are not read */
	judge_unknown(judge, UNKNOWN_REWRITES | UNKNOWN_OUTCOME);
	if (refuse_truncate(judge, table, action))
		return;
	if (touches_referenced(judge->world, table, action))
		judge_unknown(judge, action->options.cascade ? UNKNOWN_ALL : UNKNOWN_OUTCOME);
	judge_lock(judge, table, action, LOCK_ACCESS_EXCLUSIVE);
}

/* Of one that the plan makes the columns are not known, the indexes are. Of one that is not filled
 * something else is said. */
static bool lacks_whole_key(const Judge *judge, const WorldRelation *view)
{
	bool is_known = view->there ? judge_knows(judge, view)
				    : !judge->world->is_opaque && !view->is_loose &&
					      !str_map_find(&judge->world->vague_names, view->name);
	for (size_t i = 0; i < view->indexes.count; i++) {
		const WorldIndex *index = &view->indexes.items[i];
		if (index->is_unique && !index->is_partial && !index->has_expressions)
			return false;
	}
	return is_known && (view->there ? world_has_rows(view) : view->is_filled);
}

static void judge_refresh(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME | UNKNOWN_SCANS);
	if (table->kind != RELATION_MATVIEW) {
		bool is_table =
			table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED;
		judge_refuse(judge, action,
			(Code){is_table ? LINT_NOT_VALID : LINT_WRONG_KIND,
				is_table ? "0A000" : "42809"},
			"%.*s is not a materialized view",
			STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (action->options.concurrently && !action->options.no_data &&
		lacks_whole_key(judge, table)) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55000"},
			"CONCURRENTLY needs a unique index over all rows of %.*s",
			STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (action->options.concurrently) {
		judge_unknown(judge, UNKNOWN_REWRITES);
		effect_lock_one(judge->arena, judge->effect, table, LOCK_EXCLUSIVE);
		return;
	}
	effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	judge_work(judge, table, action, WORK_REWRITE, LINT_LONG_WORK);
}

/* The table's lock lets readers pass, those of its indexes do not. */
static void judge_reindex(Judge *judge, WorldRelation *table, const Action *action)
{
	bool one = action->object_kind == OBJECT_INDEX;
	if (one && table->table)
		table = table->table;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->options.concurrently) {
		judge_unknown(judge, UNKNOWN_SCANS | UNKNOWN_REWRITES);
		effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
		return;
	}
	effect_lock_one(judge->arena, judge->effect, table, LOCK_SHARE);
	if (table->there && (one || table->indexes.count))
		effect_block_reads(judge->effect, table);
	if (one || table->indexes.count)
		judge_work(judge, table, action, WORK_BUILD, LINT_LONG_WORK);
	if (!one)
		effect_reindex(judge->arena, judge->effect, table);
	else
		*vec_add(judge->arena, &judge->effect->reindexed) = facts_qualified(
			judge->arena, (ObjectName){table->schema, action->object.name});
}

static void judge_vacuum(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_ALL & ~UNKNOWN_LOCKS); /* FULL? The facts do not say */
	if (action->kind == ACTION_ANALYZE && table->kind == RELATION_TABLE &&
		!table->children.count)
		judge->effect->unknown &= ~(unsigned)UNKNOWN_WEAK_LOCKS;
	if (action->kind == ACTION_ANALYZE)
		effect_lock(judge->arena, judge->effect, table, LOCK_SHARE_UPDATE_EXCLUSIVE, true);
	else
		judge_unknown(judge, UNKNOWN_LOCKS);
}

static void judge_cluster(Judge *judge, WorldRelation *table, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	effect_lock_one(judge->arena, judge->effect, table, LOCK_ACCESS_EXCLUSIVE);
	judge_work_here(judge, table, action, WORK_REWRITE, LINT_LONG_WORK);
}

void judge_maintenance(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (!table)
		return;
	switch ((int)action->kind) {
	case ACTION_LOCK:
		judge_lock_table(judge, table, action);
		break;
	case ACTION_TRUNCATE:
		judge_truncate(judge, table, action);
		break;
	case ACTION_REFRESH:
		judge_refresh(judge, table, action);
		break;
	case ACTION_REINDEX:
		judge_reindex(judge, table, action);
		break;
	case ACTION_CLUSTER:
		judge_cluster(judge, table, action);
		break;
	default:
		judge_vacuum(judge, table, action);
		break;
	}
}
