#include "extras/seed.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "base/sqlstate.h"
#include "server/failure.h"
#include "server/lock.h"
#include "server/session.h"
#include "server/transaction.h"
#include "wrap/crypto.h"

#define TABLE "supabase_migrations.seed_files"

enum {
	FILES_MAX = 10000
};

/* ---- finding ---- */

typedef struct Finder {
	WildcardSearch search;
	const SeedOptions *options;
	Seeds *out;
	Err *warnings, *err;
	const SeedPath *pattern; /* the one that is being followed */
	bool leaves; /* it leads out of the workspace, which was said */
} Finder;

/* Of a place outside no name is shown: it is the runner's, and nobody has committed it. */
static void add_departure(Finder *f)
{
	if (!f->leaves)
		err_add(f->err, ERR_SOURCE, "seed pattern '%.*s' leads outside of the workspace",
			STR_ARG(str_visible(f->err->arena, f->pattern->written)));
	f->leaves = true;
}

static void add_fault(Finder *f, Str key, Str message)
{
	const SeedOptions *options = f->options;
	Err *err = f->err;
	Str path = file_join(err->arena, options->base, key);
	if (!file_is_within(file_resolve(err->arena, file_parent(path)), options->root)) {
		add_departure(f);
		return;
	}
	Fault *fault = err_add(err, ERR_SOURCE, "seed %.*s: %.*s",
		STR_ARG(str_visible(err->arena, key)), STR_ARG(message));
	if (file_type(path) == FILE_REGULAR)
		fault->file = file_below(options->root, path);
}

static bool is_known(const Seeds *seeds, Str key)
{
	for (size_t i = 0; i < seeds->items.count; i++)
		if (str_equal(seeds->items.items[i].file.file, key))
			return true;
	return false;
}

/* The hash needs the bytes once; they are not kept, since most files have been loaded long ago. */
static bool read_hash(Arena *arena, Str path, Str *hash, Str *reason)
{
	ARENA_SCRATCH(scratch);
	Str content, why;
	if (!file_read(&scratch, path, SOURCE_FILE_MAX, &content, &why)) {
		*reason = str_copy(arena, why);
		return false;
	}
	CryptoSha256 *sum = crypto_sha256_begin();
	crypto_sha256_add(sum, content);
	*hash = crypto_sha256_end(arena, sum);
	return true;
}

static bool is_inside(Arena *arena, const SeedOptions *options, Str path, Str *reason)
{
	Str target = file_resolve(arena, path);
	*reason = file_is_within(target, options->root)
			  ? STR("it leads into .git, which is not read")
			  : STR("it lies outside of the workspace");
	return file_is_content(target, options->root);
}

static void add_file(Finder *f, Str key)
{
	Arena *arena = f->search.arena;
	Str path = file_join(arena, f->options->base, key), hash, reason;
	if (is_known(f->out, key))
		return;
	if (f->out->items.count >= FILES_MAX) {
		reason = STR("there are too many seed files");
	} else if (str_utf8_invalid(key) < key.len) {
		reason = STR("its name is not UTF-8");
	} else if (file_type(path) == FILE_MISSING) {
		reason = STR("the symbolic link leads nowhere");
	} else if (!is_inside(arena, f->options, path, &reason)) {
		/* the reason is reported */
	} else if (read_hash(arena, path, &hash, &reason)) {
		Seed *seed = vec_add(arena, &f->out->items);
		seed->file = (Migration){.file = key, .path = file_below(f->options->root, path)};
		seed->hash = hash;
		return;
	}
	add_fault(f, key, reason);
}

static void add_match(Finder *f, Str key)
{
	Paths below = {0};
	Str reason, path = file_join(f->search.arena, f->options->base, key);
	if (file_type(path) != FILE_FOLDER) {
		add_file(f, key);
		return;
	}
	if (!is_inside(f->search.arena, f->options, path, &reason))
		add_fault(f, key, reason);
	else if (!wildcard_walk(&f->search, key, &below))
		add_fault(f, key, f->search.reason);
	for (size_t i = 0; i < below.count && !interrupt_pending(); i++)
		add_file(f, below.items[i]);
}

static void warn(Err *warnings, Str pattern, const char *says)
{
	Str shown = str_visible(warnings->arena, pattern);
	err_add(warnings, ERR_SOURCE, "seed pattern '%.*s' %s", STR_ARG(shown), says)->hint =
		STR("db.seed.sql_paths are relative to the supabase folder");
}

/* False: it leads to too much, and so may the next one. */
static bool find_pattern(Finder *f, const SeedPath *pattern)
{
	Paths found = {0};
	f->pattern = pattern;
	f->leaves = false;
	if (!wildcard_is_valid(pattern->path)) {
		warn(f->warnings, pattern->written, "is malformed");
		return true;
	}
	if (!wildcard_find(&f->search, pattern->path, &found)) {
		err_add(f->err, ERR_SOURCE, "seed pattern '%.*s': %.*s",
			STR_ARG(str_visible(f->err->arena, pattern->written)),
			STR_ARG(f->search.reason));
		return false;
	}
	if (!found.count)
		warn(f->warnings, pattern->written, "matches no file");
	for (size_t k = 0; k < found.count && !interrupt_pending(); k++)
		add_match(f, found.items[k]);
	return true;
}

bool seed_find(Arena *arena, const SeedOptions *options, Seeds *out, Err *warnings, Err *err)
{
	Err faults = {.arena = err->arena};
	Finder finder = {.search = {arena, options->base, WILDCARD_LOOKS_MAX, {0}},
		.options = options,
		.out = out,
		.warnings = warnings,
		.err = &faults};
	for (size_t i = 0; i < options->pattern_count && !interrupt_pending(); i++)
		if (!find_pattern(&finder, &options->patterns[i]))
			break;
	if (interrupt_pending()) {
		err_add(err, ERR_CANCELLED, "cancelled while seed files were looked for");
		return false;
	}
	err_append(err, &faults);
	return !faults.count;
}

/* ---- comparing ---- */

static void judge_seed(Arena *arena, const Rows *rows, bool again, Seed *seed)
{
	seed->verdict = SEED_NEW;
	for (size_t i = 0; i < rows->count; i++) {
		const Str *row = rows->cells + i * rows->columns;
		if (!str_equal(row[0], seed->file.file))
			continue;
		seed->recorded = str_copy(arena, row[1]);
		seed->verdict = str_equal(row[1], seed->hash) ? SEED_SAME
				: again                       ? SEED_AGAIN
							      : SEED_CHANGED;
		return;
	}
}

static bool is_absent(const Command *command)
{
	return command->state == COMMAND_FAILED &&
	       sqlstate_is(command->failure->sqlstate, SQLSTATE_UNDEFINED_TABLE);
}

bool seed_compare(Session *session, bool again, Seeds *seeds, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err refused = {.arena = err->arena};
	if (!seeds->items.count)
		return true;
	/* a policy that hides rows would have data loaded twice: an error instead */
	session_ask_rows(session, &batch);
	size_t index = batch.commands.count;
	batch_add_literal(&batch, "SELECT path, hash FROM " TABLE)->want_rows = true;
	const Command *read = &batch.commands.items[index];
	bool answered = session_run(session, &batch, ERR_DATA, &refused);
	seeds->has_table = !is_absent(read);
	if (!answered && !is_absent(read)) {
		if (err_kind(&refused) == ERR_DATA)
			refused.last->message = str_format(err->arena,
				"the record of seeds, " TABLE ", cannot be read: %.*s",
				STR_ARG(refused.last->message));
		err_append(err, &refused);
		return false;
	}
	for (size_t i = 0; i < seeds->items.count; i++)
		judge_seed(session->arena, &read->rows, again, &seeds->items.items[i]);
	return true;
}

/* ---- examining ---- */

static bool is_run(const Seed *seed)
{
	return seed->verdict == SEED_NEW || seed->verdict == SEED_AGAIN;
}

static bool examine(Arena *arena, const SeedOptions *options, Seed *seed, Script *script, Err *err)
{
	Str path = file_join(arena, options->base, seed->file.file);
	size_t before = err->count;
	if (!source_text(arena, options->root, path, &seed->file.text, err))
		return false;
	script_read_statements(arena, &seed->file, script, err);
	seed->script = script;
	return err->count == before && script_require_atomic(script, err);
}

bool seed_examine(Arena *arena, const SeedOptions *options, Seeds *seeds, Err *err)
{
	size_t before = err->count;
	seeds->scripts = arena_array(arena, Script, seeds->items.count + 1);
	seeds->script_count = 0;
	for (size_t i = 0; i < seeds->items.count; i++)
		if (is_run(&seeds->items.items[i]))
			examine(arena, options, &seeds->items.items[i],
				&seeds->scripts[seeds->script_count++], err);
	return err->count == before;
}

/* ---- confirming ---- */

/* To renew its hash now would record as loaded what never was; to run it was never planned. */
static void fail_moved(Seed *seed, Err *err)
{
	Fault *fault =
		err_add(err, ERR_DATA, "seed %.*s: its record has changed since the plan was made",
			STR_ARG(seed->file.file));
	fault->file = seed->file.path;
	fault->hint =
		seed->script
			? STR("another push has loaded another version of it, "
			      "and this one has loaded nothing; run the job again: it makes a new plan")
			: STR("run the job again: it makes a new plan");
	seed->state = SEED_FAILED;
}

/* For what was loaded already nothing is planned, whatever has become of its record. */
static bool confirm(Seed *seed, SeedVerdict planned, Err *err)
{
	SeedVerdict now = seed->verdict;
	bool runs = is_run(seed), has_script = seed->script != NULL;
	if (planned == SEED_SAME)
		seed->verdict = SEED_SAME;
	if (planned == SEED_SAME || now == SEED_SAME || runs == has_script)
		return true;
	seed->verdict = planned;
	fail_moved(seed, err);
	return false;
}

bool seed_confirm(Session *session, bool again, Seeds *seeds, Err *err)
{
	ARENA_SCRATCH(scratch);
	bool confirmed = true;
	SeedVerdict *planned = arena_array(&scratch, SeedVerdict, seeds->items.count + 1);
	for (size_t i = 0; i < seeds->items.count; i++)
		planned[i] = seeds->items.items[i].verdict;
	if (!seed_compare(session, again, seeds, err))
		return false;
	for (size_t i = 0; i < seeds->items.count; i++)
		confirmed = confirm(&seeds->items.items[i], planned[i], err) && confirmed;
	return confirmed;
}

size_t seed_count(const Seeds *seeds)
{
	size_t count = 0;
	for (size_t i = 0; i < seeds->items.count; i++)
		count += seeds->items.items[i].verdict != SEED_SAME;
	return count;
}

/* ---- running ---- */

/* The CLI's statements. */
static bool try_table(Session *session, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	session_reset(session, &batch);
	batch_add_literal(&batch, "BEGIN");
	if (session->options.lock_timeout_ms == 0)
		batch_add_literal(&batch, "SET LOCAL lock_timeout = '4s'");
	batch_add_literal(&batch,
		"DO $$BEGIN IF pg_catalog.to_regnamespace('supabase_migrations') IS NULL THEN "
		"CREATE SCHEMA IF NOT EXISTS supabase_migrations; END IF; END$$");
	batch_add_literal(&batch,
		"CREATE TABLE IF NOT EXISTS " TABLE " (path pg_catalog.text NOT NULL PRIMARY KEY, "
		"hash pg_catalog.text NOT NULL)");
	batch_add_literal(&batch, "COMMIT");
	if (session_run(session, &batch, ERR_DATA, err))
		return true;
	transaction_roll_back(session);
	return false;
}

/* IF NOT EXISTS is no help against another push that makes it in the same moment; the second look
 * finds it. */
static bool make_table(Session *session, Err *err)
{
	Err refused = {.arena = err->arena};
	if (try_table(session, &refused))
		return true;
	if (sqlstate_is(refused.last->sqlstate, SQLSTATE_UNIQUE_VIOLATION)) {
		refused = (Err){.arena = err->arena};
		if (try_table(session, &refused))
			return true;
	}
	if (err_kind(&refused) == ERR_DATA)
		refused.last->message = str_format(err->arena,
			"the record of seeds, " TABLE ", cannot be made: %.*s",
			STR_ARG(refused.last->message));
	err_append(err, &refused);
	return false;
}

/* First thing in the transaction: of two pushes that load a file at the same time, one waits here
 * for the other, and then fails: on the primary key, or because the record is not the one that was
 * planned with, and there is no dividing by the number of rows. */
static void add_row(Batch *batch, const Seed *seed)
{
	bool is_new = seed->verdict == SEED_NEW;
	Param *params = arena_array(batch->arena, Param, 3);
	params[0].value = seed->file.file;
	params[1].value = seed->hash;
	params[2].value = seed->recorded;
	Command *command = batch_add(batch,
		is_new ? STR("INSERT INTO " TABLE "(path, hash) VALUES($1, $2)")
		       : STR("WITH changed AS (UPDATE " TABLE " SET hash = $2 "
			     "WHERE path OPERATOR(pg_catalog.=) $1 "
			     "AND hash OPERATOR(pg_catalog.=) $3 RETURNING 1) "
			     "SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM changed"));
	command->params = params;
	command->param_count = is_new ? 2 : 3;
}

static void add_seed(const Session *session, Batch *batch, const Seed *seed)
{
	const Script *script = seed->script;
	session_reset(session, batch);
	batch_add_literal(batch, "BEGIN");
	add_row(batch, seed);
	if (is_run(seed))
		transaction_add_script(session, batch, script);
	transaction_add_commit(batch);
}

/* Is its row there with the hash of now? It was not before. */
static bool ask_record(Session *session, const Seed *seed, bool *recorded, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	const Param params[] = {{.value = seed->file.file}, {.value = seed->hash}};
	session_assert_role(session, &batch);
	session_ask_rows(session, &batch);
	size_t index = batch.commands.count;
	Command *command =
		batch_add_literal(&batch, "SELECT 1 FROM " TABLE " WHERE path = $1 AND hash = $2");
	command->params = params;
	command->param_count = 2;
	command->want_rows = true;
	if (!session_run(session, &batch, ERR_DATA, err))
		return false;
	*recorded = batch.commands.items[index].rows.count > 0;
	return true;
}

static bool resolve(Session *session, Seed *seed, const Err *lost, Err *err)
{
	Err reasons = {.arena = err->arena};
	bool recorded = false;
	Str why = lost->first->message;
	seed->state = SEED_UNKNOWN;
	log_line(session->log, "seed %.*s: outcome unknown: %.*s", STR_ARG(seed->file.file),
		STR_ARG(why));
	if (!session_recover(session, &reasons) || !lock_keep(session, &reasons) ||
		!ask_record(session, seed, &recorded, &reasons)) {
		err_add(err, ERR_OUTCOME, "outcome unknown of seed %.*s: %.*s",
			STR_ARG(seed->file.file), STR_ARG(why))
			->hint = STR("look whether " TABLE " has it, and run the job again");
		err_append(err, &reasons);
		return false;
	}
	seed->state = recorded ? SEED_DONE : SEED_FAILED;
	if (recorded)
		return true;
	Fault *fault = err_add(
		err, ERR_OUTCOME, "seed %.*s: %.*s", STR_ARG(seed->file.file), STR_ARG(why));
	fault->file = seed->file.path;
	fault->hint = STR("nothing of it is in the database: run the job again");
	return false;
}

static bool add_seed_fault(Session *session, Seed *seed, const Batch *batch, size_t tries, Err *err)
{
	const Command *failed = batch_failed(batch);
	const Script none = {.migration = &seed->file};
	seed->state = SEED_FAILED;
	bool is_record = failure_is_ours(failed);
	failure_add(seed->script ? seed->script : &none, failed, session->role, err);
	err->last->kind = ERR_DATA;
	transaction_tell_tries(err->arena, err->last, tries);
	bool is_moved =
		is_record && sqlstate_is(failed->failure->sqlstate, SQLSTATE_DIVISION_BY_ZERO);
	if (is_moved) {
		err->last->message = STR("its record has changed since the plan was made");
		err->last->sqlstate = (Str){0};
	}
	if (is_moved ||
		(is_record && sqlstate_is(failed->failure->sqlstate, SQLSTATE_UNIQUE_VIOLATION)))
		err->last->hint = STR("another run has loaded this file at the same time; "
				      "this one has left nothing");
	if (!err->last->hint.len)
		err->last->hint =
			STR("nothing of this file was loaded; correct it and push the correction");
	return false;
}

static bool cancel(const Seed *seed, Err *err)
{
	err_add(err, ERR_CANCELLED, "cancelled at seed %.*s", STR_ARG(seed->file.file))->hint =
		STR("nothing of it was loaded: run the job again");
	return false;
}

static bool run_one(Session *session, Seed *seed, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch;
	Err lost = {.arena = err->arena};
	static const TransactionOptions options = {.interruptible = true};
	TransactionEnd outcome;
	size_t tries = 0;
	do {
		batch = (Batch){.arena = &scratch};
		add_seed(session, &batch, seed);
		outcome = transaction_run(session, &batch, &options, &seed->us, &lost);
	} while (outcome == TRANSACTION_REFUSED &&
		 transaction_retry(session, seed->file.file, batch_failed(&batch), &tries));
	switch (outcome) {
	case TRANSACTION_DONE:
		seed->state = SEED_DONE;
		return true;
	case TRANSACTION_LOST:
		return resolve(session, seed, &lost, err);
	case TRANSACTION_CANCELLED:
		seed->state = SEED_FAILED;
		return cancel(seed, err);
	case TRANSACTION_REFUSED:
		break;
	}
	return add_seed_fault(session, seed, &batch, tries, err);
}

bool seed_run(Session *session, Seeds *seeds, Err *err)
{
	if (!seed_count(seeds))
		return true;
	if (!seeds->has_table && !make_table(session, err))
		return false;
	for (size_t i = 0; i < seeds->items.count; i++) {
		Seed *seed = &seeds->items.items[i];
		if (seed->verdict == SEED_SAME)
			continue;
		if (interrupt_pending())
			return cancel(seed, err);
		session->speaker = seed->file.file;
		bool done = lock_keep(session, err) && run_one(session, seed, err);
		session->speaker = (Str){0};
		if (!done)
			return false;
		log_line(session->log, "seed %.*s: %s, %.1f ms", STR_ARG(seed->file.file),
			is_run(seed) ? "loaded" : "only its hash renewed", (double)seed->us / 1000);
	}
	return true;
}

Str seed_word(const Seed *seed)
{
	static const Str planned[] = {
#define SEED_VERDICT(name, word) [SEED_##name] = STR_INIT(word),
#include "extras/seed.def"
#undef SEED_VERDICT
	};
	switch (seed->state) {
	case SEED_DONE:
		return is_run(seed) ? STR("loaded") : STR("hash renewed, not run");
	case SEED_FAILED:
		return STR("failed, rolled back");
	case SEED_UNKNOWN:
		return STR("outcome unknown");
	case SEED_NOT_RUN:
		break;
	}
	return planned[seed->verdict];
}
