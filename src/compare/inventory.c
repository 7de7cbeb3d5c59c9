#include "compare/inventory.h"

#include "wrap/crypto.h"

#include <stdlib.h>

static const struct {
	Str name, link, plural;
} kinds[] = {
#define COMPARE_KIND(kind, name, link, plural) {STR_INIT(name), STR_INIT(link), STR_INIT(plural)},
#include "compare/kind.def"
#undef COMPARE_KIND
};

Str inventory_kind_name(InventoryKind kind)
{
	return kinds[kind].name;
}

Str inventory_kind_plural(InventoryKind kind)
{
	return kinds[kind].plural;
}

Str inventory_title(Arena *arena, const InventoryObject *object)
{
	return str_format(arena, "%.*s%.*s%.*s", STR_ARG(kinds[object->kind].name),
		STR_ARG(kinds[object->kind].link), STR_ARG(object->name));
}

int inventory_order(const InventoryObject *a, const InventoryObject *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return str_compare(a->name, b->name);
}

static int by_order(const void *a, const void *b)
{
	return inventory_order(a, b);
}

void inventory_sort(Inventory *inventory)
{
	if (inventory->objects.count)
		qsort(inventory->objects.items, inventory->objects.count,
			sizeof *inventory->objects.items, by_order);
}

/* With its length in front, so that no text can pass for two. */
static void add_text(CryptoSha256 *hash, Str text)
{
	ARENA_SCRATCH(scratch);
	crypto_sha256_add(hash, str_format(&scratch, "%zu:", text.len));
	crypto_sha256_add(hash, text);
}

Str inventory_hash(Arena *arena, const Inventory *inventory, InventoryKind kind)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	for (size_t i = 0; i < inventory->objects.count; i++) {
		const InventoryObject *object = &inventory->objects.items[i];
		if (kind != INVENTORY_KINDS && object->kind != kind)
			continue;
		add_text(hash, kinds[object->kind].name);
		add_text(hash, object->name);
		add_text(hash, object->definition);
	}
	return crypto_sha256_end(arena, hash);
}
