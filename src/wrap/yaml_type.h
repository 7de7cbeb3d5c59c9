/* The types of scalars, as js-yaml 4.1.0 tells them (lib/type). No libyaml in here. */
#ifndef WRAP_YAML_TYPE_H
#define WRAP_YAML_TYPE_H

#include "wrap/yaml_node.h"

/* Kind of a plain scalar without a tag. */
YamlKind yaml_type_plain(Str text);

/* Does a scalar with this text fit the kind that a tag demands? */
bool yaml_type_fits(YamlKind kind, Str text);

/* What String() makes of a scalar that is a key. A timestamp stays as it is written: JavaScript
 * would name it in the runner's time zone. */
Str yaml_type_name(Arena *arena, YamlKind kind, Str text);

/* Is it an array index, which JavaScript sorts before other properties (ECMA-262,
 * OrdinaryOwnPropertyKeys)? */
bool yaml_type_index(Str name, uint32_t *index);

#endif
