#include "plan/digest.h"

#include "plan/plan.h"
#include "wrap/crypto.h"

enum {
	NEW_MAX = 64, /* how many of the newest versions, or newest pending files, may be new */
	LIST_MAX = 4096, /* bytes */
};

/* What may be left out, to see what the plan would be without it. */
typedef struct Omission {
	size_t newest; /* of the history, so many */
	size_t version; /* this one of the history; SIZE_MAX: none */
	size_t from, to; /* these of the pending files */
} Omission;

static const Omission NOTHING = {.version = SIZE_MAX};

static History history_without(Arena *arena, const History *history, Omission without)
{
	History rest = {0};
	for (size_t i = 0; i + without.newest < history->versions.count; i++)
		if (i != without.version)
			*vec_add(arena, &rest.versions) = history->versions.items[i];
	return rest;
}

static void add_pending(CryptoSha256 *hash, const DigestInput *input, const Migration *migration)
{
	ARENA_SCRATCH(scratch);
	const Contents *contents = input->contents;
	Str identity =
		content_of(contents, (size_t)(migration - contents->source->migrations.items));
	crypto_sha256_add(
		hash, str_format(&scratch, "pending %.*s %.*s\n", STR_ARG(migration->version),
			      STR_ARG(identity.len ? identity : STR("empty"))));
}

static Str digest_without(Arena *arena, const DigestInput *input, Omission without)
{
	ARENA_SCRATCH(scratch);
	History history = history_without(&scratch, input->history, without);
	Plan plan;
	plan_build(&scratch, input->contents->source, &history, input->include_all, &plan);
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(
		hash, str_format(&scratch,
			      "supabase-promote plan 1\ntarget %.*s\nhead %.*s\ninclude-all %s\n"
			      "transaction %s\n",
			      STR_ARG(input->target), STR_ARG(plan.head),
			      input->include_all ? "true" : "false",
			      input->one_transaction ? "all" : "file"));
	for (size_t i = 0; i < plan.pending.count; i++)
		if (i < without.from || i >= without.to)
			add_pending(hash, input, plan.pending.items[i]);
	crypto_sha256_add(hash, input->extras);
	return crypto_sha256_end(arena, hash);
}

Str digest_rehearsed(Arena *arena, Str digest)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, STR("rehearsed "));
	crypto_sha256_add(hash, digest);
	return crypto_sha256_end(arena, hash);
}

static bool gives(const DigestInput *input, Omission without, Str expected)
{
	ARENA_SCRATCH(scratch);
	return str_equal(digest_without(&scratch, input, without), expected);
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
	for (size_t i = 1; i <= count && i <= NEW_MAX; i++) {
		Omission newest = {.newest = i, .version = SIZE_MAX}, one = {.version = count - i};
		bool is_newest = gives(input, newest, expected);
		if (!is_newest && !gives(input, one, expected))
			continue;
		Buf list = buf_new(arena, 1024);
		for (size_t k = count - i; k < (is_newest ? count : count - i + 1); k++)
			buf_format(&list, " %.*s", STR_ARG(input->history->versions.items[k]));
		return str_format(arena, "the target has got a version since then:%.*s",
			STR_ARG(buf_str(&list)));
	}
	return (Str){0};
}

static Str explain_files(Arena *arena, const DigestInput *input, Str expected)
{
	ARENA_SCRATCH(scratch);
	Plan plan;
	plan_build(&scratch, input->contents->source, input->history, input->include_all, &plan);
	size_t count = plan.pending.count;
	for (size_t i = 1; i <= count && i <= NEW_MAX; i++) {
		Omission newest = {.version = SIZE_MAX, .from = count - i, .to = count},
			 one = newest;
		one.to = one.from + 1;
		bool is_newest = gives(input, newest, expected);
		if (!is_newest && !gives(input, one, expected))
			continue;
		Buf list = buf_new(arena, LIST_MAX);
		for (size_t k = newest.from; k < (is_newest ? newest.to : one.to); k++)
			buf_format(&list, " %.*s", STR_ARG(plan.pending.items[k]->file));
		return str_format(arena, "%s been added since then:%.*s",
			is_newest && i > 1 ? "files have" : "a file has", STR_ARG(buf_str(&list)));
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
