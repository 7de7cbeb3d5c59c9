/* Tables and views of a catalogue as objects of the model: Row, Insert, Update. Pure. */
#ifndef TYPES_RELATIONS_H
#define TYPES_RELATIONS_H

#include "types/catalogue_rows.h"
#include "types/model.h"

TypesObject relations_object(const Catalogue *catalogue, const CatalogueRelation *relation);
/* Adds the members of the relation's rows, as Row and functions that return it have them. */
void relations_add_row(
	const Catalogue *catalogue, const CatalogueRelation *relation, TypesPart *part);

#endif
