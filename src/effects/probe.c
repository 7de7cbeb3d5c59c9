#include "effects/probe.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a relation in the transaction. */
typedef struct Seen {
	int64_t file;
	unsigned modes;
	RelationCounts counts;
} Seen;

struct Probe {
	const Relations *relations;
	Seen *seen, *at_file; /* now, and at the file's begin */
	int64_t ended_us, wal;
};

/* One relation of an answer. */
typedef struct Item {
	const Relation *relation;
	Seen *seen;
	Seen now;
} Item;

enum {
	GONE = -1
};

static int64_t microseconds(Str seconds)
{
	enum {
		LENGTH_MAX = 40,
		PER_SECOND = 1000000
	};
	char text[LENGTH_MAX + 1] = {0};
	if (seconds.len <= LENGTH_MAX)
		memcpy(text, seconds.ptr, seconds.len);
	return (int64_t)(strtod(text, NULL) * PER_SECOND);
}

ProbeAnswer probe_answer(const Str *cells)
{
	return (ProbeAnswer){.began_us = microseconds(cells[1]),
		.wal = relation_number(cells[2]),
		.relations = cells[3],
		.ended_us = microseconds(cells[4])};
}

Probe *probe_new(Arena *arena, const Relations *relations)
{
	Probe *probe = arena_new(arena, Probe);
	probe->relations = relations;
	probe->seen = arena_array(arena, Seen, relations->count + 1);
	probe->at_file = arena_array(arena, Seen, relations->count + 1);
	for (size_t i = 0; i < relations->count; i++) {
		probe->seen[i].file = relations->items[i].file;
		probe->seen[i].counts = relations->items[i].counts;
	}
	return probe;
}

static bool next_item(const Probe *probe, Str *rest, Item *out)
{
	enum {
		NUMBERS = 8
	};
	int64_t numbers[NUMBERS] = {0};
	Str text, number;
	while (str_next(rest, ';', &text)) {
		for (size_t i = 0; i < NUMBERS && str_next(&text, ',', &number); i++)
			numbers[i] = relation_number(number);
		out->relation = relations_find(probe->relations, numbers[0]);
		if (!out->relation)
			continue;
		out->seen = &probe->seen[out->relation - probe->relations->items];
		out->now = (Seen){.file = numbers[2],
			.modes = (unsigned)numbers[1] >> 1,
			.counts = {numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]}};
		return true;
	}
	return false;
}

static void take_item(Item *item)
{
	item->now.modes |= item->seen->modes;
	*item->seen = item->now;
}

static void take_times(Probe *probe, const ProbeAnswer *answer)
{
	probe->ended_us = answer->ended_us;
	probe->wal = answer->wal;
}

void probe_begin_file(Probe *probe, const ProbeAnswer *answer)
{
	Str rest = answer->relations;
	Item item;
	while (next_item(probe, &rest, &item))
		take_item(&item);
	take_times(probe, answer);
	memcpy(probe->at_file, probe->seen, sizeof *probe->seen * probe->relations->count);
}

void probe_undo_file(Probe *probe)
{
	for (size_t i = 0; i < probe->relations->count; i++) {
		probe->seen[i].file = probe->at_file[i].file;
		probe->seen[i].modes = probe->at_file[i].modes;
	}
}

static LockMode strongest(unsigned modes)
{
	LockMode mode = LOCK_MODES - 1;
	while (mode > LOCK_ACCESS_SHARE && !(modes & 1U << mode))
		mode--;
	return mode;
}

static void add_blocked_table(Arena *arena, const Blocked *blocked, Effects *out)
{
	for (size_t i = 0; i < out->blocks.count; i++) {
		Blocked *known = &out->blocks.items[i];
		if (known->relation != blocked->relation)
			continue;
		known->reads |= blocked->reads;
		known->writes |= blocked->writes;
		return;
	}
	*vec_add(arena, &out->blocks) = *blocked;
}

/* Who reads a partitioned table reads this partition, too. */
static void add_blocked_parents(
	const Probe *probe, Arena *arena, const Relation *partition, Effects *out)
{
	const Relation *parent = relations_find(probe->relations, partition->table);
	for (; parent && parent->kind == RELATION_PARTITIONED;
		parent = relations_find(probe->relations, parent->table))
		add_blocked_table(arena, &(Blocked){parent, true, false}, out);
}

/* Who wants to read a table plans with its indexes, and waits for a lock on one of them. */
static void add_blocked(
	const Probe *probe, Arena *arena, const Relation *relation, LockMode mode, Effects *out)
{
	const Relation *table = relation;
	bool reads = lock_mode_blocks_reads(mode);
	if (relation_is_index(relation) && mode == LOCK_ACCESS_EXCLUSIVE)
		table = relations_find(probe->relations, relation->table);
	if (!table || !relation_is_table(table) || !lock_mode_blocks_writes(mode))
		return;
	add_blocked_table(arena, &(Blocked){table, reads, true}, out);
	if (reads)
		add_blocked_parents(probe, arena, table, out);
}

static void add_lock(Probe *probe, Arena *arena, const Item *item, Effects *out)
{
	unsigned fresh = item->now.modes & ~item->seen->modes;
	LockMode mode = strongest(fresh);
	if (!fresh || mode == LOCK_ACCESS_SHARE)
		return;
	if (!relation_is_index(item->relation) && item->relation->kind != RELATION_SEQUENCE)
		*vec_add(arena, &out->locks) = (LockTaken){item->relation, mode};
	if (mode >= strongest(item->seen->modes))
		add_blocked(probe, arena, item->relation, mode, out);
}

static void add_file(Arena *arena, const Item *item, Effects *out)
{
	if (item->now.file == item->seen->file || item->relation->kind == RELATION_SEQUENCE)
		return;
	bool is_index = relation_is_index(item->relation), is_gone = item->now.file == GONE;
	if (is_index)
		*vec_add(arena, is_gone ? &out->dropped : &out->reindexed) = item->relation;
	else if (!is_gone)
		*vec_add(arena, &out->rewritten) = item->relation;
}

static void add_counts(Arena *arena, const Item *item, Effects *out)
{
	const RelationCounts *now = &item->now.counts, *before = &item->seen->counts;
	bool has_rows =
		relation_is_table(item->relation) || item->relation->kind == RELATION_MATVIEW;
	if (has_rows && now->scans > before->scans && now->read > before->read)
		*vec_add(arena, &out->scanned) = item->relation;
	if (has_rows)
		out->rows += now->inserted - before->inserted + now->updated - before->updated +
			     now->deleted - before->deleted;
}

void probe_read(Probe *probe, Arena *arena, const ProbeAnswer *answer, Effects *out)
{
	Str rest = answer->relations;
	Item item;
	out->ran = true;
	out->us = answer->began_us - probe->ended_us;
	out->wal = answer->wal - probe->wal;
	while (next_item(probe, &rest, &item)) {
		add_lock(probe, arena, &item, out);
		add_file(arena, &item, out);
		add_counts(arena, &item, out);
		take_item(&item);
	}
	take_times(probe, answer);
}

static bool is_among(const Relation *index, const Str *again, size_t pairs)
{
	for (size_t i = 0; i < pairs; i++)
		if (str_equal(index->schema, again[2 * i]) &&
			str_equal(index->name, again[2 * i + 1]))
			return true;
	return false;
}

void probe_add_rebuilt(Arena *arena, Effects *effects, const Str *again, size_t pairs)
{
	for (size_t i = 0; i < effects->dropped.count; i++) {
		const Relation *index = effects->dropped.items[i];
		if (is_among(index, again, pairs))
			*vec_add(arena, &effects->reindexed) = index;
	}
}
