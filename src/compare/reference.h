/* What the target's schema is compared with, in words: staging, or what the repository's migrations
 * make of an empty database. */
#ifndef COMPARE_REFERENCE_H
#define COMPARE_REFERENCE_H

#include "base/str.h"

typedef enum CompareReference {
#define REFERENCE(name, word, of, where) REFERENCE_##name,
#include "compare/reference.def"
#undef REFERENCE
} CompareReference;

/* "staging", "repository" */
Str reference_word(CompareReference reference);
/* "staging", "the repository" */
Str reference_of(CompareReference reference);
/* "on staging", "in the repository" */
Str reference_where(CompareReference reference);

#endif
