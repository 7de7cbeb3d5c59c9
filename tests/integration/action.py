"""Runs the program as the runner runs a container action, and reads what it leaves behind.

PROMOTE_BINARY   the program (default: build/release/supabase-promote)
PROMOTE_WRAPPER  words put before it, such as `valgrind.bin -q --error-exitcode=99 --leak-check=full`; no
                 shell script (Debian's `valgrind` is one): a shell drops variables with hyphens
PROMOTE_SLOWNESS factor for every time limit here (default 1, and 10 with a wrapper)
"""
import html
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import runner

REPOSITORY = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("PROMOTE_BINARY", "build/release/supabase-promote"))
BINARY = BINARY if BINARY.is_absolute() else REPOSITORY / BINARY
WRAPPER = shlex.split(os.environ.get("PROMOTE_WRAPPER", ""))
SLOWNESS = float(os.environ.get("PROMOTE_SLOWNESS", "10" if WRAPPER else "1"))

# All that this program may ever say to the runner.
EXPECTED_COMMANDS = {"add-mask", "group", "endgroup", "error", "warning", "notice", "debug"}
OUTPUTS = ("status", "pending", "applied", "pending-count", "applied-count", "version", "plan-digest", "status-attention", "status-staging-pending", "drift", "drift-count",
           "types-status", "types-differences", "types-report", "role-files", "vault-secrets", "seed-files",
           "report")
STATUSES = ("up-to-date", "planned", "pushed", "blocked", "failed", "skipped", "shown", "repaired", "verified", "same", "drift")
SANITIZER_REPORT = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|UndefinedBehaviorSanitizer|"
                              r"ThreadSanitizer|MemorySanitizer|==\d+==ERROR")
VALGRIND_REPORT = re.compile(r"^==\d+== ", re.M)
LIST_MAX = 1000  # outputs have a limit: longer lists are cut, their counts are not
ANNOTATIONS_PER_KIND = 10  # the runner drops what goes beyond, per step


def declared_inputs(path=REPOSITORY / "action.yml"):
    """{id: default} of action.yml, by its indentation: enough for a file we write ourselves."""
    inputs, current, inside = {}, None, False
    for line in path.read_text().splitlines():
        if re.match(r"\S", line):
            inside = line.startswith("inputs:")
            continue
        if not inside:
            continue
        head = re.match(r"  ([A-Za-z_][\w-]*):", line)
        if head:
            current = head.group(1)
            inputs[current] = ""
        default = re.search(r"""[\s{,]default:\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^,}\s]+)""", line)
        if default and current and not line.lstrip().startswith("#"):
            text = default.group(1)
            inputs[current] = text[1:-1] if text[0] in "\"'" else text
            if inputs[current].startswith("${{"):
                inputs[current] = ""
    return inputs


def input_name(identifier):
    return "INPUT_" + identifier.replace(" ", "_").upper()


def launch(environment, cwd, arguments=(), hosts=None):
    """The one place that knows how the program is started. hosts: a Hosts, for names of our own."""
    return subprocess.Popen([*WRAPPER, str(BINARY), *arguments], env=environment, cwd=str(cwd),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            start_new_session=True, preexec_fn=hosts.enter if hosts else None)


def secrets_of(url):
    """What of a database URL must never be seen: all of it, and its password in both spellings."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        password = None
    return [secret for secret in {url, password, unquote(password or "")} if secret and len(secret) >= 4]


class Result:
    def __init__(self, code, stdout, stderr, output_text, summary, seconds, given=()):
        self.given = given
        self.code, self.seconds = code, seconds
        self.stdout = stdout.decode("utf-8", "replace")
        self.stderr = stderr.decode("utf-8", "replace")
        self.raw_stdout = stdout
        self.output_text, self.summary = output_text, summary
        self.output_pairs = runner.parse_file_command(output_text)
        self.outputs = dict(self.output_pairs)
        self.commands = runner.parse_commands(self.stdout)
        self.masks = [c.data for c in self.commands if c.name == "add-mask"]
        self.errors = [c for c in self.commands if c.name == "error"]
        self.warnings = [c for c in self.commands if c.name == "warning"]
        self.notices = [c for c in self.commands if c.name == "notice"]

    # -- shorthands ---------------------------------------------------------------------------------

    @property
    def status(self):
        return self.outputs.get("status")

    @property
    def pending(self):
        return json.loads(self.outputs["pending"])

    @property
    def applied(self):
        return json.loads(self.outputs["applied"])

    def names(self, output):
        """An output that is a JSON array of names."""
        return json.loads(self.outputs[output])

    @property
    def report(self):
        return json.loads(self.outputs["report"])

    @property
    def log(self):
        """stdout without its mask lines."""
        return "\n".join(line for line in runner.split_lines(self.stdout)
                         if not line.startswith("::add-mask::"))

    @property
    def summary_text(self):
        """The summary as it is read: its character references resolved."""
        return html.unescape(self.summary)

    def psql_commands(self):
        """The SQL of each command for psql that the log offers, as a shell would hand it over."""
        lines = (line.strip() for line in self.log.split("\n"))
        return [shlex.split(line)[-1] for line in lines if line.startswith('psql "$DB_URL" -c ')]

    def says(self, *words):
        """Whether the log holds all the words, whatever their case and line breaks."""
        text = " ".join(self.log.split()).lower()
        return all(" ".join(word.split()).lower() in text for word in words)

    def __repr__(self):
        return "exit %d in %.2f s\n--- stdout\n%s\n--- stderr\n%s\n--- outputs\n%s\n--- summary\n%s" % (
            self.code, self.seconds, self.stdout, self.stderr, self.output_text, self.summary)

    # -- what holds for every run -------------------------------------------------------------------

    def check(self, secrets, workspace, actions):
        self._check_sanitizers()
        self._check_secrets(secrets)
        self._check_commands(workspace, actions)
        self._check_outputs()

    def _check_sanitizers(self):
        assert not SANITIZER_REPORT.search(self.stderr), "a sanitizer's report\n%r" % self
        assert self.code != 70, "the program calls this a bug of its own\n%r" % self
        assert self.code >= 0 or self.code in (-signal.SIGKILL,), "died of a signal\n%r" % self
        if any("valgrind" in word for word in WRAPPER):
            assert self.code != 99 and not VALGRIND_REPORT.search(self.stderr), "valgrind\n%r" % self

    def _check_secrets(self, secrets):
        places = {"the log": self.log, "stderr": self.stderr, "outputs": self.output_text,
                  "the summary": self.summary}
        for secret in secrets:
            for place, text in places.items():
                assert secret not in text, "a secret (%s) is in %s\n%r" % (secret, place, self)

    def _check_commands(self, workspace, actions):
        assert not runner.parse_commands(self.stderr), "a workflow command on stderr\n%r" % self
        if not actions:
            assert not self.commands, "workflow commands outside of GitHub Actions\n%r" % self
        for command in self.commands:
            assert command.version == 2 and command.name in EXPECTED_COMMANDS, "%s\n%r" % (command, self)
        for kind in (self.errors, self.warnings, self.notices):
            assert len(kind) <= ANNOTATIONS_PER_KIND, "more annotations than the runner shows\n%r" % self
        for annotation in self.errors + self.warnings + self.notices:
            self._check_annotation(annotation, workspace)
        lines = [line for line in runner.split_lines(self.stdout) if line]
        # Only what is made on the way (a login role's password) is masked later, and never seen before.
        for number, line in enumerate(lines):
            if line.startswith("::add-mask::") and not all(l.startswith("::add-mask::") for l in lines[:number]):
                value = runner.parse_command(line).data
                assert value not in "\n".join(l for l in lines[:number] if not l.startswith("::add-mask::")), \
                    "masked after it was printed\n%r" % self
                assert value not in self.given, "an input is masked late\n%r" % self
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", self.stdout), "control characters\n%r" % self

    def _check_annotation(self, annotation, workspace):
        file = annotation.properties.get("file")
        if not file:
            return
        assert not os.path.isabs(file), "an annotation's file must be relative: %s\n%r" % (file, self)
        path = Path(workspace) / file
        if not (path.is_symlink() or path.exists()):
            # A missing folder may be named; and one name with control characters, which is shown escaped.
            assert "line" not in annotation.properties or "\\" in file, "no such file: %s\n%r" % (file, self)
        elif "line" in annotation.properties:
            count = path.read_bytes().count(b"\n") + 1
            assert 1 <= int(annotation.properties["line"]) <= count, "no such line: %s\n%r" % (annotation, self)

    def _check_outputs(self):
        if not self.output_text:
            return
        for name in OUTPUTS:
            assert name in self.outputs, "output %s was not set\n%r" % (name, self)
        assert self.status in STATUSES, repr(self)
        assert len(self.pending) == min(int(self.outputs["pending-count"]), LIST_MAX), repr(self)
        assert len(self.applied) == min(int(self.outputs["applied-count"]), LIST_MAX), repr(self)
        report = json.loads(self.outputs["report"])
        assert report["status"] == self.status, repr(self)


class Running:
    """A run under way."""

    def __init__(self, process, action, secrets, actions):
        self.process, self.action, self.secrets, self.actions = process, action, secrets, actions
        self.started = time.monotonic()
        self.stdout, self.stderr = bytearray(), bytearray()
        self.readers = [self._reader(process.stdout, self.stdout), self._reader(process.stderr, self.stderr)]

    def _reader(self, pipe, store):
        def read():
            while True:
                data = os.read(pipe.fileno(), 65536)
                if not data:
                    return
                store.extend(data)
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def signal(self, number):
        os.kill(self.process.pid, number)

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def wait(self, timeout=60, check=True):
        try:
            self.process.wait(timeout * SLOWNESS)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
            raise AssertionError("still running after %s s\n%s\n%s" % (
                timeout * SLOWNESS, bytes(self.stdout).decode("utf-8", "replace"), bytes(self.stderr).decode("utf-8", "replace")))
        seconds = time.monotonic() - self.started
        for reader in self.readers:
            reader.join(5)
        self.process.stdout.close()
        self.process.stderr.close()
        result = Result(self.process.returncode, bytes(self.stdout), bytes(self.stderr),
                        self.action.read("GITHUB_OUTPUT"), self.action.read("GITHUB_STEP_SUMMARY"), seconds, self.secrets)
        print("%r\n" % result)  # pytest shows it where a test fails
        if check:
            result.check(self.secrets, self.action.workspace, self.actions)
        return result


class Action:
    """The program with one workspace. Call it with inputs: action(mode='push', db_url=…)."""

    def __init__(self, workspace, scratch):
        self.workspace, self.scratch = Path(workspace), Path(scratch)
        self.files = {}
        self.runs = 0
        self.running = []

    def read(self, variable):
        path = Path(self.files[variable])
        return path.read_bytes().decode("utf-8") if path.is_file() else ""

    def prepare(self):
        """A runner makes fresh, empty files for every step."""
        self.runs += 1
        folder = self.scratch / ("step%d" % self.runs)
        folder.mkdir(parents=True)
        (folder / "temp").mkdir()
        for variable in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_PATH"):
            self.files[variable] = folder / variable.lower()
            self.files[variable].write_bytes(b"")
        self.files["GITHUB_EVENT_PATH"] = folder / "event.json"
        self.files["RUNNER_TEMP"] = folder / "temp"

    def environment(self, inputs, event="push", payload=None, actions=True):
        """All that the runner would set, and nothing of this machine's environment."""
        self.files["GITHUB_EVENT_PATH"].write_text(json.dumps(payload or {}))
        environment = {input_name(name): default for name, default in declared_inputs().items()}
        environment[input_name("lint")] = "off"  # most tests are about what the server says, not about what is foreseen
        environment.update({input_name(name.replace("_", "-")): value for name, value in inputs.items()
                            if value is not None})
        environment.update({name: str(path) for name, path in self.files.items()})
        environment.update({
            "CI": "true", "HOME": str(self.files["RUNNER_TEMP"]), "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_EVENT_NAME": event, "GITHUB_REPOSITORY": "acme/shop", "GITHUB_RUN_ID": "4711",
            "GITHUB_RUN_NUMBER": "12", "GITHUB_RUN_ATTEMPT": "1", "GITHUB_JOB": "promote",
            "GITHUB_SHA": "0123456789abcdef0123456789abcdef01234567", "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main", "GITHUB_REF_TYPE": "branch", "GITHUB_ACTOR": "octocat",
            "GITHUB_WORKFLOW": "deploy", "GITHUB_ACTION": "promote", "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_API_URL": "http://127.0.0.1:9", "GITHUB_HEAD_REF": "", "GITHUB_BASE_REF": "",
            "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "RUNNER_NAME": "test", "RUNNER_ENVIRONMENT": "github-hosted"})
        if actions:
            environment["GITHUB_ACTIONS"] = "true"
        # The sanitizers' own switches are read by their run-time, not by the program.
        environment["ASAN_OPTIONS"] = "detect_leaks=1:abort_on_error=0"
        environment["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=%s" % Path(__file__).with_name("lsan.supp")
        environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
        return environment

    def start(self, event="push", payload=None, actions=True, extra=None, without=(), arguments=(), hosts=None,
              **inputs):
        """extra: more variables (or other values); without: names to take away; the rest are inputs."""
        self.prepare()
        environment = self.environment(inputs, event, payload, actions)
        for name, value in (extra or {}).items():
            environment[name] = str(value)
            if name in self.files:
                self.files[name] = Path(value)
        for name in without:
            environment.pop(name, None)
        secrets = secrets_of(inputs.get("db_url") or "")
        for name in ("access_token", "db_password"):
            value = inputs.get(name) or ""
            secrets += [form for form in {value, quote(value, safe=""), unquote(value)} if len(form) >= 4]
        run = Running(launch(environment, self.workspace, arguments, hosts), self, secrets, actions)
        self.running.append(run)
        return run

    def __call__(self, timeout=60, check=True, **options):
        return self.start(**options).wait(timeout, check)

    def dry_run(self, url, **options):
        return self(mode="dry-run", db_url=url, **options)

    def push(self, url, **options):
        return self(mode="push", db_url=url, **options)

    def close(self):
        for run in self.running:
            if run.process.poll() is None:
                run.kill()
                run.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)
