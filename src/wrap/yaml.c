#include "wrap/yaml.h"

#include "base/vec.h"
#include "wrap/yaml_hint.h"
#include "wrap/yaml_object.h"
#include "wrap/yaml_type.h"

#include <string.h>
#include <yaml.h>

enum {
	MAX_OMAP = 1000 /* entries: they are compared with each other */
};

typedef struct Anchor {
	Str name;
	YamlNode *node; /* NULL as long as its node is open */
} Anchor;

typedef struct Loader {
	Arena *arena;
	Err *err;
	Str text;
	yaml_parser_t parser;
	yaml_event_t event; /* the current one; deleted when the next is read */
	VEC(Anchor) anchors;
	size_t depth;
	size_t nodes; /* made, with aliases written out */
	size_t chars, bytes; /* a place in the text, counted in both */
} Loader;

/* ---- errors ---- */

/* Line and column from 0. Adds the hint that fits. */
static bool fail_at(Loader *loader, size_t line, size_t col, Str message)
{
	Fault *fault = err_add(loader->err, ERR_INPUT, "%.*s", STR_ARG(message));
	fault->line = line + 1;
	fault->col = col + 1;
	fault->hint = yaml_hint(loader->err->arena, yaml_hint_line(loader->text, line), col);
	return false;
}

static bool fail_event(Loader *loader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static bool fail_event(Loader *loader, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str message = str_vformat(loader->arena, format, args);
	va_end(args);
	yaml_mark_t mark = loader->event.start_mark;
	return fail_at(loader, mark.line, mark.column, message);
}

static bool fail_node(Loader *loader, const YamlNode *node, Str message)
{
	return fail_at(loader, node->line - 1, node->col - 1, message);
}

/* Line and column of a byte, and an error there. */
static bool fail_byte(Loader *loader, size_t offset, Str message)
{
	size_t line = 0, start = 0;
	Str text = str_head(loader->text, offset);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n' ||
			(text.ptr[i] == '\r' && !str_starts(str_skip(text, i), STR("\r\n")))) {
			line++;
			start = i + 1;
		}
	return fail_at(loader, line, str_utf8_count(str_skip(text, start)), message);
}

/* libyaml's own sentence. It looks for the end of an alias, a tag or a flow collection before it
 * gives up: the place of interest is then where that began. */
static bool fail_parser(Loader *loader)
{
	const yaml_parser_t *parser = &loader->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		arena_exhausted();
	Str problem = str_from(parser->problem), context = str_from(parser->context);
	if (parser->error == YAML_READER_ERROR)
		return fail_byte(loader, parser->problem_offset,
			str_format(loader->arena, "invalid YAML: %.*s", STR_ARG(problem)));
	yaml_mark_t mark = parser->problem_mark;
	Str line = yaml_hint_line(loader->text, parser->context_mark.line);
	bool same = context.len && parser->context_mark.line == mark.line;
	if (same && yaml_hint_is_special(
			    str_skip(line, str_utf8_offset(line, parser->context_mark.column))))
		mark = parser->context_mark;
	if (yaml_hint_has_tab(yaml_hint_line(loader->text, mark.line)))
		return fail_at(loader, mark.line, mark.column,
			STR("invalid YAML: a tab character is used as indentation"));
	Str message = str_format(loader->arena, "invalid YAML: %.*s%s%.*s", STR_ARG(problem),
		context.len ? " " : "", STR_ARG(context));
	return fail_at(loader, mark.line, mark.column, message);
}

/* ---- events ---- */

static bool next_event(Loader *loader)
{
	yaml_event_delete(&loader->event);
	memset(&loader->event, 0, sizeof loader->event);
	return yaml_parser_parse(&loader->parser, &loader->event) || fail_parser(loader);
}

static bool count_nodes(Loader *loader, size_t count)
{
	loader->nodes += count;
	if (loader->nodes <= YAML_MAX_NODES)
		return true;
	return fail_event(
		loader, "the document has more than %d nodes, aliases written out", YAML_MAX_NODES);
}

static YamlNode *node_new(Loader *loader, YamlKind kind)
{
	YamlNode *node = arena_new(loader->arena, YamlNode);
	node->kind = kind;
	node->weight = 1;
	node->line = loader->event.start_mark.line + 1;
	node->col = loader->event.start_mark.column + 1;
	return node;
}

/* The text from the begin of the current node on. Marks count characters, and only go forward. */
static Str text_at_event(Loader *loader)
{
	size_t index = loader->event.start_mark.index;
	if (index > loader->chars) {
		Str rest = str_skip(loader->text, loader->bytes);
		loader->bytes += str_utf8_offset(rest, index - loader->chars);
		loader->chars = index;
	}
	return index == loader->chars ? str_skip(loader->text, loader->bytes) : (Str){0};
}

/* Does a question mark touch the current node, a key? libyaml takes `[?x]` for a map with the key
 * x, js-yaml for the pattern ?x. */
static bool follows_question_mark(Loader *loader)
{
	Str text = text_at_event(loader);
	return text.len && loader->bytes && text.ptr[-1] == '?' && !strchr(" \t\r\n", text.ptr[0]);
}

/* libyaml takes `&a:` for the anchor a and a colon, js-yaml for the anchor `a:`. */
static bool has_clean_name(Loader *loader, Str name)
{
	Str text = text_at_event(loader);
	if (!text.len || (text.ptr[0] != '&' && text.ptr[0] != '*'))
		return true;
	Str rest = str_skip(text, 1 + name.len);
	if (!rest.len || strchr(" \t\r\n,[]{}", rest.ptr[0]))
		return true;
	return fail_event(loader,
		"invalid YAML: the name after %c is %.*s%c…: letters, digits, - and _ only",
		text.ptr[0], STR_ARG(name), rest.ptr[0]);
}

/* ---- tags ---- */

typedef struct Tag {
	const char *name;
	YamlKind kind; /* of the result */
	enum {
		SHAPE_PLAIN,
		SHAPE_PAIRS,
		SHAPE_OMAP,
		SHAPE_SET
	} shape;
} Tag;

static const Tag TAGS[] = {
	{"null", YAML_KIND_NULL, SHAPE_PLAIN},
	{"bool", YAML_KIND_BOOL, SHAPE_PLAIN},
	{"int", YAML_KIND_INT, SHAPE_PLAIN},
	{"float", YAML_KIND_FLOAT, SHAPE_PLAIN},
	{"timestamp", YAML_KIND_TIMESTAMP, SHAPE_PLAIN},
	{"binary", YAML_KIND_BINARY, SHAPE_PLAIN},
	{"str", YAML_KIND_STRING, SHAPE_PLAIN},
	{"seq", YAML_KIND_SEQUENCE, SHAPE_PLAIN},
	{"map", YAML_KIND_MAPPING, SHAPE_PLAIN},
	{"pairs", YAML_KIND_SEQUENCE, SHAPE_PAIRS},
	{"omap", YAML_KIND_SEQUENCE, SHAPE_OMAP},
	{"set", YAML_KIND_MAPPING, SHAPE_SET},
};

/* A tag by its full name. NULL is an error that has been added. */
static const Tag *find_tag(Loader *loader, const yaml_char_t *name)
{
	Str tag = str_from((const char *)name), prefix = STR("tag:yaml.org,2002:");
	if (str_starts(tag, prefix))
		for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
			if (str_equal(str_skip(tag, prefix.len), str_from(TAGS[i].name)))
				return &TAGS[i];
	fail_event(loader, "invalid YAML: there is no tag %.*s", STR_ARG(tag));
	return NULL;
}

static bool is_collection(YamlKind kind)
{
	return kind == YAML_KIND_SEQUENCE || kind == YAML_KIND_MAPPING;
}

/* A list of maps with one pair each; with !!omap, of different names. */
static bool is_pairs(const YamlNode *list, bool distinct)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i]->kind != YAML_KIND_MAPPING || list->items[i]->count != 1)
			return false;
		for (size_t k = 0; distinct && k < i; k++)
			if (str_equal(list->items[k]->pairs->name, list->items[i]->pairs->name))
				return false;
	}
	return !distinct || list->count <= MAX_OMAP;
}

static bool is_set(const YamlNode *map)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->pairs[i].value->kind != YAML_KIND_NULL)
			return false;
	return true;
}

/* `!!pairs [{a: b}]` is [[a, b]], as js-yaml makes it. */
static void split_pairs(Loader *loader, YamlNode *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const YamlNode *item = list->items[i];
		YamlNode *pair = node_new(loader, YAML_KIND_SEQUENCE);
		YamlNode *name = node_new(loader, YAML_KIND_STRING);
		name->text = item->pairs->name;
		pair->line = name->line = item->line;
		pair->col = name->col = item->col;
		pair->count = 2;
		pair->items = arena_array(loader->arena, YamlNode *, 2);
		pair->items[0] = name;
		pair->items[1] = item->pairs->value;
		pair->weight = item->weight;
		list->items[i] = pair;
	}
}

/* A tag of a list or map. */
static bool apply_tag(Loader *loader, const Tag *tag, YamlNode *node)
{
	bool fits = tag->kind == node->kind;
	if (fits && tag->shape == SHAPE_SET)
		fits = is_set(node);
	else if (fits && tag->shape != SHAPE_PLAIN)
		fits = is_pairs(node, tag->shape == SHAPE_OMAP);
	if (!fits)
		return fail_node(loader, node,
			str_format(loader->arena,
				"invalid YAML: the value does not fit the tag !!%s", tag->name));
	if (tag->shape == SHAPE_PAIRS)
		split_pairs(loader, node);
	return true;
}

/* ---- scalars and aliases ---- */

static bool compose_scalar(Loader *loader, YamlNode **out)
{
	const yaml_char_t *tag_name = loader->event.data.scalar.tag;
	bool plain = loader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	YamlNode *node = node_new(loader, YAML_KIND_STRING);
	Str text = {
		(const char *)loader->event.data.scalar.value, loader->event.data.scalar.length};
	bool empty = plain && !text.len;
	node->text = text = str_copy(loader->arena, text);
	*out = node;
	if (!tag_name || strcmp((const char *)tag_name, "!") == 0) {
		if (empty || (plain && !tag_name))
			node->kind = yaml_type_plain(text);
		return true;
	}
	const Tag *tag = find_tag(loader, tag_name);
	if (!tag)
		return false;
	node->kind = tag->kind;
	bool may_be_empty = tag->kind == YAML_KIND_NULL || tag->kind == YAML_KIND_STRING ||
			    is_collection(tag->kind);
	if (empty ? may_be_empty : !is_collection(tag->kind) && yaml_type_fits(tag->kind, text))
		return true;
	return fail_event(loader, "invalid YAML: the value does not fit the tag !!%s", tag->name);
}

static bool compose_alias(Loader *loader, YamlNode **out)
{
	Str name = str_from((const char *)loader->event.data.alias.anchor);
	if (!has_clean_name(loader, name))
		return false;
	for (size_t i = loader->anchors.count; i-- > 0;) {
		const Anchor *anchor = &loader->anchors.items[i];
		if (!str_equal(anchor->name, name))
			continue;
		if (!anchor->node)
			return fail_event(
				loader, "the alias *%.*s is inside what it names", STR_ARG(name));
		*out = anchor->node;
		return count_nodes(loader, anchor->node->weight);
	}
	return fail_event(loader, "invalid YAML: there is no anchor &%.*s for the alias *%.*s",
		STR_ARG(name), STR_ARG(name));
}

/* ---- mappings ---- */

/* Adds a key, or replaces one that came by a merge. */
static bool put_pair(Loader *loader, YamlObject *object, YamlPair pair)
{
	if (yaml_object_put(loader->arena, object, pair))
		return true;
	Str message =
		str_format(loader->arena, "the key '%.*s' is there twice", STR_ARG(pair.name));
	return fail_node(loader, pair.key, message);
}

static bool merge_one(Loader *loader, YamlObject *object, const YamlNode *source)
{
	if (source->kind != YAML_KIND_MAPPING)
		return fail_event(loader, "only a map can be merged by <<");
	if (!count_nodes(loader, source->count))
		return false;
	for (size_t i = 0; i < source->count; i++)
		yaml_object_merge(loader->arena, object, source->pairs[i]);
	return true;
}

static bool merge(Loader *loader, YamlObject *object, const YamlNode *value)
{
	if (value->kind != YAML_KIND_SEQUENCE)
		return merge_one(loader, object, value);
	for (size_t i = 0; i < value->count; i++)
		if (!merge_one(loader, object, value->items[i]))
			return false;
	return true;
}

/* ---- the tree ---- */

static bool compose(Loader *loader, YamlNode **out);

/* A key; `merges` tells whether it is a plain <<. */
static bool compose_key(Loader *loader, YamlPair *pair, bool *merges)
{
	*merges = loader->event.type == YAML_SCALAR_EVENT && !loader->event.data.scalar.tag &&
		  loader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		  strcmp((const char *)loader->event.data.scalar.value, "<<") == 0;
	if (follows_question_mark(loader))
		return fail_event(
			loader, "a string in [...] or {...} that begins with ? needs quotes");
	if (!compose(loader, &pair->key))
		return false;
	if (is_collection(pair->key->kind))
		return fail_node(loader, pair->key, STR("a list or map cannot be a key here"));
	pair->name = yaml_type_name(loader->arena, pair->key->kind, pair->key->text);
	return true;
}

static bool compose_mapping(Loader *loader, YamlNode *node)
{
	YamlObject object = {0};
	for (;;) {
		YamlPair pair;
		bool merges;
		if (!next_event(loader))
			return false;
		if (loader->event.type == YAML_MAPPING_END_EVENT)
			break;
		if (!compose_key(loader, &pair, &merges) || !next_event(loader) ||
			!compose(loader, &pair.value))
			return false;
		if (merges ? !merge(loader, &object, pair.value) : !put_pair(loader, &object, pair))
			return false;
	}
	yaml_object_finish(loader->arena, &object, node);
	return true;
}

static bool compose_sequence(Loader *loader, YamlNode *node)
{
	VEC(YamlNode *) items = {0};
	for (;;) {
		YamlNode *item;
		if (!next_event(loader))
			return false;
		if (loader->event.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (!compose(loader, &item))
			return false;
		*vec_add(loader->arena, &items) = item;
		node->weight += item->weight;
	}
	node->items = items.items;
	node->count = items.count;
	return true;
}

/* A list or map that has just begun, up to its end. */
static bool compose_collection(Loader *loader, bool list, YamlNode **out)
{
	const yaml_char_t *name =
		list ? loader->event.data.sequence_start.tag : loader->event.data.mapping_start.tag;
	const Tag *tag = NULL;
	if (name && strcmp((const char *)name, "!") != 0 && !(tag = find_tag(loader, name)))
		return false;
	if (loader->depth == YAML_MAX_DEPTH)
		return fail_event(
			loader, "lists and maps are nested more than %d deep", YAML_MAX_DEPTH);
	YamlNode *node = node_new(loader, list ? YAML_KIND_SEQUENCE : YAML_KIND_MAPPING);
	loader->depth++;
	if (list ? !compose_sequence(loader, node) : !compose_mapping(loader, node))
		return false;
	loader->depth--;
	*out = node;
	return !tag || apply_tag(loader, tag, node);
}

/* The name that the current event gives its node, or NULL. */
static const yaml_char_t *event_anchor(const yaml_event_t *event)
{
	if (event->type == YAML_SCALAR_EVENT)
		return event->data.scalar.anchor;
	if (event->type == YAML_SEQUENCE_START_EVENT)
		return event->data.sequence_start.anchor;
	return event->type == YAML_MAPPING_START_EVENT ? event->data.mapping_start.anchor : NULL;
}

/* The node that begins with the current event. */
static bool compose(Loader *loader, YamlNode **out)
{
	yaml_event_type_t type = loader->event.type;
	if (type == YAML_ALIAS_EVENT)
		return compose_alias(loader, out);
	if (!count_nodes(loader, 1))
		return false;
	const yaml_char_t *name = event_anchor(&loader->event);
	if (name && !has_clean_name(loader, str_from((const char *)name)))
		return false;
	size_t anchor = loader->anchors.count;
	if (name && anchor == YAML_MAX_ANCHORS)
		return fail_event(loader, "more than %d anchors", YAML_MAX_ANCHORS);
	if (name)
		vec_add(loader->arena, &loader->anchors)->name =
			str_copy(loader->arena, str_from((const char *)name));
	if (type == YAML_SCALAR_EVENT
			? !compose_scalar(loader, out)
			: !compose_collection(loader, type == YAML_SEQUENCE_START_EVENT, out))
		return false;
	if (name)
		loader->anchors.items[anchor].node = *out;
	return true;
}

static bool skip_events(Loader *loader, size_t count)
{
	while (count-- > 0)
		if (!next_event(loader))
			return false;
	return true;
}

static bool compose_document(Loader *loader, YamlNode **root)
{
	if (!skip_events(loader, 2)) /* the stream begins, and a document */
		return false;
	if (loader->event.type == YAML_STREAM_END_EVENT) {
		*root = node_new(loader, YAML_KIND_NULL);
		return true;
	}
	if (!next_event(loader) || !compose(loader, root) || !skip_events(loader, 2))
		return false;
	return loader->event.type == YAML_STREAM_END_EVENT ||
	       fail_event(loader, "only one YAML document is expected, here a second one begins");
}

/* Of YAML 1.1 only, and libyaml goes by it. */
static bool has_no_odd_break(Loader *loader)
{
	static const char *const breaks[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	static const char *const escapes[] = {"\\N", "\\L", "\\P"};
	for (size_t i = 0; i < loader->text.len; i++)
		for (size_t k = 0; k < 3; k++)
			if (str_starts(str_skip(loader->text, i), str_from(breaks[k])))
				return fail_byte(loader, i,
					str_format(loader->arena,
						"a line separator of Unicode: "
						"write %s in double quotes",
						escapes[k]));
	return true;
}

/* js-yaml ends a last line that has no end: `|` then keeps one there, too. */
static Str with_last_line_end(Arena *arena, Str text)
{
	if (str_ends(text, STR("\n")) || str_ends(text, STR("\r")))
		return text;
	Buf buf = buf_new(arena, text.len + 1);
	buf_add(&buf, text);
	buf_add_char(&buf, '\n');
	return buf_str(&buf);
}

bool yaml_parse(Arena *arena, Str text, YamlNode **root, Err *err)
{
	bool bom = str_starts(text, STR("\xEF\xBB\xBF"));
	Loader loader = {.arena = arena, .err = err, .text = str_skip(text, bom ? 3 : 0)};
	if (text.len > YAML_MAX_SIZE) {
		err_add(err, ERR_INPUT, "the YAML text has more than %d bytes", YAML_MAX_SIZE);
		return false;
	}
	loader.text = with_last_line_end(arena, loader.text);
	if (!has_no_odd_break(&loader))
		return false;
	if (!yaml_parser_initialize(&loader.parser))
		arena_exhausted();
	yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&loader.parser, (const unsigned char *)loader.text.ptr, loader.text.len);
	bool done = compose_document(&loader, root);
	yaml_event_delete(&loader.event);
	yaml_parser_delete(&loader.parser);
	return done;
}

const char *yaml_library_version(void)
{
	return yaml_get_version_string();
}
