/* toml_parse on any bytes: a tree that holds together, or an error at a place in the text; and a
 * tree merged into an empty one is the same tree. */
#include "fuzz.h"

#include "toml/toml.h"

static void check_tree(const Toml *value)
{
	const Toml *last = NULL;
	require(value->depth <= TOML_DEPTH_MAX);
	for (const Toml *item = value->first; item; last = item, item = item->next) {
		require(value->kind == TOML_TABLE || value->kind == TOML_ARRAY);
		require(item->parent == value && item->depth == value->depth + 1);
		require(item->line >= 1);
		if (value->kind == TOML_TABLE)
			require(toml_get(value, item->key) == item);
		check_tree(item);
	}
	require(value->last == last);
}

static void check_same(const Toml *a, const Toml *b)
{
	require(a->kind == b->kind && str_equal(a->key, b->key) && str_equal(a->text, b->text));
	require(a->integer == b->integer && a->truth == b->truth);
	for (a = a->first, b = b->first; a || b; a = a->next, b = b->next) {
		require(a && b);
		check_same(a, b);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Str text = fuzz_text(&scratch, data, size);
	TomlError error = {0};
	const Toml *root = toml_parse(&scratch, text, &error);
	if (!root) {
		require(error.line >= 1 && error.line <= size + 1);
		require(error.col >= 1 && error.col <= size + 1 && error.message.len);
		return 0;
	}
	check_tree(root);
	Toml *copy = toml_new_table(&scratch);
	toml_merge(&scratch, copy, root);
	check_tree(copy);
	check_same(root, copy);
	return 0;
}
