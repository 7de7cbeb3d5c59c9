/* Which actions make what the world does not follow. */
#include "world/world_apply.h"

#include "sql/builtin_type.h"

#include <string.h>

/* 'text', 12.5, true */
static bool is_literal(Str value)
{
	static const Str words[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("NULL")};
	bool is_text = value.len > 1 && value.ptr[0] == '\'' && value.ptr[value.len - 1] == '\'';
	Str rest = is_text ? str_head(str_skip(value, 1), value.len - 2) : value;
	bool is_whole = true;
	for (size_t i = 0; i < rest.len; i++)
		is_whole &=
			is_text ? rest.ptr[i] != '\'' : strchr("0123456789.", rest.ptr[i]) != NULL;
	return (value.len && is_whole) || STR_IS_AMONG(value, words);
}

/* Nothing else can hang on it, and it hangs on nothing but its table. */
static bool is_plain_column(const Action *action)
{
	bool is_simple = !action->options.identity && !action->options.generated &&
			 !action->options.collated;
	return is_simple && builtin_type_is(action->type) &&
	       !builtin_type_is_serial(action->type) &&
	       (!action->options.has_default || is_literal(action->expression));
}

bool world_makes_by(const Action *action)
{
	switch ((int)action->kind) {
	case ACTION_ADD_COLUMN:
		return !is_plain_column(action);
	case ACTION_DROP:
	case ACTION_DROP_COLUMN:
	case ACTION_DROP_CONSTRAINT:
	case ACTION_DROP_DEFAULT:
	case ACTION_DROP_NOT_NULL:
	case ACTION_SET_NOT_NULL:
	case ACTION_COMMENT:
	case ACTION_GRANT:
	case ACTION_REVOKE:
	case ACTION_DEFAULT_PRIVILEGES:
	case ACTION_SELECT:
	case ACTION_INSERT:
	case ACTION_UPDATE:
	case ACTION_DELETE:
	case ACTION_MERGE:
	case ACTION_COPY:
	case ACTION_TRUNCATE:
	case ACTION_LOCK:
	case ACTION_SET:
	case ACTION_RESET:
	case ACTION_ENABLE_RLS:
	case ACTION_DISABLE_RLS:
	case ACTION_FORCE_RLS:
	case ACTION_NO_FORCE_RLS:
	case ACTION_VALIDATE_CONSTRAINT:
	case ACTION_NOTIFY:
	case ACTION_SHOW:
		return false;
	default:
		return true;
	}
}

bool world_makes_class(const Action *action)
{
	switch ((int)action->object_kind) {
	case OBJECT_ACCESS_METHOD:
	case OBJECT_CAST:
	case OBJECT_EXTENSION:
	case OBJECT_OPCLASS:
	case OBJECT_OPFAMILY:
		return action->kind != ACTION_COMMENT;
	default: /* ALTER EXTENSION UPDATE is one of those that are not read */
		return action->kind == ACTION_OTHER;
	}
}
