#include "report/next_steps.h"

#include "base/rule.h"
#include "report/fault.h"
#include "report/verdict.h"

typedef enum Step {
#define STEP(name, words, before) STEP_##name,
#include "report/step.def"
#undef STEP
} Step;

static const struct {
	Str words;
	const char *before;
} table[] = {
#define STEP(name, words, before) {STR_INIT(words), before},
#include "report/step.def"
#undef STEP
};

enum {
	STEPS_MAX = 16 * 1024,
	FILES_MAX = 20,
};

#define SPENT                                                                                      \
	"the approved plan is done in part, and what is left needs a new plan and its approval: "  \
	"run all jobs of the workflow again, not this one alone"

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
		return no_file || is_lasting(fault) ? STEP_SETTLE : correct_step(report);
	case ERR_NEXT_REPEAT:
		return is_lasting(fault) ? STEP_SETTLE : repeat_step(report, err);
	case ERR_NEXT_LOOK:
		return is_to_be_looked_at(report, err) ? STEP_LOOK : repeat_step(report, err);
	case ERR_NEXT_NONE:
		break;
	}
	return fault->kind == ERR_INPUT ? STEP_SETTINGS : STEP_NONE;
}

/* Whoever approved it has approved it whole: what is left of it is another plan. */
static bool is_spent(const Report *report, const Err *err)
{
	return report->guards.asked[GROUP_PLAN] && verdict_is_written(report, err);
}

/* ---- remedies ---- */

#define SEE_ABOVE "put right what is said above"

bool next_steps_has_one_remedy(const Err *err)
{
	const Fault *fault = err->first;
	if (!fault || (!fault->hint.len && fault->next))
		return false;
	while ((fault = fault->next))
		if (fault->hint.len && !fault_asks_the_same(fault, err->first))
			return false;
	return true;
}

static bool has_remedies(const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (fault->hint.len)
			return true;
	return false;
}

/* What the findings themselves ask for; `otherwise` if they ask for nothing. */
static void add_remedy(Buf *buf, const Report *report, const Err *err, Str otherwise)
{
	ARENA_SCRATCH(scratch);
	Str help = next_steps_help(&scratch, report, err);
	if (next_steps_has_one_remedy(err) || !has_remedies(err))
		buf_format(buf, "%.*s\n", STR_ARG(help.len ? help : otherwise));
	else
		buf_format(buf, "%.*s%s\n", STR_ARG(otherwise),
			is_spent(report, err) ? "\n" SPENT : "");
}

/* ---- commands: lines that begin with two blanks ---- */

/* A line before commands, unless the remedy has said the same in more words. */
static void add_before(Buf *buf, const Err *err, Step step)
{
	const Fault *first = err->first;
	bool is_said = table[step].words.len && (!first->hint.len || first->is_hint_general);
	if (*table[step].before && !is_said)
		buf_format(buf, "%s\n", table[step].before);
}

static void add_repeat(Buf *buf, const Report *report, const Err *err, Step step)
{
	ARENA_SCRATCH(scratch);
	const ReportRun *run = &report->run;
	add_before(buf, err, step);
	if (!run->id.len || !run->repository.len)
		return;
	buf_format(buf, "  gh run rerun %.*s%s --repo %.*s\n",
		STR_ARG(str_shell(&scratch, run->id)), is_spent(report, err) ? "" : " --failed",
		STR_ARG(str_shell(&scratch, run->repository)));
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
static void add_commit(Buf *buf, const Report *report, Str files, bool is_types)
{
	ARENA_SCRATCH(scratch);
	Str branch = !report->dry ? report->run.branch : (Str){0};
	if (branch.len)
		buf_add(buf, STR("  git switch --create correct-migration\n"));
	buf_format(buf, "  git add --%.*s\n", STR_ARG(files));
	buf_format(buf, "  git commit -m '%s'\n",
		is_types ? "Renew the TypeScript types" : "Correct a migration");
	if (!branch.len)
		buf_add(buf, STR("  git push\n"));
	else
		buf_format(buf,
			"  git push --set-upstream origin correct-migration\n"
			"  gh pr create --base %.*s --fill\n",
			STR_ARG(str_shell(&scratch, str_visible(&scratch, branch))));
}

static void add_correct(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf files = buf_new(&scratch, STEPS_MAX);
	size_t count = add_files(&files, report, err);
	buf_format(buf, "When the file%s corrected:\n", count == 1 ? " is" : "s are");
	add_commit(buf, report, buf_str(&files), err_kind(err) == ERR_TYPES);
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
	buf_add(buf, STR("This shows it:\n"));
	buf_add(buf, is_of_seed(report)
			     ? STR("  psql \"$DB_URL\" -c 'SELECT path, hash FROM "
				   "supabase_migrations.seed_files'\n")
			     : STR("  psql \"$DB_URL\" -c 'SELECT version, name FROM "
				   "supabase_migrations.schema_migrations ORDER BY version DESC "
				   "LIMIT 5'\n"));
	add_repeat(buf, report, err, STEP_LOOK);
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

/* One rule that files break in the same way, each with commands of its own. */
static bool is_one_rule(const Err *err)
{
	const Rule *rule = err->first->rule;
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (!rule || fault->rule != rule || rule->next != ERR_NEXT_CORRECT)
			return false;
	return true;
}

/* Of a remedy the words up to its first commands, or these commands. */
static void add_first_way(Buf *buf, Str hint, bool commands)
{
	Str line;
	bool has_begun = false;
	while (str_next(&hint, '\n', &line)) {
		bool is_command = str_starts(line, STR("  "));
		if (has_begun && !is_command)
			return;
		has_begun = is_command;
		if (is_command == commands)
			buf_format(buf, "%.*s\n", STR_ARG(line));
	}
}

/* What can be copied at once: the other ways out are with the findings, for whoever copies all of
 * this must not do one and the other. */
static void add_ways(Buf *buf, const Err *err)
{
	size_t count = 0;
	add_first_way(buf, err->first->hint, false);
	for (const Fault *fault = err->first; fault && count < FILES_MAX; fault = fault->next) {
		add_first_way(buf, fault->hint, true);
		count++;
	}
	if (err->count > count)
		buf_format(buf, "… and so on for %zu more. ", err->count - count);
}

/* After findings that block: files are corrected, or the same run comes again. */
static void add_findings(Buf *buf, const Report *report, const Err *err)
{
	ARENA_SCRATCH(scratch);
	ErrNext next = ERR_NEXT_NONE;
	for (const Fault *fault = err->first; fault; fault = fault->next)
		if (fault->rule && (next == ERR_NEXT_NONE || fault->rule->next == ERR_NEXT_CORRECT))
			next = fault->rule->next;
	if (!next_steps_has_one_remedy(err) && is_one_rule(err))
		add_ways(buf, err);
	else
		add_remedy(buf, report, err, STR(SEE_ABOVE));
	Str folder = folder_of(&scratch, report, err);
	if (next == ERR_NEXT_CORRECT && folder.len) {
		buf_add(buf, STR("Then:\n"));
		add_commit(buf, report, folder, false);
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

/* After a run that did not come to its end. */
static void add_step(Buf *buf, const Report *report, const Err *err)
{
	Step step = step_for(report, err);
	add_remedy(buf, report, err,
		step == STEP_SETTINGS ? str_from(table[step].before) : STR(SEE_ABOVE));
	switch (step) {
	case STEP_CORRECT:
	case STEP_CORRECT_NEXT:
	case STEP_CORRECT_REST:
		add_correct(buf, report, err);
		break;
	case STEP_REPEAT:
	case STEP_GO_ON:
	case STEP_ADAPT:
	case STEP_REMEDIED:
		add_repeat(buf, report, err, step);
		break;
	case STEP_SETTINGS:
		add_repeat(buf, report, err, STEP_NONE);
		break;
	case STEP_LIMIT:
		add_before(buf, err, step);
		add_correct(buf, report, err);
		break;
	case STEP_GRANT:
		add_repeat(buf, report, err, step);
		add_correct(buf, report, err);
		break;
	case STEP_LOOK:
		add_look(buf, report, err);
		break;
	case STEP_SETTLE:
		add_before(buf, err, step);
		break;
	case STEP_NONE:
		break;
	}
}

Str next_steps_advice(Arena *arena, const Report *report, const Err *err)
{
	Buf buf = buf_new(arena, STEPS_MAX);
	if (!err->first)
		return (Str){0};
	if (report->status != STATUS_BLOCKED) {
		add_step(&buf, report, err);
	} else if (is_of_target(report, err)) {
		buf_format(&buf, "%.*s\n", STR_ARG(table[STEP_ADAPT].words));
		add_repeat(&buf, report, err, STEP_NONE);
	} else {
		add_findings(&buf, report, err);
	}
	return buf_str(&buf);
}

Str next_steps_help(Arena *arena, const Report *report, const Err *err)
{
	const Fault *fault = err->first;
	if (!fault)
		return (Str){0};
	Str help = fault->hint.len ? fault->hint : table[step_for(report, err)].words;
	if (!is_spent(report, err) || str_ends(help, STR(SPENT)))
		return help;
	return str_format(arena, "%.*s%s" SPENT, STR_ARG(help), help.len ? "\n" : "");
}
