#include "detect/basis.h"

/* refs/heads/main and refs/tags/v1 by the names that people use. */
static Str short_name(Str ref)
{
	static const Str prefixes[] = {STR_INIT("refs/heads/"), STR_INIT("refs/tags/")};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts(ref, prefixes[i]))
			return str_skip(ref, prefixes[i].len);
	return ref;
}

static Str first_of(Str a, Str b)
{
	return a.len ? a : b;
}

static bool is_sha(Str name)
{
	enum {
		DIGITS = 40
	};
	for (size_t i = 0; i < name.len; i++)
		if (!((name.ptr[i] >= '0' && name.ptr[i] <= '9') ||
			    (name.ptr[i] >= 'a' && name.ptr[i] <= 'f')))
			return false;
	return name.len == DIGITS;
}

/* What a push calls the state before a branch was there. */
static bool is_zero(Str sha)
{
	for (size_t i = 0; i < sha.len; i++)
		if (sha.ptr[i] != '0')
			return false;
	return sha.len > 0;
}

static void warn_ref_ignored(const BasisFacts *facts, const char *when, Err *warnings)
{
	if (facts->ref.len)
		err_add(warnings, ERR_INPUT, "ref: it means nothing %s", when);
}

/* Without a token the local clone has to tell; it has the merge commit that the run is for. The
 * payload's base may have moved on since the merge commit was made. */
static bool choose_without_token(const BasisFacts *facts, Basis *out, Err *err)
{
	if (str_equal(facts->event, STR("pull_request_target"))) {
		err_add(err, ERR_INPUT,
			"token: pull_request_target needs it, for the local clone "
			"is not the pull request's");
		return false;
	}
	Str base = first_of(facts->base, first_of(facts->pull_base, facts->default_branch));
	bool by_merge = facts->is_merge && !facts->base.len;
	out->base = base;
	out->head = STR("HEAD");
	out->kind = by_merge ? BASIS_PARENT : BASIS_DIRECT;
	if (!by_merge && !base.len)
		err_add(err, ERR_DETECT, "the event's payload names no pull request")->hint =
			STR("set the input base to a branch, a tag or a commit");
	return by_merge || base.len;
}

static bool choose_pull(const BasisFacts *facts, Basis *out, Err *warnings, Err *err)
{
	if (!facts->has_token)
		return choose_without_token(facts, out, err);
	if (!facts->base.len) {
		warn_ref_ignored(facts, "on a pull request without base", warnings);
		out->kind = BASIS_PULL;
		out->pull = facts->pull;
		out->fork_base = facts->pull_base;
		out->fork_head = facts->pull_head;
		return true;
	}
	out->base = short_name(facts->base);
	out->head = short_name(first_of(facts->ref, facts->pull_head));
	out->kind = is_sha(out->base) ? BASIS_DIRECT : BASIS_FORK;
	return true;
}

/* base is the head's own branch, or a SHA: what is new since then. */
static void choose_since(const BasisFacts *facts, Str default_branch, Basis *out, Err *warnings)
{
	bool is_push = str_equal(facts->event, STR("push"));
	Str since = is_sha(out->base) ? out->base : is_push ? facts->before : (Str){0};
	if (!since.len) {
		if (is_push)
			err_add(warnings, ERR_DETECT,
				"the push does not say what was there before: "
				"its last commit is taken");
		out->kind = BASIS_PARENT;
	} else if (!is_zero(since)) {
		out->kind = BASIS_DIRECT;
		out->base = since;
	} else if (default_branch.len && !str_equal(out->base, default_branch)) {
		out->kind = BASIS_FORK;
		out->base = default_branch;
	} else {
		out->kind = BASIS_ALL;
	}
}

static bool choose_branch(const BasisFacts *facts, Basis *out, Err *warnings, Err *err)
{
	bool is_group = str_equal(facts->event, STR("merge_group"));
	/* A schedule's payload names no repository; it runs for the default branch. */
	Str fallback =
		str_equal(facts->event, STR("schedule")) ? short_name(facts->git_ref) : (Str){0};
	Str default_branch = first_of(facts->default_branch, fallback);
	Str ref = first_of(facts->ref, is_group ? facts->group_head : (Str){0});
	Str base = first_of(facts->base, is_group ? facts->group_base : (Str){0});

	out->head = short_name(first_of(ref, first_of(facts->git_ref, STR("HEAD"))));
	if (!ref.len)
		out->head_sha = facts->sha;
	if (facts->checked_out.len && !facts->ref.len) {
		out->head = STR("HEAD");
		out->head_sha = facts->checked_out;
		out->or_parent = true;
	}
	out->base = short_name(first_of(base, default_branch));
	if (!out->base.len) {
		err_add(err, ERR_DETECT,
			"the event does not name the repository's default branch, so there is "
			"nothing to compare with")
			->hint = STR("set the input base to a branch, a tag or a commit");
		return false;
	}
	if (is_sha(out->base) || str_equal(out->base, out->head))
		choose_since(facts, default_branch, out, warnings);
	else
		out->kind = BASIS_FORK;
	return true;
}

bool basis_choose(const BasisFacts *facts, Basis *out, Err *warnings, Err *err)
{
	*out = (Basis){0};
	if (str_equal(facts->base, STR("HEAD"))) {
		warn_ref_ignored(facts, "with base: HEAD", warnings);
		out->kind = BASIS_LOCAL;
		return true;
	}
	if (facts->is_pull)
		return choose_pull(facts, out, warnings, err);
	if (str_equal(facts->event, STR("push")) && facts->deleted) {
		out->kind = BASIS_NOTHING;
		return true;
	}
	return choose_branch(facts, out, warnings, err);
}
