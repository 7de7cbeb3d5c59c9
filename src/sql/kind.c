#include "sql/kind.h"

static const struct {
	Str name;
	bool repeatable;
} kinds[] = {
	[STATEMENT_OTHER] = {{"", 0}, false},
#define STATEMENT(kind, name, repeatable) [STATEMENT_##kind] = {STR_INIT(name), repeatable},
#include "sql/statement.def"
#undef STATEMENT
};

Str sql_kind_name(StatementKind kind)
{
	return kinds[kind].name;
}

bool sql_kind_is_repeatable(StatementKind kind)
{
	return kinds[kind].repeatable;
}
