"""The program on a person's machine: arguments, a default that writes nothing, and output that is read in a terminal."""
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from action import BINARY, REPOSITORY, SANITIZER_REPORT, WRAPPER, declared_inputs
from workspace import migration

FILES = {migration(1, "first"): "create table first (a int);\n"}
FAILS = {migration(2, "wrong"): "select 1;\nselect nothing_here;\n"}
COMMANDS = re.compile(r"^\s*::|##\[", re.M)
ESCAPE = "\x1b["


class Laptop:
    def __init__(self, folder):
        self.folder = folder

    def environment(self, extra):
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        kept["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=%s" % Path(__file__).with_name("lsan.supp")
        return {**kept, "TERM": "xterm", **extra}

    def __call__(self, *arguments, **extra):
        """Without a terminal: what a pipe gets."""
        done = subprocess.run([*WRAPPER, str(BINARY), *arguments], cwd=str(self.folder), env=self.environment(extra),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        text = done.stdout + done.stderr
        assert not SANITIZER_REPORT.search(text), text
        assert not COMMANDS.search(text) or extra.get("GITHUB_ACTIONS"), text
        return done

    def in_terminal(self, *arguments, **extra):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([*WRAPPER, str(BINARY), *arguments], cwd=str(self.folder), stdin=theirs,
                                   env=self.environment(extra), stdout=theirs, stderr=theirs)
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        return process.wait(), b"".join(parts).decode()


@pytest.fixture
def laptop(workspace):
    return Laptop(workspace.root)


def test_without_a_mode_nothing_is_written(db, migrations, laptop):
    migrations(FILES)
    done = laptop("--db-url=" + db.url, "--lint=off")
    assert done.returncode == 0 and "would be pushed" in done.stdout, done
    assert not db.has_history() and not db.has_table("first")


def test_a_push_is_named(db, migrations, laptop):
    migrations(FILES)
    done = laptop("push", "--db-url=" + db.url, "--lint=off")
    assert done.returncode == 0 and db.has_table("first") and db.versions() == ["20240101000001"], done


def test_values_come_from_the_environment_too_and_arguments_replace_them(db, migrations, laptop):
    migrations(FILES)
    assert laptop(INPUT_DB_URL=db.url, INPUT_LINT="off").returncode == 0
    assert laptop(INPUT_DB_URL=db.url, INPUT_LINT="off", INPUT_MODE="push").returncode == 0
    assert db.has_table("first")
    done = laptop("--db-url=" + db.url, INPUT_DB_URL="postgresql://127.0.0.1:1/nowhere")
    assert done.returncode == 0, done


def test_the_summary_is_text_and_says_what_is_in_the_database(db, migrations, laptop):
    migrations({**FILES, **FAILS})
    done = laptop("push", "--db-url=" + db.url, "--lint=off", "--preflight=false")
    assert done.returncode == 8, done
    text = done.stdout
    begin = text.index("❌")
    for words in ("What is in the database: 1 of 2 applied", "nothing_here", "_wrong.sql:2:8"):
        assert words in text[begin:], done
    assert not re.search(r"<code>|<details>|&#|\*\*|^\|", text[begin:], re.M), text
    assert db.has_table("first")


def test_the_password_is_never_shown(db, migrations, laptop):
    migrations(FAILS)
    done = laptop("push", "--db-url=" + db.url, "--lint=off")
    password = re.search(r"://[^:]+:([^@]+)@", db.url).group(1)
    assert password not in done.stdout + done.stderr
    wrong = laptop("--dburl=" + db.url)
    assert password not in wrong.stdout + wrong.stderr


@pytest.mark.parametrize("arguments, says", [
    (["--dburl=x"], "--db-url"), (["--working-dir=x"], "--working-directory"), (["pusj"], "push"),
    (["--db-url"], "--db-url=VALUE"), (["push", "--mode=dry-run"], "given twice: mode"),
    (["--lint=off", "--lint=off"], "given twice: lint"), (["--completion", "zsh"], "bash"),
    (["--help", "lnt"], "lint"), ([""], "neither a mode"), (["-v"], "neither a mode"), (["\x1b[31m"], "neither a mode"), (["--=x"], "no input"),
])
def test_what_is_not_understood_is_named_with_what_may_be_meant(migrations, laptop, arguments, says):
    migrations(FILES)
    done = laptop(*arguments)
    assert done.returncode == 64 and says in done.stderr, done
    assert not done.stdout


def test_all_wrong_arguments_are_named_at_once(laptop):
    done = laptop("pusj", "--dburl=x", "--lnt=off")
    assert all(word in done.stderr for word in ("did you mean push?", "--dburl", "--lnt")), done


def test_an_unknown_variable_is_an_error_with_a_suggestion(db, migrations, laptop):
    migrations(FILES)
    done = laptop("push", INPUT_DB_URL=db.url, INPUT_LINTS="off")
    assert done.returncode == 2 and "did you mean lint?" in done.stdout, done
    assert not db.has_history()


@pytest.mark.parametrize("arguments", [["push"], ["--help"], ["--db-url=x"], ["--completion", "bash"]])
def test_in_a_workflow_there_are_no_arguments(laptop, arguments):
    done = laptop(*arguments, GITHUB_ACTIONS="true")
    assert done.returncode == 64 and "in GitHub Actions there is no argument" in done.stderr, done
    assert not done.stdout


def test_help_has_every_input_under_its_group(laptop):
    text = laptop("--help").stdout
    places = [text.index("\n  --%s=" % name) for name in declared_inputs()]
    assert places == sorted(places)
    groups = re.findall(r'INPUT_GROUP\("(.*?)"\)', (REPOSITORY / "src/action/inputs.def").read_text())
    assert groups and all("\n%s:\n" % group in text for group in groups)
    assert max(len(line) for line in text.splitlines() if not line.startswith("  -")) < 90


@pytest.mark.parametrize("form", ["restore-point", "--restore-point"])
def test_help_of_one_input(laptop, form):
    done = laptop("--help", form)
    assert done.returncode == 0 and "off|try|require" in done.stdout and "`" not in done.stdout, done


def complete(laptop, words):
    script = laptop("--completion", "bash").stdout + """
COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _supabase_promote; printf '%%s\\n' "${COMPREPLY[@]}"
""" % " ".join("'%s'" % word for word in words)
    return subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=True).stdout.split()


def test_completion_knows_modes_inputs_and_choices(laptop):
    assert "push" in complete(laptop, ["supabase-promote", "pu"])
    assert complete(laptop, ["supabase-promote", "--restore"]) == ["--restore-point="]
    assert complete(laptop, ["supabase-promote", "--lint", "="]) == ["error", "warn", "off"]
    assert complete(laptop, ["supabase-promote", "--lint", "=", "w"]) == ["warn"]


def test_colour_is_for_terminals_that_want_it(db, migrations, laptop):
    migrations(FAILS)
    arguments = ("push", "--db-url=" + db.url, "--lint=off")
    code, text = laptop.in_terminal(*arguments)
    assert code == 8 and ESCAPE in text, text
    assert ESCAPE not in laptop.in_terminal(*arguments, NO_COLOR="1")[1]
    assert ESCAPE not in laptop.in_terminal(*arguments, TERM="dumb")[1]
    assert ESCAPE not in laptop(*arguments).stdout
    assert ESCAPE in laptop(*arguments, FORCE_COLOR="1").stdout


def test_a_database_on_this_machine_is_reached_by_its_socket(cluster, db, migrations, laptop):
    migrations(FILES)
    host = re.sub(r"@127\.0\.0\.1:(\d+)/([^?]*).*", r"@/\2?host=%s&port=\1" % cluster.base, db.url)
    done = laptop("--db-url=" + host, "--lint=off")
    assert done.returncode == 0, done


def test_a_short_password_of_a_local_database_needs_no_warning(db, migrations, laptop):
    migrations(FILES)
    done = laptop("--db-url=postgresql://postgres:postgres@127.0.0.1:1/postgres")
    assert done.returncode == 5 and "too short" not in done.stdout, done
    done = laptop("--db-url=postgresql://postgres:postgres@db.invalid:1/postgres", "--connect-timeout=1s")
    assert "too short" in done.stdout, done


def test_without_a_target_it_says_how_to_give_one(migrations, laptop):
    migrations(FILES)
    done = laptop()
    assert done.returncode == 2 and "--db-url=" in done.stdout, done


# ---- the page ----

def commands_of(page):
    """Lines of the shell blocks that run the binary."""
    text = (REPOSITORY / page).read_text()
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M):
        yield from (line for line in block.replace("\\\n", "").splitlines() if line.strip() and not line.startswith("#"))


def on_this_machine(command, db):
    """`supabase start`'s database is the test's here."""
    return command.replace("postgresql://postgres:postgres@127.0.0.1:54322/postgres", db.url)


@pytest.mark.parametrize("command", [c for c in commands_of("docs/laptop.md") if "docker" not in c])
def test_the_pages_commands_run(db, migrations, laptop, tmp_path, command):
    migrations(FILES)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "supabase-promote").symlink_to(BINARY)
    environment = laptop.environment({"HOME": str(tmp_path)})
    environment["PATH"] = "%s:%s" % (tools, environment["PATH"])
    done = subprocess.run(["bash", "-euc", on_this_machine(command, db)], cwd=str(laptop.folder), env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, done


@pytest.mark.parametrize("command", [c for c in commands_of("docs/laptop.md") if "docker run" in c])
def test_the_pages_containers_get_arguments_that_are_understood(db, migrations, laptop, command):
    """Docker itself is not here: what it would give the program is given."""
    migrations(FILES)
    image, given = re.search(r"(ghcr\.io/\S+) ?(.*)$", command).groups()
    assert image.startswith("ghcr.io/") and "-v \"$PWD:/work\" -w /work" in command
    done = laptop(*on_this_machine(given, db).replace('"', "").split())
    assert done.returncode == 0, done


@pytest.mark.parametrize("arguments", [["push", "--db-url", "postgres://u:hunter2@h/d"], ["--db-password", "hunter2"], ["--db-url:hunter2"],
                                       ["--help", "lint", "hunter2"], ["hunter2"], ["--=hunter2"]])
def test_what_may_be_a_secret_is_not_shown(laptop, arguments):
    done = laptop(*arguments)
    assert done.returncode == 64 and "hunter2" not in done.stdout + done.stderr, done
