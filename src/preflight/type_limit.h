/* Types that do not take each value of their kind: those with a length, and numbers. */
#ifndef PREFLIGHT_TYPE_LIMIT_H
#define PREFLIGHT_TYPE_LIMIT_H

#include "schema/catalog.h"

/* "character varying(30)": 30; 0 if it is no such type. */
long type_limit_length(Str type);
bool type_limit_is(Str type);
bool type_limit_has_any(const CatalogRelation *table);
/* May the constant, as SQL, not fit? Of most nothing has to be asked. */
bool type_limit_may_refuse(Str value, Str type);

#endif
