/* What this binary is made of. */
#ifndef STAGE_VERSION_H
#define STAGE_VERSION_H

/* One line for the program, one for each library inside, on stdout. */
void version_print(void);

#endif
