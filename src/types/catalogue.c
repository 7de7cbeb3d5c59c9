#include "types/catalogue.h"

#include "types/functions.h"
#include "types/lineage.h"
#include "types/mapping.h"
#include "types/relations.h"

static void add_enums(const Catalogue *c, TypesModel *model)
{
	for (size_t i = 0; i < c->enums.count; i++) {
		const CatalogueEnum *labels = &c->enums.items[i];
		if (!catalogue_covers(c, labels->schema))
			continue;
		TypesObject object = {
			.section = TYPES_ENUMS, .schema = labels->schema, .name = labels->name};
		TypesPart *part = vec_add(c->arena, &object.parts);
		*part = (TypesPart){.kind = TYPES_LABELS, .has_members = true};
		for (size_t k = 0; k < labels->labels.count; k++)
			*vec_add(c->arena, &part->members) =
				(TypesMember){.name = labels->labels.items[k]};
		*vec_add(c->arena, &model->objects) = object;
	}
}

/* An attribute has no NOT NULL. */
static void add_composites(const Catalogue *c, TypesModel *model)
{
	for (size_t i = 0; i < c->composites.count; i++) {
		const CatalogueComposite *composite = &c->composites.items[i];
		TypesObject object = {.section = TYPES_COMPOSITES,
			.schema = composite->schema,
			.name = composite->name};
		TypesPart *part = vec_add(c->arena, &object.parts);
		*part = (TypesPart){.kind = TYPES_ATTRIBUTES, .has_members = true};
		for (size_t k = 0; k < composite->columns.count; k++) {
			const CatalogueColumn *column = &composite->columns.items[k];
			*vec_add(c->arena, &part->members) = mapping_member(c, column->type,
				(TypesMember){.name = column->name, .nullable = true});
		}
		*vec_add(c->arena, &model->objects) = object;
	}
}

bool types_catalogue_read(
	Arena *arena, const CatalogueAnswer *answer, const Names *schemas, TypesModel *out)
{
	Catalogue catalogue;
	*out = (TypesModel){0};
	if (!catalogue_rows_read(arena, answer, schemas, &catalogue))
		return false;
	mapping_begin(&catalogue);
	for (size_t i = 0; i < catalogue.found.count; i++)
		*vec_add(arena, &out->schemas) = (TypesSchema){.name = catalogue.found.items[i]};
	for (size_t i = 0; i < catalogue.relations.count; i++)
		*vec_add(arena, &out->objects) =
			relations_object(&catalogue, &catalogue.relations.items[i]);
	lineage_add(&catalogue, out);
	functions_add(&catalogue, out);
	add_enums(&catalogue, out);
	add_composites(&catalogue, out);
	return true;
}
