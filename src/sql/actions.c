#include "sql/actions.h"

#include "sql/alter.h"
#include "sql/create.h"
#include "sql/uses.h"

#include <string.h>

static bool is_cascade(PgQuery__DropBehavior behavior)
{
	return behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

/* Policies, triggers and rules are named after their table: [schema.]table.name. */
static bool is_on_table(ObjectKind kind)
{
	return kind == OBJECT_POLICY || kind == OBJECT_TRIGGER || kind == OBJECT_RULE ||
	       kind == OBJECT_COLUMN || kind == OBJECT_TABCONSTRAINT;
}

/* The object that a node names, as DROP, COMMENT, GRANT and ALTER … have it. */
static void take_object(FactsBuilder *b, const Node *node, Action *action)
{
	if (!node)
		return;
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_STRING:
		action->object.name = pg_tree_text(node);
		break;
	case PG_QUERY__NODE__NODE_RANGE_VAR:
		action->object = pg_tree_range(node->range_var);
		break;
	case PG_QUERY__NODE__NODE_TYPE_NAME:
		action->object = pg_tree_name(node->type_name->names, node->type_name->n_names);
		break;
	case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
		create_take_signature(b->arena, node->object_with_args, action);
		break;
	case PG_QUERY__NODE__NODE_ROLE_SPEC:
		action->object.name = str_from(node->role_spec->rolename);
		break;
	case PG_QUERY__NODE__NODE_LIST: {
		Node **items = node->list->items;
		size_t count = node->list->n_items;
		if (count && is_on_table(action->object_kind))
			action->name = pg_tree_text(items[--count]);
		action->object = pg_tree_name(items, count);
		break;
	}
	default:
		break;
	}
}

static void read_alter_function(FactsBuilder *b, const PgQuery__AlterFunctionStmt *stmt)
{
	ObjectKind kind = pg_tree_object_kind(stmt->objtype);
	create_take_signature(
		b->arena, stmt->func, builder_add(b, ACTION_ALTER, kind, (ObjectName){0}));
}

static void read_drop(FactsBuilder *b, const PgQuery__DropStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_objects; i++) {
		ObjectKind kind = pg_tree_object_kind(stmt->remove_type);
		Action *action = builder_add(b, ACTION_DROP, kind, (ObjectName){0});
		take_object(b, stmt->objects[i], action);
		action->options.if_exists = stmt->missing_ok;
		action->options.cascade = is_cascade(stmt->behavior);
		action->options.concurrently = stmt->concurrent;
	}
}

static Action *add_on(
	FactsBuilder *b, ActionKind kind, ObjectKind object_kind, const PgQuery__RangeVar *relation)
{
	return builder_add(b, kind, object_kind, pg_tree_range(relation));
}

static void read_rename(FactsBuilder *b, const PgQuery__RenameStmt *stmt)
{
	ObjectKind kind = pg_tree_object_kind(stmt->rename_type);
	Action *action = add_on(b, ACTION_RENAME, kind, stmt->relation);
	take_object(b, stmt->object, action);
	if (stmt->subname[0])
		action->name = str_from(stmt->subname);
	action->new_name = str_from(stmt->newname);
	action->options.if_exists = stmt->missing_ok;
	action->options.cascade = is_cascade(stmt->behavior);
	action->options.only = stmt->relation && !stmt->relation->inh;
}

static void read_set_schema(FactsBuilder *b, const PgQuery__AlterObjectSchemaStmt *stmt)
{
	ObjectKind kind = pg_tree_object_kind(stmt->object_type);
	Action *action = add_on(b, ACTION_SET_SCHEMA, kind, stmt->relation);
	take_object(b, stmt->object, action);
	action->new_name = str_from(stmt->newschema);
	action->options.if_exists = stmt->missing_ok;
}

static void read_owner(FactsBuilder *b, const PgQuery__AlterOwnerStmt *stmt)
{
	ObjectKind kind = pg_tree_object_kind(stmt->object_type);
	Action *action = add_on(b, ACTION_SET_OWNER, kind, stmt->relation);
	take_object(b, stmt->object, action);
	if (stmt->newowner)
		action->new_name = str_from(stmt->newowner->rolename);
}

static void read_comment(FactsBuilder *b, const PgQuery__CommentStmt *stmt)
{
	Action *action =
		builder_add(b, ACTION_COMMENT, pg_tree_object_kind(stmt->objtype), (ObjectName){0});
	take_object(b, stmt->object, action);
}

/* Without a list it is ALL PRIVILEGES. */
static Names privilege_names(Arena *arena, const PgQuery__GrantStmt *stmt)
{
	Names names = {0};
	for (size_t i = 0; i < stmt->n_privileges; i++)
		if (stmt->privileges[i]->node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV)
			*vec_add(arena, &names) =
				str_from(stmt->privileges[i]->access_priv->priv_name);
	if (!stmt->n_privileges)
		*vec_add(arena, &names) = STR("all");
	return names;
}

/* Of GRANT a (column): all privileges' columns together. */
static Names privilege_columns(Arena *arena, const PgQuery__GrantStmt *stmt)
{
	Names names = {0};
	for (size_t i = 0; i < stmt->n_privileges; i++) {
		if (stmt->privileges[i]->node_case != PG_QUERY__NODE__NODE_ACCESS_PRIV)
			continue;
		const PgQuery__AccessPriv *privilege = stmt->privileges[i]->access_priv;
		for (size_t j = 0; j < privilege->n_cols; j++)
			*vec_add(arena, &names) = pg_tree_text(privilege->cols[j]);
	}
	return names;
}

/* GRANT insert, update (a): the first of them. */
static bool has_whole_privilege(const PgQuery__GrantStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_privileges; i++)
		if (stmt->privileges[i]->node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV &&
			!stmt->privileges[i]->access_priv->n_cols)
			return true;
	return false;
}

static void read_grant(FactsBuilder *b, const PgQuery__GrantStmt *stmt, bool by_default)
{
	ActionKind kind = by_default       ? ACTION_DEFAULT_PRIVILEGES
			  : stmt->is_grant ? ACTION_GRANT
					   : ACTION_REVOKE;
	size_t count = stmt->n_objects ? stmt->n_objects : 1;
	for (size_t i = 0; i < count; i++) {
		Action *action =
			builder_add(b, kind, pg_tree_object_kind(stmt->objtype), (ObjectName){0});
		if (stmt->n_objects)
			take_object(b, stmt->objects[i], action);
		action->columns = privilege_names(b->arena, stmt);
		action->keys = privilege_columns(b->arena, stmt);
		action->other_columns = pg_tree_roles(b->arena, stmt->grantees, stmt->n_grantees);
		action->options.all =
			stmt->targtype != PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_OBJECT;
		action->options.grants_whole = has_whole_privilege(stmt);
		action->options.cascade = is_cascade(stmt->behavior);
	}
}

/* IN SCHEMA: `keys`; FOR ROLE: `only`. */
static void read_default_privileges(
	FactsBuilder *b, const PgQuery__AlterDefaultPrivilegesStmt *stmt)
{
	size_t first = b->facts.actions.count;
	const PgQuery__DefElem *schemas = pg_tree_option(stmt->options, stmt->n_options, "schemas");
	const PgQuery__DefElem *roles = pg_tree_option(stmt->options, stmt->n_options, "roles");
	read_grant(b, stmt->action, true);
	for (size_t i = first; i < b->facts.actions.count; i++) {
		Action *action = &b->facts.actions.items[i];
		action->options.only = roles != NULL;
		if (schemas && schemas->arg && schemas->arg->node_case == PG_QUERY__NODE__NODE_LIST)
			action->keys = pg_tree_names(
				b->arena, schemas->arg->list->items, schemas->arg->list->n_items);
	}
}

/* One action for each relation of a list. */
static void read_relations(FactsBuilder *b, ActionKind kind, Node **relations, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const PgQuery__RangeVar *range = NULL;
		if (relations[i]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
			range = relations[i]->range_var;
		else if (relations[i]->node_case == PG_QUERY__NODE__NODE_VACUUM_RELATION)
			range = relations[i]->vacuum_relation->relation;
		Action *action = builder_add(b, kind, OBJECT_TABLE, pg_tree_range(range));
		action->options.only = range && !range->inh;
		builder_place(b, range ? range->location : 0);
	}
}

static void read_truncate(FactsBuilder *b, const PgQuery__TruncateStmt *stmt)
{
	size_t first = b->facts.actions.count;
	read_relations(b, ACTION_TRUNCATE, stmt->relations, stmt->n_relations);
	for (size_t i = first; i < b->facts.actions.count; i++) {
		b->facts.actions.items[i].options.cascade = is_cascade(stmt->behavior);
		b->facts.actions.items[i].options.restart = stmt->restart_seqs;
	}
}

static void read_vacuum(FactsBuilder *b, const PgQuery__VacuumStmt *stmt)
{
	ActionKind kind = stmt->is_vacuumcmd ? ACTION_VACUUM : ACTION_ANALYZE;
	if (stmt->n_rels)
		read_relations(b, kind, stmt->rels, stmt->n_rels);
	else
		builder_add(b, kind, OBJECT_DATABASE, (ObjectName){0});
}

static void read_reindex(FactsBuilder *b, const PgQuery__ReindexStmt *stmt)
{
	bool is_index = stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX;
	bool is_table = stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE;
	ObjectKind kind = is_index ? OBJECT_INDEX : is_table ? OBJECT_TABLE : OBJECT_SCHEMA;
	Action *action = add_on(b, ACTION_REINDEX, kind, stmt->relation);
	if (!stmt->relation)
		action->object.name = str_from(stmt->name);
	action->options.concurrently =
		pg_tree_option_value(stmt->params, stmt->n_params, "concurrently") > 0;
}

static void read_refresh(FactsBuilder *b, const PgQuery__RefreshMatViewStmt *stmt)
{
	Action *action = add_on(b, ACTION_REFRESH, OBJECT_MATVIEW, stmt->relation);
	action->options.concurrently = stmt->concurrent;
	action->options.no_data = stmt->skip_data;
}

static void read_enum(FactsBuilder *b, const PgQuery__AlterEnumStmt *stmt)
{
	ActionKind kind = stmt->old_val[0] ? ACTION_RENAME_VALUE : ACTION_ADD_VALUE;
	Action *action =
		builder_add(b, kind, OBJECT_TYPE, pg_tree_name(stmt->type_name, stmt->n_type_name));
	action->name = str_from(stmt->old_val);
	action->new_name = str_from(stmt->new_val);
	if (kind == ACTION_ADD_VALUE)
		action->name = str_from(stmt->new_val_neighbor);
	action->options.if_not_exists = stmt->skip_if_new_val_exists;
}

static void read_domain(FactsBuilder *b, const PgQuery__AlterDomainStmt *stmt)
{
	ObjectName domain = pg_tree_name(stmt->type_name, stmt->n_type_name);
	if (stmt->def && stmt->def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
		alter_read_domain_constraint(b, domain, stmt->def->constraint);
		return;
	}
	static const struct {
		char subtype;
		ActionKind kind;
	} table[] = {{'N', ACTION_DROP_NOT_NULL}, {'O', ACTION_SET_NOT_NULL},
		{'T', ACTION_SET_DEFAULT}, {'V', ACTION_VALIDATE_CONSTRAINT},
		{'X', ACTION_DROP_CONSTRAINT}};
	ActionKind kind = ACTION_ALTER;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].subtype == stmt->subtype[0])
			kind = table[i].kind;
	Action *action = builder_add(b, kind, OBJECT_DOMAIN, domain);
	action->name = str_from(stmt->name);
	action->options.if_exists = stmt->missing_ok;
	action->options.cascade = is_cascade(stmt->behavior);
}

/* OWNED BY table.column: `other` and `name`. */
static void read_sequence(FactsBuilder *b, const PgQuery__AlterSeqStmt *stmt)
{
	Action *action = add_on(b, ACTION_ALTER, OBJECT_SEQUENCE, stmt->sequence);
	const PgQuery__DefElem *owner = pg_tree_option(stmt->options, stmt->n_options, "owned_by");
	action->options.if_exists = stmt->missing_ok;
	action->columns = pg_tree_option_names(b->arena, stmt->options, stmt->n_options);
	if (!owner || !owner->arg || owner->arg->node_case != PG_QUERY__NODE__NODE_LIST ||
		owner->arg->list->n_items < 2)
		return;
	size_t last = owner->arg->list->n_items - 1;
	action->other = pg_tree_name(owner->arg->list->items, last);
	action->name = pg_tree_text(owner->arg->list->items[last]);
}

static void read_publication(FactsBuilder *b, const PgQuery__AlterPublicationStmt *stmt)
{
	ActionKind kind = stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects
				  ? ACTION_PUBLICATION_ADD
			  : stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects
				  ? ACTION_PUBLICATION_DROP
				  : ACTION_PUBLICATION_SET;
	for (size_t i = 0; i < stmt->n_pubobjects; i++) {
		if (stmt->pubobjects[i]->node_case != PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC)
			continue;
		const PgQuery__PublicationObjSpec *spec = stmt->pubobjects[i]->publication_obj_spec;
		const PgQuery__RangeVar *table = spec->pubtable ? spec->pubtable->relation : NULL;
		Action *action = builder_add(b, kind, table ? OBJECT_TABLE : OBJECT_SCHEMA,
			table ? pg_tree_range(table) : (ObjectName){.name = str_from(spec->name)});
		action->name = str_from(stmt->pubname);
		builder_place(b, spec->location);
	}
	if (!stmt->n_pubobjects)
		builder_add(b, ACTION_ALTER, OBJECT_PUBLICATION,
			(ObjectName){.name = str_from(stmt->pubname)});
}

/* Several values (search_path) are one text, with commas. */
static Str set_value(FactsBuilder *b, const PgQuery__VariableSetStmt *stmt)
{
	Buf buf = buf_new(b->arena, 1024);
	for (size_t i = 0; i < stmt->n_args; i++) {
		if (i)
			buf_add(&buf, STR(", "));
		Str text = pg_tree_constant(stmt->args[i]);
		buf_add(&buf, text.ptr ? text : pg_tree_expression(b->arena, stmt->args[i]));
	}
	return buf_str(&buf);
}

static void read_set(FactsBuilder *b, const PgQuery__VariableSetStmt *stmt)
{
	bool sets = stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE ||
		    stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI;
	Action *action =
		builder_add(b, sets ? ACTION_SET : ACTION_RESET, OBJECT_NONE, (ObjectName){0});
	action->name = str_from(stmt->name);
	action->options.local = stmt->is_local;
	action->options.all = stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL;
	action->expression = set_value(b, stmt);
}

static void read_copy(FactsBuilder *b, const PgQuery__CopyStmt *stmt)
{
	Action *action = add_on(b, ACTION_COPY, OBJECT_TABLE, stmt->relation);
	action->expression = stmt->is_program ? STR("program") : str_from(stmt->filename);
	action->options.as_query = !stmt->is_from;
}

/* The tree has the number of the mode in PostgreSQL's source (lockdefs.h). */
static void read_lock(FactsBuilder *b, const PgQuery__LockStmt *stmt)
{
	static const Str modes[] = {STR_INIT(""), STR_INIT("ACCESS SHARE"), STR_INIT("ROW SHARE"),
		STR_INIT("ROW EXCLUSIVE"), STR_INIT("SHARE UPDATE EXCLUSIVE"), STR_INIT("SHARE"),
		STR_INIT("SHARE ROW EXCLUSIVE"), STR_INIT("EXCLUSIVE"),
		STR_INIT("ACCESS EXCLUSIVE")};
	size_t first = b->facts.actions.count, mode = (size_t)stmt->mode;
	read_relations(b, ACTION_LOCK, stmt->relations, stmt->n_relations);
	for (size_t i = first; i < b->facts.actions.count && mode < sizeof modes / sizeof *modes;
		i++)
		b->facts.actions.items[i].type = modes[mode];
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

static void read_select(FactsBuilder *b, const PgQuery__SelectStmt *stmt)
{
	if (stmt->into_clause)
		create_read_into(b, stmt->into_clause);
	else
		builder_add(b, ACTION_SELECT, OBJECT_NONE, (ObjectName){0})->options.is_constant =
			is_constant(stmt);
}

static void read_drop_role(FactsBuilder *b, const PgQuery__DropRoleStmt *stmt)
{
	Names roles = pg_tree_roles(b->arena, stmt->roles, stmt->n_roles);
	for (size_t i = 0; i < roles.count; i++)
		builder_add(b, ACTION_DROP, OBJECT_ROLE, (ObjectName){.name = roles.items[i]})
			->options.if_exists = stmt->missing_ok;
}

/* GRANT a TO b: the granted roles are where privileges would be. */
static void read_grant_role(FactsBuilder *b, const PgQuery__GrantRoleStmt *stmt)
{
	Action *action = builder_add(
		b, stmt->is_grant ? ACTION_GRANT : ACTION_REVOKE, OBJECT_ROLE, (ObjectName){0});
	for (size_t i = 0; i < stmt->n_granted_roles; i++)
		if (stmt->granted_roles[i]->node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV)
			*vec_add(b->arena, &action->columns) =
				str_from(stmt->granted_roles[i]->access_priv->priv_name);
	action->other_columns = pg_tree_roles(b->arena, stmt->grantee_roles, stmt->n_grantee_roles);
}

/* ALL: of none. */
static void read_role(FactsBuilder *b, ActionKind kind, const PgQuery__RoleSpec *role, Str setting)
{
	Action *action = builder_add(b, kind, OBJECT_ROLE, (ObjectName){0});
	action->options.all = !role;
	action->object.name = role ? str_from(role->rolename) : (Str){0};
	action->name = setting;
}

static void read_transaction(FactsBuilder *b, const PgQuery__TransactionStmt *stmt)
{
	Action *action = builder_add(b, ACTION_TRANSACTION, OBJECT_NONE, (ObjectName){0});
	action->name = str_from(stmt->savepoint_name);
	switch ((int)stmt->kind) {
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
		action->type = STR("SAVEPOINT");
		break;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
		action->type = STR("RELEASE");
		break;
	case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
		action->type = STR("ROLLBACK TO");
		break;
	default:
		break;
	}
}

static void read_session(FactsBuilder *b, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
		read_set(b, node->variable_set_stmt);
		break;
	case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
		builder_add(b, ACTION_SET_CONSTRAINTS, OBJECT_NONE, (ObjectName){0})
			->options.deferred = node->constraints_set_stmt->deferred;
		break;
	case PG_QUERY__NODE__NODE_CALL_STMT:
		builder_add(b, ACTION_CALL, OBJECT_PROCEDURE,
			pg_tree_name(node->call_stmt->funccall->funcname,
				node->call_stmt->funccall->n_funcname));
		builder_gap(b, GAP_CALL);
		break;
	case PG_QUERY__NODE__NODE_EXECUTE_STMT:
		builder_add(b, ACTION_EXECUTE, OBJECT_NONE, (ObjectName){0});
		builder_gap(b, GAP_CALL);
		break;
	case PG_QUERY__NODE__NODE_DO_STMT:
		builder_add(b, ACTION_DO, OBJECT_NONE, (ObjectName){0});
		break;
	case PG_QUERY__NODE__NODE_SELECT_STMT:
		read_select(b, node->select_stmt);
		break;
	case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
		builder_add(b, ACTION_SHOW, OBJECT_NONE, (ObjectName){0});
		break;
	case PG_QUERY__NODE__NODE_NOTIFY_STMT:
		builder_add(b, ACTION_NOTIFY, OBJECT_NONE, (ObjectName){0});
		break;
	case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
		read_transaction(b, node->transaction_stmt);
		break;
	default: /* the queries that write are read as uses */
		break;
	}
}

static void read_alteration(FactsBuilder *b, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
		alter_read(b, node->alter_table_stmt);
		break;
	case PG_QUERY__NODE__NODE_DROP_STMT:
		read_drop(b, node->drop_stmt);
		break;
	case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
		read_drop_role(b, node->drop_role_stmt);
		break;
	case PG_QUERY__NODE__NODE_RENAME_STMT:
		read_rename(b, node->rename_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
		read_set_schema(b, node->alter_object_schema_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
		read_owner(b, node->alter_owner_stmt);
		break;
	case PG_QUERY__NODE__NODE_COMMENT_STMT:
		read_comment(b, node->comment_stmt);
		break;
	case PG_QUERY__NODE__NODE_GRANT_STMT:
		read_grant(b, node->grant_stmt, false);
		break;
	case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
		read_grant_role(b, node->grant_role_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
		read_role(b, ACTION_SET_FOR_ROLE, node->alter_role_set_stmt->role,
			node->alter_role_set_stmt->setstmt
				? str_from(node->alter_role_set_stmt->setstmt->name)
				: (Str){0});
		break;
	case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
		read_role(b, ACTION_ALTER, node->alter_role_stmt->role, (Str){0});
		break;
	case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
		builder_add(b, ACTION_ALTER_SYSTEM, OBJECT_NONE, (ObjectName){0})->name =
			str_from(node->alter_system_stmt->setstmt->name);
		break;
	case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
		read_default_privileges(b, node->alter_default_privileges_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
		read_enum(b, node->alter_enum_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
		read_alter_function(b, node->alter_function_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
		read_domain(b, node->alter_domain_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
		read_sequence(b, node->alter_seq_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
		read_publication(b, node->alter_publication_stmt);
		break;
	default:
		break;
	}
}

static void read_table_work(FactsBuilder *b, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
		read_truncate(b, node->truncate_stmt);
		break;
	case PG_QUERY__NODE__NODE_VACUUM_STMT:
		read_vacuum(b, node->vacuum_stmt);
		break;
	case PG_QUERY__NODE__NODE_REINDEX_STMT:
		read_reindex(b, node->reindex_stmt);
		break;
	case PG_QUERY__NODE__NODE_CLUSTER_STMT:
		add_on(b, ACTION_CLUSTER, OBJECT_TABLE, node->cluster_stmt->relation);
		break;
	case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
		read_refresh(b, node->refresh_mat_view_stmt);
		break;
	case PG_QUERY__NODE__NODE_LOCK_STMT:
		read_lock(b, node->lock_stmt);
		break;
	case PG_QUERY__NODE__NODE_COPY_STMT:
		read_copy(b, node->copy_stmt);
		break;
	default:
		break;
	}
}

/* A function's own body is read apart, a rule's actions run when it fires. What CREATE AGGREGATE
 * and its like name in their options may be of any kind. */
static void read_uses(FactsBuilder *b, const Node *node)
{
	if (node->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT) {
		create_read_function_uses(b, node->create_function_stmt);
		return;
	}
	if (node->node_case == PG_QUERY__NODE__NODE_DEFINE_STMT)
		return;
	bool was_in_function = b->in_function;
	b->in_function |= node->node_case == PG_QUERY__NODE__NODE_RULE_STMT;
	uses_read(b, &node->base);
	b->in_function = was_in_function;
}

void actions_read(FactsBuilder *builder, const Node *statement)
{
	size_t first = builder->facts.actions.count;
	create_read(builder, statement);
	read_alteration(builder, statement);
	read_table_work(builder, statement);
	read_session(builder, statement);
	read_uses(builder, statement);
	if (builder->facts.actions.count == first)
		builder_add(builder, ACTION_OTHER, OBJECT_NONE, (ObjectName){0});
}
