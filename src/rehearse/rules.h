/* The findings of a rehearsal: rows of rules.def. */
#ifndef REHEARSE_RULES_H
#define REHEARSE_RULES_H

#include "base/rule.h"
#include "effects/hold.h"

typedef enum RehearsalRule {
#define RULE(name, rule, certainty) REHEARSAL_##name,
#include "rehearse/rules.def"
#undef RULE
} RehearsalRule;

/* Says of a fault which of them it is. */
void rehearsal_mark(Fault *fault, RehearsalRule rule);

/* Adds that something is new among what is wrong with the protection of data, at the statement that
 * has made it so, if that is known. */
void rehearsal_add_security(const Rehearsal *rehearsal, const Thing *thing, Err *err);
/* Adds that somebody would notice how long a table is blocked; `words` say it. */
void rehearsal_add_hold(const Hold *hold, Str words, Err *err);
/* The same of what nobody would notice. */
void rehearsal_add_brief_hold(const Hold *hold, Str words, Err *err);
/* Adds why a file was not rehearsed, or from which statement on. */
void rehearsal_add_not_run(const RehearsedFile *file, Err *err);

#endif
