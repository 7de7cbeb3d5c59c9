#include "action/input_table.h"

#include "action/nearest.h"

static const InputRow rows[] = {
#define INPUT_GROUP(title) {INPUT_KIND_GROUP, STR_INIT(title), {0}, {0}, {0}},
#define INPUT_ROW(kind, id, fallback, choices, description)                                        \
	{INPUT_KIND_##kind, STR_INIT(id), STR_INIT(fallback), STR_INIT(choices),                   \
		STR_INIT(description)},
#define INPUT_CHOICE(field, id, fallback, choices, description)                                    \
	INPUT_ROW(CHOICE, id, fallback, choices, description)
#define INPUT_WORD INPUT_CHOICE
#define INPUT_TEXT(field, id, fallback, description) INPUT_ROW(TEXT, id, fallback, "", description)
#define INPUT_FLAG(field, id, fallback, description)                                               \
	INPUT_ROW(FLAG, id, fallback, "true|false", description)
#define INPUT_NUMBER(field, id, fallback, description)                                             \
	INPUT_ROW(NUMBER, id, fallback, "", description)
#define INPUT_DURATION(field, id, fallback, description)                                           \
	INPUT_ROW(DURATION, id, fallback, "", description)
#include "action/inputs.def"
#undef INPUT_ROW
#undef INPUT_CHOICE
#undef INPUT_WORD
#undef INPUT_TEXT
#undef INPUT_FLAG
#undef INPUT_NUMBER
#undef INPUT_DURATION
};

const InputRow *input_table(size_t *count)
{
	*count = sizeof rows / sizeof *rows;
	return rows;
}

const InputRow *input_table_find(Str id)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].kind != INPUT_KIND_GROUP && str_equal(rows[i].id, id))
			return &rows[i];
	return NULL;
}

Str input_table_nearest(Str name)
{
	Nearest nearest = nearest_to(name);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].kind != INPUT_KIND_GROUP)
			nearest_try(&nearest, rows[i].id);
	return nearest_found(&nearest);
}
