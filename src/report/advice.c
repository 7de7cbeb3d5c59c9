#include "report/advice.h"

/* What may help. */
typedef enum Step {
	STEP_NONE,
	STEP_CORRECT, /* the file */
	STEP_REPEAT, /* the run */
	STEP_LOOK, /* into the history first */
	STEP_MEND, /* the target, for staging has had the file as it is */
} Step;

static const struct {
	ErrKind kind;
	Step step;
} by_kind[] = {{ERR_SYNTAX, STEP_CORRECT}, {ERR_MIGRATION, STEP_CORRECT}, {ERR_OUTCOME, STEP_LOOK},
	{ERR_CONNECT, STEP_REPEAT}, {ERR_CANCELLED, STEP_REPEAT}, {ERR_SERVICE, STEP_REPEAT},
	{ERR_RUNNER, STEP_REPEAT}, {ERR_DETECT, STEP_REPEAT}};

/* Nothing is wrong with the file of these. */
static const Str transient[] = {STR_INIT("55P03"), STR_INIT("40P01"), STR_INIT("57014"),
	STR_INIT("57P01"), STR_INIT("40001"), STR_INIT("53300")};

static bool is_as_on_staging(const Report *report, const Err *err, Str path)
{
	for (size_t i = 0; i < report->push.count; i++) {
		const Migration *migration = report->push.rows[i].script->migration;
		if (str_equal(migration->path, path))
			return report_staging(report, err, migration) == STAGING_SAME;
	}
	return false;
}

enum {
	STEPS_MAX = 16 * 1024
};

static Step step_for(const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	for (size_t i = 0; i < sizeof transient / sizeof *transient; i++)
		if (str_equal(fault->sqlstate, transient[i]))
			return STEP_REPEAT;
	for (size_t i = 0; i < sizeof by_kind / sizeof *by_kind; i++)
		if (by_kind[i].kind == fault->kind)
			return by_kind[i].step == STEP_CORRECT &&
					       is_as_on_staging(report, err, fault->file)
				       ? STEP_MEND
				       : by_kind[i].step;
	return STEP_NONE;
}

static void add_repeat(Buf *buf, const Report *report, const char *why)
{
	ARENA_SCRATCH(scratch);
	const ReportRun *run = &report->run;
	buf_format(buf, "# %s\n", why);
	if (!run->id.len || !run->repository.len)
		return;
	buf_format(buf, "gh run rerun %.*s --failed --repo %.*s\n",
		STR_ARG(str_shell(&scratch, run->id)),
		STR_ARG(str_shell(&scratch, run->repository)));
}

static void add_correct(Buf *buf, const Report *report, const Fault *fault)
{
	ARENA_SCRATCH(scratch);
	Str path = report_path(report, fault->file);
	if (!path.len)
		return;
	path = str_shell(&scratch, str_visible(&scratch, path));
	buf_format(buf,
		"# correct the file%s; then\ngit add -- %.*s\n"
		"git commit -m 'Correct a migration'\ngit push\n",
		report->push.applied ? ", which is not applied: what ran before it stays, and is "
				       "not run again"
				     : "",
		STR_ARG(path));
}

static void add_look(Buf *buf, const Report *report)
{
	ARENA_SCRATCH(scratch);
	buf_add(buf, STR("# what does the history say?\n"
			 "psql \"$DB_URL\" -c 'SELECT version, name FROM "
			 "supabase_migrations.schema_migrations ORDER BY version DESC LIMIT 5'\n"));
	add_repeat(buf, report, "run it again: what is recorded is not run a second time");
}

Str advice_steps(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, STEPS_MAX);
	if (!err->first)
		return (Str){0};
	switch (step_for(report, err)) {
	case STEP_CORRECT:
		add_correct(&buf, report, err->first);
		break;
	case STEP_REPEAT:
		add_repeat(&buf, report, "run it again: it goes on where this run has stopped");
		break;
	case STEP_LOOK:
		add_look(&buf, report);
		break;
	case STEP_MEND:
		add_repeat(&buf, report,
			"staging has run this file as it is, and a changed one would be refused:\n"
			"# mend what is different here (data, privileges, objects), then run it "
			"again");
		break;
	case STEP_NONE:
		break;
	}
	return buf_str(&buf);
}
