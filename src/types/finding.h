/* Differences of types as faults: one for each table, view, function or type, at the first member's
 * line. Pure. */
#ifndef TYPES_FINDING_H
#define TYPES_FINDING_H

#include "base/rule.h"
#include "types/verdict.h"

typedef enum TypesRuleId {
#define TYPES_RULE(name, next, certainty) TYPES_RULE_##name,
#include "types/rule.def"
#undef TYPES_RULE
} TypesRuleId;

/* Where findings go. */
typedef struct TypesOutlet {
	Err *stale; /* errors, or warnings if the inputs say so */
	Err *drift; /* warnings */
	Str target; /* what the file is compared with, for people: "project abc" */
} TypesOutlet;

/* Adds the faults of one file. What is only not known is none. */
void types_finding_add(const TypesResult *result, const TypesOutlet *outlet);

/* Adds that the file was to be written and was not. */
void types_finding_add_unwritten(const TypesResult *result, Str why, Str hint, Err *to);

/* The findings from `first` on that are about one object end before this one. */
size_t types_finding_end(const TypesResult *result, size_t first);
/* "column bio (string | null) is missing in Row, Insert and Update; …", of the findings from
 * `first` on that are about one object; `count` is how many those are. */
Str types_finding_text(Arena *arena, const TypesResult *result, size_t first, size_t *count);
/* The same as lines of a patch, each with -, + or a blank in front. */
Str types_finding_patch(Arena *arena, const TypesResult *result, size_t first, size_t count);

#endif
