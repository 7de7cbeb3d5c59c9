#include "preflight/questions.h"

#include "preflight/state_apply.h"

typedef void FindFn(Finder *finder);

static FindFn *finder_of(const Action *action)
{
	static const struct {
		ActionKind kind;
		FindFn *find;
	} table[] = {
		{ACTION_SET_NOT_NULL, find_not_null},
		{ACTION_ADD_COLUMN, find_new_column},
		{ACTION_SET_TYPE, find_type},
		{ACTION_ADD_UNIQUE, find_unique},
		{ACTION_ADD_PRIMARY_KEY, find_unique},
		{ACTION_ADD_FOREIGN_KEY, find_foreign_key},
		{ACTION_ADD_CHECK, find_check},
		{ACTION_VALIDATE_CONSTRAINT, find_validation},
		{ACTION_ADD_EXCLUDE, find_exclude},
		{ACTION_ATTACH_PARTITION, find_partition},
		{ACTION_DROP_COLUMN, find_drop},
		{ACTION_TRUNCATE, find_drop},
		{ACTION_INSERT, find_insert},
		{ACTION_UPDATE, find_update},
		{ACTION_DELETE, find_delete},
	};
	if (action->kind == ACTION_CREATE && action->options.partition)
		return find_partition;
	if (action->kind == ACTION_DROP && action->object_kind == OBJECT_TABLE)
		return find_drop;
	if (action->kind == ACTION_CREATE && action->object_kind == OBJECT_INDEX)
		return action->options.unique ? find_unique : NULL;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].kind == action->kind)
			return table[i].find;
	return NULL;
}

/* ---- for the finders ---- */

/* With the partitions, and all that inherits. */
int64_t finder_bytes(const Finder *finder, const CatalogRelation *table)
{
	enum {
		PAGE = 8192
	};
	const Catalog *catalog = finder->changes.catalog;
	int64_t pages = table->pages;
	for (size_t i = 0; i < catalog->relations.count; i++) {
		const CatalogRelation *other = &catalog->relations.items[i];
		for (size_t j = 0; j < other->parents.count; j++)
			pages += other->parents.items[j] == table->oid ? other->pages : 0;
	}
	return pages * PAGE;
}

Question *finder_add(Finder *finder, QuestionKind kind, Str columns)
{
	const CatalogRelation *table = finder->table;
	Question *question = vec_add(finder->arena, finder->out);
	*question = (Question){.kind = kind,
		.script = finder->script,
		.statement = finder->statement,
		.table = table,
		.columns = columns,
		.doubt = DOUBT_NOT_ASKED};
	Str before = str_head(finder->statement->text, finder->action->offset);
	question->position = before.len ? str_utf8_count(before) + 1 : 0;
	question->place =
		script_place(finder->script, script_point(finder->statement, question->position));
	ObjectName name = finder->action->object;
	if (table)
		name = (ObjectName){table->schema, table->name};
	question->object = facts_qualified(finder->arena, name);
	question->bytes = table ? finder_bytes(finder, table) : 0;
	const State *state = table ? state_behind(finder, table) : NULL;
	question->otherwise = state && state->is_short ? DOUBT_CHANGED : DOUBT_NONE;
	return question;
}

void finder_finish(Question *question, Doubt doubt, QuestionSql sql)
{
	question->doubt = doubt;
	if (doubt == DOUBT_NONE) {
		question->doubt = DOUBT_TIMED_OUT; /* until there is an answer */
		question->sql = sql;
	}
}

/* Another command of the same ALTER TABLE: their order is the server's. */
static bool is_changed_beside(const Finder *finder, Str column)
{
	const Facts *facts = finder->statement->facts;
	for (size_t i = 0; i < facts->actions.count; i++) {
		const Action *other = &facts->actions.items[i];
		bool adds = other->kind == ACTION_ADD_COLUMN && !finder->within;
		bool changes = adds || other->kind == ACTION_SET_TYPE ||
			       other->kind == ACTION_DROP_COLUMN ||
			       other->kind == ACTION_SET_EXPRESSION;
		if (changes && other != finder->action && str_equal(other->name, column) &&
			str_equal(other->object.name, finder->action->object.name))
			return true;
	}
	return false;
}

static Doubt check_state(const Finder *finder, const State *state, const Names *columns)
{
	bool changed = state->is_open;
	for (size_t i = 0; i < columns->count && !changed; i++) {
		Str column = columns->items[i];
		changed = !catalog_column(&state->relation, column) ||
			  names_have(&state->unknown, column) ||
			  (&state->relation == finder->table && is_changed_beside(finder, column));
	}
	return changed ? DOUBT_CHANGED : DOUBT_NONE;
}

Doubt finder_check_columns(const Finder *finder, const CatalogRelation *table, const Names *columns)
{
	const Changes *changes = &finder->changes;
	const State *state = state_behind(finder, table);
	if (state)
		return state->is_long ? DOUBT_CHANGED : check_state(finder, state, columns);
	bool changed = changes_touch(changes, table, (Str){0});
	for (size_t i = 0; i < columns->count && !changed; i++) {
		Str column = columns->items[i];
		changed = !catalog_column(table, column) || changes_touch(changes, table, column) ||
			  (table == finder->table && is_changed_beside(finder, column));
	}
	return changed ? DOUBT_CHANGED : DOUBT_NONE;
}

Doubt finder_check_target(
	const Finder *finder, const CatalogRelation *table, const Names *columns, Doubt *otherwise)
{
	const State *state = state_behind(finder, table);
	if (!state)
		return finder_check_columns(finder, table, columns);
	if (state->is_long)
		*otherwise = DOUBT_CHANGED;
	return state->is_short ? DOUBT_CHANGED : check_state(finder, state, columns);
}

Str finder_list(Arena *arena, const Names *names)
{
	enum {
		LIST_MAX = 4096
	};
	Buf buf = buf_new(arena, LIST_MAX);
	for (size_t i = 0; i < names->count; i++)
		buf_format(&buf, "%s%.*s", i ? ", " : "", STR_ARG(names->items[i]));
	return buf_str(&buf);
}

/* ---- deferred keys ---- */

static bool may_write(const Statement *statement)
{
	static const ActionKind kinds[] = {ACTION_INSERT, ACTION_UPDATE, ACTION_DELETE,
		ACTION_MERGE, ACTION_COPY, ACTION_TRUNCATE, ACTION_DO, ACTION_CALL, ACTION_EXECUTE,
		ACTION_SELECT, ACTION_DROP, ACTION_DROP_CONSTRAINT, ACTION_ALTER_CONSTRAINT,
		ACTION_DROP_COLUMN, ACTION_SET_CONSTRAINTS, ACTION_TRANSACTION};
	const Facts *facts = statement->facts;
	for (size_t i = 0; facts && i < facts->actions.count; i++)
		for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++)
			if (facts->actions.items[i].kind == kinds[j])
				return true;
	return !facts;
}

bool finder_is_last(const Finder *finder)
{
	const Script *script = finder->script;
	bool is_last = true;
	for (size_t i = (size_t)(finder->statement - script->statements) + 1; i < script->count;
		i++)
		is_last = is_last && !may_write(&script->statements[i]);
	return is_last;
}

bool finder_is_late(const Finder *finder, const CatalogConstraint *key)
{
	bool is_at_end = key->is_deferred || (key->is_deferrable && finder->changes.defers);
	return is_at_end && !finder_is_last(finder);
}

/* ---- one statement after the other ---- */

static bool has_action(const Facts *facts, ActionKind kind, ObjectKind object_kind)
{
	for (size_t i = 0; i < facts->actions.count; i++)
		if (facts->actions.items[i].kind == kind &&
			(object_kind == OBJECT_NONE ||
				facts->actions.items[i].object_kind == object_kind))
			return true;
	return false;
}

static const struct {
	ActionKind action;
	QuestionKind kind;
} kinds[] = {
	{ACTION_SET_NOT_NULL, QUESTION_NOT_NULL},
	{ACTION_ADD_COLUMN, QUESTION_NEW_COLUMN},
	{ACTION_SET_TYPE, QUESTION_TYPE},
	{ACTION_ADD_UNIQUE, QUESTION_UNIQUE},
	{ACTION_ADD_PRIMARY_KEY, QUESTION_UNIQUE},
	{ACTION_ADD_FOREIGN_KEY, QUESTION_FOREIGN_KEY},
	{ACTION_ADD_CHECK, QUESTION_CHECK},
	{ACTION_VALIDATE_CONSTRAINT, QUESTION_CHECK},
	{ACTION_ADD_EXCLUDE, QUESTION_EXCLUDE},
	{ACTION_ATTACH_PARTITION, QUESTION_PARTITION},
};

/* What is not looked into further is said, but for what adds a column that nothing is asked of. */
static void add_unasked(Finder *finder, Doubt doubt)
{
	const Action *action = finder->action;
	if (action->kind == ACTION_CREATE) {
		bool is_index = action->object_kind == OBJECT_INDEX;
		finder_add(finder, is_index ? QUESTION_UNIQUE : QUESTION_DEFAULT_PARTITION,
			is_index ? finder_list(finder->arena, &action->columns) : (Str){0})
			->doubt = doubt;
		return;
	}
	bool is_harmless = action->kind == ACTION_ADD_COLUMN &&
			   (!action->options.not_null || facts_has_value(action));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !is_harmless; i++)
		if (kinds[i].action == action->kind) {
			Str columns = action->columns.count
					      ? finder_list(finder->arena, &action->columns)
					      : action->name;
			finder_add(finder, kinds[i].kind, columns)->doubt = doubt;
			return;
		}
}

static bool has_rows(const CatalogRelation *table)
{
	return table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED ||
	       table->kind == RELATION_MATVIEW;
}

/* The table that the finder looks at. Constraints are checked once the statement's new columns are
 * there. */
static const CatalogRelation *table_of(Finder *finder, const Action *action, ObjectName name)
{
	static const ActionKind followed[] = {
		ACTION_SET_TYPE, ACTION_ADD_COLUMN, ACTION_INSERT, ACTION_UPDATE, ACTION_DELETE};
	static const ActionKind constraints[] = {ACTION_SET_NOT_NULL, ACTION_ADD_UNIQUE,
		ACTION_ADD_PRIMARY_KEY, ACTION_ADD_FOREIGN_KEY, ACTION_ADD_CHECK,
		ACTION_VALIDATE_CONSTRAINT};
	bool is_followed = action->kind == ACTION_CREATE && action->object_kind == OBJECT_INDEX;
	for (size_t i = 0; i < sizeof followed / sizeof *followed; i++)
		is_followed = is_followed || followed[i] == action->kind;
	finder->within = NULL;
	for (size_t i = 0; i < sizeof constraints / sizeof *constraints; i++)
		if (constraints[i] == action->kind) {
			const CatalogRelation *table = finder_table(finder, name);
			const CatalogRelation *with =
				table ? state_with_new_columns(finder, table) : NULL;
			return with ? with : table;
		}
	return is_followed ? finder_table(finder, name) : changes_table(&finder->changes, name);
}

/* Made by the plan, which has put nothing into it. */
static bool has_no_rows(const Finder *finder)
{
	const State *state = finder->table ? state_behind(finder, finder->table) : NULL;
	return state && state->is_empty && finder->action->kind != ACTION_INSERT;
}

static void find_of_action(Finder *finder, FindFn *find)
{
	const Changes *changes = &finder->changes;
	const Action *action = finder->action;
	bool is_partition = action->kind == ACTION_CREATE && action->options.partition;
	ObjectName name = is_partition ? action->other : action->object;
	bool is_block = has_action(finder->statement->facts, ACTION_DO, OBJECT_NONE);
	bool is_table = action->object_kind == OBJECT_TABLE || action->object_kind == OBJECT_INDEX;
	finder->table = is_table ? table_of(finder, action, name) : NULL;
	if (finder->table && (!has_rows(finder->table) || has_no_rows(finder)))
		return;
	if (is_block)
		add_unasked(finder, DOUBT_BLOCK);
	else if (action->object_kind == OBJECT_DOMAIN)
		find_domain(finder);
	else if (!is_table)
		add_unasked(finder, DOUBT_NOT_ASKED);
	else if (finder->table)
		find(finder);
	else if (changes_has_written(changes, name))
		add_unasked(finder, DOUBT_NEW_TABLE);
	else if (!changes_makes(changes, name) && !action->options.table_if_exists &&
		 !action->options.if_exists)
		add_unasked(finder, DOUBT_UNKNOWN_TABLE);
}

static void find_in(Finder *finder)
{
	const Facts *facts = finder->statement->facts;
	bool makes_table =
		facts && (has_action(facts, ACTION_CREATE, OBJECT_TABLE) ||
				 has_action(facts, ACTION_CREATE, OBJECT_FOREIGN_TABLE) ||
				 has_action(facts, ACTION_CREATE, OBJECT_DOMAIN));
	for (size_t i = 0; facts && i < facts->actions.count; i++) {
		finder->action = &facts->actions.items[i];
		FindFn *find = finder_of(finder->action);
		bool is_new = makes_table && finder->action->kind != ACTION_CREATE;
		if (find && !finder->action->in_function && !is_new)
			find_of_action(finder, find);
	}
}

static void limit(Questions *questions)
{
	for (size_t i = QUESTIONS_MAX; i < questions->count; i++) {
		questions->items[i].sql = (QuestionSql){0};
		questions->items[i].doubt = DOUBT_TOO_MANY;
	}
}

void questions_find(
	Arena *arena, const Catalog *catalog, const Script *scripts, size_t count, Questions *out)
{
	Finder finder = {.arena = arena, .changes = changes_new(arena, catalog), .out = out};
	for (size_t i = 0; i < count; i++) {
		finder.script = &scripts[i];
		changes_begin_file(&finder.changes);
		finder.waits.count = 0;
		for (size_t j = 0; j < scripts[i].count; j++) {
			finder.statement = &scripts[i].statements[j];
			find_in(&finder);
			find_deferred(&finder);
			states_apply(&finder);
			changes_apply(&finder.changes, finder.statement);
			states_check(&finder);
			if (may_write(finder.statement) && finder_is_last(&finder))
				find_at_commit(&finder);
		}
	}
	limit(out);
}

/* ---- what has to be known before ---- */

enum {
	CHECKS_MAX = 100
};

/* A row that is inserted has to fulfil each; one that is changed, what is about the change. */
static bool is_written(
	const CatalogRelation *table, const CatalogConstraint *check, const Action *action)
{
	bool found = action->kind == ACTION_INSERT;
	for (size_t i = 0; i < table->columns.count && !found; i++)
		for (size_t j = 0; j < check->columns.count; j++)
			found = found ||
				(check->columns.items[j] == table->columns.items[i].number &&
					names_have(&action->columns, table->columns.items[i].name));
	return found;
}

static void add_checks(Arena *arena, const Finder *finder, const Action *action, Checks *out)
{
	const CatalogRelation *table = changes_table(&finder->changes, action->object);
	for (size_t i = 0; table && i < table->constraints.count; i++) {
		const CatalogConstraint *check = &table->constraints.items[i];
		bool is_known = check->kind != CONSTRAINT_CHECK || check->definition.len ||
				!is_written(table, check, action);
		for (size_t j = 0; j < out->count && !is_known; j++)
			is_known = out->items[j] == check;
		if (!is_known && out->count < CHECKS_MAX)
			*vec_add(arena, out) = (CatalogConstraint *)(uintptr_t)check;
	}
}

static bool writes_rows(const Action *action)
{
	return (action->kind == ACTION_INSERT || action->kind == ACTION_UPDATE) &&
	       !action->in_function;
}

void questions_find_checks(
	Arena *arena, const Catalog *catalog, const Script *scripts, size_t count, Checks *out)
{
	Finder finder = {.arena = arena, .changes = changes_new(arena, catalog)};
	const Facts *last = NULL;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < scripts[i].count; j++) {
			const Facts *facts = scripts[i].statements[j].facts;
			for (size_t k = 0; facts && facts != last && k < facts->actions.count; k++)
				if (writes_rows(&facts->actions.items[k]))
					add_checks(arena, &finder, &facts->actions.items[k], out);
			last = facts;
		}
}
