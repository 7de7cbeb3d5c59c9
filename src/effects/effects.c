#include "effects/effects.h"

static const struct {
	Str name;
	bool reads, writes;
} modes[] = {
#define LOCK_MODE(name, shown, reads, writes) {STR_INIT(shown), reads, writes},
#include "effects/lock_mode.def"
#undef LOCK_MODE
};

static const struct {
	Str word, sentence;
} reasons[] = {
	[NOT_RUN_NONE] = {{0}, {0}},
#define NOT_RUN(name, word, sentence) [NOT_RUN_##name] = {STR_INIT(word), STR_INIT(sentence)},
#include "effects/not_run.def"
#undef NOT_RUN
};

Str lock_mode_name(LockMode mode)
{
	return modes[mode].name;
}

bool lock_mode_blocks_reads(LockMode mode)
{
	return modes[mode].reads;
}

bool lock_mode_blocks_writes(LockMode mode)
{
	return modes[mode].writes;
}

Str not_run_word(NotRun why)
{
	return reasons[why].word;
}

Str not_run_sentence(NotRun why)
{
	return reasons[why].sentence;
}

int64_t effects_rows_of(Str tag)
{
	size_t digits = 0;
	while (digits < tag.len && tag.ptr[tag.len - digits - 1] >= '0' &&
		tag.ptr[tag.len - digits - 1] <= '9')
		digits++;
	return digits ? relation_number(str_skip(tag, tag.len - digits)) : -1;
}
