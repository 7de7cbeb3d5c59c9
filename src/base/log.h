/* The log: lines on stdout that neither the runner's parser nor a terminal can misread.
 *
 * The runner takes commands from stdout (`::error …`, and `##[…]` anywhere in a line), and a lone
 * CR starts a new line for it. So every text is split into lines here, control characters are
 * dropped, a line that would start a command gets a mark in front, `##[` is broken up, and secrets
 * are redacted. Commands of our own are written by action/workflow through log_raw only.
 * One write(2) a line; a log that cannot be written is no reason to stop a push. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/secret.h"

typedef struct Log {
	int fd;
	Secrets *secrets;
	bool colour; /* errors, warnings and what is applied, by ANSI's sequences */
	Buf *held; /* where lines wait until log_release, so that those of two databases that are
		      opened side by side do not mix; NULL: they are written at once */
} Log;

/* Text of ours; may hold foreign parts (names), and several lines. */
void log_line(const Log *log, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text of others (server messages, SQL): each line after a `| `. */
void log_foreign(const Log *log, Str text);
/* Writes the lines that were held, and from then on each at once. */
void log_release(Log *log);
/* One line as it is, for workflow commands, at once; `line` holds no line break. */
void log_raw(const Log *log, Str line);

/* `line` (no line break in it) made harmless: also used for text files that people read. */
Str log_harmless(Arena *arena, Str line);

#endif
