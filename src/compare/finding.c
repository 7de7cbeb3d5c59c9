#include "compare/finding.h"

enum {
	FINDINGS_MAX = 1000,
	NAME_MAX_BYTES = 400
};

static const struct {
	Rule rule;
	Str before, after;
} rules[] = {
#define DIFFERENCE(state, word, before, after)                                                     \
	{{STR_INIT("DRIFT_" #state), GROUP_DRIFT, ERR_NEXT_LOOK}, STR_INIT(before),                \
		STR_INIT(after)},
#include "compare/difference.def"
#undef DIFFERENCE
};

static Str shown_title(Arena *arena, const Difference *difference)
{
	Str title = compare_title(arena, difference);
	return str_visible(arena, str_head(title, str_utf8_offset(title, NAME_MAX_BYTES)));
}

static void add_finding(
	const Difference *difference, CompareReference reference, ErrKind kind, Err *err)
{
	Str parts = {0};
	if (difference->parts)
		parts = str_format(err->arena, " (with %zu part%s)", difference->parts,
			difference->parts == 1 ? "" : "s");
	Fault *fault = err_add(err, kind, "%.*s%.*s%.*s: %.*s%.*s",
		STR_ARG(rules[difference->state].before), STR_ARG(reference_where(reference)),
		STR_ARG(rules[difference->state].after),
		STR_ARG(shown_title(err->arena, difference)), STR_ARG(parts));
	fault->rule = &rules[difference->state].rule;
	fault->certainty = CERTAINTY_PROVEN;
	fault->object = difference->name;
	fault->difference = compare_lines(err->arena, difference);
	if (fault == err->first)
		fault->hint = STR("lines with - are in the target only, lines with + are missing "
				  "there. Write a migration that makes both the same, or list in "
				  "drift-ignore what is meant to differ");
}

void compare_find(const Comparison *comparison, CompareReference reference, ErrKind kind, Err *err)
{
	size_t count = 0;
	for (size_t i = 0; i < comparison->differences.count; i++) {
		const Difference *difference = &comparison->differences.items[i];
		if (difference->migration.len || difference->is_known)
			continue;
		if (count++ < FINDINGS_MAX)
			add_finding(difference, reference, kind, err);
	}
	if (count > FINDINGS_MAX)
		err_add(err, kind, "%zu more objects differ", count - FINDINGS_MAX);
}
