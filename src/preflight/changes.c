#include "preflight/changes.h"

#include "schema/setting.h"
#include "sql/builtin_type.h"

Changes changes_new(Arena *arena, const Catalog *catalog)
{
	return (Changes){.arena = arena, .catalog = catalog};
}

void changes_begin_file(Changes *changes)
{
	changes->has_path = changes->has_settings = changes->defers = false;
	changes->last = NULL;
}

/* ---- names ---- */

/* Without a schema either of them may be meant. */
static bool is_same_name(ObjectName a, ObjectName b)
{
	return str_equal(a.name, b.name) &&
	       (str_equal(a.schema, b.schema) || !a.schema.len || !b.schema.len);
}

ObjectName changes_full_name(const Changes *changes, ObjectName name)
{
	const Catalog *catalog = changes->catalog;
	for (size_t i = 0; i < catalog->search_path.count && !name.schema.len; i++)
		if (catalog_schema(catalog, catalog->search_path.items[i]))
			name.schema = catalog->search_path.items[i];
	return name;
}

bool changes_makes(const Changes *changes, ObjectName name)
{
	for (size_t i = 0; i < changes->made.count; i++)
		if (is_same_name(changes->made.items[i], name))
			return true;
	return false;
}

bool changes_has_written(const Changes *changes, ObjectName name)
{
	for (size_t i = 0; i < changes->written.count; i++)
		if (is_same_name(changes->written.items[i], name))
			return true;
	return false;
}

bool changes_adds_partition(const Changes *changes, const CatalogRelation *parent)
{
	ObjectName name = {parent->schema, parent->name};
	for (size_t i = 0; i < changes->parents.count; i++)
		if (is_same_name(changes->parents.items[i], name))
			return true;
	return false;
}

static const CatalogRelation *find_on_path(const Catalog *catalog, Str name)
{
	const CatalogRelation *found = NULL;
	for (size_t i = 0; i < catalog->search_path.count && !found; i++)
		found = catalog_relation(catalog, catalog->search_path.items[i], name);
	return found;
}

const CatalogRelation *changes_table(const Changes *changes, ObjectName name)
{
	if (changes_makes(changes, name) || (!name.schema.len && changes->has_path))
		return NULL;
	return name.schema.len ? catalog_relation(changes->catalog, name.schema, name.name)
			       : find_on_path(changes->catalog, name.name);
}

/* ---- rows and columns ---- */

static TableChange *change_of(Changes *changes, const CatalogRelation *table)
{
	for (size_t i = 0; i < changes->tables.count; i++)
		if (changes->tables.items[i].table == table)
			return &changes->tables.items[i];
	TableChange *change = vec_add(changes->arena, &changes->tables);
	change->table = table;
	return change;
}

static void touch_column(Changes *changes, const CatalogRelation *table, Str column)
{
	TableChange *change = change_of(changes, table);
	if (!names_have(&change->columns, column))
		*vec_add(changes->arena, &change->columns) = column;
}

/* A table and those that it inherits from have rows in common. */
static bool is_below(const Catalog *catalog, const CatalogRelation *table, int64_t oid, int depth)
{
	bool below = table && table->oid == oid;
	for (size_t i = 0; table && depth && i < table->parents.count && !below; i++)
		below = is_below(catalog, catalog_relation_by_oid(catalog, table->parents.items[i]),
			oid, depth - 1);
	return below;
}

static bool is_related(const Catalog *catalog, const CatalogRelation *a, const CatalogRelation *b)
{
	enum {
		DEPTH_MAX = 16
	};
	return is_below(catalog, a, b->oid, DEPTH_MAX) || is_below(catalog, b, a->oid, DEPTH_MAX);
}

bool changes_touch(const Changes *changes, const CatalogRelation *table, Str column)
{
	bool touched = changes->is_everything;
	for (size_t i = 0; i < changes->tables.count && !touched; i++) {
		const TableChange *change = &changes->tables.items[i];
		bool fits = change->is_all || (column.len && names_have(&change->columns, column));
		touched = fits && is_related(changes->catalog, change->table, table);
	}
	return touched;
}

bool changes_know(const Changes *changes, const CatalogRelation *table)
{
	bool found = changes->is_everything;
	for (size_t i = 0; i < changes->tables.count && !found; i++)
		found = changes->tables.items[i].table == table;
	return found;
}

bool changes_may_fire(const Changes *changes, const CatalogRelation *table, int events)
{
	bool found = changes->has_triggers || ((table->before | table->after) & events);
	for (size_t i = 0; i < table->stampers.count && !found; i++)
		found = names_have(&changes->functions, table->stampers.items[i]);
	return found;
}

/* ---- statements that write ---- */

/* A key's columns: what foreign keys of others may follow. No columns means any. */
static bool changes_keys(const CatalogRelation *table, const Names *columns)
{
	bool found = columns->count == 0;
	for (size_t i = 0; i < columns->count && !found; i++) {
		const CatalogColumn *column = catalog_column(table, columns->items[i]);
		for (size_t j = 0; column && j < table->indexes.count; j++)
			found = found ||
				(table->indexes.items[j].is_unique &&
					catalog_has_number(
						&table->indexes.items[j].columns, column->number));
	}
	return found;
}

static bool has_generated(const CatalogRelation *table)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.items[i].generated)
			return true;
	return false;
}

/* What its rows do when those of the other one go or change: TriggerEvent; 0: nothing. */
static int follow(const CatalogRelation *table, const CatalogRelation *other)
{
	int events = 0;
	for (size_t i = 0; i < table->constraints.count; i++) {
		const CatalogConstraint *key = &table->constraints.items[i];
		if (key->kind != CONSTRAINT_FOREIGN_KEY || key->other != other->oid)
			continue;
		if (catalog_goes_along(key->on_delete))
			events |= key->on_delete == REFERENCE_CASCADE ? TRIGGER_DELETE
								      : TRIGGER_UPDATE;
		if (catalog_goes_along(key->on_update))
			events |= TRIGGER_UPDATE;
	}
	return events;
}

static void set_all(Changes *changes, const CatalogRelation *table)
{
	change_of(changes, table)->is_all = true;
}

static void write_table(
	Changes *changes, const CatalogRelation *table, const Names *columns, int events);

/* ON DELETE and ON UPDATE write to the tables that reference this one. */
static void cascade(Changes *changes, const CatalogRelation *table)
{
	const Catalog *catalog = changes->catalog;
	for (size_t i = 0; i < catalog->relations.count; i++) {
		const CatalogRelation *other = &catalog->relations.items[i];
		int events = other == table ? 0 : follow(other, table);
		if (events && !change_of(changes, other)->is_all)
			write_table(changes, other, &(Names){0}, events);
	}
}

/* No columns: which rows there are. A trigger may write anywhere, and so may a view's rule or
 * a foreign server. */
static void write_table(
	Changes *changes, const CatalogRelation *table, const Names *columns, int events)
{
	bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED;
	if (!is_table || changes_may_fire(changes, table, events) || table->rules.count)
		changes->is_everything = true;
	if (!columns->count || has_generated(table))
		set_all(changes, table);
	for (size_t i = 0; i < columns->count; i++)
		touch_column(changes, table, columns->items[i]);
	if (changes_keys(table, columns))
		cascade(changes, table);
}

/* Rows are added, and nothing else happens: keys of others follow no row that is new. */
static bool only_adds(const Changes *changes, const CatalogRelation *table, const Action *action)
{
	bool is_insert = action->kind == ACTION_INSERT &&
			 (!action->options.on_conflict || action->options.on_conflict_nothing);
	return is_insert && table->kind == RELATION_TABLE && !table->rules.count &&
	       !changes_may_fire(changes, table, TRIGGER_INSERT);
}

int changes_events(const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_UPDATE:
		return TRIGGER_UPDATE;
	case ACTION_DELETE:
		return TRIGGER_DELETE;
	case ACTION_TRUNCATE:
		return TRIGGER_TRUNCATE;
	case ACTION_INSERT:
		return action->options.on_conflict ? TRIGGER_INSERT | TRIGGER_UPDATE
						   : TRIGGER_INSERT;
	default:
		return TRIGGER_INSERT | TRIGGER_UPDATE | TRIGGER_DELETE;
	}
}

static void write(Changes *changes, const Action *action)
{
	const CatalogRelation *table = changes_table(changes, action->object);
	bool is_update = action->kind == ACTION_UPDATE;
	if (table && only_adds(changes, table, action))
		set_all(changes, table);
	else if (table)
		write_table(changes, table, is_update ? &action->columns : &(Names){0},
			changes_events(action));
	else if (changes_makes(changes, action->object) && !changes->has_triggers)
		*vec_add(changes->arena, &changes->written) = action->object;
	else
		changes->is_everything = true;
}

/* ---- other statements ---- */

static void touch_all(Changes *changes, ObjectName name)
{
	const CatalogRelation *table = changes_table(changes, name);
	if (table)
		set_all(changes, table);
	else if (name.name.len && !changes_makes(changes, name))
		changes->is_everything = true;
}

static bool is_relation(ObjectKind kind)
{
	return kind == OBJECT_TABLE || kind == OBJECT_VIEW || kind == OBJECT_MATVIEW ||
	       kind == OBJECT_FOREIGN_TABLE || kind == OBJECT_SEQUENCE;
}

/* Makes or changes what may keep a column from getting another type. */
static bool leans_on_columns(const Action *action)
{
	ObjectKind kind = action->object_kind;
	if (action->kind == ACTION_DROP)
		return false;
	return action->kind == ACTION_PUBLICATION_ADD || action->kind == ACTION_PUBLICATION_SET ||
	       kind == OBJECT_VIEW || kind == OBJECT_MATVIEW || kind == OBJECT_POLICY ||
	       kind == OBJECT_TRIGGER || kind == OBJECT_RULE || kind == OBJECT_FUNCTION ||
	       kind == OBJECT_PUBLICATION;
}

static void create(Changes *changes, const Action *action)
{
	ObjectKind kind = action->object_kind;
	if (action->options.partition)
		*vec_add(changes->arena, &changes->parents) = action->other;
	if (is_relation(kind)) {
		bool is_there = action->options.if_not_exists && !action->options.temporary &&
				changes_table(changes, action->object);
		if (!is_there && !changes_makes(changes, action->object))
			*vec_add(changes->arena, &changes->made) = action->object;
	} else if (kind == OBJECT_TRIGGER || kind == OBJECT_RULE) {
		changes->has_triggers = true;
	} else if (kind == OBJECT_OPERATOR || kind == OBJECT_CAST) {
		changes->has_operators = true;
	} else if (kind == OBJECT_EVENT_TRIGGER) {
		changes->is_everything = true;
	} else if (kind == OBJECT_FUNCTION) {
		*vec_add(changes->arena, &changes->functions) = action->object.name;
	} else if (kind == OBJECT_DOMAIN || kind == OBJECT_TYPE) {
		*vec_add(changes->arena, &changes->types) = action->object.name;
	}
}

/* What goes with others may take columns along. */
static void drop(Changes *changes, const Action *action)
{
	ObjectKind kind = action->object_kind;
	if (is_relation(kind))
		touch_all(changes, action->object);
	else if (kind == OBJECT_SCHEMA || (action->options.cascade && kind != OBJECT_INDEX &&
						  kind != OBJECT_TRIGGER && kind != OBJECT_POLICY))
		changes->is_everything = true;
}

static void move(Changes *changes, const Action *action)
{
	const CatalogRelation *table = changes_table(changes, action->object);
	if (action->object_kind == OBJECT_SCHEMA)
		changes->is_everything = true;
	else if (action->object_kind == OBJECT_COLUMN && table)
		touch_column(changes, table, action->name);
	else if (is_relation(action->object_kind) || action->object_kind == OBJECT_COLUMN)
		touch_all(changes, action->object);
}

static void touch_named(Changes *changes, const Action *action)
{
	const CatalogRelation *table = changes_table(changes, action->object);
	if (action->type.len && !names_have(&changes->column_types, action->type))
		*vec_add(changes->arena, &changes->column_types) = action->type;
	if (table)
		touch_column(changes, table, action->name);
}

static void add_column(Changes *changes, const Action *action)
{
	const CatalogRelation *table = changes_table(changes, action->object);
	if (table && catalog_column(table, action->name) && action->options.if_not_exists)
		return;
	touch_named(changes, action);
}

static void set(Changes *changes, const Action *action)
{
	static const Str others[] = {STR_INIT("client_encoding"), STR_INIT("role")};
	if (str_equal(action->name, STR("search_path")) || !action->name.len)
		changes->has_path = true;
	if (!setting_is_neutral(action->name) && !STR_IS_AMONG(action->name, others))
		changes->has_settings = true;
}

/* What a domain demands may be less now; what is added to it makes nothing easier. */
static bool loosens_domain(const Action *action)
{
	bool adds = action->kind == ACTION_ADD_CHECK || action->kind == ACTION_SET_NOT_NULL ||
		    action->kind == ACTION_VALIDATE_CONSTRAINT || action->kind == ACTION_CREATE ||
		    action->kind == ACTION_COMMENT || action->kind == ACTION_SET_OWNER;
	return action->object_kind == OBJECT_DOMAIN && !adds;
}

/* A function may be another kind of volatile now. */
static void alter(Changes *changes, const Action *action)
{
	ObjectKind kind = action->object_kind;
	if (kind == OBJECT_FUNCTION || kind == OBJECT_PROCEDURE || kind == OBJECT_ROUTINE)
		*vec_add(changes->arena, &changes->functions) = action->object.name;
	else if (kind == OBJECT_ROLE)
		changes->is_everything = true;
	else
		touch_all(changes, action->object);
}

/* Writes, reads, and adds demands. */
static bool leaves_demands(const Action *action)
{
	static const ActionKind kinds[] = {ACTION_INSERT, ACTION_UPDATE, ACTION_DELETE,
		ACTION_MERGE, ACTION_COPY, ACTION_TRUNCATE, ACTION_SELECT, ACTION_COMMENT,
		ACTION_GRANT, ACTION_REVOKE, ACTION_SET_OWNER, ACTION_ADD_COLUMN, ACTION_ADD_CHECK,
		ACTION_ADD_UNIQUE, ACTION_ADD_PRIMARY_KEY, ACTION_ADD_FOREIGN_KEY,
		ACTION_ADD_EXCLUDE, ACTION_VALIDATE_CONSTRAINT, ACTION_SET_NOT_NULL,
		ACTION_SET_STATISTICS, ACTION_ENABLE_RLS, ACTION_DISABLE_RLS, ACTION_FORCE_RLS,
		ACTION_NO_FORCE_RLS, ACTION_REPLICA_IDENTITY, ACTION_LOCK, ACTION_ANALYZE,
		ACTION_VACUUM, ACTION_PUBLICATION_ADD};
	ObjectKind object = action->object_kind;
	if (action->kind == ACTION_CREATE)
		return object != OBJECT_TRIGGER && object != OBJECT_RULE;
	bool found = object == OBJECT_POLICY;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++)
		found = action->kind == kinds[i];
	return found;
}

bool changes_alter_name(const Changes *changes, ObjectName name)
{
	bool found = changes->is_everything;
	for (size_t i = 0; i < changes->altered.count && !found; i++)
		found = is_same_name(changes->altered.items[i], name);
	return found;
}

bool changes_alter(const Changes *changes, const CatalogRelation *table)
{
	bool found = changes_alter_name(changes, (ObjectName){table->schema, table->name});
	for (size_t i = 0; i < table->indexes.count && !found; i++)
		found = changes_alter_name(
			changes, (ObjectName){table->schema, table->indexes.items[i].name});
	return found;
}

bool changes_add_reference(const Changes *changes, const CatalogRelation *table)
{
	bool found = false;
	for (size_t i = 0; i < changes->keyed.count && !found; i++)
		found = is_same_name(
			changes->keyed.items[i], (ObjectName){table->schema, table->name});
	return found;
}

static void take_demands(Changes *changes, const Action *action)
{
	if (action->object.name.len && !leaves_demands(action))
		*vec_add(changes->arena, &changes->altered) = action->object;
}

static void take_action(Changes *changes, const Action *action)
{
	if (loosens_domain(action))
		*vec_add(changes->arena, &changes->loosened) = action->object.name;
	changes->leans = changes->leans || leans_on_columns(action);
	switch ((int)action->kind) {
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_MERGE:
	case ACTION_COPY:
	case ACTION_TRUNCATE:
		write(changes, action);
		break;
	case ACTION_CREATE:
		create(changes, action);
		break;
	case ACTION_DROP:
		drop(changes, action);
		break;
	case ACTION_RENAME:
	case ACTION_SET_SCHEMA:
		move(changes, action);
		break;
	case ACTION_ADD_COLUMN:
		add_column(changes, action);
		break;
	case ACTION_DROP_COLUMN:
	case ACTION_SET_TYPE:
	case ACTION_SET_EXPRESSION:
		touch_named(changes, action);
		break;
	case ACTION_ADD_FOREIGN_KEY:
		*vec_add(changes->arena, &changes->keyed) = action->object;
		*vec_add(changes->arena, &changes->keyed) = action->other;
		break;
	case ACTION_ATTACH_PARTITION:
		*vec_add(changes->arena, &changes->parents) = action->object;
		touch_all(changes, action->object);
		touch_all(changes, action->other);
		break;
	case ACTION_DETACH_PARTITION:
	case ACTION_ADD_INHERIT:
	case ACTION_DROP_INHERIT:
		touch_all(changes, action->object);
		touch_all(changes, action->other);
		break;
	case ACTION_REFRESH:
		touch_all(changes, action->object);
		break;
	case ACTION_ALTER:
		alter(changes, action);
		break;
	case ACTION_SET:
	case ACTION_RESET:
		set(changes, action);
		break;
	case ACTION_SET_CONSTRAINTS:
		changes->defers = true;
		break;
	case ACTION_CALL:
	case ACTION_EXECUTE:
	case ACTION_OTHER:
	case ACTION_ALTER_SYSTEM:
		changes->is_everything = true;
		break;
	default:
		break;
	}
}

/* ---- calls ---- */

/* Statements whose expressions are kept, and not evaluated. */
static bool only_defines(const Facts *facts)
{
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		bool defines = action->in_function || action->options.nested ||
			       action->kind == ACTION_COMMENT || action->kind == ACTION_GRANT ||
			       action->kind == ACTION_REVOKE ||
			       action->kind == ACTION_SET_DEFAULT ||
			       (action->kind == ACTION_CREATE && !action->options.as_query &&
				       action->object_kind != OBJECT_INDEX) ||
			       action->object_kind == OBJECT_POLICY;
		if (!defines)
			return false;
	}
	return true;
}

/* Of pg_catalog, or one that says of itself that it writes nothing. */
static bool is_quiet(const Changes *changes, ObjectName name)
{
	const Catalog *catalog = changes->catalog;
	if (str_equal(name.schema, STR("pg_catalog")))
		return true;
	if (names_have(&changes->functions, name.name))
		return false;
	bool found = false, quiet = true;
	for (size_t i = 0; i < catalog->functions.count; i++) {
		const CatalogFunction *function = &catalog->functions.items[i];
		if (!str_equal(function->name, name.name))
			continue;
		found = true;
		quiet = quiet && (str_equal(function->schema, STR("pg_catalog")) ||
					 function->volatility != 'v');
	}
	return found && quiet;
}

bool changes_call(const Changes *changes, const Facts *facts)
{
	for (size_t i = 0; i < facts->uses.count; i++) {
		const Use *use = &facts->uses.items[i];
		if (use->kind == USE_FUNCTION && !use->in_function && !is_quiet(changes, use->name))
			return true;
	}
	return false;
}

/* CREATE TABLE IF NOT EXISTS of a table that is there: nothing is done, to its columns neither. */
static bool does_nothing(const Changes *changes, const Facts *facts)
{
	const Action *first = facts->actions.count ? facts->actions.items : NULL;
	return first && first->kind == ACTION_CREATE && first->object_kind == OBJECT_TABLE &&
	       first->options.if_not_exists && !first->options.temporary &&
	       !first->options.as_query && changes_table(changes, first->object);
}

void changes_apply(Changes *changes, const Statement *statement)
{
	const Facts *facts = statement->facts;
	if (!facts) {
		changes->is_everything = true;
		return;
	}
	if (facts == changes->last)
		return;
	changes->last = facts;
	if (does_nothing(changes, facts))
		return;
	if (facts->gaps & ~(unsigned)GAP_ROWS)
		changes->is_everything = true;
	changes_take_types(changes, facts);
	for (size_t i = 0; i < facts->actions.count; i++)
		if (!facts->actions.items[i].in_function) {
			take_demands(changes, &facts->actions.items[i]);
			take_action(changes, &facts->actions.items[i]);
		}
	if (!only_defines(facts) && changes_call(changes, facts))
		changes->is_everything = true;
}
