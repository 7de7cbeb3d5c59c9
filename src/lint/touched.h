/* Names that the plan has made, changed or taken away so far, whatever they are the names of.
 *
 * What the server says of a statement as long as nothing has been pushed holds for the push only if
 * no earlier statement has changed anything that the statement names. Names are compared without
 * schemas: one too many costs an answer, one too few would be a false alarm. */
#ifndef LINT_TOUCHED_H
#define LINT_TOUCHED_H

#include "base/str_map.h"
#include "schema/catalog.h"
#include "sql/facts.h"

typedef struct Touched {
	Arena *arena;
	const Catalog *catalog;
	StrMap names; /* to what each is the name of: see touched_is_column */
	bool has_names;
	bool is_anything; /* something has been done that cannot be followed by names */
	bool has_settings; /* the file at hand has changed what texts mean */
} Touched;

/* Settings end with their file. */
void touched_begin_file(Touched *touched);
void touched_apply(Touched *touched, const Facts *facts);
bool touched_has(const Touched *touched, Str name);
/* By its own name, whatever it is of. */
bool touched_is_named(const Touched *touched, Str name);
/* Is it touched as a column's name alone? */
bool touched_is_column(const Touched *touched, Str name);

#endif
