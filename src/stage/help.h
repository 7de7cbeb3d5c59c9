/* What `--help` and `--completion bash` print: made from the table of inputs, and nothing else. */
#ifndef STAGE_HELP_H
#define STAGE_HELP_H

#include "action/input_table.h"

/* Usage, and a line for each input, by group. */
Str help_all(Arena *arena);
/* All about one input. */
Str help_input(Arena *arena, const InputRow *input);
/* A script for bash that completes modes, inputs and their choices. */
Str help_completion(Arena *arena);

#endif
