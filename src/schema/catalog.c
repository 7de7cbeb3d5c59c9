#include "schema/catalog.h"

#include <strings.h>

Catalog catalog_assumed(Arena *arena)
{
	static const char kinds[] = {'r', 'f'};
	Str open = STR("public");
	Catalog catalog = {.is_assumed = true};
	*vec_add(arena, &catalog.schemas) =
		(CatalogSchema){.name = open, .can_create = true, .can_use = true};
	*vec_add(arena, &catalog.search_path) = open;
	*vec_add(arena, &catalog.exposed) = open;
	for (size_t i = 0; i < sizeof kinds; i++)
		*vec_add(arena, &catalog.defaults) =
			(CatalogDefault){.kind = kinds[i], .is_exposed = true};
	return catalog;
}

void catalog_assume_rights(Catalog *catalog)
{
	catalog->knows_rights = false;
	for (size_t i = 0; i < catalog->relations.count; i++)
		catalog->relations.items[i].is_owned = true;
	for (size_t i = 0; i < catalog->types.count; i++)
		catalog->types.items[i].is_owned = true;
	for (size_t i = 0; i < catalog->functions.count; i++)
		catalog->functions.items[i].is_owned = true;
	for (size_t i = 0; i < catalog->extensions.count; i++)
		catalog->extensions.items[i].needs_superuser = false;
	for (size_t i = 0; i < catalog->schemas.count; i++)
		catalog->schemas.items[i].can_create = catalog->schemas.items[i].can_use = true;
}

bool catalog_has_children(const Catalog *catalog, const CatalogRelation *table)
{
	for (size_t i = 0; i < catalog->relations.count; i++)
		for (size_t j = 0; j < catalog->relations.items[i].parents.count; j++)
			if (catalog->relations.items[i].parents.items[j] == table->oid)
				return true;
	return false;
}

bool catalog_has_number(const Numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->items[i] == number)
			return true;
	return false;
}

bool catalog_goes_along(char reference_action)
{
	return reference_action != REFERENCE_NO_ACTION && reference_action != REFERENCE_RESTRICT;
}

const CatalogRelation *catalog_relation(const Catalog *catalog, Str schema, Str name)
{
	for (size_t i = 0; i < catalog->relations.count; i++) {
		const CatalogRelation *relation = &catalog->relations.items[i];
		if (str_equal(relation->name, name) && str_equal(relation->schema, schema))
			return relation;
	}
	return NULL;
}

const CatalogRelation *catalog_relation_by_oid(const Catalog *catalog, int64_t oid)
{
	for (size_t i = 0; i < catalog->relations.count; i++)
		if (catalog->relations.items[i].oid == oid)
			return &catalog->relations.items[i];
	return NULL;
}

const CatalogColumn *catalog_column(const CatalogRelation *relation, Str name)
{
	for (size_t i = 0; i < relation->columns.count; i++)
		if (str_equal(relation->columns.items[i].name, name))
			return &relation->columns.items[i];
	return NULL;
}

const CatalogType *catalog_type(const Catalog *catalog, Str schema, Str name)
{
	for (size_t i = 0; i < catalog->types.count; i++) {
		const CatalogType *type = &catalog->types.items[i];
		if (str_equal(type->name, name) && str_equal(type->schema, schema))
			return type;
	}
	return NULL;
}

const CatalogSchema *catalog_schema(const Catalog *catalog, Str name)
{
	for (size_t i = 0; i < catalog->schemas.count; i++)
		if (str_equal(catalog->schemas.items[i].name, name))
			return &catalog->schemas.items[i];
	return NULL;
}

const CatalogRole *catalog_role(const Catalog *catalog, Str name)
{
	for (size_t i = 0; i < catalog->roles.count; i++)
		if (str_equal(catalog->roles.items[i].name, name))
			return &catalog->roles.items[i];
	return NULL;
}

const CatalogSetting *catalog_setting(const Catalog *catalog, Str name)
{
	for (size_t i = 0; i < catalog->settings.count; i++) {
		const CatalogSetting *setting = &catalog->settings.items[i];
		if (setting->name.len == name.len &&
			strncasecmp(setting->name.ptr, name.ptr, name.len) == 0)
			return setting;
	}
	return NULL;
}

/* One name of a list, quotes taken off: "" within them is one. */
static Str next_name(Arena *arena, Str *rest)
{
	Buf name = buf_new(arena, SIZE_MAX);
	bool is_quoted = false;
	size_t i = 0;
	for (; i < rest->len && (is_quoted || rest->ptr[i] != ','); i++) {
		bool is_doubled = is_quoted && i + 1 < rest->len && rest->ptr[i + 1] == '"';
		if (rest->ptr[i] != '"')
			buf_add_char(&name, rest->ptr[i]);
		else if (is_doubled)
			buf_add_char(&name, rest->ptr[i++]);
		else
			is_quoted = !is_quoted;
	}
	*rest = str_skip(*rest, i < rest->len ? i + 1 : i);
	return str_trim(buf_str(&name));
}

Names catalog_split_path(Arena *arena, Str path, Str user)
{
	Names names = {0};
	while (path.len) {
		Str name = next_name(arena, &path);
		if (str_equal(name, STR("$user")))
			name = str_copy(arena, user);
		if (name.len)
			*vec_add(arena, &names) = name;
	}
	return names;
}
