#include "effects/hold.h"

enum {
	FELT_US = 500 * 1000
};

static bool is_known(const Holds *holds, const RehearsedFile *file, const Blocked *blocked)
{
	for (size_t i = holds->count; i-- > 0 && holds->items[i].file == file;)
		if (holds->items[i].relation == blocked->relation &&
			(holds->items[i].reads || !blocked->reads))
			return true;
	return false;
}

/* From `begin` on; `left` is the rest of the file's time, this statement's included. */
static void add_hold(Arena *arena, const RehearsedFile *file, const Effects *effects,
	const int64_t times[2], Holds *out)
{
	for (size_t i = 0; i < effects->blocks.count; i++) {
		const Blocked *blocked = &effects->blocks.items[i];
		if (!is_known(out, file, blocked))
			*vec_add(arena, out) = (Hold){file, effects, blocked->relation,
				blocked->reads, blocked->writes, times[0], times[1]};
	}
}

Holds holds_read(Arena *arena, const Rehearsal *rehearsal)
{
	Holds holds = {0};
	int64_t now = 0;
	for (size_t i = 0; i < rehearsal->count; i++) {
		const RehearsedFile *file = &rehearsal->files[i];
		int64_t left = file->us;
		for (size_t j = 0; j < file->script->count; j++) {
			const Effects *effects = &file->effects[j];
			add_hold(arena, file, effects, (const int64_t[]){now, left}, &holds);
			now += effects->us;
			left -= effects->us;
		}
	}
	return holds;
}

bool hold_is_felt(const Hold *hold)
{
	return hold->us >= FELT_US && hold->relation->reads + hold->relation->writes > 0;
}
