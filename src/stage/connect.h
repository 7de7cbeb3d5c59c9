/* The way to the databases: the target's and staging's. */
#ifndef STAGE_CONNECT_H
#define STAGE_CONNECT_H

#include "stage/run.h"

/* Opens run->database, and tells the report and the log what it is. */
bool connect_target(Run *run, Err *err);
/* Opens run->staging, which is only read, and reads what it has had: run->knows_staging. Faults say
 * that they are staging's. */
bool connect_staging(Run *run, Err *err);
/* Begins with that, for connect_staging to end it: it continues whenever this run waits, so that
 * both databases are known in the time of the slower one. What it says is held until then. */
void connect_begin_staging(Run *run);
/* Ends it where nobody wants to know any more; nothing is said. */
void connect_drop_staging(Run *run);
/* Opens the server of rehearsal-db-url as run->scratch. */
bool connect_scratch(Run *run, Err *err);
/* Reads the history; a login that may not is exchanged for one that may, if there is one. */
bool connect_read_history(RunDatabase *database, Err *err);

#endif
