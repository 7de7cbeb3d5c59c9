#include "effects/weight.h"

#include "sql/builtin_type.h"

typedef enum Load {
	LOAD_NONE,
	LOAD_SCAN,
	LOAD_REWRITE,
	LOAD_BUILD,
} Load;

typedef enum Side {
	SIDE_OBJECT,
	SIDE_OTHER,
} Side;

static const struct {
	ActionKind kind;
	Load load;
	Side side;
} weights[] = {
#define WEIGHT(kind, load, side) {ACTION_##kind, LOAD_##load, SIDE_##side},
#include "effects/weight.def"
#undef WEIGHT
};

/* A default that is the same for all rows is kept beside the table (PostgreSQL 11 and later). */
static bool is_same_for_all(Str expression)
{
	static const Str stable[] = {STR_INIT("now()"), STR_INIT("pg_catalog.now()"),
		STR_INIT("CURRENT_TIMESTAMP"), STR_INIT("CURRENT_DATE"),
		STR_INIT("LOCALTIMESTAMP")};
	return STR_IS_AMONG(expression, stable) || !str_contains(expression, STR("("));
}

/* Does an option rule the load out? */
static bool is_light(const Action *action)
{
	const ActionOptions *options = &action->options;
	switch ((int)action->kind) {
	case ACTION_ADD_COLUMN:
		return !options->identity && !options->generated &&
		       !builtin_type_is_serial(action->type) &&
		       (!options->has_default || is_same_for_all(action->expression));
	case ACTION_ADD_CHECK:
	case ACTION_ADD_FOREIGN_KEY:
		return options->not_valid;
	case ACTION_ADD_UNIQUE:
	case ACTION_ADD_PRIMARY_KEY:
		return options->has_using;
	case ACTION_REFRESH:
		return options->no_data;
	case ACTION_CREATE:
		return action->object_kind != OBJECT_INDEX;
	default:
		return false;
	}
}

static Load load_of(const Action *action, ObjectName *table)
{
	for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
		if (weights[i].kind == action->kind && !is_light(action)) {
			*table = weights[i].side == SIDE_OTHER ? action->other : action->object;
			return weights[i].load;
		}
	return LOAD_NONE;
}

static Str size_of(Arena *arena, const Relation *relation)
{
	enum {
		BLOCKS_PER_MB = 128
	};
	return str_format(arena, "%.*s, %.1f MB", STR_ARG(relation->shown),
		(double)relation->blocks / BLOCKS_PER_MB);
}

static NotRun judge_load(Arena *arena, const Weighing *weighing, const Action *action, Str *what)
{
	ObjectName name = {0};
	const WeightLimits *limits = &weighing->limits;
	Load load = load_of(action, &name);
	const Relation *relation = load ? relations_named(weighing->relations, name) : NULL;
	int64_t limit = load == LOAD_SCAN ? limits->scan : limits->rewrite;
	if (relation && relation_is_index(relation))
		relation = relations_find(weighing->relations, relation->table);
	if (!relation || !limit || relation->blocks <= limit)
		return NOT_RUN_NONE;
	*what = size_of(arena, relation);
	return load == LOAD_SCAN ? NOT_RUN_LARGE_SCAN : NOT_RUN_LARGE_REWRITE;
}

static bool is_change(ActionKind kind)
{
	return kind == ACTION_INSERT || kind == ACTION_UPDATE || kind == ACTION_DELETE ||
	       kind == ACTION_MERGE;
}

/* INSERT … VALUES has as many rows as its text. */
static bool changes_rows(const Action *action)
{
	return !action->in_function && is_change(action->kind) &&
	       (action->kind != ACTION_INSERT || action->options.as_query);
}

/* The most that a table which the statement reads or writes has. */
static const Relation *largest_of(const Relations *relations, const Facts *facts)
{
	const Relation *largest = NULL;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		const Relation *table =
			changes_rows(action) ? relations_named(relations, action->object) : NULL;
		if (table && (!largest || table->rows > largest->rows))
			largest = table;
	}
	for (size_t i = 0; i < facts->uses.count; i++) {
		const Use *use = &facts->uses.items[i];
		const Relation *table = use->kind == USE_TABLE && !use->in_function
						? relations_named(relations, use->name)
						: NULL;
		if (table && (!largest || table->rows > largest->rows))
			largest = table;
	}
	return largest;
}

static NotRun judge_rows(Arena *arena, const Weighing *weighing, const Facts *facts, Str *what)
{
	const int64_t limit = weighing->limits.rows;
	const Relation *largest =
		weighing->estimate < 0 ? largest_of(weighing->relations, facts) : NULL;
	int64_t rows = largest ? largest->rows : weighing->estimate;
	if (!limit || rows <= limit)
		return NOT_RUN_NONE;
	*what = largest ? str_format(arena, "%.*s, about %lld rows", STR_ARG(largest->shown),
				  (long long)rows)
			: str_format(arena, "about %lld rows", (long long)rows);
	return NOT_RUN_MANY_ROWS;
}

static bool has_changes(const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++)
		if (changes_rows(&facts->actions.items[i]))
			return true;
	return false;
}

bool weight_wants_estimate(const Statement *statement)
{
	enum {
		LENGTH_MAX = 32 * 1024
	};
	static const Str words[] = {STR_INIT("with"), STR_INIT("insert"), STR_INIT("update"),
		STR_INIT("delete"), STR_INIT("merge")};
	ARENA_SCRATCH(scratch);
	Str text = statement->text;
	if (!statement->facts || text.len > LENGTH_MAX || !has_changes(statement->facts))
		return false;
	Str word = sql_word(&scratch, &text);
	return STR_IS_AMONG(word, words);
}

NotRun weight_judge(Arena *arena, const Weighing *weighing, const Statement *statement, Str *what)
{
	const Facts *facts = statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		NotRun why = action->in_function ? NOT_RUN_NONE
						 : judge_load(arena, weighing, action, what);
		if (why)
			return why;
	}
	return facts && has_changes(facts) ? judge_rows(arena, weighing, facts, what)
					   : NOT_RUN_NONE;
}
