/* A file of types of any bytes: a place for each refusal, members that lie in the file, and a model
 * that fits itself. */
#include "fuzz.h"

#include "types/compare.h"
#include "types/file.h"
#include "types/lineage.h"

static void check_members(const TypesPart *part, size_t lines)
{
	for (size_t i = 0; i < part->members.count; i++)
		require(part->members.items[i].line >= 1 && part->members.items[i].line <= lines);
}

static void check_model(const TypesModel *model, size_t lines)
{
	for (size_t i = 0; i < model->objects.count; i++) {
		const TypesObject *object = &model->objects.items[i];
		require(object->line >= 1 && object->line <= lines && object->col >= 1);
		require(object->section < TYPES_SECTIONS);
		for (size_t k = 0; k < object->parts.count; k++)
			check_members(&object->parts.items[k], lines);
	}
}

static size_t count_lines(Str text)
{
	size_t lines = 1;
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n' || text.ptr[i] == '\r';
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	Str text = fuzz_text(&scratch, data, size);
	TypesModel model;
	TsFailure failure;
	TypesDifferences differences = {0};
	LineageEntries entries = {0};
	if (types_file_read(&scratch, text, STR("Database"), &model, &failure)) {
		check_model(&model, count_lines(text));
		types_compare(&scratch, &model, &model, &differences);
	} else {
		require(failure.message.len);
	}
	lineage_read(&scratch, text, &entries);
	return 0;
}
