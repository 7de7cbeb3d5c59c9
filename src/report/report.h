/* What a run has to tell, as plain data. run.c fills it; the files of this folder turn it into text
 * and touch nothing else. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/err.h"
#include "migrate/extras.h"
#include "migrate/plan.h"
#include "migrate/push.h"

typedef enum Status {
	STATUS_FAILED, /* first: what a run that says nothing else has been */
	STATUS_BLOCKED,
	STATUS_PLANNED,
	STATUS_PUSHED,
	STATUS_SKIPPED,
	STATUS_UP_TO_DATE,
} Status;

/* Of Supabase; all empty for a database that is named by its URL. */
typedef struct ReportProject {
	Str ref, name, region;
} ReportProject;

typedef struct Report {
	Status status;
	ReportProject project;
	Str environment; /* empty: not named */
	Str target; /* host:port/database; empty before the connection */
	Str server_version; /* for example 15.18 */
	Str skipped; /* of STATUS_SKIPPED: why no database was contacted */
	Str compared; /* what was compared with what to find the changed files; empty: they are not
			 known */
	size_t changes; /* how many files changed */
	bool changed; /* a watched one did, or it is not known */
	Plan plan;
	Str plan_digest; /* empty: none was made */
	Push push; /* a row for each pending file, run or not */
	Extras extras; /* what goes along with the migrations */
	int64_t us; /* of the whole run */
} Report;

/* For example "up-to-date", as the output `status` has it. */
Str report_status(Status status);
/* Is it told what was done, and not what would be? */
bool report_is_told(const Report *report);
/* One sentence, the same in log and summary. */
Str report_verdict(Arena *arena, const Report *report);
/* Newest version in the target's history after the run. */
Str report_version(const Report *report);
enum {
	REPORT_NAMES_MAX = 1000
}; /* the outputs of a job may have 1 MiB in all */

/* JSON arrays of file names, the first REPORT_NAMES_MAX: applied by this run, or not applied after
 * it. */
Str report_names(Arena *arena, const Report *report, bool applied);
size_t report_pending_count(const Report *report);
/* What became of a row: "applied", "failed, rolled back" … */
Str report_row_word(const PushRow *row);

#endif
