/* The stages of a push beside its migrations: config.toml, roles, vault, seeds. run.c knows when.
 */
#ifndef STAGE_EXTRAS_H
#define STAGE_EXTRAS_H

#include "action/inputs.h"
#include "action/workflow.h"
#include "migrate/extras.h"

/* Reads the config file and registers every secret that it can give, before anything is printed.
 * `unmasked` is set if one cannot be masked. Adds ERR_CONFIG. No supabase folder is no error here.
 */
bool run_extras_load(Arena *arena, const Inputs *inputs, Extras *out, Secrets *secrets,
	bool *unmasked, Err *err);

/* For mode detect: which seeds are watched, and nothing else. */
bool run_extras_watch(Arena *arena, const Inputs *inputs, Extras *extras, Err *err);
/* [db.migrations] is not enabled, and there is no migrations folder, which is an error otherwise;
 * where it would be, relative to the workspace. */
bool run_extras_lacks_migrations(
	Arena *arena, const Inputs *inputs, const Extras *extras, Str *folder);
/* Finds and reads what the inputs ask for; needs no database. Tells what deserves a
 * warning, and adds it to `told`. */
bool run_extras_find(Arena *arena, const Inputs *inputs, const Workflow *workflow, Extras *extras,
	Err *told, Err *err);

/* Compares it with the target, and reads what is to be run. `pending`: migrations are pending. */
bool run_extras_plan(Arena *arena, const Inputs *inputs, const Workflow *workflow, Session *session,
	bool pending, Extras *extras, Err *told, Err *err);

/* What comes before the migrations, and behind them; under the push's lock. Warnings as above. */
bool run_extras_before(
	const Workflow *workflow, Session *session, Extras *extras, Err *told, Err *err);
bool run_extras_after(Session *session, bool reseed, Extras *extras, Err *err);

#endif
