"""What our tools may answer from the machine's namespaces: nothing here reads the observer's own
files. testinfra chooses its variants by looking at such files, so they are chosen here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from testinfra.modules.addr import Addr
from testinfra.modules.base import InstanceModule
from testinfra.modules.interface import LinuxInterface
from testinfra.modules.process import PosixProcess
from testinfra.modules.service import SystemdService
from testinfra.modules.socket import LinuxSocketSS

from breakfix.errors import NotObservable
from breakfix.observe.backend import Chosen

_UNKNOWN_UNIT = "Failed to get unit file state"
_NOT_NATIVE = "not a native service"
# fmt: off
_NAMES = frozenset({
    "user", "euser", "ruser", "suser", "fuser", "uname",
    "group", "egroup", "rgroup", "sgroup", "fgroup", "supgrp",
})
# fmt: on


# The observer lives in the machine's process namespace, but with a root of its own. A process whose
# root cannot be told is the machine's.
_THEIRS = """for process in /proc/[0-9]*; do
[ ! -d $process ] || [ $process/ns/mnt -ef /proc/self/ns/mnt ] || echo ${process#/proc/}
done"""


class ObservedService(Chosen, SystemdService):  # type: ignore[misc]
    """A unit, by the word of the machine's PID 1; no falling back on the observer's init files."""

    @property
    def is_running(self) -> bool:
        """Whether the unit is active."""
        out = self.run("systemctl is-active %s", self.name)
        # 3: not active, 4: no such unit; without an answer of PID 1 it is 1.
        if out.rc not in (0, 3, 4) or not out.stdout.strip():
            raise NotObservable("observe.not-observable", what=f"service({self.name})")
        return bool(out.rc == 0)

    @property
    def is_enabled(self) -> bool:
        """Whether the unit starts at boot; False for a unit that is masked or does not exist."""
        return self._enablement()[0]

    @property
    def is_masked(self) -> bool:
        """Whether the unit is masked."""
        return self._enablement()[1] == "masked"

    @property
    def exists(self) -> bool:
        """Whether PID 1 finds a file for the unit."""
        return self._enablement()[1] != ""

    @property
    def is_valid(self) -> NoReturn:
        """Never: systemd-analyze would read the observer's own units."""
        raise NotObservable("observe.not-observable", what="service.is_valid")

    def _enablement(self) -> tuple[bool, str]:
        # Without the directory systemctl would not ask PID 1, and read the observer's own units.
        out = self.run("test -d /run/systemd/system/ && systemctl is-enabled %s", self.name)
        word = str(out.stdout.strip())
        if _NOT_NATIVE in out.stderr or not (word or _UNKNOWN_UNIT in out.stderr):
            raise NotObservable("observe.not-observable", what=f"service({self.name})")
        return out.rc == 0, "" if word == "not-found" else word


class ObservedSocket(Chosen, LinuxSocketSS):  # type: ignore[misc]
    """A socket in the machine's network namespace."""

    _command = "ss"

    def _iter_sockets(self, listening: bool) -> Iterator[Any]:  # noqa: FBT001 (testinfra's)
        if self.run("ss --version").rc != 0:
            raise NotObservable("observe.not-observable", what="socket")
        yield from super()._iter_sockets(listening)


class ObservedInterface(Chosen, LinuxInterface):  # type: ignore[misc]
    """An interface in the machine's network namespace."""


class ObservedAddr(Addr):  # type: ignore[misc]
    """A name or address, seen from the machine's network with the machine's name files."""


class ObservedProcess(Chosen, PosixProcess):  # type: ignore[misc]
    """The machine's processes; names of users would come from the observer's files: ask `uid`."""

    def _get_processes(self, **filters: object) -> Any:  # noqa: ANN401 (testinfra's)
        _refuse_names(filters)
        found = super()._get_processes(**filters)
        theirs = {int(pid) for pid in self.check_output(_THEIRS).split()}
        return [process for process in found if process["pid"] in theirs]

    def _get_process_attribute_by_pid(self, pid: int, name: str) -> Any:  # noqa: ANN401
        _refuse_names([name])
        return super()._get_process_attribute_by_pid(pid, name)


class NetSysctl(InstanceModule):  # type: ignore[misc]
    """Kernel settings of the machine's network; all others are the host's."""

    def __call__(self, name: str) -> int | str:
        """The value of `net.…`."""
        if not name.startswith("net."):
            raise NotObservable("observe.not-observable", what=f"sysctl({name})")
        path = "/proc/sys/" + name.translate(str.maketrans("./", "/."))
        value = str(self.check_output("cat %s", path))
        return int(value) if value.lstrip("-").isdigit() else value


def _refuse_names(attributes: object) -> None:
    asked = _NAMES.intersection(attributes)  # type: ignore[arg-type]
    if asked:
        raise NotObservable("observe.not-observable", what=f"process.{min(asked)}")
