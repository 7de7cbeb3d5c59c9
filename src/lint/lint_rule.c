#include "lint/lint_rule.h"

enum {
	TEXT_MAX = 64 * 1024
};

static const struct {
	Rule rule;
	LintLevel level;
	Str condition, sentence, remedy;
} table[] = {
#define LINT(id, name, level, condition, sentence, remedy)                                         \
	{{STR_INIT(name), GROUP_LINT, ERR_NEXT_CORRECT}, LINT_LEVEL_##level, STR_INIT(condition),  \
		STR_INIT(sentence), STR_INIT(remedy)},
#include "lint/lint.def"
#undef LINT
};

const Rule *lint_rule(LintId id)
{
	return &table[id].rule;
}

LintLevel lint_rule_level(LintId id)
{
	return table[id].level;
}

Str lint_rule_condition(LintId id)
{
	return table[id].condition;
}

LintId lint_rule_find(Str name)
{
	LintId id = 0;
	while (id < LINT_RULES && !str_equal(table[id].rule.name, name))
		id++;
	return id;
}

static Str value_of(const LintValues *values, Str word)
{
	const struct {
		Str word, value;
	} words[] = {
		{STR("object"), values->object},
		{STR("table"), values->table},
		{STR("column"), values->column},
		{STR("what"), values->what},
		{STR("size"), values->size},
		{STR("time"), values->time},
		{STR("lock"), values->lock},
		{STR("name"), values->name},
		{STR("type"), values->type},
		{STR("expression"), values->expression},
		{STR("columns"), values->columns},
		{STR("other"), values->other},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(words[i].word, word))
			return words[i].value.len ? words[i].value : STR("…");
	return word;
}

static Str expand(Arena *arena, Str template, const LintValues *values)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	Str part;
	for (bool inside = false; str_next(&template, inside ? '}' : '{', &part); inside = !inside)
		buf_add(&buf, inside ? value_of(values, part) : part);
	return buf_str(&buf);
}

Str lint_sentence(Arena *arena, LintId id, const LintValues *values)
{
	return expand(arena, table[id].sentence, values);
}

Str lint_remedy(Arena *arena, LintId id, const LintValues *values)
{
	return expand(arena, table[id].remedy, values);
}
