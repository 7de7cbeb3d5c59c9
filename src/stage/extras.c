#include "stage/extras.h"

#include "base/file.h"
#include "server/server_parse.h"
#include "server/lock.h"

#include <stdlib.h>

/* The workspace, resolved, and the supabase folder in it; false if there is none. */
static bool find_supabase(const Run *run, Str *root, Str *supabase)
{
	return source_supabase(run->arena, run->inputs->runner->workspace,
		run->inputs->working_directory, root, supabase);
}

static SeedOptions seed_options(const Run *run)
{
	const Config *config = &run->report->extras.config;
	SeedOptions options = {
		.patterns = config->seed_paths.items, .pattern_count = config->seed_paths.count};
	Str supabase;
	if (find_supabase(run, &options.root, &supabase))
		options.base = file_parent(supabase);
	return options;
}

/* A stranger's configuration is given no environment. */
static ConfigEnvFn *environment(const Inputs *inputs)
{
	return event_is_of_strangers(inputs->event) ? NULL : getenv;
}

bool extras_load(Run *run, Secrets *secrets, bool *unmasked)
{
	const Inputs *inputs = run->inputs;
	ConfigFile *file = &run->report->extras.file;
	Str root, supabase;
	if (inputs->mode == MODE_DETECT && !inputs->include_seed)
		return true;
	if (!find_supabase(run, &root, &supabase))
		return true;
	bool loaded = config_load(run->arena, root, supabase, file, run->err);
	if (loaded && !config_keep_secrets(file, environment(inputs), secrets))
		*unmasked = true;
	return loaded;
}

static void tell_config(const Log *log, const Inputs *inputs, const Config *config)
{
	if (!config->file.len)
		return;
	log_line(log, "settings: %.*s%s%.*s%s", STR_ARG(config->file),
		config->remote.len ? ", with [remotes." : "", STR_ARG(config->remote),
		config->remote.len ? "]" : "");
	if (config->ignored.len)
		log_line(log, "%.*s is ignored beside it", STR_ARG(config->ignored));
	if (inputs->include_seed && !config->seed_enabled)
		log_line(log, "[db.seed] is not enabled there; include-seed overrides that");
	if (config->is_withheld)
		log_line(log,
			"env() is not replaced there: on %.*s the file may be of somebody who may "
			"not write to the repository",
			STR_ARG(inputs->event->name));
	if (!config->migrations_enabled)
		log_line(log, "[db.migrations] is not enabled there: no migration is pushed");
}

/* A secret whose variable is not set is left alone, as by the CLI, but not silently. */
static void tell_unset(const Config *config, Err *warnings)
{
	for (size_t i = 0; i < config->vault.count; i++) {
		const VaultEntry *entry = &config->vault.items[i];
		if (!entry->unset.len || config->is_withheld)
			continue;
		Fault *fault = err_add(warnings, ERR_CONFIG,
			"db.vault.%.*s: the variable %.*s is not set; the secret is left alone",
			STR_ARG(str_visible(warnings->arena, entry->name)),
			STR_ARG(str_visible(warnings->arena, entry->unset)));
		fault->file = config->file;
		fault->line = entry->line;
		fault->hint = STR("give it to this step with env:");
	}
}

bool stage_seeds(Run *run)
{
	Extras *extras = &run->report->extras;
	const ConfigUse use = {.ref = run->inputs->project_ref,
		.seeds = run->inputs->include_seed,
		.env = environment(run->inputs)};
	return config_read(run->arena, &extras->file, &use, &extras->config, run->err);
}

bool extras_lacks_migrations(const Run *run, Str *folder)
{
	const Inputs *inputs = run->inputs;
	const ConfigUse use = {.ref = inputs->project_ref, .env = environment(inputs)};
	Err ignored = {.arena = run->arena};
	Config config;
	config_read(run->arena, &run->report->extras.file, &use, &config, &ignored);
	return !config.migrations_enabled &&
	       source_lacks_folder(
		       run->arena, inputs->runner->workspace, inputs->working_directory, folder);
}

bool stage_extras(Run *run)
{
	const Inputs *inputs = run->inputs;
	Extras *extras = &run->report->extras;
	Err warnings = {.arena = run->arena};
	const ConfigUse use = {.ref = inputs->project_ref,
		.seeds = inputs->include_seed,
		.vault = !inputs->skip_vault,
		.env = environment(inputs)};
	config_read(run->arena, &extras->file, &use, &extras->config, run->err);
	tell_config(&run->workflow->log, inputs, &extras->config);
	SeedOptions options = seed_options(run);
	if (inputs->include_roles &&
		roles_read(run->arena, options.root, options.base, &extras->roles, run->err) &&
		!extras->roles.is_found)
		err_add(&warnings, ERR_SOURCE, "include-roles: there is no supabase/roles.sql");
	if (inputs->include_seed)
		seed_find(run->arena, &options, &extras->seeds, &warnings, run->err);
	run_warn(run, &warnings);
	return run->err->count == 0;
}

static bool ask_dialect(Session *session, Extras *extras, Err *err)
{
	Seeds *seeds = &extras->seeds;
	Roles *roles = &extras->roles;
	size_t before = err->count;
	server_parse(session, seeds->scripts, seeds->script_count, err);
	if (roles->is_found)
		server_parse(session, &roles->script, 1, err);
	for (size_t i = 0; i < seeds->script_count; i++)
		script_add_refusals(&seeds->scripts[i], err);
	if (roles->is_found)
		script_add_refusals(&roles->script, err);
	return err->count == before;
}

static void tell_changed(const Seeds *seeds, Err *warnings)
{
	for (size_t i = 0; i < seeds->items.count; i++) {
		const Seed *seed = &seeds->items.items[i];
		if (seed->verdict != SEED_CHANGED)
			continue;
		Fault *fault = err_add(warnings, ERR_DATA,
			"seed %.*s has changed since it was loaded: "
			"a push only renews its hash, and does not run it",
			STR_ARG(seed->file.file));
		fault->file = seed->file.path;
		fault->hint =
			STR("reseed: true runs changed seeds again; one whose hash was renewed "
			    "is run after its row in supabase_migrations.seed_files was deleted");
	}
}

/* The login of a dry run may be one that only reads, and not the vault: that is no fault of the
 * plan. */
static void compare_vault(Run *run, Err *warnings, Err *err)
{
	Extras *extras = &run->report->extras;
	Err refused = {.arena = err->arena};
	tell_unset(&extras->config, warnings);
	if (vault_compare(
		    &run->database.session, &extras->config, &extras->vault, warnings, &refused))
		return;
	bool allowed = refused.last->cause != CAUSE_PRIVILEGE;
	err_append(run->inputs->mode == MODE_DRY_RUN && !allowed ? warnings : err, &refused);
}

/* What the target has and has not. */
static bool compare_extras(Run *run, Err *warnings, Err *err)
{
	Session *session = &run->database.session;
	Extras *extras = &run->report->extras;
	SeedOptions options = seed_options(run);
	size_t before = err->count;
	if (!roles_compare(session, &extras->roles, err) ||
		!seed_compare(session, run->inputs->reseed, &extras->seeds, err))
		return false;
	seed_examine(run->arena, &options, &extras->seeds, err);
	ask_dialect(session, extras, err);
	tell_changed(&extras->seeds, warnings);
	if (extras->with_vault)
		compare_vault(run, warnings, err);
	return err->count == before;
}

bool extras_plan(Run *run, Err *err)
{
	Err warnings = {.arena = run->arena};
	run->report->extras.with_vault = run->report->plan.pending.count > 0;
	bool planned = compare_extras(run, &warnings, err);
	run_warn(run, &warnings);
	return planned;
}

/* Under the lock: another push may have set them while this one waited. What deserves a warning has
 * been reported with the plan. */
static bool run_vault(Run *run)
{
	Session *session = &run->database.session;
	Extras *extras = &run->report->extras;
	Err warnings = {.arena = run->arena};
	if (!extras->with_vault)
		return true;
	bool compared =
		vault_compare(session, &extras->config, &extras->vault, &warnings, run->err);
	extras->vault.has_failed = !compared;
	return compared && vault_run(session, &extras->vault, run->err);
}

bool extras_before(Run *run)
{
	Session *session = &run->database.session;
	Err warnings = {.arena = run->arena};
	bool done = roles_run(session, &run->report->extras.roles, &warnings, run->err);
	run_warn(run, &warnings);
	return done && lock_keep(session, run->err) && run_vault(run);
}

bool extras_after(Run *run)
{
	Session *session = &run->database.session;
	Seeds *seeds = &run->report->extras.seeds;
	return !seed_count(seeds) ||
	       (lock_keep(session, run->err) &&
		       seed_confirm(session, run->inputs->reseed, seeds, run->err) &&
		       seed_run(session, seeds, run->err));
}
