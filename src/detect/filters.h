/* The filters of dorny/paths-filter: names, and for each a list of rules that changed files may
 * meet.
 *
 *     document := map of name -> item           (or a list of items, with the names 0, 1, ...)
 *     item     := glob | list of items | map of statuses -> glob or list of globs
 *     statuses := words with | between them: `added|modified`
 *
 * Lists nest and are flattened. A map of k statuses is k rules, each of them one condition: a file
 * has one of the statuses, and one of the globs matches. A word that is no status never matches.
 * Under FILTER_SOME a file is in a filter if one rule matches it, under FILTER_EVERY if all do: a
 * filter without rules holds no file, or all of them. Filters are in the order of a JavaScript
 * object's properties.
 *
 * Source: dorny/paths-filter v4.0.2, README.md and src/filter.ts. What it lets break the runner's
 * output file, or hides without a word, is an error here (see filters_names.h); what does not mean
 * what it looks like is a warning (see filter_surprises.h). */
#ifndef DETECT_FILTERS_H
#define DETECT_FILTERS_H

#include "base/err.h"
#include "detect/change.h"
#include "detect/filter.h"

/* Does the (trimmed) value of the input `filters` name a file? It does if it has neither a line
 * break nor a colon. */
bool filters_is_path(Str input);

/* All faults of a document are reported together, except that broken YAML hides the rest. Both
 * kinds are ERR_INPUT. Each distinct pattern is compiled once. */
bool filters_parse(Arena *arena, const FilterText *source, Filters *out, Err *warnings, Err *err);

/* Is the change in the filter? `path` is the change's path, prepared once for all filters. */
bool filter_matches(const Filter *filter, FilterQuantifier quantifier, const Change *change,
	const GlobPath *path);

#endif
