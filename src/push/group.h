/* Atomic files that follow each other, in one batch: each in its own transaction with its history
 * row, all in one turn.
 *
 * The server skips everything after an error up to the batch's end: what was committed before it
 * stays, and what follows has never begun. Between two files role and settings are brought back,
 * the push's lock is taken once more, and the row of the file before is looked for, in a
 * transaction of its own; where one of them fails, nothing more runs. */
#ifndef PUSH_GROUP_H
#define PUSH_GROUP_H

#include "plan/push_state.h"
#include "server/transaction.h"

typedef struct Group {
	Session *session;
	Push *push;
	size_t from, to; /* rows of the push */
	size_t next; /* the first of them that is not known to be applied */
	Batch *batch;
	size_t *ends; /* of each row: the index of its COMMIT */
} Group;

/* How many rows from `from` on make a group: 0 or 1 if the row runs by itself. Bounded in bytes, so
 * that little is sent in vain when a file fails, and in files. */
size_t group_size(const Push *push, size_t from);

/* Puts rows [from, to) into the empty batch. */
Group group_new(Session *session, Push *push, size_t from, size_t to, Batch *batch);

/* Runs it. Rows whose COMMIT is answered are marked as applied at once; group->next is the row that
 * was refused, cancelled or lost. */
TransactionEnd group_run(Group *group, Err *lost);

/* After a refusal, or a cancel to unblock other sessions: may the push simply continue with
 * group->next, since no fault of its own has ended the batch? The lock was lost between two files,
 * or the cancel was meant for a file that was through when it arrived. */
bool group_may_continue(Group *group);

/* Has the batch ended because the row of the file before `group->next`, or of that file itself, is
 * not there although its COMMIT was answered? Then the fault says so. */
bool group_refuse_unseen(Group *group, Err *err);

/* Has anything of group->next been answered? */
bool group_has_begun(const Group *group);

#endif
