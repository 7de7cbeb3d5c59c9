/* What the role that pushes may not do. Extensions (supautils) let it do more with roles,
 * parameters and event triggers, not with tables and functions. */
#include "lint/judge.h"

bool judge_knows_rights(const Judge *judge)
{
	const World *world = judge->world;
	const Catalog *catalog = world->catalog;
	return catalog && catalog->knows_rights && !catalog->is_superuser &&
	       !world->is_other_role && !world->has_new_roles && !world->is_opaque;
}

void judge_refuse_right(Judge *judge, const Action *action, const char *what)
{
	judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"}, "%s", what);
}

static const char *name_of(Right right)
{
	switch (right) {
	case RIGHT_SELECT:
		return "SELECT";
	case RIGHT_INSERT:
		return "INSERT";
	case RIGHT_UPDATE:
		return "UPDATE";
	case RIGHT_DELETE:
		return "DELETE";
	case RIGHT_TRUNCATE:
		return "TRUNCATE";
	case RIGHT_REFERENCES:
		return "REFERENCES";
	}
	return "";
}

bool judge_right(Judge *judge, const WorldRelation *table, const Action *action, Right right)
{
	bool is_known = judge_knows_rights(judge) && table->there && !table->has_new_rights &&
			!table->is_loose && !world_may_be_gone(judge->world, table->name);
	if (!is_known || (table->there->rights & (int64_t)right))
		return true;
	judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"},
		"lacks %s on %.*s, which belongs to %.*s", name_of(right),
		STR_ARG(world_name(judge->arena, table)), STR_ARG(table->there->owner));
	return false;
}

void judge_reads(Judge *judge, const Action *action)
{
	WorldRelation *table;
	for (size_t i = 0; i < judge->facts->uses.count; i++) {
		const Use *use = &judge->facts->uses.items[i];
		if (use->kind == USE_TABLE && !use->in_function &&
			world_find(judge->world, use->name, &table) == PRESENCE_THERE &&
			!judge_right(judge, table, action, RIGHT_SELECT))
			return;
	}
}

bool judge_may_become(Judge *judge, const Action *action, Str role)
{
	const CatalogRole *found =
		judge_knows_rights(judge) ? catalog_role(judge->world->catalog, role) : NULL;
	if (!found || found->may_become)
		return true;
	judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"}, "cannot SET ROLE %.*s",
		STR_ARG(role));
	return false;
}

/* ---- roles ---- */

void judge_alter_role(Judge *judge, const Action *action)
{
	const Catalog *catalog = judge->world->catalog;
	judge_unknown(judge, action->kind == ACTION_ALTER ? UNKNOWN_ALL : UNKNOWN_OUTCOME);
	if (!action->object.name.len || !judge_role(judge, action, action->object.name) ||
		!judge_knows_rights(judge) || catalog->has_supautils)
		return;
	const CatalogRole *role = catalog_role(catalog, action->object.name);
	if (role && !role->may_alter)
		judge_refuse(judge, action, (Code){LINT_MAY_NOT, "42501"},
			"may not alter role %.*s", STR_ARG(role->name));
}
