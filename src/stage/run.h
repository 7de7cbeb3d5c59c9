/* One run, and the stages that it goes through. Only stages see it: what lies below them is given
 * what it needs.
 *
 * A stage returns false with faults in run->err, or true. One that finds that nothing is left to do
 * sets run->ended. run.c has the table of modes and their stages. */
#ifndef STAGE_RUN_H
#define STAGE_RUN_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "compare/inventory.h"
#include "detect/change.h"
#include "detect/matches.h"
#include "plan/content.h"
#include "report/report.h"
#include "schema/catalog.h"
#include "target/target.h"

/* What the search for changed files finds: event → basis → changes → filters → outputs. */
typedef struct DetectResult {
	bool known; /* false: whether what a push reads has changed is unknown, and is taken
		       as changed */
	bool changed; /* a watched file changed */
	bool is_guess; /* the changes are those of the event, and something else is checked out */
	Str compared; /* what was compared with what, for people */
	Str uncommitted; /* what a push reads is not all committed: why; empty: it is */
	Changes changes;
	Matches matches;
	Str names; /* JSON array of the filters that have a changed file */
	Str prefix; /* the clone's folder in the workspace with a slash ("sub/"), or empty */
	VEC(Output) outputs; /* <filter>, <filter>_count, <filter>_files of each filter */
} DetectResult;

/* A database of the run: the way to it, and what its history says. */
typedef struct RunDatabase {
	Target target;
	Session session;
	History history;
	const Workflow *workflow; /* whose log reports the way in; NULL: the run's */
} RunDatabase;

typedef struct Run {
	Arena *arena;
	const Inputs *inputs;
	const Workflow *workflow;
	Report *report; /* filled as far as the run comes, also on failure */
	Err *err;
	bool ended;
	/* what a stage leaves to those after it */
	Source source;
	Contents contents; /* of the source, if has_contents: files_read_contents */
	bool has_contents;
	DetectResult detected;
	RunDatabase database, staging, scratch;
	RunDatabase *reference; /* whose schema the target's is compared with: one of the two */
	const Inventory *reference_inventory; /* its schema, if it was read */
	int reference_version; /* of its server */
	bool demands_rehearsal; /* expect-plan is that of a rehearsed plan */
	struct StagingTask *opening; /* opens staging meanwhile: see stage/connect; may be NULL */
	bool knows_staging; /* its history has been read */
	Script *scripts; /* of report->plan.pending */
	LintOptions lint;
	Catalog *catalog; /* what pending files name of it; NULL: not read */
	struct TypesRun *types; /* see stage/types; NULL: no rehearsal is to look at them */
	Err refusals; /* pending files that cannot be run */
	Err foreseen; /* what lint alone says will fail, until the rehearsal has had its say */
} Run;

/* Ends the sessions. */
void run_close(Run *run);

/* `level` ("error", "warning") and the fault's text, for each of the first thousand; the others are
 * counted. */
void run_log_faults(const Log *log, const char *level, const Err *faults);
/* Each warning in the log, now; and all of them after report->warnings, for the reports. */
void run_warn(const Run *run, Err *warnings);
/* Findings that are only said: in the log, and among the notices and report->notes. */
void run_note_findings(const Run *run, Err *notes);
/* `title`: of its annotation; empty: it has none. */
void run_note(const Run *run, Str title, Str text);

/* ---- the stages, in the order of a push ---- */

/* The migrations folder. Also where inputs are wrong: its faults are reported, too. */
bool stage_files(Run *run);
/* config.toml, roles, seeds: what the inputs ask for. */
bool stage_extras(Run *run);
/* For mode detect, which seeds there are, and nothing else. */
bool stage_seeds(Run *run);
/* Fails if the changes are unknown and the run needs them: in mode detect, with filters of the
 * user's own, and with `skip-unchanged: true`. */
bool stage_detect(Run *run);
/* Ends the run if nothing has changed and nothing else can be pending. */
bool stage_skip(Run *run);
/* Ends mode detect. */
bool stage_changes(Run *run);
/* Ends a run that gets no database, with what can be checked without one. */
bool stage_offline(Run *run);
bool stage_connect(Run *run);
/* Reads the history, and makes the plan. */
bool stage_plan(Run *run);
/* Reads what the target's catalogue has of what pending files name, and judges them by it. */
bool stage_lint(Run *run);
/* Opens staging, if a check needs it, and reads what it has had. */
bool stage_staging(Run *run);
/* In place of the three before: no target, but what staging has had. */
bool stage_promotion(Run *run);
/* Ends the run if there is nothing to push. */
bool stage_check(Run *run);
/* Asks what the data has to say about the pending files; a statement that it will not let through
 * is an error. */
bool stage_preflight(Run *run);
/* Runs what is pending on the target, and rolls it back, if the inputs ask for it. */
bool stage_rehearse(Run *run);
/* What the project can be taken back to, with restore-point; before anything is written. */
bool stage_way_back(Run *run);
bool stage_push(Run *run);
/* Compares the target's schema with staging's, or with what the repository's migrations make, and
 * ends mode compare. */
bool stage_compare(Run *run);
/* The same before a push, and after it, if `drift` asks for it. */
bool stage_drift(Run *run);
bool stage_drift_after(Run *run);

/* Reads the verify scripts that a push would run, and has them parsed. */
bool stage_verify_files(Run *run);
/* Runs those of the migrations that this run has pushed, and those that are for every push. */
bool stage_verify(Run *run);

/* ---- of mode verify ---- */

/* Runs the verify scripts of every version that is applied, and those without one. */
bool stage_verify_applied(Run *run);
/* Compares the files of types with the target, in a dry run. */
bool stage_types(Run *run);

/* Writes the files of types that do not fit any more, after a push. */
bool stage_types_written(Run *run);

/* ---- of mode types ---- */

/* Opens the database, and compares the files of types with it. */
bool stage_types_alone(Run *run);

/* ---- of mode repair ---- */

/* Repairs the history, or shows what that would come to. */
bool stage_repair(Run *run);

/* ---- of mode status ---- */

/* Opens the databases, and shows where each version is. */
bool stage_overview(Run *run);

#endif
