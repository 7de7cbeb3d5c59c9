#include "sql/pg_tree.h"

#include <string.h>
#include <strings.h>

/* Bison's limit (text of the statement may follow in the message), hit by nested parentheses and
 * sub-selects; the server has the same. */
static bool is_too_deep(const char *message)
{
	return str_starts(str_from(message), STR("memory exhausted")) ||
	       str_starts(str_from(message), STR("stack depth limit exceeded"));
}

TreeRefusal pg_tree_refusal(Arena *arena, const PgQueryError *error)
{
	return (TreeRefusal){
		.message = str_copy(arena, str_from(error->message)),
		.position = error->cursorpos > 0 ? (size_t)error->cursorpos : 0,
		.is_too_deep = is_too_deep(error->message),
		.is_by_rule = strcmp(error->funcname, "base_yyparse") == 0,
	};
}

bool pg_tree_parse(
	Arena *arena, const char *text, PgQueryParseMode mode, Tree *out, TreeRefusal *refusal)
{
	PgQueryProtobufParseResult parsed = pg_query_parse_protobuf_opts(text, (int)mode);
	*out = (Tree){0};
	*refusal = (TreeRefusal){0};
	if (parsed.error)
		*refusal = pg_tree_refusal(arena, parsed.error);
	else
		out->result = pg_query__parse_result__unpack(
			NULL, parsed.parse_tree.len, (const uint8_t *)parsed.parse_tree.data);
	pg_query_free_protobuf_parse_result(parsed);
	if (out->result && out->result->n_stmts)
		out->root = out->result->stmts[0]->stmt;
	return out->result != NULL;
}

void pg_tree_free(Tree *tree)
{
	if (tree->result)
		pg_query__parse_result__free_unpacked(tree->result, NULL);
	*tree = (Tree){0};
}

static void walk_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
	const TreeVisitor *visitor)
{
	const char *base = (const char *)message;
	const void *at = base + field->offset;
	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		size_t count = *(const size_t *)(const void *)(base + field->quantifier_offset);
		const ProtobufCMessage *const *items = *(const ProtobufCMessage *const *const *)at;
		for (size_t i = 0; i < count; i++)
			pg_tree_walk(items[i], visitor);
		return;
	}
	bool is_other_case =
		(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
		*(const uint32_t *)(const void *)(base + field->quantifier_offset) != field->id;
	if (!is_other_case)
		pg_tree_walk(*(const ProtobufCMessage *const *)at, visitor);
}

void pg_tree_walk(const ProtobufCMessage *message, const TreeVisitor *visitor)
{
	if (!message)
		return;
	visitor->enter(visitor->context, message);
	for (unsigned i = 0; i < message->descriptor->n_fields; i++)
		if (message->descriptor->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
			walk_field(message, &message->descriptor->fields[i], visitor);
	if (visitor->leave)
		visitor->leave(visitor->context, message);
}

Str pg_tree_text(const Node *node)
{
	if (!node || node->node_case != PG_QUERY__NODE__NODE_STRING)
		return (Str){0};
	return str_from(node->string->sval);
}

ObjectName pg_tree_name(Node **names, size_t count)
{
	ObjectName name = {0};
	if (count)
		name.name = pg_tree_text(names[count - 1]);
	if (count > 1)
		name.schema = pg_tree_text(names[count - 2]);
	return name;
}

ObjectName pg_tree_range(const PgQuery__RangeVar *range)
{
	if (!range)
		return (ObjectName){0};
	return (ObjectName){str_from(range->schemaname), str_from(range->relname)};
}

Names pg_tree_names(Arena *arena, Node **nodes, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++)
		*vec_add(arena, &names) = pg_tree_text(nodes[i]);
	return names;
}

Names pg_tree_roles(Arena *arena, Node **roles, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++) {
		if (roles[i]->node_case != PG_QUERY__NODE__NODE_ROLE_SPEC)
			continue;
		const PgQuery__RoleSpec *role = roles[i]->role_spec;
		bool is_public = role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;
		*vec_add(arena, &names) = is_public ? STR("public") : str_from(role->rolename);
	}
	return names;
}

Str pg_tree_constant(const Node *node)
{
	bool is_text = node && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
		       node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
	return is_text ? str_from(node->a_const->sval->sval) : (Str){0};
}

bool pg_tree_is_boolean(const Node *node, bool value)
{
	return node && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
	       node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
	       (node->a_const->boolval->boolval != 0) == value;
}

Str pg_tree_select(Arena *arena, PgQuery__SelectStmt *select)
{
	PgQuery__Node node = PG_QUERY__NODE__INIT;
	PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
	PgQuery__ParseResult tree = PG_QUERY__PARSE_RESULT__INIT;
	node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
	node.select_stmt = select;
	raw.stmt = &node;
	tree.n_stmts = 1;
	tree.stmts = &(PgQuery__RawStmt *){&raw};

	size_t length = pg_query__parse_result__get_packed_size(&tree);
	ARENA_SCRATCH(scratch);
	char *packed = arena_alloc(&scratch, length);
	pg_query__parse_result__pack(&tree, (uint8_t *)packed);
	PgQueryDeparseResult result =
		pg_query_deparse_protobuf((PgQueryProtobuf){.len = length, .data = packed});
	Str sql = str_copy(arena, str_from(result.error ? NULL : result.query));
	pg_query_free_deparse_result(result);
	return sql;
}

static Str deparse(Arena *arena, Node *target)
{
	static const size_t prefix = sizeof "SELECT " - 1;
	PgQuery__ResTarget column = PG_QUERY__RES_TARGET__INIT;
	PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
	PgQuery__Node node = PG_QUERY__NODE__INIT;
	column.val = target;
	node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
	node.res_target = &column;
	select.n_target_list = 1;
	select.target_list = &(Node *){&node};
	select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
	select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
	return str_skip(pg_tree_select(arena, &select), prefix);
}

Str pg_tree_expression(Arena *arena, Node *node)
{
	return node ? deparse(arena, node) : (Str){0};
}

/* A type can be written as the target of a cast. */
Str pg_tree_type(Arena *arena, PgQuery__TypeName *type)
{
	static const Str cast = STR_INIT("NULL::");
	PgQuery__AConst null = PG_QUERY__A__CONST__INIT;
	PgQuery__TypeCast node = PG_QUERY__TYPE_CAST__INIT;
	PgQuery__Node value = PG_QUERY__NODE__INIT, target = PG_QUERY__NODE__INIT;
	if (!type)
		return (Str){0};
	null.isnull = true;
	value.node_case = PG_QUERY__NODE__NODE_A_CONST;
	value.a_const = &null;
	node.arg = &value;
	node.type_name = type;
	target.node_case = PG_QUERY__NODE__NODE_TYPE_CAST;
	target.type_cast = &node;
	Str sql = deparse(arena, &target);
	return str_starts(sql, cast) ? str_skip(sql, cast.len) : (Str){0};
}

static bool is_off(const char *word)
{
	return strcasecmp(word, "false") == 0 || strcasecmp(word, "off") == 0;
}

/* A word that is no keyword is a type's name to the grammar. */
static bool is_true(const Node *value)
{
	switch ((int)value->node_case) {
	case PG_QUERY__NODE__NODE_BOOLEAN:
		return value->boolean->boolval != 0;
	case PG_QUERY__NODE__NODE_INTEGER:
		return value->integer->ival != 0;
	case PG_QUERY__NODE__NODE_STRING:
		return !is_off(value->string->sval);
	case PG_QUERY__NODE__NODE_TYPE_NAME:
		return value->type_name->n_names != 1 ||
		       value->type_name->names[0]->node_case != PG_QUERY__NODE__NODE_STRING ||
		       !is_off(value->type_name->names[0]->string->sval);
	default:
		return true;
	}
}

const PgQuery__DefElem *pg_tree_option(Node **options, size_t count, const char *name)
{
	for (size_t i = count; i-- > 0;)
		if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
			strcmp(options[i]->def_elem->defname, name) == 0)
			return options[i]->def_elem;
	return NULL;
}

Str pg_tree_option_text(Node **options, size_t count, const char *name)
{
	const PgQuery__DefElem *option = pg_tree_option(options, count, name);
	const Node *value = option ? option->arg : NULL;
	if (value && value->node_case == PG_QUERY__NODE__NODE_LIST && value->list->n_items == 1)
		value = value->list->items[0];
	return value ? pg_tree_text(value) : (Str){0};
}

int pg_tree_option_value(Node **options, size_t count, const char *name)
{
	const PgQuery__DefElem *option = pg_tree_option(options, count, name);
	return option ? !option->arg || is_true(option->arg) : -1;
}

/* A word that is no keyword is a type's name to the grammar, as above. */
static Str option_value(Arena *arena, const PgQuery__DefElem *option)
{
	const Node *value = option->arg;
	if (option->defnamespace[0])
		return (Str){0};
	if (!value)
		return STR("true");
	switch ((int)value->node_case) {
	case PG_QUERY__NODE__NODE_INTEGER:
		return str_format(arena, "%d", value->integer->ival);
	case PG_QUERY__NODE__NODE_FLOAT:
		return str_from(value->float_->fval);
	case PG_QUERY__NODE__NODE_TYPE_NAME:
		return value->type_name->n_names == 1 ? pg_tree_text(value->type_name->names[0])
						      : (Str){0};
	default:
		return pg_tree_text(value);
	}
}

Names pg_tree_option_values(Arena *arena, Node **options, size_t count)
{
	Names values = {0};
	for (size_t i = 0; i < count; i++)
		if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM)
			*vec_add(arena, &values) = option_value(arena, options[i]->def_elem);
	return values;
}

Names pg_tree_option_names(Arena *arena, Node **options, size_t count)
{
	Names names = {0};
	for (size_t i = 0; i < count; i++)
		if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM)
			*vec_add(arena, &names) = str_from(options[i]->def_elem->defname);
	return names;
}

ObjectKind pg_tree_object_kind(PgQuery__ObjectType type)
{
	switch ((int)type) {
#define OBJECT(kind, name)                                                                         \
	case PG_QUERY__OBJECT_TYPE__OBJECT_##kind:                                                 \
		return OBJECT_##kind;
#include "sql/object.def"
#undef OBJECT
	default:
		return OBJECT_NONE;
	}
}
