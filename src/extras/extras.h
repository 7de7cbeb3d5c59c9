/* What a push does beside migrations, as plain data: roles before them, the vault's secrets, seeds
 * after them. The dry run prints it, the push executes it, the report shows it. */
#ifndef EXTRAS_EXTRAS_H
#define EXTRAS_EXTRAS_H

#include "base/log.h"
#include "extras/roles.h"
#include "extras/seed.h"
#include "extras/vault.h"

typedef struct Extras {
	ConfigFile file;
	Config config;
	Roles roles;
	Vault vault;
	Seeds seeds;
	bool with_vault; /* migrations are pending: the vault's secrets go along with them */
} Extras;

/* Is there anything that a push would do? */
bool extras_is_work(const Extras *extras);
/* Has any of it been committed? */
bool extras_has_done(const Extras *extras);

/* The same for the same work, whatever the machine and the time: one line for each thing that would
 * be done, names and hashes, no secret. For the plan's digest; empty if there is nothing. */
Str extras_canonical(Arena *arena, const Extras *extras);

/* What would be done, in the log: names and counts, no values. */
void extras_print(const Log *log, const Extras *extras);

#endif
