/* Whose a command is that is no statement of a file: Command.purpose. */
#ifndef SERVER_PURPOSE_H
#define SERVER_PURPOSE_H

/* What a command is for that is no statement of the file: that decides how its refusal is reported.
 */
typedef enum CommandPurpose {
	PURPOSE_OURS, /* the file has no part in it */
	PURPOSE_COMMIT, /* of the file's transaction: what it has deferred is checked here */
	PURPOSE_SEEN, /* that our own row is there */
	PURPOSE_SEEN_BEFORE, /* that the row of the file before, in the same batch, is there */
	PURPOSE_LOCK, /* that the push's lock is ours, between two files of a batch */
	PURPOSE_PROBE, /* of a rehearsal: what a statement has done, and that it is still ours */
} CommandPurpose;

#endif
