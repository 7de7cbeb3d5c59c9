#include "types/mapping.h"

#include "types/ts_text.h"

typedef struct Mapped {
	Str type;
	const TypesOther *others;
	unsigned allows;
} Mapped;

static Str scalar_of(Str name)
{
	static const struct {
		Str type, name;
	} scalars[] = {
#define SCALAR(type, name) {STR_INIT(type), STR_INIT(name)},
#include "types/scalar.def"
#undef SCALAR
	};
	for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
		if (str_equal(scalars[i].name, name))
			return scalars[i].type;
	return (Str){0};
}

static Str reference(Arena *arena, Str schema, TypesSection section, Str name)
{
	const Str pieces[] = {STR("Database["), ts_quoted(arena, schema), STR("][\""),
		types_section_key(section), STR("\"]["), ts_quoted(arena, name), STR("]")};
	return str_concat(arena, pieces, sizeof pieces / sizeof *pieces);
}

Str mapping_row(Arena *arena, const CatalogueRelation *relation)
{
	TypesSection section = catalogue_is_view(relation) ? TYPES_VIEWS : TYPES_TABLES;
	return str_format(arena, "%.*s[\"Row\"]",
		STR_ARG(reference(arena, relation->schema, section, relation->name)));
}

static Str labels_text(Arena *arena, const CatalogueEnum *labels)
{
	Str *parts = arena_array(arena, Str, labels->labels.count + 1);
	for (size_t i = 0; i < labels->labels.count; i++)
		parts[i] = ts_quoted(arena, labels->labels.items[i]);
	return labels->labels.count ? ts_union(arena, parts, labels->labels.count) : STR("never");
}

static Mapped map_named(const Catalogue *c, const CatalogueNamed *named)
{
	const CatalogueRelation *relation;
	const CatalogueComposite *composite;
	const CatalogueEnum *labels;
	switch (named->kind) {
	case CATALOGUE_RELATION:
		relation = &c->relations.items[named->index];
		return (Mapped){mapping_row(c->arena, relation), NULL,
			relation->kind == 'm' ? TYPES_ALLOW_UNKNOWN : 0};
	case CATALOGUE_COMPOSITE:
		composite = &c->composites.items[named->index];
		return (Mapped){
			reference(c->arena, composite->schema, TYPES_COMPOSITES, composite->name),
			NULL, 0};
	case CATALOGUE_ENUM:
		break;
	}
	labels = &c->enums.items[named->index];
	if (!catalogue_covers(c, labels->schema))
		return (Mapped){labels_text(c->arena, labels), NULL, TYPES_ALLOW_LABELS};
	return (Mapped){reference(c->arena, labels->schema, TYPES_ENUMS, labels->name), NULL, 0};
}

static Str list_of(Arena *arena, Str type)
{
	return str_contains(type, STR(" | ")) ? str_format(arena, "(%.*s)[]", STR_ARG(type))
					      : str_format(arena, "%.*s[]", STR_ARG(type));
}

/* All that the types of each name are mapped to, made once. */
struct Namesakes {
	StrMap by_name; /* with a `_` in front: of lists of them */
	VEC(const TypesOther *) items;
};

static const TypesOther *map_all(const Catalogue *c, size_t newest, bool is_list)
{
	const TypesOther *all = NULL;
	for (size_t i = newest; i != SIZE_MAX; i = c->named.items[i].namesake) {
		Str type = map_named(c, &c->named.items[i]).type;
		all = types_other_add(c->arena, is_list ? list_of(c->arena, type) : type, all);
	}
	return all;
}

static const TypesOther *namesakes_of(const Catalogue *c, Str name, size_t newest, bool is_list)
{
	Str key = is_list ? str_format(c->arena, "_%.*s", STR_ARG(name)) : name;
	size_t *at = str_map_at(c->arena, &c->namesakes->by_name, key);
	if (*at == SIZE_MAX) {
		*at = c->namesakes->items.count;
		*vec_add(c->arena, &c->namesakes->items) = map_all(c, newest, is_list);
	}
	return c->namesakes->items.items[*at];
}

/* Of several types with one name, that of the type's own schema; some generators take another. */
static Mapped map_name(const Catalogue *c, CatalogueType type, bool is_list)
{
	const size_t *at = str_map_find(&c->by_name, type.name);
	Mapped own = {.type = STR("unknown")};
	bool has_namesakes = false;
	for (size_t i = at ? *at : SIZE_MAX; i != SIZE_MAX; i = c->named.items[i].namesake) {
		const CatalogueNamed *named = &c->named.items[i];
		if (str_equal(catalogue_named_schema(c, named), type.schema))
			own = map_named(c, named);
		else
			has_namesakes = true;
	}
	if (is_list)
		own.type = list_of(c->arena, own.type);
	if (has_namesakes) {
		own.others = namesakes_of(c, type.name, *at, is_list);
		own.allows |= TYPES_ALLOW_UNKNOWN;
	}
	return own;
}

/* An array type's name is its element's after a `_`; how many dimensions it has nobody knows. */
static Mapped map(const Catalogue *c, CatalogueType type)
{
	Str scalar = scalar_of(type.name);
	bool is_list = str_starts(type.name, STR("_"));
	if (scalar.len)
		return (Mapped){.type = scalar};
	if (!is_list)
		return map_name(c, type, false);
	type.name = str_skip(type.name, 1);
	scalar = scalar_of(type.name);
	if (!scalar.len)
		return map_name(c, type, true);
	return (Mapped){.type = list_of(c->arena, scalar)};
}

void mapping_begin(Catalogue *catalogue)
{
	catalogue->namesakes = arena_new(catalogue->arena, struct Namesakes);
}

TypesMember mapping_member(const Catalogue *catalogue, CatalogueType type, TypesMember member)
{
	Mapped mapped = map(catalogue, type);
	member.type = mapped.type;
	member.others = mapped.others;
	member.allows |= mapped.allows;
	return member;
}
