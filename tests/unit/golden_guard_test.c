/* check/guard by golden tests: every row of guard.def. Their blocks:
 *
 * @FILE NAME: the file's text.
 * @RECORDED VERSION [null]: the statements as the history has them, joined.
 * @STAGING VERSION [null]: the same of staging; without any such block there is no staging.
 * @HALF VERSION DONE [doubt]: a file left half done; its text is what was done.
 * @OPTIONS: include-all, all, promotes, max=N, staging=LEVEL, edited=LEVEL, same=LEVEL,
 * missing=LEVEL, plan=DIGEST, or plan-without=VERSION (of the history) for the digest of the plan
 * before that was recorded. */
#include "golden.h"

#include "check/guard.h"
#include "sql/split.h"

typedef struct World {
	Source source;
	History history, staging;
	bool has_staging;
	GuardOptions options;
	bool include_all, all, promotes;
	Str without; /* version of the history whose absence gives the expected plan */
} World;

static void add_file(Arena *arena, World *world, const Block *block)
{
	Migration *migration = vec_add(arena, &world->source.migrations);
	migration->file = block->args;
	migration->path = file_join(arena, world->source.folder, block->args);
	migration->text = str_copy(arena, block->text);
	assert_true(source_name(block->args, &migration->version, &migration->title));
}

static void add_record(Arena *arena, History *history, const Block *block)
{
	Str rest = block->args, version, word = {0};
	str_next(&rest, ' ', &version);
	bool null = str_next(&rest, ' ', &word);
	Record *records = arena_array(arena, Record, history->versions.count + 1);
	for (size_t i = 0; i < history->versions.count; i++)
		records[i] = history->records[i];
	Record *record = &records[history->versions.count];
	if (!null) {
		record->digest = STR("of the server");
		record->text = block->text;
	}
	record->file = SIZE_MAX;
	history->records = records;
	*vec_add(arena, &history->versions) = version;
}

static void add_half(Arena *arena, World *world, const Block *block)
{
	Str rest = block->args, version, done, word = {0};
	Pieces pieces = {0};
	Partial *partial = vec_add(arena, &world->history.partials);
	str_next(&rest, ' ', &version);
	str_next(&rest, ' ', &done);
	split_text(arena, block->text, &pieces);
	*partial = (Partial){.version = version, .done = strtoull(str_z(arena, done), NULL, 10)};
	partial->in_doubt = str_next(&rest, ' ', &word);
	for (size_t i = 0; i < partial->done && i < pieces.count; i++)
		partial->chain = content_chain(arena, partial->chain, pieces.items[i]);
}

static GuardLevel level_of(Str word)
{
	return str_equal(word, STR("warn"))   ? GUARD_WARN
	       : str_equal(word, STR("off"))  ? GUARD_OFF
	       : str_equal(word, STR("note")) ? GUARD_NOTE
					      : GUARD_ERROR;
}

static void take_option(Arena *arena, World *world, Str option)
{
	Str name, value = option;
	str_next(&value, '=', &name);
	if (str_equal(name, STR("include-all")))
		world->include_all = true;
	else if (str_equal(name, STR("promotes")))
		world->promotes = true;
	else if (str_equal(name, STR("all")))
		world->all = true;
	else if (str_equal(name, STR("max")))
		world->options.max_pending = strtoull(str_z(arena, value), NULL, 10);
	else if (str_equal(name, STR("staging")))
		world->options.levels.staging = level_of(value);
	else if (str_equal(name, STR("edited")))
		world->options.levels.edited = level_of(value);
	else if (str_equal(name, STR("same")))
		world->options.levels.same = level_of(value);
	else if (str_equal(name, STR("missing")))
		world->options.levels.missing = level_of(value);
	else if (str_equal(name, STR("plan")))
		world->options.expect_plan = value;
	else if (str_equal(name, STR("plan-without")))
		world->without = value;
	else
		fail_msg("no option is called %.*s", STR_ARG(name));
}

static void read_blocks(Arena *arena, const Blocks *blocks, World *world)
{
	for (size_t i = 0; i < blocks->count; i++) {
		const Block *block = &blocks->items[i];
		Str rest = block->args, word;
		if (str_equal(block->name, STR("FILE"))) {
			add_file(arena, world, block);
		} else if (str_equal(block->name, STR("RECORDED"))) {
			add_record(arena, &world->history, block);
		} else if (str_equal(block->name, STR("STAGING"))) {
			world->has_staging = true;
			add_record(arena, &world->staging, block);
		} else if (str_equal(block->name, STR("HALF"))) {
			add_half(arena, world, block);
		} else {
			assert_true(str_equal(block->name, STR("OPTIONS")));
			while (str_next(&rest, ' ', &word))
				take_option(arena, world, word);
		}
	}
}

/* What content_compare finds out with the server's help. */
static void compare(Arena *arena, const Source *source, History *history)
{
	for (size_t r = 0; r < history->versions.count; r++) {
		Record *record = &history->records[r];
		record->identity = content_identity(arena, record->text);
		for (size_t i = 0; i < source->migrations.count; i++)
			if (str_equal(source->migrations.items[i].version,
				    history->versions.items[r]))
				record->file = i;
	}
}

static void print_faults(Arena *arena, Buf *out, const char *level, const Err *err)
{
	for (const Fault *fault = err->first; fault; fault = fault->next) {
		buf_format(out, "%s: ", level);
		if (fault->file.len)
			buf_format(out, "%.*s: ", STR_ARG(fault->file));
		golden_add_lines(out, (Str){0}, fault->message);
		if (fault->difference.len)
			golden_add_lines(out, (Str){0}, str_trim(fault->difference));
		if (fault->hint.len)
			golden_add_lines(out, STR("help: "), fault->hint);
	}
	(void)arena;
}

/* The digest of the plan that was made before this version was recorded. */
static Str plan_without(Arena *arena, DigestInput input, Str version)
{
	History history = {0};
	for (size_t i = 0; i < input.history->versions.count; i++)
		if (!str_equal(input.history->versions.items[i], version))
			*vec_add(arena, &history.versions) = input.history->versions.items[i];
	input.history = &history;
	return digest_plan(arena, &input);
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	World world = {.source = {.folder = STR("supabase/migrations")},
		.options = {.now = 1735689600,
			.levels = {.edited = GUARD_WARN,
				.same = GUARD_NOTE}}}; /* missing, deleted: GUARD_ERROR */
	Err errors = {.arena = arena}, warnings = {.arena = arena}, notes = {.arena = arena};
	Err ignored = {.arena = arena};
	Plan plan;
	read_blocks(arena, blocks, &world);
	Contents contents = content_read(arena, &world.source);
	compare(arena, &world.source, &world.history);
	compare(arena, &world.source, &world.staging);
	plan_build(arena, &world.source, &world.history, world.include_all, &plan);
	Script *scripts = arena_array(arena, Script, plan.pending.count + 1);
	for (size_t i = 0; i < plan.pending.count; i++)
		script_read(arena, plan.pending.items[i], &scripts[i], &ignored);
	GuardFacts facts = {.plan = &plan,
		.scripts = scripts,
		.input = {.target = STR("t"),
			.contents = &contents,
			.history = &world.history,
			.include_all = world.include_all,
			.one_transaction = world.all},
		.promotes = world.promotes,
		.staging = world.has_staging ? &world.staging : NULL};
	facts.digest = digest_plan(arena, &facts.input);
	if (world.without.len)
		world.options.expect_plan = plan_without(arena, facts.input, world.without);
	bool allowed = guard_check(&facts, &world.options, &errors, &warnings, &notes);
	assert_int_equal(allowed, errors.count == 0);
	buf_format(out, "%s\n", allowed ? "allowed" : "blocked");
	print_faults(arena, out, "error", &errors);
	print_faults(arena, out, "warning", &warnings);
	print_faults(arena, out, "note", &notes);
}

TEST(every_guard_says_what_is_expected)
{
	golden_run("guard", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_guard_says_what_is_expected)};
	return cmocka_run_group_tests_name("golden_guard", tests, NULL, NULL);
}
