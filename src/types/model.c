#include "types/model.h"

#include "types/ts_lex.h"

const TypesOther *types_other_add(Arena *arena, Str text, const TypesOther *others)
{
	TypesOther *other = arena_new(arena, TypesOther);
	*other = (TypesOther){text, others};
	return other;
}

bool types_other_has(const TypesOther *others, Str text)
{
	while (others && !str_equal(others->text, text))
		others = others->next;
	return others != NULL;
}

Str types_section_key(TypesSection section)
{
	static const Str keys[] = {
#define SECTION(name, key, word) STR_INIT(key),
#include "types/section.def"
#undef SECTION
	};
	return keys[section];
}

Str types_section_word(TypesSection section)
{
	static const Str words[] = {
#define SECTION(name, key, word) STR_INIT(word),
#include "types/section.def"
#undef SECTION
	};
	return words[section];
}

Str types_part_key(TypesPartKind part)
{
	static const Str keys[] = {
#define PART(name, key) STR_INIT(key),
#include "types/part.def"
#undef PART
	};
	return keys[part];
}

void types_model_keep(TypesModel *model, const Names *schemas)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->schemas.count; i++)
		if (names_have(schemas, model->schemas.items[i].name))
			model->schemas.items[kept++] = model->schemas.items[i];
	model->schemas.count = kept;
	kept = 0;
	for (size_t i = 0; i < model->objects.count; i++)
		if (names_have(schemas, model->objects.items[i].schema))
			model->objects.items[kept++] = model->objects.items[i];
	model->objects.count = kept;
}

static void add_names(Buf *buf, const Str *names, size_t count)
{
	buf_add(buf, STR(" ("));
	for (size_t i = 0; i < count; i++) {
		buf_add(buf, i ? STR(", ") : STR(""));
		buf_add(buf, names[i]);
	}
	buf_add_char(buf, ')');
}

Str types_relationship_name(Arena *arena, const TypesRelationship *relationship)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	buf_add(&buf, relationship->key);
	add_names(&buf, relationship->columns, relationship->count);
	buf_add(&buf, STR(" -> "));
	buf_add(&buf, relationship->target);
	add_names(&buf, relationship->target_columns, relationship->target_count);
	return buf_str(&buf);
}

const TypesPart *types_part(const TypesObject *object, TypesPartKind kind)
{
	for (size_t i = 0; i < object->parts.count; i++)
		if (object->parts.items[i].kind == kind)
			return &object->parts.items[i];
	return NULL;
}

Str types_type_text(Arena *arena, const TypesMember *member)
{
	return member->nullable ? str_format(arena, "%.*s | null", STR_ARG(member->type))
				: member->type;
}

Str types_member_text(Arena *arena, TypesPartKind part, const TypesMember *member)
{
	if (part == TYPES_LABELS)
		return ts_quoted(arena, member->name);
	if (part == TYPES_RELATIONSHIPS)
		return !member->type.len ? member->name
					 : str_format(arena, "%.*s, isOneToOne: %.*s",
						   STR_ARG(member->name), STR_ARG(member->type));
	if (!member->name.len && part == TYPES_RETURNS)
		return types_type_text(arena, member);
	return str_format(arena, "%.*s%s: %.*s", STR_ARG(ts_key(arena, member->name)),
		member->optional ? "?" : "", STR_ARG(types_type_text(arena, member)));
}
