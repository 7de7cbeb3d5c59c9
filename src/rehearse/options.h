/* What a rehearsal is to run, and within which limits. */
#ifndef REHEARSE_OPTIONS_H
#define REHEARSE_OPTIONS_H

#include "effects/effects.h"
#include "effects/weight.h"
#include "plan/history.h"
#include "server/session.h"
#include "sql/script.h"
#include "wrap/pipeline.h"

/* A question of the caller's own, asked after the last file, before all is rolled back: names in
 * it mean pg_catalog's alone. */
typedef struct RehearseQuestion {
	Command *(*add)(Batch *batch, void *context); /* adds one command that wants rows */
	void *context;
	Rows rows; /* the answer, in the session's arena */
	bool is_answered;
} RehearseQuestion;

/* Scripts of the caller's own that only read, run after the last file if all files have passed,
 * before all is rolled back. They are judged as the files are: what must not run is marked. */
typedef struct RehearseChecks {
	const Script *scripts;
	size_t count;
	NotRun *not_run; /* of each script; and of what (not_run_what) */
	Str *not_run_what;
	/* Adds those that may run, each undone by a savepoint of its own; `limits` is a command for
	 * after the session's settings were reset. */
	void (*add)(const Session *session, Batch *batch, Str limits, void *context);
	/* What has come of them. */
	void (*read)(const Batch *batch, void *context);
	void *context;
	bool has_run;
} RehearseChecks;

typedef struct RehearseOptions {
	Script *scripts;
	size_t count;
	const History *history; /* of the database that it runs on */
	bool with_unanalysed;
	bool is_live; /* others use the database: short limits */
	bool has_lock; /* the session holds the push's lock; else it is tried, for the transaction
			*/
	int64_t patience_ms; /* how long others may wait */
	bool show_queries;
	RehearseQuestion *question; /* NULL: there is none */
	RehearseChecks *checks; /* NULL: there are none */
	WeightLimits limits;
} RehearseOptions;

#endif
