"""What is answered from the machine's own root, by busybox applets alone (no getent, no dpkg)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from testinfra.modules.base import Module
from testinfra.modules.file import GNUFile
from testinfra.modules.group import Group
from testinfra.modules.user import User

from breakfix.errors import NotObservable
from breakfix.observe.backend import Chosen

# `getent` for the files that it would read; a look never loads a machine's name-service library.
GETENT = """getent() {
case "$1" in passwd|group|shadow) ;; *) return 1 ;; esac
if [ $# -eq 1 ]; then cat "/etc/$1"; return; fi
WANTED="$2" awk -F: '$1 == ENVIRON["WANTED"] { print; found = 1; exit }
END { exit found ? 0 : 2 }' "/etc/$1"
}
"""

_STATUS = "/var/lib/dpkg/status"
_PARAGRAPHS = """WANTED=%s awk 'BEGIN { RS = ""; wanted = "Package: " ENVIRON["WANTED"] }
{ split($0, lines, "\\n"); if (lines[1] == wanted) print $0 "\\n" }' /var/lib/dpkg/status"""


class MachineFile(Chosen, GNUFile):  # type: ignore[misc]
    """A file of the machine, links followed as the machine follows them."""

    @property
    def content(self) -> bytes:
        """The file's bytes; they travel as base64, for a shell's output is text."""
        return base64.b64decode(self.check_output("base64 %s", self.path))

    @property
    def content_string(self) -> str:
        """The file as text."""
        return self.content.decode()

    def listdir(self) -> list[str]:
        """The names in the directory; busybox's `ls` has no `-q`, it always prints safely."""
        return str(self.check_output("ls -1 -- %s", self.path)).splitlines()


class MachineUser(Chosen, User):  # type: ignore[misc]
    """A user in the machine's own files."""

    @property
    def name(self) -> str:
        """The name asked for; there is no current user, for it would be the observer's."""
        if self._name is None:
            raise NotObservable("observe.not-observable", what="user()")
        return str(self._name)


class MachineGroup(Chosen, Group):  # type: ignore[misc]
    """A group in the machine's own files."""


class MachinePackage(Chosen, Module):  # type: ignore[misc]
    """A Debian package, as the machine's dpkg keeps it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    @property
    def is_installed(self) -> bool:
        """Whether the package is installed (held ones too)."""
        return self._installed() is not None

    @property
    def version(self) -> str:
        """The installed version. Raises NotObservable when there is none."""
        found = self._installed()
        if found is None:
            raise NotObservable("observe.not-observable", what=f"package({self.name}).version")
        return found["Version"]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (any property of testinfra's)
        raise NotObservable("observe.not-observable", what=f"package.{name}")

    def _installed(self) -> Mapping[str, str] | None:
        if self.run("test -r %s", _STATUS).rc != 0:
            raise NotObservable("observe.not-observable", what=_STATUS)
        # One paragraph for each architecture.
        for paragraph in self.check_output(_PARAGRAPHS, self.name).split("\n\n"):
            fields = _fields(paragraph)
            if fields.get("Status", "").endswith(" ok installed"):
                return fields
        return None


def _fields(paragraph: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in paragraph.splitlines() if line[:1] != " ")
    return {name: value for name, _, value in lines}
