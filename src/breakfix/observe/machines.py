"""The machines of one round of checks, by name."""

from __future__ import annotations

import base64
import shlex
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from breakfix.errors import BreakfixError, NotObservable
from breakfix.observe.host import ObservedHost
from breakfix.ports.shell import Observer

MakeObserver = Callable[[str], Observer]

NAME_FILES = ("hosts", "resolv.conf", "nsswitch.conf", "gai.conf", "host.conf")


class Observers:
    """Observers by container id, kept from round to round, for a shell costs time to open."""

    def __init__(self, make: MakeObserver) -> None:
        self._make = make
        self._kept: dict[str, Observer] = {}

    def ready(self, container: str) -> Observer:
        """The observer of a machine, with the machine's name files in place."""
        kept = self._kept.get(container)
        if kept is not None:
            try:
                copy_name_files(kept)
            except NotObservable:
                # The machine was booted again, and the observer went with its old namespaces.
                self.forget(container)
            else:
                return kept
        self._kept[container] = made = self._make(container)
        copy_name_files(made)
        return made

    def keep_only(self, containers: Collection[str]) -> None:
        """Forget all others: a machine that was booted again has a new observer."""
        for container in set(self._kept).difference(containers):
            self.forget(container)

    def forget(self, container: str) -> None:
        """Close the shells of one observer."""
        observer = self._kept.pop(container, None)
        if observer is not None:
            observer.tools.close()
            observer.root.close()

    def close(self) -> None:
        """Close all shells."""
        for container in list(self._kept):
            self.forget(container)


class Machines(Mapping[str, ObservedHost]):
    """The hosts of a lab by machine name; `containers` maps each name to its container id.

    A machine that cannot be observed raises for the checks that ask for it, and for no other.
    """

    def __init__(self, containers: Mapping[str, str], observers: Observers) -> None:
        self._containers = containers
        self._observers = observers
        self._hosts: dict[str, ObservedHost | BreakfixError] = {}

    def __getitem__(self, name: str) -> ObservedHost:
        if name not in self._containers:
            # A round is given only the machines that could be opened.
            raise NotObservable("observe.machine-off", machine=name)
        if name not in self._hosts:
            self._hosts[name] = self._host(name)
        found = self._hosts[name]
        if isinstance(found, BreakfixError):
            raise found
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._containers

    def __iter__(self) -> Iterator[str]:
        return iter(self._containers)

    def __len__(self) -> int:
        return len(self._containers)

    def sync_names(self) -> None:
        """Make names resolve as each machine sees them; all machines side by side."""
        with ThreadPoolExecutor(max_workers=8) as pool:
            self._hosts = dict(zip(self, pool.map(self._host, self), strict=True))

    def _host(self, name: str) -> ObservedHost | BreakfixError:
        container = self._containers[name]
        try:
            return ObservedHost(name, self._observers.ready(container))
        except BreakfixError as error:
            return error


def copy_name_files(observer: Observer) -> None:
    """Give the observer the machine's files for looking names up.

    They are read by the root shell, so that links are followed inside the machine's root.
    """
    found = _read_name_files(observer)
    commands = []
    for name in NAME_FILES:
        path = f"/etc/{name}"
        if name in found:
            commands.append(f"printf %s {shlex.quote(found[name])} >{path}")
        else:
            # Where the engine has mounted a file it cannot be removed; empty says the same.
            commands.append(f"{{ rm -f {path} 2>/dev/null || : >{path}; }}")
    if observer.tools.run(" && ".join(commands)).status != 0:
        raise NotObservable("observe.not-observable", what="/etc/{" + ",".join(NAME_FILES) + "}")


def _read_name_files(observer: Observer) -> dict[str, str]:
    """All that are there, by one command: a round begins with this for every machine."""
    # Only regular files: reading a pipe would wait for ever. `@` is no sign of base64.
    each = "test -f /etc/$name && { echo @$name; base64 /etc/$name; }"
    answer = observer.root.run(f"for name in {' '.join(NAME_FILES)}; do {each}; done")
    found = {}
    for part in answer.output.split("@")[1:]:
        name, _, data = part.partition("\n")
        found[name] = base64.b64decode(data).decode(errors="replace")
    return found
