/* Does the data let the pending statements through? Asked before anything is written. */
#include "stage/catalog.h"

#include "preflight/questions.h"
#include "report/preflight_text.h"
#include "server/preflight_ask.h"
#include "stage/rehearse.h"

static void tell(const Run *run)
{
	ARENA_SCRATCH(scratch);
	Str line = preflight_text_line(&scratch, &run->report->preflight);
	if (!line.len)
		line = STR("the pending statements ask nothing of the data");
	log_line(&run->workflow->log, "%.*s", STR_ARG(line));
}

/* What lint has refused says why: the data would say something else of the same statement. */
static void leave_out_refused(const Lint *lint, Questions *questions)
{
	for (size_t i = 0; i < questions->count; i++) {
		Question *question = &questions->items[i];
		if (!question_is_asked(question) || !lint_refuses(lint, question->statement))
			continue;
		question->sql = (QuestionSql){0};
		question->outlook = OUTLOOK_NOT_PROVEN;
		question->doubt = DOUBT_NOT_REACHED;
	}
}

static bool ask_data(Run *run)
{
	Session *session = &run->database.session;
	size_t count = run->report->plan.pending.count;
	Questions *questions = &run->report->preflight;
	if (!catalog_load(run, run->err))
		return false;
	Checks checks = {0};
	questions_find_checks(run->arena, run->catalog, run->scripts, count, &checks);
	if (!preflight_read_checks(session, &preflight_limits, &checks, run->err))
		return false;
	questions_find(run->arena, run->catalog, run->scripts, count, questions);
	leave_out_refused(&run->report->lint, questions);
	return preflight_ask(session, &preflight_limits, questions, run->err);
}

bool stage_preflight(Run *run)
{
	Report *report = run->report;
	if (!run->inputs->preflight || !report->plan.pending.count)
		return true;
	if (!ask_data(run))
		return false;
	report->guards.asked[GROUP_DATA] = report->preflight.count > 0;
	tell(run);
	rehearse_check_answers(run);
	question_add_faults(&report->preflight, run->err);
	return run->err->count == 0;
}
