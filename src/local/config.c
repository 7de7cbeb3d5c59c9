#include "local/config.h"

#include "base/file.h"
#include "toml/toml.h"

#include <stdlib.h>

/* What every reader of a key needs. */
typedef struct Reader {
	Arena *arena;
	ConfigEnvFn *env;
	Str file;
	bool *is_withheld; /* the configuration's */
	Err *err;
} Reader;

/* ---- the file ---- */

static Fault *fault_at(Str path, size_t line, size_t col, Str message, Err *err)
{
	Fault *fault = err_add(err, ERR_CONFIG, "%.*s", STR_ARG(message));
	fault->file = path;
	fault->line = line;
	fault->col = col;
	return fault;
}

static bool read_file(Arena *arena, Str root, Str path, Str *text, Err *err)
{
	Str target = file_resolve(arena, path);
	Str reason = file_is_within(target, root)
			     ? STR("it leads into .git, which is not read")
			     : STR("the symbolic link leads out of the workspace");
	if (file_is_content(target, root) && file_read(arena, path, TOML_SIZE_MAX, text, &reason))
		return true;
	fault_at(file_below(root, path), 0, 0,
		str_format(arena, "cannot be read: %.*s", STR_ARG(reason)), err);
	return false;
}

/* The CLI's choice, as a whole path: JSON before TOML; two forms of JSON are a contradiction. */
static bool choose_file(Arena *arena, Str root, Str folder, ConfigFile *out, Err *err)
{
	Str json = file_join(arena, folder, STR("config.json"));
	Str jsonc = file_join(arena, folder, STR("config.jsonc"));
	Str toml = file_join(arena, folder, STR("config.toml"));
	bool has_json = file_type(json) != FILE_MISSING,
	     has_jsonc = file_type(jsonc) != FILE_MISSING;
	bool has_toml = file_type(toml) != FILE_MISSING || file_is_symlink(toml);
	out->ignored = has_toml && (has_json || has_jsonc) ? file_below(root, toml) : (Str){0};
	if (!has_json || !has_jsonc) {
		out->path = has_json ? json : has_jsonc ? jsonc : has_toml ? toml : (Str){0};
		return true;
	}
	fault_at(file_below(root, jsonc), 0, 0, STR("config.json and config.jsonc are both there"),
		err)
		->hint = STR("delete the one that is not used");
	return false;
}

bool config_load(Arena *arena, Str root, Str folder, ConfigFile *out, Err *err)
{
	Str text;
	TomlError error = {0};
	*out = (ConfigFile){0};
	if (!choose_file(arena, root, folder, out, err))
		return false;
	if (!out->path.len)
		return true;
	Str path = out->path;
	out->path = file_below(root, path);
	if (!read_file(arena, root, path, &text, err))
		return false;
	out->root = str_ends(path, STR(".toml")) ? toml_parse(arena, text, &error)
						 : config_parse_json(arena, text, &error);
	if (!out->root)
		fault_at(out->path, error.line, error.col, error.message, err)->hint = error.hint;
	return out->root != NULL;
}

/* ---- values ---- */

/* `env(NAME)` as a whole; the name may be anything without a line end. */
static bool is_variable(Str text, Str *name)
{
	if (!str_starts(text, STR("env(")) || !str_ends(text, STR(")")))
		return false;
	*name = str_head(str_skip(text, 4), text.len - 5);
	return !str_contains(*name, STR("\n")) && !str_contains(*name, STR("\r"));
}

/* Their values are chosen by the event, and so perhaps by whoever has caused it, or are the
 * action's own secrets. */
static bool is_reserved(Str name)
{
	static const Str prefixes[] = {
		STR_INIT("GITHUB_"), STR_INIT("RUNNER_"), STR_INIT("ACTIONS_"), STR_INIT("INPUT_")};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts(name, prefixes[i]))
			return true;
	return false;
}

/* The text, or what its variable holds. False if that is unset or empty: `*out` stays as it is
 * written then, as for the CLI. */
static bool resolve(Arena *arena, ConfigEnvFn *env, Str text, Str *out, Str *unset)
{
	Str name;
	*out = text;
	if (!is_variable(text, &name))
		return true;
	/* a name with NUL in it is never set */
	Str value = {0};
	if (env && !is_reserved(name) && !str_contains(name, (Str){"", 1}))
		value = str_from(env(str_z(arena, name)));
	if (!value.len) {
		*unset = name;
		return false;
	}
	*out = str_copy(arena, value);
	return true;
}

static Fault *complain(const Reader *r, const Toml *value, const char *key, const char *says)
{
	Fault *fault = err_add(r->err, ERR_CONFIG, "%s: %s", key, says);
	fault->file = r->file;
	fault->line = value->line;
	return fault;
}

static void complain_kind(const Reader *r, const Toml *value, const char *key, const char *expected)
{
	complain(r, value, key,
		str_z(r->arena, str_format(r->arena, "it must be %s, and is %s", expected,
					toml_kind_name(value->kind))));
}

static void complain_unset(const Reader *r, const Toml *value, const char *key, Str unset)
{
	Str shown = str_visible(r->arena, str_head(unset, 80));
	if (!r->env) {
		*r->is_withheld = true;
		return;
	}
	if (is_reserved(unset)) {
		complain(r, value, key,
			str_z(r->arena,
				str_format(r->arena, "the variable %.*s is the runner's, not yours",
					STR_ARG(shown))))
			->hint = STR("give the value to this step with env:, under another name");
		return;
	}
	complain(r, value, key,
		str_z(r->arena,
			str_format(r->arena, "the variable %.*s is not set", STR_ARG(shown))))
		->hint = STR("give it to this step with env:");
}

/* A boolean, or a string that Go's ParseBool would take, as the CLI does. */
static bool bool_of(Str text, bool *truth)
{
	static const struct {
		Str text;
		bool truth;
	} table[] = {
		{STR_INIT("true"), true},
		{STR_INIT("True"), true},
		{STR_INIT("TRUE"), true},
		{STR_INIT("t"), true},
		{STR_INIT("T"), true},
		{STR_INIT("1"), true},
		{STR_INIT("false"), false},
		{STR_INIT("False"), false},
		{STR_INIT("FALSE"), false},
		{STR_INIT("f"), false},
		{STR_INIT("F"), false},
		{STR_INIT("0"), false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(text, table[i].text)) {
			*truth = table[i].truth;
			return true;
		}
	return false;
}

static bool read_bool(const Reader *r, const Toml *root, const char *key, bool fallback)
{
	const Toml *value = toml_at(root, key);
	bool truth = fallback;
	Str text, unset;
	if (!value)
		return fallback;
	if (value->kind == TOML_BOOL)
		return value->truth;
	if (value->kind != TOML_STRING)
		complain_kind(r, value, key, "true or false");
	else if (!resolve(r->arena, r->env, value->text, &text, &unset))
		complain_unset(r, value, key, unset);
	else if (!bool_of(text, &truth))
		complain(r, value, key, "it must be true or false");
	return truth;
}

/* ---- seeds ---- */

/* supabase/PATH without dots and double slashes; absolute and empty ones stay as they are. */
static Str seed_path(Arena *arena, Str path)
{
	VEC(Str) parts = {0};
	if (!path.len || path.ptr[0] == '/')
		return path;
	Str rest = str_format(arena, "supabase/%.*s", STR_ARG(path)), part;
	while (str_next(&rest, '/', &part)) {
		bool up = str_equal(part, STR(".."));
		if (!part.len || str_equal(part, STR(".")))
			continue;
		if (up && parts.count && !str_equal(parts.items[parts.count - 1], STR("..")))
			parts.count--;
		else
			*vec_add(arena, &parts) = part;
	}
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < parts.count; i++) {
		buf_add(&buf, i ? STR("/") : STR(""));
		buf_add(&buf, parts.items[i]);
	}
	return parts.count ? buf_str(&buf) : STR(".");
}

/* `written`: what the file says, of which `item` is all or a part. */
static void add_seed_path(const Reader *r, const Toml *value, Str item, Str written, Config *out)
{
	Str path, unset;
	if (!resolve(r->arena, r->env, item, &path, &unset))
		complain_unset(r, value, "db.seed.sql_paths", unset);
	else if (str_contains(path, (Str){"", 1}))
		complain(r, value, "db.seed.sql_paths", "a path cannot hold a NUL byte");
	else
		*vec_add(r->arena, &out->seed_paths) =
			(SeedPath){seed_path(r->arena, path), written};
}

/* A list; or one string with commas between the paths. */
static void read_seed_paths(const Reader *r, const Toml *root, Config *out)
{
	const char *key = "db.seed.sql_paths";
	const Toml *value = toml_at(root, key);
	Str part, rest, unset, name;
	if (!value) {
		*vec_add(r->arena, &out->seed_paths) =
			(SeedPath){STR("supabase/seed.sql"), STR("seed.sql")};
	} else if (value->kind == TOML_STRING) {
		if (!resolve(r->arena, r->env, value->text, &rest, &unset))
			complain_unset(r, value, key, unset);
		else
			while (rest.len && str_next(&rest, ',', &part))
				add_seed_path(r, value, part,
					is_variable(value->text, &name) ? value->text : part, out);
	} else if (value->kind != TOML_ARRAY) {
		complain_kind(r, value, key, "a list of paths");
	} else {
		for (const Toml *item = value->first; item; item = item->next)
			if (item->kind == TOML_STRING)
				add_seed_path(r, item, item->text, item->text, out);
			else
				complain_kind(r, item, key, "a list of strings");
	}
}

/* ---- vault ---- */

static int by_name(const void *a, const void *b)
{
	return str_compare(((const VaultEntry *)a)->name, ((const VaultEntry *)b)->name);
}

static void read_secret(const Reader *r, const Toml *value, Config *out)
{
	VaultEntry *entry = vec_add(r->arena, &out->vault);
	Str key = str_format(r->arena, "db.vault.%.*s",
		STR_ARG(str_visible(r->arena, str_head(value->key, 80))));
	*entry = (VaultEntry){.name = value->key, .line = value->line};
	if (value->kind != TOML_STRING) {
		complain_kind(r, value, str_z(r->arena, key), "a string");
	} else if (!resolve(r->arena, r->env, value->text, &entry->value, &entry->unset)) {
		entry->value = (Str){0};
		*r->is_withheld = *r->is_withheld || !r->env;
	} else if (str_starts(entry->value, STR("encrypted:"))) {
		complain(r, value, str_z(r->arena, key),
			"encrypted: values cannot be decrypted here")
			->hint = STR("give the secret as env(NAME), "
				     "and the variable to this step; or set skip-vault: true");
	} else if (str_contains(entry->value, (Str){"", 1}) ||
		   str_contains(value->key, (Str){"", 1})) {
		complain(r, value, str_z(r->arena, key), "PostgreSQL cannot store a NUL byte");
	}
}

static void read_vault(const Reader *r, const Toml *root, Config *out)
{
	const Toml *vault = toml_at(root, "db.vault");
	if (!vault)
		return;
	if (vault->kind != TOML_TABLE) {
		complain_kind(r, vault, "db.vault", "a table");
		return;
	}
	for (const Toml *value = vault->first; value; value = value->next)
		read_secret(r, value, out);
	if (out->vault.count)
		qsort(out->vault.items, out->vault.count, sizeof *out->vault.items, by_name);
}

/* False if it cannot be masked. */
static bool keep_text(Str text, ConfigEnvFn *env, Secrets *secrets)
{
	Str name, value, unset;
	return !is_variable(text, &name) || !resolve(secrets->arena, env, text, &value, &unset) ||
	       secret_add_lines(secrets, value);
}

/* A string, the parts of one with commas, the items of a list or of a table. */
static bool keep_values(const Toml *value, ConfigEnvFn *env, Secrets *secrets)
{
	bool all = true;
	Str rest, part;
	if (value && value->kind == TOML_STRING) {
		all = keep_text(value->text, env, secrets);
		for (rest = value->text; rest.len && str_next(&rest, ',', &part);)
			keep_text(part, env, secrets);
	}
	for (const Toml *item = value ? value->first : NULL; item; item = item->next)
		if (item->kind == TOML_STRING)
			all = keep_text(item->text, env, secrets) && all;
	return all;
}

/* The document's own keys, or those of a remote. */
static bool keep_block(const Toml *root, ConfigEnvFn *env, Secrets *secrets)
{
	static const char *const keys[] = {
		"project_id", "db.migrations.enabled", "db.seed.enabled", "db.seed.sql_paths"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		keep_values(toml_at(root, keys[i]), env, secrets);
	return keep_values(toml_at(root, "db.vault"), env, secrets);
}

bool config_keep_secrets(const ConfigFile *file, ConfigEnvFn *env, Secrets *secrets)
{
	bool all = keep_block(file->root, env, secrets);
	const Toml *remotes = toml_at(file->root, "remotes");
	for (const Toml *item = remotes ? remotes->first : NULL; item; item = item->next)
		all = keep_block(item, env, secrets) && all;
	return all;
}

/* ---- remotes ---- */

static bool is_remote(const Reader *r, const Toml *block, Str ref)
{
	const Toml *id = toml_at(block, "project_id");
	Str value, unset;
	return id && id->kind == TOML_STRING &&
	       resolve(r->arena, r->env, id->text, &value, &unset) && str_equal(value, ref);
}

/* The block of the target, or NULL. Blocks of other projects are not judged. */
static const Toml *find_remote(const Reader *r, const Toml *root, Str ref)
{
	const Toml *remotes = toml_at(root, "remotes"), *found = NULL;
	if (!ref.len || !remotes || remotes->kind != TOML_TABLE)
		return NULL;
	for (const Toml *block = remotes->first; block; block = block->next) {
		if (!is_remote(r, block, ref))
			continue;
		if (found)
			complain(r, block, "remotes",
				"two blocks have the project_id of the target");
		found = block;
	}
	return found;
}

/* Deep: tables are merged, all else is replaced. A remote is seeded only if its block says so. */
static Toml *merge_remote(Arena *arena, const Toml *root, const Toml *block)
{
	Toml *merged = toml_new_table(arena);
	toml_merge(arena, merged, root);
	toml_merge(arena, merged, block);
	if (toml_at(block, "db.seed.enabled"))
		return merged;
	Toml *at = merged;
	static const Str path[] = {STR_INIT("db"), STR_INIT("seed")};
	for (size_t i = 0; i < 2; i++) {
		Toml *next = toml_get(at, path[i]);
		at = next && next->kind == TOML_TABLE ? next
						      : toml_add(arena, at, path[i], TOML_TABLE);
	}
	toml_add(arena, at, STR("enabled"), TOML_BOOL)->truth = false;
	return merged;
}

bool config_read(Arena *arena, const ConfigFile *file, const ConfigUse *use, Config *out, Err *err)
{
	size_t before = err->count;
	Reader reader = {.arena = arena,
		.env = use->env,
		.file = file->path,
		.is_withheld = &out->is_withheld,
		.err = err};
	*out = (Config){.file = file->path, .ignored = file->ignored};
	const Toml *root = file->root ? file->root : toml_new_table(arena);
	const Toml *remote = find_remote(&reader, root, use->ref);
	if (remote) {
		out->remote = remote->key;
		root = merge_remote(arena, root, remote);
	}
	out->migrations_enabled = read_bool(&reader, root, "db.migrations.enabled", true);
	if (use->seeds) {
		out->seed_enabled = read_bool(&reader, root, "db.seed.enabled", true);
		read_seed_paths(&reader, root, out);
	}
	if (use->vault)
		read_vault(&reader, root, out);
	return err->count == before;
}

Names config_api_schemas(Arena *arena, const ConfigFile *file)
{
	const Toml *value = file->root ? toml_at(file->root, "api.schemas") : NULL;
	Names names = {0};
	Str variable;
	if (!value || value->kind != TOML_ARRAY)
		return names;
	for (const Toml *item = value->first; item; item = item->next)
		if (item->kind == TOML_STRING && item->text.len &&
			!is_variable(item->text, &variable))
			*vec_add(arena, &names) = item->text;
	return names;
}
