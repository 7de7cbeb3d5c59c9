"""A TCP proxy before the server that delays, counts, records and misbehaves on cue.

    with Proxy(cluster.port, rtt_ms=50) as proxy:
        … connect to proxy.port …
        proxy.turns, proxy.connections, proxy.client_bytes()

A turn is client data that follows server data, or opens the connection: what a network with a long
way charges for. Without a delay, chance may cut one flight into two turns; with one, what the client
sends before an answer to the last turn can have come back belongs to that turn. Cues (`Cut`) match bytes that pass, so they need a plaintext session (sslmode=disable).
"""
import collections
import socket
import struct
import threading
import time

CLIENT, SERVER = "client", "server"  # who sent the bytes
CHUNK = 256 * 1024


class Cut:
    """Breaks the connection when `pattern` passes for the nth time in the direction of `sender`.

    when:  'before' – the pattern itself is not forwarded any more;
           'after'  – it is forwarded, with whatever the sender adds within `linger` seconds, but
                      nothing goes back: the other side acts, and its answer is lost.
    how:   'reset' (RST to both), 'blackhole' (open but mute in both directions).
    then:  'accept' later connections, 'refuse' or 'stall' them.
    """

    def __init__(self, pattern, sender=CLIENT, nth=1, when="before", how="reset", then="accept", linger=0.4):
        self.pattern, self.sender, self.nth = pattern, sender, nth
        self.when, self.how, self.then, self.linger = when, how, then, linger
        self.seen = 0
        self.done = threading.Event()
        self._tails = collections.defaultdict(bytes)  # a pattern may come in two pieces

    def match(self, key, data):
        """The offset in `data` where the wanted occurrence begins, or None. May be negative (in the tail)."""
        if self.done.is_set():
            return None
        tail = self._tails[key]
        text, start = tail + data, 0
        while True:
            at = text.find(self.pattern, start)
            if at < 0:
                break
            self.seen += 1
            if self.seen == self.nth:
                return at - len(tail)
            start = at + 1
        keep = len(self.pattern) - 1
        self._tails[key] = text[-keep:] if keep else b""
        return None


def close_hard(sock):
    """RST instead of an orderly end."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RD)  # wakes a reader; sends nothing
    except OSError:
        pass
    sock.close()


class Pump:
    """Bytes of one direction: a reader, and, where there is a delay, a writer that lets them ripen."""

    def __init__(self, link, sender, source, sink):
        self.link, self.sender, self.source, self.sink = link, sender, source, sink
        self.delay = link.proxy.rtt_ms / 2000.0
        self.queue = collections.deque()
        self.ready = threading.Condition()
        self.ended = threading.Event()

    def start(self):
        threading.Thread(target=self._read, daemon=True).start()
        if self.delay:
            threading.Thread(target=self._write_late, daemon=True).start()

    def _read(self):
        while True:
            try:
                data = self.source.recv(CHUNK)
            except OSError:
                data = b""
            self.link.proxy.running.wait()
            if not data:
                self.ended.set()
                self._forward(None)
                return
            self.link.passing(self, data)

    def send(self, data):
        if self.link.muted[self.sender]:
            return
        self._forward(data)

    def _forward(self, data):
        if not self.delay:
            self._deliver(data)
            return
        with self.ready:
            self.queue.append((time.monotonic() + self.delay, data))
            self.ready.notify()

    def _write_late(self):
        while True:
            with self.ready:
                while not self.queue:
                    self.ready.wait()
                due, data = self.queue.popleft()
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            self._deliver(data)
            if data is None:
                return

    def _deliver(self, data):
        try:
            if data is None:
                if not self.link.broken:
                    self.sink.shutdown(socket.SHUT_WR)
            elif not self.link.broken:
                self.sink.sendall(data)
        except OSError:
            pass


class Link:
    """One client's connection and its counterpart to the server."""

    def __init__(self, proxy, client, number):
        self.proxy, self.client, self.number = proxy, client, number
        self.server = socket.create_connection(proxy.target)
        for sock in (self.client, self.server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.lock = threading.Lock()
        self.last_sender = None
        self.turns, self.turned = 0, 0.0
        self.recorded = {CLIENT: [], SERVER: []}
        self.volume = {CLIENT: 0, SERVER: 0}
        self.muted = {CLIENT: False, SERVER: False}
        self.broken = False
        self.pumps = {CLIENT: Pump(self, CLIENT, self.client, self.server),
                      SERVER: Pump(self, SERVER, self.server, self.client)}

    def start(self):
        for pump in self.pumps.values():
            pump.start()

    def passing(self, pump, data):
        """Called by the reader of one direction for every piece that arrives."""
        with self.lock:
            now = time.monotonic()
            if pump.sender == CLIENT and self.last_sender != CLIENT and now - self.turned >= self.proxy.rtt_ms / 1000.0:
                self.turns, self.turned = self.turns + 1, now
            self.last_sender = pump.sender
            self.volume[pump.sender] += len(data)
            if self.proxy.record:
                self.recorded[pump.sender].append(data)
        for cut in self.proxy.cuts:
            if cut.sender == pump.sender:
                at = cut.match((self.number, pump.sender), data)
                if at is not None:
                    self._cut(cut, pump, data, at)
                    return
        pump.send(data)

    def _cut(self, cut, pump, data, at):
        cut.done.set()
        self.proxy.behaviour = cut.then
        other = SERVER if pump.sender == CLIENT else CLIENT
        self.muted[other] = True
        if cut.when == "before":
            pump.send(data[:max(at, 0)])
            self.muted[pump.sender] = True
            self._break(cut)
        else:
            pump.send(data)
            threading.Timer(cut.linger, self._break, (cut,)).start()

    def _break(self, cut):
        self.muted = {CLIENT: True, SERVER: True}
        if cut.how == "reset":
            time.sleep(0.05)  # what was forwarded reaches its reader before the RST discards it
            self.close()

    def close(self):
        self.broken = True
        close_hard(self.client)
        close_hard(self.server)


class Proxy:
    def __init__(self, port, rtt_ms=0, cuts=(), behaviour="accept", record=True, listen="127.0.0.1",
                 listen_port=0):
        """behaviour: 'accept', 'refuse' (closes at once), 'stall' (accepts, never answers)."""
        self.target = port if isinstance(port, tuple) else ("127.0.0.1", port)
        self.rtt_ms, self.cuts, self.behaviour, self.record = rtt_ms, list(cuts), behaviour, record
        self.links, self._stalled = [], []
        self.connections = 0
        self.running = threading.Event()
        self.running.set()
        self.listener = socket.create_server((listen, listen_port), backlog=64, family=socket.AF_INET6 if ":" in listen else
                                             socket.AF_INET)
        self.host, self.port = self.listener.getsockname()[:2]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.running.set()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        for link in self.links:
            link.close()
        for sock in self._stalled:
            close_hard(sock)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.behaviour == "refuse":
                close_hard(client)
            elif self.behaviour == "stall":
                self._stalled.append(client)
            else:
                self._link(client)

    def _link(self, client):
        try:
            link = Link(self, client, self.connections)
        except ConnectionRefusedError:  # the server is not up: neither are we
            close_hard(client)
            return
        self.links.append(link)
        link.start()

    def pause(self):
        """Nothing passes until resume(); what arrives meanwhile is kept."""
        self.running.clear()

    def resume(self):
        self.running.set()

    @property
    def turns(self):
        """Turns so far. Clients that are gone are counted to their last byte, the goodbye included."""
        for link in self.links:
            link.pumps[CLIENT].ended.wait(0.3)
        return sum(link.turns for link in self.links)

    def bytes_of(self, sender):
        """Everything one side sent, over all connections."""
        return b"".join(b"".join(link.recorded[sender]) for link in self.links)

    def reset_counters(self):
        self.links = [link for link in self.links if not link.broken]
        self.connections = 0
        for link in self.links:
            link.turns = 0
            link.recorded = {CLIENT: [], SERVER: []}
