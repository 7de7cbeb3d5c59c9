/* Which actions make what the world does not follow. */
#include "world/world_apply.h"

bool world_makes_by(const Action *action)
{
	switch ((int)action->kind) {
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
