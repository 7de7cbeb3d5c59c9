#include "report/next_steps.h"

#include "report/verdict.h"

/* What may help. */
typedef enum Step {
	STEP_NONE,
	STEP_CORRECT, /* the file */
	STEP_REPEAT, /* the run */
	STEP_LOOK, /* into the history first */
	STEP_LIMIT, /* raise it, or correct the file */
	STEP_MEND, /* the target, for staging has had the file as it is */
} Step;

enum {
	STEPS_MAX = 16 * 1024,
	FILES_MAX = 20,
};

/* ---- which ---- */

static bool is_as_on_staging(const Report *report, const Err *err, Str path)
{
	for (size_t i = 0; i < report->push.count; i++) {
		const Migration *migration = report->push.rows[i].script->migration;
		if (str_equal(migration->path, path))
			return report_staging(report, err, migration) == STAGING_SAME;
	}
	return false;
}

/* Would the same run end in the same way? A service's fault that has help of its own knows. */
static bool is_lasting(const Fault *fault)
{
	bool remote = fault->kind == ERR_SERVICE || fault->kind == ERR_DETECT ||
		      fault->kind == ERR_RUNNER;
	return (fault->kind == ERR_CONNECT && cause_has(fault->cause, CAUSE_STAYS)) ||
	       (remote && fault->hint.len && !fault->passes);
}

/* Roles and secrets whose outcome is not known are brought in by any run. */
static bool is_to_be_looked_at(const Report *report, const Err *err)
{
	const Extras *extras = &report->extras;
	return verdict_is_unknown(report, err) && !extras->roles.has_failed &&
	       !extras->vault.has_failed;
}

static Step step_for(const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	static const Step steps[] = {[ERR_NEXT_NONE] = STEP_NONE,
		[ERR_NEXT_CORRECT] = STEP_CORRECT,
		[ERR_NEXT_REPEAT] = STEP_REPEAT,
		[ERR_NEXT_LOOK] = STEP_LOOK};
	if (report->status != STATUS_FAILED)
		return STEP_NONE;
	Step step = steps[err_next(fault->kind)];
	if (cause_has(fault->cause, CAUSE_PASSES))
		return STEP_REPEAT;
	if (cause_has(fault->cause, CAUSE_IS_LIMIT))
		return STEP_LIMIT;
	if (step == STEP_LOOK)
		return is_to_be_looked_at(report, err) ? STEP_LOOK : STEP_REPEAT;
	if (step == STEP_CORRECT && is_as_on_staging(report, err, fault->file))
		return STEP_MEND;
	bool no_file = !fault->file.len || (fault->kind == ERR_DATA && !fault->line);
	return (step == STEP_CORRECT && no_file) || is_lasting(fault) ? STEP_NONE : step;
}

/* Whoever approved it has approved it whole: what is left of it is another plan. */
static bool is_spent(const Report *report, const Err *err)
{
	return report->guards.expect_plan && verdict_is_written(report, err);
}

/* ---- in commands ---- */

static void add_repeat(Buf *buf, const Report *report, const Err *err, const char *why)
{
	ARENA_SCRATCH(scratch);
	const ReportRun *run = &report->run;
	bool spent = is_spent(report, err);
	buf_format(buf, "# %s\n", why);
	if (spent)
		buf_add(buf, STR("# all jobs: the approved plan is done in part, and the rest "
				 "needs a new one, with its approval\n"));
	if (!run->id.len || !run->repository.len)
		return;
	buf_format(buf, "gh run rerun %.*s%s --repo %.*s\n", STR_ARG(str_shell(&scratch, run->id)),
		spent ? "" : " --failed", STR_ARG(str_shell(&scratch, run->repository)));
}

static bool is_added(const Err *err, const Fault *before)
{
	const Fault *fault = err->first;
	while (fault != before && !str_equal(fault->file, before->file))
		fault = fault->next;
	return fault != before;
}

/* Each file that has a fault of the first one's kind, as shell words; their number. */
static size_t add_files(Buf *buf, const Report *report, const Err *err)
{
	size_t count = 0;
	for (const Fault *fault = err->first; fault && count < FILES_MAX; fault = fault->next) {
		ARENA_SCRATCH(scratch);
		Str path = str_visible(&scratch, report_path(report, fault->file));
		if (fault->kind != err->first->kind || !path.len || is_added(err, fault))
			continue;
		buf_format(buf, " %.*s", STR_ARG(str_shell(&scratch, path)));
		count++;
	}
	return count;
}

/* What pushes are made from is protected, as a rule: a correction comes by a pull request. */
static void add_correct(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Str branch = !report->dry ? report->run.branch : (Str){0};
	Buf files = buf_new(&scratch, STEPS_MAX);
	size_t count = add_files(&files, report, err);
	buf_format(buf, "# when the file%s corrected:\n%sgit add --%.*s\n",
		count == 1 ? " is" : "s are",
		branch.len ? "git switch --create correct-migration\n" : "",
		STR_ARG(buf_str(&files)));
	buf_add(buf, STR("git commit -m 'Correct a migration'\n"));
	if (!branch.len)
		buf_add(buf, STR("git push\n"));
	else
		buf_format(buf,
			"git push --set-upstream origin correct-migration\n"
			"gh pr create --base %.*s --fill\n",
			STR_ARG(str_shell(&scratch, str_visible(&scratch, branch))));
}

/* The same run would reach it again. */
static void add_limit(Buf *buf, const Report *report, const Err *err)
{
	buf_add(buf, STR("# give statement-timeout more time in the workflow, "
			 "or make the statement faster\n"));
	add_correct(buf, report, err);
}

static bool is_of_seed(const Report *report)
{
	for (size_t i = 0; i < report->extras.seeds.items.count; i++)
		if (report->extras.seeds.items.items[i].state == SEED_UNKNOWN)
			return true;
	return false;
}

static void add_look(Buf *buf, const Report *report, const Err *err)
{
	buf_add(buf, STR("# what does the history say?\n"));
	buf_add(buf, is_of_seed(report)
			     ? STR("psql \"$DB_URL\" -c 'SELECT path, hash FROM "
				   "supabase_migrations.seed_files'\n")
			     : STR("psql \"$DB_URL\" -c 'SELECT version, name FROM "
				   "supabase_migrations.schema_migrations ORDER BY version DESC "
				   "LIMIT 5'\n"));
	add_repeat(buf, report, err, "run it again: what is recorded is not run a second time");
}

Str next_steps_commands(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, STEPS_MAX);
	if (!err->first)
		return (Str){0};
	switch (step_for(report, err)) {
	case STEP_CORRECT:
		add_correct(&buf, report, err);
		break;
	case STEP_REPEAT:
		add_repeat(&buf, report, err,
			verdict_is_written(report, err)
				? "run it again: it goes on where this run has stopped"
				: "run it again");
		break;
	case STEP_LIMIT:
		add_limit(&buf, report, err);
		break;
	case STEP_LOOK:
		add_look(&buf, report, err);
		break;
	case STEP_MEND:
		add_repeat(&buf, report, err,
			"staging has run this file as it is, and a changed one would be refused:\n"
			"# mend what is different here (data, privileges, objects), "
			"then run it again");
		break;
	case STEP_NONE:
		break;
	}
	return buf_str(&buf);
}

/* ---- in words ---- */

static Str correct_words(const Report *report)
{
	for (size_t i = 0; i < report->push.count; i++)
		if (report->push.rows[i].state == PUSH_PARTLY)
			return STR("correct what comes behind the statements that are done, "
				   "and push the correction");
	return report->push.applied
		       ? STR("correct the file and push the correction: nothing of the file is in "
			     "the database; what was applied before it stays, and is not run again")
		       : STR("correct the file and push the correction: "
			     "nothing of the file is in the database");
}

static Str first_step(const Report *report, const Err *err)
{
	switch (step_for(report, err)) {
	case STEP_CORRECT:
		return correct_words(report);
	case STEP_REPEAT:
		return verdict_is_written(report, err)
			       ? STR("run the job again: it goes on where this one has stopped")
			       : STR("run the job again");
	case STEP_LIMIT:
		return STR("give statement-timeout more time, or correct the file");
	case STEP_LOOK:
		return STR("look what the history says, before the job is run again");
	case STEP_MEND:
		return STR("staging has run this file as it is, and a changed one would be "
			   "refused: mend what is different here, and run the job again");
	case STEP_NONE:
		break;
	}
	return (Str){0};
}

Str next_steps_help(Arena *arena, const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	if (!fault)
		return (Str){0};
	Str help = fault->hint.len ? fault->hint : first_step(report, err);
	if (!is_spent(report, err))
		return help;
	return str_format(arena,
		"%.*s%sthe approved plan is done in part, and the rest needs a new one with its "
		"approval: run all jobs of the workflow, not this one alone",
		STR_ARG(help), help.len ? "\n" : "");
}
