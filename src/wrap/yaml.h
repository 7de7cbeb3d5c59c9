/* libyaml: a document as a tree, with the types and the rules of js-yaml 4.1.0's default schema,
 * which is what paths-filter reads filters with: YAML 1.2 core, merge keys, timestamps, binary,
 * omap, pairs and set. Yes, no, on and off are strings; 0x1F, 1.5, ~ and 2024-01-01 are not.
 *
 * A tree and its texts live in the arena. Aliases share nodes, so a tree is a graph without loops:
 * what walks it may meet a node often, but never more than YAML_MAX_NODES of them all in all. The
 * columns of nodes and errors count characters from 1, the lines too.
 *
 * Refused here, and not by js-yaml: names of anchors with other characters than letters, digits, -
 * and _; keys above 1,024 characters; keys that are lists or maps; a tab after a dash or in front
 * of a continued line; [a:] and [:a]; directives other than YAML 1.1, 1.2 and TAG; U+007F; U+0085,
 * U+2028 and U+2029 outside of escapes (ends of lines in YAML 1.1); and a string that begins with ?
 * in a flow collection, which libyaml takes for a key. Where js-yaml departs from YAML (an empty
 * item at the end of a nested list, white space at a line's end inside of quotes, `---a`), it is
 * not followed. */
#ifndef WRAP_YAML_H
#define WRAP_YAML_H

#include "base/err.h"
#include "wrap/yaml_node.h"

enum {
	YAML_MAX_SIZE = 1 << 20, /* bytes of a document */
	YAML_MAX_DEPTH = 64, /* nested collections */
	YAML_MAX_ANCHORS = 1000,
	YAML_MAX_NODES = 300000 /* of the tree with all aliases written out */
};

/* The one document in `text` (UTF-8; a byte order mark and CRLF are accepted). No document at all
 * is a null. One error, of kind ERR_INPUT, with line and column and without a file. */
bool yaml_parse(Arena *arena, Str text, YamlNode **root, Err *err);

/* Version of the library. */
const char *yaml_library_version(void);

#endif
