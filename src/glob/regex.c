#include "glob/regex.h"

#include "glob/glob_tree.h"

#include <string.h>

typedef enum Op {
	OP_UNIT,
	OP_SET,
	OP_SPLIT, /* continue here and at `target` */
	OP_JUMP,
	OP_ASSERT,
	OP_LOOK,
	OP_END
} Op;

typedef struct Inst {
	Op op;
	uint16_t unit;
	Assertion assertion;
	uint32_t target; /* of OP_SPLIT and OP_JUMP; number of the OP_LOOK */
	const UnitSet *set;
} Inst;

/* A stretch of code that ends in OP_END: the expression itself, or what one of its looks is for. */
typedef struct Part {
	uint32_t start, end;
	bool backward; /* it reads the text from right to left */
} Part;

typedef struct Look {
	Part part;
	const Node *body; /* until its code is made */
	bool negated;
	bool local; /* so short that it is tried in place */
} Look;

struct Regex {
	VEC(Inst) code;
	VEC(Look) looks;
	Part main;
	Str prefix, suffix, needle;
};

/* ---- from the tree to code ------------------------------------------------------------------ */

enum {
	LOCAL_LENGTH = 8
}; /* a look-ahead of that many units at most is tried in place */

typedef struct Builder {
	Arena *arena; /* for what is kept */
	Arena *scratch;
	Regex *regex;
	bool backward, full;
} Builder;

static void emit(Builder *b, const Node *node);

/* The index of the new instruction. Code past the limit is dropped: see regex_compile. */
static uint32_t add_inst(Builder *b, Inst inst)
{
	b->full = b->full || b->regex->code.count >= REGEX_MAX_CODE;
	if (b->full)
		return 0;
	*vec_add(b->scratch, &b->regex->code) = inst;
	return (uint32_t)b->regex->code.count - 1;
}

static uint32_t here(const Builder *b)
{
	return (uint32_t)b->regex->code.count;
}

static void aim(Builder *b, uint32_t at, uint32_t target)
{
	b->regex->code.items[at].target = target;
}

static void emit_either(Builder *b, const Node *node)
{
	VEC(uint32_t) jumps = {0};
	for (size_t i = 0; i < node->parts.count; i++) {
		bool last = i + 1 == node->parts.count;
		uint32_t split = last ? 0 : add_inst(b, (Inst){.op = OP_SPLIT});
		emit(b, node->parts.items[i]);
		if (last)
			break;
		*vec_add(b->scratch, &jumps) = add_inst(b, (Inst){.op = OP_JUMP});
		aim(b, split, here(b));
	}
	for (size_t i = 0; i < jumps.count; i++)
		aim(b, jumps.items[i], here(b));
}

/* `max` - `min` times perhaps, or for ever. */
static void emit_optional(Builder *b, const Node *node)
{
	const Node *body = node->parts.items[0];
	uint32_t start = here(b);
	if (node->max == TREE_UNLIMITED) {
		uint32_t split = add_inst(b, (Inst){.op = OP_SPLIT});
		emit(b, body);
		add_inst(b, (Inst){.op = OP_JUMP, .target = start});
		aim(b, split, here(b));
		return;
	}
	VEC(uint32_t) splits = {0};
	for (uint32_t i = node->min; i < node->max && !b->full; i++) {
		*vec_add(b->scratch, &splits) = add_inst(b, (Inst){.op = OP_SPLIT});
		emit(b, body);
	}
	for (size_t i = 0; i < splits.count; i++)
		aim(b, splits.items[i], here(b));
}

static void emit_repeat(Builder *b, const Node *node)
{
	size_t before = b->regex->code.count;
	for (uint32_t i = 0; i < node->min && !b->full; i++) {
		emit(b, node->parts.items[0]);
		if (b->regex->code.count == before)
			return; /* nothing, however often */
	}
	emit_optional(b, node);
}

static bool has_look(const Node *node)
{
	if (node->kind == NODE_LOOK)
		return true;
	for (size_t i = 0; i < node->parts.count; i++)
		if (has_look(node->parts.items[i]))
			return true;
	return false;
}

/* A look inside another is never tried in place: it would be tried again and again. */
static bool is_local(const Node *look)
{
	const Node *body = look->parts.items[0];
	return !look->behind && tree_max_length(body, LOCAL_LENGTH + 1) <= LOCAL_LENGTH &&
	       !has_look(body);
}

/* The code for what is looked for is made later: it is a part of its own. */
static void emit_look(Builder *b, const Node *node)
{
	bool local = is_local(node);
	uint32_t number = (uint32_t)b->regex->looks.count;
	*vec_add(b->scratch, &b->regex->looks) = (Look){.body = node->parts.items[0],
		.negated = node->negated,
		.local = local,
		.part.backward = !node->behind && !local};
	add_inst(b, (Inst){.op = OP_LOOK, .target = number});
}

static void emit(Builder *b, const Node *node)
{
	size_t count = node->parts.count;
	switch (node->kind) {
	case NODE_CONCAT:
		for (size_t i = 0; i < count && !b->full; i++)
			emit(b, node->parts.items[b->backward ? count - 1 - i : i]);
		break;
	case NODE_EITHER:
		emit_either(b, node);
		break;
	case NODE_REPEAT:
		emit_repeat(b, node);
		break;
	case NODE_UNIT:
		add_inst(b, (Inst){.op = OP_UNIT, .unit = node->unit});
		break;
	case NODE_SET:
		add_inst(b, (Inst){.op = OP_SET, .set = set_copy(b->arena, node->set)});
		break;
	case NODE_ASSERT:
		add_inst(b, (Inst){.op = OP_ASSERT, .assertion = node->assertion});
		break;
	case NODE_LOOK:
		emit_look(b, node);
		break;
	}
}

static Part emit_part(Builder *b, const Node *node, bool backward)
{
	Part part = {.start = here(b), .backward = backward};
	b->backward = backward;
	emit(b, node);
	add_inst(b, (Inst){.op = OP_END});
	part.end = here(b);
	return part;
}

/* ---- what every match begins and ends with -------------------------------------------------- */

/* Adds the literal units that `node` takes first (last, from the right) as long as nothing else can
 * stand between. False where the literal text ends. */
static bool literal_run(Arena *arena, const Node *node, bool from_right, UnitBuf *run)
{
	size_t count = node->parts.count;
	switch (node->kind) {
	case NODE_ASSERT:
	case NODE_LOOK:
		return true; /* it takes nothing */
	case NODE_UNIT:
		if (node->unit < 128)
			units_add_unit(arena, run, node->unit);
		return node->unit < 128;
	case NODE_CONCAT:
		for (size_t i = 0; i < count; i++) {
			const Node *part = node->parts.items[from_right ? count - 1 - i : i];
			if (!literal_run(arena, part, from_right, run))
				return false;
		}
		return true;
	case NODE_REPEAT: {
		const Node *body = node->parts.items[0];
		bool slash = body->kind == NODE_UNIT && body->unit == '/';
		return from_right && !run->count && slash && node->min == 0 && node->max == 1;
	}
	case NODE_EITHER:
	case NODE_SET:
		break;
	}
	return false;
}

static Str ascii_of(Arena *arena, const UnitBuf *run, bool reversed)
{
	char *text = arena_alloc(arena, run->count + 1);
	for (size_t i = 0; i < run->count; i++)
		text[i] = (char)run->items[reversed ? run->count - 1 - i : i];
	return (Str){text, run->count};
}

static Str literal_end(Arena *arena, const Node *node, bool from_right)
{
	ARENA_SCRATCH(scratch);
	UnitBuf run = {0};
	const Node *edge = node;
	while (edge->kind == NODE_CONCAT && edge->parts.count)
		edge = edge->parts.items[from_right ? edge->parts.count - 1 : 0];
	if (edge->kind != NODE_ASSERT ||
		edge->assertion != (from_right ? ASSERT_END : ASSERT_START))
		return (Str){0};
	literal_run(&scratch, node, from_right, &run);
	return ascii_of(arena, &run, from_right);
}

/* Both grow by what `node` takes; `run` is cut where its length or its text is not certain. */
static void find_needle(Arena *arena, const Node *node, UnitBuf *run, UnitBuf *longest)
{
	if (node->kind == NODE_ASSERT || node->kind == NODE_LOOK)
		return;
	if (node->kind == NODE_CONCAT) {
		for (size_t i = 0; i < node->parts.count; i++)
			find_needle(arena, node->parts.items[i], run, longest);
		return;
	}
	if (node->kind != NODE_UNIT || node->unit >= 128) {
		*run = (UnitBuf){0};
		return;
	}
	units_add_unit(arena, run, node->unit);
	if (run->count > longest->count)
		*longest = *run;
}

/* Out of the scratch arena, each in one piece: globs that are close together are fast. */
static void keep_code(Arena *arena, Regex *regex)
{
	size_t code = regex->code.count * sizeof *regex->code.items;
	size_t looks = regex->looks.count * sizeof *regex->looks.items;
	regex->code.items = arena_grow(arena, regex->code.items, code, code);
	regex->looks.items = arena_grow(arena, regex->looks.items, looks, looks);
}

const Regex *regex_compile(Arena *arena, Units source, const char **why)
{
	ARENA_SCRATCH(scratch);
	const Node *tree = NULL;
	*why = NULL;
	if (tree_parse(&scratch, source, &tree, why) != TREE_OK)
		return NULL;
	Regex *regex = arena_new(arena, Regex);
	Builder b = {.arena = arena, .scratch = &scratch, .regex = regex};
	regex->main = emit_part(&b, tree, false);
	for (size_t i = 0; i < regex->looks.count && !b.full; i++) {
		Look look = regex->looks.items[i];
		look.part = emit_part(&b, look.body, look.part.backward);
		look.body = NULL;
		regex->looks.items[i] = look;
	}
	if (b.full) {
		*why = "too large";
		return NULL;
	}
	keep_code(arena, regex);
	UnitBuf run = {0}, needle = {0};
	find_needle(&scratch, tree, &run, &needle);
	regex->needle = ascii_of(arena, &needle, false);
	regex->prefix = literal_end(arena, tree, false);
	regex->suffix = literal_end(arena, tree, true);
	return regex;
}

Str regex_prefix(const Regex *regex)
{
	return regex->prefix;
}

Str regex_suffix(const Regex *regex)
{
	return regex->suffix;
}

Str regex_needle(const Regex *regex)
{
	return regex->needle;
}

/* ---- matching ------------------------------------------------------------------------------- */

/* The states at one position; the lists have room for all the code, and each part of it uses its
 * own stretch of them, so that looks can be decided in between. */
typedef struct States {
	uint32_t *items;
	size_t count;
	uint64_t mark; /* seen[at] == mark: it has been added */
} States;

typedef struct Run {
	const Regex *regex;
	const Subject *subject;
	Arena *arena; /* for `known` */
	uint32_t *lists[2], *pending;
	uint64_t *seen, marks;
	uint8_t **known; /* of a look that is not local: a byte a position, or NULL */
	size_t steps;
} Run;

static uint16_t unit_at(const Subject *s, size_t at)
{
	return s->wide ? s->wide[at] : s->bytes[at];
}

static bool is_word_at(const Subject *s, size_t at)
{
	return at < s->len && unit_is_word(unit_at(s, at));
}

/* Do at least `min` and at most two dots, and then `/` or the end, follow? */
static bool are_dots_at(const Subject *s, size_t at, size_t min, size_t max)
{
	size_t dots = 0;
	while (dots < max && at + dots < s->len && unit_at(s, at + dots) == '.')
		dots++;
	at += dots;
	return dots >= min && (at == s->len || unit_at(s, at) == '/');
}

static bool assertion_holds(const Subject *s, Assertion assertion, size_t at)
{
	switch (assertion) {
	case ASSERT_START:
		return at == 0;
	case ASSERT_END:
		return at == s->len;
	case ASSERT_WORD_EDGE:
		return (at && is_word_at(s, at - 1)) != is_word_at(s, at);
	case ASSERT_NO_WORD_EDGE:
		return (at && is_word_at(s, at - 1)) == is_word_at(s, at);
	case ASSERT_ANY:
		return at < s->len && !unit_ends_line(unit_at(s, at));
	case ASSERT_NOT_DOT:
		return !are_dots_at(s, at, 0, 1);
	case ASSERT_NOT_DOTS:
		return !are_dots_at(s, at, 1, 2);
	case ASSERT_NOT_DOTS_PART:
		return !(at == 0 && are_dots_at(s, at, 1, 2)) &&
		       !(at < s->len && unit_at(s, at) == '/' && are_dots_at(s, at + 1, 1, 2));
	}
	return false;
}

static bool look_holds(Run *run, uint32_t number, size_t at);

/* Adds the state at `pc` and all that can be reached without taking a unit. True if one of them is
 * the end. */
static bool states_add(Run *run, const Part *part, States *states, uint32_t pc, size_t at)
{
	uint32_t *pending = run->pending + part->start;
	size_t count = 0;
	bool ends = false;
	pending[count++] = pc;
	while (count) {
		pc = pending[--count];
		const Inst *inst = &run->regex->code.items[pc];
		if (run->seen[pc] == states->mark)
			continue;
		run->seen[pc] = states->mark;
		run->steps++;
		switch (inst->op) {
		case OP_UNIT:
		case OP_SET:
			states->items[states->count++] = pc;
			break;
		case OP_SPLIT:
			pending[count++] = inst->target;
			pending[count++] = pc + 1;
			break;
		case OP_JUMP:
			pending[count++] = inst->target;
			break;
		case OP_ASSERT:
			if (assertion_holds(run->subject, inst->assertion, at))
				pending[count++] = pc + 1;
			break;
		case OP_LOOK:
			if (look_holds(run, inst->target, at))
				pending[count++] = pc + 1;
			break;
		case OP_END:
			ends = true;
			break;
		}
	}
	return ends;
}

static bool takes(const Inst *inst, uint16_t unit)
{
	return inst->op == OP_UNIT ? inst->unit == unit : set_has(inst->set, unit);
}

static size_t position_after(const Part *part, size_t at)
{
	return part->backward ? at - 1 : at + 1;
}

/* Moves all states over the unit that `at` has in front of it. */
static bool states_move(Run *run, const Part *part, const States *now, States *next, size_t at)
{
	size_t to = position_after(part, at);
	uint16_t unit = unit_at(run->subject, part->backward ? to : at);
	bool ends = false;
	for (size_t i = 0; i < now->count; i++) {
		run->steps++;
		if (takes(&run->regex->code.items[now->items[i]], unit))
			ends |= states_add(run, part, next, now->items[i] + 1, to);
	}
	return ends;
}

/* Runs a part from `at` in its direction. With `found`, it starts again at every position, and
 * found[p] tells whether a match ends at p (in that direction). Without, the first end ends it. */
static bool part_run(Run *run, const Part *part, size_t at, bool restart, uint8_t *found)
{
	States now = {.items = run->lists[0] + part->start, .mark = ++run->marks};
	States next = {.items = run->lists[1] + part->start};
	size_t last = part->backward ? 0 : run->subject->len;
	bool ends = states_add(run, part, &now, part->start, at);
	for (;;) {
		if (found)
			found[at] = ends;
		else if (ends)
			return true;
		if (at == last || (!now.count && !restart))
			return false;
		size_t to = position_after(part, at);
		next.count = 0;
		next.mark = ++run->marks;
		ends = states_move(run, part, &now, &next, at);
		if (restart)
			ends |= states_add(run, part, &next, part->start, to);
		States swap = now;
		now = next;
		next = swap;
		at = to;
	}
}

static bool look_holds(Run *run, uint32_t number, size_t at)
{
	const Look *look = &run->regex->looks.items[number];
	if (look->local)
		return part_run(run, &look->part, at, false, NULL) != look->negated;
	if (!run->known[number]) {
		size_t len = run->subject->len;
		run->known[number] = arena_alloc(run->arena, len + 1);
		part_run(run, &look->part, look->part.backward ? len : 0, true, run->known[number]);
	}
	return run->known[number][at] != look->negated;
}

/* Enough for a usual glob, so that its matching needs no allocation. */
enum {
	ROOM = 256
};

typedef struct Room {
	uint64_t seen[ROOM];
	uint32_t lists[3 * ROOM];
	uint8_t *known[ROOM];
} Room;

static bool run_regex(const Regex *regex, const Subject *subject, bool restart, size_t *steps)
{
	ARENA_SCRATCH(scratch);
	Room room;
	size_t code = regex->code.count, looks = regex->looks.count;
	bool fits = code <= ROOM && looks <= ROOM;
	uint32_t *lists = fits ? room.lists : arena_array(&scratch, uint32_t, 3 * code);
	Run run = {.regex = regex, .subject = subject, .arena = &scratch};
	run.seen = fits ? room.seen : arena_array(&scratch, uint64_t, code);
	run.known = fits ? room.known : arena_array(&scratch, uint8_t *, looks);
	run.lists[0] = lists;
	run.lists[1] = lists + code;
	run.pending = lists + 2 * code;
	memset(run.seen, 0, code * sizeof *run.seen);
	for (size_t i = 0; i < looks; i++)
		run.known[i] = NULL;
	bool matches = part_run(&run, &regex->main, 0, restart, NULL);
	if (steps)
		*steps += run.steps;
	return matches;
}

bool regex_search(const Regex *regex, const Subject *subject, size_t *steps)
{
	const Inst *first = &regex->code.items[0];
	bool bound = first->op == OP_ASSERT && first->assertion == ASSERT_START;
	return run_regex(regex, subject, !bound, steps);
}

bool regex_match(const Regex *regex, const Subject *subject, size_t *steps)
{
	return run_regex(regex, subject, false, steps);
}
