/* What stages ask about the migrations of the checkout. */
#ifndef STAGE_FILES_H
#define STAGE_FILES_H

#include "stage/run.h"

/* The syntax of every local file, for a run that cannot know which of them are pending. */
void files_check_syntax(const Run *run, Err *err);

#endif
