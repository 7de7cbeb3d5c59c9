/* The modes, and the order of their stages. */
#ifndef RUN_H
#define RUN_H

#include "action/command_line.h"

/* Runs what the inputs ask for, and publishes what came of it. Returns the exit status. */
int run_action(const CommandLine *line);

#endif
