/* Keeps the pull request's comment up to date: whose comment it is, whether there is something new
 * to say, and the requests for it. The text is report/comment's. */
#ifndef STAGE_PULL_COMMENT_H
#define STAGE_PULL_COMMENT_H

#include "stage/run.h"

/* Takes 20 s at most, and ends as soon as a signal comes. What goes wrong is added to `warnings`;
 * it changes nothing else. */
void pull_comment(const Run *run, Err *warnings);

#endif
