/* What is known of the rows that a statement writes: for its finders alone. */
#ifndef PREFLIGHT_WRITING_H
#define PREFLIGHT_WRITING_H

#include "preflight/finder.h"
#include "preflight/query.h"
#include "sql/new_rows.h"

enum {
	WRITINGS_MAX = 100, /* statements: other questions come to their turn, too */
	ROW_QUESTIONS_MAX = 200
};

typedef struct Writing {
	Finder *finder;
	const CatalogRelation *table;
	const Action *action;
	TriggerEvent event;
	NewRows rows; /* with a source: what may not be evaluated is NEW_VALUE_EXPRESSION */
	Str source; /* of them, as SQL; or empty */
	const CatalogRelation *from; /* the same */
	int64_t bytes; /* of that */
	Names picked, picked_for; /* values that are more than one, if a sub-select gives more than
				     one row; the columns that get them */
} Writing;

/* False if the plan has had enough of them. */
bool writing_begin(const Writing *writing);
/* Reads the statement. A doubt: why nothing is asked about its rows; NOT_ASKED: there is nothing to
 * ask. */
Doubt writing_read(Writing *writing);
/* May something of the table's have a say in the rows that is not known? */
Doubt writing_check(const Writing *writing);

typedef VEC(const CatalogColumn *) Columns;

typedef enum Known {
	KNOWN_NOT,
	KNOWN_NULL,
	KNOWN_VALUE,
} Known;

/* What a row has in a column, and as it is written: NULL if it is left out. */
Known writing_know(const Writing *writing, size_t row, const CatalogColumn *column);
/* The same as SQL, of the column's type. */
Str writing_cast(const Writing *writing, size_t row, const CatalogColumn *column);
const NewValue *writing_value(const Writing *writing, size_t row, const CatalogColumn *column);

/* The column of the source that an expression is, and nothing else; NULL: it is another one. */
const CatalogColumn *writing_copied(const Writing *writing, Str expression);
/* Does UPDATE give one of the columns another value? */
bool writing_sets(const Writing *writing, const Numbers *columns);

/* The first `count` of the columns with these numbers; false if there are none, or one is an
 * expression. */
bool writing_columns(const Finder *finder, const CatalogRelation *table, const Numbers *numbers,
	size_t count, Columns *out);
/* Is it the columns alone, compared as the table compares them, at once? */
bool writing_is_plain_index(const CatalogIndex *index);
/* The key's columns; false if it is not plain. */
bool writing_index(const Writing *writing, const CatalogIndex *index, Columns *out);
Names writing_names(Arena *arena, const Columns *columns, bool are_quoted);
Str writing_list(Arena *arena, const Columns *columns);
/* Types whose constants are read in the same way wherever they stand. */
Doubt writing_check_types(const Columns *columns);

typedef struct Rows {
	RowsQuery query;
	size_t unknown, nulls; /* rows with a value that is not known, or else with a NULL */
} Rows;

/* Those that are known, with a value in each of `columns`, or NULL if these may be. */
Rows writing_gather(const Writing *writing, const Columns *columns, bool with_nulls);

/* About the statement as a whole. */
Question *writing_add(const Writing *writing, QuestionKind kind, Str columns);

/* What every row that is written has to fulfil: NOT NULL, CHECK, lengths and ranges. */
void find_row_values(const Writing *writing);
/* Remembers what is looked at when the transaction ends. */
void finder_wait(Finder *finder, const Writing *writing);
/* Of a partitioned table: is there a partition for the row? */
void find_row_partition(const Writing *writing);
/* What a domain demands of a column that has it. */
void find_row_domain(const Writing *writing, const CatalogColumn *column);
void find_reference(const Writing *writing, const CatalogConstraint *key);

#endif
