/* What goes along with the migrations, as text: roles, the vault's secrets, seeds. Names only. */
#ifndef REPORT_EXTRAS_TEXT_H
#define REPORT_EXTRAS_TEXT_H

#include "extras/extras.h"
#include "wrap/json.h"

/* "roles, 2 vault secrets, 3 seeds": what was done, if `done`, or would be; empty if nothing. */
Str extras_text_words(Arena *arena, const Extras *extras, bool done);

/* JSON arrays for the outputs, of what was done, if `done`, or would be: roles.sql; the names of
 * the secrets that are set; the seed files that are loaded, or their hash renewed. */
Str extras_text_roles(Arena *arena, const Extras *extras, bool done);
Str extras_text_vault(Arena *arena, const Extras *extras, bool done);
Str extras_text_seeds(Arena *arena, const Extras *extras, bool done);

/* Adds `config`, `remote`, `roles`, `vault` and `seeds` to the report, as far as there are any. */
void extras_text_json(Json *to, const Extras *extras);

/* One row for each thing: what it is, and what became of it. False after the last. */
typedef struct ExtrasRow {
	Str what, state;
	size_t statements; /* SIZE_MAX: none to be counted */
	int64_t us;
} ExtrasRow;
bool extras_row(Arena *arena, const Extras *extras, size_t index, ExtrasRow *out);

#endif
