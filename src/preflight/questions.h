/* From the pending files' facts and the target's catalogue to questions. */
#ifndef PREFLIGHT_QUESTIONS_H
#define PREFLIGHT_QUESTIONS_H

#include "preflight/question.h"

enum {
	QUESTIONS_MAX = 500 /* the rest is not asked, and says so */
};

/* CHECK constraints whose definitions have to be known. */
typedef VEC(CatalogConstraint *) Checks;
/* Those of tables that rows are inserted into. */
void questions_find_checks(
	Arena *arena, const Catalog *catalog, const Script *scripts, size_t count, Checks *out);

/* One for each clause that the data may forbid, in the order of the files. Everything lives in
 * `arena`, or in what was given. */
void questions_find(
	Arena *arena, const Catalog *catalog, const Script *scripts, size_t count, Questions *out);

#endif
