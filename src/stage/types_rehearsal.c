/* Types in a rehearsal: the catalogue before the pending files, which stage_types has read, and
 * after them. */
#include "stage/types.h"

#include "server/types_read.h"

typedef struct TypesRun {
	TypesFiles files;
	CatalogueAnswer before;
} TypesRun;

void types_expect_rehearsal(Run *run, const TypesFiles *files, const CatalogueAnswer *before)
{
	ReportTypes *types = &run->report->types;
	run->types = arena_new(run->arena, TypesRun);
	*run->types = (TypesRun){*files, *before};
	types->is_asked = true;
	for (size_t i = 0; i < files->items.count; i++) {
		TypesResult *result = vec_add(run->arena, &types->results);
		*result = files->items.items[i].result;
		if (!files->items.items[i].is_read)
			continue;
		result->status = TYPES_STATUS_UNKNOWN;
		result->reason = STR("the pending files were not rehearsed");
	}
}

bool types_read_before(Run *run, Session *session, Err *err)
{
	return types_read(session, &run->types->files.schemas, &run->types->before, err);
}

static Command *add_question(Batch *batch, void *context)
{
	const TypesRun *types = context;
	return types_read_add(batch, &types->files.schemas);
}

RehearseQuestion types_question(const Run *run)
{
	bool asks = run->types && run->types->files.schemas.count;
	return (RehearseQuestion){.add = asks ? add_question : NULL, .context = run->types};
}

/* ---- whose doing is it? ---- */

/* The last statement of the pending files that names each object; without a schema it names one of
 * whichever. */
typedef struct Blame {
	StrMap by_name;
	Str only; /* path of the pending file, if there is but one */
	VEC(const Statement *) statements;
	VEC(const Script *) scripts; /* of them */
} Blame;

static Str blame_key(Arena *arena, Str schema, Str name)
{
	return str_format(arena, "%zu.%.*s.%.*s", schema.len, STR_ARG(schema), STR_ARG(name));
}

static void blame_name(Arena *arena, Blame *blame, Str schema, Str name)
{
	if (name.len)
		*str_map_at(arena, &blame->by_name, blame_key(arena, schema, name)) =
			blame->statements.count - 1;
}

static void blame_statement(
	Arena *arena, Blame *blame, const Script *script, const Statement *statement)
{
	const Facts *facts = statement->facts;
	*vec_add(arena, &blame->statements) = statement;
	*vec_add(arena, &blame->scripts) = script;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function)
			continue;
		const ObjectName *object = &action->object;
		blame_name(arena, blame, object->schema, object->name);
		if (action->kind == ACTION_RENAME)
			blame_name(arena, blame, object->schema, action->new_name);
		if (action->kind == ACTION_SET_SCHEMA)
			blame_name(arena, blame, action->new_name, object->name);
	}
}

static Blame blame_read(Arena *arena, const Run *run)
{
	Blame blame = {0};
	if (run->report->plan.pending.count == 1)
		blame.only = run->scripts[0].migration->path;
	for (size_t i = 0; i < run->report->plan.pending.count; i++)
		for (size_t k = 0; k < run->scripts[i].count; k++)
			blame_statement(
				arena, &blame, &run->scripts[i], &run->scripts[i].statements[k]);
	return blame;
}

/* The later one of two, as indices of statements; SIZE_MAX: neither. */
static size_t later(const size_t *a, const size_t *b)
{
	if (a && b)
		return *a > *b ? *a : *b;
	return a ? *a : b ? *b : SIZE_MAX;
}

static void blame_finding(const Blame *blame, TypesFinding *finding)
{
	ARENA_SCRATCH(scratch);
	const TypesDifference *d = &finding->difference;
	size_t at = later(str_map_find(&blame->by_name, blame_key(&scratch, d->schema, d->object)),
		str_map_find(&blame->by_name, blame_key(&scratch, (Str){0}, d->object)));
	finding->migration = blame->only;
	if (at >= blame->scripts.count)
		return;
	const Script *script = blame->scripts.items[at];
	finding->migration = script->migration->path;
	finding->statement_line =
		script_place(script, script_point(blame->statements.items[at], 0)).line;
}

static void blame_result(const Blame *blame, TypesResult *result)
{
	for (size_t i = 0; i < result->findings.count; i++)
		if (result->findings.items[i].is_stale)
			blame_finding(blame, &result->findings.items[i]);
}

/* ---- telling ---- */

static void judge_file(
	const Run *run, const Blame *blame, const CatalogueAnswer *after, TypesFile *file)
{
	TypesDifferences then = {0}, now = {0};
	TypesResult *result = &file->result;
	if (!types_compare_file(run, file, &run->types->before, &then, result) ||
		!types_compare_file(run, file, after, &now, result))
		return;
	types_judge_rehearsed(run->arena, &now, &then, result);
	blame_result(blame, result);
}

static Str why_unknown(const Run *run, const RehearseQuestion *question)
{
	const Rehearsal *rehearsal = &run->report->rehearsal;
	if (rehearsal_files_complete(rehearsal) < rehearsal->count || rehearsal->stopped.len)
		return rehearsal->stopped.len ? rehearsal->stopped
					      : STR("not all of the pending files were rehearsed "
						    "to their end");
	return !question->is_answered ? STR("the catalogue could not be read after them")
				      : (Str){0};
}

bool types_rehearsed(Run *run, const RehearseQuestion *question)
{
	if (!run->types)
		return true;
	ARENA_SCRATCH(scratch);
	Str why = question->add ? why_unknown(run, question) : (Str){0};
	const CatalogueAnswer after = {question->rows.cells, question->rows.count};
	const Blame blame = blame_read(&scratch, run);
	TypesFiles *files = &run->types->files;
	for (size_t i = 0; i < files->items.count; i++) {
		TypesFile *file = &files->items.items[i];
		if (!file->is_read)
			continue;
		if (!why.len) {
			judge_file(run, &blame, &after, file);
			continue;
		}
		file->result.status = TYPES_STATUS_UNKNOWN;
		file->result.reason = why;
	}
	run->report->types.is_rehearsed = !why.len;
	size_t before = run->err->count;
	types_tell(run, files);
	err_append(run->err, &run->refusals);
	return run->err->count == before;
}
