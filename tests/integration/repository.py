"""A team's repository as the runner has checked it out, and the events that it gives rise to.

Everything is at its first commit, on the branches main, staging and feature, the last of which is checked out."""
import subprocess

from workspace import migration

FOLDER = "packages/infrastructure/supabase"


class Repository:
    def __init__(self, workspace):
        self.workspace = workspace
        workspace.write(FOLDER + "/migrations/" + migration(1), "create table a (a int);\n")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("the first migration")
        self.git("branch", "staging")
        self.git("checkout", "--quiet", "-b", "feature")
        self.before = self.head()

    def git(self, *words):
        identity = ("-c", "user.name=test", "-c", "user.email=test@example.com")
        return subprocess.run(["git", *identity, *words], cwd=self.workspace.root, check=True, text=True,
                              capture_output=True).stdout.strip()

    def head(self):
        return self.git("rev-parse", "HEAD")

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def add(self, number, sql):
        self.workspace.write("%s/migrations/%s" % (FOLDER, migration(number)), sql)
        self.commit(migration(number))

    def merge(self, branch):
        """branch becomes what is checked out, by a push of all its new commits."""
        self.before = self.git("rev-parse", branch)
        self.git("branch", "--force", branch, "HEAD")

    def pull_request(self, base, head="acme/shop"):
        ends = {"base": {"ref": base, "sha": self.git("rev-parse", base), "repo": {"full_name": "acme/shop"}},
                "head": {"ref": "feature", "sha": self.head(), "repo": {"full_name": head}}}
        return "pull_request", {"action": "opened", "number": 7, "pull_request": dict(ends, number=7),
                                "repository": self.described()}, "refs/pull/7/merge"

    def push(self, branch):
        return "push", {"ref": "refs/heads/" + branch, "before": self.before, "after": self.head(),
                        "repository": self.described()}, "refs/heads/" + branch

    @staticmethod
    def described():
        return {"full_name": "acme/shop", "default_branch": "main"}
