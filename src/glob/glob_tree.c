#include "glob/glob_tree.h"

#include "base/ascii.h"

typedef struct Parser {
	Arena *arena;
	Units source;
	size_t at;
	size_t groups; /* capturing ones, in the whole source */
	bool has_names;
	size_t depth;
	VEC(Units) names;
	TreeStatus status;
	const char *why;
} Parser;

static Node *parse_choice(Parser *p);

/* ---- reading -------------------------------------------------------------------------------- */

/* The unit `ahead` of the next one, or -1 past the end. */
static int peek(const Parser *p, size_t ahead)
{
	return p->at + ahead < p->source.len ? p->source.ptr[p->at + ahead] : -1;
}

static bool starts(const Parser *p, const char *ascii)
{
	return units_start(units_skip(p->source, p->at), ascii);
}

static bool take_text(Parser *p, const char *ascii)
{
	if (!starts(p, ascii))
		return false;
	while (*ascii++)
		p->at++;
	return true;
}

/* The first fault counts; the rest of the source is not read. */
static void refuse_glob(Parser *p, TreeStatus status, const char *why)
{
	if (p->status == TREE_OK) {
		p->status = status;
		p->why = why;
	}
	p->at = p->source.len;
}

static void invalid(Parser *p)
{
	refuse_glob(p, TREE_INVALID, NULL);
}

static Node *node_new(Parser *p, NodeKind kind)
{
	Node *node = arena_new(p->arena, Node);
	node->kind = kind;
	return node;
}

static void node_add(Parser *p, Node *node, Node *part)
{
	*vec_add(p->arena, &node->parts) = part;
}

static Node *node_unit(Parser *p, int unit)
{
	Node *node = node_new(p, NODE_UNIT);
	node->unit = (uint16_t)unit;
	return node;
}

static Node *node_assert(Parser *p, Assertion assertion)
{
	Node *node = node_new(p, NODE_ASSERT);
	node->assertion = assertion;
	return node;
}

static bool is_octal(int c)
{
	return c >= '0' && c <= '7';
}

/* ---- escapes: `at` is after the backslash -------------------------------------------------- */

/* `digits` hexadecimal ones after the letter, or the letter itself. */
static uint16_t escape_hex(Parser *p, size_t digits)
{
	unsigned value = 0;
	for (size_t i = 1; i <= digits; i++) {
		int digit = ascii_hex_value(peek(p, i));
		if (digit < 0)
			return p->source.ptr[p->at++];
		value = value * 16 + (unsigned)digit;
	}
	p->at += digits + 1;
	return (uint16_t)value;
}

/* At most three digits, at most 0377. */
static uint16_t escape_octal(Parser *p)
{
	unsigned value = 0;
	for (int i = 0; i < 3 && value < 32 && is_octal(peek(p, 0)); i++)
		value = value * 8 + (unsigned)(p->source.ptr[p->at++] - '0');
	return (uint16_t)value;
}

/* `\cX`; where no control letter follows, the backslash is literal. In a class digits and
 * the underscore will do. */
static uint16_t escape_control(Parser *p, bool in_class)
{
	int c = peek(p, 1);
	if (!ascii_is_letter(c) && !(in_class && (ascii_is_digit(c) || c == '_')))
		return '\\';
	p->at += 2;
	return (uint16_t)(c & 0x1F);
}

static uint16_t escape_unit(Parser *p, bool in_class)
{
	static const struct {
		char letter, unit;
	} letters[] = {{'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'v', '\v'}};
	int c = peek(p, 0);
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (c == letters[i].letter) {
			p->at++;
			return (uint16_t)letters[i].unit;
		}
	}
	if (c == 'x' || c == 'u')
		return escape_hex(p, c == 'x' ? 2 : 4);
	if (c == 'c')
		return escape_control(p, in_class);
	if (is_octal(c))
		return escape_octal(p);
	p->at++;
	return (uint16_t)c;
}

/* `\1` is a back-reference if there are as many groups, `\k` if any group has a name. */
static bool is_back_reference(const Parser *p)
{
	size_t value = 0;
	if (peek(p, 0) == 'k')
		return p->has_names;
	if (peek(p, 0) == '0')
		return false;
	for (size_t i = 0; ascii_is_digit(peek(p, i)) && value <= p->groups; i++)
		value = value * 10 + (size_t)(peek(p, i) - '0');
	return value > 0 && value <= p->groups;
}

static Node *parse_escape(Parser *p)
{
	UnitSet set = {0};
	int c = peek(p, 0);
	if (c < 0) {
		invalid(p);
		return node_new(p, NODE_CONCAT);
	}
	if (c == 'b' || c == 'B') {
		p->at++;
		return node_assert(p, c == 'b' ? ASSERT_WORD_EDGE : ASSERT_NO_WORD_EDGE);
	}
	if (set_add_class(p->arena, &set, (uint16_t)c)) {
		Node *node = node_new(p, NODE_SET);
		UnitSet *copy = arena_new(p->arena, UnitSet);
		*copy = set;
		node->set = copy;
		p->at++;
		return node;
	}
	if (is_back_reference(p))
		refuse_glob(p, TREE_UNSUPPORTED, "a back-reference");
	return node_unit(p, p->status == TREE_OK ? escape_unit(p, false) : 0);
}

/* ---- classes -------------------------------------------------------------------------------- */

/* One member: either a unit (true), or a whole class like `\d`, which is added. */
static bool class_member(Parser *p, UnitSet *set, uint16_t *unit)
{
	*unit = p->source.ptr[p->at++];
	if (*unit != '\\')
		return true;
	int c = peek(p, 0);
	if (c < 0) {
		invalid(p);
		return true;
	}
	if (set_add_class(p->arena, set, (uint16_t)c)) {
		p->at++;
		return false;
	}
	if (c == 'b') {
		p->at++;
		*unit = '\b';
		return true;
	}
	*unit = escape_unit(p, true);
	return true;
}

/* A member, or two of them with a `-` between. Next to `\d` the `-` is literal. */
static void class_range(Parser *p, UnitSet *set)
{
	uint16_t low, high;
	bool low_is_unit = class_member(p, set, &low);
	if (peek(p, 0) != '-' || peek(p, 1) == ']' || peek(p, 1) < 0) {
		if (low_is_unit)
			set_add(p->arena, set, low, low);
		return;
	}
	p->at++;
	bool high_is_unit = class_member(p, set, &high);
	if (low_is_unit && high_is_unit) {
		if (low > high)
			invalid(p);
		else
			set_add(p->arena, set, low, high);
		return;
	}
	set_add(p->arena, set, '-', '-');
	if (low_is_unit)
		set_add(p->arena, set, low, low);
	if (high_is_unit)
		set_add(p->arena, set, high, high);
}

static Node *parse_class(Parser *p)
{
	UnitSet *set = arena_new(p->arena, UnitSet);
	Node *node = node_new(p, NODE_SET);
	bool negated = take_text(p, "^");
	while (peek(p, 0) >= 0 && peek(p, 0) != ']')
		class_range(p, set);
	if (!take_text(p, "]"))
		invalid(p);
	if (negated)
		set_negate(set);
	node->set = set;
	return node;
}

/* ---- groups --------------------------------------------------------------------------------- */

/* `name>`, different from those before. */
static void parse_name(Parser *p)
{
	size_t start = p->at;
	int c = peek(p, 0);
	while (c >= 0x80 || c == '$' || (c >= 0 && unit_is_word((uint16_t)c))) {
		p->at++;
		c = peek(p, 0);
	}
	Units name = {p->source.ptr + start, p->at - start};
	if (!name.len || ascii_is_digit(name.ptr[0]) || !take_text(p, ">")) {
		invalid(p);
		return;
	}
	for (size_t i = 0; i < p->names.count; i++)
		if (units_equal(p->names.items[i], name))
			invalid(p);
	*vec_add(p->arena, &p->names) = name;
}

/* The kind of group; `at` is after its parenthesis. NULL: it only groups. */
static Node *parse_group_kind(Parser *p)
{
	static const struct {
		const char *opening;
		bool behind, negated;
	} looks[] = {{"?=", false, false}, {"?!", false, true}, {"?<=", true, false},
		{"?<!", true, true}};
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		if (take_text(p, looks[i].opening)) {
			Node *node = node_new(p, NODE_LOOK);
			node->behind = looks[i].behind;
			node->negated = looks[i].negated;
			return node;
		}
	}
	if (take_text(p, "?:"))
		return NULL;
	if (take_text(p, "?<"))
		parse_name(p);
	else if (peek(p, 0) == '?')
		invalid(p);
	return NULL;
}

/* What cannot be repeated: `^`, `$`, `\b`, looking behind. */
static bool is_fixed(const Node *node)
{
	return (node->kind == NODE_ASSERT && node->assertion < ASSERT_ANY) ||
	       (node->kind == NODE_LOOK && node->behind);
}

static Node *parse_group(Parser *p)
{
	Node *look = parse_group_kind(p);
	if (++p->depth > TREE_MAX_DEPTH)
		refuse_glob(p, TREE_UNSUPPORTED, "groups nested too deep");
	Node *body = parse_choice(p);
	p->depth--;
	if (!take_text(p, ")"))
		invalid(p);
	if (!look && !is_fixed(body))
		return body;
	Node *group = look ? look : node_new(p, NODE_CONCAT);
	node_add(p, group, body);
	return group;
}

/* ---- terms ---------------------------------------------------------------------------------- */

/* The assertion that a well-known look-ahead means, or NULL. */
static Node *parse_known_look(Parser *p)
{
	static const struct {
		const char *source;
		Assertion assertion;
	} known[] = {
		{"(?=.)", ASSERT_ANY},
		{"(?!\\.{0,1}(?:\\/|$))", ASSERT_NOT_DOT},
		{"(?!\\.{1,2}(?:\\/|$))", ASSERT_NOT_DOTS},
		{"(?!(?:^|\\/)\\.{1,2}(?:\\/|$))", ASSERT_NOT_DOTS_PART},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (take_text(p, known[i].source))
			return node_assert(p, known[i].assertion);
	return NULL;
}

static uint32_t parse_number(Parser *p, size_t *ahead)
{
	uint32_t value = 0;
	for (; ascii_is_digit(peek(p, *ahead)); ++*ahead)
		if (value < TREE_UNLIMITED / 10 - 1)
			value = value * 10 + (uint32_t)(peek(p, *ahead) - '0');
	return value;
}

/* `{n}`, `{n,}` or `{n,m}`. Anything else that begins with a brace is text. */
static bool parse_interval(Parser *p, uint32_t *min, uint32_t *max)
{
	size_t ahead = 1;
	if (peek(p, 0) != '{' || !ascii_is_digit(peek(p, 1)))
		return false;
	*min = *max = parse_number(p, &ahead);
	if (peek(p, ahead) == ',') {
		ahead++;
		*max = ascii_is_digit(peek(p, ahead)) ? parse_number(p, &ahead) : TREE_UNLIMITED;
	}
	if (peek(p, ahead) != '}')
		return false;
	p->at += ahead + 1;
	return true;
}

static bool parse_quantifier(Parser *p, uint32_t *min, uint32_t *max)
{
	static const struct {
		char sign;
		uint32_t min, max;
	} signs[] = {{'*', 0, TREE_UNLIMITED}, {'+', 1, TREE_UNLIMITED}, {'?', 0, 1}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (peek(p, 0) == signs[i].sign) {
			p->at++;
			*min = signs[i].min;
			*max = signs[i].max;
			return true;
		}
	}
	return parse_interval(p, min, max);
}

/* Lazy or greedy is the same to one who only asks whether there is a match. */
static Node *parse_repeats(Parser *p, Node *atom)
{
	uint32_t min, max;
	if (!parse_quantifier(p, &min, &max))
		return atom;
	if (min > max)
		invalid(p);
	take_text(p, "?");
	Node *repeat = node_new(p, NODE_REPEAT);
	repeat->min = min;
	repeat->max = max;
	node_add(p, repeat, atom);
	return repeat;
}

static Node *parse_any(Parser *p)
{
	UnitSet *set = arena_new(p->arena, UnitSet);
	Node *node = node_new(p, NODE_SET);
	*set = set_any(p->arena);
	node->set = set;
	return node;
}

static Node *parse_atom(Parser *p)
{
	uint32_t min, max;
	Node *known = parse_known_look(p);
	if (known)
		return known;
	if (parse_quantifier(p, &min, &max))
		invalid(p); /* there is nothing to repeat */
	if (p->status != TREE_OK)
		return node_new(p, NODE_CONCAT);
	int c = p->source.ptr[p->at++];
	switch (c) {
	case '(':
		return parse_group(p);
	case '[':
		return parse_class(p);
	case '.':
		return parse_any(p);
	case '\\':
		return parse_escape(p);
	case '^':
		return node_assert(p, ASSERT_START);
	case '$':
		return node_assert(p, ASSERT_END);
	default:
		return node_unit(p, c);
	}
}

static Node *parse_sequence(Parser *p)
{
	Node *sequence = node_new(p, NODE_CONCAT);
	while (peek(p, 0) >= 0 && peek(p, 0) != '|' && peek(p, 0) != ')') {
		Node *atom = parse_atom(p);
		node_add(p, sequence, is_fixed(atom) ? atom : parse_repeats(p, atom));
	}
	return sequence->parts.count == 1 ? sequence->parts.items[0] : sequence;
}

static Node *parse_choice(Parser *p)
{
	Node *first = parse_sequence(p);
	if (peek(p, 0) != '|')
		return first;
	Node *choice = node_new(p, NODE_EITHER);
	node_add(p, choice, first);
	while (take_text(p, "|"))
		node_add(p, choice, parse_sequence(p));
	return choice;
}

/* What has to be known of the whole before an escape can be read: how many groups capture, and
 * whether any has a name. */
static void count_groups(Parser *p)
{
	bool in_class = false;
	for (; p->at < p->source.len; p->at++) {
		int c = peek(p, 0);
		if (c == '\\')
			p->at++;
		else if (c == '[' || c == ']')
			in_class = c == '[';
		else if (c == '(' && !in_class) {
			bool named = starts(p, "(?<") && peek(p, 3) != '=' && peek(p, 3) != '!';
			p->groups += named || peek(p, 1) != '?';
			p->has_names = p->has_names || named;
		}
	}
	p->at = 0;
}

TreeStatus tree_parse(Arena *arena, Units source, const Node **tree, const char **why)
{
	Parser p = {.arena = arena, .source = source};
	count_groups(&p);
	Node *node = parse_choice(&p);
	if (p.at < source.len)
		invalid(&p);
	if (p.status == TREE_OK)
		*tree = node;
	if (p.status == TREE_UNSUPPORTED)
		*why = p.why;
	return p.status;
}

/* ---- measures ------------------------------------------------------------------------------- */

static size_t at_most(size_t value, size_t limit)
{
	return value < limit ? value : limit;
}

size_t tree_max_length(const Node *node, size_t limit)
{
	size_t length = 0;
	if (node->kind == NODE_UNIT || node->kind == NODE_SET)
		return at_most(1, limit);
	if (node->kind == NODE_ASSERT || node->kind == NODE_LOOK)
		return 0;
	for (size_t i = 0; i < node->parts.count; i++) {
		size_t part = tree_max_length(node->parts.items[i], limit);
		if (node->kind == NODE_EITHER)
			length = part > length ? part : length;
		else
			length = at_most(length + part, limit);
	}
	if (node->kind == NODE_REPEAT && length)
		length = node->max > limit ? limit : at_most(length * node->max, limit);
	return length;
}
