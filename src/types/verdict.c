#include "types/verdict.h"

Str types_status_word(TypesStatus status)
{
	static const Str words[] = {
#define TYPES_STATUS(name, word) STR_INIT(word),
#include "types/status.def"
#undef TYPES_STATUS
	};
	return words[status];
}

void types_judge(
	Arena *arena, const TypesDifferences *differences, TypesBasis basis, TypesResult *out)
{
	static const TypesStatus statuses[] = {
		[TYPES_AS_IT_IS] = TYPES_STATUS_STALE,
		[TYPES_TARGET] = TYPES_STATUS_DRIFT,
		[TYPES_BEFORE_PENDING] = TYPES_STATUS_UNKNOWN,
	};
	bool counted = basis != TYPES_BEFORE_PENDING;
	out->status = differences->count || !counted ? statuses[basis] : TYPES_STATUS_CURRENT;
	for (size_t i = 0; i < differences->count; i++)
		*vec_add(arena, &out->findings) = (TypesFinding){
			.difference = differences->items[i], .is_stale = basis == TYPES_AS_IT_IS};
}

/* Everything but its place. */
static Str key_of(Arena *arena, const TypesDifference *d)
{
	return str_format(arena, "%d.%d.%d.%d.%zu.%.*s.%zu.%.*s.%zu.%.*s.%zu.%.*s.%.*s",
		(int)d->kind, (int)d->depth, (int)d->section, (int)d->part, d->schema.len,
		STR_ARG(d->schema), d->object.len, STR_ARG(d->object), d->member.len,
		STR_ARG(d->member), d->found.len, STR_ARG(d->found), STR_ARG(d->expected));
}

void types_judge_rehearsed(Arena *arena, const TypesDifferences *after,
	const TypesDifferences *before, TypesResult *out)
{
	ARENA_SCRATCH(scratch);
	StrMap known = {0};
	out->status = TYPES_STATUS_CURRENT;
	for (size_t i = 0; i < before->count; i++)
		*str_map_at(&scratch, &known, key_of(&scratch, &before->items[i])) = i;
	for (size_t i = 0; i < after->count; i++) {
		const TypesDifference *difference = &after->items[i];
		bool is_old = str_map_find(&known, key_of(&scratch, difference)) != NULL;
		TypesStatus status = is_old ? TYPES_STATUS_DRIFT : TYPES_STATUS_STALE;
		*vec_add(arena, &out->findings) =
			(TypesFinding){.difference = *difference, .is_stale = !is_old};
		out->status = status > out->status ? status : out->status;
	}
}
