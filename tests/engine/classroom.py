"""A class on one computer: people with users, homes and rights of their own.

The users exist only in mount namespaces that we make, through a passwd file of our own, so nothing
of the computer itself is changed. What one person may not read, this person really can't.
"""

from __future__ import annotations

import grp
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.wiring import checkout

FIRST = 61000

_ENTER = """
set -e
if [ -n "$CLOSED" ]; then
    # The folder above the checkout is not for others: here it is, with nothing else in it.
    stage=$(mktemp -d); mount --bind "$CHECKOUT" "$stage"
    mount -t tmpfs -o mode=755 none "$CLOSED"; mkdir -p "$CHECKOUT"
    mount --bind "$stage" "$CHECKOUT"
fi
mount --bind "$PASSWD" /etc/passwd
mount --bind "$GROUP" /etc/group
cd "$WHERE"
exec setpriv --reuid="$NUMBER" --regid="$NUMBER" --groups="$ENGINE" --inh-caps=-all -- "$@"
"""


@dataclass(frozen=True)
class Class:
    """The people of a class; `root` is a folder that everybody can reach."""

    root: Path
    people: list[str] = field(default_factory=list)

    def person(self, name: str) -> Person:
        """A new person, with a home that is theirs alone."""
        self.people.append(name)
        number = FIRST + len(self.people)
        home = self.root / "home" / name
        home.mkdir(parents=True)
        home.chmod(0o700)
        os.chown(home, number, number)
        self._write_users()
        return Person(name, number, home, self)

    def _write_users(self) -> None:
        passwd = Path("/etc/passwd").read_text("utf-8")
        group = Path("/etc/group").read_text("utf-8")
        for number, name in enumerate(self.people, FIRST + 1):
            passwd += f"{name}:x:{number}:{number}::{self.root / 'home' / name}:/bin/sh\n"
            group += f"{name}:x:{number}:\n"
        (self.root / "passwd").write_text(passwd, "utf-8")
        (self.root / "group").write_text(group, "utf-8")


@dataclass(frozen=True)
class Person:
    """One person, who can run programs."""

    name: str
    number: int
    home: Path
    group: Class

    def run(
        self, *words: str, where: Path | None = None, seconds: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, in a folder (the home, when none is said)."""
        return subprocess.run(
            _command(words), env=self._environment(where), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False, timeout=seconds,
        )  # fmt: skip

    def start(self, *words: str, where: Path | None = None) -> subprocess.Popen[str]:
        """Start a program that goes on running."""
        return subprocess.Popen(
            _command(words), env=self._environment(where), stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def must(self, *words: str, where: Path | None = None) -> str:
        """Run a program that must succeed: what it printed."""
        done = self.run(*words, where=where)
        assert done.returncode == 0, f"{self.name}: {' '.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _environment(self, where: Path | None) -> dict[str, str]:
        programs = Path(sys.executable).parent
        told = {
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(self.home),
            "USER": self.name,
            "LOGNAME": self.name,
            "LANG": "C.UTF-8",
            "BREAKFIX_LANGUAGE": "nl",
        }
        entering = {
            "NUMBER": str(self.number),
            "ENGINE": str(grp.getgrnam("docker").gr_gid),
            "PASSWD": str(self.group.root / "passwd"),
            "GROUP": str(self.group.root / "group"),
            "WHERE": str(where or self.home),
            "CHECKOUT": str(checkout()),
            "CLOSED": _closed(),
        }
        return told | entering


def possible() -> bool:
    """Whether people can be made here: that needs root, and the engine's group."""
    programs = all(shutil.which(name) for name in ("unshare", "setpriv"))
    return os.geteuid() == 0 and programs and any(one.gr_name == "docker" for one in grp.getgrall())


def _command(words: tuple[str, ...]) -> list[str]:
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", _ENTER, "enter", *words]


def _closed() -> str:
    """The topmost folder above the checkout that others can't go through, if there is one."""
    above = reversed(checkout().parents)
    return next((str(one) for one in above if not one.stat().st_mode & 0o001), "")
