/* A failed migration as a fault: where, what the server said, what stays, what helps. */
#ifndef SERVER_FAILURE_H
#define SERVER_FAILURE_H

#include "sql/script.h"
#include "wrap/pipeline.h"

/* The server refused `failed`: a statement of the file, or a command of ours around it. */
void failure_add(const Script *script, const Command *failed, Str role, Err *err);
/* Is the file not to blame for it? A COMMIT fails for the file's sake (deferred constraints). */
bool failure_is_ours(const Command *failed);
/* Makes the last fault, which is ours, one of the history: what we write there beside a file was
 * refused. Nothing where another run, or a lock, was in the way: those have their own words. */
void failure_tell_ours(const Script *script, const Command *failed, Err *err);
/* The file ended with a transaction still open. */
void failure_add_open(const Script *script, Err *err);
/* The connection was lost, and the history says that the file was not applied. */
void failure_add_lost(const Script *script, Str reason, size_t kept, bool is_tracked, Err *err);
/* Adds to the last fault what a failed or cancelled statement leaves, if anything. */
void failure_tell_remains(const Statement *statement, Err *err);
/* Adds to the last fault that the file's first `kept` statements stay. `is_tracked`: the next run
 * knows. If the fault is that another run has recorded the file, they have run twice. */
void failure_tell_kept(const Script *script, size_t kept, bool is_tracked, Err *err);
/* Adds to the last fault that the statement after the first `kept` ones may have done its work, or
 * a part of it, before it failed. */
void failure_tell_doubt(const Script *script, size_t kept, bool is_tracked, Err *err);
/* The connection was lost, and the history could not be read. */
void failure_add_unknown(const Script *script, Str reason, Err *err);

/* Between two files of a batch: the row of `script`, whose COMMIT was answered, is not there.
 * `committed`: with COMMIT; else with ROLLBACK, although nothing was refused. */
void failure_add_unseen(const Script *script, bool committed, Err *err);

#endif
