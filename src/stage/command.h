/* The command line before a run: what it answers itself, and what is wrong with it. */
#ifndef STAGE_COMMAND_H
#define STAGE_COMMAND_H

#include "action/command_line.h"

/* Reads it into `line`, which keeps views of it. True if there is nothing to run: the answer is on
 * stdout, or what is wrong on stderr, and `status` is the exit status. */
bool command_ends(Arena *arena, int argc, char **argv, CommandLine *line, int *status);

#endif
