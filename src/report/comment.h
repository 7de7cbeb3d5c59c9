/* The pull request's comment: one for each environment, edited in place through its life.
 *
 * Its first line is a hidden mark: the JSON document in an HTML comment says whose it is and what
 * it last said. The text tells nothing of the target that a log would mask: reference, host. */
#ifndef REPORT_COMMENT_H
#define REPORT_COMMENT_H

#include "report/report.h"

#define COMMENT_MARK "<!-- supabase-promote "

enum {
	COMMENT_MAX = 60 * 1000 /* bytes; GitHub takes 65,536 characters */
};

/* The texts are views or live in an arena. */
typedef struct CommentMark {
	Str environment, target; /* whose it is; `target` is a digest, or empty */
	Str state; /* planned pushed blocked failed outdated */
	Str plan, head, run;
} CommentMark;

/* False if the body does not begin with a mark that can be read. */
bool comment_read_mark(Arena *arena, Str body, CommentMark *out);
bool comment_is_of(const CommentMark *mark, Str environment, Str target);

typedef enum CommentWish {
	COMMENT_LEAVE, /* as it is, or not there */
	COMMENT_WRITE, /* edit it, or make one */
	COMMENT_OUTDATE, /* what it says has passed, and nothing is to be done */
} CommentWish;
/* What a run has to say, where `before` (NULL: there is none) is. */
CommentWish comment_wish(const Report *report, const CommentMark *before);

/* The whole body, at most COMMENT_MAX bytes. `target` as in the mark. */
Str comment_text(Arena *arena, const Report *report, const Err *err, Str target, CommentWish wish);
/* But for white space at the end and the kind of line ends. */
bool comment_is_same(Str a, Str b);

#endif
