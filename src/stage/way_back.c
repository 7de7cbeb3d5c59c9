/* Before a push to a project writes anything: what backups there are, and, with restore-point, a
 * restore point. That there is none stops a push only if the team has said so. */
#include "stage/run.h"

#include "api/supabase.h"
#include "base/interrupt.h"
#include "base/timestamp.h"

enum {
	POLL_MS = 2000,
	POLL_LIMIT_MS = 60 * 1000,
	REQUEST_LIMIT_MS = 20 * 1000,
};

/* At most 20 characters, as the API has it. */
static Str point_name(Arena *arena, int64_t now)
{
	return str_format(arena, "push-%.*s", STR_ARG(timestamp_version(arena, now)));
}

static bool is_wanted(const Run *run)
{
	const Report *report = run->report;
	return run->inputs->restore_point != RESTORE_POINT_OFF &&
	       (report->plan.pending.count || extras_is_work(&report->extras));
}

/* The first fault of `refused` in one line. */
static Str reason_of(Arena *arena, const Err *refused)
{
	return refused->first ? str_visible(arena, refused->first->message)
			      : STR("the API has said nothing of it");
}

/* Asked for until it is more than begun. False if there is none: `refused` says why. */
static bool wait_for_point(const SupabaseApi *api, SupabasePoint *point, Err *refused)
{
	Deadline deadline = deadline_in(POLL_LIMIT_MS);
	while (point->state == SUPABASE_POINT_PENDING && deadline_left(deadline) > 0) {
		if (interrupt_wait(-1, 0, deadline_in(POLL_MS), true) == WAIT_INTERRUPTED)
			break;
		if (!supabase_read_point(api, point, refused))
			return false;
	}
	if (point->state == SUPABASE_POINT_AVAILABLE)
		return true;
	err_add(refused, ERR_SERVICE, "%s",
		point->state == SUPABASE_POINT_PENDING
			? "it was begun, and is not available after a minute"
			: "Supabase says that it has failed");
	return false;
}

static void make_point(const SupabaseApi *api, WayBack *way)
{
	Err refused = {.arena = api->arena};
	SupabasePoint point = {.name = point_name(api->arena, way->moment)};
	if (supabase_make_point(api, &point, &refused) && wait_for_point(api, &point, &refused)) {
		way->kind = WAY_BACK_POINT;
		way->name = point.name;
		way->reason = (Str){0};
		return;
	}
	way->reason = reason_of(api->arena, &refused);
}

static void find_way(const SupabaseApi *api, WayBack *way)
{
	Err refused = {.arena = api->arena};
	SupabaseBackups backups = {0};
	if (supabase_backups(api, &backups, &refused)) {
		way->backup = backups.newest;
		way->kind = backups.pitr         ? WAY_BACK_MOMENT
			    : backups.newest.len ? WAY_BACK_BACKUP
						 : WAY_BACK_NONE;
	} else {
		way->kind = WAY_BACK_UNKNOWN;
		way->reason = reason_of(api->arena, &refused);
	}
	make_point(api, way);
}

static void ask_backups(const Run *run, WayBack *way)
{
	const Inputs *inputs = run->inputs;
	const HttpOptions options = {.connect_timeout_ms = inputs->connect_timeout,
		.deadline_ms = REQUEST_LIMIT_MS,
		.log = &run->workflow->log};
	AUTO_HTTP http = http_open(&options);
	SupabaseApi api = {.http = http,
		.url = way->api_url,
		.token = inputs->access_token,
		.ref = inputs->project_ref,
		.secrets = run->workflow->log.secrets,
		.arena = run->arena};
	find_way(&api, way);
}

static bool judge_way_back(const Run *run, const WayBack *way)
{
	bool is_required = run->inputs->restore_point == RESTORE_POINT_REQUIRE;
	Err found = {.arena = run->arena};
	if (way_back_is_exact(way))
		return true;
	err_add(&found, is_required ? ERR_BLOCKED : ERR_SERVICE, "no restore point: %.*s",
		STR_ARG(way->reason))
		->hint = is_required ? STR("restore-point: try pushes without one")
				     : STR("restore-point: require refuses a push without one");
	if (is_required)
		err_append(run->err, &found);
	else
		run_warn(run, &found);
	return !is_required;
}

bool stage_way_back(Run *run)
{
	const Inputs *inputs = run->inputs;
	WayBack *way = &run->report->way_back;
	if (!is_wanted(run))
		return true;
	*way = (WayBack){.kind = WAY_BACK_UNKNOWN,
		.project = inputs->project_ref,
		.api_url = inputs->api_url,
		.moment = clock_wall(),
		.reason = STR("a database that db-url names has none that this program knows of")};
	while (str_ends(way->api_url, STR("/")))
		way->api_url.len--;
	if (inputs->project_ref.len)
		ask_backups(run, way);
	log_line(&run->workflow->log, "way back: %.*s", STR_ARG(way_back_words(run->arena, way)));
	if (interrupt_pending()) {
		err_add(run->err, ERR_CANCELLED, "cancelled before the push");
		return false;
	}
	return judge_way_back(run, way);
}
