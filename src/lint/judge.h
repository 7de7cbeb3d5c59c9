/* What the files that judge one kind of action share: the schema, the statement, its effect so far.
 * Each adds to the effect; world_apply takes over what the action has done, afterwards. */
#ifndef LINT_JUDGE_H
#define LINT_JUDGE_H

#include "lint/effect.h"
#include "sql/script.h"

typedef struct Judge {
	Arena *arena;
	World *world;
	const Facts *facts;
	Str text; /* of the statement */
	Effect *effect;
	bool is_opaque; /* it has called something that may have done anything */
	Str skipped; /* a column that ADD COLUMN IF NOT EXISTS has not added */
} Judge;

typedef void JudgeFn(Judge *judge, WorldRelation *table, const Action *action);

void judge_unknown(Judge *judge, unsigned unknown);
/* What a refusal is: a rule, and the server's SQLSTATE. */
typedef struct Code {
	LintId rule;
	const char *sqlstate; /* a literal */
} Code;

/* The server refuses it; no claim at all where what it is about may be gone or changed by then. */
void judge_refuse(Judge *judge, const Action *action, Code code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* It may refuse it. */
void judge_doubt(Judge *judge, const Action *action, Code code);

/* The relation an action names; NULL if it is not there, which is refused unless `if_exists`, or if
 * that is not known. */
WorldRelation *judge_relation(Judge *judge, const Action *action, ObjectName name, bool if_exists);
/* The same for a column of `table`. */
WorldColumn *judge_column(Judge *judge, WorldRelation *table, const Action *action, Str name);
/* Refused if it is known that there is no such schema; false for the empty name. */
bool judge_no_schema(Judge *judge, const Action *action, Str schema);

/* Are all its columns and constraints known? */
bool judge_knows(const Judge *judge, const WorldRelation *table);
/* What an expression over the table's columns is found to be. Refused: a column is not there, and
 * the server comes to that first. */
typedef enum ExpressionFinding {
	EXPRESSION_UNKNOWN,
	EXPRESSION_COLUMNS_THERE,
	EXPRESSION_REFUSED,
} ExpressionFinding;
ExpressionFinding judge_expression(Judge *judge, WorldRelation *table, const Action *action);

/* Nothing in the CHECK or the predicate can be refused: its columns are there. */
bool judge_is_plain(Judge *judge, const WorldRelation *table, const Action *action);

/* A column of a key; false: it is not there, or cannot be one. */
bool judge_index_column(Judge *judge, WorldRelation *table, const Action *action, Str name);
/* Are the expressions and the predicate of an index or of EXCLUDE surely taken? */
bool judge_has_sure_expressions(Judge *judge, WorldRelation *table, const Action *action);
/* The columns and operator classes of an index and of EXCLUDE, then INCLUDE's; false: refused, or
 * what comes next is not known. */
bool judge_elements(Judge *judge, WorldRelation *table, const Action *action);
/* The access method, and what it cannot do; false: refused. */
bool judge_method(Judge *judge, const WorldRelation *table, const Action *action);
/* Whether it is there, alone. */
bool judge_method_name(Judge *judge, const Action *action);
/* The operator class (empty: the default one) of an element; NULL: an expression. False: refused.
 */
bool judge_class(Judge *judge, const WorldRelation *table, const Action *action,
	const WorldColumn *column, ObjectName operator_class);

/* Where it is made, and whether it may be. Empty: refused, or not known. */
Str judge_schema_for(Judge *judge, const Action *action);
/* What has the name already; NULL: nothing, or it is not known. */
WorldRelation *judge_taken(Judge *judge, Str schema, Str name);
void judge_refuse_taken(Judge *judge, const Action *action, const WorldRelation *other);

/* May the session's role alter it? If not, that is refused. */
bool judge_owner(Judge *judge, const WorldRelation *table, const Action *action);

/* Has the role the rights that the catalogue says, and not all there are? */
bool judge_knows_rights(const Judge *judge);
/* Has it that one on the relation? If surely not, that is refused: false. */
bool judge_right(Judge *judge, const WorldRelation *table, const Action *action, Right right);
/* Can it become that role, to which it gives something? False: refused. */
bool judge_may_become(Judge *judge, const Action *action, Str role);
/* What only some may do: `what` is said of it. */
void judge_refuse_right(Judge *judge, const Action *action, const char *what);
/* What a query reads. */
void judge_reads(Judge *judge, const Action *action);

/* "column a of public.t", "public.t" */
Str judge_object(Judge *judge, const WorldRelation *table, Str column);
/* Is the server surely older than PostgreSQL 18? */
bool judge_is_before_18(const Judge *judge);
/* Strong locks on the table and what inherits from it; of an index, on partitions only. */
void judge_lock(Judge *judge, WorldRelation *table, const Action *action, LockMode mode);
/* What has to be done with the rows of the table and of what inherits from it; of an index's, with
 * those of partitions only. */
void judge_work(
	Judge *judge, WorldRelation *table, const Action *action, WorkKind kind, LintId rule);
/* Of the table alone. */
void judge_work_here(
	Judge *judge, WorldRelation *table, const Action *action, WorkKind kind, LintId rule);

/* Of an index, or of a generated column: refused if it calls a function, or converts a column in a
 * way, that is surely not IMMUTABLE. */
void judge_immutable(
	Judge *judge, const WorldRelation *table, const Action *action, Str expression);
/* Is it called in the expression? */
bool judge_calls_in(Str expression, const Use *use);
/* Volatility of what an expression calls: 'i', 's' or 'v', '\0': not known. */
char judge_volatility(const Judge *judge, Str expression);

/* Does something keep it? */
typedef enum Keeps {
	KEEPS_NOT,
	KEEPS_MAYBE, /* the plan may have taken it away */
	KEEPS,
} Keeps;
/* What keeps the object of `of` (its class, oid, column and whether it is about the type alone),
 * the surest one; NULL: nothing. */
const CatalogBlocker *judge_blocker(Judge *judge, const CatalogBlocker *of, Keeps *how);

/* Is that of the catalogue still on the table? */
bool judge_has_constraint(const WorldRelation *table, int64_t oid);
bool judge_has_index(const WorldRelation *table, int64_t oid);

/* Another object of the same DROP? */
bool judge_goes_along(Judge *judge, const WorldRelation *relation);

/* Has it that name, in its schema or on the search path? */
bool judge_reaches(const Judge *judge, const CatalogFunction *function, ObjectName name);
/* Is there one of the server's own of that name, and nothing else? */
bool judge_is_built_in(const Judge *judge, ObjectName name);
/* A function without arguments; `*out`: NULL if the plan has made it, for triggers. */
Presence judge_find_function(const Judge *judge, ObjectName name, const CatalogFunction **out);
bool judge_is_kind(char kind, ObjectKind wanted);
/* A function or procedure that the action is about; false: refused, as it is not there, or which
 * one is meant is not said. */
bool judge_routine(Judge *judge, const Action *action);
bool judge_is_routine(ObjectKind kind);
/* What the statement uses without changing it: tables, functions and types that are not there. */
void judge_uses(Judge *judge);
/* Are all types there that the statement names? */
bool judge_types_are_there(const Judge *judge);

/* Where no sub-select may be (`what`: "a CHECK"): refused if the server comes to one first. */
bool judge_query_in(Judge *judge, const WorldRelation *table, const Action *action, Str expression,
	const char *what);
/* A default's own faults, and those of a generated column; false: refused. */
bool judge_default_text(Judge *judge, const WorldRelation *table, const Action *action);
bool judge_generated(Judge *judge, const WorldRelation *table, const Action *action);

/* A label of an enum that the transaction at hand has added, and that the statement uses. */
typedef struct LabelFinding {
	Str label; /* empty: there is none */
	size_t offset;
	bool is_sure;
	bool is_gone; /* the plan has given it another name */
} LabelFinding;
/* Of columns that are there now: before and after the statement is applied. */
void judge_find_label(Judge *judge, const Statement *statement, LabelFinding *out);
void judge_tell_label(Judge *judge, const LabelFinding *finding);
/* "public.mood", "d(3)[]": the name alone, as it is looked up. */
ObjectName judge_type_name(Str type);

/* Surely a value of the type, as SQL: the rest may be refused. */
bool judge_is_plain_default(Str type, Str value);
/* Surely none that an identity can have. */
bool judge_is_no_number(const Judge *judge, Str type);

/* ALTER COLUMN TYPE without USING, or USING the column itself. */
bool judge_is_bare(const Action *action);
/* From one enum to another; true: refused. The comparison comes after what keeps the type. */
bool judge_enum_cast(
	Judge *judge, const WorldRelation *table, const WorldColumn *column, const Action *action);
bool judge_enum_comparison(
	Judge *judge, const WorldRelation *table, const WorldColumn *column, const Action *action);

/* The catalogue's function of the same name and arguments in `schema`; NULL: none. */
const CatalogFunction *judge_same_function(Judge *judge, const Action *action, Str schema);

/* ---- one for each kind of action ---- */

JudgeFn judge_add_column, judge_drop_column, judge_set_type, judge_set_not_null,
	judge_drop_not_null, judge_set_default, judge_on_column, judge_add_identity;
JudgeFn judge_add_check, judge_add_key, judge_add_foreign_key, judge_add_exclude, judge_validate,
	judge_drop_constraint;
JudgeFn judge_partitioning, judge_switch_trigger, judge_storage, judge_options,
	judge_replica_identity, judge_set_cluster, judge_set_owner, judge_switch_rule,
	judge_alter_constraint, judge_switch_rls;

void judge_create(Judge *judge, const Action *action);
/* SET and RESET; ALTER SYSTEM; ALTER ROLE; savepoints. */
void judge_setting(Judge *judge, const Action *action);
void judge_alter_system(Judge *judge, const Action *action);
void judge_alter_role(Judge *judge, const Action *action);
void judge_transaction(Judge *judge, const Action *action);
void judge_create_function(Judge *judge, const Action *action);
void judge_create_publication(Judge *judge, const Action *action);
void judge_create_index(Judge *judge, const Action *action);
void judge_create_trigger(Judge *judge, WorldRelation *table, const Action *action);
/* CREATE TABLE's own words, beside those of its parts. */
void judge_new_table(Judge *judge, const Action *action);
/* Is a column's type there, with such a length? False: refused. */
bool judge_column_type(Judge *judge, const Action *action);
/* ADD COLUMN's, and those of a new table's column; false: refused. */
bool judge_new_column(Judge *judge, WorldRelation *table, const Action *action);
void judge_drop(Judge *judge, const Action *action);
void judge_rename(Judge *judge, const Action *action);
void judge_data(Judge *judge, const Action *action);
void judge_maintenance(Judge *judge, const Action *action);
/* What keeps nobody waiting. */
void judge_light(Judge *judge, const Action *action);
/* Roles that it names and that are not there. */
void judge_roles(Judge *judge, const Action *action);
/* One of them; false: refused. */
bool judge_role(Judge *judge, const Action *action, Str role);
/* May the table have a constraint that is not found by its name? */
bool judge_may_have_constraint(const Judge *judge, const WorldRelation *table);
/* What INSERT and UPDATE say of their values, as far as it is known without a plan. */
void judge_values(Judge *judge, WorldRelation *table, const Action *action);
/* No default partition, and no foreign keys, which make more locks than those of the two. */
bool judge_is_plain_parent(const Judge *judge, const WorldRelation *parent);

/* May it be written to at all? */
void judge_target(Judge *judge, const WorldRelation *table, const Action *action);
/* May what the statement uses be read? */
void judge_unfilled(Judge *judge, const WorldRelation *view, const Action *action);
/* A new partition's bound; false: refused. */
bool judge_bound(Judge *judge, const WorldRelation *parent, const Action *action);
void judge_publication(Judge *judge, const Action *action);
void judge_grant(Judge *judge, const Action *action);
/* COMMENT ON an object of any kind. */
void judge_comment(Judge *judge, const Action *action);

#endif
