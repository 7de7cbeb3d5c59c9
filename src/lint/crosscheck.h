/* Lint's predictions beside what a rehearsal of the same plan has seen. Pure.
 *
 * The rehearsal is one transaction: a lock that an earlier file has taken is held when a later file
 * asks for it, so the server shows it once, where a push takes it in each file. What the
 * transaction had locked before is therefore never compared. */
#ifndef LINT_CROSSCHECK_H
#define LINT_CROSSCHECK_H

#include "effects/rehearsal.h"
#include "lint/lint.h"
#include "preflight/question.h"

/* Adds to later files' effects the locks that the transaction held already and that lint knows the
 * statements to take. */
void crosscheck_add_held(Arena *arena, const Lint *lint, Rehearsal *rehearsal);

typedef struct Crosscheck {
	size_t compared; /* statements (or answers) of which something was predicted and seen */
	size_t contradicted;
} Crosscheck;

/* Adds a note for each statement, some dozens at most, that has done something else than was
 * predicted: a fault of this program. What nothing was claimed of is not compared. Of a rehearsal
 * on the target; before crosscheck_add_held. */
Crosscheck crosscheck_run(const Lint *lint, const Rehearsal *rehearsal, Err *notes);

/* Takes out of `foreseen` what lint says will fail and what the rehearsal has run, in a file that
 * was run as a whole and after none that was not. Returns how many. */
size_t crosscheck_withdraw(const Lint *lint, const Rehearsal *rehearsal, Err *foreseen);

/* The same for what the data have answered, before or after the rehearsal: a statement that was to
 * fail and has run, or one without a counter-example that has failed for a row. */
Crosscheck crosscheck_answers(const Questions *questions, const Rehearsal *rehearsal, Err *notes);

/* What lint has judged of the same, or NULL: what is new among what is wrong is then said once, by
 * lint's rule and at its place. */
const Judgement *crosscheck_security(const Lint *lint, const Thing *thing);

/* For predictions and answers: one note. */
void crosscheck_note(const Script *script, const Statement *statement, Str words, Err *notes);

#endif
