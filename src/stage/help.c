#include "stage/help.h"

#include "report/plain_text.h"

enum {
	TEXT_MAX = 256 * 1024,
	WIDTH = 79,
	INDENT = 4,
};

static const char usage[] =
	"supabase-promote " PROMOTE_VERSION ": promotes the migrations of a Supabase project\n\n"
	"  supabase-promote [MODE] [--INPUT=VALUE ...]\n"
	"  supabase-promote --help [INPUT] | --version | --completion bash\n\n"
	"Without a mode it is a dry run, which writes nothing; a push has to be named.\n"
	"Each input can also come from the environment, as INPUT_DB_URL does for --db-url:\n"
	"the better way for a secret, since other users of a machine see its arguments.\n"
	"In GitHub Actions there are no arguments.\n\n"
	"The local database of `supabase start`:\n"
	"  supabase-promote --db-url=postgresql://postgres:postgres@127.0.0.1:54322/postgres\n";

/* ---- help ---- */

/* Words up to the width, each line after the indent. */
static void add_wrapped(Buf *buf, Str text)
{
	size_t column = 0;
	Str word;
	while (str_next(&text, ' ', &word)) {
		size_t length = str_utf8_count(word);
		bool breaks = column && column + 1 + length > WIDTH;
		if (breaks)
			buf_add_char(buf, '\n');
		if (!column || breaks) {
			buf_format(buf, "%*s", INDENT, "");
			column = INDENT + length;
		} else {
			buf_add_char(buf, ' ');
			column += 1 + length;
		}
		buf_add(buf, word);
	}
	buf_add_char(buf, '\n');
}

static bool is_mode(const InputRow *input)
{
	return str_equal(input->id, STR("mode"));
}

/* A default of the runner's is none here; that of `mode` is a person's. */
static Str fallback_of(const InputRow *input)
{
	if (is_mode(input))
		return STR("dry-run");
	return !str_starts(input->fallback, STR("${{")) ? input->fallback : (Str){0};
}

static const char *value_word(const InputRow *input)
{
	switch (input->kind) {
	case INPUT_KIND_NUMBER:
		return "NUMBER";
	case INPUT_KIND_DURATION:
		return "DURATION";
	case INPUT_KIND_GROUP:
	case INPUT_KIND_CHOICE:
	case INPUT_KIND_FLAG:
	case INPUT_KIND_TEXT:
		break;
	}
	return "TEXT";
}

static void add_form(Buf *buf, const InputRow *input)
{
	Str fallback = fallback_of(input);
	buf_format(buf, "  --%.*s=", STR_ARG(input->id));
	if (input->choices.len)
		buf_add(buf, input->choices);
	else
		buf_add(buf, str_from(value_word(input)));
	if (fallback.len)
		buf_format(buf, "  (default: %.*s)", STR_ARG(fallback));
	buf_add_char(buf, '\n');
}

static Str first_sentence(Str text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ')
			return str_head(text, i + 1);
	return text;
}

Str help_input(Arena *arena, const InputRow *input)
{
	Buf buf = buf_new(arena, TEXT_MAX);
	add_form(&buf, input);
	add_wrapped(&buf, str_trim(plain_text(arena, input->description)));
	return buf_str(&buf);
}

Str help_all(Arena *arena)
{
	size_t count;
	const InputRow *rows = input_table(&count);
	Buf buf = buf_new(arena, TEXT_MAX);
	buf_add(&buf, str_from(usage));
	for (size_t i = 0; i < count; i++) {
		ARENA_SCRATCH(scratch);
		if (rows[i].kind == INPUT_KIND_GROUP) {
			buf_format(&buf, "\n%.*s:\n", STR_ARG(rows[i].id));
			continue;
		}
		Str text = str_trim(plain_text(&scratch, rows[i].description));
		add_form(&buf, &rows[i]);
		add_wrapped(&buf, is_mode(&rows[i]) ? text : first_sentence(text));
	}
	buf_add(&buf, STR("\nAll about one input: supabase-promote --help INPUT\n"));
	return buf_str(&buf);
}

/* ---- completion ---- */

static void add_words(Buf *buf, Str choices)
{
	Str choice;
	for (bool first = true; str_next(&choices, '|', &choice); first = false)
		buf_format(buf, "%s%.*s", first ? "" : " ", STR_ARG(choice));
}

/* `=` is a word of its own for bash, so a value is completed after it. */
static void add_choices(Buf *buf, const InputRow *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!rows[i].choices.len)
			continue;
		buf_format(buf, "\t--%.*s) words='", STR_ARG(rows[i].id));
		add_words(buf, rows[i].choices);
		buf_add(buf, STR("' ;;\n"));
	}
}

Str help_completion(Arena *arena)
{
	size_t count;
	const InputRow *rows = input_table(&count);
	Buf buf = buf_new(arena, TEXT_MAX);
	buf_add(&buf,
		STR("_supabase_promote() {\n"
		    "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
		    "words=\n"
		    "\tif [ \"$word\" = = ]; then word=; "
		    "elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; "
		    "else before=; fi\n"
		    "\tcase $before in\n"));
	add_choices(&buf, rows, count);
	buf_add(&buf, STR("\t'') words='"));
	add_words(&buf, input_table_find(STR("mode"))->choices);
	buf_add(&buf, STR(" --help --version --completion"));
	for (size_t i = 0; i < count; i++)
		if (rows[i].kind != INPUT_KIND_GROUP)
			buf_format(&buf, " --%.*s=", STR_ARG(rows[i].id));
	buf_add(&buf, STR("'\n\t\tcompopt -o nospace 2>/dev/null || : ;;\n"
			  "\tesac\n"
			  "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
			  "}\n"
			  "complete -o default -F _supabase_promote supabase-promote\n"));
	return buf_str(&buf);
}
