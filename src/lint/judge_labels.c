/* Labels of enums that cannot be used yet: the transaction that adds them is still open. */
#include "lint/judge.h"

#include "sql/labels.h"

static Str column_type(const WorldRelation *table, const LabelUse *use)
{
	size_t index = 0;
	if (use->column.len) {
		const WorldColumn *column = world_column(table, use->column);
		return column && !column->is_changed ? column->type : (Str){0};
	}
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].name.len && index++ == use->index)
			return table->columns.items[i].type;
	return (Str){0};
}

/* Empty: not known, or of another kind than a plain one. */
static ObjectName type_of(Judge *judge, const LabelUse *use)
{
	WorldRelation *table;
	if (use->type.name.len)
		return use->type;
	if (!use->table.name.len ||
		world_find(judge->world, use->table, &table) != PRESENCE_THERE || table->is_vague)
		return (ObjectName){0};
	Str type = column_type(table, use);
	if (str_contains(type, STR("[")))
		return (ObjectName){0};
	return judge_type_name(type);
}

/* By its words alone. */
static bool is_any_new_label(const World *world, Str label)
{
	for (size_t i = 0; i < world->labels.count; i++)
		if (str_equal(world->labels.items[i].label, label))
			return true;
	return false;
}

void judge_find_label(Judge *judge, const Statement *statement, LabelFinding *out)
{
	const World *world = judge->world;
	LabelUses uses = {0};
	if ((!world->labels.count && !world->gone_labels.count) || out->label.len)
		return;
	labels_read(judge->arena, statement->text, &uses);
	for (size_t i = 0; i < uses.count && !out->label.len; i++) {
		const LabelUse *use = &uses.items[i];
		ObjectName type = type_of(judge, use);
		bool is_new = type.name.len ? world_is_new_label(world, type, use->label)
					    : !use->is_sure && is_any_new_label(world, use->label);
		bool is_sure = type.name.len && use->is_sure && !world->is_opaque;
		bool is_gone = is_sure && world_is_gone_label(world, type, use->label);
		if (is_new || is_gone)
			*out = (LabelFinding){use->label, use->offset, is_sure, is_gone};
	}
}

void judge_tell_label(Judge *judge, const LabelFinding *finding)
{
	Effect *effect = judge->effect;
	const Action *action = &judge->facts->actions.items[0];
	bool is_sure = finding->is_sure;
	static const Code new = {LINT_NEW_LABEL, "55P04"}, gone = {LINT_MISSING, "22P02"};
	Code code = finding->is_gone ? gone : new;
	if (finding->label.len && is_sure && effect->refusals.count)
		effect->refusals.items[0].sqlstate = (Str){0}; /* which comes first? */
	if (!finding->label.len || effect->refusals.count || effect->is_skipped ||
		judge->skipped.len)
		return;
	EffectRefusal *refusal = is_sure ? vec_add(judge->arena, &effect->refusals)
					 : vec_add(judge->arena, &effect->doubts);
	*refusal = (EffectRefusal){.rule = code.rule,
		.sqlstate = str_from(code.sqlstate),
		.what = finding->is_gone
				? str_format(judge->arena, "label %.*s", STR_ARG(finding->label))
				: finding->label,
		.object = facts_qualified(judge->arena, action->object),
		.action = action,
		.offset = finding->offset};
}
