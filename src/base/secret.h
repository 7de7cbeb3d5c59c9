/* Values that must not be seen: every sink passes its text through secret_redact.
 *
 * The registry masks whole values, wherever they occur. Values that are too short or too common to
 * be masked without ruining every line ("postgres") are refused, and the caller says so. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/str_map.h"
#include "base/vec.h"

typedef struct Secrets {
	Arena *arena;
	VEC(Str) values;
	/* what they begin with, so that a text is not compared with each of them at each place */
	bool first[256];
	StrMap begins; /* their first four bytes: the newest value that begins so */
	VEC(size_t) next; /* of each value: the one before it that begins so, or SIZE_MAX */
} Secrets;

/* Registers a value; false if it is empty, shorter than 4 bytes or a common word. */
bool secret_add(Secrets *secrets, Str value);
/* Registers a value as it is, percent-encoded as in a URL, percent-decoded, and in base64, wherever
 * it begins in what was encoded; false if the value itself is refused. */
bool secret_add_forms(Secrets *secrets, Str value);
/* The same of a token of GitHub's, and the login that git is given with it (in its configuration,
 * after actions/checkout). */
bool secret_add_token(Secrets *secrets, Str token);
/* Registers a value, also in base64, and, if it has several, each of its lines that is long enough:
 * they may be seen one by one. False if the value itself is refused. */
bool secret_add_lines(Secrets *secrets, Str value);
/* `text` with every secret replaced by ***; `text` itself if there is none in it. */
Str secret_redact(const Secrets *secrets, Arena *arena, Str text);

#endif
