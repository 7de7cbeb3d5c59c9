/* report/ by golden tests. Their blocks:
 *
 * @REPORT: status, mode, program, environment, ref, name, region, target, server, head, us,
 * skipped, compared, changes, digest, guards, run, sha, commit, branch, prefix, restore-point as
 * "name: value" lines. guards: a list of those asked.
 * @MIGRATION FILE STATE US KEPT TRIES: the file's text. STATE is not-run, applied, resumed, failed
 * …
 * @FAULT KIND FILE LINE COL: message, hint, sqlstate, detail, server-hint, context, excerpt,
 * difference, rule as "name: value" lines. FILE - is none. @WARNING is the same, for what stops
 * nothing.
 * @NOTICE: title and text as "name: value" lines. */
#include "golden.h"

#include "check/finding.h"
#include "report/next_steps.h"
#include "report/comment.h"
#include "report/fault.h"
#include "report/verdict.h"
#include "report/report.h"
#include "report/result.h"
#include "report/summary.h"
#include "wrap/db_refusal.h"

/* A value; its `\n` are line ends. */
static Str field(Arena *arena, const Block *block, const char *name)
{
	Str rest = block->text, line, key;
	Buf value = buf_new(arena, rest.len);
	while (str_next(&rest, '\n', &line)) {
		if (!str_next(&line, ':', &key) || !str_equal(key, str_from(name)))
			continue;
		for (size_t i = 1; i < line.len; i++) {
			bool line_end = str_starts(str_skip(line, i), STR("\\n"));
			buf_add_char(&value, line_end ? '\n' : line.ptr[i]);
			i += line_end;
		}
	}
	return buf_str(&value);
}

static size_t number(Arena *arena, Str s)
{
	return s.len ? (size_t)strtoull(str_z(arena, s), NULL, 10) : 0;
}

static Status status_of(Str word)
{
	static const Status all[] = {STATUS_FAILED, STATUS_BLOCKED, STATUS_PLANNED, STATUS_PUSHED,
		STATUS_SKIPPED, STATUS_UP_TO_DATE};
	for (size_t i = 0; i < COUNT(all); i++)
		if (str_equal(report_status(all[i]), word))
			return all[i];
	fail_msg("no status is called %.*s", STR_ARG(word));
	return STATUS_FAILED;
}

static void set_state(PushRow *row, Str word)
{
	static const struct {
		const char *word;
		PushState state;
	} table[] = {{"not-run", PUSH_NOT_RUN}, {"applied", PUSH_APPLIED},
		{"resumed", PUSH_APPLIED}, {"failed", PUSH_FAILED}, {"partly", PUSH_PARTLY},
		{"unknown", PUSH_UNKNOWN}};
	size_t i = 0;
	while (i < COUNT(table) && !str_equal(word, str_from(table[i].word)))
		i++;
	assert_true(i < COUNT(table));
	row->state = table[i].state;
	row->resumed = str_equal(word, STR("resumed"));
}

static void add_migration(Arena *arena, const Block *block, Report *report, Script *scripts)
{
	Str rest = block->args, word;
	Migration *migration = arena_new(arena, Migration);
	Err ignored = {.arena = arena};
	str_next(&rest, ' ', &migration->file);
	migration->path = str_format(arena, "supabase/migrations/%.*s", STR_ARG(migration->file));
	assert_true(source_name(migration->file, &migration->version, &migration->title));
	migration->text = str_copy(arena, block->text);
	*vec_add(arena, &report->plan.pending) = migration;
	*vec_add(arena, &report->plan.rows) =
		(PlanRow){migration->version, migration, VERDICT_PENDING};

	Script *script = &scripts[report->push.count];
	PushRow *row = &report->push.rows[report->push.count++];
	script_read(arena, migration, script, &ignored);
	row->script = script;
	if (str_next(&rest, ' ', &word))
		set_state(row, word);
	if (str_next(&rest, ' ', &word))
		row->us = (int64_t)number(arena, word);
	if (str_next(&rest, ' ', &word))
		row->kept = number(arena, word);
	if (str_next(&rest, ' ', &word))
		row->tries = number(arena, word);
	report->push.applied += row->state == PUSH_APPLIED;
}

static const Rule *rule_of(Str name)
{
	for (GuardId id = 0; name.len && id < GUARDS; id++)
		if (str_equal(finding_rule(id)->name, name))
			return finding_rule(id);
	return NULL;
}

static void add_fault(Arena *arena, const Block *block, Err *err)
{
	static const struct {
		Str name;
		ErrKind kind;
	} kinds[] = {
#define ERROR_KIND(name, code, next, title, meaning) {STR_INIT(#name), ERR_##name},
#include "base/err.def"
#undef ERROR_KIND
	};
	Str rest = block->args, word;
	size_t i = 0;
	str_next(&rest, ' ', &word);
	while (i < COUNT(kinds) && !str_equal(kinds[i].name, word))
		i++;
	assert_true(i < COUNT(kinds));
	Fault *fault = err_add(err, kinds[i].kind, "%.*s", STR_ARG(field(arena, block, "message")));
	if (str_next(&rest, ' ', &word) && !str_equal(word, STR("-")))
		fault->file = word;
	if (str_next(&rest, ' ', &word))
		fault->line = number(arena, word);
	if (str_next(&rest, ' ', &word))
		fault->col = number(arena, word);
	fault->hint = field(arena, block, "hint");
	fault->sqlstate = field(arena, block, "sqlstate");
	fault->detail = field(arena, block, "detail");
	fault->server_hint = field(arena, block, "server-hint");
	fault->context = field(arena, block, "context");
	fault->rule = rule_of(field(arena, block, "rule"));
	fault->cause = fault->kind == ERR_CONNECT
			       ? db_connect_cause(fault->message, fault->sqlstate)
			       : db_statement_cause(fault->sqlstate, fault->message);
	fault->on_staging = str_starts(fault->message, STR("staging: "));
	fault->passes = str_contains(fault->hint, STR("run the job again"));
	Str excerpt = field(arena, block, "excerpt");
	Str difference = field(arena, block, "difference");
	if (excerpt.len)
		fault->excerpt = str_format(arena, "%.*s\n", STR_ARG(excerpt));
	if (difference.len)
		fault->difference = str_format(arena, "%.*s\n", STR_ARG(difference));
}

static void read_report(Arena *arena, const Block *block, Report *report)
{
	Str guards = field(arena, block, "guards");
	report->status = status_of(field(arena, block, "status"));
	report->environment = field(arena, block, "environment");
	report->project = (ReportProject){field(arena, block, "ref"), field(arena, block, "name"),
		field(arena, block, "region")};
	report->target = field(arena, block, "target");
	report->server_version = field(arena, block, "server");
	report->skipped = field(arena, block, "skipped");
	report->compared = field(arena, block, "compared");
	report->changes = number(arena, field(arena, block, "changes"));
	report->plan.head = field(arena, block, "head");
	report->plan_digest = field(arena, block, "digest");
	report->us = (int64_t)number(arena, field(arena, block, "us"));
	report->mode = field(arena, block, "mode");
	report->dry = report->mode.len && !str_equal(report->mode, STR("push"));
	report->detects = str_equal(report->mode, STR("detect"));
	report->program = field(arena, block, "program");
	report->run.id = field(arena, block, "run");
	report->run.sha = field(arena, block, "sha");
	report->run.commit = field(arena, block, "commit");
	report->run.branch = field(arena, block, "branch");
	report->run.prefix = field(arena, block, "prefix");
	Str point = field(arena, block, "restore-point");
	if (point.len)
		report->way_back = (WayBack){.kind = WAY_BACK_POINT,
			.name = point,
			.moment = 1790000000,
			.api_url = STR("https://api.supabase.com"),
			.project = report->project.ref};
	if (report->run.id.len) {
		report->run.server_url = STR("https://github.com");
		report->run.repository = STR("acme/shop");
	}
	report->guards = (ReportGuards){.checked = guards.len > 0,
		.asked = {
			[GROUP_HISTORY] = true,
			[GROUP_ORDER] = true,
			[GROUP_CONTENT] = str_contains(guards, STR("edited")),
			[GROUP_STAGING] = str_contains(guards, STR("staging")),
			[GROUP_SIZE] = str_contains(guards, STR("max-pending")),
			[GROUP_PLAN] = str_contains(guards, STR("expect-plan")),
		}};
}

static void read_blocks(Arena *arena, const Blocks *blocks, Report *report, Err *err)
{
	Script *scripts = arena_array(arena, Script, blocks->count);
	report->push.rows = arena_array(arena, PushRow, blocks->count);
	report->warnings.arena = arena;
	for (size_t i = 0; i < blocks->count; i++) {
		const Block *block = &blocks->items[i];
		if (str_equal(block->name, STR("REPORT"))) {
			read_report(arena, block, report);
		} else if (str_equal(block->name, STR("MIGRATION"))) {
			add_migration(arena, block, report, scripts);
		} else if (str_equal(block->name, STR("NOTICE"))) {
			*vec_add(arena, &report->notices) = (ReportNotice){
				field(arena, block, "title"), field(arena, block, "text")};
		} else {
			bool warns = str_equal(block->name, STR("WARNING"));
			assert_true(warns || str_equal(block->name, STR("FAULT")));
			add_fault(arena, block, warns ? &report->warnings : err);
		}
	}
}

static void print_once(Buf *out, const char *title, Str text)
{
	if (text.len)
		buf_format(out, "---- %s\n%.*s\n", title, STR_ARG(text));
}

static void run(Arena *arena, const Blocks *blocks, Buf *out)
{
	Report report = {0};
	Err err = {.arena = arena};
	read_blocks(arena, blocks, &report, &err);
	buf_format(out, "%.*s\n", STR_ARG(verdict_line(arena, &report, &err)));
	buf_format(out, "version %.*s, %zu pending\napplied %.*s\npending %.*s\n",
		STR_ARG(report_version(&report)), report_pending_count(&report),
		STR_ARG(report_names(arena, &report, true)),
		STR_ARG(report_names(arena, &report, false)));
	for (const Fault *fault = err.first; fault; fault = fault->next) {
		buf_format(out, "---- fault\n%.*s\n", STR_ARG(fault_text(arena, fault)));
		buf_format(out, "---- annotation\n%.*s\n", STR_ARG(fault_annotation(arena, fault)));
	}
	print_once(out, "line of the log", verdict_stop(arena, &report, &err));
	print_once(out, "first step", next_steps_help(arena, &report, &err));
	buf_format(out, "---- summary\n%.*s", STR_ARG(summary_markdown(arena, &report, &err)));
	const CommentMark before = {.state = STR("planned")};
	CommentWish wish = comment_wish(&report, &before);
	if (wish != COMMENT_LEAVE)
		buf_format(out, "---- comment\n%.*s",
			STR_ARG(comment_text(arena, &report, &err, STR("0123456789abcdef"), wish)));
	buf_format(out, "---- result\n%.*s\n", STR_ARG(result_json(arena, &report, &err, NULL)));
}

TEST(every_report_is_as_expected)
{
	golden_run("report", run);
}

/* What a platform limit or a long list would do. */
TEST(a_huge_report_stays_below_the_platforms_limits)
{
	ARENA_SCRATCH(scratch);
	Report report = {.status = STATUS_FAILED, .target = STR("h:1/d")};
	Err err = {.arena = &scratch};
	size_t count = 3000;
	Script *scripts = arena_array(&scratch, Script, count);
	report.push.rows = arena_array(&scratch, PushRow, count);
	for (size_t i = 0; i < count; i++) {
		Block block = {.text = STR("select 1;")};
		block.args = str_format(&scratch, "%014zu_%.*s.sql failed 1", i,
			STR_ARG(check_repeat(&scratch, "x", 200)));
		add_migration(&scratch, &block, &report, scripts);
	}
	for (size_t i = 0; i < 100; i++)
		err_add(&err, ERR_MIGRATION, "%.*s",
			STR_ARG(check_repeat(&scratch, "```\xE2\x82\xAC", 20000)));
	Str summary = summary_markdown(&scratch, &report, &err);
	assert_true(summary.len <= 900 * 1000);
	assert_true(str_starts(summary, STR("### ")));
	Str comment = comment_text(&scratch, &report, &err, STR("0123"), COMMENT_WRITE);
	assert_true(comment.len <= COMMENT_MAX && comment.len > 1000);
	assert_int_equal(str_utf8_invalid(comment), comment.len);
	assert_int_equal(str_utf8_invalid(summary), summary.len);
	assert_true(str_ends(comment, STR("</sub>\n")));
	size_t outputs = result_json(&scratch, &report, &err, NULL).len +
			 report_names(&scratch, &report, true).len +
			 report_names(&scratch, &report, false).len;
	assert_true(outputs < 1 << 20);
}

static size_t occurrences(Str text, const char *part)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += str_starts(str_skip(text, i), str_from(part));
	return count;
}

/* SQL that would fill everything: what is shown is whole, and what is not is counted. */
TEST(much_sql_is_cut_in_whole_pieces)
{
	ARENA_SCRATCH(scratch);
	Report report = {.status = STATUS_PLANNED, .dry = true, .target = STR("h:1/d")};
	Err none = {.arena = &scratch};
	size_t count = 60;
	Script *scripts = arena_array(&scratch, Script, count);
	report.push.rows = arena_array(&scratch, PushRow, count);
	for (size_t i = 0; i < count; i++) {
		Block block = {.text = check_repeat(&scratch, "-- ```` <!-- </details>\n", 8000)};
		block.args = str_format(&scratch, "%014zu_x.sql not-run", i);
		add_migration(&scratch, &block, &report, scripts);
	}
	const Str texts[] = {summary_markdown(&scratch, &report, &none),
		comment_text(&scratch, &report, &none, (Str){0}, COMMENT_WRITE)};
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t shown = occurrences(texts[i], "<details><summary><code>");
		assert_true(shown > 0 && shown < count);
		assert_int_equal(occurrences(texts[i], "\n`````\n\n</details>\n"), shown);
		assert_int_equal(occurrences(texts[i], "\n`````sql\n"), shown);
		assert_true(
			str_contains(texts[i], str_format(&scratch, "%zu more %s", count - shown,
						       i ? "SQL texts" : "files")));
	}
	assert_true(texts[0].len <= 900 * 1000 && texts[1].len <= COMMENT_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(much_sql_is_cut_in_whole_pieces),
		cmocka_unit_test(every_report_is_as_expected),
		cmocka_unit_test(a_huge_report_stays_below_the_platforms_limits),
	};
	return cmocka_run_group_tests_name("golden_report", tests, NULL, NULL);
}
