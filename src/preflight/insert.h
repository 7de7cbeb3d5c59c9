/* What is known of the rows of an INSERT: for its finders alone. */
#ifndef PREFLIGHT_INSERT_H
#define PREFLIGHT_INSERT_H

#include "preflight/finder.h"
#include "preflight/query.h"
#include "sql/inserted.h"

enum {
	INSERTS_MAX = 100 /* statements: other questions come to their turn, too */
};

typedef struct Insert {
	Finder *finder;
	const CatalogRelation *table;
	const Action *action;
	Inserted rows;
} Insert;

typedef VEC(const CatalogColumn *) Columns;

typedef enum Known {
	KNOWN_NOT,
	KNOWN_NULL,
	KNOWN_VALUE,
} Known;

/* What a row has in a column, and as it is written: NULL if it is left out. */
Known insert_know(const Insert *insert, size_t row, const CatalogColumn *column);
const InsertedValue *insert_value(const Insert *insert, size_t row, const CatalogColumn *column);

/* The first `count` of the columns with these numbers; false if there are none, or one is an
 * expression. */
bool insert_columns(const Finder *finder, const CatalogRelation *table, const Numbers *numbers,
	size_t count, Columns *out);
Names insert_names(Arena *arena, const Columns *columns, bool are_quoted);
Str insert_list(Arena *arena, const Columns *columns);
/* Types whose constants are read in the same way wherever they stand. */
Doubt insert_check_types(const Columns *columns);

typedef struct Rows {
	RowsQuery query;
	size_t unknown, nulls; /* rows with a value that is not known, or else with a NULL */
} Rows;

/* Those that are known, with a value in each of `columns`, or NULL if these may be. */
Rows insert_gather(const Insert *insert, const Columns *columns, bool with_nulls);

/* About the statement as a whole. */
Question *insert_add(const Insert *insert, QuestionKind kind, Str columns);

/* Remembers the rows for what comes after the statement. */
void insert_keep(const Insert *insert);
/* The rows that the plan has added to the table before, as far as they have a value in each of
 * `columns`. DOUBT_CHANGED: not all are known, or rows may be gone. `may_skip`: or were left out.
 */
Doubt insert_take_added(Finder *finder, const CatalogRelation *table, const Columns *columns,
	RowsQuery *out, bool *may_skip);

void find_reference(const Insert *insert, const CatalogConstraint *key);

#endif
