#include "world/world.h"

static Names column_names(Arena *arena, const CatalogRelation *relation, const Numbers *numbers)
{
	Names names = {0};
	for (size_t i = 0; i < numbers->count; i++) {
		Str *name = vec_add(arena, &names);
		for (size_t j = 0; j < relation->columns.count; j++)
			if (relation->columns.items[j].number == numbers->items[i])
				*name = relation->columns.items[j].name;
	}
	return names;
}

static void load_columns(Arena *arena, WorldRelation *relation)
{
	for (size_t i = 0; i < relation->there->columns.count; i++) {
		const CatalogColumn *column = &relation->there->columns.items[i];
		*vec_add(arena, &relation->columns) = (WorldColumn){.number = column->number,
			.name = column->name,
			.type = column->type,
			.is_not_null = column->is_not_null,
			.has_default = column->has_default,
			.generated = column->generated,
			.identity = column->identity};
	}
}

static void load_constraints(const World *world, WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	for (size_t i = 0; i < there->constraints.count; i++) {
		const CatalogConstraint *from = &there->constraints.items[i];
		WorldRelation *other = from->other ? world_by_oid(world, from->other) : NULL;
		const Numbers proves = {(int64_t[]){from->proves}, from->proves ? 1 : 0, 0};
		Names proven = column_names(world->arena, there, &proves);
		*vec_add(world->arena, &relation->constraints) = (WorldConstraint){
			.oid = from->oid,
			.name = from->name,
			.kind = from->kind,
			.is_valid = from->is_valid,
			.columns = column_names(world->arena, there, &from->columns),
			.other = other,
			.other_columns = other ? column_names(world->arena, other->there,
							 &from->other_columns)
					       : (Names){0},
			.index = from->index,
			.proves = proven.count ? proven.items[0] : (Str){0},
			.mentions_null = from->mentions_null,
		};
	}
}

static void load_indexes(Arena *arena, WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	for (size_t i = 0; i < there->indexes.count; i++) {
		const CatalogIndex *from = &there->indexes.items[i];
		Numbers keys = from->columns;
		keys.count = (size_t)from->keys < keys.count ? (size_t)from->keys : keys.count;
		*vec_add(arena, &relation->indexes) = (WorldIndex){
			.oid = from->oid,
			.name = from->name,
			.is_unique = from->is_unique,
			.is_primary = from->is_primary,
			.is_valid = from->is_valid,
			.is_immediate = from->is_immediate,
			.is_partial = from->is_partial,
			.has_expressions = from->has_expressions,
			.keys = column_names(arena, there, &keys),
			.uses = column_names(
				arena, there, from->uses.count ? &from->uses : &from->columns),
		};
	}
}

static bool is_true_option(const Names *options, Str name)
{
	static const Str yes[] = {
		STR_INIT("=true"), STR_INIT("=on"), STR_INIT("=1"), STR_INIT("=yes")};
	for (size_t i = 0; i < options->count; i++)
		for (size_t j = 0; j < sizeof yes / sizeof *yes; j++)
			if (str_starts(options->items[i], name) &&
				str_equal(str_skip(options->items[i], name.len), yes[j]))
				return true;
	return false;
}

static Names copy_names(Arena *arena, const Names *from)
{
	Names names = {0};
	for (size_t i = 0; i < from->count; i++)
		*vec_add(arena, &names) = from->items[i];
	return names;
}

static void load_relation(World *world, const CatalogRelation *there)
{
	WorldRelation *relation = world_add(world, there->schema, there->name, there->kind);
	relation->there = there;
	relation->has_rls = there->has_rls;
	relation->is_forced = there->is_forced;
	relation->is_invoker = is_true_option(&there->options, STR("security_invoker"));
	relation->was_invoker = relation->is_invoker;
	relation->replica_identity = there->replica_identity;
	relation->policies = copy_names(world->arena, &there->policies);
	relation->triggers = copy_names(world->arena, &there->triggers);
	relation->rules = copy_names(world->arena, &there->rules);
	relation->publications = copy_names(world->arena, &there->publications);
	load_columns(world->arena, relation);
	load_indexes(world->arena, relation);
	relation->keys = column_names(world->arena, there, &there->key);
}

static void bind_relation(World *world, WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	for (size_t i = 0; i < there->parents.count; i++) {
		WorldRelation *parent = world_by_oid(world, there->parents.items[i]);
		if (!parent)
			continue;
		*vec_add(world->arena, &relation->parents) = parent;
		*vec_add(world->arena, &parent->children) = relation;
	}
	if (there->table)
		relation->table = world_by_oid(world, there->table);
	load_constraints(world, relation);
}

World world_new(Arena *arena, const Catalog *catalog)
{
	World world = {.arena = arena, .catalog = catalog};
	for (size_t i = 0; catalog && i < catalog->relations.count; i++)
		load_relation(&world, &catalog->relations.items[i]);
	for (size_t i = 0; i < world.relations.count; i++)
		bind_relation(&world, world.relations.items[i]);
	world_begin_file(&world);
	return world;
}

WorldRelation *world_by_oid(const World *world, int64_t oid)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		WorldRelation *relation = world->relations.items[i];
		if (relation->there && relation->there->oid == oid)
			return relation->is_dropped ? NULL : relation;
	}
	return NULL;
}

bool world_has_dropped(const World *world, int64_t oid)
{
	for (size_t i = 0; i < world->relations.count; i++)
		if (world->relations.items[i]->there &&
			world->relations.items[i]->there->oid == oid)
			return world->relations.items[i]->is_dropped;
	return false;
}

static bool is_marked(const StrMap *map, ObjectKind kind, ObjectName name);

static WorldRelation *find_in(const World *world, Str schema, Str name)
{
	const size_t *at = str_map_find(&world->by_name, name);
	WorldRelation *relation = at ? world->relations.items[*at] : NULL;
	for (; relation; relation = relation->next_of_name)
		if (!relation->is_dropped && str_equal(relation->name, name) &&
			str_equal(relation->schema, schema))
			return relation;
	return NULL;
}

static bool may_be_there(const World *world, Str name)
{
	for (size_t i = 0; i < world->guessed.count; i++)
		if (str_starts(name, world->guessed.items[i]))
			return true;
	return !world->catalog || !world->catalog->is_complete || world->is_opaque ||
	       str_map_find(&world->vague_names, name);
}

bool world_may_be_gone(const World *world, Str name)
{
	const size_t *blur = name.len ? str_map_find(&world->vague_names, name) : NULL;
	return blur && *blur == BLUR_MAY_BE_GONE;
}

bool world_has_fallen(const World *world, CatalogClass class, int64_t oid)
{
	for (size_t i = 0; i < world->fallen.count; i++)
		if (world->fallen.items[i]->by_class == class && world->fallen.items[i]->by == oid)
			return true;
	return false;
}

static WorldRelation *find_on_path(const World *world, const Names *path, Str name)
{
	static const Str first[] = {STR_INIT("pg_temp"), STR_INIT("pg_catalog")};
	WorldRelation *found = NULL;
	for (size_t i = 0; i < sizeof first / sizeof *first && !found; i++)
		if (!names_have(path, first[i])) /* where it is not named */
			found = find_in(world, first[i], name);
	for (size_t i = 0; i < path->count && !found; i++)
		found = find_in(world, path->items[i], name);
	return found;
}

Presence world_find(World *world, ObjectName name, WorldRelation **out)
{
	return world_find_on(world, &world->path, name, out);
}

Presence world_find_on(World *world, const Names *path, ObjectName name, WorldRelation **out)
{
	*out = NULL;
	if (!name.name.len)
		return PRESENCE_UNKNOWN;
	*out = name.schema.len ? find_in(world, name.schema, name.name)
			       : find_on_path(world, path, name.name);
	if (*out)
		return PRESENCE_THERE;
	if (str_starts(name.schema, STR("pg_temp")))
		return PRESENCE_UNKNOWN;
	if (name.schema.len &&
		is_marked(&world->dropped, OBJECT_SCHEMA, (ObjectName){.name = name.schema}))
		return PRESENCE_ABSENT;
	if (may_be_there(world, name.name) || (!name.schema.len && !world->knows_path))
		return PRESENCE_UNKNOWN;
	return PRESENCE_ABSENT;
}

WorldColumn *world_column(const WorldRelation *relation, Str name)
{
	for (size_t i = 0; i < relation->columns.count; i++)
		if (str_equal(relation->columns.items[i].name, name))
			return &relation->columns.items[i];
	return NULL;
}

bool world_is_system_column(Str name)
{
	static const Str names[] = {STR_INIT("tableoid"), STR_INIT("cmax"), STR_INIT("xmax"),
		STR_INIT("cmin"), STR_INIT("xmin"), STR_INIT("ctid")};
	return STR_IS_AMONG(name, names);
}

WorldConstraint *world_constraint(const WorldRelation *relation, Str name)
{
	for (size_t i = 0; i < relation->constraints.count; i++)
		if (name.len && str_equal(relation->constraints.items[i].name, name))
			return &relation->constraints.items[i];
	return NULL;
}

WorldIndex *world_index(const WorldRelation *relation, Str name)
{
	for (size_t i = 0; i < relation->indexes.count; i++)
		if (str_equal(relation->indexes.items[i].name, name))
			return &relation->indexes.items[i];
	return NULL;
}

bool world_may_fire(const World *world, const WorldRelation *relation, int events)
{
	const CatalogRelation *there = relation->there;
	bool is_known = there && !relation->is_changed;
	for (size_t i = 0; i < relation->triggers.count && is_known; i++)
		is_known = names_have(&there->triggers, relation->triggers.items[i]);
	for (size_t i = 0; is_known && i < there->stampers.count; i++) {
		ObjectName function = {.name = there->stampers.items[i]};
		is_known = !world_has_made(world, OBJECT_FUNCTION, function);
	}
	return relation->triggers.count && (!is_known || ((there->before | there->after) & events));
}

/* ---- what is no relation ---- */

static Str key_of(Arena *arena, ObjectKind kind, ObjectName name)
{
	return str_format(
		arena, "%d %.*s.%.*s", (int)kind, STR_ARG(name.schema), STR_ARG(name.name));
}

void world_makes(World *world, ObjectKind kind, ObjectName name)
{
	size_t *at = str_map_at(world->arena, &world->made, key_of(world->arena, kind, name));
	*at = 1;
	at = str_map_at(world->arena, &world->dropped, key_of(world->arena, kind, name));
	*at = 0;
}

void world_drops(World *world, ObjectKind kind, ObjectName name)
{
	size_t *at = str_map_at(world->arena, &world->dropped, key_of(world->arena, kind, name));
	*at = 1;
	at = str_map_at(world->arena, &world->made, key_of(world->arena, kind, name));
	*at = 0;
}

static bool is_marked(const StrMap *map, ObjectKind kind, ObjectName name)
{
	ARENA_SCRATCH(scratch);
	const size_t *at = str_map_find(map, key_of(&scratch, kind, name));
	return at && *at == 1;
}

bool world_has_made(const World *world, ObjectKind kind, ObjectName name)
{
	return is_marked(&world->made, kind, name);
}

bool world_is_touched(const World *world, ObjectKind kind, ObjectName name)
{
	return is_marked(&world->made, kind, name) || is_marked(&world->dropped, kind, name);
}

Presence world_find_schema(const World *world, Str name)
{
	ObjectName schema = {.name = name};
	if (is_marked(&world->made, OBJECT_SCHEMA, schema))
		return PRESENCE_THERE;
	if (is_marked(&world->dropped, OBJECT_SCHEMA, schema))
		return PRESENCE_ABSENT;
	if (world->catalog && catalog_schema(world->catalog, name))
		return PRESENCE_THERE;
	return may_be_there(world, name) || str_starts(name, STR("pg_")) ? PRESENCE_UNKNOWN
									 : PRESENCE_ABSENT;
}

static bool has_row_type(const WorldRelation *relation)
{
	return relation->kind != RELATION_INDEX && relation->kind != RELATION_PARTITIONED_INDEX &&
	       relation->kind != RELATION_SEQUENCE;
}

static bool find_type_in(const World *world, Str schema, Str name, const CatalogType **out)
{
	ObjectName full = {schema, name};
	*out = NULL;
	if (is_marked(&world->made, OBJECT_TYPE, full))
		return true;
	if (is_marked(&world->dropped, OBJECT_TYPE, full))
		return false;
	*out = world->catalog ? catalog_type(world->catalog, schema, name) : NULL;
	const WorldRelation *relation = find_in(world, schema, name);
	return *out != NULL || (relation && has_row_type(relation));
}

Presence world_find_type(const World *world, ObjectName name, const CatalogType **out)
{
	*out = NULL;
	if (name.schema.len && find_type_in(world, name.schema, name.name, out))
		return PRESENCE_THERE;
	if (!name.schema.len && (find_type_in(world, STR("pg_temp"), name.name, out) ||
					find_type_in(world, STR("pg_catalog"), name.name, out)))
		return PRESENCE_THERE;
	for (size_t i = 0; !name.schema.len && i < world->path.count; i++)
		if (find_type_in(world, world->path.items[i], name.name, out))
			return PRESENCE_THERE;
	bool may_be = may_be_there(world, name.name) || (!name.schema.len && !world->knows_path);
	return may_be ? PRESENCE_UNKNOWN : PRESENCE_ABSENT;
}

static bool has_type_in(const World *world, Str schema, Str name)
{
	const CatalogType *type;
	return find_type_in(world, schema, name, &type) &&
	       !(world->catalog && catalog_relation(world->catalog, schema, name));
}

ObjectName world_type_name(const World *world, ObjectName name)
{
	if (str_map_find(&world->vague_names, name.name))
		return (ObjectName){0};
	if (name.schema.len)
		return has_type_in(world, name.schema, name.name) ? name : (ObjectName){0};
	for (size_t i = 0; world->knows_path && i < world->path.count; i++)
		if (has_type_in(world, world->path.items[i], name.name))
			return (ObjectName){world->path.items[i], name.name};
	return (ObjectName){0};
}

bool world_is_new_label(const World *world, ObjectName type, Str label)
{
	ObjectName full = world->labels.count ? world_type_name(world, type) : (ObjectName){0};
	for (size_t i = 0; full.name.len && i < world->labels.count; i++)
		if (str_equal(world->labels.items[i].type.name, full.name) &&
			str_equal(world->labels.items[i].type.schema, full.schema) &&
			str_equal(world->labels.items[i].label, label))
			return true;
	return false;
}

bool world_has_added_label(const World *world, ObjectName type, Str label)
{
	for (size_t i = 0; i < world->all_labels.count; i++)
		if (str_equal(world->all_labels.items[i].type.name, type.name) &&
			str_equal(world->all_labels.items[i].label, label))
			return true;
	return false;
}

Str world_creation_schema(const World *world)
{
	for (size_t i = 0; world->knows_path && i < world->path.count; i++)
		if (world_find_schema(world, world->path.items[i]) == PRESENCE_THERE)
			return world->path.items[i];
	return (Str){0};
}

/* ---- a relation's facts ---- */

static bool any_child(const WorldRelation *relation, bool (*holds)(const WorldRelation *))
{
	for (size_t i = 0; i < relation->children.count; i++)
		if (holds(relation->children.items[i]))
			return true;
	return false;
}

bool world_has_rows(const WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	return there && !relation->is_emptied && (there->rows > 0 || there->live > 0);
}

static bool is_not_empty(const WorldRelation *relation)
{
	return !world_is_empty(relation);
}

/* A table that was analysed and has neither rows nor pages. */
bool world_is_empty(const WorldRelation *relation)
{
	const CatalogRelation *there = relation->there;
	if (relation->is_filled || any_child(relation, is_not_empty))
		return false;
	if (!there || relation->is_emptied || relation->kind == RELATION_PARTITIONED)
		return true;
	return there->rows == 0 && there->live == 0 && there->pages == 0;
}

bool world_is_new(const WorldRelation *relation)
{
	return !relation->there;
}

bool world_has_nullable(const WorldRelation *table, const Names *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		const WorldColumn *column = world_column(table, columns->items[i]);
		if (column && !column->is_not_null)
			return true;
	}
	return false;
}

Names *world_parts(WorldRelation *table, ObjectKind kind)
{
	return kind == OBJECT_POLICY    ? &table->policies
	       : kind == OBJECT_TRIGGER ? &table->triggers
					: &table->rules;
}

Str world_name(Arena *arena, const WorldRelation *relation)
{
	return facts_qualified(arena, (ObjectName){relation->schema, relation->name});
}

/* ---- changes ---- */

static void index_name(World *world, WorldRelation *relation, size_t index)
{
	size_t *at = str_map_at(world->arena, &world->by_name, relation->name);
	relation->next_of_name = *at == SIZE_MAX ? NULL : world->relations.items[*at];
	*at = index;
}

WorldRelation *world_add(World *world, Str schema, Str name, char kind)
{
	WorldRelation *relation = arena_new(world->arena, WorldRelation);
	relation->schema = schema;
	relation->name = name;
	relation->kind = kind;
	relation->replica_identity = 'd';
	*vec_add(world->arena, &world->relations) = relation;
	index_name(world, relation, world->relations.count - 1);
	return relation;
}

/* Under its new name it is a new entry; what pointed to it still does. */
void world_rename(World *world, WorldRelation *relation, Str schema, Str name)
{
	size_t index = 0;
	while (world->relations.items[index] != relation)
		index++;
	WorldRelation *ghost = arena_new(world->arena, WorldRelation);
	*ghost = (WorldRelation){.schema = relation->schema,
		.name = relation->name,
		.is_dropped = true,
		.next_of_name = relation->next_of_name};
	size_t *at = str_map_at(world->arena, &world->by_name, relation->name);
	if (*at == index) {
		*vec_add(world->arena, &world->relations) = ghost;
		*at = world->relations.count - 1;
	} else {
		WorldRelation *before = world->relations.items[*at];
		while (before->next_of_name != relation)
			before = before->next_of_name;
		before->next_of_name = ghost;
	}
	relation->schema = schema;
	relation->name = name;
	index_name(world, relation, index);
}

WorldRelation *world_index_relation(const World *world, const WorldRelation *table, Str name)
{
	WorldRelation *relation = find_in(world, table->schema, name);
	return relation && relation->table == table ? relation : NULL;
}

void world_move(World *world, WorldRelation *relation, Str schema)
{
	for (size_t i = 0; i < world->relations.count; i++) {
		WorldRelation *part = world->relations.items[i];
		if (part->table == relation && !part->is_dropped)
			world_rename(world, part, schema, part->name);
	}
	world_rename(world, relation, schema, relation->name);
}

void world_guess(World *world, const WorldRelation *relation)
{
	enum {
		KEPT = 28 /* of a name that is too long with what comes after it */
	};
	bool is_short = relation->name.len <= KEPT;
	*vec_add(world->arena, &world->guessed) =
		is_short ? str_format(world->arena, "%.*s_", STR_ARG(relation->name))
			 : str_head(relation->name, KEPT);
}

void world_use(World *world, Str name)
{
	*str_map_at(world->arena, &world->used, name) = 1;
}

bool world_is_used(const World *world, Str name)
{
	return str_map_find(&world->used, name) != NULL;
}

static void blur_relation(WorldRelation *relation, Blur blur, int depth)
{
	relation->is_vague = relation->hides_columns = true;
	relation->is_loose |= blur == BLUR_MAY_BE_GONE;
	relation->is_filled |= relation->is_emptied;
	for (size_t i = 0; depth && i < relation->children.count; i++)
		blur_relation(relation->children.items[i], blur, depth - 1);
}

void world_blur(World *world, Str name, Blur blur)
{
	enum {
		DEPTH_MAX = 16
	};
	size_t *known = str_map_at(world->arena, &world->vague_names, name);
	if (*known == SIZE_MAX || *known < (size_t)blur)
		*known = (size_t)blur;
	const size_t *at = str_map_find(&world->by_name, name);
	WorldRelation *relation = at ? world->relations.items[*at] : NULL;
	for (; relation; relation = relation->next_of_name)
		blur_relation(relation, blur, DEPTH_MAX);
}
