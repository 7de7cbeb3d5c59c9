/* The pairs of a mapping while it is read, as properties of a JavaScript object: found by name, put
 * by merge keys, sorted at the end. No libyaml in here. */
#ifndef WRAP_YAML_OBJECT_H
#define WRAP_YAML_OBJECT_H

#include "base/vec.h"
#include "wrap/yaml_node.h"

typedef struct YamlEntry {
	YamlPair pair;
	size_t order; /* of its creation */
	uint32_t index; /* as an array index */
	bool is_index;
	bool merged; /* an explicit key may still replace it */
} YamlEntry;

typedef struct YamlObject {
	VEC(YamlEntry) entries;
	size_t *slots; /* by hash: number of an entry, from 1 */
	size_t slot_count;
} YamlObject;

/* Adds a property, or replaces a merged one, at its place. False if it was there explicitly. */
bool yaml_object_put(Arena *arena, YamlObject *object, YamlPair pair);
/* Adds a property unless it is there. */
void yaml_object_merge(Arena *arena, YamlObject *object, YamlPair pair);
/* Gives the mapping its weight and its pairs, in ECMA-262's order (OrdinaryOwnPropertyKeys). */
void yaml_object_finish(Arena *arena, YamlObject *object, YamlNode *mapping);

#endif
