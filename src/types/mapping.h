/* From a type of the database to one of TypeScript, by the rules of the generators. Pure. */
#ifndef TYPES_MAPPING_H
#define TYPES_MAPPING_H

#include "types/catalogue_rows.h"
#include "types/model.h"

/* Before anything is mapped. */
void mapping_begin(Catalogue *catalogue);
/* A member's type: `type`, `others` and what is allowed because of it; everything else is as in
 * `member`. */
TypesMember mapping_member(const Catalogue *catalogue, CatalogueType type, TypesMember member);

/* Database["schema"]["Tables"]["name"]["Row"] */
Str mapping_row(Arena *arena, const CatalogueRelation *relation);

#endif
