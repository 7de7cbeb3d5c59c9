#include "effects/deny.h"

typedef struct DeniedFunction {
	Str name, except;
} DeniedFunction;

static const DeniedFunction functions[] = {
#define DENY_FUNCTION(name, except) {STR_INIT(name), STR_INIT(except)},
#define DENY_ACTION(kind, says)
#include "effects/deny.def"
#undef DENY_FUNCTION
#undef DENY_ACTION
};

static const struct {
	ActionKind kind;
	Str says;
} denied_actions[] = {
#define DENY_FUNCTION(name, except)
#define DENY_ACTION(kind, says) {ACTION_##kind, STR_INIT(says)},
#include "effects/deny.def"
#undef DENY_FUNCTION
#undef DENY_ACTION
};

enum {
	FUNCTIONS = sizeof functions / sizeof *functions,
	ACTIONS = sizeof denied_actions / sizeof *denied_actions,
};

/* Of what could not be looked into, this may hold anything. The rows of a long INSERT may not. */
static const unsigned blind = GAP_NOT_PARSED | GAP_DYNAMIC | GAP_LANGUAGE | GAP_BODY | GAP_CALL;

static bool matches(Str pattern, Str name)
{
	if (str_ends(pattern, STR("*")))
		return str_starts(name, str_head(pattern, pattern.len - 1));
	return str_equal(pattern, name);
}

static bool is_denied(ObjectName name)
{
	for (size_t i = 0; i < FUNCTIONS; i++)
		if (matches(functions[i].name, name.name) &&
			(!name.schema.len || !str_equal(functions[i].except, name.schema)))
			return true;
	return false;
}

static bool is_write(ActionKind kind)
{
	return kind == ACTION_INSERT || kind == ACTION_UPDATE || kind == ACTION_DELETE ||
	       kind == ACTION_MERGE || kind == ACTION_TRUNCATE;
}

Str deny_pattern(Arena *arena)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	buf_add(&buf, STR("\\m("));
	for (size_t i = 0; i < FUNCTIONS; i++) {
		Str name = functions[i].name;
		bool is_prefix = str_ends(name, STR("*"));
		buf_format(&buf, "%s%.*s%s", i ? "|" : "", (int)(name.len - is_prefix), name.ptr,
			is_prefix ? "\\w*" : "");
	}
	buf_add(&buf, STR(")\\M"));
	return buf_str(&buf);
}

Names deny_called(Arena *arena, const Script *scripts, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < scripts[i].count; j++) {
			const Facts *facts = scripts[i].statements[j].facts;
			for (size_t k = 0; facts && k < facts->uses.count; k++)
				if (facts->uses.items[k].kind == USE_FUNCTION)
					*vec_add(arena, &names) = facts->uses.items[k].name.name;
			for (size_t k = 0; facts && k < facts->actions.count; k++)
				if (facts->actions.items[k].object_kind == OBJECT_TRIGGER)
					*vec_add(arena, &names) =
						facts->actions.items[k].other.name;
		}
	return names;
}

Names deny_written(Arena *arena, const Script *scripts, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < scripts[i].count; j++) {
			const Facts *facts = scripts[i].statements[j].facts;
			for (size_t k = 0; facts && k < facts->actions.count; k++)
				if (is_write(facts->actions.items[k].kind))
					*vec_add(arena, &names) =
						facts->actions.items[k].object.name;
		}
	return names;
}

/* ---- what the plan itself creates ---- */

/* Does the body of a function that `facts` creates hold what is denied? */
static NotRun judge_body(const Facts *facts, Str *what)
{
	for (size_t i = 0; i < facts->uses.count; i++) {
		const Use *use = &facts->uses.items[i];
		if (!use->in_function || use->kind != USE_FUNCTION || !is_denied(use->name))
			continue;
		*what = use->name.name;
		return NOT_RUN_LASTING;
	}
	return facts->function_gaps & blind ? NOT_RUN_UNANALYSED : NOT_RUN_NONE;
}

static NotRun judge_called(const DenyOptions *options, Str name, Str *what, int depth);

static bool is_routine(const Action *action)
{
	return action->object_kind == OBJECT_FUNCTION || action->object_kind == OBJECT_PROCEDURE;
}

CreatedList deny_created(Arena *arena, const Script *scripts, size_t count)
{
	CreatedList list = {0};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < scripts[i].count; j++) {
			const Facts *facts = scripts[i].statements[j].facts;
			for (size_t k = 0; facts && k < facts->actions.count; k++) {
				const Action *action = &facts->actions.items[k];
				bool is_trigger = action->object_kind == OBJECT_TRIGGER;
				if (action->kind != ACTION_CREATE || action->in_function ||
					(!is_trigger && !is_routine(action)))
					continue;
				*vec_add(arena, &list) = (Created){facts, action->object.name,
					is_trigger ? action->other.name : (Str){0}};
			}
		}
	return list;
}

/* A function of this name that the plan creates, and what that calls in turn. */
static NotRun judge_created(const DenyOptions *options, Str name, Str *what, int depth)
{
	enum {
		DEPTH_MAX = 8
	};
	NotRun worst = NOT_RUN_NONE;
	if (depth > DEPTH_MAX)
		return NOT_RUN_UNANALYSED;
	for (size_t i = 0; i < options->created.count && !worst; i++) {
		const Created *created = &options->created.items[i];
		if (created->calls.len || !str_equal(created->name, name))
			continue;
		worst = judge_body(created->facts, what);
		for (size_t k = 0; k < created->facts->uses.count && !worst; k++) {
			const Use *use = &created->facts->uses.items[k];
			if (use->in_function && use->kind == USE_FUNCTION &&
				!str_equal(use->name.name, name))
				worst = judge_called(options, use->name.name, what, depth + 1);
		}
	}
	return worst;
}

static NotRun judge_there(const Suspects *there, Str name, bool is_table, Str *what)
{
	for (size_t i = 0; i < there->count; i++) {
		const Suspect *suspect = &there->items[i];
		if (suspect->is_table != is_table || !str_equal(suspect->root, name))
			continue;
		*what = suspect->what;
		return suspect->is_lasting ? NOT_RUN_LASTING : NOT_RUN_UNANALYSED;
	}
	return NOT_RUN_NONE;
}

static NotRun judge_called(const DenyOptions *options, Str name, Str *what, int depth)
{
	NotRun why = judge_created(options, name, what, depth);
	return why ? why : judge_there(&options->there, name, false, what);
}

/* Triggers that the plan puts on a table. */
static NotRun judge_new_triggers(const DenyOptions *options, Str table, Str *what)
{
	NotRun why = NOT_RUN_NONE;
	for (size_t i = 0; i < options->created.count && !why; i++) {
		const Created *created = &options->created.items[i];
		if (created->calls.len && str_equal(created->name, table))
			why = judge_called(options, created->calls, what, 0);
	}
	return why;
}

/* ---- a statement ---- */

static NotRun judge_use(const DenyOptions *options, const Use *use, Str *what)
{
	if (use->in_function || use->kind != USE_FUNCTION)
		return NOT_RUN_NONE;
	*what = use->name.name;
	if (is_denied(use->name))
		return NOT_RUN_LASTING;
	return judge_called(options, use->name.name, what, 0);
}

static NotRun judge_write(const DenyOptions *options, const Action *action, Str *what)
{
	const Relation *table = relations_named(options->relations, action->object);
	if (table && table->kind == RELATION_FOREIGN) {
		*what = table->shown;
		return NOT_RUN_LASTING;
	}
	NotRun why = judge_there(&options->there, action->object.name, true, what);
	return why ? why : judge_new_triggers(options, action->object.name, what);
}

static NotRun judge_action(const DenyOptions *options, const Action *action, Str *what)
{
	if (action->in_function)
		return NOT_RUN_NONE;
	for (size_t i = 0; i < ACTIONS; i++)
		if (denied_actions[i].kind == action->kind) {
			*what = denied_actions[i].says;
			return NOT_RUN_LASTING;
		}
	return is_write(action->kind) ? judge_write(options, action, what) : NOT_RUN_NONE;
}

/* What is lasting is never run; what cannot be read is, with consent. */
static NotRun worse(NotRun a, NotRun b)
{
	return a == NOT_RUN_LASTING || !b ? a : b;
}

NotRun deny_judge(Arena *arena, const DenyOptions *options, const Statement *statement, Str *what)
{
	const Facts *facts = statement->facts;
	NotRun worst = !facts || facts->gaps & blind || facts->ends_transaction ? NOT_RUN_UNANALYSED
										: NOT_RUN_NONE;
	*what = (Str){0};
	for (size_t i = 0; facts && i < facts->uses.count; i++) {
		Str found = {0};
		NotRun why = judge_use(options, &facts->uses.items[i], &found);
		if (why && worse(worst, why) != worst)
			*what = str_copy(arena, found);
		worst = worse(worst, why);
	}
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		Str found = {0};
		NotRun why = judge_action(options, &facts->actions.items[i], &found);
		if (why && worse(worst, why) != worst)
			*what = str_copy(arena, found);
		worst = worse(worst, why);
	}
	return worst == NOT_RUN_UNANALYSED && options->with_unanalysed ? NOT_RUN_NONE : worst;
}
