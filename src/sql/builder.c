#include "sql/builder.h"

Action *builder_add(
	FactsBuilder *builder, ActionKind kind, ObjectKind object_kind, ObjectName object)
{
	Action *action = vec_add(builder->arena, &builder->facts.actions);
	action->kind = kind;
	action->object_kind = object_kind;
	action->object = object;
	action->in_function = builder->in_function;
	return action;
}

void builder_place(FactsBuilder *builder, int32_t location)
{
	size_t count = builder->facts.actions.count;
	if (count && location > 0 && !builder->in_body)
		builder->facts.actions.items[count - 1].offset = (size_t)location;
}

void builder_gap(FactsBuilder *builder, FactsGap gap)
{
	if (builder->in_function)
		builder->facts.function_gaps |= gap;
	else
		builder->facts.gaps |= gap;
}
