"""Servers and services that go on answering: every limit on time is kept, whatever they say."""
import itertools
import time

import pytest

import fake_server
from fake_server import GREETING, LET_IN, FakeServer
from workspace import migration

FILES = {migration(1): "select 1;\n"}


def without_end(client, pieces, pause=0):
    for piece in pieces:
        client.sendall(piece)
        time.sleep(pause)


def parameters():
    for n in itertools.count(0, 100):
        yield b"".join(fake_server.parameter(b"parameter_%d" % k, b"value") for k in range(n, n + 100))


def notices():
    return itertools.repeat(fake_server.notice(b"still at it") * 100)


def letters(text):
    return (text[n:n + 1] for n in range(len(text)))


def test_a_login_that_never_ends_is_given_up(migrations, action):
    migrations(FILES)
    with FakeServer(lambda client: without_end(client, itertools.chain([LET_IN], parameters()))) as server:
        result = action.dry_run(server.url, connect_timeout="1s", timeout=30)
    assert result.code == 5 and result.says("no end of the login from 127.0.0.1:", "within 1 s"), result


def test_a_login_that_comes_byte_by_byte_is_given_up(migrations, action):
    migrations(FILES)
    with FakeServer(lambda client: without_end(client, letters(GREETING * 100), 0.05)) as server:
        result = action.dry_run(server.url, connect_timeout="1s", timeout=30)
    assert result.code in (5, 9) and result.status == "failed", result


@pytest.mark.parametrize("pause", [0, 0.02])
def test_an_answer_that_never_ends_is_given_up(migrations, action, pause):
    """Of our own questions; a statement of the user's may take its time."""
    migrations(FILES)

    def serve(client):
        client.sendall(GREETING)
        client.recv(65536)
        without_end(client, notices(), pause)
    with FakeServer(serve) as server:
        result = action.dry_run(server.url, connect_timeout="1s", timeout=30)
    assert result.code == 9 and result.says("the server has not answered in time"), result
