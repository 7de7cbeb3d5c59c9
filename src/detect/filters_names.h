/* Names of filters as names of outputs: a filter X sets X, X_count and X_files. */
#ifndef DETECT_FILTERS_NAMES_H
#define DETECT_FILTERS_NAMES_H

#include "base/err.h"
#include "detect/filter.h"

/* Adds an error for each name that the runner's output file cannot carry (`NAME<<DELIMITER`):
 * empty, or with a control character, `=` or `<<` in it. And for each output that two filters set,
 * and each of the action's own that a filter hides; names that differ in the case of ASCII letters
 * only are the same there, as expressions ignore it. */
void filters_names_check(const Filters *filters, const FilterText *source, Err *err);

#endif
