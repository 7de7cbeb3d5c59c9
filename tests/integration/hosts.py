"""Names for one process: it sees an /etc/hosts of its own, in a mount namespace. Nothing else changes.

    launch with preexec_fn=Hosts({"db.example.org": ["127.1.2.3"]}, folder).enter

Whatever is not in it, `nameserver` is asked for, if there is one.
"""
import ctypes
import os
import random
import subprocess
import sys

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
LIBC = ctypes.CDLL(None, use_errno=True)


def loopback():
    """An address of this machine that nobody else uses."""
    return "127.%d.%d.%d" % (random.randint(10, 250), random.randint(1, 250), random.randint(2, 250))


def _must(result):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


class Hosts:
    def __init__(self, names, folder, nameserver=None):
        self.resolver = None
        if nameserver:
            self.resolver = os.path.join(str(folder), "resolv.conf")
            with open(self.resolver, "w") as file:
                file.write("nameserver %s\n" % nameserver)
        self.path = os.path.join(str(folder), "hosts")
        with open(self.path, "w") as file:
            file.write("127.0.0.1 localhost\n")
            for name, addresses in names.items():
                for address in addresses:
                    file.write("%s %s\n" % (address, name))

    def enter(self):
        """In the child, between fork and exec."""
        user, group = os.geteuid(), os.getegid()
        _must(LIBC.unshare(CLONE_NEWNS | (CLONE_NEWUSER if user else 0)))
        if user:
            for name, content in (("setgroups", "deny"), ("uid_map", "%d %d 1" % (user, user)),
                                  ("gid_map", "%d %d 1" % (group, group))):
                with open("/proc/self/" + name, "w") as file:
                    file.write(content)
        _must(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
        _must(LIBC.mount(os.fsencode(self.path), b"/etc/hosts", None, MS_BIND, None))
        if self.resolver:
            _must(LIBC.mount(os.fsencode(self.resolver), b"/etc/resolv.conf", None, MS_BIND, None))


def reason_unavailable(folder):
    """Why this machine does not let us, or None."""
    names = Hosts({"a.test": ["127.0.0.9"]}, folder)
    try:
        done = subprocess.run([sys.executable, "-c", "import socket; print(socket.gethostbyname('a.test'))"],
                              preexec_fn=names.enter, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    except (OSError, subprocess.SubprocessError) as reason:
        return "no mount namespace for an /etc/hosts of our own: %s" % reason
    return None if done.stdout.strip() == "127.0.0.9" else "a hosts file of our own has no effect: " + done.stderr[-200:]
