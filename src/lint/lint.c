#include "lint/lint.h"

#include "lint/judge_analysis.h"
#include "lint/lint_change.h"
#include "lint/lint_run.h"
#include "lint/predict.h"

static Fault *add_refusal(LintRun *run, const EffectRefusal *refusal, LintLevel level)
{
	LintValues values = lint_values(run->arena, refusal->action);
	values.what = refusal->what;
	values.object = refusal->object;
	size_t offset = refusal->offset ? refusal->offset : refusal->action->offset;
	Fault *fault = lint_add(run, refusal->rule, level, offset, &values);
	if (fault)
		fault->sqlstate = refusal->sqlstate;
	return fault;
}

/* One is enough: the server stops at the first. */
static void tell_refusal(LintRun *run, const Effect *effect)
{
	if (effect->refusals.count) {
		const EffectRefusal *refusal = &effect->refusals.items[0];
		add_refusal(run, refusal, lint_rule_level(refusal->rule));
		return;
	}
	for (size_t i = 0; i < effect->doubts.count; i++) {
		Fault *fault = add_refusal(run, &effect->doubts.items[i], LINT_LEVEL_warn);
		if (fault)
			fault->certainty = CERTAINTY_LIKELY;
	}
}

static void tell_allow(LintRun *run, const LintAllow *allow)
{
	bool is_known = allow->rule != LINT_RULES && allow->has_reason;
	if (is_known && lint_is_blind(run))
		return; /* the target may have what it is for */
	LintId rule = is_known ? LINT_ALLOW_UNUSED : LINT_ALLOW_UNKNOWN;
	Fault *fault = lint_add(run, rule, lint_rule_level(rule), 0,
		&(LintValues){.what = is_known ? lint_rule(allow->rule)->name : allow->words});
	if (!fault)
		return;
	Place place = script_place(run->script, allow->at);
	fault->line = place.line;
	fault->col = place.col;
}

/* What allows nothing is a finding of its own; known at the end of the plan. */
static void tell_allows(LintRun *run)
{
	run->allows = NULL;
	for (size_t i = 0; i < run->comments.count; i++) {
		const Comments *comments = &run->comments.items[i];
		run->script = comments->script;
		run->statement = comments->statement;
		for (size_t j = 0; j < comments->allows->count; j++)
			if (!comments->allows->items[j].is_used)
				tell_allow(run, &comments->allows->items[j]);
	}
}

static void run_statement(LintRun *run, Lint *out, size_t index)
{
	const Statement *statement = &run->script->statements[index];
	LintAllows *allows = arena_new(run->arena, LintAllows);
	*allows = lint_allow_read(run->arena, run->script, index);
	*vec_add(run->arena, &run->comments) = (Comments){run->script, statement, allows};
	run->statement = statement;
	run->allows = allows;
	lint_collide(run);
	lint_change_before(run);
	Prediction *prediction = vec_add(run->arena, &out->predictions);
	*prediction = (Prediction){run->script, statement, predict(&run->world, statement)};
	Effect *effect = &prediction->effect;
	if (run->input->analyses)
		judge_analyses(&run->world, statement, run->input->analyses, effect);
	lint_change_after(run, effect);
	tell_refusal(run, effect);
	lint_waits(run, effect);
	if (lint_is_blind(run) && statement->facts)
		lint_text(run);
	if (statement->facts && !effect->refusals.count && !effect->is_skipped)
		lint_protect(run);
}

void lint_run(Arena *arena, const LintInput *input, Lint *out, const LintFindings *findings)
{
	LintRun run = {.arena = arena,
		.input = input,
		.findings = findings,
		.world = world_new(arena, input->catalog)};
	out->has_catalog = input->catalog && !input->catalog->is_assumed;
	for (size_t i = 0; i < input->count && input->options->level != LINT_LEVEL_off; i++) {
		run.script = &input->scripts[i];
		run.held.count = 0;
		world_begin_transaction(&run.world, run.script->mode == SCRIPT_ATOMIC);
		for (size_t j = 0; j < run.script->count; j++)
			if (script_runs(run.script, j))
				run_statement(&run, out, j);
	}
	lint_protect_end(&run);
	lint_change_end(&run);
	tell_allows(&run);
	out->judgements = run.judgements;
}

bool lint_refuses(const Lint *lint, const Statement *statement)
{
	for (size_t i = 0; i < lint->predictions.count; i++)
		if (lint->predictions.items[i].statement == statement)
			return lint->predictions.items[i].effect.refusals.count > 0;
	return false;
}
