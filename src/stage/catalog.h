/* What the target's catalogue has of what the pending files name: read once, for lint and
 * preflight. */
#ifndef STAGE_CATALOG_H
#define STAGE_CATALOG_H

#include "stage/run.h"

/* Fills run->catalog, if it is not there yet; one turn. */
bool catalog_load(Run *run, Err *err);

#endif
