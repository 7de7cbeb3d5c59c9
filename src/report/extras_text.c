#include "report/extras_text.h"

enum {
	NAMES_MAX = 1000,
	LIST_MAX = 500
};

static bool is_set(const VaultRow *row)
{
	return row->verdict == VAULT_NEW || row->verdict == VAULT_CHANGED;
}

static bool is_seeded(const Seed *seed, bool done)
{
	return done ? seed->state == SEED_DONE : seed->verdict != SEED_SAME;
}

static size_t count_seeds(const Extras *extras, bool done)
{
	size_t count = 0;
	for (size_t i = 0; i < extras->seeds.items.count; i++)
		count += is_seeded(&extras->seeds.items.items[i], done);
	return count;
}

static void add_word(Buf *buf, size_t count, const char *one, const char *several)
{
	if (!count)
		return;
	buf_add(buf, buf->len ? STR(", ") : STR(""));
	buf_format(buf, "%zu %s", count, count == 1 ? one : several);
}

Str extras_text_words(Arena *arena, const Extras *extras, bool done)
{
	Buf buf = buf_new(arena, 200);
	bool roles = done ? extras->roles.is_done : roles_count(&extras->roles, ROLE_WAITING) > 0;
	bool vault = done ? extras->vault.is_done : extras->with_vault;
	if (roles)
		buf_add(&buf, STR("roles"));
	add_word(&buf, vault ? vault_to_do(&extras->vault) : 0, "vault secret", "vault secrets");
	add_word(&buf, count_seeds(extras, done), "seed", "seeds");
	return buf_str(&buf);
}

/* ---- outputs ---- */

Str extras_text_roles(Arena *arena, const Extras *extras, bool done)
{
	AUTO_JSON array = json_array();
	if (done ? extras->roles.is_done : roles_count(&extras->roles, ROLE_WAITING) > 0)
		json_add_str(array, "", extras->roles.file.file);
	return json_print(arena, array);
}

Str extras_text_vault(Arena *arena, const Extras *extras, bool done)
{
	AUTO_JSON array = json_array();
	bool is_known = !done || extras->vault.is_done;
	for (size_t i = 0; is_known && i < extras->vault.rows.count && i < NAMES_MAX; i++)
		if (is_set(&extras->vault.rows.items[i]))
			json_add_str(array, "", extras->vault.rows.items[i].entry->name);
	return json_print(arena, array);
}

Str extras_text_seeds(Arena *arena, const Extras *extras, bool done)
{
	AUTO_JSON array = json_array();
	for (size_t i = 0, added = 0; i < extras->seeds.items.count && added < NAMES_MAX; i++)
		if (is_seeded(&extras->seeds.items.items[i], done)) {
			json_add_str(array, "", extras->seeds.items.items[i].file.file);
			added++;
		}
	return json_print(arena, array);
}

/* ---- the report ---- */

static Str roles_state(const Roles *roles)
{
	return roles->is_done                     ? STR("run")
	       : roles->has_failed                ? STR("failed, rolled back")
	       : roles_count(roles, ROLE_WAITING) ? STR("to be run")
						  : STR("nothing to do");
}

static Str vault_state(const Vault *vault, const VaultRow *row)
{
	if (!is_set(row))
		return vault_word(row);
	if (vault->has_failed)
		return STR("failed, rolled back");
	if (!vault->is_done)
		return vault_word(row);
	return row->verdict == VAULT_NEW ? STR("created") : STR("updated");
}

static void add_roles(Json *to, const Roles *roles)
{
	if (!roles->is_found)
		return;
	Json *item = json_add(to, "roles", json_object());
	json_add_str(item, "file", roles->file.file);
	json_add_str(item, "state", roles_state(roles));
	json_add_number(item, "run", (double)roles_count(roles, ROLE_RUN));
	json_add_number(item, "existing",
		(double)(roles_count(roles, ROLE_THERE) + roles_count(roles, ROLE_EXISTED)));
	json_add_number(item, "ms", (double)roles->us / 1000);
}

static void add_vault(Json *to, const Vault *vault)
{
	Json *list = vault->rows.count ? json_add(to, "vault", json_array()) : NULL;
	for (size_t i = 0; i < vault->rows.count && i < LIST_MAX; i++) {
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "name", vault->rows.items[i].entry->name);
		json_add_str(item, "state", vault_state(vault, &vault->rows.items[i]));
	}
}

static void add_seeds(Json *to, const Seeds *seeds)
{
	Json *list = seeds->items.count ? json_add(to, "seeds", json_array()) : NULL;
	for (size_t i = 0; i < seeds->items.count && i < LIST_MAX; i++) {
		const Seed *seed = &seeds->items.items[i];
		Json *item = json_add(list, "", json_object());
		json_add_str(item, "file", seed->file.file);
		json_add_str(item, "hash", seed->hash);
		json_add_str(item, "state", seed_word(seed));
		json_add_number(item, "ms", (double)seed->us / 1000);
	}
}

void extras_text_json(Json *to, const Extras *extras)
{
	if (extras->config.file.len)
		json_add_str(to, "config", extras->config.file);
	if (extras->config.remote.len)
		json_add_str(to, "remote", extras->config.remote);
	add_roles(to, &extras->roles);
	add_vault(to, &extras->vault);
	add_seeds(to, &extras->seeds);
}

bool extras_row(Arena *arena, const Extras *extras, size_t index, ExtrasRow *out)
{
	const Roles *roles = &extras->roles;
	const Vault *vault = &extras->vault;
	*out = (ExtrasRow){.statements = SIZE_MAX};
	if (roles->is_found && index-- == 0) {
		*out = (ExtrasRow){
			roles->file.file, roles_state(roles), roles->script.count, roles->us};
		return true;
	}
	if (index < vault->rows.count) {
		const VaultRow *row = &vault->rows.items[index];
		out->what = str_format(arena, "vault: %.*s", STR_ARG(row->entry->name));
		out->state = vault_state(vault, row);
		return true;
	}
	index -= vault->rows.count;
	if (index >= extras->seeds.items.count)
		return false;
	const Seed *seed = &extras->seeds.items.items[index];
	out->what = seed->file.file;
	out->state = seed_word(seed);
	out->statements = seed->script ? seed->script->count : SIZE_MAX;
	out->us = seed->us;
	return true;
}
