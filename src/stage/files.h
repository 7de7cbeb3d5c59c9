/* What stages ask about the migrations of the checkout. */
#ifndef STAGE_FILES_H
#define STAGE_FILES_H

#include "stage/run.h"

/* run->contents, unless they have been read. */
void files_read_contents(Run *run);
/* The syntax of every local file, for a run that cannot know which of them are pending. */
void files_check_syntax(const Run *run, Err *err);

/* A migration that the change at hand adds, deletes or modifies. */
typedef struct FilesChange {
	ChangeStatus status;
	Str version;
	Str file, path; /* as of a Migration */
} FilesChange;

/* The next of run->detected.changes, from `*at` on (0 at first); false at their end. */
bool files_next_change(const Run *run, size_t *at, FilesChange *out);

#endif
