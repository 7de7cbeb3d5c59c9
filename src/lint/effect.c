#include "lint/effect.h"

static EffectLock *lock_of(Effect *effect, const WorldRelation *relation)
{
	for (size_t i = 0; i < effect->locks.count; i++)
		if (effect->locks.items[i].relation == relation)
			return &effect->locks.items[i];
	return NULL;
}

/* Indexes and the sequences of columns are left out: what waits for them waits for their table. */
static bool is_told(const WorldRelation *relation)
{
	bool is_alone = relation->kind == RELATION_SEQUENCE && !relation->there->table;
	return is_alone || relation->kind == RELATION_TABLE ||
	       relation->kind == RELATION_PARTITIONED || relation->kind == RELATION_VIEW ||
	       relation->kind == RELATION_MATVIEW || relation->kind == RELATION_FOREIGN;
}

/* The plan may have given it another one since. */
static Str name_before(Arena *arena, const WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	return facts_qualified(arena, (ObjectName){there->schema, there->name});
}

static bool is_system(const WorldRelation *relation)
{
	return str_equal(relation->schema, STR("pg_catalog")) ||
	       str_equal(relation->schema, STR("information_schema"));
}

void effect_lock_one(Arena *arena, Effect *effect, WorldRelation *relation, LockMode mode)
{
	if (world_is_new(relation) || !is_told(relation) || is_system(relation) ||
		mode <= LOCK_ACCESS_SHARE)
		return;
	EffectLock *lock = lock_of(effect, relation);
	if (!lock) {
		lock = vec_add(arena, &effect->locks);
		*lock = (EffectLock){.relation = relation, .name = name_before(arena, relation)};
	}
	if (lock->mode < mode)
		lock->mode = mode;
	lock->blocks_reads |= lock_mode_blocks_reads(mode);
	lock->blocks_writes |= lock_mode_blocks_writes(mode);
}

void effect_lock(
	Arena *arena, Effect *effect, WorldRelation *relation, LockMode mode, bool with_children)
{
	effect_lock_one(arena, effect, relation, mode);
	for (size_t i = 0; with_children && i < relation->children.count; i++)
		if (!relation->children.items[i]->is_dropped)
			effect_lock(arena, effect, relation->children.items[i], mode, true);
}

void effect_block_reads(Effect *effect, const WorldRelation *relation)
{
	EffectLock *lock = lock_of(effect, relation);
	if (lock)
		lock->blocks_reads = true;
}

void effect_reindex(Arena *arena, Effect *effect, const WorldRelation *relation)
{
	for (size_t i = 0; i < relation->indexes.count; i++)
		if (relation->indexes.items[i].oid)
			*vec_add(arena, &effect->reindexed) = facts_qualified(arena,
				(ObjectName){relation->schema, relation->indexes.items[i].name});
}

static void add_work(Arena *arena, Effect *effect, const EffectWork *work)
{
	WorldRelation *relation = work->relation;
	bool has_file = relation->kind == RELATION_TABLE || relation->kind == RELATION_MATVIEW;
	if (!has_file || world_is_new(relation))
		return;
	bool rewrites = work->kind == WORK_REWRITE;
	if (!rewrites && world_is_empty(relation))
		return;
	if (!world_has_rows(relation))
		effect->unknown |= UNKNOWN_SCANS;
	EffectWork *copy = vec_add(arena, &effect->works);
	*copy = *work;
	copy->name = name_before(arena, relation);
	if (rewrites)
		effect_reindex(arena, effect, relation);
}

void effect_work(Arena *arena, Effect *effect, const EffectWork *work, bool with_children)
{
	add_work(arena, effect, work);
	for (size_t i = 0; with_children && i < work->relation->children.count; i++) {
		EffectWork below = *work;
		below.relation = work->relation->children.items[i];
		if (!below.relation->is_dropped)
			effect_work(arena, effect, &below, true);
	}
}
