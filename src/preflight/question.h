/* Questions about the data that the target has now: would it let a pending statement through?
 *
 * Pure: SQL goes out as data, answers come in. A question reads rows of one table, or two for a
 * foreign key, and never what its answer would have to tell: that there is a row is all. It is
 * about the state before the plan; where an earlier statement of the plan may change the answer,
 * it is not asked, and says so. */
#ifndef PREFLIGHT_QUESTION_H
#define PREFLIGHT_QUESTION_H

#include "base/rule.h"
#include "schema/catalog.h"
#include "sql/script.h"

typedef enum QuestionKind {
#define PREFLIGHT(id, sqlstate, question, sentence, remedy) QUESTION_##id,
#include "preflight/preflight.def"
#undef PREFLIGHT
	QUESTION_KINDS
} QuestionKind;

typedef enum Doubt {
#define DOUBT(id, words) DOUBT_##id,
#include "preflight/doubt.def"
#undef DOUBT
} Doubt;

typedef enum Outlook {
	OUTLOOK_NOT_PROVEN, /* for a Doubt */
	OUTLOOK_NO_COUNTER_EXAMPLE, /* at that moment */
	OUTLOOK_WILL_FAIL, /* with the question's SQLSTATE */
	OUTLOOK_HOLDS_DATA, /* which go with it: `number` */
} Outlook;

/* Behind the name of a table within a query: where a sample of it can be asked for. */
#define QUESTION_SAMPLE "/*sample*/"
/* Without them. */
Str question_whole(Arena *arena, Str sql);

/* SQL in three pieces, between the last two of which a sample can be asked for, unless the second
 * says where. */
typedef struct QuestionSql {
	Str select, from, rest;
} QuestionSql;

typedef struct Question {
	QuestionKind kind;
	const Script *script;
	const Statement *statement;
	size_t position; /* of the clause: characters of the statement from 1; 0: its beginning */
	Place place;
	const CatalogRelation *table; /* NULL if it is not known */
	Str object; /* schema.table */
	Str columns, other, type; /* see preflight.def */
	QuestionSql sql; /* empty: it is not asked */
	bool is_raised; /* a counter-example makes the question itself fail, with its SQLSTATE */
	bool is_precise; /* an error says nothing about the data: it is another question's */
	bool is_one_of_many; /* the statement may fail with the same SQLSTATE for what nobody asks
			      */
	bool is_behind; /* another refusal of the statement, which nobody asks about, may come first
			 */
	Doubt otherwise; /* why it proves nothing that there is no counter-example; NONE: it does */
	bool is_counted; /* the answer is a number, and no failure */
	int64_t number; /* that; by statistics as long as there is no answer, -1: not known */
	int64_t bytes; /* to be read, as far as statistics know */
	Outlook outlook;
	Doubt doubt; /* of OUTLOOK_NOT_PROVEN */
	Str sqlstate; /* of OUTLOOK_WILL_FAIL */
	int64_t at; /* when it was asked; seconds since 1970, 0: it was not */
} Question;

typedef VEC(Question) Questions;

bool question_is_asked(const Question *question);
/* The whole question, or the same about about one block in a hundred. */
Str question_sql(Arena *arena, const Question *question, bool is_sample);

/* What the server has answered: rows (the first one's number, of a count), or an error (its
 * SQLSTATE; empty: none). */
typedef struct Answer {
	bool is_sample; /* without a counter-example it proves nothing */
	size_t rows;
	int64_t number;
	Str sqlstate;
	int64_t at;
} Answer;
void question_answer(Question *question, const Answer *answer);

/* "no NULL". */
Str question_name(QuestionKind kind);
/* That a counter-example ends the statement with. */
Str question_sqlstate(QuestionKind kind);
Str question_doubt(Doubt doubt);
/* "200 rows", "about 1.2 million values"; empty if it is no count, or not known. */
Str question_number(Arena *arena, const Question *question);
/* "will fail", "holds data", "no counter-example", "not proven". */
Str question_outlook(Outlook outlook);
/* Adds an ERR_BLOCKED for each statement that will fail. */
void question_add_faults(const Questions *questions, Err *err);

#endif
