#include "plan/history.h"

#include <stdlib.h>

History history_except(Arena *arena, const History *history, const Str *versions, size_t count)
{
	History out = *history;
	out.versions.items = arena_array(arena, Str, history->versions.count + 1);
	out.records = arena_array(arena, Record, history->versions.count + 1);
	out.partials.items = arena_array(arena, Partial, history->partials.count + 1);
	out.versions.count = out.partials.count = 0;
	for (size_t i = 0; i < history->versions.count; i++) {
		if (str_is_among(history->versions.items[i], versions, count))
			continue;
		out.records[out.versions.count] = history->records[i];
		out.versions.items[out.versions.count++] = history->versions.items[i];
	}
	for (size_t i = 0; i < history->partials.count; i++)
		if (!str_is_among(history->partials.items[i].version, versions, count))
			out.partials.items[out.partials.count++] = history->partials.items[i];
	return out;
}

bool history_is_same(const History *before, const History *now)
{
	bool same = before->versions.count == now->versions.count;
	for (size_t i = 0; same && i < now->versions.count; i++)
		same = str_equal(before->versions.items[i], now->versions.items[i]) &&
		       str_equal(before->records[i].digest, now->records[i].digest);
	same = same && before->partials.count == now->partials.count;
	for (size_t i = 0; same && i < now->partials.count; i++)
		same = str_equal(
			       before->partials.items[i].version, now->partials.items[i].version) &&
		       before->partials.items[i].done == now->partials.items[i].done &&
		       before->partials.items[i].in_doubt == now->partials.items[i].in_doubt;
	return same;
}

/* Versions of `a` that are not in `b`, with the word in front. */
static void add_difference(Buf *buf, const char *word, const History *a, const History *b)
{
	enum {
		SHOWN_MAX = 20
	};
	size_t count = 0;
	for (size_t i = 0; i < a->versions.count; i++) {
		if (history_holds(b, a->versions.items[i]))
			continue;
		if (!count++)
			buf_format(buf, "%s%s:", buf->len ? "; " : "", word);
		if (count <= SHOWN_MAX)
			buf_format(buf, " %.*s", STR_ARG(a->versions.items[i]));
	}
	if (count > SHOWN_MAX)
		buf_format(buf, " and %zu more", count - SHOWN_MAX);
}

Str history_difference(Arena *arena, const History *before, const History *now)
{
	Buf buf = buf_new(arena, 4096);
	add_difference(&buf, "new", now, before);
	add_difference(&buf, "gone", before, now);
	if (!buf.len)
		buf_add(&buf, STR("other statements are recorded for a version, "
				  "or a file has been left half done"));
	return buf_str(&buf);
}

/* Of items that begin with their version, in its order. */
static int by_version(const void *version, const void *item)
{
	return str_compare(*(const Str *)version, *(const Str *)item);
}

size_t history_find(const History *history, Str version)
{
	const Str *items = history->versions.items;
	const Str *found =
		items ? bsearch(&version, items, history->versions.count, sizeof *items, by_version)
		      : NULL;
	return found ? (size_t)(found - items) : SIZE_MAX;
}

bool history_holds(const History *history, Str version)
{
	return history_find(history, version) != SIZE_MAX;
}

const Partial *history_partial(const History *history, Str version)
{
	const Partial *items = history->partials.items;
	return items ? bsearch(&version, items, history->partials.count, sizeof *items, by_version)
		     : NULL;
}

Str history_head(const History *history)
{
	return history->versions.count ? history->versions.items[history->versions.count - 1]
				       : (Str){0};
}
