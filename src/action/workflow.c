#include "action/workflow.h"

#include "base/file.h"

#include <sys/random.h>
#include <unistd.h>

enum {
	MESSAGE_MAX = 4000, /* the runner cuts at 4096 characters */
	OUTPUT_MAX = 1 << 20,
};

Workflow workflow_new(const Runner *runner, Secrets *secrets)
{
	return (Workflow){
		.log = {.fd = STDOUT_FILENO, .secrets = secrets, .colour = runner->colour},
		.github = runner->is_github,
		.output_file = runner->output_file,
		.summary_file = runner->summary_file,
	};
}

/* The runner's escapes: for data %, CR and LF; for properties : and , as well. */
static void add_escaped(Buf *buf, Str s, bool property)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
			buf_format(buf, "%%%02X", (unsigned)c);
		else
			buf_add_char(buf, c);
	}
}

void workflow_mask_since(const Workflow *workflow, size_t count)
{
	if (!workflow->github)
		return;
	const Secrets *secrets = workflow->log.secrets;
	for (size_t i = count; i < secrets->values.count; i++) {
		ARENA_SCRATCH(scratch);
		Str value = secrets->values.items[i];
		Buf buf = buf_new(&scratch, value.len * 3 + 16);
		buf_add(&buf, STR("::add-mask::"));
		add_escaped(&buf, value, false);
		log_raw(&workflow->log, buf_str(&buf));
	}
}

void workflow_mask(const Workflow *workflow)
{
	workflow_mask_since(workflow, 0);
}

void workflow_group(const Workflow *workflow, const char *title)
{
	ARENA_SCRATCH(scratch);
	const char *command = workflow->github ? "::group::" : "";
	log_raw(&workflow->log, str_format(&scratch, "%s%s", command, title));
}

void workflow_group_end(const Workflow *workflow)
{
	if (workflow->github)
		log_raw(&workflow->log, STR("::endgroup::"));
}

static void add_property(Buf *buf, const char *name, Str value)
{
	if (!value.len)
		return;
	buf_format(buf, "%s%s=", str_ends(buf_str(buf), STR(" ")) ? "" : ",", name);
	add_escaped(buf, value, true);
}

/* libpq indents with them. */
static Str without_tabs(Arena *arena, Str line)
{
	Buf buf = buf_new(arena, line.len);
	for (size_t i = 0; i < line.len; i++)
		buf_add_char(&buf, line.ptr[i] == '\t' ? ' ' : line.ptr[i]);
	return buf_str(&buf);
}

/* Control characters would be seen by the runner's line reader or by the log's viewer. */
static Str clean_message(Arena *arena, Str message)
{
	Buf buf = buf_new(arena, message.len * 4);
	Str line;
	for (bool first = true; str_next(&message, '\n', &line); first = false) {
		if (!first)
			buf_add_char(&buf, '\n');
		buf_add(&buf, str_visible(arena, without_tabs(arena, line)));
	}
	return str_head(buf_str(&buf), str_utf8_offset(buf_str(&buf), MESSAGE_MAX));
}

static void add_number(Buf *buf, const char *name, size_t number)
{
	ARENA_SCRATCH(scratch);
	if (number)
		add_property(buf, name, str_format(&scratch, "%zu", number));
}

/* The runner wants columns with a line, and an end column only if it is the same line. */
static void add_place(Buf *buf, const Annotation *a)
{
	bool same = a->end_line <= a->line;
	if (!a->line)
		return;
	add_number(buf, "line", a->line);
	if (a->end_line > a->line)
		add_number(buf, "endLine", a->end_line);
	add_number(buf, "col", same ? a->col : 0);
	add_number(buf, "endColumn", same && a->col && a->end_col >= a->col ? a->end_col : 0);
}

void workflow_annotate(const Workflow *workflow, const Annotation *annotation)
{
	static const char *const names[] = {"notice", "warning", "error"};
	ARENA_SCRATCH(scratch);
	if (!workflow->github)
		return;
	Buf buf = buf_new(&scratch, 1 << 20);
	buf_format(&buf, "::%s ", names[annotation->level]);
	add_property(&buf, "file", str_visible(&scratch, annotation->file));
	add_place(&buf, annotation);
	add_property(&buf, "title", annotation->title);
	buf_add(&buf, STR("::"));
	Str redacted = secret_redact(workflow->log.secrets, &scratch, annotation->message);
	add_escaped(&buf, clean_message(&scratch, redacted), false);
	log_raw(&workflow->log, buf_str(&buf));
}

/* A delimiter that no value can hold: 128 random bits, drawn after the values were made. */
static Str delimiter(Arena *arena)
{
	unsigned char bytes[16];
	Buf buf = buf_new(arena, 64);
	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		arena_exhausted();
	buf_add(&buf, STR("ghadelimiter_"));
	for (size_t i = 0; i < sizeof bytes; i++)
		buf_format(&buf, "%02x", bytes[i]);
	return buf_str(&buf);
}

static bool append(Str path, const char *variable, Str content, Err *err)
{
	Str reason;
	if (file_append(path, content, &reason))
		return true;
	err_add(err, ERR_RUNNER, "%s: cannot write %.*s: %.*s", variable, STR_ARG(path),
		STR_ARG(reason));
	return false;
}

bool workflow_outputs(const Workflow *workflow, const Output *outputs, size_t count, Err *err)
{
	ARENA_SCRATCH(scratch);
	Buf buf = buf_new(&scratch, OUTPUT_MAX);
	if (!workflow->output_file.len)
		return true;
	for (size_t i = 0; i < count; i++) {
		Str mark = delimiter(&scratch);
		Str value = outputs[i].value;
		if (!outputs[i].is_own)
			value = secret_redact(workflow->log.secrets, &scratch, value);
		buf_format(&buf, "%s<<%.*s\n%.*s\n%.*s\n", outputs[i].name, STR_ARG(mark),
			STR_ARG(value), STR_ARG(mark));
	}
	if (buf.full) {
		err_add(err, ERR_RUNNER, "the outputs are larger than the runner's limit of 1 MiB");
		return false;
	}
	return append(workflow->output_file, "GITHUB_OUTPUT", buf_str(&buf), err);
}

bool workflow_summary(const Workflow *workflow, Str markdown, Err *err)
{
	ARENA_SCRATCH(scratch);
	if (!workflow->summary_file.len)
		return true;
	return append(workflow->summary_file, "GITHUB_STEP_SUMMARY",
		secret_redact(workflow->log.secrets, &scratch, markdown), err);
}
