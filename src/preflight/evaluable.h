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

#endif
