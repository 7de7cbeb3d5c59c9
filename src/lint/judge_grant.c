/* GRANT, REVOKE and ALTER DEFAULT PRIVILEGES. */
#include "lint/judge.h"

typedef enum Grantable {
	GRANTABLE_NONE,
	GRANTABLE_TABLE = 1 << 0,
	GRANTABLE_COLUMN = 1 << 1,
	GRANTABLE_SEQUENCE = 1 << 2,
	GRANTABLE_SCHEMA = 1 << 3,
} Grantable;

static const struct {
	Str name;
	unsigned on; /* Grantable */
} privileges[] = {
	{STR_INIT("all"),
		GRANTABLE_TABLE | GRANTABLE_COLUMN | GRANTABLE_SEQUENCE | GRANTABLE_SCHEMA},
	{STR_INIT("select"), GRANTABLE_TABLE | GRANTABLE_COLUMN | GRANTABLE_SEQUENCE},
	{STR_INIT("insert"), GRANTABLE_TABLE | GRANTABLE_COLUMN},
	{STR_INIT("update"), GRANTABLE_TABLE | GRANTABLE_COLUMN | GRANTABLE_SEQUENCE},
	{STR_INIT("references"), GRANTABLE_TABLE | GRANTABLE_COLUMN},
	{STR_INIT("delete"), GRANTABLE_TABLE},
	{STR_INIT("truncate"), GRANTABLE_TABLE},
	{STR_INIT("trigger"), GRANTABLE_TABLE},
	{STR_INIT("usage"), GRANTABLE_SEQUENCE | GRANTABLE_SCHEMA},
	{STR_INIT("create"), GRANTABLE_SCHEMA},
	{STR_INIT("execute"), GRANTABLE_NONE},
	{STR_INIT("connect"), GRANTABLE_NONE},
	{STR_INIT("temporary"), GRANTABLE_NONE},
	{STR_INIT("temp"), GRANTABLE_NONE},
};

/* What later versions and extensions of the grammar have: nothing is said of these. */
static bool is_uncertain(Str name)
{
	static const Str names[] = {STR_INIT("maintain"), STR_INIT("rule"), STR_INIT("set"),
		STR_INIT("alter system"), STR_INIT("")};
	return STR_IS_AMONG(name, names);
}

static void judge_privilege(Judge *judge, const Action *action, Str name, unsigned on)
{
	for (size_t i = 0; i < sizeof privileges / sizeof *privileges; i++) {
		if (!str_equal(privileges[i].name, name))
			continue;
		if (!(privileges[i].on & on))
			judge_refuse(judge, action, (Code){LINT_NOT_VALID, "0LP01"},
				"%.*s is not a privilege of this kind of object", STR_ARG(name));
		return;
	}
	if (!is_uncertain(name))
		judge_refuse(judge, action, (Code){LINT_MISSING, "42601"}, "privilege %.*s",
			STR_ARG(name));
}

static unsigned grantable(const WorldRelation *table, const Action *action)
{
	if (action->object_kind == OBJECT_SEQUENCE)
		return GRANTABLE_SEQUENCE;
	if (table->kind == RELATION_SEQUENCE) /* a warning, no more */
		return GRANTABLE_SEQUENCE | GRANTABLE_TABLE;
	return (action->keys.count ? GRANTABLE_COLUMN : 0) |
	       (action->options.grants_whole || !action->keys.count ? GRANTABLE_TABLE : 0);
}

static bool is_index(const WorldRelation *table)
{
	return table->kind == RELATION_INDEX || table->kind == RELATION_PARTITIONED_INDEX ||
	       table->kind == RELATION_COMPOSITE;
}

static void grant_on_relation(Judge *judge, const Action *action)
{
	WorldRelation *table = judge_relation(judge, action, action->object, false);
	if (!judge->effect->refusals.count)
		judge_roles(judge, action);
	for (size_t i = 0; table && i < action->columns.count && !judge->effect->refusals.count;
		i++)
		judge_privilege(judge, action, action->columns.items[i], grantable(table, action));
	if (!table || judge->effect->refusals.count)
		return;
	bool is_wrong = action->object_kind == OBJECT_SEQUENCE && table->kind != RELATION_SEQUENCE;
	if (is_wrong || is_index(table)) {
		judge_refuse(judge, action, (Code){LINT_WRONG_KIND, "42809"}, "%.*s is no %s",
			STR_ARG(world_name(judge->arena, table)), is_wrong ? "sequence" : "table");
		return;
	}
	bool is_ours =
		table->kind != RELATION_SEQUENCE && (!table->there || table->there->is_owned);
	for (size_t i = 0; is_ours && i < action->keys.count && !judge->effect->refusals.count; i++)
		judge_column(judge, table, action, action->keys.items[i]);
}

static void grant_on_schema(Judge *judge, const Action *action)
{
	bool is_refused = judge_no_schema(judge, action, action->object.name);
	if (!is_refused)
		judge_roles(judge, action);
	for (size_t i = 0;
		!action->options.all && i < action->columns.count && !judge->effect->refusals.count;
		i++)
		judge_privilege(judge, action, action->columns.items[i], GRANTABLE_SCHEMA);
}

/* Of another role: it may not be allowed, which comes first. */
static void default_privileges(Judge *judge, const Action *action)
{
	for (size_t i = 0; !action->options.only && i < action->keys.count; i++)
		if (judge_no_schema(judge, action, action->keys.items[i]))
			return;
}

void judge_grant(Judge *judge, const Action *action)
{
	ObjectKind kind = action->object_kind;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->kind == ACTION_DEFAULT_PRIVILEGES)
		default_privileges(judge, action);
	else if (action->options.all || kind == OBJECT_SCHEMA)
		grant_on_schema(judge, action);
	else if (kind == OBJECT_TABLE || kind == OBJECT_SEQUENCE)
		grant_on_relation(judge, action);
	else if (judge_routine(judge, action))
		judge_roles(judge, action);
}
