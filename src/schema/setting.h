/* What a parameter can be set to, as far as its type says: units, bounds, names. What a check of
 * its own refuses beside that is not known here. */
#ifndef SCHEMA_SETTING_H
#define SCHEMA_SETTING_H

#include "schema/catalog.h"

/* Is the value surely refused? */
bool setting_refuses(const CatalogSetting *setting, Str value);
/* Is it surely none that is between the two (empty: without a bound)? `unit`: "ms", "8kB"; empty:
 * none is taken. */
bool setting_is_no_number(Str text, Str min, Str max, Str unit);
bool setting_is_boolean(Str text);

/* Does it change neither what names mean nor what an expression gives, whatever it is set to? */
bool setting_is_neutral(Str name);

/* An option of a table's storage: is there one of the name? */
bool setting_is_storage(Str name);
/* Is the value surely refused? */
bool setting_refuses_storage(Str name, Str value);

#endif
