#include "sql/create.h"

#include "sql/alter.h"
#include "sql/uses.h"

#include <string.h>

static Action *add_named(FactsBuilder *b, ObjectKind kind, const char *name)
{
	return builder_add(b, ACTION_CREATE, kind, (ObjectName){.name = str_from(name)});
}

static void take_persistence(const PgQuery__RangeVar *range, Action *action)
{
	action->options.temporary = strcmp(range->relpersistence, "t") == 0 ||
				    strcmp(range->schemaname, "pg_temp") == 0;
	action->options.unlogged = strcmp(range->relpersistence, "u") == 0;
}

/* Of PARTITION BY; an expression is empty. */
static Names partition_keys(Arena *arena, const PgQuery__PartitionSpec *spec)
{
	Names keys = {0};
	for (size_t i = 0; spec && i < spec->n_part_params; i++)
		if (spec->part_params[i]->node_case == PG_QUERY__NODE__NODE_PARTITION_ELEM)
			*vec_add(arena, &keys) =
				str_from(spec->part_params[i]->partition_elem->name);
	return keys;
}

static void read_table(FactsBuilder *b, ObjectKind kind, const PgQuery__CreateStmt *stmt)
{
	Action *action = builder_add(b, ACTION_CREATE, kind, pg_tree_range(stmt->relation));
	take_persistence(stmt->relation, action);
	action->options.if_not_exists = stmt->if_not_exists;
	action->options.partitioned = stmt->partspec != NULL;
	action->keys = partition_keys(b->arena, stmt->partspec);
	action->options.partition = stmt->partbound != NULL;
	action->options.typed = stmt->of_typename != NULL;
	alter_take_bound(b, stmt->partbound, action);
	if (stmt->n_inh_relations &&
		stmt->inh_relations[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
		action->other = pg_tree_range(stmt->inh_relations[0]->range_var);
	builder_place(b, stmt->relation->location);
	alter_read_elements(b, stmt);
}

Action *create_read_into(FactsBuilder *builder, const PgQuery__IntoClause *into)
{
	Action *action =
		builder_add(builder, ACTION_CREATE, OBJECT_TABLE, pg_tree_range(into->rel));
	take_persistence(into->rel, action);
	action->options.as_query = true;
	action->options.no_data = into->skip_data;
	builder_place(builder, into->rel->location);
	return action;
}

static void read_table_as(FactsBuilder *b, const PgQuery__CreateTableAsStmt *stmt)
{
	Action *action = create_read_into(b, stmt->into);
	action->object_kind = pg_tree_object_kind(stmt->objtype);
	action->options.if_not_exists = stmt->if_not_exists;
}

static void read_view(FactsBuilder *b, const PgQuery__ViewStmt *stmt)
{
	Action *action = builder_add(b, ACTION_CREATE, OBJECT_VIEW, pg_tree_range(stmt->view));
	take_persistence(stmt->view, action);
	action->options.or_replace = stmt->replace;
	action->columns = pg_tree_option_names(b->arena, stmt->options, stmt->n_options);
	action->options.security_invoker =
		pg_tree_option_value(stmt->options, stmt->n_options, "security_invoker") > 0;
	builder_place(b, stmt->view->location);
}

static void read_index(FactsBuilder *b, const PgQuery__IndexStmt *stmt)
{
	Action *action = builder_add(b, ACTION_CREATE, OBJECT_INDEX, pg_tree_range(stmt->relation));
	action->name = str_from(stmt->idxname);
	action->type = str_from(stmt->access_method);
	action->options.unique = stmt->unique;
	action->options.concurrently = stmt->concurrent;
	action->options.if_not_exists = stmt->if_not_exists;
	action->options.nulls_not_distinct = stmt->nulls_not_distinct;
	action->options.only = !stmt->relation->inh;
	action->options.has_where = stmt->where_clause != NULL;
	action->expression = pg_tree_expression(b->arena, stmt->where_clause);
	for (size_t i = 0; i < stmt->n_index_params; i++) {
		const Node *param = stmt->index_params[i];
		if (param->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
			alter_take_element(b->arena, param->index_elem, action);
	}
	for (size_t i = 0; i < stmt->n_index_including_params; i++) {
		const Node *param = stmt->index_including_params[i];
		if (param->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
			*vec_add(b->arena, &action->keys) = str_from(param->index_elem->name);
	}
	builder_place(b, stmt->relation->location);
}

/* ---- functions ---- */

static bool is_input(const PgQuery__FunctionParameter *parameter)
{
	return parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
	       parameter->mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

static bool is_output(const PgQuery__FunctionParameter *parameter)
{
	return parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
	       parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT;
}

static void add_type(FactsBuilder *b, Buf *buf, PgQuery__TypeName *type)
{
	if (buf_str(buf).len)
		buf_add(buf, STR(", "));
	buf_add(buf, pg_tree_type(b->arena, type));
}

enum {
	ARGUMENTS_MAX = 16 * 1024
};

/* The input arguments' names and defaults; the names of those with a default once more. */
static void take_names(FactsBuilder *b, const PgQuery__CreateFunctionStmt *stmt, Action *action)
{
	for (size_t i = 0; i < stmt->n_parameters; i++) {
		const Node *node = stmt->parameters[i];
		if (node->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER)
			continue;
		action->options.lacks_result &= !is_output(node->function_parameter);
		if (!is_input(node->function_parameter))
			continue;
		Str name = str_from(node->function_parameter->name);
		*vec_add(b->arena, &action->columns) = name;
		*vec_add(b->arena, &action->keys) =
			pg_tree_expression(b->arena, node->function_parameter->defexpr);
		if (node->function_parameter->defexpr)
			*vec_add(b->arena, &action->other_columns) = name;
	}
}

static Str argument_types(FactsBuilder *b, const PgQuery__CreateFunctionStmt *stmt)
{
	Buf buf = buf_new(b->arena, ARGUMENTS_MAX);
	for (size_t i = 0; i < stmt->n_parameters; i++) {
		const Node *node = stmt->parameters[i];
		if (node->node_case == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER &&
			is_input(node->function_parameter))
			add_type(b, &buf, node->function_parameter->arg_type);
	}
	return buf_str(&buf);
}

void create_take_signature(Arena *arena, const PgQuery__ObjectWithArgs *signature, Action *action)
{
	Buf buf = buf_new(arena, ARGUMENTS_MAX);
	FactsBuilder builder = {.arena = arena};
	action->object = pg_tree_name(signature->objname, signature->n_objname);
	for (size_t i = 0; i < signature->n_objargs; i++)
		if (signature->objargs[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
			add_type(&builder, &buf, signature->objargs[i]->type_name);
	action->arguments = buf_str(&buf);
	action->options.any_arguments = signature->args_unspecified;
}

static bool sets_search_path(Node **options, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM)
			continue;
		const PgQuery__DefElem *option = options[i]->def_elem;
		if (strcmp(option->defname, "set") == 0 && option->arg &&
			option->arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT &&
			strcmp(option->arg->variable_set_stmt->name, "search_path") == 0)
			return true;
	}
	return false;
}

static void read_function(FactsBuilder *b, const PgQuery__CreateFunctionStmt *stmt)
{
	Action *action = builder_add(b, ACTION_CREATE,
		stmt->is_procedure ? OBJECT_PROCEDURE : OBJECT_FUNCTION,
		pg_tree_name(stmt->funcname, stmt->n_funcname));
	action->options.or_replace = stmt->replace;
	action->options.security_definer =
		pg_tree_option_value(stmt->options, stmt->n_options, "security") > 0;
	action->options.sets_search_path = sets_search_path(stmt->options, stmt->n_options);
	action->arguments = argument_types(b, stmt);
	action->options.lacks_result = !stmt->return_type && !stmt->is_procedure;
	take_names(b, stmt, action);
	action->type = pg_tree_type(b->arena, stmt->return_type);
	action->language = pg_tree_option_text(stmt->options, stmt->n_options, "language");
	if (!action->language.len && stmt->sql_body)
		action->language = STR("sql");
	action->options.immutable =
		str_equal(pg_tree_option_text(stmt->options, stmt->n_options, "volatility"),
			STR("immutable"));
	action->options.returns_trigger = str_equal(action->type, STR("trigger"));
}

void create_read_function_uses(FactsBuilder *builder, const PgQuery__CreateFunctionStmt *stmt)
{
	for (size_t i = 0; i < stmt->n_parameters; i++)
		uses_read(builder, &stmt->parameters[i]->base);
	if (stmt->return_type)
		uses_read(builder, &stmt->return_type->base);
}

/* ---- on tables ---- */

/* TRIGGER_TYPE_… of pg_trigger.h. */
enum {
	BEFORE = 1 << 1,
	ON_INSERT = 1 << 2,
	ON_DELETE = 1 << 3,
	ON_UPDATE = 1 << 4,
	ON_TRUNCATE = 1 << 5,
	INSTEAD = 1 << 6
};

static Str trigger_timing(int32_t bits)
{
	return bits & INSTEAD ? STR("INSTEAD OF") : bits & BEFORE ? STR("BEFORE") : STR("AFTER");
}

/* OLD.a and NEW.a in a trigger's WHEN. */
static void enter_when(void *context, const ProtobufCMessage *message)
{
	Action *action = context;
	if (message->descriptor != &pg_query__column_ref__descriptor)
		return;
	const PgQuery__ColumnRef *column = (const PgQuery__ColumnRef *)message;
	Str row = column->n_fields ? pg_tree_text(column->fields[0]) : (Str){0};
	action->options.reads_old |= str_equal(row, STR("old"));
	action->options.reads_new |= str_equal(row, STR("new"));
}

static void take_events(FactsBuilder *b, const PgQuery__CreateTrigStmt *stmt, Action *action)
{
	action->options.on_insert = (stmt->events & ON_INSERT) != 0;
	action->options.on_update = (stmt->events & ON_UPDATE) != 0;
	action->options.on_delete = (stmt->events & ON_DELETE) != 0;
	action->options.on_truncate = (stmt->events & ON_TRUNCATE) != 0;
	action->options.has_when = stmt->when_clause != NULL;
	action->expression = pg_tree_expression(b->arena, stmt->when_clause);
	if (stmt->when_clause)
		pg_tree_walk(&stmt->when_clause->base,
			&(TreeVisitor){.enter = enter_when, .context = action});
}

static void read_trigger(FactsBuilder *b, const PgQuery__CreateTrigStmt *stmt)
{
	Action *action =
		builder_add(b, ACTION_CREATE, OBJECT_TRIGGER, pg_tree_range(stmt->relation));
	action->name = str_from(stmt->trigname);
	action->other = pg_tree_name(stmt->funcname, stmt->n_funcname);
	action->columns = pg_tree_names(b->arena, stmt->columns, stmt->n_columns);
	action->type = trigger_timing(stmt->timing);
	take_events(b, stmt, action);
	action->options.for_each_row = stmt->row;
	action->options.or_replace = stmt->replace;
	action->options.has_transitions = stmt->n_transition_rels > 0;
	action->options.deferrable = stmt->deferrable;
	action->options.deferred = stmt->initdeferred;
	builder_place(b, stmt->relation->location);
}

/* What CREATE and ALTER POLICY have in common. */
typedef struct Policy {
	const char *name;
	const PgQuery__RangeVar *table;
	Names roles;
	Node *using, *check;
} Policy;

static Action *add_policy(FactsBuilder *b, ActionKind kind, const Policy *policy)
{
	Action *action = builder_add(b, kind, OBJECT_POLICY, pg_tree_range(policy->table));
	action->name = str_from(policy->name);
	action->options.always_true =
		pg_tree_is_boolean(policy->using, true) || pg_tree_is_boolean(policy->check, true);
	action->options.has_using = policy->using != NULL;
	action->options.has_check = policy->check != NULL;
	action->expression = pg_tree_expression(b->arena, policy->using);
	action->other_columns = policy->roles;
	builder_place(b, policy->table->location);
	return action;
}

static void read_policy(FactsBuilder *b, const PgQuery__CreatePolicyStmt *stmt)
{
	Action *action = add_policy(b, ACTION_CREATE,
		&(Policy){stmt->policy_name, stmt->table,
			pg_tree_roles(b->arena, stmt->roles, stmt->n_roles), stmt->qual,
			stmt->with_check});
	action->type = str_from(stmt->cmd_name);
	action->options.permissive = stmt->permissive;
}

static void read_alter_policy(FactsBuilder *b, const PgQuery__AlterPolicyStmt *stmt)
{
	add_policy(b, ACTION_ALTER,
		&(Policy){stmt->policy_name, stmt->table,
			pg_tree_roles(b->arena, stmt->roles, stmt->n_roles), stmt->qual,
			stmt->with_check});
}

static void read_rule(FactsBuilder *b, const PgQuery__RuleStmt *stmt)
{
	Action *action = builder_add(b, ACTION_CREATE, OBJECT_RULE, pg_tree_range(stmt->relation));
	action->name = str_from(stmt->rulename);
	action->options.or_replace = stmt->replace;
	builder_place(b, stmt->relation->location);
}

/* ---- the rest ---- */

static void read_domain(FactsBuilder *b, const PgQuery__CreateDomainStmt *stmt)
{
	ObjectName name = pg_tree_name(stmt->domainname, stmt->n_domainname);
	builder_add(b, ACTION_CREATE, OBJECT_DOMAIN, name)->type =
		pg_tree_type(b->arena, stmt->type_name);
	for (size_t i = 0; i < stmt->n_constraints; i++)
		if (stmt->constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
			alter_read_domain_constraint(b, name, stmt->constraints[i]->constraint);
}

static void read_extension(FactsBuilder *b, const PgQuery__CreateExtensionStmt *stmt)
{
	Action *action = add_named(b, OBJECT_EXTENSION, stmt->extname);
	const PgQuery__DefElem *schema = pg_tree_option(stmt->options, stmt->n_options, "schema");
	action->object.schema = schema ? pg_tree_text(schema->arg) : (Str){0};
	action->options.if_not_exists = stmt->if_not_exists;
	action->options.cascade =
		pg_tree_option_value(stmt->options, stmt->n_options, "cascade") > 0;
}

static void read_statistics(FactsBuilder *b, const PgQuery__CreateStatsStmt *stmt)
{
	ObjectName table = {0};
	if (stmt->n_relations && stmt->relations[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
		table = pg_tree_range(stmt->relations[0]->range_var);
	Action *action = builder_add(b, ACTION_CREATE, OBJECT_STATISTIC_EXT, table);
	action->name = pg_tree_name(stmt->defnames, stmt->n_defnames).name;
	action->options.if_not_exists = stmt->if_not_exists;
	for (size_t i = 0; i < stmt->n_exprs; i++)
		if (stmt->exprs[i]->node_case == PG_QUERY__NODE__NODE_STATS_ELEM)
			*vec_add(b->arena, &action->columns) =
				str_from(stmt->exprs[i]->stats_elem->name);
}

/* By the type that it is to. */
static void read_cast(FactsBuilder *b, const PgQuery__CreateCastStmt *stmt)
{
	if (stmt->targettype)
		builder_add(b, ACTION_CREATE, OBJECT_CAST,
			pg_tree_name(stmt->targettype->names, stmt->targettype->n_names));
}

static void read_schema(FactsBuilder *b, const PgQuery__CreateSchemaStmt *stmt)
{
	Action *action = add_named(b, OBJECT_SCHEMA, stmt->schemaname);
	action->options.if_not_exists = stmt->if_not_exists;
	for (size_t i = 0; i < stmt->n_schema_elts; i++)
		create_read(b, stmt->schema_elts[i]);
	if (stmt->n_schema_elts) /* their names are of the new schema, and looked up there first */
		builder_gap(b, GAP_BODY);
}

/* The names of its options are kept as columns. */
static void read_role(FactsBuilder *b, const PgQuery__CreateRoleStmt *stmt)
{
	Names options = pg_tree_option_names(b->arena, stmt->options, stmt->n_options);
	Action *action = add_named(b, OBJECT_ROLE, stmt->role);
	action->columns = options;
	action->options.superuser =
		pg_tree_option_value(stmt->options, stmt->n_options, "superuser") > 0;
}

static void read_class(FactsBuilder *b, const PgQuery__CreateOpClassStmt *stmt)
{
	builder_add(b, ACTION_CREATE, OBJECT_OPCLASS,
		pg_tree_name(stmt->opclassname, stmt->n_opclassname));
}

static void read_publication(FactsBuilder *b, const PgQuery__CreatePublicationStmt *stmt)
{
	add_named(b, OBJECT_PUBLICATION, stmt->pubname)->options.all = stmt->for_all_tables;
	for (size_t i = 0; i < stmt->n_pubobjects; i++) {
		if (stmt->pubobjects[i]->node_case != PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC)
			continue;
		const PgQuery__PublicationObjSpec *spec = stmt->pubobjects[i]->publication_obj_spec;
		if (!spec->pubtable)
			continue;
		builder_add(b, ACTION_PUBLICATION_ADD, OBJECT_TABLE,
			pg_tree_range(spec->pubtable->relation))
			->name = str_from(stmt->pubname);
	}
}

static void read_sequence(FactsBuilder *b, const PgQuery__CreateSeqStmt *stmt)
{
	Action *action =
		builder_add(b, ACTION_CREATE, OBJECT_SEQUENCE, pg_tree_range(stmt->sequence));
	take_persistence(stmt->sequence, action);
	action->options.if_not_exists = stmt->if_not_exists;
	action->columns = pg_tree_option_names(b->arena, stmt->options, stmt->n_options);
}

static void read_enum(FactsBuilder *b, const PgQuery__CreateEnumStmt *stmt)
{
	builder_add(b, ACTION_CREATE, OBJECT_TYPE, pg_tree_name(stmt->type_name, stmt->n_type_name))
		->columns = pg_tree_names(b->arena, stmt->vals, stmt->n_vals);
}

static void read_relation(FactsBuilder *b, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_STMT:
		read_table(b, OBJECT_TABLE, node->create_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
		read_table(b, OBJECT_FOREIGN_TABLE, node->create_foreign_table_stmt->base_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
		read_table_as(b, node->create_table_as_stmt);
		break;
	case PG_QUERY__NODE__NODE_VIEW_STMT:
		read_view(b, node->view_stmt);
		break;
	case PG_QUERY__NODE__NODE_INDEX_STMT:
		read_index(b, node->index_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
		read_sequence(b, node->create_seq_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
		read_trigger(b, node->create_trig_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
		read_policy(b, node->create_policy_stmt);
		break;
	case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
		read_alter_policy(b, node->alter_policy_stmt);
		break;
	case PG_QUERY__NODE__NODE_RULE_STMT:
		read_rule(b, node->rule_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
		read_statistics(b, node->create_stats_stmt);
		break;
	default:
		break;
	}
}

static void read_type(FactsBuilder *b, const Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
		read_enum(b, node->create_enum_stmt);
		break;
	case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
		builder_add(b, ACTION_CREATE, OBJECT_TYPE,
			pg_tree_range(node->composite_type_stmt->typevar));
		break;
	case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
		builder_add(b, ACTION_CREATE, OBJECT_TYPE,
			pg_tree_name(node->create_range_stmt->type_name,
				node->create_range_stmt->n_type_name));
		builder_gap(b, GAP_BODY); /* it has a second type, and functions, of names that the
					    server may choose */
		break;
	case PG_QUERY__NODE__NODE_DEFINE_STMT:
		builder_add(b, ACTION_CREATE, pg_tree_object_kind(node->define_stmt->kind),
			pg_tree_name(node->define_stmt->defnames, node->define_stmt->n_defnames));
		break;
	case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
		read_domain(b, node->create_domain_stmt);
		break;
	default:
		break;
	}
}

void create_read(FactsBuilder *builder, const Node *statement)
{
	read_relation(builder, statement);
	read_type(builder, statement);
	switch ((int)statement->node_case) {
	case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
		read_function(builder, statement->create_function_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
		read_schema(builder, statement->create_schema_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
		read_extension(builder, statement->create_extension_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
		read_publication(builder, statement->create_publication_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_CAST_STMT:
		read_cast(builder, statement->create_cast_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
		read_role(builder, statement->create_role_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT:
		add_named(builder, OBJECT_LANGUAGE, statement->create_plang_stmt->plname);
		break;
	case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
		add_named(builder, OBJECT_ACCESS_METHOD, statement->create_am_stmt->amname);
		break;
	case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT:
		read_class(builder, statement->create_op_class_stmt);
		break;
	case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
		add_named(
			builder, OBJECT_EVENT_TRIGGER, statement->create_event_trig_stmt->trigname);
		break;
	default:
		break;
	}
}
