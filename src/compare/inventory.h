/* What is in a database, as data: each object with its kind, its name and its definition in
 * canonical text, a line for each thing that can be said of it. Two databases that were built in
 * different ways and hold the same give the same text. server/inventory reads it. Pure. */
#ifndef COMPARE_INVENTORY_H
#define COMPARE_INVENTORY_H

#include "base/str.h"
#include "base/vec.h"

typedef enum InventoryKind {
#define COMPARE_KIND(kind, name, link, plural) INVENTORY_##kind,
#include "compare/kind.def"
#undef COMPARE_KIND
	INVENTORY_KINDS
} InventoryKind;

typedef struct InventoryObject {
	InventoryKind kind;
	Str name; /* qualified and quoted as the server does: public.orders."Total" */
	Str part_of; /* the object that it comes and goes with, as inventory_title has it; or empty
		      */
	Str definition;
} InventoryObject;

typedef struct Inventory {
	int version; /* of the server: 170005 */
	VEC(InventoryObject) objects; /* by kind, then by name in the order of bytes */
} Inventory;

/* "policy", "policies" */
Str inventory_kind_name(InventoryKind kind);
Str inventory_kind_plural(InventoryKind kind);
/* "policy public.orders.owners" */
Str inventory_title(Arena *arena, const InventoryObject *object);

void inventory_sort(Inventory *inventory);
/* Less than, equal to or greater than 0, in the inventory's order. */
int inventory_order(const InventoryObject *a, const InventoryObject *b);
/* SHA-256 over all objects of a kind, or over all there are with INVENTORY_KINDS. */
Str inventory_hash(Arena *arena, const Inventory *inventory, InventoryKind kind);

#endif
