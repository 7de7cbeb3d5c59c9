/* Operator classes of an index's elements: is there one for the column's type? */
#include "lint/judge.h"

#include "sql/type_change.h"
#include "sql/builtin_type.h"

/* What the server takes for anyarray, anyenum, anyrange. */
typedef enum Shape {
	SHAPE_UNKNOWN, /* may be a domain, or something that is cast to another type */
	SHAPE_PLAIN,
	SHAPE_ARRAY,
	SHAPE_ENUM,
	SHAPE_RANGE,
} Shape;

typedef struct IndexType {
	Shape shape;
	Str name; /* as CatalogOperatorClass has it */
} IndexType;

/* Of these B-tree has no operator class. */
static const Str unordered[] = {STR_INIT("json"), STR_INIT("xml"), STR_INIT("point"),
	STR_INIT("line"), STR_INIT("lseg"), STR_INIT("box"), STR_INIT("path"), STR_INIT("polygon"),
	STR_INIT("circle"), STR_INIT("jsonpath")};

static const Str ordered[] = {STR_INIT("text"), STR_INIT("character varying"),
	STR_INIT("character"), STR_INIT("integer"), STR_INIT("bigint"), STR_INIT("smallint"),
	STR_INIT("numeric"), STR_INIT("real"), STR_INIT("double precision"), STR_INIT("boolean"),
	STR_INIT("date"), STR_INIT("timestamp without time zone"),
	STR_INIT("timestamp with time zone"), STR_INIT("uuid"), STR_INIT("jsonb"),
	STR_INIT("bytea"), STR_INIT("inet"), STR_INIT("cidr"), STR_INIT("macaddr"),
	STR_INIT("interval"), STR_INIT("time without time zone"), STR_INIT("tsvector"),
	STR_INIT("tsquery"), STR_INIT("money")};

static const Str ranges[] = {STR_INIT("int4range"), STR_INIT("int8range"), STR_INIT("numrange"),
	STR_INIT("tsrange"), STR_INIT("tstzrange"), STR_INIT("daterange")};

/* A class of its own makes it a type that is no domain. */
static bool has_class(const Catalog *catalog, Str type)
{
	for (size_t i = 0; catalog && i < catalog->classes.count; i++)
		if (str_equal(catalog->classes.items[i].type, type))
			return true;
	return false;
}

static IndexType built_in(Judge *judge, Str type)
{
	Str name = str_trim(str_before(type_canonical(judge->arena, type), '('));
	if (STR_IS_AMONG(name, ordered) || STR_IS_AMONG(name, unordered))
		return (IndexType){SHAPE_PLAIN, name};
	return (IndexType){STR_IS_AMONG(name, ranges) ? SHAPE_RANGE : SHAPE_UNKNOWN, name};
}

static IndexType named_type(Judge *judge, ObjectName name)
{
	const World *world = judge->world;
	const CatalogType *type;
	ObjectName full = name.schema.len ? name : world_type_name(world, name);
	Str text = facts_qualified(judge->arena, full);
	IndexType none = {0};
	if (!full.schema.len || world_is_touched(world, OBJECT_TYPE, full) ||
		str_map_find(&world->vague_names, full.name))
		return none;
	if (has_class(world->catalog, text))
		return (IndexType){SHAPE_PLAIN, text};
	if (world_find_type(world, full, &type) != PRESENCE_THERE || !type)
		return none;
	if (type->kind == 'e')
		return (IndexType){SHAPE_ENUM, text};
	return type->kind == 'd' ? built_in(judge, type->base) : none;
}

static IndexType type_named(Judge *judge, Str type)
{
	static const Str brackets = STR_INIT("[]");
	bool is_array = str_ends(type, brackets);
	while (str_ends(type, brackets))
		type = str_head(type, type.len - brackets.len);
	IndexType found = built_in(judge, type);
	if (is_array) /* domains over what is in it do not count */
		return (IndexType){found.shape == SHAPE_PLAIN ? SHAPE_ARRAY : SHAPE_UNKNOWN,
			str_format(judge->arena, "%.*s[]", STR_ARG(found.name))};
	return found.shape == SHAPE_UNKNOWN ? named_type(judge, judge_type_name(type)) : found;
}

/* Of a column that was there before the plan the catalogue knows more; "interval day to second" has
 * its limits in words. */
static IndexType type_there(Judge *judge, const WorldRelation *table, const WorldColumn *column)
{
	const CatalogColumn *there =
		table->there ? catalog_column(table->there, column->name) : NULL;
	bool is_same = there && there->number == column->number && !column->has_new_type &&
		       !world_is_touched(judge->world, OBJECT_TYPE, judge_type_name(column->type));
	Str name = str_trim(str_before(type_canonical(judge->arena, column->type), '('));
	bool is_whole = !str_ends(name, STR("[]")) && !str_starts(name, STR("interval "));
	if (is_same && there->type_kind == 'd')
		return type_named(judge, there->type_base);
	if (is_same && is_whole && (there->type_kind == 'b' || there->type_kind == 'e'))
		return (IndexType){there->type_kind == 'e' ? SHAPE_ENUM : SHAPE_PLAIN, name};
	return (IndexType){0};
}

static IndexType type_of(Judge *judge, const WorldRelation *table, const WorldColumn *column)
{
	IndexType found = type_named(judge, column->type);
	return found.shape == SHAPE_UNKNOWN ? type_there(judge, table, column) : found;
}

/* Is it certain that values of the type are none of the class? */
static bool is_other(const CatalogOperatorClass *class, IndexType type)
{
	static const Str plain[] = {STR_INIT("anyenum"), STR_INIT("anyrange"),
		STR_INIT("anymultirange"), STR_INIT("anyarray")};
	static const Str own[] = {[SHAPE_ARRAY] = STR_INIT("anyarray"),
		[SHAPE_ENUM] = STR_INIT("anyenum"),
		[SHAPE_RANGE] = STR_INIT("anyrange")};
	if (type.shape == SHAPE_UNKNOWN || str_equal(class->type, type.name) ||
		names_have(&class->sources, type.name))
		return false;
	if (STR_IS_AMONG(class->type, plain))
		return type.shape == SHAPE_PLAIN || !str_equal(own[type.shape], class->type);
	return !str_contains(class->type, STR("any"));
}

/* ---- the class that is named ---- */

/* DROP SCHEMA and the like have moved it. */
static bool may_be_elsewhere(const Judge *judge, const CatalogOperatorClass *class)
{
	return world_is_touched(judge->world, OBJECT_SCHEMA, (ObjectName){.name = class->schema});
}

static bool is_reached(const Judge *judge, const CatalogOperatorClass *class, Str schema)
{
	if (schema.len)
		return str_equal(class->schema, schema);
	return str_equal(class->schema, STR("pg_catalog")) ||
	       names_have(&judge->world->path, class->schema);
}

/* Names that old dumps have: without a schema, the server skips them. */
static bool is_ignored(ObjectName name)
{
	static const Str old[] = {STR_INIT("network_ops"), STR_INIT("timespan_ops"),
		STR_INIT("datetime_ops"), STR_INIT("lztext_ops"), STR_INIT("timestamp_ops"),
		STR_INIT("bigbox_ops")};
	return !name.schema.len && STR_IS_AMONG(name.name, old);
}

static void refuse_class(Judge *judge, const Action *action, ObjectName name)
{
	if (!judge_no_schema(judge, action, name.schema))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"},
			"operator class %.*s of access method %.*s",
			STR_ARG(facts_qualified(judge->arena, name)), STR_ARG(action->type));
}

static void judge_named(Judge *judge, const Action *action, ObjectName name, IndexType type)
{
	const Catalog *catalog = judge->world->catalog;
	const CatalogOperatorClass *found = NULL;
	if (is_ignored(name) || (!name.schema.len && !judge->world->knows_path))
		return;
	for (size_t i = 0; i < catalog->classes.count; i++) {
		const CatalogOperatorClass *class = &catalog->classes.items[i];
		if (!str_equal(class->name, name.name) || !str_equal(class->method, action->type))
			continue;
		if (may_be_elsewhere(judge, class))
			return;
		if (!is_reached(judge, class, name.schema))
			continue;
		if (found)
			return;
		found = class;
	}
	if (!found)
		refuse_class(judge, action, name);
	else if (is_other(found, type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42804"},
			"operator class %.*s is for %.*s, not for %.*s", STR_ARG(found->name),
			STR_ARG(found->type), STR_ARG(type.name));
}

/* ---- none is named ---- */

static bool has_default(const Catalog *catalog, Str method, IndexType type)
{
	for (size_t i = 0; catalog && i < catalog->classes.count; i++) {
		const CatalogOperatorClass *class = &catalog->classes.items[i];
		if (class->is_default && str_equal(class->method, method) && !is_other(class, type))
			return true;
	}
	return false;
}

static void judge_default(Judge *judge, const Action *action, Str method, IndexType type)
{
	bool is_btree = str_equal(method, STR("btree")); /* all of whose classes are not read */
	if (is_btree && !(type.shape == SHAPE_PLAIN && STR_IS_AMONG(type.name, unordered)))
		return;
	if (type.shape != SHAPE_UNKNOWN && !has_default(judge->world->catalog, method, type))
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "42704"},
			"%.*s has no default operator class for values of type %.*s",
			STR_ARG(method), STR_ARG(type.name));
}

/* ---- all ---- */

static bool are_known(const World *world)
{
	const Catalog *catalog = world->catalog;
	return catalog && catalog->is_complete && catalog->methods.count && !world->is_opaque &&
	       !world->has_new_classes;
}

bool judge_method_name(Judge *judge, const Action *action)
{
	bool is_old = str_equal(action->type, STR("rtree")); /* another name of gist */
	if (!action->type.len || is_old || !are_known(judge->world) ||
		names_have(&judge->world->catalog->methods, action->type))
		return true;
	judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "access method %.*s",
		STR_ARG(action->type));
	return judge->effect->refusals.count == 0;
}

bool judge_class(Judge *judge, const WorldRelation *table, const Action *action,
	const WorldColumn *column, ObjectName operator_class)
{
	bool is_key = action->kind == ACTION_ADD_PRIMARY_KEY || action->kind == ACTION_ADD_UNIQUE;
	Str method = is_key || !action->type.len ? STR("btree") : action->type;
	bool is_read = are_known(judge->world), is_named = operator_class.name.len > 0;
	bool is_btree = str_equal(method, STR("btree"));
	if ((!is_read && (is_named || !is_btree || judge->world->has_new_classes)) ||
		str_equal(method, STR("rtree")))
		return true;
	IndexType type = column ? type_of(judge, table, column) : (IndexType){0};
	if (is_named)
		judge_named(judge, action, operator_class, type);
	else
		judge_default(judge, action, method, type);
	return judge->effect->refusals.count == 0;
}
