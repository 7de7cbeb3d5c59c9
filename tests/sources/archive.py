"""A small archive of Debian's form on loopback: a pool of source and binary packages and signed indexes over it, each
of which can lose, change or announce what the other does not.

    with Archive(folder) as archive:
        package = archive.publish("openssl", "3.5.7-1~deb13u2")
        archive.sign()
"""
import hashlib
import io
import os
import subprocess
import tarfile
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SUITES = ("trixie", "trixie-updates", "trixie-security")
ARCHITECTURES = ("amd64", "arm64")


def environment(folder, archive, keyring):
    """Variables for the scripts of deps/, with `folder` for what apt reads. It does not try again: the pauses between
    its tries take half a minute."""
    (folder / "apt.conf").write_text('Acquire::Retries "0";\n')
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "APT_CONFIG": str(folder / "apt.conf"),
            "DEBIAN_MIRROR": archive.url + "/debian", "DEBIAN_KEYRING": str(keyring)}


def make_keyring(home, name):
    """A key of our own in the GnuPG folder `home`, and its public half as a keyring for apt."""
    home.mkdir(mode=0o700)
    gpg(home, "--passphrase", "", "--quick-generate-key", name, "ed25519", "sign", "never")
    keyring = home.parent / (home.name + ".gpg")
    keyring.write_bytes(gpg(home, "--export", name))
    return keyring


def stop_agent(home):
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], capture_output=True)


def gpg(home, *words, text=None):
    done = subprocess.run(["gpg", "--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback", *words],
                          input=text, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def tarball(members):
    """A .tar.gz of {path: text}."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for path, text in members.items():
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(text.encode()), 0o644
            tar.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()


class Package:
    """One version of one package, its files by name. Its only content is a file `marker` that holds the version."""

    def __init__(self, name, version, files, stanzas):
        self.name, self.version, self.files, self.stanzas = name, version, files, stanzas

    def lines(self):
        """As deps/sources.lock has them."""
        return "".join("%s %s %s %s\n" % (self.name, self.version, sha256(content), name)
                       for name, content in sorted(self.files.items()))

    @property
    def folder(self):
        return "%s/%s" % (self.name[:4] if self.name.startswith("lib") else self.name[0], self.name)


def source_package(name, version, content=None):
    """With the file `marker`, or with that tarball for its content."""
    upstream, plain = version.rsplit("-", 1)[0].split(":")[-1], version.split(":")[-1]
    files = {
        "%s_%s.orig.tar.gz" % (name, upstream): content or tarball({"%s/marker" % name: version}),
        "%s_%s.debian.tar.gz" % (name, plain): tarball({"debian/README": "no patches"}),
    }
    fields = "Format: 3.0 (quilt)\nVersion: %s\nMaintainer: Nobody <nobody@example.com>\nArchitecture: any\n" % version
    files["%s_%s.dsc" % (name, plain)] = (fields + "Source: %s\n" % name + checksums(files)).encode()
    package = Package(name, version, files, {})
    package.stanzas["source"] = "Package: %s\nDirectory: %%s/%s\n" % (name, package.folder) + fields + checksums(files)
    return package


def checksums(files):
    def field(name, algorithm):
        return name + ":" + "".join("\n %s %d %s" % (hashlib.new(algorithm, content).hexdigest(), len(content), file)
                                    for file, content in files.items())
    return field("Checksums-Sha256", "sha256") + "\n" + field("Files", "md5") + "\n"


def binary_package(source, name, version, folder):
    """One .deb file for each architecture."""
    package = Package(source, version, {}, {})
    for architecture in ARCHITECTURES:
        tree = folder / architecture
        (tree / "DEBIAN").mkdir(parents=True, exist_ok=True)
        (tree / "marker").write_text(version)
        control = "Package: %s\nSource: %s\nVersion: %s\nArchitecture: %s\nMaintainer: Nobody <nobody@example.com>\n" \
                  "Description: test\n" % (name, source, version, architecture)
        (tree / "DEBIAN" / "control").write_text(control)
        file = "%s_%s_%s.deb" % (name, version, architecture)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", str(tree), str(folder / file)], check=True,
                       capture_output=True)
        content = (folder / file).read_bytes()
        package.files[file] = content
        package.stanzas[architecture] = control + "Filename: %%s/%s/%s\nSize: %d\nSHA256: %s\n" % (
            package.folder, file, len(content), sha256(content))
    return package


class Archive:
    """`pool` and `snapshot` are {path: content}; `announced` are the packages of the index, in each suite."""

    def __init__(self, home):
        self.home = home
        self.files = {}
        self.announced = {suite: [] for suite in SUITES}
        self.requests = []

    def __enter__(self):
        archive = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = self.path.replace("%7e", "~").replace("%7E", "~").replace("%2b", "+").replace("%3a", ":")
                archive.requests.append(path)
                content = archive.files.get(path)
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    # -- files ---------------------------------------------------------------------------------------

    def put(self, package, place="/debian/pool/main"):
        for name, content in package.files.items():
            self.files["%s/%s/%s" % (place, package.folder, name)] = content

    def lose(self, package, place="/debian/pool/main"):
        for name in package.files:
            self.files.pop("%s/%s/%s" % (place, package.folder, name), None)

    def tamper(self, package, place="/debian/pool/main"):
        """Another file of the same length by each name."""
        for name, content in package.files.items():
            self.files["%s/%s/%s" % (place, package.folder, name)] = content[:-1] + bytes([content[-1] ^ 1])

    # -- indexes -------------------------------------------------------------------------------------

    def announce(self, *packages, suite="trixie"):
        self.announced[suite] += packages

    def sign(self, home=None):
        """Writes and signs the indexes of all suites, with the key of `home` or our own."""
        for suite in SUITES:
            root = "/debian-security" if suite.endswith("security") else "/debian"
            pool = "pool/updates/main" if suite.endswith("security") else "pool/main"
            parts = {"source/Sources": "source", **{"binary-%s/Packages" % a: a for a in ARCHITECTURES}}
            indexes = {"main/" + path: "\n".join(package.stanzas[part] % pool for package in self.announced[suite]
                                                 if part in package.stanzas).encode() for path, part in parts.items()}
            release = "Origin: Test\nSuite: %s\nCodename: %s\nDate: %s\nArchitectures: amd64 arm64\nComponents: main\n" \
                      "SHA256:\n" % (suite, suite, formatdate(usegmt=True).replace("GMT", "UTC"))
            release += "".join(" %s %d %s\n" % (sha256(text), len(text), path) for path, text in indexes.items())
            signed = gpg(home or self.home, "--clearsign", text=release.encode())
            self.files["%s/dists/%s/InRelease" % (root, suite)] = signed
            for path, text in indexes.items():
                self.files["%s/dists/%s/%s" % (root, suite, path)] = text
