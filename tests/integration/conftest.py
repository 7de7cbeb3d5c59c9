"""Fixtures: one server of each version that is asked for, one database and one workspace for each test."""
import contextlib
import signal
import sys
import warnings
from pathlib import Path

import pytest

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
pytest.register_assert_rewrite("action")

import action as action_module  # noqa: E402
import bouncer  # noqa: E402
import hostile  # noqa: E402
import hosts  # noqa: E402
import npm  # noqa: E402
import postgresql  # noqa: E402
import supabase_cli  # noqa: E402
from cluster import Cluster, unprivileged_user  # noqa: E402
from github_stub import TOKEN, GitHub  # noqa: E402
from origin import team  # noqa: E402
from project import Project  # noqa: E402
from workspace import Workspace  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--parts", type=int, default=1, help="run every so manieth test")
    parser.addoption("--part", type=int, default=1, help="beginning with this one, counted from 1")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """After -k and -m have chosen. Neighbours, which often take the same time, are in different parts."""
    chosen = items[config.getoption("part") - 1::config.getoption("parts")]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def pytest_configure(config):
    config.addinivalue_line("markers", "alone: has a close bound on time, or wants what this machine has once; "
                                       "runs with nothing beside it")
    config.addinivalue_line("markers", "postgres(*versions): the test runs on each of these; without any, on all of "
                                       "postgresql.VERSIONS. It has postgres15 and so on in its name.")
    config.addinivalue_line("markers", "supabase: the server of this test and its databases look like Supabase's, as "
                                       "supabase.py has it")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to go, it tidies up as after Ctrl-C


def pytest_generate_tests(metafunc):
    marker = metafunc.definition.get_closest_marker("postgres")
    if marker:
        metafunc.parametrize("cluster", marker.args or list(postgresql.VERSIONS), indirect=True,
                             ids=lambda version: "postgres%d" % version)


def pytest_report_header():
    return "program: %s %s" % (" ".join(action_module.WRAPPER), action_module.BINARY)


def pytest_sessionstart():
    if not action_module.BINARY.exists():
        pytest.exit("%s is not there: build it first (make)" % action_module.BINARY, 2)


class Clusters:
    """The servers of this session, each started when it is first asked for."""

    def __init__(self, stack):
        self.stack = stack
        self.running = {}

    def get(self, version, like_supabase=False):
        key = (version, like_supabase)
        if key not in self.running:
            self.running[key] = self.stack.enter_context(Cluster(programs=programs_of(version), like_supabase=like_supabase))
        return self.running[key]

    @property
    def default(self):
        return self.get(postgresql.DEFAULT)


def programs_of(version):
    """For a test; or the reason why it is skipped. The default alone may be another where it cannot be had."""
    try:
        return postgresql.find(version, unprivileged_user())
    except postgresql.Unavailable as reason:
        if version != postgresql.DEFAULT:
            pytest.skip("no PostgreSQL %d here: %s" % (version, reason))
        found = postgresql.newest_of_distribution()
        warnings.warn("no PostgreSQL %d here (%s): the tests run on %d" % (version, reason, found.version))
        return found


@pytest.fixture(scope="session")
def programs():
    """For a test that starts a server of its own, of the default's version."""
    return programs_of(postgresql.DEFAULT)


@pytest.fixture(scope="session")
def clusters():
    with contextlib.ExitStack() as stack:
        yield Clusters(stack)


@pytest.fixture
def cluster(request, clusters):
    """The server of this test: of the version that its marker says, or of the default's; with the marker supabase one whose
    roles and databases look like Supabase's."""
    return clusters.get(getattr(request, "param", postgresql.DEFAULT), request.node.get_closest_marker("supabase") is not None)


@pytest.fixture
def postgres15(clusters):
    return clusters.get(15)


@pytest.fixture
def postgres17(clusters):
    return clusters.get(17)


@pytest.fixture
def postgres18(clusters):
    return clusters.get(18)


@pytest.fixture
def db(cluster):
    start = cluster.log_size()
    database = cluster.create_database()
    yield database
    database.drop()
    assert not hostile.found(cluster.log_since(start)), "our own SQL has trusted a stranger"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def action(workspace, tmp_path):
    running = action_module.Action(workspace, tmp_path / "runner")
    yield running
    running.close()


@pytest.fixture
def migrations(workspace):
    """Shorthand: migrations({name: text}) below supabase/migrations."""
    return workspace.migrations


@pytest.fixture(scope="session")
def names_of_our_own(tmp_path_factory):
    reason = hosts.reason_unavailable(tmp_path_factory.mktemp("names"))
    if reason:
        pytest.skip(reason)


@pytest.fixture
def project(cluster, names_of_our_own, tmp_path):
    """A Supabase project with neither way in open."""
    running = Project(cluster, tmp_path)
    yield running
    running.close()


@pytest.fixture
def pooler(project):
    """The same with its shared pooler, and no direct host."""
    if not bouncer.PROGRAM:
        pytest.skip("no pgbouncer on this machine (Debian package: pgbouncer)")
    project.open_pooler()
    return project


@pytest.fixture(scope="session")
def origin(tmp_path_factory):
    """A team's repository on the server's side; nobody changes it."""
    return team(tmp_path_factory.mktemp("origin") / "repository")


@pytest.fixture
def github(origin):
    """GitHub's API over it, with pull request 7."""
    with GitHub(origin.folder, token=TOKEN) as running:
        running.pull(7, "main", "feature")
        yield running


@pytest.fixture(scope="session")
def cli():
    """The real Supabase CLI."""
    try:
        return supabase_cli.install()
    except npm.Unavailable as reason:
        pytest.skip("the CLI %s cannot be had here: %s" % (supabase_cli.VERSION, reason))


@pytest.fixture
def twin(cluster):
    """A second database, for the CLI."""
    database = cluster.create_database()
    yield database
    database.drop()
