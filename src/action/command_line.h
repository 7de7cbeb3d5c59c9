/* What a person asks for on a command line: `[mode] [--input=value …]`, or an answer such as
 * `--help`. A runner gives no arguments, and a workflow must not be able to slip any in: in GitHub
 * Actions all but `--version` are refused. */
#ifndef ACTION_COMMAND_LINE_H
#define ACTION_COMMAND_LINE_H

#include "action/input_table.h"
#include "base/err.h"
#include "base/vec.h"

typedef enum CommandAnswer {
	COMMAND_RUN, /* none: the run itself is asked for */
	COMMAND_VERSION,
	COMMAND_HELP,
	COMMAND_COMPLETION,
} CommandAnswer;

/* A value for an input. */
typedef struct CommandValue {
	const InputRow *input;
	Str value;
} CommandValue;

typedef struct CommandLine {
	CommandAnswer answer;
	const InputRow *input; /* that help is asked for; NULL: for all */
	VEC(CommandValue) values;
} CommandLine;

/* Reads the arguments (views of them are kept). False with an ERR_USAGE for each that is not
 * understood. */
bool command_line_read(Arena *arena, int argc, char **argv, CommandLine *out, Err *err);
/* The value that is given for an input; NULL if none is. */
const Str *command_line_value(const CommandLine *line, Str id);

#endif
