/* One finding of check/guard in words: a row of guard.def with its values. Pure. */
#ifndef CHECK_FINDING_H
#define CHECK_FINDING_H

#include "base/err.h"
#include "base/rule.h"
#include "local/source.h"

typedef enum GuardLevel {
	GUARD_ERROR, /* in the order of the inputs' choices */
	GUARD_WARN,
	GUARD_OFF,
	GUARD_NOTE,
} GuardLevel;

/* Those that inputs set. */
typedef struct GuardLevels {
	GuardLevel staging, edited, same;
	GuardLevel missing; /* versions of the history without a file */
	GuardLevel deleted; /* those whose file the change at hand deletes */
} GuardLevels;

typedef enum GuardId {
#define GUARD(name, group, next, level, condition, sentence, remedy) GUARD_##name,
#include "check/guard.def"
#undef GUARD
	GUARDS
} GuardId;

/* What a row's {words} become. */
typedef struct Values {
	const Migration *migration; /* whose file the finding is about; NULL: none */
	Str other, other_file, other_path, fresh, renamed, head, digest, reason, what, chain,
		difference;
	Str moves; /* commands, each after a line end */
	Str count; /* "3 versions" */
	Str list, paths, versions; /* each item after a "\x1f" */
	size_t number, line;
} Values;

const Rule *finding_rule(GuardId id);
/* The table's level, or the input's that it names. */
GuardLevel finding_level(GuardId id, const GuardLevels *levels);

void finding_add(Err *err, GuardId id, ErrKind kind, const Values *values);

#endif
