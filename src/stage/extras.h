/* What a push does beside the migrations: config.toml, roles, the vault's secrets, seeds. */
#ifndef STAGE_EXTRAS_H
#define STAGE_EXTRAS_H

#include "stage/run.h"

/* Reads the config file and registers every secret that it can give, before anything is printed.
 * `unmasked` is set if one cannot be masked. Adds ERR_CONFIG. No supabase folder is no error. */
bool extras_load(Run *run, Secrets *secrets, bool *unmasked);

/* [db.migrations] is not enabled, and there is no migrations folder, which is an error otherwise;
 * where it would be, relative to the workspace. */
bool extras_lacks_migrations(const Run *run, Str *folder);

/* Compares it with the target, and reads what is to be run. */
bool extras_plan(Run *run, Err *err);

/* What comes before the migrations, and after them; under the push's lock. */
bool extras_before(Run *run);
bool extras_after(Run *run);

#endif
