#include "compare/reference.h"

static const struct {
	Str word, of, where;
} references[] = {
#define REFERENCE(name, word, of, where) {STR_INIT(word), STR_INIT(of), STR_INIT(where)},
#include "compare/reference.def"
#undef REFERENCE
};

Str reference_word(CompareReference reference)
{
	return references[reference].word;
}

Str reference_of(CompareReference reference)
{
	return references[reference].of;
}

Str reference_where(CompareReference reference)
{
	return references[reference].where;
}
