#include "toml/toml_tree.h"

static uint64_t hash_of(Str key)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.ptr[i]) * 0x100000001b3;
	return hash ^ hash >> 32;
}

/* Where a member with this key is, or would be. */
static Toml **member_slot(Toml *table, Str key)
{
	Toml **at = &table->members;
	for (uint64_t hash = hash_of(key); *at && !str_equal((*at)->key, key); hash <<= 2)
		at = &(*at)->child[hash >> 62];
	return at;
}

Toml *toml_get(const Toml *table, Str key)
{
	if (!table || table->kind != TOML_TABLE)
		return NULL;
	return *member_slot((Toml *)(uintptr_t)table, key);
}

const Toml *toml_at(const Toml *table, const char *path)
{
	Str rest = str_from(path), key;
	while (table && str_next(&rest, '.', &key))
		table = toml_get(table, key);
	return table;
}

const char *toml_kind_name(TomlKind kind)
{
	static const char *const names[] = {
		[TOML_TABLE] = "a table",
		[TOML_ARRAY] = "an array",
		[TOML_STRING] = "a string",
		[TOML_INTEGER] = "an integer",
		[TOML_FLOAT] = "a float",
		[TOML_BOOL] = "a boolean",
		[TOML_DATETIME] = "a date and time",
		[TOML_LOCAL_DATETIME] = "a date and time",
		[TOML_LOCAL_DATE] = "a date",
		[TOML_LOCAL_TIME] = "a time",
		[TOML_NULL] = "null",
	};
	return names[kind];
}

Toml *toml_new_table(Arena *arena)
{
	return arena_new(arena, Toml);
}

static void link_last(Toml *parent, Toml *node)
{
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
}

Toml *toml_add(Arena *arena, Toml *parent, Str key, TomlKind kind)
{
	if (parent->depth >= TOML_DEPTH_MAX)
		return NULL;
	Toml **slot = parent->kind == TOML_TABLE ? member_slot(parent, key) : NULL;
	Toml *node = slot ? *slot : NULL, fresh = {.kind = kind, .key = key, .parent = parent};
	fresh.depth = parent->depth + 1;
	if (node) {
		fresh.next = node->next;
		for (size_t i = 0; i < 4; i++)
			fresh.child[i] = node->child[i];
		*node = fresh;
		return node;
	}
	node = arena_new(arena, Toml);
	*node = fresh;
	if (slot)
		*slot = node;
	link_last(parent, node);
	return node;
}

void toml_merge(Arena *arena, Toml *base, const Toml *over)
{
	for (const Toml *from = over->first; from; from = from->next) {
		Toml *to = over->kind == TOML_TABLE ? toml_get(base, from->key) : NULL;
		bool both = to && to->kind == TOML_TABLE && from->kind == TOML_TABLE;
		if (!both)
			to = toml_add(arena, base, from->key, from->kind);
		if (!to) /* cannot be: no part of `over` lies deeper than it did */
			continue;
		to->text = from->text;
		to->integer = from->integer;
		to->number = from->number;
		to->truth = from->truth;
		to->line = from->line;
		toml_merge(arena, to, from);
	}
}
