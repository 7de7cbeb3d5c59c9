#include "lint/lint_allow.h"

/* From the end of the statement before to this one's first token. */
static Str text_before(const Script *script, size_t index)
{
	const char *begin = script->migration->text.ptr;
	const char *end = script_point(&script->statements[index], 0);
	if (index) {
		Str before = script->statements[index - 1].text;
		begin = before.ptr + before.len;
	}
	return (Str){begin, end > begin ? (size_t)(end - begin) : 0};
}

/* "rule: reason" */
static LintAllow read_one(Str words)
{
	Str rest = words, name;
	str_next(&rest, ':', &name);
	return (LintAllow){.rule = lint_rule_find(str_trim(name)),
		.words = words,
		.at = words.ptr,
		.has_reason = str_trim(rest).len > 0};
}

LintAllows lint_allow_read(Arena *arena, const Script *script, size_t index)
{
	LintAllows allows = {0};
	Str text = text_before(script, index), line;
	while (str_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("--")))
			continue;
		line = str_trim(str_skip(line, 2));
		if (!str_starts(line, STR("promote:")))
			continue;
		line = str_trim(str_skip(line, sizeof "promote:" - 1));
		if (str_starts(line, STR("allow")))
			*vec_add(arena, &allows) =
				read_one(str_trim(str_skip(line, sizeof "allow" - 1)));
	}
	return allows;
}

bool lint_allow_use(LintAllows *allows, LintId rule)
{
	bool is_allowed = false;
	for (size_t i = 0; i < allows->count; i++) {
		LintAllow *allow = &allows->items[i];
		if (allow->rule != rule || !allow->has_reason)
			continue;
		allow->is_used = true;
		is_allowed = true;
	}
	return is_allowed;
}
