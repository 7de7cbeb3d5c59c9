#include "extras/extras.h"

#include "wrap/crypto.h"

bool extras_is_work(const Extras *extras)
{
	return roles_count(&extras->roles, ROLE_WAITING) || seed_count(&extras->seeds) ||
	       (extras->with_vault && vault_to_do(&extras->vault));
}

bool extras_has_done(const Extras *extras)
{
	bool done = extras->roles.is_done || extras->vault.is_done;
	for (size_t i = 0; i < extras->seeds.items.count; i++)
		done = done || extras->seeds.items.items[i].state == SEED_DONE;
	return done;
}

/* ---- for the digest ---- */

/* A name may hold anything, line ends included: its length comes first. */
static void add_line(Buf *buf, const char *what, Str name, Str hash)
{
	buf_format(buf, "%s %zu:%.*s %.*s\n", what, name.len, STR_ARG(name), STR_ARG(hash));
}

static Str hash_of(Arena *arena, Str text)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, text);
	return crypto_sha256_end(arena, hash);
}

Str extras_canonical(Arena *arena, const Extras *extras)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	const Roles *roles = &extras->roles;
	if (roles_count(roles, ROLE_WAITING))
		add_line(&buf, "roles", roles->file.file, hash_of(arena, roles->file.text));
	for (size_t i = 0; extras->with_vault && i < extras->vault.rows.count; i++) {
		/* not what the target has: a login that only reads may not ask for that */
		const VaultEntry *entry = extras->vault.rows.items[i].entry;
		if (entry->value.len)
			add_line(&buf, "vault", entry->name, (Str){0});
	}
	for (size_t i = 0; i < extras->seeds.items.count; i++) {
		const Seed *seed = &extras->seeds.items.items[i];
		if (seed->verdict != SEED_SAME)
			add_line(&buf, seed->verdict == SEED_CHANGED ? "seed-hash" : "seed",
				seed->file.file, seed->hash);
	}
	return buf_str(&buf);
}

/* ---- for the log ---- */

static void print_roles(const Log *log, const Roles *roles)
{
	size_t waiting = roles_count(roles, ROLE_WAITING), there = roles_count(roles, ROLE_THERE);
	if (roles->is_found)
		log_line(log, "roles: %.*s, %zu statement%s to run, %zu role%s there already",
			STR_ARG(roles->file.file), waiting, waiting == 1 ? "" : "s", there,
			there == 1 ? "" : "s");
}

static void print_vault(const Log *log, const Extras *extras)
{
	const Vault *vault = &extras->vault;
	size_t entries = extras->config.vault.count;
	if (entries && !extras->with_vault)
		log_line(log, "vault: %zu secret%s, not compared: no migration is pending", entries,
			entries == 1 ? "" : "s");
	if (!vault->rows.count)
		return;
	log_line(log, "vault: %zu new, %zu changed, %zu equal", vault_count(vault, VAULT_NEW),
		vault_count(vault, VAULT_CHANGED), vault_count(vault, VAULT_EQUAL));
	for (size_t i = 0; i < vault->rows.count; i++) {
		ARENA_SCRATCH(scratch);
		const VaultRow *row = &vault->rows.items[i];
		log_line(log, "  %.*s  %.*s", STR_ARG(str_visible(&scratch, row->entry->name)),
			STR_ARG(vault_word(row)));
	}
}

static void print_seeds(const Log *log, const Seeds *seeds)
{
	enum {
		SHOWN_MAX = 100
	};
	size_t work = seed_count(seeds), shown = 0;
	if (!seeds->items.count)
		return;
	log_line(log, "seeds: %zu loaded already, %zu to do", seeds->items.count - work, work);
	for (size_t i = 0; i < seeds->items.count; i++) {
		const Seed *seed = &seeds->items.items[i];
		if (seed->verdict == SEED_SAME || ++shown > SHOWN_MAX)
			continue;
		log_line(log, "  %.*s  %.*s", STR_ARG(seed->file.file), STR_ARG(seed_word(seed)));
	}
	if (shown > SHOWN_MAX)
		log_line(log, "  … and %zu more", shown - SHOWN_MAX);
}

void extras_print(const Log *log, const Extras *extras)
{
	print_roles(log, &extras->roles);
	print_vault(log, extras);
	print_seeds(log, &extras->seeds);
}
