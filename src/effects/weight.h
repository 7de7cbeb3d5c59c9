/* The brake before execution: may a statement read or write so much of a table that is there that
 * it must not be tried on a live database? From its facts and the tables' sizes; what is not known
 * counts as the worst. Pure. */
#ifndef EFFECTS_WEIGHT_H
#define EFFECTS_WEIGHT_H

#include "effects/effects.h"

typedef struct WeightLimits {
	int64_t scan, rewrite; /* blocks of 8 KiB; 0: no limit */
	int64_t rows;
} WeightLimits;

typedef struct Weighing {
	const Relations *relations;
	WeightLimits limits;
	int64_t estimate; /* how many rows the server expects to change or insert; -1: unknown */
} Weighing;

/* `what`: the table and its size. */
NotRun weight_judge(Arena *arena, const Weighing *weighing, const Statement *statement, Str *what);

/* Does it change rows of tables by itself, so that the server can be asked for an estimate? */
bool weight_wants_estimate(const Statement *statement);

#endif
