#include "rehearse/rules.h"

#include "effects/origin.h"

static const struct {
	Rule rule;
	Certainty certainty;
} table[] = {
#define RULE(name, rule, certainty)                                                                \
	{{STR_INIT(rule), GROUP_REHEARSAL, ERR_NEXT_CORRECT}, CERTAINTY_##certainty},
#include "rehearse/rules.def"
#undef RULE
};

void rehearsal_mark(Fault *fault, RehearsalRule rule)
{
	fault->rule = &table[rule].rule;
	fault->certainty = table[rule].certainty;
}

static const struct {
	Str kind;
	ActionKind by;
	Str says, remedy;
} security[] = {
#define SECURITY(kind, by, says, remedy)                                                           \
	{STR_INIT(kind), ACTION_##by, STR_INIT(says), STR_INIT(remedy)},
#include "rehearse/security.def"
#undef SECURITY
};

void rehearsal_add_security(const Rehearsal *rehearsal, const Thing *thing, Err *err)
{
	for (size_t i = 0; i < sizeof security / sizeof *security; i++) {
		if (!str_equal(security[i].kind, thing->kind))
			continue;
		const Origin origin = origin_find(rehearsal, thing, security[i].by);
		Fault *fault = err_add(err, ERR_REHEARSAL, "%.*s: %.*s", STR_ARG(thing->object),
			STR_ARG(security[i].says));
		fault->hint = security[i].remedy;
		fault->object = thing->object;
		rehearsal_mark(fault, REHEARSAL_SECURITY);
		if (!origin.script)
			continue;
		fault->file = origin.script->migration->path;
		script_locate(err->arena, origin.script, origin.statement, 0, fault);
	}
}

/* The first statement that was not run by itself. */
static const Effects *first_not_run(const RehearsedFile *file)
{
	for (size_t i = 0; i < file->script->count; i++)
		if (file->effects[i].not_run)
			return &file->effects[i];
	return NULL;
}

void rehearsal_add_not_run(const RehearsedFile *file, Err *err)
{
	const Effects *effects = first_not_run(file);
	NotRun why = effects && !file->not_run ? effects->not_run : file->not_run;
	Str what = effects ? effects->not_run_what : (Str){0}, sentence = not_run_sentence(why);
	Fault *fault = err_add(err, ERR_REHEARSAL, "%.*s was not fully rehearsed: %.*s%s%.*s%s",
		STR_ARG(file->script->migration->file), STR_ARG(sentence), what.len ? " (" : "",
		STR_ARG(what), what.len ? ")" : "");
	fault->file = file->script->migration->path;
	if (effects)
		script_locate(err->arena, file->script, effects->statement, 0, fault);
	rehearsal_mark(fault, REHEARSAL_NOT_REHEARSED);
}

static Fault *add_hold(const Hold *hold, Str words, Err *err)
{
	Fault *fault = err_add(err, ERR_REHEARSAL, "%.*s", STR_ARG(words));
	const Script *script = hold->file->script;
	fault->file = script->migration->path;
	fault->object = hold->relation->shown;
	script_locate(err->arena, script, hold->from->statement, 0, fault);
	return fault;
}

void rehearsal_add_hold(const Hold *hold, Str words, Err *err)
{
	Fault *fault = add_hold(hold, words, err);
	fault->hint = STR("make the file shorter from there on, or do it when nobody waits: what "
			  "takes time belongs before the lock, or into a file of its own");
	rehearsal_mark(fault, REHEARSAL_BLOCKS);
}

void rehearsal_add_brief_hold(const Hold *hold, Str words, Err *err)
{
	rehearsal_mark(add_hold(hold, words, err), REHEARSAL_BLOCKS_BRIEFLY);
}
