/* May an expression of the author's be evaluated, with the rights of our role, on rows of a table?
 *
 * It comes from a branch that nobody has reviewed. So it is evaluated only if it reads nothing but
 * built-in types of the one table, and if all that it calls is known to do nothing but compute;
 * and then with nothing but pg_catalog on the search path, so that no name can mean another thing.
 * That the file's own search path would mean the same by it is looked at, too. */
#ifndef PREFLIGHT_EVALUABLE_H
#define PREFLIGHT_EVALUABLE_H

#include "preflight/finder.h"

/* Of the server's own types, as format_type writes it where the search path is pg_catalog alone. */
bool evaluable_is_builtin(Str type);

/* DOUBT_NONE, or why not; for the finder's table. */
Doubt evaluable_check(const Finder *finder, Str expression);
/* The same of an index's: that no session has a part in it. */
Doubt evaluable_check_index(const Finder *finder, Str expression);
/* The same of an expression over two tables: a column may be of either. */
Doubt evaluable_check_both(const Finder *finder, const CatalogRelation *other, Str expression);
/* The same; `columns` are those that it uses, whatever is known of their values. */
Doubt evaluable_check_columns(const Finder *finder, Str expression, Names *columns);
/* The same for one that has no column, and for one whose only column is `value`: a domain's check.
 */
Doubt evaluable_check_constant(const Finder *finder, Str expression);
Doubt evaluable_check_value(const Finder *finder, Str expression);

/* The same for a check that the finder's table has, as the server writes it; `columns` are those
 * that it uses. */
Doubt evaluable_check_stored(const Finder *finder, Str expression, Names *columns);

/* The same of an expression with sub-selects, over the finder's table and, if it is not NULL,
 * another one. They are to read the rows as the plan has left them: that is what `read` becomes. */
typedef struct EvaluableQuery {
	Str sql;
	bool has_value; /* more than one row of a sub-select is an error */
	int64_t bytes; /* to be read of its tables */
} EvaluableQuery;
Doubt evaluable_check_query(
	const Finder *finder, const CatalogRelation *other, Str expression, EvaluableQuery *read);

/* Is there one of the same name that may fit better than pg_catalog's where the file is run? */
bool evaluable_has_rival(const Changes *changes, Str function);
/* For that: do its functions nothing but compute, wherever the file is run? */
Doubt evaluable_check_functions(const Changes *changes, const Names *functions);

#endif
