/* supabase/config.toml (or config.json): the few keys that a push uses, and nothing else.
 *
 * A key that is not used here cannot stop a deploy, whatever it holds; a file that is no TOML or
 * JSON does, since nobody can say what it means. The forms, defaults and the merging of a remote
 * are those of the Supabase CLI 3.1.0. `env(NAME)` is taken from the process's environment only,
 * and never from the variables of the runner and of the action's inputs. What it gives may be a
 * secret, whatever its key: it is masked, and messages show what the file says. */
#ifndef LOCAL_CONFIG_H
#define LOCAL_CONFIG_H

#include "base/err.h"
#include "base/secret.h"
#include "base/vec.h"

typedef struct VaultEntry {
	Str name;
	Str value; /* secret; empty: there is nothing to set */
	Str unset; /* the variable that is not set, if it is therefore empty */
	size_t line; /* in the file; 0 if unknown */
} VaultEntry;

typedef struct SeedPath {
	/* Relative to the folder that holds supabase/, or absolute, as the CLI has it in its
	 * bookkeeping: supabase/seed.sql. An empty one matches nothing. */
	Str path;
	Str written; /* as the file has it: the only form for people */
} SeedPath;

typedef struct Config {
	Str file; /* relative to the workspace; empty if there is none */
	Str ignored; /* a config.toml beside a config.json that takes its place */
	Str remote; /* the [remotes.…] block that was merged in; empty if none was */
	bool migrations_enabled, seed_enabled;
	VEC(SeedPath) seed_paths;
	VEC(VaultEntry) vault; /* by name, as the CLI orders them */
	bool is_withheld; /* an env() was not taken, since there is no environment for this file */
} Config;

/* Of the standard library's getenv. NULL: the file may be a stranger's, and no env() is taken. */
typedef char *ConfigEnvFn(const char *name);

/* The document alone, without a meaning yet. */
typedef struct ConfigFile {
	Str path, ignored; /* as Config's file and ignored */
	struct Toml *root; /* NULL: there is no file */
} ConfigFile;

/* Reads config.json, config.jsonc or config.toml of the supabase folder (absolute) below `root`
 * (the workspace, resolved). No file is no error. Adds ERR_CONFIG with line and column. */
bool config_load(Arena *arena, Str root, Str folder, ConfigFile *out, Err *err);

/* Registers what env() gives in any key that config_read looks at, those of all remotes included,
 * as secrets. What the file says itself is none: whoever proposes a change would choose what is
 * masked. False if a vault secret is too short or too common to be masked. */
bool config_keep_secrets(const ConfigFile *file, ConfigEnvFn *env, Secrets *secrets);

typedef struct ConfigUse {
	Str ref; /* of the target project; may be empty */
	bool seeds, vault; /* are these keys wanted? Otherwise they may hold anything */
	ConfigEnvFn *env;
} ConfigUse;

/* The keys that matter, after the remote with project_id = `ref` was merged in. Adds ERR_CONFIG for
 * values of the wrong kind. */
bool config_read(Arena *arena, const ConfigFile *file, const ConfigUse *use, Config *out, Err *err);

/* The schemas of [api] that the file itself names; those that an env() names are left out. */
Names config_api_schemas(Arena *arena, const ConfigFile *file);

/* JSON as the CLI takes it for its config (comments, commas after the last item) as the same tree.
 * NULL with line, column and reason in `error`. */
struct TomlError;
struct Toml *config_parse_json(Arena *arena, Str text, struct TomlError *error);

#endif
