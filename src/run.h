/* The modes, and the order of their stages. */
#ifndef RUN_H
#define RUN_H

/* Runs what the inputs ask for, and publishes what came of it. Returns the exit status. */
int run_action(void);

#endif
