/* SET, RESET and ALTER SYSTEM: is there such a parameter, may the role set it, and can it have the
 * value? In the order in which the server asks. And savepoints, which are the session's, too. */
#include "lint/judge.h"

#include "world/world_apply.h"
#include "schema/setting.h"

/* ---- SET ---- */

/* A name that no extension can have made up: those have a dot, and SET TRANSACTION is no name. */
static bool is_plain_name(Str name)
{
	return name.len && !str_contains(name, STR(".")) && !str_contains(name, STR(" ")) &&
	       !str_equal(name, STR("TRANSACTION"));
}

static bool is_superusers(const CatalogSetting *setting)
{
	return str_equal(setting->scope, STR("superuser"));
}

static bool is_servers(const CatalogSetting *setting)
{
	static const Str contexts[] = {STR_INIT("internal"), STR_INIT("postmaster"),
		STR_INIT("sighup"), STR_INIT("backend"), STR_INIT("superuser-backend")};
	return STR_IS_AMONG(setting->scope, contexts);
}

static void judge_known(Judge *judge, const Action *action, const CatalogSetting *setting)
{
	const World *world = judge->world;
	if (is_superusers(setting) && !world->catalog->is_superuser &&
		(!setting->may_set || !judge_knows_rights(judge))) {
		if (judge_knows_rights(judge) && !world->catalog->has_supautils)
			judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"},
				"may not set parameter %.*s", STR_ARG(action->name));
	} else if (is_servers(setting)) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "55P02"},
			"parameter %.*s is not a session's", STR_ARG(action->name));
	} else if (action->kind == ACTION_SET && action->expression.len &&
		   setting_refuses(setting, action->expression)) {
		judge_refuse(judge, action, (Code){LINT_NOT_VALID, "22023"},
			"parameter %.*s cannot be %.*s", STR_ARG(action->name),
			STR_ARG(action->expression));
	}
}

void judge_setting(Judge *judge, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	bool is_alone = judge->facts->actions.count == 1;
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (!is_alone || !is_plain_name(action->name) || action->options.unknown_value ||
		!catalog || catalog->is_assumed || !catalog->is_complete)
		return;
	const CatalogSetting *setting = catalog_setting(catalog, action->name);
	if (!setting)
		judge_refuse(judge, action, (Code){LINT_MISSING, "42704"}, "parameter %.*s",
			STR_ARG(action->name));
	else if (setting->scope.len)
		judge_known(judge, action, setting);
}

/* Of all of them nothing is said. */
void judge_alter_system(Judge *judge, const Action *action)
{
	const World *world = judge->world;
	judge_unknown(judge, UNKNOWN_ALL);
	if (!judge_knows_rights(judge) || !action->name.len || world->is_atomic ||
		world->has_control || !world->catalog->has_alter_system ||
		!world->catalog->is_complete)
		return;
	const CatalogSetting *setting = catalog_setting(world->catalog, action->name);
	if (!setting || !setting->may_alter_system)
		judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"},
			"may not change parameter %.*s of the server", STR_ARG(action->name));
}

/* ---- savepoints ---- */

void judge_transaction(Judge *judge, const Action *action)
{
	judge_unknown(judge, UNKNOWN_OUTCOME);
	if (action->name.len && !str_equal(action->type, STR("SAVEPOINT")) &&
		judge->world->is_atomic && !world_has_savepoint(judge->world, action->name))
		judge_refuse(judge, action, (Code){LINT_MISSING, "3B001"}, "savepoint %.*s",
			STR_ARG(action->name));
}
