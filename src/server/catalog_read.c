#include "server/catalog_read.h"

#include "base/str_map.h"
#include "server/catalog_rows.h"

enum {
	NAMES_MAX = 4000, /* more than any reviewed pull request has */
	PARAMS = 6
};

static const char *const lines[] = {
#include "server/catalog_question.inc"
};

typedef struct NameSet {
	Arena *arena;
	StrMap seen;
	Buf array; /* of PostgreSQL */
	bool is_full;
} NameSet;

typedef struct Question {
	NameSet names, changed, extensions, gone, cascading, classes; /* $1 to $6 */
} Question;

static NameSet set_new(Arena *arena)
{
	NameSet set = {.arena = arena, .array = buf_new(arena, SIZE_MAX)};
	buf_add_char(&set.array, '{');
	return set;
}

static void add_name(NameSet *set, Str name)
{
	if (!name.len || str_map_find(&set->seen, name))
		return;
	set->is_full = set->seen.count >= NAMES_MAX;
	if (set->is_full)
		return;
	buf_add(&set->array, set->seen.count ? STR(",\"") : STR("\""));
	*str_map_at(set->arena, &set->seen, name) = 0;
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"' || name.ptr[i] == '\\')
			buf_add_char(&set->array, '\\');
		buf_add_char(&set->array, name.ptr[i]);
	}
	buf_add_char(&set->array, '"');
}

static Str set_value(NameSet *set)
{
	buf_add_char(&set->array, '}');
	return buf_str(&set->array);
}

static bool is_change(const Action *action)
{
	return action->kind == ACTION_DROP || action->kind == ACTION_DROP_COLUMN ||
	       action->kind == ACTION_RENAME || action->kind == ACTION_SET_SCHEMA ||
	       action->kind == ACTION_DROP_CONSTRAINT || action->kind == ACTION_SET_TYPE ||
	       action->kind == ACTION_SET_EXPRESSION || action->object_kind == OBJECT_DOMAIN;
}

/* Takes a name away that text may have. */
static bool takes_name(const Action *action)
{
	ObjectKind kind = action->object_kind;
	bool is_named = kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
			kind == OBJECT_FUNCTION || kind == OBJECT_COLUMN;
	bool takes = action->kind == ACTION_DROP || action->kind == ACTION_DROP_COLUMN ||
		     action->kind == ACTION_RENAME || action->kind == ACTION_SET_SCHEMA;
	return is_named && takes && !action->in_function;
}

/* Other objects that the files may name go along; an extension's own always do. */
static bool takes_others(const Action *action)
{
	bool drops = action->kind == ACTION_DROP || action->kind == ACTION_DROP_COLUMN ||
		     action->kind == ACTION_DROP_CONSTRAINT;
	return drops && (action->options.cascade || action->object_kind == OBJECT_EXTENSION);
}

static bool names_roles(const Action *action)
{
	return action->kind == ACTION_GRANT || action->kind == ACTION_REVOKE ||
	       action->object_kind == OBJECT_POLICY;
}

static void add_action(Question *question, const Action *action)
{
	const Str names[] = {
		action->object.name, action->other.name, action->name, action->new_name};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_name(&question->names, names[i]);
	for (size_t i = 0; names_roles(action) && i < action->other_columns.count; i++)
		add_name(&question->names, action->other_columns.items[i]);
	if (is_change(action)) {
		add_name(&question->changed, action->object.name);
		add_name(&question->changed, action->name);
	}
	if (takes_name(action)) {
		add_name(&question->gone, action->object.name);
		add_name(&question->gone, action->name);
	}
	if (takes_others(action))
		add_name(&question->cascading, action->object.name);
	if (action->object_kind == OBJECT_EXTENSION)
		add_name(&question->extensions, action->object.name);
}

/* B-tree's are too many, and are there for what has an order. */
static void add_classes(Question *question, const Action *action)
{
	if (action->elements.count && !str_equal(action->type, STR("btree")))
		add_name(&question->classes, action->type);
	for (size_t i = 0; i < action->elements.count; i++)
		add_name(&question->classes, action->elements.items[i].operator_class.name);
}

static void add_facts(Question *question, const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++) {
		add_action(question, &facts->actions.items[i]);
		add_classes(question, &facts->actions.items[i]);
	}
	for (size_t i = 0; i < facts->uses.count; i++)
		add_name(&question->names, facts->uses.items[i].name.name);
}

static void add_scripts(Question *question, const Script *scripts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < scripts[i].count; j++)
			if (scripts[i].statements[j].facts)
				add_facts(question, scripts[i].statements[j].facts);
}

static Str question_text(Arena *arena)
{
	Buf text = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		buf_add(&text, str_from(lines[i]));
	buf_add_char(&text, '\0');
	return str_head(buf_str(&text), text.len - 1);
}

/* Plans are not worth the time that it takes to compile them. */
static Command *add_question(Batch *batch, Question *question)
{
	Param *params = arena_array(batch->arena, Param, PARAMS);
	params[0].value = set_value(&question->names);
	params[1].value = set_value(&question->changed);
	params[2].value = set_value(&question->extensions);
	params[3].value = set_value(&question->gone);
	params[4].value = set_value(&question->cascading);
	params[5].value = set_value(&question->classes);
	session_ask(batch);
	batch_add_literal(batch,
		"SELECT set_config('lock_timeout', '1s', true), set_config('jit', 'off', true)");
	Command *command = batch_add(batch, question_text(batch->arena));
	command->params = params;
	command->param_count = PARAMS;
	command->want_rows = true;
	return command;
}

static bool take_rows(Arena *arena, const Rows *rows, Catalog *out, Err *err)
{
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * rows->columns];
		if (catalog_add_row(arena, out, cells[0], cells[1]))
			continue;
		err_add(err, ERR_CONNECT,
			"the server's answer about its catalogue is none that it can give");
		return false;
	}
	return true;
}

bool catalog_read(Session *session, const Script *scripts, size_t count, Catalog *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Question question = {set_new(&scratch), set_new(&scratch), set_new(&scratch),
		set_new(&scratch), set_new(&scratch), set_new(&scratch)};
	Batch batch = {.arena = &scratch};
	add_scripts(&question, scripts, count);
	const Command *command = add_question(&batch, &question);
	*out = (Catalog){.is_complete = !question.names.is_full && !question.changed.is_full &&
					!question.classes.is_full};
	return session_run(session, &batch, ERR_CONNECT, err) &&
	       take_rows(session->arena, &command->rows, out, err);
}
