/* What this binary is made of. */
#ifndef VERSION_H
#define VERSION_H

/* One line for the program, one for each library inside, on stdout. */
void version_print(void);

#endif
