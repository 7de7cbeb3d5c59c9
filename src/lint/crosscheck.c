#include "lint/crosscheck.h"

enum {
	NOTES_MAX = 24
};

/* Through the statements of the plan, in their order. */
typedef struct Walk {
	const Rehearsal *rehearsal;
	size_t file; /* of the rehearsal */
	/* for each relation a bit for each mode: what the files before have locked, and this one */
	unsigned *before, *own;
} Walk;

/* A prediction and what came of it. */
typedef struct Pair {
	const Effect *predicted;
	const Effects *seen;
	const RehearsedFile *file;
} Pair;

static Walk walk_new(Arena *arena, const Rehearsal *rehearsal)
{
	size_t count = rehearsal->relations.count + 1;
	return (Walk){.rehearsal = rehearsal,
		.before = arena_array(arena, unsigned, count),
		.own = arena_array(arena, unsigned, count)};
}

/* A file that was rolled back holds nothing. */
static void end_file(Walk *walk)
{
	bool is_kept = walk->rehearsal->files[walk->file].complete;
	for (size_t i = 0; i < walk->rehearsal->relations.count; i++) {
		walk->before[i] |= is_kept ? walk->own[i] : 0;
		walk->own[i] = 0;
	}
	walk->file++;
}

/* False if the prediction's file was not rehearsed. */
static bool find_pair(Walk *walk, const Prediction *prediction, Pair *out)
{
	const Rehearsal *rehearsal = walk->rehearsal;
	while (walk->file < rehearsal->count &&
		rehearsal->files[walk->file].script != prediction->script)
		end_file(walk);
	if (walk->file == rehearsal->count)
		return false;
	const RehearsedFile *file = &rehearsal->files[walk->file];
	size_t index = (size_t)(prediction->statement - prediction->script->statements);
	*out = (Pair){&prediction->effect, &file->effects[index], file};
	return true;
}

static size_t index_of(const Walk *walk, const Relation *relation)
{
	return (size_t)(relation - walk->rehearsal->relations.items);
}

/* The relation as the rehearsal knows it; NULL if it was not there before the plan. */
static const Relation *relation_of(const Walk *walk, const WorldRelation *relation)
{
	return relation->there ? relations_find(&walk->rehearsal->relations, relation->there->oid)
			       : NULL;
}

static bool is_untouched(const Walk *walk, const Relation *relation)
{
	size_t index = index_of(walk, relation);
	return !walk->before[index] && !walk->own[index];
}

/* The statement's locks count for those that follow. */
static void take_locks(Walk *walk, const Effects *effects)
{
	for (size_t i = 0; i < effects->locks.count; i++)
		walk->own[index_of(walk, effects->locks.items[i].relation)] |=
			1U << effects->locks.items[i].mode;
}

/* ---- locks that were held ---- */

static void raise_lock(Arena *arena, Effects *effects, const Relation *relation, LockMode mode)
{
	for (size_t i = 0; i < effects->locks.count; i++) {
		LockTaken *taken = &effects->locks.items[i];
		if (taken->relation != relation)
			continue;
		taken->mode = taken->mode < mode ? mode : taken->mode;
		return;
	}
	*vec_add(arena, &effects->locks) = (LockTaken){relation, mode};
}

static void block(Arena *arena, Effects *effects, const Relation *relation, const EffectLock *lock)
{
	if (!relation_is_table(relation) || !lock->blocks_writes)
		return;
	for (size_t i = 0; i < effects->blocks.count; i++)
		if (effects->blocks.items[i].relation == relation) {
			effects->blocks.items[i].reads |= lock->blocks_reads;
			return;
		}
	*vec_add(arena, &effects->blocks) = (Blocked){relation, lock->blocks_reads, true};
}

static void add_held(Arena *arena, const Walk *walk, const Effect *predicted, Effects *effects)
{
	for (size_t i = 0; i < predicted->locks.count; i++) {
		const EffectLock *lock = &predicted->locks.items[i];
		const Relation *relation = relation_of(walk, lock->relation);
		if (!relation || relation_is_index(relation))
			continue;
		size_t index = index_of(walk, relation);
		bool is_held = walk->own[index] & 1U << lock->mode;
		if (!walk->before[index] || is_held)
			continue;
		raise_lock(arena, effects, relation, lock->mode);
		if (!(walk->own[index] >> lock->mode))
			block(arena, effects, relation, lock);
	}
}

void crosscheck_add_held(Arena *arena, const Lint *lint, Rehearsal *rehearsal)
{
	ARENA_SCRATCH(scratch);
	Walk walk = walk_new(&scratch, rehearsal);
	for (size_t i = 0; i < lint->predictions.count; i++) {
		const Prediction *prediction = &lint->predictions.items[i];
		Pair pair;
		if (!find_pair(&walk, prediction, &pair))
			return;
		Effects *effects =
			&rehearsal->files[walk.file].effects[pair.seen - pair.file->effects];
		if (effects->ran && !(pair.predicted->unknown & UNKNOWN_LOCKS))
			add_held(arena, &walk, pair.predicted, effects);
		take_locks(&walk, effects);
	}
}

/* ---- contradictions ---- */

static Str other_outcome(Arena *arena, const Pair *pair)
{
	const Effect *predicted = pair->predicted;
	const Fault *error = pair->seen->error;
	if (pair->seen->ran && predicted->refusals.count)
		return str_format(arena, "it was expected to fail with SQLSTATE %.*s, and has run",
			STR_ARG(predicted->refusals.items[0].sqlstate));
	if (error && !pair->file->not_run && !pair->file->after_failed &&
		!predicted->refusals.count && !(predicted->unknown & UNKNOWN_OUTCOME))
		return str_format(arena,
			"it was expected to run, and has failed with SQLSTATE %.*s",
			STR_ARG(error->sqlstate));
	return (Str){0};
}

static const EffectLock *lock_on(
	const Walk *walk, const Effect *predicted, const Relation *relation)
{
	for (size_t i = 0; i < predicted->locks.count; i++)
		if (relation_of(walk, predicted->locks.items[i].relation) == relation)
			return &predicted->locks.items[i];
	return NULL;
}

static const LockTaken *taken_on(const Effects *seen, const Relation *relation)
{
	for (size_t i = 0; i < seen->locks.count; i++)
		if (seen->locks.items[i].relation == relation)
			return &seen->locks.items[i];
	return NULL;
}

static Str name_or_none(bool is_there, LockMode mode)
{
	return is_there ? lock_mode_name(mode) : STR("no lock");
}

static Str compare_locks(Arena *arena, const Walk *walk, const Pair *pair, const Relation *relation)
{
	if (!relation || !relation_is_table(relation) || !is_untouched(walk, relation))
		return (Str){0};
	const EffectLock *expected = lock_on(walk, pair->predicted, relation);
	const LockTaken *taken = taken_on(pair->seen, relation);
	LockMode expects = expected ? expected->mode : LOCK_ACCESS_SHARE;
	LockMode takes = taken ? taken->mode : LOCK_ACCESS_SHARE;
	if (expects == takes)
		return (Str){0};
	return str_format(arena, "%.*s was expected on %.*s, and it takes %.*s",
		STR_ARG(name_or_none(expected, expects)), STR_ARG(relation->shown),
		STR_ARG(name_or_none(taken, takes)));
}

static Str other_lock(Arena *arena, const Walk *walk, const Pair *pair)
{
	Str words = {0};
	if (pair->predicted->unknown & (UNKNOWN_LOCKS | UNKNOWN_WEAK_LOCKS))
		return words;
	for (size_t i = 0; !words.len && i < pair->predicted->locks.count; i++)
		words = compare_locks(arena, walk, pair,
			relation_of(walk, pair->predicted->locks.items[i].relation));
	for (size_t i = 0; !words.len && i < pair->seen->locks.count; i++)
		words = compare_locks(arena, walk, pair, pair->seen->locks.items[i].relation);
	return words;
}

static bool expects_rewrite(const Walk *walk, const Effect *predicted, const Relation *relation)
{
	for (size_t i = 0; i < predicted->works.count; i++)
		if (predicted->works.items[i].kind == WORK_REWRITE &&
			relation_of(walk, predicted->works.items[i].relation) == relation)
			return true;
	return false;
}

static bool is_rewritten(const Effects *seen, const Relation *relation)
{
	for (size_t i = 0; i < seen->rewritten.count; i++)
		if (seen->rewritten.items[i] == relation)
			return true;
	return false;
}

static Str compare_rewrites(
	Arena *arena, const Walk *walk, const Pair *pair, const Relation *relation)
{
	if (!relation || !relation_is_table(relation) || !is_untouched(walk, relation))
		return (Str){0};
	bool expected = expects_rewrite(walk, pair->predicted, relation);
	if (expected == is_rewritten(pair->seen, relation))
		return (Str){0};
	return str_format(arena,
		expected ? "%.*s was expected to be rewritten, and is not"
			 : "%.*s is rewritten, which was not expected",
		STR_ARG(relation->shown));
}

static Str other_rewrite(Arena *arena, const Walk *walk, const Pair *pair)
{
	Str words = {0};
	if (pair->predicted->unknown & UNKNOWN_REWRITES)
		return words;
	for (size_t i = 0; !words.len && i < pair->predicted->works.count; i++)
		words = compare_rewrites(arena, walk, pair,
			relation_of(walk, pair->predicted->works.items[i].relation));
	for (size_t i = 0; !words.len && i < pair->seen->rewritten.count; i++)
		words = compare_rewrites(arena, walk, pair, pair->seen->rewritten.items[i]);
	return words;
}

/* The first thing that is not as predicted; empty if there is none. */
static Str contradiction(Arena *arena, const Walk *walk, const Pair *pair)
{
	if (pair->seen->substituted)
		return (Str){0};
	Str words = other_outcome(arena, pair);
	if (words.len || !pair->seen->ran)
		return words;
	words = other_rewrite(arena, walk, pair);
	return words.len ? words : other_lock(arena, walk, pair);
}

void crosscheck_note(const Script *script, const Statement *statement, Str words, Err *notes)
{
	const LintValues values = {.what = words};
	Fault *fault = err_add(notes, ERR_BLOCKED, "%.*s",
		STR_ARG(lint_sentence(notes->arena, LINT_CONTRADICTED, &values)));
	fault->hint = lint_remedy(notes->arena, LINT_CONTRADICTED, &values);
	fault->rule = lint_rule(LINT_CONTRADICTED);
	fault->certainty = CERTAINTY_PROVEN;
	fault->file = script->migration->path;
	script_locate(notes->arena, script, statement, 0, fault);
}

Crosscheck crosscheck_run(const Lint *lint, const Rehearsal *rehearsal, Err *notes)
{
	ARENA_SCRATCH(scratch);
	Walk walk = walk_new(&scratch, rehearsal);
	Crosscheck counts = {0};
	for (size_t i = 0; lint->has_catalog && i < lint->predictions.count; i++) {
		const Prediction *prediction = &lint->predictions.items[i];
		Pair pair;
		if (!find_pair(&walk, prediction, &pair))
			break;
		bool is_seen = pair.seen->ran || pair.seen->error;
		Str words = is_seen ? contradiction(&scratch, &walk, &pair) : (Str){0};
		counts.compared +=
			is_seen && (pair.predicted->unknown & UNKNOWN_ALL) != UNKNOWN_ALL;
		counts.contradicted += words.len > 0;
		if (words.len && counts.contradicted <= NOTES_MAX)
			crosscheck_note(prediction->script, prediction->statement, words, notes);
		take_locks(&walk, pair.seen);
	}
	return counts;
}

/* ---- what lint was wrong about ---- */

/* Files that have run as a push would run them, from the first one on. */
static size_t count_proven(const Rehearsal *rehearsal)
{
	size_t count = 0;
	while (count < rehearsal->count && rehearsal->files[count].complete)
		count++;
	return count;
}

/* Takes out what lint says of this statement's failure. */
static void withdraw(const Prediction *prediction, Err *foreseen)
{
	ARENA_SCRATCH(scratch);
	Fault whole = {0};
	Err kept = {.arena = foreseen->arena};
	script_locate(&scratch, prediction->script, prediction->statement, 0, &whole);
	for (const Fault *fault = foreseen->first; fault; fault = fault->next) {
		bool begins = whole.line < fault->line ||
			      (whole.line == fault->line && whole.col <= fault->col);
		bool ends = fault->line < whole.end_line ||
			    (fault->line == whole.end_line && fault->col <= whole.end_col);
		bool is_same_file = str_equal(fault->file, prediction->script->migration->path);
		if (!fault->sqlstate.len || !is_same_file || !begins || !ends)
			err_add_copy(&kept, fault);
	}
	*foreseen = kept;
}

size_t crosscheck_withdraw(const Lint *lint, const Rehearsal *rehearsal, Err *foreseen)
{
	ARENA_SCRATCH(scratch);
	Walk walk = walk_new(&scratch, rehearsal);
	size_t before = foreseen->count, proven = count_proven(rehearsal);
	for (size_t i = 0; lint->has_catalog && i < lint->predictions.count; i++) {
		const Prediction *prediction = &lint->predictions.items[i];
		Pair pair;
		if (!prediction->effect.refusals.count)
			continue;
		if (!find_pair(&walk, prediction, &pair) || walk.file >= proven)
			break;
		if (pair.seen->ran && !pair.seen->substituted)
			withdraw(prediction, foreseen);
	}
	return before - foreseen->count;
}
