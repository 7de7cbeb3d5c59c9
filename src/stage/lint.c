/* What will pending files do to the target? */
#include "stage/lint.h"

#include "base/str_map.h"
#include "lint/lint.h"
#include "lint/lint_ask.h"
#include "server/analyse.h"
#include "stage/catalog.h"
#include "stage/files.h"

static bool read_level(Str word, LintLevel *out)
{
	static const struct {
		Str word;
		LintLevel level;
	} words[] = {{STR_INIT("error"), LINT_LEVEL_error}, {STR_INIT("warn"), LINT_LEVEL_warn},
		{STR_INIT("note"), LINT_LEVEL_note}, {STR_INIT("off"), LINT_LEVEL_off}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(word, words[i].word)) {
			*out = words[i].level;
			return true;
		}
	return false;
}

static void load_line(Run *run, Str line, Err *err)
{
	Str rest = line, name;
	LintLevel level;
	if (!line.len)
		return;
	str_next(&rest, '=', &name);
	LintId id = lint_rule_find(str_trim(name));
	if (id == LINT_RULES) {
		err_add(err, ERR_INPUT, "lint-rules: there is no rule %.*s",
			STR_ARG(str_trim(name)))
			->hint = STR("docs/lint.md has the rules; a line is rule=level");
	} else if (!read_level(str_trim(rest), &level)) {
		err_add(err, ERR_INPUT,
			"lint-rules: the level of %.*s is none of error, warn, note and off",
			STR_ARG(str_trim(name)));
	} else {
		run->lint.is_set[id] = true;
		run->lint.rules[id] = level;
	}
}

void lint_load(Run *run, Err *err)
{
	Str rules = run->inputs->lint_rules, line;
	run->lint.level = (LintLevel)run->inputs->lint;
	while (rules.len && str_next(&rules, '\n', &line))
		load_line(run, str_trim(line), err);
}

/* Without the catalogue, the files' text alone is judged; why, is said. */
static void read_catalog(Run *run)
{
	Err failure = {.arena = run->arena};
	if (catalog_load(run, &failure))
		return;
	run_note(run, (Str){0},
		str_format(run->arena,
			"the target's catalogue was not read: what pending files do to it is shown "
			"from their text alone (%.*s)",
			STR_ARG(failure.first->message)));
}

static void judge(Run *run, const LintInput *input)
{
	Err warnings = {.arena = run->arena}, notes = {.arena = run->arena};
	lint_run(run->arena, input, &run->report->lint,
		&(LintFindings){&run->refusals, &warnings, &notes});
	run_warn(run, &warnings);
	run_log_faults(&run->workflow->log, "note", &notes); /* the summary has a table of them */
	err_append(&run->report->notes, &notes);
}

/* Without answers, expressions and queries are not judged; why, is said. */
static void analyse(Run *run, const LintInput *input, Analyses *analyses)
{
	Err failure = {.arena = run->arena};
	lint_ask(run->arena, input, analyses);
	if (analyse_ask(&run->database.session, analyses, &failure) || !failure.count)
		return;
	run_note(run, (Str){0},
		str_format(run->arena,
			"the server has not analysed the expressions and queries of pending files "
			"(%.*s)",
			STR_ARG(failure.first->message)));
}

bool stage_lint(Run *run)
{
	LintInput input = {.scripts = run->scripts,
		.count = run->report->plan.pending.count,
		.options = &run->lint};
	Analyses analyses = {0};
	if (!input.count || run->lint.level == LINT_LEVEL_off)
		return true;
	read_catalog(run);
	input.catalog = run->catalog;
	analyse(run, &input, &analyses);
	input.analyses = &analyses;
	judge(run, &input);
	return true;
}

/* ---- without a database ---- */

/* Files that were there before may have been applied long ago. */
static StrMap added_paths(const Run *run)
{
	StrMap paths = {0};
	FilesChange change;
	for (size_t at = 0; files_next_change(run, &at, &change);)
		if (change.status == CHANGE_ADDED)
			*str_map_at(run->arena, &paths, change.path) = 1;
	return paths;
}

/* What cannot be run at all was said when the syntax was checked. */
static size_t read_added(const Run *run, Script *scripts)
{
	StrMap added = added_paths(run);
	Err said = {.arena = run->arena};
	size_t count = 0;
	for (size_t i = 0; i < run->source.migrations.count; i++)
		if (str_map_find(&added, run->source.migrations.items[i].path))
			script_read(run->arena, &run->source.migrations.items[i], &scripts[count++],
				&said);
	return count;
}

static void say(const Run *run, Str text)
{
	log_line(&run->workflow->log, "%.*s", STR_ARG(text));
	run_note(run, (Str){0}, text);
}

void lint_offline(Run *run)
{
	if (run->inputs->mode != MODE_DRY_RUN || run->lint.level == LINT_LEVEL_off)
		return;
	if (!run->detected.known) {
		say(run, STR("lint has judged nothing: which migrations are new is unknown"));
		return;
	}
	Script *scripts = arena_array(run->arena, Script, run->source.migrations.count + 1);
	size_t count = read_added(run, scripts);
	Catalog catalog = catalog_assumed(run->arena);
	if (!count)
		return;
	judge(run, &(LintInput){.scripts = scripts,
			   .count = count,
			   .catalog = &catalog,
			   .options = &run->lint});
	say(run,
		str_format(run->arena,
			"%zu new migration%s judged by the text alone: the target, its tables and their sizes were not looked at",
			count, count == 1 ? " was" : "s were"));
	err_append(run->err, &run->refusals);
}
