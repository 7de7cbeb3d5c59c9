#include "types/compare_part.h"

#include "types/print.h"

#include <string.h>

/* ---- is it as good? ---- */

static Str without_marks(Arena *arena, Str type)
{
	Buf buf = buf_new(arena, type.len + 1);
	for (size_t i = 0; i < type.len; i++)
		if (!str_contains(STR("()[]"), (Str){&type.ptr[i], 1}))
			buf_add_char(&buf, type.ptr[i]);
	return buf_str(&buf);
}

/* ("a" | "b")[], and what generators make of it: "a" | "b"[] */
static bool is_list_of_labels(Str file, Str wanted)
{
	ARENA_SCRATCH(scratch);
	return str_ends(wanted, STR(")[]")) && str_contains(file, STR("[]")) &&
	       str_equal(without_marks(&scratch, file), without_marks(&scratch, wanted));
}

static bool is_same_type(const TypesMember *file, const TypesMember *wanted)
{
	unsigned allows = wanted->allows;
	if (str_equal(file->type, wanted->type))
		return true;
	if (types_other_has(wanted->others, file->type))
		return true;
	if ((allows & TYPES_ALLOW_LABELS) && is_list_of_labels(file->type, wanted->type))
		return true;
	return ((allows & TYPES_ALLOW_NEVER) && str_equal(file->type, STR("never"))) ||
	       ((allows & TYPES_ALLOW_UNKNOWN) && str_equal(file->type, STR("unknown"))) ||
	       ((allows & TYPES_ALLOW_ERROR) && str_equal(file->type, STR(TYPES_ERROR))) ||
	       ((allows & TYPES_ALLOW_NON_NULLABLE) &&
		       str_equal(file->type, STR("NonNullable<Json>"))) ||
	       (allows & TYPES_ALLOW_ANY);
}

/* null adds nothing to what may be anything. */
static bool holds_null(Str type)
{
	return str_equal(type, STR("unknown")) || str_equal(type, STR(TYPES_ERROR));
}

static bool is_accepted(TypesPartKind part, const TypesMember *file, const TypesMember *wanted)
{
	if (part == TYPES_LABELS || (part == TYPES_RELATIONSHIPS && !file->type.len))
		return true;
	if (part == TYPES_RELATIONSHIPS && types_other_has(wanted->others, file->name))
		return true; /* what is unknown of the columns is so of the rest */
	if (!is_same_type(file, wanted))
		return false;
	if (file->optional != wanted->optional && !(wanted->allows & TYPES_ALLOW_OPTIONAL))
		return false;
	return file->nullable == wanted->nullable || (wanted->allows & TYPES_ALLOW_NULL) ||
	       holds_null(file->type);
}

/* ---- differences ---- */

static void add_member(TypesComparison *c, TypesDifferenceKind kind, TypesPartKind part,
	const TypesMember *file, const TypesMember *wanted)
{
	TypesDifference difference = c->at;
	difference.kind = kind;
	difference.depth = TYPES_OF_MEMBER;
	difference.part = part;
	if (wanted) {
		difference.member = wanted->name;
		difference.expected = types_member_text(c->arena, part, wanted);
	}
	if (file) {
		difference.member = file->name;
		difference.found = types_member_text(c->arena, part, file);
	}
	if (file && file->line) {
		difference.line = file->line;
		difference.col = file->col;
	}
	*vec_add(c->arena, c->out) = difference;
}

static void add_whole(TypesComparison *c, const TypesPart *file, const TypesPart *wanted)
{
	TypesDifference difference = c->at;
	difference.kind = TYPES_CHANGED;
	difference.depth = TYPES_OF_PART;
	difference.part = wanted->kind;
	difference.found = types_print_part(c->arena, file);
	difference.expected = types_print_part(c->arena, wanted);
	difference.line = file->whole.line;
	difference.col = file->whole.col;
	*vec_add(c->arena, c->out) = difference;
}

void compare_add_part(TypesComparison *comparison, TypesDifferenceKind kind, const TypesPart *part)
{
	TypesDifference difference = comparison->at;
	Str text = types_print_part(comparison->arena, part);
	difference.kind = kind;
	difference.depth = TYPES_OF_PART;
	difference.part = part->kind;
	*(kind == TYPES_MISSING ? &difference.expected : &difference.found) = text;
	if (part->whole.line) {
		difference.line = part->whole.line;
		difference.col = part->whole.col;
	}
	*vec_add(comparison->arena, comparison->out) = difference;
}

/* ---- members ---- */

/* A file's members by name; those of one name follow each other. */
typedef struct MemberIndex {
	StrMap first;
	size_t *next; /* SIZE_MAX: the last one */
	bool *matched;
} MemberIndex;

static MemberIndex index_members(Arena *arena, const TypesPart *file)
{
	size_t count = file->members.count;
	MemberIndex index = {.next = arena_array(arena, size_t, count + 1),
		.matched = arena_array(arena, bool, count + 1)};
	for (size_t i = count; i > 0; i--) {
		size_t *first = str_map_at(arena, &index.first, file->members.items[i - 1].name);
		index.next[i - 1] = *first;
		*first = i - 1;
	}
	return index;
}

/* A free member of the file with the name, of those that are accepted or of all; SIZE_MAX: none. */
static size_t find_like(
	const MemberIndex *index, const TypesPart *file, const TypesMember *wanted, bool accepted)
{
	const size_t *first = str_map_find(&index->first, wanted->name);
	if (!first && file->kind == TYPES_RELATIONSHIPS && wanted->others)
		first = str_map_find(&index->first, wanted->others->text);
	for (size_t i = first ? *first : SIZE_MAX; i != SIZE_MAX; i = index->next[i])
		if (!index->matched[i] &&
			(!accepted || is_accepted(file->kind, &file->members.items[i], wanted)))
			return i;
	return SIZE_MAX;
}

static void compare_left(
	TypesComparison *c, MemberIndex *index, const TypesPart *file, const TypesMember *wanted)
{
	size_t like = find_like(index, file, wanted, false);
	if (like != SIZE_MAX) {
		index->matched[like] = true;
		add_member(c, TYPES_CHANGED, file->kind, &file->members.items[like], wanted);
	} else if (!(wanted->allows & TYPES_ALLOW_ABSENT)) {
		add_member(c, TYPES_MISSING, file->kind, NULL, wanted);
	}
}

static void compare_members(TypesComparison *c, const TypesPart *file, const TypesPart *wanted)
{
	ARENA_SCRATCH(scratch);
	size_t count = wanted->members.count;
	MemberIndex index = index_members(&scratch, file);
	bool *done = arena_array(&scratch, bool, count + 1);
	for (size_t i = 0; i < count; i++) {
		size_t like = find_like(&index, file, &wanted->members.items[i], true);
		done[i] = like != SIZE_MAX;
		if (done[i])
			index.matched[like] = true;
	}
	for (size_t i = 0; i < count; i++)
		if (!done[i])
			compare_left(c, &index, file, &wanted->members.items[i]);
	for (size_t i = 0; i < file->members.count; i++)
		if (!index.matched[i])
			add_member(c, TYPES_SUPERFLUOUS, file->kind, &file->members.items[i], NULL);
}

/* ---- a part ---- */

static bool is_whole_accepted(const TypesPart *file, const TypesPart *wanted)
{
	const TypesMember *whole = &wanted->whole;
	if ((whole->allows & TYPES_ALLOW_ERROR) && str_equal(file->whole.type, STR(TYPES_ERROR)))
		return true;
	if (wanted->has_members)
		return types_other_has(whole->others, file->whole.type);
	return !file->has_members && is_accepted(wanted->kind, &file->whole, whole);
}

void compare_part(TypesComparison *comparison, const TypesPart *file, const TypesPart *wanted)
{
	TypesComparison inner = *comparison;
	bool same_shape =
		file->has_members && wanted->has_members &&
		(wanted->kind != TYPES_RETURNS || str_equal(file->whole.type, wanted->whole.type));
	if (file->whole.line) {
		inner.at.line = file->whole.line;
		inner.at.col = file->whole.col;
	}
	if (same_shape)
		compare_members(&inner, file, wanted);
	else if (!is_whole_accepted(file, wanted))
		add_whole(&inner, file, wanted);
}
