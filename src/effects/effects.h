/* What one statement has done to what was there before, or why it was not run: as data, for
 * reports. */
#ifndef EFFECTS_EFFECTS_H
#define EFFECTS_EFFECTS_H

#include "base/err.h"
#include "effects/relation.h"
#include "sql/script.h"

typedef enum LockMode {
#define LOCK_MODE(name, shown, reads, writes) LOCK_##name,
#include "effects/lock_mode.def"
#undef LOCK_MODE
	LOCK_MODES
} LockMode;

/* "AccessExclusiveLock" */
Str lock_mode_name(LockMode mode);
bool lock_mode_blocks_reads(LockMode mode);
bool lock_mode_blocks_writes(LockMode mode);

/* Why something was not rehearsed. */
typedef enum NotRun {
	NOT_RUN_NONE,
#define NOT_RUN(name, word, sentence) NOT_RUN_##name,
#include "effects/not_run.def"
#undef NOT_RUN
} NotRun;

/* "lock", "size" … in reports; empty for NOT_RUN_NONE. */
Str not_run_word(NotRun why);
Str not_run_sentence(NotRun why);

/* A lock that the statement has taken, beyond what was held: the strongest on this relation. */
typedef struct LockTaken {
	const Relation *relation;
	LockMode mode;
} LockTaken;

/* What others cannot do to a table from this statement to the end of its file. */
typedef struct Blocked {
	const Relation *relation;
	bool reads, writes;
} Blocked;

typedef VEC(const Relation *) RelationList;

typedef struct Effects {
	const Script *script;
	const Statement *statement;
	NotRun not_run;
	Str not_run_what; /* the function, the table, the kind of statement; may be empty */
	bool ran; /* and has succeeded */
	bool substituted; /* run without CONCURRENTLY */
	VEC(LockTaken) locks;
	VEC(Blocked) blocks;
	RelationList rewritten, reindexed, scanned;
	RelationList dropped; /* indexes */
	int64_t rows; /* inserted, updated, deleted */
	int64_t us; /* on the server */
	int64_t wal; /* bytes of the whole server while it ran: at most so many are its own */
	const Fault *error; /* NULL: none */
} Effects;

/* "UPDATE 3": 3; -1 if the server counts nothing. */
int64_t effects_rows_of(Str tag);

#endif
