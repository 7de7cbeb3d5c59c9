/* The findings as SARIF 2.1.0, which GitHub's code scanning takes: what a rule says of a line of a
 * file. Pure. */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include "base/secret.h"
#include "report/report.h"

/* How each of our own begins, and nobody else's. */
#define SARIF_BEGIN                                                                                \
	"{\"version\":\"2.1.0\",\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","    \
	"\"runs\":[{\"tool\":{\"driver\":{\"name\":\"supabase-promote\","

/* Results are errors, warnings and notes that have a rule and a file; other errors and warnings are
 * notifications. Texts that equal a secret are replaced. In the arena. */
Str sarif_json(Arena *arena, const Report *report, const Err *err, const Secrets *secrets);

#endif
