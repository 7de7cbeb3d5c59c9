/* Do the committed types fit the database? A question to the catalogue, and no more. */
#include "stage/types.h"

#include "report/types_text.h"
#include "server/types_read.h"
#include "stage/connect.h"
#include "types/finding.h"

/* ---- comparing ---- */

bool types_compare_file(const Run *run, const TypesFile *file, const CatalogueAnswer *answer,
	TypesDifferences *out, TypesResult *result)
{
	TypesModel model;
	if (!types_catalogue_read(run->arena, answer, &file->schemas, &model)) {
		result->status = TYPES_STATUS_UNKNOWN;
		result->reason = STR("the server's answer is not understood");
		return false;
	}
	types_compare(run->arena, &file->model, &model, out);
	for (size_t i = result->tables = 0; i < model.objects.count; i++)
		result->tables += model.objects.items[i].section <= TYPES_VIEWS;
	return true;
}

static Str names_text(Arena *arena, const Names *names)
{
	Buf buf = buf_new(arena, 1000);
	for (size_t i = 0; i < names->count; i++)
		buf_format(&buf, "%s%.*s", i ? ", " : "",
			STR_ARG(str_visible(arena, names->items[i])));
	return buf_str(&buf);
}

/* ---- telling ---- */

static Str target_name(const Run *run)
{
	const Report *report = run->report;
	if (report->types.is_rehearsed && report->rehearsal.place == REHEARSAL_ON_SCRATCH)
		return STR("the rehearsal's server");
	if (report->environment.len)
		return report->environment;
	return report->project.ref.len
		       ? str_format(run->arena, "project %.*s", STR_ARG(report->project.ref))
		       : STR("the target");
}

void types_tell(Run *run, const TypesFiles *files)
{
	ReportTypes *types = &run->report->types;
	Err warnings = {.arena = run->arena};
	bool warns = run->inputs->types == TYPES_WARN;
	const TypesOutlet outlet = {.stale = warns ? &warnings : &run->refusals,
		.drift = &warnings,
		.target = target_name(run)};
	types->results.count = 0;
	types->is_asked = run->report->guards.asked[GROUP_TYPES] = true;
	for (size_t i = 0; i < files->items.count; i++) {
		TypesResult *result = &files->items.items[i].result;
		result->schemas = names_text(run->arena, &files->items.items[i].schemas);
		*vec_add(run->arena, &types->results) = *result;
		types_finding_add(result, &outlet);
		Str line = types_text_line(run->arena, run->report, result);
		log_line(&run->workflow->log, "%.*s", STR_ARG(line));
		if (result->status == TYPES_STATUS_UNKNOWN)
			run_note(run, STR("Types"), line);
	}
	run_warn(run, &warnings);
}

/* A catalogue, and what it is to the run. */
typedef struct TypesView {
	const CatalogueAnswer *catalogue;
	TypesBasis basis;
} TypesView;

/* Compares with it; findings go to the run's refusals, warnings and notes. */
static void types_finish(Run *run, TypesFiles *files, const TypesView *view)
{
	for (size_t i = 0; i < files->items.count; i++) {
		TypesFile *file = &files->items.items[i];
		TypesDifferences differences = {0};
		if (!file->is_read || file->result.status == TYPES_STATUS_WRITTEN)
			continue;
		if (types_compare_file(run, file, view->catalogue, &differences, &file->result))
			types_judge(run->arena, &differences, view->basis, &file->result);
	}
	run->report->types.basis = view->basis;
	types_tell(run, files);
}

/* ---- the stages ---- */

static bool ask_catalogue(Run *run, TypesFiles *files, CatalogueAnswer *answer, Err *err)
{
	types_load(run, files);
	return !files->schemas.count ||
	       types_read(&run->database.session, &files->schemas, answer, err);
}

static bool writes_rows_alone(const Statement *statement)
{
	const Facts *facts = statement->facts;
	if (!facts || (facts->gaps & ~(unsigned)GAP_ROWS))
		return false;
	for (size_t i = 0; i < facts->actions.count; i++) {
		ActionKind kind = facts->actions.items[i].kind;
		if (kind != ACTION_INSERT && kind != ACTION_UPDATE && kind != ACTION_DELETE)
			return false;
	}
	return true;
}

/* May what is pending change a table, a type, a function? Rows do not. */
static bool changes_schema(const Run *run)
{
	for (size_t i = 0; i < run->report->plan.pending.count; i++)
		for (size_t k = 0; k < run->scripts[i].count; k++)
			if (!writes_rows_alone(&run->scripts[i].statements[k]))
				return true;
	return false;
}

static bool is_rehearsed(const Run *run)
{
	return run->inputs->rehearse != REHEARSAL_OFF && run->report->plan.pending.count;
}

bool stage_types(Run *run)
{
	Err failure = {.arena = run->arena};
	TypesFiles files;
	CatalogueAnswer answer = {0};
	TypesBasis basis = changes_schema(run) ? TYPES_BEFORE_PENDING : TYPES_TARGET;
	if (!types_is_asked(run->inputs) || inputs_writes(run->inputs))
		return true;
	if (!ask_catalogue(run, &files, &answer, &failure))
		run_warn(run, &failure);
	else if (is_rehearsed(run))
		types_expect_rehearsal(run, &files, &answer);
	else
		types_finish(run, &files, &(TypesView){&answer, basis});
	return true;
}

/* What has been pushed stays, whatever comes of the types. */
bool stage_types_written(Run *run)
{
	TypesFiles files;
	CatalogueAnswer answer = {0};
	Err failure = {.arena = run->arena};
	if (!types_is_asked(run->inputs))
		return true;
	if (ask_catalogue(run, &files, &answer, &failure)) {
		types_write(run, &files, &answer);
		types_finish(run, &files, &(TypesView){&answer, TYPES_TARGET});
	}
	run_warn(run, &failure);
	return true;
}

bool stage_types_alone(Run *run)
{
	TypesFiles files;
	CatalogueAnswer answer = {0};
	if (!run->inputs->types_file.len) {
		err_add(run->err, ERR_INPUT, "types-file: mode types needs it")->hint =
			STR("name the TypeScript file that `supabase gen types` makes");
		return false;
	}
	if (!connect_target(run, run->err) || !ask_catalogue(run, &files, &answer, run->err))
		return false;
	if (run->inputs->types == TYPES_WRITE)
		types_write(run, &files, &answer);
	types_finish(run, &files, &(TypesView){&answer, TYPES_AS_IT_IS});
	err_append(run->err, &run->refusals);
	run->report->status = STATUS_UP_TO_DATE;
	return run->err->count == 0;
}
