"""What speaks PostgreSQL's protocol as far as a test wants it to: for servers that no real one would be.

    with FakeServer(lambda client: client.sendall(GREETING)) as server:
        action.push(server.url)
"""
import contextlib
import socket
import struct
import threading


def message(kind, body=b""):
    return kind + struct.pack("!i", len(body) + 4) + body


def parameter(name, value):
    return message(b"S", name + b"\0" + value + b"\0")


def notice(text):
    return message(b"N", b"SNOTICE\0VNOTICE\0C00000\0M" + text + b"\0\0")


LET_IN = message(b"R", struct.pack("!i", 0))
READY = message(b"Z", b"I")
# What a client is told at login, before it may ask.
GREETING = LET_IN + parameter(b"server_version", b"17.0") + parameter(b"client_encoding", b"UTF8") + message(
    b"K", struct.pack("!ii", 4711, 4712)) + READY


class FakeServer:
    """Listens on loopback, in plain text; `serve(client)` has the startup message behind it, and a thread of its own."""

    def __init__(self, serve):
        self.serve = serve
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.clients = []

    @property
    def url(self):
        return "postgresql://postgres:a-fake-secret@127.0.0.1:%d/postgres?sslmode=disable" % self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for client in self.clients:
            client.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.clients.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with contextlib.suppress(OSError):
            client.recv(65536)
            self.serve(client)
