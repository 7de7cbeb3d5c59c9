#include "types/lineage.h"

enum {
	STEPS_MAX = 32, /* views over views */
	PRODUCTS_MAX = 256, /* relationships of one key by columns that are shown repeatedly */
	KEY_COLUMNS_MAX = 32, /* INDEX_MAX_KEYS of a server as it is built */
};

/* ---- the text of a rule ---- */

/* The next word, cut off `rest`; braces are words of their own. A backslash takes the next byte. */
static bool next_word(Str *rest, Str *word)
{
	size_t i = 0, end;
	while (i < rest->len && (rest->ptr[i] == ' ' || rest->ptr[i] == '\n' ||
					rest->ptr[i] == '(' || rest->ptr[i] == ')'))
		i++;
	if (i == rest->len)
		return false;
	bool brace = rest->ptr[i] == '{' || rest->ptr[i] == '}';
	for (end = i + brace; !brace && end < rest->len; end++) {
		char c = rest->ptr[end];
		if (c == ' ' || c == '\n' || c == '(' || c == ')' || c == '{' || c == '}')
			break;
		end += c == '\\';
	}
	end = end < rest->len ? end : rest->len;
	*word = str_head(str_skip(*rest, i), end - i);
	*rest = str_skip(*rest, end);
	return true;
}

/* Two braces deep are the nodes of the query itself; of those, only its columns have these names.
 */
void lineage_read(Arena *arena, Str rule, LineageEntries *out)
{
	size_t depth = 0;
	LineageEntry entry = {0};
	for (Str word; next_word(&rule, &word);) {
		depth += str_equal(word, STR("{"));
		depth -= str_equal(word, STR("}")) && depth > 0;
		if (depth != 2 || word.ptr[0] != ':')
			continue;
		if (str_equal(word, STR(":resno")))
			next_word(&rule, &entry.number);
		else if (str_equal(word, STR(":resorigtbl")))
			next_word(&rule, &entry.table);
		else if (str_equal(word, STR(":resorigcol")) && next_word(&rule, &entry.column))
			*vec_add(arena, out) = entry;
	}
}

/* ---- what shows what ---- */

/* A column of a relation that shows a table's column, itself or through views. */
typedef struct Shown {
	Str relation, number;
	bool by_hidden; /* through a view of another schema, which some generators do not see */
	size_t next; /* another one that shows the same; SIZE_MAX: none */
} Shown;

typedef struct Lineage {
	const Catalogue *catalogue;
	Arena *arena;
	StrMap origins; /* of a view's column: its entry */
	LineageEntries entries;
	StrMap showing; /* of a table's column: the newest of what shows it */
	VEC(Shown) shown;
} Lineage;

static Str place(Arena *arena, Str relation, Str number)
{
	return str_concat(arena, (const Str[]){relation, STR("."), number}, 3);
}

static void read_views(Lineage *l)
{
	for (size_t i = 0; i < l->catalogue->views.count; i++) {
		const CatalogueView *view = &l->catalogue->views.items[i];
		size_t from = l->entries.count;
		lineage_read(l->arena, view->rule, &l->entries);
		for (size_t k = from; k < l->entries.count; k++)
			*str_map_at(l->arena, &l->origins,
				place(l->arena, view->oid, l->entries.items[k].number)) = k;
	}
}

/* The table's column at the ground of views over views. */
static Str ground_of(const Lineage *l, const LineageEntry *entry, bool *by_hidden)
{
	Str at = place(l->arena, entry->table, entry->column);
	for (size_t step = 0; step < STEPS_MAX; step++) {
		const size_t *below = str_map_find(&l->origins, at);
		if (!below)
			return at;
		*by_hidden = *by_hidden || !catalogue_relation(l->catalogue, entry->table);
		entry = &l->entries.items[*below];
		at = place(l->arena, entry->table, entry->column);
	}
	return (Str){0};
}

/* That the view with this oid shows what the entry says. */
static void add_shown(Lineage *l, Str view, const LineageEntry *entry)
{
	Shown shown = {.relation = view, .number = entry->number};
	Str what = ground_of(l, entry, &shown.by_hidden);
	size_t *at = str_map_at(l->arena, &l->showing, what);
	shown.next = *at;
	*vec_add(l->arena, &l->shown) = shown;
	*at = l->shown.count - 1;
}

static void find_shown(Lineage *l)
{
	size_t entry = 0;
	for (size_t i = 0; i < l->catalogue->views.count; i++) {
		Str view = l->catalogue->views.items[i].oid;
		for (; entry < l->entries.count; entry++) {
			const LineageEntry *e = &l->entries.items[entry];
			const size_t *own =
				str_map_find(&l->origins, place(l->arena, view, e->number));
			if (!own || *own != entry)
				break;
			if (!str_equal(e->table, STR("0")))
				add_shown(l, view, e);
		}
	}
}

/* ---- one side of a key ---- */

/* Names of columns under which a relation shows all of a key's. */
typedef struct Side {
	Str relation; /* oid */
	Str *columns;
	bool by_hidden;
} Side;
typedef VEC(Side) Sides;

static Str column_name(const Lineage *l, Str relation, Str number)
{
	const CatalogueRelation *found = catalogue_relation(l->catalogue, relation);
	for (size_t i = 0; found && i < found->columns.count; i++)
		if (str_equal(found->columns.items[i].number, number))
			return found->columns.items[i].name;
	return (Str){0};
}

/* Every way to take from a view a column for each of the key's. */
static void add_ways(const Lineage *l, Sides *sides, Side *way, Str table, const Names *numbers)
{
	size_t begin = sides->count;
	*vec_add(l->arena, sides) = *way;
	for (size_t k = 0; k < numbers->count; k++) {
		size_t end = sides->count;
		const size_t *at =
			str_map_find(&l->showing, place(l->arena, table, numbers->items[k]));
		for (size_t i = begin; i < end; i++)
			for (size_t s = at ? *at : SIZE_MAX; s != SIZE_MAX;
				s = l->shown.items[s].next) {
				const Shown *shown = &l->shown.items[s];
				if (!str_equal(shown->relation, way->relation) ||
					sides->count - begin > PRODUCTS_MAX)
					continue;
				Side next = sides->items[i];
				next.columns = arena_array(l->arena, Str, numbers->count);
				for (size_t n = 0; n < k; n++)
					next.columns[n] = sides->items[i].columns[n];
				next.columns[k] = column_name(l, shown->relation, shown->number);
				next.by_hidden = next.by_hidden || shown->by_hidden;
				*vec_add(l->arena, sides) = next;
			}
		for (size_t i = end; i < sides->count; i++)
			sides->items[begin + i - end] = sides->items[i];
		sides->count = begin + sides->count - end;
	}
}

static bool is_listed(const Sides *sides, Str relation)
{
	for (size_t i = sides->count; i > 0; i--)
		if (str_equal(sides->items[i - 1].relation, relation))
			return true;
	return false;
}

/* The table itself, and each view that shows the columns; those that are not in the model are left
 * out. */
static Sides sides_of(const Lineage *l, Str table, const Names *numbers)
{
	Sides sides = {0};
	if (!numbers->count || numbers->count > KEY_COLUMNS_MAX)
		return sides;
	if (catalogue_relation(l->catalogue, table)) {
		Side *own = vec_add(l->arena, &sides);
		*own = (Side){
			.relation = table, .columns = arena_array(l->arena, Str, numbers->count)};
		for (size_t i = 0; i < numbers->count; i++)
			own->columns[i] = column_name(l, table, numbers->items[i]);
	}
	const size_t *at = str_map_find(&l->showing, place(l->arena, table, numbers->items[0]));
	for (size_t s = at ? *at : SIZE_MAX; l->shown.items && s != SIZE_MAX;
		s = l->shown.items[s].next) {
		Side way = {.relation = l->shown.items[s].relation};
		if (catalogue_relation(l->catalogue, way.relation) &&
			!is_listed(&sides, way.relation))
			add_ways(l, &sides, &way, table, numbers);
	}
	return sides;
}

/* ---- relationships ---- */

/* Generators compare a schema's name with its spelling in SQL, and so lose the columns of a key of
 * a schema whose name has to be quoted there, and what views show of it; some do not. */
static void allow_quoted(const Catalogue *c, TypesRelationship relationship,
	const CatalogueRelation *ends[2], TypesMember *member)
{
	bool by_view = catalogue_is_view(ends[0]), to_view = catalogue_is_view(ends[1]);
	if (by_view || to_view)
		member->allows |= TYPES_ALLOW_ABSENT;
	if (!by_view)
		relationship.count = 0;
	relationship.target_count = 0;
	member->others =
		types_other_add(c->arena, types_relationship_name(c->arena, &relationship), NULL);
}

static TypesPart *relationships_of(TypesModel *model, const Catalogue *c, Str oid)
{
	TypesObject *object = &model->objects.items[*str_map_find(&c->by_oid, oid)];
	return &object->parts.items[object->parts.count - 1];
}

static void add_relationship(
	const Lineage *l, const CatalogueKey *key, const Side ends[2], TypesModel *model)
{
	const Catalogue *c = l->catalogue;
	const CatalogueRelation *from = catalogue_relation(c, ends[0].relation);
	const CatalogueRelation *to = catalogue_relation(c, ends[1].relation);
	bool through_view = catalogue_is_view(from) || catalogue_is_view(to);
	bool across = !str_equal(from->schema, to->schema);
	if (across && !through_view)
		return;
	TypesPart *part = relationships_of(model, c, from->oid);
	const TypesRelationship relationship = {.key = key->name,
		.target = to->name,
		.columns = ends[0].columns,
		.count = key->columns.count,
		.target_columns = ends[1].columns,
		.target_count = key->target_columns.count};
	TypesMember member = {.name = types_relationship_name(c->arena, &relationship),
		.type = key->unique == KEY_UNIQUE ? STR("true") : STR("false")};
	if (key->unique == KEY_UNIQUE_REORDERED)
		member.allows |= TYPES_ALLOW_ANY;
	if (across || !catalogue_covers(c, key->schema) || ends[0].by_hidden || ends[1].by_hidden ||
		(key->is_ambiguous && catalogue_is_view(to)))
		member.allows |= TYPES_ALLOW_ABSENT;
	if (catalogue_is_quoted(c, key->schema))
		allow_quoted(c, relationship, (const CatalogueRelation *[]){from, to}, &member);
	*vec_add(c->arena, &part->members) = member;
}

static bool is_same_list(const Names *a, const Names *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = str_equal(a->items[i], b->items[i]);
	return same;
}

/* Keys of one name that refer to other columns of one table: generators take them for one key of
 * too many columns, and lose what views show of those. */
static void find_ambiguous(Lineage *l, CatalogueKey *keys, size_t count)
{
	StrMap first = {0};
	for (size_t i = 0; i < count; i++) {
		size_t *at =
			str_map_at(l->arena, &first, place(l->arena, keys[i].target, keys[i].name));
		*at = *at == SIZE_MAX ? i : *at;
		if (!is_same_list(&keys[*at].target_columns, &keys[i].target_columns))
			keys[*at].is_ambiguous = true;
		keys[i].namesake = *at;
	}
	for (size_t i = 0; i < count; i++)
		keys[i].is_ambiguous = keys[keys[i].namesake].is_ambiguous;
}

static void add_key(const Lineage *l, const CatalogueKey *key, TypesModel *model)
{
	Sides from = sides_of(l, key->relation, &key->columns);
	Sides to = sides_of(l, key->target, &key->target_columns);
	size_t made = 0;
	for (size_t i = 0; i < from.count; i++)
		for (size_t k = 0; k < to.count && made < PRODUCTS_MAX; k++, made++)
			add_relationship(l, key, (const Side[]){from.items[i], to.items[k]}, model);
}

void lineage_add(Catalogue *catalogue, TypesModel *model)
{
	ARENA_SCRATCH(scratch);
	Lineage lineage = {.catalogue = catalogue, .arena = &scratch};
	read_views(&lineage);
	find_shown(&lineage);
	find_ambiguous(&lineage, catalogue->keys.items, catalogue->keys.count);
	for (size_t i = 0; i < catalogue->keys.count; i++)
		add_key(&lineage, &catalogue->keys.items[i], model);
}
