/* What CREATE TABLE AS makes of the rows of one table. */
#include "preflight/state_apply.h"

/* Of a column that is copied; another one's is not known. */
static CatalogColumn column_of(const Writing *writing, size_t index)
{
	if (writing->rows.is_all)
		return writing->from->columns.items[index];
	CatalogColumn column = {
		.name = writing->rows.columns.items[index], .type = STR("?.unknown")};
	const CatalogColumn *copied =
		writing_copied(writing, writing->rows.rows.items[0].values.items[index].sql);
	if (copied)
		column.type = copied->type;
	return column;
}

static Str select_list(const Writing *writing, State *state)
{
	Arena *arena = writing->finder->arena;
	const NewRow *row = &writing->rows.rows.items[0];
	Buf buf = buf_new(arena, STATE_SQL_MAX);
	for (size_t i = 0; i < row->values.count; i++) {
		CatalogColumn column = column_of(writing, i);
		Str value = row->values.items[i].sql;
		CatalogColumn made = {
			.name = column.name, .type = column.type, .number = (int64_t)i + 1};
		*vec_add(arena, &state->relation.columns) = made;
		if (!value.len)
			state_forget_column(writing->finder, state, made.name);
		buf_format(&buf, "%s%.*s AS %.*s", i ? ", " : "",
			STR_ARG(value.len ? value : STR("CAST(NULL AS text)")),
			STR_ARG(query_column(arena, made.name)));
	}
	return buf_str(&buf);
}

void state_create_as(Finder *finder, const Action *action)
{
	static const CatalogRelation none = {0};
	Writing writing = {
		.finder = finder, .table = &none, .action = action, .event = TRIGGER_INSERT};
	Doubt doubt = writing_read(&writing);
	State *state = state_make(finder, action->object);
	if (doubt != DOUBT_NONE || !writing.from) {
		state->is_open = true;
		return;
	}
	Str list = select_list(&writing, state), condition = writing.rows.source.condition;
	state->is_open = state->relation.columns.count == 0;
	if (!action->options.no_data)
		state_set_rows(
			state, str_format(finder->arena, "(SELECT %.*s FROM %.*s%s%.*s OFFSET 0)",
				       STR_ARG(list), STR_ARG(writing.source),
				       condition.len ? " WHERE " : "", STR_ARG(condition)));
}
