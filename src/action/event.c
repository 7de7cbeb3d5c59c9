#include "action/event.h"

#include "base/file.h"
#include "wrap/json.h"

enum {
	PAYLOAD_MAX = 25 * 1024 * 1024 /* what GitHub sends at most */
};

bool event_is_pull(Str name)
{
	static const Str names[] = {STR_INIT("pull_request"), STR_INIT("pull_request_target"),
		STR_INIT("pull_request_review"), STR_INIT("pull_request_review_comment")};
	return STR_IS_AMONG(name, names);
}

bool event_brings_changes(Str name)
{
	return event_is_pull(name) || str_equal(name, STR("push")) ||
	       str_equal(name, STR("merge_group"));
}

/* What Dependabot starts is treated as a fork's ("Dependabot on GitHub Actions"). */
static bool is_dependabots(const Event *event)
{
	static const Str names[] = {STR_INIT("push"), STR_INIT("create"), STR_INIT("deployment"),
		STR_INIT("deployment_status")};
	if (!str_equal(event->actor, STR("dependabot[bot]")))
		return false;
	return STR_IS_AMONG(event->name, names) || event_is_pull(event->name);
}

bool event_has_secrets(const Event *event)
{
	bool is_ours =
		event->pull_repository.len && str_equal(event->pull_repository, event->repository);
	return (is_ours || !event_is_pull(event->name)) && !is_dependabots(event);
}

bool event_is_of_strangers(const Event *event)
{
	Str name = event->name;
	if (str_equal(name, STR("pull_request_target")))
		return true;
	if (event_is_pull(name))
		return !str_equal(event->pull_repository, event->repository);
	if (str_equal(name, STR("workflow_run")))
		return !str_equal(event->run_repository, event->repository);
	return str_equal(name, STR("issue_comment")) && event->is_on_pull;
}

bool event_lends_secrets(const Event *event)
{
	Str name = event->name;
	return event_is_of_strangers(event) &&
	       (!event_is_pull(name) || str_equal(name, STR("pull_request_target")));
}

static void read_payload(Arena *arena, const Json *payload, Event *out)
{
	const struct {
		const char *path;
		Str *to;
	} texts[] = {
		{"repository.default_branch", &out->default_branch},
		{"before", &out->before},
		{"pull_request.base.sha", &out->pull_base},
		{"pull_request.base.ref", &out->base_branch},
		{"pull_request.head.sha", &out->pull_head},
		{"pull_request.head.repo.full_name", &out->pull_repository},
		{"workflow_run.head_repository.full_name", &out->run_repository},
		{"merge_group.base_sha", &out->group_base},
		{"merge_group.head_sha", &out->group_head},
	};
	int64_t pull = 0;
	Str missing;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i].to = str_copy(arena, json_str(payload, texts[i].path));
	Str group = json_str(payload, "merge_group.base_ref"), heads = STR("refs/heads/");
	if (str_starts(group, heads))
		out->base_branch = str_copy(arena, str_skip(group, heads.len));
	out->is_on_pull = json_at(payload, "issue.pull_request") != NULL;
	json_read_bool(arena, payload, "deleted", &out->deleted, &missing);
	if (json_read_int(arena, payload, "pull_request.number", &pull, &missing) && pull > 0)
		out->pull = pull;
}

bool event_read(Arena *arena, const Runner *runner, Event *out, Err *err)
{
	ARENA_SCRATCH(scratch);
	Str path = runner->event_path, text, reason;
	*out = (Event){.name = runner->event_name,
		.repository = runner->repository,
		.api_url = runner->api_url,
		.ref = runner->ref,
		.sha = runner->sha,
		.actor = runner->actor};
	if (!path.len || file_type(path) == FILE_MISSING)
		return true;
	if (!file_read(&scratch, path, PAYLOAD_MAX, &text, &reason)) {
		err_add(err, ERR_RUNNER, "GITHUB_EVENT_PATH: cannot read %.*s: %.*s", STR_ARG(path),
			STR_ARG(reason));
		return false;
	}
	AUTO_JSON payload = text.len ? json_parse(text, NULL) : json_object();
	if (!json_is_object(payload)) {
		err_add(err, ERR_RUNNER, "GITHUB_EVENT_PATH: %.*s is not a JSON object",
			STR_ARG(path));
		return false;
	}
	read_payload(arena, payload, out);
	return true;
}
