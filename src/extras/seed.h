/* Seed files: data that a push loads once, after the migrations.
 *
 * What has been loaded is recorded in supabase_migrations.seed_files, path and SHA-256, in the form
 * of the Supabase CLI; its files, their order and its table are the same. A new file is run, in one
 * transaction with its row. Of one that has changed since, only the hash is renewed, as the CLI
 * does it, but with a warning; or it is run again, if that is wanted. */
#ifndef EXTRAS_SEED_H
#define EXTRAS_SEED_H

#include "glob/wildcard.h"
#include "local/config.h"
#include "sql/script.h"

typedef struct Session Session;

typedef enum SeedVerdict {
#define SEED_VERDICT(name, word) SEED_##name,
#include "extras/seed.def"
#undef SEED_VERDICT
} SeedVerdict;

typedef enum SeedState {
	SEED_NOT_RUN,
	SEED_DONE,
	SEED_FAILED, /* rolled back: nothing of it is there, nor its row */
	SEED_UNKNOWN, /* the connection was lost, and the server could not be asked */
} SeedState;

typedef struct Seed {
	Migration file; /* `file`: the path as it is recorded; no version */
	Str hash; /* of its bytes, 64 digits of a-f and 0-9 */
	Str recorded; /* the hash that the target has of it; empty if none */
	SeedVerdict verdict;
	Script *script; /* of one that is to be run, after seed_examine; else NULL */
	SeedState state;
	int64_t us; /* time on the server and the way there */
} Seed;

typedef struct Seeds {
	VEC(Seed) items; /* in the order in which they are run */
	Script *scripts; /* of those that are to be run */
	size_t script_count;
	bool has_table;
} Seeds;

typedef struct SeedOptions {
	Str root; /* the workspace, resolved: nothing is read outside of it */
	Str base; /* the folder that holds supabase/, absolute: relative patterns start there */
	const SeedPath *patterns;
	size_t pattern_count;
} SeedOptions;

/* Finds and hashes the files; reads no more of them than that. Patterns that find nothing are
 * warnings. Adds ERR_SOURCE, also if they lead to too much, and ERR_CANCELLED. */
bool seed_find(Arena *arena, const SeedOptions *options, Seeds *out, Err *warnings, Err *err);

/* Reads what the target has had; one turn. `again`: changed files are to be run again. Adds
 * ERR_DATA. */
bool seed_compare(Session *session, bool again, Seeds *seeds, Err *err);

/* Reads and parses the files that are to be run. Adds ERR_SOURCE, and ERR_BLOCKED for what cannot
 * run in one transaction; what our grammar refuses is kept in the scripts. */
bool seed_examine(Arena *arena, const SeedOptions *options, Seeds *seeds, Err *err);

/* Under the push's lock: compares again, since another push may have been quicker. What it has
 * loaded as it is here needs nothing more. Adds ERR_DATA for what cannot be done as planned any
 * more, such as a new file of which it has loaded another version; then none is to be run. */
bool seed_confirm(Session *session, bool again, Seeds *seeds, Err *err);

/* How many have anything to be done: run, or their hash renewed. */
size_t seed_count(const Seeds *seeds);

/* After seed_confirm. Makes the table if it is missing, and runs the files in order. Stops at the
 * first failure. */
bool seed_run(Session *session, Seeds *seeds, Err *err);

Str seed_word(const Seed *seed);

#endif
