/* What lint says of the protection of data beside what is new among what is wrong, at the end of a
 * rehearsal. */
#include "lint/crosscheck.h"

static const struct {
	Str kind;
	LintId rule;
} twice[] = {
#define SAID_TWICE(kind, rule) {STR_INIT(kind), LINT_##rule},
#include "lint/said_twice.def"
#undef SAID_TWICE
};

static bool is_same(LintId rule, Str kind)
{
	for (size_t i = 0; i < sizeof twice / sizeof *twice; i++)
		if (twice[i].rule == rule && str_equal(twice[i].kind, kind))
			return true;
	return false;
}

const Judgement *crosscheck_security(const Lint *lint, const Thing *thing)
{
	ARENA_SCRATCH(scratch);
	Str object = facts_qualified(&scratch, thing->on);
	Str part = thing->part.len ? str_sql_name(&scratch, thing->part) : thing->part;
	for (size_t i = 0; i < lint->judgements.count; i++) {
		const Judgement *one = &lint->judgements.items[i];
		if (is_same(one->rule, thing->kind) && str_equal(one->object, object) &&
			(!part.len || str_equal(one->part, part)))
			return one;
	}
	return NULL;
}
