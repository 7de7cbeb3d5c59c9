/* local/config by golden tests: @TOML or @JSON is the file, with ref=REF as argument, or
 * "strangers" for one without an environment; @ENV, if there, the environment. */
#include "golden.h"

#include "local/config.h"
#include "toml/toml.h"

static Str environment;

/* getenv for NAME=VALUE lines. */
static char *lookup(const char *name)
{
	static char value[200];
	Str rest = environment, line, wanted = str_from(name);
	while (str_next(&rest, '\n', &line))
		if (str_starts(line, wanted) && str_starts(str_skip(line, wanted.len), STR("="))) {
			Str found = str_skip(line, wanted.len + 1);
			snprintf(value, sizeof value, "%.*s", STR_ARG(found));
			return value;
		}
	return NULL;
}

static void print_config(Buf *out, const Config *config)
{
	buf_format(out, "migrations: %s\nseed: %s\n", config->migrations_enabled ? "yes" : "no",
		config->seed_enabled ? "yes" : "no");
	if (config->remote.len)
		buf_format(out, "remote: %.*s\n", STR_ARG(config->remote));
	for (size_t i = 0; i < config->seed_paths.count; i++) {
		const SeedPath *seed = &config->seed_paths.items[i];
		buf_format(out, "  path '%.*s', written '%.*s'\n", STR_ARG(seed->path),
			STR_ARG(seed->written));
	}
	if (config->is_withheld)
		buf_add(out, STR("withheld\n"));
	for (size_t i = 0; i < config->vault.count; i++) {
		const VaultEntry *entry = &config->vault.items[i];
		buf_format(out, "  vault '%.*s' = '%.*s'%s%.*s\n", STR_ARG(entry->name),
			STR_ARG(entry->value), entry->unset.len ? ", unset: " : "",
			STR_ARG(entry->unset));
	}
}

static void print_faults(Buf *out, const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		assert_int_equal(fault->kind, ERR_CONFIG);
		buf_format(out, "%.*s:%zu: %.*s\n", STR_ARG(fault->file), fault->line,
			STR_ARG(fault->message));
		if (fault->hint.len)
			buf_format(out, "help: %.*s\n", STR_ARG(fault->hint));
	}
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	const Block *document = &blocks->items[0];
	bool json = str_equal(document->name, STR("JSON"));
	environment = blocks->count > 1 ? blocks->items[1].text : (Str){0};
	TomlError error = {0};
	ConfigFile file = {.path = STR("config")};
	Str ref = str_starts(document->args, STR("ref=")) ? str_skip(document->args, 4) : (Str){0};
	ConfigEnvFn *env = str_equal(document->args, STR("strangers")) ? NULL : lookup;
	Str text = check_exact(arena, document->text);
	Secrets secrets = {.arena = arena};
	Config config;
	Err err = {.arena = arena};

	file.root = (json ? config_parse_json : toml_parse)(arena, text, &error);
	if (!file.root) {
		buf_format(out, "%zu:%zu: %.*s\n", error.line, error.col, STR_ARG(error.message));
		return;
	}
	bool all = config_keep_secrets(&file, env, &secrets);
	const ConfigUse use = {.ref = ref, .seeds = true, .vault = true, .env = env};
	bool valid = config_read(arena, &file, &use, &config, &err);
	assert_true(valid == (err.count == 0));
	print_config(out, &config);
	for (size_t i = 0; i < secrets.values.count; i++) /* not what encodes them */
		if (str_contains(environment, str_trim(secrets.values.items[i])))
			buf_format(out, "masked '%.*s'\n", STR_ARG(secrets.values.items[i]));
	buf_add(out, all ? STR("") : STR("one cannot be masked\n"));
	print_faults(out, &err);
}

TEST(every_file_is_read_as_expected)
{
	golden_run("config", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_file_is_read_as_expected)};
	return cmocka_run_group_tests_name("golden_config", tests, NULL, NULL);
}
