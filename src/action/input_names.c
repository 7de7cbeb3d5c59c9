#include "action/input_names.h"

#include "base/str.h"

enum {
	NAME_MAX_LENGTH = 64,
	NEAR = 2, /* letters that differ, are missing or are too many */
};

/* The runner itself sets the last two for any container. */
static const Str names[] = {
#define INPUT_NAME(id) STR_INIT(id),
#define INPUT_CHOICE(field, id, fallback, choices, description) INPUT_NAME(id)
#define INPUT_WORD(field, id, fallback, choices, description) INPUT_NAME(id)
#define INPUT_TEXT(field, id, fallback, description) INPUT_NAME(id)
#define INPUT_FLAG(field, id, fallback, description) INPUT_NAME(id)
#define INPUT_NUMBER(field, id, fallback, description) INPUT_NAME(id)
#define INPUT_DURATION(field, id, fallback, description) INPUT_NAME(id)
#include "action/inputs.def"
#undef INPUT_CHOICE
#undef INPUT_WORD
#undef INPUT_TEXT
#undef INPUT_FLAG
#undef INPUT_NUMBER
#undef INPUT_DURATION
#undef INPUT_NAME
	STR_INIT("args"),
	STR_INIT("entrypoint"),
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be put in, left out or changed (Levenshtein). */
static size_t distance(Str a, Str b)
{
	size_t row[NAME_MAX_LENGTH + 1];
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t above = row[j];
			size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
			row[j] = least(change, least(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[b.len];
}

/* As action.yml writes it: the variable has capitals, and may have underscores for hyphens. */
static Str input_name(Arena *arena, Str variable)
{
	char *name = str_z(arena, variable);
	for (size_t i = 0; i < variable.len; i++)
		if (name[i] == '_')
			name[i] = '-';
		else if (name[i] >= 'A' && name[i] <= 'Z')
			name[i] = (char)(name[i] - 'A' + 'a');
	return (Str){name, variable.len};
}

/* The nearest of ours; `best` is how near it is, 0 for the name itself. */
static Str nearest(Str name, size_t *best)
{
	Str found = {0};
	*best = SIZE_MAX;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t here = distance(name, names[i]);
		if (here < *best) {
			*best = here;
			found = names[i];
		}
	}
	return found;
}

static void check(Str variable, Str value, Err *err)
{
	ARENA_SCRATCH(scratch);
	Str name = input_name(&scratch, variable);
	size_t best = SIZE_MAX;
	Str meant = name.len <= NAME_MAX_LENGTH ? nearest(name, &best) : (Str){0};
	if (!best || !str_trim(value).len)
		return;
	Fault *fault = err_add(err, ERR_INPUT, "there is no input %.*s",
		STR_ARG(str_visible(err->arena, str_head(name, NAME_MAX_LENGTH))));
	if (best <= NEAR)
		fault->hint = str_format(err->arena, "did you mean %.*s?", STR_ARG(meant));
}

void input_names_check(char *const *environment, Err *err)
{
	static const Str prefix = STR_INIT("INPUT_");
	for (; *environment; environment++) {
		Str value = str_from(*environment), variable;
		if (str_starts(value, prefix) && str_next(&value, '=', &variable))
			check(str_skip(variable, prefix.len), value, err);
	}
}
