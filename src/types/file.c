#include "types/file.h"

#include "types/ts_text.h"

enum {
	SCHEMAS_MAX = 2000,
	RELEASED = 16,
};

typedef struct Reader {
	TsParser parser;
	Arena *arena; /* of the model */
	Arena scratch; /* what objects are parsed into, until RELEASED of them are there */
	size_t parsed;
	Str text, own; /* the file; what its type is called */
	TypesModel *model;
} Reader;

/* What is read lives in working memory, but for what is a piece of the file. */
static Str keep(const Reader *r, Str s)
{
	bool inside = s.ptr >= r->text.ptr && s.ptr <= r->text.ptr + r->text.len;
	return inside ? s : str_copy(r->arena, s);
}

static TypesMember member_of(const Reader *r, const TsMember *member)
{
	TsText text = ts_text(r->parser.arena, member->type, r->own);
	return (TypesMember){.name = keep(r, member->name),
		.type = keep(r, text.type),
		.nullable = text.nullable,
		.optional = member->optional,
		.line = (unsigned)member->line,
		.col = (unsigned)member->col};
}

static TypesPart *add_part(const Reader *r, TypesObject *object, TypesPartKind kind)
{
	TypesPart *part = vec_add(r->arena, &object->parts);
	part->kind = kind;
	return part;
}

static void add_members(const Reader *r, TypesPart *part, const TsMember *members)
{
	part->has_members = true;
	for (const TsMember *member = members; member; member = member->next)
		if (!member->is_index)
			*vec_add(r->arena, &part->members) = member_of(r, member);
}

static void fail_at(Reader *r, size_t line, size_t col, Str message)
{
	if (!r->parser.failure.message.len)
		r->parser.failure = (TsFailure){line, col, message};
}

static bool is_named(const TsType *type, Str name)
{
	return type && type->kind == TS_NAMED && str_equal(type->text, name);
}

/* never, Record<PropertyKey, never>: an object without members, as generators have it. */
static bool is_nothing(const TsType *type)
{
	return is_named(type, STR("never")) || (is_named(type, STR("Record")) && type->items &&
						       is_named(type->items->next, STR("never")));
}

/* No generator writes it so, and what it comes to is not worked out here: then nothing is known of
 * the file. */
static void reject_form(Reader *r, const TsType *type)
{
	fail_at(r, type->line, type->col,
		STR("no generator writes this part so, and it is not compared"));
}

static bool is_object(Reader *r, const TsType *type)
{
	bool fits = type->kind == TS_OBJECT || is_nothing(type);
	if (!fits)
		reject_form(r, type);
	return fits;
}

static void add_object_part(
	Reader *r, TypesObject *object, TypesPartKind kind, const TsMember *member)
{
	TypesPart *part = add_part(r, object, kind);
	part->whole = (TypesMember){.line = (unsigned)member->line, .col = (unsigned)member->col};
	if (is_object(r, member->type))
		add_members(r, part, member->type->members);
}

/* ---- relationships ---- */

static const TsType *type_of(const TsType *object, Str name)
{
	for (const TsMember *member = object->members; member; member = member->next)
		if (str_equal(member->name, name))
			return member->type;
	return NULL;
}

static Str value_of(const TsType *object, Str name)
{
	const TsType *type = type_of(object, name);
	if (!type)
		return (Str){0};
	return type->kind == TS_LITERAL ? type->value : type->text;
}

static const Str *values_of(const Reader *r, const TsType *object, Str name, size_t *count)
{
	const TsType *tuple = type_of(object, name);
	*count = 0;
	for (const TsType *item = tuple ? tuple->items : NULL; item; item = item->next)
		++*count;
	Str *values = arena_array(r->parser.arena, Str, *count + 1);
	size_t i = 0;
	for (const TsType *item = tuple ? tuple->items : NULL; item; item = item->next)
		values[i++] = item->value;
	return values;
}

static void add_relationship(Reader *r, TypesPart *part, const TsType *object)
{
	TypesRelationship relationship = {.key = value_of(object, STR("foreignKeyName")),
		.target = value_of(object, STR("referencedRelation"))};
	relationship.columns = values_of(r, object, STR("columns"), &relationship.count);
	relationship.target_columns =
		values_of(r, object, STR("referencedColumns"), &relationship.target_count);
	*vec_add(r->arena, &part->members) =
		(TypesMember){.name = types_relationship_name(r->arena, &relationship),
			.type = keep(r, value_of(object, STR("isOneToOne"))),
			.line = (unsigned)object->line,
			.col = (unsigned)object->col};
}

static void add_relationships(Reader *r, TypesObject *object, const TsMember *member)
{
	TypesPart *part = add_part(r, object, TYPES_RELATIONSHIPS);
	part->whole = (TypesMember){.line = (unsigned)member->line, .col = (unsigned)member->col};
	part->has_members = true;
	if (member->type->kind != TS_TUPLE)
		reject_form(r, member->type);
	for (const TsType *item = member->type->items; item; item = item->next)
		if (is_object(r, item))
			add_relationship(r, part, item);
}

static void lower_relation(Reader *r, TypesObject *object, const TsType *type)
{
	is_object(r, type);
	for (const TsMember *member = type->members; member; member = member->next) {
		if (str_equal(member->name, STR("Relationships")))
			add_relationships(r, object, member);
		for (TypesPartKind kind = TYPES_ROW; kind <= TYPES_UPDATE; kind++)
			if (str_equal(member->name, types_part_key(kind)))
				add_object_part(r, object, kind, member);
	}
}

/* ---- functions, enums, composite types ---- */

static bool is_error(const TsType *type)
{
	return type->kind == TS_INTERSECTION && type->items->kind == TS_OBJECT &&
	       type_of(type->items, STR("error"));
}

static void add_returns(Reader *r, TypesObject *object, const TsMember *member)
{
	const TsType *type = member->type;
	TypesPart *part = add_part(r, object, TYPES_RETURNS);
	bool list = type->kind == TS_ARRAY && type->items->kind == TS_OBJECT;
	part->whole = member_of(r, member);
	part->whole.name = (Str){0};
	if (is_error(type))
		part->whole.type = STR(TYPES_ERROR);
	if (!list && type->kind != TS_OBJECT)
		return;
	part->whole.type = list ? STR("[]") : (Str){0};
	add_members(r, part, list ? type->items->members : type->members);
}

static const TsMember *find_member(const TsType *type, Str name)
{
	for (const TsMember *member = type->members; member; member = member->next)
		if (str_equal(member->name, name))
			return member;
	return NULL;
}

static void add_signature(Reader *r, TypesObject *object, const TsType *type)
{
	const TsMember *args = find_member(type, STR("Args"));
	const TsMember *returns = find_member(type, STR("Returns"));
	if (!args || !returns) {
		reject_form(r, type);
		return;
	}
	add_object_part(r, object, TYPES_ARGS, args);
	add_returns(r, object, returns);
}

static void lower_function(Reader *r, TypesObject *object, const TsType *type)
{
	const TsType *first = type->kind == TS_UNION ? type->items : type;
	for (const TsType *item = first; item; item = item == type ? NULL : item->next)
		add_signature(r, object, item);
}

static void lower_enum(Reader *r, TypesObject *object, const TsType *type)
{
	TypesPart *part = add_part(r, object, TYPES_LABELS);
	part->has_members = true;
	part->whole = (TypesMember){.line = object->line, .col = object->col};
	const TsType *first = type->kind == TS_UNION ? type->items : type;
	for (const TsType *item = first; item; item = item == type ? NULL : item->next)
		if (item->kind != TS_LITERAL)
			reject_form(r, item);
		else
			*vec_add(r->arena, &part->members) =
				(TypesMember){.name = keep(r, item->value),
					.line = (unsigned)item->line,
					.col = (unsigned)item->col};
}

static void lower_composite(Reader *r, TypesObject *object, const TsType *type)
{
	TypesPart *part = add_part(r, object, TYPES_ATTRIBUTES);
	part->whole = (TypesMember){.line = object->line, .col = object->col};
	if (is_object(r, type))
		add_members(r, part, type->members);
}

typedef void LowerFn(Reader *r, TypesObject *object, const TsType *type);

static LowerFn *const lower[] = {
	[TYPES_TABLES] = lower_relation,
	[TYPES_VIEWS] = lower_relation,
	[TYPES_FUNCTIONS] = lower_function,
	[TYPES_ENUMS] = lower_enum,
	[TYPES_COMPOSITES] = lower_composite,
};

/* ---- the way down ---- */

/* A name of the model, read with the parser's memory. */
static void read_object(Reader *r, TypesObject object)
{
	Arena *before = r->parser.arena;
	r->parser.arena = &r->scratch;
	const TsType *type = ts_type(&r->parser);
	if (type) {
		lower[object.section](r, &object, type);
		*vec_add(r->arena, &r->model->objects) = object;
	}
	r->parser.arena = before;
	r->parser.failure.message = keep(r, r->parser.failure.message);
	if (++r->parsed % RELEASED == 0)
		arena_release(&r->scratch);
}

/* A type that is not compared; `is_empty`: and has to count as nothing. */
static void skip_type(Reader *r, bool is_empty)
{
	ARENA_SCRATCH(scratch);
	Arena *before = r->parser.arena;
	r->parser.arena = &scratch;
	const TsType *type = ts_type(&r->parser);
	if (type && is_empty && !is_nothing(type))
		reject_form(r, type);
	r->parser.arena = before;
	r->parser.failure.message = keep(r, r->parser.failure.message);
}

static void read_section(Reader *r, Str schema, TypesSection section)
{
	TsMember head;
	if (!ts_token_is(&r->parser.token, '{')) {
		skip_type(r, true);
		return;
	}
	ts_enter(&r->parser);
	while (ts_member(&r->parser, &head))
		if (head.is_index)
			skip_type(r, false);
		else
			read_object(r, (TypesObject){.section = section,
					       .schema = schema,
					       .name = head.name,
					       .line = (unsigned)head.line,
					       .col = (unsigned)head.col});
}

static size_t section_of(Str key)
{
	size_t section = 0;
	while (section < TYPES_SECTIONS &&
		!str_equal(types_section_key((TypesSection)section), key))
		section++;
	return section;
}

static void read_schema(Reader *r, const TsMember *schema)
{
	TsMember head;
	size_t index = r->model->schemas.count;
	*vec_add(r->arena, &r->model->schemas) = (TypesSchema){
		.name = schema->name, .line = (unsigned)schema->line, .col = (unsigned)schema->col};
	if (index == SCHEMAS_MAX)
		fail_at(r, schema->line, schema->col, STR("these are more schemas than are read"));
	if (!ts_enter(&r->parser))
		return;
	while (ts_member(&r->parser, &head)) {
		size_t section = section_of(head.name);
		if (section == TYPES_SECTIONS) {
			skip_type(r, false);
			continue;
		}
		r->model->schemas.items[index].sections[section] = (unsigned)head.line;
		read_section(r, schema->name, (TypesSection)section);
	}
}

static bool read_database(Reader *r)
{
	TsMember head;
	r->model->line = (unsigned)r->parser.token.line;
	if (!ts_enter(&r->parser))
		return false;
	while (ts_member(&r->parser, &head))
		if (head.is_index || str_starts(head.name, STR("__")))
			skip_type(r, false);
		else
			read_schema(r, &head);
	return !r->parser.failure.message.len;
}

bool types_file_read(Arena *arena, Str text, Str name, TypesModel *out, TsFailure *failure)
{
	Reader r = {.parser = ts_parser(arena, text),
		.arena = arena,
		.text = text,
		.own = name,
		.model = out};
	*out = (TypesModel){0};
	*failure = (TsFailure){0};
	if (!ts_find(&r.parser, name)) {
		failure->message = str_format(arena, "it declares no type called %.*s",
			STR_ARG(str_visible(arena, name)));
		return false;
	}
	bool done = read_database(&r);
	*failure = r.parser.failure;
	arena_release(&r.scratch);
	return done;
}
