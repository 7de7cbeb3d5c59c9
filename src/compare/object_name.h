/* A name of the inventory taken apart: public.orders."Owners read" is of the schema public, the
 * object orders, the part Owners read. Pure. */
#ifndef COMPARE_OBJECT_NAME_H
#define COMPARE_OBJECT_NAME_H

#include "compare/inventory.h"

/* As they are, without quotes. What a name does not have is empty: an extension has no schema. */
typedef struct PartName {
	Str schema, object, part;
} PartName;

PartName object_name_read(Arena *arena, InventoryKind kind, Str name);
/* Of a title ("table public.orders"); an empty one gives empty names. */
PartName object_name_read_title(Arena *arena, Str title);

#endif
