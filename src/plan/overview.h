/* Where is what: every version that is a file here, or that one of the databases knows, with its
 * state in each and the one next step. Pure; linear in files and versions. */
#ifndef PLAN_OVERVIEW_H
#define PLAN_OVERVIEW_H

#include "plan/content.h"
#include "plan/plan.h"

typedef enum CellState {
#define CELL(name, advice, word) CELL_##name,
#include "plan/cell.def"
#undef CELL
} CellState;

typedef enum Advice {
#define ADVICE(name, who, words) ADVICE_##name,
#include "plan/advice.def"
#undef ADVICE
	ADVICES /* how many */
} Advice;

typedef enum Side {
	SIDE_STAGING,
	SIDE_TARGET,
	SIDES /* how many */
} Side;

typedef struct OverviewCell {
	CellState state;
	Str other; /* of RAN_AS, ONLY_AS and ONLY_TWICE: the version of the same work */
	size_t done; /* of the HALF ones: so many statements */
} OverviewCell;

typedef struct OverviewRow {
	Str version;
	const Migration *migration; /* NULL: there is no file of it here */
	OverviewCell cells[SIDES];
	Advice advice;
	Side side; /* that the advice is about */
} OverviewRow;

typedef struct Overview {
	bool is_made;
	bool is_asked[SIDES]; /* false: nobody has named such a database; its cells mean nothing */
	VEC(OverviewRow) rows; /* by version */
	size_t settled; /* rows of which nobody has to do anything */
	size_t attention; /* rows that a person has to look at */
	size_t pending[SIDES]; /* files that a push there would have to run, or finish */
} Overview;

typedef struct OverviewFacts {
	const Contents *contents; /* of the files here */
	bool is_asked[SIDES];
	/* after content_compare; NULL: it was asked for and could not be read, or is not asked */
	const History *histories[SIDES];
	bool include_all; /* what is out of order is pending like any other */
} OverviewFacts;

void overview_build(Arena *arena, const OverviewFacts *facts, Overview *out);

/* For example "applied with other content". */
Str overview_word(CellState state);
/* Is it nobody's business? */
bool overview_is_settled(const OverviewRow *row);
/* Has a person to look at it? */
bool overview_wants_person(const OverviewRow *row);
/* The next step in words; empty if there is none. `target`: what the target is called. */
Str overview_step(Arena *arena, const OverviewRow *row, Str target);

#endif
