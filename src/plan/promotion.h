/* What a pull request would have promoted, without a word from the target: its base branch is
 * taken for that. Pure. */
#ifndef PLAN_PROMOTION_H
#define PLAN_PROMOTION_H

#include "local/migration.h"
#include "plan/history.h"

/* One file of the difference between the base branch and the checkout. */
typedef struct PromotionChange {
	Str version;
	bool is_added; /* false: the base branch has it, and the checkout has not */
} PromotionChange;

/* The history that a target has once all of the base branch is pushed to it. What staging has run
 * of it is taken from there, so that what has been edited or deleted since shows; other files of
 * the base branch are as they are here, and those of them that are deleted and have never run on
 * staging are left out. `staging` has been through content_compare with this source. */
History promotion_expect(Arena *arena, const Source *source, const History *staging,
	const PromotionChange *changes, size_t count);

#endif
