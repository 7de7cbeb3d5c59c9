#include "base/err.h"

static const struct {
	int exit_code;
	ErrNext next;
	Str title;
} kinds[] = {
	[ERR_NONE] = {0, ERR_NEXT_NONE, {"", 0}},
#define ERROR_KIND(name, code, next, title, meaning)                                               \
	[ERR_##name] = {code, ERR_NEXT_##next, STR_INIT(title)},
#include "base/err.def"
#undef ERROR_KIND
};

static Fault *add_fault(Err *err)
{
	Fault *fault = arena_new(err->arena, Fault);
	if (err->last)
		err->last->next = fault;
	else
		err->first = fault;
	err->last = fault;
	err->count++;
	return fault;
}

Fault *err_add(Err *err, ErrKind kind, const char *format, ...)
{
	Fault *fault = add_fault(err);
	va_list args;
	va_start(args, format);
	fault->message = str_vformat(err->arena, format, args);
	va_end(args);
	fault->kind = kind;
	return fault;
}

void err_add_copy(Err *err, const Fault *fault)
{
	Fault *copy = add_fault(err);
	*copy = *fault;
	copy->next = NULL;
}

void err_append(Err *err, Err *from)
{
	if (!from->first)
		return;
	if (err->last)
		err->last->next = from->first;
	else
		err->first = from->first;
	err->last = from->last;
	err->count += from->count;
	*from = (Err){.arena = from->arena};
}

void err_prepend(Err *err, Err *from)
{
	err_append(from, err);
	err_append(err, from);
}

void err_move(Err *err, Err *from, Fault *fault)
{
	Fault *before = NULL, *one = from->first;
	for (; one && one != fault; one = one->next)
		before = one;
	if (!one)
		return;
	if (before)
		before->next = fault->next;
	else
		from->first = fault->next;
	from->last = from->last == fault ? before : from->last;
	from->count--;
	fault->next = NULL;
	err_append(err, &(Err){err->arena, fault, fault, 1});
}

ErrKind err_kind(const Err *err)
{
	return err->first ? err->first->kind : ERR_NONE;
}

int err_exit_code(ErrKind kind)
{
	return kinds[kind].exit_code;
}

ErrNext err_next(ErrKind kind)
{
	return kinds[kind].next;
}

Str err_certainty(Certainty certainty)
{
	static const Str words[] = {
#define CERTAINTY(name, word) [CERTAINTY_##name] = STR_INIT(word),
#include "base/certainty.def"
#undef CERTAINTY
	};
	return words[certainty];
}

Str err_title(ErrKind kind)
{
	return kinds[kind].title;
}
