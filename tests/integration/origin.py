"""A repository on a server, with a history like a team's, and clones of it as actions/checkout leaves them.

    c1 ── c2 ── c3 ── c4 ── c6          main; tags v1.0 (c4), v1.1 (c6, annotated)
                  └── f1 ── f2          feature; pull request 7: head f2, merge commit m = c6 + f2
    i1                                  island: no common history
"""
import subprocess
from pathlib import Path

ENVIRONMENT = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "t",
               "GIT_COMMITTER_EMAIL": "t@example.com", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
               "PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/nonexistent"}
ZERO = "0" * 40


def git(folder, *words, stdin=None, date=None):
    environment = dict(ENVIRONMENT)
    if date:
        environment.update(GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
    done = subprocess.run(["git", *words], cwd=str(folder), env=environment, input=stdin, capture_output=True,
                          timeout=120)
    assert done.returncode == 0, "git %s: %s" % (" ".join(map(str, words)), done.stderr.decode())
    return done.stdout.decode("utf-8", "surrogateescape").strip("\n")


class Origin:
    """The server's side. Commits are in `self.shas` by the names of the picture above."""

    def __init__(self, folder, *init):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.shas, self.clock = {}, 0
        git(self.folder, "init", "-q", "-b", "main", *init)
        for key in ("uploadpack.allowAnySHA1InWant", "uploadpack.allowFilter"):
            git(self.folder, "config", key, "true")

    @property
    def url(self):
        return "file://%s" % self.folder

    def commit(self, name, files=(), remove=(), merge=None):
        """files: {path: text, bytes, or a tuple ("link", target)}; paths may be bytes."""
        for path, content in dict(files).items():
            file = self.folder / (path if isinstance(path, str) else path.decode("utf-8", "surrogateescape"))
            if file.is_symlink() or file.is_file():
                file.unlink()
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, tuple):
                file.symlink_to(content[1])
            else:
                file.write_bytes(content if isinstance(content, bytes) else content.encode())
        for path in remove:
            (self.folder / path).unlink()
        git(self.folder, "add", "-A")
        self.clock += 60
        date = "%d +0000" % (1_700_000_000 + self.clock)
        git(self.folder, "commit", "-q", "--allow-empty", "-m", name, date=date)
        self.shas[name] = git(self.folder, "rev-parse", "HEAD")
        return self.shas[name]

    def switch(self, branch, start=None, orphan=False):
        if orphan:
            git(self.folder, "checkout", "-q", "--orphan", branch)
            git(self.folder, "rm", "-q", "-rf", ".")
        elif start:
            git(self.folder, "checkout", "-q", "-b", branch, self.shas.get(start, start))
        else:
            git(self.folder, "checkout", "-q", branch)

    def diff(self, base, head, dots=".."):
        """What git itself says: [(path, status letter)] in its order."""
        base, head = self.shas.get(base, base), self.shas.get(head, head)
        words = git(self.folder, "diff", "--no-renames", "--name-status", "-z", base + dots + head).split("\0")
        return [(path, letter) for letter, path in zip(words[0::2], words[1::2])]

    def files(self, head):
        names = git(self.folder, "ls-tree", "-r", "-z", "--name-only", self.shas.get(head, head))
        return [name for name in names.split("\0") if name]

    # -- clones, with the commands of actions/checkout ---------------------------------------------------

    def _new(self, folder, *init):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q", *init)
        git(folder, "remote", "add", "origin", self.url)
        return folder

    def _fetch(self, folder, depth, *refs):
        limit = ["--depth=%d" % depth] if depth else []
        git(folder, "-c", "protocol.version=2", "fetch", "-q", "--no-tags", "--prune", "--no-recurse-submodules",
            *limit, "origin", *refs)

    def _fetch_all(self, folder):
        self._fetch(folder, 0, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")

    def clone_branch(self, folder, branch, sha=None, depth=1, init=()):
        """A push to a branch: the run's commit on a local branch of that name."""
        sha = sha or git(self.folder, "rev-parse", branch)
        folder = self._new(folder, *init)
        if not depth:
            self._fetch_all(folder)
        self._fetch(folder, depth, "+%s:refs/remotes/origin/%s" % (sha, branch))
        git(folder, "checkout", "-q", "--force", "-B", branch, "refs/remotes/origin/" + branch)
        return folder

    def clone_tag(self, folder, tag, depth=1):
        folder = self._new(folder)
        if not depth:
            self._fetch_all(folder)
        else:
            self._fetch(folder, depth, "+refs/tags/%s:refs/tags/%s" % (tag, tag))
        git(folder, "checkout", "-q", "--force", "refs/tags/" + tag)
        return folder

    def clone_pull(self, folder, number, merge, depth=1):
        """A pull request: its merge commit, detached."""
        merge = self.shas.get(merge, merge)
        folder = self._new(folder)
        if not depth:
            self._fetch_all(folder)
        self._fetch(folder, depth, "+%s:refs/remotes/pull/%d/merge" % (merge, number))
        git(folder, "checkout", "-q", "--force", "refs/remotes/pull/%d/merge" % number)
        return folder


def team(folder):
    """The history of the picture, with migrations in it."""
    origin = Origin(folder)
    origin.commit("c1", {"README.md": "one", "lib/l.c": "1", "docs/log.md": "a", "sp ace/ü f.txt": "u",
                         "supabase/migrations/20240101000001_a.sql": "create table a ();\n"})
    origin.commit("c2", {"src/a.js": "a", "lib/ren.c": "long text that stays\n" * 5})
    origin.commit("c3", {"docs/r.md": "r"})
    origin.switch("feature", "c3")
    origin.commit("f1", {"src/new.js": "n", "it's \"q\" $x.txt": "q",
                         "supabase/migrations/20240101000002_b.sql": "create table b ();\n"})
    origin.commit("f2", {"lib/renamed.c": "long text that stays\n" * 5, "docs/r.md": "r2"}, remove=["lib/ren.c"])
    origin.switch("main")
    origin.commit("c4", {"README.md": "two"})
    git(folder, "tag", "v1.0")
    origin.commit("c6", {"lib/l.c": "2"})
    git(folder, "tag", "-a", "-m", "a release", "v1.1", date="1700000500 +0000")
    git(folder, "checkout", "-q", "--detach", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "m", "feature", date="1700000600 +0000")
    origin.shas["m"] = git(folder, "rev-parse", "HEAD")
    git(folder, "update-ref", "refs/pull/7/merge", origin.shas["m"])
    git(folder, "update-ref", "refs/pull/7/head", origin.shas["f2"])
    origin.switch("island", orphan=True)
    origin.commit("i1", {"island.txt": "i"})
    origin.switch("main")
    return origin
