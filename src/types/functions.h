/* Functions of a catalogue as objects of the model, with all signatures of a name; and the fields
 * of rows that some of them compute. Pure. */
#ifndef TYPES_FUNCTIONS_H
#define TYPES_FUNCTIONS_H

#include "types/catalogue_rows.h"
#include "types/model.h"

/* Adds an object for each name. `objects` are those of the catalogue's relations, in its order:
 * computed fields are added to them. */
void functions_add(const Catalogue *catalogue, TypesModel *model);

#endif
