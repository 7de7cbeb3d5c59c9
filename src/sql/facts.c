#include "sql/facts.h"

#include <string.h>

static const Str action_names[] = {
	[ACTION_NONE] = {"", 0},
#define ACTION(kind, name, twice) [ACTION_##kind] = STR_INIT(name),
#include "sql/action.def"
#undef ACTION
};

static const Str object_names[] = {
	[OBJECT_NONE] = {"", 0},
#define OBJECT(kind, name) [OBJECT_##kind] = STR_INIT(name),
#include "sql/object.def"
#undef OBJECT
};

static const Str value_names[] = {
#define VALUE(kind, name) [VALUE_##kind] = STR_INIT(name),
#include "sql/value_kind.def"
#undef VALUE
};

Str facts_qualified(Arena *arena, ObjectName name)
{
	if (!name.schema.len)
		return name.name;
	return str_format(arena, "%.*s.%.*s", STR_ARG(name.schema), STR_ARG(name.name));
}

Str facts_action_name(ActionKind kind)
{
	return action_names[kind];
}

Str facts_object_name(ObjectKind kind)
{
	return object_names[kind];
}

bool facts_has_value(const Action *column)
{
	return column->options.has_default && !str_equal(column->expression, STR("NULL"));
}

Str facts_value_name(ValueKind kind)
{
	return value_names[kind];
}

static bool are_same_options(ActionOptions a, ActionOptions b)
{
	bool same = true;
#define ACTION_OPTION(name) same = same && a.name == b.name;
#include "sql/action_option.def"
#undef ACTION_OPTION
	return same;
}

bool facts_same_object(ObjectName a, ObjectName b)
{
	return str_equal(a.schema, b.schema) && str_equal(a.name, b.name);
}

static bool are_same_names(Names a, Names b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++)
		if (!str_equal(a.items[i], b.items[i]))
			return false;
	return true;
}

static bool are_same_values(ValueKinds a, ValueKinds b)
{
	return a.count == b.count &&
	       (!a.count || memcmp(a.items, b.items, a.count * sizeof *a.items) == 0);
}

static bool are_same_elements(IndexElements a, IndexElements b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++)
		if (a.items[i].is_expression != b.items[i].is_expression ||
			!facts_same_object(a.items[i].operator_class, b.items[i].operator_class))
			return false;
	return true;
}

static bool is_same_action(const Action *a, const Action *b)
{
	return a->kind == b->kind && a->object_kind == b->object_kind &&
	       a->in_function == b->in_function && are_same_options(a->options, b->options) &&
	       facts_same_object(a->object, b->object) && facts_same_object(a->other, b->other) &&
	       str_equal(a->name, b->name) && str_equal(a->new_name, b->new_name) &&
	       str_equal(a->type, b->type) && str_equal(a->expression, b->expression) &&
	       str_equal(a->arguments, b->arguments) && str_equal(a->language, b->language) &&
	       are_same_names(a->columns, b->columns) &&
	       are_same_names(a->other_columns, b->other_columns) &&
	       are_same_values(a->values, b->values) && are_same_names(a->keys, b->keys) &&
	       are_same_elements(a->elements, b->elements);
}

bool facts_equal(const Facts *a, const Facts *b)
{
	if (a->actions.count != b->actions.count || a->uses.count != b->uses.count ||
		a->gaps != b->gaps || a->function_gaps != b->function_gaps ||
		!str_equal(a->body_refusal, b->body_refusal))
		return false;
	for (size_t i = 0; i < a->actions.count; i++)
		if (!is_same_action(&a->actions.items[i], &b->actions.items[i]))
			return false;
	for (size_t i = 0; i < a->uses.count; i++)
		if (a->uses.items[i].kind != b->uses.items[i].kind ||
			a->uses.items[i].in_function != b->uses.items[i].in_function ||
			a->uses.items[i].is_declared != b->uses.items[i].is_declared ||
			!facts_same_object(a->uses.items[i].name, b->uses.items[i].name))
			return false;
	return true;
}

static ObjectName copy_object(Arena *arena, ObjectName name)
{
	return (ObjectName){str_copy(arena, name.schema), str_copy(arena, name.name)};
}

static Names copy_names(Arena *arena, Names names)
{
	Names copy = {0};
	for (size_t i = 0; i < names.count; i++)
		*vec_add(arena, &copy) = str_copy(arena, names.items[i]);
	return copy;
}

static ValueKinds copy_values(Arena *arena, ValueKinds values)
{
	ValueKinds copy = {0};
	for (size_t i = 0; i < values.count; i++)
		*vec_add(arena, &copy) = values.items[i];
	return copy;
}

static IndexElements copy_elements(Arena *arena, IndexElements elements)
{
	IndexElements copy = {0};
	for (size_t i = 0; i < elements.count; i++)
		*vec_add(arena, &copy) =
			(IndexElement){copy_object(arena, elements.items[i].operator_class),
				elements.items[i].is_expression};
	return copy;
}

static Action copy_action(Arena *arena, const Action *action)
{
	Action copy = *action;
	copy.object = copy_object(arena, action->object);
	copy.other = copy_object(arena, action->other);
	copy.name = str_copy(arena, action->name);
	copy.new_name = str_copy(arena, action->new_name);
	copy.type = str_copy(arena, action->type);
	copy.expression = str_copy(arena, action->expression);
	copy.arguments = str_copy(arena, action->arguments);
	copy.language = str_copy(arena, action->language);
	copy.columns = copy_names(arena, action->columns);
	copy.other_columns = copy_names(arena, action->other_columns);
	copy.values = copy_values(arena, action->values);
	copy.keys = copy_names(arena, action->keys);
	copy.elements = copy_elements(arena, action->elements);
	return copy;
}

Facts *facts_copy(Arena *arena, const Facts *facts)
{
	Facts *copy = arena_new(arena, Facts);
	*copy = *facts;
	copy->actions.items = arena_array(arena, Action, facts->actions.count);
	copy->actions.capacity = facts->actions.count;
	for (size_t i = 0; i < facts->actions.count; i++)
		copy->actions.items[i] = copy_action(arena, &facts->actions.items[i]);
	copy->uses.items = arena_array(arena, Use, facts->uses.count);
	copy->uses.capacity = facts->uses.count;
	for (size_t i = 0; i < facts->uses.count; i++) {
		copy->uses.items[i] = facts->uses.items[i];
		copy->uses.items[i].name = copy_object(arena, facts->uses.items[i].name);
	}
	copy->body_refusal = str_copy(arena, facts->body_refusal);
	return copy;
}
