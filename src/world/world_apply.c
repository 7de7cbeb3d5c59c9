#include "world/world_apply.h"

#include "world/world_part.h"
#include "sql/builtin_type.h"

#include <strings.h>

typedef void ApplyFn(World *world, WorldRelation *table, const Action *action);

/* ---- columns ---- */

static bool makes_sequence(const Action *action)
{
	return action->options.identity || builtin_type_is_serial(action->type);
}

/* A serial column's sequence has a name that the server chooses. */
static void add_column(World *world, WorldRelation *table, const Action *action)
{
	Str integer = builtin_type_of_serial(action->type);
	WorldColumn *known = world_column(table, action->name);
	if (known) { /* a partition's own words about it */
		known->is_not_null |= action->options.not_null && action->options.nested;
		known->has_default |= action->options.has_default && action->options.nested;
		return;
	}
	*vec_add(world->arena, &table->columns) = (WorldColumn){.name = action->name,
		.type = integer.len ? integer : action->type,
		.is_not_null = action->options.not_null || action->options.identity || integer.len,
		.has_default = facts_has_value(action) || integer.len,
		.generated = action->options.generated ? 's' : '\0',
		.identity = action->options.always     ? 'a'
			    : action->options.identity ? 'd'
						       : '\0'};
	if (makes_sequence(action))
		world_guess(world, table);
	for (size_t i = 0; i < table->children.count; i++)
		add_column(world, table->children.items[i], action);
}

static void drop_column(World *world, WorldRelation *table, const Action *action)
{
	const WorldColumn *column = world_column(table, action->name);
	bool with_children = !action->options.only;
	world->has_taken = true;
	if (action->options.cascade && column)
		world_fall(world, CLASS_RELATION,
			table->there && column->number ? table->there->oid : 0, column->number);
	world->is_opaque |= action->options.cascade && with_children && table->children.count;
	world_drop_column(world, table, action->name, with_children);
}

/* Identity is not inherited, before PostgreSQL 17. */
static bool is_below(ActionKind kind)
{
	return kind != ACTION_ADD_IDENTITY && kind != ACTION_SET_IDENTITY &&
	       kind != ACTION_DROP_IDENTITY;
}

static void change_column(World *world, WorldRelation *table, const Action *action)
{
	WorldColumn *column = world_column(table, action->name);
	if (!column)
		return;
	switch ((int)action->kind) {
	case ACTION_SET_TYPE:
		column->type = action->type;
		column->has_new_type = true;
		break;
	case ACTION_SET_NOT_NULL:
		column->is_not_null = true;
		break;
	case ACTION_DROP_NOT_NULL:
		column->is_not_null = false;
		break;
	case ACTION_SET_DEFAULT:
		column->has_default = column->has_new_default = true;
		break;
	case ACTION_DROP_DEFAULT:
		column->has_default = false;
		column->has_new_default = true;
		break;
	case ACTION_ADD_IDENTITY:
		column->identity = action->options.always ? 'a' : 'd';
		world_guess(world, table);
		break;
	case ACTION_SET_IDENTITY: /* ALWAYS or BY DEFAULT? The facts do not say */
		column->identity = '?';
		break;
	case ACTION_DROP_IDENTITY:
		column->identity = '\0';
		world_drop_sequence(world, table, column);
		break;
	default:
		column->generated = '\0';
		column->has_default = false;
		column->has_new_default = true;
		break;
	}
	for (size_t i = 0;
		!action->options.only && is_below(action->kind) && i < table->children.count; i++)
		change_column(world, table->children.items[i], action);
}

/* ---- constraints ---- */

static char constraint_kind(ActionKind kind)
{
	switch ((int)kind) {
	case ACTION_ADD_UNIQUE:
		return CONSTRAINT_UNIQUE;
	case ACTION_ADD_PRIMARY_KEY:
		return CONSTRAINT_PRIMARY_KEY;
	case ACTION_ADD_FOREIGN_KEY:
		return CONSTRAINT_FOREIGN_KEY;
	case ACTION_ADD_EXCLUDE:
		return CONSTRAINT_EXCLUDE;
	default:
		return CONSTRAINT_CHECK;
	}
}

/* "a IS NOT NULL", as the tree is written out. */
static Str proven_column(const Action *action)
{
	static const Str end = STR_INIT(" IS NOT NULL");
	if (action->kind != ACTION_ADD_CHECK || !str_ends(action->expression, end))
		return (Str){0};
	Str name = str_head(action->expression, action->expression.len - end.len);
	bool is_plain = !str_contains(name, STR(" ")) && !str_contains(name, STR("("));
	return is_plain ? name : (Str){0};
}

/* The index of USING INDEX has the constraint's name from then on. */
static void take_name(World *world, WorldRelation *table, WorldIndex *index, Str name)
{
	WorldRelation *relation = world_index_relation(world, table, index->name);
	if (!name.len || str_equal(name, index->name))
		return;
	index->name = name;
	if (relation)
		world_rename(world, relation, relation->schema, name);
}

/* Partitions get one each, with names that the server chooses. */
static void add_index_entry(World *world, WorldRelation *table, Str name)
{
	bool is_divided = table->kind == RELATION_PARTITIONED;
	if (name.len)
		world_add(world, table->schema, name,
			is_divided ? RELATION_PARTITIONED_INDEX : RELATION_INDEX)
			->table = table;
	else
		world_guess(world, table);
	for (size_t i = 0; is_divided && i < table->children.count; i++)
		add_index_entry(world, table->children.items[i], (Str){0});
}

static void add_index_of(World *world, WorldRelation *table, const Action *action)
{
	bool is_plain = action->kind != ACTION_ADD_EXCLUDE;
	WorldIndex *used =
		action->options.has_using ? world_index(table, action->other.name) : NULL;
	if (used) {
		used->is_primary |= action->kind == ACTION_ADD_PRIMARY_KEY;
		take_name(world, table, used, action->name);
		return;
	}
	*vec_add(world->arena, &table->indexes) = (WorldIndex){.name = action->name,
		.is_unique = is_plain,
		.is_primary = action->kind == ACTION_ADD_PRIMARY_KEY,
		.is_valid = true,
		.is_immediate = !action->options.deferrable,
		.keys = action->columns,
		.uses = action->columns};
	add_index_entry(world, table, action->name);
}

static void add_constraint(World *world, WorldRelation *table, const Action *action)
{
	WorldRelation *other = NULL;
	if (action->kind == ACTION_ADD_FOREIGN_KEY)
		world_find(world, action->other, &other);
	*vec_add(world->arena, &table->constraints) = (WorldConstraint){.name = action->name,
		.kind = constraint_kind(action->kind),
		.is_valid = !action->options.not_valid,
		.columns = action->columns,
		.other = other,
		.other_columns = action->other_columns,
		.proves = proven_column(action),
		.mentions_null = str_contains(action->expression, STR(" NULL"))};
	if (action->kind == ACTION_ADD_CHECK || action->kind == ACTION_ADD_FOREIGN_KEY)
		return;
	add_index_of(world, table, action);
	for (size_t i = 0; action->kind == ACTION_ADD_PRIMARY_KEY && i < action->columns.count;
		i++) {
		WorldColumn *column = world_column(table, action->columns.items[i]);
		if (column)
			column->is_not_null = true;
	}
}

static void validate(World *world, WorldRelation *table, const Action *action)
{
	WorldConstraint *constraint = world_constraint(table, action->name);
	(void)world;
	if (constraint)
		constraint->is_valid = true;
}

/* One whose name the server has chosen: which one it is, is not known. */
static void drop_unnamed(WorldRelation *table)
{
	for (size_t i = 0; i < table->constraints.count; i++)
		table->is_vague |= !table->constraints.items[i].name.len;
	for (size_t i = 0; i < table->indexes.count; i++)
		if (!table->indexes.items[i].name.len)
			table->indexes.items[i] = (WorldIndex){0};
}

static void drop_constraint(World *world, WorldRelation *table, const Action *action)
{
	WorldConstraint *constraint = world_constraint(table, action->name);
	world->has_taken = true;
	if (action->options.cascade)
		world_fall(world, CLASS_CONSTRAINT, constraint ? constraint->oid : 0, 0);
	constraint = world_constraint(table, action->name);
	if (constraint)
		world_drop_constraint(world, table, constraint);
	else
		drop_unnamed(table);
	for (size_t i = 0; !action->options.only && i < table->children.count; i++)
		if (world_constraint(table->children.items[i], action->name))
			drop_constraint(world, table->children.items[i], action);
}

/* ---- tables ---- */

static void apply_rls(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	table->has_rls = action->kind == ACTION_ENABLE_RLS;
}

static void force_rls(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	table->is_forced = action->kind == ACTION_FORCE_RLS;
}

static void set_replica_identity(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	table->replica_identity = action->expression.len ? *action->expression.ptr : 'd';
}

/* A policy or a trigger: it may use other columns, and other functions. */
static void change_part(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	table->is_changed |=
		action->object_kind == OBJECT_POLICY || action->object_kind == OBJECT_TRIGGER;
}

/* WITH NO DATA: it cannot be read then. */
static void refresh(World *world, WorldRelation *view, const Action *action)
{
	(void)world;
	view->is_filled = !action->options.no_data;
	view->is_loose |= action->options.no_data;
}

static void make_vague(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	(void)action;
	table->is_vague = table->hides_columns = true;
}

static void join_publication(World *world, WorldRelation *table, const Action *action)
{
	if (action->object_kind == OBJECT_TABLE && !names_have(&table->publications, action->name))
		*vec_add(world->arena, &table->publications) = action->name;
}

static void leave_publication(World *world, WorldRelation *table, const Action *action)
{
	(void)world;
	if (action->object_kind == OBJECT_TABLE)
		world_forget(&table->publications, action->name);
}

static ApplyFn *const on_tables[] = {
	[ACTION_ADD_COLUMN] = add_column,
	[ACTION_DROP_COLUMN] = drop_column,
	[ACTION_SET_TYPE] = change_column,
	[ACTION_SET_NOT_NULL] = change_column,
	[ACTION_DROP_NOT_NULL] = change_column,
	[ACTION_SET_DEFAULT] = change_column,
	[ACTION_DROP_DEFAULT] = change_column,
	[ACTION_ADD_IDENTITY] = change_column,
	[ACTION_SET_IDENTITY] = change_column,
	[ACTION_DROP_IDENTITY] = change_column,
	[ACTION_DROP_EXPRESSION] = change_column,
	[ACTION_ADD_CHECK] = add_constraint,
	[ACTION_ADD_UNIQUE] = add_constraint,
	[ACTION_ADD_PRIMARY_KEY] = add_constraint,
	[ACTION_ADD_FOREIGN_KEY] = add_constraint,
	[ACTION_ADD_EXCLUDE] = add_constraint,
	[ACTION_VALIDATE_CONSTRAINT] = validate,
	[ACTION_DROP_CONSTRAINT] = drop_constraint,
	[ACTION_ATTACH_PARTITION] = world_attach,
	[ACTION_DETACH_PARTITION] = world_detach,
	[ACTION_ADD_INHERIT] = make_vague,
	[ACTION_DROP_INHERIT] = world_detach,
	[ACTION_ALTER] = change_part,
	[ACTION_LIKE] = world_copy_columns,
	[ACTION_ENABLE_RLS] = apply_rls,
	[ACTION_DISABLE_RLS] = apply_rls,
	[ACTION_FORCE_RLS] = force_rls,
	[ACTION_NO_FORCE_RLS] = force_rls,
	[ACTION_REPLICA_IDENTITY] = set_replica_identity,
	[ACTION_PUBLICATION_ADD] = join_publication,
	[ACTION_PUBLICATION_DROP] = leave_publication,
	[ACTION_INSERT] = world_write,
	[ACTION_MERGE] = world_write,
	[ACTION_UPDATE] = world_write,
	[ACTION_TRUNCATE] = world_empty,
	[ACTION_REFRESH] = refresh,
	[ACTION_COPY] = world_write,
};

/* ---- CREATE ---- */

static char created_kind(const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_VIEW:
		return RELATION_VIEW;
	case OBJECT_MATVIEW:
		return RELATION_MATVIEW;
	case OBJECT_SEQUENCE:
		return RELATION_SEQUENCE;
	case OBJECT_FOREIGN_TABLE:
		return RELATION_FOREIGN;
	default:
		return action->options.partitioned ? RELATION_PARTITIONED : RELATION_TABLE;
	}
}

/* A partition has its parent's columns and constraints; what else a table takes over is not
 * followed. */
static void take_over_parent(World *world, WorldRelation *table, const Action *action)
{
	WorldRelation *parent;
	if (!action->other.name.len)
		return;
	table->is_vague = table->hides_columns = true;
	if (world_find(world, action->other, &parent) != PRESENCE_THERE)
		return;
	*vec_add(world->arena, &table->parents) = parent;
	*vec_add(world->arena, &parent->children) = table;
	if (action->options.partition)
		world_copy_parent(world, table, parent);
}

static void create_relation(World *world, const Action *action)
{
	WorldRelation *table;
	Str schema = action->options.temporary   ? STR("pg_temp")
		     : action->object.schema.len ? action->object.schema
						 : world_creation_schema(world);
	if (!schema.len) {
		world_blur(world, action->object.name, BLUR_MAY_BE_THERE);
		return;
	}
	bool is_there = world_find(world, (ObjectName){schema, action->object.name}, &table) ==
			PRESENCE_THERE;
	if (is_there && action->options.or_replace)
		table->is_changed = true;
	else if (is_there) /* it must have gone, in a way that is not known */
		world_drop_relation(world, table);
	if (!is_there || !action->options.or_replace)
		table = world_add(world, schema, action->object.name, created_kind(action));
	table->keys = action->keys;
	table->is_invoker = action->options.security_invoker;
	table->hides_columns |= action->options.typed || action->options.as_query ||
				action->object_kind == OBJECT_VIEW;
	table->is_vague |= table->hides_columns;
	table->is_filled |= action->options.as_query && !action->options.no_data;
	if (action->object_kind == OBJECT_SEQUENCE && names_have(&action->columns, STR("owned_by")))
		world_blur(world, table->name, BLUR_MAY_BE_GONE); /* with its column */
	take_over_parent(world, table, action);
}

static void create_index(World *world, const Action *action)
{
	WorldRelation *table;
	if (world_find(world, action->object, &table) != PRESENCE_THERE)
		return;
	*vec_add(world->arena, &table->indexes) = (WorldIndex){.name = action->name,
		.is_unique = action->options.unique,
		.is_valid = true,
		.is_immediate = true,
		.is_partial = action->options.has_where,
		.has_expressions = action->options.has_expressions,
		.keys = action->columns,
		.uses = action->columns};
	add_index_entry(world, table, action->name);
	table->is_vague |= !action->name.len;
}

/* A row trigger of a partitioned table is made on each partition, too. */
static void add_trigger(World *world, WorldRelation *table, const Action *action)
{
	bool is_cloned = table->kind == RELATION_PARTITIONED && action->options.for_each_row;
	*vec_add(world->arena, &table->triggers) = action->name;
	for (size_t i = 0; is_cloned && i < table->children.count; i++)
		add_trigger(world, table->children.items[i], action);
}

static void create_on_table(World *world, const Action *action)
{
	WorldRelation *table;
	if (world_find(world, action->object, &table) != PRESENCE_THERE)
		return;
	table->is_changed |= action->options.or_replace;
	if (action->object_kind == OBJECT_TRIGGER)
		add_trigger(world, table, action);
	else
		*vec_add(world->arena, world_parts(table, action->object_kind)) = action->name;
}

static void create_type(World *world, const Action *action)
{
	ObjectName name = action->object;
	if (!name.schema.len)
		name.schema = world_creation_schema(world);
	world_makes(world, OBJECT_TYPE, name);
	*vec_add(world->arena, &world->new_types) = name;
	world_note_type(world, name, NULL);
	world_make_enum(
		world, name, action->object_kind == OBJECT_TYPE ? action->columns : (Names){0});
	if (action->object_kind == OBJECT_DOMAIN) {
		world_makes(world, OBJECT_DOMAIN, name);
		world_makes(world, OBJECT_DOMAIN, action->object);
	}
	if (!name.schema.len)
		world_blur(world, name.name, BLUR_MAY_BE_THERE);
}

/* For triggers: by the name alone what returns trigger, with its schema what does not. */
static void create_function(World *world, const Action *action)
{
	ObjectName bare = {.name = action->object.name}, full = action->object;
	if (!full.schema.len)
		full.schema = world_creation_schema(world);
	world_makes(world, OBJECT_FUNCTION, bare);
	*vec_add(world->arena, &world->functions) = (WorldFunction){.name = full,
		.arguments = action->arguments,
		.is_procedure = action->object_kind == OBJECT_PROCEDURE,
		.is_immutable = action->options.immutable,
		.may_be_inlined = str_equal(action->language, STR("sql")) &&
				  !action->options.sets_search_path &&
				  !action->options.security_definer};
	if (action->arguments.len || !full.schema.len)
		return;
	if (action->options.returns_trigger) {
		world_makes(world, OBJECT_TRIGGER, bare);
		world_drops(world, OBJECT_ROUTINE, full);
	} else if (action->object_kind == OBJECT_FUNCTION) {
		world_makes(world, OBJECT_ROUTINE, full);
	}
}

static void create(World *world, const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_TABLE:
	case OBJECT_FOREIGN_TABLE:
	case OBJECT_VIEW:
	case OBJECT_MATVIEW:
	case OBJECT_SEQUENCE:
		create_relation(world, action);
		break;
	case OBJECT_INDEX:
		create_index(world, action);
		break;
	case OBJECT_POLICY:
	case OBJECT_TRIGGER:
	case OBJECT_RULE:
		create_on_table(world, action);
		break;
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		create_type(world, action);
		break;
	case OBJECT_EXTENSION: /* makes whatever it makes */
		world->is_opaque = true;
		break;
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
	case OBJECT_AGGREGATE:
		create_function(world, action);
		break;
	default:
		world_makes(world, action->object_kind, (ObjectName){.name = action->object.name});
		break;
	}
}

/* ---- SET ---- */

static bool is_setting(Str name, const char *wanted)
{
	return name.len == str_from(wanted).len && strncasecmp(name.ptr, wanted, name.len) == 0;
}

static void apply_setting(World *world, const Action *action)
{
	bool all = action->kind == ACTION_RESET && action->options.all;
	if (action->kind == ACTION_SET && !action->name.len)
		world_forget_settings(world);
	if (all || (action->kind == ACTION_RESET && is_setting(action->name, "search_path"))) {
		world_begin_file(world);
	} else if (is_setting(action->name, "search_path")) {
		world_set_path(world, action->expression, !action->options.unknown_value);
	} else if (is_setting(action->name, "check_function_bodies")) {
		world->skips_bodies = action->kind == ACTION_SET;
	} else if (is_setting(action->name, "timezone")) {
		world->time_zone = (Str){0};
	} else if (is_setting(action->name, "role") ||
		   is_setting(action->name, "session_authorization")) {
		world->is_other_role = true;
	}
}

static void apply(World *world, const Action *action)
{
	WorldRelation *table;
	size_t kind = (size_t)action->kind;
	switch ((int)action->kind) {
	case ACTION_CREATE:
		create(world, action);
		return;
	case ACTION_DROP:
		world_drop(world, action);
		return;
	case ACTION_RENAME:
	case ACTION_SET_SCHEMA:
		world_rename_object(world, action);
		return;
	case ACTION_SET:
	case ACTION_RESET:
		apply_setting(world, action);
		return;
	case ACTION_TRANSACTION:
		world_set_savepoint(world, action);
		return;
	case ACTION_ADD_VALUE:
		world_add_label(world, action);
		return;
	case ACTION_RENAME_VALUE: /* of which label, is not asked */
		world->labels.count = 0;
		world_rename_label(world, action);
		world_forget_labels(world, action->object);
		return;
	default:
		break;
	}
	if (action->kind == ACTION_ALTER && action->object_kind == OBJECT_PUBLICATION)
		world_makes(world, OBJECT_PUBLICATION, (ObjectName){.name = action->object.name});
	if (action->kind == ACTION_ALTER && action->object_kind == OBJECT_SEQUENCE)
		world_blur(world, action->object.name, BLUR_MAY_BE_GONE); /* OWNED BY */
	else if (action->kind == ACTION_ALTER)
		*vec_add(world->arena, &world->functions) =
			(WorldFunction){.name = action->object, .is_gone = true};
	if (action->object_kind == OBJECT_DOMAIN && action->kind != ACTION_CREATE)
		world_makes(world, OBJECT_DOMAIN, action->object); /* not the one that it was */
	if (action->kind == ACTION_UPDATE && str_equal(action->object.name, STR("pg_settings")))
		world_forget_settings(world);
	bool is_on_table = kind < sizeof on_tables / sizeof *on_tables && on_tables[kind];
	if (is_on_table && world_find(world, action->object, &table) == PRESENCE_THERE)
		on_tables[kind](world, table, action);
}

void world_apply(World *world, const Action *action)
{
	apply(world, action);
	world_take_rights(world, action);
	world->has_made |= world_makes_by(action);
	world->has_new_classes |= world_makes_class(action);
	world->has_set_publication |= action->kind == ACTION_PUBLICATION_SET;
	world->has_taken |= action->kind == ACTION_PUBLICATION_SET ||
			    action->kind == ACTION_PUBLICATION_DROP || action->kind == ACTION_ALTER;
	/* tables of a composite type follow it */
	world->is_opaque |= action->options.cascade && action->object_kind == OBJECT_TYPE &&
			    action->kind != ACTION_DROP;
}
