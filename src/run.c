#include "run.h"

#include "stage/connect.h"
#include "stage/extras.h"
#include "stage/lint.h"
#include "stage/publish.h"
#include "stage/run.h"
#include "wrap/db.h"
#include "wrap/http_proxy.h"

typedef struct Stage {
	const char *title; /* of its group in the log, which neighbours with the same title share;
			      NULL: none */
	bool (*run)(Run *run);
} Stage;

enum {
	STAGES_MAX = 20
};

/* In the order of the input's choices. */
static const struct {
	Str name;
	bool writes;
	Stage stages[STAGES_MAX];
} modes[] = {
	[MODE_PUSH] = {STR_INIT("push"), true,
		{{NULL, stage_files}, {NULL, stage_extras}, {"Changed files", stage_detect},
			{NULL, stage_skip}, {NULL, stage_offline}, {"Dry run", stage_connect},
			{"Dry run", stage_plan}, {"Dry run", stage_lint},
			{"Dry run", stage_verify_files}, {"Dry run", stage_staging},
			{"Dry run", stage_drift}, {"Dry run", stage_check},
			{"Dry run", stage_preflight}, {"Push", stage_way_back},
			{"Push", stage_push}, {"Push", stage_drift_after}, {"Verify", stage_verify},
			{"Types", stage_types_written}}},
	[MODE_DRY_RUN] = {STR_INIT("dry-run"), false,
		{{NULL, stage_files}, {NULL, stage_extras}, {"Changed files", stage_detect},
			{NULL, stage_skip}, {NULL, stage_offline}, {"Dry run", stage_connect},
			{"Dry run", stage_plan}, {"Dry run", stage_lint},
			{"Dry run", stage_verify_files}, {"Dry run", stage_staging},
			{"Dry run", stage_drift}, {"Dry run", stage_types},
			{"Dry run", stage_check}, {"Rehearsal", stage_rehearse},
			{"Data", stage_preflight}}},
	[MODE_DETECT] = {STR_INIT("detect"), false,
		{{NULL, stage_seeds}, {"Changed files", stage_detect}, {NULL, stage_changes}}},
	[MODE_VERIFY] = {STR_INIT("verify"), false,
		{{NULL, stage_files}, {NULL, stage_offline}, {"Verify", stage_connect},
			{"Verify", stage_verify_applied}}},
	[MODE_REPAIR] = {STR_INIT("repair"), false,
		{{NULL, stage_files}, {"Repair", stage_connect}, {"Repair", stage_repair}}},
	[MODE_STATUS] = {STR_INIT("status"), false,
		{{NULL, stage_files}, {NULL, stage_offline}, {"Status", stage_overview}}},
	[MODE_COMPARE] = {STR_INIT("compare"), false,
		{{NULL, stage_files}, {NULL, stage_offline}, {"Compare", stage_connect},
			{"Compare", stage_compare}}},
	[MODE_TYPES] = {STR_INIT("types"), false, {{"Types", stage_types_alone}}},
};

/* Of a dry run without a target, on a pull request. */
static const Stage promotion[STAGES_MAX] = {{NULL, stage_files}, {NULL, stage_extras},
	{"Changed files", stage_detect}, {NULL, stage_skip}, {"Promotion check", stage_promotion},
	{"Promotion check", stage_check}};

static bool is_same_title(const Stage *a, const Stage *b)
{
	return a && b && a->title && b->title && str_equal(str_from(a->title), str_from(b->title));
}

/* With faults in the inputs only the first stage runs: it finds faults in the files, too. */
static void run_stages(Run *run)
{
	const Stage *stages = run->inputs->promotes ? promotion : modes[run->inputs->mode].stages;
	bool ready = run->err->count == 0, in_order = ready || stages[0].run == stage_files;
	for (size_t i = 0; in_order && !run->ended && i < STAGES_MAX && stages[i].run; i++) {
		const Stage *stage = &stages[i], *before = i ? &stages[i - 1] : NULL;
		const Stage *next = i + 1 < STAGES_MAX ? &stages[i + 1] : NULL;
		if (stage->title && !is_same_title(before, stage))
			workflow_group(run->workflow, stage->title);
		in_order = stage->run(run) && ready;
		if (stage->title && (!in_order || run->ended || !is_same_title(stage, next)))
			workflow_group_end(run->workflow);
	}
}

static ReportRun describe_run(const Runner *runner)
{
	Str heads = STR("refs/heads/");
	bool is_branch = str_starts(runner->ref, heads);
	return (ReportRun){.server_url = runner->server_url,
		.repository = runner->repository,
		.id = runner->run_id,
		.commit = runner->sha,
		.branch = is_branch ? str_skip(runner->ref, heads.len) : (Str){0}};
}

/* What a report says before anything was done. */
static void begin_report(const Inputs *inputs, Report *report)
{
	report->environment = inputs->environment_name;
	report->program = STR(PROMOTE_VERSION);
	report->mode = modes[inputs->mode].name;
	report->dry = !modes[inputs->mode].writes;
	report->detects = inputs->mode == MODE_DETECT;
	report->promotes = inputs->promotes;
	report->run = describe_run(inputs->runner);
}

static void tell_unmasked(const Workflow *workflow, bool password, bool vault)
{
	if (password)
		log_line(&workflow->log,
			"warning: the database password is too short or too common "
			"to be masked in logs");
	if (vault)
		log_line(&workflow->log,
			"warning: a vault secret is too short or too common to be masked in logs");
}

/* Every secret is known and masked before anything is printed. */
static void prepare(Run *run, Inputs *inputs, Event *event, Secrets *secrets)
{
	bool unmasked_vault = false;
	event_read(run->arena, inputs->runner, event, run->err);
	inputs_read(run->arena, event, inputs, secrets, run->err);
	lint_load(run, run->err);
	extras_load(run, secrets, &unmasked_vault);
	workflow_mask(run->workflow);
	tell_unmasked(run->workflow, inputs->unmasked, unmasked_vault);
	begin_report(inputs, run->report);
	for (size_t i = 0; i < inputs->notes.count; i++) {
		log_line(&run->workflow->log, "%.*s", STR_ARG(inputs->notes.items[i]));
		run_note(run, (Str){0}, inputs->notes.items[i]);
	}
}

int run_action(const CommandLine *line)
{
	Arena arena = {0};
	Secrets secrets = {.arena = &arena};
	int64_t start = clock_us();
	db_ignore_environment();
	http_proxy_keep(&secrets);
	Runner runner = runner_read(&arena);
	Workflow workflow = workflow_new(&runner, &secrets);
	Event event;
	Inputs inputs = {.runner = &runner, .line = line};
	Err err = {.arena = &arena};
	Report report = {.warnings = {.arena = &arena}, .notes = {.arena = &arena}};
	Run run = {.arena = &arena,
		.inputs = &inputs,
		.workflow = &workflow,
		.report = &report,
		.err = &err,
		.refusals = {.arena = &arena},
		.foreseen = {.arena = &arena}};
	prepare(&run, &inputs, &event, &secrets);
	if (publish_announce(&run))
		run_stages(&run);
	err_prepend(&err, &run.foreseen);
	connect_drop_staging(&run);
	run_close(&run);
	report.us = clock_us() - start;
	publish_result(&run);
	int status = err_exit_code(err_kind(&err));
	arena_release(&arena);
	return status;
}
