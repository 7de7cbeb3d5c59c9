/* The model of a database from its catalogue. Pure: server/types_read has the question. */
#ifndef TYPES_CATALOGUE_H
#define TYPES_CATALOGUE_H

#include "types/catalogue_rows.h"
#include "types/model.h"

/* Builds the model of these schemas, as generators see them; schemas that there are not are left
 * out. False: it is no such answer. The answer's and the names' memory has to live as long. */
bool types_catalogue_read(
	Arena *arena, const CatalogueAnswer *answer, const Names *schemas, TypesModel *out);

#endif
