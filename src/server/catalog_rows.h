/* The answer to server/catalog_read's question as data: rows of a section's name and a JSON object
 * of ours. Nothing is asked here. */
#ifndef SERVER_CATALOG_ROWS_H
#define SERVER_CATALOG_ROWS_H

#include "schema/catalog.h"

/* Adds one row to `catalog`; texts are copied. False if it is none of ours. */
bool catalog_add_row(Arena *arena, Catalog *catalog, Str section, Str json);

#endif
