/* What a run has to tell, as plain data. run.c fills it; the files of this folder turn it into text
 * and touch nothing else. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/rule.h"
#include "compare/compare.h"
#include "compare/reference.h"
#include "effects/rehearsal.h"
#include "extras/extras.h"
#include "lint/lint.h"
#include "plan/overview.h"
#include "plan/repair.h"
#include "plan/plan.h"
#include "plan/push_state.h"
#include "preflight/question.h"
#include "report/way_back.h"
#include "verify/verify.h"
#include "types/verdict.h"

typedef enum Status {
	STATUS_FAILED, /* first: what a run that says nothing else has been */
	STATUS_BLOCKED,
	STATUS_PLANNED,
	STATUS_PUSHED,
	STATUS_SKIPPED,
	STATUS_UP_TO_DATE,
	STATUS_VERIFIED, /* mode verify: every script that applies has passed */
	STATUS_REPAIRED, /* mode repair: the history was written to */
	STATUS_SHOWN, /* mode status: there is something that is not settled */
	STATUS_SAME, /* of a comparison */
	STATUS_DRIFT,
} Status;

/* Of Supabase; all empty for a database that is named by its URL. */
typedef struct ReportProject {
	Str ref, name, region;
} ReportProject;

/* Of GitHub; empty outside of it. */
typedef struct ReportRun {
	Str server_url; /* https://github.com */
	Str repository; /* owner/name */
	Str id; /* of the workflow run */
	Str sha; /* the commit that the run is about: of a pull request its head */
	Str commit; /* GITHUB_SHA: of a pull request the merge that is tried */
	Str branch; /* that the run is for; empty: a pull request, a tag */
	Str prefix; /* where the workspace's paths begin in the repository: "sub/" is cut off */
} ReportRun;

typedef struct ReportNotice {
	Str title; /* of its annotation; empty: it has none */
	Str text;
} ReportNotice;

/* What was looked for. */
typedef struct ReportGuards {
	bool checked; /* the run came to the guards */
	bool asked[RULE_GROUPS];
} ReportGuards;

/* Two schemas side by side. */
typedef struct ReportDrift {
	const Comparison *comparison; /* NULL: none was made */
	CompareReference reference; /* what the target is compared with */
	Str address; /* of it: host:port/database */
	size_t pending; /* migrations that it has had and the target has not */
	size_t gaps; /* of their files, those that do what cannot be seen */
	size_t ahead; /* those that the target alone has had */
} ReportDrift;
/* Files of types, and what they were compared with. */
typedef struct ReportTypes {
	bool is_asked;
	bool is_rehearsed; /* with the schema that the pending files make */
	TypesBasis basis; /* if not */
	VEC(TypesResult) results;
} ReportTypes;

typedef struct Report {
	Status status;
	Str program; /* its version */
	Str mode; /* a word of the table of modes */
	bool dry; /* nothing was to be written */
	bool detects; /* it was about changed files alone, and no database */
	bool promotes; /* it was about what staging has had of a pull request, and no target */
	ReportRun run;
	ReportGuards guards;
	Err warnings; /* what stops nothing */
	Err notes; /* findings that are only said; but for those that have a list of their own, they
		      are notices, too */
	VEC(ReportNotice) notices; /* what is only said */
	ReportProject project;
	Str environment; /* empty: not named */
	Str target; /* host:port/database; empty before the connection */
	Str server_version; /* for example 15.18 */
	Str skipped; /* of STATUS_SKIPPED: why no database was contacted */
	Str compared; /* what was compared with what to find the changed files; empty: they are not
			 known */
	size_t changes; /* how many files changed */
	Plan plan;
	Questions preflight; /* what was asked about the data */
	Overview overview; /* of mode status */
	Verify verify;
	Repair repair; /* of mode repair */
	WayBack way_back; /* of a push to a project */
	Str plan_digest; /* empty: none was made */
	Lint lint; /* what each pending statement is predicted to do */
	Push push; /* a row for each pending file, run or not */
	ReportDrift drift;
	ReportTypes types;
	Rehearsal rehearsal;
	Extras extras; /* what goes along with the migrations */
	int64_t us; /* of the whole run */
	bool masked; /* something in a report equals a secret */
} Report;

/* For people, where something is masked; *** replaces it. */
#define REPORT_MASKED                                                                              \
	"`***` replaces text that equals a secret of this run: what is shown is not all that "     \
	"is there."

/* For example "up-to-date", as the output `status` has it. */
Str report_status(Status status);
/* Does it say what was done, and not what would be? */
bool report_is_done(const Report *report);
/* Newest version in the target's history after the run. */
Str report_version(const Report *report);
enum {
	REPORT_NAMES_MAX = 1000
}; /* the outputs of a job may have 1 MiB in all */

/* JSON arrays of file names, the first REPORT_NAMES_MAX: applied by this run, or not applied after
 * it. */
Str report_names(Arena *arena, const Report *report, bool applied);
size_t report_pending_count(const Report *report);
/* Statements of all rows, and those of them that are in the database. */
size_t report_statements(const Report *report);
size_t report_statements_applied(const Report *report);
/* At the rows that were run. */
size_t report_attempts(const Report *report);
/* The address of the run's page; empty outside of GitHub. */
Str report_run_url(Arena *arena, const Report *report);
/* A path of the workspace as the repository calls it. */
Str report_path(const Report *report, Str path);

/* A pending migration's content on staging. */
typedef enum ReportStaging {
	STAGING_NOT_ASKED,
	STAGING_SAME,
	STAGING_MISSING,
	STAGING_CHANGED,
	STAGING_UNKNOWN,
} ReportStaging;
ReportStaging report_staging(const Report *report, const Err *err, const Migration *migration);
Str report_staging_word(ReportStaging staging);
/* Why it is not atomic, and what was found that is only a warning; one line, or empty. */
Str report_row_note(Arena *arena, const Report *report, const PushRow *row);
/* Was it tried? In a transaction for all, the files before the one that fails were, too. */
bool report_was_run(const Report *report, const PushRow *row);
/* What became of a row: "applied", "failed, rolled back" … */
Str report_row_word(const Report *report, const PushRow *row);

#endif
