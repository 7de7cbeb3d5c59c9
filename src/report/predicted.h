/* The predictions of lint, in the report's form. A key that is left out is not claimed. */
#ifndef REPORT_PREDICTED_H
#define REPORT_PREDICTED_H

#include "lint/lint.h"
#include "preflight/question.h"
#include "wrap/json.h"

enum {
	PREDICTED_MAX = 500 /* statements; what they claim nothing of are left out */
};

/* Adds the list `predicted`; nothing without a catalogue. What the data make fail, is said of the
 * statement, too. */
void predicted_json(Json *to, const Lint *lint, const Questions *data);

#endif
