"""Text that others wrote must stay text: for the runner, for Markdown, and for our own parser.

That no line is taken for a command of the runner is checked for every run in action.py.
"""
import pytest

from workspace import migration, version

COMMANDS = [
    "::error::forged", "  ::error file=x::forged", "\r::error::forged", "a\n::warning::forged", "a\r\n::notice::forged",
    "::set-output name=status::pushed", "::stop-commands::", "::add-mask::e", "::add-matcher::/none", "::echo::x",
    "prefix ##[error]forged", "##[group]forged", "##[set-env name=PATH]x", "\u2003::error::forged", "\u0085::error::forged",
    "\u2028::error::forged", "\x0b::error::forged", "%0A::error::forged", "\x1b[31m::error::forged\x1b[0m", "::endgroup::",
    "::ERROR::forged", "\x08::error::forged", "a #\x08#[error]forged", ":\x08:error::forged", "#\x7f#[error]forged",
    "\u200b::error::forged", "\ufeff::error::forged", "\t::error::forged",
]


def literal(text):
    """An SQL string constant that holds exactly this text."""
    return "E'%s'" % "".join("\\u%04x" % ord(sign) if ord(sign) < 0x10000 else sign for sign in text)


@pytest.fixture
def same_annotations():
    """Whether all annotations are ours: none has the forged text as its whole message."""
    def check(result):
        for command in result.commands:
            assert command.data.strip() not in ("forged", "e", "/none", "x", "pushed"), result
    return check


def test_a_notice_cannot_speak_to_the_runner(db, migrations, action, same_annotations):
    migrations({migration(1): "".join("do $q$ begin raise notice '%%', %s; end $q$;\n" % literal(text)
                                      for text in COMMANDS)})
    result = action.push(db.url)
    assert result.code == 0 and result.status == "pushed", result
    assert result.log.count("forged") >= 15, result
    same_annotations(result)


@pytest.mark.parametrize("text", COMMANDS, ids=range(len(COMMANDS)))
def test_an_error_cannot_speak_to_the_runner(db, migrations, action, same_annotations, text):
    migrations({migration(1): "do $q$ begin raise exception '%%', %s using detail = %s, hint = %s; end $q$;\n"
                              % (literal(text), literal(text), literal(text))})
    result = action.push(db.url)
    assert result.code == 8 and result.status == "failed", result
    same_annotations(result)


def test_the_statement_of_an_error_cannot_speak_to_the_runner(db, migrations, action, same_annotations):
    body = "select 1,\n" + "\n".join("'%s'," % text for text in COMMANDS) + "\n nothing_here;\n"
    migrations({migration(1): body})
    result = action.push(db.url)
    assert result.code == 8, result
    same_annotations(result)


def test_a_syntax_error_cannot_speak_to_the_runner(db, migrations, action, same_annotations):
    migrations({migration(n): 'select 1 as "x\r::error::forged\n##[error]forged" "\n%s";' % text
                for n, text in enumerate(COMMANDS)})
    result = action.dry_run(db.url)
    assert result.code == 4, result
    same_annotations(result)


HOSTILE_NAMES = [
    "20240101000003_##[error]forged.sql", "20240101000004_%0A::error::forged.sql", "20240101000005_a,b:c=d;e.sql",
    "20240101000006_`code` | *b* <img src=x>.sql", "20240101000007_\x1b[31mred.sql",
    "20240101000008_$(touch x) 'q' \"dq\".sql", "20240101000009_\u0085::error::forged.sql", "20240101000010_ #\x08#[error]forged.sql",
    "20240101000011_<td><!--.sql",
]
# The CLI's pattern has a dot that matches no line end: such names are no migrations.
NAMES_WITH_LINE_ENDS = ["20240101000001_a\n::error::forged\n.sql", "20240101000002_b\r::error::forged.sql",
                        "20240101000009_EOF\nstatus=pushed\nEOF.sql", "20240101000012_\u2028::error::forged.sql"]


def test_file_names_cannot_speak_to_the_runner(db, migrations, action, same_annotations):
    migrations({name: "select 1;" for name in HOSTILE_NAMES})
    result = action.dry_run(db.url)
    same_annotations(result)
    assert result.code == 0 and result.pending == HOSTILE_NAMES, result


def test_failing_files_with_such_names_cannot_either(db, migrations, action, same_annotations):
    migrations({name: "select nothing_here;" for name in HOSTILE_NAMES})
    result = action.push(db.url)
    assert result.code == 8, result
    same_annotations(result)
    migrations({name: "selec 1;" for name in HOSTILE_NAMES})
    result = action.push(db.url)
    assert result.code == 4, result
    same_annotations(result)


def test_such_names_are_recorded_as_they_are(db, migrations, action):
    migrations({name: "select 1;" for name in HOSTILE_NAMES})
    assert action.push(db.url).code == 0
    assert [row[0] + "_" + row[1] + ".sql" for row in db.history()] == HOSTILE_NAMES


def test_skipped_files_with_such_names_cannot_either(db, migrations, action, same_annotations):
    skipped = [name[14:] for name in HOSTILE_NAMES] + NAMES_WITH_LINE_ENDS
    migrations({**{name: "" for name in skipped}, migration(1): "select 1;"})
    result = action.dry_run(db.url)
    assert result.code == 0 and result.pending == [migration(1)], result
    same_annotations(result)


def test_names_that_are_not_utf8_are_an_error_and_no_crash(workspace, migrations, db, action):
    migrations({migration(1): "select 1;"})
    import os
    with open(os.fsencode(str(workspace.folder)) + b"/20240101000002_\xff\xfe.sql", "wb") as file:
        file.write(b"select 1;")
    result = action.dry_run(db.url, check=False)
    assert result.code in (0, 3), result


@pytest.mark.parametrize("value", ["prod\n::error::forged", "##[error]forged", "<b>x</b> | y", "`x`", "a\r::error::forged"])
def test_the_name_of_the_environment_is_only_text(db, migrations, action, same_annotations, value):
    migrations({migration(1): "select 1;"})
    result = action.dry_run(db.url, environment_name=value)
    assert result.code in (0, 2), result
    same_annotations(result)


@pytest.mark.parametrize("name, value", [("mode", "x\n::error::forged"), ("lock_timeout", "##[error]forged"),
                                         ("working_directory", "a\r::error::forged")])
def test_a_wrong_value_is_only_text(db, migrations, action, same_annotations, name, value):
    migrations({migration(1): "select 1;"})
    result = action(**{"db_url": db.url, name: value})
    assert result.code in (2, 3), result
    same_annotations(result)


def outside_of_fences(markdown):
    """The lines that are Markdown: a fence ends at a line of as many backticks, not at fewer."""
    fence = None
    for line in markdown.split("\n"):
        ticks = len(line) - len(line.lstrip("`"))
        if fence is None and ticks >= 3:
            fence = ticks
        elif fence is not None and ticks >= fence and not line.strip("`"):
            fence = None
        elif fence is None:
            yield line


def test_markdown_in_names_and_messages_stays_in_its_cell(db, migrations, action):
    migrations({"20240101000001_a|b<script>@all #1.sql": "do $q$ begin raise exception '| x | <img src=x onerror=y> ```\n"
                                                         "# head\n```'; end $q$;"})
    result = action.push(db.url)
    assert result.code == 8, result
    text = "\n".join(outside_of_fences(result.summary))
    assert "<script>" not in text and "<img" not in text and "\n# head" not in text, result.summary


# -- our own parser ----------------------------------------------------------------------------------

NESTED = [
    ("sum of 100,000 terms", "select " + "+".join(["1"] * 100000) + ";"),
    ("100,000 parentheses", "select " + "(" * 100000 + "1" + ")" * 100000 + ";"),
    ("50,000 sub-selects", "select " + "(select " * 50000 + "1" + ")" * 50000 + ";"),
    ("100,000 nots", "select " + "not " * 100000 + "true;"),
    ("100,000 minus signs", "select " + "- " * 100000 + "1;"),
    ("50,000 cases", "select " + "case when true then " * 50000 + "1" + " end" * 50000 + ";"),
    ("30,000 unions", "select 1" + " union select 1" * 30000 + ";"),
    ("50,000 joins", "select 1 from " + "(" * 50000 + "a" + " join a on true)" * 50000 + ";"),
    ("100,000 array brackets", "select array" + "[" * 100000 + "1" + "]" * 100000 + ";"),
    # Not more: the server's own scanner is quadratic here, and does not heed its timeouts.
    ("5,000 block comments", "/*" * 5000 + "*/" * 5000 + " select 1;"),
    ("open parentheses", "select " + "(" * 100000),
    ("50,000 ands", "select " + " and ".join(["true"] * 50000) + ";"),
    ("subscripts", "select a" + "[1]" * 50000 + " from (select array[1] a) x;"),
    ("casts", "select 1" + "::int" * 50000 + ";"),
    ("concatenation", "select 'a'" + "||'a'" * 50000 + ";"),
    ("nested function types", "select " + "coalesce(" * 50000 + "1" + ")" * 50000 + ";"),
    ("nested do blocks", "do $$ " + "begin " * 20000 + "null; " + "end; " * 20000 + " $$;"),
    ("nested dollar quotes", "".join("do $a%d$ begin execute " % n for n in range(3000)) + "$$x$$;"),
]


@pytest.mark.parametrize("text", [text for _, text in NESTED], ids=[name for name, _ in NESTED])
def test_hostile_nesting_is_left_to_the_server(db, migrations, action, text):
    """The dry run survives it; the server accepts or refuses it; in both cases we live and say so."""
    migrations({migration(1): "create table a (x int);\n" + text})
    result = action.dry_run(db.url)
    assert result.code in (0, 4), result.code
    result = action.push(db.url, statement_timeout="20s")
    assert result.code in (0, 4, 8), result.code
    assert db.versions() == ([version(1)] if result.code == 0 else [])
    assert db.has_table("a") == (result.code == 0)


def test_a_million_semicolons(db, migrations, action):
    migrations({migration(1): ";" * 1000000 + "select 1;"})
    assert action.push(db.url).code == 0
    assert db.history()[0][2] == ["select 1"]


def test_a_hundred_thousand_tiny_statements(db, migrations, action):
    migrations({migration(1): "select 1;" * 100000})
    result = action.push(db.url)
    assert result.code == 0, result.code
    assert db.value("select cardinality(statements) from supabase_migrations.schema_migrations") == 100000
