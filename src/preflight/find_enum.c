/* ALTER COLUMN TYPE to an enum: is each value one of its labels? */
#include "preflight/finder.h"
#include "preflight/query.h"

static const CatalogType *target_enum(const Finder *finder, ObjectName name)
{
	const CatalogType *made;
	if (changes_made_type(&finder->changes, name, &made))
		return made && made->kind == 'e' ? made : NULL;
	const CatalogType *found = finder_type(finder, name);
	return found && found->kind == 'e' ? found : NULL;
}

/* The column's own value as text: USING a::type of a text, USING a::text::type of an enum, too. */
static bool has_value_as_text(const Finder *finder, const CatalogColumn *column)
{
	const Action *action = finder->action;
	Arena *arena = finder->arena;
	Str name = str_sql_name(arena, action->name), bare = action->name;
	bool is_text = str_equal(column->type, STR("text")) ||
		       str_starts(column->type, STR("character varying"));
	static const char *const ways[] = {"::", "::text::"};
	for (size_t i = is_text ? 0 : 1; i < sizeof ways / sizeof *ways; i++) {
		Str end = str_format(arena, "%s%.*s", ways[i], STR_ARG(action->type));
		if (!str_ends(action->expression, end))
			continue;
		Str head = str_head(action->expression, action->expression.len - end.len);
		if (str_equal(head, bare) || str_equal(head, name))
			return is_text || column->type_kind == 'e';
	}
	return false;
}

/* "ARRAY['a', 'b']"; empty: a label that is not written as it is. */
static Str list_labels(Arena *arena, const Names *labels)
{
	enum {
		LIST_MAX = 64 * 1024
	};
	Buf buf = buf_new(arena, LIST_MAX);
	for (size_t i = 0; i < labels->count; i++) {
		if (str_contains(labels->items[i], STR("'")) ||
			str_contains(labels->items[i], STR("\\")))
			return (Str){0};
		buf_format(&buf, "%s'%.*s'", i ? ", " : "", STR_ARG(labels->items[i]));
	}
	return buf_str(&buf);
}

bool find_type_of_enum(Finder *finder, ObjectName name, const CatalogColumn *column)
{
	Arena *arena = finder->arena;
	const Action *action = finder->action;
	const CatalogType *type = target_enum(finder, name);
	Str labels = type ? list_labels(arena, &type->labels) : (Str){0};
	if (!labels.len || !action->options.has_using || !has_value_as_text(finder, column))
		return false;
	Names columns = {0};
	*vec_add(arena, &columns) = action->name;
	Question *question = finder_add(finder, QUESTION_LABEL, action->name);
	question->type = action->type;
	finder_finish(question, finder_check_columns(finder, finder->table, &columns),
		query_any(arena, finder_own(finder, action->options.only),
			str_format(arena,
				"NOT ((%.*s)::pg_catalog.text COLLATE pg_catalog.\"C\" "
				"OPERATOR(pg_catalog.=) ANY (ARRAY[%.*s]::pg_catalog.text[]))",
				STR_ARG(query_column(arena, action->name)), STR_ARG(labels))));
	return true;
}
