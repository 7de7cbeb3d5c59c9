/* How far a file has come that is not atomic, kept in the database until it is done.
 *
 * A file in one transaction needs no such thing: all of it is there, or nothing. One that runs in
 * parts leaves a row in supabase_migrations.promote_progress: how many of its statements are done,
 * written in the transaction of each part. It is changed only where it says what this run has
 * written last (CAUSE_PROGRESS_CHANGED otherwise): should another push have got between two parts,
 * one of them is rolled back, and nothing runs twice. The next run resumes after them, if they are
 * still the same (content_chain). A statement that PostgreSQL refuses in a transaction block cannot
 * be written down together with its row: one that does no harm when it runs twice is run again, and
 * of any other the row says beforehand that it is about to run, so that a person is asked. The
 * table is made for such a file, and dropped after the push. */
#ifndef PUSH_PROGRESS_H
#define PUSH_PROGRESS_H

#include "plan/push_state.h"
#include "server/session.h"

/* The statement after those that are kept was part of a batch in which `failed` (or, if NULL,
 * nobody knows what) has failed or was cancelled. May it have done its work, or a part of it, all
 * the same? Then it must not run again by itself. */
bool progress_may_have_run(const PushRow *row, const Command *failed);

/* Makes the table and the file's row, and the settings that its part which is done has left; one
 * turn. Where the role may not, the push continues without, and says so. True also if `batch` has
 * failed, or a signal has come: then row->is_begun is not set, and a transaction may be open. False
 * with ERR_OUTCOME. */
bool progress_begin(Session *session, PushRow *row, Batch *batch, Err *err);
/* Writes down again what the row is about to do: a statement has turned out to be of another kind.
 * One turn. */
bool progress_renew(Session *session, PushRow *row, Err *err);
/* Adds to a batch that the file's first `done` statements are done. Nothing if it has no row. */
void progress_add(const Session *session, Batch *batch, PushRow *row, size_t done);
/* Adds the end of it, before the history row's COMMIT. */
void progress_end(Batch *batch, const PushRow *row);
/* After the push: drops the table if no file is half done. Not if somebody, a dump for example,
 * reads it just then: the next push tries again. */
void progress_clear(Session *session, const Push *push);
/* The batch with progress_add in it is through: has it been committed? */
void progress_noted(PushRow *row, bool committed);
/* The statement that was about to run has not: nobody needs to be asked. Best effort. */
void progress_settle(Session *session, const PushRow *row);

#endif
