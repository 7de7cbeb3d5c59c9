#include "sql/classify.h"

#include <string.h>

/* READ ONLY is the constant 1, READ WRITE is 0. */
static bool is_read_only(Node **options, size_t count)
{
	const PgQuery__DefElem *option = pg_tree_option(options, count, "transaction_read_only");
	const Node *value = option ? option->arg : NULL;
	return value && value->node_case == PG_QUERY__NODE__NODE_A_CONST &&
	       value->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL &&
	       value->a_const->ival->ival != 0;
}

/* SET TRANSACTION … READ ONLY, for the transaction that is open. */
static bool sets_read_only(const PgQuery__VariableSetStmt *stmt)
{
	return stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI &&
	       strcmp(stmt->name, "TRANSACTION") == 0 && is_read_only(stmt->args, stmt->n_args);
}

static SqlClass transaction_class(const PgQuery__TransactionStmt *stmt, StatementKind *kind)
{
	switch ((int)stmt->kind) {
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
		if (is_read_only(stmt->options, stmt->n_options))
			*kind = STATEMENT_BEGIN_READ_ONLY;
		return stmt->n_options ? SQL_BEGIN_WITH_OPTIONS : SQL_BEGIN;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
		*kind = stmt->chain ? STATEMENT_COMMIT_AND_CHAIN : STATEMENT_OTHER;
		return stmt->chain ? SQL_CONTROL : SQL_COMMIT;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
		*kind = STATEMENT_ROLLBACK;
		return SQL_CONTROL;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
		*kind = STATEMENT_PREPARE_TRANSACTION;
		return SQL_CONTROL;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
		*kind = STATEMENT_COMMIT_PREPARED;
		return SQL_NO_BLOCK;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
		*kind = STATEMENT_ROLLBACK_PREPARED;
		return SQL_NO_BLOCK;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
		*kind = STATEMENT_ROLLBACK_TO;
		return SQL_PLAIN;
	default: /* savepoints */
		return SQL_PLAIN;
	}
}

static bool detaches_concurrently(const PgQuery__AlterTableStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_cmds; i++) {
		if (stmt->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
			continue;
		const PgQuery__AlterTableCmd *cmd = stmt->cmds[i]->alter_table_cmd;
		if (cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition && cmd->def &&
			cmd->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
			cmd->def->partition_cmd->concurrent)
			return true;
	}
	return false;
}

/* CONCURRENTLY in front of the name is an option like those in parentheses. */
static bool is_concurrent(const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		return node->index_stmt->concurrent;
	case PG_QUERY__NODE__NODE_DROP_STMT:
		return node->drop_stmt->concurrent;
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
		return pg_tree_option_value(node->reindex_stmt->params,
			       node->reindex_stmt->n_params, "concurrently") > 0;
	default:
		return false;
	}
}

static bool is_reindex_alone(const PgQuery__ReindexStmt *stmt)
{
	return pg_tree_option_value(stmt->params, stmt->n_params, "concurrently") > 0 ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM ||
	       stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE;
}

/* A slot is made unless `connect` or `create_slot` says no (manual, CREATE SUBSCRIPTION). */
static bool creates_slot(const PgQuery__CreateSubscriptionStmt *stmt)
{
	return pg_tree_option_value(stmt->options, stmt->n_options, "create_slot") != 0 &&
	       pg_tree_option_value(stmt->options, stmt->n_options, "connect") != 0;
}

static bool is_subscription_refresh(const PgQuery__AlterSubscriptionStmt *stmt)
{
	switch ((int)stmt->kind) {
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
		return true;
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
	case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
		return pg_tree_option_value(stmt->options, stmt->n_options, "refresh") != 0;
	default:
		return false;
	}
}

static SqlClass copy_class(const PgQuery__CopyStmt *stmt, StatementKind *kind)
{
	if (stmt->filename[0] || stmt->is_program)
		return SQL_PLAIN;
	*kind = stmt->is_from ? STATEMENT_COPY_FROM_STDIN : STATEMENT_COPY_TO_STDOUT;
	return SQL_COPY;
}

/* One that has a form which runs in a transaction block, too, is of the same kind there, but where
 * the kind's name says CONCURRENTLY or the like. */
static SqlClass no_block_if(bool alone, StatementKind name, StatementKind *kind)
{
	static const bool is_named_for_all[] = {
		[STATEMENT_REINDEX] = true, [STATEMENT_VACUUM] = true, [STATEMENT_CLUSTER] = true};
	bool named = alone || (name < sizeof is_named_for_all && is_named_for_all[name]);
	*kind = named ? name : STATEMENT_OTHER;
	return alone ? SQL_NO_BLOCK : SQL_PLAIN;
}

/* The statements that call PreventInTransactionBlock in PostgreSQL's source, by node. What depends
 * on the object (a partitioned table) is found out when the server answers 25001. */
static SqlClass class_of(const Node *node, const Facts *facts, StatementKind *kind)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
		return transaction_class(node->transaction_stmt, kind);
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		return no_block_if(
			node->index_stmt->concurrent, STATEMENT_CREATE_INDEX_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_DROP_STMT:
		return no_block_if(
			node->drop_stmt->concurrent, STATEMENT_DROP_INDEX_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
		return no_block_if(is_reindex_alone(node->reindex_stmt), STATEMENT_REINDEX, kind);
	case PG_QUERY__NODE__NODE_VACUUM_STMT:
		return no_block_if(node->vacuum_stmt->is_vacuumcmd, STATEMENT_VACUUM, kind);
	case PG_QUERY__NODE__NODE_CLUSTER_STMT:
		return no_block_if(!node->cluster_stmt->relation, STATEMENT_CLUSTER, kind);
	case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
		return no_block_if(true, STATEMENT_ALTER_SYSTEM, kind);
	case PG_QUERY__NODE__NODE_CREATEDB_STMT:
		return no_block_if(true, STATEMENT_CREATE_DATABASE, kind);
	case PG_QUERY__NODE__NODE_DROPDB_STMT:
		return no_block_if(true, STATEMENT_DROP_DATABASE, kind);
	case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
		return no_block_if(pg_tree_option_value(node->alter_database_stmt->options,
					   node->alter_database_stmt->n_options, "tablespace") > 0,
			STATEMENT_ALTER_DATABASE_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
		return no_block_if(true, STATEMENT_CREATE_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
		return no_block_if(true, STATEMENT_DROP_TABLESPACE, kind);
	case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
		return no_block_if(creates_slot(node->create_subscription_stmt),
			STATEMENT_CREATE_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
		return no_block_if(true, STATEMENT_DROP_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
		return no_block_if(is_subscription_refresh(node->alter_subscription_stmt),
			STATEMENT_REFRESH_SUBSCRIPTION, kind);
	case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
		return no_block_if(detaches_concurrently(node->alter_table_stmt),
			STATEMENT_DETACH_CONCURRENTLY, kind);
	case PG_QUERY__NODE__NODE_DISCARD_STMT:
		return no_block_if(
			node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL,
			STATEMENT_DISCARD_ALL, kind);
	case PG_QUERY__NODE__NODE_DO_STMT:
		return no_block_if(facts->ends_transaction, STATEMENT_DO_COMMITS, kind);
	case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
		if (sets_read_only(node->variable_set_stmt))
			*kind = STATEMENT_SET_READ_ONLY;
		return SQL_PLAIN;
	case PG_QUERY__NODE__NODE_COPY_STMT:
		return copy_class(node->copy_stmt, kind);
	default:
		return SQL_PLAIN;
	}
}

static bool is_none(const PgQuery__VariableSetStmt *stmt)
{
	return stmt->n_args == 1 && str_equal(pg_tree_constant(stmt->args[0]), STR("none"));
}

/* RESET ROLE, SET ROLE NONE, RESET SESSION AUTHORIZATION, DISCARD ALL, and other spellings. */
static bool drops_role(const Node *node)
{
	if (node->node_case == PG_QUERY__NODE__NODE_DISCARD_STMT)
		return node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL;
	if (node->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT)
		return false;
	const PgQuery__VariableSetStmt *stmt = node->variable_set_stmt;
	bool role = strcmp(stmt->name, "role") == 0;
	bool is_default = stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
			  stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT;
	return (role || strcmp(stmt->name, "session_authorization") == 0) &&
	       (is_default || (role && is_none(stmt)));
}

SqlTraits classify_statement(const Node *node, const Facts *facts)
{
	SqlTraits traits = {.is_concurrent = is_concurrent(node), .drops_role = drops_role(node)};
	traits.class = class_of(node, facts, &traits.kind);
	return traits;
}
