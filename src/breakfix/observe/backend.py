"""A testinfra backend over one of our kept shells."""

from __future__ import annotations

from testinfra.backend.base import BaseBackend, CommandResult

from breakfix.ports.shell import Shell


class ShellBackend(BaseBackend):  # type: ignore[misc]
    """Runs testinfra's commands in `shell`, each after `preamble` (shell functions it needs).

    NotObservable passes through: a look that failed must never read as an answer.
    """

    NAME = "breakfix"

    def __init__(self, name: str, shell: Shell, preamble: str = "") -> None:
        super().__init__(name)
        self._shell = shell
        self._preamble = preamble
        # Else testinfra would ask a python3 on the other side.
        self._encoding = "utf-8"

    def run(self, command: str, *args: str, **_: object) -> CommandResult:
        """Run `command`, its places filled with quoted `args`."""
        text = self.quote(command, *args)
        answer = self._shell.run(self._preamble + text)
        return self.result(answer.status, text.encode(), answer.output, answer.errors)


class Chosen:
    """Makes a testinfra module stand for itself: testinfra would choose a variant by looking at
    files, and those could be the observer's."""

    @classmethod
    def get_module_class(cls, host: object) -> type:  # noqa: ARG003 (testinfra's)
        """This very class."""
        return cls
