#include "server/catalog_rows.h"

#include "wrap/json.h"

#include <stddef.h>
#include <string.h>

typedef enum FieldType {
	FIELD_STR,
	FIELD_CHAR,
	FIELD_BOOL,
	FIELD_INT,
	FIELD_CLASS,
	FIELD_NAMES,
	FIELD_NUMBERS,
	FIELD_LIST,
} FieldType;

typedef struct Record Record;

/* What is null, or missing, leaves what the record has without it. */
typedef struct Field {
	const char *json;
	FieldType type;
	size_t offset;
	const Record *items; /* of a list */
} Field;

struct Record {
	const Field *fields;
	size_t count, size;
};

#define RECORD(type, list)                                                                         \
	static const Record type##_record = {list, sizeof(list) / sizeof *(list), sizeof(type)}

#define COLUMN(type, member, json)                                                                 \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogColumn, member), NULL                          \
	}
static const Field column_fields[] = {
	COLUMN(INT, number, "number"),
	COLUMN(STR, name, "name"),
	COLUMN(STR, type, "type"),
	COLUMN(BOOL, is_not_null, "not_null"),
	COLUMN(BOOL, has_default, "default"),
	COLUMN(BOOL, is_inherited, "inherited"),
	COLUMN(BOOL, is_collated, "collated"),
	COLUMN(CHAR, generated, "generated"),
	COLUMN(CHAR, identity, "identity"),
	COLUMN(INT, nulls, "nulls"),
	COLUMN(INT, distinct, "distinct"),
	COLUMN(INT, type_oid, "type_oid"),
	COLUMN(CHAR, type_kind, "type_kind"),
	COLUMN(BOOL, is_plain_enum, "plain_enum"),
	COLUMN(STR, type_base, "type_base"),
};
RECORD(CatalogColumn, column_fields);

#define CONSTRAINT(type, member, json)                                                             \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogConstraint, member), NULL                      \
	}
static const Field constraint_fields[] = {
	CONSTRAINT(INT, oid, "oid"),
	CONSTRAINT(STR, name, "name"),
	CONSTRAINT(CHAR, kind, "kind"),
	CONSTRAINT(BOOL, is_valid, "valid"),
	CONSTRAINT(BOOL, is_deferrable, "deferrable"),
	CONSTRAINT(BOOL, is_deferred, "deferred"),
	CONSTRAINT(BOOL, is_inherited, "inherited"),
	CONSTRAINT(NUMBERS, columns, "columns"),
	CONSTRAINT(INT, other, "other"),
	CONSTRAINT(NUMBERS, other_columns, "other_columns"),
	CONSTRAINT(CHAR, on_delete, "on_delete"),
	CONSTRAINT(CHAR, on_update, "on_update"),
	CONSTRAINT(INT, index, "index"),
	CONSTRAINT(INT, proves, "proves"),
	CONSTRAINT(BOOL, mentions_null, "mentions_null"),
	CONSTRAINT(NUMBERS, compares, "compares"),
	CONSTRAINT(STR, definition, "definition"),
};
RECORD(CatalogConstraint, constraint_fields);

#define INDEX(type, member, json)                                                                  \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogIndex, member), NULL                           \
	}
static const Field index_fields[] = {
	INDEX(INT, oid, "oid"),
	INDEX(STR, name, "name"),
	INDEX(STR, method, "method"),
	INDEX(BOOL, is_unique, "unique"),
	INDEX(BOOL, is_primary, "primary"),
	INDEX(BOOL, is_valid, "valid"),
	INDEX(BOOL, is_immediate, "immediate"),
	INDEX(BOOL, is_partial, "partial"),
	INDEX(BOOL, has_expressions, "expressions"),
	INDEX(BOOL, is_plain, "plain"),
	INDEX(INT, keys, "keys"),
	INDEX(NUMBERS, columns, "columns"),
	INDEX(NUMBERS, uses, "uses"),
	INDEX(NUMBERS, compares, "compares"),
};
RECORD(CatalogIndex, index_fields);

#define RELATION(type, member, json)                                                               \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogRelation, member), NULL                        \
	}
#define RELATION_LIST(member, items)                                                               \
	{                                                                                          \
#member, FIELD_LIST, offsetof(CatalogRelation, member), &items##_record            \
	}
static const Field relation_fields[] = {
	RELATION(INT, oid, "oid"),
	RELATION(STR, schema, "schema"),
	RELATION(STR, name, "name"),
	RELATION(STR, owner, "owner"),
	RELATION(CHAR, kind, "kind"),
	RELATION(INT, pages, "pages"),
	RELATION(INT, rows, "rows"),
	RELATION(INT, live, "live"),
	RELATION(INT, reads, "reads"),
	RELATION(INT, writes, "writes"),
	RELATION(BOOL, has_rls, "rls"),
	RELATION(BOOL, is_forced, "forced"),
	RELATION(BOOL, is_partition, "partition"),
	RELATION(BOOL, is_temporary, "temporary"),
	RELATION(BOOL, is_owned, "owned"),
	RELATION(BOOL, is_exposed, "exposed"),
	RELATION(INT, rights, "rights"),
	RELATION(INT, table, "table"),
	RELATION(INT, table_column, "table_column"),
	RELATION(NUMBERS, parents, "parents"),
	RELATION(CHAR, replica_identity, "identity"),
	RELATION(STR, bound, "bound"),
	RELATION(CHAR, strategy, "strategy"),
	RELATION(NUMBERS, key, "key"),
	RELATION(INT, default_partition, "default_partition"),
	RELATION(BOOL, has_plain_key, "plain_key"),
	RELATION(NAMES, options, "options"),
	RELATION(NAMES, publications, "publications"),
	RELATION(NAMES, policies, "policies"),
	RELATION(NAMES, triggers, "triggers"),
	RELATION(INT, before, "before"),
	RELATION(INT, after, "after"),
	RELATION(NAMES, stamps, "stamps"),
	RELATION(NAMES, stampers, "stampers"),
	RELATION(NAMES, rules, "rules"),
	RELATION(INT, writable, "writable"),
	RELATION_LIST(columns, CatalogColumn),
	RELATION_LIST(constraints, CatalogConstraint),
	RELATION_LIST(indexes, CatalogIndex),
};
RECORD(CatalogRelation, relation_fields);

#define TYPE(type, member, json)                                                                   \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogType, member), NULL                            \
	}
static const Field type_fields[] = {
	TYPE(INT, oid, "oid"),
	TYPE(STR, schema, "schema"),
	TYPE(STR, name, "name"),
	TYPE(CHAR, kind, "kind"),
	TYPE(STR, base, "base"),
	TYPE(BOOL, is_checked, "checked"),
	TYPE(BOOL, has_default, "default"),
	TYPE(BOOL, is_owned, "owned"),
	TYPE(BOOL, is_row, "is_row"),
	TYPE(BOOL, has_cast, "cast"),
	TYPE(NAMES, labels, "labels"),
	TYPE(BOOL, is_not_null, "not_null"),
	TYPE(INT, columns, "columns"),
	TYPE(BOOL, is_within, "within"),
	{"constraints", FIELD_LIST, offsetof(CatalogType, constraints), &CatalogConstraint_record},
};
RECORD(CatalogType, type_fields);

#define FUNCTION(type, member, json)                                                               \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogFunction, member), NULL                        \
	}
static const Field function_fields[] = {
	FUNCTION(INT, oid, "oid"),
	FUNCTION(STR, schema, "schema"),
	FUNCTION(STR, name, "name"),
	FUNCTION(STR, language, "language"),
	FUNCTION(STR, arguments, "arguments"),
	FUNCTION(STR, result, "result"),
	FUNCTION(CHAR, kind, "kind"),
	FUNCTION(CHAR, volatility, "volatility"),
	FUNCTION(BOOL, returns_set, "set"),
	FUNCTION(BOOL, is_definer, "definer"),
	FUNCTION(BOOL, is_owned, "owned"),
	FUNCTION(BOOL, is_exposed, "exposed"),
	FUNCTION(INT, defaults, "defaults"),
	FUNCTION(NAMES, names, "names"),
	FUNCTION(NAMES, config, "config"),
};
RECORD(CatalogFunction, function_fields);

#define BLOCKER(type, member, json)                                                                \
	{                                                                                          \
		json, FIELD_##type, offsetof(CatalogBlocker, member), NULL                         \
	}
static const Field blocker_fields[] = {
	BLOCKER(CLASS, class, "class"),
	BLOCKER(INT, oid, "of"),
	BLOCKER(INT, column, "column"),
	BLOCKER(BOOL, is_type_only, "type_only"),
	BLOCKER(CLASS, by_class, "by_class"),
	BLOCKER(INT, by, "by"),
	BLOCKER(INT, by_column, "by_column"),
	BLOCKER(INT, relation, "relation"),
	BLOCKER(STR, name, "name"),
	BLOCKER(STR, description, "description"),
};
RECORD(CatalogBlocker, blocker_fields);

static const Field extension_fields[] = {
	{"name", FIELD_STR, offsetof(CatalogExtension, name), NULL},
	{"oid", FIELD_INT, offsetof(CatalogExtension, oid), NULL},
	{"available", FIELD_BOOL, offsetof(CatalogExtension, is_available), NULL},
	{"installed", FIELD_BOOL, offsetof(CatalogExtension, is_installed), NULL},
	{"owned", FIELD_BOOL, offsetof(CatalogExtension, is_owned), NULL},
	{"superuser", FIELD_BOOL, offsetof(CatalogExtension, needs_superuser), NULL},
	{"schema", FIELD_STR, offsetof(CatalogExtension, schema), NULL},
};
RECORD(CatalogExtension, extension_fields);

static const Field class_fields[] = {
	{"method", FIELD_STR, offsetof(CatalogOperatorClass, method), NULL},
	{"schema", FIELD_STR, offsetof(CatalogOperatorClass, schema), NULL},
	{"name", FIELD_STR, offsetof(CatalogOperatorClass, name), NULL},
	{"type", FIELD_STR, offsetof(CatalogOperatorClass, type), NULL},
	{"sources", FIELD_NAMES, offsetof(CatalogOperatorClass, sources), NULL},
	{"default", FIELD_BOOL, offsetof(CatalogOperatorClass, is_default), NULL},
};
RECORD(CatalogOperatorClass, class_fields);

static const Field publication_fields[] = {
	{"name", FIELD_STR, offsetof(CatalogPublication, name), NULL},
	{"all", FIELD_BOOL, offsetof(CatalogPublication, has_all), NULL},
	{"updates", FIELD_BOOL, offsetof(CatalogPublication, has_updates), NULL},
	{"deletes", FIELD_BOOL, offsetof(CatalogPublication, has_deletes), NULL},
	{"owned", FIELD_BOOL, offsetof(CatalogPublication, is_owned), NULL},
};
RECORD(CatalogPublication, publication_fields);

static const Field mention_fields[] = {
	{"schema", FIELD_STR, offsetof(CatalogMention, schema), NULL},
	{"name", FIELD_STR, offsetof(CatalogMention, name), NULL},
	{"words", FIELD_NAMES, offsetof(CatalogMention, words), NULL},
	{"tables", FIELD_NUMBERS, offsetof(CatalogMention, tables), NULL},
};
RECORD(CatalogMention, mention_fields);

static const Field schema_fields[] = {
	{"name", FIELD_STR, offsetof(CatalogSchema, name), NULL},
	{"oid", FIELD_INT, offsetof(CatalogSchema, oid), NULL},
	{"creates", FIELD_BOOL, offsetof(CatalogSchema, can_create), NULL},
	{"uses", FIELD_BOOL, offsetof(CatalogSchema, can_use), NULL},
	{"owned", FIELD_BOOL, offsetof(CatalogSchema, is_owned), NULL},
};
RECORD(CatalogSchema, schema_fields);

static const Field role_fields[] = {
	{"name", FIELD_STR, offsetof(CatalogRole, name), NULL},
	{"becomes", FIELD_BOOL, offsetof(CatalogRole, may_become), NULL},
	{"alters", FIELD_BOOL, offsetof(CatalogRole, may_alter), NULL},
};
RECORD(CatalogRole, role_fields);

static const Field collation_fields[] = {
	{"schema", FIELD_STR, offsetof(CatalogCollation, schema), NULL},
	{"name", FIELD_STR, offsetof(CatalogCollation, name), NULL},
};
RECORD(CatalogCollation, collation_fields);

static const Field setting_fields[] = {
	{"name", FIELD_STR, offsetof(CatalogSetting, name), NULL},
	{"context", FIELD_STR, offsetof(CatalogSetting, scope), NULL},
	{"type", FIELD_STR, offsetof(CatalogSetting, type), NULL},
	{"unit", FIELD_STR, offsetof(CatalogSetting, unit), NULL},
	{"min", FIELD_STR, offsetof(CatalogSetting, min), NULL},
	{"max", FIELD_STR, offsetof(CatalogSetting, max), NULL},
	{"values", FIELD_NAMES, offsetof(CatalogSetting, values), NULL},
	{"sets", FIELD_BOOL, offsetof(CatalogSetting, may_set), NULL},
	{"alters", FIELD_BOOL, offsetof(CatalogSetting, may_alter_system), NULL},
};
RECORD(CatalogSetting, setting_fields);

static const Field default_fields[] = {
	{"schema", FIELD_STR, offsetof(CatalogDefault, schema), NULL},
	{"kind", FIELD_CHAR, offsetof(CatalogDefault, kind), NULL},
	{"exposed", FIELD_BOOL, offsetof(CatalogDefault, is_exposed), NULL},
};
RECORD(CatalogDefault, default_fields);

static const Field server_fields[] = {
	{"version", FIELD_INT, offsetof(Catalog, version), NULL},
	{"user", FIELD_STR, offsetof(Catalog, user), NULL},
	{"time_zone", FIELD_STR, offsetof(Catalog, time_zone), NULL},
	{"superuser", FIELD_BOOL, offsetof(Catalog, is_superuser), NULL},
	{"rights", FIELD_BOOL, offsetof(Catalog, knows_rights), NULL},
	{"files", FIELD_BOOL, offsetof(Catalog, has_files), NULL},
	{"alter_system", FIELD_BOOL, offsetof(Catalog, has_alter_system), NULL},
	{"roles", FIELD_BOOL, offsetof(Catalog, makes_roles), NULL},
	{"publications", FIELD_BOOL, offsetof(Catalog, makes_publications), NULL},
	{"languages", FIELD_NAMES, offsetof(Catalog, languages), NULL},
	{"methods", FIELD_NAMES, offsetof(Catalog, methods), NULL},
	{"supautils", FIELD_BOOL, offsetof(Catalog, has_supautils), NULL},
};
RECORD(Catalog, server_fields);

static CatalogClass class_of(Str name)
{
	static const struct {
		Str name;
		CatalogClass class;
	} table[] = {
		{STR_INIT("pg_class"), CLASS_RELATION},
		{STR_INIT("pg_constraint"), CLASS_CONSTRAINT},
		{STR_INIT("pg_type"), CLASS_TYPE},
		{STR_INIT("pg_proc"), CLASS_FUNCTION},
		{STR_INIT("pg_namespace"), CLASS_SCHEMA},
		{STR_INIT("pg_extension"), CLASS_EXTENSION},
		{STR_INIT("pg_rewrite"), CLASS_RULE},
		{STR_INIT("pg_policy"), CLASS_POLICY},
		{STR_INIT("pg_trigger"), CLASS_TRIGGER},
		{STR_INIT("pg_attrdef"), CLASS_DEFAULT},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(table[i].name, name))
			return table[i].class;
	return CLASS_OTHER;
}

static Names read_names(Arena *arena, const Json *list)
{
	Names names = {0};
	for (const Json *item = json_first(list); item; item = json_next(item))
		*vec_add(arena, &names) = str_copy(arena, json_str(item, ""));
	return names;
}

static Numbers read_numbers(Arena *arena, const Json *list)
{
	Numbers numbers = {0};
	for (const Json *item = json_first(list); item; item = json_next(item)) {
		int64_t number = 0;
		if (json_read_int(arena, item, "", &number, &(Str){0}))
			*vec_add(arena, &numbers) = number;
	}
	return numbers;
}

static void read_record(Arena *arena, const Json *json, const Record *record, void *into);

typedef VEC(char) Items; /* laid out as every VEC is */

static Items read_list(Arena *arena, const Json *list, const Record *record)
{
	Items items = {.count = json_count(list)};
	items.capacity = items.count;
	items.items = arena_alloc(arena, record->size * (items.count + 1));
	char *at = items.items;
	for (const Json *item = json_first(list); item; item = json_next(item), at += record->size)
		read_record(arena, item, record, at);
	return items;
}

static void read_field(Arena *arena, const Json *json, const Field *field, void *at)
{
	ARENA_SCRATCH(scratch);
	const Json *value = json_at(json, field->json);
	Str text = json_str(json, field->json);
	switch (field->type) {
	case FIELD_STR:
		*(Str *)at = str_copy(arena, text);
		break;
	case FIELD_CHAR:
		*(char *)at = text.len ? *text.ptr : '\0';
		break;
	case FIELD_BOOL:
		json_read_bool(&scratch, json, field->json, at, &(Str){0});
		break;
	case FIELD_INT:
		json_read_int(&scratch, json, field->json, at, &(Str){0});
		break;
	case FIELD_CLASS:
		*(CatalogClass *)at = class_of(text);
		break;
	case FIELD_NAMES:
		*(Names *)at = read_names(arena, value);
		break;
	case FIELD_NUMBERS:
		*(Numbers *)at = read_numbers(arena, value);
		break;
	case FIELD_LIST:
		memcpy(at, &(Items[]){read_list(arena, value, field->items)}, sizeof(Items));
		break;
	}
}

static void read_record(Arena *arena, const Json *json, const Record *record, void *into)
{
	for (size_t i = 0; i < record->count; i++)
		if (!json_is_null(json_at(json, record->fields[i].json)))
			read_field(arena, json, &record->fields[i],
				(char *)into + record->fields[i].offset);
}

static void read_server(Arena *arena, const Json *json, Catalog *catalog)
{
	read_record(arena, json, &Catalog_record, catalog);
	catalog->search_path =
		catalog_split_path(arena, json_str(json, "search_path"), catalog->user);
	catalog->exposed = catalog_split_path(arena, json_str(json, "exposed"), (Str){0});
}

bool catalog_add_row(Arena *arena, Catalog *catalog, Str section, Str text)
{
	AUTO_JSON json = json_parse(text, NULL);
	if (!json || !json_is_object(json))
		return false;
#define SECTION(name, list, type)                                                                  \
	if (str_equal(section, STR(name))) {                                                       \
		read_record(arena, json, &type##_record, vec_add(arena, &catalog->list));          \
		return true;                                                                       \
	}
	SECTION("relation", relations, CatalogRelation)
	SECTION("type", types, CatalogType)
	SECTION("function", functions, CatalogFunction)
	SECTION("extension", extensions, CatalogExtension)
	SECTION("publication", publications, CatalogPublication)
	SECTION("class", classes, CatalogOperatorClass)
	SECTION("mention", mentions, CatalogMention)
	SECTION("schema", schemas, CatalogSchema)
	SECTION("role", roles, CatalogRole)
	SECTION("setting", settings, CatalogSetting)
	SECTION("collation", collations, CatalogCollation)
	SECTION("default", defaults, CatalogDefault)
	SECTION("blocker", blockers, CatalogBlocker)
	SECTION("fall", falls, CatalogBlocker)
#undef SECTION
	if (!str_equal(section, STR("server")))
		return false;
	read_server(arena, json, catalog);
	return true;
}
