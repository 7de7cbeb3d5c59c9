/* A set of filters as plain data: what detect/filters reads, and its helpers check. */
#ifndef DETECT_FILTER_H
#define DETECT_FILTER_H

#include "glob/glob.h"
#include "base/vec.h"

typedef enum FilterQuantifier {
	FILTER_SOME,
	FILTER_EVERY
} FilterQuantifier;

typedef struct FilterRule {
	bool any_status; /* the rule names none */
	uint32_t statuses; /* otherwise, those it names: bit 1 << ChangeStatus */
	Glob **globs; /* one of them must match */
	Str *patterns; /* their texts */
	size_t count;
} FilterRule;

typedef struct Filter {
	Str name;
	FilterRule *rules;
	size_t count;
	size_t line, col;
} Filter;

typedef VEC(Filter) Filters;

enum {
	FILTER_MAX_PATTERN = 65536, /* UTF-16 units, as picomatch has it */
	FILTER_MAX_FAULTS = 50 /* errors, and warnings, that are shown of one document */
};

typedef struct FilterText {
	Str text; /* YAML; empty: no filters */
	Str file; /* its path, for messages; empty if it came inline: a message then says where */
	FilterQuantifier quantifier; /* some warnings depend on it */
	const char *const *outputs; /* names that no filter may hide: the action's own outputs */
	size_t output_count;
} FilterText;

#endif
