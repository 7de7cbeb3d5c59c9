#include "server/inventory.h"

#include "base/sqlstate.h"

/* ---- the query's pieces ---- */

/* PUBLIC is no role of pg_authid. */
#define ROLE(oid) "CASE " oid " WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(" oid ")) END"

/* Settings in an array, in the order of their names. */
#define OPTIONS(array)                                                                             \
	"(SELECT string_agg('with ' || o.item, E'\\n' ORDER BY o.item COLLATE \"C\") "             \
	"FROM unnest(" array ") o(item))"

/* One that is not its type's own; an empty text otherwise. */
#define COLLATION(oid, type)                                                                        \
	"coalesce((SELECT ' collate ' || quote_ident(n.nspname) || '.' || quote_ident(l.collname) " \
	"FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace WHERE l.oid = " oid     \
	" AND l.oid IS DISTINCT FROM (SELECT y.typcollation FROM pg_type y WHERE y.oid = " type     \
	")), '')"

#define ENABLED(state)                                                                             \
	"CASE " state " WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'enabled on replicas' "             \
	"WHEN 'A' THEN 'enabled always' END"

/* A line for each who holds something; a star is the right to hand it on. An empty list is what
 * the server would assume. */
#define GRANTS(acl, kind, owner)                                                                          \
	"(SELECT string_agg(h.holder || ': ' || h.list, E'\\n' ORDER BY h.holder COLLATE \"C\") "         \
	"FROM (SELECT " ROLE(                                                                             \
		"g.grantee") " AS holder, string_agg(g.privilege, ', ' "                                  \
			     "ORDER BY g.privilege) AS list FROM (SELECT x.grantee, x.privilege_type || " \
			     "CASE WHEN bool_or(x.is_grantable) THEN '*' ELSE '' END AS privilege "       \
			     "FROM aclexplode(coalesce(" acl ", acldefault('" kind "', " owner            \
			     "))) x "                                                                     \
			     "WHERE x.privilege_type <> 'MAINTAIN' OR $1::int4 >= 170000 "                \
			     "GROUP BY x.grantee, x.privilege_type) g GROUP BY g.grantee) h)"

#define NOT_MEMBER(class, oid)                                                                     \
	"NOT EXISTS (SELECT FROM members m WHERE m.classid = '" class "'::regclass "               \
								      "AND m.objid = " oid ")"

/* ---- asking ---- */

enum {
	CELL_KIND,
	CELL_NAME,
	CELL_PART_OF,
	CELL_DEFINITION,
	CELLS
};

/* One query of all rows of the table, each with its kind's name in front. */
static Str query_text(Arena *arena)
{
	static const char *const sources[] = {
#define SOURCE(name, select) #name " AS MATERIALIZED (" select ")",
#define INVENTORY(kind, select)
#include "server/inventory.def"
#undef SOURCE
#undef INVENTORY
	};
	static const char *const parts[] = {
#define SOURCE(name, select)
#define INVENTORY(kind, select) "SELECT '" #kind "', q.* FROM (" select ") q",
#include "server/inventory.def"
#undef SOURCE
#undef INVENTORY
	};
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		buf_format(&buf, "%s%s", i ? ", " : "WITH ", sources[i]);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		buf_format(&buf, "%s%s", i ? " UNION ALL " : " ", parts[i]);
	return str_from(str_z(arena, buf_str(&buf)));
}

static bool kind_of(Str name, InventoryKind *kind)
{
	static const Str names[] = {
#define COMPARE_KIND(kind, name, link, plural) STR_INIT(#kind),
#include "compare/kind.def"
#undef COMPARE_KIND
	};
	for (*kind = 0; *kind < INVENTORY_KINDS; (*kind)++)
		if (str_equal(names[*kind], name))
			return true;
	return false;
}

static void take_objects(Arena *arena, const Rows *rows, Inventory *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		const Str *cells = &rows->cells[i * CELLS];
		InventoryObject object = {.name = str_copy(arena, cells[CELL_NAME]),
			.part_of = str_copy(arena, cells[CELL_PART_OF]),
			.definition = str_copy(arena, cells[CELL_DEFINITION])};
		if (kind_of(cells[CELL_KIND], &object.kind))
			*vec_add(arena, &out->objects) = object;
	}
	inventory_sort(out);
}

/* Planning for a few hundred thousand rows would turn on compilation, which takes longer than the
 * query; and views are deparsed under a lock, for which nobody is to wait for long. */
static Command *add_query(const Session *session, Batch *batch, int common)
{
	Param *param = arena_new(batch->arena, Param);
	param->value = str_format(batch->arena, "%d", common);
	session_ask(batch);
	session_limit(session, batch);
	batch_add_literal(batch, "SELECT set_config('jit', 'off', true)");
	Command *command = batch_add(batch, query_text(batch->arena));
	command->params = param;
	command->param_count = 1;
	command->want_rows = true;
	return command;
}

/* One turn. */
static bool ask(Session *session, Inventory *out, int common, Err *err)
{
	ARENA_SCRATCH(scratch);
	Batch batch = {.arena = &scratch};
	add_query(session, &batch, common);
	if (!session_run(session, &batch, ERR_DRIFT, err))
		return false;
	take_objects(session->arena, &batch.commands.items[batch.commands.count - 1].rows, out);
	return true;
}

/* What the snapshot still has, somebody has dropped before it was printed ("cache lookup failed",
 * "could not open relation"): an error that the server calls internal. */
static bool has_changed_meanwhile(const Err *failure)
{
	return failure->last && sqlstate_is(failure->last->sqlstate, SQLSTATE_INTERNAL_ERROR);
}

static void tell_failure(Err *failure, Err *err)
{
	Fault *fault = failure->last;
	fault->message = str_format(
		failure->arena, "the schema cannot be read: %.*s", STR_ARG(fault->message));
	if (has_changed_meanwhile(failure))
		fault->hint = STR("twice, the server could not look up what it has listed itself: "
				  "somebody drops objects again and again while they are read, or "
				  "its catalogue is damaged. Run the job again at another time");
	err_append(err, failure);
}

bool inventory_read(Session *session, int common, Inventory *out, Err *err)
{
	Err failure = {.arena = err->arena};
	int version = db_server_version(session->db);
	*out = (Inventory){.version = version};
	if (version < INVENTORY_OLDEST) {
		err_add(err, ERR_DRIFT, "PostgreSQL 15 or newer is needed to compare schemas");
		return false;
	}
	bool done = ask(session, out, common, &failure);
	if (!done && has_changed_meanwhile(&failure)) {
		failure = (Err){.arena = err->arena};
		done = ask(session, out, common, &failure);
	}
	if (!done)
		tell_failure(&failure, err);
	return done;
}
