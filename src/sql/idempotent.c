#include "sql/idempotent.h"

static bool is_idempotent_change(const PgQuery__AlterTableCmd *cmd)
{
	switch ((int)cmd->subtype) {
	case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
		return cmd->missing_ok;
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
	case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
		return true;
	default:
		return false;
	}
}

static bool is_idempotent_alter(const PgQuery__AlterTableStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_cmds; i++)
		if (stmt->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD ||
			!is_idempotent_change(stmt->cmds[i]->alter_table_cmd))
			return false;
	return true;
}

static bool is_idempotent_insert(const PgQuery__InsertStmt *stmt)
{
	return stmt->on_conflict_clause &&
	       stmt->on_conflict_clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING;
}

/* SELECT 1, as placeholders have it. */
static bool is_constant(const PgQuery__SelectStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_target_list; i++) {
		const Node *target = stmt->target_list[i];
		if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
			!target->res_target->val ||
			target->res_target->val->node_case != PG_QUERY__NODE__NODE_A_CONST)
			return false;
	}
	return stmt->n_target_list && !stmt->n_from_clause && !stmt->where_clause &&
	       !stmt->with_clause && !stmt->into_clause;
}

/* CREATE IF NOT EXISTS, CREATE OR REPLACE, DROP IF EXISTS. */
static bool minds_what_is_there(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_STMT:
		return node->create_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
		return node->create_table_as_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
		return node->create_foreign_table_stmt->base_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
		return node->create_schema_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
		return node->create_seq_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
		return node->create_extension_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
		return node->create_stats_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		return node->index_stmt->if_not_exists;
	case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
		return node->alter_enum_stmt->skip_if_new_val_exists;
	case PG_QUERY__NODE__NODE_VIEW_STMT:
		return node->view_stmt->replace;
	case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
		return node->create_function_stmt->replace;
	case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
		return node->create_trig_stmt->replace;
	case PG_QUERY__NODE__NODE_RULE_STMT:
		return node->rule_stmt->replace;
	case PG_QUERY__NODE__NODE_DROP_STMT:
		return node->drop_stmt->missing_ok;
	case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
		return node->drop_role_stmt->missing_ok;
	default:
		return false;
	}
}

bool idempotent_node(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
	case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
	case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
	case PG_QUERY__NODE__NODE_NOTIFY_STMT:
	case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
	case PG_QUERY__NODE__NODE_VACUUM_STMT:
	case PG_QUERY__NODE__NODE_GRANT_STMT:
	case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
	case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
	case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
	case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
	case PG_QUERY__NODE__NODE_COMMENT_STMT:
		return true;
	case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
		return is_idempotent_alter(node->alter_table_stmt);
	case PG_QUERY__NODE__NODE_SELECT_STMT:
		return is_constant(node->select_stmt);
	case PG_QUERY__NODE__NODE_INSERT_STMT:
		return is_idempotent_insert(node->insert_stmt);
	default:
		return minds_what_is_there(node);
	}
}
