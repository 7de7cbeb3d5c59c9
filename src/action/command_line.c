#include "action/command_line.h"

#include "action/nearest.h"
#include "action/runner.h"
#include "base/ascii.h"

enum {
	SHOWN_MAX = 80 /* characters of an argument in a message */
};

/* A name, and nothing after it: that may be a secret. */
static Str name_of(Arena *arena, Str argument)
{
	size_t end = 0;
	while (end < argument.len && end < SHOWN_MAX &&
		(ascii_is_letter(argument.ptr[end]) || ascii_is_digit(argument.ptr[end]) ||
			argument.ptr[end] == '-' || argument.ptr[end] == '_'))
		end++;
	return str_copy(arena, str_head(argument, end));
}

static Fault *refuse_argument(Err *err, const char *what, Str argument)
{
	return err_add(err, ERR_USAGE, "%s %.*s", what, STR_ARG(name_of(err->arena, argument)));
}

/* Without its text: `--db-password secret` has a secret there. */
static Fault *refuse_word(Err *err, const char *what)
{
	Fault *fault = err_add(err, ERR_USAGE, "%s", what);
	fault->hint = STR("an input is written --name=VALUE");
	return fault;
}

static void suggest(Err *err, Fault *fault, const char *dashes, Str meant)
{
	if (meant.len)
		fault->hint =
			str_format(err->arena, "did you mean %s%.*s?", dashes, STR_ARG(meant));
}

static bool is_given(const CommandLine *line, const InputRow *input)
{
	for (size_t i = 0; i < line->values.count; i++)
		if (line->values.items[i].input == input)
			return true;
	return false;
}

static void give(Arena *arena, CommandLine *line, CommandValue value, Err *err)
{
	if (is_given(line, value.input))
		refuse_argument(err, "given twice:", value.input->id);
	else
		*vec_add(arena, &line->values) = value;
}

/* `--name=value`; of a flag the name alone is enough. */
static void read_input(Arena *arena, Str argument, CommandLine *out, Err *err)
{
	Str name, value = str_skip(argument, 2);
	bool has_value = str_contains(argument, STR("="));
	str_next(&value, '=', &name);
	const InputRow *input = input_table_find(name);
	if (!input)
		suggest(err, refuse_argument(err, "there is no input", argument), "--",
			input_table_nearest(name));
	else if (!has_value && input->kind != INPUT_KIND_FLAG)
		refuse_argument(err, "there is no value for", argument)->hint =
			str_format(err->arena, "write --%.*s=VALUE", STR_ARG(name));
	else
		give(arena, out, (CommandValue){input, has_value ? value : STR("true")}, err);
}

static void read_mode(Arena *arena, Str argument, CommandLine *out, Err *err)
{
	const InputRow *input = input_table_find(STR("mode"));
	Str rest = input->choices, choice;
	Nearest nearest = nearest_to(argument);
	while (str_next(&rest, '|', &choice))
		nearest_try(&nearest, choice);
	if (nearest.distance)
		suggest(err, refuse_word(err, "an argument is neither a mode nor --name=VALUE"), "",
			nearest_found(&nearest));
	else
		give(arena, out, (CommandValue){input, argument}, err);
}

/* `--help [--]NAME` is about one input. */
static void read_help(int argc, char **argv, CommandLine *out, Err *err)
{
	out->answer = COMMAND_HELP;
	if (argc == 2)
		return;
	Str name = str_from(argv[2]);
	if (str_starts(name, STR("--")))
		name = str_skip(name, 2);
	out->input = input_table_find(name);
	if (!out->input)
		suggest(err, refuse_argument(err, "there is no input", name), "",
			input_table_nearest(name));
	else if (argc > 3)
		refuse_word(err, "--help is of one input at a time");
}

static void read_completion(int argc, char **argv, CommandLine *out, Err *err)
{
	out->answer = COMMAND_COMPLETION;
	if (argc != 3 || !str_equal(str_from(argv[2]), STR("bash")))
		err_add(err, ERR_USAGE, "--completion: of which shell?")->hint =
			STR("there is one: --completion bash");
}

static void read_arguments(Arena *arena, int argc, char **argv, CommandLine *out, Err *err)
{
	for (int i = 1; i < argc; i++) {
		Str argument = str_from(argv[i]);
		if (str_starts(argument, STR("--")) && argument.len > 2)
			read_input(arena, argument, out, err);
		else
			read_mode(arena, argument, out, err);
	}
}

bool command_line_read(Arena *arena, int argc, char **argv, CommandLine *out, Err *err)
{
	Str first = str_from(argc > 1 ? argv[1] : NULL);
	*out = (CommandLine){.answer = COMMAND_RUN};
	if (argc == 2 && str_equal(first, STR("--version")))
		out->answer = COMMAND_VERSION;
	else if (argc > 1 && runner_is_github())
		err_add(err, ERR_USAGE,
			"in GitHub Actions there is no argument but --version; inputs are read "
			"from INPUT_… variables");
	else if (str_equal(first, STR("--help")) || str_equal(first, STR("-h")))
		read_help(argc, argv, out, err);
	else if (str_equal(first, STR("--completion")))
		read_completion(argc, argv, out, err);
	else
		read_arguments(arena, argc, argv, out, err);
	return err->count == 0;
}

const Str *command_line_value(const CommandLine *line, Str id)
{
	for (size_t i = 0; i < line->values.count; i++)
		if (str_equal(line->values.items[i].input->id, id))
			return &line->values.items[i].value;
	return NULL;
}
