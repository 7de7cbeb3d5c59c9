"""A checked-out repository with migrations, as actions/checkout leaves it."""
from pathlib import Path


class Workspace:
    def __init__(self, root):
        self.root = Path(root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.folder = None

    def __fspath__(self):
        return str(self.root)

    def write(self, path, content=""):
        """One file below the root; text is written as it is, line ends included."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    def migrations(self, files, folder="supabase/migrations"):
        """{name: text or bytes} as migration files; the folder is made even when there are none."""
        self.folder = self.root / folder
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            self.write(Path(folder) / name, content)
        return self

    def remove(self, name):
        (self.folder / name).unlink()

    def snapshot(self):
        """Every file with its content and times: the program leaves no trace here."""
        return {str(path.relative_to(self.root)): (path.lstat().st_mtime_ns, path.lstat().st_mode)
                for path in self.root.rglob("*")}


def migration(number, label="step"):
    """A usual file name: a 14-digit version and a label."""
    return "20240101%06d_%s.sql" % (number, label)


def version(number):
    return "20240101%06d" % number
