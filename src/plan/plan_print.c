#include "plan/plan_print.h"

enum {
	SHOWN_MAX = 20, /* of what is unusual in one file */
	MISFITS_MAX = 200,
	FILES_MAX = 2000,
};

static size_t count_verdict(const Plan *plan, Verdict verdict)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->rows.count; i++)
		count += plan->rows.items[i].verdict == verdict;
	return count;
}

/* Files that are out of order, and versions without a file. */
static void print_misfits(const Log *log, const Plan *plan)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->rows.count; i++) {
		const PlanRow *row = &plan->rows.items[i];
		if (row->verdict != VERDICT_OUT_OF_ORDER && row->verdict != VERDICT_MISSING)
			continue;
		if (count++ < MISFITS_MAX)
			log_line(log, "  %.*s  %.*s",
				STR_ARG(row->migration ? row->migration->file : row->version),
				STR_ARG(plan_word(row->verdict)));
	}
	if (count > MISFITS_MAX)
		log_line(log, "  … and %zu more like these", count - MISFITS_MAX);
}

static void print_counts(const Log *log, const Plan *plan)
{
	size_t applied = count_verdict(plan, VERDICT_APPLIED);
	size_t other =
		count_verdict(plan, VERDICT_OUT_OF_ORDER) + count_verdict(plan, VERDICT_MISSING);
	log_line(log, "%zu applied, %zu pending%s; newest in the history: %.*s", applied,
		plan->pending.count, other ? ", and some that do not fit" : "",
		STR_ARG(plan->head.len ? plan->head : STR("none")));
	print_misfits(log, plan);
}

static size_t line_of(const Script *script, const Statement *statement)
{
	return script_place(script, script_point(statement, 0)).line;
}

static void print_statement(const Log *log, const Script *script, const Statement *statement)
{
	if (statement->class == SQL_NO_BLOCK)
		log_line(log, "      line %zu: %.*s runs on its own, too",
			line_of(script, statement), STR_ARG(script_statement_name(statement)));
	else
		log_line(log,
			"      line %zu: not analysed (%zu bytes, or nested too deeply); "
			"the server will judge it",
			line_of(script, statement), statement->text.len);
}

static void print_unusual(const Log *log, const Script *script)
{
	ARENA_SCRATCH(scratch);
	size_t unusual = 0;
	if (script->mode != SCRIPT_ATOMIC)
		log_line(log, "      not atomic: %.*s", STR_ARG(script_reason(&scratch, script)));
	for (size_t i = 0; i < script->count; i++) {
		const Statement *statement = &script->statements[i];
		bool alone = statement->class == SQL_NO_BLOCK && i != script->culprit;
		if ((alone || !statement->examined) && unusual++ < SHOWN_MAX)
			print_statement(log, script, statement);
	}
	if (unusual > SHOWN_MAX)
		log_line(log, "      … and %zu more statements like these", unusual - SHOWN_MAX);
}

void dryrun_print(const Log *log, const Plan *plan, const Script *scripts)
{
	print_counts(log, plan);
	for (size_t i = 0; i < plan->pending.count && i < FILES_MAX; i++) {
		log_line(log, "  %.*s  %zu statement%s", STR_ARG(scripts[i].migration->file),
			scripts[i].count, scripts[i].count == 1 ? "" : "s");
		print_unusual(log, &scripts[i]);
	}
	if (plan->pending.count > FILES_MAX)
		log_line(log, "  … and %zu more files", plan->pending.count - FILES_MAX);
}
