/* Verify scripts: assertions in supabase/verify, which are run where migrations have just been run,
 * and may only read. `<version>_….sql` goes with a migration, `always_….sql` with all.
 *
 * What an assertion is, one rule each: a statement fails its script if it raises an error; if it
 * gives one column of type boolean, unless there is a row, and true in each; if a comment before it
 * calls it violations (`-- violations` or `-- violations: why`), unless it gives no row. */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "base/rule.h"
#include "sql/script.h"

typedef enum VerifyState {
#define VERIFY_STATE(name, word) VERIFY_##name,
#include "verify/state.def"
#undef VERIFY_STATE
} VerifyState;

typedef struct VerifyRow {
	Migration file; /* `version` is empty: always */
	Script *script;
	VerifyState state;
	size_t assertions; /* statements that can say no by what they give */
	int64_t us; /* time on the server and the way there */
	size_t first, end; /* its commands in the batch, for verify_run alone */
} VerifyRow;

typedef struct Verify {
	Str folder; /* relative to the workspace; empty: there is none */
	VEC(VerifyRow) rows; /* by the names of their files */
	Script *scripts; /* one for each row, in their order */
} Verify;

/* Where they are: both resolved. */
typedef struct VerifyPlace {
	Str root; /* the workspace */
	Str supabase; /* the supabase folder in it */
} VerifyPlace;

/* Reads the scripts. No folder is no fault. Adds ERR_SOURCE for what cannot be read, and for what
 * cannot run in a transaction that only reads ERR_BLOCKED; to `warnings` what is in the folder and
 * no verify script. What our grammar refuses is the scripts' refusal. */
bool verify_read(Arena *arena, VerifyPlace place, Verify *out, Err *warnings, Err *err);

/* Which scripts are to run: those of `versions` (sorted by bytes), and those without. The others'
 * state is NOT_APPLIED. Returns how many. */
size_t verify_choose(Verify *verify, const Str *versions, size_t count);

size_t verify_count(const Verify *verify, VerifyState state);
Str verify_word(VerifyState state);

#endif
