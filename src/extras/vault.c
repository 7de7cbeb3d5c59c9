#include "extras/vault.h"

#include "base/sqlstate.h"
#include "server/session.h"
#include "server/transaction.h"
#include "wrap/crypto.h"

/* ---- comparing ---- */

static void add_question(Batch *batch, const VaultRow *row)
{
	Param *param = arena_new(batch->arena, Param);
	param->value = row->entry->name;
	Command *command = batch_add(batch,
		row->is_unreadable
			? STR("SELECT id, NULL FROM vault.secrets WHERE name = $1")
			: STR("SELECT id, "
			      "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to("
			      "decrypted_secret, 'UTF8')), 'hex') FROM vault.decrypted_secrets "
			      "WHERE name = $1"));
	command->params = param;
	command->param_count = 1;
	command->want_rows = true;
	command->subject = row;
}

static Str hash_of(Arena *arena, Str value)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, value);
	return crypto_sha256_end(arena, hash);
}

static void judge_secret(Session *session, const Rows *rows, VaultRow *row)
{
	ARENA_SCRATCH(scratch);
	row->verdict = VAULT_NEW;
	if (!rows->count)
		return;
	row->id = str_copy(session->arena, rows->cells[0]);
	row->verdict = str_equal(rows->cells[1], hash_of(&scratch, row->entry->value))
			       ? VAULT_EQUAL
			       : VAULT_CHANGED;
}

static bool is_absent(Str sqlstate)
{
	return sqlstate_is(sqlstate, SQLSTATE_UNDEFINED_TABLE) ||
	       sqlstate_is(sqlstate, SQLSTATE_INVALID_SCHEMA_NAME);
}

/* Is it about the value that is stored? Not what the role may not do, and no limit that was
 * reached, no cancelled query, no server that is going down. */
static bool is_of_value(Str sqlstate)
{
	static const char *const others[] = {"40", "53", "55", "57", "58"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (sqlstate_in_class(sqlstate, others[i]))
			return false;
	return !is_absent(sqlstate) && !sqlstate_is(sqlstate, SQLSTATE_INSUFFICIENT_PRIVILEGE);
}

/* Of what the server says, message and SQLSTATE alone: a DETAIL may show a whole row. */
static bool refuse(const ServerMessage *message, Str file, Err *err)
{
	bool absent = is_absent(message->sqlstate);
	Fault *fault = err_add(err, absent ? ERR_BLOCKED : ERR_DATA,
		absent ? "[db.vault] has secrets, and the target has no vault: %.*s"
		       : "the vault cannot be read: %.*s",
		STR_ARG(message->message));
	fault->sqlstate = str_copy(err->arena, message->sqlstate);
	fault->cause = message->cause;
	fault->file = file;
	if (absent)
		fault->hint =
			STR("turn it on: CREATE EXTENSION supabase_vault; or set skip-vault: true");
	else if (message->cause == CAUSE_PRIVILEGE)
		fault->hint = STR("connect as a role that may (on Supabase: postgres), "
				  "or set skip-vault: true");
	else
		fault->hint = STR("run the job again; skip-vault: true pushes without it");
	return false;
}

static void tell_unreadable(
	const VaultRow *row, const ServerMessage *message, Str file, Err *warnings)
{
	Fault *fault = err_add(warnings, ERR_DATA,
		"vault secret %.*s: the target cannot decrypt what it has: %.*s",
		STR_ARG(str_visible(warnings->arena, row->entry->name)), STR_ARG(message->message));
	fault->sqlstate = str_copy(warnings->arena, message->sqlstate);
	fault->cause = message->cause;
	fault->file = file;
	fault->line = row->entry->line;
	fault->hint = STR("a push writes its value again");
}

static void list_rows(Arena *arena, const Config *config, Vault *out)
{
	*out = (Vault){0};
	for (size_t i = 0; i < config->vault.count; i++) {
		VaultRow *row = vec_add(arena, &out->rows);
		row->entry = &config->vault.items[i];
		row->verdict = row->entry->value.len ? VAULT_NEW : VAULT_EMPTY;
	}
}

typedef enum Answer {
	ANSWER_GIVEN,
	ANSWER_UNREADABLE, /* one row is now marked so: ask again */
	ANSWER_NONE,
} Answer;

static Answer ask_vault(Session *session, Str file, Vault *vault, Err *warnings, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	Err refused = {.arena = err->arena};
	session_ask(&batch);
	session_limit(session, &batch);
	size_t first = batch.commands.count;
	for (size_t i = 0; i < vault->rows.count; i++)
		if (vault->rows.items[i].verdict != VAULT_EMPTY)
			add_question(&batch, &vault->rows.items[i]);
	if (session_run(session, &batch, ERR_DATA, &refused)) {
		for (size_t i = first; i < batch.commands.count; i++)
			judge_secret(session, &batch.commands.items[i].rows,
				(VaultRow *)(uintptr_t)batch.commands.items[i].subject);
		return ANSWER_GIVEN;
	}
	const Command *failed = batch_failed(&batch);
	if (!failed || err_kind(&refused) != ERR_DATA) {
		err_append(err, &refused);
		return ANSWER_NONE;
	}
	VaultRow *row = (VaultRow *)(uintptr_t)failed->subject;
	if (!row || row->is_unreadable || !is_of_value(failed->failure->sqlstate)) {
		refuse(failed->failure, file, err);
		return ANSWER_NONE;
	}
	row->is_unreadable = true;
	tell_unreadable(row, failed->failure, file, warnings);
	return ANSWER_UNREADABLE;
}

bool vault_compare(Session *session, const Config *config, Vault *out, Err *warnings, Err *err)
{
	Answer answer = ANSWER_UNREADABLE;
	list_rows(session->arena, config, out);
	if (!vault_count(out, VAULT_NEW))
		return true;
	while (answer == ANSWER_UNREADABLE)
		answer = ask_vault(session, config->file, out, warnings, err);
	for (size_t i = 0; answer == ANSWER_NONE && i < out->rows.count; i++)
		if (out->rows.items[i].verdict == VAULT_NEW)
			out->rows.items[i].verdict = VAULT_UNKNOWN;
	return answer == ANSWER_GIVEN;
}

size_t vault_count(const Vault *vault, VaultVerdict verdict)
{
	size_t count = 0;
	for (size_t i = 0; i < vault->rows.count; i++)
		count += vault->rows.items[i].verdict == verdict;
	return count;
}

size_t vault_to_do(const Vault *vault)
{
	return vault_count(vault, VAULT_NEW) + vault_count(vault, VAULT_CHANGED);
}

/* ---- running ---- */

static void add_change(Batch *batch, const VaultRow *row)
{
	Param *params = arena_array(batch->arena, Param, 2);
	bool is_new = row->verdict == VAULT_NEW;
	params[0].value = is_new ? row->entry->value : row->id;
	params[1].value = is_new ? row->entry->name : row->entry->value;
	Command *command = batch_add(batch, is_new ? STR("SELECT vault.create_secret($1, $2)")
						   : STR("SELECT vault.update_secret($1, $2)"));
	command->params = params;
	command->param_count = 2;
	command->subject = row;
}

static bool add_vault_fault(const Command *failed, size_t tries, Err *err)
{
	const VaultRow *row = failed->subject;
	const ServerMessage *message = failed->failure;
	Fault *fault = row ? err_add(err, ERR_DATA, "vault secret %.*s: %.*s",
				     STR_ARG(str_visible(err->arena, row->entry->name)),
				     STR_ARG(message->message))
			   : err_add(err, ERR_DATA, "the vault: %.*s", STR_ARG(message->message));
	fault->sqlstate = str_copy(err->arena, message->sqlstate);
	fault->cause = message->cause;
	transaction_tell_tries(err->arena, fault, tries);
	fault->hint = STR("no secret was changed; skip-vault: true pushes without them");
	return false;
}

static bool stop(TransactionEnd outcome, const Err *lost, Err *err)
{
	if (outcome == TRANSACTION_CANCELLED)
		err_add(err, ERR_CANCELLED, "cancelled at the vault's secrets")->hint =
			STR("none of them was changed: run the job again");
	else
		err_add(err, ERR_OUTCOME, "the vault's secrets: outcome unknown: %.*s",
			STR_ARG(lost->first->message))
			->hint =
			STR("run the job again: those that have their value are left alone");
	return false;
}

static void add_changes(Session *session, const Vault *vault, Batch *batch)
{
	session_reset(session, batch);
	batch_add_literal(batch, "BEGIN");
	batch_add_literal(batch, "SET LOCAL search_path = pg_catalog, pg_temp");
	for (size_t i = 0; i < vault->rows.count; i++) {
		VaultVerdict verdict = vault->rows.items[i].verdict;
		if (verdict == VAULT_NEW || verdict == VAULT_CHANGED)
			add_change(batch, &vault->rows.items[i]);
	}
	batch_add_literal(batch, "COMMIT");
}

bool vault_run(Session *session, Vault *vault, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch;
	Err lost = {.arena = err->arena};
	static const TransactionOptions options = {.interruptible = true};
	TransactionEnd outcome;
	size_t tries = 0;
	if (!vault_to_do(vault))
		return true;
	do {
		batch = (Batch){.arena = &scratch};
		add_changes(session, vault, &batch);
		outcome = transaction_run(session, &batch, &options, &vault->us, &lost);
	} while (outcome == TRANSACTION_REFUSED &&
		 transaction_retry(
			 session, STR("the vault's secrets"), batch_failed(&batch), &tries));
	vault->is_done = outcome == TRANSACTION_DONE;
	vault->has_failed = !vault->is_done;
	if (outcome == TRANSACTION_REFUSED)
		return add_vault_fault(batch_failed(&batch), tries, err);
	if (outcome != TRANSACTION_DONE)
		return stop(outcome, &lost, err);
	log_line(session->log, "vault: %zu created, %zu updated, %zu equal, %.1f ms",
		vault_count(vault, VAULT_NEW), vault_count(vault, VAULT_CHANGED),
		vault_count(vault, VAULT_EQUAL), (double)vault->us / 1000);
	return true;
}

Str vault_word(const VaultRow *row)
{
	static const Str words[] = {
		[VAULT_EQUAL] = STR_INIT("equal"),
		[VAULT_NEW] = STR_INIT("new"),
		[VAULT_CHANGED] = STR_INIT("changed"),
		[VAULT_UNKNOWN] = STR_INIT("not compared"),
		[VAULT_EMPTY] = STR_INIT("left alone: it has no value here"),
	};
	return words[row->verdict];
}
