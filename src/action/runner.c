#include "action/runner.h"

#include <stdlib.h>
#include <unistd.h>

static Str variable(const char *name)
{
	return str_from(getenv(name));
}

static bool is_true(Str value)
{
	return str_equal(value, STR("true")) || str_equal(value, STR("1"));
}

bool runner_is_github(void)
{
	return str_equal(variable("GITHUB_ACTIONS"), STR("true"));
}

/* A person's terminal; the runner's is none of anybody's. */
static bool is_terminal(void)
{
	return !runner_is_github() && isatty(STDOUT_FILENO) &&
	       !str_equal(variable("TERM"), STR("dumb"));
}

/* no-color.org and force-color.org. */
static bool wants_colour(void)
{
	Str forced = variable("FORCE_COLOR");
	bool is_off = str_equal(forced, STR("0")) || str_equal(forced, STR("false"));
	return (forced.len ? !is_off : is_terminal()) && !variable("NO_COLOR").len;
}

static Str workspace(Arena *arena)
{
	Str named = variable("GITHUB_WORKSPACE");
	char here[4096];
	return named.len ? named : str_copy(arena, str_from(getcwd(here, sizeof here)));
}

Runner runner_read(Arena *arena)
{
	return (Runner){
		.is_github = runner_is_github(),
		.debugs = is_true(variable("RUNNER_DEBUG")),
		.colour = wants_colour(),
		.workspace = workspace(arena),
		.temp = variable("RUNNER_TEMP"),
		.output_file = variable("GITHUB_OUTPUT"),
		.summary_file = variable("GITHUB_STEP_SUMMARY"),
		.event_name = variable("GITHUB_EVENT_NAME"),
		.event_path = variable("GITHUB_EVENT_PATH"),
		.api_url = variable("GITHUB_API_URL"),
		.server_url = variable("GITHUB_SERVER_URL"),
		.repository = variable("GITHUB_REPOSITORY"),
		.run_id = variable("GITHUB_RUN_ID"),
		.ref = variable("GITHUB_REF"),
		.sha = variable("GITHUB_SHA"),
		.actor = variable("GITHUB_ACTOR"),
	};
}
