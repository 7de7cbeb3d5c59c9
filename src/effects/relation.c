#include "effects/relation.h"

int64_t relation_number(Str text)
{
	enum {
		DIGITS_MAX = 18
	};
	bool negative = text.len && text.ptr[0] == '-';
	int64_t number = 0;
	for (size_t i = negative; i < text.len && i < DIGITS_MAX; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			break;
		number = number * 10 + (text.ptr[i] - '0');
	}
	return negative ? -number : number;
}

static Relation relation_of(Arena *arena, const Str *cells)
{
	Relation relation = {.oid = relation_number(cells[0]),
		.file = relation_number(cells[1]),
		.kind = cells[2].len ? (RelationKind)cells[2].ptr[0] : RELATION_TABLE,
		.schema = str_copy(arena, cells[3]),
		.name = str_copy(arena, cells[4]),
		.blocks = relation_number(cells[5]),
		.rows = relation_number(cells[6]),
		.table = relation_number(cells[7]),
		.reads = relation_number(cells[8]),
		.writes = relation_number(cells[9])};
	int64_t *const counts[] = {&relation.counts.scans, &relation.counts.read,
		&relation.counts.inserted, &relation.counts.updated, &relation.counts.deleted};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		*counts[i] = relation_number(cells[10 + i]);
	relation.shown = facts_qualified(arena, (ObjectName){relation.schema, relation.name});
	return relation;
}

/* What reads an index reads its table. */
static void add_index_reads(Relations *relations)
{
	for (size_t i = 0; i < relations->count; i++) {
		const Relation *index = &relations->items[i];
		const Relation *table = relations_find(relations, index->table);
		if (table && relation_is_index(index))
			relations->items[table - relations->items].reads += index->reads;
	}
}

Relations relations_read(Arena *arena, const Str *cells, size_t rows)
{
	Relations relations = {arena_array(arena, Relation, rows + 1), rows};
	for (size_t i = 0; i < rows; i++)
		relations.items[i] = relation_of(arena, &cells[i * RELATION_COLUMNS]);
	add_index_reads(&relations);
	return relations;
}

const Relation *relations_find(const Relations *relations, int64_t oid)
{
	size_t low = 0, high = relations->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (relations->items[middle].oid == oid)
			return &relations->items[middle];
		if (relations->items[middle].oid < oid)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const Relation *relations_named(const Relations *relations, ObjectName name)
{
	const Relation *found = NULL;
	for (size_t i = 0; i < relations->count; i++) {
		const Relation *relation = &relations->items[i];
		if (!str_equal(relation->name, name.name) ||
			(name.schema.len && !str_equal(relation->schema, name.schema)))
			continue;
		if (!found || relation->blocks > found->blocks)
			found = relation;
	}
	return found;
}

bool relation_is_table(const Relation *relation)
{
	return relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED;
}

bool relation_is_index(const Relation *relation)
{
	return relation->kind == RELATION_INDEX || relation->kind == RELATION_PARTITIONED_INDEX;
}
