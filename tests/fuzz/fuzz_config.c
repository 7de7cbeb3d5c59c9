/* config.toml and config.json of any bytes: no key of it is trusted, no error lacks its file, every
 * value of a variable that comes out is registered as a secret, and nothing is read but the
 * environment that is given. */
#include "fuzz.h"

#include "local/config.h"
#include "glob/wildcard.h"
#include "toml/toml.h"

/* Not UTF-8, so that no document has it for a literal. */
static char variable[] = "value-of-a-variable\xff";

static char *lookup(const char *name)
{
	return name[0] == 'S' ? variable : NULL;
}

static bool is_registered(const Secrets *secrets, Str value)
{
	for (size_t i = 0; i < secrets->values.count; i++)
		if (str_equal(secrets->values.items[i], value))
			return true;
	return false;
}

static void check(Arena *arena, Toml *root)
{
	ConfigFile file = {.path = STR("supabase/config.toml"), .root = root};
	const ConfigUse use = {STR("abcdefghijklmnopqrst"), true, true, lookup};
	Secrets secrets = {.arena = arena};
	Err err = {.arena = arena};
	Config config;
	bool all = config_keep_secrets(&file, lookup, &secrets);
	require(config_read(arena, &file, &use, &config, &err) == (err.count == 0));
	for (const Fault *fault = err.first; fault; fault = fault->next)
		require(fault->kind == ERR_CONFIG && fault->file.len && fault->message.len);
	for (size_t i = 0; i < config.vault.count; i++) {
		Str value = config.vault.items[i].value;
		require(!str_equal(value, str_from(variable)) || !all ||
			is_registered(&secrets, value));
	}
	for (size_t i = 0; i < config.seed_paths.count; i++)
		wildcard_match(config.seed_paths.items[i].path, STR("supabase"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Str text = fuzz_text(&scratch, data, size);
	TomlError error = {0};
	Toml *root = toml_parse(&scratch, text, &error);
	if (root)
		check(&scratch, root);
	root = config_parse_json(&scratch, text, &error);
	if (root)
		check(&scratch, root);
	else
		require(error.line >= 1 && error.col >= 1 && error.message.len);
	return 0;
}
