#include "detect/filters_names.h"

#include <stdlib.h>

typedef struct Output {
	Str name; /* in lower case */
	const Filter *filter; /* NULL: the action's own */
} Output;

static const char *const SUFFIXES[] = {"", "_count", "_files"};

enum {
	SUFFIX_COUNT = sizeof SUFFIXES / sizeof *SUFFIXES
};

static Str lower(Arena *arena, Str s)
{
	Buf buf = buf_new(arena, s.len);
	for (size_t i = 0; i < s.len; i++)
		buf_add_char(&buf,
			(char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] | 0x20 : s.ptr[i]));
	return buf_str(&buf);
}

static void add_name_fault(Err *err, const Filter *filter, Str message, const char *hint)
{
	Fault *fault = err_add(err, ERR_INPUT, "%.*s", STR_ARG(message));
	fault->line = filter->line;
	fault->col = filter->col;
	fault->hint = str_from(hint);
}

static bool has_control(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7F)
			return true;
	return false;
}

/* What of a name the runner's file cannot carry, or NULL. */
static const char *unfit(Str name)
{
	if (!name.len)
		return "is empty";
	if (has_control(name))
		return "holds a line break or another control character";
	if (str_contains(name, STR("=")))
		return "holds a =";
	if (str_contains(name, STR("<<")) || str_ends(name, STR("<")))
		return "holds << or ends in <";
	return NULL;
}

static void check_letters(Arena *scratch, const Filters *filters, Err *err)
{
	for (size_t i = 0; i < filters->count; i++) {
		const Filter *filter = &filters->items[i];
		const char *reason = unfit(filter->name);
		if (!reason)
			continue;
		Str shown = str_visible(scratch, filter->name);
		add_name_fault(err, filter,
			str_format(scratch, "the filter name '%.*s' %s: it cannot be an output",
				STR_ARG(shown), reason),
			"use letters, digits, - and _");
	}
}

/* The action's own outputs come first among equals. */
static int compare_outputs(const void *left, const void *right)
{
	const Output *a = left, *b = right;
	int order = str_compare(a->name, b->name);
	if (order || a->filter == b->filter)
		return order;
	if (!a->filter || !b->filter)
		return a->filter ? 1 : -1;
	return a->filter < b->filter ? -1 : 1;
}

static void report(Arena *scratch, const Output *first, const Output *second, Err *err)
{
	const Filter *filter = second->filter;
	Str hidden = str_visible(scratch, second->name), name = str_visible(scratch, filter->name);
	if (!first->filter) {
		add_name_fault(err, filter,
			str_format(scratch,
				"the filter '%.*s' sets the output '%.*s', "
				"which is the action's own",
				STR_ARG(name), STR_ARG(hidden)),
			"give the filter another name");
		return;
	}
	Str other = str_visible(scratch, first->filter->name);
	add_name_fault(err, filter,
		str_format(scratch, "the filters '%.*s' and '%.*s' both set the output '%.*s'",
			STR_ARG(other), STR_ARG(name), STR_ARG(hidden)),
		"a filter X sets X, X_count and X_files: give one of them another name");
}

static Output *list_outputs(
	Arena *scratch, const Filters *filters, const FilterText *source, size_t *count)
{
	Output *outputs =
		arena_array(scratch, Output, filters->count * SUFFIX_COUNT + source->output_count);
	*count = 0;
	for (size_t i = 0; i < source->output_count; i++)
		outputs[(*count)++].name = lower(scratch, str_from(source->outputs[i]));
	for (size_t i = 0; i < filters->count; i++)
		for (size_t k = 0; k < SUFFIX_COUNT; k++) {
			Output *output = &outputs[(*count)++];
			Str name = lower(scratch, filters->items[i].name);
			output->name = str_format(scratch, "%.*s%s", STR_ARG(name), SUFFIXES[k]);
			output->filter = &filters->items[i];
		}
	return outputs;
}

void filters_names_check(const Filters *filters, const FilterText *source, Err *err)
{
	ARENA_SCRATCH(scratch);
	size_t count;
	check_letters(&scratch, filters, err);
	Output *outputs = list_outputs(&scratch, filters, source, &count);
	if (count)
		qsort(outputs, count, sizeof *outputs, compare_outputs);
	for (size_t i = 1, reported = 0; i < count; i++) {
		const Output *first = &outputs[i - 1], *second = &outputs[i];
		if (!second->filter || !str_equal(first->name, second->name))
			continue;
		/* names that differ in case only share all of their outputs */
		if (!reported || outputs[reported - 1].filter != first->filter ||
			outputs[reported].filter != second->filter)
			report(&scratch, first, second, err);
		reported = i;
	}
}
