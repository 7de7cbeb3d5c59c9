#include "rehearse/scratch.h"

#include "effects/delta.h"
#include "rehearse/question.h"

static bool fetch(Session *session, void (*question)(Batch *), Rows *out, Err *err)
{
	Batch batch = {.arena = session->arena};
	session_ask(&batch);
	size_t at = batch.commands.count;
	question(&batch);
	if (!session_run(session, &batch, ERR_REHEARSAL, err))
		return false;
	*out = batch.commands.items[at].rows;
	return true;
}

static bool is_part_of(const History *part, const History *whole)
{
	for (size_t i = 0; i < part->versions.count; i++) {
		size_t at = history_find(whole, part->versions.items[i]);
		if (at == SIZE_MAX ||
			!str_equal(part->records[i].digest, whole->records[at].digest))
			return false;
	}
	return true;
}

static bool check_empty(Session *scratch, Err *err)
{
	Rows rows;
	if (!fetch(scratch, question_own, &rows, err))
		return false;
	if (!rows.count)
		return true;
	err_add(err, ERR_INPUT, "rehearsal-db-url: the server is not empty: it has %.*s",
		STR_ARG(rows.cells[0]))
		->hint = STR("give a server that is made for this job (services: postgres), or a "
			     "new preview branch: what is rehearsed there may stay there");
	return false;
}

static bool check_other(const History *there, const History *target, Err *err)
{
	if (!there->system.len || !str_equal(there->system, target->system))
		return true;
	err_add(err, ERR_INPUT, "rehearsal-db-url: it is the target itself")->hint =
		STR("rehearse: target rehearses there, and rolls back");
	return false;
}

/* By their systems, which check_other has compared; or since one has a history and the other none.
 */
static bool check_known(const History *there, const History *target, Err *err)
{
	bool has_systems = there->system.len && target->system.len;
	if (has_systems || !there->versions.count != !target->versions.count)
		return true;
	err_add(err, ERR_INPUT, "rehearsal-db-url: nothing shows that it is not the target itself")
		->hint = STR("allow both logins pg_control_system()");
	return false;
}

bool scratch_check(Session *scratch, const History *there, const History *target, Err *err)
{
	if (!check_other(there, target, err) || !check_known(there, target, err))
		return false;
	if (!there->versions.count)
		return check_empty(scratch, err);
	if (is_part_of(there, target))
		return true;
	err_add(err, ERR_INPUT,
		"rehearsal-db-url: the server has a history that is not a part of the target's")
		->hint = STR("a rehearsal that commits is over once: give an empty server");
	return false;
}

bool scratch_check_unused(Session *scratch, const History *there, const History *target, Err *err)
{
	if (!check_other(there, target, err) || !check_known(there, target, err))
		return false;
	if (!there->versions.count)
		return check_empty(scratch, err);
	err_add(err, ERR_INPUT, "rehearsal-db-url: the server is not empty: it has had migrations")
		->hint = STR("give a server that is made for this job: what is replayed "
			     "there stays there");
	return false;
}

static void note(Err *notes, const char *says, Things things)
{
	Buf buf = buf_new(notes->arena, 2000);
	for (size_t i = 0; i < things.count; i++)
		buf_format(&buf, "%s%.*s %.*s", i ? ", " : "", STR_ARG(things.items[i].kind),
			STR_ARG(things.items[i].object));
	if (things.count)
		err_add(notes, ERR_REHEARSAL, "%s: %.*s", says, STR_ARG(buf_str(&buf)));
}

void scratch_compare(Session *target, Session *scratch, Err *notes)
{
	Arena *arena = notes->arena;
	Err ignored = {.arena = arena};
	Things here = {0}, there = {0};
	Rows rows;
	int versions[] = {
		db_server_version(target->db) / 10000, db_server_version(scratch->db) / 10000};
	if (versions[0] != versions[1])
		err_add(notes, ERR_REHEARSAL,
			"the rehearsal ran on PostgreSQL %d, and the target is PostgreSQL %d",
			versions[1], versions[0]);
	if (!fetch(target, question_extensions, &rows, &ignored))
		return;
	things_add(arena, rows.cells, rows.count, rows.columns, &here);
	if (!fetch(scratch, question_extensions, &rows, &ignored))
		return;
	things_add(arena, rows.cells, rows.count, rows.columns, &there);
	note(notes, "the target has what the rehearsal's server lacks",
		things_except(arena, here, there));
	note(notes, "the rehearsal's server has what the target lacks",
		things_except(arena, there, here));
}
