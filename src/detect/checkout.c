#include "detect/checkout.h"

#include "base/file.h"

typedef enum Owner {
	OWNER_IS_IT, /* the event's repository */
	OWNER_MAY_BE_IT,
	OWNER_IS_OTHER
} Owner;

static bool is_clone(Str folder)
{
	ARENA_SCRATCH(scratch);
	return file_type(file_join(&scratch, folder, STR(".git"))) != FILE_MISSING;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* GitHub's names are the same in upper and lower case. */
static bool ends_with_name(Str url, Str name)
{
	if (url.len <= name.len)
		return false;
	Str tail = str_skip(url, url.len - name.len);
	for (size_t i = 0; i < name.len; i++)
		if (lower(tail.ptr[i]) != lower(name.ptr[i]))
			return false;
	char before = tail.ptr[-1];
	return before == '/' || before == ':';
}

static Str without_ending(Str url)
{
	while (str_ends(url, STR("/")))
		url.len--;
	return str_ends(url, STR(".git")) ? str_head(url, url.len - 4) : url;
}

/* A mirror on this machine may be of any repository; a URL with a host says which one it is. */
static bool has_host(Str url)
{
	Str rest = url, host;
	if (str_contains(url, STR("://")))
		return !str_starts(url, STR("file://"));
	return str_next(&rest, ':', &host) && rest.ptr && host.len && !str_contains(host, STR("/"));
}

static Owner owner_of(Arena *arena, const CheckoutClues *clues, const Repo *repo, Str *origin)
{
	enum {
		CLUES = sizeof clues->shas / sizeof *clues->shas
	};
	*origin = without_ending(repo_origin(arena, repo));
	for (size_t i = 0; i < CLUES; i++) {
		Str sha = clues->shas[i], name = clues->names[i];
		if ((sha.len && repo_has(repo, sha)) || (name.len && ends_with_name(*origin, name)))
			return OWNER_IS_IT;
	}
	return clues->names[0].len && has_host(*origin) && !clues->any ? OWNER_IS_OTHER
								       : OWNER_MAY_BE_IT;
}

/* owner/name at a URL's end: what precedes may be secret. */
static Str name_in(Str url)
{
	size_t slashes = 0;
	for (size_t i = url.len; i > 0; i--) {
		char c = url.ptr[i - 1];
		slashes += c == '/';
		if (slashes == 2 || c == ':' || c == '@')
			return str_skip(url, i);
	}
	return url;
}

static bool open_at(Arena *arena, Str folder, Repo **repo, Str *reason)
{
	return repo_open(arena, folder, file_parent(folder), repo, reason);
}

/* Looks at the clone in a folder. True if it is the event's repository's: then it stays open. */
static bool try_folder(
	Arena *arena, const CheckoutClues *clues, Str folder, Checkout *out, Str *candidate)
{
	Str origin = {0}, ignored;
	Owner owner = OWNER_MAY_BE_IT;
	if (open_at(arena, folder, &out->repo, &ignored))
		owner = owner_of(arena, clues, out->repo, &origin);
	if (owner == OWNER_IS_IT) {
		out->root = folder;
		return true;
	}
	repo_close(&out->repo);
	if (owner == OWNER_MAY_BE_IT)
		*candidate = folder;
	else
		out->reason = str_format(arena, "the clone here is of another repository, %.*s",
			STR_ARG(str_visible(arena, name_in(origin))));
	return false;
}

void checkout_open(Arena *arena, const CheckoutClues *clues, Checkout *out)
{
	Str candidate = {0};
	*out = (Checkout){0};
	for (Str here = clues->folder;; here = file_parent(here)) {
		if (is_clone(here) && try_folder(arena, clues, here, out, &candidate))
			return;
		if (str_equal(here, clues->workspace) || str_equal(here, STR("/")))
			break;
	}
	if (candidate.len) {
		out->root = candidate;
		open_at(arena, candidate, &out->repo, &out->reason);
	} else if (!out->reason.len) {
		out->root = clues->workspace;
		out->reason = STR("there is no git repository here");
	}
}

void checkout_close(Checkout *clone)
{
	repo_close(&clone->repo);
}

/* The outermost clone that the path lies in, below the one that is looked at; empty if none. */
static Str inner_clone(const Checkout *clone, Str path)
{
	Str found = {0};
	for (Str here = path; here.len > clone->root.len; here = file_parent(here))
		if (is_clone(here))
			found = here;
	return found;
}

bool checkout_tells(Arena *arena, const Checkout *clone, Str path, Str *reason)
{
	if (!clone->root.len) {
		*reason = clone->reason;
		return false;
	}
	Str shown = str_visible(arena, path);
	if (!file_is_within(path, clone->root)) {
		*reason = str_format(arena, "%.*s lies outside of the repository", STR_ARG(shown));
		return false;
	}
	Str inner = inner_clone(clone, path);
	if (!inner.len ||
		(clone->repo && repo_has_submodule(clone->repo, checkout_path(clone, inner))))
		return true;
	*reason = str_format(arena, "%.*s lies in a clone of another repository", STR_ARG(shown));
	return false;
}

Str checkout_path(const Checkout *clone, Str path)
{
	return file_below(clone->root, path);
}
