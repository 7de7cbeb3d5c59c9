/* What the target's catalogue says of the objects that pending files name: tables with their sizes,
 * columns, constraints and indexes; types, functions, and what keeps an object from being dropped.
 *
 * Data, as it was before the plan; server/catalog_read reads it, in one question. Objects refer to
 * each other by oid (0: none), to columns by number. Beside the relations that files name are
 * those that are bound to them: partitions and parents, the other side of each foreign key, an
 * index's table. A name that was asked for and is not here is not there. */
#ifndef SCHEMA_CATALOG_H
#define SCHEMA_CATALOG_H

#include "base/str.h"

typedef VEC(int64_t) Numbers;

/* pg_class.relkind. */
typedef enum RelationKind {
	RELATION_TABLE = 'r',
	RELATION_PARTITIONED = 'p',
	RELATION_VIEW = 'v',
	RELATION_MATVIEW = 'm',
	RELATION_INDEX = 'i',
	RELATION_PARTITIONED_INDEX = 'I',
	RELATION_SEQUENCE = 'S',
	RELATION_FOREIGN = 'f',
	RELATION_COMPOSITE = 'c',
} RelationKind;

/* pg_constraint.contype. */
typedef enum ConstraintKind {
	CONSTRAINT_CHECK = 'c',
	CONSTRAINT_FOREIGN_KEY = 'f',
	CONSTRAINT_NOT_NULL = 'n',
	CONSTRAINT_PRIMARY_KEY = 'p',
	CONSTRAINT_UNIQUE = 'u',
	CONSTRAINT_TRIGGER = 't',
	CONSTRAINT_EXCLUDE = 'x',
} ConstraintKind;

/* pg_constraint.confdeltype, confupdtype: what refuses to go; the others go along. */
typedef enum ReferenceAction {
	REFERENCE_NO_ACTION = 'a',
	REFERENCE_RESTRICT = 'r',
	REFERENCE_CASCADE = 'c',
	REFERENCE_SET_NULL = 'n',
	REFERENCE_OTHER = '?', /* of the plan: one of the others */
} ReferenceAction;

/* Of pg_trigger.tgtype. */
typedef enum TriggerEvent {
	TRIGGER_INSERT = 1 << 2,
	TRIGGER_DELETE = 1 << 3,
	TRIGGER_UPDATE = 1 << 4,
	TRIGGER_TRUNCATE = 1 << 5,
} TriggerEvent;

/* What a role may do with a relation; a column's privilege counts as the relation's. */
typedef enum Right {
	RIGHT_SELECT = 1 << 0,
	RIGHT_INSERT = 1 << 1,
	RIGHT_UPDATE = 1 << 2,
	RIGHT_DELETE = 1 << 3,
	RIGHT_TRUNCATE = 1 << 4,
	RIGHT_REFERENCES = 1 << 5,
} Right;

/* Of pg_relation_is_updatable(). */
typedef enum CatalogWriting {
	CATALOG_UPDATES = 1 << 2,
	CATALOG_INSERTS = 1 << 3,
	CATALOG_DELETES = 1 << 4,
} CatalogWriting;

typedef struct CatalogColumn {
	int64_t number;
	Str name, type; /* as format_type has it, its schema where it is on no search path */
	bool is_not_null, has_default, is_inherited;
	bool is_collated; /* otherwise than its type is */
	char generated, identity; /* pg_attribute.attgenerated, attidentity; '\0': none */
	/* Of the last ANALYZE, in thousandths; below 0 for `nulls`, 0 for `distinct`: unknown. A
	 * negative `distinct` is a share of the rows (pg_stats.n_distinct): -1000 is "no value
	 * twice". */
	int64_t nulls, distinct;
	int64_t type_oid;
	char type_kind; /* pg_type.typtype */
	bool is_plain_enum; /* nobody has made comparisons for that type, or casts from it */
	Str type_base; /* of a domain */
} CatalogColumn;

typedef struct CatalogConstraint {
	int64_t oid;
	Str name;
	char kind; /* ConstraintKind */
	bool is_valid, is_deferrable, is_deferred, is_inherited;
	Numbers columns;
	int64_t other; /* the table that a foreign key references */
	Numbers other_columns;
	char on_delete, on_update; /* what it does then: ReferenceAction */
	int64_t index; /* that it is made of, or references */
	int64_t proves; /* the column that CHECK (column IS NOT NULL) is about, and nothing else */
	bool mentions_null; /* a CHECK with IS NULL or IS NOT NULL in it */
	Numbers compares; /* columns that a CHECK compares with labels of their enums */
	Str definition; /* of one that is not valid, and of a domain's; else empty */
} CatalogConstraint;

typedef struct CatalogIndex {
	int64_t oid;
	Str name, method;
	bool is_unique, is_primary, is_valid, is_immediate, is_partial, has_expressions;
	bool is_plain; /* columns alone, compared as the table compares them; NULLs are distinct */
	int64_t keys; /* how many of `columns` are more than INCLUDE'd */
	Numbers columns; /* 0: an expression */
	Numbers uses; /* columns in expressions and in the predicate, too; none for a constraint's
		       */
	Numbers compares; /* columns that the predicate compares with labels of their enums */
} CatalogIndex;

typedef struct CatalogRelation {
	int64_t oid;
	Str schema, name, owner;
	char kind; /* RelationKind */
	int64_t pages; /* of 8 KB, as of the last VACUUM or ANALYZE */
	int64_t rows; /* the same; -1: never analysed */
	int64_t live; /* rows, as the statistics count them */
	int64_t reads, writes; /* scans, and rows changed, since the statistics were reset */
	bool has_rls, is_partition, is_temporary;
	bool is_forced; /* row level security is for its owner, too */
	bool is_owned; /* by a role that the session's has the rights of */
	bool is_exposed; /* anon or authenticated have a privilege on it */
	int64_t rights; /* of the session's role: Right */
	int64_t table, table_column; /* of an index; of a sequence that goes with a column */
	Numbers parents;
	Str bound; /* of a partition: "FOR VALUES FROM (1) TO (2)" */
	char strategy; /* of a partitioned table: pg_partitioned_table.partstrat */
	Numbers key; /* its columns; 0: an expression */
	int64_t default_partition;
	bool has_plain_key; /* columns alone, compared as their types are */
	char replica_identity; /* pg_class.relreplident */
	Names options; /* "security_invoker=true" */
	Names publications; /* that name it: not those of all tables */
	Names policies, triggers, rules;
	/* What its triggers run for, also those that are disabled: TriggerEvent. Without those that
	 * set `stamps` to the time, and do nothing else. */
	int64_t before, after;
	Names stamps, stampers; /* the columns; names of the functions */
	int64_t writable; /* of a view, by its triggers, too: CatalogWriting */
	VEC(CatalogColumn) columns;
	VEC(CatalogConstraint) constraints;
	VEC(CatalogIndex) indexes;
} CatalogRelation;

typedef struct CatalogType {
	int64_t oid;
	Str schema, name;
	char kind; /* pg_type.typtype: b, c, d, e, m, p, r */
	Str base; /* of a domain */
	bool is_checked; /* a domain with a constraint */
	bool has_default, is_owned;
	bool is_row; /* a table's, or a composite type */
	bool has_cast; /* to it, made by CREATE CAST */
	Names labels; /* of an enum, in order */
	/* Of a domain that a file may change. */
	bool is_not_null;
	VEC(CatalogConstraint) constraints; /* all with their definitions */
	int64_t columns; /* of tables, that have it as their type */
	bool is_within; /* another type is made of it: what has values of that is not read */
} CatalogType;

typedef struct CatalogFunction {
	int64_t oid;
	Str schema, name, language;
	Str arguments; /* types of the input arguments, ", " between them */
	Str result;
	char kind, volatility; /* pg_proc.prokind, provolatile: i, s, v */
	bool returns_set, is_definer, is_owned, is_exposed;
	int64_t defaults; /* how many arguments have one */
	Names names; /* of the input arguments; empty ones have none */
	Names config; /* "search_path=…" */
} CatalogFunction;

/* What something is in, as pg_depend has it. */
typedef enum CatalogClass {
	CLASS_OTHER,
	CLASS_RELATION,
	CLASS_CONSTRAINT,
	CLASS_TYPE,
	CLASS_FUNCTION,
	CLASS_SCHEMA,
	CLASS_EXTENSION,
	CLASS_RULE, /* of a view: `relation` is the view */
	CLASS_POLICY,
	CLASS_TRIGGER,
	CLASS_DEFAULT, /* of a column, or the expression that it is generated by */
} CatalogClass;

/* Something keeps DROP … RESTRICT of an object, or the change of a column's type, from being
 * done; or goes along with DROP … CASCADE of it. */
typedef struct CatalogBlocker {
	CatalogClass class;
	int64_t oid, column; /* of what is kept; a column's number, or 0 */
	bool is_type_only; /* keeps the column's type, not the column */
	CatalogClass by_class;
	int64_t by, by_column; /* oid; a column's number, or 0 */
	int64_t relation; /* that it is, or is on (an index, too); 0: none */
	Str name; /* of a rule, policy, trigger, constraint */
	Str description; /* as pg_describe_object has it; empty: of what goes along */
} CatalogBlocker;

typedef struct CatalogExtension {
	int64_t oid; /* 0: not installed */
	Str name;
	bool is_available, is_installed;
	bool is_owned; /* by a role that the session's has the rights of */
	bool needs_superuser; /* the role may not install it */
	Str schema; /* the only one that it can be in; empty: any */
} CatalogExtension;

/* An operator class: each of the access methods that files name, each that has a name that they
 * name, and those by which B-tree orders what it has no order for of its own. */
typedef struct CatalogOperatorClass {
	Str method, schema, name;
	Str type; /* of its values, as format_type has it */
	Names sources; /* types that are as good, without being converted */
	bool is_default;
} CatalogOperatorClass;

typedef struct CatalogPublication {
	Str name;
	bool has_all; /* of all tables */
	bool has_updates, has_deletes; /* it publishes them */
	bool is_owned; /* by a role that the session's has the rights of */
} CatalogPublication;

/* A function whose text has a name that a file takes away. Of a string that is SQL or PL/pgSQL the
 * server keeps no dependencies. */
typedef struct CatalogMention {
	Str schema, name;
	Names words;
	Numbers tables; /* whose triggers call it */
} CatalogMention;

typedef struct CatalogSchema {
	int64_t oid;
	Str name;
	bool can_create, can_use; /* the session's role */
	bool is_owned; /* by a role that the session's has the rights of */
} CatalogSchema;

/* ALTER DEFAULT PRIVILEGES of the session's role. */
typedef struct CatalogDefault {
	Str schema; /* empty: every one */
	char kind; /* pg_default_acl.defaclobjtype: r, S, f, T, n */
	bool is_exposed; /* gives anon or authenticated something */
} CatalogDefault;

/* One that values of the database's encoding can have. */
typedef struct CatalogCollation {
	Str schema, name;
} CatalogCollation;

typedef struct CatalogRole {
	Str name;
	bool may_become; /* the session's role may SET ROLE to it */
	bool may_alter; /* and ALTER it */
} CatalogRole;

/* A parameter of the server, of those that files name; what nobody but a superuser sees has no
 * scope. */
typedef struct CatalogSetting {
	Str name; /* in lower case */
	Str scope, type, unit; /* pg_settings.context, vartype, unit */
	Str min, max; /* of a number */
	Names values; /* of an enum, but those that are not shown */
	bool may_set, may_alter_system; /* a privilege of the session's role */
} CatalogSetting;

typedef struct Catalog {
	VEC(CatalogRelation) relations;
	VEC(CatalogType) types;
	VEC(CatalogFunction) functions;
	VEC(CatalogExtension) extensions;
	VEC(CatalogPublication) publications; /* all */
	VEC(CatalogOperatorClass) classes;
	VEC(CatalogMention) mentions;
	VEC(CatalogSchema) schemas; /* all */
	VEC(CatalogDefault) defaults;
	VEC(CatalogBlocker) blockers;
	VEC(CatalogBlocker) falls; /* of what files drop with CASCADE, among what they name */
	VEC(CatalogRole) roles; /* those of the names asked for */
	VEC(CatalogSetting) settings; /* the same */
	VEC(CatalogCollation) collations; /* the same */
	int64_t version; /* server_version_num */
	Str user, time_zone;
	Names languages, methods; /* all of functions; all access methods of indexes */
	bool is_superuser;
	bool knows_rights; /* what it says that the role may do is what the push may */
	bool has_files; /* the role may read or write the server's files, or run programs there */
	bool has_alter_system; /* nobody has switched ALTER SYSTEM off */
	bool makes_roles, makes_publications; /* the session's role may */
	bool has_supautils; /* an extension lets the role do more than its privileges say */
	Names search_path; /* the session's own, "$user" resolved */
	Names exposed; /* schemas that PostgREST serves */
	bool has_more_roles; /* roles.sql may make some before the migrations run */
	bool is_complete; /* false: more names than we ask for; a name that is missing may be there
			   */
	bool is_assumed; /* nothing of it was read: see catalog_assumed */
} Catalog;

/* In place of one that cannot be read: what each Supabase project has, as far as files lean on it
 * without saying so. Anything else may be there beside it. */
Catalog catalog_assumed(Arena *arena);

/* The push runs as another role than the one that has read it: nothing is said of its rights. */
void catalog_assume_rights(Catalog *catalog);

bool catalog_has_number(const Numbers *numbers, int64_t number);
/* Partitions, or tables that inherit from it. */
bool catalog_has_children(const Catalog *catalog, const CatalogRelation *table);
/* Does it do something to the rows that refer to what is gone? */
bool catalog_goes_along(char reference_action);

/* Each is NULL if there is none. */
const CatalogRelation *catalog_relation(const Catalog *catalog, Str schema, Str name);
const CatalogRelation *catalog_relation_by_oid(const Catalog *catalog, int64_t oid);
const CatalogColumn *catalog_column(const CatalogRelation *relation, Str name);
const CatalogType *catalog_type(const Catalog *catalog, Str schema, Str name);
const CatalogSchema *catalog_schema(const Catalog *catalog, Str name);
const CatalogRole *catalog_role(const Catalog *catalog, Str name);
/* In whatever case the name is. */
const CatalogSetting *catalog_setting(const Catalog *catalog, Str name);

/* A search_path's value as names; `user` (may be empty) is what "$user" means. */
Names catalog_split_path(Arena *arena, Str path, Str user);

#endif
