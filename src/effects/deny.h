/* What must not be run in a rehearsal: what a rollback does not undo, and what cannot be read
 * beforehand. Decided from the facts of the statements and from what the server knows of the
 * functions that are there. Pure. */
#ifndef EFFECTS_DENY_H
#define EFFECTS_DENY_H

#include "effects/effects.h"

/* A function or a table with triggers that is there already, and whose body, or what that calls,
 * may do what is denied. */
typedef struct Suspect {
	Str root; /* name of the function that is called, or of the table that is written */
	bool is_table;
	bool is_lasting; /* else it cannot be read */
	Str what; /* the name that was found, or why it cannot be read */
} Suspect;

typedef struct Suspects {
	Suspect *items;
	size_t count;
} Suspects;

/* A function that the plan creates, and may call; or a trigger, which calls one. */
typedef struct Created {
	const Facts *facts; /* of the statement */
	Str name; /* the function's; of a trigger its table's */
	Str calls; /* a trigger's function; empty: it is a function */
} Created;

typedef VEC(Created) CreatedList;
CreatedList deny_created(Arena *arena, const Script *scripts, size_t count);

typedef struct DenyOptions {
	CreatedList created;
	Suspects there;
	const Relations *relations;
	bool with_unanalysed; /* what cannot be read may run */
} DenyOptions;

/* NOT_RUN_NONE if it may be run; else why not, and of what (`what`). */
NotRun deny_judge(Arena *arena, const DenyOptions *options, const Statement *statement, Str *what);

/* What the server looks for in the bodies of functions: a regular expression of PostgreSQL's. */
Str deny_pattern(Arena *arena);
/* Names of the functions that the plan calls, and of the tables that it writes. */
Names deny_called(Arena *arena, const Script *scripts, size_t count);
Names deny_written(Arena *arena, const Script *scripts, size_t count);

#endif
