"""GitHub's REST API, as far as finding changed files and keeping a comment need it, over a repository that is real.

    with GitHub(folder) as github:                 # folder: a git repository (see origin.py)
        github.pull(7, base="main", head="feature")
        github.order(r"/pulls/7/files", 500, RESET, retry_after(1))   # each for one request, then as usual
        … requests to github.url …
        github.requests[-1].path, .query, .headers

What it answers follows docs.github.com (REST API, version 2022-11-28), its limits included: 3,000 files of
a pull request, silently; 300 files of a comparison, on its first page only; a tree's listing that is cut.
Comments: github.comment(7, "octocat", "text") puts one there, github.comments[7] are all of a pull request,
github.merged(7, sha) says which one has brought a commit. Two things are assumed: that a change of type is called `changed`, and that a comparison's later pages have
an empty list of files.
"""
import collections
import functools
import json
import re
import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from origin import git

TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz"  # of a job
PULL_FILES_MAX, COMPARE_FILES_MAX, TREE_ENTRIES_MAX, COMMENT_MAX = 3000, 300, 100_000, 65_536
STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}

Request = collections.namedtuple("Request", "method path query headers connection at body")
BOT = "github-actions[bot]"


# -- what can be ordered ------------------------------------------------------------------------------

class Answer:
    """An answer in place of the usual one."""

    def __init__(self, status, message=None, body=None, headers=None, content_type="application/json; charset=utf-8"):
        self.status, self.headers, self.content_type = status, dict(headers or {}), content_type
        self.body = body if body is not None else json.dumps(
            {"message": message or "status %d" % status, "documentation_url": "https://docs.github.com/rest"}).encode()

    def __repr__(self):
        return "%d %s %s" % (self.status, self.headers or "", self.body[:60].decode("utf-8", "replace"))


class Fault:
    """Something else than an answer; compared by identity."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


OK = Fault("the usual answer")
RESET = Fault("RST in place of an answer")
EMPTY = Fault("the connection closed without an answer")
SILENCE = Fault("no answer, the connection stays open")
CUT_OFF = Fault("half of the body, then the connection closed")
HALF_JSON = Fault("half of the body as if it were all of it")
NOT_JSON = Answer(200, body=b"<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
BAD_TOKEN = Answer(401, "Bad credentials")
NOT_FOUND = Answer(404, "Not Found")
NO_PERMISSION = Answer(403, "Resource not accessible by integration")
SECONDARY_LIMIT = Answer(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                         headers={"X-RateLimit-Remaining": "4990", "X-RateLimit-Reset": "2000000000"})
SERVER_ERROR = Answer(502, "Server Error")


def retry_after(value, status=429):
    return Answer(status, "You have exceeded a secondary rate limit.", headers={"Retry-After": str(value)})


def rate_limited(seconds, status=403):
    """The hour's requests are used up, and end in `seconds`."""
    return Answer(status, "API rate limit exceeded for installation ID 1.", headers={
        "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time() + seconds))})


def moved(url, status=301):
    return Answer(status, "Moved Permanently", headers={"Location": url})


class slow:
    """The usual answer, `seconds` later."""

    def __init__(self, seconds):
        self.seconds = seconds


# -- the repository -----------------------------------------------------------------------------------

def shown(text):
    """git's bytes as JSON has them: U+FFFD for what is not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Repository:
    """A git repository, asked as GitHub asks its own."""

    def __init__(self, folder):
        self.folder, self.forgotten = Path(folder), set()
        self.listing = functools.lru_cache(None)(self._listing)
        self.files = functools.lru_cache(None)(self._files)

    def git(self, *words):
        return git(self.folder, *words)

    def resolve(self, name):
        """The commit of a branch, a tag, HEAD or a SHA, or None."""
        names = [name] if re.fullmatch("[0-9a-f]{40}|HEAD", name) else ["refs/heads/" + name, "refs/tags/" + name]
        for candidate in names:
            try:
                sha = self.git("rev-parse", "--verify", "-q", candidate + "^{commit}")
            except AssertionError:
                continue
            return None if sha in self.forgotten else sha
        return None

    def merge_base(self, base, head):
        try:
            return self.git("merge-base", base, head)
        except AssertionError:
            return None

    def count(self, span):
        return int(self.git("rev-list", "--count", span))

    def commit(self, sha):
        head, _, message = self.git("cat-file", "commit", sha).partition("\n\n")
        fields = [line.split(" ", 1) for line in head.split("\n") if not line.startswith(" ")]
        return {"sha": sha, "message": shown(message), "tree": {"sha": dict(map(tuple, fields))["tree"]},
                "parents": [{"sha": value} for name, value in fields if name == "parent"]}

    def tree_of(self, name):
        """The tree that a SHA (of a tree or a commit) or a ref means, or None."""
        sha = name if re.fullmatch("[0-9a-f]{40}", name) else self.resolve(name)
        if not sha or sha in self.forgotten:
            return None
        try:
            return self.git("rev-parse", "--verify", "-q", sha + "^{tree}")
        except AssertionError:
            return None

    def _listing(self, tree, recursive):
        words = ["ls-tree", "-z", "--full-tree", *(["-r", "-t"] if recursive else []), tree]
        entries = []
        for line in filter(None, self.git(*words).split("\0")):
            meta, path = line.split("\t", 1)
            mode, kind, sha = meta.split()
            entries.append({"path": shown(path), "mode": mode, "type": kind, "sha": sha})
        return entries

    def _files(self, base, head):
        """Rows of the difference of two commits by their SHAs, renames detected, with patches."""
        raw = [word for word in self.git("diff", "-M", "--raw", "-z", "--abbrev=40", base, head).split("\0") if word]
        patches, rows = self._patches(base, head), []
        while raw:
            _, _, _, sha, letter = raw.pop(0).split()
            paths = [shown(raw.pop(0)) for _ in range(2 if letter[0] in "RC" else 1)]
            patch = [patches.pop(0) for _ in range(2 if letter[0] == "T" else 1)][-1]
            rows.append(file_row(paths[-1], STATUS[letter[0]], sha, patch, paths[0] if len(paths) == 2 else None))
        return rows

    def _patches(self, base, head):
        text = shown(self.git("diff", "-M", "--no-color", "--patch", base, head))
        parts = re.split(r"^diff --git .*\n", text, flags=re.M)[1:]
        return [part[part.index("@@"):] if re.search("^@@", part, re.M) else "" for part in parts]


def file_row(path, status, sha, patch, previous=None):
    lines = patch.split("\n")
    added, removed = (sum(line.startswith(mark) for line in lines) for mark in "+-")
    row = {"sha": sha, "filename": path, "status": status, "additions": added, "deletions": removed,
           "changes": added + removed, "blob_url": "https://github.com/acme/shop/blob/%s/%s" % (sha, path),
           "raw_url": "https://github.com/acme/shop/raw/%s/%s" % (sha, path),
           "contents_url": "https://api.github.com/repos/acme/shop/contents/%s?ref=%s" % (path, sha)}
    if patch:
        row["patch"] = patch
    if previous:
        row["previous_filename"] = previous
    return row


def synthetic_rows(count, patch_bytes):
    """Rows of a large pull request: files added, with patches of about that size."""
    line = "+    insert into public.orders (id, customer, total) values (1, 'someone', 12.50);\n"
    patch = "@@ -0,0 +1,%d @@\n" % (patch_bytes // len(line) + 1) + line * (patch_bytes // len(line) + 1)
    return [file_row("src/module_%03d/file_%04d.sql" % (i % 97, i), "added", "%040x" % i, patch)
            for i in range(count)]


# -- the server ---------------------------------------------------------------------------------------

class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 64

    def handle_error(self, request, client_address):
        """A client that goes away is none of ours to report."""


class GitHub:
    """tls: (certificate, key), paths of PEM files. prefix: '/api/v3' as on GitHub Enterprise Server.
    token: what is asked for (a private repository); None lets everyone in."""

    def __init__(self, folder=None, repository="acme/shop", token=None, tls=None, prefix="", host="127.0.0.1"):
        self.name, self.token, self.prefix = repository, token, prefix
        self.permissions = {"contents", "pull-requests", "pull-requests: write"}
        self.viewer, self.comments, self.commit_pulls, self._next = BOT, collections.defaultdict(list), {}, 100
        self.tree_limit = TREE_ENTRIES_MAX
        self.requests, self.pulls, self._orders = [], {}, []
        self._lock, self.closing = threading.Lock(), threading.Event()
        self.repository = Repository(folder) if folder else None
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.github = self
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*map(str, tls))
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                     do_handshake_on_connect=False)
        self.root = "%s://%s:%d" % ("https" if tls else "http", host, self.server.server_address[1])
        self.url = self.root + prefix

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    # -- what a test asks for -------------------------------------------------------------------------

    def serve(self, folder):
        self.repository = Repository(folder)
        return self

    def pull(self, number, base, head):
        """A pull request; branches may move later, as on GitHub."""
        self.pulls[number] = lambda: self._pull_rows(base, head)

    def synthetic_pull(self, number, files=3000, patch_bytes=4000):
        rows = synthetic_rows(files, patch_bytes)
        self.pulls[number] = lambda: rows

    def comment(self, number, author, body, kind=None):
        with self._lock:
            self._next += 1
            row = {"id": self._next, "body": body, "created_at": "2026-01-01T00:00:00Z",
                   "user": {"login": author, "type": kind or ("Bot" if author.endswith("[bot]") else "User")}}
            self.comments[number].append(row)
            return row

    def merged(self, number, sha, base="main", state="closed", merged=True, merge_sha=None):
        """A pull request of a commit."""
        self.commit_pulls.setdefault(sha, []).append({
            "number": number, "state": state, "merged_at": "2026-01-01T00:00:00Z" if merged else None,
            "merge_commit_sha": merge_sha or sha, "base": {"ref": base}, "head": {"ref": "feature", "sha": "f" * 40}})

    def writes(self):
        return [request for request in self.requests if request.method in ("POST", "PATCH")
                and not request.path.endswith("/graphql")]

    def forget(self, sha):
        """What a force push left behind, and garbage collection has taken."""
        self.repository.forgotten.add(sha)

    def order(self, route, *faults, forever=False):
        """The next requests whose path and query match `route` (a regular expression) get these: statuses,
        Answers, slow(…), or a Fault, then the usual; or, with forever, the last one for good."""
        self._orders.append([re.compile(route), collections.deque(faults), forever])

    def paths(self):
        with self._lock:
            return [request.path + ("?" + request.query if request.query else "") for request in self.requests]

    # -- for the handler ------------------------------------------------------------------------------

    def record(self, request):
        with self._lock:
            self.requests.append(request)
            target = request.path + ("?" + request.query if request.query else "")
            for route, faults, forever in self._orders:
                if faults and route.search(target):
                    fault = faults[0] if forever and len(faults) == 1 else faults.popleft()
                    return Answer(fault) if isinstance(fault, int) else fault
        return OK

    def refusal(self, request, permission):
        given = request.headers.get("authorization")
        if given and self.token and given != "Bearer " + self.token:
            return BAD_TOKEN
        if self.token and not given:
            return NOT_FOUND
        return None if permission in self.permissions else NO_PERMISSION

    def _pull_rows(self, base, head):
        base, head = self.repository.resolve(base), self.repository.resolve(head)
        return self.repository.files(self.repository.merge_base(base, head), head)

    def answer(self, request):
        """The usual one: (status, value to be sent as JSON or bytes, headers)."""
        # GitHub's own links name a repository by its number.
        own = "(?:/repos/%s|/repositories/1296269)" % re.escape(self.name)
        found = re.fullmatch(re.escape(self.prefix) + own + "(/.*)", request.path, re.I)
        if not request.headers.get("user-agent"):
            return Answer(403, "Request forbidden by administrative rules.")
        if request.path == re.sub("/v3$", "", self.prefix) + "/graphql":
            return self.graphql(request)
        for pattern, permission, method, *verb in ROUTES:
            match = re.fullmatch(pattern, found.group(1)) if found else None
            if match and request.method == (verb or ["GET"])[0]:
                refusal = self.refusal(request, permission)
                return refusal or method(self, request, *map(unquote, match.groups()))
        return NOT_FOUND

    def graphql(self, request):
        if self.token and request.headers.get("authorization") != "Bearer " + self.token:
            return BAD_TOKEN
        assert request.method == "POST" and "viewer" in json.loads(request.body)["query"]
        return usual({"data": {"viewer": {"login": self.viewer}}})

    def list_comments(self, request, number):
        return self.page(request, self.comments[int(number)])

    def create_comment(self, request, number):
        body = json.loads(request.body)["body"]
        if len(body) > COMMENT_MAX:
            return Answer(422, "Validation Failed")
        return usual(self.comment(int(number), self.viewer, body), status=201)

    def edit_comment(self, request, number):
        for row in (row for rows in self.comments.values() for row in rows):
            if row["id"] == int(number):
                row["body"] = json.loads(request.body)["body"]
                return usual(row)
        return NOT_FOUND

    def pulls_of_commit(self, request, sha):
        return self.page(request, self.commit_pulls.get(sha, []))

    def pull_files(self, request, number):
        rows = self.pulls.get(int(number))
        if rows is None:
            return NOT_FOUND
        return self.page(request, rows()[:PULL_FILES_MAX])

    def page(self, request, rows):
        query = parse_qs(request.query)
        size = min(int(query.get("per_page", ["30"])[0]), 100)
        number, last = int(query.get("page", ["1"])[0]), max(1, -(-len(rows) // size))
        path = request.path[len(self.prefix):].replace("/repos/" + self.name, "/repositories/1296269")
        links = [(name, page) for name, page, there in (
            ("prev", number - 1, number > 1), ("next", number + 1, number < last),
            ("last", last, number < last), ("first", 1, number > 1)) if there]
        text = ", ".join('<%s%s?per_page=%d&page=%d>; rel="%s"' % (self.url, path, size, page, name)
                         for name, page in links)
        return usual(rows[(number - 1) * size:number * size], {"Link": text} if text else {})

    def compare(self, request, basehead):
        names = basehead.split("...")
        if len(names) != 2:
            return NOT_FOUND
        base, head = map(self.repository.resolve, names)
        if not base or not head:
            return NOT_FOUND
        ancestor = self.repository.merge_base(base, head)
        if not ancestor:
            return Answer(404, "No common ancestor between %s and %s." % tuple(names))
        first = int(parse_qs(request.query).get("page", ["1"])[0]) <= 1
        ahead, behind = self.repository.count(base + ".." + head), self.repository.count(head + ".." + base)
        status = "diverged" if ahead and behind else "ahead" if ahead else "behind" if behind else "identical"
        files = self.repository.files(ancestor, head)[:COMPARE_FILES_MAX] if first else []
        return usual({"url": self.url, "base_commit": {"sha": base}, "merge_base_commit": {"sha": ancestor},
                      "status": status, "ahead_by": ahead, "behind_by": behind, "total_commits": ahead,
                      "commits": [], "files": files})

    def commit(self, request, ref):
        sha = self.repository.resolve(ref)
        if not sha:
            return Answer(422, "No commit found for SHA: %s" % ref)
        if request.headers.get("accept") == "application/vnd.github.sha":
            return Answer(200, body=sha.encode(), content_type="application/vnd.github.sha; charset=utf-8")
        parents = self.repository.commit(sha)["parents"]
        base = parents[0]["sha"] if parents else self.repository.git("hash-object", "-t", "tree", "/dev/null")
        return usual({"sha": sha, "commit": {}, "parents": parents,
                      "files": self.repository.files(base, sha)[:COMPARE_FILES_MAX]})

    def git_commit(self, _request, sha):
        known = re.fullmatch("[0-9a-f]{40}", sha) and self.repository.resolve(sha) == sha
        return usual(self.repository.commit(sha)) if known else NOT_FOUND

    def git_tree(self, request, name):
        tree = self.repository.tree_of(name)
        if not tree:
            return NOT_FOUND
        # Any value turns it on, 0 and false too.
        entries = self.repository.listing(tree, "recursive" in parse_qs(request.query))
        url = self.url + "/repos/" + self.name + "/git/%ss/%s"
        rows = [{**entry, "url": url % (entry["type"], entry["sha"])} for entry in entries[:self.tree_limit]]
        return usual({"sha": tree, "url": url % ("tree", tree), "tree": rows,
                      "truncated": len(entries) > self.tree_limit})


ROUTES = (
    (r"/pulls/(\d+)/files", "pull-requests", GitHub.pull_files),
    (r"/compare/([^/]+)", "contents", GitHub.compare),
    (r"/commits/([^/]+)", "contents", GitHub.commit),
    (r"/commits/([^/]+)/pulls", "pull-requests", GitHub.pulls_of_commit),
    (r"/issues/(\d+)/comments", "pull-requests", GitHub.list_comments),
    (r"/issues/(\d+)/comments", "pull-requests: write", GitHub.create_comment, "POST"),
    (r"/issues/comments/(\d+)", "pull-requests: write", GitHub.edit_comment, "PATCH"),
    (r"/git/commits/([^/]+)", "contents", GitHub.git_commit),
    (r"/git/trees/([^/]+)", "contents", GitHub.git_tree),
)


def usual(value, headers=None, status=200):
    return Answer(status, body=json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(), headers=headers)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def log_message(self, *_):
        """Tests look at GitHub.requests."""

    def do_GET(self):
        github = self.server.github
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        request = Request(self.command, path, query, headers, self.client_address[1], time.monotonic(), body)
        fault = github.record(request)
        if isinstance(fault, slow):
            github.closing.wait(fault.seconds)
        if fault in (RESET, EMPTY, SILENCE):
            self.break_off(fault)
            return
        answer = fault if isinstance(fault, Answer) else github.answer(request)
        self.send(answer, fault)

    do_POST = do_PATCH = do_GET

    def break_off(self, fault):
        self.close_connection = True
        if fault is SILENCE:
            self.server.github.closing.wait(60)
        elif fault is RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def send(self, answer, fault):
        body = answer.body[:len(answer.body) // 2] if fault is HALF_JSON else answer.body
        headers = {"Content-Type": answer.content_type, "X-GitHub-Request-Id": "0400:1A2B:3C4D5E",
                   "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "987",
                   "X-RateLimit-Reset": str(int(time.time()) + 1800), "Content-Length": str(len(body))}
        headers.update(answer.headers)
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        # one write: two would wait for each other's acknowledgement
        head = b"".join(self._headers_buffer) + b"\r\n"
        self._headers_buffer = []
        if fault is CUT_OFF:
            body, self.close_connection = body[:len(body) // 2], True
        try:
            self.wfile.write(head + body)
        except OSError:
            self.close_connection = True
