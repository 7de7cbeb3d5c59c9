/* Asks whether a JavaScript regular expression matches a text, in time proportional to the product
 * of their sizes, whatever they are.
 *
 * There is no backtracking: all states that the expression can be in move along the text together.
 * A look-ahead is decided for all positions of the text in one run backwards, a look-behind in one
 * run forwards, when it is first asked for; a short look-ahead is tried in place. What the
 * expressions may hold is glob_tree.h's matter. */
#ifndef GLOB_REGEX_H
#define GLOB_REGEX_H

#include "glob/glob_units.h"

enum {
	REGEX_MAX_CODE = 200000
}; /* instructions; a usual glob has fewer than a hundred */

typedef struct Regex Regex;

/* A text of single bytes (ASCII) or, if `wide` is set, of units. */
typedef struct Subject {
	const unsigned char *bytes;
	const uint16_t *wide;
	size_t len;
} Subject;

/* NULL if the expression cannot be used; `*why` is then NULL if JavaScript refuses it, too. */
const Regex *regex_compile(Arena *arena, Units source, const char **why);

/* Does it match at any position? At the first one? `*steps`, if wanted, grows by the work done. */
bool regex_search(const Regex *regex, const Subject *subject, size_t *steps);
bool regex_match(const Regex *regex, const Subject *subject, size_t *steps);

/* ASCII text that every match begins or ends with. For the end, a `/` after it is not counted: it
 * holds for subjects that do not end in one. Empty if the expression is not bound to that end. */
Str regex_prefix(const Regex *regex);
Str regex_suffix(const Regex *regex);

/* The longest ASCII text that is known to be somewhere in every match; often empty. */
Str regex_needle(const Regex *regex);

#endif
