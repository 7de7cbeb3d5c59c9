#include "migrate/digest.h"

#include "wrap/crypto.h"

enum {
	VERSIONS_BACK_MAX = 64, /* how many of the target's newest versions may be new */
};

/* One version or file may be left out, to see what the plan would be without it. */
typedef struct Omission {
	size_t newest; /* of the history, so many */
	size_t version; /* this one of the history; SIZE_MAX: none */
	size_t file; /* this one of the source; SIZE_MAX: none */
} Omission;

static const Omission NOTHING = {0, SIZE_MAX, SIZE_MAX};

static Source source_without(Arena *arena, const Source *source, size_t file)
{
	Source rest = {.folder = source->folder};
	for (size_t i = 0; i < source->migrations.count; i++)
		if (i != file)
			*vec_add(arena, &rest.migrations) = source->migrations.items[i];
	return rest;
}

static History history_without(Arena *arena, const History *history, size_t newest, size_t version)
{
	History rest = {0};
	for (size_t i = 0; i + newest < history->versions.count; i++)
		if (i != version)
			*vec_add(arena, &rest.versions) = history->versions.items[i];
	return rest;
}

static void add_pending(
	Arena *arena, CryptoSha256 *hash, const DigestInput *input, const Migration *migration)
{
	for (size_t i = 0; i < input->contents->source->migrations.count; i++) {
		if (!str_equal(input->contents->source->migrations.items[i].version,
			    migration->version))
			continue;
		Str identity = content_of(input->contents, i);
		crypto_sha256_add(
			hash, str_format(arena, "pending %.*s %.*s\n", STR_ARG(migration->version),
				      STR_ARG(identity.len ? identity : STR("empty"))));
	}
}

static Str digest_without(Arena *arena, const DigestInput *input, Omission without)
{
	ARENA_SCRATCH(scratch);
	Source source = source_without(&scratch, input->contents->source, without.file);
	History history =
		history_without(&scratch, input->history, without.newest, without.version);
	Plan plan;
	plan_build(&scratch, &source, &history, input->include_all, &plan);
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(
		hash, str_format(&scratch,
			      "supabase-promote plan 1\ntarget %.*s\nhead %.*s\ninclude-all %s\n"
			      "transaction %s\n",
			      STR_ARG(input->target), STR_ARG(plan.head),
			      input->include_all ? "true" : "false",
			      input->one_transaction ? "all" : "file"));
	for (size_t i = 0; i < plan.pending.count; i++)
		add_pending(arena, hash, input, plan.pending.items[i]);
	crypto_sha256_add(hash, input->extras);
	return crypto_sha256_end(arena, hash);
}

Str digest_plan(Arena *arena, const DigestInput *input)
{
	return digest_without(arena, input, NOTHING);
}

static Str explain_options(Arena *arena, const DigestInput *input, Str expected)
{
	for (unsigned choice = 1; choice < 4; choice++) {
		DigestInput other = *input;
		other.include_all ^= (choice & 1) != 0;
		other.one_transaction ^= (choice & 2) != 0;
		if (!str_equal(digest_plan(arena, &other), expected))
			continue;
		return str_format(arena, "another option: it was made with%s%s%s%s",
			choice & 1 ? " include-all: " : "",
			choice & 1 ? other.include_all ? "true" : "false" : "",
			choice & 2 ? " transaction: " : "",
			choice & 2 ? other.one_transaction ? "all" : "file" : "");
	}
	return (Str){0};
}

static Str explain_versions(Arena *arena, const DigestInput *input, Str expected)
{
	size_t count = input->history->versions.count;
	for (size_t i = 1; i <= count && i <= VERSIONS_BACK_MAX; i++) {
		Omission newest = {i, SIZE_MAX, SIZE_MAX}, one = {0, count - i, SIZE_MAX};
		bool behind = str_equal(digest_without(arena, input, newest), expected);
		if (!behind && !str_equal(digest_without(arena, input, one), expected))
			continue;
		Buf list = buf_new(arena, 1024);
		for (size_t k = count - i; k < (behind ? count : count - i + 1); k++)
			buf_format(&list, " %.*s", STR_ARG(input->history->versions.items[k]));
		return str_format(arena, "the target has got a version since then:%.*s",
			STR_ARG(buf_str(&list)));
	}
	return (Str){0};
}

static Str explain_files(Arena *arena, const DigestInput *input, Str expected)
{
	size_t count = input->contents->source->migrations.count;
	for (size_t i = 0; i < count; i++) {
		Omission one = {0, SIZE_MAX, i};
		if (!history_holds(
			    input->history, input->contents->source->migrations.items[i].version) &&
			str_equal(digest_without(arena, input, one), expected))
			return str_format(arena, "a file has been added since then: %.*s",
				STR_ARG(input->contents->source->migrations.items[i].file));
	}
	return (Str){0};
}

Str digest_explain(Arena *arena, const DigestInput *input, Str expected)
{
	Str reason = explain_options(arena, input, expected);
	if (!reason.len)
		reason = explain_versions(arena, input, expected);
	if (!reason.len)
		reason = explain_files(arena, input, expected);
	return reason.len ? reason
			  : STR("a pending file has been changed, added or taken away since then, "
				"or that plan was made for another target");
}
