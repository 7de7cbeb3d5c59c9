#!/usr/bin/python3
"""A container registry for one test: takes what podman and buildah push, and gives it back. In memory.

    registry.py COMMAND…     runs COMMAND with REGISTRY=localhost:PORT and TLS_VERIFY=false"""
import hashlib
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORE = {}   # digest or (name, tag) -> bytes
TYPES = {}   # digest -> content type of a manifest
UPLOADS = {}


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Registry(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def body(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            data = b""
            while True:
                size = int(self.rfile.readline(), 16)
                data += self.rfile.read(size)
                self.rfile.readline()
                if not size:
                    return data
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status, data=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_GET(self):
        match = re.fullmatch(r"/v2/(.+)/(blobs|manifests)/([^/]+)", self.path)
        if not match:
            return self.answer(200)
        name, _, reference = match.groups()
        digest = STORE.get((name, reference), reference)
        if digest not in STORE:
            return self.answer(404)
        self.answer(200, STORE[digest], Docker_Content_Digest=digest,
                    Content_Type=TYPES.get(digest, "application/octet-stream"))

    do_HEAD = do_GET

    def do_POST(self):
        self.body()
        upload = self.path.split("?")[0].rstrip("/") + "/%d" % len(UPLOADS)
        UPLOADS[upload] = b""
        self.answer(202, Location=upload)

    def do_PATCH(self):
        UPLOADS[self.path] += self.body()
        self.answer(202, Location=self.path, Range="0-%d" % (len(UPLOADS[self.path]) - 1))

    def do_PUT(self):
        path, _, query = self.path.partition("?")
        data = UPLOADS.get(path, b"") + self.body()
        digest = digest_of(data)
        STORE[digest] = data
        manifest = re.fullmatch(r"/v2/(.+)/manifests/([^/]+)", path)
        if manifest:
            TYPES[digest] = self.headers.get("Content-Type", "")
            STORE[manifest.groups()] = digest
        elif query.replace("%3A", ":") != "digest=" + digest:
            return self.answer(400)
        self.answer(201, Location=path, Docker_Content_Digest=digest)


def main(command):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = "localhost:%d" % server.server_port
    sys.exit(subprocess.call(command, env=dict(os.environ, REGISTRY=address, TLS_VERIFY="false")))


main(sys.argv[1:])
