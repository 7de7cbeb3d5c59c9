/* The word that was meant by a mistyped one. */
#ifndef ACTION_NEAREST_H
#define ACTION_NEAREST_H

#include "base/str.h"

typedef struct Nearest {
	Str word, best;
	size_t distance; /* letters to put in, leave out or change; SIZE_MAX: nothing was tried */
} Nearest;

Nearest nearest_to(Str word);
void nearest_try(Nearest *nearest, Str candidate);
/* The nearest of those tried; empty if none is near, that is two letters away, or begins with it.
 */
Str nearest_found(const Nearest *nearest);

#endif
