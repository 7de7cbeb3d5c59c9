/* Which tables others cannot read or write during a rehearsed plan, from when to when. Pure. */
#ifndef EFFECTS_HOLD_H
#define EFFECTS_HOLD_H

#include "effects/rehearsal.h"

typedef struct Hold {
	const RehearsedFile *file;
	const Effects *from; /* the statement that begins it; it ends with the file */
	const Relation *relation;
	bool reads, writes;
	int64_t begin_us, us; /* from the first statement of the plan; time on the server alone */
} Hold;

typedef VEC(Hold) Holds;

/* In the order of the statements. A table whose reads are blocked later than its writes is in it
 * twice. */
Holds holds_read(Arena *arena, const Rehearsal *rehearsal);

/* Does somebody notice? It is long, and the table is used. */
bool hold_is_felt(const Hold *hold);

#endif
