#include "check/finding.h"

typedef enum LevelSource {
	LEVEL_error,
	LEVEL_warn,
	LEVEL_note,
	LEVEL_staging,
	LEVEL_edited,
	LEVEL_missing,
	LEVEL_deleted,
	LEVEL_same,
	LEVEL_copy,
} LevelSource;

static const struct {
	Rule rule;
	LevelSource level;
	Str sentence, remedy;
} table[] = {
#define GUARD(name, group, next, level, condition, sentence, remedy)                               \
	{{STR_INIT(#name), GROUP_##group, ERR_NEXT_##next}, LEVEL_##level, STR_INIT(sentence),     \
		STR_INIT(remedy)},
#include "check/guard.def"
#undef GUARD
};

const Rule *finding_rule(GuardId id)
{
	return &table[id].rule;
}

GuardLevel finding_level(GuardId id, const GuardLevels *levels)
{
	switch (table[id].level) {
	case LEVEL_error:
		return GUARD_ERROR;
	case LEVEL_warn:
		return GUARD_WARN;
	case LEVEL_note:
		return GUARD_NOTE;
	case LEVEL_staging:
		return levels->staging;
	case LEVEL_edited:
		return levels->edited;
	case LEVEL_missing:
		return levels->missing;
	case LEVEL_deleted:
		return levels->deleted;
	case LEVEL_copy:
		return levels->same == GUARD_NOTE ? GUARD_WARN : levels->same;
	case LEVEL_same:
		break;
	}
	return levels->same;
}

static Str number_text(Arena *arena, size_t number)
{
	return str_format(arena, "%zu", number);
}

static Str value_of(Arena *arena, const Values *values, Str word)
{
	const Migration *migration = values->migration;
	const struct {
		Str word, value;
	} words[] = {
		{STR("file"), migration ? migration->file : (Str){0}},
		{STR("path"), migration ? migration->path : (Str){0}},
		{STR("version"), migration ? migration->version : (Str){0}},
		{STR("other"), values->other},
		{STR("other_file"), values->other_file},
		{STR("other_path"), values->other_path},
		{STR("fresh"), values->fresh},
		{STR("renamed"), values->renamed},
		{STR("head"), values->head},
		{STR("digest"), values->digest},
		{STR("reason"), values->reason},
		{STR("what"), values->what},
		{STR("chain"), values->chain},
		{STR("moves"), values->moves},
		{STR("count"), values->count},
		{STR("list"), values->list},
		{STR("paths"), values->paths},
		{STR("versions"), values->versions},
		{STR("number"), number_text(arena, values->number)},
		{STR("line"), number_text(arena, values->line)},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(words[i].word, word))
			return words[i].value;
	return word;
}

/* As words of a shell: one, or those of a list. */
static void add_quoted(Arena *arena, Buf *buf, Str value)
{
	Str word;
	bool is_list = str_starts(value, STR("\x1f"));
	if (!is_list) {
		buf_add(buf, str_shell(arena, value));
		return;
	}
	value = str_skip(value, 1);
	for (bool first = true; str_next(&value, '\x1f', &word); first = false) {
		if (!first)
			buf_add(buf, STR(" "));
		buf_add(buf, str_shell(arena, word));
	}
}

static void add_plain(Buf *buf, Str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] == '\x1f')
			buf_add(buf, i ? STR(", ") : (Str){0});
		else
			buf_add_char(buf, value.ptr[i]);
}

static Str expand(Arena *arena, Str template, const Values *values)
{
	Buf buf = buf_new(arena, 4 << 20);
	Str word;
	for (bool inside = false; str_next(&template, inside ? '}' : '{', &word);
		inside = !inside) {
		bool quoted = inside && str_ends(word, STR("!"));
		if (!inside) {
			buf_add(&buf, word);
			continue;
		}
		Str name = str_head(word, word.len - quoted);
		Str value = value_of(arena, values, name);
		if (quoted)
			add_quoted(arena, &buf, value);
		else
			add_plain(&buf, value);
	}
	return buf_str(&buf);
}

void finding_add(Err *err, GuardId id, ErrKind kind, const Values *values)
{
	Str sentence = expand(err->arena, table[id].sentence, values);
	Fault *fault = err_add(err, kind, "%.*s", STR_ARG(sentence));
	fault->rule = &table[id].rule;
	fault->certainty = CERTAINTY_PROVEN;
	fault->hint = expand(err->arena, table[id].remedy, values);
	fault->difference = str_copy(err->arena, values->difference);
	if (values->migration)
		fault->file = values->migration->path;
}
