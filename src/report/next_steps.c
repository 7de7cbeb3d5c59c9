#include "report/next_steps.h"

#include "base/rule.h"
#include "report/verdict.h"

typedef enum Step {
#define STEP(name, words, comment) STEP_##name,
#include "report/step.def"
#undef STEP
} Step;

static const struct {
	Str words;
	const char *comment;
} table[] = {
#define STEP(name, words, comment) {STR_INIT(words), comment},
#include "report/step.def"
#undef STEP
};

enum {
	STEPS_MAX = 16 * 1024,
	FILES_MAX = 20,
	FINDINGS_MAX = 20,
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

static Step correct_step(const Report *report)
{
	for (size_t i = 0; i < report->push.count; i++)
		if (report->push.rows[i].state == PUSH_PARTLY)
			return STEP_CORRECT_REST;
	return report->push.applied ? STEP_CORRECT_NEXT : STEP_CORRECT;
}

static Step repeat_step(const Report *report, const Err *err)
{
	return verdict_is_written(report, err) ? STEP_GO_ON : STEP_REPEAT;
}

/* Of a cause that decides, whatever the kind. */
static Step step_of_cause(const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	if (cause_has(fault->cause, CAUSE_PASSES))
		return repeat_step(report, err);
	if (cause_has(fault->cause, CAUSE_IS_LIMIT))
		return STEP_LIMIT;
	bool is_lacking = cause_has(fault->cause, CAUSE_IS_PRIVILEGE) &&
			  err_next(fault->kind) == ERR_NEXT_CORRECT;
	return is_lacking && !is_as_on_staging(report, err, fault->file) ? STEP_GRANT : STEP_NONE;
}

static Step step_for(const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	Step step = report->status == STATUS_FAILED ? step_of_cause(report, err) : STEP_NONE;
	if (step != STEP_NONE || report->status != STATUS_FAILED)
		return step;
	bool no_file = !fault->file.len || (fault->kind == ERR_DATA && !fault->line);
	switch (err_next(fault->kind)) {
	case ERR_NEXT_CORRECT:
		if (is_as_on_staging(report, err, fault->file))
			return STEP_ADAPT;
		return no_file || is_lasting(fault) ? STEP_NONE : correct_step(report);
	case ERR_NEXT_REPEAT:
		return is_lasting(fault) ? STEP_NONE : repeat_step(report, err);
	case ERR_NEXT_LOOK:
		return is_to_be_looked_at(report, err) ? STEP_LOOK : repeat_step(report, err);
	case ERR_NEXT_NONE:
		break;
	}
	return STEP_NONE;
}

/* Whoever approved it has approved it whole: what is left of it is another plan. */
static bool is_spent(const Report *report, const Err *err)
{
	return report->guards.asked[GROUP_PLAN] && verdict_is_written(report, err);
}

/* ---- in commands ---- */

static void add_repeat(Buf *buf, const Report *report, const Err *err, Step step)
{
	ARENA_SCRATCH(scratch);
	const ReportRun *run = &report->run;
	bool spent = is_spent(report, err);
	buf_format(buf, "# %s\n", table[step].comment);
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

/* What pushes are made from is protected, as a rule: a correction comes by a pull request. `files`:
 * as shell words, each after a blank. */
static void add_commit(Buf *buf, const Report *report, Str files)
{
	ARENA_SCRATCH(scratch);
	Str branch = !report->dry ? report->run.branch : (Str){0};
	if (branch.len)
		buf_add(buf, STR("git switch --create correct-migration\n"));
	buf_format(buf, "git add --%.*s\n", STR_ARG(files));
	buf_add(buf, STR("git commit -m 'Correct a migration'\n"));
	if (!branch.len)
		buf_add(buf, STR("git push\n"));
	else
		buf_format(buf,
			"git push --set-upstream origin correct-migration\n"
			"gh pr create --base %.*s --fill\n",
			STR_ARG(str_shell(&scratch, str_visible(&scratch, branch))));
}

static void add_correct(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf files = buf_new(&scratch, STEPS_MAX);
	size_t count = add_files(&files, report, err);
	buf_format(buf, "# when the file%s corrected:\n", count == 1 ? " is" : "s are");
	add_commit(buf, report, buf_str(&files));
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
	add_repeat(buf, report, err, STEP_LOOK);
}

/* ---- after findings ---- */

static bool has_commands(const Fault *fault)
{
	Str rest = fault->hint, line;
	while (str_next(&rest, '\n', &line))
		if (str_starts(line, STR("  ")))
			return true;
	return false;
}

/* The first way out that a remedy offers: its words, and its first commands. The others are with
 * the finding, for whoever copies all of this must not do one and the other. */
static void add_way(Buf *buf, const Fault *fault, bool with_words)
{
	Str rest = fault->hint, line;
	bool is_to_be_chosen = !fault->rule || fault->rule->next == ERR_NEXT_LOOK;
	if (is_to_be_chosen && has_commands(fault)) {
		buf_add(buf, STR("# which of the ways out is right has to be looked up first: "
				 "they are with the error\n"));
		return;
	}
	for (bool is_command = false; rest.len;) {
		bool was_command = is_command;
		is_command = str_starts(rest, STR("  "));
		if (was_command && !is_command)
			break;
		str_next(&rest, '\n', &line);
		if (is_command)
			buf_format(buf, "%.*s\n", STR_ARG(str_skip(line, 2)));
		else if (with_words)
			buf_format(buf, "# %.*s\n", STR_ARG(line));
	}
}

/* Where migrations are, as a shell word after a blank; empty if none is known. */
static Str folder_of(Arena *arena, const Report *report, const Err *err)
{
	const Migration *any = report->push.count ? report->push.rows[0].script->migration : NULL;
	Str path = err->first->file.len ? err->first->file : any ? any->path : (Str){0};
	size_t end = path.len;
	while (end && path.ptr[end - 1] != '/')
		end--;
	if (end < 2)
		return (Str){0};
	Str folder = str_visible(arena, report_path(report, str_head(path, end - 1)));
	return str_format(arena, " %.*s", STR_ARG(str_shell(arena, folder)));
}

static void add_findings(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	ErrNext next = ERR_NEXT_NONE;
	const Fault *before = NULL, *fault = err->first;
	for (size_t i = 0; fault && i < FINDINGS_MAX; i++, before = fault, fault = fault->next) {
		bool again = before && before->rule && before->rule == fault->rule;
		add_way(buf, fault, !again);
		if (fault->rule && (next == ERR_NEXT_NONE || fault->rule->next == ERR_NEXT_CORRECT))
			next = fault->rule->next;
	}
	if (fault)
		buf_format(buf, "# … and %zu more\n", err->count - FINDINGS_MAX);
	Str folder = folder_of(&scratch, report, err);
	if (next == ERR_NEXT_CORRECT && folder.len) {
		buf_add(buf, STR("# then:\n"));
		add_commit(buf, report, folder);
	} else if (next == ERR_NEXT_REPEAT) {
		add_repeat(buf, report, err, STEP_REMEDIED);
	}
}

/* ---- both ---- */

/* The file is right, and staging has run it: it is the target that does not take it. */
static bool is_of_target(const Report *report, const Err *err)
{
	const Rule *rule = err->first->rule;
	bool is_foreseen = rule && (rule->group == GROUP_DATA || rule->group == GROUP_LINT ||
					   rule->group == GROUP_REHEARSAL);
	return is_foreseen && is_as_on_staging(report, err, err->first->file);
}

Str next_steps_commands(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, STEPS_MAX);
	if (!err->first)
		return (Str){0};
	if (report->status == STATUS_BLOCKED) {
		if (is_of_target(report, err))
			add_repeat(&buf, report, err, STEP_ADAPT);
		else
			add_findings(&buf, report, err);
		return buf_str(&buf);
	}
	Step step = step_for(report, err);
	switch (step) {
	case STEP_CORRECT:
	case STEP_CORRECT_NEXT:
	case STEP_CORRECT_REST:
		add_correct(&buf, report, err);
		break;
	case STEP_REPEAT:
	case STEP_GO_ON:
	case STEP_ADAPT:
	case STEP_REMEDIED:
		add_repeat(&buf, report, err, step);
		break;
	case STEP_LIMIT:
		buf_format(&buf, "# %s\n", table[step].comment);
		add_correct(&buf, report, err);
		break;
	case STEP_GRANT:
		add_repeat(&buf, report, err, step);
		add_correct(&buf, report, err);
		break;
	case STEP_LOOK:
		add_look(&buf, report, err);
		break;
	case STEP_NONE:
		break;
	}
	return buf_str(&buf);
}

Str next_steps_help(Arena *arena, const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	if (!fault)
		return (Str){0};
	Str help = fault->hint.len ? fault->hint : table[step_for(report, err)].words;
	if (!is_spent(report, err))
		return help;
	return str_format(arena,
		"%.*s%sthe approved plan is done in part, and the rest needs a new one with its "
		"approval: run all jobs of the workflow, not this one alone",
		STR_ARG(help), help.len ? "\n" : "");
}
