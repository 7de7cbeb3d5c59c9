/* What the finders of questions have in common: one action at a time, and what was changed before
 * it. For preflight/questions alone. */
#ifndef PREFLIGHT_FINDER_H
#define PREFLIGHT_FINDER_H

#include "preflight/changes.h"
#include "preflight/question.h"

/* A constraint that the plan adds as NOT VALID, to be looked at where it is validated. */
typedef struct Pending {
	const Action *action;
	const CatalogRelation *table;
	const CatalogType *domain; /* in place of a table */
} Pending;

typedef struct State State;

/* Rows that were written under a deferred key: those of `source`, as SQL, that fulfil a condition;
 * none: there is one for certain. */
typedef struct Wait {
	int64_t table;
	Str source, condition;
	int64_t bytes;
} Wait;

typedef struct Finder {
	Arena *arena;
	Changes changes;
	VEC(Pending) pending;
	Questions *out;
	const Script *script;
	const Statement *statement;
	const Action *action; /* whose place a question has */
	const CatalogRelation *table; /* of the action */
	size_t writings, row_questions; /* statements whose rows were looked at, and what came of it
					 */
	VEC(State *)
	states; /* of tables that the plan has done something to, one after the other */
	VEC(Wait) waits; /* of the file so far */
	const State *within; /* with the columns that the statement adds, for its constraints */
	bool has_more_rows; /* which are not looked at; that has been said */
} Finder;

/* A new question about `columns` (names, or an expression as it is written). It is not asked until
 * it has SQL. */
Question *finder_add(Finder *finder, QuestionKind kind, Str columns);
/* Gives it its SQL; or, for any other doubt than DOUBT_NONE, says why it is not asked. */
void finder_finish(Question *question, Doubt doubt, QuestionSql sql);

/* May these columns (none: which rows there are) be others than they are now, or are they not there
 * yet? */
Doubt finder_check_columns(
	const Finder *finder, const CatalogRelation *table, const Names *columns);
/* The same of what a key refers to: rows that may be gone do not make it sure that one is missing,
 * and `otherwise` says so. */
Doubt finder_check_target(
	const Finder *finder, const CatalogRelation *table, const Names *columns, Doubt *otherwise);
/* The table as the plan has left it; NULL: it is made by the plan, or unknown. */
const CatalogRelation *finder_table(const Finder *finder, ObjectName name);
const CatalogRelation *finder_table_by_oid(const Finder *finder, int64_t oid);
/* Its rows as an item of FROM, without and with an alias. */
Str finder_rows(const Finder *finder, const CatalogRelation *table, bool only);
Str finder_item(const Finder *finder, const CatalogRelation *table, bool only, Str alias);
/* The same of the finder's own table, by its name. */
Str finder_own(const Finder *finder, bool only);
/* Is the key looked at when the transaction ends, after other statements have written rows? */
bool finder_is_late(const Finder *finder, const CatalogConstraint *key);
/* Does each statement of the file after this one leave rows alone, and keys as late as they are? */
bool finder_is_last(const Finder *finder);
/* To be read, as of the last VACUUM or ANALYZE. */
int64_t finder_bytes(const Finder *finder, const CatalogRelation *table);
Str finder_list(Arena *arena, const Names *names);
/* Is there a constraint, or an index, of that name on the table? Then nothing is made. */
bool finder_has_constraint(const Finder *finder, Str name);
/* A constraint of the catalogue with a definition, as the action that would add it; its names have
 * their schemas. NULL if it is neither a key nor a check. */
const Action *finder_read_constraint(const Finder *finder, const CatalogConstraint *constraint);
/* The target's type of that name; NULL: there is none, or the plan may mean another one. */
const CatalogType *finder_type(const Finder *finder, ObjectName name);
/* The domain that a column's type is, also one of the plan; NULL: it is none. */
const CatalogType *finder_domain_of(const Finder *finder, Str type);
/* "public.short", without what is in parentheses; empty for an array. */
ObjectName finder_type_name(Str type);
/* The same of a domain. */
const CatalogType *finder_domain(const Finder *finder, ObjectName name);

/* Does pg_catalog have an operator that compares them as a foreign key does? */
bool finder_are_comparable(Str type, Str other);

/* By what the action is. */
void find_not_null(Finder *finder);
void find_new_column(Finder *finder);
void find_type(Finder *finder);
void find_unique(Finder *finder);
void find_foreign_key(Finder *finder);
void find_check(Finder *finder);
void find_validation(Finder *finder);
void find_exclude(Finder *finder);
void find_partition(Finder *finder);
void find_domain(Finder *finder);
void find_drop(Finder *finder);
void find_insert(Finder *finder);
void find_update(Finder *finder);
void find_delete(Finder *finder);
/* Of the statement, whatever its actions are. */
void find_deferred(Finder *finder);
/* Of a statement that has been taken over as a state, and is the last of its file that writes. */
void find_at_commit(Finder *finder);

/* Of one column that is to be NOT NULL. */
void find_nulls(Finder *finder, Str column);
/* Of a column that gets an enum as its type; false: it is none, or not looked into. */
bool find_type_of_enum(Finder *finder, ObjectName name, const CatalogColumn *column);
/* Of a new one whose type is a domain, and that has a default. */
void find_default_of_domain(Finder *finder);
/* Of one with a unique key. True: each of its values converts, as is known without asking. */
bool find_type_of_key(Finder *finder, const CatalogColumn *column);
/* Of a column that gets a domain as its type. */
void find_type_of_domain(Finder *finder, const CatalogType *domain, const CatalogColumn *column);

#endif
