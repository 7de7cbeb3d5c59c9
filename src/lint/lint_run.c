#include "lint/lint_run.h"

bool lint_is_blind(const LintRun *run)
{
	const Catalog *catalog = run->input->catalog;
	return !catalog || catalog->is_assumed;
}

static LintLevel lower(LintLevel level)
{
	return level == LINT_LEVEL_error ? LINT_LEVEL_warn : LINT_LEVEL_note;
}

static LintLevel level_of(const LintOptions *options, LintId rule, LintLevel level)
{
	if (options->is_set[rule])
		return options->rules[rule];
	return level == LINT_LEVEL_warn && options->level == LINT_LEVEL_error ? LINT_LEVEL_error
									      : level;
}

static Err *list_of(const LintFindings *findings, LintLevel level)
{
	switch (level) {
	case LINT_LEVEL_error:
		return findings->errors;
	case LINT_LEVEL_warn:
		return findings->warnings;
	case LINT_LEVEL_note:
		return findings->notes;
	case LINT_LEVEL_off:
		break;
	}
	return NULL;
}

static void locate(LintRun *run, size_t offset, Fault *fault)
{
	const Statement *statement = run->statement;
	fault->file = run->script->migration->path;
	script_locate(run->arena, run->script, statement, 0, fault);
	const char *point = script_point(statement, 0);
	const char *at = statement->text.ptr + offset;
	if (at <= point || offset >= statement->text.len)
		return;
	Place place = script_place(run->script, at);
	fault->line = place.line;
	fault->col = place.col;
	size_t position = str_utf8_count(str_head(statement->text, offset)) + 1;
	fault->excerpt = script_excerpt(run->arena, run->script, statement, position);
}

static Fault *add_said(
	LintRun *run, Err *list, LintId rule, size_t offset, const LintValues *values)
{
	Str sentence = lint_sentence(list->arena, rule, values);
	Fault *fault = err_add(list, ERR_BLOCKED, "%.*s", STR_ARG(sentence));
	fault->rule = lint_rule(rule);
	fault->object = str_copy(list->arena, values->object);
	fault->hint = lint_remedy(list->arena, rule, values);
	locate(run, offset, fault);
	return fault;
}

Fault *lint_add(LintRun *run, LintId rule, LintLevel level, size_t offset, const LintValues *values)
{
	bool is_lower = lint_is_blind(run) && !run->input->options->is_set[rule];
	level = is_lower ? lower(level) : level_of(run->input->options, rule, level);
	Err *list = list_of(run->findings, level);
	bool is_said = list && !(run->allows && lint_allow_use(run->allows, rule));
	Fault *fault = is_said ? add_said(run, list, rule, offset, values) : NULL;
	if (fault)
		fault->certainty = is_lower ? CERTAINTY_LIKELY : CERTAINTY_PROVEN;
	*vec_add(run->arena, &run->judgements) = (Judgement){rule,
		str_copy(run->arena, values->object), str_copy(run->arena, values->name), fault};
	return fault;
}

Fault *lint_add_about(LintRun *run, LintId rule, const Action *action, Str object, Str what)
{
	LintValues values = lint_values(run->arena, action);
	values.object = object;
	values.what = what;
	return lint_add(run, rule, lint_rule_level(rule), action->offset, &values);
}
