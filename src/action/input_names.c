#include "action/input_names.h"

#include "action/input_table.h"

enum {
	SHOWN_MAX = 64
};

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

/* The runner itself sets these two for any container. */
static bool is_of_runner(Str name)
{
	return str_equal(name, STR("args")) || str_equal(name, STR("entrypoint"));
}

static void check(Str variable, Str value, Err *err)
{
	ARENA_SCRATCH(scratch);
	Str name = input_name(&scratch, variable);
	if (is_of_runner(name) || input_table_find(name) || !str_trim(value).len)
		return;
	Str meant = input_table_nearest(name);
	Fault *fault = err_add(err, ERR_INPUT, "there is no input %.*s",
		STR_ARG(str_visible(err->arena, str_head(name, SHOWN_MAX))));
	if (meant.len)
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
