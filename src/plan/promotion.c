#include "plan/promotion.h"

#include "base/str_map.h"

/* What the difference says of a version: a file that is renamed is deleted and added. */
enum {
	IS_ADDED = 1,
	IS_DELETED = 2
};

static StrMap read_changes(Arena *arena, const PromotionChange *changes, size_t count)
{
	StrMap map = {0};
	for (size_t i = 0; i < count; i++) {
		size_t *says = str_map_at(arena, &map, changes[i].version);
		*says = *says == SIZE_MAX ? 0 : *says;
		*says |= changes[i].is_added ? IS_ADDED : IS_DELETED;
	}
	return map;
}

static bool is_in_base(const StrMap *changes, Str version, bool is_here)
{
	const size_t *says = str_map_find(changes, version);
	return is_here ? !says || *says != IS_ADDED : says && *says & IS_DELETED;
}

History promotion_expect(Arena *arena, const Source *source, const History *staging,
	const PromotionChange *changes, size_t count)
{
	ARENA_SCRATCH(scratch);
	const StrMap map = read_changes(&scratch, changes, count);
	const size_t files = source->migrations.count, records = staging->versions.count;
	History out = {.table_exists = true, .schema_exists = true, .is_complete = true};
	out.records = arena_array(arena, Record, files + records + 1);
	for (size_t l = 0, r = 0; l < files || r < records;) {
		const Migration *file = l < files ? &source->migrations.items[l] : NULL;
		int order = !file          ? 1
			    : r == records ? -1
					   : str_compare(file->version, staging->versions.items[r]);
		Str version = order <= 0 ? file->version : staging->versions.items[r];
		if (is_in_base(&map, version, order <= 0)) {
			out.records[out.versions.count] =
				order >= 0 ? staging->records[r]
					   : (Record){.is_as_filed = true, .file = l};
			*vec_add(arena, &out.versions) = version;
		}
		l += order <= 0;
		r += order >= 0;
	}
	return out;
}
