/* A YAML document as a tree: what wrap/yaml gives, and its helpers work on. */
#ifndef WRAP_YAML_NODE_H
#define WRAP_YAML_NODE_H

#include "base/str.h"

typedef enum YamlKind {
	YAML_KIND_NULL,
	YAML_KIND_BOOL,
	YAML_KIND_INT,
	YAML_KIND_FLOAT,
	YAML_KIND_TIMESTAMP,
	YAML_KIND_BINARY,
	YAML_KIND_STRING,
	YAML_KIND_SEQUENCE,
	YAML_KIND_MAPPING
} YamlKind;

typedef struct YamlNode YamlNode;

typedef struct YamlPair {
	Str name; /* the key as a property of a JavaScript object: 0x10 is "16" */
	YamlNode *key, *value;
} YamlPair;

struct YamlNode {
	YamlKind kind;
	Str text; /* of a scalar, as it is written, escapes undone */
	size_t line, col;
	YamlNode **items; /* of a sequence */
	YamlPair *pairs; /* of a mapping, in the order of a JavaScript object's properties: whole
			    numbers first, ascending; then the others as they were added */
	size_t count; /* of items or pairs */
	size_t weight; /* nodes in it, itself included, with aliases written out */
};

#endif
