#include "rehearse/question.h"

#include "server/api_limits.h"
#include "server/purpose.h"

/* Schemas that the platform or an extension keeps: what is in them is not the team's. */
#define MANAGED                                                                                                                            \
	"'_analytics', '_realtime', '_supavisor', 'auth', 'cron', 'extensions', 'graphql', 'graphql_public', 'net', 'pgbouncer', 'pgmq', " \
	"'pgsodium', 'realtime', 'storage', 'supabase_functions', 'supabase_migrations', 'vault'"
#define IS_OWN "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
/* What somebody holds altogether would make a question about it wait. */
#define HELD                                                                                       \
	"(SELECT relation FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted "           \
	"AND relation IS NOT NULL AND pid IS DISTINCT FROM pg_backend_pid())"
#define NAME "n.nspname || '.' || c.relname"

static Command *add_question(Batch *batch, Str sql)
{
	Command *command = batch_add(batch, sql);
	command->want_rows = true;
	return command;
}

static Param *add_params(Batch *batch, Command *command, size_t count)
{
	Param *params = arena_array(batch->arena, Param, count);
	command->params = params;
	command->param_count = count;
	return params;
}

void question_relations(Batch *batch, Str named)
{
	Command *command = add_question(batch,
		STR("SELECT c.oid::int8, c.relfilenode::int8, c.relkind, n.nspname, c.relname, "
		    "CASE WHEN c.relkind IN ('r', 'm') AND (c.relpages = 0 "
		    "OR c.relname = ANY (string_to_array($1, chr(31)))) "
		    "AND c.oid NOT IN " HELD " "
		    "THEN pg_relation_size(c.oid) / current_setting('block_size')::int8 "
		    "ELSE c.relpages END, c.reltuples::int8, coalesce(i.indrelid, h.inhparent, 0)::int8, "
		    "pg_stat_get_numscans(c.oid), CASE WHEN c.relkind = 'r' THEN "
		    "pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + "
		    "pg_stat_get_tuples_deleted(c.oid) END, "
		    "pg_stat_get_xact_numscans(c.oid), pg_stat_get_xact_tuples_returned(c.oid), "
		    "pg_stat_get_xact_tuples_inserted(c.oid), "
		    "pg_stat_get_xact_tuples_updated(c.oid), "
		    "pg_stat_get_xact_tuples_deleted(c.oid) "
		    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
		    "LEFT JOIN pg_index i ON i.indexrelid = c.oid "
		    "LEFT JOIN pg_inherits h ON h.inhrelid = c.oid AND h.inhseqno = 1 "
		    "AND c.relkind IN ('r', 'p', 'f') WHERE c.oid >= 16384 "
		    "AND c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S', 'i', 'I') "
		    "AND n.nspname !~ '^pg_(toast|temp)' AND n.nspname <> 'supabase_migrations' "
		    "ORDER BY c.oid"));
	add_params(batch, command, 1)[0].value = named;
}

void question_transaction(Batch *batch)
{
	add_question(batch, STR("SELECT pg_current_xact_id(), max(oid)::int8 FROM pg_class"));
}

void question_limits(Batch *batch)
{
	add_question(batch, api_limits_question());
}

void question_objects(Batch *batch)
{
	add_question(batch,
		STR("SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' "
		    "WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' "
		    "WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END, " NAME " "
		    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
		    "WHERE c.oid >= 16384 AND " IS_OWN "AND n.nspname <> 'supabase_migrations' "
		    "UNION ALL SELECT 'function', p.oid::regprocedure::text FROM pg_proc p "
		    "JOIN pg_namespace n ON n.oid = p.pronamespace "
		    "WHERE p.oid >= 16384 AND " IS_OWN
		    "UNION ALL SELECT 'type', t.oid::regtype::text FROM pg_type t "
		    "WHERE t.oid >= 16384 AND t.typtype IN ('e', 'd', 'r') "
		    "UNION ALL SELECT 'enum value', e.enumtypid::regtype || ' ' || e.enumlabel "
		    "FROM pg_enum e WHERE e.enumtypid >= 16384 "
		    "UNION ALL SELECT 'policy', p.polname || ' on ' || " NAME " FROM pg_policy p "
		    "JOIN pg_class c ON c.oid = p.polrelid "
		    "JOIN pg_namespace n ON n.oid = c.relnamespace "
		    "UNION ALL SELECT 'trigger', t.tgname || ' on ' || " NAME " FROM pg_trigger t "
		    "JOIN pg_class c ON c.oid = t.tgrelid "
		    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal "
		    "UNION ALL SELECT 'constraint', k.conname || ' on ' || " NAME " || "
		    "CASE WHEN k.convalidated THEN '' ELSE ' not valid' END "
		    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
		    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.conrelid >= 16384 "
		    "UNION ALL SELECT 'column', " NAME " || '.' || a.attname || ' ' || "
		    "format_type(a.atttypid, a.atttypmod) || "
		    "CASE WHEN a.attnotnull THEN ' not null' ELSE '' END FROM pg_attribute a "
		    "JOIN pg_class c ON c.oid = a.attrelid "
		    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid >= 16384 "
		    "AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 "
		    "AND NOT a.attisdropped AND " IS_OWN "AND n.nspname <> 'supabase_migrations' "
		    "UNION ALL SELECT 'extension', extname FROM pg_extension "
		    "UNION ALL SELECT 'publication table', pubname || ' ' || schemaname || '.' || "
		    "tablename FROM pg_publication_tables "
		    "UNION ALL SELECT 'schema', nspname FROM pg_namespace n "
		    "WHERE oid >= 16384 AND " IS_OWN));
}

/* PostgREST's setting, of this session or of the role that it logs in as. Without the platform's
 * roles everything counts as open to them: a server of a job has none. */
#define API                                                                                        \
	"WITH api AS MATERIALIZED (SELECT n.oid FROM pg_namespace n WHERE n.nspname = ANY ("       \
	"string_to_array(replace(coalesce(nullif(current_setting('pgrst.db_schemas', true), ''), " \
	"(SELECT substr(setting, 18) FROM pg_db_role_setting s "                                   \
	"JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) AS setting "                    \
	"WHERE r.rolname = 'authenticator' AND setting LIKE 'pgrst.db\\_schemas=%' "               \
	"ORDER BY s.setdatabase DESC LIMIT 1), 'public'), ' ', ''), ',')) "                        \
	"AND n.nspname NOT IN (" MANAGED ")), "                                                    \
	"role AS MATERIALIZED (SELECT max(oid) FILTER (WHERE rolname = 'anon') AS anon, "          \
	"max(oid) FILTER (WHERE rolname = 'authenticated') AS users FROM pg_roles), "              \
	"rel AS MATERIALIZED (SELECT c.*, n.nspname AS space, " NAME " AS shown FROM pg_class c "  \
	"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relnamespace IN (TABLE api)), "     \
	"fn AS MATERIALIZED (SELECT p.*, n.nspname AS space, p.oid::regprocedure::text AS shown "  \
	"FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "                            \
	"WHERE p.pronamespace IN (TABLE api) AND p.prokind IN ('f', 'p', 'w') "                    \
	"AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass "           \
	"AND d.objid = p.oid AND d.deptype = 'e')) "
#define ANY_OF "'SELECT, INSERT, UPDATE, DELETE'"
#define TABLES "rel.relkind IN ('r', 'p') "
/* FINDING_COLUMNS of effects/delta: what is shown, no holder, and its name. */
#define OF_REL "shown, '', rel.space, rel.relname, '' "
#define OF_FN "shown, '', fn.space, fn.proname, '' "

static const Str findings[] = {
	STR_INIT(API
		"SELECT CASE WHEN coalesce(has_table_privilege(role.anon, rel.oid, " ANY_OF
		"), true) THEN 'rls-missing' ELSE 'rls-missing-for-users' END, " OF_REL
		"FROM rel, role WHERE " TABLES "AND NOT relrowsecurity "
		"AND (coalesce(has_table_privilege(role.anon, rel.oid, " ANY_OF "), true) "
		"OR coalesce(has_table_privilege(role.users, rel.oid, " ANY_OF "), true)) "
		"UNION ALL SELECT 'rls-no-policy', " OF_REL "FROM rel WHERE " TABLES
		"AND relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = rel.oid) "
		"UNION ALL SELECT 'definer-view', " OF_REL "FROM rel, role WHERE relkind = 'v' "
		"AND NOT EXISTS (SELECT FROM pg_options_to_table(reloptions) "
		"WHERE option_name = 'security_invoker' AND option_value::bool) "
		"AND coalesce(has_table_privilege(role.anon, rel.oid, 'SELECT'), true) "
		"UNION ALL SELECT 'matview-api', " OF_REL "FROM rel, role WHERE relkind = 'm' "
		"AND coalesce(has_table_privilege(role.anon, rel.oid, 'SELECT'), true) "
		"UNION ALL SELECT 'definer-no-search-path', " OF_FN "FROM fn WHERE prosecdef "
		"AND NOT coalesce(proconfig::text LIKE '%search_path=%', false) "
		"UNION ALL SELECT 'mutable-search-path', " OF_FN "FROM fn "
		"WHERE NOT coalesce(proconfig::text LIKE '%search_path=%', false) "
		"UNION ALL SELECT 'anon-executes-definer', " OF_FN "FROM fn, role WHERE prosecdef "
		"AND prorettype <> 'trigger'::regtype "
		"AND coalesce(has_function_privilege(role.anon, fn.oid, 'EXECUTE'), true) "),
	STR_INIT(API
		"SELECT 'policy-always-true', p.polname || ' on ' || " NAME ", '', "
		"n.nspname, c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
		"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.polpermissive "
		"AND p.polcmd <> 'r' AND c.oid NOT IN " HELD " AND n.nspname NOT IN (" MANAGED ") "
		"AND 'true' IN (pg_get_expr(p.polqual, p.polrelid), "
		"pg_get_expr(p.polwithcheck, p.polrelid)) "
		"UNION ALL SELECT 'extension-in-public', extname, '', '', extname, '' FROM pg_extension "
		"WHERE extnamespace = to_regnamespace('public') "
		"UNION ALL SELECT 'fk-unindexed', k.conname || ' on ' || rel.shown, '', "
		"rel.space, rel.relname, k.conname FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid WHERE k.contype = 'f' "
		"AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND "
		"(string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> "
		"k.conkey) "
		"UNION ALL SELECT 'no-primary-key', " OF_REL "FROM rel WHERE " TABLES
		"AND NOT relispartition AND NOT EXISTS (SELECT FROM pg_index i "
		"WHERE i.indrelid = rel.oid AND i.indisprimary) "
		"UNION ALL SELECT 'invalid-index', " NAME
		", '', n.nspname, c.relname, '' FROM pg_index i "
		"JOIN pg_class c ON c.oid = i.indexrelid "
		"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid "
		"AND n.nspname NOT IN (" MANAGED ") AND n.nspname !~ '^pg_' "),
	STR_INIT(API
		"SELECT 'privilege', coalesce(r.rolname, 'everybody') || ': ' || "
		"a.privilege_type || ' on ' || o.shown, o.holder, o.space, o.name, '' FROM ("
		"SELECT shown, shown AS holder, space, relname AS name, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' "
		"ELSE 'r' END::\"char\", relowner)) AS acl FROM rel "
		"WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') UNION ALL "
		"SELECT shown, shown, space, proname, coalesce(proacl, acldefault('f', proowner)) FROM fn "
		"UNION ALL SELECT 'schema ' || n.nspname, '', '', n.nspname, n.nspacl FROM pg_namespace n "
		"WHERE n.nspname NOT IN (" MANAGED ") AND n.nspname !~ '^pg_') AS o, "
		"aclexplode(o.acl) AS a LEFT JOIN pg_roles r ON r.oid = a.grantee "
		"WHERE a.grantee = 0 OR r.rolname IN ('anon', 'authenticated') "
		"UNION ALL SELECT 'privilege', coalesce(r.rolname, 'everybody') || ': ' || "
		"a.privilege_type || ' on new ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' "
		"WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' "
		"ELSE 'schemas' END || coalesce(' in schema ' || n.nspname, ''), '', '', '', '' "
		"FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, "
		"aclexplode(d.defaclacl) AS a LEFT JOIN pg_roles r ON r.oid = a.grantee "
		"WHERE (a.grantee = 0 OR r.rolname IN ('anon', 'authenticated')) "
		"AND coalesce(n.nspname, '') NOT IN (" MANAGED ")"),
};

void question_findings(Batch *batch)
{
	_Static_assert(sizeof findings / sizeof *findings == QUESTION_FINDINGS, "as announced");
	for (size_t i = 0; i < QUESTION_FINDINGS; i++)
		add_question(batch, findings[i]);
}

void question_own(Batch *batch)
{
	add_question(batch,
		STR("SELECT n.nspname || '.' || c.relname FROM pg_class c "
		    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid >= 16384 "
		    "AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND " IS_OWN
		    "AND n.nspname NOT IN (" MANAGED ") AND NOT EXISTS (SELECT FROM pg_depend d "
		    "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid "
		    "AND d.deptype = 'e') LIMIT 1"));
}

void question_extensions(Batch *batch)
{
	add_question(batch, STR("SELECT 'extension', extname FROM pg_extension"));
}

void question_suspects(Batch *batch, Str called, Str written, Str pattern)
{
	Command *command = add_question(batch,
		STR("WITH RECURSIVE known AS MATERIALIZED (SELECT p.oid, p.proname, "
		    "coalesce(nullif(p.prosrc, ''), pg_get_function_sqlbody(p.oid), '') AS body, "
		    "l.lanname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
		    "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid >= 16384 "
		    "AND n.nspname NOT IN (" MANAGED ") AND NOT EXISTS (SELECT FROM pg_depend d "
		    "WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid "
		    "AND d.deptype = 'e')), "
		    "reach AS (SELECT false AS is_table, k.proname::text AS root, k.oid "
		    "FROM known k WHERE k.proname = ANY (string_to_array($1, chr(31))) "
		    "UNION SELECT true, c.relname::text, t.tgfoid FROM pg_trigger t "
		    "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal "
		    "AND t.tgenabled <> 'D' AND c.relname = ANY (string_to_array($2, chr(31))) "
		    "UNION SELECT r.is_table, r.root, k.oid FROM reach r "
		    "JOIN known c ON c.oid = r.oid "
		    "JOIN known k ON k.oid <> c.oid AND strpos(c.body, k.proname) > 0) "
		    "SELECT DISTINCT ON (1, 2) r.is_table, r.root, m.what IS NOT NULL, "
		    "coalesce(m.what, k.proname) FROM reach r JOIN known k ON k.oid = r.oid, "
		    "LATERAL (SELECT (regexp_match(k.body, $3))[1]) AS m(what) "
		    "WHERE m.what IS NOT NULL OR k.lanname NOT IN ('sql', 'plpgsql') "
		    "OR k.lanname = 'plpgsql' AND k.body ~* '\\mexecute\\M' "
		    "ORDER BY 1, 2, 3 DESC"));
	Param *params = add_params(batch, command, 3);
	params[0].value = called;
	params[1].value = written;
	params[2].value = pattern;
}

void question_new_indexes(Batch *batch, Str highest)
{
	Command *command =
		add_question(batch, STR("SELECT n.nspname, c.relname FROM pg_class c "
					"JOIN pg_namespace n ON n.oid = c.relnamespace "
					"WHERE c.relkind IN ('i', 'I') AND c.oid > $1::oid"));
	add_params(batch, command, 1)[0].value = highest;
}

/* Functions instead of operators where no index is needed: the search path may be anybody's. */
#define CHECK                                                                                      \
	"SELECT pg_catalog.int4div(1, (COALESCE(pg_catalog.xid8eq("                                \
	"pg_catalog.pg_current_xact_id_if_assigned(), $1::pg_catalog.xid8), false) "               \
	"AND pg_catalog.float8lt(pg_catalog.date_part('epoch', pg_catalog.timestamptz_mi("         \
	"pg_catalog.clock_timestamp(), pg_catalog.transaction_timestamp())), "                     \
	"$2::pg_catalog.float8))::pg_catalog.int4)"
#define PROBE                                                                                      \
	CHECK                                                                                      \
	", pg_catalog.date_part('epoch', pg_catalog.statement_timestamp()), "                      \
	"pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), "                      \
	"'0/0'::pg_catalog.pg_lsn), (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', "      \
	"l.oid, l.modes, COALESCE(c.relfilenode::pg_catalog.int8, "                                \
	"'-1'::pg_catalog.int8), pg_catalog.pg_stat_get_xact_numscans(l.oid), "                    \
	"pg_catalog.pg_stat_get_xact_tuples_returned(l.oid), "                                     \
	"pg_catalog.pg_stat_get_xact_tuples_inserted(l.oid), "                                     \
	"pg_catalog.pg_stat_get_xact_tuples_updated(l.oid), "                                      \
	"pg_catalog.pg_stat_get_xact_tuples_deleted(l.oid)), ';') FROM ("                          \
	"SELECT relation AS oid, pg_catalog.bit_or(pg_catalog.int4shl(1, "                         \
	"pg_catalog.array_position('{AccessShareLock,RowShareLock,RowExclusiveLock,"               \
	"ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,"                  \
	"AccessExclusiveLock}'::pg_catalog.text[], mode))) AS modes "                              \
	"FROM pg_catalog.pg_locks WHERE pg_catalog.int4eq(pid, pg_catalog.pg_backend_pid()) "      \
	"AND pg_catalog.texteq(locktype, 'relation') AND granted "                                 \
	"AND pg_catalog.oidge(relation, '16384'::pg_catalog.oid) "                                 \
	"AND pg_catalog.oidle(relation, $3::pg_catalog.oid) GROUP BY relation) AS l "              \
	"LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.oid), "                 \
	"pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())"
#define PROBE_NAME "promote_probe"

static Command *add_probe(Batch *batch, const char *sql, const ProbeQuestion *probe)
{
	Str text = str_format(batch->arena, "%s%.*s", sql, STR_ARG(probe->limits));
	Command *command = batch_add(batch, str_from(str_z(batch->arena, text)));
	command->purpose = PURPOSE_PROBE;
	return command;
}

void question_prepare_probe(Batch *batch, const ProbeQuestion *probe)
{
	Command *command = add_probe(batch, PROBE, probe);
	command->parse_only = true;
	command->prepared = PROBE_NAME;
}

void question_probe(Batch *batch, const ProbeQuestion *probe)
{
	Command *command = probe->is_prepared ? batch_add_literal(batch, PROBE_NAME)
					      : add_probe(batch, PROBE, probe);
	command->purpose = PURPOSE_PROBE;
	command->prepared = probe->is_prepared ? PROBE_NAME : NULL;
	command->want_rows = true;
	command->params = probe->params;
	command->param_count = sizeof probe->params / sizeof *probe->params;
}

void question_check(Batch *batch, const ProbeQuestion *probe)
{
	enum {
		CHECKED = 2 /* of the parameters */
	};
	Command *command = add_probe(batch, CHECK, probe);
	command->params = probe->params;
	command->param_count = CHECKED;
}

void question_defer(Batch *batch)
{
	batch_add_literal(batch,
		"DO $promote$DECLARE names pg_catalog.text; BEGIN "
		"SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I', n.nspname, "
		"c.conname), ', ') INTO names FROM pg_catalog.pg_constraint c "
		"JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.connamespace "
		"WHERE c.condeferred AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint o "
		"WHERE o.connamespace OPERATOR(pg_catalog.=) c.connamespace "
		"AND o.conname OPERATOR(pg_catalog.=) c.conname AND NOT o.condeferrable); "
		"IF names IS NOT NULL THEN EXECUTE pg_catalog.concat('SET CONSTRAINTS ', names, "
		"' DEFERRED'); END IF; END$promote$");
}
