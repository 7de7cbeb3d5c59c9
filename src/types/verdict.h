/* What the differences of a file mean: whose doing they are. Pure. */
#ifndef TYPES_VERDICT_H
#define TYPES_VERDICT_H

#include "types/compare.h"

typedef enum TypesStatus {
#define TYPES_STATUS(name, word) TYPES_STATUS_##name,
#include "types/status.def"
#undef TYPES_STATUS
} TypesStatus;

Str types_status_word(TypesStatus status);

/* A difference, and whether it is the pending files' doing. */
typedef struct TypesFinding {
	TypesDifference difference;
	bool is_stale; /* the file has to follow; else the target differs from what it was made from
			*/
	Str migration; /* path of the file whose statement makes it; empty: not known */
	size_t statement_line; /* of that statement; 0: it is not known which */
} TypesFinding;

/* One file of types. */
typedef struct TypesResult {
	Str file; /* its path in the workspace */
	TypesStatus status;
	Str reason; /* of TYPES_STATUS_UNKNOWN and _MISSING: why */
	size_t line, col; /* that the reason is about; 0: none */
	Str schemas; /* "public, api" */
	size_t tables; /* of them, with views */
	VEC(TypesFinding) findings;
} TypesResult;

/* What the catalogue is that the file was compared with. */
typedef enum TypesBasis {
	TYPES_AS_IT_IS, /* nothing is pending that could change it: the file has to fit */
	TYPES_TARGET, /* the same, but what does not fit is not this change's doing */
	TYPES_BEFORE_PENDING, /* what is pending is not counted: nothing can be said for certain */
} TypesBasis;

/* Sets status and findings from the differences with the catalogue. */
void types_judge(
	Arena *arena, const TypesDifferences *differences, TypesBasis basis, TypesResult *out);
/* The same after a rehearsal: what is different in the same way from the catalogue before it was
 * there already, and is drift. */
void types_judge_rehearsed(Arena *arena, const TypesDifferences *after,
	const TypesDifferences *before, TypesResult *out);

#endif
