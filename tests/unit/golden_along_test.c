/* extras/extras and report/along by golden tests: what goes along with the migrations, as the dry
 * run prints it, as the digest sees it, and as the report tells it.
 *
 * @CONFIG FILE REMOTE, if there is one; `-` is none
 * @ROLES STATE US: the file's text. STATE is waiting, done or failed; `there` roles exist already
 * @SECRET NAME VERDICT STATE: new, changed, equal or empty; STATE (waiting, done, failed) is of all
 * @SEED NAME VERDICT STATE US: new, changed, again or same; not-run, done, failed, unknown; its
 * text */
#include "golden.h"

#include "base/log.h"
#include "extras/extras.h"
#include "report/extras_text.h"
#include "report/comment.h"
#include "report/verdict.h"
#include "report/summary.h"

static Str word(Str *args)
{
	Str next = {0};
	str_next(args, ' ', &next);
	return next;
}

static size_t index_of(Str name, const char *const *names, size_t count)
{
	size_t i = 0;
	while (i < count && !str_equal(name, str_from(names[i])))
		i++;
	assert_true(i < count);
	return i;
}

static const char *const states[] = {"waiting", "done", "failed"};

static void read_roles(Arena *arena, const Block *block, Roles *roles)
{
	Str args = block->args;
	Err err = {.arena = arena};
	roles->is_found = true;
	roles->file = (Migration){
		.file = STR("supabase/roles.sql"), .text = str_copy(arena, block->text)};
	script_read(arena, &roles->file, &roles->script, &err);
	roles->states = arena_array(arena, RoleState, roles->script.count + 1);
	size_t state = index_of(word(&args), states, COUNT(states));
	for (size_t i = 0; i < roles->script.count; i++)
		roles->states[i] = str_contains(roles->script.statements[i].text, STR("there"))
					   ? ROLE_THERE
				   : state == 1 ? ROLE_RUN
						: ROLE_WAITING;
	roles->is_done = state == 1;
	roles->has_failed = state == 2;
	roles->us = (int64_t)strtoll(str_z(arena, args), NULL, 10);
}

static void read_secret(Arena *arena, const Block *block, Extras *extras)
{
	static const char *const verdicts[] = {"equal", "new", "changed", "unknown", "empty"};
	Str args = block->args;
	VaultEntry *entry = arena_new(arena, VaultEntry);
	VaultRow *row = vec_add(arena, &extras->vault.rows);
	entry->name = word(&args);
	entry->value = STR("never seen");
	row->entry = entry;
	row->verdict = (VaultVerdict)index_of(word(&args), verdicts, COUNT(verdicts));
	if (row->verdict == VAULT_EMPTY)
		entry->value = (Str){0};
	size_t state = index_of(args, states, COUNT(states));
	extras->vault.is_done = state == 1;
	extras->vault.has_failed = state == 2;
	extras->with_vault = true;
}

static void read_seed(Arena *arena, const Block *block, Seeds *seeds)
{
	static const char *const verdicts[] = {"same", "new", "changed", "again"};
	static const char *const run[] = {"not-run", "done", "failed", "unknown"};
	Str args = block->args;
	Err err = {.arena = arena};
	Seed *seed = vec_add(arena, &seeds->items);
	seed->file = (Migration){.file = word(&args), .text = str_copy(arena, block->text)};
	seed->hash = check_repeat(arena, "0f", 32);
	seed->verdict = (SeedVerdict)index_of(word(&args), verdicts, COUNT(verdicts));
	seed->state = (SeedState)index_of(word(&args), run, COUNT(run));
	seed->us = (int64_t)strtoll(str_z(arena, args), NULL, 10);
	if (seed->verdict != SEED_NEW && seed->verdict != SEED_AGAIN)
		return;
	seed->script = arena_new(arena, Script);
	script_read(arena, arena_new(arena, Migration), seed->script, &err);
	seed->script->count = 3;
}

static void read_blocks(Arena *arena, const Blocks *blocks, Extras *extras)
{
	for (size_t i = 0; i < blocks->count; i++) {
		const Block *block = &blocks->items[i];
		Str args = block->args;
		if (str_equal(block->name, STR("ROLES"))) {
			read_roles(arena, block, &extras->roles);
		} else if (str_equal(block->name, STR("SECRET"))) {
			read_secret(arena, block, extras);
		} else if (str_equal(block->name, STR("SEED"))) {
			read_seed(arena, block, &extras->seeds);
		} else {
			assert_true(str_equal(block->name, STR("CONFIG")));
			extras->config.file = word(&args);
			extras->config.remote = args;
		}
	}
}

static void print_log(Arena *arena, const Extras *extras, Buf *out)
{
	Secrets secrets = {.arena = arena};
	Log log = {.fd = check_capture(), .secrets = &secrets};
	extras_print(&log, extras);
	buf_add(out, check_captured(arena, log.fd));
	close(log.fd);
}

/* As if the run had failed at what has failed of it. */
static void print_failure(Arena *arena, const Report *told, Buf *out)
{
	static const ErrKind kinds[] = {ERR_DATA, ERR_OUTCOME, ERR_CANCELLED};
	Report report = *told;
	report.status = STATUS_FAILED;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		Err err = {.arena = arena};
		err_add(&err, kinds[i], "cancelled");
		Str line = verdict_stop(arena, &report, &err);
		buf_format(out, "%.*s\n  in the database: %.*s\n",
			STR_ARG(verdict_sentence(arena, &report, &err)),
			STR_ARG(verdict_state(arena, &report, &err)));
		if (line.len)
			buf_format(out, "  log: %.*s\n", STR_ARG(line));
	}
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	Report report = {.status = STATUS_PUSHED, .target = STR("h:1/d")};
	Extras *extras = &report.extras;
	Err none = {.arena = arena};
	read_blocks(arena, blocks, extras);
	print_log(arena, extras, out);
	buf_format(out, "---- work: %s, done: %s\nplanned: %.*s\npushed: %.*s\n",
		extras_is_work(extras) ? "yes" : "no", extras_has_done(extras) ? "yes" : "no",
		STR_ARG(extras_text_words(arena, extras, false)),
		STR_ARG(extras_text_words(arena, extras, true)));
	print_failure(arena, &report, out);
	buf_format(out, "---- digest\n%.*s", STR_ARG(extras_canonical(arena, extras)));
	for (int done = 0; done < 2; done++)
		buf_format(out, "---- outputs%s\n%.*s\n%.*s\n%.*s\n", done ? ", done" : "",
			STR_ARG(extras_text_roles(arena, extras, done)),
			STR_ARG(extras_text_vault(arena, extras, done)),
			STR_ARG(extras_text_seeds(arena, extras, done)));
	AUTO_JSON json = json_object();
	extras_text_json(json, extras);
	buf_format(out, "---- report\n%.*s\n", STR_ARG(json_print(arena, json)));
	buf_format(out, "---- summary\n%.*s", STR_ARG(summary_markdown(arena, &report, &none)));
	buf_format(out, "---- comment\n%.*s",
		STR_ARG(comment_text(arena, &report, &none, (Str){0}, COMMENT_WRITE)));
}

TEST(everything_is_told_as_expected)
{
	golden_run("along", run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(everything_is_told_as_expected)};
	return cmocka_run_group_tests_name("golden_along", tests, NULL, NULL);
}
