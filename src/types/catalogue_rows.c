#include "types/catalogue_rows.h"

#include "wrap/json.h"

#include <string.h>

/* Of the texts that come again and again, each is kept once. */
static Str keep(Catalogue *c, Str text)
{
	size_t *at = str_map_find(&c->texts, text);
	if (at)
		return c->known.items[*at];
	Str copy = str_copy(c->arena, text);
	*str_map_at(c->arena, &c->texts, copy) = c->known.count;
	*vec_add(c->arena, &c->known) = copy;
	return copy;
}

static Str keep_item(Catalogue *c, const Json *item)
{
	return keep(c, json_str(item, ""));
}

/* The texts of an array, one after the other. */
static Str next_text(Catalogue *c, const Json **item)
{
	Str text = *item ? keep_item(c, *item) : (Str){0};
	*item = *item ? json_next(*item) : NULL;
	return text;
}

static char first_of(Str text)
{
	return text.len ? text.ptr[0] : '\0';
}

static void read_names(Catalogue *c, const Json *list, Names *out)
{
	for (const Json *item = json_first(list); item; item = json_next(item))
		*vec_add(c->arena, out) = keep_item(c, item);
}

static void read_columns(Catalogue *c, const Json *list, CatalogueColumns *out)
{
	for (const Json *item = json_first(list); item; item = json_next(item)) {
		const Json *cell = json_first(item);
		CatalogueColumn *column = vec_add(c->arena, out);
		column->name = next_text(c, &cell);
		column->type.name = next_text(c, &cell);
		column->type.schema = next_text(c, &cell);
		column->flags = next_text(c, &cell);
		column->number = next_text(c, &cell);
	}
}

static void add_named(Catalogue *c, CatalogueNamedKind kind, size_t index, Str name)
{
	size_t *at = str_map_at(c->arena, &c->by_name, name);
	*vec_add(c->arena, &c->named) = (CatalogueNamed){kind, index, *at};
	*at = c->named.count - 1;
}

/* One row's cells. */
typedef struct Row {
	char kind;
	Str schema, name, oid, details;
} Row;

static void add_relation(Catalogue *c, const Row *row, const Json *details)
{
	const Json *item = json_first(details);
	CatalogueRelation relation = {
		.kind = row->kind, .schema = row->schema, .name = row->name, .oid = row->oid};
	relation.flags = next_text(c, &item);
	read_columns(c, item, &relation.columns);
	*str_map_at(c->arena, &c->by_oid, relation.oid) = c->relations.count;
	add_named(c, CATALOGUE_RELATION, c->relations.count, relation.name);
	*vec_add(c->arena, &c->relations) = relation;
}

static void add_composite(Catalogue *c, const Row *row, const Json *details)
{
	CatalogueComposite composite = {.schema = row->schema, .name = row->name};
	read_columns(c, details, &composite.columns);
	if (!composite.columns.count)
		return;
	add_named(c, CATALOGUE_COMPOSITE, c->composites.count, composite.name);
	*vec_add(c->arena, &c->composites) = composite;
}

static void add_enum(Catalogue *c, const Row *row, const Json *details)
{
	CatalogueEnum labels = {.schema = row->schema, .name = row->name};
	read_names(c, details, &labels.labels);
	if (!labels.labels.count)
		return; /* generators do not see a type that has nothing */
	add_named(c, CATALOGUE_ENUM, c->enums.count, labels.name);
	*vec_add(c->arena, &c->enums) = labels;
}

static void add_key(Catalogue *c, const Row *row, const Json *details)
{
	const Json *item = json_first(details);
	CatalogueKey key = {.schema = row->schema, .name = row->name, .relation = row->oid};
	key.target = next_text(c, &item);
	key.unique = first_of(next_text(c, &item));
	read_names(c, item, &key.columns);
	read_names(c, item ? json_next(item) : NULL, &key.target_columns);
	*vec_add(c->arena, &c->keys) = key;
}

static size_t number_of(Str text)
{
	size_t number = 0;
	for (size_t i = 0; i < text.len && i < 9; i++)
		number = number * 10 + (size_t)(text.ptr[i] - '0');
	return number;
}

static void read_arguments(Catalogue *c, const Json *list, CatalogueFunction *out)
{
	for (const Json *item = json_first(list); item; item = json_next(item)) {
		const Json *cell = json_first(item);
		CatalogueArgument *argument = vec_add(c->arena, &out->arguments);
		argument->mode = first_of(next_text(c, &cell));
		argument->name = next_text(c, &cell);
		argument->type.name = next_text(c, &cell);
		argument->type.schema = next_text(c, &cell);
		argument->relkind = first_of(next_text(c, &cell));
	}
}

static void add_function(Catalogue *c, const Row *row, const Json *details)
{
	const Json *item = json_first(details);
	CatalogueFunction function = {.schema = row->schema, .name = row->name};
	function.defaults = number_of(next_text(c, &item));
	function.flags = next_text(c, &item);
	function.result.name = next_text(c, &item);
	function.result.schema = next_text(c, &item);
	function.relkind = first_of(next_text(c, &item));
	read_arguments(c, item, &function);
	*vec_add(c->arena, &c->functions) = function;
}

static void add_row(Catalogue *c, const Row *row, const Json *details)
{
	switch (row->kind) {
	case 'c':
		add_composite(c, row, details);
		break;
	case 'e':
		add_enum(c, row, details);
		break;
	case 'k':
		add_key(c, row, details);
		break;
	case 'F':
		add_function(c, row, details);
		break;
	default:
		add_relation(c, row, details);
	}
}

/* Enums, keys and views of other schemas may be named by those that are covered. */
static bool is_wanted(const Catalogue *c, const Row *row)
{
	return str_contains(STR("ekw"), (Str){&row->kind, 1}) || catalogue_covers(c, row->schema);
}

static bool read_row(Catalogue *c, const Row *row)
{
	if (!is_wanted(c, row))
		return true;
	if (row->kind == 'n')
		*vec_add(c->arena, &c->found) = row->schema;
	if (row->kind == 'n' && catalogue_has(row->details, SCHEMA_QUOTED))
		*vec_add(c->arena, &c->quoted) = row->schema;
	if (row->kind == 'w')
		*vec_add(c->arena, &c->views) = (CatalogueView){row->oid, row->details};
	if (row->kind == 'n' || row->kind == 'w')
		return true;
	AUTO_JSON details = json_parse(row->details, NULL);
	if (!details)
		return false;
	add_row(c, row, details);
	return true;
}

bool catalogue_rows_read(
	Arena *arena, const CatalogueAnswer *answer, const Names *schemas, Catalogue *out)
{
	*out = (Catalogue){.arena = arena, .schemas = schemas};
	for (size_t i = 0; i < answer->rows; i++) {
		const Str *cells = answer->cells + i * CATALOGUE_CELLS;
		const Row row = {first_of(cells[0]), cells[1], cells[2], cells[3], cells[4]};
		if (!row.kind || !str_contains(STR("nrpfvmcekwF"), (Str){&row.kind, 1}) ||
			!read_row(out, &row))
			return false;
	}
	return true;
}

bool catalogue_has(Str flags, char flag)
{
	return flags.len && memchr(flags.ptr, flag, flags.len);
}

bool catalogue_covers(const Catalogue *catalogue, Str schema)
{
	return names_have(catalogue->schemas, schema);
}

bool catalogue_is_quoted(const Catalogue *catalogue, Str schema)
{
	return names_have(&catalogue->quoted, schema);
}

const CatalogueRelation *catalogue_relation(const Catalogue *catalogue, Str oid)
{
	const size_t *at = str_map_find(&catalogue->by_oid, oid);
	return at ? &catalogue->relations.items[*at] : NULL;
}

Str catalogue_named_schema(const Catalogue *catalogue, const CatalogueNamed *named)
{
	switch (named->kind) {
	case CATALOGUE_RELATION:
		return catalogue->relations.items[named->index].schema;
	case CATALOGUE_COMPOSITE:
		return catalogue->composites.items[named->index].schema;
	case CATALOGUE_ENUM:
		break;
	}
	return catalogue->enums.items[named->index].schema;
}

bool catalogue_is_view(const CatalogueRelation *relation)
{
	return relation->kind == 'v' || relation->kind == 'm';
}
