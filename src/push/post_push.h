/* After the push: is the history what it should be, does the API know, and what is left invalid? */
#ifndef PUSH_POST_PUSH_H
#define PUSH_POST_PUSH_H

#include "push/push.h"

/* Tells PostgREST to load the schema again, reads the history back and compares it with what was
 * pushed, looks for invalid indexes, and gives the lock back. One turn. A row that is missing or
 * holds other statements than were pushed is an ERR_HISTORY; what only deserves a look is a
 * warning, and so is a history that somebody has locked. */
bool post_push(Session *session, const Push *push, Err *warnings, Err *err);

/* The same without a question, for a push that has come to grief: best effort, within a second. */
void post_push_failure(Session *session, const Push *push);

#endif
