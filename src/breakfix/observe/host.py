"""What a check holds in its hands: `machines["pc"]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from testinfra.host import Host

from breakfix.errors import NotObservable
from breakfix.observe.backend import ShellBackend
from breakfix.observe.root_modules import (
    GETENT,
    MachineFile,
    MachineGroup,
    MachinePackage,
    MachineUser,
)
from breakfix.observe.tool_modules import (
    NetSysctl,
    ObservedAddr,
    ObservedInterface,
    ObservedProcess,
    ObservedService,
    ObservedSocket,
)
from breakfix.ports.shell import Observer

_FROM_ROOT: Mapping[str, Any] = {
    "file": MachineFile,
    "group": MachineGroup,
    "package": MachinePackage,
    "user": MachineUser,
}
_FROM_TOOLS: Mapping[str, Any] = {
    "addr": ObservedAddr,
    "interface": ObservedInterface,
    "process": ObservedProcess,
    "service": ObservedService,
    "socket": ObservedSocket,
    "sysctl": NetSysctl,
}


class _ToolsHost(Host):  # type: ignore[misc]
    """What testinfra's own network modules ask for their tools; no check holds it."""

    def find_command(self, command: str, extrapaths: object = ()) -> str:  # noqa: ARG002
        """The path of one of our tools."""
        out = self.run("command -v %s", command)
        if out.rc != 0:
            raise NotObservable("observe.not-observable", what=command)
        return str(out.stdout.strip())


class ObservedHost(Host):  # type: ignore[misc]
    """A testinfra host seen through an observer.

    Commands and network questions run on our tools in the machine's namespaces; files, users,
    groups and packages come from the machine's own root. Everything else would speak about the
    observer instead of the machine, and raises NotObservable.
    """

    def __init__(self, name: str, observer: Observer) -> None:
        super().__init__(ShellBackend(name, observer.tools))
        self._tools = _ToolsHost(self.backend)
        self._root = Host(ShellBackend(name, observer.root, GETENT))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (a module of testinfra)
        if name in _FROM_ROOT:
            made = _FROM_ROOT[name].get_module(self._root)
        elif name in _FROM_TOOLS:
            made = _FROM_TOOLS[name].get_module(self._tools)
        elif name.startswith("__"):
            raise AttributeError(name)  # Python's own protocols ask like this
        else:
            raise NotObservable("observe.not-observable", what=name)
        setattr(self, name, made)
        return made

    def find_command(self, command: str, extrapaths: object = ()) -> NoReturn:  # noqa: ARG002
        """Never: see `exists`."""
        raise NotObservable("observe.not-observable", what=f"find_command({command})")

    def exists(self, command: str) -> NoReturn:
        """Never: our tools are not the machine's; ask `file` or `package`."""
        raise NotObservable("observe.not-observable", what=f"exists({command})")

    @classmethod
    def get_host(cls, hostspec: str, **_: object) -> NoReturn:
        """Never: other hosts are found in `machines`."""
        raise NotObservable("observe.not-observable", what=f"get_host({hostspec})")

    @classmethod
    def get_hosts(cls, hosts: object, **_: object) -> NoReturn:
        """Never: other hosts are found in `machines`."""
        raise NotObservable("observe.not-observable", what=f"get_hosts({hosts})")
