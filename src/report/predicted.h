/* The predictions of lint, in the report's form. A key that is left out is not claimed. */
#ifndef REPORT_PREDICTED_H
#define REPORT_PREDICTED_H

#include "lint/lint.h"
#include "wrap/json.h"

enum {
	PREDICTED_MAX = 500 /* statements; what they claim nothing of are left out */
};

/* Adds the list `predicted`; nothing without a catalogue. */
void predicted_json(Json *to, const Lint *lint);

#endif
