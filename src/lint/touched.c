#include "lint/touched.h"

#include "schema/setting.h"

void touched_begin_file(Touched *touched)
{
	touched->has_settings = false;
}

/* The server makes names of others: orders_id_seq, orders_pkey, sizes_multirange. */
static bool is_made_of_touched(const Touched *touched, Str name)
{
	if (touched->has_names && str_contains(name, STR("multirange")))
		return true;
	for (size_t i = 1; i < name.len; i++)
		if (name.ptr[i] == '_' && str_map_find(&touched->names, str_head(name, i)))
			return true;
	return false;
}

bool touched_has(const Touched *touched, Str name)
{
	return touched->is_anything || str_map_find(&touched->names, name) ||
	       is_made_of_touched(touched, name);
}

bool touched_is_named(const Touched *touched, Str name)
{
	return touched->is_anything || str_map_find(&touched->names, name);
}

/* What a name is of. */
enum {
	OF_COLUMN = 1,
	OF_ANYTHING = 2
};

bool touched_is_column(const Touched *touched, Str name)
{
	const size_t *of = str_map_find(&touched->names, name);
	return !touched->is_anything && of && *of == OF_COLUMN;
}

/* Names, types and results stay what they are. */
static bool leaves_names(const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_COMMENT:
	case ACTION_GRANT:
	case ACTION_REVOKE:
	case ACTION_DEFAULT_PRIVILEGES:
	case ACTION_SET_OWNER:
	case ACTION_SET_DEFAULT:
	case ACTION_DROP_DEFAULT:
	case ACTION_SET_NOT_NULL:
	case ACTION_DROP_NOT_NULL:
	case ACTION_SET_STATISTICS:
	case ACTION_SET_STORAGE:
	case ACTION_SET_COMPRESSION:
	case ACTION_ADD_CHECK:
	case ACTION_ADD_FOREIGN_KEY:
	case ACTION_VALIDATE_CONSTRAINT:
	case ACTION_ENABLE_RLS:
	case ACTION_DISABLE_RLS:
	case ACTION_FORCE_RLS:
	case ACTION_NO_FORCE_RLS:
	case ACTION_ENABLE_TRIGGER:
	case ACTION_DISABLE_TRIGGER:
	case ACTION_REPLICA_IDENTITY:
	case ACTION_TRUNCATE:
	case ACTION_LOCK:
	case ACTION_REFRESH:
	case ACTION_REINDEX:
	case ACTION_ANALYZE:
	case ACTION_PUBLICATION_ADD:
	case ACTION_PUBLICATION_SET:
	case ACTION_PUBLICATION_DROP:
	case ACTION_SELECT:
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_SET:
	case ACTION_RESET:
	case ACTION_SHOW:
	case ACTION_NOTIFY:
	case ACTION_TRANSACTION:
		return true;
	default:
		return false;
	}
}

/* Nothing is analysed by what it is: a table's parts, and how a function is run. */
static bool is_beside(const Action *action)
{
	ObjectKind kind = action->object_kind;
	bool is_function =
		kind == OBJECT_FUNCTION || kind == OBJECT_PROCEDURE || kind == OBJECT_ROUTINE;
	return (is_function && action->kind == ACTION_ALTER) || kind == OBJECT_POLICY ||
	       kind == OBJECT_TRIGGER || kind == OBJECT_RULE || kind == OBJECT_STATISTIC_EXT ||
	       kind == OBJECT_PUBLICATION;
}

static bool is_installed(const Touched *touched, Str name)
{
	for (size_t i = 0; i < touched->catalog->extensions.count; i++) {
		const CatalogExtension *extension = &touched->catalog->extensions.items[i];
		if (str_equal(extension->name, name) && extension->is_installed)
			return true;
	}
	return false;
}

/* What it makes has names that are not the statement's, or is found without one. */
static bool is_unnamed(const Touched *touched, const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_EXTENSION:
		return action->kind != ACTION_CREATE || !is_installed(touched, action->object.name);
	case OBJECT_CAST:
	case OBJECT_COLLATION:
	case OBJECT_LANGUAGE:
	case OBJECT_OPCLASS:
	case OBJECT_OPERATOR:
	case OBJECT_OPFAMILY:
		return true;
	default:
		return action->kind == ACTION_OTHER || action->kind == ACTION_CALL ||
		       action->kind == ACTION_EXECUTE;
	}
}

/* Neither of them decides what a name or a constant means; of some that depends on the value. */
static bool is_harmless_setting(const Action *action)
{
	static const struct {
		Str name, value;
	} table[] = {{STR_INIT("standard_conforming_strings"), STR_INIT("on")},
		{STR_INIT("client_encoding"), STR_INIT("UTF8")},
		{STR_INIT("xmloption"), STR_INIT("content")}};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_equal(table[i].name, action->name))
			return str_contains(action->expression, table[i].value);
	return setting_is_neutral(action->name) || str_equal(action->name, STR("search_path"));
}

static void touch(Touched *touched, Str name, size_t of)
{
	if (!name.len)
		return;
	size_t *known = str_map_at(touched->arena, &touched->names, name);
	*known = *known == SIZE_MAX || *known < of ? of : *known;
	touched->has_names = true;
}

static bool has_parent(const Touched *touched, const CatalogRelation *table, Str name)
{
	for (size_t i = 0; i < table->parents.count; i++) {
		const CatalogRelation *parent =
			catalog_relation_by_oid(touched->catalog, table->parents.items[i]);
		if (parent && str_equal(parent->name, name))
			return true;
	}
	return false;
}

static bool has_column_of(const CatalogRelation *table, Str type)
{
	for (size_t i = 0; i < table->columns.count; i++)
		if (str_contains(table->columns.items[i].type, type))
			return true;
	return false;
}

/* What inherits from it, or is made of it. */
static void touch_with_dependents(Touched *touched, Str name, int depth)
{
	bool is_known = !name.len || str_map_find(&touched->names, name);
	touch(touched, name, OF_ANYTHING);
	for (size_t i = 0; !is_known && depth && i < touched->catalog->relations.count; i++) {
		const CatalogRelation *table = &touched->catalog->relations.items[i];
		if (has_parent(touched, table, name) || has_column_of(table, name))
			touch_with_dependents(touched, table->name, depth - 1);
	}
}

static bool is_new_tables_column(const Action *action)
{
	return action->kind == ACTION_ADD_COLUMN && action->options.nested;
}

static void apply(Touched *touched, const Action *action)
{
	enum {
		DEPTH_MAX = 16
	};
	if (action->kind == ACTION_SET || action->kind == ACTION_RESET)
		touched->has_settings |= !is_harmless_setting(action);
	touched->is_anything |= is_unnamed(touched, action);
	if (leaves_names(action) || is_beside(action))
		return;
	bool is_column = action->kind == ACTION_ADD_COLUMN || action->kind == ACTION_DROP_COLUMN ||
			 (action->kind == ACTION_RENAME && action->object_kind == OBJECT_COLUMN);
	touched->is_anything |= action->options.cascade;
	touch_with_dependents(touched, action->object.name, DEPTH_MAX);
	bool is_column_name = is_column && action->kind == ACTION_RENAME;
	touch(touched, action->new_name, is_column_name ? OF_COLUMN : OF_ANYTHING);
	if (!is_new_tables_column(action))
		touch(touched, action->name, is_column ? OF_COLUMN : OF_ANYTHING);
	if (action->kind == ACTION_ATTACH_PARTITION || action->kind == ACTION_DETACH_PARTITION)
		touch(touched, action->other.name, OF_ANYTHING);
}

void touched_apply(Touched *touched, const Facts *facts)
{
	enum {
		OPAQUE = GAP_NOT_PARSED | GAP_DYNAMIC | GAP_LANGUAGE | GAP_BODY | GAP_CALL
	};
	touched->is_anything |= !facts || (facts->gaps & OPAQUE);
	bool is_block = facts && facts->actions.count && facts->actions.items[0].kind == ACTION_DO;
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		const Action *action = &facts->actions.items[i];
		if (action->in_function)
			continue;
		apply(touched, action);
		/* of a block it is not known whether it is run */
		touched->has_settings |= is_block && action->kind == ACTION_SET;
	}
}
