#include "lint/predict.h"

#include "lint/judge.h"
#include "world/world_apply.h"

/* ---- ALTER TABLE's commands ---- */

enum {
	HERE = false,
	BELOW = true, /* on what inherits from it, too */
	OPAQUE_GAPS = GAP_NOT_PARSED | GAP_DYNAMIC | GAP_LANGUAGE | GAP_BODY | GAP_CALL
};

/* The lock on the table, for each command (AlterTableGetLockLevel in PostgreSQL's tablecmds.c), and
 * what else there is to say. */
static const struct {
	LockMode mode; /* LOCK_ACCESS_SHARE: no command of ALTER TABLE */
	bool recurses;
	JudgeFn *judge;
} commands[] = {
	[ACTION_ADD_COLUMN] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_add_column},
	[ACTION_DROP_COLUMN] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_drop_column},
	[ACTION_SET_TYPE] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_set_type},
	[ACTION_SET_DEFAULT] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_set_default},
	[ACTION_DROP_DEFAULT] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_set_default},
	[ACTION_SET_NOT_NULL] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_set_not_null},
	[ACTION_DROP_NOT_NULL] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_drop_not_null},
	[ACTION_SET_EXPRESSION] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_on_column},
	[ACTION_DROP_EXPRESSION] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_on_column},
	[ACTION_ADD_IDENTITY] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_add_identity},
	[ACTION_SET_IDENTITY] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_on_column},
	[ACTION_DROP_IDENTITY] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_on_column},
	[ACTION_SET_STATISTICS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, BELOW, judge_on_column},
	[ACTION_SET_COLUMN_OPTIONS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, HERE, judge_on_column},
	[ACTION_SET_STORAGE] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_on_column},
	[ACTION_SET_COMPRESSION] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_on_column},
	[ACTION_ADD_CHECK] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_add_check},
	[ACTION_ADD_UNIQUE] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_add_key},
	[ACTION_ADD_PRIMARY_KEY] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_add_key},
	[ACTION_ADD_EXCLUDE] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_add_exclude},
	[ACTION_ADD_FOREIGN_KEY] = {LOCK_SHARE_ROW_EXCLUSIVE, BELOW, judge_add_foreign_key},
	[ACTION_ALTER_CONSTRAINT] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_alter_constraint},
	[ACTION_VALIDATE_CONSTRAINT] = {LOCK_SHARE_UPDATE_EXCLUSIVE, BELOW, judge_validate},
	[ACTION_DROP_CONSTRAINT] = {LOCK_ACCESS_EXCLUSIVE, BELOW, judge_drop_constraint},
	[ACTION_ATTACH_PARTITION] = {LOCK_SHARE_UPDATE_EXCLUSIVE, HERE, judge_partitioning},
	[ACTION_DETACH_PARTITION] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_partitioning},
	[ACTION_ADD_INHERIT] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_partitioning},
	[ACTION_DROP_INHERIT] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_partitioning},
	[ACTION_ENABLE_RLS] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rls},
	[ACTION_DISABLE_RLS] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rls},
	[ACTION_FORCE_RLS] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rls},
	[ACTION_NO_FORCE_RLS] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rls},
	[ACTION_ENABLE_TRIGGER] = {LOCK_SHARE_ROW_EXCLUSIVE, HERE, judge_switch_trigger},
	[ACTION_DISABLE_TRIGGER] = {LOCK_SHARE_ROW_EXCLUSIVE, HERE, judge_switch_trigger},
	[ACTION_ENABLE_RULE] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rule},
	[ACTION_DISABLE_RULE] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_switch_rule},
	[ACTION_REPLICA_IDENTITY] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_replica_identity},
	[ACTION_SET_CLUSTER] = {LOCK_SHARE_UPDATE_EXCLUSIVE, HERE, judge_set_cluster},
	[ACTION_SET_LOGGED] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_storage},
	[ACTION_SET_UNLOGGED] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_storage},
	[ACTION_SET_ACCESS_METHOD] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_storage},
	[ACTION_SET_TABLESPACE] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_storage},
	[ACTION_SET_OPTIONS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, HERE, judge_options},
	[ACTION_RESET_OPTIONS] = {LOCK_SHARE_UPDATE_EXCLUSIVE, HERE, judge_options},
	[ACTION_SET_OWNER] = {LOCK_ACCESS_EXCLUSIVE, HERE, judge_set_owner},
};

static bool is_command(const Action *action)
{
	size_t kind = (size_t)action->kind;
	bool is_table = action->object_kind == OBJECT_TABLE || action->object_kind == OBJECT_VIEW ||
			action->object_kind == OBJECT_MATVIEW ||
			action->object_kind == OBJECT_INDEX ||
			action->object_kind == OBJECT_SEQUENCE ||
			action->object_kind == OBJECT_FOREIGN_TABLE;
	return is_table && kind < sizeof commands / sizeof *commands && commands[kind].mode;
}

/* A new table's parts; the table itself is nobody's yet. */
static void judge_part(Judge *judge, WorldRelation *table, const Action *action)
{
	if (commands[action->kind].judge)
		commands[action->kind].judge(judge, table, action);
}

static bool is_part_of_skipped(const Judge *judge, const Action *action)
{
	return judge->skipped.len && action->options.nested && action->columns.count &&
	       str_equal(action->columns.items[0], judge->skipped);
}

/* A foreign key is for partitions alone, and NO INHERIT says it itself, before PostgreSQL 18. */
static bool goes_below(const Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_key = action->kind == ACTION_ADD_FOREIGN_KEY;
	bool is_kept = action->options.no_inherit && judge_is_before_18(judge);
	return !action->options.only && !is_kept &&
	       (!is_key || table->kind == RELATION_PARTITIONED);
}

/* Before PostgreSQL 18 the indexes of partitions are built under SHARE, unless NOT NULL is set
 * there, too. */
static bool builds_below(const Judge *judge, const WorldRelation *table, const Action *action)
{
	bool is_plain = action->kind == ACTION_ADD_UNIQUE ||
			(action->kind == ACTION_ADD_PRIMARY_KEY &&
				!world_has_nullable(table, &action->columns));
	return is_plain && judge_is_before_18(judge);
}

static void lock_command(Judge *judge, WorldRelation *table, const Action *action)
{
	LockMode mode = commands[action->kind].mode;
	bool is_below = commands[action->kind].recurses && goes_below(judge, table, action);
	bool builds = is_below && builds_below(judge, table, action);
	effect_lock(judge->arena, judge->effect, table, mode, is_below && !builds);
	for (size_t i = 0; builds && i < table->children.count; i++)
		effect_lock(
			judge->arena, judge->effect, table->children.items[i], LOCK_SHARE, true);
}

static void judge_command(Judge *judge, const Action *action)
{
	WorldRelation *table =
		judge_relation(judge, action, action->object, action->options.table_if_exists);
	if (!table)
		return;
	if (is_part_of_skipped(judge, action)) {
		judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	bool is_view = table->kind == RELATION_VIEW || table->kind == RELATION_MATVIEW;
	if (is_view && commands[action->kind].recurses && action->object_kind == OBJECT_TABLE &&
		action->kind != ACTION_SET_DEFAULT && action->kind != ACTION_DROP_DEFAULT) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a table",
			STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (is_view && !commands[action->kind].recurses)
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!judge_owner(judge, table, action))
		return;
	if (action->object_kind != OBJECT_TABLE &&
		!judge_is_kind(table->kind, action->object_kind)) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is no %.*s",
			STR_ARG(world_name(judge->arena, table)),
			STR_ARG(facts_object_name(action->object_kind)));
		return;
	}
	if (!table->there && table->is_vague) /* it may have what it is given */
		judge_unknown(judge, UNKNOWN_OUTCOME);
	if (commands[action->kind].recurses &&
		(table->parents.count || (action->options.only && table->children.count)))
		judge_unknown(judge, UNKNOWN_OUTCOME);
	lock_command(judge, table, action);
	judge_part(judge, table, action);
}

/* ---- all actions ---- */

static void judge_other(Judge *judge, const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_CREATE:
		judge_create(judge, action);
		break;
	case ACTION_DROP:
		judge_drop(judge, action);
		break;
	case ACTION_RENAME:
	case ACTION_SET_SCHEMA:
		judge_rename(judge, action);
		break;
	case ACTION_SELECT:
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_MERGE:
	case ACTION_COPY:
		judge_data(judge, action);
		break;
	case ACTION_TRUNCATE:
	case ACTION_LOCK:
	case ACTION_REFRESH:
	case ACTION_REINDEX:
	case ACTION_CLUSTER:
	case ACTION_VACUUM:
	case ACTION_ANALYZE:
		judge_maintenance(judge, action);
		break;
	default:
		judge_light(judge, action);
		break;
	}
}

static void judge_action(Judge *judge, const Action *action)
{
	if (is_command(action))
		judge_command(judge, action);
	else
		judge_other(judge, action);
}

/* The order in which ALTER TABLE does its commands (AlterTablePass), and CREATE TABLE its parts. */
static int pass_of(const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_CREATE:
	case ACTION_LIKE:
		return 0;
	case ACTION_DROP_COLUMN:
	case ACTION_DROP_CONSTRAINT:
	case ACTION_DROP_DEFAULT:
	case ACTION_DROP_NOT_NULL:
	case ACTION_DROP_IDENTITY:
	case ACTION_DROP_EXPRESSION:
		return 1;
	case ACTION_SET_TYPE:
		return 2;
	case ACTION_ADD_COLUMN:
		return 3;
	case ACTION_SET_NOT_NULL:
	case ACTION_SET_IDENTITY:
	case ACTION_SET_STATISTICS:
		return 4;
	case ACTION_ADD_PRIMARY_KEY:
	case ACTION_ADD_UNIQUE:
	case ACTION_ADD_EXCLUDE:
		return 5;
	case ACTION_ADD_CHECK:
	case ACTION_ADD_FOREIGN_KEY:
	case ACTION_SET_DEFAULT:
	case ACTION_ADD_IDENTITY:
		return 6;
	default:
		return 7;
	}
}

enum {
	PASSES = 8
};

static bool has_create_of_table(const Facts *facts)
{
	const Action *first = facts->actions.count ? &facts->actions.items[0] : NULL;
	return first && first->kind == ACTION_CREATE && first->object_kind == OBJECT_TABLE;
}

static void judge_pass(Judge *judge, int pass)
{
	bool in_order =
		!is_command(&judge->facts->actions.items[0]) && !has_create_of_table(judge->facts);
	size_t skipped = 0;
	for (size_t i = 0; i < judge->facts->actions.count; i++) {
		const Action *action = &judge->facts->actions.items[i];
		if (action->in_function || pass != (in_order ? 0 : pass_of(action)))
			continue;
		if (judge->effect->refusals.count || judge->effect->is_skipped)
			return;
		judge_action(judge, action);
		bool is_skipped = judge->effect->is_skipped;
		/* DROP … IF EXISTS a, b drops b, too, where a is not there. */
		if (is_skipped && action->kind == ACTION_DROP) {
			judge->effect->is_skipped = ++skipped == judge->facts->actions.count;
			continue;
		}
		if (judge->effect->refusals.count || is_skipped)
			continue;
		world_apply(judge->world, action);
	}
}

/* ---- statements ---- */

static bool is_block(const Facts *facts)
{
	return facts->actions.count && facts->actions.items[0].kind == ACTION_DO;
}

/* What is there before it, is there after it. */
static bool only_adds(const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_CREATE:
	case ACTION_ADD_COLUMN:
	case ACTION_ADD_CHECK:
	case ACTION_ADD_UNIQUE:
	case ACTION_ADD_PRIMARY_KEY:
	case ACTION_ADD_FOREIGN_KEY:
	case ACTION_ADD_EXCLUDE:
	case ACTION_ADD_VALUE:
	case ACTION_COMMENT:
	case ACTION_GRANT:
	case ACTION_SELECT:
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_ENABLE_RLS:
	case ACTION_PUBLICATION_ADD:
	case ACTION_DO:
		return true;
	default:
		return false;
	}
}

/* More than what it names may be gone, or have another name. */
static bool takes_others(const Action *action)
{
	bool is_part = action->object_kind == OBJECT_POLICY ||
		       action->object_kind == OBJECT_TRIGGER || action->object_kind == OBJECT_RULE;
	return !is_part &&
	       (action->kind == ACTION_DROP || action->kind == ACTION_DROP_COLUMN ||
		       action->kind == ACTION_DROP_CONSTRAINT ||
		       action->kind == ACTION_DROP_IDENTITY || action->kind == ACTION_RENAME ||
		       action->kind == ACTION_SET_SCHEMA);
}

/* Nobody knows which branch of a block is taken; of a statement that is refused nothing remains. */
static void blur(World *world, const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function)
			continue;
		if (action->kind == ACTION_SET || action->kind == ACTION_RESET)
			world_forget_settings(world);
		world_take_rights(world, action);
		Blur how = only_adds(action) ? BLUR_MAY_BE_THERE : BLUR_MAY_BE_GONE;
		world_blur(world, action->object.name, how);
		world_blur(world, action->name, how);
		world_blur(world, action->new_name, how);
		world->has_made = world->has_taken = true;
		world->has_new_classes |= world_makes_class(action);
		bool makes_any =
			action->kind == ACTION_CREATE && action->object_kind == OBJECT_EXTENSION;
		world->is_opaque |= is_block(facts) && (takes_others(action) || makes_any);
	}
}

/* What it makes or changes depends on what it names. */
static void take_uses(World *world, const Facts *facts)
{
	bool makes = false;
	for (size_t i = 0; i < facts->actions.count; i++)
		makes |= world_makes_by(&facts->actions.items[i]);
	for (size_t i = 0; makes && i < facts->uses.count; i++)
		world_use(world, facts->uses.items[i].name.name);
}

/* The relations that a view of the statement reads. */
static void take_reads(World *world, const Facts *facts)
{
	const Action *action = &facts->actions.items[0];
	WorldRelation *view, *table;
	bool is_view =
		facts->actions.count == 1 && action->kind == ACTION_CREATE &&
		(action->object_kind == OBJECT_VIEW || action->object_kind == OBJECT_MATVIEW);
	if (!is_view || world_find(world, action->object, &view) != PRESENCE_THERE)
		return;
	view->reads = (WorldRelations){0};
	for (size_t i = 0; i < facts->uses.count; i++)
		if (facts->uses.items[i].kind == USE_TABLE && !facts->uses.items[i].in_function &&
			world_find(world, facts->uses.items[i].name, &table) == PRESENCE_THERE)
			*vec_add(world->arena, &view->reads) = table;
}

static void judge_block_labels(Effect *effect, World *world, const Statement *statement)
{
	Judge judge = {
		.arena = world->arena, .world = world, .facts = statement->facts, .effect = effect};
	LabelFinding label = {0};
	judge_find_label(&judge, statement, &label);
	judge_tell_label(&judge, &label);
}

/* The server's grammar of PL/pgSQL is the library's if they are of one version. It reads a block's
 * body in any case, a function's unless check_function_bodies is off. */
static void judge_body(const World *world, const Facts *facts, Effect *effect)
{
	if (!facts->body_refusal.len || !world_has_our_grammar(world))
		return;
	static const Code code = {LINT_NOT_VALID, "42601"};
	const Action *action = &facts->actions.items[0];
	bool is_read = !world->skips_bodies || is_block(facts);
	EffectRefusal *refusal = is_read ? vec_add(world->arena, &effect->refusals)
					 : vec_add(world->arena, &effect->doubts);
	*refusal = (EffectRefusal){.rule = code.rule,
		.sqlstate = !facts->body_refusal_is_open ? str_from(code.sqlstate) : (Str){0},
		.what = str_format(world->arena, "in the body: %.*s", STR_ARG(facts->body_refusal)),
		.object = facts_qualified(world->arena, action->object),
		.action = action,
		.offset = facts->body_refusal_offset};
}

/* A body in SQL is analysed with the function, and locks what it writes. */
static bool has_writes_in_body(const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function &&
			(action->kind == ACTION_INSERT || action->kind == ACTION_UPDATE ||
				action->kind == ACTION_DELETE || action->kind == ACTION_MERGE))
			return true;
	}
	return false;
}

/* What has been done before it is followed no further. */
static bool takes_back(const Statement *statement)
{
	return statement->kind == STATEMENT_ROLLBACK || statement->kind == STATEMENT_ROLLBACK_TO;
}

Effect predict(World *world, const Statement *statement)
{
	Effect effect = {.unknown = world->is_opaque || world->is_other_role ? UNKNOWN_OUTCOME : 0};
	const Facts *facts = statement->facts;
	if (!facts || !facts->actions.count || (facts->gaps & OPAQUE_GAPS) || is_block(facts)) {
		effect.unknown = UNKNOWN_ALL;
		if (facts && facts->actions.count) {
			judge_body(world, facts, &effect);
			judge_block_labels(&effect, world, statement);
		}
		if (facts)
			blur(world, facts);
		world->is_opaque |= !facts || (facts->gaps & OPAQUE_GAPS);
		world_may_fill(world);
		return effect;
	}
	Judge judge = {.arena = world->arena,
		.world = world,
		.facts = facts,
		.text = statement->text,
		.effect = &effect};
	LabelFinding label = {0};
	judge_find_label(&judge, statement, &label);
	for (int pass = 0; pass < PASSES; pass++)
		judge_pass(&judge, pass);
	bool drops = facts->actions.items[0].kind == ACTION_DROP;
	if (!effect.refusals.count && !effect.is_skipped && !drops)
		judge_uses(&judge);
	judge_find_label(&judge, statement, &label);
	judge_tell_label(&judge, &label);
	if (!effect.refusals.count)
		judge_body(world, facts, &effect);
	if (effect.refusals.count) {
		blur(world, facts);
	} else {
		take_uses(world, facts);
		if (!effect.is_skipped)
			take_reads(world, facts);
	}
	world->is_opaque |= judge.is_opaque;
	if (world->is_opaque)
		world_may_fill(world);
	if (takes_back(statement)) {
		world->is_opaque = true;
		effect.unknown = UNKNOWN_ALL; /* locks are given back, too */
		world_forget_settings(world);
	}
	if (has_writes_in_body(facts))
		effect.unknown |= UNKNOWN_WEAK_LOCKS;
	if (statement->class == SQL_NO_BLOCK)
		effect.unknown |= UNKNOWN_SCANS | UNKNOWN_REWRITES;
	return effect;
}
