#include "server/content_compare.h"

#include "server/history_table.h"

/* Marks the records that are stored as their file has it, and those that have to be fetched. Both
 * sides are ordered by version. */
static bool match_digests(const Contents *contents, History *history, bool *wanted)
{
	const Source *source = contents->source;
	bool any = false;
	for (size_t l = 0, r = 0; r < history->versions.count; r++) {
		Record *record = &history->records[r];
		Str version = history->versions.items[r];
		while (l < source->migrations.count &&
			str_compare(source->migrations.items[l].version, version) < 0)
			l++;
		bool paired = l < source->migrations.count &&
			      str_equal(source->migrations.items[l].version, version);
		record->is_as_filed = paired && record->digest.len &&
				      str_equal(record->digest, contents->items[l].digest);
		record->file = paired ? l : SIZE_MAX;
		wanted[r] = record->digest.len && !record->is_as_filed;
		any = any || wanted[r];
	}
	return any;
}

/* The CLI leaves files that change the client's encoding misread: they are what they were. */
static Str identity_of(Arena *arena, const Contents *contents, const Record *record)
{
	Str identity = content_identity(arena, record->text);
	if (record->file == SIZE_MAX || str_equal(identity, content_of(contents, record->file)))
		return identity;
	ARENA_SCRATCH(scratch);
	Str text = content_misread(&scratch, contents->source->migrations.items[record->file].text);
	bool is_same = text.len && str_equal(identity, content_identity(&scratch, text));
	return is_same ? content_of(contents, record->file) : identity;
}

bool content_compare(Session *session, const Contents *contents, History *history, Err *err)
{
	ARENA_SCRATCH(scratch);
	bool *wanted = arena_array(&scratch, bool, history->versions.count + 1);
	if (match_digests(contents, history, wanted) &&
		!history_load(session, history, wanted, err))
		return false;
	for (size_t r = 0; r < history->versions.count; r++)
		if (wanted[r])
			history->records[r].identity =
				identity_of(session->arena, contents, &history->records[r]);
	return true;
}
