/* ATTACH and DETACH PARTITION, PARTITION OF, INHERIT: what a parent and a child have to be to each
 * other. */
#include "lint/judge.h"

/* ---- bounds ---- */

typedef enum BoundKind {
	BOUND_OTHER,
	BOUND_DATE, /* YYYY-MM-DD, whatever follows it */
	BOUND_NUMBER, /* a whole one */
} BoundKind;

typedef struct Bound {
	BoundKind kind;
	Str day;
	long long number;
} Bound;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_day(Str text)
{
	static const Str form = STR_INIT("0000-00-00");
	for (size_t i = 0; i < form.len; i++)
		if (i >= text.len ||
			(form.ptr[i] == '0' ? !is_digit(text.ptr[i]) : text.ptr[i] != '-'))
			return false;
	return text.len == form.len || text.ptr[form.len] == ' ';
}

static bool is_number(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.ptr[i]))
			return false;
	return text.len && text.len < 16;
}

/* A literal, quoted or not. */
static Bound bound_of(Str text)
{
	Bound bound = {BOUND_OTHER, {0}, 0};
	bool is_quoted = text.len >= 2 && *text.ptr == '\'' && text.ptr[text.len - 1] == '\'';
	Str bare = is_quoted ? str_head(str_skip(text, 1), text.len - 2) : text;
	if (is_day(bare)) {
		bound.kind = BOUND_DATE;
		bound.day = str_head(bare, 10);
	} else if (is_number(bare)) {
		bound.kind = BOUND_NUMBER;
		for (size_t i = 0; i < bare.len; i++)
			bound.number = bound.number * 10 + (bare.ptr[i] - '0');
	}
	return bound;
}

/* Surely smaller: of days, by a day at least. */
static bool is_less(Bound a, Bound b)
{
	if (a.kind != b.kind || a.kind == BOUND_OTHER)
		return false;
	if (a.kind == BOUND_NUMBER)
		return a.number < b.number;
	for (size_t i = 0; i < a.day.len; i++)
		if (a.day.ptr[i] != b.day.ptr[i])
			return a.day.ptr[i] < b.day.ptr[i];
	return false;
}

typedef struct Range {
	Bound from, to;
} Range;

/* "FOR VALUES FROM ('a') TO ('b')", of one column. */
static Range range_of(Str bound)
{
	Str rest = bound, part, from = {0}, to = {0};
	if (str_starts(bound, STR("FOR VALUES FROM (")) && str_next(&rest, '(', &part) &&
		str_next(&rest, ')', &from) && str_next(&rest, '(', &part))
		str_next(&rest, ')', &to);
	return (Range){bound_of(from), bound_of(to)};
}

static bool is_whole(Str type)
{
	return str_equal(type, STR("integer")) || str_equal(type, STR("bigint")) ||
	       str_equal(type, STR("int"));
}

static bool is_time(Str type)
{
	return str_equal(type, STR("date")) || str_starts(type, STR("timestamp"));
}

/* Are the bounds read as the server reads them? */
static bool is_read(const Judge *judge, const WorldRelation *parent, const Range *range)
{
	const WorldColumn *key =
		parent->keys.count == 1 ? world_column(parent, parent->keys.items[0]) : NULL;
	if (!key || key->has_new_type || range->from.kind != range->to.kind)
		return false;
	return (range->from.kind == BOUND_NUMBER && is_whole(key->type)) ||
	       (range->from.kind == BOUND_DATE && is_time(key->type) &&
		       judge->world->time_zone.len);
}

static bool is_same_bound(Bound a, Bound b)
{
	return a.kind == b.kind && a.kind != BOUND_OTHER && !is_less(a, b) && !is_less(b, a);
}

static const WorldRelation *find_overlap(const WorldRelation *parent, const Range *range)
{
	for (size_t i = 0; i < parent->children.count; i++) {
		const WorldRelation *child = parent->children.items[i];
		if (!child->there || child->is_dropped || child->is_loose)
			continue;
		Range old = range_of(child->there->bound);
		if (is_less(range->from, old.to) && is_less(old.from, range->to))
			return child;
	}
	return NULL;
}

static const char *strategy_of(char strategy)
{
	return strategy == 'r' ? "RANGE" : strategy == 'l' ? "LIST" : "HASH";
}

/* And with it, maybe, a zone. */
static bool has_time(Str literal)
{
	return str_contains(literal, STR(":"));
}

static void refuse_range(Judge *judge, const WorldRelation *parent, const Action *action)
{
	if (action->columns.count != 1 || action->other_columns.count != 1)
		return;
	Range range = {
		bound_of(action->columns.items[0]), bound_of(action->other_columns.items[0])};
	if (has_time(action->columns.items[0]) || has_time(action->other_columns.items[0]) ||
		!is_read(judge, parent, &range))
		return;
	const WorldRelation *other = find_overlap(parent, &range);
	if (is_less(range.to, range.from) || is_same_bound(range.from, range.to))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
			"the range of the partition is empty");
	else if (other)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P17"},
			"the range of the partition overlaps that of %.*s",
			STR_ARG(world_name(judge->arena, other)));
}

bool judge_bound(Judge *judge, const WorldRelation *parent, const Action *action)
{
	char strategy = parent->there ? parent->there->strategy : '\0';
	if (!strategy || parent->is_loose || action->options.default_partition || !action->type.len)
		return true;
	if (*action->type.ptr != strategy)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42P16"},
			"%.*s is partitioned by %s", STR_ARG(world_name(judge->arena, parent)),
			strategy_of(strategy));
	else if (strategy == 'r')
		refuse_range(judge, parent, action);
	return judge->effect->refusals.count == 0;
}

/* ---- parents and children ---- */

static bool is_parent_of(const WorldRelation *parent, const WorldRelation *child)
{
	for (size_t i = 0; i < child->parents.count; i++)
		if (child->parents.items[i] == parent)
			return true;
	return false;
}

static bool are_known(const Judge *judge, const WorldRelation *a, const WorldRelation *b)
{
	return judge_knows(judge, a) && judge_knows(judge, b) && (!b->there || b->there->is_owned);
}

/* Columns of one that the other has not. */
static bool has_more(const WorldRelation *one, const WorldRelation *other)
{
	for (size_t i = 0; i < one->columns.count; i++)
		if (one->columns.items[i].name.len &&
			!world_column(other, one->columns.items[i].name))
			return true;
	return false;
}

/* Nothing in the bound's own words can be refused: the server reads them before the child. */
static bool is_sure_bound(const Judge *judge, const WorldRelation *parent, const Action *action)
{
	char strategy = parent->there ? parent->there->strategy : '\0';
	if (strategy != 'r' || !str_equal(action->type, STR("r")) || action->columns.count != 1 ||
		action->other_columns.count != 1 || has_time(action->columns.items[0]) ||
		has_time(action->other_columns.items[0]))
		return false;
	Range range = {
		bound_of(action->columns.items[0]), bound_of(action->other_columns.items[0])};
	return is_read(judge, parent, &range) && !find_overlap(parent, &range) &&
	       is_less(range.from, range.to);
}

static bool has_identity(const WorldRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].identity)
			return true;
	return false;
}

static bool has_collation(const WorldRelation *table)
{
	for (size_t i = 0; table->there && i < table->there->columns.count; i++)
		if (table->there->columns.items[i].is_collated)
			return true;
	return false;
}

static bool has_type_of_catalogue(const WorldColumn *column)
{
	return column->number && !column->has_new_type && !column->is_changed;
}

/* A column that both have, and that is another one in the child; NULL: none that surely is. */
static const WorldColumn *find_other_column(const WorldRelation *table, const WorldRelation *child)
{
	for (size_t i = 0; i < table->columns.count; i++) {
		const WorldColumn *column = &table->columns.items[i];
		const WorldColumn *other =
			column->name.len ? world_column(child, column->name) : NULL;
		if (!other)
			continue;
		bool is_typed = has_type_of_catalogue(column) && has_type_of_catalogue(other) &&
				!str_equal(column->type, other->type);
		if (is_typed || (column->is_not_null && !other->is_not_null))
			return column;
	}
	return NULL;
}

/* Both have the same columns. */
static bool refuse_columns(
	Judge *judge, const WorldRelation *table, const WorldRelation *other, const Action *action)
{
	bool is_plain = other->kind == RELATION_TABLE && !other->children.count &&
			!other->parents.count && !other->triggers.count && !table->is_loose &&
			!other->is_loose && !has_identity(other);
	if (!is_plain || !is_sure_bound(judge, table, action))
		return false;
	bool has_all = !has_more(other, table) && !has_more(table, other);
	const WorldColumn *differs = has_all && !has_collation(table) && !has_collation(other)
					     ? find_other_column(table, other)
					     : NULL;
	if (has_all && !differs)
		return false;
	if (differs)
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s is of another type than in %.*s, or may be NULL",
			STR_ARG(judge_object(judge, other, differs->name)),
			STR_ARG(world_name(judge->arena, table)));
	else
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s does not have the columns of %.*s",
			STR_ARG(world_name(judge->arena, other)),
			STR_ARG(world_name(judge->arena, table)));
	return true;
}

static bool refuse_partition(
	Judge *judge, WorldRelation *table, WorldRelation *other, const Action *action)
{
	bool attaches = action->kind == ACTION_ATTACH_PARTITION;
	Str name = world_name(judge->arena, other);
	if (!are_known(judge, table, other))
		return false;
	if (attaches && world_is_partition(other))
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"},
			"%.*s is a partition already", STR_ARG(name));
	else if (attaches && other->kind == RELATION_VIEW)
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is not a table",
			STR_ARG(name));
	else if (!attaches && !is_parent_of(table, other))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42P01"}, "partition %.*s of %.*s",
			STR_ARG(name), STR_ARG(world_name(judge->arena, table)));
	else if (attaches)
		refuse_columns(judge, table, other, action);
	return judge->effect->refusals.count > 0;
}

static bool refuse_inherit(
	Judge *judge, WorldRelation *table, WorldRelation *other, const Action *action)
{
	Str name = world_name(judge->arena, other);
	bool adds = action->kind == ACTION_ADD_INHERIT;
	if (!are_known(judge, table, other) || table->kind != RELATION_TABLE ||
		other->kind != RELATION_TABLE)
		return false;
	if (!adds && !is_parent_of(other, table))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42P01"}, "parent %.*s of %.*s",
			STR_ARG(name), STR_ARG(world_name(judge->arena, table)));
	else if (adds && !table->children.count && !table->parents.count &&
		 !world_is_partition(other) && has_more(other, table))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"%.*s lacks columns of %.*s", STR_ARG(world_name(judge->arena, table)),
			STR_ARG(name));
	return judge->effect->refusals.count > 0;
}

/* A table that is not partitioned has been refused in another way up to version 17. */
static const char *code_of_whole(const Judge *judge, const WorldRelation *table)
{
	return judge_is_before_18(judge) && table->kind == RELATION_TABLE ? "42P17" : "42809";
}

static bool has_key_to(const World *world, const WorldRelation *table)
{
	for (size_t i = 0; i < world->relations.count; i++)
		for (size_t j = 0; j < world->relations.items[i]->constraints.count; j++)
			if (world->relations.items[i]->constraints.items[j].other == table)
				return true;
	return false;
}

static bool has_key(const WorldRelation *table)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
			return true;
	return false;
}

bool judge_is_plain_parent(const Judge *judge, const WorldRelation *parent)
{
	bool is_plain = parent->there && !parent->there->default_partition && !parent->is_loose &&
			!has_key(parent) && !has_key_to(judge->world, parent);
	for (size_t i = 0; i < parent->children.count; i++)
		is_plain = is_plain && parent->children.items[i]->there;
	return is_plain;
}

/* The other table's lock. A default partition's, and those of keys, are not followed. */
static void lock_partition(
	Judge *judge, const WorldRelation *table, WorldRelation *other, const Action *action)
{
	bool is_plain = judge_is_plain_parent(judge, table) && other->kind == RELATION_TABLE &&
			!other->children.count && !has_key(other) &&
			!has_key_to(judge->world, other) && !action->options.concurrently;
	judge_unknown(judge, is_plain ? UNKNOWN_SCANS | UNKNOWN_OUTCOME : UNKNOWN_ALL);
	if (is_plain)
		effect_lock_one(judge->arena, judge->effect, other, LOCK_ACCESS_EXCLUSIVE);
}

/* The other table's lock, and its rows that have to be looked at. */
void judge_partitioning(Judge *judge, WorldRelation *table, const Action *action)
{
	WorldRelation *other = judge_relation(judge, action, action->other, false);
	bool is_partition =
		action->kind == ACTION_ATTACH_PARTITION || action->kind == ACTION_DETACH_PARTITION;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!other)
		return;
	if (is_partition && table->kind == RELATION_PARTITIONED_INDEX) {
		judge_unknown(judge, UNKNOWN_ALL);
		return;
	}
	if (is_partition && table->kind != RELATION_PARTITIONED) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, code_of_whole(judge, table)},
			"%.*s is not partitioned", STR_ARG(world_name(judge->arena, table)));
		return;
	}
	if (is_partition ? refuse_partition(judge, table, other, action)
			 : refuse_inherit(judge, table, other, action))
		return;
	if (is_partition) {
		lock_partition(judge, table, other, action);
		return;
	}
	if (action->kind != ACTION_ADD_INHERIT)
		judge_unknown(judge, UNKNOWN_ALL);
	else
		effect_lock_one(judge->arena, judge->effect, other, LOCK_SHARE_UPDATE_EXCLUSIVE);
	if (!world_is_empty(other) || table->children.count)
		judge_unknown(judge, UNKNOWN_SCANS | UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS);
}
