/* What the runner gives a step in its environment, read once. All is empty outside of GitHub. */
#ifndef ACTION_RUNNER_H
#define ACTION_RUNNER_H

#include "base/str.h"

typedef struct Runner {
	bool is_github; /* GITHUB_ACTIONS is "true" */
	bool debugs; /* RUNNER_DEBUG: the run was started with debug logging */
	bool colour; /* FORCE_COLOR or a terminal asks for it, and NO_COLOR does not forbid it */
	Str workspace; /* GITHUB_WORKSPACE, or where we are */
	Str temp; /* RUNNER_TEMP */
	Str output_file, summary_file; /* GITHUB_OUTPUT, GITHUB_STEP_SUMMARY */
	Str event_name, event_path; /* GITHUB_EVENT_NAME, GITHUB_EVENT_PATH */
	Str api_url, server_url; /* GITHUB_API_URL, GITHUB_SERVER_URL */
	Str repository, run_id, ref, sha, actor;
} Runner;

/* Does GitHub's runner run us, and not a person? */
bool runner_is_github(void);
/* The texts are the environment's own; that of `workspace` may be the arena's. */
Runner runner_read(Arena *arena);

#endif
