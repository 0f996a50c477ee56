"""Running a command on, or beside, a machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class CommandResult:
    """What a command came to: exit status and both outputs, decoded leniently as UTF-8."""

    status: int
    output: str
    errors: str


class Shell(Protocol):
    """A kept shell. Commands do not see each other's variables or working directory."""

    def run(self, command: str, seconds: float = 10.0) -> CommandResult:
        """Run `command` (POSIX shell) for at most `seconds`.

        Raises NotObservable when the shell is gone or the time is over.
        """

    def close(self) -> None:
        """End the shell."""


class Observer(Protocol):
    """Both ways to look at one machine: our tools in its namespaces, and its own root."""

    @property
    def tools(self) -> Shell:
        """Our own programs in the machine's process and network namespaces."""

    @property
    def root(self) -> Shell:
        """Our static busybox in the machine's own root: files, users, groups, packages."""
