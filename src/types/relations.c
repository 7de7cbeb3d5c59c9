#include "types/relations.h"

#include "types/mapping.h"

static bool is_nullable(const CatalogueRelation *relation, const CatalogueColumn *column)
{
	return catalogue_is_view(relation) || !catalogue_has(column->flags, COLUMN_NOT_NULL);
}

/* As the column is read. Of a view, some generators derive NOT NULL from the column below it. */
static TypesMember plain_member(
	const Catalogue *c, const CatalogueRelation *relation, const CatalogueColumn *column)
{
	TypesMember member = {.name = column->name, .nullable = is_nullable(relation, column)};
	member = mapping_member(c, column->type, member);
	if (catalogue_is_view(relation))
		member.allows |= TYPES_ALLOW_NULL;
	if (catalogue_has(column->flags, COLUMN_INVISIBLE))
		member.allows |= TYPES_ALLOW_ABSENT;
	if (str_equal(member.type, STR("Json")))
		member.allows |= TYPES_ALLOW_NON_NULLABLE;
	return member;
}

static TypesMember never_member(TypesMember member)
{
	member.type = STR("never");
	member.others = NULL;
	member.optional = true;
	member.nullable = false;
	return member;
}

/* As a table's column is written. What has generated columns as any others is a generator of old.
 */
static TypesMember table_written(
	const Catalogue *c, const CatalogueColumn *column, TypesMember member, TypesPartKind part)
{
	bool given = catalogue_has(column->flags, COLUMN_IDENTITY) ||
		     catalogue_has(column->flags, COLUMN_HAS_DEFAULT);
	member.optional = part == TYPES_UPDATE || member.nullable || given;
	if (catalogue_has(column->flags, COLUMN_IDENTITY_ALWAYS))
		return never_member(member);
	if (!catalogue_has(column->flags, COLUMN_GENERATED))
		return member;
	TypesMember never = never_member(member);
	never.others = types_other_add(c->arena, member.type, member.others);
	never.allows |= TYPES_ALLOW_OPTIONAL | TYPES_ALLOW_NULL;
	return never;
}

static TypesMember view_written(
	const CatalogueRelation *view, const CatalogueColumn *column, TypesMember member)
{
	member.optional = true;
	if (catalogue_has(view->flags, RELATION_BY_TRIGGER))
		member.allows |= TYPES_ALLOW_NEVER;
	else if (!catalogue_has(column->flags, COLUMN_UPDATABLE))
		return never_member(member);
	return member;
}

static TypesPart *add_part(const Catalogue *c, TypesObject *object, TypesPartKind kind)
{
	TypesPart *part = vec_add(c->arena, &object->parts);
	part->kind = kind;
	part->has_members = true;
	return part;
}

void relations_add_row(
	const Catalogue *catalogue, const CatalogueRelation *relation, TypesPart *part)
{
	for (size_t i = 0; i < relation->columns.count; i++)
		*vec_add(catalogue->arena, &part->members) =
			plain_member(catalogue, relation, &relation->columns.items[i]);
}

static void add_written(const Catalogue *c, const CatalogueRelation *relation, TypesObject *object,
	TypesPartKind kind)
{
	TypesPart *part = add_part(c, object, kind);
	if (catalogue_has(relation->flags, RELATION_BY_TRIGGER))
		part->whole.allows = TYPES_ALLOW_ABSENT;
	for (size_t i = 0; i < relation->columns.count; i++) {
		const CatalogueColumn *column = &relation->columns.items[i];
		TypesMember member = plain_member(c, relation, column);
		*vec_add(c->arena, &part->members) =
			catalogue_is_view(relation) ? view_written(relation, column, member)
						    : table_written(c, column, member, kind);
	}
}

static bool takes(const CatalogueRelation *relation, char flag)
{
	return !catalogue_is_view(relation) || catalogue_has(relation->flags, flag) ||
	       catalogue_has(relation->flags, RELATION_BY_TRIGGER);
}

TypesObject relations_object(const Catalogue *catalogue, const CatalogueRelation *relation)
{
	TypesObject object = {.section = catalogue_is_view(relation) ? TYPES_VIEWS : TYPES_TABLES,
		.schema = relation->schema,
		.name = relation->name,
		.allows = catalogue_has(relation->flags, RELATION_INVISIBLE) ? TYPES_ALLOW_ABSENT
									     : 0};
	relations_add_row(catalogue, relation, add_part(catalogue, &object, TYPES_ROW));
	if (takes(relation, RELATION_INSERTABLE))
		add_written(catalogue, relation, &object, TYPES_INSERT);
	if (takes(relation, RELATION_UPDATABLE))
		add_written(catalogue, relation, &object, TYPES_UPDATE);
	add_part(catalogue, &object, TYPES_RELATIONSHIPS);
	return object;
}
