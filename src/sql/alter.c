#include "sql/alter.h"

#include "sql/lex.h"

/* What a constraint is written on. */
typedef struct Owner {
	ObjectKind kind;
	ObjectName name;
	Str column; /* of a column's own constraint */
	bool nested;
} Owner;

static const ActionKind command_kinds[] = {
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn] = ACTION_ADD_COLUMN,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull] = ACTION_DROP_NOT_NULL,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull] = ACTION_SET_NOT_NULL,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetExpression] = ACTION_SET_EXPRESSION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression] = ACTION_DROP_EXPRESSION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics] = ACTION_SET_STATISTICS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions] = ACTION_SET_COLUMN_OPTIONS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions] = ACTION_SET_COLUMN_OPTIONS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage] = ACTION_SET_STORAGE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression] = ACTION_SET_COMPRESSION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn] = ACTION_DROP_COLUMN,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint] = ACTION_ALTER_CONSTRAINT,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint] = ACTION_VALIDATE_CONSTRAINT,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint] = ACTION_DROP_CONSTRAINT,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType] = ACTION_SET_TYPE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner] = ACTION_SET_OWNER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn] = ACTION_SET_CLUSTER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster] = ACTION_SET_CLUSTER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged] = ACTION_SET_LOGGED,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged] = ACTION_SET_UNLOGGED,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod] = ACTION_SET_ACCESS_METHOD,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace] = ACTION_SET_TABLESPACE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions] = ACTION_SET_OPTIONS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions] = ACTION_RESET_OPTIONS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ReplaceRelOptions] = ACTION_SET_OPTIONS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig] = ACTION_ENABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig] = ACTION_ENABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig] = ACTION_ENABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll] = ACTION_ENABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser] = ACTION_ENABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig] = ACTION_DISABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll] = ACTION_DISABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser] = ACTION_DISABLE_TRIGGER,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule] = ACTION_ENABLE_RULE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule] = ACTION_ENABLE_RULE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule] = ACTION_ENABLE_RULE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule] = ACTION_DISABLE_RULE,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit] = ACTION_ADD_INHERIT,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit] = ACTION_DROP_INHERIT,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity] = ACTION_REPLICA_IDENTITY,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity] = ACTION_ENABLE_RLS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity] = ACTION_DISABLE_RLS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity] = ACTION_FORCE_RLS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity] = ACTION_NO_FORCE_RLS,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition] = ACTION_ATTACH_PARTITION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition] = ACTION_DETACH_PARTITION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize] = ACTION_DETACH_PARTITION,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity] = ACTION_ADD_IDENTITY,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity] = ACTION_SET_IDENTITY,
	[PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity] = ACTION_DROP_IDENTITY,
};

static const ActionKind constraint_kinds[] = {
	[PG_QUERY__CONSTR_TYPE__CONSTR_CHECK] = ACTION_ADD_CHECK,
	[PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY] = ACTION_ADD_PRIMARY_KEY,
	[PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE] = ACTION_ADD_UNIQUE,
	[PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION] = ACTION_ADD_EXCLUDE,
	[PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN] = ACTION_ADD_FOREIGN_KEY,
};

static ActionKind kind_at(const ActionKind *kinds, size_t count, size_t index)
{
	return index < count ? kinds[index] : ACTION_NONE;
}

#define KIND_OF(kinds, value) kind_at((kinds), sizeof(kinds) / sizeof *(kinds), (size_t)(value))

static Names one_name(Arena *arena, Str name)
{
	Names names = {0};
	if (name.len)
		*vec_add(arena, &names) = name;
	return names;
}

/* Neither NO ACTION nor RESTRICT. */
static bool follows(const char *reference_action)
{
	Str action = str_from(reference_action);
	return action.len && !str_equal(action, STR("a")) && !str_equal(action, STR("r"));
}

static void take_foreign_key(
	Arena *arena, const PgQuery__Constraint *constraint, Str column, Action *action)
{
	action->other = pg_tree_range(constraint->pktable);
	action->columns = constraint->n_fk_attrs ? pg_tree_names(arena, constraint->fk_attrs,
							   constraint->n_fk_attrs)
						 : one_name(arena, column);
	action->other_columns = pg_tree_names(arena, constraint->pk_attrs, constraint->n_pk_attrs);
	action->options.match_full = str_equal(str_from(constraint->fk_matchtype), STR("f"));
	action->options.follows_delete = follows(constraint->fk_del_action);
	action->options.nulls_delete = str_equal(str_from(constraint->fk_del_action), STR("n")) &&
				       !constraint->n_fk_del_set_cols;
	action->options.follows_update = follows(constraint->fk_upd_action);
}

static void take_key(
	Arena *arena, const PgQuery__Constraint *constraint, Str column, Action *action)
{
	action->columns = constraint->n_keys
				  ? pg_tree_names(arena, constraint->keys, constraint->n_keys)
				  : one_name(arena, column);
	action->other.name = str_from(constraint->indexname);
	action->options.has_using = action->other.name.len > 0;
	action->options.unique = true;
	action->options.nulls_not_distinct = constraint->nulls_not_distinct;
	action->keys = pg_tree_names(arena, constraint->including, constraint->n_including);
}

/* The operator's name; empty if it has a schema. */
static Str operator_of(const Node *node)
{
	if (node->node_case != PG_QUERY__NODE__NODE_LIST || node->list->n_items != 1)
		return (Str){0};
	return pg_tree_text(node->list->items[0]);
}

void alter_take_element(Arena *arena, const PgQuery__IndexElem *element, Action *action)
{
	bool is_expression = element->expr != NULL;
	action->options.has_expressions |= is_expression;
	action->options.collated |= element->n_collation > 0;
	action->options.operator_class |= element->n_opclass > 0;
	*vec_add(arena, &action->columns) =
		is_expression ? pg_tree_expression(arena, element->expr) : str_from(element->name);
	*vec_add(arena, &action->elements) =
		(IndexElement){pg_tree_name(element->opclass, element->n_opclass), is_expression};
}

/* Each is a list of an element and its operator. */
static void take_exclusions(Arena *arena, const PgQuery__Constraint *constraint, Action *action)
{
	action->options.unique = false;
	action->type = str_from(constraint->access_method);
	for (size_t i = 0; i < constraint->n_exclusions; i++) {
		const Node *pair = constraint->exclusions[i];
		if (pair->node_case != PG_QUERY__NODE__NODE_LIST || !pair->list->n_items ||
			pair->list->items[0]->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM)
			continue;
		alter_take_element(arena, pair->list->items[0]->index_elem, action);
		*vec_add(arena, &action->other_columns) =
			pair->list->n_items > 1 ? operator_of(pair->list->items[1]) : (Str){0};
	}
}

/* DEFERRABLE after a column's constraint is a node of its own, about the one before it. */
static void take_attribute(FactsBuilder *b, PgQuery__ConstrType type)
{
	bool is_deferred = type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;
	if (!b->facts.actions.count ||
		(!is_deferred && type != PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE))
		return;
	Action *last = &b->facts.actions.items[b->facts.actions.count - 1];
	last->options.deferrable = true;
	last->options.deferred = last->options.deferred || is_deferred;
}

/* NOT NULL, DEFAULT and the like belong to the column, not to a constraint of its own. */
static void read_constraint(
	FactsBuilder *b, const Owner *owner, const PgQuery__Constraint *constraint)
{
	ActionKind kind = KIND_OF(constraint_kinds, constraint->contype);
	if (kind == ACTION_NONE) {
		take_attribute(b, constraint->contype);
		return;
	}
	Action *action = builder_add(b, kind, owner->kind, owner->name);
	action->name = str_from(constraint->conname);
	action->options.nested = owner->nested;
	action->options.not_valid = constraint->skip_validation && !constraint->initially_valid;
	action->options.no_inherit = constraint->is_no_inherit;
	action->options.deferrable = constraint->deferrable;
	action->options.deferred = constraint->initdeferred;
	if (kind == ACTION_ADD_FOREIGN_KEY) {
		take_foreign_key(b->arena, constraint, owner->column, action);
	} else if (kind == ACTION_ADD_CHECK) {
		action->expression = pg_tree_expression(b->arena, constraint->raw_expr);
		action->columns = one_name(b->arena, owner->column);
	} else {
		take_key(b->arena, constraint, owner->column, action);
		if (kind == ACTION_ADD_EXCLUDE)
			take_exclusions(b->arena, constraint, action);
		action->expression = pg_tree_expression(b->arena, constraint->where_clause);
		action->options.has_where = constraint->where_clause != NULL;
	}
	builder_place(b, constraint->location);
}

/* Of an identity column: the one that the statement gives its sequence. */
static Str sequence_name(const PgQuery__Constraint *constraint)
{
	const PgQuery__DefElem *option =
		pg_tree_option(constraint->options, constraint->n_options, "sequence_name");
	bool is_list = option && option->arg && option->arg->node_case == PG_QUERY__NODE__NODE_LIST;
	return is_list ? pg_tree_name(option->arg->list->items, option->arg->list->n_items).name
		       : (Str){0};
}

static void take_column_constraint(
	Arena *arena, const PgQuery__Constraint *constraint, Action *column)
{
	switch ((int)constraint->contype) {
	case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
	case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
		column->options.not_null = true;
		break;
	case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
		column->options.has_default = true;
		column->expression = pg_tree_expression(arena, constraint->raw_expr);
		break;
	case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
		column->options.identity = true;
		column->new_name = sequence_name(constraint);
		column->options.always = *constraint->generated_when == 'a';
		break;
	case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
		column->options.generated = true;
		column->expression = pg_tree_expression(arena, constraint->raw_expr);
		break;
	default:
		break;
	}
}

static bool has_constraint(const PgQuery__ColumnDef *column, PgQuery__ConstrType type)
{
	for (size_t i = 0; i < column->n_constraints; i++)
		if (column->constraints[i]->constraint->contype == type)
			return true;
	return false;
}

static void take_collation(const PgQuery__CollateClause *clause, Action *action)
{
	action->options.collated = clause != NULL;
	if (clause)
		action->other = pg_tree_name(clause->collname, clause->n_collname);
}

static void read_column(FactsBuilder *b, const Owner *table, const PgQuery__ColumnDef *column)
{
	Action *action = builder_add(b, ACTION_ADD_COLUMN, table->kind, table->name);
	action->name = str_from(column->colname);
	action->type = pg_tree_type(b->arena, column->type_name);
	action->options.nested = table->nested;
	take_collation(column->coll_clause, action);
	action->options.contradicts_null =
		has_constraint(column, PG_QUERY__CONSTR_TYPE__CONSTR_NULL) &&
		has_constraint(column, PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL);
	for (size_t i = 0; i < column->n_constraints; i++)
		take_column_constraint(b->arena, column->constraints[i]->constraint, action);
	builder_place(b, column->location);
	Owner owner = {table->kind, table->name, str_from(column->colname), true};
	for (size_t i = 0; i < column->n_constraints; i++)
		read_constraint(b, &owner, column->constraints[i]->constraint);
}

/* What it includes, as words; TableLikeOption of PostgreSQL's parsenodes.h. */
static void read_like(FactsBuilder *b, const Owner *table, const PgQuery__TableLikeClause *clause)
{
	static const struct {
		unsigned bit;
		Str word;
	} words[] = {
		{1 << 2, STR_INIT("constraints")},
		{1 << 3, STR_INIT("defaults")},
		{1 << 4, STR_INIT("generated")},
		{1 << 5, STR_INIT("identity")},
		{1 << 6, STR_INIT("indexes")},
	};
	bool is_first = true;
	for (size_t i = 0; i < b->facts.actions.count; i++)
		is_first = is_first && b->facts.actions.items[i].kind != ACTION_ADD_COLUMN;
	Action *action = builder_add(b, ACTION_LIKE, table->kind, table->name);
	action->other = pg_tree_range(clause->relation);
	action->options.nested = true;
	action->options.after_columns = !is_first;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (clause->options & words[i].bit)
			*vec_add(b->arena, &action->columns) = words[i].word;
	builder_place(b, clause->relation->location);
}

void alter_read_elements(FactsBuilder *builder, const PgQuery__CreateStmt *stmt)
{
	Owner table = {OBJECT_TABLE, pg_tree_range(stmt->relation), {0}, true};
	for (size_t i = 0; i < stmt->n_table_elts; i++) {
		const Node *element = stmt->table_elts[i];
		if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
			read_column(builder, &table, element->column_def);
		} else if (element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
			read_constraint(builder, &table, element->constraint);
		} else if (element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE) {
			read_like(builder, &table, element->table_like_clause);
		}
	}
}

void alter_read_domain_constraint(
	FactsBuilder *builder, ObjectName domain, const PgQuery__Constraint *constraint)
{
	Owner owner = {.kind = OBJECT_DOMAIN, .name = domain};
	if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL)
		builder_add(builder, ACTION_SET_NOT_NULL, OBJECT_DOMAIN, domain);
	else
		read_constraint(builder, &owner, constraint);
}

static void take_type(FactsBuilder *b, const PgQuery__ColumnDef *column, Action *action)
{
	action->type = pg_tree_type(b->arena, column->type_name);
	take_collation(column->coll_clause, action);
	action->options.has_using = column->raw_default != NULL;
	action->expression = pg_tree_expression(b->arena, column->raw_default);
}

static Names expressions(Arena *arena, Node **nodes, size_t count)
{
	Names list = {0};
	for (size_t i = 0; i < count; i++)
		*vec_add(arena, &list) = pg_tree_expression(arena, nodes[i]);
	return list;
}

void alter_take_bound(FactsBuilder *b, const PgQuery__PartitionBoundSpec *bound, Action *action)
{
	Arena *arena = b->arena;
	if (!bound)
		return;
	action->options.default_partition = bound->is_default;
	action->type = str_from(bound->strategy);
	action->columns = bound->n_listdatums
				  ? expressions(arena, bound->listdatums, bound->n_listdatums)
				  : expressions(arena, bound->lowerdatums, bound->n_lowerdatums);
	action->other_columns = expressions(arena, bound->upperdatums, bound->n_upperdatums);
	if (!str_equal(action->type, STR("h")))
		return;
	*vec_add(arena, &action->columns) = str_format(arena, "%d", bound->modulus);
	*vec_add(arena, &action->columns) = str_format(arena, "%d", bound->remainder);
}

static void take_partition(FactsBuilder *b, const PgQuery__PartitionCmd *partition, Action *action)
{
	action->other = pg_tree_range(partition->name);
	action->options.concurrently = partition->concurrent;
	alter_take_bound(b, partition->bound, action);
}

static bool is_for_all(PgQuery__AlterTableType type)
{
	return type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll ||
	       type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser ||
	       type == PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll ||
	       type == PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser;
}

static bool is_for_users(PgQuery__AlterTableType type)
{
	return type == PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser ||
	       type == PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser;
}

/* The value of `def`, by its type. */
static void take_definition(FactsBuilder *b, const Node *def, Action *action)
{
	switch ((int)def->node_case) {
	case PG_QUERY__NODE__NODE_COLUMN_DEF:
		take_type(b, def->column_def, action);
		break;
	case PG_QUERY__NODE__NODE_PARTITION_CMD:
		take_partition(b, def->partition_cmd, action);
		break;
	case PG_QUERY__NODE__NODE_RANGE_VAR:
		action->other = pg_tree_range(def->range_var);
		break;
	case PG_QUERY__NODE__NODE_CONSTRAINT:
		if (!action->name.len) /* ALTER CONSTRAINT */
			action->name = str_from(def->constraint->conname);
		action->options.always = *def->constraint->generated_when == 'a';
		action->options.deferrable = def->constraint->deferrable;
		break;
	case PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT:
		action->expression = str_from(def->replica_identity_stmt->identity_type);
		action->name = str_from(def->replica_identity_stmt->name);
		break;
	default:
		break;
	}
}

/* The names of WITH (…) are kept as columns: what they are is all that is asked. */
static void take_options(FactsBuilder *b, const Node *def, Action *action)
{
	if (!def || def->node_case != PG_QUERY__NODE__NODE_LIST)
		return;
	Node **items = def->list->items;
	size_t count = def->list->n_items;
	action->columns = pg_tree_option_names(b->arena, items, count);
	action->other_columns = pg_tree_option_values(b->arena, items, count);
	action->options.security_invoker =
		pg_tree_option_value(items, count, "security_invoker") > 0;
}

static void read_default(FactsBuilder *b, const Owner *table, const PgQuery__AlterTableCmd *cmd)
{
	ActionKind kind = cmd->def ? ACTION_SET_DEFAULT : ACTION_DROP_DEFAULT;
	Action *action = builder_add(b, kind, table->kind, table->name);
	action->name = str_from(cmd->name);
	action->expression = pg_tree_expression(b->arena, cmd->def);
}

static void read_other(FactsBuilder *b, const Owner *table, const PgQuery__AlterTableCmd *cmd)
{
	ActionKind kind = KIND_OF(command_kinds, cmd->subtype);
	Action *action =
		builder_add(b, kind == ACTION_NONE ? ACTION_ALTER : kind, table->kind, table->name);
	action->name = str_from(cmd->name);
	action->options.all = is_for_all(cmd->subtype);
	action->options.of_users = is_for_users(cmd->subtype);
	if (cmd->newowner)
		action->new_name = str_from(cmd->newowner->rolename);
	if (cmd->def)
		take_definition(b, cmd->def, action);
	if (kind == ACTION_SET_OPTIONS || kind == ACTION_RESET_OPTIONS)
		take_options(b, cmd->def, action);
	if (kind == ACTION_SET_EXPRESSION)
		action->expression = pg_tree_expression(b->arena, cmd->def);
}

static void read_command(FactsBuilder *b, const Owner *table, const PgQuery__AlterTableCmd *cmd)
{
	const Node *def = cmd->def;
	bool has_constraint = def && def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT;
	bool has_column = def && def->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF;
	if (cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn && has_column)
		read_column(b, table, def->column_def);
	else if (cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint && has_constraint)
		read_constraint(b, table, def->constraint);
	else if (cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault)
		read_default(b, table, cmd);
	else
		read_other(b, table, cmd);
}

/* ---- where a command begins: the tree does not say, the commas at the top level do ---- */

static bool is_name(LexKind kind)
{
	return kind == LEX_WORD || kind == LEX_QUOTED;
}

/* Past ALTER, the kind's words, IF EXISTS, ONLY, the table's name and `*`. */
static size_t first_command(Str statement)
{
	Lexer lexer = {.text = statement};
	Str token;
	LexKind kind = lex_next_word(&lexer, &token); /* ALTER */
	static const char *const before[] = {"FOREIGN", "MATERIALIZED", "TABLE", "VIEW", "INDEX",
		"SEQUENCE", "TYPE", "IF", "EXISTS", "ONLY"};
	bool skipped = true;
	while (skipped) {
		kind = lex_next_word(&lexer, &token);
		skipped = false;
		for (size_t i = 0; kind == LEX_WORD && i < sizeof before / sizeof *before; i++)
			skipped = skipped || lex_is(token, before[i]);
	}
	while (is_name(kind)) { /* a.b.c, then what follows */
		kind = lex_next_word(&lexer, &token);
		if (!str_equal(token, STR(".")))
			break;
		kind = lex_next_word(&lexer, &token);
	}
	if (str_equal(token, STR("*")))
		kind = lex_next_word(&lexer, &token);
	return kind == LEX_END ? 0 : (size_t)(token.ptr - statement.ptr);
}

/* The command after the one at `offset`; 0 if there is none. */
static size_t next_command(Str statement, size_t offset)
{
	Lexer lexer = {.text = statement, .at = offset};
	size_t depth = 0;
	Str token;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		bool is_comma = kind == LEX_OTHER && str_equal(token, STR(","));
		depth += kind == LEX_OTHER && str_equal(token, STR("("));
		depth -= kind == LEX_OTHER && str_equal(token, STR(")")) && depth;
		if (is_comma && !depth)
			return lex_next_word(&lexer, &token) == LEX_END
				       ? 0
				       : (size_t)(token.ptr - statement.ptr);
	}
	return 0;
}

/* What ALTER says once for all of a command's actions. */
static void finish_command(
	const PgQuery__AlterTableStmt *stmt, const PgQuery__AlterTableCmd *cmd, Action *action)
{
	bool adds = cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn;
	action->options.table_if_exists = stmt->missing_ok;
	action->options.if_exists = cmd->missing_ok && !adds;
	action->options.if_not_exists = cmd->missing_ok && adds;
	action->options.cascade = cmd->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
	action->options.only = stmt->relation && !stmt->relation->inh;
}

void alter_read(FactsBuilder *builder, const PgQuery__AlterTableStmt *stmt)
{
	Owner table = {
		.kind = pg_tree_object_kind(stmt->objtype), .name = pg_tree_range(stmt->relation)};
	size_t offset = builder->in_body ? 0 : first_command(builder->text);
	for (size_t i = 0; i < stmt->n_cmds; i++) {
		if (stmt->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
			continue;
		const PgQuery__AlterTableCmd *cmd = stmt->cmds[i]->alter_table_cmd;
		size_t first = builder->facts.actions.count;
		read_command(builder, &table, cmd);
		for (size_t j = first; j < builder->facts.actions.count; j++)
			finish_command(stmt, cmd, &builder->facts.actions.items[j]);
		if (first < builder->facts.actions.count)
			builder->facts.actions.items[first].offset = offset;
		if (offset)
			offset = next_command(builder->text, offset);
	}
}
