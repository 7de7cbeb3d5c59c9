/* What the runner understands: commands on stdout, and the files of GITHUB_OUTPUT and
 * GITHUB_STEP_SUMMARY. Outside of GitHub (GITHUB_ACTIONS is not "true") no command is printed, so
 * that a terminal shows plain text and no secret appears in an add-mask. */
#ifndef ACTION_WORKFLOW_H
#define ACTION_WORKFLOW_H

#include "action/runner.h"
#include "base/err.h"
#include "base/log.h"

typedef struct Workflow {
	Log log;
	bool github;
	Str output_file, summary_file; /* empty: none */
} Workflow;

/* The log writes to stdout. */
Workflow workflow_new(const Runner *runner, Secrets *secrets);

/* Masks every registered secret in the runner's log. Before anything else is printed. */
void workflow_mask(const Workflow *workflow);
/* Masks those that were registered after the first `count`: before they are used. */
void workflow_mask_since(const Workflow *workflow, size_t count);

void workflow_group(const Workflow *workflow, const char *title);
void workflow_group_end(const Workflow *workflow);

typedef enum Level {
	LEVEL_NOTICE,
	LEVEL_WARNING,
	LEVEL_ERROR
} Level;

/* Title and file are not masked by the runner: they hold no foreign text but the path. */
typedef struct Annotation {
	Level level;
	Str title;
	Str file; /* relative to the repository; empty: on none */
	size_t line, col, end_line, end_col; /* from 1; 0: not known */
	Str message;
} Annotation;
/* On a file's line and columns if they are known. Outside of GitHub nothing is printed. */
void workflow_annotate(const Workflow *workflow, const Annotation *annotation);

/* Outputs are collected, then appended in one write. */
typedef struct Output {
	const char *name;
	Str value;
	/* words, numbers or digests of this program: never redacted, for whoever decides by them */
	bool is_own;
} Output;
bool workflow_outputs(const Workflow *workflow, const Output *outputs, size_t count, Err *err);
bool workflow_summary(const Workflow *workflow, Str markdown, Err *err);

#endif
