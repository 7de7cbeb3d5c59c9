#include "report/predicted.h"

static void add_locks(Json *to, const Effect *effect)
{
	Json *list = json_add(to, "locks", json_array());
	for (size_t i = 0; i < effect->locks.count; i++) {
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "relation", effect->locks.items[i].name);
		json_add_str(item, "mode", lock_mode_name(effect->locks.items[i].mode));
	}
}

/* A view's lock is its own alone: what reads the table below does not wait. */
static void add_blocks(Json *to, const Effect *effect)
{
	Json *list = json_add(to, "blocks", json_array());
	for (size_t i = 0; i < effect->locks.count; i++) {
		const EffectLock *lock = &effect->locks.items[i];
		bool is_table = lock->relation->kind == RELATION_TABLE ||
				lock->relation->kind == RELATION_PARTITIONED;
		if (!is_table || !(lock->blocks_reads || lock->blocks_writes))
			continue;
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "relation", lock->name);
		json_add_bool(item, "reads", lock->blocks_reads);
		json_add_bool(item, "writes", lock->blocks_writes);
	}
}

static bool is_earlier(const Effect *effect, size_t index, bool rewrites)
{
	for (size_t i = 0; i < index; i++)
		if (effect->works.items[i].relation == effect->works.items[index].relation &&
			(!rewrites || effect->works.items[i].kind == WORK_REWRITE))
			return true;
	return false;
}

/* Each relation once. What is rewritten is read, too, unless it is known to be empty. */
static void add_works(Json *to, const char *name, const Effect *effect, bool rewrites)
{
	Json *list = json_add(to, name, json_array());
	for (size_t i = 0; i < effect->works.count; i++) {
		const EffectWork *work = &effect->works.items[i];
		bool counts =
			rewrites ? work->kind == WORK_REWRITE : !world_is_empty(work->relation);
		if (counts && !is_earlier(effect, i, rewrites))
			json_add_str(list, "", work->name);
	}
}

static void add_names(Json *to, const char *name, const Names *names)
{
	Json *list = json_add(to, name, json_array());
	for (size_t i = 0; i < names->count; i++)
		json_add_str(list, "", names->items[i]);
}

typedef struct Failure {
	bool is_sure;
	Str sqlstate; /* empty: one of several */
	Place place; /* of the word that is meant */
} Failure;

static Place place_of(const Prediction *prediction, const EffectRefusal *refusal)
{
	size_t offset = refusal->offset ? refusal->offset : refusal->action->offset;
	Str before = str_head(prediction->statement->text, offset);
	size_t position = before.len ? str_utf8_count(before) + 1 : 0;
	return script_place(prediction->script, script_point(prediction->statement, position));
}

static Failure failure_of(const Prediction *prediction, const Questions *data)
{
	const Effect *effect = &prediction->effect;
	Failure failure = {0};
	if (effect->refusals.count)
		return (Failure){true, effect->refusals.items[0].sqlstate,
			place_of(prediction, &effect->refusals.items[0])};
	for (size_t i = 0; i < data->count; i++) {
		const Question *question = &data->items[i];
		if (question->statement != prediction->statement ||
			question->outlook != OUTLOOK_WILL_FAIL)
			continue;
		/* of another's table less is asked: what comes first is not known */
		bool is_same =
			question->table && question->table->is_owned && !question->is_behind &&
			(!failure.is_sure || str_equal(failure.sqlstate, question->sqlstate));
		Place place = failure.is_sure ? failure.place : question->place;
		failure = (Failure){true, is_same ? question->sqlstate : (Str){0}, place};
	}
	return failure;
}

static void add_outcome(Json *to, const Effect *effect, const Failure *failure)
{
	if (failure->is_sure || !(effect->unknown & UNKNOWN_OUTCOME))
		json_add_bool(to, "fails", failure->is_sure);
	if (failure->sqlstate.len)
		json_add_str(to, "sqlstate", failure->sqlstate);
	if (!failure->is_sure)
		return;
	Json *error = json_add(to, "error", json_object());
	json_add_number(error, "line", (double)failure->place.line);
	json_add_number(error, "column", (double)failure->place.col);
}

/* Of the item as a whole: what it claims holds in any case. */
static Certainty certainty_of(const Effect *effect, bool fails)
{
	enum {
		NOTHING = UNKNOWN_LOCKS | UNKNOWN_REWRITES | UNKNOWN_SCANS | UNKNOWN_OUTCOME
	};
	if (fails || !effect->unknown)
		return CERTAINTY_PROVEN;
	return (effect->unknown & NOTHING) == NOTHING ? CERTAINTY_UNKNOWN : CERTAINTY_LIKELY;
}

static void add_prediction(Json *list, const Prediction *prediction, const Questions *data)
{
	const Failure failure = failure_of(prediction, data);
	const Effect *effect = &prediction->effect;
	Json *item = json_add(list, "", json_object());
	Place place = script_place(prediction->script, script_point(prediction->statement, 0));
	json_add_str(item, "file", prediction->script->migration->path);
	json_add_number(item, "line", (double)place.line);
	json_add_number(item, "column", (double)place.col);
	json_add_str(item, "certainty", err_certainty(certainty_of(effect, failure.is_sure)));
	add_outcome(item, effect, &failure);
	if (!(effect->unknown & (UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS)))
		add_locks(item, effect);
	if (!(effect->unknown & UNKNOWN_LOCKS))
		add_blocks(item, effect);
	if (!(effect->unknown & UNKNOWN_REWRITES)) {
		add_works(item, "rewritten", effect, true);
		add_names(item, "reindexed", &effect->reindexed);
	}
	if (!(effect->unknown & UNKNOWN_SCANS))
		add_works(item, "scanned", effect, false);
}

void predicted_json(Json *to, const Lint *lint, const Questions *data)
{
	if (!lint->has_catalog)
		return;
	Json *list = json_add(to, "predicted", json_array());
	for (size_t i = 0; i < lint->predictions.count && i < PREDICTED_MAX; i++)
		add_prediction(list, &lint->predictions.items[i], data);
}
